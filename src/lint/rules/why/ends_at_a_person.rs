//! `WHY005`
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::prose::{Lookout, Place, Prose, Role, Saying, mend};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::SectionKind;

declare_rule! {
    en {
        /// ## What it does
        /// Finds analyses that stop at a person: the last answer of a chain of whys, or a root cause, is `human error`, a typo,
        /// something that was forgotten, a procedure that was not followed. Where the text goes on from there to the
        /// system, all is well.
        ///
        /// ## Why it matters
        /// People err everywhere, and always will. A cause is what you can change: why was the error possible, why did it
        /// look right, and why did nothing stop it on its way to the customer?
        ///
        /// ## Source
        /// Sidney Dekker, The Field Guide to Understanding Human Error: human error is where an analysis begins.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Five whys
        /// 1. Why did checkout fail? → The timeout was 10 ms.
        /// 2. Why was it 10 ms? → Human error while editing the file.
        /// ```
        ///
        /// ```md,good
        /// ## Five whys
        /// 1. Why did checkout fail? → The timeout was 10 ms.
        /// 2. Why was it 10 ms? → Human error while editing the file.
        /// 3. Why did that reach production? → The value has no unit, and no test reads the file.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 사람에서 멈춘 분석을 찾습니다. 마지막 왜의 답이나 원인이 `실수`, `휴먼 에러`, `깜빡했다`, `확인하지 않았다`, `숙지하지 못했다`인 경우입니다.
        /// 거기서 시스템으로 더 나아갔다면 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 사람은 어디서나 실수하고 앞으로도 그렇습니다. 원인은 바꿀 수 있는 것이어야 합니다. 왜 그 실수가 가능했고, 왜 옳아 보였으며, 왜 고객에게
        /// 닿을 때까지 아무것도 막지 못했을까요?
        ///
        /// ## 출처
        /// Sidney Dekker, The Field Guide to Understanding Human Error: 휴먼 에러는 분석의 끝이 아니라 시작입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 5 Whys
        /// 1. 왜 결제가 실패했나? → 타임아웃이 10ms였다.
        /// 2. 왜 10ms였나? → 담당자가 실수로 단위를 빠뜨렸다.
        /// ```
        ///
        /// ```md,good
        /// ## 5 Whys
        /// 1. 왜 결제가 실패했나? → 타임아웃이 10ms였다.
        /// 2. 왜 10ms였나? → 담당자가 실수로 단위를 빠뜨렸다.
        /// 3. 왜 그대로 운영까지 나갔나? → 설정에 단위가 없고, 이 파일을 읽는 테스트가 없다.
        /// ```
    }
    RULE = Rule {
        code: "WHY005",
        name: "ends-at-a-person",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Prose(&LOOKOUT, check),
    }
}

static LOOKOUT: Lookout = Lookout { words: words::anchors, reads };

fn reads(kinds: &[SectionKind]) -> bool {
    kinds.iter().any(|kind| matches!(kind, SectionKind::Whys | SectionKind::Factors))
}

const SAYING: Saying = Saying {
    one: Text::new("the analysis ends at a person: {words}", "분석이 사람에서 끝납니다: {words}"),
    several: Text::new(
        "{count} causes end at a person: {words}",
        "사람에서 끝나는 원인이 {count}곳 있습니다: {words}",
    ),
};

fn check(_: &Context<'_>, prose: &Prose<'_>, found: &mut Found) {
    let mut places: Vec<Place> = Vec::new();
    for sentence in prose.sentences(&LOOKOUT) {
        let ends = matches!(sentence.unit.role, Role::LastAnswer | Role::Factor);
        if !ends || !sentence.is_last() || sentence.is_question() {
            continue;
        }
        // One cause ends once, whatever words say so.
        if let Some((range, help)) = words::find(sentence.text(), sentence.before()) {
            let (span, words) = sentence.place(range);
            places.push(Place { span, words: words.to_owned(), mend: mend(help, words) });
        }
    }
    SAYING.report(&prose.report.source, places, found);
}
