//! Parser events into the flat tree.
//!
//! Three things differ from the event stream. The text of tight list items gets a [`Kind::Plain`]
//! paragraph of its own, so that an item always holds blocks. Raw HTML lines are one node. And
//! containers nested deeper than [`MAX_DEPTH`] are not opened: their content stays, one level up, so
//! that a hostile report cannot exhaust the stack of anything that walks the tree.

use std::num::NonZeroU32;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser,
    Tag, TagEnd,
};

use super::{Alert, Align, Document, Heading, HeadingStyle, Kind, Link, Node, Stored};
use crate::source::Span;

/// Deep enough for any report a person wrote.
const MAX_DEPTH: usize = 48;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Where a document refers to a link that it never defines: `[text][name]` in one that defines others,
/// `[name][]` in any.
pub(super) fn undefined(document: &Document) -> Vec<Span> {
    let text = document.text();
    let start = document.root().span().start as usize;
    let body = text.get(start..).unwrap_or_default();
    // Almost no report has any.
    if memchr::memmem::find(body.as_bytes(), b"][").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut broken = |link: BrokenLink<'_>| {
        found.push((link.link_type, Span::new(start + link.span.start, start + link.span.end)));
        None
    };
    let parser = Parser::new_with_broken_link_callback(body, OPTIONS, Some(&mut broken));
    let defined: Vec<String> =
        parser.reference_definitions().iter().map(|(name, _)| name.to_owned()).collect();
    parser.for_each(drop);
    let meant = |(kind, span): (LinkType, Span)| {
        let written = span.of(text).trim_start_matches('!').strip_prefix('[')?;
        if written.starts_with('^') {
            return None;
        }
        match kind {
            LinkType::Collapsed | LinkType::CollapsedUnknown => {
                // `[]` belongs to it.
                let rest = text.get(span.end as usize..).unwrap_or_default();
                let end = span.end as usize + if rest.starts_with("[]") { 2 } else { 0 };
                Some(Span::new(span.start as usize, end))
            }
            LinkType::Reference | LinkType::ReferenceUnknown => {
                let (words, name) = written.split_once("][")?;
                let name = name.trim_end_matches(']');
                // `[INFO][payment]` are two words of a log, unless one of them is a slip in a name.
                let close =
                    |known: &String| name.len() >= 4 && strsim::osa_distance(known, name) <= 2;
                let meant = words.trim().contains(' ') || defined.iter().any(close);
                (meant && !defined.is_empty()).then_some(span)
            }
            _ => None,
        }
    };
    found.into_iter().filter_map(meant).collect()
}

impl Document {
    /// Parses `text` from `start` on; what is before (front matter) is left out of the tree.
    pub(crate) fn parse(text: &Arc<str>, start: usize) -> Self {
        let body = text.get(start..).unwrap_or_default();
        let mut builder = Builder::new(Arc::clone(text), start);
        for (event, range) in Parser::new_ext(body, OPTIONS).into_offset_iter() {
            builder.accept(event, Span::new(start + range.start, start + range.end));
        }
        builder.finish()
    }
}

struct Builder {
    document: Document,
    /// Indices of open nodes; `None` for a container that was too deep to open.
    open: Vec<Option<u32>>,
    /// The implicit paragraph of a tight list item, if one is open.
    plain: Option<u32>,
    alignments: Vec<Align>,
    cell: usize,
}

impl Builder {
    fn new(text: Arc<str>, start: usize) -> Self {
        let span = Span::new(start, text.len());
        let estimate = span.len() / 24 + 8;
        let mut document = Document {
            text,
            nodes: Vec::with_capacity(estimate),
            strings: Vec::new(),
            links: Vec::new(),
            too_deep: None,
        };
        document.nodes.push(Node { kind: Kind::Root, span, end: 0 });
        Self { document, open: vec![Some(0)], plain: None, alignments: Vec::new(), cell: 0 }
    }

