//! Actions that change what people are to keep in mind, and nothing that a machine does.

use std::sync::LazyLock;

use crate::lint::prose::{Group, Phrases};
use crate::model::{Action, ActionStatus, Incident};

/// What an action asks of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// To pay attention, to know, to remember.
    Attention,
    /// To read something.
    Reading,
}

const GROUPS: &[Group<Asks>] = &[
    Group {
        words: &[
            "be careful",
            "be more careful",
            "more careful*",
            "more carefully",
            "carefully",
            "pay attention",
            "pay more attention",
            "pay closer attention",
            "take care",
            "take more care",
            "more care",
            "be vigilant",
            "more vigilant",
            "be mindful",
            "more mindful",
            "be aware",
            "more aware",
            "be diligent",
            "more diligent*",
            "be cautious",
            "more cautious*",
            "raise awareness",
            "increase awareness",
            "awareness",
            "double-check",
            "double check",
            "keep in mind",
            "remember to",
            "be sure to",
            "make sure everyone",
            "make sure everybody",
            "train*",
            "retrain*",
            "educate",
            "education",
            "teach",
            "remind*",
            "announce",
            "communicate",
            "tell",
            "inform",
            "brief the",
            "share this",
            "share with",
            "share the report",
            "share the post",
            "share the findings",
            "share the lessons",
            "share what",
            "share learnings",
            "share knowledge",
            "follow the procedure",
            "follow the process",
            "follow the runbook",
            "follow the checklist",
            "thorough*",
            "always check",
            "manually check",
            "manually verify",
            "checklist",
        ],
        means: Asks::Attention,
    },
    Group {
        words: &[
            "주의",
            "유의",
            "꼼꼼",
            "철저",
            "신경 쓰",
            "신경쓰",
            "신경 쓴",
            "신경을 쓰",
            "조심",
            "경각심",
            "각별",
            "세심",
            "숙지",
            "명심",
            "만전",
            "교육",
            "재교육",
            "공유",
            "공지",
            "안내",
            "당부",
            "재강조",
            "리마인드",
            "이중 확인",
            "더블 체크",
            "더블체크",
            "한 번 더 확인",
            "재확인",
            "*체크리스트",
            "인식 제고",
            "준수하",
            "육안",
        ],
        means: Asks::Attention,
    },
    Group {
        words: &[
            "document",
            "documentation",
            "runbook",
            "guide",
            "wiki",
            "문서",
            "가이드",
            "매뉴얼",
            "위키",
            "런북",
        ],
        means: Asks::Reading,
    },
];

/// `주의 문구`, `a shared library`: things, not attention.
const INNOCENT: &[&str] = &[
    "주의 문구",
    "주의문",
    "주의 메시지",
    "주의 표시",
    "주의 알",
    "공유 자원",
    "공유 라이브러리",
    "공유 캐시",
    "공유 볼륨",
    "공유 메모리",
    "공유 스토리지",
    "공유 풀",
    "공유 커넥션",
    "공유 클러스터",
    "공유 계정",
    "shared",
    "share the pool",
    "share nothing",
    "trains",
    "train the model",
    "체크리스트를 코드",
    "훈련 데이터",
    "game day",
    "test the runbook",
];

static PHRASES: LazyLock<Phrases<Asks>> = LazyLock::new(|| Phrases::new(GROUPS, &[INNOCENT]));

/// Whoever does one of these changes a system, whatever else is said.
const CHANGES: &[&str] = &[
    "automat",
    "alert",
    "alarm",
    "monitor",
    "script",
    "pipeline",
    " ci",
    "test",
    "validat",
    "block",
    "limit",
    "enforce",
    "lint",
    "upgrade",
    "migrat",
    "replac",
    "increas",
    "decreas",
    "add ",
    "implement",
    " bot",
    "dashboard",
    "metric",
    "timeout",
    "retr",
    "prevent",
    "guard",
    "require",
    "restrict",
    "disable",
    "enable",
    "build ",
    "create a",
    "drill",
    "terraform",
    "refactor",
    "separate",
    "자동",
    "알람",
    "스크립트",
    "파이프라인",
    "차단",
    "제한",
    "강제",
    "교체",
    "제거",
    "추가",
    "구현",
    "도구",
    "봇",
    "대시보드",
    "지표",
    "타임아웃",
    "재시도",
    "분리",
    "도입",
    "구축",
    "증설",
    "축소",
    "막는",
    "막도록",
    "모의",
    "복구 훈련",
];

/// How far an action relies on people alone; `None` where it may change a system.
fn asks(action: &Action) -> Option<Asks> {
    let text = action.text.to_lowercase();
    let hits = PHRASES.find(&text);
    let changes = CHANGES.iter().any(|word| text.contains(word));
    let first = hits.iter().map(|hit| hit.means).max_by_key(|asks| *asks == Asks::Attention)?;
    (!changes).then_some(first)
}

/// Whether an action asks for attention and changes nothing else.
pub(super) fn is_attention(action: &Action) -> bool {
    asks(action) == Some(Asks::Attention)
}

/// The actions that ask for attention, where all that a report promises is attention, or something
/// more to read.
pub(super) fn only_attention(incident: &Incident) -> Option<Vec<&Action>> {
    let promised =
        || incident.actions.iter().filter(|action| action.status != ActionStatus::WontDo);
    let all = promised().all(|action| asks(action).is_some());
    let attention: Vec<&Action> = promised().filter(|action| is_attention(action)).collect();
    (all && !attention.is_empty()).then_some(attention)
}
