//! Which rules run, for which reports, and with which severity.

use std::collections::BTreeMap;

use crate::config::{LevelSetting, Settings};
use crate::diagnostics::Severity;
use crate::parse::{Report, names};
use crate::tree::suggest;

use super::prose::Lookout;
use super::rule::{Check, Level, Rule, Stability};
use super::rules::RULES;

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(super) rules: Vec<Selected>,
    /// What profiles say instead, rule by rule; only profiles that say something.
    by_profile: BTreeMap<String, Vec<Option<LevelSetting>>>,
}

/// A rule of a run.
#[derive(Debug)]
pub(super) struct Selected {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    /// The configuration decided the severity, which no profile changes.
    is_decided: bool,
}

/// A word that names no rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownRule {
    pub(crate) word: String,
    pub(crate) suggestion: Option<&'static str>,
}

impl Selection {
    /// Chooses by the settings: `select` (all stable rules, if empty) and `extend_select` without
    /// `ignore`, each by a code, the start of one, or a name. A rule in preview runs where previews are
    /// asked for, or where its own code or name is selected.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Vec<UnknownRule>> {
        let check = &settings.check;
        let profiles = || settings.profiles.iter().filter(|profile| !profile.levels.is_empty());
        let words = check
            .select
            .iter()
            .chain(&check.extend_select)
            .chain(&check.ignore)
            .chain(check.levels.keys())
            .chain(check.per_file_ignores.iter().flat_map(|(_, rules)| rules))
            .chain(profiles().flat_map(|profile| profile.levels.keys()));
        let unknown: Vec<UnknownRule> = words
            .filter(|word| !RULES.iter().any(|rule| names(word, rule.code, rule.name)))
            .map(|word| unknown(word))
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let selected = |rule: &Rule| {
            let mut wanted = check.select.iter().chain(&check.extend_select);
            match rule.stability {
                Stability::Stable if check.select.is_empty() => true,
                Stability::Preview if check.preview && check.select.is_empty() => true,
                Stability::Preview if !check.preview => wanted.any(|word| is(word, rule)),
                _ => wanted.any(|word| names(word, rule.code, rule.name)),
            }
        };
        let ignored =
            |rule: &Rule| check.ignore.iter().any(|word| names(word, rule.code, rule.name));
        let mut rules = Vec::new();
        for &rule in RULES.iter().filter(|rule| selected(rule) && !ignored(rule)) {
            let decided = level(&check.levels, rule);
            let severity = decided.map_or(Some(rule.severity), LevelSetting::severity);
            rules.extend(severity.map(|severity| Selected {
                rule,
                severity,
                is_decided: decided.is_some(),
            }));
        }
        let by_profile = profiles()
            .map(|profile| {
                let levels = rules.iter().map(|selected| level(&profile.levels, selected.rule));
                (profile.name.clone(), levels.collect())
            })
            .collect();
        Ok(Self { rules, by_profile })
    }

    /// Every rule there is, those in preview too, whatever the settings select.
    pub(crate) fn every() -> Self {
        Self::of(RULES.iter().copied())
    }

    /// One rule.
    #[cfg(test)]
    pub(super) fn only(rule: &'static Rule) -> Self {
        Self::of(std::iter::once(rule))
    }

    fn of(rules: impl Iterator<Item = &'static Rule>) -> Self {
        let rules = rules.map(|rule| Selected { rule, severity: rule.severity, is_decided: true });
        Self { rules: rules.collect(), by_profile: BTreeMap::new() }
    }

    /// The severity of every rule for a report; `None` where the rule does not apply to it.
    pub(super) fn applying(&self, report: &Report, settings: &Settings) -> Vec<Option<Severity>> {
        let check = &settings.check;
        let levels = self.by_profile.get(&report.incident.profile.value);
        let ignored: Vec<&String> = check
            .per_file_ignores
            .iter()
            .filter(|(pattern, _)| pattern.matches(&report.path))
            .flat_map(|(_, rules)| rules)
            .collect();
        let is_old = check.since.is_some_and(|since| {
            report.incident.date.as_ref().is_some_and(|day| day.value < since)
        });
        let severity = |(at, selected): (usize, &Selected)| {
            let rule = selected.rule;
            if ignored.iter().any(|word| names(word, rule.code, rule.name))
                || (is_old && rule.level != Level::Always)
            {
                return None;
            }
            let profile = levels.and_then(|levels| levels[at]).filter(|_| !selected.is_decided);
            profile.map_or(Some(selected.severity), LevelSetting::severity)
        };
        self.rules.iter().enumerate().map(severity).collect()
    }

    /// What the prose rules among them look for.
    pub(super) fn lookouts(&self) -> Vec<&'static Lookout> {
        let lookout = |selected: &Selected| match selected.rule.check {
            Check::Prose(lookout, _) => Some(lookout),
            _ => None,
        };
        self.rules.iter().filter_map(lookout).collect()
    }

    /// Whether the rule with this code runs.
    pub(crate) fn runs(&self, code: &str) -> bool {
        self.position(code).is_some()
    }

    /// Where a rule stands in the selection.
    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.rules.iter().position(|selected| selected.rule.code == code)
    }
}

/// The configured level: the longest name that fits decides.
fn level(levels: &BTreeMap<String, LevelSetting>, rule: &Rule) -> Option<LevelSetting> {
    let fitting = levels.iter().filter(|(word, _)| names(word, rule.code, rule.name));
    fitting.max_by_key(|(word, _)| word.len()).map(|(_, level)| *level)
}

/// Whether a word is the rule's own code or name.
fn is(word: &str, rule: &Rule) -> bool {
    word.eq_ignore_ascii_case(rule.code) || word == rule.name
}

fn unknown(word: &str) -> UnknownRule {
    let known = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
    UnknownRule { word: word.to_owned(), suggestion: suggest(word, known) }
}

/// The rule of a code or a name.
pub(crate) fn find_rule(word: &str) -> Result<&'static Rule, UnknownRule> {
    let word = word.to_ascii_lowercase();
    RULES.iter().copied().find(|rule| is(&word, rule)).ok_or_else(|| unknown(&word))
}
