//! Which sets of items recur together, and more often than their parts explain.
//!
//! It knows reports as numbers and items as numbers, each of one facet. Sets are found depth first over lists of
//! reports (Eclat: Mohammed J. Zaki, *Scalable Algorithms for Association Mining*, IEEE TKDE 12(3), 2000). A set
//! is kept if every way of splitting it in two expects it less often than it came: the lower end of the 95 %
//! interval of its share is above the product of the shares of both parts (*productive* sets: Geoffrey I. Webb,
//! *Self-Sufficient Itemsets*, ACM TKDD 4(1), 2010).
//!
//! A report that does not say who noticed is no report in which nobody did. So a set is judged among the reports
//! that state all of its facets; where few state any, two rare facets would otherwise seem to belong together
//! because careful authors write both.
//!
//! A report takes part with at most [`PER_FACET`] items of a facet and [`PER_REPORT`] in all ([`bound`]). So it has a bounded
//! number of sets, and as a set needs a share of all reports, the work grows with the number of reports and not
//! with what they have in common. The crates for this (`fp-growth`, last released in 2021) return every frequent set
//! with a count, neither the reports nor a limit on facets, and hash their way through.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::patterns::statistics::interval;

/// The longest set.
pub(super) const LONGEST: usize = 4;
/// How many items of one facet are taken from a report: the first ones.
const PER_FACET: usize = 4;
/// How many items are taken from a report in all: the first ones.
const PER_REPORT: usize = 16;
/// What nearly always means, as a share.
const NEARLY: f64 = 0.8;

/// An item. Items stand facet by facet, within one in the order in which they are preferred.
pub(super) struct Item {
    /// The bit of its facet.
    pub(super) facet: u8,
    /// The same for items that are called the same: a cause and a trigger, a service and its team.
    pub(super) name: usize,
    /// Ascending, each once.
    pub(super) reports: Vec<u32>,
}

/// What is looked through.
pub(super) struct Input<'i> {
    pub(super) items: &'i [Item],
    /// The facets that each report states, as bits; 0 for one that takes no part.
    pub(super) stated: &'i [u8],
    /// How much each report counts for the order of results.
    pub(super) weights: &'i [u64],
    /// How many reports a set needs; at least 1.
    pub(super) least: usize,
    /// Facets that say nothing together when one nearly always comes with the other, however few there are.
    pub(super) structural: u8,
}

/// A set of items that recurs more often than its parts explain.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Set {
    /// Ascending.
    pub(super) items: Vec<u32>,
    pub(super) support: u32,
    /// How many reports state all of its facets.
    pub(super) among: u32,
    /// How many times as often as the two parts that explain most of it.
    pub(super) lift: f64,
    /// The lower end of the 95 % interval of `lift`, above 1.
    pub(super) low: f64,
    pub(super) weight: u64,
    /// The same for sets of the same reports.
    pub(super) fingerprint: u64,
}

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) sets: Vec<Set>,
    /// How many sets recur often enough to be judged.
    pub(super) tested: usize,
    /// How many pairs of items there are that could have recurred so often.
    pub(super) pairs: usize,
}

/// All productive sets. Their order depends on that of the items alone.
pub(super) fn mine(input: &Input<'_>) -> Found {
    let lists = input.items.iter().map(|item| item.reports.as_slice());
    let mut miner = Miner {
        input,
        rows: rows(input),
        universe: histogram(input.stated, 0..input.stated.len()),
        counts: vec![0; input.items.len()],
        known: HashMap::new(),
        implied: HashSet::new(),
        found: Found::default(),
    };
    // From the last item to the first: the parts of a set have been seen before the set.
    let numbers = 0..u32::try_from(lists.len()).unwrap_or(u32::MAX);
    for (item, reports) in numbers.zip(lists).rev() {
        if reports.len() >= input.least {
            miner.visit(&[item], reports);
        }
    }
    miner.found.pairs = pairs(input);
    miner.found
}

/// How many pairs of frequent items of different facets there are.
fn pairs(input: &Input<'_>) -> usize {
    let mut by_facet: BTreeMap<u8, usize> = BTreeMap::new();
    for item in input.items.iter().filter(|item| item.reports.len() >= input.least) {
        *by_facet.entry(item.facet).or_default() += 1;
    }
    let all: usize = by_facet.values().sum();
    by_facet.values().map(|count| count * (all - count)).sum::<usize>() / 2
}

