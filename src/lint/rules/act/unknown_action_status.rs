//! `ACT013`
use std::collections::BTreeSet;

use super::report_at;
use crate::config::Lexicon;
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionStatus};
use crate::parse::Report;
use crate::tree::{DID_YOU_MEAN, suggest};

declare_rule! {
    en {
        /// ## What it does
        /// Finds a status of an action that is no known word: `opne`, `parked`. Known are words such as `open`,
        /// `in progress`, `done` and `won't do` in several languages, and marks such as ✅. A sentence in place of a
        /// status is left alone.
        ///
        /// ## Why it matters
        /// Such an action is in no list: it is neither open nor overdue nor done.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        ///
        /// | Action | Owner | Status |
        /// |---|---|---|
        /// | Alert on waiting connections | @payments | in progres |
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        ///
        /// | Action | Owner | Status |
        /// |---|---|---|
        /// | Alert on waiting connections | @payments | in progress |
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 조치의 상태에 모르는 낱말이 있는지 찾습니다. `미완뇨`, `파킹` 등입니다. `미완료`, `진행 중`, `완료`, `하지 않음`처럼 여러 언어의 낱말과 ✅ 같은
        /// 기호를 압니다. 상태 자리에 문장을 적은 것은 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 이런 조치는 어느 목록에도 나오지 않습니다. 남은 조치도, 늦은 조치도, 끝난 조치도 아니게 됩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        ///
        /// | 조치 | 담당 | 상태 |
        /// |---|---|---|
        /// | 커넥션 대기 알람 추가 | @payments | 미완뇨 |
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        ///
        /// | 조치 | 담당 | 상태 |
        /// |---|---|---|
        /// | 커넥션 대기 알람 추가 | @payments | 미완료 |
        /// ```
    }
    RULE = Rule {
        code: "ACT013",
        name: "unknown-action-status",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new("unknown status `{status}`", "모르는 상태 `{status}`");
const SEVERAL: Text = Text::new(
    "unknown status of {count} actions: {statuses}",
    "조치 {count}건의 상태를 모릅니다: {statuses}",
);
const KNOWN: Text = Text::new(
    "write `open`, `in progress`, `done`, or `won't do` and why",
    "`미완료`, `진행 중`, `완료`, 또는 `하지 않음`과 이유를 적으세요",
);
/// What has more words or characters than this tells how things stand, in a sentence.
const MOST_WORDS: usize = 3;
const LONGEST: usize = 30;
/// How many words a message shows.
const SHOWN: usize = 4;

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let unknown: Vec<&Action> =
        report.incident.actions.iter().filter(|action| unknown(action).is_some()).collect();
    let words: BTreeSet<&str> = unknown.iter().filter_map(|action| self::unknown(action)).collect();
    let Some(first) = unknown.first().and_then(|action| self::unknown(action)) else { return };
    let message = match unknown.len() {
        1 => ONE.with("status", first),
        count => {
            let shown: Vec<String> =
                words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
            SEVERAL.with("count", count).with("statuses", shown)
        }
    };
    let help = if words.len() == 1 { help(first, &ctx.settings.lexicon) } else { KNOWN.into() };
    if let Some(item) = report_at(found, report, &unknown, message) {
        item.help(help);
    }
}

/// The word that stands for a status and is none.
fn unknown(action: &Action) -> Option<&str> {
    let status = action.status_text.as_deref().map(str::trim)?;
    let is_word = status.split_whitespace().count() <= MOST_WORDS
        && status.chars().count() <= LONGEST
        && status.chars().any(char::is_alphabetic);
    (action.status == ActionStatus::Unknown && is_word).then_some(status)
}

fn help(status: &str, lexicon: &Lexicon) -> Message {
    match suggest(status, lexicon.action_statuses.keys().map(String::as_str)) {
        Some(close) => DID_YOU_MEAN.with("close", close),
        None => KNOWN.into(),
    }
}
