//! `--fix` and `--diff`.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Run, is_stdin};
use crate::cli::exit::Exit;
use crate::cli::output::{Explained, Output};
use crate::cli::patch::patch;
use crate::cli::project::Overlay;
use crate::corpus::Corpus;
use crate::diagnostics::Fix;
use crate::fs;
use crate::l10n::Text;
use crate::lint::{self, Outcome};

/// A fix can make room for another; after so many rounds the rest is left to the next run.
const MOST_ROUNDS: usize = 8;

/// What fixes make of the reports, before anything is written.
pub(super) struct Mended {
    pub(super) corpus: Corpus,
    /// What is found afterwards.
    pub(super) outcome: Outcome,
    /// By the path below the content root.
    changed: BTreeMap<String, Changed>,
    fixes: usize,
}

/// A report that fixes change.
struct Changed {
    shown: String,
    before: String,
    after: String,
}

/// Applies the fixes of what was asked about, in memory, until there are no more.
pub(super) fn run(run: &Run<'_>, mut overlay: Overlay) -> anyhow::Result<Mended> {
    let mut changed: BTreeMap<String, Changed> = BTreeMap::new();
    let mut fixes = 0;
    let mut round = 0;
    loop {
        let (corpus, outcome) = run.check(&overlay)?;
        round += 1;
        let mut by_file: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
        for finding in outcome.findings.iter().filter(|_| round <= MOST_ROUNDS) {
            if let Some(fix) = &finding.fix
                && run.is_asked_about(finding.file.path())
            {
                by_file.entry(finding.file.path()).or_default().push(fix);
            }
        }
        let mut again = false;
        for report in &corpus.reports {
            let shown = report.source.path();
            let Some(wanted) = by_file.remove(shown) else { continue };
            let before = report.source.text();
            let mended = lint::mend(before, wanted);
            if mended.text == **before {
                continue;
            }
            again = true;
            fixes += mended.fixes;
            let path = String::from(&*report.path);
            overlay.insert(path.clone(), mended.text.clone());
            changed
                .entry(path)
                .and_modify(|change| change.after.clone_from(&mended.text))
                .or_insert_with(|| Changed {
                    shown: shown.to_owned(),
                    before: before.to_string(),
                    after: mended.text,
                });
        }
        if !again {
            return Ok(Mended { corpus, outcome, changed, fixes });
        }
    }
}

impl Mended {
    /// Prints what would change, as a patch.
    pub(super) fn show(&self, output: &mut Output) -> Exit {
        for change in self.changed.values() {
            let text = patch(&change.shown, &change.before, &change.after, output);
            output.result(&text);
        }
        if self.fixes == 0 {
            let line = output.say(NOTHING);
            output.status(&line);
            return Exit::Clean;
        }
        let message = WOULD.with("count", self.fixes).with("files", self.changed.len());
        let line = output.say(message);
        output.status(&line);
        Exit::Findings
    }

    /// Writes what changed; standard input goes to standard output.
    pub(super) fn write(&self, run: &Run<'_>, output: &mut Output) -> anyhow::Result<()> {
        if run.args.paths.iter().any(|path| is_stdin(path)) {
            let texts = self.corpus.reports.iter().filter(|r| run.is_asked_about(r.source.path()));
            texts.for_each(|report| output.result(report.source.text()));
            return Ok(());
        }
        for (path, change) in &self.changed {
            let file = run.project.content().join(path);
            write_back(&file, &change.shown, &change.before, &change.after)?;
        }
        if self.fixes > 0 {
            let message = MENDED.with("count", self.fixes).with("files", self.changed.len());
            let line = output.say(message);
            output.status(&line);
        }
        Ok(())
    }
}

/// Writes a report, unless somebody changed it since it was read.
pub(in crate::cli) fn write_back(
    file: &Path,
    shown: &str,
    before: &str,
    after: &str,
) -> anyhow::Result<()> {
    if fs::replace(file, before, after)? {
        return Ok(());
    }
    Err(Explained::new(MEANWHILE.with("path", shown), MEANWHILE_HELP).into())
}

const NOTHING: Text = Text::new("nothing to mend", "고칠 것이 없습니다");
const WOULD: Text = Text::new(
    "would mend {count} {finding|findings} in {files} {report|reports}",
    "보고서 {files}건에서 {count}건을 고칩니다",
);
const MENDED: Text = Text::new(
    "mended {count} {finding|findings} in {files} {report|reports}",
    "보고서 {files}건에서 {count}건을 고쳤습니다",
);
const MEANWHILE: Text = Text::new(
    "`{path}` changed while it was checked",
    "검사하는 사이에 `{path}`{이/가} 바뀌었습니다",
);
const MEANWHILE_HELP: Text = Text::new(
    "nothing of it was overwritten; run the command again",
    "덮어쓰지 않았습니다. 명령을 다시 실행하세요",
);
