//! `WHY002`
use super::{first_line, steps};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::waits;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Why;
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds whys that nobody answered. An answer that waits to be written (`TBD`) is left to `placeholder`; in a draft
        /// both are silent.
        ///
        /// ## Why it matters
        /// The chain breaks there, and whatever the steps below it say does not follow from anything.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?**
        /// 3. **Why did the tests not show it?** Their data has 500 rows.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did the tests not show it?** Their data has 500 rows.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 답이 없는 왜를 찾습니다. 나중에 적겠다고 남겨 둔 자리(`TBD`)는 `placeholder`가 말합니다. 초안에서는 둘 다 조용합니다.
        ///
        /// ## 왜 중요한가요
        /// 사슬이 거기서 끊기고, 그 아래 단계는 어디에서도 이어지지 않습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?**
        /// 3. **왜 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        /// ```
    }
    RULE = Rule {
        code: "WHY002",
        name: "question-without-answer",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::SilentInDraft,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new("this why has no answer", "이 질문에 답이 없습니다");
const SEVERAL: Text = Text::new(
    "{count} of {all} whys have no answer",
    "질문 {all}개 가운데 {count}개에 답이 없습니다",
);
const ANSWER: Text = Text::new(
    "answer it with what is known, or write that nobody knows and why",
    "아는 사실로 답하거나, 알 수 없다면 왜 알 수 없는지 적으세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let steps = steps(&report.incident);
    // What a form left to fill in is not a question that somebody asked.
    let is_open = |(step, place): &&(&Why, Span)| {
        !step.question.is_empty() && step.answer.is_empty() && !waits(report, *place)
    };
    let open: Vec<Span> = steps.iter().filter(is_open).map(|(step, _)| step.span).collect();
    let Some(&first) = open.first() else { return };
    let message = match open.len() {
        1 => ONE.into(),
        count => SEVERAL.with("count", count).with("all", steps.len()),
    };
    let item = found.at(&report.source, first_line(first, &report.text), message).help(ANSWER);
    for span in open.iter().skip(1) {
        item.related(first_line(*span, &report.text), Text::new("", ""));
    }
}
