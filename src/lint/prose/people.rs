//! Who did it: whether the subject of a verb is a person or a thing.
//!
//! There is no grammar here, only the words that stand before a verb. That is enough: a rule speaks up
//! only where the nearest noun is a person, and stays silent where it cannot tell.

use super::phrases::is_hangul;

/// Words for people who build and run systems. Users and customers are not among them: what they could
/// have seen is impact. Nor is `they`, which is services as often as people.
const PEOPLE: [&str; 56] = [
    "we",
    "i",
    "he",
    "she",
    "someone",
    "somebody",
    "nobody",
    "no-one",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "team",
    "teams",
    "engineer",
    "engineers",
    "developer",
    "developers",
    "dev",
    "devs",
    "operator",
    "operators",
    "reviewer",
    "reviewers",
    "on-call",
    "oncall",
    "responder",
    "responders",
    "author",
    "authors",
    "maintainer",
    "maintainers",
    "admin",
    "admins",
    "administrator",
    "administrators",
    "sre",
    "sres",
    "people",
    "person",
    "colleague",
    "colleagues",
    "manager",
    "managers",
    "dba",
    "dbas",
    "staff",
    "employee",
    "employees",
    "committer",
    "contractor",
    "contractors",
    "programmer",
    "commander",
    "member",
    "members",
];

/// Words between a subject and its verb.
const BETWEEN: [&str; 24] = [
    "is",
    "are",
    "was",
    "were",
    "also",
    "just",
    "then",
    "still",
    "never",
    "both",
    "all",
    "had",
    "have",
    "has",
    "did",
    "now",
    "first",
    "again",
    "even",
    "ourselves",
    "there",
    "not",
    "too",
    "already",
];

/// Before these, a noun belongs to another one: `pods of the team failed`.
const PREPOSITIONS: [&str; 14] = [
    "by", "of", "from", "for", "to", "with", "in", "on", "at", "per", "via", "against", "than",
    "as",
];

const PEOPLE_KO: [&str; 37] = [
    "담당자",
    "작업자",
    "운영자",
    "개발자",
    "엔지니어",
    "당직자",
    "관리자",
    "리뷰어",
    "검토자",
    "승인자",
    "배포자",
    "책임자",
    "작성자",
    "팀",
    "팀원",
    "팀장",
    "우리",
    "저희",
    "누군가",
    "아무도",
    "사람",
    "모두",
    "본인",
    "온콜",
    "당직",
    "조직",
    "실무자",
    "인력",
    "직원",
    "매니저",
    "신입",
    "님",
    "씨",
    "필자",
    "누구도",
    "담당",
    "구성원",
];

/// Words that end like a subject and are none.
const NO_SUBJECT: [&str; 16] = [
    "없이", "같이", "많이", "깊이", "굳이", "높이", "추가", "증가", "평가", "허가", "국가", "일이",
    "것이", "수가", "적이", "바가",
];

/// The subject of a Korean verb, as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Subject {
    Person,
    Thing,
    /// Korean leaves a subject out where everybody knows who it is.
    Unsaid,
}

/// Whether a word names a person or a group of them, in either language.
pub(in crate::lint) fn is_person(word: &str) -> bool {
    PEOPLE.contains(&word) || PEOPLE_KO.iter().any(|person| word.ends_with(person))
}

/// Whether the English verb after `before` is done by people.
pub(in crate::lint) fn is_done_by_people(before: &str) -> bool {
    // A comma or a colon cuts the subject off, except around an aside: `we, again, failed`.
    let mut words = before
        .rsplit(|ch: char| !(ch.is_alphanumeric() || matches!(ch, '\'' | '’' | '-' | super::BLANK)))
        .filter(|word| !word.is_empty())
        .skip_while(|word| word.ends_with("ly") || BETWEEN.contains(word));
    let Some(subject) = words.next() else { return false };
    if !PEOPLE.contains(&subject) {
        return false;
    }
    // `the service run by the platform team failed to start`
    if matches!(subject, "we" | "i" | "he" | "she") {
        return true;
    }
    !words.take(4).take_while(|word| !is_verb(word)).any(|word| PREPOSITIONS.contains(&word))
}

fn is_verb(word: &str) -> bool {
    matches!(word, "that" | "which" | "and" | "but" | "because" | "when" | "so" | "is" | "was")
}

/// Whether English text names people at all.
pub(in crate::lint) fn names_people(text: &str) -> bool {
    text.split(|ch: char| !(ch.is_ascii_alphanumeric() || ch == '-'))
        .any(|word| PEOPLE.contains(&word))
}

