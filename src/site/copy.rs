//! A report's Markdown, as the edition shows it.
//!
//! Inside, the file as it stands; links to other reports lead to their copies. In public, front matter
//! is written anew from what a public reader may know, and what leads to a withheld
//! file is text.

use std::fmt::Write as _;

use crate::markup::{Document, Kind, NodeRef, is_relative, targets};
use crate::model::{Id, Incident, Sourced, Term};
use crate::parse::{Edition, Report};
use crate::source::Span;

/// The copy. `resolve` turns a relative path into the copy's or the image's; `None` if the site has
/// none.
pub(super) fn copy(
    report: &Report,
    document: &Document,
    edition: Edition,
    is_shown: &dyn Fn(&Id) -> bool,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> String {
    let is_public = edition == Edition::Public;
    let mut edits = links(document, is_public, resolve);
    if is_public {
        let tags = targets(document).into_iter();
        let astray = tags.filter(|(_, target)| is_relative(target) && resolve(target).is_none());
        edits.extend(astray.map(|(span, _)| (span, String::new())));
        edits.extend(definitions(document).into_iter().map(|span| (span, String::new())));
    }
    edits.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let body = report.front_matter.span.end;
    let text = document.text();
    let mut out = if is_public {
        front_matter(&report.incident, is_shown)
    } else {
        text.get(..body as usize).unwrap_or_default().to_owned()
    };
    let mut at = body;
    for (span, new) in edits {
        // An edit inside another one went with it.
        if span.start < at {
            continue;
        }
        out.push_str(Span { start: at, end: span.start }.of(text));
        out.push_str(&new);
        at = span.end;
    }
    out.push_str(text.get(at as usize..).unwrap_or_default());
    let out = out.trim_start_matches('\u{feff}');
    if is_public { without_gaps(out) } else { out.to_owned() }
}

/// Links and images that lead elsewhere than they are written.
fn links(
    document: &Document,
    is_public: bool,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> Vec<(Span, String)> {
    let mut edits = Vec::new();
    for node in document.root().descendants() {
        let Some(link) = node.link() else { continue };
        let target = &*link.target;
        if !is_relative(target) {
            continue;
        }
        let by_reference = !node.source().contains(target);
        let inner = inner(node);
        let mark = if matches!(node.kind(), Kind::Image(_)) { "!" } else { "" };
        match resolve(target) {
            Some(url) => edits.push((node.span(), format!("{mark}[{inner}]({url})"))),
            None if is_public || by_reference => edits.push((node.span(), inner.to_owned())),
            None => {}
        }
    }
    edits
}

/// What stands between a link's brackets.
fn inner(node: NodeRef<'_>) -> &str {
    let first = node.first_child().map(|child| child.span().start);
    let last = node.children().last().map(|child| child.span().end);
    match first.zip(last) {
        Some((start, end)) if start <= end => Span { start, end }.of(node.document().text()),
        _ => "",
    }
}

/// Lines that define where `[a][b]` leads: they name files whether or not anybody may see them.
fn definitions(document: &Document) -> Vec<Span> {
    let text = document.text();
    let code: Vec<Span> = document
        .root()
        .descendants()
        .filter(|node| matches!(node.kind(), Kind::CodeBlock(_)))
        .map(NodeRef::span)
        .collect();
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len();
        let bare = line.trim_start_matches([' ', '>', '\t']);
        let defines = bare.starts_with('[') && !bare.starts_with("[^") && bare.contains("]:");
        let next = code.partition_point(|code| code.end <= span.start);
        let in_code = code.get(next).is_some_and(|code| code.contains(span));
        if defines && !in_code {
            spans.push(span);
        }
    }
    spans
}

/// Front matter of what may be known in public. A string of JSON is a string of YAML.
fn front_matter(incident: &Incident, is_shown: &dyn Fn(&Id) -> bool) -> String {
    let quote = |text: &str| serde_json::Value::from(text).to_string();
    let mut out = String::from("---\n");
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key}: {value}");
    };
    line("id", quote(incident.id.value.as_str()));
    line("title", quote(&incident.title.value));
    if let Some(date) = &incident.date {
        line("date", date.value.to_string());
    }
    line("status", incident.status.value.id().to_owned());
    line("kind", incident.kind.value.id().to_owned());
    if let Some(severity) = &incident.severity {
        line("severity", quote(&severity.value.written));
    }
    for (phase, moment) in &incident.phases {
        line(phase.field().id(), quote(&moment.value.iso()));
    }
    let list = |values: Vec<String>| format!("[{}]", values.join(", "));
    let texts = |texts: &[Sourced<String>]| -> Vec<String> {
        texts.iter().map(|text| quote(&text.value)).collect()
    };
    let terms = |terms: &[Sourced<Term>]| -> Vec<String> {
        terms.iter().map(|t| quote(t.value.id.as_deref().unwrap_or(&t.value.written))).collect()
    };
    let ids = |ids: &[Sourced<Id>]| -> Vec<String> {
        ids.iter().filter(|id| is_shown(&id.value)).map(|id| quote(id.value.as_str())).collect()
    };
    for (key, values) in [
        ("services", texts(&incident.services)),
        ("dependencies", texts(&incident.dependencies)),
        ("detection", terms(&incident.detection)),
        ("trigger", terms(&incident.triggers)),
        ("causes", terms(&incident.causes)),
        ("mitigations", terms(&incident.mitigations)),
        ("recurrence_of", ids(&incident.recurrence_of)),
        ("related", ids(&incident.related)),
        ("teams", texts(&incident.teams)),
        ("tags", texts(&incident.tags)),
    ] {
        if !values.is_empty() {
            line(key, list(values));
        }
    }
    out.push_str("---\n");
    out
}

/// What was hidden leaves lines of spaces behind; nobody needs to see how many.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = if line.trim().is_empty() { "" } else { line.trim_end() };
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
