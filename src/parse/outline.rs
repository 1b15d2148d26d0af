//! The parts of a report: headings, and the labels that stand for headings.
//!
//! Headings nest by level. Three habits of real reports need more than that: headings that are events
//! of the timeline stay inside it whatever their level; a bold line or the bold start of a
//! paragraph (`**Impact**: …`) opens a part where its name is known; and where nothing is open yet, so
//! does a list whose items start with bold names. What stands before the first part is the preamble,
//! where the metadata is looked for.

use super::heading::{Meaning, meaning};
use super::structure::heading_without_space;
use super::when::{self, Style};
use crate::config::Lexicon;
use crate::markup::{Document, Heading, Kind, NodeId, NodeRef, Plain};
use crate::model::{Form, SectionKind};
use crate::source::Span;

/// Labels nest below every heading.
const LABEL_LEVEL: u8 = 7;
/// A longer bold start is a sentence and no name.
const LONGEST_LABEL: usize = 60;

/// A report's parts in document order.
pub(super) struct Outline<'d> {
    pub(super) document: &'d Document,
    /// The heading that names the report.
    pub(super) title: Option<NodeRef<'d>>,
    /// What stands before the first part, the title left out.
    pub(super) preamble: Vec<Block>,
    pub(super) parts: Vec<Part>,
}

/// A heading or label and what stands directly below it.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) kinds: Vec<SectionKind>,
    pub(super) title: String,
    pub(super) title_span: Span,
    pub(super) span: Span,
    pub(super) level: u8,
    pub(super) form: Form,
    pub(super) parent: Option<usize>,
    pub(super) qualifier: Option<String>,
    /// Blocks before the first part inside this one.
    pub(super) blocks: Vec<Block>,
}

/// A block, without what stands outside of `within`: a label, or the lines of another part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) node: NodeId,
    pub(super) within: Span,
}

/// A step of a walk through a part.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The heading or label of a part inside the one walked through.
    Title(usize),
    Block(Block),
}

impl<'d> Outline<'d> {
    pub(super) fn new(document: &'d Document, lexicon: &Lexicon) -> Self {
        let mut builder = Builder {
            outline: Outline { document, title: None, preamble: Vec::new(), parts: Vec::new() },
            lexicon,
            open: Vec::new(),
            by_lists: false,
        };
        for node in document.root().children() {
            builder.accept(node);
        }
        builder.finish()
    }

    pub(super) fn node(&self, block: Block) -> NodeRef<'d> {
        self.document.node(block.node)
    }

    pub(super) fn plain(&self, block: Block) -> Plain {
        Plain::new(self.node(block), block.within)
    }

    /// The parts of one kind that stand in no other part of that kind.
    pub(super) fn outermost(&self, kind: impl Fn(SectionKind) -> bool) -> Vec<usize> {
        let is = |index: usize| self.parts[index].kinds.iter().any(|&k| kind(k));
        let inside = |index: usize| {
            std::iter::successors(self.parts[index].parent, |&i| self.parts[i].parent).any(is)
        };
        (0..self.parts.len()).filter(|&index| is(index) && !inside(index)).collect()
    }

    /// The parts inside a part, itself first, in document order. `enter` decides which of them are
    /// walked through.
    pub(super) fn walk(&self, root: usize, enter: impl Fn(&Part) -> bool) -> Vec<Step> {
        let mut steps: Vec<Step> =
            self.parts[root].blocks.iter().copied().map(Step::Block).collect();
        let mut shut_until = None;
        for (index, part) in self.parts.iter().enumerate().skip(root + 1) {
            if !self.parts[root].span.contains(part.span) {
                break;
            }
            if shut_until.is_some_and(|end| part.span.end <= end) {
                continue;
            }
            shut_until = None;
            if enter(part) {
                steps.push(Step::Title(index));
                steps.extend(part.blocks.iter().copied().map(Step::Block));
            } else {
                shut_until = Some(part.span.end);
            }
        }
        steps
    }
}

struct Builder<'d, 'l> {
    outline: Outline<'d>,
    lexicon: &'l Lexicon,
    /// Indices of the parts that are open, outermost first.
    open: Vec<usize>,
    /// A list has opened parts, so the lists after it do.
    by_lists: bool,
}

