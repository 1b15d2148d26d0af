//! `index.json`: what was read, for other programs. Versioned; fields are only ever added.

use serde::Serialize;

use crate::model::{Content, Incident, When};
use crate::parse::Report;

#[derive(Serialize)]
struct Index<'r> {
    version: u32,
    reports: Vec<Record<'r>>,
}

#[derive(Serialize)]
struct Record<'r> {
    id: &'r str,
    path: &'r str,
    url: String,
    title: &'r str,
    lang: &'static str,
    date: Option<Fact<String>>,
    status: &'static str,
    kind: &'static str,
    profile: &'r str,
    severity: Option<Severity<'r>>,
    phases: Vec<Phase>,
    services: Vec<&'r str>,
    detection: Vec<&'r str>,
    triggers: Vec<&'r str>,
    causes: Vec<&'r str>,
    mitigations: Vec<&'r str>,
    teams: Vec<&'r str>,
    tags: Vec<&'r str>,
    sections: Vec<Section<'r>>,
    timeline: Vec<Entry<'r>>,
    whys: Vec<Vec<Why<'r>>>,
    actions: Vec<Action<'r>>,
    investigation: Vec<Hypothesis<'r>>,
}

/// A value and where it came from.
#[derive(Serialize)]
struct Fact<T> {
    value: T,
    origin: &'static str,
}

#[derive(Serialize)]
struct Severity<'r> {
    label: &'r str,
    rank: Option<usize>,
    origin: &'static str,
}

#[derive(Serialize)]
struct Phase {
    phase: &'static str,
    at: String,
    origin: &'static str,
}

#[derive(Serialize)]
struct Section<'r> {
    kinds: Vec<&'static str>,
    title: &'r str,
    content: &'static str,
}

#[derive(Serialize)]
struct Entry<'r> {
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds_after_start: Option<i64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    handoff: bool,
    text: &'r str,
}

#[derive(Serialize)]
struct Why<'r> {
    question: &'r str,
    answer: &'r str,
    parent: Option<usize>,
    evidence: &'r [String],
}

#[derive(Serialize)]
struct Action<'r> {
    id: &'r str,
    text: &'r str,
    status: &'static str,
    horizon: Option<&'static str>,
    kind: Option<&'static str>,
    owners: &'r [String],
    due: Option<String>,
    done_on: Option<String>,
    ticket: Option<&'r str>,
    priority: Option<&'r str>,
    group: Option<&'r str>,
    origin: &'static str,
}

#[derive(Serialize)]
struct Hypothesis<'r> {
    text: &'r str,
    test: &'r str,
    result: &'r str,
    verdict: &'static str,
}

/// The index of the published reports, with their addresses.
pub(super) fn index<'r>(reports: impl Iterator<Item = (&'r Report, &'r str)>) -> String {
    let records = reports.map(|(report, address)| record(report, address)).collect();
    let index = Index { version: 1, reports: records };
    let mut text = serde_json::to_string(&index).expect("records have only string keys");
    text.push('\n');
    text
}

fn record<'r>(report: &'r Report, address: &'r str) -> Record<'r> {
    let incident = &report.incident;
    let words = |values: &'r [crate::model::Sourced<String>]| values.iter().map(|v| v.value.as_str()).collect();
    let terms = |values: &'r [crate::model::Sourced<crate::model::Term>]| {
        values.iter().map(|v| v.value.id.as_deref().unwrap_or(&v.value.written)).collect()
    };
    Record {
        id: incident.id.value.as_str(),
        path: report.source.path(),
        url: format!("r/{}/", super::url_path(address)),
        title: &incident.title.value,
        lang: incident.language.id(),
        date: incident
            .date
            .as_ref()
            .map(|date| Fact { value: date.value.to_string(), origin: date.origin.id() }),
        status: incident.status.value.id(),
        kind: incident.kind.value.id(),
        profile: &incident.profile.value,
        severity: incident.severity.as_ref().map(|severity| Severity {
            label: &severity.value.written,
            rank: severity.value.rank,
            origin: severity.origin.id(),
        }),
        phases: incident
            .phases
            .iter()
            .map(|(phase, moment)| Phase {
                phase: phase.id(),
                at: moment.value.iso(),
                origin: moment.origin.id(),
            })
            .collect(),
        services: words(&incident.services),
        detection: terms(&incident.detection),
        triggers: terms(&incident.triggers),
        causes: terms(&incident.causes),
        mitigations: terms(&incident.mitigations),
        teams: words(&incident.teams),
        tags: words(&incident.tags),
        sections: sections(incident),
        timeline: incident.timeline.entries.iter().map(entry).collect(),
        whys: incident.whys.iter().map(|chain| chain.steps.iter().map(why).collect()).collect(),
        actions: incident.actions.iter().map(action).collect(),
        investigation: incident
            .investigation
            .iter()
            .map(|h| Hypothesis { text: &h.text, test: &h.test, result: &h.result, verdict: h.verdict.id() })
            .collect(),
    }
}

fn sections(incident: &Incident) -> Vec<Section<'_>> {
    let known = incident.sections.iter().filter(|section| !section.kinds.is_empty());
    known
        .map(|section| Section {
            kinds: section.kinds.iter().map(|kind| kind.id()).collect(),
            title: &section.title,
            content: match section.content {
                Content::Written => "written",
                Content::Empty => "empty",
                Content::Placeholder => "placeholder",
                Content::Nothing => "nothing",
            },
        })
        .collect()
}

fn entry(entry: &crate::model::Entry) -> Entry<'_> {
    let (until, seconds_after_start) = match &entry.when {
        When::Between(_, end) => (Some(end.iso()), None),
        When::Relative { seconds, .. } => (None, Some(*seconds)),
        _ => (None, None),
    };
    let start = entry.when.start();
    Entry {
        at: start.map(crate::model::Moment::iso),
        until,
        seconds_after_start,
        approximate: start.is_some_and(|moment| moment.approximate),
        phase: entry.phase.map(|phase| phase.id()),
        handoff: entry.handoff,
        text: &entry.text,
    }
}

fn why(step: &crate::model::Why) -> Why<'_> {
    Why { question: &step.question, answer: &step.answer, parent: step.parent, evidence: &step.evidence }
}

fn action(action: &crate::model::Action) -> Action<'_> {
    Action {
        id: &action.id,
        text: &action.text,
        status: action.status.id(),
        horizon: action.horizon.map(|horizon| horizon.id()),
        kind: action.kind.map(|kind| kind.id()),
        owners: &action.owners,
        due: action.due.map(|due| due.to_string()),
        done_on: action.done_on.map(|done| done.to_string()),
        ticket: action.ticket.as_deref(),
        priority: action.priority.as_deref(),
        group: action.group.as_deref(),
        origin: if action.from_review { "review" } else { "report" },
    }
}
