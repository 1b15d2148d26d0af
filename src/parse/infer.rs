//! Facets that a report tells instead of stating: most real reports have no front matter.
//!
//! For each facet without a stated value, the phrases of the vocabulary are looked for in the parts of the
//! report that speak of it, in the author's own sentences: no code, no quotations, no questions, nothing that was
//! planned, suspected or denied. What is found is marked as inferred ([`Origin::Text`]) and kept apart from what is
//! stated; rules see only the latter. Silence is better than a wrong value.

mod sentence;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::outline::{Block, Outline};
use super::placeholder;
use crate::config::{Found, Prose, Reach, Settings, Vocabulary};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{Facet, Incident, Origin, Phase, SectionKind, Sourced, Term};
use crate::source::Span;
use sentence::{Sentence, is_recovery};

/// Entries of the timeline in which somebody may notice.
const OPENING: usize = 2;

/// No name of a term is longer, in bytes.
const LONGEST_NAME: usize = 60;

/// Which part of the report a text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Summary,
    Detection,
    Trigger,
    /// Factors, root causes, whys.
    Causes,
    Response,
    /// `Root cause and resolution`.
    CausesAndResponse,
    /// An entry of the timeline in which things went well again.
    Recovery,
    /// One of the first entries of the timeline.
    Opening,
}

/// The values of the facets for which the report states none.
pub(super) fn values(
    incident: &Incident,
    outline: &Outline<'_>,
    settings: &Settings,
) -> BTreeMap<Facet, Vec<Sourced<Term>>> {
    let is_wanted = |facet: Facet| incident.stated(facet).is_empty();
    if !Facet::ALL.iter().any(|facet| is_wanted(*facet)) {
        return BTreeMap::new();
    }
    let vocabulary = &settings.vocabulary;
    let prose = vocabulary.prose();
    let mut reader = Reader { vocabulary, prose, outline, wanted: &is_wanted, told: Vec::new() };
    if let Some(who) = &incident.detected_by {
        reader.text(&who.value, Where::In(who.span), Role::Detection);
    }
    reader.text(&incident.title.value, Where::In(incident.title.span), Role::Summary);
    for block in &outline.preamble {
        reader.block(*block, Role::Summary);
    }
    for (index, part) in outline.parts.iter().enumerate() {
        let Some(role) = role(outline, index) else { continue };
        // `### 1. Schema drift` below the causes names one; `Root cause: schema drift` too.
        let named = if part.kinds.is_empty() { Some(&part.title) } else { part.qualifier.as_ref() };
        if let Some(name) = named.filter(|_| role == Role::Causes) {
            reader.text(name, Where::In(Some(part.title_span)), role);
        }
        for block in &part.blocks {
            reader.block(*block, role);
        }
    }
    reader.timeline(incident);
    reader.values()
}

/// What the innermost part with a meaning around a part is about.
fn role(outline: &Outline<'_>, index: usize) -> Option<Role> {
    let mut around = std::iter::successors(Some(index), |&at| outline.parts[at].parent);
    let kinds = &outline.parts[around.find(|&at| !outline.parts[at].kinds.is_empty())?].kinds;
    let has = |kind: SectionKind| kinds.contains(&kind);
    let known = |kind: &SectionKind| {
        matches!(
            kind,
            SectionKind::Summary
                | SectionKind::Impact
                | SectionKind::Detection
                | SectionKind::Trigger
                | SectionKind::Factors
                | SectionKind::Whys
                | SectionKind::Response
        )
    };
    // `Resolution and lessons`: what was done cannot be told from what will be.
    if !kinds.iter().all(known) {
        return None;
    }
    let causes = has(SectionKind::Factors) || has(SectionKind::Whys);
    match (causes, has(SectionKind::Response)) {
        (true, true) => Some(Role::CausesAndResponse),
        (true, false) => Some(Role::Causes),
        (false, true) => Some(Role::Response),
        _ if has(SectionKind::Trigger) => Some(Role::Trigger),
        _ if has(SectionKind::Detection) => Some(Role::Detection),
        _ => has(SectionKind::Summary).then_some(Role::Summary),
    }
}

