//! x
mod config;
mod diagnostics;
mod l10n;
mod markup;
mod model;
mod source;
mod tree;