    fn accept(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                let stored = self.store_text(&text, span);
                self.inline(Kind::Text(stored), span);
            }
            Event::Code(code) => {
                let stored = self.store(&code);
                self.inline(Kind::Code(stored), span);
            }
            Event::InlineHtml(_) => self.inline(Kind::Html, span),
            Event::Html(_) => self.html_line(span),
            Event::SoftBreak => self.inline(Kind::SoftBreak, span),
            Event::HardBreak => self.inline(Kind::HardBreak, span),
            Event::Rule => {
                self.close_plain();
                self.leaf(Kind::Rule, span);
            }
            Event::TaskListMarker(ticked) => self.inline(Kind::Checkbox(ticked), span),
            Event::FootnoteReference(name) => {
                let stored = self.store(&name);
                self.inline(Kind::FootnoteMark(stored), span);
            }
            // Not enabled.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let kind = self.kind_of(tag, span);
        if is_inline(kind) {
            self.open_plain(span);
        } else {
            self.close_plain();
        }
        if self.open.len() > MAX_DEPTH {
            self.document.too_deep.get_or_insert(span);
            self.open.push(None);
        } else {
            let index = self.leaf(kind, span);
            self.open.push(Some(index));
        }
    }

    fn kind_of(&mut self, tag: Tag<'_>, span: Span) -> Kind {
        match tag {
            Tag::Heading { level, .. } => {
                let atx = span.of(&self.document.text).trim_start().starts_with('#');
                let style = if atx { HeadingStyle::Atx } else { HeadingStyle::Setext };
                Kind::Heading(Heading { level: level as u8, style })
            }
            Tag::BlockQuote(alert) => Kind::Quote(alert.map(alert_kind)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::CodeBlock(self.store(&info)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(None),
            Tag::HtmlBlock => Kind::HtmlBlock,
            Tag::List(first) => {
                Kind::List(first.map(|number| u32::try_from(number).unwrap_or(u32::MAX)))
            }
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(name) => Kind::Footnote(self.store(&name)),
            Tag::Table(alignments) => {
                self.alignments = alignments.into_iter().map(align).collect();
                Kind::Table
            }
            Tag::TableHead => self.row(Kind::TableHead),
            Tag::TableRow => self.row(Kind::TableRow),
            Tag::TableCell => {
                let align = self.alignments.get(self.cell).copied().unwrap_or(Align::None);
                self.cell += 1;
                Kind::TableCell(align)
            }
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                Kind::Link(self.store_link(&format!("{mail}{dest_url}"), &title))
            }
            Tag::Image { dest_url, title, .. } => Kind::Image(self.store_link(&dest_url, &title)),
            // Paragraphs, and what is not enabled.
            _ => Kind::Paragraph,
        }
    }

    fn row(&mut self, kind: Kind) -> Kind {
        self.cell = 0;
        kind
    }

    fn end(&mut self, tag: TagEnd) {
        if !matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            self.close_plain();
        }
        if let Some(Some(index)) = self.open.pop() {
            self.close(index);
        }
    }

    fn close(&mut self, index: u32) {
        let end = self.next_index();
        self.document.nodes[index as usize].end = end;
    }

    fn next_index(&self) -> u32 {
        u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX)
    }

    fn leaf(&mut self, kind: Kind, span: Span) -> u32 {
        let index = self.next_index();
        self.document.nodes.push(Node { kind, span, end: index + 1 });
        index
    }

    fn inline(&mut self, kind: Kind, span: Span) {
        self.open_plain(span);
        self.leaf(kind, span);
    }

    /// Opens the implicit paragraph where inline content stands directly in a block container.
    fn open_plain(&mut self, span: Span) {
        if let Some(index) = self.plain {
            let node = &mut self.document.nodes[index as usize];
            node.span = node.span.cover(span);
        } else if self.innermost_holds_blocks() {
            self.plain = Some(self.leaf(Kind::Plain, span));
        }
    }

    fn innermost_holds_blocks(&self) -> bool {
        let innermost = self.open.iter().rev().find_map(|&open| open).unwrap_or(0);
        matches!(
            self.document.nodes[innermost as usize].kind,
            Kind::Item | Kind::Root | Kind::Quote(_) | Kind::Footnote(_) | Kind::List(_)
        )
    }

    fn close_plain(&mut self) {
        if let Some(index) = self.plain.take() {
            self.close(index);
        }
    }

    /// A line of raw HTML belongs to the block that is open around it.
    fn html_line(&mut self, span: Span) {
        let innermost = self.open.iter().rev().find_map(|&open| open).unwrap_or(0);
        let node = &mut self.document.nodes[innermost as usize];
        if node.kind == Kind::HtmlBlock {
            node.span = node.span.cover(span);
        } else {
            self.leaf(Kind::HtmlBlock, span);
        }
    }

    fn store_text(&mut self, text: &CowStr<'_>, span: Span) -> Stored {
        if span.of(&self.document.text) == &**text { None } else { self.store(text) }
    }

    fn store(&mut self, text: &str) -> Stored {
        self.document.strings.push(text.into());
        u32::try_from(self.document.strings.len()).ok().and_then(NonZeroU32::new)
    }

    fn store_link(&mut self, target: &str, title: &str) -> u32 {
        self.document.links.push(Link { target: target.into(), title: title.into() });
        u32::try_from(self.document.links.len() - 1).unwrap_or(u32::MAX)
    }

    fn finish(mut self) -> Document {
        self.close_plain();
        while let Some(open) = self.open.pop() {
            if let Some(index) = open {
                self.close(index);
            }
        }
        self.document.nodes.shrink_to_fit();
        self.document
    }
}

