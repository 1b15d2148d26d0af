//! What was promised: every action, how it stands, and whose it is.
//!
//! An action of which nobody wrote down how it stands has no record: it is neither open nor overdue. An action
//! belongs to a team where `[owners]` says so or its owner is called like a team; whoever else owns it is shown
//! beside it, and nothing is ever counted, sorted or chosen by that name.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Collection;
use super::statistics::Summary;
use crate::corpus::{Counted, FacetIndex, FacetKind};
use crate::model::{Action, ActionStatus, Origin};

/// How an action stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Open after the day it was due.
    Overdue,
    /// Open, with a day it is due.
    Due,
    /// Open, without one.
    Undated,
    /// Nothing says whether it is done.
    Unrecorded,
    Done,
    Dropped,
}

impl Standing {
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Standing::Overdue | Standing::Due | Standing::Undated)
    }

    /// Whether somebody may still have to do something.
    pub(crate) fn is_unfinished(self) -> bool {
        self.is_open() || self == Standing::Unrecorded
    }
}

/// An action of a report.
#[derive(Clone, Debug)]
pub(crate) struct Promise<'c> {
    /// The report's place in the collection.
    pub(crate) place: usize,
    pub(crate) action: &'c Action,
    /// Which of the actions with this id in its report it is, from 1.
    pub(crate) nth: usize,
    pub(crate) standing: Standing,
    /// Places in [`Promises::teams`].
    pub(crate) teams: Vec<usize>,
}

impl Promise<'_> {
    /// The days since it was due, for an action that is overdue.
    pub(crate) fn days_overdue(&self, today: Date) -> Option<i32> {
        let due = self.action.due.filter(|_| self.standing == Standing::Overdue)?;
        today.since(due).ok().map(|span| span.get_days())
    }

    /// A name that is its own within its report and outlives edits of its status.
    pub(crate) fn id(&self) -> String {
        match self.nth {
            1 => self.action.id.clone(),
            nth => format!("{}-{nth}", self.action.id),
        }
    }
}

/// How many actions stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Known to be open, overdue or not.
    pub(crate) open: usize,
    /// Those of them after their due date.
    pub(crate) overdue: usize,
    pub(crate) unknown: usize,
    pub(crate) done: usize,
    pub(crate) dropped: usize,
}

impl Tally {
    pub(crate) fn total(self) -> usize {
        self.open + self.unknown + self.done + self.dropped
    }

    fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Overdue => {
                self.open += 1;
                self.overdue += 1;
            }
            Standing::Due | Standing::Undated => self.open += 1,
            Standing::Unrecorded => self.unknown += 1,
            Standing::Done => self.done += 1,
            Standing::Dropped => self.dropped += 1,
        }
    }

    fn join(&mut self, other: Self) {
        self.open += other.open;
        self.overdue += other.overdue;
        self.unknown += other.unknown;
        self.done += other.done;
        self.dropped += other.dropped;
    }
}

/// All actions of a collection.
#[derive(Debug)]
pub(crate) struct Promises<'c> {
    /// In the order of the reports, and within one as they are written.
    pub(crate) all: Vec<Promise<'c>>,
    /// The teams that are known, by name.
    pub(crate) teams: Vec<&'c str>,
}

impl<'c> Promises<'c> {
    pub(crate) fn of(collection: &Collection<'c>) -> Self {
        let teams = Teams::of(collection);
        let today = collection.settings.today;
        let mut all = Vec::new();
        for (place, report) in collection.reports.iter().enumerate() {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for action in &report.incident.actions {
                let nth = seen.entry(&action.id).or_insert(0);
                *nth += 1;
                all.push(Promise {
                    place,
                    action,
                    nth: *nth,
                    standing: standing(action, today),
                    teams: teams.owning(action),
                });
            }
        }
        Self { all, teams: teams.names }
    }

    /// The place of a team, whatever its case and width and with or without `@`.
    pub(crate) fn team(&self, name: &str) -> Option<usize> {
        let wanted = key(name);
        self.teams.iter().position(|team| key(team) == wanted)
    }

