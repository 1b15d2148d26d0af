//! `REL005`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionStatus, Incident};
use crate::patterns::Collection;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that an earlier report about a similar incident promised in nearly the same words, and that nobody
        /// decided against since.
        ///
        /// ## Why it matters
        /// A promise that is made twice was not kept, or did not help. Either is worth more than a third promise.
        ///
        /// ## Example
        /// “Alert when requests wait for a connection” in a report from March is found if one from November, about the same
        /// connection pool, says “Add an alert for requests that wait for a connection”.
    }
    ko {
        /// ## 무엇을 찾나요
        /// 비슷한 장애의 앞선 보고서가 거의 같은 말로 이미 약속했고, 그 뒤로 아무도 하지 않기로 정한 적이 없는 조치를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 두 번 약속했다는 것은 지키지 못했거나 도움이 되지 않았다는 뜻입니다. 어느 쪽이든 세 번째 약속보다 먼저 살펴볼 일입니다.
        ///
        /// ## 예
        /// 3월 보고서의 ‘커넥션 대기 알람 추가’는, 같은 커넥션 풀에 대한 지난 11월 보고서에 ‘커넥션을 기다리는 요청에 알람을 추가한다’가 있으면 찾습니다.
    }
    RULE = Rule {
        code: "REL005",
        name: "action-promised-before",
        stability: Stability::Preview,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Together(check),
    }
}

const BEFORE: Text = Text::new(
    "`{id}` promised this already: “{action}”",
    "`{id}`에서 이미 약속한 조치입니다: ‘{action}’",
);
const OTHERS: Text = Text::new(
    "`{id}` promised this already, and {count} {action|actions} more: “{first}”",
    "`{id}`에서 이미 약속한 조치가 {count}건 더 있습니다: ‘{first}’",
);
const HELP: Text = Text::new(
    "say what became of it, and what is different this time",
    "그때의 약속이 어떻게 됐는지, 이번에는 무엇이 다른지 적으세요",
);

/// Similar reports whose actions are compared.
const REPORTS: usize = 5;
/// Actions that are this much alike promise the same.
const THE_SAME: f32 = 0.75;

fn check(_: &Context<'_>, together: &Collection<'_>, found: &mut Found) {
    for (place, newer) in together.reports.iter().enumerate() {
        if newer.incident.actions.is_empty() {
            continue;
        }
        for near in together.near(place).iter().take(REPORTS) {
            let older = together.reports[near.place];
            if !is_before(&older.incident, &newer.incident) {
                continue;
            }
            let again = repeated(&newer.incident, &older.incident, together);
            let Some((first, before)) = again.first() else { continue };
            let id = older.incident.id.value.as_str();
            let message = match again.len() - 1 {
                0 => BEFORE.with("id", id).with("action", before.text.as_str()),
                more => {
                    OTHERS.with("id", id).with("count", more).with("first", before.text.as_str())
                }
            };
            let item = found.at(&newer.source, first.text_span, message).help(HELP);
            for (action, _) in &again[1..] {
                item.related(action.text_span, Text::new("", ""));
            }
            // The most similar report is enough.
            break;
        }
    }
}

fn is_before(older: &Incident, newer: &Incident) -> bool {
    let day = |incident: &Incident| incident.date.as_ref().map(|date| date.value);
    day(older).zip(day(newer)).is_some_and(|(older, newer)| older < newer)
}

/// The actions that both promise.
fn repeated<'i>(
    newer: &'i Incident,
    older: &'i Incident,
    together: &Collection<'_>,
) -> Vec<(&'i Action, &'i Action)> {
    let kept = |action: &&Action| action.status != ActionStatus::WontDo;
    let before: Vec<(&Action, _)> = older
        .actions
        .iter()
        .filter(kept)
        .map(|action| (action, together.words(&action.text)))
        .collect();
    let again = newer.actions.iter().filter(kept).filter_map(|action| {
        let words = together.words(&action.text);
        // The older action that is most alike, not the first that is alike enough.
        let scored = before.iter().map(|(before, other)| (together.alike(&words, other), *before));
        let (score, before) = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
        (score >= THE_SAME).then_some((action, before))
    });
    again.collect()
}
