//! `index.json`: what was read, for other programs. Versioned; fields are only ever added.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::corpus::{report_url, url_path};
use crate::model::{Content, Facet, Id, Impact, Review, Rollback, Sourced, Term, When};
use crate::parse::{Edition, Report};
use crate::source::{LineIndex, Span};

/// The version of the index.
const VERSION: u32 = 1;

/// What bokgi read from the reports of a site. The version changes when a field goes or means
/// something else; fields that are new do not change it. It is written record by record, by several
/// threads; this type is its schema.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "bokgi index")]
struct Index<'r> {
    version: u32,
    /// Newest first.
    reports: Vec<Record<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct Record<'r> {
    id: &'r str,
    /// The file below the folder with the reports.
    path: &'r str,
    /// The page, relative to the site's root.
    url: String,
    /// The same in Markdown.
    markdown: String,
    title: &'r str,
    lang: &'static str,
    date: Option<Fact<String>>,
    status: &'static str,
    kind: &'static str,
    profile: &'r str,
    severity: Option<Severity<'r>>,
    phases: Vec<Phase>,
    services: Vec<&'r str>,
    dependencies: Vec<&'r str>,
    detection: Vec<&'r str>,
    detected_by: Option<&'r str>,
    triggers: Vec<&'r str>,
    causes: Vec<&'r str>,
    mitigations: Vec<&'r str>,
    /// What the text tells of facets for which no value is stated; the lists above hold stated values only.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    inferred: BTreeMap<&'static str, Vec<Inferred<'r>>>,
    rollback: Option<&'r Rollback>,
    impact: Option<&'r Impact>,
    roles: BTreeMap<&'static str, &'r [String]>,
    reviews: Vec<&'r Review>,
    recurrence_of: Vec<&'r str>,
    related: Vec<&'r str>,
    teams: Vec<&'r str>,
    tags: Vec<&'r str>,
    links: Vec<&'r str>,
    audience: &'static str,
    sections: Vec<Section<'r>>,
    timeline: Vec<Entry<'r>>,
    whys: Vec<Chain<'r>>,
    actions: Vec<Action<'r>>,
    investigation: Vec<Hypothesis<'r>>,
}

/// A value that a sentence says.
#[derive(Serialize, JsonSchema)]
struct Inferred<'r> {
    value: &'r str,
    /// The words that say it.
    written: &'r str,
    /// Where they stand; nothing for what stands in no line.
    line: Option<usize>,
}

/// A value and where it came from.
#[derive(Serialize, JsonSchema)]
struct Fact<T> {
    value: T,
    origin: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Severity<'r> {
    label: &'r str,
    rank: Option<usize>,
    origin: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Phase {
    phase: &'static str,
    at: String,
    origin: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Section<'r> {
    line: usize,
    level: u8,
    kinds: Vec<&'static str>,
    title: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualifier: Option<&'r str>,
    content: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Entry<'r> {
    line: usize,
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

#[derive(Serialize, JsonSchema)]
struct Chain<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'r str>,
    steps: Vec<Why<'r>>,
    /// The answers nobody asked further about.
    root_causes: Vec<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct Why<'r> {
    line: usize,
    question: &'r str,
    answer: &'r str,
    parent: Option<usize>,
    evidence: &'r [String],
}

#[derive(Serialize, JsonSchema)]
struct Action<'r> {
    line: usize,
    id: &'r str,
    text: &'r str,
    status: &'static str,
    /// Why it will not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
    horizon: Option<&'static str>,
    kind: Option<&'static str>,
    owners: &'r [String],
    /// The owners' teams, where `[owners]` knows them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    teams: Vec<&'r str>,
    due: Option<String>,
    done_on: Option<String>,
    ticket: Option<&'r str>,
    priority: Option<&'r str>,
    group: Option<&'r str>,
    origin: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Hypothesis<'r> {
    line: usize,
    text: &'r str,
    test: &'r str,
    result: &'r str,
    verdict: &'static str,
}

/// The index of the published reports, with their addresses. A public edition names no report that
/// it does not show.
pub(super) fn index<'r>(
    reports: &[(&'r Report, &'r str)],
    owners: &'r BTreeMap<String, String>,
    edition: Edition,
) -> String {
    let shown = reports.iter().map(|(report, _)| report.incident.id.value.key()).collect();
    let around = Around { owners, shown, is_public: edition == Edition::Public };
    let text = |(report, address): &(&'r Report, &'r str)| {
        let record = record(report, address, &around);
        serde_json::to_string(&record).expect("records have only string keys")
    };
    let records: Vec<String> = reports.par_iter().map(text).collect();
    format!("{{\"version\":{VERSION},\"reports\":[{}]}}\n", records.join(","))
}

/// The schema of the index (JSON Schema, draft 2020-12).
pub(super) fn schema() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Index<'static>>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema has only string keys");
    text.push('\n');
    text
}

/// What a record needs to know besides its report.
struct Around<'r> {
    /// Teams by their members' handles.
    owners: &'r BTreeMap<String, String>,
    /// The ids of all reports of this edition.
    shown: BTreeSet<String>,
    is_public: bool,
}

