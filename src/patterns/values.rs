//! What is known of one value of a facet: when it was seen, how long such incidents took, what is still promised,
//! and which other values it comes with more often than by chance.
//!
//! The measure of the last is lift, P(a, b) / (P(a) P(b)): how many times more often two values stand in one report
//! than if neither knew of the other (Brin, Motwani, Ullman and Tsur, *Dynamic Itemset Counting and
//! Implication Rules for Market Basket Data*, SIGMOD 1997, who call it interest). It is uncertain where reports
//! are few, so a pair is only named if the lower end of its 95 % interval is above 1. The interval is that of the
//! joint share (Wilson); the shares of the two values are taken as they are.
//!
//! Co-occurrence is counted from the reports of a value, so all values together take time linear in what the
//! reports say, whatever they share.

use std::collections::BTreeMap;

use super::Collection;
use super::statistics::{Summary, interval};
use crate::corpus::FacetKind;
use crate::model::Phase;

/// How many reports two values must have in common to be a pair among `n`: two in a small knowledge base, else
/// three or one in two hundred. Among many rare values, some always meet twice.
fn least(n: usize) -> usize {
    const SMALL: usize = 30;
    if n < SMALL { 2 } else { n.div_ceil(200).max(3) }
}

/// More companions than this are not named.
const MOST: usize = 8;

/// Where a value is: the place of its facet, and its own place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) facet: usize,
    pub(crate) value: usize,
}

/// All values, ready to be asked about.
pub(crate) struct Values<'c> {
    collection: &'c Collection<'c>,
    /// The values of each report.
    of: Vec<Vec<Place>>,
}

/// What is known of a value.
#[derive(Debug)]
pub(crate) struct Figures {
    /// The places of the first and the last report with a day.
    pub(crate) first: Option<usize>,
    pub(crate) last: Option<usize>,
    /// Seconds from the start, over incidents in which both times are known.
    pub(crate) to_detect: Option<Summary>,
    pub(crate) to_mitigate: Option<Summary>,
    pub(crate) to_resolve: Option<Summary>,
    pub(crate) open_actions: usize,
    /// Best first.
    pub(crate) companions: Vec<Companion>,
    /// With how many values it was compared to find them.
    pub(crate) compared: usize,
}

/// A value that another one comes with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Companion {
    pub(crate) place: Place,
    /// In how many reports both are.
    pub(crate) together: usize,
    pub(crate) lift: f64,
    /// The lower end of the lift's 95 % interval; above 1.
    pub(crate) at_least: f64,
}

impl<'c> Values<'c> {
    pub(crate) fn new(collection: &'c Collection<'c>) -> Self {
        let mut of = vec![Vec::new(); collection.reports.len()];
        for (facet, index) in collection.facets.iter().enumerate() {
            for (value, counted) in index.values.iter().enumerate() {
                for &report in &counted.reports {
                    of[report].push(Place { facet, value });
                }
            }
        }
        Self { collection, of }
    }

    pub(crate) fn collection(&self) -> &'c Collection<'c> {
        self.collection
    }

    pub(crate) fn figures(&self, place: Place) -> Figures {
        let collection = self.collection;
        let reports = &collection.facets[place.facet].values[place.value].reports;
        let incident = |at: usize| &collection.reports[at].incident;
        let dated = || reports.iter().copied().filter(|&at| incident(at).date.is_some());
        let seconds = |to: Phase| {
            let counting = reports.iter().filter(|&&at| collection.counts(at));
            Summary::of(
                counting.filter_map(|&at| collection.seconds(at, Phase::Started, to)).collect(),
            )
        };
        let (companions, compared) = self.companions(place);
        let actions = reports.iter().flat_map(|&at| &incident(at).actions);
        Figures {
            first: dated().next_back(),
            last: dated().next(),
            to_detect: seconds(Phase::Detected),
            to_mitigate: seconds(Phase::Mitigated),
            to_resolve: seconds(Phase::Resolved),
            open_actions: actions.filter(|action| action.is_open()).count(),
            companions,
            compared,
        }
    }

