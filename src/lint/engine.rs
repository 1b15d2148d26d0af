//! Runs rules and decides what their findings count.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cover::Cover;
use super::found::{Found, Item};
use super::rule::{Check, Context, Level, Rule};
use super::select::Selection;
use super::todo::ToDo;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::diagnostics::{Finding, Severity};
use crate::model::{Audience, Status};
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
    let one = |report: &Report| {
        let mut outcome = Outcome::default();
        let mut to_do = Vec::new();
        for (rule, severity) in &selection.rules {
            let Check::Report(check) = rule.check else { continue };
            let mut found = Found::default();
            check(&context, report, &mut found);
            for mut item in found.items {
                to_do.append(&mut item.to_do);
                outcome.findings.extend(finding(rule, *severity, About::of(report), item));
            }
        }
        if let Some(cover) = Cover::over(std::iter::once(report)) {
            for finding in &mut outcome.findings {
                cover.hide(finding);
            }
            for value in &mut to_do {
                cover.hide_in(value);
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
    let about: BTreeMap<&str, About> =
        corpus.reports.iter().map(|report| (report.source.path(), About::of(report))).collect();
    let mut findings = Vec::new();
    for (rule, severity) in &selection.rules {
        let Check::Corpus(check) = rule.check else { continue };
        let mut found = Found::default();
        check(context, corpus, &mut found);
        for item in found.items {
            let about = about.get(item.file.path()).copied().unwrap_or_default();
            findings.extend(finding(rule, *severity, about, item));
        }
    }
    // A finding about one report may quote another.
    if let Some(cover) = Cover::over(corpus.reports.iter()) {
        for finding in &mut findings {
            cover.hide(finding);
        }
    }
    findings
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

/// A file that is no report.
impl Default for About {
    fn default() -> Self {
        Self { status: Status::Final, audience: Audience::Internal }
    }
}

/// The finding, with the severity it has for such a report; `None` where it is silent.
fn finding(rule: &Rule, severity: Severity, about: About, item: Item) -> Option<Finding> {
    let severity = match (rule.level, about.status) {
        (Level::SilentInDraft, Status::Draft) => return None,
        (Level::Always, _) | (Level::ByStatus | Level::SilentInDraft, Status::Final) => severity,
        (Level::WhenPublic, _) if about.audience == Audience::Public => severity,
        (Level::WhenPublic, _) => severity.min(Severity::Info),
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
