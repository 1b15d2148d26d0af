//! Which patterns come first, and which say what another has said.
//!
//! An incident counts by its severity, and half as much two years later. A pattern counts for its incidents as far
//! as chance does not explain them: the sum of their weights times `1 - 1/lift`, at the lower end of the interval of
//! the lift. That is the attributable fraction of epidemiology (Olli S. Miettinen, *Proportion of Disease Caused
//! or Prevented by a Given Exposure, Trait or Intervention*, American Journal of Epidemiology 99(5), 1974).
//! Ages are counted back from the newest incident, so the order does not change with the day it is asked for.
//!
//! Of sets with the same incidents the longer one stays (*closed* sets). Then, from the strongest on, one that mostly
//! has the incidents of a stronger one is left out: ten lines should tell ten things.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::itemsets::{Item, Set};
use super::{PatternValue, is_below};
use crate::corpus::FacetKind;
use crate::patterns::Collection;

/// The age at which an incident counts half.
const HALF_LIFE: u64 = 730;
/// What an incident of today counts, of the worst severity.
const FULL: u64 = 1 << 24;
/// How many of the strongest sets are looked at for those that say something new.
const CONSIDERED: usize = 5_000;

/// A set and the reports that have it.
pub(super) struct Chosen {
    pub(super) set: Set,
    pub(super) reports: Vec<u32>,
}

/// How much each report counts. Whole numbers: their sum is the same in any order.
pub(super) fn weights(collection: &Collection<'_>) -> Vec<u64> {
    let dates = || {
        collection
            .reports
            .iter()
            .filter_map(|report| report.incident.date.as_ref())
            .map(|d| d.value)
    };
    let (newest, oldest) = (dates().max(), dates().min());
    let levels = collection.settings.severity.levels().len() as u64;
    let of = |rank: Option<usize>| match rank {
        Some(rank) => FULL * (levels + 1).saturating_sub(rank as u64).max(1) / levels.max(1),
        // Nobody knows: the middle.
        None => FULL * (levels + 1) / (2 * levels.max(1)),
    };
    let weight = |report: &&crate::parse::Report| {
        let incident = &report.incident;
        let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
        // One without a date is as old as any.
        let date = incident.date.as_ref().map(|date| date.value).or(oldest);
        of(rank) * left(age(date, newest)) / FULL
    };
    collection.reports.iter().map(weight).collect()
}

fn age(date: Option<Date>, newest: Option<Date>) -> u64 {
    let days =
        date.zip(newest).and_then(|(date, newest)| (newest - date).get_days().try_into().ok());
    days.unwrap_or(0)
}

/// What is left of [`FULL`] after so many days: halved every half-life, straight between.
fn left(days: u64) -> u64 {
    let halved = FULL >> (days / HALF_LIFE).min(63);
    halved - halved * (days % HALF_LIFE) / (2 * HALF_LIFE)
}

/// The strongest sets that say something new, at most `most`.
pub(super) fn choose(
    mut sets: Vec<Set>,
    values: &[PatternValue],
    items: &[Item],
    collection: &Collection<'_>,
    most: usize,
) -> Vec<Chosen> {
    drop_shorter(&mut sets);
    drop_vaguer(&mut sets, values, collection);
    sets.sort_by(|left, right| {
        let by_score = score(right).total_cmp(&score(left));
        // More values say more; the rest only makes the order certain.
        let by_length = right.items.len().cmp(&left.items.len());
        by_score.then(by_length).then_with(|| left.items.cmp(&right.items))
    });
    sets.truncate(CONSIDERED);
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut having: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for set in sets {
        if chosen.len() == most {
            break;
        }
        let reports = reports(&set, items);
        let mut common = vec![0; chosen.len()];
        for at in reports.iter().filter_map(|report| having.get(report)).flatten() {
            common[*at] += 1;
        }
        let is_said = chosen.iter().zip(common).any(|(stronger, common)| {
            let either = stronger.reports.len() + reports.len() - common;
            common * 2 > either
        });
        if is_said {
            continue;
        }
        for report in &reports {
            having.entry(*report).or_default().push(chosen.len());
        }
        chosen.push(Chosen { set, reports });
    }
    chosen
}