fn record<'r>(report: &'r Report, address: &'r str, around: &Around<'r>) -> Record<'r> {
    let incident = &report.incident;
    let lines = Lines::new(report);
    let words = |values: &'r [Sourced<String>]| values.iter().map(|v| v.value.as_str()).collect();
    let terms = |values: &'r [Sourced<Term>]| {
        values.iter().map(|v| v.value.id.as_deref().unwrap_or(&v.value.written)).collect()
    };
    let others = |ids: &'r [Sourced<Id>]| {
        let named = ids.iter().map(|id| &id.value);
        named
            .filter(|id| !around.is_public || around.shown.contains(&id.key()))
            .map(Id::as_str)
            .collect()
    };
    Record {
        id: incident.id.value.as_str(),
        path: &report.path,
        url: report_url(address),
        markdown: format!("r/{}.md", url_path(address)),
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
        dependencies: words(&incident.dependencies),
        detection: terms(&incident.detection),
        detected_by: incident.detected_by.as_ref().map(|who| who.value.as_str()),
        triggers: terms(&incident.triggers),
        causes: terms(&incident.causes),
        mitigations: terms(&incident.mitigations),
        inferred: incident
            .inferred
            .iter()
            .map(|(facet, terms)| {
                let key = match facet {
                    Facet::Detection => "detection",
                    Facet::Trigger => "triggers",
                    Facet::Cause => "causes",
                    Facet::Mitigation => "mitigations",
                };
                (key, terms.iter().map(|term| lines.inferred(term)).collect())
            })
            .collect(),
        rollback: incident.rollback.as_ref().map(|rollback| &rollback.value),
        impact: incident.impact.as_ref().map(|impact| &impact.value),
        roles: incident
            .roles
            .iter()
            .map(|(role, teams)| (role.id(), teams.value.as_slice()))
            .collect(),
        reviews: incident.reviews.iter().map(|review| &review.value).collect(),
        recurrence_of: others(&incident.recurrence_of),
        related: others(&incident.related),
        teams: words(&incident.teams),
        tags: words(&incident.tags),
        links: words(&incident.links),
        audience: incident.audience.id(),
        sections: lines.sections(),
        timeline: incident.timeline.entries.iter().map(|entry| lines.entry(entry)).collect(),
        whys: incident.whys.iter().map(|chain| lines.chain(chain)).collect(),
        actions: incident.actions.iter().map(|action| lines.action(action, around)).collect(),
        investigation: incident.investigation.iter().map(|h| lines.hypothesis(h)).collect(),
    }
}

/// A report whose places are told as lines.
struct Lines<'r> {
    report: &'r Report,
    index: LineIndex,
}

impl<'r> Lines<'r> {
    fn new(report: &'r Report) -> Self {
        Self { report, index: LineIndex::new(report.source.text()) }
    }

    fn line(&self, span: Span) -> usize {
        self.index.position(self.report.source.text(), span.start).line
    }

    fn inferred(&self, term: &'r Sourced<Term>) -> Inferred<'r> {
        Inferred {
            value: term.value.id.as_deref().unwrap_or(&term.value.written),
            written: &term.value.written,
            line: term.span.map(|span| self.line(span)),
        }
    }

    fn sections(&self) -> Vec<Section<'r>> {
        let known =
            self.report.incident.sections.iter().filter(|section| !section.kinds.is_empty());
        known
            .map(|section| Section {
                line: self.line(section.span),
                level: section.level,
                kinds: section.kinds.iter().map(|kind| kind.id()).collect(),
                title: &section.title,
                qualifier: section.qualifier.as_deref(),
                content: match section.content {
                    Content::Written => "written",
                    Content::Empty => "empty",
                    Content::Placeholder => "placeholder",
                    Content::Nothing => "nothing",
                },
            })
            .collect()
    }

    fn entry(&self, entry: &'r crate::model::Entry) -> Entry<'r> {
        let (until, seconds_after_start) = match &entry.when {
            When::Between(_, end) => (Some(end.iso()), None),
            When::Relative { seconds, .. } => (None, Some(*seconds)),
            _ => (None, None),
        };
        let start = entry.when.start();
        Entry {
            line: self.line(entry.span),
            at: start.map(crate::model::Moment::iso),
            until,
            seconds_after_start,
            approximate: start.is_some_and(|moment| moment.approximate),
            phase: entry.phase.map(|phase| phase.id()),
            handoff: entry.handoff,
            text: &entry.text,
        }
    }

    fn chain(&self, chain: &'r crate::model::WhyChain) -> Chain<'r> {
        Chain {
            title: chain.title.as_deref(),
            steps: chain.steps.iter().map(|step| self.why(step)).collect(),
            root_causes: chain.leaves().map(|step| step.answer.as_str()).collect(),
        }
    }

    fn why(&self, step: &'r crate::model::Why) -> Why<'r> {
        Why {
            line: self.line(step.span),
            question: &step.question,
            answer: &step.answer,
            parent: step.parent,
            evidence: &step.evidence,
        }
    }

    fn action(&self, action: &'r crate::model::Action, around: &Around<'r>) -> Action<'r> {
        let team = |owner: &String| {
            let known = around.owners.get(owner);
            known.or_else(|| around.owners.get(owner.trim_start_matches('@'))).map(String::as_str)
        };
        let mut teams: Vec<&str> = action.owners.iter().filter_map(team).collect();
        teams.dedup();
        Action {
            line: self.line(action.span),
            id: &action.id,
            text: &action.text,
            status: action.status.id(),
            reason: action.reason.as_deref(),
            horizon: action.horizon.map(|horizon| horizon.id()),
            kind: action.kind.map(|kind| kind.id()),
            owners: &action.owners,
            teams,
            due: action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone()),
            done_on: action.done_on.map(|done| done.to_string()),
            ticket: action.ticket.as_deref(),
            priority: action.priority.as_deref(),
            group: action.group.as_deref(),
            origin: if action.from_review { "review" } else { "report" },
        }
    }

    fn hypothesis(&self, hypothesis: &'r crate::model::Hypothesis) -> Hypothesis<'r> {
        Hypothesis {
            line: self.line(hypothesis.span),
            text: &hypothesis.text,
            test: &hypothesis.test,
            result: &hypothesis.result,
            verdict: hypothesis.verdict.id(),
        }
    }
}
