//! `DOC012`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Moment, Phase};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds phases whose times cannot be right together: detected before it started, resolved before it was
        /// detected.
        ///
        /// ## Why it matters
        /// Times to detect and to resolve are taken from these. A negative one means that a date or a zone is
        /// wrong.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 13:10
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 15:10
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 순서가 맞지 않는 시각을 찾습니다. 발생보다 먼저 탐지했거나, 탐지보다 먼저 복구한 경우입니다.
        ///
        /// ## 왜 중요한가요
        /// 탐지와 복구에 걸린 시간을 이 값으로 계산합니다. 음수가 나온다면 날짜나 시간대가 잘못된 것입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 13:10
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 15:10
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC012",
        name: "times-out-of-order",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

/// Pairs whose first cannot be after their second. An incident may be declared before anybody
/// notices what it did, and mitigated after it was declared or before.
const ORDER: [(Phase, Phase); 11] = [
    (Phase::Started, Phase::Detected),
    (Phase::Started, Phase::Escalated),
    (Phase::Started, Phase::Declared),
    (Phase::Started, Phase::Mitigated),
    (Phase::Started, Phase::Resolved),
    (Phase::Detected, Phase::Mitigated),
    (Phase::Detected, Phase::Resolved),
    (Phase::Declared, Phase::Resolved),
    (Phase::Mitigated, Phase::Resolved),
    (Phase::Resolved, Phase::Reviewed),
    (Phase::Started, Phase::Analyzed),
];
const BEFORE: Text = Text::new(
    "{later} at {second}, but {earlier} at {first}",
    "{earlier}({first})보다 {later}({second})가 앞섭니다",
);
const CHECK: Text = Text::new("check the dates and the time zone", "날짜와 시간대를 확인하세요");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let phases = &report.incident.phases;
    for (earlier, later) in ORDER {
        let (Some(first), Some(second)) = (phases.get(&earlier), phases.get(&later)) else {
            continue;
        };
        if !is_before(&second.value, &first.value) {
            continue;
        }
        let message = BEFORE
            .with("later", later.label())
            .with("earlier", earlier.label())
            .with("second", second.value.to_string())
            .with("first", first.value.to_string());
        let span = second.span.unwrap_or_else(|| title_span(report));
        let item = found.at(&report.source, span, message).help(CHECK);
        if let Some(span) = first.span {
            item.related(span, earlier.label());
        }
        // One wrong date makes several pairs wrong; the first says enough.
        return;
    }
}

fn is_before(moment: &Moment, other: &Moment) -> bool {
    match moment.since(other) {
        Some(duration) => duration.is_negative(),
        // Only the days are known.
        None => matches!((moment.date(), other.date()), (Some(a), Some(b)) if a < b),
    }
}
