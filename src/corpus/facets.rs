//! Facets: by which values reports are found together, and which reports have each.
//!
//! A value is the same whatever its case, width or composition; it is shown as it was written first.
//! The terms of the vocabulary go by their id and are shown by their label. A cause counts for
//! everything above it in the tree: `software/performance` is `software` too.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Settings;
use crate::l10n::{Label, Lang, Text};
use crate::model::{Facet, Id, Incident, Origin, Sourced, Term};
use crate::parse::Report;

/// What reports are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FacetKind {
    Service,
    Dependency,
    Cause,
    Trigger,
    Detection,
    Mitigation,
    Severity,
    Team,
    Kind,
    Tag,
    Year,
}

impl FacetKind {
    pub(crate) const ALL: [FacetKind; 11] = [
        FacetKind::Service,
        FacetKind::Cause,
        FacetKind::Trigger,
        FacetKind::Detection,
        FacetKind::Mitigation,
        FacetKind::Dependency,
        FacetKind::Severity,
        FacetKind::Team,
        FacetKind::Kind,
        FacetKind::Year,
        FacetKind::Tag,
    ];

    /// The name in addresses.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            FacetKind::Service => "service",
            FacetKind::Dependency => "dependency",
            FacetKind::Cause => "cause",
            FacetKind::Trigger => "trigger",
            FacetKind::Detection => "detection",
            FacetKind::Mitigation => "mitigation",
            FacetKind::Severity => "severity",
            FacetKind::Team => "team",
            FacetKind::Kind => "kind",
            FacetKind::Tag => "tag",
            FacetKind::Year => "year",
        }
    }

    pub(crate) const fn label(self) -> Text {
        match self {
            FacetKind::Service => Text::new("Services", "서비스"),
            FacetKind::Dependency => Text::new("Dependencies", "외부 의존성"),
            FacetKind::Cause => Text::new("Causes", "원인"),
            FacetKind::Trigger => Text::new("Trigger", "계기"),
            FacetKind::Detection => Text::new("Noticed by", "탐지 경로"),
            FacetKind::Mitigation => Text::new("Stopped by", "완화 방법"),
            FacetKind::Severity => Text::new("Severity", "심각도"),
            FacetKind::Team => Text::new("Teams", "담당 팀"),
            FacetKind::Kind => Text::new("Kind", "종류"),
            FacetKind::Tag => Text::new("Tags", "태그"),
            FacetKind::Year => Text::new("Year", "연도"),
        }
    }
}

/// A value as one report has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// What values are compared by: an id of the vocabulary, or folded text.
    pub(crate) key: String,
    pub(crate) label: Label,
    /// The report does not state it: its text says so.
    pub(crate) inferred: bool,
}

impl Value {
    fn written(text: &str) -> Self {
        let key = bokgi_search::fold(text.trim()).into_owned();
        let label = Label { en: text.trim().to_owned(), ko: text.trim().to_owned() };
        Self { key, label, inferred: false }
    }

    fn named(id: &str, label: Text) -> Self {
        Self { key: id.to_owned(), label: label.into(), inferred: false }
    }
}

/// The values that a report itself names, in its order and each once. Where it states none of a facet with a
/// vocabulary, those that its text tells.
pub(crate) fn values(incident: &Incident, facet: FacetKind, settings: &Settings) -> Vec<Value> {
    let texts = |texts: &[Sourced<String>]| -> Vec<Value> {
        texts.iter().map(|text| Value::written(&text.value)).collect()
    };
    let terms = |vocabulary: Facet| -> Vec<Value> {
        incident.terms(vocabulary).iter().map(|term| of_term(vocabulary, term, settings)).collect()
    };
    let mut values = match facet {
        FacetKind::Service => texts(&incident.services),
        FacetKind::Dependency => texts(&incident.dependencies),
        FacetKind::Cause => terms(Facet::Cause),
        FacetKind::Trigger => terms(Facet::Trigger),
        FacetKind::Detection => terms(Facet::Detection),
        FacetKind::Mitigation => terms(Facet::Mitigation),
        FacetKind::Team => texts(&incident.teams),
        FacetKind::Tag => texts(&incident.tags),
        FacetKind::Severity => {
            incident.severity.iter().map(|label| of_severity(&label.value, settings)).collect()
        }
        FacetKind::Kind => {
            vec![Value::named(incident.kind.value.id(), incident.kind.value.label())]
        }
        FacetKind::Year => {
            let year = incident.date.as_ref().map(|date| date.value.year());
            year.map(|year| Value::written(&format!("{year:04}"))).into_iter().collect()
        }
    };
    let mut seen = BTreeSet::new();
    values.retain(|value| !value.key.is_empty() && seen.insert(value.key.clone()));
    values
}

