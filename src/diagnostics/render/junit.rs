//! JUnit's XML, which every CI server shows: a suite per report, a case per rule that found something.
//!
//! A case fails where the finding fails the run, so that the server and the exit code agree; what is
//! milder is told in a case that passes. A report without findings is one passing case.
//!
//! The format has no lines, so the text of a case names them.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Indices, Voice, positions};
use crate::diagnostics::{Finding, Severity};

/// What the suites are made of besides findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Suites<'s> {
    /// The reports that were checked.
    pub(crate) paths: &'s [&'s str],
    /// The mildest severity that fails the run.
    pub(crate) fail_on: Severity,
}

/// The case of a report with nothing to complain about.
const CLEAN: &str = "check";

pub(crate) fn junit(findings: &[&Finding], suites: Suites<'_>, voice: Voice<'_>) -> String {
    let mut reports: BTreeMap<&str, BTreeMap<String, Vec<&Finding>>> =
        suites.paths.iter().map(|path| (*path, BTreeMap::new())).collect();
    for finding in findings {
        let rules = reports.entry(finding.file.path()).or_default();
        let name = finding
            .rule
            .map_or(String::from("configuration"), |rule| format!("{} {}", rule.code, rule.name));
        rules.entry(name).or_default().push(finding);
    }
    let mut indices = Indices::default();
    let mut report = Report::new("bokgi check");
    for (path, rules) in reports {
        let path = allowed(path);
        let mut suite = TestSuite::new(&path);
        if rules.is_empty() {
            suite.add_test_case(case(CLEAN, &path, TestCaseStatus::success()));
        }
        for (name, findings) in rules {
            let index = indices.of(findings[0]);
            let place = |finding: &&Finding| {
                let (start, _) = positions(finding, index);
                format!("{path}:{}:{}: {}", start.line, start.column, told(finding, voice))
            };
            let text = findings.iter().map(place).collect::<Vec<_>>().join("\n");
            let fails = findings
                .iter()
                .find(|finding| finding.severity >= suites.fail_on && !finding.depends_on_today);
            let status = fails.map_or_else(TestCaseStatus::success, |finding| {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_type(finding.severity.id());
                status.set_message(allowed(&finding.message.render(voice.lang)));
                status.set_description(&text);
                status
            });
            let mut case = case(&name, &path, status);
            if fails.is_none() {
                case.set_system_out(&text);
            }
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    let mut text = report.to_string().expect("text without forbidden characters can be written");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn case(name: &str, path: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    // Reading takes no time that says anything; some servers insist on a number.
    case.set_time(std::time::Duration::ZERO);
    case.extra.insert("file".into(), path.into());
    case
}

/// What a finding says, on lines of its own.
fn told(finding: &Finding, voice: Voice<'_>) -> String {
    let label = finding.severity.label().get(voice.lang);
    allowed(&format!("{label}: {}", super::whole_message(finding, voice.lang, "\n  ")))
}

/// The text without the characters that XML 1.0 cannot hold, not even escaped. An escape sequence must
/// not take its surroundings with it, so only the character that starts it goes.
fn allowed(text: &str) -> String {
    let forbidden = |ch: char| {
        (ch.is_control() && !matches!(ch, '\t' | '\n' | '\r'))
            || matches!(ch, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|ch| if forbidden(ch) { '\u{fffd}' } else { ch }).collect()
}
