//! The versioned JSON format. Lines and columns count from 1, columns in Unicode scalar values.

use serde::Serialize;

use super::{Indices, Voice, positions};
use crate::diagnostics::{Counts, Finding, Severity};
use crate::source::Position;

#[derive(Serialize)]
struct Output<'f> {
    version: u32,
    findings: Vec<Item<'f>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Item<'f> {
    code: &'f str,
    name: &'f str,
    severity: Severity,
    message: String,
    help: String,
    path: &'f str,
    start: Place,
    end: Place,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Elsewhere>,
    url: Option<String>,
}

#[derive(Serialize)]
struct Elsewhere {
    message: String,
    start: Place,
    end: Place,
}

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

#[derive(Serialize)]
struct Summary {
    files: usize,
    #[serde(flatten)]
    counts: Counts,
}

/// `files` is how many reports were checked.
pub(crate) fn json(findings: &[&Finding], files: usize, voice: Voice<'_>) -> String {
    let mut indices = Indices::default();
    let items = findings.iter().map(|finding| item(finding, &mut indices, voice)).collect();
    let counts = Counts::of(findings.iter().copied());
    let output = Output { version: 1, findings: items, summary: Summary { files, counts } };
    let mut text = serde_json::to_string_pretty(&output).expect("findings have only string keys");
    text.push('\n');
    text
}

fn item<'f>(finding: &'f Finding, indices: &mut Indices, voice: Voice<'_>) -> Item<'f> {
    let lang = voice.lang;
    let index = indices.of(finding);
    let (start, end) = positions(finding, index);
    let text = finding.file.text();
    let related = finding.related.iter().map(|related| Elsewhere {
        message: related.message.render(lang),
        start: index.position(text, related.span.start).into(),
        end: index.position(text, related.span.end).into(),
    });
    Item {
        code: finding.code(),
        name: finding.rule.map_or("", |rule| rule.name),
        severity: finding.severity,
        message: finding.message.render(lang),
        help: finding.help_text(lang),
        path: finding.file.path(),
        start: start.into(),
        end: end.into(),
        related: related.collect(),
        url: voice.docs_url(finding),
    }
}
