//! `check`: is every report complete?
//!
//! A run reads everything, runs the rules, takes out what the baseline knows and what nobody asked
//! about, mends what it was told to mend, and prints. [`print`] has the words of the result, [`mend`]
//! the files.

mod alike;
mod mend;
mod print;

pub(super) use mend::write_back;

use std::io::Read as _;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::args::{CheckArgs, Format, Global};
use super::baseline::{self, Absent};
use super::exit::Exit;
use super::formats::{self, Scope};
use super::output::{Explained, Output};
use super::project::{self, Named, Overlay, Project};
use crate::config::{DecidedBy, Overrides};
use crate::corpus::{Corpus, Location};
use crate::diagnostics::render::{Alike, Voice};
use crate::diagnostics::{Finding, Severity};
use crate::fs;
use crate::l10n::{Lang, Message, Text};
use crate::lint::{Baseline, Outcome, Selection, ToDo, UnknownRule};
use crate::parse::Edition;
use crate::tree::DID_YOU_MEAN;

const NO_SUCH: Text = Text::new("`{path}` does not exist", "`{path}`{이/가} 없습니다");
const NO_SUCH_HELP: Text =
    Text::new("name a report or a folder of reports", "보고서나 보고서가 있는 폴더를 적으세요");

pub(super) fn run(args: &CheckArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    if !args.watch {
        return once(args, global, output);
    }
    super::watch::run(args.paths.first().map(PathBuf::as_path), global, output, |output| {
        once(args, global, output)
    })
}