impl<'d> Builder<'d, '_> {
    fn accept(&mut self, node: NodeRef<'d>) {
        match node.kind() {
            Kind::Heading(heading) => self.heading(node, heading),
            Kind::Paragraph => self.paragraph(node),
            Kind::List(_) if self.opens_parts(node) => self.labelled_list(node),
            _ => self.block(node),
        }
    }

    fn paragraph(&mut self, node: NodeRef<'d>) {
        let labels = self.labels(node);
        if !labels.is_empty() {
            self.open_labels(node, labels);
        } else if let Some((level, text)) = heading_without_space(node, self.lexicon)
            && let Some(meaning) = meaning(&text, self.lexicon)
        {
            self.unspaced_heading(node, level, text, meaning);
        } else {
            self.block(node);
        }
    }

    /// `#요약` is no heading to Markdown. Its author meant one, so it opens a part all the same.
    fn unspaced_heading(&mut self, node: NodeRef<'d>, level: u8, text: String, meaning: Meaning) {
        self.close_to(level, node.span().start);
        let line = node.source().lines().next().unwrap_or_default().len();
        let start = node.span().start as usize;
        let title_span = Span::new(start, start + line);
        self.open_part(node.span(), title_span, text, level, Form::Heading, Some(meaning));
        if node.source().trim().len() > line
            && let Some(part) = self.outline.parts.last_mut()
        {
            part.blocks.push(Block {
                node: node.id(),
                within: Span { start: title_span.end, ..node.span() },
            });
        }
    }

    fn block(&mut self, node: NodeRef<'d>) {
        self.push(Block { node: node.id(), within: node.span() });
    }

    fn push(&mut self, block: Block) {
        match self.open.last() {
            Some(&part) => self.outline.parts[part].blocks.push(block),
            None => self.outline.preamble.push(block),
        }
    }

    fn heading(&mut self, node: NodeRef<'d>, heading: Heading) {
        let plain = node.plain();
        let text = plain.text.replace('\n', " ").trim().to_owned();
        let meaning = meaning(&text, self.lexicon);
        let names = heading.level == 1 && says_more(&text);
        if meaning.as_ref().is_some_and(|meaning| self.names_report(heading.level, &text, meaning))
        {
            self.outline.title = Some(node);
            return;
        }
        if meaning.is_none() && self.is_title(heading.level) && (names || !self.is_fact(&text)) {
            self.outline.title = Some(node);
            return;
        }
        let level = match self.timeline_level(&text, meaning.is_some()) {
            Some(timeline) => (timeline + 1).max(heading.level),
            None => heading.level,
        };
        self.close_to(level, node.span().start);
        let title_span = plain.whole();
        self.open_part(node.span(), title_span, text, level, Form::Heading, meaning);
    }

    /// Whether a heading without a meaning names the report: the first one, if no other stands on its
    /// level. On the first level the others may be its sections.
    fn is_title(&self, level: u8) -> bool {
        let first = self.outline.title.is_none() && self.outline.parts.is_empty();
        let alone = || self.levels().filter(|&other| other <= level).take(2).count() == 1;
        first && (level == 1 || alone())
    }

    /// The levels of all headings.
    fn levels(&self) -> impl Iterator<Item = u8> {
        self.outline.document.root().children().filter_map(|node| match node.kind() {
            Kind::Heading(heading) => Some(heading.level),
            _ => None,
        })
    }

    /// Whether a heading is the name of the report though it begins like a section: `# 회고 — 결제 지연`, above
    /// all sections and with no other on its level. A summary may well stand there.
    fn names_report(&self, level: u8, text: &str, meaning: &Meaning) -> bool {
        const KINDS: [SectionKind; 4] = [
            SectionKind::Lessons,
            SectionKind::Timeline,
            SectionKind::Factors,
            SectionKind::Investigation,
        ];
        let goes_on = text
            .split_once([':', '：', '—', '–'])
            .is_some_and(|(_, rest)| rest.split_whitespace().count() > 1);
        level == 1
            && goes_on
            && meaning.kinds.iter().all(|kind| KINDS.contains(kind))
            && self.outline.title.is_none()
            && self.outline.parts.is_empty()
            && self.levels().filter(|&other| other == 1).count() == 1
            && self.levels().count() > 2
    }

    /// Whether a heading is a key of the metadata: `## Date: July 1, 2020`.
    fn is_fact(&self, text: &str) -> bool {
        let name = text.split([':', '：']).next().unwrap_or(text);
        self.lexicon.facts.contains_key(&crate::config::key(name))
    }

    /// The level of the timeline that a heading is an event of.
    fn timeline_level(&self, text: &str, known: bool) -> Option<u8> {
        let &timeline = self.open.iter().rev().find(|&&index| {
            let part = &self.outline.parts[index];
            part.kinds.contains(&SectionKind::Timeline) && part.form == Form::Heading
        })?;
        let is_event =
            !known && when::leading(text, Style { dotted: true, colonless: false }).is_some();
        is_event.then(|| self.outline.parts[timeline].level)
    }

    /// The lines of a paragraph that start with the bold name of a section.
    fn labels(&self, node: NodeRef<'d>) -> Vec<(Label, Meaning)> {
        let labels: Vec<_> = line_labels(node)
            .filter_map(|label| meaning(&label.text, self.lexicon).map(|meaning| (label, meaning)))
            .collect();
        // Lines of keys in the preamble are metadata, one fact a line.
        let metadata = self.open.is_empty() && !labels.is_empty() && {
            let text = node.plain().text;
            text.lines().filter(|line| line.contains([':', '：'])).count() > 1
        };
        if metadata { Vec::new() } else { labels }
    }

    /// Opens a part for each label; it goes on to the next one.
    fn open_labels(&mut self, node: NodeRef<'d>, labels: Vec<(Label, Meaning)>) {
        let before = Span { end: labels[0].0.start, ..node.span() };
        if before.start < before.end {
            self.push(Block { node: node.id(), within: before.trim(self.outline.document.text()) });
        }
        let ends: Vec<u32> =
            labels.iter().skip(1).map(|(next, _)| next.start).chain([node.span().end]).collect();
        for ((label, meaning), end) in labels.into_iter().zip(ends) {
            let span = Span { start: label.start, end };
            self.close_to(LABEL_LEVEL, span.start);
            self.open_part(span, label.span, label.text, LABEL_LEVEL, Form::Label, Some(meaning));
            let within = Span { start: label.end, end }.trim(self.outline.document.text());
            if !Plain::new(node, within).text.trim().is_empty() {
                self.push(Block { node: node.id(), within });
            }
        }
    }

    /// Whether a list's items are parts: no known heading is open, and at least two items start with
    /// a bold name of a section. Text between two items ends a list; what comes after goes on with it.
    fn opens_parts(&self, list: NodeRef<'d>) -> bool {
        let known_open = self.open.iter().any(|&index| {
            let part = &self.outline.parts[index];
            let goes_on = self.by_lists && part.level == LABEL_LEVEL;
            !part.kinds.is_empty() && !goes_on
        });
        let is_known = |label: &Label| meaning(&label.text, self.lexicon).is_some();
        let labels = || list.children().filter_map(item_label);
        !known_open
            && (labels().filter(is_known).take(2).count() == 2
                || self.by_lists && labels().any(|label| label.alone || is_known(&label)))
    }

    fn labelled_list(&mut self, list: NodeRef<'d>) {
        self.by_lists = true;
        for item in list.children() {
            let Some(label) = item_label(item) else {
                item.children().for_each(|child| self.block(child));
                continue;
            };
            let meaning = meaning(&label.text, self.lexicon);
            self.close_to(LABEL_LEVEL, item.span().start);
            let text = label.text.clone();
            self.open_part(item.span(), label.span, text, LABEL_LEVEL, Form::Label, meaning);
            let Some(part) = self.outline.parts.last_mut() else { continue };
            for (index, child) in item.children().enumerate() {
                let start = if index == 0 { label.end } else { child.span().start };
                if index > 0 || !label.alone {
                    let within = Span { start, ..child.span() };
                    part.blocks.push(Block { node: child.id(), within });
                }
            }
        }
    }

    fn open_part(
        &mut self,
        span: Span,
        title_span: Span,
        title: String,
        level: u8,
        form: Form,
        meaning: Option<Meaning>,
    ) {
        let (kinds, qualifier) =
            meaning.map_or((Vec::new(), None), |meaning| (meaning.kinds, meaning.qualifier));
        let parent = self.open.last().copied();
        self.open.push(self.outline.parts.len());
        let blocks = Vec::new();
        self.outline.parts.push(Part {
            kinds,
            title,
            title_span,
            span,
            level,
            form,
            parent,
            qualifier,
            blocks,
        });
    }

    /// Closes all parts at `level` and deeper; they end at `end`.
    fn close_to(&mut self, level: u8, end: u32) {
        while let Some(&index) = self.open.last() {
            let part = &mut self.outline.parts[index];
            if part.level < level {
                break;
            }
            part.span.end = end.max(part.span.end);
            self.open.pop();
        }
    }

    fn finish(mut self) -> Outline<'d> {
        let end = self.outline.document.root().span().end;
        self.close_to(0, end);
        self.outline
    }
}

