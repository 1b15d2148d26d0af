//! `config`: what is set, and who set it.

use super::args::{ConfigArgs, Format, Global};
use super::check::config_problems;
use super::exit::Exit;
use super::output::Output;
use super::project;
use crate::config::{DecidedBy, Overrides};
use crate::l10n::Text;

const FLAG: Text = Text::new("command line", "명령줄");
const LOCALE: Text = Text::new("locale", "로캘");
const DEFAULT: Text = Text::new("default", "기본값");

pub(super) fn run(_: &ConfigArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let project = project::open(None, &Overrides::default(), global, output)?;
    let file = project.config.as_ref().map(|config| config.path().to_owned()).unwrap_or_default();
    let rows: Vec<(String, String)> = project
        .resolved
        .effective
        .iter()
        .map(|setting| {
            let origin = match setting.decided_by {
                DecidedBy::CommandLine => FLAG.get(output.lang).to_owned(),
                DecidedBy::File(line) => format!("{file}:{line}"),
                DecidedBy::Locale => LOCALE.get(output.lang).to_owned(),
                DecidedBy::Default => DEFAULT.get(output.lang).to_owned(),
            };
            (format!("{} = {}", setting.key, setting.value), origin)
        })
        .collect();
    let width = rows.iter().map(|(setting, _)| setting.chars().count()).max().unwrap_or(0).min(64);
    for (setting, origin) in rows {
        let origin = output.dim(&format!("# {origin}"));
        output.line(&format!("{setting:width$}  {origin}"));
    }
    Ok(config_problems(&project, Format::Full, output).unwrap_or(Exit::Clean))
}
