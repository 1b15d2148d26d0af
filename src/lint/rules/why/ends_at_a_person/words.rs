//! The words at which an analysis stops, and those with which it goes on.

use std::ops::Range;
use std::sync::LazyLock;

use crate::l10n::Text;
use crate::lint::prose::people::{
    Subject, has_thing_as_topic, is_done_by_people, names_people, subject,
};
use crate::lint::prose::{Group, Phrases, words};

const SLIP: Text = Text::new(
    "ask one more why: why was one slip (`{words}`) enough to reach customers, and what on the way let it through?",
    "한 번 더 물으세요. 왜 실수 한 번(`{words}`)이 서비스까지 닿을 수 있었나요? 중간에서 그대로 지나간 곳은 어디인가요?",
);
const MEMORY: Text = Text::new(
    "ask one more why: why did this step depend on somebody's memory (`{words}`), and what could do it or ask for it instead?",
    "한 번 더 물으세요. 왜 이 단계가 사람의 기억(`{words}`)에 달려 있었나요? 무엇이 대신 하거나 물어볼 수 있을까요?",
);
const KNOWLEDGE: Text = Text::new(
    "ask one more why: why did the work need knowledge that the tool did not show (`{words}`)?",
    "한 번 더 물으세요. 왜 이 작업에는 도구가 보여 주지 않는 지식이 필요했나요(`{words}`)?",
);
const PROCEDURE: Text = Text::new(
    "ask one more why: why was it possible, or easier, to go another way than the procedure (`{words}`)?",
    "한 번 더 물으세요. 왜 절차와 다르게 하는 것이 가능했거나 더 쉬웠나요(`{words}`)?",
);
const UNCHECKED: Text = Text::new(
    "ask one more why: why was a person the only check here (`{words}`), and what did the screen show?",
    "한 번 더 물으세요. 왜 사람의 확인이 유일한 장치였나요(`{words}`)? 그때 화면에는 무엇이 보였나요?",
);
const CARE: Text = Text::new(
    "do not stop at `{words}`, ask one more why: careful people do this too; what made the wrong move look right?",
    "`{words}`에서 멈추지 말고 한 번 더 물으세요. 주의 깊은 사람도 그럴 수 있습니다. 무엇 때문에 옳아 보였나요?",
);

#[derive(Clone, Copy, Debug)]
enum Form {
    /// Says by itself that a person did it.
    Alone,
    /// Only where the sentence names people, or says what was done and not by what: things are lost by
    /// accident too.
    WithPeople,
    /// Only where people are the subject.
    ByPeople,
    /// Korean, and no thing is the subject.
    NotByThings,
}

type Means = (Form, Text);

