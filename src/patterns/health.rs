//! How complete the knowledge base is.
//!
//! A report is held to what its own profile asks of its kind and severity, as the rules are. The figures say where
//! a habit of writing is missing; none of them says anything about who wrote.

use super::Collection;
use super::statistics::Summary;
use crate::config::{Presence, SectionSpec, stale_for};
use crate::corpus::{Counted, FacetKind};
use crate::l10n::Value;
use crate::model::{ActionStatus, Field, Incident, Moment, Phase, Status};
use crate::parse::{backs_answer, backs_entry, why_steps};

/// What a knowledge base lacks.
#[derive(Debug)]
pub(crate) struct Health<'c> {
    /// Every report whose profile asks for something, the least complete first.
    pub(crate) reports: Vec<Completeness>,
    /// How many of them lack nothing.
    pub(crate) complete: usize,
    /// What profiles ask for.
    parts: Vec<Part<'c>>,
    /// Reports that say they are not finished, the longest first.
    pub(crate) stale: Vec<Stale>,
    /// Seconds from the resolution to the last of analysis, sharing and review, over finished reports.
    pub(crate) to_final: Option<Summary>,
    /// How many finished reports of incidents there are: what `to_final` could have known of.
    pub(crate) finished: usize,
    /// Answers in whys, and how many name what shows them.
    pub(crate) answers: Backed,
    /// Entries of timelines, and how many lead to what shows them.
    pub(crate) entries: Backed,
    /// Reports without any action, newest first.
    pub(crate) without_actions: Vec<usize>,
    /// Reports with actions of which nothing says whether they are done, and how many: most first.
    pub(crate) unrecorded: Vec<(usize, usize)>,
    /// Tags that one report has, by name.
    pub(crate) lonely_tags: Vec<&'c Counted>,
    /// How many tags there are.
    pub(crate) tags: usize,
}

/// How much of what its profile asks for a report has.
#[derive(Debug)]
pub(crate) struct Completeness {
    pub(crate) place: usize,
    /// How many facts and sections are asked for.
    pub(crate) asked: usize,
    /// What of it is not there, facts first: places in the parts.
    pub(crate) missing: Vec<usize>,
}

/// A fact or section that profiles ask for, and how many reports lack it.
#[derive(Debug)]
pub(crate) struct Part<'c> {
    pub(crate) what: What<'c>,
    /// How many reports are asked for it.
    pub(crate) asked: usize,
    missing: usize,
    /// Sections with a heading and nothing below it.
    pub(crate) empty: usize,
}

impl Part<'_> {
    pub(crate) fn lacking(&self) -> usize {
        self.missing + self.empty
    }
}

/// What can be lacking.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'c> {
    Fact(Field),
    Section(&'c SectionSpec),
}

impl What<'_> {
    /// Whether it is the same to two profiles.
    fn is(self, other: What<'_>) -> bool {
        match (self, other) {
            (What::Fact(one), What::Fact(other)) => one == other,
            (What::Section(one), What::Section(other)) => {
                one.kind == other.kind && one.or == other.or
            }
            _ => false,
        }
    }

    pub(crate) fn name(self) -> Value {
        match self {
            What::Fact(field) => field.label().into(),
            What::Section(section) => section.name(),
        }
    }
}

/// A report that was left unfinished.
#[derive(Debug)]
pub(crate) struct Stale {
    pub(crate) place: usize,
    /// Since the incident ended.
    pub(crate) days: i32,
}

/// How many of something can be looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Backed {
    pub(crate) backed: usize,
    pub(crate) n: usize,
    /// How many reports have one.
    pub(crate) reports: usize,
}

impl Backed {
    fn add(&mut self, backed: usize, n: usize) {
        self.backed += backed;
        self.n += n;
        self.reports += usize::from(n > 0);
    }
}

impl<'c> Health<'c> {
    pub(crate) fn of(collection: &'c Collection<'_>) -> Self {
        let settings = collection.settings;
        let mut health = Self {
            reports: Vec::new(),
            complete: 0,
            parts: Vec::new(),
            stale: Vec::new(),
            to_final: None,
            finished: 0,
            answers: Backed::default(),
            entries: Backed::default(),
            without_actions: Vec::new(),
            unrecorded: Vec::new(),
            lonely_tags: Vec::new(),
            tags: 0,
        };
        let mut to_final = Vec::new();
        for (place, report) in collection.reports.iter().enumerate() {
            let incident = &report.incident;
            health.completeness(place, collection);
            if let Some(days) = stale_for(incident, settings.today, settings.draft_days) {
                health.stale.push(Stale { place, days });
            }
            if collection.counts(place) && incident.status.value == Status::Final {
                health.finished += 1;
                to_final.extend(seconds_to_final(collection, place));
            }
            let steps = why_steps(incident);
            let answered = steps.iter().filter(|(step, _)| !step.answer.is_empty());
            let backed =
                answered.clone().filter(|(step, at)| backs_answer(step, *at, &report.text));
            health.answers.add(backed.count(), answered.count());
            let entries = &incident.timeline.entries;
            let backed = entries.iter().filter(|entry| backs_entry(entry, &report.text)).count();
            health.entries.add(backed, entries.len());
            let is_unknown = |status: ActionStatus| status == ActionStatus::Unknown;
            let unknown = incident.actions.iter().filter(|a| is_unknown(a.status)).count();
            match (incident.actions.len(), unknown) {
                (0, _) => health.without_actions.push(place),
                (_, 0) => {}
                _ => health.unrecorded.push((place, unknown)),
            }
        }
        health.to_final = Summary::of(to_final);
        health.tags(collection);
        health.sort();
        health
    }

