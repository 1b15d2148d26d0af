//! Bokgi turns a folder of Markdown postmortems into a knowledge base.
//!
//! The modules below are in the order in which data flows; each uses only those above it.
//! ARCHITECTURE.md says what each is for and what it must not do. The crate is the command's own
//! library: [`run`] is its interface, everything else is private.

mod l10n;
mod source;

mod fs;
mod tree;

mod model;

mod diagnostics;

mod config;

mod markup;

mod parse;

mod corpus;

mod patterns;

mod lint;

mod index;

mod site;

mod serve;

mod cli;

pub use cli::run;

/// What the tests of this crate look at from outside.
#[doc(hidden)]
pub mod testing;
