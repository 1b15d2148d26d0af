//! `DOC006`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds keys that stand in the front matter twice.
        ///
        /// ## Why it matters
        /// Tools disagree about which one counts. Here the first is read.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// severity: SEV3
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// front matter에 두 번 나오는 키를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 어느 쪽을 쓸지는 도구마다 다릅니다. 여기서는 먼저 나온 값을 읽습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// severity: SEV3
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC006",
        name: "duplicate-key",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const TWICE: Text = Text::new("duplicate key `{key}`", "키 `{key}`{이/가} 중복됩니다");
const FIRST: Text = Text::new("this one is read", "이 값을 읽었습니다");
const REMOVE: Text = Text::new("keep one of them", "하나만 남기세요");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if let ProblemKind::DuplicateKey { key, first } = &problem.kind {
            let message = TWICE.with("key", key);
            found.at(&report.source, problem.span, message).help(REMOVE).related(*first, FIRST);
        }
    }
}