    /// Adds a report, and what it lacks to the parts.
    fn completeness(&mut self, place: usize, collection: &'c Collection<'_>) {
        let incident = &collection.reports[place].incident;
        let profile = collection.settings.profiles.get(&incident.profile.value);
        let Some(profile) = profile else { return };
        let facts = profile.facts_for(incident).map(|fact| {
            let is_stated = fact.is_stated(incident);
            let presence = if is_stated { Presence::There } else { Presence::Missing };
            (What::Fact(fact.field), presence)
        });
        let sections = profile
            .sections_for(incident)
            .map(|section| (What::Section(section), section.presence(incident)));
        let (mut asked, mut missing) = (0, Vec::new());
        for (what, presence) in facts.chain(sections) {
            asked += 1;
            // There are as many parts as profiles name: a few dozen, whatever the number of reports.
            let known = self.parts.iter().position(|part| part.what.is(what));
            let at = known.unwrap_or_else(|| {
                self.parts.push(Part { what, asked: 0, missing: 0, empty: 0 });
                self.parts.len() - 1
            });
            let part = &mut self.parts[at];
            part.asked += 1;
            part.missing += usize::from(presence == Presence::Missing);
            part.empty += usize::from(matches!(presence, Presence::Empty(_)));
            if presence != Presence::There {
                missing.push(at);
            }
        }
        if asked > 0 {
            self.complete += usize::from(missing.is_empty());
            self.reports.push(Completeness { place, asked, missing });
        }
    }

    /// What some reports lack, the most often lacking first.
    pub(crate) fn gaps(&self) -> Vec<&Part<'c>> {
        let mut gaps: Vec<&Part<'_>> =
            self.parts.iter().filter(|part| part.lacking() > 0).collect();
        gaps.sort_by_key(|gap| {
            std::cmp::Reverse((gap.lacking() * 1_000_000 / gap.asked.max(1), gap.asked))
        });
        gaps
    }

    /// The names of what a report lacks.
    pub(crate) fn missing(&self, report: &Completeness) -> impl Iterator<Item = Value> {
        report.missing.iter().map(|&at| self.parts[at].what.name())
    }

    fn tags(&mut self, collection: &'c Collection<'_>) {
        let tags = collection.facets.iter().find(|facet| facet.kind == FacetKind::Tag);
        let tags = tags.map(|facet| facet.values.as_slice()).unwrap_or_default();
        self.tags = tags.len();
        self.lonely_tags = tags.iter().filter(|tag| tag.reports.len() == 1).collect();
        self.lonely_tags.sort_by(|left, right| left.key.cmp(&right.key));
    }

    fn sort(&mut self) {
        use std::cmp::Reverse;
        // By the share that is missing, in whole numbers; the newest of equals first.
        self.reports.sort_by_key(|report| {
            let share = report.missing.len() * 1_000_000 / report.asked.max(1);
            (Reverse((share, report.missing.len())), report.place)
        });
        self.stale.sort_by_key(|stale| (Reverse(stale.days), stale.place));
        self.unrecorded.sort_by_key(|(place, count)| (Reverse(*count), *place));
    }
}

/// From the resolution to the last thing that was done about the report: the latest of analysis, sharing and
/// review that comes after it. Where only days are known, days.
fn seconds_to_final(collection: &Collection<'_>, place: usize) -> Option<i64> {
    const DAY: i64 = 86_400;
    let incident: &Incident = &collection.reports[place].incident;
    let resolved = incident.phase(Phase::Resolved)?;
    let between = |phase: Phase| {
        let later = incident.phase(phase)?;
        let seconds = later.since(resolved).map(|duration| duration.as_secs());
        seconds.or_else(|| days(later.date()?, resolved).map(|days| days * DAY))
    };
    let phases = [Phase::Analyzed, Phase::Shared, Phase::Reviewed].into_iter().filter_map(between);
    let reviews = incident.reviews.iter().filter_map(|review| {
        let date = review.value.date.as_deref()?.trim().parse().ok()?;
        Some(days(date, resolved)? * DAY)
    });
    phases.chain(reviews).filter(|seconds| *seconds >= 0).max()
}

fn days(later: jiff::civil::Date, earlier: &Moment) -> Option<i64> {
    Some(i64::from(later.since(earlier.date()?).ok()?.get_days()))
}

#[cfg(test)]
mod tests;
