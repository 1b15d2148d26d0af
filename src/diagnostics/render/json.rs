//! The versioned JSON format, as one document or a line per finding. Lines and columns count from 1,
//! columns in Unicode scalar values.

use serde::Serialize;

use super::{Indices, Place, Voice, positions, pretty};
use crate::diagnostics::{Counts, Finding, Fix, Severity};
use crate::source::LineIndex;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mend<'f>>,
    url: Option<String>,
}

#[derive(Serialize)]
struct Elsewhere {
    message: String,
    start: Place,
    end: Place,
}

/// Edits of the file, in the order of their places: `content` takes the place of what is there.
#[derive(Serialize)]
struct Mend<'f> {
    edits: Vec<Change<'f>>,
}

#[derive(Serialize)]
struct Change<'f> {
    start: Place,
    end: Place,
    content: &'f str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    #[serde(flatten)]
    counts: Counts,
}

/// One document. `files` is how many reports were checked.
pub(crate) fn json(findings: &[&Finding], files: usize, voice: Voice<'_>) -> String {
    let mut indices = Indices::default();
    let items = findings.iter().map(|finding| item(finding, &mut indices, voice)).collect();
    let counts = Counts::of(findings.iter().copied());
    pretty(&Output { version: 1, findings: items, summary: Summary { files, counts } })
}

/// A finding per line, with the fields it has in the document.
pub(crate) fn json_lines(findings: &[&Finding], voice: Voice<'_>) -> String {
    let mut indices = Indices::default();
    let mut out = String::new();
    for finding in findings {
        let item = item(finding, &mut indices, voice);
        out.push_str(&serde_json::to_string(&item).expect("findings have only string keys"));
        out.push('\n');
    }
    out
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
        fix: finding.fix.as_ref().map(|fix| mend(fix, text, index)),
        url: voice.docs_url(finding),
    }
}

fn mend<'f>(fix: &'f Fix, text: &str, index: &LineIndex) -> Mend<'f> {
    let edits = fix.edits.iter().map(|edit| Change {
        start: index.position(text, edit.span.start).into(),
        end: index.position(text, edit.span.end).into(),
        content: &edit.text,
    });
    Mend { edits: edits.collect() }
}