/// The bold start of a line.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) text: String,
    /// The span of the name.
    pub(super) span: Span,
    /// Where its line starts.
    start: u32,
    /// Where the text behind it starts.
    end: u32,
    /// Nothing stands behind it in its paragraph.
    pub(super) alone: bool,
}

/// The label of a list item: that of its first paragraph.
pub(super) fn item_label(item: NodeRef<'_>) -> Option<Label> {
    bold_label(item.first_child().filter(|child| child.is_paragraph())?)
}

/// `**Impact**: …`, `**Impact:** …`, or a line that is bold as a whole, at the start of a paragraph.
pub(super) fn bold_label(paragraph: NodeRef<'_>) -> Option<Label> {
    label_at(paragraph.children())
}

/// The labels of a paragraph's lines.
fn line_labels<'d>(paragraph: NodeRef<'d>) -> impl Iterator<Item = Label> + use<'d> {
    let mut rest = paragraph.children();
    let mut at_start = true;
    std::iter::from_fn(move || {
        loop {
            let line = at_start.then(|| rest.clone());
            at_start = is_break(rest.next()?);
            if let Some(label) = line.and_then(label_at) {
                return Some(label);
            }
        }
    })
}

fn label_at<'d>(mut line: impl Iterator<Item = NodeRef<'d>> + Clone) -> Option<Label> {
    let start = line.clone().next()?.span().start;
    let strong = line.find(|node| !is_decoration(*node)).filter(|n| n.kind() == Kind::Strong)?;
    let plain = strong.plain();
    let text = plain.text.trim();
    let colon = [':', '：'];
    let next = line.next();
    let behind = next.map(|node| node.source().trim_start()).filter(|text| text.starts_with(colon));
    let ends_line = next.is_none_or(is_break);
    let name = text.trim_end_matches(colon).trim();
    if name.is_empty()
        || name.chars().count() > LONGEST_LABEL
        || !(text.ends_with(colon) || behind.is_some() || ends_line)
    {
        return None;
    }
    let end = match (behind, next) {
        (Some(rest), Some(node)) => {
            let colon_length = rest.chars().next().map_or(0, char::len_utf8);
            let at = node.source().len() - rest.len() + colon_length;
            node.span().start + u32::try_from(at).unwrap_or(0)
        }
        _ => strong.span().end,
    };
    let only_colon = behind.is_some_and(|rest| rest.trim_start_matches(colon).trim().is_empty());
    let alone = next.is_none() || only_colon && line.next().is_none();
    Some(Label { text: name.to_owned(), span: plain.whole(), start, end, alone })
}

