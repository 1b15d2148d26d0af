//! `explain`: what a rule finds, and why; what a profile asks for.

use super::args::ExplainArgs;
use super::check::unknown_rule;
use super::exit::Exit;
use super::output::Output;
use crate::config::Profile;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Level, RULES, fence, find_rule};

/// How the status of a report changes the severity of a rule's findings; what is mild already stays.
const fn by_status(level: Level, severity: Severity) -> Text {
    match (level, severity) {
        (Level::ByStatus, Severity::Error) => {
            Text::new("info in a draft, warning in review", "초안에서는 정보, 검토 중에는 경고")
        }
        (Level::ByStatus, Severity::Warning) => Text::new("info in a draft", "초안에서는 정보"),
        (Level::SilentInDraft, Severity::Error) => {
            Text::new("silent in a draft, warning in review", "초안에서는 조용함, 검토 중에는 경고")
        }
        (Level::SilentInDraft, _) => Text::new("silent in a draft", "초안에서는 조용함"),
        (Level::WhenPublic, Severity::Error | Severity::Warning) => {
            Text::new("info unless the report is public", "공개 보고서가 아니면 정보")
        }
        (Level::Today, _) => Text::new(
            "depends on today and never changes the exit code",
            "오늘 날짜에 따라 달라지며 종료 코드를 바꾸지 않음",
        ),
        (Level::Always, _) | (Level::ByStatus | Level::WhenPublic, Severity::Info) => {
            Text::new("at every status", "모든 상태에서")
        }
    }
}

pub(super) fn run(args: &ExplainArgs, output: &mut Output) -> anyhow::Result<Exit> {
    match &args.rule {
        Some(word) => explain(word, output)?,
        None => list(output),
    }
    Ok(Exit::Clean)
}

fn explain(word: &str, output: &mut Output) -> anyhow::Result<()> {
    if let Some(profile) = Profile::built_in().iter().find(|profile| profile.name == word) {
        explain_profile(profile, output);
        return Ok(());
    }
    let rule = find_rule(word).map_err(|unknown| unknown_rule(&unknown))?;
    let title = output.bold(&format!("{} {}", rule.code, rule.name));
    let severity = rule.severity.label().get(output.lang);
    let note = by_status(rule.level, rule.severity).get(output.lang);
    let note = output.dim(&format!("{severity} · {note}"));
    output.line(&format!("{title}\n{note}\n"));
    let text = rule.docs.readable(output.lang);
    let mut open: Option<&str> = None;
    for line in text.lines() {
        match (open, fence(line)) {
            (Some(marks), _) if line == marks => open = None,
            (Some(_), _) => output.line(format!("    {line}").trim_end()),
            (None, Some((marks, _))) => open = Some(marks),
            (None, None) => {
                let heading = line.strip_prefix("## ");
                let label = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
                let shown =
                    heading.or(label).map_or_else(|| line.to_owned(), |text| output.bold(text));
                output.line(&shown);
            }
        }
    }
    Ok(())
}

const ASKS: Text = Text::new("What it asks for", "요구하는 것");
const OFFERS: Text = Text::new("What `bokgi new` offers besides", "`bokgi new`가 더 적어 주는 것");
const SOURCE: Text = Text::new("Source: {source}", "출처: {source}");
const OR: Text = Text::new("or", "또는");
const FROM: Text = Text::new("at severity rank {rank} or worse", "심각도 {rank}순위 이상에서");

fn explain_profile(profile: &Profile, output: &mut Output) {
    let lang = output.lang;
    let title = output.bold(&format!("{} · {}", profile.name, profile.label.get(lang)));
    output.line(&title);
    output.line(profile.about.get(lang));
    if let Some(source) = &profile.source {
        let source = output.say(SOURCE.with("source", source));
        let source = output.dim(&source);
        output.line(&source);
    }
    let mut lists: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    for fact in &profile.facts {
        let line = format!("{} (`{}`)", fact.field.label().get(lang), fact.field.id());
        lists[usize::from(fact.optional)]
            .push(format!("{line}{}", condition(fact.need.severity, output)));
    }
    for section in &profile.sections {
        let mut kinds = vec![section.kind.label().get(lang)];
        kinds.extend(section.or.iter().map(|kind| kind.label().get(lang)));
        let line = format!("## {}", kinds.join(&format!(" {} ", OR.get(lang))));
        lists[usize::from(section.optional)]
            .push(format!("{line}{}", condition(section.need.severity, output)));
    }
    for (heading, items) in [ASKS, OFFERS].into_iter().zip(lists) {
        if !items.is_empty() {
            let heading = output.bold(heading.get(lang));
            output.line(&format!("\n{heading}"));
            for item in items {
                output.line(&format!("- {item}"));
            }
        }
    }
}

fn condition(rank: Option<usize>, output: &Output) -> String {
    rank.map_or_else(String::new, |rank| format!(", {}", output.say(FROM.with("rank", rank))))
}

const PROFILES: Text = Text::new("Profiles", "프로파일");

fn list(output: &mut Output) {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in RULES {
        let mark = match rule.severity {
            Severity::Error => "E",
            Severity::Warning => "W",
            Severity::Info => "I",
        };
        let code = output.bold(rule.code);
        let summary = output.dim(&rule.docs.summary(output.lang));
        output.line(&format!("{code} {mark} {:width$}  {summary}", rule.name));
    }
    let heading = output.bold(PROFILES.get(output.lang));
    output.line(&format!("\n{heading}"));
    for profile in Profile::built_in() {
        let about = output.dim(profile.about.get(output.lang));
        output.line(&format!("{:12}  {about}", profile.name));
    }
}
