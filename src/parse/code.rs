//! Where a text is code, so that what only looks like a comment to us is left alone.

use std::sync::Arc;

use crate::markup::{Document, Kind, NodeRef};
use crate::source::Span;

/// The code of a text, in document order.
pub(super) struct Code(Vec<Span>);

impl Code {
    /// Parses the text for it: only worth it where something was found that code would excuse.
    pub(super) fn of(text: &Arc<str>, body: usize) -> Self {
        let document = Document::parse(text, body);
        let is_code =
            |node: &NodeRef<'_>| matches!(node.kind(), Kind::Code(_) | Kind::CodeBlock(_));
        Self(document.root().descendants().filter(is_code).map(NodeRef::span).collect())
    }

    /// Whether a place is inside code.
    pub(super) fn holds(&self, place: Span) -> bool {
        let next = self.0.partition_point(|span| span.end <= place.start);
        self.0.get(next).is_some_and(|span| span.contains(place))
    }
}
