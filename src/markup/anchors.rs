//! The addresses of headings: the same on a page, in the search index and in a link.

use std::collections::BTreeMap;

/// Gives each heading of a document its address.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often each was given.
    given: BTreeMap<String, usize>,
}

impl Anchors {
    /// A heading's letters and digits, numbered where others before it have the same.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let mut anchor = String::with_capacity(heading.len());
        for ch in bokgi_search::fold(heading).chars() {
            if ch.is_alphanumeric() {
                anchor.push(ch);
            } else if (ch.is_whitespace() || ch == '-')
                && !anchor.ends_with('-')
                && !anchor.is_empty()
            {
                anchor.push('-');
            }
        }
        let anchor = match anchor.trim_end_matches('-') {
            "" => "section".to_owned(),
            letters => letters.to_owned(),
        };
        let count = self.given.entry(anchor.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{count}") }
    }
}
