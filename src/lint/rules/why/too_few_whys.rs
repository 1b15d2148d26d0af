//! `WHY001`
use super::{depths, whys_span, written};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds five whys that stop early: the longest chain has fewer than three steps. Five is a symbol, not a quota, so
        /// nobody is asked for five. It also finds whys in which no step could be read.
        ///
        /// ## Why it matters
        /// The first answer says what broke, the second how. What made it possible comes after that: a limit nobody
        /// watched, a test that could not fail, a decision that was right once.
        ///
        /// ## Options
        /// `steps` in `[rules.too-few-whys]` is how many steps the longest chain has at least; 3 without it.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query was slow.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did the tests not show it?** Their data has 500 rows.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 일찍 멈춘 5 Whys를 찾습니다. 가장 긴 사슬이 세 단계보다 짧은 경우입니다. 5번은 상징이지 할당량이 아니므로 다섯 단계를 요구하지는
        /// 않습니다. 한 단계도 읽을 수 없는 경우도 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 첫 답은 무엇이 고장 났는지, 둘째 답은 어떻게 고장 났는지를 말합니다. 그것을 가능하게 한 것은 그다음에 나옵니다. 아무도 보지 않던
        /// 한도, 실패할 수 없는 테스트, 한때는 옳았던 결정 같은 것입니다.
        ///
        /// ## 설정
        /// `[rules.too-few-whys]`의 `steps`에 가장 긴 사슬이 몇 단계 이상이어야 하는지 적습니다. 없으면 3입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 느렸다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        /// ```
    }
    RULE = Rule {
        code: "WHY001",
        name: "too-few-whys",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const FEW: Text =
    Text::new("the whys stop after {count} {step|steps}", "왜를 {count}단계에서 멈췄습니다");
const ASK: Text = Text::new(
    "ask on until an answer is something that can be changed: {wanted} steps at least",
    "바꿀 수 있는 것이 답으로 나올 때까지, 적어도 {wanted}단계를 물으세요",
);
const NONE: Text = Text::new("no why could be read here", "왜를 하나도 읽을 수 없습니다");
const WRITE: Text = Text::new(
    "write a question and its answer for each step: `1. **Why could customers not pay?** The pool was exhausted`",
    "단계마다 질문과 답을 적으세요: `1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다`",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    if written(incident).next().is_none() {
        return;
    }
    let longest = incident.whys.iter().flat_map(depths).max().unwrap_or(0);
    let wanted = ctx.settings.rules.too_few_whys.steps;
    if longest == 0 {
        found.at(&report.source, whys_span(report), NONE).help(WRITE);
    } else if longest < wanted as usize {
        found
            .at(&report.source, whys_span(report), FEW.with("count", longest))
            .help(ASK.with("wanted", wanted));
    }
}
