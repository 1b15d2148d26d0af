//! What the figures rest on: which facts the reports of incidents do not state.

use super::Collection;
use crate::corpus::{FacetKind, values};
use crate::model::{Field, Incident, Phase};

/// A fact that figures need, and how many incidents do not state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) field: Field,
    pub(crate) missing: usize,
    pub(crate) of: usize,
}

/// The facts that figures rest on, in the order of the front matter; with those that no incident lacks.
pub(crate) fn coverage(collection: &Collection<'_>) -> Vec<Gap> {
    const FIELDS: [Field; 10] = [
        Field::Date,
        Field::Severity,
        Field::StartedAt,
        Field::DetectedAt,
        Field::MitigatedAt,
        Field::ResolvedAt,
        Field::Services,
        Field::Detection,
        Field::Trigger,
        Field::Causes,
    ];
    let places = || (0..collection.reports.len()).filter(|&place| collection.counts(place));
    let of = places().count();
    let states = |place: usize, field: Field| {
        let incident = &collection.reports[place].incident;
        let has = |facet| !values(incident, facet, collection.settings).is_empty();
        match field {
            Field::Date => incident.date.is_some(),
            Field::StartedAt => timed(incident, Phase::Started),
            Field::DetectedAt => timed(incident, Phase::Detected),
            Field::MitigatedAt => timed(incident, Phase::Mitigated),
            Field::ResolvedAt => timed(incident, Phase::Resolved),
            Field::Severity => incident.severity.is_some(),
            Field::Services => has(FacetKind::Service),
            Field::Detection => has(FacetKind::Detection),
            Field::Trigger => has(FacetKind::Trigger),
            _ => has(FacetKind::Cause),
        }
    };
    FIELDS
        .into_iter()
        .map(|field| Gap {
            field,
            missing: places().filter(|&place| !states(place, field)).count(),
            of,
        })
        .collect()
}

/// A phase without a time of day measures nothing.
fn timed(incident: &Incident, phase: Phase) -> bool {
    incident.phase(phase).is_some_and(|moment| moment.time.is_some())
}
