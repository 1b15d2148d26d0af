//! `DOC014`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds local times that the change of clocks makes happen twice, or not at all.
        ///
        /// ## Why it matters
        /// In the hour after clocks go back, `02:30` can be either of two moments, and durations across it are an
        /// hour off.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// timezone: Europe/Berlin
        /// started_at: 2025-10-26 02:30
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// timezone: Europe/Berlin
        /// started_at: 2025-10-26T02:30:00+01:00
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 서머타임 전환 때문에 두 번 나타나거나 아예 없는 현지 시각을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 시계를 되돌린 뒤 한 시간 동안 `02:30`은 두 순간 가운데 어느 쪽인지 알 수 없고, 그 사이의 시간 계산이 한 시간 어긋납니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// timezone: Europe/Berlin
        /// started_at: 2025-10-26 02:30
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// timezone: Europe/Berlin
        /// started_at: 2025-10-26T02:30:00+01:00
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC014",
        name: "ambiguous-time",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const AMBIGUOUS: Text =
    Text::new("clocks change at this time in {zone}", "{zone}에서는 이 시각에 시계를 바꿉니다");
const OFFSET: Text = Text::new(
    "write the offset: 2025-10-26T02:30:00+01:00",
    "2025-10-26T02:30:00+01:00처럼 UTC와의 차이를 함께 적으세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for moment in report.incident.phases.values().filter(|moment| moment.value.is_ambiguous()) {
        let zone =
            moment.value.zone.as_ref().map(|zone| zone.label.to_string()).unwrap_or_default();
        let span = moment.span.unwrap_or_else(|| title_span(report));
        found.at(&report.source, span, AMBIGUOUS.with("zone", zone)).help(OFFSET);
    }
}
