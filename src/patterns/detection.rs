//! Who notices incidents first: those who run the system, or those who use it.
//!
//! A report may name several; the one it names first is taken as the first to notice, since that is how people
//! write it, and how many name both sides is counted beside it. Terms of one's own vocabulary are on neither
//! side, and neither is "not known". The share that outsiders notice is a share of the incidents whose report
//! says who did, with the interval of [`interval`], and none is given below [`FEW`].

use super::Collection;
use super::statistics::{FEW, interval};
use crate::corpus::{Counted, FacetKind};

/// Where somebody stands who notices an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Customers and partners.
    Outside,
    /// Monitoring, our own people, a test.
    Inside,
}

/// The side of a term of the vocabulary.
fn side(id: &str) -> Option<Side> {
    match id {
        "customer" | "partner" => Some(Side::Outside),
        "monitoring" | "internal" | "test" => Some(Side::Inside),
        _ => None,
    }
}

/// How many of the incidents that say who noticed were noticed outside first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) outside: usize,
    pub(crate) n: usize,
}

impl Share {
    fn add(&mut self, side: Side) {
        self.n += 1;
        self.outside += usize::from(side == Side::Outside);
    }

    /// The share with its 95 % interval, in whole percent; `None` where too few say.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is between 0 and 1"
    )]
    pub(crate) fn percent(self) -> Option<Percent> {
        let whole = |share: f64| (share * 100.0).round() as usize;
        let (low, high) = interval(self.outside, self.n);
        (self.n >= FEW).then(|| Percent {
            share: (self.outside * 200 + self.n) / (2 * self.n),
            low: whole(low),
            high: whole(high),
        })
    }
}

/// A share and the interval it is uncertain by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent {
    pub(crate) share: usize,
    pub(crate) low: usize,
    pub(crate) high: usize,
}

/// Who notices.
pub(crate) struct Detection<'c> {
    pub(crate) all: Share,
    /// Incidents whose report does not say who noticed.
    pub(crate) unsaid: usize,
    /// Incidents whose report names both sides; the first one named counts.
    pub(crate) both: usize,
    /// Services with an incident that says who noticed, most of those first.
    pub(crate) by_service: Vec<(&'c Counted, Share)>,
    /// The side of each report that counts, by its place.
    sides: Vec<Option<Side>>,
}

impl<'c> Detection<'c> {
    pub(crate) fn new(collection: &'c Collection<'_>) -> Self {
        let mut detection = Self {
            all: Share::default(),
            unsaid: 0,
            both: 0,
            by_service: Vec::new(),
            sides: vec![None; collection.reports.len()],
        };
        for (place, report) in collection.reports.iter().enumerate() {
            if !collection.counts(place) {
                continue;
            }
            let terms = &report.incident.detection;
            let named = || terms.iter().filter_map(|term| side(term.value.id.as_deref()?));
            let first = named().next();
            detection.both += usize::from(named().any(|other| Some(other) != first));
            detection.sides[place] = first;
            match first {
                Some(side) => detection.all.add(side),
                None => detection.unsaid += 1,
            }
        }
        let services = collection.facets.iter().find(|index| index.kind == FacetKind::Service);
        let services = services.into_iter().flat_map(|index| &index.values);
        let mut shares: Vec<_> = services
            .map(|value| (value, detection.share(value.reports.iter().copied())))
            .filter(|(_, share)| share.n > 0)
            .collect();
        shares.sort_by_key(|(_, share)| std::cmp::Reverse(share.n));
        detection.by_service = shares;
        detection
    }

    /// The share of some reports.
    pub(crate) fn share(&self, places: impl Iterator<Item = usize>) -> Share {
        let mut share = Share::default();
        places.filter_map(|place| *self.sides.get(place)?).for_each(|side| share.add(side));
        share
    }
}

#[cfg(test)]
mod tests {
    use super::{Percent, Share};

    #[test]
    fn a_share_of_few_is_not_given() {
        assert_eq!(Share { outside: 3, n: 4 }.percent(), None);
        // The formula by hand: 0.237 to 0.562.
        let percent = Share { outside: 12, n: 31 }.percent();
        assert_eq!(percent, Some(Percent { share: 39, low: 24, high: 56 }));
    }
}
