//! What happened again: declared by a report, or inferred from how alike two are, and what had been promised
//! the first time.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Collection, Near};
use crate::l10n::{Message, Text, Value};
use crate::model::{Action, ActionStatus, Id, Sourced};
use crate::parse::Report;

/// One incident that repeats another. Reports go by their places in the collection.
#[derive(Clone, Debug)]
pub(crate) struct Recurrence<'c> {
    pub(crate) newer: usize,
    pub(crate) older: usize,
    pub(crate) ground: Ground,
    /// What was promised after the older one, and how that stood when the newer one began.
    pub(crate) promises: Vec<Promised<'c>>,
}

/// Why two incidents count as one and the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ground {
    /// The newer report says so.
    Declared,
    /// They are this much alike.
    Inferred(f32),
}

/// A promise of the older report.
#[derive(Clone, Debug)]
pub(crate) struct Promised<'c> {
    pub(crate) action: &'c Action,
    pub(crate) state: State,
}

/// How a promise stood when the incident came back. Only what a report records is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is open to this day.
    StillOpen,
    /// It was done, but later.
    DoneLater(jiff::civil::Date),
    /// Nothing says when, or whether, it was done.
    NoRecord,
}

/// Reports have to be this much alike to be called one and the same, if nobody says so.
const THE_SAME: f32 = 0.35;
/// Older reports that are looked at for each.
const MOST: usize = 3;

/// Every recurrence, the newest first, and of one report the most certain first.
pub(crate) fn recurrences<'c>(collection: &Collection<'c>) -> Vec<Recurrence<'c>> {
    let by_id = places(collection);
    let declared = declared(collection, &by_id);
    let nearest = collection.nearest().par_iter().enumerate();
    let inferred: Vec<_> =
        nearest.map(|(newer, near)| inferred(collection, newer, near, &by_id)).collect();
    let mut all = Vec::new();
    for (newer, inferred) in inferred.into_iter().enumerate() {
        let said = declared.get(&newer).into_iter().flatten();
        let said = said.map(|older| (*older, Ground::Declared));
        let guessed = inferred.into_iter().map(|(older, score)| (older, Ground::Inferred(score)));
        for (older, ground) in said.chain(guessed) {
            let promises = promises(collection.reports[newer], collection.reports[older]);
            all.push(Recurrence { newer, older, ground, promises });
        }
    }
    all
}

/// Places by the keys of ids, former ones too; where two have one id, the first by path.
fn places(collection: &Collection<'_>) -> BTreeMap<String, usize> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, report) in collection.reports.iter().enumerate() {
        let incident = &report.incident;
        for id in std::iter::once(&incident.id).chain(&incident.aliases) {
            let first = places.entry(id.value.key()).or_insert(place);
            if report.path < collection.reports[*first].path {
                *first = place;
            }
        }
    }
    places
}

fn named(ids: &[Sourced<Id>], by_id: &BTreeMap<String, usize>) -> BTreeSet<usize> {
    ids.iter().filter_map(|id| by_id.get(&id.value.key()).copied()).collect()
}

/// What each report says it repeats.
fn declared(
    collection: &Collection<'_>,
    by_id: &BTreeMap<String, usize>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let reports = collection.reports.iter().enumerate();
    let named = reports.map(|(place, report)| {
        let mut older = named(&report.incident.recurrence_of, by_id);
        older.remove(&place);
        (place, older)
    });
    named.filter(|(_, older)| !older.is_empty()).collect()
}

/// The older reports that a report is too much like to be anything new. A report that names what it repeats, or
/// that names the other as related, has had its say.
fn inferred(
    collection: &Collection<'_>,
    newer: usize,
    near: &[Near],
    by_id: &BTreeMap<String, usize>,
) -> Vec<(usize, f32)> {
    let incident = &collection.reports[newer].incident;
    if !collection.counts(newer) || !incident.recurrence_of.is_empty() {
        return Vec::new();
    }
    let Some(date) = incident.date.as_ref() else { return Vec::new() };
    let related = named(&incident.related, by_id);
    let is_older = |place: usize| {
        let other = &collection.reports[place].incident;
        let names_it = || named(&other.related, by_id).contains(&newer);
        collection.counts(place)
            && other.date.as_ref().is_some_and(|other| other.value < date.value)
            && !related.contains(&place)
            && !names_it()
    };
    let same = near.iter().filter(|near| near.score >= THE_SAME && is_older(near.place)).take(MOST);
    same.map(|near| (near.place, near.score)).collect()
}

