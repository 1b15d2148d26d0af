//! The structured values of front matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ReviewLevel;

/// A value of a facet: the vocabulary's id where the word is known, and the word as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) id: Option<String>,
    pub(crate) written: String,
}

/// How bad it was: the label as written and, where it can be mapped, its rank (1 is the worst).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SeverityLabel {
    pub(crate) written: String,
    /// The rank among the configured levels. A bare number or an unknown label has none.
    pub(crate) rank: Option<usize>,
}

/// Whether going back was possible, and what tied us if not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rollback {
    pub(crate) possible: bool,
    /// Schema, data, an app store …
    #[serde(default)]
    pub(crate) reason: Option<String>,
}

/// Scope and size of the damage. Everything is optional; amounts are kept as written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Impact {
    /// How many users were affected.
    #[serde(default)]
    pub(crate) users: Option<u64>,
    /// Features that did not work.
    #[serde(default)]
    pub(crate) features: Vec<String>,
    /// How many requests failed.
    #[serde(default)]
    pub(crate) requests: Option<u64>,
    /// How many orders were lost.
    #[serde(default)]
    pub(crate) orders: Option<u64>,
    /// An amount with its currency.
    #[serde(default)]
    pub(crate) money: Option<String>,
    /// What it did to the service-level agreement.
    #[serde(default)]
    pub(crate) sla: Option<String>,
    /// The share of the error budget it used.
    #[serde(default)]
    pub(crate) slo_budget: Option<String>,
    /// In a sentence.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// One of the stages in which a report was reviewed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Review {
    pub(crate) level: ReviewLevel,
    #[serde(default)]
    pub(crate) date: Option<String>,
    /// Teams, not people.
    #[serde(default)]
    pub(crate) participants: Vec<String>,
}
