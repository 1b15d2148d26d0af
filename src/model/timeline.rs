//! The timeline of an incident.

use super::{Moment, Phase, Sourced, Zone};
use crate::source::Span;

/// What happened, in the order in which it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline {
    pub(crate) entries: Vec<Entry>,
    /// The zone that holds for entries without one of their own.
    pub(crate) zone: Option<Sourced<Zone>>,
}

/// One event.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) span: Span,
    pub(crate) when: When,
    /// Where the time is written; empty for an entry without one.
    pub(crate) when_span: Span,
    /// What happened: the text beside the time, without markup.
    pub(crate) text: String,
    pub(crate) phase: Option<Phase>,
    /// One person handed over to another here.
    pub(crate) handoff: bool,
}

/// When something happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum When {
    At(Moment),
    Between(Moment, Moment),
    /// Seconds after the start (`T+5m`), and until when for a range.
    Relative {
        seconds: i64,
        until: Option<i64>,
    },
    /// A time is written, but not which: `2022-05-?? HH:mm`, `--:--`, a date that does not exist.
    Unknown,
    /// No time is written.
    Untimed,
}

impl When {
    /// The moment it began.
    pub(crate) fn start(&self) -> Option<&Moment> {
        match self {
            When::At(moment) | When::Between(moment, _) => Some(moment),
            _ => None,
        }
    }
}
