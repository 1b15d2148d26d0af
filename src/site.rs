//! The published site: pages into a [`Sink`].
//!
//! Pages are rendered in parallel and handed to the sink as they are finished; nothing but the corpus
//! is held. What a page shows is a value of its own (`view` and its neighbours), so that a theme's
//! templates see plain words and numbers and never our types. Same corpus, same bytes: no clock, no path
//! of this machine, no order that depends on threads.
//!
//! Only this module knows Tera.

mod about;
mod calendar;
mod copy;
mod drawing;
mod engine;
mod files;
mod health;
mod index_json;
mod lessons;
mod lists;
mod media;
mod paging;
mod patterns;
mod promises;
mod relations;
mod report;
mod rules;
mod theme;
mod trends;
mod value_figures;
mod view;

pub(crate) use calendar::Calendar;
pub(crate) use engine::{Packing, publish_search};
pub(crate) use files::POLICY;
pub(crate) use media::ReadMedia;
pub(crate) use theme::{Theme, ThemeError};
// Durations read alike on pages and in a terminal.
pub(crate) use view::duration;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rayon::prelude::*;

use crate::config::Settings;
use crate::corpus::{Corpus, FacetIndex, path_of, url_path};
use crate::diagnostics::{Finding, Severity};
use crate::l10n::{Lang, Message};
use crate::markup;
use crate::model::{Id, Language, Status};
use crate::parse::{Edition, Report};
use crate::patterns::mining::{self, Patterns};
use crate::patterns::values::Values;
use crate::patterns::{Collection, newest_first};
use lists::{FacetsPage, HomePage, RedirectPage};
use media::Media;
use relations::Relations;
use report::ReportPage;
use theme::Pages;
use view::{FacetPages, Page, Site};

/// Where pages go: a folder in the making, or memory.
pub(crate) trait Sink: Sync {
    /// Why a page cannot be taken.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Takes one file; `path` is relative, with forward slashes.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Self::Error>;
}

impl Sink for crate::fs::Staging {
    type Error = crate::fs::StagingError;

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        crate::fs::Staging::write(self, path, bytes)
    }
}

/// Why a site cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteError<E: std::error::Error> {
    #[error("a page cannot be rendered")]
    Theme(#[from] ThemeError),
    #[error("the site cannot be written")]
    Sink(#[source] E),
}

/// What is published, for whom, and with what.
#[derive(Clone, Copy)]
pub(crate) struct Publication<'p> {
    pub(crate) corpus: &'p Corpus,
    pub(crate) findings: &'p [Finding],
    pub(crate) theme: &'p Theme,
    pub(crate) settings: &'p Settings,
    pub(crate) edition: Edition,
    pub(crate) drafts: Drafts,
    pub(crate) media: ReadMedia<'p>,
    /// Is told of each report that is written.
    pub(crate) written: &'p (dyn Fn() + Sync),
}

/// Whether drafts are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drafts {
    Shown,
    LeftOut,
}

impl Drafts {
    /// Whether a report is published as far as drafts go.
    pub(crate) fn include(self, report: &Report) -> bool {
        self == Self::Shown || report.incident.status.value != Status::Draft
    }
}

/// What was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) reports: usize,
    /// Reports that this edition does not show.
    pub(crate) withheld: usize,
    /// Drafts that were left out.
    pub(crate) drafts: usize,
    /// Reports that hold a secret.
    pub(crate) kept_out: usize,
    pub(crate) pages: usize,
}

/// A report that is published, and where.
struct Shown<'c> {
    report: &'c Report,
    address: String,
    /// What `check` found that readers should know of.
    errors: Vec<&'c Message>,
}

impl Shown<'_> {
    /// The file of its page.
    fn page(&self) -> String {
        format!("r/{}/index.html", self.address)
    }
}

/// Renders every page into the sink.
pub(crate) fn publish<S: Sink>(
    publication: &Publication<'_>,
    sink: &S,
) -> Result<Published, SiteError<S::Error>> {
    let (shown, mut published) = shown(publication);
    let settings = publication.settings;
    let collection = Collection::new(shown.iter().map(|item| item.report).collect(), settings);
    let lang = settings.site.lang.unwrap_or_else(|| language_of_most(&shown));
    let mut site = Site::new(settings, publication.theme, lang, shown.len());
    site.has_facets = !collection.facets.is_empty();
    site.has_health = publication.edition != Edition::Public;
    let pages = publication.theme.pages(&site);
    let patterns = mining::mine(&collection);
    let by_id = by_id(&shown);
    let book = Book {
        relations: Relations::new(&shown, &by_id, &collection),
        links: shown.iter().map(|item| (&*item.report.path, item.address.as_str())).collect(),
        by_id,
        shown: &shown,
        facets: &collection.facets,
        collection: &collection,
        patterns: &patterns,
        site: &site,
        pages: &pages,
        publication,
    };
    let out = Out { sink, pages: Mutex::default() };

    (0..shown.len()).into_par_iter().try_for_each(|place| book.report(place, &out))?;
    book.lists(&out)?;
    patterns::publish(&book, &out)?;
    promises::publish(&book, &out)?;
    trends::publish(&book, &out)?;
    lessons::publish(&book, &out)?;
    health::publish(&book, &out)?;
    book.redirects(&out)?;
    for (path, page) in rules::pages(&site) {
        out.page(&path, &pages.render("rule.html", &page)?)?;
    }
    out.page("about/index.html", &pages.render("about.html", &about::page(&site, settings))?)?;
    book.files(&out)?;
    published.pages = out.sorted().len() + 1;
    Ok(published)
}

