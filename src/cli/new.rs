//! `new`: a report to fill in, with the questions its sections answer.

use super::args::{Format, Global, NewArgs};
use super::check::config_problems;
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project;
use crate::config::{Head, Overrides, Profile, Settings, is_hangul, unknown_profile};
use crate::l10n::{Lang, Text};
use crate::model::Id;

const EXISTS_HELP: Text = Text::new(
    "nothing was changed; give the report another title or day",
    "아무것도 바꾸지 않았습니다. 제목이나 날짜를 다르게 해 주세요",
);
const EMPTY: Text = Text::new("the title is empty", "제목이 비어 있습니다");
const EMPTY_HELP: Text =
    Text::new("for example: bokgi new \"Payment outage\"", "예: bokgi new \"결제 장애\"");

pub(super) fn run(args: &NewArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let project = project::open(None, &Overrides::default(), global, output)?;
    if let Some(exit) = config_problems(&project, Format::Full, output) {
        return Ok(exit);
    }
    let settings = project.settings();
    let title = args.title.trim();
    let Some(slug) = Id::from_text(title) else {
        return Err(Explained::new(EMPTY, EMPTY_HELP).into());
    };
    let profile = profile(args.profile.as_deref(), settings)?;
    let date = args.date.unwrap_or(settings.today);
    let path = project::join(&project.content(), &format!("{date}-{slug}.md"));
    let lang = report_lang(global, title, output.lang);
    let head = Head {
        title,
        date: &date.to_string(),
        profile: args.profile.as_ref().map(|_| profile.name.as_str()),
    };
    let text = profile.template(&head, lang);
    project::write_new(&path, &text, EXISTS_HELP)?;
    output.line(&project::shown(&path));
    Ok(Exit::Clean)
}

/// The language to write the report in: `--lang`, or Korean for a Korean title on any machine.
fn report_lang(global: &Global, title: &str, settled: Lang) -> Lang {
    match global.lang {
        Some(lang) => lang.into(),
        None if title.chars().any(is_hangul) => Lang::Ko,
        None => settled,
    }
}

fn profile<'s>(name: Option<&str>, settings: &'s Settings) -> anyhow::Result<&'s Profile> {
    let wanted = name.unwrap_or(&settings.profiles.default);
    if let Some(profile) = settings.profiles.get(wanted) {
        return Ok(profile);
    }
    let known: Vec<&str> = settings.profiles.iter().map(|profile| profile.name.as_str()).collect();
    let (message, help) = unknown_profile(wanted, &known);
    Err(Explained::new(message, help).into())
}