fn is_break(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::SoftBreak | Kind::HardBreak)
}

/// What may stand before a name: a box to tick, an emoji.
fn is_decoration(node: NodeRef<'_>) -> bool {
    match node.kind() {
        Kind::Checkbox(_) => true,
        Kind::Text(_) => !node.literal().chars().any(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether a heading that begins like a key goes on like a title: `incident date: 2019-02-20, kubectl
/// logs unavailable`. A key that is `title` says its value.
fn says_more(text: &str) -> bool {
    let Some((name, value)) = text.split_once([':', '：']) else { return false };
    !matches!(crate::config::key(name).as_str(), "title" | "제목" | "incident title")
        && value.split_whitespace().count() > 3
}

#[cfg(test)]
mod tests {
    use super::{Outline, Step};
    use crate::config::Lexicon;
    use crate::markup::Document;

    fn show(text: &str) -> String {
        let document = Document::parse(&text.into(), 0);
        let outline = Outline::new(&document, &Lexicon::built_in());
        let mut shown = String::new();
        if let Some(title) = outline.title {
            shown.push_str(&format!("= {}\n", title.plain().text));
        }
        for block in &outline.preamble {
            shown.push_str(&format!("  {}\n", outline.plain(*block).text.replace('\n', "⏎")));
        }
        for (index, part) in outline.parts.iter().enumerate() {
            let kinds: Vec<_> = part.kinds.iter().map(|kind| kind.id()).collect();
            let parent = part.parent.map_or(String::new(), |parent| format!(" in {parent}"));
            shown.push_str(&format!("{index} {} [{}]{parent}\n", part.title, kinds.join(" ")));
            for block in &part.blocks {
                shown.push_str(&format!("  {}\n", outline.plain(*block).text.replace('\n', "⏎")));
            }
        }
        shown
    }

    #[test]
    fn a_report_may_be_named_like_a_section() {
        insta::assert_snapshot!(show("# 회고 — 결제 지연\n\n## 요약\na\n\n## 원인\nb\n"), @r"
        = 회고 — 결제 지연
        0 요약 [summary]
          a
        1 원인 [factors]
          b
        ");
        insta::assert_snapshot!(show("# 회고\na\n\n# 원인\nb\n"), @r"
        0 회고 [lessons]
          a
        1 원인 [factors]
          b
        ");
    }

    #[test]
    fn events_stay_in_the_timeline_whatever_their_level() {
        let text = "# Hub 403\n\n## Timeline\nAll times in PST\n\n### 13:06\nstart\n\n## 13:35\nx\n\n### Not an event\n\n## Action items\n### BinderHub\n1. a\n";
        insta::assert_snapshot!(show(text), @r"
        = Hub 403
        0 Timeline [timeline]
          All times in PST
        1 13:06 [] in 0
          start
        2 13:35 [] in 0
          x
        3 Not an event [] in 0
        4 Action items [actions]
        5 BinderHub [] in 4
          a
        ");
    }

    #[test]
    fn bold_names_open_parts() {
        let text = "# 장애\n\n날짜: 2026-03-14\n\n**영향**: 결제 *실패*\n\n더 있다\n\n**타임라인**\n\n- 14:02 시작\n\n**이것은 강조**일 뿐이다\n";
        insta::assert_snapshot!(show(text), @r"
        = 장애
          날짜: 2026-03-14
        0 영향 [impact]
          결제 실패
          더 있다
        1 타임라인 [timeline]
          14:02 시작
          이것은 강조일 뿐이다
        ");
    }

    #[test]
    fn every_line_can_open_a_part() {
        let text = "# T\n\n## October 24\n\n**Duration:** 72 min\n**Impact:** 97 %\nof requests\n**Root cause**\nno key\n\nmore\n";
        insta::assert_snapshot!(show(text), @r"
        = T
        0 October 24 []
          Duration: 72 min
        1 Impact [impact] in 0
          97 %⏎of requests
        2 Root cause [factors] in 0
          no key
          more
        ");
    }

    #[test]
    fn a_list_of_bold_names_opens_parts_where_there_are_none() {
        let text = "# Incident\n\n- **Key events**\n  - Resolved 2020-02-12 12:07\n\n- **Time to repair**: 0h 16m\n\n- **Impact**:\n\nall users\n\n- **Background**:\n\nold\n\n- **Context**:\n  - 10:00 a\n";
        insta::assert_snapshot!(show(text), @r"
        = Incident
        0 Key events [timeline]
          Resolved 2020-02-12 12:07
        1 Time to repair []
           0h 16m
        2 Impact [impact]
          all users
        3 Background []
          old
        4 Context []
          10:00 a
        ");
    }

    #[test]
    fn a_heading_without_its_space_still_opens_a_part() {
        insta::assert_snapshot!(show("# T\n\n#요약\n결제 실패\n\n##영향\n\n모두\n"), @r"
        = T
        0 요약 [summary]
          결제 실패
        1 영향 [impact] in 0
          모두
        ");
    }

    #[test]
    fn a_walk_can_leave_parts_out() {
        let text = "## Timeline\na\n\n### 10:00\nb\n\n**Root cause**: c\n\n### 11:00\nd\n";
        let document = Document::parse(&text.into(), 0);
        let outline = Outline::new(&document, &Lexicon::built_in());
        let steps = outline.walk(0, |part| part.kinds.is_empty());
        let shown: Vec<String> = steps
            .iter()
            .map(|step| match step {
                Step::Title(index) => outline.parts[*index].title.clone(),
                Step::Block(block) => outline.plain(*block).text.clone(),
            })
            .collect();
        assert_eq!(shown, ["a", "10:00", "b", "11:00", "d"]);
    }
}
