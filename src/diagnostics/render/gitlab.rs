//! GitLab's Code Quality report: what a merge request makes better and worse.
//!
//! GitLab compares the fingerprints of two branches, so they stay while lines move. It has five levels;
//! `critical` and `blocker` are left to what endangers a running system, which no report does.
//! Source: GitLab Docs, "Code Quality report format".

use serde::Serialize;

use super::{Indices, Voice, one_line, positions, pretty, whole_message};
use crate::diagnostics::fingerprint::fingerprints;
use crate::diagnostics::{Finding, Severity};

#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'f str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(crate) fn gitlab(findings: &[&Finding], voice: Voice<'_>) -> String {
    let mut indices = Indices::default();
    let mut issues = Vec::with_capacity(findings.len());
    for (finding, fingerprint) in findings.iter().zip(fingerprints(findings)) {
        let (start, end) = positions(finding, indices.of(finding));
        let code = finding.code();
        let gap = if code.is_empty() { "" } else { ": " };
        let message = whole_message(finding, voice.lang, " – ");
        issues.push(Issue {
            description: one_line(&format!("{code}{gap}{message}")),
            // The name of what is no rule must not be empty.
            check_name: finding.rule.map_or("configuration", |rule| rule.name),
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: finding.file.path(),
                lines: Lines { begin: start.line, end: end.line },
            },
        });
    }
    pretty(&issues)
}
