//! `TML`: the timeline.

mod ambiguous_zone;
mod conflicting_times;
mod missing_phase;
mod starts_at_detection;
mod timeline_out_of_order;
mod unexplained_gap;
mod unreadable_time;
mod unreadable_timeline;

use jiff::SignedDuration;

use super::title_span;
use crate::lint::Rule;
use crate::model::{Content, Entry, Form, Incident, Moment, Section, SectionKind, When};
use crate::parse::Report;
use crate::source::Span;

pub(super) static RULES: [&Rule; 8] = [
    &unreadable_timeline::RULE,
    &timeline_out_of_order::RULE,
    &missing_phase::RULE,
    &conflicting_times::RULE,
    &unexplained_gap::RULE,
    &starts_at_detection::RULE,
    &ambiguous_zone::RULE,
    &unreadable_time::RULE,
];

/// The sections that are a timeline and say something.
fn written(incident: &Incident) -> impl Iterator<Item = &Section> {
    incident
        .sections_of(SectionKind::Timeline)
        .filter(|section| section.content == Content::Written)
}

/// Where a finding about a timeline as a whole is shown: its heading, else its first time.
fn timeline_span(report: &Report) -> Span {
    let heading = written(&report.incident)
        .find(|section| section.form != Form::Metadata)
        .map(|section| section.title_span);
    let first = || report.incident.timeline.entries.first().map(|entry| entry.when_span);
    heading.or_else(first).unwrap_or_else(|| title_span(report))
}

/// The lists of events of a report. A heading between two entries starts another: several incidents,
/// or key events before the timeline itself.
fn lists(incident: &Incident) -> Vec<&[Entry]> {
    let entries = incident.timeline.entries.as_slice();
    let mut headings: Vec<u32> = incident
        .sections
        .iter()
        .filter(|section| section.form != Form::Metadata)
        .map(|section| section.title_span.start)
        .collect();
    headings.sort_unstable();
    let apart = |left: &Entry, right: &Entry| {
        let next = headings.partition_point(|&heading| heading < left.span.end);
        headings.get(next).is_some_and(|&heading| heading < right.span.start)
    };
    entries.chunk_by(|left, right| !apart(left, right)).collect()
}

/// Whether a list only says when each phase was: `First detected: 2026-03-14 14:02`. Its order is that
/// of the labels.
fn is_list_of_phases(list: &[Entry], text: &str) -> bool {
    let labelled = |entry: &Entry| {
        let before = Span::new(entry.span.start as usize, entry.when_span.start as usize);
        before.start <= before.end
            && before.of(text).chars().filter(|ch| ch.is_alphabetic()).count() > 2
    };
    let tagged = list.iter().filter(|entry| entry.phase.is_some()).count();
    tagged >= 2
        && tagged * 4 >= list.len() * 3
        && list.iter().filter(|entry| entry.phase.is_some()).all(labelled)
}

/// How long after `earlier` an entry is; `None` where the two cannot be compared. Where only days are
/// known, whole days are.
fn since(later: &When, earlier: &When) -> Option<SignedDuration> {
    if let (When::Relative { seconds: later, .. }, When::Relative { seconds: earlier, .. }) =
        (later, earlier)
    {
        return Some(SignedDuration::from_secs(later.saturating_sub(*earlier)));
    }
    let (later, earlier) = (later.start()?, earlier.start()?);
    later.since(earlier).or_else(|| {
        let only_days = later.time.is_none() || earlier.time.is_none();
        let days = later.date().zip(earlier.date()).filter(|_| only_days)?;
        Some(SignedDuration::from_hours(i64::from(days.0.since(days.1).ok()?.get_days()) * 24))
    })
}

/// Whether two moments are one, as far as they are written: seconds are left out or rounded, and what is
/// approximate may be a quarter of an hour off. `None` where they cannot be compared.
fn agree(left: &Moment, right: &Moment) -> Option<bool> {
    let apart = left.since(right)?.abs();
    let about = left.approximate || right.approximate;
    let limit = if about { SignedDuration::from_mins(15) } else { SignedDuration::from_mins(1) };
    Some(apart <= limit)
}
