//! `DOC017`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose impact is that of a worse severity than they name. What a level means is set in
        /// `[severity.policy]`; without it nothing is found.
        ///
        /// ## Why it matters
        /// A severity that is too mild skips the review and the roles that the impact asks for.
        ///
        /// ## Example
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// users = 10000
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV3
        /// impact: { users: 25000 }
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// impact: { users: 25000 }
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 적힌 심각도보다 영향이 큰 보고서를 찾습니다. 등급의 기준은 `[severity.policy]`에서 정하고, 정하지 않으면 찾지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 심각도를 낮게 잡으면 영향에 걸맞은 회고와 역할 분담을 건너뛰게 됩니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// users = 10000
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV3
        /// impact: { users: 25000 }
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// impact: { users: 25000 }
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC017",
        name: "severity-below-impact",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const BELOW: Text = Text::new(
    "{severity}, but {figure} {what} make it {level}",
    "심각도가 {severity}인데, 영향({what} {figure})은 {level} 수준입니다",
);
const RAISE: Text = Text::new(
    "raise the severity, or correct the impact",
    "심각도를 올리거나 영향 수치를 고치세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let (Some(severity), Some(impact)) = (&report.incident.severity, &report.incident.impact)
    else {
        return;
    };
    let Some(rank) = severity.value.rank else { return };
    let scale = &ctx.settings.severity;
    // Ranks come in order, so the first policy that fits is the worst.
    for (&worse, policy) in scale.policies.range(..rank) {
        let figures = [
            (impact.value.users, policy.users, Text::new("users", "사용자")),
            (impact.value.requests, policy.requests, Text::new("failed requests", "실패한 요청")),
            (impact.value.orders, policy.orders, Text::new("lost orders", "유실된 주문")),
        ];
        let over = figures.into_iter().find_map(|(is, limit, what)| {
            let (is, limit) = (is?, limit?);
            (is >= limit).then_some((is, what))
        });
        if let Some((figure, what)) = over {
            let message = BELOW
                .with("severity", &severity.value.written)
                .with("figure", figure)
                .with("what", what)
                .with("level", scale.level(worse).unwrap_or_default());
            let span = severity.span.unwrap_or_else(|| title_span(report));
            let item = found.at(&report.source, span, message).help(RAISE);
            if let Some(span) = impact.span {
                item.related(span, Text::new("impact", "영향"));
            }
            return;
        }
    }
}