/// The sink, and what went into it.
struct Out<'s, S: Sink> {
    sink: &'s S,
    /// The paths of pages that readers are led to.
    pages: Mutex<Vec<String>>,
}

impl<S: Sink> Out<'_, S> {
    fn page(&self, path: &str, html: &str) -> Result<(), SiteError<S::Error>> {
        if let Ok(mut pages) = self.pages.lock() {
            pages.push(path.to_owned());
        }
        self.file(path, html.as_bytes())
    }

    fn file(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError<S::Error>> {
        self.sink.write(path, bytes).map_err(SiteError::Sink)
    }

    /// The pages so far, in the order of their paths.
    fn sorted(&self) -> Vec<String> {
        let mut pages = self.pages.lock().map(|pages| pages.clone()).unwrap_or_default();
        pages.sort();
        pages
    }
}

/// Everything a page may need to know of the others.
struct Book<'b> {
    shown: &'b [Shown<'b>],
    facets: &'b [FacetIndex],
    /// The same reports in the same order, as the pattern index sees them.
    collection: &'b Collection<'b>,
    /// What keeps happening together.
    patterns: &'b Patterns,
    /// Addresses by the path below the content root, for links between reports.
    links: BTreeMap<&'b str, &'b str>,
    /// Places in `shown` by the keys of ids.
    by_id: BTreeMap<String, usize>,
    relations: Relations<'b>,
    site: &'b Site,
    pages: &'b Pages,
    publication: &'b Publication<'b>,
}

impl Book<'_> {
    fn report<S: Sink>(&self, place: usize, out: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
        let item = &self.shown[place];
        let report = item.report;
        let around = report::around(&report.incident, self.site, self.pages)?;
        let media = Media::new(self.publication);
        let resolve =
            |target: &str| self.link(&report.path, target, &|address| format!("../{address}/"));
        let image = |target: &str| media.image(&path_of(&report.path, target)?.0);
        let document = report.document();
        let lang = match report.incident.language {
            Language::Ko => Lang::Ko,
            _ => Lang::En,
        };
        let body = markup::render(
            &document,
            &markup::Page {
                title: report.title_heading(&document),
                resolve: &resolve,
                image: &image,
                parts: &around.parts,
                items: &around.items,
                lang,
            },
        );
        let facets = FacetPages { facets: self.facets, lang: self.site.speaks };
        let relations = self.relations.of(place, self.shown, self.site);
        let page =
            ReportPage::page(item, body, around, relations, &facets, self.site, self.publication);
        out.page(&item.page(), &self.pages.render("report.html", &page)?)?;
        let resolve = |target: &str| {
            self.link(&report.path, target, &|address| format!("{address}.md")).or_else(|| {
                let image = image(target)?;
                Some(format!("{}/{}", url_path(&item.address), image.url))
            })
        };
        let is_shown = |id: &Id| self.by_id.contains_key(&id.key());
        let copy = copy::copy(report, &document, self.publication.edition, &is_shown, &resolve);
        out.file(&format!("r/{}.md", item.address), copy.as_bytes())?;
        for (name, bytes) in media.files() {
            out.file(&format!("r/{}/{name}", item.address), &bytes)?;
        }
        (self.publication.written)();
        Ok(())
    }

    /// A path to another report's file becomes a link to its page, if this edition shows it.
    fn link(&self, from: &str, target: &str, page: &dyn Fn(&str) -> String) -> Option<String> {
        let (path, anchor) = path_of(from, target)?;
        let address = self.links.get(path.as_str())?;
        Some(format!("{}{}", page(&url_path(address)), markup::anchor(&anchor)))
    }

    fn lists<S: Sink>(&self, out: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
        let facet_pages = FacetPages { facets: self.facets, lang: self.site.speaks };
        let rows = lists::rows(self.shown, &facet_pages, self.publication);
        let all = lists::lists(&rows, self.facets, self.site);
        let values = Values::new(self.collection);
        let pages: Vec<_> =
            all.iter().flat_map(|list| (1..=list.len()).map(move |page| (list, page))).collect();
        pages.par_iter().try_for_each(|(list, number)| {
            let html =
                self.pages.render("list.html", &list.page(*number, &rows, &values, self.site))?;
            out.page(&list.path(*number), &html)
        })?;
        let by = FacetsPage::page(self.facets, self.site);
        out.page("by/index.html", &self.pages.render("facets.html", &by)?)?;
        let repeats: Vec<_> = self.relations.declared().collect();
        let home = HomePage::page(self.shown, &rows, self.facets, &repeats, self.site);
        out.page("index.html", &self.pages.render("home.html", &home)?)
    }

    /// Pages where reports were before: at their former ids, as long as nobody else is there.
    fn redirects<S: Sink>(&self, out: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
        let mut taken: BTreeSet<String> =
            self.shown.iter().map(|item| bokgi_search::fold(&item.address).into_owned()).collect();
        for item in self.shown {
            for alias in &item.report.incident.aliases {
                if taken.insert(alias.value.key()) {
                    let path = format!("r/{}/index.html", alias.value);
                    let page = RedirectPage::page(&path, item);
                    let html = self.pages.render("redirect.html", &page)?;
                    out.file(&path, html.as_bytes())?;
                }
            }
        }
        Ok(())
    }

    fn files<S: Sink>(&self, out: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
        let Self { shown, site, publication, .. } = *self;
        let root = root_path(publication.settings.site.base_url.as_deref());
        // A page for what is missing can be asked for at any depth.
        let missing = Page { root, ..Page::new("", site.word("not_found"), ()) };
        out.file("404.html", self.pages.render("404.html", &missing)?.as_bytes())?;
        let records: Vec<_> =
            shown.iter().map(|item| (item.report, item.address.as_str())).collect();
        let index = index_json::index(&records, &publication.settings.owners, publication.edition);
        out.file("index.json", index.as_bytes())?;
        out.file("index.schema.json", index_json::schema().as_bytes())?;
        out.file("feed.xml", files::feed(shown, site, publication).as_bytes())?;
        if let Some(map) = files::sitemap(&out.sorted(), publication) {
            out.file("sitemap.xml", map.as_bytes())?;
        }
        out.file("robots.txt", files::robots(publication).as_bytes())?;
        out.file("llms.txt", files::llms(shown, site).as_bytes())?;
        out.file("_headers", files::headers().as_bytes())?;
        out.file("nginx-headers.conf", files::nginx().as_bytes())?;
        let assets = publication.theme.assets();
        for (path, bytes) in assets.filter(|(path, _)| !engine::MODULE.contains(path)) {
            out.file(&format!("assets/{path}"), bytes)?;
        }
        Ok(())
    }
}

