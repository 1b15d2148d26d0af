//! `ACT002`
use super::terms::{self, Term};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Horizon, SectionKind};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose actions all say their term, and all are short-term; and sections of long-term actions
        /// below which no action can be read. A mid-term action counts as looking ahead, and so does a section that
        /// says `none` and why. Where the profile asks for the section and it is not there, `missing-section` says so
        /// instead. Actions without any term are left alone.
        ///
        /// ## Why it matters
        /// Quick fixes close the hole that was found. What made the hole possible, a design or a process, takes
        /// longer and is forgotten first.
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
        /// ### Short-term
        /// - [ ] Alert on connections that wait longer than 100 ms
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        ///
        /// ### Short-term
        /// - [ ] Alert on connections that wait longer than 100 ms
        ///
        /// ### Long-term
        /// None: the pool goes away with the new gateway in May.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 조치마다 기간이 적혀 있는데 모두 단기인 보고서, 그리고 장기 조치 섹션은 있는데 그 아래에서 조치를 하나도 읽을 수 없는 보고서를 찾습니다.
        /// 중기 조치가 있거나 `없음`과 이유를 적은 섹션이 있으면 괜찮습니다. 프로파일이 요구하는 섹션이 아예 없으면 이 규칙 대신
        /// `missing-section`이 알려 줍니다. 기간이 적히지 않은 조치는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 단기 조치는 이번에 드러난 구멍을 막습니다. 그 구멍을 만든 구조나 절차를 바꾸는 일은 오래 걸리고, 그래서 가장 먼저 잊힙니다.
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
        /// ### 단기
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        ///
        /// ### 단기
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        ///
        /// ### 장기
        /// 없음. 5월에 새 게이트웨이로 옮기면 이 풀을 쓰지 않는다.
        /// ```
    }
    RULE = Rule {
        code: "ACT002",
        name: "no-long-term-action",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const LONG_TERM: Term = Term {
    section: SectionKind::LongTerm,
    horizon: Horizon::Long,
    or: Some(Horizon::Mid),
    lacks: Text::new(
        "no long-term action among {count} {action|actions}",
        "조치 {count}건 가운데 장기 조치가 없습니다",
    ),
    help: Text::new(
        "add what has to change in the design or the process, or write `none` and why",
        "구조나 절차에서 바꿔야 할 것을 적으세요. 없으면 `없음`과 이유를 적어도 됩니다",
    ),
};

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    terms::check(&LONG_TERM, ctx, report, found);
}
