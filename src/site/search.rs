//! Search, as far as it is pages: all titles for readers without JavaScript, and what the search box reads before
//! and instead of the index.
//!
//! `search/` lists every title by year. `search/start.json` is what the box shows before anything was searched, with
//! its words; `search/titles.json` is searched where the engine cannot run. Neither holds a report's text.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::paging::address;
use super::view::{Badge, Page, severity};
use super::{Book, Out, Shown, Sink, SiteError};
use crate::config::Settings;
use crate::corpus::{FacetKind, report_url, values};
use crate::l10n::Label;
use crate::model::Status;

/// Titles of a page before it goes on: enough to find by eye, few enough to open at once.
const PER_PAGE: usize = 500;
/// Reports in `titles.json`: the newest, so that a huge knowledge base does not make a huge file.
const IN_TITLES: usize = 5000;
/// Reports that the empty search box shows.
const NEWEST: usize = 5;
/// Values of a facet that the empty search box offers.
const SUGGESTED: usize = 4;
/// Labels of severities whose colour is told.
const SEVERITIES: usize = 64;
const FOLDER: &str = "search/";
const VERSION: u32 = 1;

/// One page of titles.
#[derive(Clone, Debug, Serialize)]
struct TitlesPage<'y> {
    count: usize,
    years: &'y [YearLink],
    groups: Vec<YearGroup>,
    number: usize,
    pages: usize,
    newer: Option<String>,
    older: Option<String>,
}

/// A year, and where its first title stands.
#[derive(Clone, Debug, Serialize)]
struct YearLink {
    label: String,
    url: String,
}

/// Neighbouring titles of one year.
#[derive(Clone, Debug, Serialize)]
struct YearGroup {
    id: String,
    label: String,
    titles: Vec<Title>,
}

#[derive(Clone, Debug, Serialize)]
struct Title {
    title: String,
    url: String,
    lang: &'static str,
    date: Option<String>,
    severity: Option<Badge>,
    services: Vec<String>,
}

/// Writes the pages and the two files beside them.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    let heading = book.site.word("search_title");
    let years = years(book);
    let pages = book.shown.len().div_ceil(PER_PAGE).max(1);
    (1..=pages).into_par_iter().try_for_each(|number| {
        let path = address(FOLDER, number) + "index.html";
        let page = Page::new(&path, heading.clone(), page(number, pages, &years, book));
        out.page(&path, &book.pages.render("search.html", &page)?)
    })?;
    out.file("search/start.json", json(&Start::new(book)).as_bytes())?;
    out.file("search/titles.json", json(&Titles::new(book)).as_bytes())
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).expect("these values have only string keys");
    text.push('\n');
    text
}

fn year(item: &Shown<'_>) -> Option<i16> {
    item.report.incident.date.as_ref().map(|date| date.value.year())
}

/// What a year is called, and the id of its heading.
fn named(year: Option<i16>, book: &Book<'_>) -> (String, String) {
    match year {
        Some(year) => (format!("{year:04}"), format!("y{year:04}")),
        None => (book.site.word("undated"), "undated".to_owned()),
    }
}

/// All years, each with the page and the heading where it begins.
fn years(book: &Book<'_>) -> Vec<YearLink> {
    let mut links = Vec::new();
    let mut last = None;
    for (place, item) in book.shown.iter().enumerate() {
        let year = year(item);
        if last != Some(year) {
            last = Some(year);
            let (label, id) = named(year, book);
            let url = format!("{}#{id}", address(FOLDER, place / PER_PAGE + 1));
            links.push(YearLink { label, url });
        }
    }
    links
}

fn page<'y>(number: usize, pages: usize, years: &'y [YearLink], book: &Book<'_>) -> TitlesPage<'y> {
    let count = book.shown.len();
    let start = (number - 1) * PER_PAGE;
    let chunk = book.shown.get(start..count.min(start + PER_PAGE)).unwrap_or_default();
    let groups = chunk.chunk_by(|left, right| year(left) == year(right)).map(|group| {
        let (label, id) = named(group.first().and_then(year), book);
        YearGroup { id, label, titles: group.iter().map(title).collect() }
    });
    TitlesPage {
        count,
        years,
        groups: groups.collect(),
        number,
        pages,
        newer: (number > 1).then(|| address(FOLDER, number - 1)),
        older: (number < pages).then(|| address(FOLDER, number + 1)),
    }
}

