//! Which rules run, and with which severity.

use crate::config::Settings;
use crate::diagnostics::Severity;
use crate::tree::suggest;

use super::rule::{Rule, Stability};
use super::rules::RULES;

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(super) rules: Vec<(&'static Rule, Severity)>,
}

/// A word that names no rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownRule {
    pub(crate) word: String,
    pub(crate) suggestion: Option<&'static str>,
}

impl Selection {
    /// Chooses by the settings: `select` (all stable rules, if empty) without `ignore`, each by a
    /// code, the start of one, or a name.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Vec<UnknownRule>> {
        let check = &settings.check;
        let words = check.select.iter().chain(&check.ignore).chain(check.levels.keys());
        let unknown: Vec<UnknownRule> = words
            .filter(|word| !RULES.iter().any(|rule| names(word, rule)))
            .map(|word| unknown(word))
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let selected = |rule: &Rule| {
            if check.select.is_empty() {
                rule.stability == Stability::Stable
            } else {
                check.select.iter().any(|word| names(word, rule))
            }
        };
        let rules = RULES
            .iter()
            .filter(|rule| selected(rule) && !check.ignore.iter().any(|word| names(word, rule)))
            .map(|rule| (*rule, severity(rule, settings)))
            .collect();
        Ok(Self { rules })
    }
}

impl Selection {
    /// Every rule there is, those in preview too.
    pub(crate) fn every(settings: &Settings) -> Self {
        Self { rules: RULES.iter().map(|rule| (*rule, severity(rule, settings))).collect() }
    }
}

/// The configured severity: the longest name that fits decides.
fn severity(rule: &Rule, settings: &Settings) -> Severity {
    let fitting = settings.check.levels.iter().filter(|(word, _)| names(word, rule));
    fitting.max_by_key(|(word, _)| word.len()).map_or(rule.severity, |(_, severity)| *severity)
}

fn names(word: &str, rule: &Rule) -> bool {
    let upper = word.to_ascii_uppercase();
    word == rule.name || (!upper.is_empty() && rule.code.starts_with(&upper))
}

fn unknown(word: &str) -> UnknownRule {
    let known = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
    UnknownRule { word: word.to_owned(), suggestion: suggest(word, known) }
}

/// The rule of a code or a name.
pub(crate) fn find_rule(word: &str) -> Result<&'static Rule, UnknownRule> {
    let upper = word.to_ascii_uppercase();
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code == upper || rule.name == word.to_ascii_lowercase())
        .ok_or_else(|| unknown(word))
}
