//! The published site: pages into a [`Sink`].
//!
//! Pages are rendered in parallel and handed to the sink as they are finished; nothing but the corpus
//! is held. What a page shows is a value of its own ([`view`]), so that a theme's templates see plain
//! words and numbers and never our types. Same corpus, same bytes: no clock, no path of this machine,
//! no order that depends on threads.
//!
//! Only this module knows Tera.

mod index_json;
mod theme;
mod view;

pub(crate) use theme::{Theme, ThemeError};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::Settings;
use crate::corpus::Corpus;
use crate::diagnostics::{Finding, Severity};
use crate::l10n::Lang;
use crate::lint::RULES;
use crate::markup;
use crate::model::Audience;
use crate::parse::{Edition, Report};
use view::{ListPage, ReportPage, RulePage, Site};

/// Rows of a list before it goes on to the next page.
const PER_PAGE: usize = 100;

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

/// What was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) reports: usize,
    /// Reports that this edition does not show.
    pub(crate) withheld: usize,
    pub(crate) pages: usize,
}

/// A report that is published, and where.
struct Shown<'c> {
    report: &'c Report,
    address: String,
    /// It has errors that readers should know of.
    has_errors: bool,
}

/// Renders every page into the sink.
pub(crate) fn publish<S: Sink>(
    corpus: &Corpus,
    findings: &[Finding],
    theme: &Theme,
    settings: &Settings,
    edition: Edition,
    sink: &S,
) -> Result<Published, SiteError<S::Error>> {
    let shown = shown(corpus, findings, edition);
    let site = Site::new(settings, theme, shown.len());
    let links = links(&shown);
    let write = |path: &str, text: &str| sink.write(path, text.as_bytes()).map_err(SiteError::Sink);

    shown.par_iter().try_for_each(|item| {
        let page = report_page(item, &site, &links, settings);
        write(&format!("r/{}/index.html", item.address), &theme.render("report.html", &page)?)
    })?;
    let lists = list_pages(&shown, &site, settings);
    for (path, page) in &lists {
        write(path, &theme.render("list.html", page)?)?;
    }
    for (path, page) in rule_pages(&site, settings.site.lang) {
        write(&path, &theme.render("rule.html", &page)?)?;
    }
    let root = root_path(settings.site.base_url.as_deref());
    write("404.html", &theme.render("404.html", &site.page("", &root))?)?;
    let records = shown.iter().map(|item| (item.report, item.address.as_str()));
    write("index.json", &index_json::index(records, &settings.owners, edition))?;
    write("robots.txt", "User-agent: *\nDisallow: /\n")?;
    for (path, bytes) in theme.assets() {
        sink.write(&format!("assets/{path}"), bytes).map_err(SiteError::Sink)?;
    }
    Ok(Published {
        reports: shown.len(),
        withheld: corpus.reports.len() - shown.len(),
        pages: shown.len() + lists.len() + RULES.len() + 2,
    })
}

/// The path of the site's root: a page for what is missing can be asked for at any depth.
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

/// The reports an edition shows, newest first.
fn shown<'c>(corpus: &'c Corpus, findings: &[Finding], edition: Edition) -> Vec<Shown<'c>> {
    let mut errors: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        *errors.entry(finding.file.path()).or_default() += 1;
    }
    let mut shown: Vec<Shown<'c>> = corpus
        .reports
        .iter()
        .zip(corpus.addresses())
        .filter(|(report, _)| is_shown(report.incident.audience, edition))
        .map(|(report, address)| Shown {
            report,
            address,
            has_errors: errors.contains_key(report.source.path()),
        })
        .collect();
    // Reports without a date come last; ties keep the order of their paths.
    shown.sort_by_key(|item| {
        std::cmp::Reverse(item.report.incident.date.as_ref().map(|date| date.value))
    });
    shown
}

