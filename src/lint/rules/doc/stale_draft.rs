//! `DOC015`
use crate::config::stale_for;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports that are still a draft or in review long after the incident ended. How long is
        /// `draft_days` in the configuration, 30 days by default.
        ///
        /// ## Why it matters
        /// What is not finished while people remember is not finished at all, and nobody learns what was still to
        /// be found out.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// status: draft
        /// resolved_at: 2025-01-14 15:10
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// status: final
        /// resolved_at: 2025-01-14 15:10
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 장애가 끝난 지 오래됐는데도 아직 초안이거나 검토 중인 보고서를 찾습니다. 기준은 설정의 `draft_days`이고 기본값은 30일입니다.
        ///
        /// ## 왜 중요한가요
        /// 기억이 남아 있을 때 마치지 않은 보고서는 끝내 마치지 못합니다. 더 알아보기로 한 것도 아무도 모르게 됩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// status: draft
        /// resolved_at: 2025-01-14 15:10
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// status: final
        /// resolved_at: 2025-01-14 15:10
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC015",
        name: "stale-draft",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Today,
        check: Check::Report(check),
    }
}

const STALE: Text = Text::new(
    "still {status}, {days} {day|days} after the incident",
    "장애가 끝난 지 {days}일이 지났는데 아직 {status}입니다",
);
const FINISH: Text = Text::new(
    "finish it and set `status: final`, or say in it what is still open",
    "마무리하고 `status: final`로 바꾸거나, 무엇이 남았는지 적으세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let settings = ctx.settings;
    if let Some(days) = stale_for(incident, settings.today, settings.draft_days) {
        let status = incident.status.value;
        let message = STALE.with("status", status.label()).with("days", i64::from(days));
        let span = incident.status.span.unwrap_or_else(|| title_span(report));
        found.at(&report.source, span, message).help(FINISH);
    }
}
