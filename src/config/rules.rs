//! Options of single rules: `[rules.<name>]` in `bokgi.toml`.
//!
//! A rule reads its options here; whether it runs and how much it counts is not among them.

use serde::{Deserialize, Serialize};

/// The options of all rules that have some, by the rule's name.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct RuleOptions {
    pub(crate) too_few_whys: TooFewWhys,
    pub(crate) unexplained_gap: UnexplainedGap,
    pub(crate) suppression_without_reason: SuppressionWithoutReason,
}

/// Options of `too-few-whys`.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
#[derive(Clone, Debug, Deserialize, Serialize)]
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
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SuppressionWithoutReason {
    /// Every suppression says why, not only those of findings about safety.
    pub(crate) required: bool,
}
