//! `SEC008`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds code fences that are closed on the line they open on.
        ///
        /// ## Why it matters
        /// To Markdown three backticks around part of a line are code within the line. Some editors and tools take
        /// them for the start of a code block, and everything below disappears into it.
        ///
        /// ## Source
        /// CommonMark 0.31, section 4.5, "Fenced code blocks": the info string of a backtick fence has no
        /// backticks.
        ///
        /// ## Example
        /// ````md,bad
        /// # Payment outage
        ///
        /// The log said
        /// ```pool exhausted: 0 of 50 free```
        /// ````
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// The log said `pool exhausted: 0 of 50 free`
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 여는 줄에서 바로 닫히는 코드 펜스를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 한 줄 안의 백틱 세 개는 Markdown에서 줄 안의 코드입니다. 일부 편집기와 도구는 코드 블록의 시작으로 보고 그 아래를 모두 삼켜 버립니다.
        ///
        /// ## 출처
        /// CommonMark 0.31, 4.5 "Fenced code blocks": 백틱 펜스의 정보 문자열에는 백틱이 들어갈 수 없습니다.
        ///
        /// ## 예
        /// ````md,bad
        /// # 결제 장애
        ///
        /// 로그에는 이렇게 남았다
        /// ```pool exhausted: 0 of 50 free```
        /// ````
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// 로그에는 `pool exhausted: 0 of 50 free`라고 남았다
        /// ```
    }
    RULE = Rule {
        code: "SEC008",
        name: "one-line-fence",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const CLOSED: Text = Text::new(
    "code fence is closed on the line it opens on",
    "코드 펜스가 여는 줄에서 바로 닫힙니다",
);
const MEND: Text = Text::new(
    "use one backtick for code within a line, or put the fences on lines of their own",
    "줄 안의 코드는 백틱 하나로 감싸고, 코드 블록은 펜스를 각각 한 줄에 쓰세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if matches!(problem.kind, ProblemKind::OneLineFence) {
            found.at(&report.source, problem.span, CLOSED).help(MEND);
        }
    }
}
