//! Rules, and the engine that runs them.
//!
//! A rule is a value: a code, a name, a severity, documentation in both languages and one pure
//! function. It says what is wrong and where; which severity that has for a report of this status,
//! which rules run at all, and in which order findings come, is the engine's business. Nothing here
//! fails, prints or reads a file.

mod cover;
mod docs;
mod engine;
mod found;
mod rule;
mod rules;
mod select;
mod todo;

pub(crate) use docs::{Docs, ExampleKind, fence};
pub(crate) use engine::check;
pub(crate) use found::Found;
pub(crate) use rule::{Check, Context, Level, Rule, Stability, declare_rule};
pub(crate) use rules::RULES;
pub(crate) use select::{Selection, UnknownRule, find_rule};
pub(crate) use todo::ToDo;