fn of_term(facet: Facet, term: &Sourced<Term>, settings: &Settings) -> Value {
    let inferred = term.origin == Origin::Text;
    let known = term.value.id.as_deref().and_then(|id| {
        let label = settings.vocabulary.label(facet, id)?.clone();
        Some(Value { key: id.to_owned(), label, inferred })
    });
    known.unwrap_or_else(|| Value { inferred, ..Value::written(&term.value.written) })
}

/// Labels of one rank are one value, under the name of the configured level.
fn of_severity(label: &crate::model::SeverityLabel, settings: &Settings) -> Value {
    let level = label.rank.and_then(|rank| settings.severity.level(rank));
    Value::written(level.unwrap_or(&label.written))
}

/// The values of one facet over all reports.
#[derive(Debug)]
pub(crate) struct FacetIndex {
    pub(crate) kind: FacetKind,
    /// By how many reports have them, most first; years and severities by themselves.
    pub(crate) values: Vec<Counted>,
    by_key: BTreeMap<String, usize>,
}

/// A value and the reports that have it.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) key: String,
    pub(crate) label: Label,
    /// Its address below the facet's: unique within the facet.
    pub(crate) slug: String,
    /// Places in the list of reports, in its order.
    pub(crate) reports: Vec<usize>,
    /// Of these, the ones that do not state it: their text says so. In the same order.
    pub(crate) inferred: Vec<usize>,
}

impl FacetIndex {
    /// Where a value stands in `values`.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Counted> {
        self.position(key).map(|at| &self.values[at])
    }
}

/// All facets that have a value, over `reports`.
pub(crate) fn facets<'r>(
    reports: &(impl Iterator<Item = &'r Report> + Clone),
    settings: &Settings,
) -> Vec<FacetIndex> {
    FacetKind::ALL
        .into_iter()
        .map(|kind| index(kind, reports.clone(), settings))
        .filter(|index| !index.values.is_empty())
        .collect()
}

fn index<'r>(
    kind: FacetKind,
    reports: impl Iterator<Item = &'r Report>,
    settings: &Settings,
) -> FacetIndex {
    let mut found: BTreeMap<String, Counted> = BTreeMap::new();
    for (place, report) in reports.enumerate() {
        for value in values(&report.incident, kind, settings) {
            for value in with_ancestors(kind, value, settings) {
                let counted = found.entry(value.key.clone()).or_insert_with(|| Counted {
                    key: value.key.clone(),
                    label: value.label,
                    slug: String::new(),
                    reports: Vec::new(),
                    inferred: Vec::new(),
                });
                // Two causes of one report may share what is above them.
                if counted.reports.last() != Some(&place) {
                    counted.reports.push(place);
                    if value.inferred {
                        counted.inferred.push(place);
                    }
                }
            }
        }
    }
    let mut values: Vec<Counted> = found.into_values().collect();
    name(&mut values);
    match kind {
        FacetKind::Year => values.reverse(),
        FacetKind::Severity => {}
        _ => values.sort_by_key(|value| std::cmp::Reverse(value.reports.len())),
    }
    let by_key = values.iter().enumerate().map(|(at, value)| (value.key.clone(), at)).collect();
    FacetIndex { kind, values, by_key }
}

/// A cause, then what is above it in the tree.
fn with_ancestors(kind: FacetKind, value: Value, settings: &Settings) -> Vec<Value> {
    let mut all = vec![value];
    if kind == FacetKind::Cause {
        while let Some((above, _)) = all.last().and_then(|value| value.key.rsplit_once('/')) {
            let Some(label) = settings.vocabulary.label(Facet::Cause, above) else { break };
            let inferred = all[0].inferred;
            let above = Value { key: above.to_owned(), label: label.clone(), inferred };
            all.push(above);
        }
    }
    all
}

/// Gives each value an address: its key's letters, numbered where another value has the same.
fn name(values: &mut [Counted]) {
    let mut taken = BTreeSet::new();
    for value in values {
        let parts = value.key.split('/').filter_map(Id::from_text);
        // `page` is where a list goes on.
        let parts = parts.map(|part| match part.as_str() {
            "page" => "page-".to_owned(),
            part => part.to_owned(),
        });
        let slug = match parts.collect::<Vec<_>>().join("/") {
            empty if empty.is_empty() => "value".to_owned(),
            slug => slug,
        };
        let mut unique = slug.clone();
        let mut count = 1;
        while !taken.insert(unique.clone()) {
            count += 1;
            unique = format!("{slug}-{count}");
        }
        value.slug = unique;
    }
}

impl Counted {
    pub(crate) fn label(&self, lang: Lang) -> &str {
        self.label.get(lang)
    }
}
