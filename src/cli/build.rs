//! `build`: the reports as a site.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::{BuildArgs, Format, Global};
use super::check::{config_problems, selection, voice};
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project::{self, Project};
use crate::config::Overrides;
use crate::diagnostics::render::full;
use crate::diagnostics::{Counts, Finding, Severity};
use crate::fs::{self, Staging, StagingError};
use crate::l10n::Text;
use crate::parse::Edition;
use crate::site::{SiteError, Theme, ThemeError, publish};

const STRICT: Text = Text::new(
    "not published: {count} {error|errors}, and --strict was asked for",
    "발행하지 않았습니다: 오류 {count}건 (--strict)",
);
const PUBLISHED: Text = Text::new(
    "published {reports} {report|reports} ({pages} {page|pages}) to {path}",
    "보고서 {reports}건({pages}쪽)을 {path}에 발행했습니다",
);
const RESTRICTED: Text = Text::new(
    "left out: {count} restricted {report|reports} (unreadable front matter restricts a report)",
    "제외: 제한된(restricted) 보고서 {count}건 (front matter를 읽을 수 없는 보고서도 제한됩니다)",
);
const NOT_PUBLIC: Text = Text::new(
    "left out: {count} {report|reports} without `audience: public`",
    "제외: `audience: public`이 아닌 보고서 {count}건",
);
const FOUND: Text = Text::new(
    "check: {errors} {error|errors}, {warnings} {warning|warnings} (`bokgi check` shows them)",
    "검사: 오류 {errors}건, 경고 {warnings}건 (`bokgi check`로 볼 수 있습니다)",
);
const NOT_OURS: Text = Text::new(
    "`{path}` is not empty and was not made by bokgi",
    "`{path}`{은/는} 비어 있지 않고 bokgi가 만든 폴더도 아닙니다",
);
const NOT_OURS_HELP: Text = Text::new(
    "nothing was changed; choose another folder with --output, or empty this one",
    "아무것도 바꾸지 않았습니다. --output으로 다른 폴더를 고르거나 이 폴더를 비우세요",
);
const BUSY: Text =
    Text::new("another build is writing `{path}`", "다른 빌드가 `{path}`{을/를} 쓰고 있습니다");
const BUSY_HELP: Text = Text::new("wait for it to finish", "끝날 때까지 기다리세요");
const THEME: Text =
    Text::new("the theme cannot be used: {detail}", "테마를 쓸 수 없습니다: {detail}");
const OLD_STAYS: Text = Text::new("the old site stays as it was", "이전 사이트는 그대로입니다");

pub(super) fn run(args: &BuildArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let overrides = Overrides { output: args.output.clone(), ..Overrides::default() };
    let project = project::open(args.path.as_deref(), &overrides, global, output)?;
    if config_problems(&project, Format::Full, output).is_some() {
        return Ok(Exit::Findings);
    }
    let theme = match theme(&project) {
        Ok(theme) => theme,
        Err(error) => return Ok(theme_problem(&error, output)),
    };
    let edition = args.audience.into();
    let corpus = project::load(&project, edition)?;
    let outcome = crate::lint::check(&corpus, &selection(&project)?, project.settings());
    let errors: Vec<&Finding> =
        outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    if args.strict && !errors.is_empty() {
        let text =
            full(&errors, voice(&project, Format::Full, output), output.paint(), Output::width());
        output.status(text.trim_end());
        let message = output.say(STRICT.with("count", errors.len()));
        output.status(&message);
        return Ok(Exit::Findings);
    }
    let target = target(&project, args);
    let staging = Staging::begin(&target).map_err(explain)?;
    let published =
        match publish(&corpus, &outcome.findings, &theme, project.settings(), edition, &staging) {
            Ok(published) => published,
            Err(SiteError::Theme(error)) => return Ok(theme_problem(&error, output)),
            Err(SiteError::Sink(error)) => return Err(explain(error)),
        };
    staging.publish().map_err(explain)?;
    let counts = Counts::of(&outcome.findings);
    if counts.errors + counts.warnings > 0 {
        let line = FOUND.with("errors", counts.errors).with("warnings", counts.warnings);
        let line = output.say(line);
        output.status(&line);
    }
    if published.withheld > 0 {
        let text = if edition == Edition::Public { NOT_PUBLIC } else { RESTRICTED };
        let line = output.say(text.with("count", published.withheld));
        output.status(&line);
    }
    let done = PUBLISHED
        .with("reports", published.reports)
        .with("pages", published.pages)
        .with("path", project::shown(&target));
    let done = output.say(done);
    output.line(&done);
    Ok(Exit::Clean)
}

/// Where the site goes: a folder named on the command line is relative to where we are.
fn target(project: &Project, args: &BuildArgs) -> std::path::PathBuf {
    match &args.output {
        Some(folder) => project::join(Path::new("."), folder),
        None => project::join(&project.root, &project.settings().site.output),
    }
}

/// The built-in theme, with the files of the project's own in the place of its own.
fn theme(project: &Project) -> Result<Theme, ThemeError> {
    let folder = project.root.join("themes").join(&project.settings().site.theme);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    if fs::is_folder(&folder) {
        for path in fs::list(&folder, |path, _| crate::corpus::is_visible(path)).files {
            if let Ok(fs::Contents::Bytes(bytes)) = fs::read(&folder.join(&path)) {
                files.insert(path, bytes);
            }
        }
    }
    Theme::new(&files)
}

fn theme_problem(error: &ThemeError, output: &mut Output) -> Exit {
    let mut detail = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        detail = format!("{detail}\n{inner}");
        cause = inner.source();
    }
    let line = output.say(THEME.with("detail", detail));
    output.status(&line);
    let line = output.say(OLD_STAYS);
    output.status(&line);
    Exit::Findings
}

fn explain(error: StagingError) -> anyhow::Error {
    match &error {
        StagingError::NotOurs { path } => {
            Explained::new(NOT_OURS.with("path", project::shown(path)), NOT_OURS_HELP).into()
        }
        StagingError::Busy { path } => {
            Explained::new(BUSY.with("path", project::shown(path)), BUSY_HELP).into()
        }
        StagingError::Write { .. } => error.into(),
    }
}