fn is_shown(audience: Audience, edition: Edition) -> bool {
    match edition {
        Edition::Public => audience == Audience::Public,
        Edition::Internal => audience != Audience::Restricted,
        Edition::Restricted => true,
    }
}

/// Addresses by the path below the content root, for links between reports.
fn links<'s>(shown: &'s [Shown<'_>]) -> BTreeMap<&'s str, &'s str> {
    shown.iter().map(|item| (item.report.source.path(), item.address.as_str())).collect()
}

fn report_page(
    item: &Shown<'_>,
    site: &Site,
    links: &BTreeMap<&str, &str>,
    settings: &Settings,
) -> ReportPage {
    let report = item.report;
    let resolve = |target: &str| resolve_link(report.source.path(), target, links);
    let title = report.document.root().children().find(|node| {
        let heading = matches!(node.kind(), markup::Kind::Heading(_));
        heading && report.incident.title.span.is_some_and(|span| node.span().contains(span))
    });
    let page = markup::Page { title: title.map(markup::NodeRef::id), resolve: &resolve };
    let body = markup::render(&report.document, &page);
    ReportPage::new(report, &item.address, item.has_errors, body, site, settings)
}

/// A path to another report's file becomes a link to its page, if this edition shows it.
fn resolve_link(from: &str, target: &str, links: &BTreeMap<&str, &str>) -> Option<String> {
    let (path, anchor) =
        target.split_once('#').map_or((target, ""), |(path, anchor)| (path, anchor));
    let decoded = percent_decode(path);
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let address = links.get(parts.join("/").as_str())?;
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    Some(format!("../{}/{anchor}", url_path(address)))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        let code = match (first, tail.first(), tail.get(1)) {
            (b'%', Some(&high), Some(&low)) => hex(high).zip(hex(low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A path as it stands in a URL: letters of any script, as browsers show them, percent-encoded.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/') {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

fn list_pages(shown: &[Shown<'_>], site: &Site, settings: &Settings) -> Vec<(String, ListPage)> {
    let count = shown.len().div_ceil(PER_PAGE).max(1);
    let path = |number: usize| match number {
        1 => "index.html".to_owned(),
        _ => format!("page/{number}/index.html"),
    };
    (1..=count)
        .map(|number| {
            let rows = shown.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE);
            let rows = rows.map(|item| view::row(item.report, &item.address, settings)).collect();
            (path(number), ListPage::new(rows, number, count, site))
        })
        .collect()
}

fn rule_pages(site: &Site, lang: Lang) -> Vec<(String, RulePage)> {
    let mut pages = vec![("rules/index.html".to_owned(), RulePage::index(site, lang))];
    for rule in RULES {
        let path = format!("rules/{}/index.html", rule.name);
        pages.push((path, RulePage::new(rule, site, lang)));
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::{percent_decode, resolve_link, root_path, url_path};
    use std::collections::BTreeMap;

    #[test]
    fn links_between_files_lead_to_pages() {
        let links = BTreeMap::from([("content/2026/a b.md", "a-b"), ("content/결제.md", "결제")]);
        let resolve = |target: &str| resolve_link("content/2026/x.md", target, &links);
        assert_eq!(resolve("a%20b.md#timeline").as_deref(), Some("../a-b/#timeline"));
        assert_eq!(resolve("../결제.md").as_deref(), Some("../%EA%B2%B0%EC%A0%9C/"));
        for nowhere in ["missing.md", "../../../../etc/passwd"] {
            assert_eq!(resolve(nowhere), None, "{nowhere}");
        }
        for (base, root) in [
            (None, "/"),
            (Some("https://x.example"), "/"),
            (Some("https://x.example/kb/"), "/kb/"),
            (Some("https://x.example/a/b"), "/a/b/"),
        ] {
            assert_eq!(root_path(base), root);
        }
        assert_eq!(percent_decode("%EA%B2%B0%zz"), "결%zz");
        assert_eq!(url_path("a b"), "a%20b");
    }
}
