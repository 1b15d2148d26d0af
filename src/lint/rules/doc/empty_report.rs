//! `DOC021`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{Report, Says};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports without any text: empty files, and files with nothing but front matter or comments.
        ///
        /// ## Why it matters
        /// An empty file looks like a report in every list and says nothing.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// ---
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 내용이 없는 보고서를 찾습니다. 빈 파일과, front matter나 주석밖에 없는 파일입니다.
        ///
        /// ## 왜 중요한가요
        /// 빈 파일은 목록에서는 보고서처럼 보이지만 아무것도 말해 주지 않습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// ---
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        /// ```
    }
    RULE = Rule {
        code: "DOC021",
        name: "empty-report",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const EMPTY: Text = Text::new("the report is empty", "보고서가 비어 있습니다");
const WRITE: Text = Text::new(
    "write what happened, or remove the file",
    "무슨 일이 있었는지 적거나 파일을 지우세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.says == Says::Nothing {
        found.at(&report.source, title_span(report), EMPTY).help(WRITE);
    }
}
