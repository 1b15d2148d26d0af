//! The one integration-test binary.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests look at the disk and the environment, and a panic is how they fail"
)]

mod actions;
mod audience;
mod build;
mod check;
mod commands;
mod complete;
mod completions;
mod engine;
mod facets;
mod formats;
mod health;
mod hostile;
mod integrations;
mod lessons;
mod patterns;
mod readme;
mod rules;
mod search;
mod secrets;
mod serve;
mod similar;
mod stats;
mod support;
mod tidy;
mod ways;
