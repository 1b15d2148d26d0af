//! The Reviewdog Diagnostic Format: comments on the changed lines of any code host, and suggestions.
//!
//! Its columns count the bytes of UTF-8, and its ends are exclusive.
//! Source: reviewdog, `proto/rdf/reviewdog.proto`.

use serde::Serialize;

use super::{Indices, Place, Voice, pretty, whole_message};
use crate::diagnostics::{Finding, Severity};
use crate::source::{LineIndex, Span};

#[derive(Serialize)]
struct Output<'f> {
    source: Source,
    severity: &'static str,
    diagnostics: Vec<Diagnostic<'f>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'f> {
    message: String,
    location: Location<'f>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'f>>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'f> {
    range: Range,
    text: &'f str,
}

pub(crate) fn rdjson(findings: &[&Finding], voice: Voice<'_>) -> String {
    let mut indices = Indices::default();
    let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Info);
    let diagnostics = findings.iter().map(|f| diagnostic(f, indices.of(f), voice)).collect();
    pretty(&Output { source: Source { name: "bokgi" }, severity: level(worst), diagnostics })
}

fn diagnostic<'f>(finding: &'f Finding, index: &LineIndex, voice: Voice<'_>) -> Diagnostic<'f> {
    let text = finding.file.text();
    let range = |span: Span| Range {
        start: index.byte_position(text, span.start).into(),
        end: index.byte_position(text, span.end).into(),
    };
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    Diagnostic {
        message: whole_message(finding, voice.lang, "\n"),
        location: Location { path: finding.file.path(), range: finding.span.map(range) },
        severity: level(finding.severity),
        code: finding.rule.map(|rule| Code { value: rule.code, url: voice.docs_url(finding) }),
        suggestions: edits
            .map(|edit| Suggestion { range: range(edit.span), text: &edit.text })
            .collect(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
