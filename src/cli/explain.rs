//! `explain`: what a rule finds, and why; what a profile asks for.

use super::args::ExplainArgs;
use super::check::unknown_rule;
use super::exit::Exit;
use super::output::Output;
use crate::config::Profile;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Level, RULES, Rule, Stability, fence, find_rule};

/// How the status and the audience of a report change what a rule's findings count.
fn when(rule: &Rule) -> Text {
    match (rule.level, rule.severity) {
        (Level::SilentInDraft, Severity::Info) => {
            Text::new("silent in a draft", "초안에서는 조용함")
        }
        (Level::SilentInDraft, _) => {
            Text::new("silent in a draft, warning in review", "초안에서는 조용함, 검토 중에는 경고")
        }
        (Level::Always, _) | (Level::ByStatus, Severity::Info) => {
            Text::new("at every status", "모든 상태에서")
        }
        (Level::ByStatus, Severity::Warning) => Text::new("info in a draft", "초안에서는 정보"),
        (Level::ByStatus, Severity::Error) => {
            Text::new("info in a draft, warning in review", "초안에서는 정보, 검토 중에는 경고")
        }
        (Level::WhenPublic, _) => {
            Text::new("info in a report that is not public", "공개하지 않는 보고서에서는 정보")
        }
        (Level::Today, _) => Text::new(
            "depends on today: changes the exit code only with --fail-on-overdue",
            "오늘 날짜에 따라 달라짐: --fail-on-overdue일 때만 종료 코드를 바꿈",
        ),
    }
}

const PREVIEW: Text = Text::new(
    "in preview: runs with --preview, or if it is selected by its code or name",
    "미리보기: --preview를 주거나 코드나 이름으로 골라야 실행됨",
);

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
    let mut notes = vec![rule.severity.label().get(output.lang), when(rule).get(output.lang)];
    if rule.stability == Stability::Preview {
        notes.push(PREVIEW.get(output.lang));
    }
    let note = output.dim(&notes.join(" · "));
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
    explain_levels(profile, output);
}

const LEVELS: Text = Text::new("Rules that count differently", "다르게 세는 규칙");
const OFF: Text = Text::new("off", "끔");

/// The rules whose level a profile sets.
fn explain_levels(profile: &Profile, output: &mut Output) {
    if profile.levels.is_empty() {
        return;
    }
    let heading = output.bold(LEVELS.get(output.lang));
    output.line(&format!("\n{heading}"));
    for (rule, level) in &profile.levels {
        let level = level.severity().map_or(OFF, Severity::label).get(output.lang);
        output.line(&format!("- {rule}: {level}"));
    }
}

fn condition(rank: Option<usize>, output: &Output) -> String {
    rank.map_or_else(String::new, |rank| format!(", {}", output.say(FROM.with("rank", rank))))
}

const LEGEND: Text = Text::new(
    "E error · W warning · I info · P in preview, off by default",
    "E 오류 · W 경고 · I 정보 · P 미리보기(기본으로 꺼져 있음)",
);

/// A line that fits into so many columns; letters of Hangul take two.
fn shortened(text: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return text.to_owned() };
    let mut taken = 0;
    for (at, ch) in text.char_indices() {
        taken += if ch < '\u{1100}' { 1 } else { 2 };
        if taken >= columns.max(20) {
            return format!("{}…", text[..at].trim_end());
        }
    }
    text.to_owned()
}

const PROFILES: Text = Text::new("Profiles", "프로파일");

fn list(output: &mut Output) {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in RULES {
        let mark = match (rule.stability, rule.severity) {
            (Stability::Preview, _) => "P",
            (_, Severity::Error) => "E",
            (_, Severity::Warning) => "W",
            (_, Severity::Info) => "I",
        };
        let code = output.bold(rule.code);
        let room = Output::room().map(|columns| columns.saturating_sub(width + 11));
        let summary = shortened(&rule.docs.summary(output.lang), room);
        output.line(&format!("{code} {mark} {:width$}  {}", rule.name, output.dim(&summary)));
    }
    let legend = output.dim(LEGEND.get(output.lang));
    output.line(&legend);
    let heading = output.bold(PROFILES.get(output.lang));
    output.line(&format!("\n{heading}"));
    for profile in Profile::built_in() {
        let about = output.dim(profile.about.get(output.lang));
        output.line(&format!("{:12}  {about}", profile.name));
    }
}
