//! `SEC006`
use crate::diagnostics::{Edit, Severity};
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds headings without a space behind their `#`.
        ///
        /// ## Why it matters
        /// To Markdown `##Summary` is an ordinary line: it is not shown as a heading, and no link leads to it.
        ///
        /// ## Source
        /// CommonMark 0.31, section 4.2, "ATX headings".
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ##Summary
        /// For an hour nobody could pay.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// `#` 뒤에 공백이 없는 제목을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// Markdown에서 `##요약`은 그냥 한 줄입니다. 제목으로 보이지 않고 링크도 걸리지 않습니다.
        ///
        /// ## 출처
        /// CommonMark 0.31, 4.2 "ATX headings".
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ##요약
        /// 한 시간 동안 결제가 되지 않았다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        /// ```
    }
    RULE = Rule {
        code: "SEC006",
        name: "heading-without-space",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const NO_SPACE: Text = Text::new(
    "`{text}` is no heading without a space after `#`",
    "`#` 뒤에 공백이 없어 `{text}`{이/가} 제목이 되지 않습니다",
);
const ADD: Text = Text::new("put a space after the `#`", "`#` 뒤에 공백을 넣으세요");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if let ProblemKind::HeadingWithoutSpace { text } = &problem.kind {
            let marks = problem.span.of(report.source.text()).bytes().take_while(|b| *b == b'#');
            let at = problem.span.start as usize + marks.count();
            found
                .at(&report.source, problem.span, NO_SPACE.with("text", text))
                .help(ADD)
                .fix(vec![Edit { span: Span::new(at, at), text: " ".to_owned() }]);
        }
    }
}