fn once(args: &CheckArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let stdin = Stdin::read(args)?;
    let project = project::open(start(args), &overrides(args), global, output)?;
    for path in args.paths.iter().filter(|path| !is_stdin(path)) {
        if !fs::is_file(path) && !fs::is_folder(path) {
            let message = NO_SUCH.with("path", project::shown(path));
            return Err(Explained::new(message, NO_SUCH_HELP).into());
        }
    }
    if let Some(exit) = config_problems(&project, args.format, output) {
        return Ok(exit);
    }
    let absent = if args.update_baseline { Absent::Fine } else { Absent::Error };
    let run = Run {
        selection: selection(&project)?,
        location: stdin.as_ref().map(|stdin| stdin.location(&project)),
        baseline: baseline::read(&project, args.baseline.as_deref(), absent)?,
        named: Named::new(&args.paths, &project),
        project: &project,
        args,
    };
    let mut overlay = Overlay::new();
    if let (Some(location), Some(stdin)) = (&run.location, stdin) {
        overlay.insert(location.path.clone(), stdin.text);
    }
    let (corpus, outcome) = if args.fix || args.diff {
        let mended = mend::run(&run, overlay)?;
        if args.diff {
            return Ok(mended.show(output));
        }
        mended.write(&run, output)?;
        (mended.corpus, mended.outcome)
    } else {
        run.check(&overlay)?
    };
    // The process ends with this command; taking ten thousand reports apart first only costs time.
    let corpus = ManuallyDrop::new(corpus);
    if args.update_baseline {
        let known = run.baseline.as_ref();
        let ran = |rule: &str| run.selection.runs(rule);
        let named = args.baseline.as_deref();
        return baseline::update(&project, named, known, &outcome.findings, ran, output);
    }
    let left = match &run.baseline {
        Some(baseline) => {
            baseline.apply(outcome.findings, &|path| project::below_content(&project, path))
        }
        None => crate::lint::Left { new: outcome.findings, ..Default::default() },
    };
    let mut checked = Checked {
        run: &run,
        paths: corpus.paths().filter(|path| run.is_asked_about(path)).collect(),
        findings: left.new.iter().filter(|f| run.is_asked_about(f.file.path())).collect(),
        drafts: outcome.drafts.iter().filter(|draft| run.is_asked_about(&draft.path)).collect(),
        corpus: &corpus,
        known: left.known,
        mended: left.mended,
        alike: Vec::new(),
    };
    if alike::is_wanted(&checked) {
        checked.alike = alike::find(&checked);
    }
    for (format, path) in &args.output {
        let text = checked.render(&checked.findings, *format, output);
        fs::write(path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    checked.print(global.verbose, output);
    if args.format == Format::Github {
        let voice = voice(&project, args.format, output);
        formats::add_step_summary(&checked.findings, checked.scope(), voice, output);
    }
    Ok(checked.exit())
}

/// What the command line decides.
fn overrides(args: &CheckArgs) -> Overrides {
    Overrides {
        fail_on: args.fail_on.map(Into::into),
        select: args.select.clone(),
        extend_select: args.extend_select.clone(),
        ignore: args.ignore.clone(),
        preview: args.preview,
        since: args.since,
        ..Overrides::default()
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Where the project is looked for: around what was named first.
fn start(args: &CheckArgs) -> Option<&Path> {
    let first = args.paths.first().map(PathBuf::as_path)?;
    if !is_stdin(first) {
        return Some(first);
    }
    // The file need not be there yet, and a folder that is named would be the content itself.
    args.stdin_filename.as_deref().filter(|path| fs::is_file(path))
}

/// A report that comes from standard input.
struct Stdin {
    text: String,
    /// The file it stands for.
    path: Option<PathBuf>,
}

impl Stdin {
    fn read(args: &CheckArgs) -> anyhow::Result<Option<Self>> {
        if !args.paths.iter().any(|path| is_stdin(path)) {
            return Ok(None);
        }
        if let Some(file) = args.paths.iter().find(|path| !is_stdin(path)) {
            let message = NOT_BOTH.with("path", project::shown(file));
            return Err(Explained::new(message, NOT_BOTH_HELP).into());
        }
        let mut bytes = Vec::new();
        let limit = fs::MAX_FILE + 1;
        std::io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
        if bytes.len() as u64 == limit {
            return Err(Explained::new(TOO_LONG, TOO_LONG_HELP).into());
        }
        let text = String::from_utf8(bytes).context("standard input is not UTF-8")?;
        Ok(Some(Self { text, path: args.stdin_filename.clone() }))
    }

    /// Where the report would be found.
    fn location(&self, project: &Project) -> Location {
        let path = self.path.as_deref().map_or_else(|| "stdin.md".to_owned(), project::shown);
        let content = format!("{}/", project::shown(&project.content()));
        let below = path.strip_prefix(&content).unwrap_or(path.trim_start_matches("./"));
        Location { path: below.to_owned(), shown: path.clone() }
    }
}

const NOT_BOTH: Text =
    Text::new("`-` stands alone, without `{path}`", "`-`는 `{path}`{과/와} 함께 쓸 수 없습니다");
const NOT_BOTH_HELP: Text = Text::new(
    "--stdin-filename says which file standard input stands for",
    "표준 입력이 대신하는 파일은 --stdin-filename으로 알려 주세요",
);
const TOO_LONG: Text = Text::new("standard input is over 4 MiB", "표준 입력이 4 MiB를 넘습니다");
const TOO_LONG_HELP: Text = Text::new("a report is at most 4 MiB", "보고서는 4 MiB까지만 읽습니다");

/// A check: what is read, which rules, what is known already, and who asked about what.
struct Run<'r> {
    project: &'r Project,
    args: &'r CheckArgs,
    selection: Selection,
    baseline: Option<Baseline>,
    named: Named,
    /// The report from standard input.
    location: Option<Location>,
}

impl Run<'_> {
    /// Reads everything and runs the rules.
    fn check(&self, overlay: &Overlay) -> anyhow::Result<(Corpus, Outcome)> {
        let has_content = fs::is_folder(&self.project.content());
        let mut files = match &self.location {
            Some(_) if !has_content => project::Files::default(),
            _ => project::files(self.project)?,
        };
        if let Some(location) = &self.location {
            files.locations.retain(|other| other.path != location.path);
            files.locations.push(location.clone());
            files.locations.sort_by(|left, right| left.path.cmp(&right.path));
        }
        let corpus = project::load_with(self.project, files, overlay, Edition::Restricted);
        let outcome = crate::lint::check(&corpus, &self.selection, self.project.settings());
        Ok((corpus, outcome))
    }

    /// Whether findings about a file are wanted.
    fn is_asked_about(&self, shown: &str) -> bool {
        match &self.location {
            Some(location) => location.shown == shown,
            None => self.named.contains(shown),
        }
    }
}

/// Shows what is wrong with the configuration; a run with a wrong one would mislead.
pub(super) fn config_problems(
    project: &Project,
    format: Format,
    output: &mut Output,
) -> Option<Exit> {
    let problems: Vec<&Finding> = project.resolved.problems.iter().collect();
    if problems.is_empty() {
        return None;
    }
    let scope = Scope { files: 0, paths: &[], fail_on: Severity::Error, alike: &[] };
    let text = formats::render(&problems, format, scope, voice(project, format, output), output);
    // A program that reads the results should find the mistake where it looks.
    if formats::is_for_programs(format) {
        output.result(&text);
    } else {
        output.status(text.trim_end());
    }
    Some(Exit::Failed)
}

const UNKNOWN_RULE: Text = Text::new("there is no rule `{word}`", "`{word}` 규칙이 없습니다");
const RULE_LIST: Text =
    Text::new("`bokgi explain` lists all rules", "`bokgi explain`으로 모든 규칙을 볼 수 있습니다");

/// The error about a word that names no rule.
pub(super) fn unknown_rule(unknown: &UnknownRule) -> Explained {
    let help: Message = match unknown.suggestion {
        Some(close) => DID_YOU_MEAN.with("close", close),
        None => RULE_LIST.into(),
    };
    Explained::new(UNKNOWN_RULE.with("word", &unknown.word), help)
}

/// The rules that run.
pub(super) fn selection(project: &Project) -> anyhow::Result<Selection> {
    Selection::new(project.settings()).map_err(|unknown| match unknown.first() {
        Some(first) => unknown_rule(first).into(),
        None => anyhow::anyhow!("no rule was chosen"),
    })
}

/// What a check found, as far as it was asked about.
struct Checked<'c> {
    run: &'c Run<'c>,
    /// The reports that were asked about.
    paths: Vec<&'c str>,
    findings: Vec<&'c Finding>,
    drafts: Vec<&'c ToDo>,
    corpus: &'c Corpus,
    /// How many findings the baseline knows.
    known: usize,
    /// How many places of the baseline were mended.
    mended: usize,
    /// Incidents like the reports, for a comment.
    alike: Vec<Alike>,
}

impl Checked<'_> {
    fn exit(&self) -> Exit {
        let args = self.run.args;
        let fail_on = self.run.project.settings().check.fail_on;
        let counts = |finding: &&Finding| {
            if finding.depends_on_today {
                args.fail_on_overdue && finding.severity >= Severity::Warning
            } else {
                finding.severity >= fail_on
            }
        };
        if !args.exit_zero && self.findings.iter().any(counts) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }

    /// How many reports the check was about.
    fn files(&self) -> usize {
        match self.run.location {
            Some(_) => 1,
            None => self.corpus.reports.len() + self.corpus.unreadable.len(),
        }
    }

    fn scope(&self) -> Scope<'_> {
        let fail_on = self.run.project.settings().check.fail_on;
        Scope { files: self.files(), paths: &self.paths, fail_on, alike: &self.alike }
    }

    fn render(&self, findings: &[&Finding], format: Format, output: &Output) -> String {
        let voice = voice(self.run.project, format, output);
        formats::render(findings, format, self.scope(), voice, output)
    }
}

/// Programs are spoken to in the language of `--lang` or the configuration, never the locale's.
pub(super) fn voice<'p>(project: &'p Project, format: Format, output: &Output) -> Voice<'p> {
    let lang =
        if formats::is_for_programs(format) { machine_lang(project, output) } else { output.lang };
    Voice { lang, base_url: project.settings().site.base_url.as_deref() }
}

/// The language of what programs read: that of `--lang` or the configuration, else English.
pub(super) fn machine_lang(project: &Project, output: &Output) -> Lang {
    let by_locale = project
        .resolved
        .effective
        .iter()
        .any(|setting| setting.key == "lang" && setting.decided_by == DecidedBy::Locale);
    if by_locale { Lang::En } else { output.lang }
}
