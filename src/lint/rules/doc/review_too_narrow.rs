//! `DOC016`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose widest review is narrower than their severity asks for. The levels are `team`,
        /// `division` and `company`; a profile or `[severity.policy]` says which severity needs which. A report
        /// that records no review at all is left alone.
        ///
        /// ## Why it matters
        /// A large incident is reviewed by many people because a wider circle sees more of it.
        ///
        /// ## Example
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// review = "company"
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// reviews:
        ///   - level: team
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// reviews:
        ///   - level: team
        ///   - level: company
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 심각도에 비해 좁은 범위에서만 회고한 보고서를 찾습니다. 범위는 `team`(팀), `division`(본부), `company`(전사)이고, 어떤 심각도에
        /// 어떤 범위가 필요한지는 프로파일이나 `[severity.policy]`가 정합니다. 회고 이력이 아예 없는 보고서는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 큰 장애를 많은 사람이 함께 돌아보는 까닭은 더 넓게 보기 위해서입니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// review = "company"
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// reviews:
        ///   - level: 팀
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// reviews:
        ///   - level: 팀
        ///   - level: 전사
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC016",
        name: "review-too-narrow",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const NARROW: Text = Text::new(
    "{severity} needs a review at {needed} level; the widest was {widest}",
    "{severity}{은/는} {needed} 단위 회고가 필요한데 {widest} 단위까지만 했습니다",
);
const RECORD: Text =
    Text::new("hold the review and add it to `reviews`", "회고를 하고 `reviews`에 적으세요");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let Some(severity) = &incident.severity else { return };
    let Some(rank) = severity.value.rank else { return };
    let policy = ctx.settings.severity.policies.get(&rank).and_then(|policy| policy.review);
    let profile = ctx.settings.profiles.get(&incident.profile.value);
    let Some(needed) = policy.or_else(|| profile.and_then(|profile| profile.review(rank))) else {
        return;
    };
    let Some(widest) = incident.reviews.iter().max_by_key(|review| review.value.level) else {
        return;
    };
    if widest.value.level < needed {
        let message = NARROW
            .with("severity", &severity.value.written)
            .with("needed", needed.label())
            .with("widest", widest.value.level.label());
        found
            .at(&report.source, widest.span.unwrap_or_else(|| title_span(report)), message)
            .help(RECORD);
    }
}