    /// The best companions, and how many values were compared.
    fn companions(&self, place: Place) -> (Vec<Companion>, usize) {
        let facets = &self.collection.facets;
        let own = &facets[place.facet].values[place.value];
        let mut together: BTreeMap<Place, usize> = BTreeMap::new();
        for &report in &own.reports {
            for &other in &self.of[report] {
                *together.entry(other).or_default() += 1;
            }
        }
        let n = self.of.len();
        together.retain(|&other, _| self.may_meet(place, other));
        let compared = together.len();
        let mut companions: Vec<Companion> = together
            .into_iter()
            .filter(|&(_, count)| count >= least(n))
            .filter_map(|(other, count)| {
                let others = facets[other.facet].values[other.value].reports.len();
                let (lift, at_least) = lift(count, own.reports.len(), others, n);
                (at_least > 1.0).then_some(Companion {
                    place: other,
                    together: count,
                    lift,
                    at_least,
                })
            })
            .collect();
        companions.sort_by(|left, right| {
            let best = right.at_least.total_cmp(&left.at_least);
            // Of a value and the one above it in the tree, the narrower says more.
            let narrower = self.key(right.place).len().cmp(&self.key(left.place).len());
            let most = right.together.cmp(&left.together);
            best.then(most).then(narrower).then(left.place.cmp(&right.place))
        });
        // A value and what is above it in the tree come together in the same reports: one of them is enough.
        let mut kept: Vec<Companion> = Vec::new();
        for companion in companions {
            let same = |other: &Companion| {
                other.together == companion.together && self.related(other.place, companion.place)
            };
            if !kept.iter().any(same) {
                kept.push(companion);
            }
            if kept.len() == MOST {
                break;
            }
        }
        (kept, compared)
    }

    /// Whether it says something that two values come together: a year and a kind of report are no companions,
    /// and a value never meets itself or what stands above it or below it.
    fn may_meet(&self, place: Place, other: Place) -> bool {
        let kind = self.collection.facets[other.facet].kind;
        !matches!(kind, FacetKind::Year | FacetKind::Kind) && !self.related(place, other)
    }

    fn key(&self, place: Place) -> &str {
        &self.collection.facets[place.facet].values[place.value].key
    }

    /// Whether two values are the same, or one stands above the other in the tree.
    fn related(&self, left: Place, right: Place) -> bool {
        let below = |above: &str, below: &str| {
            below.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        left.facet == right.facet
            && (below(self.key(left), self.key(right)) || below(self.key(right), self.key(left)))
    }
}

/// The lift of two values that `left` and `right` of `n` reports have and `together` of them both, and the lower
/// end of its interval.
#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^52")]
fn lift(together: usize, left: usize, right: usize, n: usize) -> (f64, f64) {
    let share = |count: usize| count as f64 / n.max(1) as f64;
    let by_chance = share(left.max(1)) * share(right.max(1));
    (share(together) / by_chance, interval(together, n).0 / by_chance)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Place, Values, lift};
    use crate::config::{Overrides, Settings, Surroundings, resolve};
    use crate::corpus::{Corpus, Location};
    use crate::parse::Edition;
    use crate::patterns::Collection;
    use crate::source::SourceFile;

    fn settings() -> Settings {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        resolve(None, &[], &Overrides::default(), surroundings).settings
    }

    fn corpus(heads: &[String], settings: &Settings) -> Corpus {
        let locations: Vec<Location> = (0..heads.len())
            .map(|at| Location { path: format!("{at:03}.md"), shown: format!("{at:03}.md") })
            .collect();
        let read = |location: &Location| {
            let at: usize = location.path[..3].parse().unwrap_or_default();
            let text = format!("---\n{}\n---\n# Report\n", heads[at]);
            Ok(SourceFile::new(&location.shown, &text))
        };
        Corpus::load(&locations, read, settings, Edition::Internal)
    }

