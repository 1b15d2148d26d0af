//! The pages of rules: what each finds, why it matters, and how it reads when mended.

use serde::Serialize;

use super::view::{Badge, Page, Site};
use crate::l10n::Lang;
use crate::lint::{RULES, Rule, Stability};
use crate::markup;

/// A rule's page, or the list of rules.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RulePage {
    code: String,
    body: String,
    rules: Vec<RuleRow>,
}

#[derive(Clone, Debug, Serialize)]
struct RuleRow {
    code: &'static str,
    name: &'static str,
    severity: Badge,
    /// It runs only where somebody asks for it.
    preview: bool,
    summary: String,
}

/// The list, then a page for each rule, with their paths.
pub(super) fn pages(site: &Site) -> Vec<(String, Page<RulePage>)> {
    let lang = site.speaks;
    let path = "rules/index.html";
    let rows = RULES.iter().map(|rule| row(rule, lang)).collect();
    let list = RulePage { code: String::new(), body: String::new(), rules: rows };
    let mut pages = vec![(path.to_owned(), Page::new(path, site.word("rules"), list))];
    for rule in RULES {
        let path = format!("rules/{}/index.html", rule.name);
        let body = html(&rule.docs.readable(lang), lang);
        let content = RulePage { code: rule.code.to_owned(), body, rules: Vec::new() };
        pages.push((path.clone(), Page::new(&path, rule.name, content)));
    }
    pages
}

fn row(rule: &Rule, lang: Lang) -> RuleRow {
    RuleRow {
        code: rule.code,
        name: rule.name,
        severity: Badge {
            label: rule.severity.label().get(lang).to_owned(),
            class: rule.severity.id().to_owned(),
        },
        preview: rule.stability == Stability::Preview,
        summary: inline(&rule.docs.summary(lang), lang),
    }
}

/// Markdown of ours, whose links lead nowhere on the site, as HTML.
pub(super) fn html(text: &str, lang: Lang) -> String {
    let document = markup::Document::parse(&text.into(), 0);
    markup::render(&document, &markup::Page::plain(lang)).html
}

/// A sentence of Markdown as HTML.
fn inline(text: &str, lang: Lang) -> String {
    let html = html(text, lang);
    let sentence = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    sentence.unwrap_or(&html).to_owned()
}
