//! Facts that reports state outside front matter.
//!
//! Seven in ten reports have no front matter; they write `**Severity:** SEV2` lines, bullets, a
//! two-column table or a quote above the first section, or use headings as keys. A line counts only
//! where its key is a known name, so prose with a colon in it is never taken for a fact.

use super::outline::{Block, Outline};
use crate::config::{Fact, Lexicon, key};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{Field, Origin, SectionKind};
use crate::source::Span;

/// Metadata stands at the top: what comes later in a long preamble is prose.
const MAX_BLOCKS: usize = 24;
/// A longer key is a sentence.
const LONGEST_KEY: usize = 48;

/// A key and its value as they stand in the text.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    /// The front-matter key it is about; `None` where it only names a section.
    pub(super) field: Option<Field>,
    /// The section it is, where its name is also a section's: `**Impact:** 4 % of requests`.
    pub(super) section: Option<SectionKind>,
    pub(super) key: String,
    pub(super) key_span: Span,
    /// The value; several where it is a list.
    pub(super) values: Vec<(String, Span)>,
    pub(super) origin: Origin,
}

/// All facts that a report states outside its front matter, in document order.
pub(super) fn stated(outline: &Outline<'_>, lexicon: &Lexicon) -> Vec<Stated> {
    let mut reader = Reader { outline, lexicon, found: Vec::new(), origin: Origin::Metadata };
    reader.blocks(outline.preamble.iter().copied().take(MAX_BLOCKS));
    for (index, part) in outline.parts.iter().enumerate() {
        if part.kinds.contains(&SectionKind::Facts) {
            reader.blocks(part.blocks.iter().copied());
        } else if part.kinds.is_empty() {
            reader.heading(index);
        }
    }
    reader.found
}

