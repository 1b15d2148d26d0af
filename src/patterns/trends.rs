//! How incidents are noticed, how long they take, when they happen and what they rest on: all figures about the
//! collection at once, for the command and the page that show them.

use super::Collection;
use super::calendar::Calendar;
use super::coverage::{Gap, coverage};
use super::detection::Detection;
use super::durations::{Durations, Group, Measured, by_facet};
use super::load::Load;
use crate::corpus::FacetKind;
use crate::model::Kind;

/// The figures of a collection.
pub(crate) struct Trends<'c> {
    pub(crate) near_misses: usize,
    pub(crate) drills: usize,
    pub(crate) calendar: Calendar<'c>,
    pub(crate) detection: Detection<'c>,
    pub(crate) load: Load,
    /// Of all incidents.
    pub(crate) durations: Durations,
    pub(crate) by_severity: Vec<Group<'c>>,
    pub(crate) by_service: Vec<Group<'c>>,
    pub(crate) by_cause: Vec<Group<'c>>,
    pub(crate) by_detection: Vec<Group<'c>>,
    pub(crate) by_trigger: Vec<Group<'c>>,
    pub(crate) gaps: Vec<Gap>,
}

impl<'c> Trends<'c> {
    pub(crate) fn new(collection: &'c Collection<'_>) -> Self {
        let measured = Measured::new(collection);
        let detection = Detection::new(collection);
        let of_kind = |kind| {
            let kinds = collection.reports.iter().map(|report| report.incident.kind.value);
            kinds.filter(|other| *other == kind).count()
        };
        let groups = |facet| by_facet(collection, facet, &measured);
        Self {
            near_misses: of_kind(Kind::NearMiss),
            drills: of_kind(Kind::Drill),
            calendar: Calendar::new(collection, &measured, &detection),
            detection,
            load: Load::new(collection),
            durations: measured.durations(0..collection.reports.len()),
            by_severity: groups(FacetKind::Severity),
            by_service: groups(FacetKind::Service),
            by_cause: groups(FacetKind::Cause),
            by_detection: groups(FacetKind::Detection),
            by_trigger: groups(FacetKind::Trigger),
            gaps: coverage(collection),
        }
    }

    /// How many incidents the figures are about.
    pub(crate) fn incidents(&self) -> usize {
        self.calendar.incidents
    }
}
