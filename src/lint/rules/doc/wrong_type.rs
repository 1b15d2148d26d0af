//! `DOC007`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds values of the front matter that are not what their key takes: a list for a date, a date without
        /// a time for `started_at`, an id with a slash in it.
        ///
        /// ## Why it matters
        /// The value is not read, and figures about time or severity leave this report out.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// started_at: around noon
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// started_at: 2026-03-14 12:05
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 키에 맞지 않는 값을 찾습니다. 날짜 자리에 목록이 있거나, `started_at`에 날짜가 없거나, 식별자에 `/`가 들어간 경우입니다.
        ///
        /// ## 왜 중요한가요
        /// 그 값은 읽히지 않고, 시간이나 심각도에 관한 통계에서 이 보고서가 빠집니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// started_at: 정오 무렵
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// started_at: 2026-03-14 12:05
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC007",
        name: "wrong-type",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const WRONG: Text =
    Text::new("the value of `{key}` cannot be read", "`{key}` 값을 읽을 수 없습니다");
const EXPECTED: Text = Text::new(
    "write {expected}; this is {found}",
    "{expected}{을/를} 적으세요. 지금은 {found}입니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        let ProblemKind::WrongType { key, expected, found: is } = &problem.kind else { continue };
        // Front matter that is no table as a whole is another rule's.
        if key != "---" {
            let message = WRONG.with("key", key);
            let help = EXPECTED.with("expected", *expected).with("found", *is);
            found.at(&report.source, problem.span, message).help(help);
        }
    }
}
