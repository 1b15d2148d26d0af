//! `check`: is every report complete?

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;

use super::args::{CheckArgs, Format, Global};
use super::exit::Exit;
use super::formats::{self, Scope};
use super::output::{Explained, Output};
use super::project::{self, Named, Project};
use crate::config::{DecidedBy, Overrides};
use crate::corpus::Corpus;
use crate::diagnostics::render::Voice;
use crate::diagnostics::{Counts, Finding, Severity};
use crate::fs;
use crate::l10n::{Lang, Message, Text};
use crate::lint::{Selection, ToDo, UnknownRule};
use crate::parse::Edition;
use crate::tree::DID_YOU_MEAN;

const NO_SUCH: Text = Text::new("`{path}` does not exist", "`{path}`{이/가} 없습니다");
const NO_SUCH_HELP: Text =
    Text::new("name a report or a folder of reports", "보고서나 보고서가 있는 폴더를 적으세요");

pub(super) fn run(args: &CheckArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let overrides = Overrides {
        fail_on: args.fail_on.map(Into::into),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        ..Overrides::default()
    };
    let project =
        project::open(args.paths.first().map(PathBuf::as_path), &overrides, global, output)?;
    for path in &args.paths {
        if !fs::is_file(path) && !fs::is_folder(path) {
            let message = NO_SUCH.with("path", project::shown(path));
            return Err(Explained::new(message, NO_SUCH_HELP).into());
        }
    }
    if let Some(exit) = config_problems(&project, args.format, output) {
        return Ok(exit);
    }
    let selection = selection(&project)?;
    // The process ends with this command; taking ten thousand reports apart first only costs time.
    let corpus =
        ManuallyDrop::new(project::load(&project, project::files(&project)?, Edition::Restricted));
    let outcome = crate::lint::check(&corpus, &selection, project.settings());
    let named = Named::new(&args.paths, &project);
    let checked = Checked {
        project: &project,
        paths: corpus.paths().filter(|path| named.contains(path)).collect(),
        findings: outcome.findings.iter().filter(|f| named.contains(f.file.path())).collect(),
        drafts: outcome.drafts.iter().filter(|draft| named.contains(&draft.path)).collect(),
        corpus: &corpus,
    };
    for (format, path) in &args.output {
        let text = checked.render(&checked.findings, *format, output);
        fs::write(path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    checked.print(args.format, global.verbose, output);
    if args.format == Format::Github {
        let voice = voice(&project, args.format, output);
        formats::add_step_summary(&checked.findings, checked.scope(), voice, output);
    }
    Ok(checked.exit())
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
    let scope = Scope { files: 0, paths: &[], fail_on: Severity::Error };
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
    project: &'c Project,
    /// The reports that were asked about.
    paths: Vec<&'c str>,
    findings: Vec<&'c Finding>,
    drafts: Vec<&'c ToDo>,
    corpus: &'c Corpus,
}

impl Checked<'_> {
    fn files(&self) -> usize {
        self.corpus.reports.len() + self.corpus.unreadable.len()
    }

    fn scope(&self) -> Scope<'_> {
        let fail_on = self.project.settings().check.fail_on;
        Scope { files: self.files(), paths: &self.paths, fail_on }
    }

    fn exit(&self) -> Exit {
        let fail_on = self.project.settings().check.fail_on;
        let counts = |finding: &&Finding| finding.severity >= fail_on && !finding.depends_on_today;
        if self.findings.iter().any(counts) { Exit::Findings } else { Exit::Clean }
    }

    fn render(&self, findings: &[&Finding], format: Format, output: &Output) -> String {
        let voice = voice(self.project, format, output);
        formats::render(findings, format, self.scope(), voice, output)
    }

    /// People see infos when they ask for them; programs see everything.
    fn print(&self, format: Format, verbose: bool, output: &mut Output) {
        let for_people = !formats::is_for_programs(format);
        let shown =
            |finding: &&&Finding| !for_people || verbose || finding.severity != Severity::Info;
        let visible: Vec<&Finding> = self.findings.iter().filter(shown).copied().collect();
        let text = self.render(&visible, format, output);
        output.result(&text);
        if format == Format::Full {
            self.print_drafts(output);
        }
        if for_people {
            if verbose {
                self.print_left_out(output);
            }
            self.print_summary(visible.len(), output);
        }
    }

    /// A line for each draft.
    fn print_drafts(&self, output: &mut Output) {
        for draft in &self.drafts {
            let text = if draft.items.is_empty() { READY } else { STILL };
            let message = text.with("path", &draft.path).with("draft", DRAFT);
            let line = output.say(message.with("items", draft.items.clone()));
            output.line(&line);
        }
        if !self.drafts.is_empty() {
            output.line("");
        }
    }

    fn print_left_out(&self, output: &mut Output) {
        for out in &self.corpus.left_out {
            let line = output.say(LEFT_OUT.with("path", &out.path).with("why", out.why.label()));
            let line = output.dim(&line);
            output.line(&line);
        }
    }

    /// The last line: how many reports, and what was found in them.
    fn print_summary(&self, visible: usize, output: &mut Output) {
        let counts = Counts::of(self.findings.iter().copied());
        let mut parts = vec![output.bold(&output.say(FILES.with("count", self.files())))];
        let colour = |text: String, color: AnsiColor, output: &Output| {
            output.styled(&text, Style::new().bold().fg_color(Some(color.into())))
        };
        if counts.errors > 0 {
            let text = output.say(ERRORS.with("count", counts.errors));
            parts.push(colour(text, AnsiColor::Red, output));
        }
        if counts.warnings > 0 {
            let text = output.say(WARNINGS.with("count", counts.warnings));
            parts.push(colour(text, AnsiColor::Yellow, output));
        }
        if counts.errors + counts.warnings == 0 {
            parts.push(output.green(&output.say(CLEAN)));
        }
        if counts.infos > 0 {
            let hidden = visible < self.findings.len();
            parts.push(output.say(if hidden { HIDDEN } else { INFOS }.with("count", counts.infos)));
        }
        match self.corpus.left_out.len() {
            0 => {}
            count => parts.push(output.say(LEFT.with("count", count))),
        }
        output.line(&parts.join(" · "));
    }
}

