//! `REL003`
use crate::diagnostics::Severity;
use crate::l10n::{Label, Message, Text};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::patterns::recurrence::Ground;
use crate::patterns::{Collection, Reasons};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports that read much like an earlier one and name it neither in `recurrence_of` nor in `related`. Near misses and
        /// drills are left alone, and so is a report that names what it repeats.
        ///
        /// ## Why it matters
        /// The most painful incident is the one that was known. Whether it is the same one only people can say, and only if somebody
        /// asks: then the actions that were promised the first time come up too.
        ///
        /// ## Example
        /// If two reports tell of a slow query that exhausts the connection pool of the checkout, the later one is found until it
        /// says one of the two:
        ///
        /// ```yaml
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// related: [2025-11-02-pool-exhausted]
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 앞선 보고서와 내용이 아주 비슷한데 `recurrence_of`에도 `related`에도 그 보고서를 적지 않은 것을 찾습니다. 아차 사고와 훈련, 무엇의 재발인지
        /// 이미 적은 보고서는 보지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 가장 아픈 장애는 이미 겪었던 장애입니다. 같은 장애인지는 사람만 판단할 수 있고, 누군가 물어야 판단하게 됩니다. 그래야 그때 약속한 조치가
        /// 어떻게 됐는지도 드러납니다.
        ///
        /// ## 예
        /// 느린 쿼리로 결제 서버의 커넥션 풀이 고갈됐다는 보고서가 둘이면, 나중 보고서가 다음 가운데 하나를 적을 때까지 찾습니다.
        ///
        /// ```yaml
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// related: [2025-11-02-pool-exhausted]
        /// ```
    }
    RULE = Rule {
        code: "REL003",
        name: "undeclared-recurrence",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::Always,
        check: Check::Together(check),
    }
}

const LIKE: Text = Text::new(
    "this reads like `{id}` of {date}{why}",
    "{date}의 `{id}`{과/와} 아주 비슷합니다{why}",
);
const ASK: Text = Text::new(
    "if it is the same incident again, write `recurrence_of: {id}`; if not, `related: [{id}]` says that somebody looked",
    "같은 장애가 다시 일어난 것이면 `recurrence_of: {id}`, 아니면 `related: [{id}]`라고 적어 확인했음을 남기세요",
);
const WHY: Text = Text::new(": {words}", ": {words}");

fn check(_: &Context<'_>, together: &Collection<'_>, found: &mut Found) {
    // One question is enough: the most certain comes first.
    let mut asked = None;
    for recurrence in together.recurrences() {
        if recurrence.ground == Ground::Declared || asked == Some(recurrence.newer) {
            continue;
        }
        asked = Some(recurrence.newer);
        let (newer, older) =
            (together.reports[recurrence.newer], together.reports[recurrence.older]);
        let Some(date) = &older.incident.date else { continue };
        let id = older.incident.id.value.as_str();
        let reasons = together.reasons(recurrence.newer, recurrence.older);
        let message =
            LIKE.with("id", id).with("date", date.value.to_string()).with("why", why(&reasons));
        found
            .at(&newer.source, title_span(newer), message)
            .help(ASK.with("id", id))
            .about([id.to_owned()]);
    }
}

/// What both speak of, in a few words; a tag need not be said again as a word.
fn why(reasons: &Reasons) -> Message {
    const NOTHING: Text = Text::new("", "");
    const MOST: usize = 4;
    let facets = reasons.facets.iter().map(|(_, value)| value.label.clone());
    let words = reasons.words.iter().map(|(word, _)| Label { en: word.clone(), ko: word.clone() });
    let mut all: Vec<Label> = Vec::new();
    for label in facets.chain(words) {
        if !all.iter().any(|known| bokgi_search::same(&known.en, &label.en)) {
            all.push(label);
        }
    }
    all.truncate(MOST);
    if all.is_empty() { NOTHING.into() } else { WHY.with("words", all) }
}
