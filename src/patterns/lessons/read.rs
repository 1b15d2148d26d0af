//! The items of the sections that hold lessons, as plain text.

use super::LessonKind;
use crate::config::{Settings, key};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{Content, Form, Section};
use crate::parse::{Report, is_placeholder};
use crate::source::Span;

/// Characters of a lesson; the report says the rest.
const LONGEST: usize = 280;
/// A sentence that ends before this many characters is no place to cut.
const SHORTEST: usize = 80;

/// The lessons of a report's sections, in their order.
pub(super) fn sections(report: &Report, settings: &Settings) -> Vec<(LessonKind, String)> {
    let sections = &report.incident.sections;
    let kinds: Vec<Option<LessonKind>> = kinds(sections);
    let written = |(section, kind): (&Section, &Option<LessonKind>)| {
        kind.is_some() && section.content == Content::Written
    };
    if !sections.iter().zip(&kinds).any(written) {
        return Vec::new();
    }
    let document = report.document();
    let blocks: Vec<NodeRef<'_>> = document.root().children().collect();
    let mut found = Vec::new();
    for (index, (section, kind)) in sections.iter().zip(&kinds).enumerate() {
        let Some(kind) = *kind else { continue };
        let mut reader = Reader { settings, kind, found: &mut found };
        let own = own(sections, index, section);
        // Blocks stand in their order, so no section looks at those of another.
        let first = blocks.partition_point(|block| block.span().end <= own.start);
        let until = blocks.partition_point(|block| block.span().start < own.end);
        reader.read(blocks.get(first..until).unwrap_or_default(), own);
    }
    found
}

/// What lessons each section holds; one without a meaning holds those of the section around it.
fn kinds(sections: &[Section]) -> Vec<Option<LessonKind>> {
    let mut kinds: Vec<Option<LessonKind>> = Vec::with_capacity(sections.len());
    for section in sections {
        let around = || section.parent.and_then(|parent| kinds.get(parent).copied()?);
        let kind = match section.form {
            Form::Metadata => None,
            _ if section.kinds.is_empty() => around(),
            _ => LessonKind::of(&section.kinds),
        };
        kinds.push(kind);
    }
    kinds
}

/// What stands in a section before the first one inside it.
fn own(sections: &[Section], index: usize, section: &Section) -> Span {
    let inner = sections.get(index + 1).filter(|next| next.parent == Some(index));
    let end = inner.map_or(section.span.end, |inner| inner.span.start);
    Span { start: section.title_span.end, end: end.max(section.title_span.end) }
}

struct Reader<'r> {
    settings: &'r Settings,
    kind: LessonKind,
    found: &'r mut Vec<(LessonKind, String)>,
}

impl Reader<'_> {
    fn read(&mut self, blocks: &[NodeRef<'_>], within: Span) {
        for block in blocks {
            self.block(*block, within);
        }
    }

    fn block(&mut self, node: NodeRef<'_>, within: Span) {
        if node.span().start >= within.end || node.span().end <= within.start {
            return;
        }
        match node.kind() {
            Kind::Paragraph | Kind::Plain => {
                let text = text(node, within);
                // What stops at a colon or a comma announces something, and is often the template's.
                if !text.trim_end().ends_with([':', '：', ',', '、']) {
                    self.add(self.kind, &text);
                }
            }
            Kind::List(_) => node.children().for_each(|item| self.item(item, within)),
            Kind::Table => node.children().skip(1).for_each(|row| self.row(row, within)),
            Kind::Quote(_) => {
                node.children().for_each(|child| self.block(child, within));
            }
            _ => {}
        }
    }

    /// An item's own words, then what is nested below it. `What went well:` over a list says what the list is.
    fn item(&mut self, item: NodeRef<'_>, within: Span) {
        let text = |node: NodeRef<'_>| text(node, within);
        let own: Vec<String> =
            item.children().filter(|child| child.is_paragraph()).map(text).collect();
        let own = own.join(" ");
        let lists = || item.children().filter(|child| matches!(child.kind(), Kind::List(_)));
        let name = own.trim().trim_end_matches([':', '：']);
        let named = self.settings.lexicon.sections.get(&key(name)).copied();
        if let Some(kind) = named.and_then(|kind| LessonKind::of(&[kind])) {
            let mut inner = Reader { settings: self.settings, kind, found: &mut *self.found };
            lists().for_each(|list| inner.block(list, within));
            return;
        }
        let nested: Vec<String> = lists()
            .flat_map(NodeRef::children)
            .map(text)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        // `What went well: the alarm`, in one line.
        let labelled = own.split_once([':', '：']).and_then(|(label, rest)| {
            let kind = *self.settings.lexicon.sections.get(&key(label))?;
            Some((LessonKind::of(&[kind])?, rest.to_owned()))
        });
        let (kind, own) = labelled.unwrap_or((self.kind, own));
        let glue = if own.is_empty() || nested.is_empty() { "" } else { " " };
        self.add(kind, &format!("{own}{glue}{}", nested.join("; ")));
    }

    fn row(&mut self, row: NodeRef<'_>, within: Span) {
        let cells: Vec<String> = row
            .children()
            .map(|cell| Plain::new(cell, within).text.trim().to_owned())
            .filter(|text| text.chars().any(char::is_alphabetic))
            .collect();
        self.add(self.kind, &cells.join(" · "));
    }

    fn add(&mut self, kind: LessonKind, text: &str) {
        self.found.extend(lesson(text, self.settings).map(|text| (kind, text)));
    }
}

