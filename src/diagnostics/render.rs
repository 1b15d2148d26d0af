//! Findings as text, one file per format. Every function takes the language it speaks.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod rdjson;
mod sarif;
#[cfg(test)]
mod tests;

pub(crate) use concise::concise;
pub(crate) use full::{Paint, full};
pub(crate) use github::github;
pub(crate) use gitlab::gitlab;
pub(crate) use json::{json, json_lines};
pub(crate) use junit::{Suites, junit};
pub(crate) use markdown::{Alike, Comment, Other, Room, markdown};
pub(crate) use rdjson::rdjson;
pub(crate) use sarif::{RuleDocs, sarif};

use serde::Serialize;

use super::Finding;
use crate::l10n::Lang;
use crate::source::{LineIndex, Position, Span};

/// How a report speaks: its language, and where the published site explains rules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice<'v> {
    pub(crate) lang: Lang,
    /// The address of the site, if it is known.
    pub(crate) base_url: Option<&'v str>,
}

impl Voice<'_> {
    /// The page that explains a finding's rule.
    fn docs_url(&self, finding: &Finding) -> Option<String> {
        let base = self.base_url?.trim_end_matches('/');
        Some(format!("{base}/rules/{}/", finding.rule?.name))
    }
}

/// A position in JSON.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

/// The start and the end of a finding; the file's first character where it has no place.
fn positions(finding: &Finding, index: &LineIndex) -> (Position, Position) {
    let text = finding.file.text();
    let span = finding.span.unwrap_or(Span::at(0));
    (index.position(text, span.start), index.position(text, span.end))
}

/// Line indices by file: findings come sorted by file, so one is kept at a time.
#[derive(Default)]
struct Indices {
    path: String,
    index: Option<LineIndex>,
}

impl Indices {
    fn of(&mut self, finding: &Finding) -> &LineIndex {
        if self.path != finding.file.path() {
            finding.file.path().clone_into(&mut self.path);
            self.index = None;
        }
        self.index.get_or_insert_with(|| LineIndex::new(finding.file.text()))
    }
}

/// What is wrong and what to do, with `between` between them.
fn whole_message(finding: &Finding, lang: Lang, between: &str) -> String {
    let mut message = finding.message.render(lang);
    let help = finding.help_text(lang);
    if !help.is_empty() {
        message.push_str(between);
        message.push_str(&help);
    }
    message
}

/// Text on one line that no terminal and no parser takes for anything but text.
fn one_line(text: &str) -> String {
    text.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect()
}

fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("our values have only string keys");
    text.push('\n');
    text
}
