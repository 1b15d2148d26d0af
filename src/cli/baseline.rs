//! The file with known findings: where it is, reading it, writing it.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::{Explained, Output};
use super::project::{self, Project};
use crate::diagnostics::Finding;
use crate::fs;
use crate::l10n::Text;
use crate::lint::Baseline;

/// The name of a baseline where nobody gave it another.
pub(super) const NAME: &str = "bokgi-baseline.json";

/// What it means that there is no such file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// It is to be written.
    Fine,
    Error,
}

/// The file that was named on the command line, else in the configuration.
fn path(project: &Project, named: Option<&Path>) -> Option<PathBuf> {
    let configured = || {
        let path = project.settings().check.baseline.as_deref()?;
        Some(project::join(&project.root, path))
    };
    named.map(Path::to_owned).or_else(configured)
}

fn default_path(project: &Project) -> PathBuf {
    project::join(&project.root, NAME)
}

/// Reads the baseline; `None` where nobody asked for one.
pub(super) fn read(
    project: &Project,
    named: Option<&Path>,
    absent: Absent,
) -> anyhow::Result<Option<Baseline>> {
    let path = match path(project, named) {
        Some(path) => path,
        None if absent == Absent::Fine => default_path(project),
        None => return Ok(None),
    };
    if !fs::is_file(&path) {
        if absent == Absent::Fine {
            return Ok(None);
        }
        let message = MISSING.with("path", project::shown(&path));
        return Err(Explained::new(message, MISSING_HELP).into());
    }
    let text = fs::read_whole(&path)?;
    let baseline = Baseline::read(&text).map_err(|error| {
        let message = BAD.with("path", project::shown(&path)).with("detail", error.to_string());
        Explained::new(message, BAD_HELP)
    })?;
    Ok(Some(baseline))
}

/// Writes a baseline of these findings, or takes what was mended out of the one there is. `ran` says
/// which rules were asked.
pub(super) fn update(
    project: &Project,
    named: Option<&Path>,
    known: Option<&Baseline>,
    findings: &[Finding],
    ran: impl Fn(&str) -> bool,
    output: &mut Output,
) -> anyhow::Result<Exit> {
    let path = path(project, named).unwrap_or_else(|| default_path(project));
    let name = |shown: &str| project::below_content(project, shown);
    let (baseline, text) = match known {
        Some(known) => (known.pruned(findings, &name, ran), PRUNED),
        None => (Baseline::of(findings, &name), WRITTEN),
    };
    fs::write(&path, &baseline.write())?;
    let message = text.with("path", project::shown(&path)).with("count", baseline.len());
    let line = output.say(message);
    output.status(&line);
    if project.settings().check.baseline.is_none() && named.is_none() {
        let line = output.say(SET.with("name", NAME));
        output.status(&line);
    }
    Ok(Exit::Clean)
}

const MISSING: Text = Text::new("there is no baseline `{path}`", "기준선 `{path}`{이/가} 없습니다");
const MISSING_HELP: Text = Text::new(
    "`bokgi check --update-baseline` writes it from what is found now",
    "`bokgi check --update-baseline`으로 지금의 결과를 담아 만들 수 있습니다",
);
const BAD: Text = Text::new(
    "`{path}` is no baseline: {detail}",
    "`{path}`{은/는} 기준선 파일이 아닙니다: {detail}",
);
const BAD_HELP: Text = Text::new(
    "remove it and write it anew with --update-baseline",
    "지우고 --update-baseline으로 다시 만드세요",
);
const WRITTEN: Text = Text::new(
    "{path}: {count} known {place|places}",
    "{path}: 알고 있는 자리 {count}곳을 담았습니다",
);
const PRUNED: Text = Text::new(
    "{path}: {count} known {place|places} left; nothing new was added",
    "{path}: 알고 있는 자리 {count}곳이 남았습니다. 새로운 것은 담지 않았습니다",
);
const SET: Text = Text::new(
    "set `[check] baseline = \"{name}\"` in bokgi.toml to use it every time",
    "늘 쓰려면 bokgi.toml에 `[check] baseline = \"{name}\"`을 적으세요",
);
