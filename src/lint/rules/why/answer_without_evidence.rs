//! `WHY003`
use super::{first_line, steps, whys_span};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Status, Why};
use crate::parse::{Report, backs_answer};
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds whys whose answers rest on nothing: most of them name no link, no ticket, no number, no code, no log line, no
        /// screenshot and no quote. One measured answer among three is enough to be left alone, and only finished reports are
        /// looked at.
        ///
        /// ## Why it matters
        /// Five whys stand on verified facts. An answer that nobody can check is a guess, and everything below it is a
        /// guess about a guess.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query was slow.
        /// 3. **Why was it slow?** An index was missing.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted ([graph](https://graphs.example/pool)).
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why was it slow?** `promo_usage` has no index on `member_id`.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 답에 근거가 없는 5 Whys를 찾습니다. 답 대부분에 링크, 티켓, 수치, 코드, 로그, 화면, 인용이 하나도 없는 경우입니다. 셋 중 하나라도
        /// 근거가 있으면 넘어가고, 완료된 보고서만 봅니다.
        ///
        /// ## 왜 중요한가요
        /// 5 Whys는 검증된 사실 위에 서야 합니다. 아무도 확인할 수 없는 답은 추측이고, 그 아래는 모두 추측에 대한 추측입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리가 느렸다.
        /// 3. **왜 느렸나?** 인덱스가 없었다.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다([그래프](https://graphs.example/pool)).
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 느렸나?** `promo_usage`의 `member_id`에 인덱스가 없었다.
        /// ```
    }
    RULE = Rule {
        code: "WHY003",
        name: "answer-without-evidence",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const NONE: Text =
    Text::new("no answer in the whys names its evidence", "왜에 대한 답 어디에도 근거가 없습니다");
const MOST: Text = Text::new(
    "{count} of {all} answers in the whys name no evidence",
    "왜에 대한 답 {all}개 가운데 {count}개에 근거가 없습니다",
);
const LINK: Text = Text::new(
    "add what shows it: a graph, a log line, a ticket, a number, an entry of the timeline",
    "그것을 보여 주는 것을 더하세요: 그래프, 로그, 티켓, 수치, 타임라인의 항목",
);

/// Fewer answers are no habit yet.
const FEWEST: usize = 3;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.incident.status.value != Status::Final {
        return;
    }
    let steps = steps(&report.incident);
    let answered: Vec<&(&Why, Span)> =
        steps.iter().filter(|(step, _)| !step.answer.is_empty()).collect();
    let bare: Vec<Span> = answered
        .iter()
        .filter(|(step, place)| !backs_answer(step, *place, &report.text))
        .map(|(step, _)| step.span)
        .collect();
    // One in three shows that whoever wrote it looked.
    if answered.len() < FEWEST || bare.len() * 3 <= answered.len() * 2 {
        return;
    }
    let message = if bare.len() == answered.len() {
        NONE.into()
    } else {
        MOST.with("count", bare.len()).with("all", answered.len())
    };
    let item = found.at(&report.source, whys_span(report), message).help(LINK);
    for span in bare {
        item.related(first_line(span, &report.text), Text::new("", ""));
    }
}
