//! `SUP002`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Applied, Check, Context, Found, Level, Stability, Use, declare_rule};
use crate::parse::{NEEDS_REASON, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds comments that switch a rule off and do not say why. By default only where the rule is about secrets
        /// or identity numbers: without a reason such a comment switches nothing off.
        ///
        /// ## Why it matters
        /// Whoever reads the report next year cannot tell an exception from an oversight.
        ///
        /// ## Options
        /// `[rules.suppression-without-reason] required = true` asks for a reason everywhere.
        ///
        /// ## Example
        /// ```toml,config
        /// [rules.suppression-without-reason]
        /// required = true
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder -->
        /// The damage: TBD.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder: the invoice comes in May -->
        /// The damage: TBD.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 규칙을 끄면서 이유를 적지 않은 주석을 찾습니다. 기본으로는 비밀 값과 신원 번호 규칙을 끈 주석만 봅니다. 이 규칙들은 이유가 없으면
        /// 꺼지지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 이유가 없으면 내년에 읽는 사람은 예외인지 실수인지 알 수 없습니다.
        ///
        /// ## 설정
        /// `[rules.suppression-without-reason] required = true`로 두면 모든 주석에 이유를 요구합니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [rules.suppression-without-reason]
        /// required = true
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder -->
        /// 피해액: TBD.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder: 청구서는 5월에 나온다 -->
        /// 피해액: TBD.
        /// ```
    }
    RULE = Rule {
        code: "SUP002",
        name: "suppression-without-reason",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Suppressions(check),
    }
}

const NO_REASON: Text =
    Text::new("`{rule}` is switched off without a reason", "이유 없이 `{rule}` 규칙을 껐습니다");
const NOT_OFF: Text = Text::new(
    "`{rule}` stays on: switching off a rule about safety takes a reason",
    "`{rule}` 규칙은 꺼지지 않았습니다. 발행하면 안 되는 내용은 이유가 있어야 예외로 둡니다",
);
const SAY_WHY: Text =
    Text::new("say why after a colon: `{rule}: …`", "콜론 뒤에 이유를 적으세요: `{rule}: …`");

fn check(ctx: &Context<'_>, report: &Report, applied: &[Applied<'_>], found: &mut Found) {
    let required = ctx.settings.rules.suppression_without_reason.required;
    for Applied { suppression, outcome } in applied {
        let named = *outcome != Use::UnknownRule && suppression.reason.is_none();
        let is_safety = *outcome == Use::Used && is_about_safety(&suppression.rule);
        let message = match () {
            () if named && is_safety => NOT_OFF,
            () if named && required => NO_REASON,
            () => continue,
        };
        found
            .at(&report.source, suppression.rule_span, message.with("rule", &suppression.rule))
            .help(SAY_WHY.with("rule", &suppression.rule));
    }
}

/// Whether a word names a rule that takes a reason.
fn is_about_safety(word: &str) -> bool {
    crate::lint::RULES.iter().any(|rule| {
        NEEDS_REASON.contains(&rule.code) && crate::parse::names(word, rule.code, rule.name)
    })
}