/// How many reports state which facets.
type Histogram = Box<[(u8, u32)]>;

struct Miner<'i> {
    input: &'i Input<'i>,
    /// The items of each report, ascending.
    rows: Vec<Vec<u32>>,
    universe: Histogram,
    /// Room for counting; zero between uses.
    counts: Vec<u32>,
    /// Of every set that recurs and has room for one more item.
    known: HashMap<[u32; LONGEST], Histogram>,
    /// Pairs of which one nearly always comes with the other.
    implied: HashSet<(u32, u32)>,
    found: Found,
}

/// The items of each report, ascending.
fn rows(input: &Input<'_>) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); input.stated.len()];
    for (number, item) in (0..).zip(input.items) {
        for &report in &item.reports {
            rows[report as usize].push(number);
        }
    }
    rows
}

/// Takes from each item the reports that have [`PER_FACET`] of its facet, or [`PER_REPORT`], before it.
pub(super) fn bound(items: &mut [Item], reports: usize) {
    let mut had: Vec<(u8, usize, usize)> = vec![(0, 0, 0); reports];
    for item in items {
        item.reports.retain(|report| {
            let (facet, of_facet, all) = &mut had[*report as usize];
            if *facet != item.facet {
                (*facet, *of_facet) = (item.facet, 0);
            }
            let has_room = *of_facet < PER_FACET && *all < PER_REPORT;
            if has_room {
                *of_facet += 1;
                *all += 1;
            }
            has_room
        });
    }
}

fn histogram(stated: &[u8], reports: impl Iterator<Item = usize>) -> Histogram {
    let mut counts = [0; 256];
    for report in reports {
        counts[usize::from(stated[report])] += 1;
    }
    (0..=u8::MAX).zip(counts).filter(|(_, count)| *count > 0).collect()
}

/// How many of them state all of these facets.
fn stating(histogram: &Histogram, facets: u8) -> u32 {
    let fitting = histogram.iter().filter(|(stated, _)| stated & facets == facets);
    fitting.map(|(_, count)| count).sum()
}

fn key(items: &[u32]) -> [u32; LONGEST] {
    let mut key = [u32::MAX; LONGEST];
    for (place, item) in key.iter_mut().zip(items) {
        *place = *item;
    }
    key
}

