//! The addresses of headings: the same on a page, in the search index and in a link.

use std::collections::BTreeMap;

use super::passages::heading_text;
use super::raw::{Piece, pieces};
use super::{Document, Kind, NodeId};

/// Gives each heading of a document its address.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How often each was given.
    given: BTreeMap<String, usize>,
}

impl Anchors {
    /// A heading's letters and digits, numbered as GitHub does where others before it have the same.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let anchor = match letters(heading) {
            empty if empty.is_empty() => "section".to_owned(),
            letters => letters,
        };
        let count = self.given.entry(anchor.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
    }
}

/// The letters and digits of a text, with hyphens between its words.
fn letters(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for ch in bokgi_search::fold(text).chars() {
        if ch.is_alphanumeric() {
            anchor.push(ch);
        } else if (ch.is_whitespace() || ch == '-') && !anchor.ends_with('-') && !anchor.is_empty()
        {
            anchor.push('-');
        }
    }
    anchor.truncate(anchor.trim_end_matches('-').len());
    anchor
}

/// `#Timeline`, as somebody wrote it in a link, in the form that headings have: GitHub, editors and
/// people differ in case, in hyphens and in how they encode.
pub(crate) fn anchor(written: &str) -> String {
    let Some(name) = written.strip_prefix('#') else { return written.to_owned() };
    match letters(&decoded(name)) {
        empty if empty.is_empty() => written.to_owned(),
        letters => format!("#{letters}"),
    }
}

/// Without `%EC%9A%94`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex =
            |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The addresses inside of a document that a link may lead to: its headings, its `title`, and what an
/// author gave a name in HTML.
pub(crate) fn headings(document: &Document, title: Option<NodeId>) -> Vec<String> {
    let mut anchors = Anchors::default();
    let mut found = Vec::new();
    for node in document.root().descendants() {
        match node.kind() {
            Kind::Heading(_) if title == Some(node.id()) => {
                found.push(letters(&heading_text(node)));
            }
            Kind::Heading(_) => found.push(anchors.next(&heading_text(node))),
            Kind::Html | Kind::HtmlBlock => {
                for piece in pieces(node.source()) {
                    let Piece::Open { attributes, .. } = piece else { continue };
                    let named = attributes.iter().filter(|(key, _)| key == "id" || key == "name");
                    found.extend(named.map(|(_, name)| letters(name)));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Anchors, anchor};

    #[test]
    fn links_written_for_github_lead_to_headings() {
        let mut anchors = Anchors::default();
        for (heading, written) in [
            ("What went well & lessons", "#what-went-well--lessons"),
            ("요약", "#%EC%9A%94%EC%95%BD"),
            ("요약", "#요약-1"),
            ("🔥 Timeline", "#-timeline"),
            ("HTTP_5xx", "#http_5xx"),
        ] {
            assert_eq!(format!("#{}", anchors.next(heading)), anchor(written), "{written}");
        }
        assert_eq!(anchor("#"), "#");
    }
}