impl Role {
    /// The facet that a part is about.
    const fn about(self) -> Option<Facet> {
        match self {
            Role::Detection => Some(Facet::Detection),
            Role::Trigger => Some(Facet::Trigger),
            Role::Causes => Some(Facet::Cause),
            Role::Response => Some(Facet::Mitigation),
            _ => None,
        }
    }
}

/// How to find the place of a phrase.
#[derive(Clone, Copy)]
enum Where<'p> {
    At(&'p Plain),
    /// Somewhere in there.
    In(Option<Span>),
}

/// A value that a sentence says.
struct Told {
    facet: Facet,
    id: String,
    written: String,
    span: Option<Span>,
    /// Said where it belongs; otherwise somewhere else.
    at_home: bool,
}

struct Reader<'r> {
    vocabulary: &'r Vocabulary,
    prose: &'r Prose,
    outline: &'r Outline<'r>,
    wanted: &'r dyn Fn(Facet) -> bool,
    told: Vec<Told>,
}

impl Reader<'_> {
    fn block(&mut self, block: Block, role: Role) {
        let node = self.outline.node(block);
        if node.is_paragraph() {
            self.plain(node, &self.outline.plain(block), role);
        } else {
            self.inside(node, role);
        }
    }

    /// The paragraphs, items and cells of a block. Headings in quotes and lists are no parts.
    fn inside(&mut self, node: NodeRef<'_>, role: Role) {
        match node.kind() {
            Kind::CodeBlock(_)
            | Kind::Quote(_)
            | Kind::HtmlBlock
            | Kind::TableHead
            | Kind::Heading(_) => {}
            Kind::TableCell(_) => self.plain(node, &node.plain(), role),
            _ if node.is_paragraph() => self.plain(node, &node.plain(), role),
            _ => node.children().for_each(|child| self.inside(child, role)),
        }
    }

    fn plain(&mut self, node: NodeRef<'_>, plain: &Plain, role: Role) {
        let is_code = |inner: &NodeRef<'_>| matches!(inner.kind(), Kind::Code(_) | Kind::Strike);
        let mut code: Vec<Span> = Vec::new();
        for inner in node.descendants().filter(is_code) {
            if code.last().is_none_or(|last| !last.contains(inner.span())) {
                code.push(inner.span());
            }
        }
        if code.is_empty() {
            self.text(&plain.text, Where::At(plain), role);
        } else {
            self.text(&plain.blanked(&code, '\u{1}'), Where::At(plain), role);
        }
    }

    fn timeline(&mut self, incident: &Incident) {
        let entries = &incident.timeline.entries;
        let recovers = |at: usize| {
            entries.get(at).is_some_and(|entry| {
                matches!(entry.phase, Some(Phase::Mitigated | Phase::Resolved))
                    || is_recovery(&entry.text.to_ascii_lowercase())
            })
        };
        for (at, entry) in entries.iter().enumerate() {
            let place = Where::In(Some(entry.span));
            if entry.phase == Some(Phase::Detected) {
                self.text(&entry.text, place, Role::Detection);
            } else if at < OPENING {
                self.text(&entry.text, place, Role::Opening);
            }
            // What was done last before all was well is what helped.
            if (self.wanted)(Facet::Mitigation) && (recovers(at) || recovers(at + 1)) {
                self.text(&entry.text, place, Role::Recovery);
            }
        }
    }

    fn text(&mut self, text: &str, place: Where<'_>, role: Role) {
        let composed = if text.is_ascii() { text.into() } else { bokgi_search::compose(text) };
        // Text that had to be composed no longer has its bytes where they stand in the file.
        let place = match place {
            Where::At(plain) if composed.len() != text.len() => Where::In(Some(plain.whole())),
            place => place,
        };
        let lower = composed.to_ascii_lowercase().replace('\n', " ");
        if lower.len() <= LONGEST_NAME && self.name(composed.trim(), place, role) {
            return;
        }
        let mut found = self.prose.find(&lower);
        found.retain(|found| (self.wanted)(found.facet));
        if found.is_empty() || placeholder::find(text).is_some() {
            return;
        }
        for found in found {
            let Some(sentence) = Sentence::around(&lower, &found.range) else { continue };
            let Some(at_home) = believed(&found, &sentence, role) else { continue };
            let written = composed.get(found.range.clone()).unwrap_or_default();
            self.told.push(Told {
                facet: found.facet,
                id: found.id.to_owned(),
                written: written.replace('\n', " "),
                span: match place {
                    Where::At(plain) => Some(plain.span(found.range)),
                    Where::In(span) => span,
                },
                at_home,
            });
        }
    }

    /// A section, an item or a cell that holds nothing but the name of a term: `**Trigger:** deployment`.
    fn name(&mut self, text: &str, place: Where<'_>, role: Role) -> bool {
        let Some(facet) = role.about().filter(|facet| (self.wanted)(*facet)) else { return false };
        let name = text.trim_end_matches('.');
        let Some(id) = self.vocabulary.find(facet, name).filter(|id| *id != "unknown") else {
            return false;
        };
        self.told.push(Told {
            facet,
            id: id.to_owned(),
            written: name.to_owned(),
            span: match place {
                Where::At(plain) => Some(plain.whole()),
                Where::In(span) => span,
            },
            at_home: true,
        });
        true
    }

    /// The first few values of each facet, those that are said where they belong before others.
    fn values(mut self) -> BTreeMap<Facet, Vec<Sourced<Term>>> {
        self.told.sort_by_key(|told| (told.facet, !told.at_home));
        let mut values: BTreeMap<Facet, Vec<Sourced<Term>>> = BTreeMap::new();
        for told in self.told {
            let most = if matches!(told.facet, Facet::Cause | Facet::Mitigation) { 3 } else { 2 };
            let terms = values.entry(told.facet).or_default();
            let is = |id: &str, term: &Sourced<Term>| term.value.id.as_deref() == Some(id);
            // What is above a value in the tree goes without saying.
            let said = |term: &Sourced<Term>| {
                let id = term.value.id.as_deref().unwrap_or_default();
                id == told.id || id.strip_prefix(&told.id).is_some_and(|rest| rest.starts_with('/'))
            };
            if terms.iter().any(said) {
                continue;
            }
            if let Some((above, _)) = told.id.split_once('/') {
                terms.retain(|term| !is(above, term));
            }
            if terms.len() < most {
                let term = Term { id: Some(told.id), written: told.written };
                terms.push(Sourced { value: term, span: told.span, origin: Origin::Text });
            }
        }
        values
    }
}