/// The text of a block. A name in bold on a line of its own gets the colon that the line break stood for.
fn text(node: NodeRef<'_>, within: Span) -> String {
    let text = Plain::new(node, within).text;
    let block = if node.is_paragraph() { Some(node) } else { node.first_child() };
    let strong = block.and_then(|block| {
        let is_name = |child: &NodeRef<'_>| child.literal().chars().any(char::is_alphanumeric);
        block.children().find(is_name).filter(|child| child.kind() == Kind::Strong)
    });
    let Some(name) = strong.map(|strong| strong.plain().text) else { return text };
    match text.split_once('\n') {
        Some((first, rest))
            if first.trim().ends_with(name.trim()) && name.ends_with(char::is_alphanumeric) =>
        {
            format!("{}: {rest}", first.trim_end())
        }
        _ => text,
    }
}

/// Whether a character decorates a line: an emoji, an arrow, a dash.
fn is_decoration(ch: char) -> bool {
    let opens = matches!(ch, '“' | '‘' | '「' | '『' | '《' | '〈' | '…');
    matches!(ch, ':' | '-' | ' ') || !ch.is_ascii() && !ch.is_alphanumeric() && !opens
}

/// A text as a lesson: on one line, and short. `None` for what teaches nothing.
pub(super) fn lesson(text: &str, settings: &Settings) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches(is_decoration);
    let says = line.chars().any(char::is_alphabetic)
        && !is_placeholder(line)
        && !settings.lexicon.says_nothing(line)
        && !settings.profiles.is_template_line(line);
    says.then(|| short(line))
}

/// The text, or its first sentences where it is long.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(LONGEST) else { return line };
    let head = &line[..end];
    let mut ends = head.char_indices().filter(|(at, ch)| {
        let next = line[at + ch.len_utf8()..].chars().next();
        matches!(ch, '。' | '！' | '？')
            || matches!(ch, '.' | '!' | '?') && next.is_none_or(char::is_whitespace)
    });
    let sentence = ends.next_back().map(|(at, ch)| at + ch.len_utf8());
    let sentence = sentence.filter(|end| head[..*end].chars().count() >= SHORTEST);
    match sentence.or_else(|| head.rfind(' ')) {
        Some(end) if sentence.is_some() => format!("{} …", &head[..end]),
        Some(end) => format!("{}…", head[..end].trim_end()),
        None => format!("{head}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, sections, short};
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::parse::{Edition, report};
    use crate::source::SourceFile;
    use proptest::prelude::*;

    #[test]
    fn long_lessons_are_cut_at_a_sentence() {
        let first = format!("{}알람이 먼저 울렸습니다.", "아주 긴 문장으로 ".repeat(12));
        let text = format!("{first} {}", "그다음 이야기 ".repeat(40));
        assert_eq!(short(&text), format!("{first} …"));
        assert!(short(&"word ".repeat(100)).ends_with("word…"));
        assert_eq!(short(" two\nlines "), "two lines");
    }

    /// The lessons of a report with these sections, each with its kind.
    fn read(text: &str) -> Vec<String> {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
        let source = SourceFile::new("a.md", &format!("# Outage\n\n{text}"));
        let report = report(source, "a.md", &settings, Edition::Internal);
        let found = sections(&report, &settings);
        found.into_iter().map(|(kind, text)| format!("{}: {text}", kind.id())).collect()
    }

    #[test]
    fn lessons_are_items_rows_and_paragraphs() {
        let text = "## Lessons learned\n\nThings we learned:\n\n- ❌ **Too long**  \n  A day and a half.\n- TBD\n- What went well: the alarm\n\n### Networks\n\nDNS is shared.\n\n### 운이 좋았던 점\n\n1. 새벽이라 주문이 적었다.\n   - 평일 낮이었다면\n\n### Action items\n\n- [ ] split DNS\n";
        assert_eq!(
            read(text),
            [
                "learned: Too long: A day and a half.",
                "went-well: the alarm",
                "learned: DNS is shared.",
                "lucky: 새벽이라 주문이 적었다. 평일 낮이었다면",
            ]
        );
    }

    #[test]
    fn labels_are_sections_too() {
        let text = "## Retrospective\n\n**What went well**\n\n- the alarm\n\n**Where we got lucky**: it was Sunday\n\n**What went wrong**: none\n";
        assert_eq!(read(text), ["went-well: the alarm", "lucky: it was Sunday"]);
    }

    proptest! {
        #[test]
        fn a_lesson_is_never_long(text in "\\PC{0,600}") {
            prop_assert!(short(&text).chars().count() <= LONGEST + 2);
        }
    }
}
