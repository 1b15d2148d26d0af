//! Applies the edits that findings offer.

use std::collections::BTreeMap;

use crate::diagnostics::{Edit, Fix};
use crate::source::Span;

/// A text after its fixes.
#[derive(Debug)]
pub(crate) struct Mended {
    pub(crate) text: String,
    /// How many fixes were applied.
    pub(crate) fixes: usize,
}

/// Applies fixes to a text: each whole or not at all. One that touches the place of another waits for
/// the next round, when everything was read again.
pub(crate) fn mend<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Mended {
    // By where they start; none of them touches another.
    let mut taken: BTreeMap<u32, &Edit> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        let free = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            text.get(edit.span.range()).is_some()
                && before.is_none_or(|(_, other)| other.span.end < edit.span.start)
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(free) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit)));
            applied += 1;
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken.values() {
        mended.push_str(Span::new(at, edit.span.start as usize).of(text));
        mended.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    mended.push_str(Span::new(at, text.len()).of(text));
    Mended { text: mended, fixes: applied }
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::diagnostics::{Edit, Fix};
    use crate::source::Span;
    use proptest::prelude::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix { edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn a_fix_is_applied_whole_or_waits() {
        let all = [
            fix(&[(0, 1, "A"), (4, 5, "E")]),
            fix(&[(2, 3, "C"), (4, 6, "x")]),
            fix(&[(7, 7, "!")]),
        ];
        let mended = mend("abcdefg", &all);
        assert_eq!((mended.text.as_str(), mended.fixes), ("AbcdEfg!", 2));
        // Two insertions at one place have no order.
        let mended = mend("ab", &[fix(&[(1, 1, "x")]), fix(&[(1, 1, "y")])]);
        assert_eq!((mended.text.as_str(), mended.fixes), ("axb", 1));
        // Not inside a character, not behind the end.
        assert_eq!(mend("가", &[fix(&[(1, 2, "x")]), fix(&[(3, 9, "x")])]).text, "가");
    }

    proptest! {
        #[test]
        fn nothing_outside_the_edits_changes(
            text in "[a-z가-힣\\n]{0,40}",
            places in proptest::collection::vec((0usize..60, 0usize..6), 0..8),
        ) {
            let all: Vec<Fix> =
                places.iter().map(|&(start, len)| fix(&[(start, start + len, "#")])).collect();
            let mended = mend(&text, &all);
            // What is left of the old text is a subsequence of it.
            let mut old = text.chars();
            for ch in mended.text.chars().filter(|ch| *ch != '#') {
                prop_assert!(old.any(|other| other == ch));
            }
            prop_assert_eq!(mended.text.matches('#').count(), mended.fixes);
        }
    }
}
