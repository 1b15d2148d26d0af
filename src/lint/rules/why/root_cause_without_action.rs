//! `WHY008`
use bokgi_search::Words;

use super::first_line;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Why;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds last answers that no action speaks of: neither the answer nor its question shares a word, in any form, with an
        /// action. Reports without actions are left to other rules.
        ///
        /// Words say little about meaning, so this rule is wrong where an action uses other words for the same thing.
        ///
        /// ## Why it matters
        /// The last answer is what made it all possible. Where no action answers it, the next incident takes the same road.
        ///
        /// ## Example
        /// ```toml,config
        /// [check]
        /// select = ["WHY008"]
        /// ```
        ///
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did the load test not show it?** Its data has 500 rows.
        ///
        /// ## Short-term actions
        /// - [ ] Restart the gateway every night
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did the load test not show it?** Its data has 500 rows.
        ///
        /// ## Short-term actions
        /// - [ ] Run load tests on as many rows as in production
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 어떤 조치도 다루지 않는 마지막 답을 찾습니다. 답에도 그 질문에도, 조치와 어떤 형태로든 겹치는 낱말이 없는 경우입니다. 조치가 없는
        /// 보고서는 다른 규칙이 말합니다.
        ///
        /// 낱말만으로는 뜻을 다 알 수 없으므로, 같은 것을 다른 말로 적은 조치는 알아보지 못합니다.
        ///
        /// ## 왜 중요한가요
        /// 마지막 답이 이 모든 것을 가능하게 했습니다. 거기에 답하는 조치가 없으면 다음 장애도 같은 길로 옵니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [check]
        /// select = ["WHY008"]
        /// ```
        ///
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 부하 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        ///
        /// ## 단기 조치
        /// - [ ] 게이트웨이를 매일 밤 재시작
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 부하 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        ///
        /// ## 단기 조치
        /// - [ ] 부하 시험 데이터를 운영과 같은 크기로 만들기
        /// ```
    }
    RULE = Rule {
        code: "WHY008",
        name: "root-cause-without-action",
        stability: Stability::Preview,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text =
    Text::new("no action speaks of this last answer", "이 마지막 답을 다루는 조치가 없습니다");
const SEVERAL: Text = Text::new(
    "no action speaks of {count} of the {all} last answers",
    "마지막 답 {all}개 가운데 {count}개를 다루는 조치가 없습니다",
);
const ADD: Text = Text::new(
    "add an action that changes what it says, or say why none is needed",
    "그것을 바꿀 조치를 더하거나, 필요 없는 이유를 적으세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    if incident.actions.is_empty() || incident.whys.is_empty() {
        return;
    }
    let mut actions = Words::default();
    for action in &incident.actions {
        actions.add(&action.text);
    }
    let answered = |why: &&Why| !why.answer.is_empty();
    let last: Vec<&Why> =
        incident.whys.iter().flat_map(|chain| chain.leaves()).filter(answered).collect();
    let alone = |why: &&&Why| {
        let mut words = Words::of(&why.answer);
        words.add(&why.question);
        !words.is_empty() && !words.share(&actions)
    };
    let alone: Vec<&&Why> = last.iter().filter(alone).collect();
    let Some(first) = alone.first() else { return };
    let message = match alone.len() {
        1 => ONE.into(),
        count => SEVERAL.with("count", count).with("all", last.len()),
    };
    let place = |why: &Why| first_line(why.span, &report.text);
    let item = found.at(&report.source, place(first), message).help(ADD);
    for why in alone.iter().skip(1) {
        item.related(place(why), Text::new("", ""));
    }
}
