//! `SEC007`
use crate::diagnostics::{Edit, Severity};
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds paragraphs that a line of dashes right below them turns into a heading.
        ///
        /// ## Why it matters
        /// `---` directly under text is no rule but underlines a heading: the whole paragraph is shown in large
        /// letters. (Headings that are written this way on purpose are short, and fine.)
        ///
        /// ## Source
        /// CommonMark 0.31, section 4.3, "Setext headings".
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// For an hour nobody could pay,
        /// and nobody noticed.
        /// ---
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// For an hour nobody could pay,
        /// and nobody noticed.
        ///
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 바로 아래의 대시 줄 때문에 제목이 되어 버린 문단을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 글 바로 아래의 `---`는 가로줄이 아니라 제목의 밑줄입니다. 문단 전체가 큰 글씨로 보입니다. (일부러 이렇게 쓴 제목은 짧으므로 괜찮습니다.)
        ///
        /// ## 출처
        /// CommonMark 0.31, 4.3 "Setext headings".
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// 한 시간 동안 결제가 되지 않았고
        /// 아무도 알아채지 못했다.
        /// ---
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// 한 시간 동안 결제가 되지 않았고
        /// 아무도 알아채지 못했다.
        ///
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "SEC007",
        name: "accidental-heading",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const ACCIDENT: Text = Text::new(
    "this paragraph is a heading because of the line below it",
    "아랫줄 때문에 이 문단이 제목이 되었습니다",
);
const BLANK: Text =
    Text::new("leave a blank line above the dashes", "대시 줄 위에 빈 줄을 넣으세요");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if matches!(problem.kind, ProblemKind::AccidentalHeading) {
            let item = found.at(&report.source, problem.span, ACCIDENT).help(BLANK);
            let heading = problem.span.of(report.source.text());
            // The line of dashes is the heading's last; inside a quote the new line would end it.
            if let Some(line) = heading.rfind('\n').filter(|at| !heading[at + 1..].contains('>')) {
                let at = problem.span.start as usize + line + 1;
                let newline = if heading[..line].ends_with('\r') { "\r\n" } else { "\n" };
                item.fix(vec![Edit { span: Span::new(at, at), text: newline.to_owned() }]);
            }
        }
    }
}
