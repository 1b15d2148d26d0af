//! `build`: the reports as a site.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::{BuildArgs, Format, Global};
use super::baseline::{self, Absent};
use super::check::{config_problems, selection, voice};
use super::exit::Exit;
use super::output::{Explained, Output, Progress};
use super::project::{self, Files, Project};
use crate::config::Overrides;
use crate::corpus::Corpus;
use crate::diagnostics::render::full;
use crate::diagnostics::{Counts, Finding, Severity};
use crate::fs::{self, Staging, StagingError};
use crate::index;
use crate::l10n::{Message, Text};
use crate::parse::{Edition, Report};
use crate::site::{
    Drafts, Packing, Publication, Published, SiteError, Theme, ThemeError, publish, publish_search,
};
use crate::source::LineIndex;

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
const KEPT_OUT: Text = Text::new(
    "kept out: {path}:{line} holds a secret: {what} `{masked}`; take it out, or suppress {code} with a reason",
    "발행 제외: {path}:{line}에 공개하면 안 되는 값이 있습니다: {what} `{masked}`. 지우거나, 이유를 적어 {code}{을/를} 억제하세요",
);
const UNSAFE: Text = Text::new(
    "not published: {count} {report|reports} with secrets, and --strict was asked for",
    "발행하지 않았습니다: 공개하면 안 되는 값이 있는 보고서 {count}건 (--strict)",
);
const FOUND: Text = Text::new(
    "check: {errors} {error|errors}, {warnings} {warning|warnings} (`bokgi check` shows them)",
    "검사: 오류 {errors}건, 경고 {warnings}건 (`bokgi check`로 볼 수 있습니다)",
);
const NO_DRAFTS: Text = Text::new(
    "left out: {count} {draft|drafts} (--no-drafts)",
    "제외: 초안 {count}건 (--no-drafts)",
);
const NO_INDEX: Text = Text::new(
    "the search index in `.bokgi/` could not be kept ({cause}); `bokgi search` reads the reports instead",
    "`.bokgi/`에 검색 색인을 두지 못했습니다({cause}). `bokgi search`는 보고서를 직접 읽습니다",
);
const NO_REPORTS: Text = Text::new(
    "no file is a report: `[content] root` and `include` say which are",
    "보고서로 볼 파일이 없습니다. `[content] root`와 `include`를 확인하세요",
);
const PUBLISHING: Text = Text::new("publishing", "발행 중");
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
    let files = project::files(&project)?;
    // What changes while it is read has another stamp the next time.
    let stamped = project::stamped(&project, &files.locations);
    let reading = read(&project, files, edition)?;
    let errors: Vec<&Finding> =
        reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let kept_out = kept_out(&reading.corpus, edition);
    if args.strict && !errors.is_empty() {
        let text =
            full(&errors, voice(&project, Format::Full, output), output.paint(), Output::width());
        output.status(text.trim_end());
        let message = output.say(STRICT.with("count", errors.len()));
        output.status(&message);
        return Ok(Exit::Findings);
    }
    for message in &kept_out {
        let line = output.say(message.clone());
        output.status(&line);
    }
    // Whoever does not run the rule has the secret all the same.
    if args.strict && !kept_out.is_empty() {
        let message = output.say(UNSAFE.with("count", kept_out.len()));
        output.status(&message);
        return Ok(Exit::Findings);
    }
    let target = target(&project, args);
    let staging = Staging::begin(&target).map_err(explain)?;
    let progress = Progress::new(reading.corpus.reports.len(), &output.say(PUBLISHING));
    let media = project::media(&project);
    let publication = Publication {
        corpus: &reading.corpus,
        findings: &reading.findings,
        theme: &theme,
        settings: project.settings(),
        edition,
        drafts: if args.no_drafts { Drafts::LeftOut } else { Drafts::Shown },
        media: &media,
        written: &|| progress.step(),
    };
    let (published, bundle) = rayon::join(
        || publish(&publication, &staging),
        || index::bundle(&reading.corpus, |report| report.is_shown_in(edition), project.settings()),
    );
    progress.end();
    let bundle = bundle?;
    // Whoever writes drafts finds them in the terminal, also where they are not published.
    let found = match publication.drafts {
        Drafts::Shown => None,
        drafts @ Drafts::LeftOut => {
            let is_shown = |report: &Report| report.is_shown_in(edition) && drafts.include(report);
            Some(index::bundle(&reading.corpus, is_shown, project.settings())?)
        }
    };
    let published = published.and_then(|published| {
        let bundle = found.as_ref().unwrap_or(&bundle);
        publish_search(bundle, &theme, Packing::Deflate, &staging)?;
        Ok(published)
    });
    let published = match published {
        Ok(published) => published,
        Err(SiteError::Theme(error)) => return Ok(theme_problem(&error, output)),
        Err(SiteError::Sink(error)) => return Err(explain(error)),
    };
    staging.publish().map_err(explain)?;
    let store = project.store(edition);
    if let Err(error) = store.write(&bundle, &stamped, project.index_key()) {
        // The site is out; searching in the terminal only takes longer.
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        let line = output.say(NO_INDEX.with("cause", cause.unwrap_or_default()));
        output.status(&line);
    }
    say_what_was_left_out(published, &reading.findings, edition, output);
    let done = PUBLISHED
        .with("reports", published.reports)
        .with("pages", published.pages)
        .with("path", project::shown(&target));
    let done = output.say(done);
    output.line(&done);
    Ok(Exit::Clean)
}