const GROUPS: &[Group<Means>] = &[
    Group {
        words: &[
            "human error",
            "human errors",
            "operator error",
            "user error",
            "human mistake",
            "human mistakes",
            "human factor",
            "manual error",
            "pilot error",
            "a typo by",
        ],
        means: (Form::Alone, SLIP),
    },
    Group {
        words: &[
            "by mistake",
            "mistakenly",
            "accidentally",
            "inadvertently",
            "unintentionally",
            "by accident",
            "a typo",
            "fat-fingered",
            "fat fingered",
            "made a mistake",
            "mistyped",
            "typed the wrong",
            "ran the wrong",
            "misread",
            "misclicked",
        ],
        means: (Form::WithPeople, SLIP),
    },
    // Whatever has the name of a person: nothing else forgets to do something.
    Group {
        words: &["forgot to", "had forgotten to", "forgetting to"],
        means: (Form::Alone, MEMORY),
    },
    Group {
        words: &["forgot", "forgotten", "had forgotten", "did not remember", "didn't remember"],
        means: (Form::ByPeople, MEMORY),
    },
    Group {
        words: &[
            "did not know",
            "didn't know",
            "was not aware",
            "wasn't aware",
            "were not aware",
            "weren't aware",
            "was unaware",
            "were unaware",
            "misunderstood",
            "did not realize",
            "didn't realize",
            "did not realise",
            "didn't realise",
        ],
        means: (Form::ByPeople, KNOWLEDGE),
    },
    Group {
        words: &[
            "lack of knowledge",
            "lack of experience",
            "lack of understanding",
            "poor understanding",
            "lack of attention",
            "lack of awareness",
            "lack of familiarity",
            "lack of training",
            "inexperience",
            "inexperienced",
        ],
        means: (Form::Alone, KNOWLEDGE),
    },
    Group {
        words: &[
            "did not follow",
            "didn't follow",
            "were not followed",
            "was not followed",
            "wasn't followed",
            "not following the procedure",
            "not following the process",
            "not following the runbook",
        ],
        means: (Form::ByPeople, PROCEDURE),
    },
    Group {
        words: &[
            "did not check",
            "didn't check",
            "did not verify",
            "didn't verify",
            "did not notice",
            "didn't notice",
            "did not test",
            "didn't test",
            "overlooked",
            "missed this",
            "did not double-check",
            "didn't double-check",
        ],
        means: (Form::ByPeople, UNCHECKED),
    },
    Group {
        words: &["careless*", "negligence", "negligent*", "inattention", "inattentive*"],
        means: (Form::Alone, CARE),
    },
    Group {
        words: &[
            "실수",
            "휴먼 에러",
            "휴먼에러",
            "휴먼 오류",
            "휴먼오류",
            "인적 오류",
            "인적 실수",
            "인적 과실",
            "오타",
            "오입력",
            "오조작",
            "착각",
        ],
        means: (Form::Alone, SLIP),
    },
    Group {
        words: &[
            "*잘못 입력했",
            "*잘못 입력해",
            "*잘못 입력하",
            "*잘못 설정했",
            "*잘못 설정해",
            "*잘못 설정하",
            "*잘못 실행했",
            "*잘못 실행해",
            "*잘못 선택했",
            "*잘못 선택해",
            "*잘못 삭제했",
            "*잘못 지웠",
            "*잘못 눌",
            "*잘못 지정했",
            "*잘못 작성했",
            "*잘못 적었",
            "*잘못 배포했",
            "*잘못 적용했",
            "오인했",
            "오인해",
            "헷갈",
        ],
        means: (Form::NotByThings, SLIP),
    },
    Group {
        words: &[
            "깜빡",
            "깜박",
            "잊었",
            "잊어버",
            "잊고",
            "빠뜨렸",
            "빠트렸",
            "빼먹",
            "누락했",
            "누락하였",
            "누락함",
        ],
        means: (Form::NotByThings, MEMORY),
    },
    Group {
        words: &[
            "숙지하지",
            "숙지 미흡",
            "숙지 부족",
            "미숙지",
            "*미숙",
            "이해 부족",
            "이해가 부족",
            "경험 부족",
            "경험이 부족",
            "인지하지 못",
            "인식 부족",
            "인식이 부족",
            "역량 부족",
            "고려 부족",
            "고려 미흡",
            "고려가 부족",
            "몰랐",
            "알지 못했",
        ],
        means: (Form::NotByThings, KNOWLEDGE),
    },
    Group {
        words: &[
            "절차를 지키지",
            "절차를 따르지",
            "절차를 준수하지",
            "절차 미준수",
            "절차를 건너뛰",
            "매뉴얼을 따르지",
            "가이드를 따르지",
            "규칙을 지키지",
            "수칙을 지키지",
            "절차 위반",
        ],
        means: (Form::NotByThings, PROCEDURE),
    },
    Group {
        words: &[
            "확인하지 않",
            "확인하지 못",
            "확인을 하지 않",
            "확인을 안",
            "확인 안 ",
            "점검하지 않",
            "검토하지 않",
            "확인 소홀",
            "확인 부족",
            "확인 미흡",
            "점검 미흡",
            "점검 부족",
            "검토 미흡",
            "테스트하지 않",
            "놓쳤",
            "놓친 것",
        ],
        means: (Form::NotByThings, UNCHECKED),
    },
    Group {
        words: &["부주의", "주의 부족", "주의 태만"], means: (Form::NotByThings, CARE)
    },
];

/// What speaks of human error as something a system has to bear.
const INNOCENT: &[&str] = &[
    "prone to human error*",
    "prone to error",
    "prevent human error*",
    "against human error*",
    "susceptible to human error*",
    "vulnerable to human error*",
    "room for human error*",
    "catch human error*",
    "not human error*",
    "rather than human error*",
    "avoid human error*",
    "reduce human error*",
    "risk of human error*",
    "possibility of human error*",
    "chance of human error*",
    "allows human error*",
    "allowed human error*",
    "not a human error",
    "실수를 막",
    "실수를 방지",
    "실수를 걸러",
    "실수를 잡",
    "실수해도",
    "실수하더라도",
    "실수하기 쉬",
    "실수할 수",
    "실수하면",
    "실수가 나기 쉬",
    "실수를 줄",
    "실수가 아니",
    "실수를 예방",
    "실수를 되돌",
    "실수 방지",
    "실수를 드러",
    "실수에 취약",
    "실수가 생길 수",
    "실수를 유발",
    "실수를 감지",
    "실수를 알",
    "오타가 아니",
    "오타를 잡",
    "오타를 걸러",
    "오타를 검",
    "오타에도",
    "부주의가 아니",
    "부주의 때문이 아니",
    "잊고 지내",
    "알지 못하게",
    "미숙성",
    "오타가 나",
    "오타를 막",
    "착각을 막",
    "착각을 부르",
    "착각하게",
    "착각할 수",
];

