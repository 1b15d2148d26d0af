//! The parts of a report.

use super::SectionKind;
use crate::source::Span;

/// A heading, or a label that stands for one, and what is below it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// What it is about. Several where a heading joins names (`Mitigation & resolution`), none where
    /// the heading is not known.
    pub(crate) kinds: Vec<SectionKind>,
    /// The heading as a reader sees it.
    pub(crate) title: String,
    pub(crate) title_span: Span,
    /// From the heading to the end of its last subsection.
    pub(crate) span: Span,
    /// The depth of the heading: 1 to 6; a label is one deeper than what it stands in.
    pub(crate) level: u8,
    pub(crate) form: Form,
    /// The index of the section around it.
    pub(crate) parent: Option<usize>,
    /// What the heading adds to its name: `(UTC)`, `Q4 2025`.
    pub(crate) qualifier: Option<String>,
    pub(crate) content: Content,
    /// For an unknown heading that is nearly a known name: that name.
    pub(crate) nearly: Option<String>,
}

/// How a section is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A Markdown heading.
    Heading,
    /// A bold line or the bold start of a paragraph or list item: `**Impact**: …`.
    Label,
    /// A line of the metadata block: `**Impact:** 4 % of requests`.
    Metadata,
}

/// Whether a section says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Written,
    /// Nothing at all, or only comments.
    Empty,
    /// Only text that waits to be replaced: `TBD`, a template's prompt.
    Placeholder,
    /// `없음`, "none, because …": thought about, and nothing to say.
    Nothing,
}
