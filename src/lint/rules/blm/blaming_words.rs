//! `BLM001`
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::prose::{
    Group, Hit, Lookout, Phrases, Place, Prose, Role, Saying, Sentence, mend, people, words,
};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};

declare_rule! {
    en {
        /// ## What it does
        /// Finds words that judge people: `careless`, `negligence`, `lazy`, `his fault`, `should have known better`. Quotes,
        /// code, logs, headings and what went well are left alone, and so are innocent neighbours: `page fault`,
        /// `blameless`, `nobody's fault`, a service that is to blame.
        ///
        /// ## Why it matters
        /// Whoever expects to be judged tells less next time, and the next incident is understood later. A word like
        /// `careless` also ends the analysis where it should begin: careful people made the same move with the same screen in
        /// front of them.
        ///
        /// ## Source
        /// Site Reliability Engineering, chapter 15; Sidney Dekker, The Field Guide to Understanding Human Error.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Summary
        /// A careless operator dropped the production table.
        /// ```
        ///
        /// ```md,good
        /// ## Summary
        /// The consoles of staging and production look alike, and dropping a table asks for no confirmation.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 사람을 평가하는 말을 찾습니다. `부주의하게`, `안일한`, `담당자의 잘못`, `실수를 저질렀다`, `무책임` 등입니다. 인용, 코드, 로그,
        /// 제목, 잘된 점은 건드리지 않습니다. `잘못된 설정값`, `네트워크 탓`, `누구의 잘못도 아니다`처럼 사람을 탓하지 않는 말도 그대로 둡니다.
        ///
        /// ## 왜 중요한가요
        /// 평가받는다고 느끼면 다음에는 덜 말하게 되고, 다음 장애는 그만큼 늦게 이해합니다. `부주의` 같은 말은 분석이 시작되어야 할 곳에서
        /// 분석을 끝내기도 합니다. 주의 깊은 사람도 같은 화면 앞에서는 같은 선택을 했을 것입니다.
        ///
        /// ## 출처
        /// Site Reliability Engineering 15장; Sidney Dekker, The Field Guide to Understanding Human Error.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 요약
        /// 운영자가 부주의하게 운영 테이블을 지웠다.
        /// ```
        ///
        /// ```md,good
        /// ## 요약
        /// 스테이징과 운영 콘솔의 화면이 같고, 테이블을 지울 때 확인을 받지 않는다.
        /// ```
    }
    RULE = Rule {
        code: "BLM001",
        name: "blaming-words",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Prose(&LOOKOUT, check),
    }
}

/// What a word says, and whether it is one only next to a person.
#[derive(Clone, Copy, Debug)]
enum Blame {
    Always(Text),
    /// Innocent of a thing: `DNS was to blame`.
    OfPeople(Text),
    /// As the last answer to a why it is what `WHY005` speaks about.
    Cause(Text),
}

const ATTENTION: Text = Text::new(
    "instead of `{words}`, say what the situation asked of the person: what the screen showed, how many steps had to be right, whether anything stops a wrong one",
    "`{words}` 대신 그 사람이 어떤 상황에 있었는지 적으세요. 화면에 무엇이 보였는지, 몇 단계를 맞혀야 했는지, 잘못 눌렀을 때 막아 주는 것이 있었는지를 적으면 됩니다",
);
const CHARACTER: Text = Text::new(
    "leave `{words}` out: say what was done, and what made it look right at the time",
    "`{words}`{은/는} 빼고, 무엇을 했고 그때는 왜 그것이 옳아 보였는지 적으세요",
);
const GUILT: Text = Text::new(
    "instead of `{words}`, name the condition: what made this step possible, and what was missing to catch it",
    "`{words}` 대신 조건을 적으세요. 무엇 때문에 그 일이 가능했고, 무엇이 없어서 걸러지지 않았는지입니다",
);
const SKILL: Text = Text::new(
    "instead of `{words}`, say what one had to know here, and where it could have been read",
    "`{words}` 대신 이 작업에 무엇을 알아야 했고 그것이 어디에 적혀 있었는지(없었는지) 적으세요",
);
const CARE: Text = Text::new(
    "instead of `{words}`, say what was not done and what else had the time: `the disk alert had been open for 9 days; the team was on the migration`",
    "`{words}` 대신 무엇을 하지 않았고 그 시간에 무엇을 하고 있었는지 적으세요. 예: `디스크 알람이 9일째 떠 있었고, 팀은 이전 작업을 하고 있었다`",
);

