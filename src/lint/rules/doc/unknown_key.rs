//! `DOC005`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};
use crate::tree::DID_YOU_MEAN;

declare_rule! {
    en {
        /// ## What it does
        /// Finds keys of the front matter that nothing reads. Keys that other generators use (`layout`, `weight`,
        /// `author` …) are known and left alone.
        ///
        /// ## Why it matters
        /// A misspelt key is silently ignored: the report looks complete and is not.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// sevrity: SEV1
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// severity: SEV1
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// front matter에서 아무것도 읽지 않는 키를 찾습니다. 다른 생성기가 쓰는 키(`layout`, `weight`, `author` 등)는 알고 있으며
        /// 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 잘못 쓴 키는 조용히 무시됩니다. 보고서가 다 채워진 것처럼 보이지만 그렇지 않습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// sevrity: SEV1
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// severity: SEV1
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC005",
        name: "unknown-key",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const UNKNOWN: Text = Text::new("unknown key `{key}`", "모르는 키 `{key}`");
const READ_AS: Text = Text::new(
    "it was read as `{field}`; write it so",
    "`{field}`{으로/로} 읽었습니다. `{field}`{으로/로} 적으세요",
);
const REMOVE: Text = Text::new(
    "remove it, or put it below `extra:` if another tool needs it",
    "지우거나, 다른 도구가 쓰는 키라면 `extra:` 아래로 옮기세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        let ProblemKind::UnknownKey { key, read_as, suggestion } = &problem.kind else { continue };
        let help = match (read_as, suggestion) {
            (Some(field), _) => READ_AS.with("field", field.id()),
            (None, Some(close)) => DID_YOU_MEAN.with("close", *close),
            (None, None) => REMOVE.into(),
        };
        found.at(&report.source, problem.span, UNKNOWN.with("key", key)).help(help);
    }
}
