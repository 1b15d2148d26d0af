//! `ACT010`
use super::{is_mistyped, report_at};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Action;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that are open or in progress and were due before today. An action of which nothing says
        /// whether it is done is never overdue. Since it depends on the day, it never fails a build by itself.
        ///
        /// ## Why it matters
        /// The second incident is often one that an overdue action would have prevented.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Alert on waiting connections (owner: @payments, due: 2024-03-27)
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [x] Alert on waiting connections (owner: @payments, due: 2024-03-27, done on: 2024-03-25)
        /// - Test the alert every quarter (owner: @payments, due: 2024-06-28)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 아직 끝나지 않았는데 기한이 지난 조치를 찾습니다. 끝났는지 아무 표시가 없는 조치는 늦었다고 보지 않습니다. 날짜에 따라 달라지므로 이 규칙만으로
        /// 빌드가 실패하지는 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 두 번째 장애는 미뤄 둔 조치가 막았을 장애일 때가 많습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2024-03-27)
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [x] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2024-03-27, 완료: 2024-03-25)
        /// - 분기마다 알람 시험 (담당: @payments, 기한: 2024-06-28)
        /// ```
    }
    RULE = Rule {
        code: "ACT010",
        name: "overdue-action",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Today,
        check: Check::Report(check),
    }
}

const ONE: Text =
    Text::new("overdue since {date}, {days} {day|days} ago", "기한({date})이 {days}일 지났습니다");
const SEVERAL: Text = Text::new(
    "{count} overdue actions, the oldest since {date}",
    "기한이 지난 조치가 {count}건 있습니다. 가장 오래된 기한은 {date}입니다",
);
const DECIDE: Text = Text::new(
    "mark it done, agree on a new date, or set `status: won't do` and say why",
    "끝났으면 완료로 표시하고, 아니면 기한을 다시 정하거나 `상태: 하지 않음`과 이유를 적으세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let today = ctx.settings.today;
    let mut late: Vec<&Action> = report
        .incident
        .actions
        .iter()
        .filter(|action| action.is_overdue(today))
        .filter(|action| !is_mistyped(action, &report.incident))
        .collect();
    late.sort_by_key(|action| action.due);
    let Some(oldest) = late.first().and_then(|action| action.due) else { return };
    let message = match late.len() {
        1 => {
            let days = today.since(oldest).map_or(0, |span| span.get_days());
            ONE.with("date", oldest.to_string()).with("days", i64::from(days))
        }
        count => SEVERAL.with("count", count).with("date", oldest.to_string()),
    };
    if let Some(item) = report_at(found, report, &late, message) {
        item.help(DECIDE);
    }
}
