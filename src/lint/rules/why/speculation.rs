//! `WHY004`
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::prose::{
    Group, Hit, Lookout, Phrases, Place, Prose, Role, Saying, Sentence, mend, words,
};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{SectionKind, Status};

declare_rule! {
    en {
        /// ## What it does
        /// Finds guesses among the whys and the causes of a final report: `probably`, `presumably`, `we think`, `might have
        /// been`, `most likely`. A guess with a link to its evidence is left alone, and so is one whose answer says that
        /// the cause is not known; hypotheses belong in the investigation, where nothing is reported.
        ///
        /// ## Why it matters
        /// Actions rest on causes. What is built on a guess repairs something that may not be broken, and the next reader
        /// takes the guess for a fact.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Root cause
        /// The nodes were probably too old.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## Root cause
        /// Why the nodes failed is not known: their logs were gone. Two failed after 40 days; OPS-31 keeps logs for 90.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 완료된 보고서의 왜와 원인에 남은 추측을 찾습니다. `아마`, `~것 같다`, `~로 추정된다`, `~로 보인다`, `~했을 가능성이 있다` 등입니다.
        /// 근거 링크가 함께 있는 추정과, 원인을 알 수 없다고 밝힌 답은 그대로 둡니다. 가설은 조사 기록에 적으면 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 조치는 원인 위에 섭니다. 추측 위에 세운 조치는 고장 나지 않은 것을 고칠 수 있고, 다음에 읽는 사람은 추측을 사실로 받아들입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 원인
        /// 아마 노드가 오래되어 그런 것 같다.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// status: final
        /// ---
        ///
        /// ## 원인
        /// 노드가 멈춘 원인은 알 수 없다. 로그가 남아 있지 않았다. 두 대 모두 40일째에 멈췄고, OPS-31에서 로그를 90일 보관한다.
        /// ```
    }
    RULE = Rule {
        code: "WHY004",
        name: "speculation",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Prose(&LOOKOUT, check),
    }
}

const SHOW: Text = Text::new(
    "link what shows it (a log, a graph, a test that repeated it) and drop `{words}`; or write that it is not known, and who will find out how",
    "근거(로그, 그래프, 재현한 테스트)를 링크하고 `{words}`{을/를} 빼세요. 근거가 없다면 모른다고 쓰고, 누가 어떻게 알아낼지 적으세요",
);
const WHO_THINKS: Text = Text::new(
    "instead of `{words}`, write what makes you think so: `the graph at 14:02 shows …`; or move it to the investigation as a hypothesis with its test",
    "`{words}` 대신 그렇게 보는 근거를 적으세요. 예: `14:02의 그래프에서 …`. 아니면 조사 기록에 가설과 검증 방법으로 옮기세요",
);
const COULD: Text = Text::new(
    "`{words}` leaves two causes open: say which test would tell them apart and what came out, or that it was not tested",
    "`{words}`{은/는} 원인을 열어 둡니다. 무엇으로 가려냈고 결과가 어땠는지 적거나, 확인하지 못했다고 적으세요",
);

const GROUPS: &[Group<Text>] = &[
    Group {
        words: &[
            "probably",
            "presumably",
            "perhaps",
            "maybe",
            "most likely",
            "likely caused",
            "likely due",
            "likely because",
            "likely the cause",
            "likely the result",
            "was likely",
            "were likely",
            "is likely that",
            "likely",
            "possibly",
            "supposedly",
            "our best guess",
            "is suspected",
            "are suspected",
            "was suspected to be",
        ],
        means: SHOW,
    },
    Group {
        words: &[
            "we think",
            "i think",
            "we believe",
            "i believe",
            "we suspect",
            "i suspect",
            "we assume",
            "i assume",
            "we guess",
            "i guess",
        ],
        means: WHO_THINKS,
    },
    Group {
        words: &[
            "might have",
            "may have",
            "might've",
            "seems to have",
            "seem to have",
            "appears to have",
            "appear to have",
            "appears to be",
            "seems to be",
            "could have been caused",
            "could have been triggered",
        ],
        means: COULD,
    },
    Group {
        words: &[
            "아마",
            "*것 같다",
            "*것 같습니다",
            "*것 같음",
            "*것으로 같",
            "*듯하다",
            "*듯 하다",
            "*듯합니다",
            "*듯싶",
            "짐작된",
            "짐작됨",
            "짐작한",
            "의심된다",
            "의심됨",
            "의심됩니다",
            "지 않았을까",
            "*ㄴ 듯",
        ],
        means: SHOW,
    },
    Group {
        words: &[
            "추정된",
            "추정됨",
            "추정됩",
            "추정한다",
            "추정합",
            "추정하고",
            "추정함",
            "추정이다",
            "원인으로 예상",
            "원인으로 추측",
            "추측된",
            "추측됨",
            "추측됩",
            "추측한다",
            "추측합",
        ],
        means: SHOW,
    },
    Group {
        words: &[
            "*로 보인다",
            "*로 보임",
            "*로 보입니다",
            "*로 보이며",
            "*로 보여진",
            "*로 보여짐",
            "*로 여겨진",
        ],
        means: SHOW,
    },
    Group {
        words: &[
            "*었을 수 있",
            "*았을 수 있",
            "*했을 수 있",
            "*였을 수 있",
            "*었을 수도",
            "*았을 수도",
            "*했을 수도",
            "*였을 수도",
            "*일 수도 있",
            "가능성이 있",
            "가능성이 높",
            "가능성이 크",
            "가능성이 커",
            "가능성 있",
            "가능성 높",
        ],
        means: COULD,
    },
];

