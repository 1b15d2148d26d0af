//! `DOC003`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds front matter that is not valid YAML, is never closed, or holds no keys.
        ///
        /// ## Why it matters
        /// What stands behind the mistake is not read: severity, times, and who may see the report. Until it is
        /// mended the report counts as restricted and is not published.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payments: all of them failed
        /// severity: SEV1
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: "Payments: all of them failed"
        /// severity: SEV1
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 올바른 YAML이 아니거나, 닫히지 않았거나, 키가 없는 front matter를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 잘못된 곳부터는 읽지 못합니다. 심각도도, 시각도, 누가 볼 수 있는 보고서인지도 알 수 없습니다. 고칠 때까지 이 보고서는 열람이
        /// 제한된 것으로 보고 발행하지 않습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제: 전면 실패
        /// severity: SEV1
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: "결제: 전면 실패"
        /// severity: SEV1
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC003",
        name: "invalid-front-matter",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const SYNTAX: Text =
    Text::new("invalid front matter: {detail}", "front matter를 읽을 수 없습니다: {detail}");
const UNCLOSED: Text =
    Text::new("front matter is never closed", "front matter가 닫히지 않았습니다");
const CLOSE: Text = Text::new(
    "end it with a line of `---`; until then the report counts as restricted",
    "`---` 한 줄로 닫으세요. 닫기 전까지 이 보고서는 열람이 제한된 것으로 봅니다",
);
const NO_KEYS: Text = Text::new("front matter holds no keys", "front matter에 키가 없습니다");
const MEND: Text = Text::new(
    "mend it here; what follows is not read, and until then the report counts as restricted",
    "여기를 고치세요. 이 뒤는 읽지 못하며, 고치기 전까지 이 보고서는 열람이 제한된 것으로 봅니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        match &problem.kind {
            ProblemKind::Syntax(detail) if !is_toml(report) => {
                let message = SYNTAX.with("detail", detail.clone());
                found.at(&report.source, problem.span, message).help(MEND);
            }
            ProblemKind::UnclosedFrontMatter => {
                found.at(&report.source, problem.span, UNCLOSED).help(CLOSE);
            }
            ProblemKind::WrongType { key, .. } if key == "---" => {
                found.at(&report.source, problem.span, NO_KEYS).help(MEND);
            }
            _ => {}
        }
    }
}

fn is_toml(report: &Report) -> bool {
    report.front_matter.notation == Some(crate::parse::Notation::Toml)
}
