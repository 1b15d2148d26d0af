//! What a report's profile asks for, and how much of it is there.
//!
//! The rules that name what is missing and the page that counts it share these answers.

use super::profile::{FactSpec, Profile, SectionSpec};
use crate::l10n::{Text, Value};
use crate::model::{Content, Field, Horizon, Incident, Moment, Origin, Phase, SectionKind, Status};
use crate::source::Span;
use jiff::civil::Date;

/// How far a section is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    There,
    /// A heading without content, with its place.
    Empty(Span),
    Missing,
}

impl Profile {
    /// The facts that a report of this kind and severity has to state.
    pub(crate) fn facts_for(&self, incident: &Incident) -> impl Iterator<Item = &FactSpec> {
        let (kind, rank) = (incident.kind.value, rank(incident));
        self.facts.iter().filter(move |fact| !fact.optional && fact.need.applies(kind, rank))
    }

    /// The sections that a report of this kind and severity has to have.
    pub(crate) fn sections_for(&self, incident: &Incident) -> impl Iterator<Item = &SectionSpec> {
        let (kind, rank) = (incident.kind.value, rank(incident));
        let asked =
            move |section: &&SectionSpec| !section.optional && section.need.applies(kind, rank);
        self.sections.iter().filter(asked)
    }
}

fn rank(incident: &Incident) -> Option<usize> {
    incident.severity.as_ref().and_then(|severity| severity.value.rank)
}

impl FactSpec {
    /// Whether a report states the fact, wherever it does.
    pub(crate) fn is_stated(&self, incident: &Incident) -> bool {
        if let Some(phase) = self.field.phase() {
            return incident.phases.contains_key(&phase);
        }
        match self.field {
            Field::Title => incident.title.origin != Origin::FileName,
            Field::Date => incident.date.is_some(),
            Field::Status => incident.status.origin != Origin::Default,
            Field::Severity => incident.severity.is_some(),
            Field::Services => !incident.services.is_empty(),
            Field::Dependencies => !incident.dependencies.is_empty(),
            Field::Detection => !incident.detection.is_empty(),
            Field::DetectedBy => incident.detected_by.is_some(),
            Field::Trigger => !incident.triggers.is_empty(),
            Field::Causes => !incident.causes.is_empty(),
            Field::Mitigations => !incident.mitigations.is_empty(),
            Field::Rollback => incident.rollback.is_some(),
            Field::Impact => incident.impact.is_some(),
            Field::Roles => !incident.roles.is_empty(),
            Field::Reviews => !incident.reviews.is_empty(),
            Field::Teams => !incident.teams.is_empty(),
            Field::Tags => !incident.tags.is_empty(),
            Field::Links => !incident.links.is_empty(),
            Field::Related => !incident.related.is_empty(),
            Field::RecurrenceOf => !incident.recurrence_of.is_empty(),
            Field::Timezone => incident.zone.is_some(),
            // Every report has these.
            _ => true,
        }
    }
}

impl SectionSpec {
    /// The section and those that do as well.
    fn kinds(&self) -> impl Iterator<Item = SectionKind> {
        std::iter::once(self.kind).chain(self.or.iter().copied())
    }

    /// `Five whys or Contributing factors`
    pub(crate) fn name(&self) -> Value {
        const OR: Text = Text::new("{first} or {second}", "{first} 또는 {second}");
        self.or.iter().fold(self.kind.label().into(), |first: Value, other| {
            OR.with("first", first).with("second", other.label()).into()
        })
    }

    /// How far a report has the section. One that says `none` is there.
    pub(crate) fn presence(&self, incident: &Incident) -> Presence {
        let sections: Vec<_> = self.kinds().flat_map(|kind| incident.sections_of(kind)).collect();
        let says = |content: Content| matches!(content, Content::Written | Content::Nothing);
        if sections.iter().any(|section| says(section.content))
            || self.kinds().any(|kind| elsewhere(incident, kind))
        {
            return Presence::There;
        }
        match sections.first() {
            Some(section) => Presence::Empty(section.title_span),
            None => Presence::Missing,
        }
    }
}

/// Some parts need no heading of their own: an action knows its horizon from a column, and actions
/// with horizons need no section around them.
fn elsewhere(incident: &Incident, kind: SectionKind) -> bool {
    let horizon =
        |wanted: Horizon| incident.actions.iter().any(|action| action.horizon == Some(wanted));
    match kind {
        SectionKind::ShortTerm => horizon(Horizon::Short),
        SectionKind::MidTerm => horizon(Horizon::Mid),
        SectionKind::LongTerm => horizon(Horizon::Long),
        SectionKind::Actions => !incident.actions.is_empty(),
        SectionKind::Impact => incident.impact.is_some(),
        _ => false,
    }
}

/// For a report that says itself that it is not finished: the days since the incident ended, where they are
/// more than `draft_days`.
pub(crate) fn stale_for(incident: &Incident, today: Date, draft_days: u32) -> Option<i32> {
    if incident.status.value == Status::Final || incident.status.origin == Origin::Default {
        return None;
    }
    let ended = incident.phase(Phase::Resolved).and_then(Moment::date);
    let ended = ended.or(incident.date.as_ref().map(|date| date.value))?;
    let days = today.since(ended).map_or(0, |span| span.get_days());
    (days > i32::try_from(draft_days).unwrap_or(i32::MAX)).then_some(days)
}
