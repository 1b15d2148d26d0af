//! `ACT001`
use super::terms::{self, Term};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Horizon, SectionKind};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose actions all say their term, and none is short-term; and sections of short-term
        /// actions below which no action can be read. A section that says `none` and why is fine. Where the profile
        /// asks for the section and it is not there, `missing-section` says so instead. Actions without any term are
        /// left alone.
        ///
        /// ## Why it matters
        /// Until the large change is done the same thing can happen again. Something small shortens or softens it:
        /// an alert, a limit, a page in the runbook.
        ///
        /// ## Example
        /// ```toml,config
        /// [profiles]
        /// default = "sre"
        /// ```
        ///
        /// ```md,bad
        /// ## Action items
        ///
        /// ### Long-term
        /// - [ ] Move the limit out of the payment transaction
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        ///
        /// ### Short-term
        /// - [ ] Alert on connections that wait longer than 100 ms
        ///
        /// ### Long-term
        /// - [ ] Move the limit out of the payment transaction
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 조치마다 기간이 적혀 있는데 단기 조치가 하나도 없는 보고서, 그리고 단기 조치 섹션은 있는데 그 아래에서 조치를 하나도 읽을 수 없는
        /// 보고서를 찾습니다. `없음`과 이유를 적은 섹션은 괜찮습니다. 프로파일이 요구하는 섹션이 아예 없으면 이 규칙 대신 `missing-section`이 알려
        /// 줍니다. 기간이 적히지 않은 조치는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 큰 변경이 끝날 때까지 같은 일이 또 일어날 수 있습니다. 알람, 제한, 런북 한 쪽처럼 작은 조치가 그때까지의 피해를 줄입니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [profiles]
        /// default = "sre"
        /// ```
        ///
        /// ```md,bad
        /// ## 조치 항목
        ///
        /// ### 장기
        /// - [ ] 한도 확인을 결제 트랜잭션 밖으로 옮기기
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        ///
        /// ### 단기
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        ///
        /// ### 장기
        /// - [ ] 한도 확인을 결제 트랜잭션 밖으로 옮기기
        /// ```
    }
    RULE = Rule {
        code: "ACT001",
        name: "no-short-term-action",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const SHORT_TERM: Term = Term {
    section: SectionKind::ShortTerm,
    horizon: Horizon::Short,
    or: None,
    lacks: Text::new(
        "no short-term action among {count} {action|actions}",
        "조치 {count}건 가운데 단기 조치가 없습니다",
    ),
    help: Text::new(
        "add what helps within two weeks, such as an alert or a limit",
        "알람이나 제한처럼 2주 안에 할 수 있는 조치를 더하세요",
    ),
};

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    terms::check(&SHORT_TERM, ctx, report, found);
}
