//! Findings: what is wrong with what a user wrote, and what to do about it.
//!
//! A finding is a value. It is collected, sorted and rendered; nothing here decides whether it counts
//! (that is `lint`), prints it (that is `cli`) or knows a rule. Problems of ours, such as a disk that
//! cannot be written, are errors and not findings.

pub(crate) mod fingerprint;
pub(crate) mod render;

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::l10n::{Lang, Message, Text};
use crate::source::{SourceFile, Span};

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// The name in every machine format.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    pub(crate) const fn label(self) -> Text {
        match self {
            Severity::Info => Text::new("info", "정보"),
            Severity::Warning => Text::new("warning", "경고"),
            Severity::Error => Text::new("error", "오류"),
        }
    }
}

/// The rule that made a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleId {
    /// `SEC001`
    pub(crate) code: &'static str,
    /// `missing-section`
    pub(crate) name: &'static str,
}

/// Something wrong at a place.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    /// `None` for configuration, which no rule checks.
    pub(crate) rule: Option<RuleId>,
    /// The file, with its text where it could be read.
    pub(crate) file: SourceFile,
    /// The place; `None` for the file as a whole.
    pub(crate) span: Option<Span>,
    /// What is wrong: a phrase without a full stop.
    pub(crate) message: Message,
    /// What to do about it.
    pub(crate) help: Option<Message>,
    /// Other places that belong to it.
    pub(crate) related: Vec<Related>,
    /// What it is about, where its places do not say: the names of missing sections.
    pub(crate) subjects: Vec<String>,
    /// An edit that mends it.
    pub(crate) fix: Option<Fix>,
    /// The finding depends on the day it is made on, and never decides an exit code.
    pub(crate) depends_on_today: bool,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub(crate) struct Related {
    pub(crate) span: Span,
    pub(crate) message: Message,
}

/// A mechanical edit of the file that mends a finding and touches nothing else.
#[derive(Clone, Debug)]
pub(crate) struct Fix {
    /// In the order of their places, without overlap.
    pub(crate) edits: Vec<Edit>,
}

impl From<Vec<Edit>> for Fix {
    fn from(mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        Self { edits }
    }
}

/// Text that takes the place of other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Finding {
    /// The order of a report: by file, then by place, then by code.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let key = |finding: &Self| (finding.span, finding.rule.map(|rule| rule.code));
        self.file.path().cmp(other.file.path()).then_with(|| key(self).cmp(&key(other)))
    }

    pub(crate) fn code(&self) -> &'static str {
        self.rule.map_or("", |rule| rule.code)
    }

    /// What to do, in `lang`; empty where there is nothing to add.
    pub(crate) fn help_text(&self, lang: Lang) -> String {
        self.help.as_ref().map(|help| help.render(lang)).unwrap_or_default()
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) infos: usize,
}

impl Counts {
    pub(crate) fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
        }
        counts
    }
}
