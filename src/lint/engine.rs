//! Runs rules and decides what their findings count.
//!
//! Rules that look at one report run over all reports in parallel, then those that look at all of them.
//! What a rule found is then judged report by report: does the rule apply to this report, has its author
//! switched it off here, and how much does it count at this status. Last come the rules about the
//! comments that switch others off, which have to know what those did.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cover::Cover;
use super::found::{Found, Item};
use super::prose::Searcher;
use super::rule::{Check, Context, Level, Rule};
use super::select::Selection;
use super::suppress::Ledger;
use super::todo::ToDo;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::diagnostics::{Finding, Severity};
use crate::model::{Audience, Status};
use crate::parse::Report;
use crate::patterns::Collection;

/// Everything the rules say.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// By file, place and code.
    pub(crate) findings: Vec<Finding>,
    /// What each draft still needs.
    pub(crate) drafts: Vec<ToDo>,
}

/// What a rule found, by the rule's place in the selection.
type Raw = (usize, Item);

/// Runs the selected rules over all reports, in parallel.
pub(crate) fn check(corpus: &Corpus, selection: &Selection, settings: &Settings) -> Outcome {
    let context = Context { settings };
    let bytes = corpus.reports.iter().map(|report| report.text.len()).sum();
    let searcher = Searcher::new(selection.lookouts(), bytes);
    // A finding about one report may quote another.
    let cover = Cover::over(corpus.reports.iter());
    let (mut together, loose) = run_together(corpus, selection, &context);
    let reports: Vec<(&Report, Vec<Raw>)> = corpus
        .reports
        .iter()
        .map(|report| (report, together.remove(report.source.path()).unwrap_or_default()))
        .collect();
    let one = |(report, more): (&Report, Vec<Raw>)| {
        let applies = selection.applying(report, settings);
        let mut raw = run_alone(report, selection, &applies, searcher.as_ref(), &context);
        raw.extend(more);
        let mut outcome = judge(report, raw, selection, &applies, &context);
        if let Some(cover) = &cover {
            outcome.findings.iter_mut().for_each(|finding| cover.hide(finding));
            let to_do = outcome.drafts.iter_mut().flat_map(|draft| &mut draft.items);
            to_do.for_each(|value| cover.hide_in(value));
        }
        outcome
    };
    let outcomes: Vec<Outcome> = reports.into_par_iter().map(one).collect();
    let mut all = Outcome::default();
    for mut outcome in outcomes {
        all.findings.append(&mut outcome.findings);
        all.drafts.append(&mut outcome.drafts);
    }
    // A file that is no report has no status and no comments.
    all.findings.extend(loose.into_iter().map(|(at, item)| {
        let selected = &selection.rules[at];
        let mut finding = finding(selected.rule, selected.severity, item);
        if let Some(cover) = &cover {
            cover.hide(&mut finding);
        }
        finding
    }));
    all.findings.sort_by(Finding::compare);
    all
}

/// The rules that look at one report, as far as they apply to it.
fn run_alone(
    report: &Report,
    selection: &Selection,
    applies: &[Option<Severity>],
    searcher: Option<&Searcher>,
    context: &Context<'_>,
) -> Vec<Raw> {
    let prose = searcher.map(|searcher| searcher.read(report));
    let mut raw = Vec::new();
    for (at, selected) in selection.rules.iter().enumerate() {
        if applies[at].is_none() {
            continue;
        }
        let mut found = Found::default();
        match (selected.rule.check, &prose) {
            (Check::Report(check), _) => check(context, report, &mut found),
            (Check::Prose(_, check), Some(prose)) => check(context, prose, &mut found),
            _ => continue,
        }
        raw.extend(found.items.into_iter().map(|item| (at, item)));
    }
    raw
}