fn is_inline(kind: Kind) -> bool {
    matches!(kind, Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Link(_) | Kind::Image(_))
}

fn alert_kind(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Kind, MAX_DEPTH};
    use crate::markup::NodeRef;

    fn outline(node: NodeRef<'_>, depth: usize, out: &mut String) {
        for child in node.children() {
            let source = child.source().replace('\n', "⏎");
            out.push_str(&format!("{}{:?} {source}\n", "  ".repeat(depth), child.kind()));
            outline(child, depth + 1, out);
        }
    }

    #[test]
    fn tight_items_hold_paragraphs_and_spans_count_front_matter() {
        let text = "---\na: b\n---\n- [x] **하나** 둘\n  - 셋\n";
        let document = Document::parse(&text.into(), 13);
        let mut shown = String::new();
        outline(document.root(), 0, &mut shown);
        insta::assert_snapshot!(shown, @r"
        List(None) - [x] **하나** 둘⏎  - 셋⏎
          Item - [x] **하나** 둘⏎  - 셋⏎
            Plain [x] **하나** 둘
              Checkbox(true) [x]
              Strong **하나**
                Text(None) 하나
              Text(None)  둘
            List(None) - 셋⏎
              Item - 셋⏎
                Plain 셋
                  Text(None) 셋
        ");
    }

    #[test]
    fn a_fence_closed_on_its_own_line_hides_nothing() {
        let text = "```kind Ingress: error```\n\n## Impact\n";
        let document = Document::parse(&text.into(), 0);
        let headings = document.root().children().filter(|n| matches!(n.kind(), Kind::Heading(_)));
        assert_eq!(headings.count(), 1);
    }

    #[test]
    fn deep_nesting_is_cut_and_nothing_is_lost() {
        let text = format!("{}바닥", "> ".repeat(10_000));
        let document = Document::parse(&text.as_str().into(), 0);
        assert!(document.too_deep.is_some());
        assert!(document.nodes.len() < 2 * MAX_DEPTH);
        assert!(document.root().plain().text.contains("바닥"));
    }
}
