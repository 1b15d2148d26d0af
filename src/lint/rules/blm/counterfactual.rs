//! `BLM002`
mod english;
mod korean;
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
        /// Finds sentences about what people did not do: `we should have tested`, `the team failed to check`, `if we had
        /// noticed`, `could have been avoided`. What a system should have done, what users could have seen, what might
        /// have been worse, requirements, quotes, the timeline and actions are left alone.
        ///
        /// ## Why it matters
        /// A counterfactual describes an event that did not take place. It feels like an explanation, but it only judges
        /// with what is known today, and hides the question worth asking: why did what people did make sense to them?
        ///
        /// ## Source
        /// Sidney Dekker and John Allspaw on counterfactuals; Site Reliability Engineering, chapter 15.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Root cause
        /// We should have tested the restore before the migration.
        /// ```
        ///
        /// ```md,good
        /// ## Root cause
        /// The restore was not tested before the migration: a test needs 4 TB of disk, and the plan had none.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 사람이 하지 않은 일을 가정하는 문장을 찾습니다. `확인했어야 했다`, `미리 알았더라면`, `공유했으면 좋았을`, `담당자가 점검하지 않아서` 등입니다.
        /// 시스템이 했어야 할 일, 사용자가 겪을 수 있었던 일, 더 나빠질 수 있었다는 말, 인용, 타임라인, 조치 항목은 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 일어나지 않은 일은 일어난 일을 설명하지 못합니다. 설명처럼 들리지만 지금 아는 것으로 그때를 평가할 뿐이고, 정작 물어야 할 것을 가립니다.
        /// 그 사람에게는 왜 그 선택이 옳아 보였을까요?
        ///
        /// ## 출처
        /// 반사실 가정에 대한 Sidney Dekker와 John Allspaw의 글; Site Reliability Engineering 15장.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 원인
        /// 배포 전에 설정값을 확인했어야 했다.
        /// ```
        ///
        /// ```md,good
        /// ## 원인
        /// 배포 절차에 설정값을 확인하는 단계가 없고, 바뀐 값은 배포 화면에 나오지 않는다.
        /// ```
    }
    RULE = Rule {
        code: "BLM002",
        name: "counterfactual",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Prose(&LOOKOUT, check),
    }
}

static LOOKOUT: Lookout = Lookout { words: || [english::ANCHORS, korean::ANCHORS].concat(), reads };

/// Actions state requirements, and a timeline tells what people said at the time.
fn reads(kinds: &[SectionKind]) -> bool {
    super::is_told(kinds)
        && !kinds.iter().any(|kind| kind.holds_actions() || *kind == SectionKind::Timeline)
}

const SAYING: Saying = Saying {
    one: Text::new(
        "{words} tells of something that did not happen",
        "{words}: 일어나지 않은 일을 가정하고 있습니다",
    ),
    several: Text::new(
        "{count} places tell of something that did not happen: {words}",
        "일어나지 않은 일을 가정하는 곳이 {count}곳 있습니다: {words}",
    ),
};

/// What was left undone decides what to ask instead.
const MENDS: [(&[&str], Text); 5] = [
    (
        &["test", "verif", "validat", "check", "확인", "점검", "검증", "테스트", "시험"],
        Text::new(
            "instead of `{words}`, say what was done and why that looked like enough: `nothing in the release steps asks for it, and the sandbox had passed`",
            "`{words}` 대신 무엇까지 했고 왜 그것으로 충분해 보였는지 적으세요. 예: `배포 절차에 이 단계가 없고, 테스트 환경은 통과했다`",
        ),
    ),
    (
        &[
            "notic", "caught", "catch", "detect", "spot", "seen", "realiz", "realis", "monitor",
            "found", "picked", "missed", "발견", "탐지", "인지", "알았", "알아", "파악", "봤",
        ],
        Text::new(
            "instead of `{words}`, say what could be seen and where: `the graph was on another dashboard, and no alert reads it`",
            "`{words}` 대신 그때 무엇이 어디에서 보였는지 적으세요. 예: `그래프는 다른 대시보드에 있었고, 그 지표를 보는 알람은 없었다`",
        ),
    ),
    (
        &[
            "communicat",
            "inform",
            "told",
            "tell",
            "announc",
            "notif",
            "ask",
            "escalat",
            "raise",
            "declar",
            "contact",
            "공유",
            "전파",
            "알렸",
            "보고",
            "안내",
            "문의",
            "공지",
        ],
        Text::new(
            "instead of `{words}`, say who knew what, when, and by which channel: `the change was announced in #deploy, which the other team does not read`",
            "`{words}` 대신 누가 무엇을 언제 어떤 경로로 알고 있었는지 적으세요. 예: `변경은 배포 채널에 공지했고, 그 팀은 그 채널을 보지 않는다`",
        ),
    ),
    (
        &["prevent", "avoid", "막", "방지", "예방", "피할", "피했"],
        Text::new(
            "instead of `{words}`, write the missing safeguard as a fact (`nothing limits …`) and put what would have helped among the actions",
            "`{words}` 대신 없었던 장치를 사실로 적고(`…을 제한하는 장치가 없다`), 도움이 되었을 일은 조치 항목에 적으세요",
        ),
    ),
    (
        &[],
        Text::new(
            "instead of `{words}`, say what was done and why it made sense at the time; put what to do next time among the actions",
            "`{words}` 대신 실제로 무엇을 했고 그때는 왜 그것이 옳아 보였는지 적으세요. 다음에 할 일은 조치 항목에 적으면 됩니다",
        ),
    ),
];

fn check(_: &Context<'_>, prose: &Prose<'_>, found: &mut Found) {
    let mut places: Vec<Place> = Vec::new();
    for sentence in prose.sentences(&LOOKOUT).filter(|sentence| !sentence.is_question()) {
        let text = sentence.text();
        let hits = english::find(text).into_iter().chain(korean::find(text));
        places.extend(hits.map(|range| {
            let lower = &text[range.clone()];
            let fits = |(verbs, _): &&(&[&str], Text)| {
                verbs.is_empty() || verbs.iter().any(|verb| lower.contains(verb))
            };
            let (span, words) = sentence.place(range.clone());
            let help = MENDS.iter().find(fits).map_or(MENDS[4].1, |(_, help)| *help);
            Place { span, words: words.to_owned(), mend: mend(help, words) }
        }));
    }
    SAYING.report(&prose.report.source, places, found);
}