const INNOCENT: &[&str] = &[
    "more likely to",
    "less likely to",
    "users may have",
    "customers may have",
    "users might have",
    "customers might have",
    "아마존",
    "아마추어",
    "재발 가능성이",
    "재발할 가능성이",
    "추정된 값",
    "추정된 시간",
    "정상으로 보",
    "대시보드로 보",
    "화면으로 보",
    "그래프로 보",
    "눈으로 보",
    "가능성이 없",
    "as likely as",
    "which users may have",
    "that may have access",
];

static PHRASES: LazyLock<Phrases<Text>> = LazyLock::new(|| Phrases::new(GROUPS, &[INNOCENT]));

static LOOKOUT: Lookout = Lookout { words: || words(GROUPS).collect(), reads };

fn reads(kinds: &[SectionKind]) -> bool {
    let analysis =
        |kind| matches!(kind, SectionKind::Whys | SectionKind::Factors | SectionKind::Trigger);
    let tries = |kind| matches!(kind, SectionKind::Investigation | SectionKind::Impact);
    kinds.iter().copied().any(analysis) && !kinds.iter().copied().any(tries)
}

/// Saying that something is not known, and how it will be, is the opposite of guessing.
const HONEST: [&str; 39] = [
    "unknown",
    "not known",
    "don't know",
    "do not know",
    "don’t know",
    "could not determine",
    "couldn't determine",
    "unable to determine",
    "not clear",
    "unclear",
    "inconclusive",
    "cannot confirm",
    "can't confirm",
    "could not confirm",
    "not confirmed",
    "unconfirmed",
    "not verified",
    "no evidence",
    "under investigation",
    "still investigating",
    "not yet",
    "hypothesis",
    "알 수 없",
    "알지 못",
    "불명",
    "확인하지 못",
    "확인되지 않",
    "확인하지는 못",
    "확인하진 못",
    "확인되지는 않",
    "알지는 못",
    "밝혀지지",
    "밝히지 못",
    "조사 중",
    "확인 중",
    "검증하지 못",
    "가설",
    "남아 있지 않",
    "모른다",
];

const SAYING: Saying = Saying {
    one: Text::new("the analysis holds a guess: {words}", "분석에 추측이 남아 있습니다: {words}"),
    several: Text::new(
        "the analysis holds {count} guesses: {words}",
        "분석에 추측이 {count}곳 남아 있습니다: {words}",
    ),
};

fn check(_: &Context<'_>, prose: &Prose<'_>, found: &mut Found) {
    // Before that, guesses are how an analysis begins.
    if prose.report.incident.status.value != Status::Final {
        return;
    }
    let guesses = |sentence: &Sentence<'_>| {
        // Questions of the chain are no sentences here; a trigger is read as a factor.
        let asked =
            sentence.unit.role == Role::Other && sentence.unit.kinds.contains(&SectionKind::Whys);
        !asked && !sentence.is_question() && !sentence.unit.backed && !is_honest(sentence)
    };
    let mut places: Vec<Place> = Vec::new();
    for sentence in prose.sentences(&LOOKOUT).filter(guesses) {
        // A sentence guesses once: `아마 … 것 같다`.
        let hit =
            PHRASES.find(sentence.text()).into_iter().find(|hit| is_on_causes(&sentence, hit));
        places.extend(hit.map(|hit| {
            let (span, words) = sentence.place(hit.range);
            Place { span, words: words.to_owned(), mend: mend(hit.means, words) }
        }));
    }
    SAYING.report(&prose.report.source, places, found);
}

/// What somebody believes is a guess about the cause only where the sentence speaks of one: prose on a
/// cause tells of much else.
fn is_on_causes(sentence: &Sentence<'_>, hit: &Hit<Text>) -> bool {
    const CAUSAL: [&str; 13] = [
        "caus",
        "due to",
        "because",
        "result",
        "trigger",
        "led to",
        "lead to",
        "reason",
        "contribut",
        "root",
        "came from",
        "explain",
        "related",
    ];
    let text = sentence.text();
    let after = &text[hit.range.end..];
    let words = &text[hit.range.clone()];
    if words.starts_with("likely") {
        let before = &text[..hit.range.start];
        return !compares(before) && (words != "likely" || tells_what_was_done(after));
    }
    if hit.means == WHO_THINKS && is_opinion(after) {
        return false;
    }
    hit.means != WHO_THINKS
        || sentence.unit.role != Role::Factor
        || CAUSAL.iter().any(|word| text.contains(word))
}

/// `likely copied from another cluster`, and not `likely to fail`.
fn tells_what_was_done(after: &str) -> bool {
    let first = after.split_whitespace().next().unwrap_or_default();
    first.ends_with("ed") || matches!(first, "done" | "left" | "made" | "been" | "taken")
}

/// `more likely caused by logs than by data`, `the likely affected hosts`
fn compares(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    matches!(last, "more" | "less" | "not" | "how" | "as" | "the" | "very" | "equally")
}

/// What would be good, or will be, and not what was: `we think a canary would catch it`.
fn is_opinion(after: &str) -> bool {
    let mut words = after.split_whitespace().skip_while(|word| {
        !matches!(*word, "should" | "would" | "might" | "may" | "can" | "must" | "need" | "needs")
    });
    let Some(modal) = words.next() else { return false };
    let next = words.find(|word| *word != "not").unwrap_or_default();
    let tells_what_was = matches!(next, "have" | "be" | "explain" | "account");
    let hedges = matches!(modal, "might" | "may");
    !tells_what_was && (after.contains(" not ") || !hedges)
}

/// Whether the sentence itself, or one beside it, says that the cause is not known.
fn is_honest(sentence: &Sentence<'_>) -> bool {
    sentence.around().any(|text| HONEST.iter().any(|word| text.contains(word)))
}
