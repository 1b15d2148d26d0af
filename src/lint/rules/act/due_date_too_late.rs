//! `ACT006`
use super::{ended, is_to_do, report_at};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, Horizon, Incident};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds short-term actions that are due later than a month after the incident ended, or later than the
        /// policy for the severity allows. Mid-term and long-term actions may take as long as they need.
        ///
        /// ## Why it matters
        /// Until then the same thing can happen again. The worse the incident was, the sooner its first measures
        /// have to be there.
        ///
        /// ## Options
        /// ```toml
        /// [rules.due-date-too-late]
        /// short_term_days = 31
        /// days = { SEV1 = 14 }
        /// ```
        /// A severity listed in `days` has its own limit, which then also holds for actions that say no term.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// resolved_at: 2026-03-14 15:10
        /// ---
        ///
        /// ## Short-term actions
        /// - [ ] Alert on waiting connections (owner: @payments, due: 2026-06-30)
        /// ```
        ///
        /// ```md,good
        /// ---
        /// resolved_at: 2026-03-14 15:10
        /// ---
        ///
        /// ## Short-term actions
        /// - [ ] Alert on waiting connections (owner: @payments, due: 2026-03-27)
        ///
        /// ## Long-term actions
        /// - [ ] Move the limit out of the transaction (owner: @payments, due: 2026-12-18)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 장애가 끝나고 한 달이 넘어서야 기한이 오는 단기 조치, 또는 심각도별로 정한 날수를 넘는 조치를 찾습니다. 중기와 장기 조치는 얼마가 걸려도
        /// 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 그때까지 같은 일이 또 일어날 수 있습니다. 심각한 장애일수록 첫 조치가 빨라야 합니다.
        ///
        /// ## 설정
        /// ```toml
        /// [rules.due-date-too-late]
        /// short_term_days = 31
        /// days = { SEV1 = 14 }
        /// ```
        /// `days`에 적은 심각도는 그 날수를 따르고, 기간이 적히지 않은 조치에도 적용합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// resolved_at: 2026-03-14 15:10
        /// ---
        ///
        /// ## 단기 조치
        /// - [ ] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2026-06-30)
        /// ```
        ///
        /// ```md,good
        /// ---
        /// resolved_at: 2026-03-14 15:10
        /// ---
        ///
        /// ## 단기 조치
        /// - [ ] 커넥션 대기 알람 추가 (담당: @payments, 기한: 2026-03-27)
        ///
        /// ## 장기 조치
        /// - [ ] 한도 확인을 트랜잭션 밖으로 옮기기 (담당: @payments, 기한: 2026-12-18)
        /// ```
    }
    RULE = Rule {
        code: "ACT006",
        name: "due-date-too-late",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const LATE: Text = Text::new(
    "due {days} {day|days} after the incident; the limit is {limit} {day|days}",
    "기한이 장애가 끝나고 {days}일 뒤입니다({limit}일 이내여야 합니다)",
);
const SEVERAL: Text = Text::new(
    "{count} {action|actions} due more than {limit} {day|days} after the incident",
    "기한이 장애가 끝나고 {limit}일을 넘는 조치가 {count}건 있습니다",
);
const EARLIER: Text = Text::new(
    "bring the date forward, do a smaller part of it first, or plan it as a long-term action",
    "기한을 앞당기거나, 작은 일부터 먼저 하거나, 장기 조치로 옮기세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let Some(end) = ended(incident) else { return };
    let policy = policy(ctx, incident);
    let limit = policy.unwrap_or(ctx.settings.rules.due_date_too_late.short_term_days);
    let days = |action: &Action| {
        let days = action.due?.since(end).ok()?.get_days();
        u32::try_from(days).ok().filter(|days| *days > limit)
    };
    let is_bound = |action: &Action| match action.horizon {
        Some(Horizon::Short) => true,
        Some(Horizon::Mid | Horizon::Long) => false,
        None => policy.is_some(),
    };
    let late: Vec<&Action> = incident
        .actions
        .iter()
        .filter(|action| is_to_do(action) && is_bound(action) && days(action).is_some())
        .collect();
    let Some(first) = late.first().and_then(|action| days(action)) else { return };
    let message = match late.len() {
        1 => LATE.with("days", first).with("limit", limit),
        count => SEVERAL.with("count", count).with("limit", limit),
    };
    if let Some(item) = report_at(found, report, &late, message) {
        item.help(EARLIER);
    }
}

/// The limit for the severity of the report, if there is one.
fn policy(ctx: &Context<'_>, incident: &Incident) -> Option<u32> {
    let rank = incident.severity.as_ref()?.value.rank?;
    let level = ctx.settings.severity.level(rank)?;
    ctx.settings.rules.due_date_too_late.days.get(level).copied()
}
