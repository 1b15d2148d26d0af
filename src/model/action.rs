//! What a report promises.

use jiff::civil::Date;

use super::{ActionKind, ActionStatus, Horizon};
use crate::source::Span;

/// One action item.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) span: Span,
    /// `{#id}` or the tracker's key, else a hash of the text that survives edits of its status.
    pub(crate) id: String,
    /// What is to be done, without fields, marks and markup.
    pub(crate) text: String,
    pub(crate) text_span: Span,
    pub(crate) horizon: Option<Horizon>,
    pub(crate) kind: Option<ActionKind>,
    /// As written: a handle, a team, a name. Nothing is ever grouped by a person.
    pub(crate) owners: Vec<String>,
    pub(crate) due: Option<Date>,
    /// The due date as written: also what is no date (`Q3`, `다음 스프린트`).
    pub(crate) due_text: Option<String>,
    pub(crate) done_on: Option<Date>,
    pub(crate) status: ActionStatus,
    /// The status as written, where a word or a mark says it.
    pub(crate) status_text: Option<String>,
    /// Why it will not be done.
    pub(crate) reason: Option<String>,
    /// A tracker's key or link.
    pub(crate) ticket: Option<String>,
    pub(crate) priority: Option<String>,
    /// The group it stands in: a sub-heading or a labelled list.
    pub(crate) group: Option<String>,
    /// It came up in a review, after the report was written.
    pub(crate) from_review: bool,
}

impl Action {
    /// Whether it is known not to be done. An action without a record is neither open nor overdue.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Open | ActionStatus::InProgress)
    }

    /// Whether it is known not to be done, after the day it was due.
    pub(crate) fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
}
