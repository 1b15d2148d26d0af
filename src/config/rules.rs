//! Options of single rules: `[rules.<name>]` in `bokgi.toml`.
//!
//! A rule reads its options here; whether it runs and how much it counts is not among them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The options of all rules that have some, by the rule's name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct RuleOptions {
    pub(crate) too_few_whys: TooFewWhys,
    pub(crate) unexplained_gap: UnexplainedGap,
    pub(crate) suppression_without_reason: SuppressionWithoutReason,
    pub(crate) action_without_owner: ActionWithoutOwner,
    pub(crate) action_without_due_date: ActionWithoutDueDate,
    pub(crate) due_date_too_late: DueDateTooLate,
}

/// Options of `too-few-whys`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TooFewWhys {
    /// How many steps the longest chain has at least.
    pub(crate) steps: u32,
}

impl Default for TooFewWhys {
    fn default() -> Self {
        Self { steps: 3 }
    }
}

/// Options of `unexplained-gap`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UnexplainedGap {
    /// A timeline may be silent for so many minutes.
    pub(crate) minutes: u32,
}

impl Default for UnexplainedGap {
    fn default() -> Self {
        Self { minutes: 60 }
    }
}

/// Options of `suppression-without-reason`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SuppressionWithoutReason {
    /// Every suppression says why, not only those of findings about safety.
    pub(crate) required: bool,
}

/// Options of `action-without-owner`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ActionWithoutOwner {
    /// An action with a ticket needs no owner in the report: the tracker knows.
    pub(crate) ticket_counts: bool,
}

/// Options of `action-without-due-date`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ActionWithoutDueDate {
    /// An action with a ticket needs no date in the report: the tracker knows.
    pub(crate) ticket_counts: bool,
}

/// Options of `due-date-too-late`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DueDateTooLate {
    /// How many days after the end of the incident a short-term action is due at the latest.
    pub(crate) short_term_days: u32,
    /// The same for the reports of a severity, and there also for actions without a term.
    pub(crate) days: BTreeMap<String, u32>,
}

impl Default for DueDateTooLate {
    fn default() -> Self {
        Self { short_term_days: 31, days: BTreeMap::new() }
    }
}
