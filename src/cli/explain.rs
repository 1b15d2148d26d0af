//! `explain`: what a rule finds, and why.

use super::args::ExplainArgs;
use super::check::unknown_rule;
use super::exit::Exit;
use super::output::Output;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Level, RULES, find_rule};

const STATUS: [(Level, Text); 4] = [
    (Level::Always, Text::new("at every status", "모든 상태에서")),
    (
        Level::ByStatus,
        Text::new("info in a draft, warning in review", "초안에서는 정보, 검토 중에는 경고"),
    ),
    (
        Level::SilentInDraft,
        Text::new("silent in a draft, warning in review", "초안에서는 조용함, 검토 중에는 경고"),
    ),
    (
        Level::Today,
        Text::new("depends on today and never changes the exit code", "오늘 날짜에 따라 달라지며 종료 코드를 바꾸지 않음"),
    ),
];

pub(super) fn run(args: &ExplainArgs, output: &mut Output) -> anyhow::Result<Exit> {
    match &args.rule {
        Some(word) => explain(word, output)?,
        None => list(output),
    }
    Ok(Exit::Clean)
}

fn explain(word: &str, output: &mut Output) -> anyhow::Result<()> {
    let rule = find_rule(word).map_err(|unknown| unknown_rule(&unknown))?;
    let title = output.bold(&format!("{} {}", rule.code, rule.name));
    let status = STATUS.iter().find(|(level, _)| *level == rule.level).map(|(_, text)| *text);
    let severity = rule.severity.label().get(output.lang);
    let note = status.map(|text| text.get(output.lang)).unwrap_or_default();
    let note = output.dim(&format!("{severity} · {note}"));
    output.line(&format!("{title}\n{note}\n"));
    for line in rule.docs.readable(output.lang).lines() {
        let shown = match line.strip_prefix("## ") {
            Some(heading) => output.bold(heading),
            None => line.to_owned(),
        };
        output.line(&shown);
    }
    Ok(())
}

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
}
