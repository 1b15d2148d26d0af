//! `DOC022`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds lists and quotes nested deeper than 48 levels.
        ///
        /// ## Why it matters
        /// Nobody reads that deep. What stands there is kept and shown one level up.
        ///
        /// ## Example
        /// A paste of an e-mail thread with fifty `>` at the start of its lines is the usual way to get there.
        /// Quote only what matters.
    }
    ko {
        /// ## 무엇을 찾나요
        /// 48단계보다 깊이 중첩된 목록과 인용을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 그렇게 깊은 곳까지 읽는 사람은 없습니다. 그 안의 내용은 버리지 않고 한 단계 위에 보여 줍니다.
        ///
        /// ## 예
        /// 줄 앞에 `>`가 쉰 개쯤 붙은 메일 스레드를 붙여 넣으면 이렇게 됩니다. 필요한 부분만 인용하세요.
    }
    RULE = Rule {
        code: "DOC022",
        name: "nested-too-deep",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const DEEP: Text = Text::new(
    "lists or quotes nested more than 48 deep",
    "목록이나 인용이 48단계보다 깊이 중첩되어 있습니다",
);
const FLATTEN: Text = Text::new(
    "flatten them; what is deeper is shown one level up",
    "얕게 정리하세요. 더 깊은 내용은 한 단계 위에 보여 줍니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if matches!(problem.kind, ProblemKind::TooDeep) {
            found.at(&report.source, problem.span, DEEP).help(FLATTEN);
        }
    }
}
