//! `DOC004`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{Notation, ProblemKind, Report};
use crate::tree::INVALID_TOML;

declare_rule! {
    en {
        /// ## What it does
        /// Finds front matter between `+++`, which is TOML.
        ///
        /// ## Why it matters
        /// It is read as far as it goes, but GitHub shows it as text and most tools for postmortems expect YAML.
        ///
        /// ## Example
        /// ```md,bad
        /// +++
        /// title = "Payment outage"
        /// +++
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// `+++`로 둘러싼 TOML front matter를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 읽을 수 있는 만큼은 읽지만, GitHub에서는 본문처럼 보이고 대부분의 도구는 YAML을 기대합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// +++
        /// title = "결제 장애"
        /// +++
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC004",
        name: "toml-front-matter",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const TOML: Text = Text::new("front matter is TOML", "front matter가 TOML입니다");
const YAML: Text = Text::new(
    "write it as YAML between `---` lines: `key: value`",
    "`---` 줄 사이에 YAML로 적으세요: `키: 값`",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.front_matter.notation != Some(Notation::Toml) {
        return;
    }
    for problem in &report.problems {
        match &problem.kind {
            ProblemKind::TomlFrontMatter => {
                found.at(&report.source, problem.span, TOML).help(YAML);
            }
            ProblemKind::Syntax(detail) => {
                found
                    .at(&report.source, problem.span, INVALID_TOML.with("detail", detail.clone()))
                    .help(YAML);
            }
            _ => {}
        }
    }
}
