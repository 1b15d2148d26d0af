//! The timeline: from whatever a report uses for one to entries in time.
//!
//! Reading goes in two steps. [`collect`] walks the timeline's parts and notes what is written, in
//! order: entries with their stamps, lines that only name a day, a zone that holds for all.
//! [`resolve`] then decides what was left open: which day a bare time was on, which year, which
//! zone. Nothing in the first step needs to know the second.

mod collect;
mod phase;
mod resolve;
mod table;

pub(super) use resolve::{Context, resolve};

use super::outline::Outline;
use super::when::{Stamp, WrittenDate};
use crate::config::Lexicon;
use crate::model::{Phase, SectionKind, Zone};
use crate::source::Span;

/// What is written in a timeline, in order.
#[derive(Debug)]
pub(super) enum Written {
    Entry(Raw),
    /// A line or heading that only names a day, for what is below it.
    Day(WrittenDate),
    /// A zone for all entries of the section, from its heading or from a sentence.
    Zone(Zone, Span),
    /// Another timeline starts: a day is not carried over.
    Start,
}

/// An entry as it is written.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) span: Span,
    pub(super) stamp: Option<Stamp>,
    pub(super) stamp_span: Span,
    pub(super) text: String,
    pub(super) phase: Option<Phase>,
    pub(super) handoff: bool,
    /// The zone of the table's time column.
    pub(super) column_zone: Option<Zone>,
}

/// Marks the parts that are timelines by what they hold, whatever they are called: `Context`, `조치
/// 내역` with a list of times.
pub(super) fn find_by_form(outline: &mut Outline<'_>, lexicon: &Lexicon) {
    const CAN_HOLD_ONE: [SectionKind; 4] = [
        SectionKind::Summary,
        SectionKind::Detection,
        SectionKind::Response,
        SectionKind::Investigation,
    ];
    let candidates = (0..outline.parts.len())
        .filter(|&index| outline.parts[index].kinds.iter().all(|kind| CAN_HOLD_ONE.contains(kind)));
    let found: Vec<usize> =
        candidates.filter(|&index| collect::is_timeline(outline, index, lexicon)).collect();
    for index in found {
        outline.parts[index].kinds.push(SectionKind::Timeline);
    }
}

/// Collects what all timelines of a report say.
pub(super) fn collect(outline: &Outline<'_>, lexicon: &Lexicon) -> Vec<Written> {
    let mut written = Vec::new();
    for root in outline.outermost(|kind| kind == SectionKind::Timeline) {
        written.push(Written::Start);
        written.append(&mut collect::section(outline, root, lexicon));
    }
    written
}

#[cfg(test)]
mod tests;
