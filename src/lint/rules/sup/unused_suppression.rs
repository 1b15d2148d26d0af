//! `SUP001`
use crate::diagnostics::{Edit, Severity};
use crate::l10n::Text;
use crate::lint::{Applied, Check, Context, Found, Level, Stability, Use, declare_rule};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds comments that switch a rule off where the rule finds nothing. A comment reads
        /// `<!-- bokgi-disable-next-line CODE: reason -->`; there are also `bokgi-disable-line`, `bokgi-disable-file`,
        /// and `bokgi-disable` up to `bokgi-enable`. In front matter the same words stand behind a `#`. Instead of a
        /// code there can be the start of one (`ACT`) or a rule's name.
        ///
        /// ## Why it matters
        /// What it excused was mended. If it stays, it will hide the next slip at that place.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder: the invoice comes in May -->
        /// ## Summary
        /// For an hour nobody could pay.
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
        /// 규칙을 껐지만 끌 것이 없는 주석을 찾습니다. 주석은 `<!-- bokgi-disable-next-line 코드: 이유 -->`처럼 적습니다. `bokgi-disable-line`,
        /// `bokgi-disable-file`, 그리고 `bokgi-enable`까지 이어지는 `bokgi-disable`도 있습니다. front matter에서는 같은 말을 `#` 뒤에
        /// 적습니다. 코드 대신 코드의 앞부분(`ACT`)이나 규칙 이름을 적어도 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 예외로 두었던 문제가 이미 고쳐졌다는 뜻입니다. 남겨 두면 같은 자리에서 다음에 생길 실수를 가립니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        /// <!-- bokgi-disable-next-line placeholder: 청구서는 5월에 나온다 -->
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
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
        code: "SUP001",
        name: "unused-suppression",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Suppressions(check),
    }
}

const UNUSED: Text = Text::new(
    "no need to switch `{rule}` off: it finds nothing here",
    "`{rule}` 규칙을 끌 필요가 없습니다. 여기서 찾은 것이 없습니다",
);
const REMOVE: Text = Text::new("remove the comment", "주석을 지우세요");

fn check(_: &Context<'_>, report: &Report, applied: &[Applied<'_>], found: &mut Found) {
    for Applied { suppression, outcome } in applied {
        if *outcome != Use::Unused {
            continue;
        }
        let message = UNUSED.with("rule", &suppression.rule);
        let item = found.at(&report.source, suppression.rule_span, message).help(REMOVE);
        let of_comment = applied.iter().filter(|other| other.suppression.span == suppression.span);
        if of_comment.count() == 1 {
            let span = with_its_line(report.source.text(), suppression.span);
            item.fix(vec![Edit { span, text: String::new() }]);
        }
    }
}

/// The comment, and its line where nothing else stands on it.
fn with_its_line(text: &str, comment: Span) -> Span {
    let (start, end) = (comment.start as usize, comment.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if alone {
        return Span::new(line_start, line_end);
    }
    let before = text[..start].trim_end_matches([' ', '\t']).len();
    Span::new(before, end)
}
