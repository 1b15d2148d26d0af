//! Runs rules and decides what their findings count.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::found::{Found, Item};
use super::prose::Searcher;
use super::rule::{Check, Context, Level, Rule};
use super::select::Selection;
use super::todo::ToDo;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::diagnostics::{Finding, Severity};
use crate::model::Status;
use crate::parse::Report;

/// Everything the rules say.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// By file, place and code.
    pub(crate) findings: Vec<Finding>,
    /// What each draft still needs.
    pub(crate) drafts: Vec<ToDo>,
}

/// Runs the selected rules over all reports, in parallel.
pub(crate) fn check(corpus: &Corpus, selection: &Selection, settings: &Settings) -> Outcome {
    let context = Context { settings };
    let searcher = Searcher::new(selection);
    let one = |report: &Report| {
        let prose = searcher.as_ref().map(|searcher| searcher.read(report));
        let mut outcome = Outcome::default();
        let mut to_do = Vec::new();
        for (rule, severity) in &selection.rules {
            let mut found = Found::default();
            match (rule.check, &prose) {
                (Check::Report(check), _) => check(&context, report, &mut found),
                (Check::Prose(_, check), Some(prose)) => check(&context, prose, &mut found),
                (Check::Prose(..), None) | (Check::Corpus(_), _) => continue,
            }
            for mut item in found.items {
                to_do.append(&mut item.to_do);
                outcome.findings.extend(finding(
                    rule,
                    *severity,
                    report.incident.status.value,
                    item,
                ));
            }
        }
        if report.incident.status.value == Status::Draft {
            outcome.drafts.push(ToDo { path: report.source.path().to_owned(), items: to_do });
        }
        outcome
    };
    let outcomes: Vec<Outcome> = corpus.reports.par_iter().map(one).collect();
    let mut all = Outcome::default();
    for mut outcome in outcomes {
        all.findings.append(&mut outcome.findings);
        all.drafts.append(&mut outcome.drafts);
    }
    all.findings.extend(together(corpus, selection, &context));
    all.findings.sort_by(Finding::compare);
    all
}

/// The rules that look at all reports at once.
fn together(corpus: &Corpus, selection: &Selection, context: &Context<'_>) -> Vec<Finding> {
    let status: BTreeMap<&str, Status> = corpus
        .reports
        .iter()
        .map(|report| (report.source.path(), report.incident.status.value))
        .collect();
    let mut findings = Vec::new();
    for (rule, severity) in &selection.rules {
        let Check::Corpus(check) = rule.check else { continue };
        let mut found = Found::default();
        check(context, corpus, &mut found);
        for item in found.items {
            let status = status.get(item.file.path()).copied().unwrap_or(Status::Final);
            findings.extend(finding(rule, *severity, status, item));
        }
    }
    findings
}

/// The finding, with the severity it has for a report of this status; `None` where it is silent.
fn finding(rule: &Rule, severity: Severity, status: Status, item: Item) -> Option<Finding> {
    let severity = match (rule.level, status) {
        (Level::SilentInDraft, Status::Draft) => return None,
        (Level::Always, _) | (Level::ByStatus | Level::SilentInDraft, Status::Final) => severity,
        (Level::Today, _) => severity.min(Severity::Warning),
        (_, Status::Draft) => severity.min(Severity::Info),
        (_, Status::InReview) => severity.min(Severity::Warning),
    };
    Some(Finding {
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
    })
}
