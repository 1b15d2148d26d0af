//! `WHY007`
use bokgi_search::Words;

use super::first_line;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Why, WhyChain};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds questions that do not ask about the answer before them: the two share no word, in any form, and the question
        /// shares none with the step above that or the first either. A bare `Why?`, or one with `it` or `that`, asks about whatever stands before; where an answer has
        /// several questions, each may take its own side.
        ///
        /// Words say little about meaning, so this rule is often wrong where a question uses other words for the same thing.
        ///
        /// ## Why it matters
        /// Each why is asked of the answer before. Where it is not, a step is missing, or another chain has begun that
        /// deserves a heading of its own.
        ///
        /// ## Example
        /// ```toml,config
        /// [check]
        /// select = ["WHY007"]
        /// ```
        ///
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why did the review miss the index?** The template asks for tests only.
        /// 3. **Why does it?** It dates from 2019.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did that query pass the review?** The template asks for tests only.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 앞의 답을 묻지 않는 질문을 찾습니다. 질문이 바로 앞의 답과도, 그 위의 단계나 첫 단계와도 어떤 형태로든 겹치는 낱말이 없는 경우입니다. `왜?`만
        /// 적거나 `그 정책은 왜`처럼 가리키는 말을 쓰면 앞의 답을 묻는 것으로 봅니다. 한 답에 질문이 여럿이면 저마다 다른 면을 물어도 됩니다.
        ///
        /// 낱말만으로는 뜻을 다 알 수 없으므로, 같은 것을 다른 말로 물으면 틀릴 수 있습니다.
        ///
        /// ## 왜 중요한가요
        /// 왜는 바로 앞의 답에 대해 묻는 것입니다. 그렇지 않다면 한 단계가 빠졌거나, 따로 제목을 달아야 할 다른 사슬이 시작된 것입니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [check]
        /// select = ["WHY007"]
        /// ```
        ///
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 리뷰에서 인덱스를 놓쳤나?** 양식이 테스트만 묻는다.
        /// 3. **왜 테스트만 묻나?** 2019년에 만든 양식이다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 그 쿼리가 리뷰를 통과했나?** 양식이 테스트만 묻는다.
        /// ```
    }
    RULE = Rule {
        code: "WHY007",
        name: "why-does-not-follow",
        stability: Stability::Preview,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const APART: Text = Text::new(
    "this why does not ask about the answer before it",
    "이 질문은 앞의 답에서 이어지지 않습니다",
);
const SEVERAL: Text = Text::new(
    "{count} whys do not ask about the answer before them",
    "질문 {count}개가 앞의 답에서 이어지지 않습니다",
);
const ADD: Text = Text::new(
    "add the step between, or give the new chain a heading of its own",
    "사이의 단계를 적거나, 새로운 사슬이라면 제목을 따로 다세요",
);
const ANSWER: Text = Text::new("the answer before", "앞의 답");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let apart: Vec<(&Why, &Why)> = report.incident.whys.iter().flat_map(breaks).collect();
    let Some((first, above)) = apart.first() else { return };
    let message = match apart.len() {
        1 => APART.into(),
        count => SEVERAL.with("count", count),
    };
    let place = |step: &Why| first_line(step.span, &report.text);
    let item = found.at(&report.source, place(first), message).help(ADD);
    item.related(place(above), ANSWER);
    for (step, _) in apart.iter().skip(1) {
        item.related(place(step), Text::new("", ""));
    }
}

/// `왜 그 정책이 …`, `Why did it …`: what it points at is the answer before.
fn points_back(question: &str) -> bool {
    const POINTING: [&str; 18] = [
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "they",
        "them",
        "so",
        "such",
        "then",
        "그",
        "이",
        "그때",
        "그것",
        "그런",
        "그렇게",
        "이렇게",
    ];
    let mut words = question.split(|ch: char| !ch.is_alphanumeric());
    words.any(|word| POINTING.iter().any(|pointing| word.eq_ignore_ascii_case(pointing)))
}

/// The steps that ask about something new, each with the one above it.
fn breaks(chain: &WhyChain) -> Vec<(&Why, &Why)> {
    let steps = &chain.steps;
    let mut children = vec![0_usize; steps.len()];
    for count in steps.iter().filter_map(|step| step.parent) {
        if let Some(count) = children.get_mut(count) {
            *count += 1;
        }
    }
    let said: Vec<Words> = steps
        .iter()
        .map(|step| {
            let mut words = Words::of(&step.question);
            words.add(&step.answer);
            words
        })
        .collect();
    let follows = |step: &Why, parent: usize| {
        let question = Words::of(&step.question);
        let above = steps.get(parent).and_then(|above| above.parent);
        question.is_empty()
            || points_back(&step.question)
            || [Some(parent), above, Some(0)]
                .into_iter()
                .flatten()
                .any(|at| said.get(at).is_some_and(|words| question.share(words)))
    };
    let mut breaks = Vec::new();
    for step in steps {
        let Some(parent) = step.parent else { continue };
        let Some(above) = steps.get(parent) else { continue };
        let only = children.get(parent) == Some(&1);
        if only && !above.answer.is_empty() && !follows(step, parent) {
            breaks.push((step, above));
        }
    }
    breaks
}
