//! What the reports say together: what keeps happening, what was promised, what was never done.
//!
//! Everything here is a pure function of a [`Collection`]: the reports an edition shows, newest first, with
//! the facets they are found by. A result names reports by their place in that list and says why it is there;
//! nothing is ranked or counted by person. Medians and counts come with the number they rest on
//! ([`statistics`]); what has too few cases says so or says nothing. Near misses and drills teach lessons and
//! make promises, but stay out of durations, load and recurrence ([`Collection::counts`]).
//!
//! Each step takes time near linear in the number of reports, whatever they share.

pub(crate) mod calendar;
pub(crate) mod coverage;
pub(crate) mod detection;
pub(crate) mod durations;
pub(crate) mod health;
pub(crate) mod lessons;
pub(crate) mod load;
pub(crate) mod mining;
pub(crate) mod promises;
pub(crate) mod statistics;
pub(crate) mod trends;
pub(crate) mod values;

use crate::config::Settings;
use crate::corpus::{FacetIndex, facets};
use crate::model::{Kind, Phase};
use crate::parse::Report;

/// The reports that are looked at together.
pub(crate) struct Collection<'c> {
    /// Newest first; those without a date come last, and ties keep the order of their paths.
    pub(crate) reports: Vec<&'c Report>,
    /// Every value of every facet, with places in `reports`.
    pub(crate) facets: Vec<FacetIndex>,
    pub(crate) settings: &'c Settings,
}

impl<'c> Collection<'c> {
    /// Takes reports in the order of their paths.
    pub(crate) fn new(mut reports: Vec<&'c Report>, settings: &'c Settings) -> Self {
        reports.sort_by_key(|report| newest_first(report));
        let facets = facets(&reports.iter().copied(), settings);
        Self { reports, facets, settings }
    }

    /// Whether the report at `place` is about something that happened: near misses and drills stay out of
    /// durations, load and recurrence.
    pub(crate) fn counts(&self, place: usize) -> bool {
        self.reports[place].incident.kind.value == Kind::Incident
    }

    /// Seconds between two phases of the report at `place`, where both are known and in order.
    pub(crate) fn seconds(&self, place: usize, from: Phase, to: Phase) -> Option<i64> {
        let incident = &self.reports[place].incident;
        let duration = incident.phase(to)?.since(incident.phase(from)?)?;
        (!duration.is_negative()).then(|| duration.as_secs())
    }
}

/// The order of reports in lists.
pub(crate) fn newest_first(report: &Report) -> impl Ord + use<> {
    std::cmp::Reverse(report.incident.date.as_ref().map(|date| date.value))
}
