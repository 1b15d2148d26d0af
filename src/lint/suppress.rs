//! What the comments of a report switch off, and whether they were needed.

use super::found::Item;
use super::rule::{Rule, Stability};
use super::rules::RULES;
use crate::parse::Suppression;

/// The comments of a report while its findings are judged.
pub(super) struct Ledger<'r> {
    suppressions: &'r [Suppression],
    used: Vec<bool>,
}

/// A suppression, once everything was judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applied<'r> {
    pub(crate) suppression: &'r Suppression,
    /// What became of it.
    pub(crate) outcome: Use,
}

/// What became of a suppression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It switched something off.
    Used,
    /// Every rule it names was asked, and found nothing.
    Unused,
    /// A rule it names did not run, so nobody knows.
    NotAsked,
    /// There is no such rule.
    UnknownRule,
}

impl<'r> Ledger<'r> {
    pub(super) fn new(suppressions: &'r [Suppression]) -> Self {
        Self { suppressions, used: vec![false; suppressions.len()] }
    }

    /// A finding without the places that are switched off; `None` where no place is left.
    pub(super) fn admit(&mut self, rule: &Rule, mut item: Item) -> Option<Item> {
        if self.suppressions.is_empty() {
            return Some(item);
        }
        let mut holds = |place| {
            let mut off = false;
            for (suppression, used) in self.suppressions.iter().zip(&mut self.used) {
                if suppression.names(rule.code, rule.name) && suppression.reaches(place) {
                    *used = true;
                    off |= suppression.is_enough_for(rule.code);
                }
            }
            off
        };
        let first_is_off = holds(item.span);
        item.related.retain(|related| !holds(Some(related.span)));
        if first_is_off {
            // What is left of a habit begins at the next place.
            if item.related.is_empty() {
                return None;
            }
            item.span = Some(item.related.remove(0).span);
        }
        Some(item)
    }

    /// What became of each; `ran` says whether a rule was asked about this report.
    pub(super) fn close(self, ran: &dyn Fn(&Rule) -> bool) -> Vec<Applied<'r>> {
        let outcome = |suppression: &Suppression, used: bool| {
            if used {
                return Use::Used;
            }
            let named = || RULES.iter().filter(|rule| suppression.names(rule.code, rule.name));
            // Beside stable rules, those in preview need not have run.
            let some_are_stable = named().any(|rule| rule.stability == Stability::Stable);
            let mut asked =
                named().filter(|rule| !some_are_stable || rule.stability == Stability::Stable);
            match named().next() {
                None => Use::UnknownRule,
                Some(_) if asked.all(|rule| ran(rule)) => Use::Unused,
                Some(_) => Use::NotAsked,
            }
        };
        self.suppressions
            .iter()
            .zip(self.used)
            .map(|(suppression, used)| Applied { suppression, outcome: outcome(suppression, used) })
            .collect()
    }
}
