//! Patterns: combinations of facet values that recur more often than chance.
//!
//! A pattern is two to four values of different facets that keep coming together: *configuration change →
//! payment, noticed by customers*. Which sets recur and what chance is, `itemsets` says; which of them are worth
//! a line and in which order, `rank`; how a pattern is put, `words`; what its reports promised, `promised`.
//!
//! The kind, the year, the tags and the severity of a report make no pattern: the first two are frames, tags have no
//! vocabulary, and the severity says how much a pattern weighs, not what happened. Nor does the value *not
//! known*. A cause stands for what is above it only where that has other reports too.

mod itemsets;
mod promised;
mod rank;
mod words;

pub(crate) use promised::{Gap, Promised, action};
pub(crate) use words::{anchors, figures, gap, name, needs, notes, span, value_words};

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Collection;
use crate::corpus::{Counted, FacetKind};
use itemsets::{Found, Input, Item};

/// The facets that make patterns, as a name tells them, each with its bit.
const FACETS: [FacetKind; 7] = [
    FacetKind::Trigger,
    FacetKind::Dependency,
    FacetKind::Service,
    FacetKind::Cause,
    FacetKind::Detection,
    FacetKind::Mitigation,
    FacetKind::Team,
];
/// The facets that say what happened, or where. A pattern has one of them.
const HAPPENS: [FacetKind; 4] =
    [FacetKind::Trigger, FacetKind::Dependency, FacetKind::Service, FacetKind::Cause];
/// How many patterns there are at most.
const MOST: usize = 100;
/// Below this many incidents, two that have values in common are worth a line.
const SMALL: usize = 30;

/// What keeps happening together.
#[derive(Debug)]
pub(crate) struct Patterns {
    /// The strongest first.
    pub(crate) patterns: Vec<Pattern>,
    /// How many incidents were looked at.
    pub(crate) incidents: usize,
    /// How many of them a pattern needs.
    pub(crate) least: usize,
    /// How many combinations recur that often.
    pub(crate) tested: usize,
    /// How many pairs of values could have. Of so many, a fortieth may seem to belong together by chance.
    pub(crate) pairs: usize,
    /// How many incidents state each facet.
    pub(crate) stated: Vec<(FacetKind, usize)>,
}

impl Patterns {
    /// How many incidents are too few for a pattern to be more than a question, where there are fewer.
    pub(crate) fn is_small(&self) -> Option<usize> {
        (self.incidents < SMALL).then_some(SMALL)
    }

    /// How many patterns may be chance: a 95 % interval leaves one in forty on each side, of all pairs that could
    /// have recurred and not only of those that did.
    pub(crate) fn by_chance(&self) -> usize {
        self.pairs.div_ceil(40)
    }
}

/// A combination of values that recurs.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// Two to four, of different facets, in the order in which a name tells them.
    pub(crate) values: Vec<PatternValue>,
    /// Other values that all of its incidents have.
    pub(crate) shared: Vec<PatternValue>,
    /// Its incidents in the collection: newest first.
    pub(crate) places: Vec<usize>,
    /// How many incidents state all of its facets.
    pub(crate) among: usize,
    /// How many of these would have all values if the two parts that explain most came together by chance.
    pub(crate) expected: f64,
    /// How many times that it is, and the lower end of the 95 % interval of it, which is above 1.
    pub(crate) lift: f64,
    pub(crate) lift_low: f64,
    pub(crate) first: Option<Date>,
    pub(crate) last: Option<Date>,
    pub(crate) promised: Promised,
}

/// A value of a facet, by its place in the collection's facets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PatternValue {
    pub(crate) facet: FacetKind,
    index: usize,
    value: usize,
}

impl PatternValue {
    pub(crate) fn of<'c>(self, collection: &'c Collection<'_>) -> &'c Counted {
        &collection.facets[self.index].values[self.value]
    }
}

