//! What is published for programs: feed, site map, copies in Markdown, headers for web servers.

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text as AtomText,
};

use rayon::prelude::*;

use super::view::Site;
use super::{Publication, Shown};
use crate::corpus::{report_url, url_path};
use crate::l10n::Text;
use crate::model::{Incident, Phase, SectionKind, Status};

/// Entries of the feed.
const IN_FEED: usize = 50;
/// A longer summary is cut.
const SUMMARY: usize = 600;

/// The policy of every page: nothing from elsewhere, no script and no style in a page.
pub(crate) const POLICY: &str = "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self' 'wasm-unsafe-eval'";

/// The newest finished reports as an Atom feed (RFC 4287). Where the site's address is not known, links
/// are relative to the feed, as RFC 3986 has readers resolve them.
pub(super) fn feed(shown: &[Shown<'_>], site: &Site, publication: &Publication<'_>) -> String {
    let base = base(publication);
    let finished = shown.iter().filter(|item| item.report.incident.status.value != Status::Draft);
    let entries: Vec<Entry> =
        finished.take(IN_FEED).filter_map(|item| entry(item, base.as_deref())).collect();
    let updated = entries.iter().map(|entry| entry.updated).max();
    let home = base.clone().unwrap_or_else(|| "./".to_owned());
    let own = Link {
        href: format!("{}feed.xml", base.as_deref().unwrap_or_default()),
        rel: "self".to_owned(),
        ..Link::default()
    };
    let feed = Feed {
        title: AtomText::plain(site.title.as_str()),
        id: base.unwrap_or_else(|| "tag:bokgi.invalid,2026:feed".to_owned()),
        updated: updated.unwrap_or_default(),
        lang: Some(site.lang.to_owned()),
        links: vec![own, Link { href: home, ..Link::default() }],
        authors: vec![Person { name: site.title.clone(), ..Person::default() }],
        generator: Some(Generator { value: "bokgi".to_owned(), ..Generator::default() }),
        entries,
        ..Feed::default()
    };
    let mut text = feed.to_string();
    text.push('\n');
    text
}

fn entry(item: &Shown<'_>, base: Option<&str>) -> Option<Entry> {
    let incident = &item.report.incident;
    let url = report_url(&item.address);
    let updated = updated(incident)?;
    let mut entry = Entry {
        id: base.map_or_else(
            || format!("tag:bokgi.invalid,2026:{}", url_path(&item.address)),
            |base| format!("{base}{url}"),
        ),
        title: AtomText::plain(incident.title.value.clone()),
        updated,
        links: vec![Link { href: format!("{}{url}", base.unwrap_or_default()), ..Link::default() }],
        summary: summary(item).map(AtomText::plain),
        ..Entry::default()
    };
    if entry.summary.is_none() {
        // An entry needs one or the other (RFC 4287, 4.1.2).
        entry.content =
            Some(Content { value: Some(incident.title.value.clone()), ..Content::default() });
    }
    let terms = incident.services.iter().map(|service| service.value.clone());
    entry.categories = terms.map(|term| Category { term, ..Category::default() }).collect();
    Some(entry)
}

/// When the report last had something new to say, as far as it tells.
fn updated(incident: &Incident) -> Option<FixedDateTime> {
    let phases = [Phase::Reviewed, Phase::Shared, Phase::Analyzed, Phase::Resolved];
    let told = phases.iter().find_map(|phase| incident.phase(*phase)?.instant());
    let day = || {
        let midnight = incident.date.as_ref()?.value.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(midnight.timestamp())
    };
    let instant = told.or_else(day)?;
    FixedDateTime::parse_from_rfc3339(&instant.to_string()).ok()
}

/// What a report's summary says, or where it has none what it begins with.
pub(super) fn summary(item: &Shown<'_>) -> Option<String> {
    let document = item.report.document();
    let sections = &item.report.incident.sections;
    let section = sections.iter().find(|section| section.kinds.contains(&SectionKind::Summary));
    let text = match section {
        Some(section) => {
            let inside = |node: &crate::markup::NodeRef<'_>| {
                section.span.contains(node.span()) && !node.span().contains(section.title_span)
            };
            let blocks = document.root().children().filter(inside);
            blocks.filter(|node| node.is_paragraph()).map(|node| node.plain().text).next()
        }
        None => document
            .root()
            .children()
            .find(|node| node.is_paragraph())
            .map(|node| node.plain().text),
    }?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    match text.char_indices().nth(SUMMARY) {
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            Some(format!("{}…", text[..end].trim_end()))
        }
        None => Some(text),
    }
}