static PHRASES: LazyLock<Phrases<Means>> = LazyLock::new(|| Phrases::new(GROUPS, &[INNOCENT]));

/// One of these stands wherever an analysis stops.
pub(super) fn anchors() -> Vec<&'static str> {
    words(GROUPS).collect()
}

/// With these, the same sentence goes on to what the system did or lacked.
const ON_TO_THE_SYSTEM: &[&str] = &[
    "there was no",
    "there were no",
    "there is no",
    "no check",
    "no test",
    "no alert",
    "no guard",
    "no warning",
    "no validation",
    "nothing ",
    "no confirmation",
    "not covered",
    "allowed",
    "looks like",
    "look alike",
    "looked like",
    "not documented",
    "undocumented",
    "did not warn",
    "not visible",
    "not shown",
    "can easily",
    "easy to",
    "hard to",
    "difficult to",
    "manual process",
    "did not ask",
    "didn't ask",
    "없어",
    "없었",
    "없다",
    "없는",
    "없이",
    "없고",
    "구조",
    "수 있었",
    "수 있는",
    "않는다",
    "막지",
    "걸러",
    "탐지하지",
    "자동화",
    "되어 있",
    "돼 있",
    "문서화",
    "어려",
    "어렵",
    "비슷",
    "보이지 않",
    "의존",
    "쉽",
    "쉬운",
    "기본값",
    "수동",
];
/// So do these behind the words; before them they only lead to the person: `because of human error`.
const REASONS: &[&str] = &["because", " since ", "due to", " as there", "기 때문", "(because"];

/// The first words at which a sentence stops, and what to ask next.
///
/// `so_far` is the sentence before it: Korean names a subject once.
pub(super) fn find(text: &str, so_far: Option<&str>) -> Option<(Range<usize>, Text)> {
    PHRASES.find(text).into_iter().find_map(|hit| {
        let (form, help) = hit.means;
        let before = &text[..hit.range.start];
        let ends = match form {
            Form::Alone => true,
            Form::WithPeople => {
                names_people(text)
                    || before.trim().len() < 12
                    || is_deed(before, &text[hit.range.end..])
            }
            Form::ByPeople => is_done_by_people(before) || is_passive(&text[hit.range.clone()]),
            Form::NotByThings => match subject(before) {
                Subject::Person => true,
                Subject::Thing => false,
                Subject::Unsaid => !so_far.is_some_and(has_thing_as_topic),
            },
        };
        let after = &text[hit.range.end..];
        // `휴먼 에러를 방지하려고`: error as something to design for.
        let near: String = after.chars().take(10).collect();
        if ["방지", "최소화", "줄이", "차단", "예방"].iter().any(|word| near.contains(word))
        {
            return None;
        }
        let goes_on = ON_TO_THE_SYSTEM.iter().any(|word| text.contains(word))
            || REASONS.iter().any(|word| after.contains(word));
        (ends && !goes_on).then_some((hit.range, help))
    })
}

/// Whether a slip is told in the passive as something that people do: `was accidentally merged`.
fn is_deed(before: &str, after: &str) -> bool {
    const DEEDS: [&str; 18] = [
        "deployed",
        "merged",
        "deleted",
        "removed",
        "committed",
        "pushed",
        "run",
        "executed",
        "applied",
        "configured",
        "left",
        "omitted",
        "disabled",
        "enabled",
        "copied",
        "published",
        "uploaded",
        "changed",
    ];
    const BE: [&str; 5] = ["was", "were", "been", "got", "being"];
    let deed = |word: Option<&str>| word.is_some_and(|word| DEEDS.contains(&word));
    let be = |word: Option<&str>| word.is_some_and(|word| BE.contains(&word));
    let mut last = before.split_whitespace().rev();
    let mut next = after.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
    // What a thing did is said with it: `was accidentally removed by the controller`.
    let done_by = after.contains(" by the ") || after.contains(" by a");
    let first = last.next();
    let passive =
        be(first) && deed(next.next()) || deed(first) && be(last.next()) && first.is_some();
    passive && !done_by
}

/// What only people do, though nobody is named: `the flag was overlooked`.
fn is_passive(words: &str) -> bool {
    matches!(
        words,
        "forgotten" | "overlooked" | "were not followed" | "was not followed" | "wasn't followed"
    ) || words.starts_with("not following")
}
