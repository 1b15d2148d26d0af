//! Findings in the format that was asked for, and what a CI server says about itself.

use std::path::{Path, PathBuf};

use super::args::Format;
use super::output::Output;
use crate::diagnostics::render::{
    Alike, Comment, Room, RuleDocs, Suites, Voice, concise, full, github, gitlab, json, json_lines,
    junit, markdown, rdjson, sarif,
};
use crate::diagnostics::{Finding, RuleId, Severity};
use crate::fs;
use crate::l10n::{Lang, Text};
use crate::lint::find_rule;
use crate::source::url_path;

/// What formats say besides findings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'s> {
    /// How many reports were read.
    pub(super) files: usize,
    /// The reports that findings are shown for.
    pub(super) paths: &'s [&'s str],
    /// The mildest severity that fails the run.
    pub(super) fail_on: Severity,
    /// Incidents like the reports, for a comment.
    pub(super) alike: &'s [Alike],
}

/// Whether a program reads it: it then speaks no locale's language and says everything.
pub(super) fn is_for_programs(format: Format) -> bool {
    !matches!(format, Format::Full | Format::Concise)
}

pub(super) fn render(
    findings: &[&Finding],
    format: Format,
    scope: Scope<'_>,
    voice: Voice<'_>,
    output: &Output,
) -> String {
    match format {
        Format::Full => full(findings, voice, output.paint(), Output::width()),
        Format::Concise => concise(findings, voice.lang),
        Format::Json => json(findings, scope.files, voice),
        Format::JsonLines => json_lines(findings, voice),
        Format::Github => github(findings, voice.lang),
        Format::Gitlab => gitlab(findings, voice),
        Format::Junit => {
            junit(findings, Suites { paths: scope.paths, fail_on: scope.fail_on }, voice)
        }
        Format::Sarif => sarif(findings, &rule_docs, voice),
        Format::Rdjson => rdjson(findings, voice),
        Format::Markdown => comment(findings, scope, Room::COMMENT, voice),
    }
}

fn rule_docs(rule: RuleId, lang: Lang) -> Option<RuleDocs> {
    let rule = find_rule(rule.code).ok()?;
    Some(RuleDocs {
        summary: rule.docs.summary(lang),
        text: rule.docs.readable(lang),
        severity: rule.severity,
    })
}

fn comment(findings: &[&Finding], scope: Scope<'_>, room: Room, voice: Voice<'_>) -> String {
    let sources = sources();
    markdown(
        findings,
        Comment { files: scope.files, sources: sources.as_deref(), room, alike: scope.alike },
        voice,
    )
}

const NO_SUMMARY: Text = Text::new(
    "warning: the step summary cannot be written: {cause}",
    "경고: 단계 요약을 쓸 수 없습니다: {cause}",
);

/// Adds all findings to the summary that GitHub shows for a step, where it wants one.
pub(super) fn add_step_summary(
    findings: &[&Finding],
    scope: Scope<'_>,
    voice: Voice<'_>,
    output: &mut Output,
) {
    // GitHub takes 1 MiB from a step, or nothing.
    const MOST: u64 = 1024 * 1024;
    let Some(path) = variable("GITHUB_STEP_SUMMARY").map(PathBuf::from) else { return };
    let there = fs::stamp(&path).map_or(0, |stamp| stamp.size);
    let room = usize::try_from(MOST.saturating_sub(there + 1)).unwrap_or(0);
    let gap = if there > 0 { "\n" } else { "" };
    let text = comment(findings, scope, Room::Bytes(room), voice);
    // What others wrote fills it, down to the last line of ours.
    if text.len() > room {
        return;
    }
    if let Err(error) = fs::append(&path, &format!("{gap}{text}")) {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        let message = output.say(NO_SUMMARY.with("cause", cause.unwrap_or_default()));
        output.status(&message);
    }
}

/// The address below which the host of a CI job shows the files of the current folder.
fn sources() -> Option<String> {
    let hosts = [
        ("GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_WORKSPACE"),
        ("CI_PROJECT_URL", "CI_COMMIT_SHA", "CI_PROJECT_DIR"),
    ];
    let (project, commit, root) = hosts
        .into_iter()
        .find_map(|(project, commit, root)| Some((variable(project)?, variable(commit)?, root)))?;
    let blob = if root == "GITHUB_WORKSPACE" {
        format!("{}/{project}/blob/{commit}", variable("GITHUB_SERVER_URL")?)
    } else {
        format!("{project}/-/blob/{commit}")
    };
    let is_address = blob.starts_with("http")
        && blob.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/._-~%+@".contains(&byte));
    // Paths are shown from the current folder on, addresses go from the checkout.
    let below = match (variable(root), fs::canonical(Path::new("."))) {
        (Some(root), Some(here)) => {
            let root = fs::canonical(Path::new(&root))?;
            let below = here.strip_prefix(root).ok()?;
            url_path(&below.to_string_lossy().replace('\\', "/"))
        }
        _ => String::new(),
    };
    let gap = if below.is_empty() { "" } else { "/" };
    is_address.then(|| format!("{blob}{gap}{below}"))
}

/// A variable of the environment that says something.
#[expect(clippy::disallowed_methods, reason = "the command line may look at the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