/// Whether a phrase means its value in a sentence of this part, and whether the part is about its facet.
fn believed(found: &Found<'_>, sentence: &Sentence<'_>, role: Role) -> Option<bool> {
    let anywhere = found.reach == Reach::Anywhere;
    let at_home = match (found.facet, role) {
        (Facet::Detection, Role::Detection) => Some(true),
        (Facet::Detection, Role::Summary | Role::Opening) => anywhere.then_some(false),
        (Facet::Trigger, Role::Trigger) => Some(true),
        // `Back to normal after the deployment` names no trigger.
        (Facet::Trigger, Role::Summary | Role::Causes | Role::CausesAndResponse) => {
            (anywhere && !sentence.speaks_of_recovery()).then_some(false)
        }
        (Facet::Cause, Role::Causes) => Some(true),
        (Facet::Cause, Role::CausesAndResponse) => {
            (!sentence.speaks_of_recovery() || sentence.speaks_of_causes()).then_some(true)
        }
        (Facet::Cause, Role::Trigger | Role::Summary | Role::Response | Role::Detection) => {
            sentence.speaks_of_causes().then_some(false)
        }
        (Facet::Mitigation, Role::Response) => (!sentence.is_vain()).then_some(true),
        (Facet::Mitigation, Role::Recovery) => (!sentence.is_vain()).then_some(true),
        (Facet::Mitigation, Role::CausesAndResponse) => {
            (sentence.speaks_of_recovery() && !sentence.is_vain()).then_some(true)
        }
        (Facet::Mitigation, Role::Summary) => {
            (sentence.speaks_of_recovery() && !sentence.is_vain()).then_some(false)
        }
        _ => None,
    };
    at_home.filter(|_| sentence.is_fact())
}
