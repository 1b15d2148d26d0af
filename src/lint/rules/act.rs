//! `ACT`: what was promised.
//!
//! An action nobody says anything about has the status `unknown`: it still wants an owner and a date,
//! and it is never late. How an action is worded is a matter of prose; the rest is read from its fields.

mod action_without_due_date;
mod action_without_owner;
mod attention;
mod done_without_evidence;
mod due_before_incident;
mod due_date_too_late;
mod duplicate_action;
mod no_long_term_action;
mod no_short_term_action;
mod one_kind_of_action;
mod only_human_vigilance;
mod overdue_action;
mod owner_is_everyone;
mod terms;
mod unknown_action_status;
mod vague_action;
mod wont_do_without_reason;

use jiff::civil::Date;

use crate::l10n::{Message, Text};
use crate::lint::found::Item;
use crate::lint::{Found, Rule};
use crate::model::{Action, ActionStatus, Incident, Moment, Origin, Phase, Section};
use crate::parse::Report;

pub(super) static RULES: [&Rule; 15] = [
    &no_short_term_action::RULE,
    &no_long_term_action::RULE,
    &action_without_owner::RULE,
    &owner_is_everyone::RULE,
    &action_without_due_date::RULE,
    &due_date_too_late::RULE,
    &vague_action::RULE,
    &only_human_vigilance::RULE,
    &one_kind_of_action::RULE,
    &overdue_action::RULE,
    &done_without_evidence::RULE,
    &wont_do_without_reason::RULE,
    &unknown_action_status::RULE,
    &due_before_incident::RULE,
    &duplicate_action::RULE,
];

/// Whether something is left to do, as far as the report says.
fn is_to_do(action: &Action) -> bool {
    !matches!(action.status, ActionStatus::Done | ActionStatus::WontDo)
}

/// One finding for all of these actions: at the first, and the others beside it.
fn report_at<'f>(
    found: &'f mut Found,
    report: &Report,
    actions: &[&Action],
    message: impl Into<Message>,
) -> Option<&'f mut Item> {
    let (first, others) = actions.split_first()?;
    let item = found.at(&report.source, first.text_span, message);
    for action in others {
        item.related(action.text_span, Text::new("", ""));
    }
    Some(item)
}

/// How many of all actions lack something: the one there is, all of them, or some.
fn lacking(texts: [Text; 3], lacking: usize, all: usize) -> Message {
    let [one, every, some] = texts;
    match (lacking, all) {
        (_, 1) => one.into(),
        (lacking, all) if lacking == all => every.with("count", all),
        (lacking, all) => some.with("lacking", lacking).with("count", all),
    }
}

/// The headings and labels around an action, from the innermost.
fn around<'r>(incident: &'r Incident, action: &'r Action) -> impl Iterator<Item = &'r Section> {
    let sections = &incident.sections;
    let next = sections.partition_point(|section| section.span.start <= action.span.start);
    std::iter::successors(next.checked_sub(1), |&at| sections[at].parent)
        .map(|at| &sections[at])
        .filter(|section| section.span.contains(action.span))
}

/// The day the incident began. The date in a file's name may be the day of publication.
fn began(incident: &Incident) -> Option<Date> {
    let written =
        incident.date.as_ref().filter(|date| date.origin < Origin::Title).map(|date| date.value);
    incident.phase(Phase::Started).and_then(Moment::date).or(written)
}

/// The day from which what comes after the incident is counted.
fn ended(incident: &Incident) -> Option<Date> {
    let resolved = incident.phase(Phase::Resolved).and_then(Moment::date);
    resolved.or_else(|| began(incident)).or(incident.date.as_ref().map(|date| date.value))
}

/// An action is due before the incident began: somebody mistyped the date, and nothing else can be said
/// about it.
fn is_mistyped(action: &Action, incident: &Incident) -> bool {
    matches!((action.due, began(incident)), (Some(due), Some(began)) if due < began)
}

/// A longer text is cut where a message repeats it.
const LONGEST: usize = 40;

/// What an action says, short enough for a message.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { format!("{}…", cut.trim_end()) } else { cut }
}