/// Programs are spoken to in the language of `--lang` or the configuration, never the locale's.
pub(super) fn voice<'p>(project: &'p Project, format: Format, output: &Output) -> Voice<'p> {
    let by_locale = project
        .resolved
        .effective
        .iter()
        .any(|setting| setting.key == "lang" && setting.decided_by == DecidedBy::Locale);
    let lang = if by_locale && formats::is_for_programs(format) { Lang::En } else { output.lang };
    Voice { lang, base_url: project.settings().site.base_url.as_deref() }
}

const STILL: Text =
    Text::new("{path} ({draft}): still to do: {items}", "{path} ({draft}): 남은 일: {items}");
const READY: Text = Text::new(
    "{path} ({draft}): nothing left to do; set `status: final`",
    "{path} ({draft}): 남은 일이 없습니다. `status: final`로 바꾸세요",
);
const DRAFT: Text = Text::new("draft", "초안");

const CLEAN: Text = Text::new("nothing to complain about", "지적할 것이 없습니다");
const FILES: Text = Text::new("{count} {report|reports}", "보고서 {count}건");
const ERRORS: Text = Text::new("{count} {error|errors}", "오류 {count}건");
const WARNINGS: Text = Text::new("{count} {warning|warnings}", "경고 {count}건");
const HIDDEN: Text =
    Text::new("{count} {info|infos} (shown with -v)", "정보 {count}건 (-v로 볼 수 있습니다)");
const INFOS: Text = Text::new("{count} {info|infos}", "정보 {count}건");
const LEFT: Text = Text::new("{count} {file|files} left out", "제외한 파일 {count}개");
const LEFT_OUT: Text = Text::new("left out: {path} ({why})", "제외: {path} ({why})");