const ENGLISH: &[Group<Blame>] = &[
    Group {
        words: &[
            "careless*",
            "negligence",
            "negligent*",
            "inattentive*",
            "inattention",
            "thoughtless*",
        ],
        means: Blame::Cause(ATTENTION),
    },
    Group {
        words: &[
            "sloppy",
            "sloppiness",
            "sloppily",
            "reckless*",
            "complacen*",
            "lack of care",
            "lack of diligence",
            "lack of discipline",
            "not careful enough",
            "wasn't careful",
            "was not careful",
            "weren't careful",
            "were not careful",
            "without being careful",
            "without being thorough",
            "not being careful",
            "not paying attention",
            "wasn't paying attention",
            "weren't paying attention",
        ],
        means: Blame::Always(ATTENTION),
    },
    Group {
        words: &[
            "stupid*",
            "idiot*",
            "incompeten*",
            "laziness",
            "unprofessional*",
            "irresponsibl*",
            "foolish*",
            "clumsy",
            "clumsily",
            "clumsiness",
            "inexcusable",
            "unforgivable",
            "should have known better",
            "ought to have known better",
            "should've known better",
            "couldn't be bothered",
            "embarrassing mistake",
            "silly mistake",
            "dumb mistake",
            "rookie mistake",
            "stupid mistake",
            "ineptitude",
            "inept",
        ],
        means: Blame::Always(CHARACTER),
    },
    Group { words: &["lazy", "messed up", "screwed up"], means: Blame::OfPeople(CHARACTER) },
    Group {
        words: &[
            "his fault",
            "her fault",
            "their fault",
            "my fault",
            "own fault",
            "engineer's fault",
            "developer's fault",
            "operator's fault",
            "team's fault",
            "reviewer's fault",
        ],
        means: Blame::Always(GUILT),
    },
    Group {
        words: &[
            "to blame",
            "at fault",
            "fault of",
            "blame lies",
            "blamed",
            "is guilty of",
            "was guilty of",
        ],
        means: Blame::OfPeople(GUILT),
    },
];

const KOREAN: &[Group<Blame>] = &[
    Group {
        words: &["부주의", "주의 태만", "주의 부족"], means: Blame::Cause(ATTENTION)
    },
    Group {
        words: &["미숙", "경험 부족", "역량 부족", "실력 부족"], means: Blame::Cause(SKILL)
    },
    Group { words: &["방심"], means: Blame::Always(ATTENTION) },
    Group {
        words: &[
            "안일",
            "안이하",
            "안이한",
            "안이했",
            "맹신",
            "무책임",
            "무능",
            "한심",
            "나태",
            "경솔",
            "어이없",
            "어처구니없",
            "책임감이 없",
            "책임감 없",
            "책임감 부족",
            "책임감이 부족",
            "주인의식 부족",
            "주인의식이 없",
            "주인의식이 부족",
            "정신 차",
            "기강",
            "개념 없",
            "기본도 안",
            "게으르",
            "게을리",
        ],
        means: Blame::Always(CHARACTER),
    },
    Group {
        words: &["소홀", "태만", "직무 유기", "무성의", "등한시"], means: Blame::Always(CARE)
    },
    Group {
        words: &[
            "과실",
            "실수를 저질",
            "실수를 범",
            "어이없는 실수",
            "초보적인 실수",
            "문책",
            "책임을 져야",
            "책임을 물어",
        ],
        means: Blame::Always(GUILT),
    },
    Group {
        words: &[
            "담당자의 실수",
            "작업자의 실수",
            "개발자의 실수",
            "운영자의 실수",
            "엔지니어의 실수",
            "제 실수",
            "내 실수",
            "나의 실수",
            "저의 실수",
            "저희 실수",
            "저희의 실수",
            "우리의 실수",
            "제 잘못",
            "내 잘못",
            "나의 잘못",
            "저의 잘못",
        ],
        means: Blame::Cause(GUILT),
    },
    Group {
        words: &["*의 잘못", "*의 탓", "* 탓으로", "* 탓이", "* 탓에", "* 잘못으로", "* 잘못이"],
        means: Blame::OfPeople(GUILT),
    },
];

