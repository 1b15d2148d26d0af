//! What a timeline's headings, paragraphs, lists and tables say.

use std::ops::Range;

use super::phase::{Tags, tags};
use super::table;
use super::{Raw, Written};
use crate::config::Lexicon;
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::SectionKind;
use crate::parse::outline::{Block, Outline, Part, Step, item_label};
use crate::parse::when::{Stamp, Style, leading, trailing, zone_in};
use crate::source::Span;

/// A sentence that names a zone for everything is short.
const LONGEST_ZONE_SENTENCE: usize = 120;
/// What follows an entry's first line is kept up to this many characters.
const LONGEST_DETAIL: usize = 600;

/// Everything one timeline says.
pub(super) fn section(outline: &Outline<'_>, root: usize, lexicon: &Lexicon) -> Vec<Written> {
    let steps = outline.walk(root, belongs);
    let mut collector = Collector {
        outline,
        lexicon,
        style: style(outline, &steps),
        written: Vec::new(),
        detail: Detail::None,
        pending_day: None,
    };
    let part = &outline.parts[root];
    collector.zone(&part.title, part.title_span);
    for step in steps {
        match step {
            Step::Title(index) => collector.title(&outline.parts[index]),
            Step::Block(block) => collector.block(block),
        }
    }
    collector.flush_day();
    if !collector.has_entries() {
        collector.code_blocks(root);
    }
    collector.written
}

/// Whether what stands directly below a heading is a timeline by its form: at least three entries
/// with a time, and most of the entries with one.
pub(super) fn is_timeline(outline: &Outline<'_>, index: usize, lexicon: &Lexicon) -> bool {
    let (mut timed, mut all) = (0_usize, 0_usize);
    let mut count = |is_timed: bool| {
        all += 1;
        timed += usize::from(is_timed);
    };
    let starts_with_time = |plain: &Plain| {
        leading(&plain.text, Style::default()).is_some_and(|stamp| stamp.clock.is_some())
    };
    for block in &outline.parts[index].blocks {
        let node = outline.node(*block);
        match node.kind() {
            Kind::List(_) => {
                let timed: Vec<bool> = node
                    .children()
                    .map(|item| first_paragraph(item).as_ref().is_some_and(starts_with_time))
                    .collect();
                // A list without any time says more about the entry before it.
                if timed.contains(&true) {
                    timed.into_iter().for_each(&mut count);
                }
            }
            Kind::Table => {
                for row in table::rows(node, lexicon) {
                    count(row.stamp.is_some_and(|stamp| stamp.clock.is_some()));
                }
            }
            _ if node.is_paragraph() => count(starts_with_time(&outline.plain(*block))),
            _ => {}
        }
    }
    timed >= 3 && timed * 5 >= all * 3
}

/// Parts inside a timeline that are not of it: a report that tells several incidents in one section
/// puts their impact and causes between the times.
fn belongs(part: &Part) -> bool {
    const OTHER: [SectionKind; 9] = [
        SectionKind::Impact,
        SectionKind::Factors,
        SectionKind::Whys,
        SectionKind::Actions,
        SectionKind::ShortTerm,
        SectionKind::LongTerm,
        SectionKind::Lessons,
        SectionKind::References,
        SectionKind::Metrics,
    ];
    !part.kinds.iter().any(|kind| OTHER.contains(kind))
}

/// Which doubtful notations this timeline uses: at least two lines must start with one, and more
/// than start with an ordinary time.
fn style(outline: &Outline<'_>, steps: &[Step]) -> Style {
    let (mut plain, mut dotted, mut colonless) = (0_usize, 0_usize, 0_usize);
    let mut count = |line: &str| {
        // A timeline that starts with ordinary times goes on with them.
        if plain >= 4 && dotted + colonless == 0 {
            return;
        }
        let allows = |style| leading(line, style).is_some_and(|stamp| stamp.clock.is_some());
        if allows(Style::default()) {
            plain += 1;
        } else if allows(Style { dotted: true, colonless: false }) {
            dotted += 1;
        } else if allows(Style { dotted: false, colonless: true }) {
            colonless += 1;
        }
    };
    for step in steps {
        match step {
            Step::Title(index) => count(&outline.parts[*index].title),
            Step::Block(block) => {
                let node = outline.node(*block);
                match node.kind() {
                    Kind::List(_) => {
                        node.children().filter_map(NodeRef::first_child).for_each(|first| {
                            count(&first.plain().text);
                        });
                    }
                    _ if node.is_paragraph() => node.plain().text.lines().for_each(&mut count),
                    _ => {}
                }
            }
        }
    }
    Style { dotted: dotted >= 2 && dotted > plain, colonless: colonless >= 2 && colonless > plain }
}

