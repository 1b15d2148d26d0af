//! What a public edition does not say although no mark hides it: who owns an action, who took part,
//! how much money it cost.
//!
//! The places are found in a report that was read, and the report is read again without them, so that
//! nothing downstream has to remember what it must not show. Names in running text are the author's
//! to mark; handles of owners and roles are hidden wherever they stand.

use crate::model::{Action, Incident, SectionKind};
use crate::source::Span;

/// The places to hide in a report's body, in order and apart.
pub(super) fn spans(text: &str, body: usize, incident: &Incident) -> Vec<Span> {
    let mut spans = Vec::new();
    for section in &incident.sections {
        if section.kinds.contains(&SectionKind::People) {
            spans.push(section.span);
        }
    }
    for action in &incident.actions {
        owners(text, action, &mut spans);
    }
    let roles = incident.roles.values().flat_map(|teams| &teams.value);
    let owners = incident.actions.iter().flat_map(|action| &action.owners);
    let handles = roles.chain(owners).filter(|name| name.starts_with('@'));
    let money = incident.impact.as_ref().and_then(|impact| impact.value.money.as_ref());
    let mut everywhere: Vec<&str> =
        handles.chain(money).map(|name| name.trim()).filter(|name| name.len() > 2).collect();
    // A handle may begin like another one: the longer is looked for first.
    everywhere.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    everywhere.dedup();
    if !everywhere.is_empty()
        && let Ok(finder) = aho_corasick::AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(&everywhere)
    {
        let found = finder.find_iter(&text[body..]);
        spans.extend(found.map(|at| Span::new(body + at.start(), body + at.end())));
    }
    merge(spans)
}

/// The owners of an action where its fields stand, with the label before them.
fn owners(text: &str, action: &Action, spans: &mut Vec<Span>) {
    let before = Span { start: action.span.start, end: action.text_span.start };
    let after = Span { start: action.text_span.end, end: action.span.end };
    for field in [before, after].into_iter().filter(|span| span.start < span.end) {
        let fields = field.of(text);
        for owner in action.owners.iter().filter(|owner| !owner.is_empty()) {
            for (at, _) in fields.match_indices(owner.as_str()) {
                let start = field.start as usize + label_start(fields, at);
                spans.push(Span::new(start, field.start as usize + at + owner.len()));
            }
        }
    }
}

/// Where the label of the field that holds `at` begins: `담당: `, `owner=`.
fn label_start(fields: &str, at: usize) -> usize {
    let before = fields[..at].trim_end_matches(['@', '*', '`', '[', ' ']);
    let Some(label) = before.strip_suffix([':', '：', '=']) else { return at };
    let ends = |ch: char| matches!(ch, '(' | '（' | ',' | '、' | ';' | '|' | '\n' | '—' | '-');
    label.char_indices().rev().find(|(_, ch)| ends(*ch)).map_or(0, |(at, ch)| at + ch.len_utf8())
}

fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::label_start;

    #[test]
    fn a_field_goes_with_its_label() {
        for (fields, owner, hidden) in [
            (" (유형: 탐지, 담당: @platform, 기한: 2026-04-01)", "@platform", " 담당: @platform"),
            (" (owner=kim; due: x)", "kim", "owner=kim"),
            (" (@kim)", "@kim", "@kim"),
            (" — 담당: 결제팀", "결제팀", " 담당: 결제팀"),
        ] {
            let at = fields.find(owner).unwrap_or_default();
            assert_eq!(&fields[label_start(fields, at)..at + owner.len()], hidden);
        }
    }
}
