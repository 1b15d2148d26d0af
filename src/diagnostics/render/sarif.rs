//! SARIF 2.1.0, which code-scanning services, editors and dashboards read.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Indices, Voice, positions, pretty, whole_message};
use crate::diagnostics::fingerprint::fingerprints;
use crate::diagnostics::{Finding, RuleId, Severity};
use crate::l10n::Lang;
use crate::source::{LineIndex, Position, Span, url_path};

/// What a rule says about itself.
#[derive(Clone, Debug)]
pub(crate) struct RuleDocs {
    /// A sentence.
    pub(crate) summary: String,
    /// All of it, as Markdown.
    pub(crate) text: String,
    /// Its severity for a finished report, unless configured otherwise.
    pub(crate) severity: Severity,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'f> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Vec<Outcome<'f>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Words {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Words {
    fn plain(text: String) -> Self {
        Self { text, markdown: None }
    }
}

/// A finding. The standard calls it a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Words,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'f>>,
}

/// Under a name of our own: GitHub's upload computes `primaryLocationLineHash` itself and warns about
/// every one that differs.
#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "bokgiFinding/v1")]
    finding: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl From<(Position, Position)> for Region {
    fn from((start, end): (Position, Position)) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'f> {
    description: Words,
    artifact_changes: [Change<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'f> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'f> {
    deleted_region: Region,
    inserted_content: Content<'f>,
}

#[derive(Serialize)]
struct Content<'f> {
    text: &'f str,
}

/// `docs` describes the rules that found something; the others would only make the file long.
pub(crate) fn sarif(
    findings: &[&Finding],
    docs: &dyn Fn(RuleId, Lang) -> Option<RuleDocs>,
    voice: Voice<'_>,
) -> String {
    let mut rules: BTreeMap<&'static str, &Finding> = BTreeMap::new();
    for finding in findings {
        if let Some(rule) = finding.rule {
            rules.entry(rule.code).or_insert(finding);
        }
    }
    let codes: Vec<&str> = rules.keys().copied().collect();
    let descriptors = rules.values().filter_map(|finding| descriptor(finding, docs, voice));
    let mut indices = Indices::default();
    let results = findings.iter().zip(fingerprints(findings)).map(|(finding, fingerprint)| {
        let rule_index = codes.binary_search(&finding.code()).ok();
        outcome(finding, rule_index, fingerprint, indices.of(finding), voice)
    });
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "bokgi",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: descriptors.collect(),
            },
        },
        language: voice.lang.tag(),
        column_kind: "unicodeCodePoints",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: results.collect(),
    };
    pretty(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

fn descriptor(
    finding: &Finding,
    docs: &dyn Fn(RuleId, Lang) -> Option<RuleDocs>,
    voice: Voice<'_>,
) -> Option<Descriptor> {
    let rule = finding.rule?;
    let docs = docs(rule, voice.lang);
    Some(Descriptor {
        id: rule.code,
        name: rule.name,
        short_description: docs.as_ref().map(|docs| Words::plain(docs.summary.clone())),
        full_description: docs.as_ref().map(|docs| Words::plain(docs.summary.clone())),
        help_uri: voice.docs_url(finding),
        default_configuration: docs
            .as_ref()
            .map(|docs| Configuration { level: level(docs.severity) }),
        help: docs.map(|docs| Words { text: docs.text.clone(), markdown: Some(docs.text) }),
    })
}

fn outcome<'f>(
    finding: &'f Finding,
    rule_index: Option<usize>,
    fingerprint: String,
    index: &LineIndex,
    voice: Voice<'_>,
) -> Outcome<'f> {
    let lang = voice.lang;
    let text = finding.file.text();
    let artifact = || Artifact { uri: uri(finding.file.path()) };
    let region = |span: Span| {
        Region::from((index.position(text, span.start), index.position(text, span.end)))
    };
    let place = |region| Place { artifact_location: artifact(), region };
    let related = finding.related.iter().enumerate().map(|(at, related)| {
        let message = related.message.render(lang);
        Location {
            id: Some(at + 1),
            physical_location: place(Some(region(related.span))),
            message: (!message.is_empty()).then(|| Words::plain(literal(&message))),
        }
    });
    let fix = finding.fix.as_ref().map(|fix| Mend {
        description: Words::plain(literal(&match finding.help_text(lang) {
            help if help.is_empty() => finding.message.render(lang),
            help => help,
        })),
        artifact_changes: [Change {
            artifact_location: artifact(),
            replacements: fix
                .edits
                .iter()
                .map(|edit| Replacement {
                    deleted_region: region(edit.span),
                    inserted_content: Content { text: &edit.text },
                })
                .collect(),
        }],
    });
    Outcome {
        rule_id: finding.rule.map(|rule| rule.code),
        rule_index,
        level: level(finding.severity),
        message: Words::plain(literal(&whole_message(finding, lang, "\n"))),
        locations: [Location {
            id: None,
            // GitHub shows nothing without a line.
            physical_location: place(Some(positions(finding, index).into())),
            message: None,
        }],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { finding: fingerprint },
        fixes: fix.into_iter().collect(),
    }
}

/// The address of a file: relative where its path is, because services look below the checkout.
fn uri(path: &str) -> String {
    let encoded = url_path(path);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [drive, b':', b'/', ..] => {
            format!(
                "file:///{}:{}",
                char::from(*drive),
                url_path(path.get(2..).unwrap_or_default())
            )
        }
        _ => encoded,
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Text in which nothing is a link: `[words](address)` is one even in plain messages (3.11.6).
/// Braces stay single although 3.11.5 wants them doubled: readers put them in only where there are
/// arguments, and show them doubled where there are none.
fn literal(text: &str) -> String {
    text.replace("](", "\\](")
}

#[cfg(test)]
mod tests {
    use super::{literal, uri};

    #[test]
    fn addresses_are_relative_or_whole() {
        assert_eq!(uri("content/a b.md"), "content/a%20b.md");
        assert_eq!(uri("/home/a:b/c.md"), "file:///home/a%3Ab/c.md");
        assert_eq!(uri("C:/a/c.md"), "file:///C:/a/c.md");
        assert_eq!(uri("javascript:x"), "javascript%3Ax");
    }

    #[test]
    fn no_words_are_a_link() {
        assert_eq!(literal("[x](https://evil.example) [y]"), "[x\\](https://evil.example) [y]");
    }
}
