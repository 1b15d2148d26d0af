//! `ACT014`
use jiff::civil::Date;

use super::{began, report_at};
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Action;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that are due, or were done, before the incident began. Mostly the year is last year's.
        ///
        /// ## Why it matters
        /// A wrong date makes an action overdue that is not, or hides one that is.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// started_at: 2026-01-05 14:02
        /// ---
        ///
        /// ## Action items
        /// - [ ] Alert on waiting connections (owner: @payments, due: 2025-01-23)
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-01-05 14:02
        /// ---
        ///
        /// ## Action items
        /// - [ ] Alert on waiting connections (owner: @payments, due: 2026-01-23)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 기한이나 완료일이 장애가 시작된 날보다 앞서는 조치를 찾습니다. 대개 연도를 지난해로 적은 것입니다.
        ///
        /// ## 왜 중요한가요
        /// 날짜가 틀리면 늦지 않은 조치가 늦은 것으로 보이거나, 늦은 조치가 가려집니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// started_at: 2026-01-05 14:02
        /// ---
        ///
        /// ## 조치 항목
        /// - [ ] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2025-01-23)
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-01-05 14:02
        /// ---
        ///
        /// ## 조치 항목
        /// - [ ] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2026-01-23)
        /// ```
    }
    RULE = Rule {
        code: "ACT014",
        name: "due-before-incident",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const DUE: Text = Text::new(
    "due {date}, but the incident began on {began}",
    "기한({date})이 장애가 시작된 날({began})보다 앞섭니다",
);
const DONE: Text = Text::new(
    "done on {date}, but the incident began on {began}",
    "완료일({date})이 장애가 시작된 날({began})보다 앞섭니다",
);
const SEVERAL: Text = Text::new(
    "{count} {action|actions} dated before the incident began on {began}",
    "장애가 시작된 날({began})보다 앞선 날짜가 적힌 조치가 {count}건 있습니다",
);
const NEXT_YEAR: Text =
    Text::new("did you mean `{date}`?", "혹시 `{date}`{을/를} 쓰려고 하셨나요?");
const CHECK: Text = Text::new(
    "check the date, and the time the incident started",
    "날짜와 장애 시작 시각을 확인하세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let Some(began) = began(&report.incident) else { return };
    let early: Vec<&Action> = report
        .incident
        .actions
        .iter()
        .filter(|action| too_early(action, began).is_some())
        .collect();
    let Some((date, text)) = early.first().and_then(|action| too_early(action, began)) else {
        return;
    };
    let message = match early.len() {
        1 => text.with("date", date.to_string()).with("began", began.to_string()),
        count => SEVERAL.with("count", count).with("began", began.to_string()),
    };
    let help: Message = match date.checked_add(jiff::Span::new().years(1)) {
        Ok(next) if early.len() == 1 && next >= began => NEXT_YEAR.with("date", next.to_string()),
        _ => CHECK.into(),
    };
    if let Some(item) = report_at(found, report, &early, message) {
        item.help(help);
    }
}

/// The date that is before the incident, and how to say so.
fn too_early(action: &Action, began: Date) -> Option<(Date, Text)> {
    let due = action.due.map(|date| (date, DUE));
    let done = action.done_on.map(|date| (date, DONE));
    due.into_iter().chain(done).find(|(date, _)| *date < began)
}