#[expect(clippy::cast_precision_loss, reason = "an order needs no more precision")]
fn score(set: &Set) -> f64 {
    set.weight as f64 * (1.0 - 1.0 / set.low)
}

/// The reports that have all items.
fn reports(set: &Set, items: &[Item]) -> Vec<u32> {
    let mut lists: Vec<&Vec<u32>> =
        set.items.iter().map(|item| &items[*item as usize].reports).collect();
    lists.sort_by_key(|list| list.len());
    let Some((shortest, others)) = lists.split_first() else { return Vec::new() };
    let is_in_all = |report: &&u32| others.iter().all(|list| list.binary_search(report).is_ok());
    shortest.iter().filter(is_in_all).copied().collect()
}

/// Drops what is part of a longer set with the same reports.
fn drop_shorter(sets: &mut Vec<Set>) {
    let mut same: BTreeMap<(u32, u64), Vec<usize>> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        same.entry((set.support, set.fingerprint)).or_default().push(at);
    }
    let mut shorter = BTreeSet::new();
    for places in same.values() {
        let long: BTreeSet<&[u32]> = places.iter().map(|at| sets[*at].items.as_slice()).collect();
        let parts: BTreeSet<Vec<u32>> = long.iter().flat_map(|items| parts(items)).collect();
        let is_part = |at: &&usize| parts.contains(&sets[**at].items);
        shorter.extend(places.iter().filter(is_part).copied());
    }
    let mut at = 0..;
    sets.retain(|_| at.next().is_none_or(|at| !shorter.contains(&at)));
}

/// Every part of a set that has two items or more and not all of them.
fn parts(items: &[u32]) -> Vec<Vec<u32>> {
    let all = (1_usize << items.len()) - 1;
    let part = |chosen: usize| -> Vec<u32> {
        let places = (0..items.len()).filter(|place| chosen >> place & 1 == 1);
        places.map(|place| items[place]).collect()
    };
    (1..all).map(part).filter(|part| part.len() > 1).collect()
}

/// Drops a set with a cause of which the same set with one below it has most of the reports: `software` where it
/// is `software/performance`.
fn drop_vaguer(sets: &mut Vec<Set>, values: &[PatternValue], collection: &Collection<'_>) {
    let causes = || (0..).zip(values).filter(|(_, value)| value.facet == FacetKind::Cause);
    // What stands above each cause.
    let above: BTreeMap<u32, Vec<u32>> = causes()
        .map(|(item, value)| {
            let is_above = |(_, other): &(u32, &PatternValue)| {
                is_below(value.of(collection), other.of(collection))
            };
            (item, causes().filter(is_above).map(|(item, _)| item).collect())
        })
        .collect();
    let mut below: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    for set in sets.iter() {
        for (place, above) in
            set.items.iter().enumerate().filter_map(|(p, i)| Some((p, above.get(i)?)))
        {
            for &vague in above {
                let mut items = set.items.clone();
                items[place] = vague;
                items.sort_unstable();
                let most = below.entry(items).or_default();
                *most = set.support.max(*most);
            }
        }
    }
    sets.retain(|set| below.get(&set.items).is_none_or(|most| most * 2 < set.support));
}

#[cfg(test)]
mod tests {
    use super::{FULL, left};

    #[test]
    fn an_incident_counts_half_after_two_years() {
        assert_eq!([left(0), left(730), left(1460)], [FULL, FULL / 2, FULL / 4]);
        assert!((1..5000).all(|days| left(days) <= left(days - 1)));
        assert_eq!(left(1_000_000), 0);
    }
}