/// The rules that look at all reports at once: what they found by report, and in files that are none.
fn run_together<'c>(
    corpus: &'c Corpus,
    selection: &Selection,
    context: &Context<'_>,
) -> (BTreeMap<&'c str, Vec<Raw>>, Vec<Raw>) {
    let mut by_report: BTreeMap<&str, Vec<Raw>> =
        corpus.reports.iter().map(|report| (report.source.path(), Vec::new())).collect();
    let mut loose = Vec::new();
    let collection = OnceCell::new();
    let together = || {
        collection
            .get_or_init(|| Collection::new(corpus.reports.iter().collect(), context.settings))
    };
    for (at, selected) in selection.rules.iter().enumerate() {
        let mut found = Found::default();
        match selected.rule.check {
            Check::Corpus(check) => check(context, corpus, &mut found),
            Check::Together(check) => check(context, together(), &mut found),
            _ => continue,
        }
        for item in found.items {
            match by_report.get_mut(item.file.path()) {
                Some(items) => items.push((at, item)),
                None => loose.push((at, item)),
            }
        }
    }
    (by_report, loose)
}

/// What of the raw findings about a report counts, and how much.
fn judge(
    report: &Report,
    raw: Vec<Raw>,
    selection: &Selection,
    applies: &[Option<Severity>],
    context: &Context<'_>,
) -> Outcome {
    let about = About::of(report);
    let mut ledger = Ledger::new(&report.suppressions);
    let mut outcome = Outcome::default();
    let mut to_do = Vec::new();
    for (at, item) in raw {
        let Some(severity) = applies[at] else { continue };
        let rule = selection.rules[at].rule;
        let Some(mut item) = ledger.admit(rule, item) else { continue };
        to_do.append(&mut item.to_do);
        if let Some(severity) = severity_at(rule.level, severity, about) {
            outcome.findings.push(finding(rule, severity, item));
        }
    }
    if !report.suppressions.is_empty() || !report.problems.is_empty() {
        let ran =
            |rule: &Rule| selection.position(rule.code).is_some_and(|at| applies[at].is_some());
        let applied = ledger.close(&ran);
        for (at, selected) in selection.rules.iter().enumerate() {
            let (Check::Suppressions(check), Some(severity)) = (selected.rule.check, applies[at])
            else {
                continue;
            };
            let mut found = Found::default();
            check(context, report, &applied, &mut found);
            let items = found.items.into_iter();
            outcome.findings.extend(items.map(|item| finding(selected.rule, severity, item)));
        }
    }
    if about.status == Status::Draft {
        outcome.drafts.push(ToDo { path: report.source.path().to_owned(), items: to_do });
    }
    outcome
}

/// What the severity of a finding depends on besides its rule.
#[derive(Clone, Copy, Debug)]
struct About {
    status: Status,
    audience: Audience,
}

impl About {
    fn of(report: &Report) -> Self {
        Self { status: report.incident.status.value, audience: report.incident.audience }
    }
}

/// The severity a finding has for a report of this status; `None` where it is silent.
fn severity_at(level: Level, severity: Severity, about: About) -> Option<Severity> {
    Some(match (level, about.status) {
        (Level::SilentInDraft, Status::Draft) => return None,
        (Level::Always, _) | (Level::ByStatus | Level::SilentInDraft, Status::Final) => severity,
        (Level::WhenPublic, _) if about.audience == Audience::Public => severity,
        (Level::WhenPublic, _) => severity.min(Severity::Info),
        (Level::Today, _) => severity.min(Severity::Warning),
        (_, Status::Draft) => severity.min(Severity::Info),
        (_, Status::InReview) => severity.min(Severity::Warning),
    })
}

fn finding(rule: &Rule, severity: Severity, item: Item) -> Finding {
    Finding {
        severity,
        rule: Some(rule.id()),
        file: item.file,
        span: item.span,
        message: item.message,
        help: item.help,
        related: item.related,
        subjects: item.subjects,
        fix: item.fix,
        depends_on_today: rule.level == Level::Today,
    }
}