fn title(item: &Shown<'_>) -> Title {
    let incident = &item.report.incident;
    Title {
        title: incident.title.value.clone(),
        url: report_url(&item.address),
        lang: incident.language.id(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        severity: severity(incident),
        services: incident.services.iter().map(|service| service.value.clone()).collect(),
    }
}

/// What the search box shows before anything was searched.
#[derive(Serialize)]
struct Start<'b> {
    version: u32,
    lang: &'static str,
    words: BTreeMap<&'b str, &'b str>,
    /// What a query can ask for.
    fields: Vec<Field>,
    statuses: BTreeMap<&'static str, &'static str>,
    /// The classes that colour severities, by how reports write them.
    severities: BTreeMap<String, String>,
    newest: Vec<Title>,
    suggestions: Vec<Suggestion<'b>>,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    korean: &'static str,
}

/// A filter worth trying.
#[derive(Serialize)]
struct Suggestion<'b> {
    facet: &'static str,
    value: &'b str,
    label: &'b str,
}

impl<'b> Start<'b> {
    fn new(book: &'b Book<'_>) -> Self {
        let lang = book.site.speaks;
        let names = bokgi_search::Facet::NAMES.iter();
        let fields = names.map(|(_, name, korean)| Field { name, korean });
        let mut severities = BTreeMap::new();
        for badge in book.shown.iter().filter_map(|item| severity(&item.report.incident)) {
            if severities.len() < SEVERITIES {
                severities.insert(badge.label, badge.class);
            }
        }
        let suggested = [FacetKind::Service, FacetKind::Cause].into_iter().flat_map(|kind| {
            let index = book.facets.iter().filter(move |index| index.kind == kind);
            let values = index.flat_map(|index| &index.values).take(SUGGESTED);
            values.map(move |value| Suggestion {
                facet: kind.id(),
                value: &value.key,
                label: value.label(lang),
            })
        });
        Self {
            version: VERSION,
            lang: book.site.lang,
            words: book.site.words_of("search_"),
            fields: fields.collect(),
            statuses: Status::ALL
                .iter()
                .filter(|status| **status != Status::Final)
                .map(|status| (status.id(), status.label().get(lang)))
                .collect(),
            severities,
            newest: book.shown.iter().take(NEWEST).map(title).collect(),
            suggestions: suggested.collect(),
        }
    }
}

/// The titles and facets of reports, for where the engine cannot run.
#[derive(Serialize)]
struct Titles<'b> {
    version: u32,
    /// How many reports there are; the oldest of very many are not listed.
    total: usize,
    reports: Vec<Titled<'b>>,
    /// What the values of facets are called, where that is not their own text.
    labels: BTreeMap<&'static str, BTreeMap<String, Label>>,
}

#[derive(Serialize)]
struct Titled<'b> {
    id: &'b str,
    title: &'b str,
    url: String,
    lang: &'static str,
    date: Option<String>,
    severity: Option<&'b str>,
    status: &'static str,
    services: Vec<&'b str>,
    facets: BTreeMap<&'static str, Vec<String>>,
}

impl<'b> Titles<'b> {
    fn new(book: &'b Book<'_>) -> Self {
        let settings = book.publication.settings;
        let listed = &book.shown[..book.shown.len().min(IN_TITLES)];
        let reports: Vec<Titled<'_>> =
            listed.par_iter().map(|item| titled(item, settings)).collect();
        let mut labels: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for index in book.facets {
            for value in &index.values {
                let is_listed = value.reports.first().is_some_and(|place| *place < listed.len());
                let is_named = value.label.en != value.key || value.label.ko != value.key;
                if is_listed && is_named {
                    let of_facet = labels.entry(index.kind.id()).or_default();
                    of_facet.insert(value.key.clone(), value.label.clone());
                }
            }
        }
        Self { version: VERSION, total: book.shown.len(), reports, labels }
    }
}

fn titled<'b>(item: &'b Shown<'_>, settings: &Settings) -> Titled<'b> {
    let incident = &item.report.incident;
    let mut facets: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for kind in FacetKind::ALL {
        let keys: Vec<String> =
            values(incident, kind, settings).into_iter().map(|value| value.key).collect();
        if !keys.is_empty() {
            facets.insert(kind.id(), keys);
        }
    }
    facets.insert("status", vec![incident.status.value.id().to_owned()]);
    Titled {
        id: incident.id.value.as_str(),
        title: &incident.title.value,
        url: report_url(&item.address),
        lang: incident.language.id(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        severity: incident.severity.as_ref().map(|severity| severity.value.written.as_str()),
        status: incident.status.value.id(),
        services: incident.services.iter().map(|service| service.value.as_str()).collect(),
        facets,
    }
}
