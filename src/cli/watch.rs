//! Doing something again whenever reports or the configuration change.

use std::path::Path;

use super::args::Global;
use super::exit::Exit;
use super::output::Output;
use super::project::{self, CONFIG};
use crate::config::Overrides;
use crate::l10n::Text;
use crate::serve::{Event, follow};

const WATCHING: Text =
    Text::new("watching (Ctrl-C ends it)", "바뀌기를 기다립니다 (Ctrl-C로 끝냅니다)");
pub(super) const WATCH: Text = Text::new(
    "changes of `{path}` are not seen: {cause}",
    "`{path}`의 변경을 알 수 없습니다: {cause}",
);

/// Runs `once` now and after every change of the project around `start`.
pub(super) fn run(
    start: Option<&Path>,
    global: &Global,
    output: &mut Output,
    once: impl Fn(&mut Output) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let project = project::open(start, &Overrides::default(), global, output)?;
    let watch = [project.content(), project.root.join(CONFIG), project.root.join("profiles")];
    let (lang, color) = (output.lang, global.color);
    let again = || {
        let mut output = Output::new(color, Some(lang));
        output.clear_screen();
        if let Err(error) = once(&mut output) {
            output.failure(&error);
        }
        let line = output.say(WATCHING);
        let line = output.dim(&line);
        output.status(&line);
    };
    let tell = move |event: Event| {
        if let Event::WatchFailed { path, cause } = event {
            let mut output = Output::new(color, Some(lang));
            let path = path.as_deref().map(project::shown).unwrap_or_default();
            let line = output.say(WATCH.with("path", path).with("cause", cause));
            output.status(&line);
        }
    };
    follow(&watch, again, tell);
    Ok(Exit::Clean)
}
