//! What a public edition does not say although no mark hides it: who owns an action, who took part,
//! how much money it cost, what a comment says.
//!
//! The places are found in a report that was read, and the report is read again without them, so that
//! nothing downstream has to remember what it must not show. Names in running text are the author's
//! to mark; handles of owners and roles are hidden wherever they stand.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::markup::{Document, comments};
use crate::model::{Action, Incident, SectionKind};
use crate::source::Span;

/// A label before a name is at most this long, in characters.
const LABEL: usize = 80;

/// The places to hide in a report's body, in order and apart.
pub(super) fn spans(document: &Document, body: usize, incident: &Incident) -> Vec<Span> {
    let text = document.text();
    // A comment that is never closed hides the rest of its block, as it does in a browser.
    let mut spans = comments(document);
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
    let everywhere = handles.chain(money).map(|name| name.trim()).filter(|name| name.len() > 2);
    spans.extend(occurrences(everywhere.collect(), text, Span::new(body, text.len())));
    merge(spans)
}

/// Where names stand in a part of the text, in one pass; the longer of two that begin alike.
fn occurrences(names: BTreeSet<&str>, text: &str, part: Span) -> Vec<Span> {
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
    let Ok(finder) = finder else { return vec![part] };
    let at = |offset: usize| part.start as usize + offset;
    finder.find_iter(part.of(text)).map(|m| Span::new(at(m.start()), at(m.end()))).collect()
}

/// The owners of an action where its fields stand, with the label before them. Where one is not found
/// as it was read (a line ends inside the name), all of the fields go.
fn owners(text: &str, action: &Action, spans: &mut Vec<Span>) {
    let names: BTreeSet<&str> =
        action.owners.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return;
    }
    let before = Span { start: action.span.start, end: action.text_span.start };
    let after = Span { start: action.text_span.end, end: action.span.end };
    let fields: Vec<Span> =
        [before, after].into_iter().filter(|span| span.start < span.end).collect();
    let found: Vec<(Span, Span)> = fields
        .iter()
        .flat_map(|part| occurrences(names.clone(), text, *part).into_iter().map(|at| (*part, at)))
        .collect();
    let seen: BTreeSet<&str> = found.iter().map(|(_, at)| at.of(text)).collect();
    if seen.len() < names.len() {
        spans.extend(fields);
        return;
    }
    for (part, at) in found {
        let length = label(Span { start: part.start, end: at.start }.of(text));
        spans.push(Span::new(at.start as usize - length, at.end as usize));
    }
}

/// The length of the label that `before` ends with: `담당: `, `owner=`.
fn label(before: &str) -> usize {
    let from = before.char_indices().rev().take(LABEL).last().map_or(0, |(at, _)| at);
    let near = &before[from..];
    let bare = near.trim_end_matches(['@', '*', '`', '[', ' ']);
    let Some(label) = bare.strip_suffix([':', '：', '=']) else { return 0 };
    let ends = |ch: char| matches!(ch, '(' | '（' | ',' | '、' | ';' | '|' | '\n' | '—' | '-');
    let end = label.char_indices().rev().find(|(_, ch)| ends(*ch));
    near.len() - end.map_or(0, |(at, ch)| at + ch.len_utf8())
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
    use super::label;

    #[test]
    fn a_field_goes_with_its_label() {
        for (fields, owner, hidden) in [
            (" (유형: 탐지, 담당: @platform, 기한: 2026-04-01)", "@platform", " 담당: @platform"),
            (" (owner=kim; due: x)", "kim", "owner=kim"),
            (" (@kim)", "@kim", "@kim"),
            (" — 담당: 결제팀", "결제팀", " 담당: 결제팀"),
        ] {
            let at = fields.find(owner).unwrap_or_default();
            assert_eq!(&fields[at - label(&fields[..at])..at + owner.len()], hidden);
        }
    }
}
