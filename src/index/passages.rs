//! A report as the search engine takes it.

use bokgi_search::{Facet, Passage, Report as Entry};

use crate::config::Settings;
use crate::corpus::{FacetKind, report_url, values};
use crate::l10n::{Label, Text};
use crate::markup;
use crate::model::{Facet as Vocabulary, Incident, Sourced, Term};
use crate::parse::Report;
use crate::source::LineIndex;

/// A report with everything that is indexed of it.
pub(super) struct Indexed<'r> {
    report: &'r Report,
    url: String,
    passages: Vec<markup::Passage>,
    kinds: Vec<Option<&'static str>>,
    /// Each value a report can be asked for by, under all its names.
    facets: Vec<(Facet, Vec<String>)>,
    services: Vec<&'r str>,
}

impl<'r> Indexed<'r> {
    pub(super) fn new(report: &'r Report, address: &str, settings: &Settings) -> Self {
        let incident = &report.incident;
        let passages = passages(report);
        let kinds = passages.iter().map(|passage| kind(incident, passage)).collect();
        Self {
            report,
            url: report_url(address),
            passages,
            kinds,
            facets: facets(incident, settings),
            services: incident.services.iter().map(|service| service.value.as_str()).collect(),
        }
    }

    pub(super) fn entry(&self) -> (Entry<'_>, Vec<Passage<'_>>) {
        let incident = &self.report.incident;
        let date = incident.date.as_ref().map(|date| {
            let date = date.value;
            i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
        });
        let entry = Entry {
            key: &self.report.path,
            title: &incident.title.value,
            url: &self.url,
            date,
            lang: incident.language.id(),
            severity: incident.severity.as_ref().map(|label| label.value.written.as_str()),
            status: incident.status.value.id(),
            services: self.services.clone(),
            facets: self
                .facets
                .iter()
                .map(|(facet, names)| (*facet, names.iter().map(String::as_str).collect()))
                .collect(),
        };
        let passages = self.passages.iter().zip(&self.kinds).map(|(passage, kind)| Passage {
            heading: &passage.heading,
            anchor: &passage.anchor,
            kind: *kind,
            text: &passage.text,
        });
        (entry, passages.collect())
    }
}

/// The passages of a report in the order in which the index counts them.
fn passages(report: &Report) -> Vec<markup::Passage> {
    let document = report.document();
    markup::passages(&document, report.title_heading(&document))
}

/// What the section is about that the passage begins.
fn kind(incident: &Incident, passage: &markup::Passage) -> Option<&'static str> {
    let heading = passage.span?;
    let section = incident.sections.iter().find(|section| heading.contains(section.title_span))?;
    section.kinds.first().map(|kind| kind.id())
}

/// The passage that a result opens.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) text: String,
    /// The line of its heading, from 1; the report's first line where it has none.
    pub(crate) line: usize,
}

/// The text of one of a report's passages. `None` if the report changed meanwhile and has no such.
pub(crate) fn found(report: &Report, ordinal: usize) -> Option<Found> {
    let passage = passages(report).into_iter().nth(ordinal)?;
    let text = report.source.text();
    let at = passage.span.map_or(0, |span| span.start);
    let line = LineIndex::new(text).position(text, at).line;
    Some(Found { text: passage.text, line })
}

fn facets(incident: &Incident, settings: &Settings) -> Vec<(Facet, Vec<String>)> {
    let mut all: Vec<(Facet, Vec<String>)> = Vec::new();
    let texts = |texts: &[Sourced<String>]| -> Vec<Vec<String>> {
        texts.iter().map(|text| vec![text.value.clone()]).collect()
    };
    let named =
        |label: Text, id: &str| vec![id.to_owned(), label.en.to_owned(), label.ko.to_owned()];
    let terms = |facet: Vocabulary| -> Vec<Vec<String>> {
        incident.terms(facet).iter().map(|term| names(facet, &term.value, settings)).collect()
    };
    let severity = values(incident, FacetKind::Severity, settings).into_iter().map(|level| {
        let written = incident.severity.iter().map(|label| label.value.written.clone());
        [level.label.en].into_iter().chain(written).collect()
    });
    let mut statuses = vec![named(incident.status.value.label(), incident.status.value.id())];
    for status in crate::model::ActionStatus::ALL {
        if incident.actions.iter().any(|action| action.status == *status) {
            statuses.push(named(status.label(), status.id()));
        }
    }
    let ids = [&incident.id].into_iter().chain(&incident.aliases);
    for (facet, values) in [
        (Facet::Service, texts(&incident.services)),
        (Facet::Dependency, texts(&incident.dependencies)),
        (Facet::Cause, terms(Vocabulary::Cause)),
        (Facet::Trigger, terms(Vocabulary::Trigger)),
        (Facet::Detection, terms(Vocabulary::Detection)),
        (Facet::Mitigation, terms(Vocabulary::Mitigation)),
        (Facet::Severity, severity.collect()),
        (Facet::Status, statuses),
        (Facet::Team, texts(&incident.teams)),
        (Facet::Tag, texts(&incident.tags)),
        (Facet::Kind, vec![named(incident.kind.value.label(), incident.kind.value.id())]),
        (Facet::Id, ids.map(|id| vec![id.value.to_string()]).collect()),
    ] {
        all.extend(values.into_iter().map(|mut names| {
            let mut seen = std::collections::BTreeSet::new();
            names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
            (facet, names)
        }));
    }
    all
}

/// A term's id, its labels, and how it is written.
fn names(facet: Vocabulary, term: &Term, settings: &Settings) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(id) = &term.id {
        names.push(id.clone());
        if let Some(Label { en, ko }) = settings.vocabulary.label(facet, id) {
            names.extend([en.clone(), ko.clone()]);
        }
    }
    names.push(term.written.clone());
    names
}
