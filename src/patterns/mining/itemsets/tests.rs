//! Sets as somebody with patience would find them: every combination, every count from the reports themselves.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::{Found, Input, Item, LONGEST, NEARLY, PER_FACET, PER_REPORT, Set, bound, mine};
use crate::patterns::statistics::interval;

/// Facets with so many items each.
const SIZES: [usize; 5] = [3, 3, 2, 2, 3];
/// The facets that say nothing together.
const STRUCTURAL: u8 = 0b1_0001;

fn facet(item: usize) -> u8 {
    let mut below = 0;
    let at = SIZES.iter().position(|size| {
        below += size;
        item < below
    });
    1 << at.unwrap_or_default()
}

/// Two of the items of other facets are called alike.
fn name(item: usize) -> usize {
    if item == 6 { 3 } else { item }
}

/// Items of reports, and the facets each states.
struct Case {
    items: Vec<Item>,
    stated: Vec<u8>,
}

fn case(reports: &[BTreeSet<usize>]) -> Case {
    let count = SIZES.iter().sum();
    let items = (0..count).map(|number| Item {
        facet: facet(number),
        name: name(number),
        reports: (0..)
            .zip(reports)
            .filter(|(_, r)| r.contains(&number))
            .map(|(at, _)| at)
            .collect(),
    });
    let states = |report: &BTreeSet<usize>| report.iter().fold(0, |all, item| all | facet(*item));
    Case { items: items.collect(), stated: reports.iter().map(states).collect() }
}

fn found(case: &Case, least: usize) -> Found {
    let weights: Vec<u64> = (1..).take(case.stated.len()).collect();
    let (items, stated) = (&case.items, &case.stated);
    mine(&Input { items, stated, weights: &weights, least, structural: STRUCTURAL })
}

/// Every set of two to four items of different facets.
fn combinations() -> Vec<Vec<usize>> {
    let count: usize = SIZES.iter().sum();
    let mut all: Vec<Vec<usize>> = (0..count).map(|item| vec![item]).collect();
    let mut at = 0;
    while at < all.len() {
        let set = all[at].clone();
        at += 1;
        if set.len() == LONGEST {
            continue;
        }
        for item in set[set.len() - 1] + 1..count {
            if set.iter().all(|other| facet(*other) != facet(item)) {
                all.push(set.iter().copied().chain([item]).collect());
            }
        }
    }
    all.retain(|set| set.len() > 1);
    all
}

/// The same by brute force: sets with their support, and how many were judged.
#[expect(clippy::cast_precision_loss, reason = "there are few reports")]
fn patiently(reports: &[BTreeSet<usize>], least: usize) -> (BTreeMap<Vec<usize>, usize>, usize) {
    let states = |facets: u8| {
        reports.iter().filter(move |report| {
            report.iter().fold(0, |all, item| all | facet(*item)) & facets == facets
        })
    };
    let facets = |set: &[usize]| set.iter().fold(0, |all, item| all | facet(*item));
    let count = |part: &[usize], facets: u8| {
        states(facets).filter(|report| part.iter().all(|item| report.contains(item))).count()
    };
    let implied = |left: usize, right: usize| {
        let both_facets = facet(left) | facet(right);
        let both = count(&[left, right], both_facets);
        let is_structural = both_facets & !STRUCTURAL == 0;
        both >= least && name(left) == name(right)
            || [left, right].iter().any(|item| {
                let alone = count(&[*item], both_facets);
                let share = if is_structural {
                    both as f64 / alone as f64
                } else {
                    interval(both, alone).0
                };
                both >= least && share >= NEARLY
            })
    };
    let mut kept = BTreeMap::new();
    let mut judged = 0;
    for set in combinations() {
        let support = count(&set, 0);
        let pairs =
            set.iter().enumerate().flat_map(|(at, l)| set[at + 1..].iter().map(|r| (*l, *r)));
        let mut says_nothing = pairs.filter(|(left, right)| implied(*left, *right));
        let is_structural =
            facets(&set) & !STRUCTURAL == 0 || set.len() == 2 && name(set[0]) == name(set[1]);
        if support < least || ((set.len() > 2 || is_structural) && says_nothing.next().is_some()) {
            continue;
        }
        judged += 1;
        let among = count(&[], facets(&set));
        let low = interval(support, among).0 * among as f64;
        let is_productive = (1..(1_usize << set.len()) - 1).all(|side| {
            let part = |is_in: bool| -> Vec<usize> {
                let places = (0..set.len()).filter(|place| (side >> place & 1 == 1) == is_in);
                places.map(|place| set[place]).collect()
            };
            let parts = count(&part(true), facets(&set)) * count(&part(false), facets(&set));
            low > parts as f64 / among as f64
        });
        if is_productive {
            kept.insert(set, support);
        }
    }
    (kept, judged)
}

fn supports(sets: &[Set]) -> BTreeMap<Vec<usize>, usize> {
    let plain = |set: &Set| set.items.iter().map(|item| *item as usize).collect();
    sets.iter().map(|set| (plain(set), set.support as usize)).collect()
}

fn some_reports() -> impl Strategy<Value = Vec<BTreeSet<usize>>> {
    let count: usize = SIZES.iter().sum();
    // Reports that copy one of a few shapes, so that something recurs.
    let shape = btree_set(0..count, 0..9);
    (vec(shape.clone(), 1..4), vec((any::<prop::sample::Index>(), shape, any::<bool>()), 0..40))
        .prop_map(|(shapes, reports)| {
            let report = |(at, own, copies): (prop::sample::Index, BTreeSet<usize>, bool)| {
                if copies { at.get(&shapes).clone() } else { own }
            };
            reports.into_iter().map(report).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_patience_finds(reports in some_reports(), least in 1_usize..4) {
        let found = found(&case(&reports), least);
        let (sets, judged) = patiently(&reports, least);
        prop_assert_eq!(supports(&found.sets), sets);
        prop_assert_eq!(found.tested, judged);
        prop_assert!(found.sets.iter().all(|set| set.low > 1.0 && set.lift >= set.low));
    }

    #[test]
    fn the_order_of_reports_changes_nothing(reports in some_reports(), turn in 0_usize..40) {
        let mut turned = reports.clone();
        turned.rotate_left(turn.min(reports.len()));
        turned.reverse();
        let plain = |found: Found| {
            let sets = found.sets.into_iter().map(|set| (set.items, set.support, set.among, set.low));
            (sets.collect::<Vec<_>>(), found.tested)
        };
        prop_assert_eq!(plain(found(&case(&reports), 2)), plain(found(&case(&turned), 2)));
    }

    #[test]
    fn a_report_that_shares_nothing_changes_no_support(reports in some_reports()) {
        let before = supports(&found(&case(&reports), 2).sets);
        let mut more = reports;
        more.push(BTreeSet::new());
        let after = supports(&found(&case(&more), 2).sets);
        prop_assert_eq!(before, after);
    }
}

#[test]
fn a_report_takes_part_with_a_bounded_number_of_items() {
    let item = |facet: u8| Item { facet, name: 0, reports: vec![0] };
    let mut items: Vec<Item> = (0..60).map(|at| item(1 << (at / 10))).collect();
    items[0].reports.push(1);
    bound(&mut items, 2);
    let first: Vec<usize> = (0..60).filter(|at| items[*at].reports.contains(&0)).collect();
    let expected: Vec<usize> =
        (0..6).flat_map(|facet| facet * 10..facet * 10 + PER_FACET).collect();
    assert_eq!(first, expected[..PER_REPORT]);
    assert_eq!(items[0].reports, [0, 1]);
}