/// The promises of the older report that were open, or may have been, when the newer incident began.
pub(crate) fn promises<'c>(newer: &Report, older: &'c Report) -> Vec<Promised<'c>> {
    let Some(began) = newer.incident.date.as_ref().map(|date| date.value) else {
        return Vec::new();
    };
    let state = |action: &Action| match action.status {
        ActionStatus::Open | ActionStatus::InProgress => Some(State::StillOpen),
        ActionStatus::Done => match action.done_on {
            Some(done) if done > began => Some(State::DoneLater(done)),
            Some(_) => None,
            None => Some(State::NoRecord),
        },
        ActionStatus::Unknown => Some(State::NoRecord),
        ActionStatus::WontDo => None,
    };
    let actions = older.incident.actions.iter();
    let mut promises: Vec<Promised<'_>> =
        actions.filter_map(|action| Some(Promised { action, state: state(action)? })).collect();
    // What is certain comes first.
    promises.sort_by_key(|promised| promised.state == State::NoRecord);
    promises
}

impl Promised<'_> {
    /// What is known of it, in a sentence about `{newer}`, the incident that came back.
    pub(crate) fn sentence(&self, newer: impl Into<Value>) -> Message {
        const OPEN: Text = Text::new(
            "“{action}”{about} was still open when {newer} began",
            "‘{action}’{about} 조치는 {newer} 발생 당시 끝나지 않은 상태였습니다",
        );
        const LATER: Text = Text::new(
            "“{action}”{about} was still open when {newer} began; it was done on {done}",
            "‘{action}’{about} 조치는 {newer} 발생 당시 끝나지 않았고, {done}에야 끝났습니다",
        );
        const NO_RECORD: Text = Text::new(
            "no record that “{action}”{about} was done before {newer} began",
            "‘{action}’{about} 조치를 {newer} 발생 전에 끝냈다는 기록이 없습니다",
        );
        let text = match self.state {
            State::StillOpen => OPEN,
            State::DoneLater(_) => LATER,
            State::NoRecord => NO_RECORD,
        };
        let message = text
            .with("action", self.action.text.as_str())
            .with("about", self.about())
            .with("newer", newer);
        match self.state {
            State::DoneLater(done) => message.with("done", done.to_string()),
            _ => message,
        }
    }

    /// What it was for and when it was due: ` (detect sooner, due 2026-04-01)`.
    fn about(&self) -> Message {
        const NONE: Text = Text::new("", "");
        const KIND: Text = Text::new(" ({kind})", "({kind})");
        const DUE: Text = Text::new(" (due {due})", "(기한 {due})");
        const BOTH: Text = Text::new(" ({kind}, due {due})", "({kind}, 기한 {due})");
        let due = self.action.due.map(|due| due.to_string());
        match (self.action.kind, due) {
            (None, None) => NONE.into(),
            (Some(kind), None) => KIND.with("kind", kind.label()),
            (None, Some(due)) => DUE.with("due", due),
            (Some(kind), Some(due)) => BOTH.with("kind", kind.label()).with("due", due),
        }
    }
}

/// What is known of promises when an incident came back, at most `most` of them in a sentence each; those without
/// any record are counted in one.
pub(crate) fn told_of(promises: &[Promised<'_>], newer: Text, most: usize) -> Vec<Message> {
    const MORE: Text = Text::new("… and {count} more", "… 그 밖에 {count}건");
    const NO_RECORD: Text = Text::new(
        "no record that {count} {action|actions} were done before then",
        "그 전에 끝냈다는 기록이 없는 조치 {count}건",
    );
    let (known, unknown): (Vec<_>, Vec<_>) =
        promises.iter().partition(|promised| promised.state != State::NoRecord);
    let mut lines: Vec<Message> =
        known.iter().take(most).map(|promised| promised.sentence(newer)).collect();
    if known.len() > most {
        lines.push(MORE.with("count", known.len() - most));
    }
    match unknown.as_slice() {
        [] => {}
        [only] => lines.push(only.sentence(newer)),
        all => lines.push(NO_RECORD.with("count", all.len())),
    }
    lines
}

/// Incidents that came back more than once: each chain from its first incident to its last.
pub(crate) fn chains(recurrences: &[Recurrence<'_>]) -> Vec<Vec<usize>> {
    // The first that is listed for a report is the most certain.
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    for recurrence in recurrences {
        before.entry(recurrence.newer).or_insert(recurrence.older);
    }
    let repeated: BTreeSet<usize> = before.values().copied().collect();
    let mut chains = Vec::new();
    for &last in before.keys().filter(|place| !repeated.contains(place)) {
        let mut chain = vec![last];
        let mut seen = BTreeSet::from([last]);
        let mut at = last;
        while let Some(&older) = before.get(&at)
            && seen.insert(older)
        {
            chain.push(older);
            at = older;
        }
        chain.reverse();
        if chain.len() > 2 {
            chains.push(chain);
        }
    }
    chains
}
