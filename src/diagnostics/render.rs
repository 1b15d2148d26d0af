//! Findings as text, one file per format. Every function takes the language it speaks.

mod concise;
mod full;
mod github;
mod json;

pub(crate) use concise::concise;
pub(crate) use full::{Paint, full};
pub(crate) use github::github;
pub(crate) use json::json;

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
