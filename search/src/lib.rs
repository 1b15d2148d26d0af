//! Bokgi's search engine, compiled natively and, later, to WebAssembly.
//!
//! This crate decides when two pieces of text count as the same: the terminal, the linter and the
//! published site must agree on that. It holds no I/O, no clock and no configuration, and knows
//! nothing of incidents; text comes in and keys go out.

mod fold;

pub use fold::{compose, fold, same};
