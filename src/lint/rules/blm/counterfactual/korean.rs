//! Korean counterfactuals: an ending that wishes, and a person, said or unsaid, who did not do it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::prose::people::{Subject, subject};
use crate::lint::prose::{Group, Phrases};

/// One of these stands in every Korean counterfactual.
pub(super) const ANCHORS: &[&str] = &[
    "어야 했",
    "아야 했",
    "해야 했",
    "야 하는데",
    "야 했으나",
    "만으로도",
    "았어야",
    "었어야",
    "했어야",
    "더라면",
    "면 좋았",
    "다면",
    "하지 않아",
    "하지 않았기",
    "하지 않은 탓",
];

/// What an ending needs to be one.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `확인했어야 했다`; before a noun it tells what was due: `발송했어야 할 메일`.
    Should,
    /// `잡아야 했으나 지나쳤다`: what was due, and that it was left out.
    Due,
    /// `검사 한 번만으로도 막을 수 있었다`
    Enough,
    /// `알았더라면`
    If,
    /// `확인했다면 … 막을 수 있었다`
    IfSo,
    /// `공유했으면 좋았을`
    Wish,
    /// `담당자가 점검하지 않아서`, only with the person.
    Omitted,
}

const GROUPS: &[Group<Form>] = &[
    Group {
        words: &[
            "*했어야",
            "*봤어야",
            "*보았어야",
            "*알았어야",
            "*알렸어야",
            "*막았어야",
            "*물었어야",
            "*챙겼어야",
            "*남겼어야",
            "*미뤘어야",
            "*멈췄어야",
            "*말았어야",
            "*않았어야",
            "*나눴어야",
            "*뒀어야",
            "*두었어야",
            "*세웠어야",
            "*올렸어야",
            "*내렸어야",
            "*늘렸어야",
            "*불렀어야",
            "*썼어야",
            "*만들었어야",
            "*걸었어야",
            "*넣었어야",
            "*빼야 했",
        ],
        means: Form::Should,
    },
    Group {
        words: &["*야 했으나", "*야 했는데", "*야 했지만", "*야 하는데도"], means: Form::Due
    },
    Group { words: &["*만으로도"], means: Form::Enough },
    Group { words: &["*더라면"], means: Form::If },
    Group {
        words: &[
            "*했다면",
            "*봤다면",
            "*알았다면",
            "*알렸다면",
            "*챙겼다면",
            "*뒀다면",
            "*두었다면",
            "*않았다면",
            "*나눴다면",
            "*눈치챘다면",
        ],
        means: Form::IfSo,
    },
    Group { words: &["*면 좋았을", "*면 좋았겠"], means: Form::Wish },
    Group {
        words: &[
            "확인하지 않아",
            "점검하지 않아",
            "검토하지 않아",
            "보고하지 않아",
            "공유하지 않아",
            "확인하지 않았기",
            "점검하지 않았기",
            "검토하지 않았기",
            "공유하지 않았기",
            "보고하지 않았기",
            "확인하지 않은 탓",
            "점검하지 않은 탓",
            "검토하지 않은 탓",
            "테스트하지 않은 탓",
            "공유하지 않은 탓",
            "테스트하지 않아",
        ],
        means: Form::Omitted,
    },
];

/// Particles may stand between a noun and `하다`: `확인을 하지 않아서`.
static PHRASES: LazyLock<Phrases<Form>> = LazyLock::new(|| Phrases::new(GROUPS, &[]));

/// What luck looks like: it could have been worse.
const WORSE: [&str; 10] =
    ["커졌", "더 큰", "악화", "심각", "늘었", "늘어났", "확대", "위험", "길어졌", "번졌"];

const HELPED: [&str; 17] = [
    "막을",
    "막았",
    "막아",
    "방지",
    "예방",
    "피할",
    "피했",
    "줄",
    "빨리",
    "빠르게",
    "일찍",
    "먼저",
    "발견",
    "탐지",
    "알 수",
    "알았",
    "않았을",
];

/// How the sentence goes on where something due was not done.
const LEFT_OUT: [&str; 9] =
    ["지 않", "지 못", "못했", "누락", "통과", "놓쳤", "빠뜨렸", "생략", "건너뛰"];

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let hits = PHRASES.find(text);
    hits.into_iter()
        .filter(|hit| is_guilty(text, &hit.range, hit.means))
        .map(|hit| word(text, hit.range))
        .collect()
}

fn is_guilty(text: &str, range: &Range<usize>, form: Form) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    // A clause ends at a comma.
    let clause = before.rsplit([',', ';', '—', '–']).next().unwrap_or(before);
    let who = subject(clause);
    let by_people = who != Subject::Thing && !text.contains("자동");
    let worse = WORSE.iter().any(|word| after.contains(word));
    match form {
        Form::Should => {
            let due = after.trim_start();
            let says = ["했", "한다", "하는데", "하지만", "합니다", "됐", "함", "만", "했음"];
            by_people
                && (due.is_empty()
                    || due.starts_with('.')
                    || says.iter().any(|word| due.starts_with(word)))
        }
        // `기능이었어야 했으나`: what something was to be.
        Form::Due => {
            let is_to_be = before.ends_with("이었어")
                || before.ends_with("였어") && !before.ends_with("하였어");
            by_people && !is_to_be && LEFT_OUT.iter().any(|word| after.contains(word))
        }
        Form::Enough => HELPED.iter().any(|word| after.contains(word)) && after.contains("수 있었"),
        Form::If | Form::Wish => by_people && !worse,
        Form::IfSo => {
            by_people
                && !worse
                && HELPED.iter().any(|word| after.contains(word))
                && (after.contains("수 있었")
                    || after.contains("것이")
                    || after.contains("텐데")
                    || after.contains("것으로")
                    || after.contains("겠"))
        }
        Form::Omitted => who == Subject::Person,
    }
}

/// From the beginning of the word that the ending belongs to.
fn word(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind([' ', '(', ',']).map_or(0, |at| at + 1);
    let rest = text[range.end..].find([' ', '.', ',', ')']).unwrap_or(text.len() - range.end);
    start..range.end + rest
}
