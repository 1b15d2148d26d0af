//! What a page knows about a report's parts, woven into its text: the class of a section, a drawing
//! under its heading, the state of an action. The author's words stay as they are.

use super::super::{Kind, NodeRef};
use super::Writer;
use crate::source::Span;

/// Stands before and after the number of something that the page adds. Both are noncharacters, which
/// no author's text keeps, so nobody else can ask for an insert.
pub(super) const INSERT: char = '\u{fdd0}';
pub(super) const INSERT_END: char = '\u{fdd1}';

/// What is known about the part that a heading opens.
#[derive(Clone, Debug, Default)]
pub(crate) struct PagePart {
    /// Where the heading's text stands.
    pub(crate) heading: Span,
    /// Classes of the part, for the theme.
    pub(crate) class: String,
    /// HTML to stand under the heading, trusted.
    pub(crate) insert: String,
}

/// What is known about a list item or a table row.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageItem {
    /// Where it stands.
    pub(crate) span: Span,
    /// Where its fields begin: what stands behind is details.
    pub(crate) fields_from: u32,
    pub(crate) class: String,
    /// The day it is due, for a script that knows today.
    pub(crate) due: Option<String>,
    pub(crate) status: &'static str,
    /// The state in words, where the text does not show it.
    pub(crate) badge: Option<String>,
}

impl PageItem {
    fn open(&self, tag: &str) -> String {
        let due = self.due.as_ref().map(|due| format!(" data-due=\"{due}\"")).unwrap_or_default();
        format!("<{tag} class=\"{}\" data-status=\"{}\"{due}>", self.class, self.status)
    }
}

impl Writer<'_> {
    /// Ends the parts that a heading of `level` ends.
    pub(super) fn end_parts(&mut self, level: u8) {
        while let Some((_, floor)) = self.open_parts.pop_if(|(open, _)| *open >= level) {
            let closed = self.balance.leave(floor);
            self.push(&closed);
            self.push("</section>\n");
        }
    }

    /// Writes a heading, and opens its part if something is known about it.
    pub(super) fn begin_part(&mut self, node: NodeRef<'_>, level: u8) {
        let found = self
            .page
            .parts
            .binary_search_by(|part| {
                if node.span().contains(part.heading) {
                    std::cmp::Ordering::Equal
                } else {
                    part.heading.cmp(&node.span())
                }
            })
            .ok()
            .map(|at| &self.page.parts[at]);
        // An author's element that is still open goes on over the heading.
        let part = found.filter(|_| self.balance.is_level());
        if let Some(part) = part {
            self.push(&format!("<section class=\"{}\">\n", part.class));
            let floor = self.balance.enter();
            self.open_parts.push((level, floor));
        }
        self.block(node);
        if let Some(part) = found.filter(|part| !part.insert.is_empty()) {
            self.push(&format!("{INSERT}{}{INSERT_END}\n", self.inserts.len()));
            self.inserts.push(part.insert.clone());
        }
    }

    /// Puts what the page adds in its places.
    pub(super) fn put_inserts(&mut self) {
        for (number, insert) in self.inserts.iter().enumerate() {
            let mark = format!("{INSERT}{number}{INSERT_END}");
            self.out.html = self.out.html.replacen(&mark, insert, 1);
        }
    }

    fn known(&self, span: Span) -> Option<&PageItem> {
        let items = self.page.items;
        let at = items.partition_point(|item| item.span.start < span.start);
        items.get(at).filter(|item| span.contains(item.span))
    }

    pub(super) fn item(&mut self, node: NodeRef<'_>) {
        let Some(item) = self.known(node.span()).cloned() else {
            self.wrapped("<li>", node, "</li>\n");
            return;
        };
        self.push(&item.open("li"));
        let floor = self.balance.enter();
        for (index, child) in node.children().enumerate() {
            match child.kind() {
                Kind::Paragraph if index == 0 => {
                    self.push("<p>");
                    self.action(child, &item);
                    self.push("</p>\n");
                }
                Kind::Plain if index == 0 => self.action(child, &item),
                _ => self.block(child),
            }
        }
        let closed = self.balance.leave(floor);
        self.push(&closed);
        self.push("</li>\n");
    }

    /// What is to be done, then its fields.
    fn action(&mut self, paragraph: NodeRef<'_>, item: &PageItem) {
        let mut in_fields = false;
        let floor = self.balance.enter();
        for child in paragraph.children() {
            let span = child.span();
            if in_fields || span.end <= item.fields_from {
                self.block(child);
                continue;
            }
            let text = child.literal();
            let cut = item.fields_from.saturating_sub(span.start) as usize;
            // Only text that stands in the source as it is can be cut in two.
            let halves = (matches!(child.kind(), Kind::Text(_)) && text.len() == span.len())
                .then(|| text.split_at_checked(cut))
                .flatten();
            match halves {
                Some((before, after)) => {
                    self.text(before);
                    self.push("<span class=\"fields\">");
                    self.text(after);
                    in_fields = true;
                }
                None if span.start >= item.fields_from => {
                    self.push("<span class=\"fields\">");
                    self.block(child);
                    in_fields = true;
                }
                None => self.block(child),
            }
        }
        let closed = self.balance.leave(floor);
        self.push(&closed);
        if in_fields {
            self.push("</span>");
        }
        if let Some(badge) = &item.badge {
            self.push(&format!(" <span class=\"state {}\">", item.status));
            self.text(badge);
            self.push("</span>");
        }
    }

    pub(super) fn open_row(&mut self, row: NodeRef<'_>) {
        let open = self.known(row.span()).map(|item| item.open("tr"));
        self.push(open.as_deref().unwrap_or("<tr>"));
    }
}
