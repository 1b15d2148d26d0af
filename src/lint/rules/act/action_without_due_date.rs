//! `ACT005`
use super::{around, is_to_do, lacking, report_at};
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, Incident};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that are not done and say nothing about when they will be. A quarter or a sprint (`Q3`) is
        /// enough, and so is a heading that says it for all below it: `Short-term (within two weeks)`. Actions that
        /// are done or will not be done need no date.
        ///
        /// ## Why it matters
        /// Without a date nobody can say that an action is late, and it waits behind everything that has one.
        ///
        /// ## Options
        /// `[rules.action-without-due-date] ticket_counts = true` lets a ticket stand in for a date, where the tracker
        /// plans.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms (owner: @payments)
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms (owner: @payments, due: 2026-04-10)
        /// - [x] Add an index for the query of the limit
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 아직 끝나지 않았는데 언제까지 할지 적히지 않은 조치를 찾습니다. 분기나 스프린트(`3분기`)만 적어도 되고, `단기 (2주 내)`처럼 제목이
        /// 그 아래 조치의 기한을 말해도 됩니다. 끝났거나 하지 않기로 한 조치에는 없어도 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 기한이 없으면 늦었다고 말할 수 없고, 기한이 있는 다른 일에 계속 밀립니다.
        ///
        /// ## 설정
        /// 일정을 이슈 트래커에서 관리한다면 `[rules.action-without-due-date] ticket_counts = true`로 이슈가 기한을 대신하게 할 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람 (담당: @payments)
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람 (담당: @payments, 기한: 2026-04-10)
        /// - [x] 한도 확인 쿼리용 인덱스 추가
        /// ```
    }
    RULE = Rule {
        code: "ACT005",
        name: "action-without-due-date",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new("the action has no due date", "조치에 기한이 없습니다");
const ALL: Text = Text::new(
    "no due date for any of {count} {action|actions}",
    "조치 {count}건 모두 기한이 없습니다",
);
const SOME: Text = Text::new(
    "no due date for {lacking} of {count} {action|actions}",
    "조치 {count}건 가운데 {lacking}건에 기한이 없습니다",
);
const SAY: Text = Text::new(
    "say when it will be done, as in `(due: 2026-04-10)`",
    "`(기한: 2026-04-10)`처럼 언제까지 할지 적으세요",
);
const SAY_OR_TRACK: Text = Text::new(
    "say when it will be done; if the tracker does, set `ticket_counts = true` in `[rules.action-without-due-date]`",
    "언제까지 할지 적으세요. 일정을 트래커에서 관리한다면 `[rules.action-without-due-date]`에 `ticket_counts = true`를 적으세요",
);
const DATES: Text = Text::new("due dates of actions", "조치 기한");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let tracked = ctx.settings.rules.action_without_due_date.ticket_counts;
    let has_none = |action: &&Action| {
        is_to_do(action)
            && action.due.is_none()
            && action.due_text.is_none()
            && !(tracked && action.ticket.is_some())
            && !says_when(&action.text)
            && !is_in_term(action, incident)
    };
    let without: Vec<&Action> = incident.actions.iter().filter(has_none).collect();
    let message = lacking([ONE, ALL, SOME], without.len(), incident.actions.len());
    if let Some(item) = report_at(found, report, &without, message) {
        let all_tracked = without.iter().all(|action| action.ticket.is_some());
        item.help(if all_tracked { SAY_OR_TRACK } else { SAY }).still_to_do([Value::from(DATES)]);
    }
}

/// Whether a label or a heading of actions says when all below it is due.
fn is_in_term(action: &Action, incident: &Incident) -> bool {
    action.group.as_deref().is_some_and(names_term)
        || around(incident, action)
            .filter(|section| section.kinds.iter().any(|kind| kind.holds_actions()))
            .any(|section| {
                names_term(&section.title) || section.qualifier.as_deref().is_some_and(names_term)
            })
}

/// Whether the text itself names the time: `write a runbook by 2026-05-30`, `3월까지 …`.
fn says_when(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        " by ", " until ", " before ", " within ", "due ", "eta ", "next ", "this ", "까지",
        "안에", "이번 ", "다음 ",
    ];
    let text = text.to_lowercase();
    MARKS.iter().any(|mark| text.contains(mark)) && names_term(&text)
}

/// `within two weeks`, `1주 내`, `Q4 2025`, `this month`, `by March`
fn names_term(text: &str) -> bool {
    const UNITS: [&str; 4] = ["day", "week", "month", "sprint"];
    const MONTHS: [&str; 10] = [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const NUMBERS: [&str; 8] = ["a", "one", "two", "three", "four", "six", "this", "next"];
    const KOREAN: [&str; 12] = [
        "이번 주",
        "이번주",
        "금주",
        "다음 주",
        "이번 달",
        "다음 달",
        "이번 분기",
        "다음 분기",
        "연내",
        "올해",
        "상반기",
        "하반기",
    ];
    const KOREAN_UNITS: [&str; 6] = ["일", "주", "개월", "달", "월", "분기"];
    let text = text.to_lowercase();
    let mut before = "";
    for word in text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_start_matches(|ch: char| ch.is_ascii_digit());
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let counted = !before.is_empty() && (is_number(before) || NUMBERS.contains(&before));
        let is_unit = UNITS.iter().any(|unit| word.strip_suffix('s').unwrap_or(word) == *unit);
        let is_quarter =
            word.strip_prefix('q').is_some_and(|rest| matches!(rest, "1" | "2" | "3" | "4"))
                || word == "quarter" && counted;
        let in_korean =
            digits.len() < word.len() && KOREAN_UNITS.iter().any(|unit| digits.starts_with(unit));
        let is_year = word.len() == 4 && word.starts_with("20") && is_number(word);
        if counted && is_unit || is_quarter || in_korean || is_year || MONTHS.contains(&word) {
            return true;
        }
        before = word;
    }
    KOREAN.iter().any(|term| text.contains(term))
}

#[cfg(test)]
mod tests {
    use super::{names_term, says_when};

    #[test]
    fn terms_are_known_in_headings() {
        for text in [
            "Short-term (within two weeks)",
            "In progress (next 2 weeks)",
            "Mid-Term (1개월 내)",
            "Long-term improvements (Q4 2025 - Q1 2026)",
            "This week",
            "단기 (2주 내)",
            "이번 분기",
        ] {
            assert!(names_term(text), "{text}");
        }
        for text in
            ["Short-term", "Action items", "단기 조치", "Monitoring, day by day", "일일 점검"]
        {
            assert!(!names_term(text), "{text}");
        }
    }

    #[test]
    fn a_text_may_name_the_time() {
        for text in [
            "Write a runbook by 2026-05-30",
            "3월까지 이전",
            "다음 주: 알람 조정",
            "Rehearse it by October",
        ] {
            assert!(says_when(text), "{text}");
        }
        for text in
            ["Alert on waiting connections", "Explain the outage of 2024", "2주치 로그 보관"]
        {
            assert!(!says_when(text), "{text}");
        }
    }
}
