//! How long incidents take, from their start until they are noticed, stopped and over.
//!
//! Only what a report says with times counts, and only incidents: a near miss has nothing to recover from. What
//! is published of a sample is its median, its spread and its size ([`Summary`]), never a mean.

use rayon::prelude::*;

use super::Collection;
use super::statistics::Summary;
use crate::corpus::{Counted, FacetIndex, FacetKind};
use crate::l10n::Text;
use crate::model::Phase;

/// What is measured, each from the start of the incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Detect,
    Mitigate,
    Resolve,
}

impl Measure {
    pub(crate) const ALL: [Measure; 3] = [Measure::Detect, Measure::Mitigate, Measure::Resolve];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Measure::Detect => "time_to_detect",
            Measure::Mitigate => "time_to_mitigate",
            Measure::Resolve => "time_to_resolve",
        }
    }

    pub(crate) const fn label(self) -> Text {
        match self {
            Measure::Detect => Text::new("to detect", "탐지까지"),
            Measure::Mitigate => Text::new("to mitigate", "완화까지"),
            Measure::Resolve => Text::new("to resolve", "복구까지"),
        }
    }

    /// The phase it ends with.
    const fn end(self) -> Phase {
        match self {
            Measure::Detect => Phase::Detected,
            Measure::Mitigate => Phase::Mitigated,
            Measure::Resolve => Phase::Resolved,
        }
    }
}

/// The durations of every report, measured once: zones make that the dear part.
pub(crate) struct Measured(Vec<[Option<i64>; 3]>);

impl Measured {
    pub(crate) fn new(collection: &Collection<'_>) -> Self {
        let measure = |place: usize| {
            let seconds =
                |measure: Measure| collection.seconds(place, Phase::Started, measure.end());
            if collection.counts(place) { Measure::ALL.map(seconds) } else { [None; 3] }
        };
        Self((0..collection.reports.len()).into_par_iter().map(measure).collect())
    }

    /// The summaries of some reports, in the order of [`Measure::ALL`].
    pub(crate) fn durations(&self, places: &(impl Iterator<Item = usize> + Clone)) -> Durations {
        let one = |measure: Measure| {
            let known = places.clone().filter_map(|place| self.0.get(place)?[measure as usize]);
            Summary::of(known.collect())
        };
        Durations(Measure::ALL.map(one))
    }
}

/// The durations of a group of incidents; a measure that no report states is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Durations([Option<Summary>; 3]);

impl Durations {
    pub(crate) fn of(&self, measure: Measure) -> Option<&Summary> {
        self.0[measure as usize].as_ref()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

/// The incidents that share a value of a facet, and how long they took.
pub(crate) struct Group<'c> {
    pub(crate) value: &'c Counted,
    pub(crate) incidents: usize,
    pub(crate) durations: Durations,
}

/// A group for each value of a facet that an incident has, most incidents first; severities from the worst,
/// causes by the top of their tree.
pub(crate) fn by_facet<'c>(
    collection: &'c Collection<'_>,
    facet: FacetKind,
    measured: &Measured,
) -> Vec<Group<'c>> {
    let mut groups: Vec<Group<'c>> = values(collection, facet)
        .map(|value| {
            let places = value.reports.iter().copied().filter(|&place| collection.counts(place));
            Group {
                value,
                incidents: places.clone().count(),
                durations: measured.durations(&places),
            }
        })
        .filter(|group| group.incidents > 0)
        .collect();
    if facet == FacetKind::Severity {
        groups.sort_by_key(|group| rank(collection, group.value));
    } else {
        groups.sort_by_key(|group| std::cmp::Reverse(group.incidents));
    }
    groups
}

/// The values of a facet; of causes only those that stand below no other.
fn values<'c>(
    collection: &'c Collection<'_>,
    facet: FacetKind,
) -> impl Iterator<Item = &'c Counted> {
    let index = collection.facets.iter().find(|index| index.kind == facet);
    let is_top = move |value: &&Counted, index: &FacetIndex| {
        let above = value.key.rsplit_once('/').map(|(above, _)| above);
        facet != FacetKind::Cause || above.is_none_or(|above| index.find(above).is_none())
    };
    index
        .into_iter()
        .flat_map(move |index| index.values.iter().filter(move |value| is_top(value, index)))
}

/// The place of a severity in the configured scale; labels outside of it come last.
pub(crate) fn rank(collection: &Collection<'_>, severity: &Counted) -> usize {
    let levels = collection.settings.severity.levels();
    let is_it = |level: &String| bokgi_search::fold(level) == severity.key;
    levels.iter().position(is_it).unwrap_or(usize::MAX)
}
