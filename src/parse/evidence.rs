//! What backs an answer or an event: whether a report points at something that others can look at.

use crate::model::{Entry, Incident, SectionKind, Why};
use crate::source::Span;

/// Marks of a link, a footnote, a picture, code or a quotation.
const MARKS: [&str; 10] = ["[^", "`", "](", "http", "![", "<code", "“", "”", "「", "[["];

/// All steps of the whys, each with its place in the text: until the next one begins, or its section ends.
pub(crate) fn why_steps(incident: &Incident) -> Vec<(&Why, Span)> {
    let mut steps: Vec<&Why> = incident.whys.iter().flat_map(|chain| &chain.steps).collect();
    steps.sort_by_key(|step| step.span.start);
    let mut sections: Vec<Span> =
        incident.sections_of(SectionKind::Whys).map(|section| section.span).collect();
    sections.sort_unstable();
    // How far the sections that have begun reach.
    let reach: Vec<u32> = sections
        .iter()
        .scan(0, |reach, section| {
            *reach = section.end.max(*reach);
            Some(*reach)
        })
        .collect();
    let ends = |step: &Why| {
        let begun = sections.partition_point(|section| section.start <= step.span.start);
        let reach = begun.checked_sub(1).and_then(|last| reach.get(last)).copied();
        reach.unwrap_or(0).max(step.span.end)
    };
    let next = steps.iter().skip(1).map(|step| Some(step.span.start)).chain([None]);
    let extent = |step: &Why, next: Option<u32>| {
        let end = ends(step);
        Span::new(step.span.start as usize, next.map_or(end, |next| next.min(end)) as usize)
    };
    steps.iter().zip(next).map(|(step, next)| (*step, extent(step, next))).collect()
}

/// Whether an answer names what shows it. `place` is where the step stands in `text`.
pub(crate) fn backs_answer(step: &Why, place: Span, text: &str) -> bool {
    let source = place.of(text);
    !step.evidence.is_empty()
        || step.answer.contains(|ch: char| ch.is_ascii_digit() || ch == '"')
        || MARKS.iter().any(|mark| source.contains(mark))
}

/// Whether an entry of a timeline points at what shows it. Its time is none, nor is a number in its text:
/// nearly every entry has one.
pub(crate) fn backs_entry(entry: &Entry, text: &str) -> bool {
    let source = entry.span.of(text);
    MARKS.iter().any(|mark| source.contains(mark))
}
