//! `SEC003`
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds text that waits to be replaced: `TBD`, `TODO:`, `작성 예정`, `YYYY-MM-DD`, `HH:MM`, `{{ summary }}`,
        /// and the questions a template starts with. Code and quotes are left alone. In a draft it is silent: that is what a
        /// draft is for.
        ///
        /// ## Why it matters
        /// A report goes out early with gaps, and is completed later. A final one with gaps was forgotten.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Root cause
        /// TBD
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Root cause
        /// The connection pool was exhausted.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 아직 채우지 않은 자리를 찾습니다. `TBD`, `TODO:`, `작성 예정`, `YYYY-MM-DD`, `HH:MM`, `{{ 요약 }}`, 양식에 있던 질문 등입니다.
        /// 코드와 인용은 건드리지 않습니다. 초안에서는 조용합니다. 초안은 그러라고 있는 것이니까요.
        ///
        /// ## 왜 중요한가요
        /// 보고서는 빈자리가 있어도 먼저 공유하고 나중에 채웁니다. 완료된 보고서의 빈자리는 잊힌 것입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 원인
        /// TBD
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 원인
        /// 커넥션 풀이 고갈됐다.
        /// ```
    }
    RULE = Rule {
        code: "SEC003",
        name: "placeholder",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::SilentInDraft,
        check: Check::Report(check),
    }
}

const ONE: Text =
    Text::new("`{text}` is still to be written", "`{text}`: 아직 작성하지 않은 부분입니다");
const SEVERAL: Text = Text::new(
    "{count} places are still to be written",
    "아직 채우지 않은 자리가 {count}곳 있습니다",
);
const REPLACE: Text = Text::new(
    "write what is known, or `unknown` and why, or set `status: draft`",
    "아는 대로 적거나, 모르면 모른다고 이유와 함께 적거나, `status: draft`로 두세요",
);
/// A longer placeholder is a template's question.
const LONGEST: usize = 40;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let Some(&first) = report.placeholders.first() else { return };
    let message = match report.placeholders.len() {
        1 => {
            let text = first.of(&report.text).trim();
            let shown: String = text.chars().take(LONGEST).collect();
            let cut = if shown.len() < text.len() { "…" } else { "" };
            ONE.with("text", format!("{shown}{cut}"))
        }
        count => SEVERAL.with("count", count),
    };
    let what: [Value; 0] = [];
    let item = found.at(&report.source, first, message).help(REPLACE).still_to_do(what);
    for span in report.placeholders.iter().skip(1) {
        item.related(*span, Text::new("", ""));
    }
}