/// The subject of the Korean verb after `before`: the nearest word with a subject particle.
pub(in crate::lint) fn subject(before: &str) -> Subject {
    let mut topic = Subject::Unsaid;
    // `값이 얼마인지 확인했어야`: the question has a subject of its own.
    let mut asked = false;
    for word in before.split_whitespace().rev() {
        let word = word.trim_matches(|ch: char| !ch.is_alphanumeric() && ch != super::BLANK);
        if NO_SUBJECT.contains(&word) {
            continue;
        }
        let stem = |particles: &[&str]| particles.iter().find_map(|end| word.strip_suffix(end));
        if stem(&["지", "지를", "지도", "지는"])
            .is_some_and(|stem| stem.ends_with(['는', '인', '은']))
        {
            asked = true;
            continue;
        }
        if asked && word.ends_with(['이', '가']) {
            asked = false;
            continue;
        }
        if let Some(stem) = stem(&["께서", "이", "가"]).filter(|stem| names(stem)) {
            return if is_person(stem) { Subject::Person } else { Subject::Thing };
        }
        // A topic is the subject where it is a person; a thing may be the object: `이 설정은 확인했어야 했다`.
        if let Some(stem) =
            stem(&["에서는", "은", "는", "도", "에서"]).filter(|stem| is_person(stem))
            && !stem.is_empty()
        {
            topic = Subject::Person;
        }
        if matches!(word, "아무도" | "누구도" | "누군가") {
            return Subject::Person;
        }
    }
    if topic == Subject::Unsaid && has_thing_as_topic(before) { Subject::Thing } else { topic }
}

/// Whether a clause is about a thing that does something to another one: `이 검사는 실제 값을`. In `이 설정은 미리`
/// the thing is what something is done to.
pub(in crate::lint) fn has_thing_as_topic(clause: &str) -> bool {
    // Where verbs end before a particle's letter they only describe what follows: `연결되는 값`.
    const VERBS: [char; 17] = [
        '하', '되', '있', '없', '않', '리', '치', '키', '지', '내', '오', '나', '주', '받', '르',
        '남', '던',
    ];
    // `당시에는`, `현재는`
    const WHEN: [&str; 24] = [
        "에",
        "에서",
        "로",
        "까지",
        "부터",
        "현재",
        "당시",
        "이번",
        "이후",
        "이전",
        "처음",
        "또",
        "기존",
        "동안",
        "여기서",
        "거기서",
        "이제",
        "지금",
        "오늘",
        "어제",
        "다음",
        "초기",
        "예전",
        "나중",
    ];
    const TOPIC_WITHIN: usize = 4;
    let mut words = clause.split_whitespace();
    let is_topic = |word: &str| {
        word.strip_suffix(['은', '는']).is_some_and(|stem| {
            names(stem)
                && !is_person(stem)
                && !stem.ends_with(VERBS)
                && !WHEN.iter().any(|when| stem.ends_with(when))
        })
    };
    words.by_ref().take(TOPIC_WITHIN).any(is_topic)
        && words.any(|word| word.ends_with(['을', '를']) && word.chars().count() > 1)
}

/// A noun has two letters, or is code.
fn names(stem: &str) -> bool {
    let letters = stem
        .chars()
        .filter(|ch| is_hangul(*ch) || ch.is_ascii_alphanumeric() || *ch == super::BLANK);
    letters.count() >= 2 || stem == "팀"
}

#[cfg(test)]
mod tests {
    use super::{Subject, is_done_by_people, subject};

    #[test]
    fn english_subjects() {
        for before in [
            "unfortunately we ",
            "the team also ",
            "and the on-call engineer ",
            "because nobody ",
            "the bug that i ",
            "reviewers completely ",
        ] {
            assert!(is_done_by_people(before), "{before}");
        }
        for before in [
            "the pod ",
            "",
            "pods of the platform team ",
            "\u{1}\u{1} ",
            "requests from the team ",
            "users ",
            "they ",
        ] {
            assert!(!is_done_by_people(before), "{before}");
        }
    }

    #[test]
    fn korean_subjects() {
        for (before, expected) in [
            ("담당자가 설정을 ", Subject::Person),
            ("배포 전에 설정값을 ", Subject::Unsaid),
            ("헬스체크가 먼저 ", Subject::Thing),
            ("이 설정은 미리 ", Subject::Unsaid),
            ("팀에서는 사전에 ", Subject::Person),
            ("이번 배포에서는 설정값을 ", Subject::Unsaid),
            ("이 검사는 실제 값을 ", Subject::Thing),
            ("사용하는 설정값을 ", Subject::Unsaid),
            ("당시에는 설정값을 ", Subject::Unsaid),
            ("여기서는 대조군을 먼저 ", Subject::Unsaid),
            ("우리는 알람을 ", Subject::Person),
            ("아무도 로그를 ", Subject::Person),
            ("알람 없이 미리 ", Subject::Unsaid),
            ("\u{1}\u{1}\u{1}가 값을 ", Subject::Thing),
            ("저장소가 얼마를 처리하는지도 ", Subject::Unsaid),
            ("담당자가 값이 얼마인지 ", Subject::Person),
        ] {
            assert_eq!(subject(before), expected, "{before}");
        }
    }
}