/// The language that most reports are written in.
fn language_of_most(shown: &[Shown<'_>]) -> Lang {
    let korean = shown.iter().filter(|item| item.report.incident.language == Language::Ko).count();
    if korean * 2 > shown.len() { Lang::Ko } else { Lang::En }
}

/// The path of the site's root, as the address of the site has it.
fn root_path(base_url: Option<&str>) -> String {
    let below_host = base_url
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| path.trim_matches('/'));
    match below_host {
        Some(path) if !path.is_empty() => format!("/{path}/"),
        _ => "/".to_owned(),
    }
}

/// The reports an edition shows, newest first, and how many it does not.
fn shown<'p>(publication: &Publication<'p>) -> (Vec<Shown<'p>>, Published) {
    let mut errors: BTreeMap<&str, Vec<&Message>> = BTreeMap::new();
    for finding in publication.findings.iter().filter(|f| f.severity == Severity::Error) {
        errors.entry(finding.file.path()).or_default().push(&finding.message);
    }
    let mut published = Published::default();
    let mut shown = Vec::new();
    let corpus = publication.corpus;
    for (report, address) in corpus.reports.iter().zip(corpus.addresses()) {
        if !publication.edition.shows(report.incident.audience) {
            published.withheld += 1;
        } else if !publication.drafts.include(report) {
            published.drafts += 1;
        } else if !report.is_shown_in(publication.edition) {
            published.kept_out += 1;
        } else {
            let errors = errors.remove(report.source.path()).unwrap_or_default();
            shown.push(Shown { report, address, errors });
        }
    }
    shown.sort_by_key(|item| newest_first(item.report));
    published.reports = shown.len();
    (shown, published)
}

/// Places by the keys of ids; where two have one id, the first by path.
fn by_id(shown: &[Shown<'_>]) -> BTreeMap<String, usize> {
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for (place, item) in shown.iter().enumerate() {
        let first = by_id.entry(item.report.incident.id.value.key()).or_insert(place);
        if item.report.path < shown[*first].report.path {
            *first = place;
        }
    }
    by_id
}

#[cfg(test)]
mod tests {
    use super::root_path;

    #[test]
    fn the_root_is_where_the_site_is_published() {
        for (base, root) in [
            (None, "/"),
            (Some("https://x.example"), "/"),
            (Some("https://x.example/kb/"), "/kb/"),
            (Some("https://x.example/a/b"), "/a/b/"),
        ] {
            assert_eq!(root_path(base), root);
        }
    }
}