/// Finds all patterns.
pub(crate) fn mine(collection: &Collection<'_>) -> Patterns {
    let reports = collection.reports.len();
    let is_counted: Vec<bool> = (0..reports).map(|place| collection.counts(place)).collect();
    let incidents = is_counted.iter().filter(|counts| **counts).count();
    let least = least(incidents);
    let mut stated = vec![0_u8; reports];
    let mut named = Vec::new();
    let (mut values, mut items, mut names) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (bit, facet) in FACETS.into_iter().enumerate() {
        let bit = 1 << bit;
        for (value, counted) in of(collection, facet) {
            let reports: Vec<u32> = (counted.reports.iter().filter(|place| is_counted[**place]))
                .filter_map(|place| u32::try_from(*place).ok())
                .collect();
            for &report in &reports {
                stated[report as usize] |= bit;
            }
            values.push(value);
            items.push(Item { facet: bit, name: called(counted, &mut names), reports });
        }
        named.push((facet, stated.iter().filter(|stated| **stated & bit != 0).count()));
    }
    // Who says anything and names no dependency says that none failed.
    let dependency = bit_of(FacetKind::Dependency);
    for stated in stated.iter_mut().filter(|stated| **stated != 0) {
        *stated |= dependency;
    }
    let kept: Vec<bool> = (0..items.len())
        .map(|at| {
            items[at].reports.len() >= least && !is_carried_below(at, &values, &items, collection)
        })
        .collect();
    let mut keep = kept.iter();
    values.retain(|_| keep.next().copied().unwrap_or_default());
    let mut keep = kept.iter();
    items.retain(|_| keep.next().copied().unwrap_or_default());

    itemsets::bound(&mut items, reports);
    let found = itemsets::mine(&Input {
        items: &items,
        stated: &stated,
        weights: &rank::weights(collection),
        least,
        structural: bit_of(FacetKind::Service) | bit_of(FacetKind::Team),
    });
    let Found { mut sets, tested, pairs } = found;
    // Who noticed, what stopped it and whose it is: nothing that happened.
    let happened = |set: &itemsets::Set| {
        set.items.iter().any(|item| HAPPENS.contains(&values[*item as usize].facet))
    };
    sets.retain(happened);
    let chosen = rank::choose(sets, &values, &items, collection, MOST);
    let patterns = chosen.into_iter().map(|chosen| pattern(chosen, &values, &items, collection));
    Patterns { patterns: patterns.collect(), incidents, least, tested, pairs, stated: named }
}

/// How many incidents a pattern needs: three, or one in two hundred; two where there are few.
fn least(incidents: usize) -> usize {
    if incidents < SMALL { 2 } else { incidents.div_ceil(200).max(3) }
}

fn bit_of(facet: FacetKind) -> u8 {
    FACETS.iter().position(|other| *other == facet).map_or(0, |bit| 1 << bit)
}

/// The values of a facet that can be part of a pattern, those that say most first: of a tree the lowest,
/// then the most frequent.
fn of<'c>(collection: &'c Collection<'_>, facet: FacetKind) -> Vec<(PatternValue, &'c Counted)> {
    let index = collection.facets.iter().position(|index| index.kind == facet);
    let Some(index) = index else { return Vec::new() };
    let values = collection.facets[index].values.iter().enumerate();
    let mut values: Vec<(PatternValue, &Counted)> = values
        .filter(|(_, counted)| facet == FacetKind::Service || counted.key != "unknown")
        .map(|(value, counted)| (PatternValue { facet, index, value }, counted))
        .collect();
    if facet == FacetKind::Cause {
        values.sort_by_key(|(_, counted)| std::cmp::Reverse(counted.key.matches('/').count()));
    }
    values
}

/// The number of what a value is called: the last step of its path.
fn called<'c>(value: &'c Counted, names: &mut BTreeMap<&'c str, usize>) -> usize {
    let next = names.len();
    let name = value.key.rsplit_once('/').map_or(value.key.as_str(), |(_, name)| name);
    *names.entry(name).or_insert(next)
}

/// Whether a cause below this one has the same incidents.
fn is_carried_below(
    at: usize,
    values: &[PatternValue],
    items: &[Item],
    collection: &Collection<'_>,
) -> bool {
    let above = values[at].of(collection);
    values[at].facet == FacetKind::Cause
        && values.iter().zip(items).any(|(value, item)| {
            value.facet == FacetKind::Cause
                && is_below(value.of(collection), above)
                && item.reports.len() == items[at].reports.len()
        })
}

/// Whether a value of a tree stands below another.
fn is_below(value: &Counted, above: &Counted) -> bool {
    value.key.strip_prefix(above.key.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

fn pattern(
    chosen: rank::Chosen,
    values: &[PatternValue],
    items: &[Item],
    collection: &Collection<'_>,
) -> Pattern {
    let rank::Chosen { set, reports } = chosen;
    let mut of_set: Vec<PatternValue> =
        set.items.iter().map(|item| values[*item as usize]).collect();
    of_set.sort_by_key(|value| bit_of(value.facet));
    let shared = values.iter().zip(items).filter(|(value, item)| {
        let says_more = |other: &PatternValue| {
            let (value, other) = (value.of(collection), other.of(collection));
            !std::ptr::eq(value, other) && !is_below(other, value)
        };
        item.reports.len() >= reports.len()
            && of_set.iter().all(says_more)
            && reports.iter().all(|report| item.reports.binary_search(report).is_ok())
    });
    let mut shared: Vec<PatternValue> = shared.map(|(value, _)| *value).collect();
    let all = shared.clone();
    shared.retain(|value| {
        !all.iter().any(|other| is_below(other.of(collection), value.of(collection)))
    });
    let places: Vec<usize> = reports.iter().map(|report| *report as usize).collect();
    let dates = || {
        let date = |place: &usize| collection.reports[*place].incident.date.as_ref();
        places.iter().filter_map(date).map(|date| date.value)
    };
    Pattern {
        values: of_set,
        shared,
        among: set.among as usize,
        expected: f64::from(set.support) / set.lift,
        lift: set.lift,
        lift_low: set.low,
        first: dates().min(),
        last: dates().max(),
        promised: Promised::of(&places, collection),
        places,
    }
}

#[cfg(test)]
mod tests;
