//! Findings as text, one file per format. Every function takes the language it speaks.

mod concise;
mod full;
mod github;
mod json;

pub(crate) use concise::concise;
pub(crate) use full::{Paint, full};
pub(crate) use github::github;
pub(crate) use json::json;

use crate::source::{LineIndex, Position, Span};

use super::Finding;

/// Where a rule is explained. The site publishes the same pages.
fn docs_url(finding: &Finding) -> Option<String> {
    let rule = finding.rule?;
    Some(format!("https://bokgi.dev/rules/{}", rule.name))
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