impl Miner<'_> {
    fn facets(&self, items: &[u32]) -> u8 {
        items.iter().fold(0, |facets, item| facets | self.input.items[*item as usize].facet)
    }

    /// Judges a set that recurs, then the sets that have one more item behind its last.
    fn visit(&mut self, set: &[u32], reports: &[u32]) {
        let places = || reports.iter().map(|report| *report as usize);
        if set.len() > 1 {
            if set.len() == 2 && self.is_implied(set, reports) {
                self.implied.insert((set[0], set[1]));
                if self.says_nothing(set) {
                    return;
                }
            }
            self.judge(set, reports);
        }
        if set.len() == LONGEST {
            return;
        }
        self.known.insert(key(set), histogram(self.input.stated, places()));
        if set.len() == 2 && self.implied.contains(&(set[0], set[1])) {
            return;
        }
        let longer = self.longer(set, reports);
        let mut items = set.to_vec();
        for (item, reports) in longer.into_iter().rev() {
            items.push(item);
            self.visit(&items, &reports);
            items.pop();
        }
    }

    /// The items behind the last one that recur with the set, each with the reports of both.
    fn longer(&mut self, set: &[u32], reports: &[u32]) -> Vec<(u32, Vec<u32>)> {
        let facets = self.facets(set);
        let last = set.last().copied().unwrap_or_default();
        let mut seen = Vec::new();
        for &report in reports {
            let row = &self.rows[report as usize];
            for &item in &row[row.partition_point(|item| *item <= last)..] {
                let count = &mut self.counts[item as usize];
                if *count == 0 {
                    seen.push(item);
                }
                *count += 1;
            }
        }
        let goes_on = |item: u32| {
            let says_more =
                set.len() < 2 || set.iter().all(|before| !self.implied.contains(&(*before, item)));
            self.counts[item as usize] as usize >= self.input.least
                && self.input.items[item as usize].facet & facets == 0
                && says_more
        };
        let mut next: Vec<u32> = seen.iter().copied().filter(|item| goes_on(*item)).collect();
        next.sort_unstable();
        let mut longer: Vec<(u32, Vec<u32>)> = next
            .iter()
            .map(|item| (*item, Vec::with_capacity(self.counts[*item as usize] as usize)))
            .collect();
        // The counts give way to places in `longer`, from 1.
        for item in seen {
            self.counts[item as usize] = 0;
        }
        for (place, item) in (1..).zip(&next) {
            self.counts[*item as usize] = place;
        }
        for &report in reports {
            let row = &self.rows[report as usize];
            for &item in &row[row.partition_point(|item| *item <= last)..] {
                if let Some(place) = self.counts[item as usize].checked_sub(1) {
                    longer[place as usize].1.push(report);
                }
            }
        }
        for item in next {
            self.counts[item as usize] = 0;
        }
        longer
    }

    /// How many reports have the part, among those that state the facets.
    fn count(&self, part: &[u32], facets: u8) -> u32 {
        self.known.get(&key(part)).map_or(0, |histogram| stating(histogram, facets))
    }

    /// Whether a pair says nothing where one of the two comes with the other: it says how things are built, or
    /// one thing twice.
    fn says_nothing(&self, pair: &[u32]) -> bool {
        self.facets(pair) & !self.input.structural == 0 || self.is_one_name(pair)
    }

    fn is_one_name(&self, pair: &[u32]) -> bool {
        let name = |item: u32| self.input.items[item as usize].name;
        pair.windows(2).all(|pair| name(pair[0]) == name(pair[1]))
    }

    /// Whether one of the two nearly always comes with the other: of structural facets by the share as it
    /// is, of others by the lower end of its interval, which a few cases do not reach.
    fn is_implied(&self, pair: &[u32], both: &[u32]) -> bool {
        let facets = self.facets(pair);
        let is_structural = facets & !self.input.structural == 0;
        let is_nearly_always = |item: &u32| {
            let alone = self.count(&[*item], facets).max(1) as usize;
            let share = if is_structural {
                ratio(both.len(), alone)
            } else {
                interval(both.len(), alone).0
            };
            share >= NEARLY
        };
        self.is_one_name(pair) || pair.iter().any(is_nearly_always)
    }

    fn judge(&mut self, set: &[u32], reports: &[u32]) {
        self.found.tested += 1;
        let facets = self.facets(set);
        let among = stating(&self.universe, facets);
        let expected = expected(set, among, |part| self.count(part, facets));
        let (share, low) = (ratio(reports.len(), 1), interval(reports.len(), among as usize).0);
        let low = low * f64::from(among) / expected;
        if low <= 1.0 {
            return;
        }
        self.found.sets.push(Set {
            items: set.to_vec(),
            support: u32::try_from(reports.len()).unwrap_or(u32::MAX),
            among,
            lift: share / expected,
            low,
            weight: reports.iter().map(|report| self.input.weights[*report as usize]).sum(),
            fingerprint: fingerprint(reports),
        });
    }
}

/// How many reports are expected to have all items if two parts of the set had nothing to do with each other:
/// the most, over all ways to split it in two.
pub(super) fn expected(set: &[u32], among: u32, count: impl Fn(&[u32]) -> u32) -> f64 {
    let mut most: f64 = 0.0;
    // The last item stays on one side, so that each split comes once.
    for side in 1..1_usize << (set.len() - 1) {
        let part = |is_in: bool| -> Vec<u32> {
            let chosen =
                set.iter().enumerate().filter(|(place, _)| (side >> place & 1 == 1) == is_in);
            chosen.map(|(_, item)| *item).collect()
        };
        let (left, right) = (count(&part(true)), count(&part(false)));
        most = most.max(f64::from(left) * f64::from(right));
    }
    most / f64::from(among.max(1))
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^52")]
fn ratio(count: usize, n: usize) -> f64 {
    count as f64 / n as f64
}

/// The same for the same reports, whatever their order.
fn fingerprint(reports: &[u32]) -> u64 {
    // The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    let mixed = reports.iter().map(|report| {
        let mut bits = (u64::from(*report) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    });
    mixed.fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests;