fn say_what_was_left_out(
    published: Published,
    findings: &[Finding],
    edition: Edition,
    output: &mut Output,
) {
    let counts = Counts::of(findings);
    let mut lines = Vec::new();
    if counts.errors + counts.warnings > 0 {
        lines.push(FOUND.with("errors", counts.errors).with("warnings", counts.warnings));
    }
    if published.withheld > 0 {
        let text = if edition == Edition::Public { NOT_PUBLIC } else { RESTRICTED };
        lines.push(text.with("count", published.withheld));
    }
    if published.reports + published.withheld + published.drafts + published.kept_out == 0 {
        lines.push(NO_REPORTS.into());
    }
    if published.drafts > 0 {
        lines.push(NO_DRAFTS.with("count", published.drafts));
    }
    for line in lines {
        let line = output.say(line);
        output.status(&line);
    }
}

/// What to say of each report that this edition would show, if it held no secret.
pub(super) fn kept_out(corpus: &Corpus, edition: Edition) -> Vec<Message> {
    let meant = corpus.reports.iter().filter(|report| edition.shows(report.incident.audience));
    let message = |report: &Report| {
        let secret = report.unsafe_secrets().next()?;
        let text = report.source.text();
        let line = LineIndex::new(text).position(text, secret.span.start).line;
        let message = KEPT_OUT
            .with("path", report.source.path())
            .with("line", line)
            .with("what", secret.kind.label())
            .with("masked", secret.masked(text));
        Some(message.with("code", secret.rule().0))
    };
    meant.filter_map(message).collect()
}

/// The reports of an edition, and what `check` says about them.
pub(super) struct Reading {
    pub(super) corpus: Corpus,
    pub(super) findings: Vec<Finding>,
}

/// Reads and checks all reports. What a public edition hides is not missing: the check reads the files
/// as they stand.
pub(super) fn read(project: &Project, files: Files, edition: Edition) -> anyhow::Result<Reading> {
    let whole = if edition == Edition::Public { Edition::Internal } else { edition };
    let shown = (edition != whole).then(|| project::read(project, &files.locations, edition));
    let corpus = project::load(project, files, whole);
    let mut findings =
        crate::lint::check(&corpus, &selection(project)?, project.settings()).findings;
    // What the team knows already is nothing to talk about, and no reason not to publish.
    if let Some(known) = baseline::read(project, None, Absent::Error)? {
        findings = known.apply(findings, &|path| project::below_content(project, path)).new;
    }
    Ok(Reading { corpus: shown.unwrap_or(corpus), findings })
}

/// Where the site goes: a folder named on the command line is relative to where we are.
fn target(project: &Project, args: &BuildArgs) -> std::path::PathBuf {
    match &args.output {
        Some(folder) => project::join(Path::new("."), folder),
        None => project::join(&project.root, &project.settings().site.output),
    }
}

/// The built-in theme, with the files of the project's own in the place of its own.
pub(super) fn theme(project: &Project) -> Result<Theme, ThemeError> {
    let name = &project.settings().site.theme;
    let folder = project.root.join("themes").join(name);
    if name != "default" && !fs::is_folder(&folder) {
        return Err(ThemeError::Missing(project::shown(&folder)));
    }
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
    let line = output.say(theme_message(error));
    output.status(&line);
    let line = output.say(OLD_STAYS);
    output.status(&line);
    Exit::Findings
}

/// What is wrong with a theme, with every cause.
pub(super) fn theme_message(error: &ThemeError) -> Message {
    let mut detail = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        detail = format!("{detail}\n{inner}");
        cause = inner.source();
    }
    THEME.with("detail", detail)
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