/// The site's address with a slash behind it.
pub(super) fn base(publication: &Publication<'_>) -> Option<String> {
    let url = publication.settings.site.base_url.as_deref()?;
    Some(format!("{}/", url.trim_end_matches('/')))
}

/// All pages, for search engines (sitemaps.org). `None` where the site's address is not known: the
/// protocol wants whole addresses.
pub(super) fn sitemap(paths: &[String], publication: &Publication<'_>) -> Option<String> {
    let base = base(publication)?;
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        let page = path.strip_suffix("index.html").unwrap_or(path);
        let url = format!("{base}{}", url_path(page));
        text.push_str(&format!("<url><loc>{}</loc></url>\n", url.replace('&', "&amp;")));
    }
    text.push_str("</urlset>\n");
    Some(text)
}

/// Postmortems are internal unless somebody says otherwise: nobody is asked in.
pub(super) fn robots(publication: &Publication<'_>) -> String {
    if !publication.settings.site.indexed {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let map = base(publication).map(|base| format!("Sitemap: {base}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())
}

/// What says for how long a browser may keep what has a name of its contents.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The same policy as headers, for hosts that read `_headers` (Netlify, Cloudflare Pages).
pub(super) fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: same-origin\n\
         /search/engine/*\n  Cache-Control: {FOR_EVER}\n\
         /search/index/*\n  Cache-Control: {FOR_EVER}\n"
    )
}

/// The same policy for nginx: `include` it in a `server` block.
pub(super) fn nginx() -> String {
    // A location with headers of its own has none of the server's.
    let policy = |indent: &str| {
        format!(
            "{indent}add_header Content-Security-Policy \"{POLICY}; frame-ancestors 'none'\" always;\n\
             {indent}add_header X-Content-Type-Options nosniff always;\n\
             {indent}add_header Referrer-Policy same-origin always;\n"
        )
    };
    format!(
        "# include this file in the server block that serves this folder\n{}\
         location ~ /search/(engine|index)/ {{\n{}    add_header Cache-Control \"{FOR_EVER}\" always;\n}}\n",
        policy(""),
        policy("    "),
    )
}

/// What the site holds, for language models (llmstxt.org): a title, then a link to each report's
/// Markdown with a line about it.
pub(super) fn llms(shown: &[Shown<'_>], site: &Site) -> String {
    const ABOUT: Text = Text::new(
        "Postmortems: what happened, why, and what was promised. Structured data about all of them is in index.json.",
        "장애 회고 모음: 무슨 일이 왜 있었고 무엇을 약속했는지 적었습니다. 모든 보고서의 구조화된 데이터는 index.json에 있습니다.",
    );
    let mut text = format!(
        "# {}\n\n> {}\n\n## {}\n\n",
        one_line(&site.title),
        ABOUT.get(site.speaks),
        site.word("reports")
    );
    let lines: Vec<String> = shown.par_iter().map(line).collect();
    text.push_str(&lines.concat());
    text
}

/// A report in `llms.txt`.
fn line(item: &Shown<'_>) -> String {
    let incident = &item.report.incident;
    let date = incident.date.as_ref().map(|date| format!("{} ", date.value)).unwrap_or_default();
    let severity = incident.severity.as_ref().map(|s| format!(" ({})", s.value.written));
    let title = one_line(&incident.title.value).replace(['[', ']'], "");
    let summary = summary(item).map(|summary| format!(": {summary}")).unwrap_or_default();
    format!(
        "- [{date}{title}{}](r/{}.md){summary}\n",
        severity.unwrap_or_default(),
        url_path(&item.address)
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
