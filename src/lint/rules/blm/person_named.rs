//! `BLM003`
mod names;
#[cfg(test)]
mod tests;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::prose::{Lookout, Place, Prose, Saying, mend};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::SectionKind;

declare_rule! {
    en {
        /// ## What it does
        /// Finds people named in causes, whys, lessons and in the text of actions: a `@handle`, or a name with a duty behind it
        /// (`Kim (the on-call engineer)`). Owner fields, roles, the timeline, quotes, links and the handles of teams are
        /// left alone.
        ///
        /// ## Why it matters
        /// An analysis with a name in it is read as a judgement of that person, for as long as the report is found. What
        /// matters to the next reader is the duty and what it had to work with.
        ///
        /// ## Source
        /// Site Reliability Engineering, chapter 15.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Root cause
        /// @jlee merged the change without a second approval.
        /// ```
        ///
        /// ```md,good
        /// ## Root cause
        /// The author of a change can merge it without a second approval.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 원인, 왜, 교훈, 조치의 본문에 적힌 사람 이름을 찾습니다. `@핸들`, `김민수 님`, `홍길동 매니저` 등입니다.
        /// 담당자 칸, 역할, 타임라인, 인용, 링크, 팀 핸들은 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 이름이 들어간 분석은 그 사람에 대한 평가로 읽히고, 보고서가 검색되는 동안 계속 그렇습니다. 다음에 읽을 사람에게 필요한 것은 그 역할과 그때의
        /// 조건입니다.
        ///
        /// ## 출처
        /// Site Reliability Engineering 15장.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 원인
        /// 김민수 님이 승인 없이 변경을 병합했다.
        /// ```
        ///
        /// ```md,good
        /// ## 원인
        /// 변경을 만든 사람이 다른 사람의 승인 없이 병합할 수 있다.
        /// ```
    }
    RULE = Rule {
        code: "BLM003",
        name: "person-named",
        stability: Stability::Preview,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Prose(&LOOKOUT, check),
    }
}

static LOOKOUT: Lookout = Lookout { words: || [names::MARKS, names::TITLES].concat(), reads };

fn reads(kinds: &[SectionKind]) -> bool {
    kinds.iter().any(|kind| {
        matches!(
            kind,
            SectionKind::Whys
                | SectionKind::Factors
                | SectionKind::Trigger
                | SectionKind::Lessons
                | SectionKind::WentWrong
        ) || kind.holds_actions()
    })
}

const SAYING: Saying = Saying {
    one: Text::new("{words} is a person", "사람 이름이 있습니다: {words}"),
    several: Text::new(
        "people are named in {count} places: {words}",
        "사람 이름이 {count}곳에 있습니다: {words}",
    ),
};
const DUTY: Text = Text::new(
    "instead of `{words}`, write the duty: the on-call engineer, the author of the change; an owner belongs in the owner field",
    "`{words}` 대신 당직자, 변경 작성자처럼 역할을 적으세요. 조치를 맡은 사람은 담당 칸에 적으면 됩니다",
);

fn check(context: &Context<'_>, prose: &Prose<'_>, found: &mut Found) {
    let names = names::Names::new(&prose.report.incident, context.settings);
    let mut places: Vec<Place> = Vec::new();
    for sentence in prose.sentences(&LOOKOUT) {
        places.extend(names.find(sentence.text()).into_iter().filter_map(|range| {
            let (span, words) = sentence.place(range);
            if names::is_annotation(words) {
                return None;
            }
            // The owner of an action is a field, wherever the action has it.
            let actions = &prose.report.incident.actions;
            let before = actions.partition_point(|action| action.span.start <= span.start);
            let is_owner = before.checked_sub(1).is_some_and(|last| {
                let action = &actions[last];
                action.span.contains(span) && !action.text_span.contains(span)
            });
            (!is_owner).then(|| Place { span, words: words.to_owned(), mend: mend(DUTY, words) })
        }));
    }
    SAYING.report(&prose.report.source, places, found);
}