    /// The figures of a value, and its companions in words.
    fn shown(heads: &[String], facet: &str, key: &str) -> String {
        let settings = settings();
        let corpus = corpus(heads, &settings);
        let collection = Collection::new(corpus.reports.iter().collect(), &settings);
        let values = Values::new(&collection);
        let at = collection.facets.iter().position(|index| index.kind.id() == facet);
        let place = at.and_then(|facet| {
            let value = collection.facets[facet].values.iter().position(|v| v.key == key)?;
            Some(Place { facet, value })
        });
        let Some(place) = place else { return "nothing".to_owned() };
        let figures = values.figures(place);
        let day = |at: Option<usize>| {
            let date = at.and_then(|at| collection.reports[at].incident.date.as_ref());
            date.map_or("-".to_owned(), |date| date.value.to_string())
        };
        let companions: Vec<String> = figures
            .companions
            .iter()
            .map(|companion| {
                let index = &collection.facets[companion.place.facet];
                let key = &index.values[companion.place.value].key;
                format!(
                    "{key} {} ×{:.1} >{:.2}",
                    companion.together, companion.lift, companion.at_least
                )
            })
            .collect();
        let resolve = figures.to_resolve.map_or("-".to_owned(), |summary| {
            format!("{}/{:?} n={}", summary.median, summary.p90, summary.n)
        });
        format!(
            "{} … {} | resolve {resolve} | {}",
            day(figures.first),
            day(figures.last),
            companions.join(", ")
        )
    }

    #[test]
    fn counts_days_durations_and_companions() {
        let mut heads: Vec<String> = (1..=6)
            .map(|day| {
                format!(
                    "started_at: 2026-03-{day:02}T10:00:00Z\nresolved_at: 2026-03-{day:02}T1{day}:00:00Z\nservices: [pay]\ncauses: [software/capacity]"
                )
            })
            .collect();
        heads.push("kind: near-miss\nservices: [pay]\nstarted_at: 2026-05-01T10:00:00Z\nresolved_at: 2026-05-02T10:00:00Z".to_owned());
        heads.extend((0..20).map(|_| "services: [mail]\ncauses: [network/dns]".to_owned()));
        assert_eq!(
            shown(&heads, "service", "pay"),
            "2026-03-01 … 2026-05-01 | resolve 12600/Some(19800) n=6 | software/capacity 6 ×3.9 >1.84"
        );
        // What stands above a cause goes with it and says less; what is alone has no companion.
        assert_eq!(
            shown(&heads[..1], "service", "pay"),
            "2026-03-01 … 2026-03-01 | resolve 3600/None n=1 | "
        );
        assert_eq!(shown(&heads, "team", "x"), "nothing");
    }

    #[test]
    fn one_report_is_first_and_last() {
        let heads = ["date: 2026-01-02\nservices: [a]".to_owned(), "services: [a]".to_owned()];
        assert_eq!(shown(&heads, "service", "a"), "2026-01-02 … 2026-01-02 | resolve - | ");
    }

    proptest! {
        #[test]
        fn lift_is_what_it_says(left in 1_usize..50, right in 1_usize..50, rest in 0_usize..200, part in 1_usize..50) {
            let together = part.min(left).min(right);
            let n = left + right - together + rest;
            let (times, at_least) = lift(together, left, right, n);
            prop_assert!(at_least <= times && at_least >= 0.0);
            // It does not matter which of the two is asked about.
            prop_assert_eq!((times, at_least), lift(together, right, left, n));
        }
    }

    #[test]
    fn lift_is_one_by_chance() {
        let (by_chance, at_least) = lift(25, 50, 50, 100);
        assert!((by_chance - 1.0).abs() < 1e-9 && at_least < 1.0);
    }
}