    /// How all of them stand.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.all.iter().for_each(|promise| tally.add(promise.standing));
        tally
    }

    /// How those of each team stand: most overdue first, then most open. Teams without an action are not there.
    pub(crate) fn by_team(&self) -> Vec<(&'c str, Tally)> {
        let mut tallies = vec![Tally::default(); self.teams.len()];
        for promise in &self.all {
            promise.teams.iter().for_each(|&team| tallies[team].add(promise.standing));
        }
        let mut found: Vec<(&str, Tally)> = self.teams.iter().copied().zip(tallies).collect();
        found.retain(|(_, tally)| tally.total() > 0);
        found.sort_by_key(|(_, tally)| pressing(*tally));
        found
    }

    /// How those from reports with each value of a facet stand, in the same order; severities in their own.
    pub(crate) fn by<'f>(&self, facet: &'f FacetIndex) -> Vec<(&'f Counted, Tally)> {
        let last = self.all.last().map_or(0, |promise| promise.place + 1);
        let mut of_report = vec![Tally::default(); last];
        self.all.iter().for_each(|promise| of_report[promise.place].add(promise.standing));
        let tally = |value: &Counted| {
            let mut tally = Tally::default();
            let reports = value.reports.iter().filter_map(|&place| of_report.get(place));
            reports.for_each(|one| tally.join(*one));
            tally
        };
        let mut found: Vec<(&Counted, Tally)> =
            facet.values.iter().map(|value| (value, tally(value))).collect();
        found.retain(|(_, tally)| tally.total() > 0);
        if facet.kind != FacetKind::Severity {
            found.sort_by_key(|(_, tally)| pressing(*tally));
        }
        found
    }

    /// Those that are not over, the most pressing first: overdue, the longest first; open, the soonest due first,
    /// then those without a date from the oldest report on; last those without a record, from the newest on.
    pub(crate) fn unfinished(&self) -> Vec<&Promise<'c>> {
        let mut found: Vec<&Promise<'_>> =
            self.all.iter().filter(|promise| promise.standing.is_unfinished()).collect();
        found.sort_by_key(|promise| {
            let due = promise.action.due.filter(|_| promise.standing != Standing::Unrecorded);
            let place = match promise.standing {
                Standing::Undated => usize::MAX - promise.place,
                _ => promise.place,
            };
            (promise.standing, due, place)
        });
        found
    }

    /// Days from the incident to the day its action was done, where both are known.
    pub(crate) fn days_to_done(&self, collection: &Collection<'_>) -> Option<Summary> {
        let days = |promise: &Promise<'_>| {
            let began = collection.reports[promise.place].incident.date.as_ref()?.value;
            let done = promise.action.done_on.filter(|_| promise.standing == Standing::Done)?;
            let days = done.since(began).ok()?.get_days();
            (days >= 0).then_some(i64::from(days))
        };
        Summary::of(self.all.iter().filter_map(days).collect())
    }

    /// How many of those that were done were done by their due date, of how many where both days are known.
    pub(crate) fn kept(&self) -> (usize, usize) {
        let days = |promise: &&Promise<'_>| promise.standing == Standing::Done;
        let days = self
            .all
            .iter()
            .filter(days)
            .filter_map(|promise| Some(promise.action.done_on? <= promise.action.due?));
        days.fold((0, 0), |(kept, all), in_time| (kept + usize::from(in_time), all + 1))
    }
}

fn standing(action: &Action, today: Date) -> Standing {
    match action.status {
        ActionStatus::Done => Standing::Done,
        ActionStatus::WontDo => Standing::Dropped,
        ActionStatus::Unknown => Standing::Unrecorded,
        _ if action.is_overdue(today) => Standing::Overdue,
        _ if action.due.is_some() => Standing::Due,
        _ => Standing::Undated,
    }
}

/// What comes first in a table: more overdue, more open, more without a record, more in all.
fn pressing(tally: Tally) -> impl Ord {
    std::cmp::Reverse((tally.overdue, tally.open, tally.unknown, tally.total()))
}

/// A name without what is written one way or the other.
fn key(name: &str) -> String {
    bokgi_search::fold(name.trim().trim_start_matches('@')).into_owned()
}

/// Who belongs to which team.
struct Teams<'c> {
    names: Vec<&'c str>,
    /// Places in `names` by the keys of the teams themselves and of the handles that belong to them.
    by_key: BTreeMap<String, usize>,
}

impl<'c> Teams<'c> {
    /// Teams are named by `[owners]` and by the key `teams` of front matter. What is read as a team from the text
    /// of a report may be a list of people.
    fn of(collection: &Collection<'c>) -> Self {
        let owners = &collection.settings.owners;
        let declared = collection.reports.iter().flat_map(|report| &report.incident.teams);
        let declared = declared.filter(|team| team.origin == Origin::FrontMatter);
        let named = owners.values().map(String::as_str);
        let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
        for team in named.chain(declared.map(|team| team.value.as_str())) {
            let team = team.trim().trim_start_matches('@');
            // Of two ways to write one team the first by letters counts, whichever report has it.
            let written = by_name.entry(key(team)).or_insert(team);
            *written = (*written).min(team);
        }
        by_name.remove("");
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for (place, name) in by_name.keys().enumerate() {
            by_key.insert(name.clone(), place);
        }
        for (handle, team) in owners {
            if let Some(&place) = by_key.get(&key(team)) {
                by_key.insert(key(handle), place);
            }
        }
        Self { names: by_name.into_values().collect(), by_key }
    }

    /// The teams of an action's owners, each once.
    fn owning(&self, action: &Action) -> Vec<usize> {
        let known = action.owners.iter().filter_map(|owner| self.by_key.get(&key(owner)));
        let mut teams: Vec<usize> = known.copied().collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }
}

#[cfg(test)]
mod tests;
