//! Rules, and the engine that runs them.
//!
//! A rule is a value: a code, a name, a severity, documentation in both languages and one pure
//! function. It says what is wrong and where; which severity that has for a report of this status,
//! which rules run at all, and in which order findings come, is the engine's business. Nothing here
//! fails, prints or reads a file.

mod baseline;
mod docs;
mod engine;
mod found;
mod mend;
mod migrate;
mod prose;
mod rule;
mod rules;
mod select;
mod suppress;
mod todo;

pub(crate) use baseline::{Baseline, Left};
pub(crate) use docs::{Docs, ExampleKind, fence};
pub(crate) use engine::{Outcome, check};
pub(crate) use found::Found;
pub(crate) use mend::mend;
pub(crate) use migrate::{Fact, facts_outside, into_front_matter};
pub(crate) use rule::{Check, Context, Level, Rule, Stability, declare_rule};
pub(crate) use rules::RULES;
pub(crate) use select::{Selection, UnknownRule, find_rule};
pub(crate) use suppress::{Applied, Use};
pub(crate) use todo::ToDo;
