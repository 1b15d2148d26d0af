//! Markdown as a tree: what the parser saw, compact enough to keep for every report.
//!
//! [`Document::parse`] runs the CommonMark parser once and stores its events as a flat array in
//! document order, each node with its span and the index behind its last descendant. Everything that
//! reads a report (sections, timeline, actions) and everything that renders it walks this one tree.
//!
//! No other module sees the Markdown parser, and this one knows nothing of incidents.

mod anchors;
mod build;
mod html;
mod leads;
mod passages;
mod plain;
mod raw;

pub(crate) use anchors::{anchor, headings};
pub(crate) use html::{
    Image, Page, PageItem, PagePart, Rendered, RenderedHeading, is_relative, render,
};
pub(crate) use leads::{Becomes, Lead, LeadKind, Leads, leads};
pub(crate) use passages::{Passage, passages};
pub(crate) use plain::Plain;
pub(crate) use raw::{comments, targets};

use std::sync::Arc;

use crate::source::Span;

/// A parsed Markdown text. Spans are offsets into the whole text, front matter included.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    text: Arc<str>,
    nodes: Vec<Node>,
    /// Text that differs from its source: entities, escapes, joined lines.
    strings: Vec<Box<str>>,
    links: Vec<Link>,
    /// The first place nested deeper than the tree goes; its content is kept one level up.
    pub(crate) too_deep: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    span: Span,
    /// The index behind the last descendant.
    end: u32,
}

/// Where a link or an image points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) target: Box<str>,
    pub(crate) title: Box<str>,
}

/// An index into the document's own strings; `None` where the source itself is the text.
type Stored = Option<std::num::NonZeroU32>;

/// What a node is. Blocks come first, then inline nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Root,
    Paragraph,
    /// A paragraph without a `<p>`: the text of a tight list item.
    Plain,
    Heading(Heading),
    Quote(Option<Alert>),
    /// A code block; the string is its info string.
    CodeBlock(Stored),
    /// A block of raw HTML.
    HtmlBlock,
    /// An ordered list has a first number.
    List(Option<u32>),
    Item,
    Table,
    TableHead,
    TableRow,
    TableCell(Align),
    /// A footnote's text; the string is its name.
    Footnote(Stored),
    Rule,
    Text(Stored),
    Code(Stored),
    Html,
    SoftBreak,
    HardBreak,
    Emphasis,
    Strong,
    Strike,
    Link(u32),
    Image(u32),
    FootnoteMark(Stored),
    /// A task list's box, ticked or not.
    Checkbox(bool),
}

/// A heading's level and how it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) style: HeadingStyle,
}

/// How a heading is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HeadingStyle {
    /// `## Heading`
    Atx,
    /// Text over `---` or `===`.
    Setext,
}

/// GitHub's five kinds of alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Align {
    None,
    Left,
    Center,
    Right,
}

impl Document {
    /// The root: every block is below it.
    pub(crate) fn root(&self) -> NodeRef<'_> {
        NodeRef { document: self, index: 0 }
    }

    /// The whole text, front matter included.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { document: self, index: id.0 }
    }

    fn string(&self, stored: Stored) -> Option<&str> {
        stored.map(|index| &*self.strings[index.get() as usize - 1])
    }
}

/// A node's place in its document, for those who must store it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// A node together with its document.
#[derive(Clone, Copy)]
pub(crate) struct NodeRef<'d> {
    document: &'d Document,
    index: u32,
}

impl<'d> NodeRef<'d> {
    fn node(self) -> &'d Node {
        &self.document.nodes[self.index as usize]
    }

    pub(crate) fn document(self) -> &'d Document {
        self.document
    }

    pub(crate) fn id(self) -> NodeId {
        NodeId(self.index)
    }

    pub(crate) fn kind(self) -> Kind {
        self.node().kind
    }

    pub(crate) fn span(self) -> Span {
        self.node().span
    }

    pub(crate) fn children(self) -> impl Iterator<Item = NodeRef<'d>> + Clone {
        let end = self.node().end;
        let document = self.document;
        let first = (self.index + 1 < end).then_some(self.index + 1);
        std::iter::successors(first, move |&index| {
            let next = document.nodes[index as usize].end;
            (next < end).then_some(next)
        })
        .map(move |index| NodeRef { document, index })
    }

    /// All nodes below this one, in document order.
    pub(crate) fn descendants(self) -> impl Iterator<Item = NodeRef<'d>> {
        let document = self.document;
        (self.index + 1..self.node().end).map(move |index| NodeRef { document, index })
    }

    pub(crate) fn first_child(self) -> Option<NodeRef<'d>> {
        self.children().next()
    }

    /// The source exactly as written.
    pub(crate) fn source(self) -> &'d str {
        self.span().of(&self.document.text)
    }

    /// What a text, code or raw HTML node says; the source for any other node.
    pub(crate) fn literal(self) -> &'d str {
        let stored = match self.kind() {
            Kind::Text(stored) | Kind::Code(stored) => stored,
            _ => None,
        };
        self.document.string(stored).unwrap_or_else(|| self.source())
    }

    /// A code block's info string, or a footnote's name.
    pub(crate) fn label(self) -> &'d str {
        match self.kind() {
            Kind::CodeBlock(stored) | Kind::Footnote(stored) | Kind::FootnoteMark(stored) => {
                self.document.string(stored).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// Where a link or an image points.
    pub(crate) fn link(self) -> Option<&'d Link> {
        match self.kind() {
            Kind::Link(index) | Kind::Image(index) => Some(&self.document.links[index as usize]),
            _ => None,
        }
    }

    /// The text a reader sees, with its places in the source.
    pub(crate) fn plain(self) -> Plain {
        Plain::new(self, self.span())
    }

    /// Whether this is a paragraph, tight or not.
    pub(crate) fn is_paragraph(self) -> bool {
        matches!(self.kind(), Kind::Paragraph | Kind::Plain)
    }
}
