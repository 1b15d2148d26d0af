//! `new`: a report to fill in, with the questions its sections answer.

use super::args::{Format, Global, NewArgs};
use super::check::config_problems;
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project;
use crate::config::{Overrides, Profile, Settings, is_hangul, unknown_profile};
use crate::l10n::{Lang, Text};
use crate::model::{Field, Id};

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
    let path = project.content().join(format!("{date}-{slug}.md"));
    let lang = report_lang(global, title, output.lang);
    let text = text(profile, args.profile.is_some(), title, date, lang);
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

/// The report: the facts the profile asks for, then its sections with their questions as comments.
fn text(
    profile: &Profile,
    name_it: bool,
    title: &str,
    date: jiff::civil::Date,
    lang: Lang,
) -> String {
    let mut out = String::from("---\n");
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    out.push_str(&format!("title: \"{quoted}\"\nstatus: draft\n"));
    if name_it {
        out.push_str(&format!("profile: {}\n", profile.name));
    }
    for fact in
        profile.facts.iter().filter(|fact| !matches!(fact.field, Field::Title | Field::Status))
    {
        out.push_str(&fact_line(fact.field, date, lang));
    }
    out.push_str("---\n");
    for section in &profile.sections {
        let marks = if section.nested { "###" } else { "##" };
        out.push_str(&format!("\n{marks} {}\n\n", section.heading(lang)));
        out.push_str(&format!("<!-- {} -->\n", section.prompt.get(lang)));
        if let Some(skeleton) = &section.skeleton {
            out.push_str(&format!("\n{}\n", skeleton.get(lang).trim_end_matches('\n')));
        }
    }
    out
}

/// A line of front matter with what belongs there as a comment. Times start with the incident's day.
fn fact_line(field: Field, date: jiff::civil::Date, lang: Lang) -> String {
    const HINTS: [(Field, Text); 12] = [
        (Field::Severity, Text::new("SEV1 to SEV4", "SEV1~SEV4")),
        (
            Field::Services,
            Text::new(
                "what of ours was hit: [payment, order]",
                "영향을 받은 우리 서비스: [결제, 주문]",
            ),
        ),
        (
            Field::Detection,
            Text::new(
                "monitoring, customer, internal, partner …",
                "모니터링, 고객, 내부, 협력사 …",
            ),
        ),
        (
            Field::Trigger,
            Text::new(
                "what changed: deploy, config-change, traffic …",
                "무엇이 바뀌었나: 배포, 설정 변경, 트래픽 …",
            ),
        ),
        (
            Field::Causes,
            Text::new(
                "software/performance, network/dns, process/review …",
                "software/performance, network/dns, process/review …",
            ),
        ),
        (
            Field::Mitigations,
            Text::new(
                "what stopped it: rollback, restart, scale-out …",
                "무엇으로 멈췄나: 롤백, 재기동, 증설 …",
            ),
        ),
        (
            Field::Reviews,
            Text::new("[{ level: team, date: 2026-03-20 }]", "[{ level: 팀, date: 2026-03-20 }]"),
        ),
        (
            Field::Roles,
            Text::new("{ commander: team, communications: team }", "{ 지휘: 팀, 소통: 팀 }"),
        ),
        (
            Field::Links,
            Text::new("the live document, the channel", "실시간 장애 조치 문서, 대화 채널"),
        ),
        (Field::StartedAt, Text::new("when customers first felt it", "고객이 처음 겪은 시각")),
        (Field::DetectedAt, Text::new("when we knew", "우리가 알게 된 시각")),
        (
            Field::ResolvedAt,
            Text::new("when customers no longer felt it", "고객이 더는 겪지 않게 된 시각"),
        ),
    ];
    let hint = HINTS.iter().find(|(known, _)| *known == field).map(|(_, text)| text.get(lang));
    let hint = hint.map(|hint| format!(" # {hint}")).unwrap_or_default();
    match field {
        Field::Date => format!("date: {date}\n"),
        _ if field.phase().is_some() => {
            format!("{}: # {date} 14:02{}\n", field.id(), hint.replace('#', "·"))
        }
        _ => format!("{}:{hint}\n", field.id()),
    }
}