/// What the text that follows an entry belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Detail {
    /// Nothing: no entry has been read yet, or the last one was a row.
    None,
    /// The last entry.
    Entry,
}

struct Collector<'o, 'd> {
    outline: &'o Outline<'d>,
    lexicon: &'o Lexicon,
    style: Style,
    written: Vec<Written>,
    detail: Detail,
    /// A heading or line that only named a day: an entry of its own, if nothing timed follows.
    pending_day: Option<Raw>,
}

impl<'d> Collector<'_, 'd> {
    fn has_entries(&self) -> bool {
        self.written.iter().any(|item| matches!(item, Written::Entry(_)))
    }

    fn entry(&mut self, raw: Raw) {
        self.pending_day = None;
        self.written.push(Written::Entry(raw));
        self.detail = Detail::Entry;
    }

    /// A day heading under which nothing timed was found is an event of that day, if it says what
    /// happened.
    fn flush_day(&mut self) {
        if let Some(raw) = self.pending_day.take()
            && !raw.text.is_empty()
        {
            self.written.push(Written::Entry(raw));
        }
    }

    fn zone(&mut self, text: &str, span: Span) -> bool {
        if text.chars().count() > LONGEST_ZONE_SENTENCE {
            return false;
        }
        let Some(zone) = zone_in(text) else { return false };
        self.written.push(Written::Zone(zone, span));
        true
    }

    fn title(&mut self, part: &Part) {
        let style = Style { dotted: true, ..self.style };
        let stamp = leading(&part.title, style);
        match stamp {
            Some(mut stamp) if stamp.has_time() || stamp.unknown => {
                self.flush_day();
                // `### 22:52 (maybe earlier?)` speaks of the time.
                let rest = part.title[stamp.rest..].trim();
                if rest.starts_with(['(', '（']) && rest.ends_with([')', '）']) {
                    stamp.approximate = true;
                    stamp.rest = part.title.len();
                }
                let raw = self.raw(part.title_span, &part.title, Some(stamp), |_| part.title_span);
                self.entry(raw);
            }
            Some(stamp) => {
                self.flush_day();
                self.day(self.raw(part.title_span, &part.title, Some(stamp), |_| part.title_span));
            }
            None => {
                // `**Timeline:**` below a day heading belongs to that day.
                if !part.kinds.contains(&SectionKind::Timeline) {
                    self.flush_day();
                }
                self.detail = Detail::None;
                self.zone(&part.title, part.title_span);
            }
        }
    }

    /// Notes a line that only names a day.
    fn day(&mut self, raw: Raw) {
        if let Some(date) = raw.stamp.as_ref().and_then(|stamp| stamp.date) {
            self.written.push(Written::Day(date));
        }
        self.pending_day = Some(raw);
        self.detail = Detail::None;
    }

    fn block(&mut self, block: Block) {
        let node = self.outline.node(block);
        match node.kind() {
            Kind::List(_) => self.list(node),
            Kind::Table => self.table(node),
            // An alert speaks about the timeline; it may name a zone, but no event.
            Kind::Quote(Some(_)) => {
                let plain = node.plain();
                self.zone(&plain.text, plain.whole());
            }
            Kind::Quote(None) => self.quote(node),
            _ if node.is_paragraph() => self.paragraph(&self.outline.plain(block)),
            _ => {}
        }
    }

    fn quote(&mut self, quote: NodeRef<'d>) {
        for child in quote.children().filter(|child| child.is_paragraph()) {
            let plain = child.plain();
            if self.detail == Detail::Entry {
                self.add_detail(&plain.text);
            } else if !self.zone(&plain.text, plain.whole()) {
                self.paragraph(&plain);
            }
        }
    }

    fn table(&mut self, node: NodeRef<'d>) {
        let rows = table::rows(node, self.lexicon);
        if !rows.is_empty() {
            self.pending_day = None;
            self.written.extend(rows.into_iter().map(Written::Entry));
            self.detail = Detail::None;
        }
    }

    /// A paragraph can be one event, several on a line each, a day, a zone, or the rest of the event
    /// before it.
    fn paragraph(&mut self, plain: &Plain) {
        let mut at = 0;
        for (number, line) in plain.text.split('\n').enumerate() {
            let range = at..at + line.len();
            at += line.len() + 1;
            let stamp = leading(line, self.style);
            match stamp {
                Some(stamp) if stamp.has_time() || stamp.unknown => {
                    let raw = self.line(plain, range, line, stamp);
                    self.flush_day_if_dated(&raw);
                    self.entry(raw);
                }
                Some(stamp) if number == 0 => {
                    let alone = line[stamp.rest..].trim().is_empty();
                    let raw = self.line(plain, range, line, stamp);
                    self.flush_day();
                    if alone {
                        self.day(raw);
                    } else {
                        self.entry(raw);
                    }
                }
                _ if self.detail == Detail::Entry => self.add_detail(line),
                _ if self.zone(line, plain.span(range)) => {}
                _ => self.add_day_detail(line),
            }
        }
    }

    /// A dated entry below a day heading does not depend on it.
    fn flush_day_if_dated(&mut self, raw: &Raw) {
        if raw.stamp.as_ref().is_some_and(|stamp| stamp.date.is_some()) {
            self.pending_day = None;
        }
    }

    fn line(&self, plain: &Plain, range: Range<usize>, line: &str, stamp: Stamp) -> Raw {
        let start = range.start;
        self.raw(plain.span(range), line, Some(stamp), |r| {
            plain.span(start + r.start..start + r.end)
        })
    }

    fn add_detail(&mut self, text: &str) {
        if let Some(Written::Entry(raw)) = self.written.last_mut() {
            append(&mut raw.text, text);
        }
    }

    fn add_day_detail(&mut self, text: &str) {
        if let Some(raw) = &mut self.pending_day {
            append(&mut raw.text, text);
        }
    }

    fn list(&mut self, list: NodeRef<'d>) {
        let timed = list.children().any(|item| {
            let text = first_paragraph(item).map(|plain| plain.text).unwrap_or_default();
            leading(&text, self.style).is_some() || trailing(first_line(&text)).is_some()
        });
        // Bullets without times below an event say more about the event.
        if !timed && self.detail == Detail::Entry {
            self.add_detail(&list.plain().text);
            return;
        }
        for item in list.children() {
            self.item(item);
        }
        self.detail = Detail::None;
    }

    fn item(&mut self, item: NodeRef<'d>) {
        let Some(plain) = first_paragraph(item) else { return };
        let (plain, more) = split_glued(plain);
        let nested: Vec<NodeRef<'d>> = item.children().skip(1).collect();
        let stamp = leading(&plain.text, self.style);
        let is_day = stamp.as_ref().is_some_and(|stamp| {
            !stamp.has_time() && !stamp.unknown && plain.text[stamp.rest..].trim().is_empty()
        });
        let span = item.span().trim(self.outline.document.text());
        let map = |range: Range<usize>| plain.span(range);
        match stamp {
            Some(stamp) if is_day => {
                self.flush_day();
                self.day(self.raw(span, &plain.text, Some(stamp), map));
            }
            Some(stamp) => self.entry(self.raw(span, &plain.text, Some(stamp), map)),
            None => match trailing(first_line(&plain.text)) {
                Some(stamp) => self.entry(self.labelled(span, &plain, stamp)),
                None if self.is_remark(item) => self.add_detail(&plain.text),
                None => self.entry(self.raw(span, &plain.text, None, map)),
            },
        }
        for line in more {
            let stamp = leading(&line.text, self.style);
            self.entry(self.raw(line.whole(), &line.text, stamp, |range| line.span(range)));
        }
        for child in nested {
            match child.kind() {
                Kind::List(_) if self.holds_times(child) => self.list(child),
                Kind::List(_) => self.add_detail(&child.plain().text),
                _ if child.is_paragraph() => self.add_detail(&child.plain().text),
                _ => {}
            }
        }
    }

    /// An item without a time that is a remark or only a link is no event.
    fn is_remark(&self, item: NodeRef<'d>) -> bool {
        let labelled = item_label(item).is_some_and(|label| self.lexicon.is_remark(&label.text));
        let only_link = || {
            let mut inline = item.first_child().into_iter().flat_map(NodeRef::children);
            inline.next().is_some_and(|node| matches!(node.kind(), Kind::Link(_)))
                && inline.next().is_none()
        };
        labelled || only_link()
    }

    fn holds_times(&self, list: NodeRef<'d>) -> bool {
        list.children().filter_map(first_paragraph).any(|plain| {
            leading(&plain.text, self.style).is_some_and(|stamp| stamp.has_time() || stamp.unknown)
        })
    }

    /// `Fault occurs 2020-02-12 11:45`: what happened stands before the time.
    fn labelled(&self, span: Span, plain: &Plain, stamp: Stamp) -> Raw {
        let text = plain.text[..stamp.start].trim_end_matches([' ', ':', '(', '-', '–', '@', '[']);
        let stamp_span = plain.span(stamp.start..stamp.end);
        let found = tags(text, self.lexicon);
        Raw {
            span,
            stamp: Some(stamp),
            stamp_span,
            text: text[found.text.clone()].trim().to_owned(),
            phase: found.phase,
            handoff: found.handoff,
            column_zone: None,
        }
    }

    fn raw(
        &self,
        span: Span,
        text: &str,
        stamp: Option<Stamp>,
        map: impl Fn(Range<usize>) -> Span,
    ) -> Raw {
        let rest = stamp.as_ref().map_or(0, |stamp| stamp.rest);
        let body = &text[rest..];
        let Tags { phase, handoff, text: kept } = tags(first_line(body), self.lexicon);
        let stamp_span =
            stamp.as_ref().map_or(Span::at(span.start as usize), |s| map(s.start..s.end));
        let text = body[kept.start..].trim().replace('\n', " ");
        Raw { span, stamp, stamp_span, text, phase, handoff, column_zone: None }
    }

    /// Some keep the whole timeline in a code block.
    fn code_blocks(&mut self, root: usize) {
        for step in self.outline.walk(root, belongs) {
            let Step::Block(block) = step else { continue };
            let node = self.outline.node(block);
            if matches!(node.kind(), Kind::CodeBlock(_)) {
                let plain = node.plain();
                self.detail = Detail::None;
                self.paragraph(&plain);
            }
        }
        self.flush_day();
    }
}

