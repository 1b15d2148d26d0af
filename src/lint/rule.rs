//! What a rule is.

use super::docs::Docs;
use super::found::Found;
use super::prose::{Lookout, Prose};
use super::suppress::Applied;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::diagnostics::{RuleId, Severity};
use crate::parse::Report;
use crate::patterns::Collection;

/// A rule. There is one static value for each, and [`super::RULES`] lists them.
#[derive(Debug)]
pub(crate) struct Rule {
    /// `SEC001`: the family and a number that is never given twice.
    pub(crate) code: &'static str,
    /// `missing-section`: reads well after "allow".
    pub(crate) name: &'static str,
    pub(crate) stability: Stability,
    /// The severity for a finished report.
    pub(crate) severity: Severity,
    /// How a report's status changes it.
    pub(crate) level: Level,
    pub(crate) check: Check,
    pub(crate) docs: Docs,
}

/// Whether a rule is on by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stability {
    Stable,
    /// Off unless asked for, until it has been right often enough on real reports.
    Preview,
}

/// How the status of a report changes the severity of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Not at all: files that cannot be read and what must not be published matter at any time.
    Always,
    /// Info in a draft, at most a warning in review: a report is allowed to grow.
    ByStatus,
    /// The same, but silent in a draft: it is what a draft is for.
    SilentInDraft,
    /// Info in a report that stays inside, whatever its status: it matters to readers outside.
    WhenPublic,
    /// The same as `ByStatus`; depends on today, so at most a warning that never decides an exit code.
    Today,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Check {
    /// One report at a time.
    Report(fn(&Context<'_>, &Report, &mut Found)),
    /// The sentences of one report, read once for all rules that look at prose.
    Prose(&'static Lookout, fn(&Context<'_>, &Prose<'_>, &mut Found)),
    /// All of them together.
    Corpus(fn(&Context<'_>, &Corpus, &mut Found)),
    /// All of them as the pattern index sees them.
    Together(fn(&Context<'_>, &Collection<'_>, &mut Found)),
    /// What became of a report's comments that switch rules off.
    Suppressions(fn(&Context<'_>, &Report, &[Applied<'_>], &mut Found)),
}

/// What a rule may know besides what it looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c> {
    pub(crate) settings: &'c Settings,
}

impl Rule {
    pub(crate) fn id(&self) -> RuleId {
        RuleId { code: self.code, name: self.name }
    }
}

/// Declares a rule: its documentation as doc comments in English and Korean, then its value.
macro_rules! declare_rule {
    (
        en { $(#[doc = $en:literal])* }
        ko { $(#[doc = $ko:literal])* }
        $name:ident = Rule { $($field:ident: $value:expr),* $(,)? }
    ) => {
        pub(in crate::lint) static $name: $crate::lint::Rule = $crate::lint::Rule {
            $($field: $value,)*
            docs: $crate::lint::Docs {
                en: concat!($($en, "\n"),*),
                ko: concat!($($ko, "\n"),*),
            },
        };
    };
}
pub(crate) use declare_rule;
