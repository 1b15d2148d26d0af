//! A report as the search engine takes it.

use bokgi_search::{Facet, Name, Passage, Report as Entry};

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
    lines: Vec<usize>,
    names: Vec<Names>,
    services: Vec<&'r str>,
}

impl<'r> Indexed<'r> {
    pub(super) fn new(report: &'r Report, address: &str, settings: &Settings) -> Self {
        let incident = &report.incident;
        let passages = passages(report);
        let kinds = passages.iter().map(|passage| kind(incident, passage)).collect();
        let text = report.source.text();
        let index = LineIndex::new(text);
        let line = |passage: &markup::Passage| {
            index.position(text, passage.span.map_or(0, |span| span.start)).line
        };
        let lines = passages.iter().map(line).collect();
        Self {
            report,
            url: report_url(address),
            passages,
            kinds,
            lines,
            names: names(incident, settings),
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
            id: Some(incident.id.value.as_str()),
            names: self.names.iter().map(Names::entry).collect(),
        };
        let beside = self.kinds.iter().zip(&self.lines);
        let passages = self.passages.iter().zip(beside).map(|(passage, (kind, line))| Passage {
            heading: &passage.heading,
            anchor: &passage.anchor,
            kind: *kind,
            line: *line,
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

/// A value a report can be asked for by, under all its names.
struct Names {
    facet: Facet,
    value: String,
    /// English and Korean.
    labels: Option<[String; 2]>,
    others: Vec<String>,
}

impl Names {
    fn new(facet: Facet, value: &str) -> Self {
        Self { facet, value: value.to_owned(), labels: None, others: Vec::new() }
    }

    fn entry(&self) -> Name<'_> {
        Name {
            facet: self.facet,
            value: &self.value,
            labels: self.labels.as_ref().map(|[en, ko]| [en.as_str(), ko.as_str()]),
            others: self.others.iter().map(String::as_str).collect(),
        }
    }
}

fn names(incident: &Incident, settings: &Settings) -> Vec<Names> {
    let texts = |facet: Facet, texts: &[Sourced<String>]| -> Vec<Names> {
        texts.iter().map(|text| Names::new(facet, &text.value)).collect()
    };
    let labelled = |facet: Facet, id: &str, label: Text| Names {
        labels: Some([label.en.to_owned(), label.ko.to_owned()]),
        ..Names::new(facet, id)
    };
    let terms = |facet: Facet, of: Vocabulary| -> Vec<Names> {
        incident.terms(of).iter().map(|found| term(facet, of, &found.value, settings)).collect()
    };
    let written = incident.severity.iter().map(|label| label.value.written.clone());
    let severity = values(incident, FacetKind::Severity, settings).into_iter().map(|level| Names {
        others: written.clone().collect(),
        ..Names::new(Facet::Severity, level.label.en.as_ref())
    });
    let status = incident.status.value;
    let actions = crate::model::ActionStatus::ALL
        .iter()
        .filter(|status| incident.actions.iter().any(|action| action.status == **status))
        .map(|status| labelled(Facet::Status, status.id(), status.label()));
    let kind = incident.kind.value;
    let ids = [&incident.id].into_iter().chain(&incident.aliases);
    [
        texts(Facet::Service, &incident.services),
        texts(Facet::Dependency, &incident.dependencies),
        terms(Facet::Cause, Vocabulary::Cause),
        terms(Facet::Trigger, Vocabulary::Trigger),
        terms(Facet::Detection, Vocabulary::Detection),
        terms(Facet::Mitigation, Vocabulary::Mitigation),
        severity.collect(),
        [labelled(Facet::Status, status.id(), status.label())].into_iter().chain(actions).collect(),
        texts(Facet::Team, &incident.teams),
        texts(Facet::Tag, &incident.tags),
        vec![labelled(Facet::Kind, kind.id(), kind.label())],
        ids.map(|id| Names::new(Facet::Id, id.value.as_str())).collect(),
    ]
    .into_iter()
    .flatten()
    .filter(|names| !names.value.is_empty())
    .collect()
}

/// A term under its id, its labels, and as it is written.
fn term(facet: Facet, of: Vocabulary, term: &Term, settings: &Settings) -> Names {
    let Some(id) = &term.id else { return Names::new(facet, &term.written) };
    let label = settings.vocabulary.label(of, id);
    Names {
        labels: label.map(|Label { en, ko }| [en.clone(), ko.clone()]),
        others: vec![term.written.clone()],
        ..Names::new(facet, id)
    }
}
