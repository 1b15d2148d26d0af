//! What is set and who set it, as `bokgi config` shows it.

use std::fmt::Display;

use crate::diagnostics::Severity;
use crate::l10n::Lang;

/// A setting's value and who decided it.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    /// Its place in `bokgi.toml`.
    pub(crate) key: String,
    /// As TOML.
    pub(crate) value: String,
    pub(crate) decided_by: DecidedBy,
}

/// Who decided a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecidedBy {
    CommandLine,
    /// A line of `bokgi.toml`, from 1.
    File(usize),
    Locale,
    Default,
}

/// A value as it would be written in `bokgi.toml`.
pub(super) trait ToToml {
    fn to_toml(&self) -> String;
}

impl ToToml for String {
    fn to_toml(&self) -> String {
        quote(self)
    }
}

impl ToToml for u32 {
    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl ToToml for bool {
    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl ToToml for Lang {
    fn to_toml(&self) -> String {
        quote(self.tag())
    }
}

impl ToToml for Severity {
    fn to_toml(&self) -> String {
        quote(self.id())
    }
}

impl ToToml for Vec<String> {
    fn to_toml(&self) -> String {
        format!("[{}]", self.iter().map(quote).collect::<Vec<_>>().join(", "))
    }
}

fn quote(text: impl Display) -> String {
    format!("\"{}\"", text.to_string().replace('\\', "\\\\").replace('"', "\\\""))
}