struct Reader<'o, 'd> {
    outline: &'o Outline<'d>,
    lexicon: &'o Lexicon,
    found: Vec<Stated>,
    origin: Origin,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, blocks: impl Iterator<Item = Block>) {
        // A key alone on its line takes the list below it: `**Services:**` and bullets.
        let mut waiting: Option<Stated> = None;
        for block in blocks {
            let node = self.outline.node(block);
            match (node.kind(), waiting.take()) {
                (Kind::List(_), Some(mut stated)) => {
                    stated.values = node.children().map(|item| trimmed(&item.plain())).collect();
                    self.found.push(stated);
                }
                (Kind::List(_), None) => self.list(node),
                (Kind::Paragraph | Kind::Plain, _) => {
                    waiting = self.paragraph(&self.outline.plain(block));
                }
                (Kind::Table, _) => self.table(node),
                (Kind::Quote(_), _) => self.quote(node),
                _ => {}
            }
        }
    }

    fn quote(&mut self, quote: NodeRef<'_>) {
        for child in quote.children() {
            match child.kind() {
                Kind::List(_) => self.list(child),
                _ if child.is_paragraph() => {
                    self.paragraph(&child.plain());
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: NodeRef<'_>) {
        for item in list.children() {
            let mut children = item.children();
            let Some(first) = children.next().filter(|child| child.is_paragraph()) else {
                continue;
            };
            if let Some(mut waiting) = self.paragraph(&first.plain()) {
                let nested = children.filter(|child| matches!(child.kind(), Kind::List(_)));
                waiting.values = nested
                    .flat_map(|list| list.children())
                    .map(|item| trimmed(&item.plain()))
                    .collect();
                if !waiting.values.is_empty() {
                    self.found.push(waiting);
                }
            }
        }
    }

    /// Reads the lines of a paragraph; returns a key at its end that has no value yet.
    fn paragraph(&mut self, plain: &Plain) -> Option<Stated> {
        let mut waiting = None;
        let mut start = 0;
        for line in plain.text.split('\n') {
            for range in pairs(line) {
                let range = start + range.start..start + range.end;
                waiting = self.pair(plain, range);
            }
            start += line.len() + 1;
        }
        waiting
    }

    /// Reads `key: value`; returns it if there is no value.
    fn pair(&mut self, plain: &Plain, range: std::ops::Range<usize>) -> Option<Stated> {
        let text = plain.text.get(range.clone())?;
        let (name, value) = text.split_once([':', '：'])?;
        let key_range = range.start..range.start + name.len();
        let mut stated = self.fact(name, plain.span(key_range))?;
        let value_start = range.end - value.len();
        if value.trim().is_empty() {
            return Some(stated);
        }
        let span = plain.span(value_start..range.end);
        stated.values = vec![(value.trim().to_owned(), trim_span(span, value))];
        self.found.push(stated);
        None
    }

    fn fact(&self, name: &str, key_span: Span) -> Option<Stated> {
        let name = super::heading::without_number(name).trim();
        if name.chars().count() > LONGEST_KEY {
            return None;
        }
        let name_key = key(name);
        let fact = self.lexicon.facts.get(&name_key).copied();
        let section = self.lexicon.sections.get(&name_key).copied();
        let field = match fact {
            Some(Fact::Field(field)) => Some(field),
            Some(Fact::Other) => None,
            None => {
                section?;
                None
            }
        };
        let (key, values, origin) = (name.to_owned(), Vec::new(), self.origin);
        Some(Stated { field, section, key, key_span, values, origin })
    }

    /// A table of keys and values, in two columns or in pairs of columns.
    fn table(&mut self, table: NodeRef<'_>) {
        for row in table.children() {
            let cells: Vec<NodeRef<'_>> = row.children().collect();
            for pair in cells.chunks_exact(2) {
                let [name, value] = pair else { continue };
                let (name, value) = (name.plain(), value.plain());
                let Some(mut stated) =
                    self.fact(name.text.trim().trim_end_matches([':', '：']), name.whole())
                else {
                    continue;
                };
                // `| 항목 | 값 |` and `| Date | Event |` are headers, not facts.
                let header = row.kind() == Kind::TableHead && !has_value(&stated, &value.text);
                if !value.text.trim().is_empty() && !header {
                    stated.values = vec![trimmed(&value)];
                    self.found.push(stated);
                }
            }
        }
    }

    /// `## Status: Resolved`, or `## Date` with its value below.
    fn heading(&mut self, index: usize) {
        let part = &self.outline.parts[index];
        let (name, value) = match part.title.split_once([':', '：']) {
            Some((name, value)) => (name, value.trim()),
            None => (part.title.as_str(), ""),
        };
        let Some(mut stated) = self.fact(name, part.title_span) else { return };
        stated.origin = Origin::Heading;
        if !value.is_empty() {
            stated.values = vec![(value.to_owned(), part.title_span)];
        } else if let Some(&block) = part.blocks.first() {
            let node = self.outline.node(block);
            stated.values = match node.kind() {
                Kind::List(_) => node.children().map(|item| trimmed(&item.plain())).collect(),
                _ if node.is_paragraph() => vec![trimmed(&self.outline.plain(block))],
                _ => Vec::new(),
            };
        }
        if !stated.values.is_empty() {
            self.found.push(stated);
        }
    }
}

/// A table's head counts as a fact where it could not be a header: `| Severity | SEV2 |`.
fn has_value(stated: &Stated, value: &str) -> bool {
    stated.field.is_some() && value.chars().any(|ch| ch.is_ascii_digit())
}

fn trimmed(plain: &Plain) -> (String, Span) {
    (plain.text.trim().to_owned(), plain.whole())
}

fn trim_span(span: Span, value: &str) -> Span {
    let leading = value.len() - value.trim_start().len();
    let start = span.start as usize + leading;
    Span::new(
        start.min(span.end as usize),
        (start + value.trim().len()).min(span.end as usize).max(start.min(span.end as usize)),
    )
}

/// The pairs on one line: `A: x | B: y`, `발생: … / 심각도: …`. A separator counts only where another
/// key follows it.
fn pairs(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for mark in [" | ", " / ", " · ", "│"] {
        if !line.contains(mark) {
            continue;
        }
        let mut at = 0;
        while let Some(found) = line[at..].find(mark) {
            let next = at + found + mark.len();
            let head = &line[next..];
            let colon = head
                .char_indices()
                .take(LONGEST_KEY + 1)
                .find(|(_, ch)| matches!(ch, ':' | '：'))
                .map(|(colon, _)| colon);
            let is_key = colon.is_some_and(|colon| head[..colon].chars().any(char::is_alphabetic));
            if is_key {
                ranges.push(start..at + found);
                start = next;
            }
            at = next;
        }
        break;
    }
    ranges.push(start..line.len());
    ranges
}

#[cfg(test)]
mod tests {
    use super::stated;
    use crate::config::Lexicon;
    use crate::markup::Document;
    use crate::parse::outline::Outline;

    fn read(text: &str) -> Vec<String> {
        let document = Document::parse(&text.into(), 0);
        let lexicon = Lexicon::built_in();
        let outline = Outline::new(&document, &lexicon);
        let show = |fact: super::Stated| {
            let field = fact.field.map_or("-", |field| field.id());
            let section = fact.section.map_or("", |section| section.id());
            let values: Vec<_> = fact
                .values
                .iter()
                .map(|(value, span)| {
                    assert!(
                        span.of(text).contains(value.as_str()) || fact.values.len() > 1,
                        "{value}"
                    );
                    value.as_str()
                })
                .collect();
            format!("{field}/{section}: {}", values.join("; "))
        };
        stated(&outline, &lexicon).into_iter().map(show).collect()
    }

    #[test]
    fn reads_every_form_of_metadata() {
        let cases: [(&str, &[&str]); 9] = [
            (
                "# T\n\n**Date:** 2026-07-11 | **Duration:** ~4 min/hour | **Severity:** SEV2\n**Impact:** a: b\n",
                &["date/: 2026-07-11", "-/: ~4 min/hour", "severity/: SEV2", "-/impact: a: b"],
            ),
            (
                "# T\n\n- **Status**: Resolved\n- 심각도: P2 (CI 저하)\n",
                &["status/: Resolved", "severity/: P2 (CI 저하)"],
            ),
            (
                "# T\n\n| 항목 | 값 |\n|---|---|\n| **발생 시각** | 2026-04-18 03:47 |\n| 영향 서비스 | 결제 |\n",
                &["started_at/: 2026-04-18 03:47", "services/impact: 결제"],
            ),
            (
                "# T\n\n> **발생 시각**: 10:22\n> **심각도**: SEV1\n",
                &["started_at/: 10:22", "severity/: SEV1"],
            ),
            (
                "# T\n\n발생: 2026-01-02 10:00 ~ 11:00 (KST) / 심각도: SEV1\n",
                &["started_at/: 2026-01-02 10:00 ~ 11:00 (KST)", "severity/: SEV1"],
            ),
            (
                "# T\n\n## Date\n\nJuly 1, 2020\n\n## Status: Resolved\n",
                &["date/: July 1, 2020", "status/: Resolved"],
            ),
            ("# T\n\n**Services:**\n\n- a\n- b\n", &["services/: a; b"]),
            (
                "# T\n\n## Stats\n\n- Category: Kubernetes\n- Severity: SEV3\n",
                &["-/: Kubernetes", "severity/: SEV3"],
            ),
            ("# T\n\nWe learned: prose is prose. Note: this too.\n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
