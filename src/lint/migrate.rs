//! Moving facts from the text of a report into its front matter.
//!
//! The text stays as it is: it is what readers see, and what it says beside a value is not lost. What is
//! added is only what was understood, in the form in which it is understood again.

use crate::diagnostics::{Edit, Fix};
use crate::model::{Field, Incident, Moment, Origin, Phase, Sourced, Term};
use crate::parse::{Notation, Report};
use crate::source::Span;

/// A fact that a report states outside its front matter.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) field: Field,
    pub(crate) span: Span,
    pub(crate) origin: Origin,
    /// As front matter has it; `None` where it cannot be written without guessing.
    value: Option<String>,
}

impl Fact {
    /// An id that a report does not have yet.
    pub(crate) fn id(id: &str) -> Self {
        Self {
            field: Field::Id,
            span: Span::at(0),
            origin: Origin::Default,
            value: Some(scalar(id)),
        }
    }
}

/// The facts that stand in the text and not in front matter, in the order of their places.
pub(crate) fn facts_outside(report: &Report) -> Vec<Fact> {
    let incident = &report.incident;
    let mut facts: Vec<Fact> = single(incident);
    for (phase, moment) in &incident.phases {
        let value = written(&moment.value);
        // A time that is only about right stays where it says so.
        if moment.origin != Origin::Timeline || value.is_some() {
            facts.extend(fact(phase.field(), moment, |_| value));
        }
    }
    let texts = [
        (Field::Services, &incident.services),
        (Field::Dependencies, &incident.dependencies),
        (Field::Teams, &incident.teams),
        (Field::Tags, &incident.tags),
    ];
    for (field, values) in texts {
        let list: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        facts.extend(values.first().and_then(|first| fact(field, first, |_| Some(flow(&list)))));
    }
    let terms = [
        (Field::Detection, &incident.detection),
        (Field::Trigger, &incident.triggers),
        (Field::Causes, &incident.causes),
        (Field::Mitigations, &incident.mitigations),
    ];
    for (field, values) in terms {
        let list: Vec<&str> = values.iter().map(|value| name(&value.value)).collect();
        let value = match list.as_slice() {
            [one] if matches!(field, Field::Detection | Field::Trigger) => scalar(one),
            many => flow(many),
        };
        facts.extend(values.first().and_then(|first| fact(field, first, |_| Some(value))));
    }
    facts.sort_by_key(|fact| fact.span);
    facts
}

/// The facts that have one value each, times apart.
fn single(incident: &Incident) -> Vec<Fact> {
    let text = |text: &str| Some(scalar(text));
    let no_start = !incident.phases.contains_key(&Phase::Started);
    let date = incident.date.as_ref().filter(|_| no_start);
    [
        fact(Field::Id, &incident.id, |id| text(id.as_str())),
        date.and_then(|date| fact(Field::Date, date, |date| Some(date.to_string()))),
        fact(Field::Status, &incident.status, |status| text(status.id())),
        fact(Field::Kind, &incident.kind, |kind| text(kind.id())),
        incident
            .severity
            .as_ref()
            .and_then(|severity| fact(Field::Severity, severity, |label| text(&label.written))),
        incident.detected_by.as_ref().and_then(|who| fact(Field::DetectedBy, who, |who| text(who))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn fact<T>(
    field: Field,
    value: &Sourced<T>,
    yaml: impl FnOnce(&T) -> Option<String>,
) -> Option<Fact> {
    let outside = matches!(value.origin, Origin::Metadata | Origin::Heading)
        || (value.origin == Origin::Timeline && field.phase().is_some());
    let span = value.span.filter(|_| outside)?;
    Some(Fact { field, span, origin: value.origin, value: yaml(&value.value) })
}

/// A time as front matter has it; `None` for one that is only about right or has no date.
fn written(moment: &Moment) -> Option<String> {
    (!moment.approximate && moment.date().is_some()).then(|| moment.iso())
}

fn name(term: &Term) -> &str {
    term.id.as_deref().unwrap_or(&term.written)
}

/// A list on one line.
fn flow(items: &[&str]) -> String {
    format!("[{}]", items.iter().map(|item| scalar(item)).collect::<Vec<_>>().join(", "))
}

/// A value of YAML: as it is where nobody could read it as anything but text, quoted otherwise.
fn scalar(text: &str) -> String {
    let text = text.trim();
    let inside = |ch: char| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_' | '.' | '/');
    let is_plain = text.chars().all(inside)
        && text.starts_with(|ch: char| ch.is_alphabetic())
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for ch in text.chars() {
        match ch {
            '"' | '\\' => quoted.extend(['\\', ch]),
            '\n' | '\r' | '\t' => quoted.push(' '),
            _ if ch.is_control() => {}
            _ => quoted.push(ch),
        }
    }
    quoted.push('"');
    quoted
}

/// The edit that writes facts into the front matter, which it starts where there is none; `None` where
/// there is nothing to write, or the front matter cannot be read.
pub(crate) fn into_front_matter(report: &Report, facts: &[Fact]) -> Option<Fix> {
    let text = report.source.text();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    let mut lines = String::new();
    let held = report.front_matter.span.of(text);
    for fact in facts {
        let (key, Some(value)) = (fact.field.id(), &fact.value) else { continue };
        match find_key(held, key) {
            None => lines.push_str(&format!("{key}: {value}{newline}")),
            Some(Key::Empty(at)) => {
                let at = report.front_matter.span.start as usize + at;
                edits.push(Edit { span: Span::new(at, at), text: format!(" {value}") });
            }
            // Something stands there that is not understood: that is another finding.
            Some(Key::Filled) => {}
        }
    }
    if !lines.is_empty() {
        let start = report.front_matter.span.start as usize;
        let (at, lines) = match report.front_matter.notation {
            None => (start, format!("---{newline}{lines}---{newline}{newline}")),
            Some(Notation::Yaml) => (start + closing_fence(held)?, lines),
            Some(Notation::Toml) => return None,
        };
        edits.push(Edit { span: Span::new(at, at), text: lines });
    }
    (!edits.is_empty()).then(|| edits.into())
}

/// A key of the front matter.
enum Key {
    /// Without a value; one would stand here.
    Empty(usize),
    Filled,
}

/// Finds a key at the top level.
fn find_key(front_matter: &str, key: &str) -> Option<Key> {
    let mut at = 0;
    let mut lines = front_matter.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')) {
            let value = rest.trim();
            // A block below it is its value.
            let has_block = lines
                .peek()
                .is_some_and(|next| next.starts_with([' ', '\t', '-']) && !next.starts_with("---"));
            let is_empty = (value.is_empty() || value.starts_with('#')) && !has_block;
            return Some(if is_empty { Key::Empty(at + key.len() + 1) } else { Key::Filled });
        }
        at += line.len();
    }
    None
}

/// Where the line that closes the front matter starts.
fn closing_fence(front_matter: &str) -> Option<usize> {
    let closed = front_matter.trim_end();
    let start = closed.rfind('\n')? + 1;
    matches!(closed[start..].trim_end(), "---" | "...").then_some(start)
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn values_are_quoted_where_yaml_would_read_something_else() {
        for (text, yaml) in [
            ("SEV2", "SEV2"),
            ("결제 API", "결제 API"),
            ("software/performance", "software/performance"),
            ("2", "\"2\""),
            ("no", "\"no\""),
            ("SEV2 (CI만): \"조금\"", "\"SEV2 (CI만): \\\"조금\\\"\""),
            ("#1", "\"#1\""),
            ("~4 min", "\"~4 min\""),
        ] {
            assert_eq!(scalar(text), yaml);
        }
    }
}