/// A dash that is no bullet to Markdown (`– 15:53 …`) leaves its line glued to the item before it.
fn split_glued(plain: Plain) -> (Plain, Vec<Plain>) {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in plain.text.split('\n') {
        let text = line.trim_start_matches(['–', '—', '•', '·', '‣', '▪', ' ']);
        let is_entry = text.len() < line.len()
            && leading(text, Style::default()).is_some_and(|stamp| stamp.has_time());
        if at > 0 && is_entry {
            starts.push((at, at + line.len() - text.len()));
        }
        at += line.len() + 1;
    }
    let Some(&(first, _)) = starts.first() else { return (plain, Vec::new()) };
    let ends = starts.iter().skip(1).map(|&(end, _)| end).chain([plain.text.len()]);
    let more = starts.iter().zip(ends).map(|(&(_, start), end)| plain.part(start..end)).collect();
    (plain.part(0..first), more)
}

fn append(text: &mut String, more: &str) {
    let more = more.trim();
    if !more.is_empty() && text.chars().nth(LONGEST_DETAIL).is_none() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&more.replace('\n', " "));
    }
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or(text)
}

fn first_paragraph(item: NodeRef<'_>) -> Option<Plain> {
    item.first_child().filter(|child| child.is_paragraph()).map(NodeRef::plain)
}
