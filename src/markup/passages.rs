//! A report's text in passages: what stands under each heading, for those who search.

use super::anchors::Anchors;
use super::{Document, Kind, NodeId, NodeRef};
use crate::source::Span;

/// The text between a heading and the next one of any level.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Passage {
    /// Empty for what stands before the first heading.
    pub(crate) heading: String,
    /// The heading's address on the page; empty where there is none.
    pub(crate) anchor: String,
    /// Where the heading stands.
    pub(crate) span: Option<Span>,
    /// Without markup; code, logs and tables included.
    pub(crate) text: String,
}

/// The passages of a document in order; `title` is the heading that the page shows itself. A passage
/// has a heading or text.
pub(crate) fn passages(document: &Document, title: Option<NodeId>) -> Vec<Passage> {
    let mut anchors = Anchors::default();
    let mut found = vec![Passage::default()];
    for node in document.root().children() {
        if title == Some(node.id()) {
            continue;
        }
        if matches!(node.kind(), Kind::Heading(_)) {
            let heading = heading_text(node);
            let anchor = anchors.next(&heading);
            found.push(Passage { heading, anchor, span: Some(node.span()), text: String::new() });
            continue;
        }
        // A heading inside a quote or a list has an address, but no passage of its own.
        if !matches!(node.kind(), Kind::Footnote(_)) {
            for inner in node.descendants().filter(|node| matches!(node.kind(), Kind::Heading(_))) {
                anchors.next(&heading_text(inner));
            }
        }
        let last = found.len() - 1;
        let text = &mut found[last].text;
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(node.plain().text.trim_end());
    }
    found.retain(|passage| !passage.heading.is_empty() || !passage.text.trim().is_empty());
    found
}

/// What a heading says, on one line.
pub(super) fn heading_text(heading: NodeRef<'_>) -> String {
    heading.plain().text.replace('\n', " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::passages;
    use crate::l10n::Lang;
    use crate::markup::{Document, Page, render};

    #[test]
    fn passages_are_found_where_the_page_has_them() {
        let text = "intro\n\n# T\n\n## 요약\n\n결제 `실패`\n\n> ## 요약\n> quoted\n\n```\nERROR 1\n```\n\n## 요약\n\n[^a] end\n\n[^a]: note\n";
        let document = Document::parse(&text.into(), 0);
        let title = document.root().children().nth(1).map(|node| node.id());
        let found = passages(&document, title);
        let shown: Vec<_> =
            found.iter().map(|p| (p.anchor.as_str(), p.text.replace('\n', "/"))).collect();
        assert_eq!(
            shown,
            [
                ("", "intro".to_owned()),
                ("요약", "결제 실패/요약/quoted/ERROR 1".to_owned()),
                ("요약-2", " end/note".to_owned())
            ]
        );
        let html = render(&document, &Page { title, ..Page::plain(Lang::Ko) }).html;
        for passage in found.iter().filter(|passage| !passage.anchor.is_empty()) {
            assert!(html.contains(&format!("id=\"{}\"", passage.anchor)), "{html}");
        }
    }
}