static PHRASES: LazyLock<[Phrases<Blame>; 2]> =
    LazyLock::new(|| [Phrases::new(ENGLISH, &[INNOCENT]), Phrases::new(KOREAN, &[INNOCENT])]);

const INNOCENT: &[&str] = &[
    "not careless",
    "not negligen*",
    "not to blame",
    "no one to blame",
    "nobody to blame",
    "nobody is to blame",
    "nobody was to blame",
    "no one is to blame",
    "no one was to blame",
    "nobody is at fault",
    "nobody was at fault",
    "no one is at fault",
    "no one was at fault",
    "without blam*",
    "not blam*",
    "rather than blam*",
    "nobody's fault",
    "no one's fault",
    "not his fault",
    "not her fault",
    "not their fault",
    "not my fault",
    "fault of their own",
    "fault of its own",
    "idiot-proof*",
    "idiot proof*",
    "부주의 때문이 아니",
    "부주의가 아니",
    "부주의를 탓",
    "부주의를 막",
    "부주의로 끝",
    "미숙지",
    "누구의 잘못",
    "누구의 책임",
    "누구의 탓",
    "잘못이 아니",
    "탓이 아니",
    "*의 잘못된",
    "책임을 묻지",
    "과실 비율",
    "과실비율",
];

static LOOKOUT: Lookout =
    Lookout { words: || words(ENGLISH).chain(words(KOREAN)).collect(), reads: super::is_told };

const SAYING: Saying = Saying {
    one: Text::new("{words} judges a person", "{words}{은/는} 사람을 평가하는 말입니다"),
    several: Text::new(
        "{count} places judge people: {words}",
        "사람을 평가하는 말이 {count}곳에 있습니다: {words}",
    ),
};

fn check(_: &Context<'_>, prose: &Prose<'_>, found: &mut Found) {
    let mut places: Vec<Place> = Vec::new();
    for sentence in prose.sentences(&LOOKOUT).filter(|sentence| !sentence.is_question()) {
        for phrases in &*PHRASES {
            places.extend(
                phrases.find(sentence.text()).into_iter().filter_map(|hit| place(sentence, hit)),
            );
        }
    }
    SAYING.report(&prose.report.source, places, found);
}

fn place(sentence: Sentence<'_>, hit: Hit<Blame>) -> Option<Place> {
    let text = sentence.text();
    let help = match hit.means {
        Blame::Always(help) => help,
        Blame::OfPeople(help) => is_of_people(text, &hit).then_some(help)?,
        Blame::Cause(_)
            if matches!(sentence.unit.role, Role::LastAnswer | Role::Factor)
                && sentence.is_last() =>
        {
            return None;
        }
        Blame::Cause(help) => help,
    };
    // `the balancer behaved like a clumsy waiter`: a picture of a thing.
    let so_far = text[..hit.range.start].trim_end();
    if so_far.ends_with(" like a") || so_far.ends_with(" as") {
        return None;
    }
    // `부주의를 탓하지 않는다`, `실수를 저질러도 되돌릴 수 있게`
    let after = &text[hit.range.end..];
    let near: String = after.chars().take(14).collect();
    let denied = ["지 않", "아니", "아닙", "아닌", "더라도", "해도", "러도", "수 있게"]
        .iter()
        .any(|word| near.contains(word));
    if denied {
        return None;
    }
    let (span, words) = sentence.place(hit.range);
    Some(Place { span, words: words.trim().to_owned(), mend: mend(help, words) })
}

/// Whether what is judged is a person: the word before it in Korean, any in the sentence in English.
fn is_of_people(text: &str, hit: &Hit<Blame>) -> bool {
    let before = text[..hit.range.start].trim_end();
    let words = &text[hit.range.clone()];
    if words.is_ascii() {
        let after: String = text[hit.range.end..].chars().take(30).collect();
        return match words {
            "fault of" | "blamed" => people::names_people(&after),
            _ => people::is_done_by_people(before),
        };
    }
    before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| people::is_person(word.trim_end_matches('의')))
}
