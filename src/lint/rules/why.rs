//! `WHY`: the whys of a report.

mod answer_without_evidence;
mod ends_at_a_person;
mod first_why_not_customer;
mod question_without_answer;
mod root_cause_without_action;
mod speculation;
mod too_few_whys;
mod why_does_not_follow;

use super::title_span;
use crate::lint::Rule;
use crate::model::{Content, Form, Incident, Section, SectionKind, Why, WhyChain};
use crate::parse::Report;
use crate::source::Span;

pub(super) static RULES: [&Rule; 8] = [
    &too_few_whys::RULE,
    &question_without_answer::RULE,
    &answer_without_evidence::RULE,
    &speculation::RULE,
    &ends_at_a_person::RULE,
    &first_why_not_customer::RULE,
    &why_does_not_follow::RULE,
    &root_cause_without_action::RULE,
];

/// The sections with whys that say something.
fn written(incident: &Incident) -> impl Iterator<Item = &Section> {
    incident.sections_of(SectionKind::Whys).filter(|section| section.content == Content::Written)
}

/// Where a finding about the whys as a whole is shown: their heading.
fn whys_span(report: &Report) -> Span {
    let heading = written(&report.incident).find(|section| section.form != Form::Metadata);
    heading.map_or_else(|| title_span(report), |section| section.title_span)
}

/// All steps, each with its place in the text: until the next one begins, or its section ends.
fn steps(incident: &Incident) -> Vec<(&Why, Span)> {
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

/// How many steps lead to each step of a chain, itself included.
fn depths(chain: &WhyChain) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(chain.steps.len());
    for step in &chain.steps {
        let above = step.parent.and_then(|parent| depths.get(parent)).copied().unwrap_or(0);
        depths.push(above + 1);
    }
    depths
}

/// A step is shown by its first line.
fn first_line(span: Span, text: &str) -> Span {
    let line = span.of(text).lines().next().unwrap_or_default().trim_end();
    Span::new(span.start as usize, span.start as usize + line.len())
}
