//! `SUP003`
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Applied, Check, Context, Found, Level, Stability, Use, declare_rule, find_rule};
use crate::parse::{ProblemKind, Report, SuppressionSlip};
use crate::tree::DID_YOU_MEAN;

declare_rule! {
    en {
        /// ## What it does
        /// Finds comments to Bokgi that it cannot follow: a word it does not know, no rule, a rule that there is
        /// not, an end without a beginning.
        ///
        /// ## Why it matters
        /// The author believes a rule is off, and it is not.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-nextline SEC003: the invoice comes in May -->
        /// The damage: TBD.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line SEC003: the invoice comes in May -->
        /// The damage: TBD.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// Bokgi가 따를 수 없는 주석을 찾습니다. 모르는 낱말, 규칙이 빠진 주석, 없는 규칙, 시작 없이 끝나는 주석입니다.
        ///
        /// ## 왜 중요한가요
        /// 적은 사람은 규칙이 꺼졌다고 믿지만, 꺼지지 않았습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-nextline SEC003: 청구서는 5월에 나온다 -->
        /// 피해액: TBD.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line SEC003: 청구서는 5월에 나온다 -->
        /// 피해액: TBD.
        /// ```
    }
    RULE = Rule {
        code: "SUP003",
        name: "invalid-suppression",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Suppressions(check),
    }
}

const UNKNOWN_WORD: Text =
    Text::new("`bokgi-{word}` means nothing", "`bokgi-{word}`{은/는} 모르는 지시입니다");
const NO_RULES: Text = Text::new("names no rule to switch off", "끌 규칙이 적혀 있지 않습니다");
const NOT_OPEN: Text =
    Text::new("switches on what nothing switched off", "끈 적이 없는 규칙을 다시 켭니다");
const UNKNOWN_RULE: Text = Text::new("there is no rule `{rule}`", "`{rule}` 규칙이 없습니다");
const DIRECTIVES: Text = Text::new(
    "there are `bokgi-disable-next-line`, `-disable-line`, `-disable-file`, `-disable` and `-enable`",
    "쓸 수 있는 지시는 `bokgi-disable-next-line`, `-disable-line`, `-disable-file`, `-disable`, `-enable`입니다",
);
const EXAMPLE: Text = Text::new(
    "write `<!-- bokgi-disable-next-line CODE: reason -->`",
    "`<!-- bokgi-disable-next-line 코드: 이유 -->`처럼 적으세요",
);
const REMOVE: Text = Text::new("remove the comment", "주석을 지우세요");
const LIST: Text =
    Text::new("`bokgi explain` lists all rules", "`bokgi explain`으로 모든 규칙을 볼 수 있습니다");

fn check(_: &Context<'_>, report: &Report, applied: &[Applied<'_>], found: &mut Found) {
    for problem in &report.problems {
        let ProblemKind::Suppression(slip) = &problem.kind else { continue };
        let (message, help): (Message, Message) = match slip {
            SuppressionSlip::UnknownDirective { word, suggestion } => {
                let close =
                    suggestion.map(|close| DID_YOU_MEAN.with("close", format!("bokgi-{close}")));
                (UNKNOWN_WORD.with("word", word), close.unwrap_or(DIRECTIVES.into()))
            }
            SuppressionSlip::NoRules => (NO_RULES.into(), EXAMPLE.into()),
            SuppressionSlip::NotOpen => (NOT_OPEN.into(), REMOVE.into()),
        };
        found.at(&report.source, problem.span, message).help(help);
    }
    for Applied { suppression, .. } in applied.iter().filter(|a| a.outcome == Use::UnknownRule) {
        let close = find_rule(&suppression.rule).err().and_then(|unknown| unknown.suggestion);
        let help = close.map_or(LIST.into(), |close| DID_YOU_MEAN.with("close", close));
        let message = UNKNOWN_RULE.with("rule", &suppression.rule);
        found.at(&report.source, suppression.rule_span, message).help(help);
    }
}
