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
use crate::model::{Content, Form, Incident, Section, SectionKind, WhyChain};
use crate::parse::{Report, why_steps as steps};
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
