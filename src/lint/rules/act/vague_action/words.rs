//! Which actions are vague, and what a concrete one would look like.

use crate::l10n::{Message, Text};
use crate::lint::prose::is_hangul;
use crate::model::Action;

/// Whoever writes more has said what it is about.
const LONGEST: usize = 120;

/// Why an action is vague.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    /// `Improve monitoring`: no word says of what.
    Nothing,
    /// `Look into the driver`: a beginning without an end.
    OpenEnd,
    /// `Be more careful`
    Attention,
}

/// Words that promise more or better of something.
const MORE: [&str; 28] = [
    "improve",
    "improved",
    "improvements",
    "improvement",
    "improving",
    "enhance",
    "enhanced",
    "better",
    "strengthen",
    "more",
    "increase",
    "optimize",
    "optimise",
    "refine",
    "tighten",
    "ensure",
    "review",
    "revisit",
    "rethink",
    "reinforce",
    "prevent",
    "implement",
    "conduct",
    "perform",
    "provide",
    "establish",
    "update",
    "maintain",
];
/// Words that name everything, and so nothing.
const ANYTHING: [&str; 119] = [
    "monitoring",
    "monitor",
    "alerting",
    "alerts",
    "alert",
    "alarms",
    "testing",
    "tests",
    "test",
    "documentation",
    "docs",
    "document",
    "process",
    "processes",
    "procedure",
    "procedures",
    "communication",
    "communications",
    "quality",
    "reviews",
    "code",
    "deployment",
    "deployments",
    "release",
    "releases",
    "reliability",
    "stability",
    "resilience",
    "resiliency",
    "observability",
    "coverage",
    "security",
    "system",
    "systems",
    "infrastructure",
    "team",
    "awareness",
    "logging",
    "logs",
    "training",
    "planning",
    "handling",
    "error",
    "errors",
    "incident",
    "incidents",
    "response",
    "capability",
    "practices",
    "performance",
    "service",
    "services",
    "our",
    "the",
    "a",
    "an",
    "of",
    "and",
    "for",
    "in",
    "on",
    "to",
    "with",
    "this",
    "future",
    "overall",
    "further",
    "again",
    "similar",
    "issues",
    "problems",
    "recurrence",
    "it",
    "all",
    "general",
    "visibility",
    "from",
    "happening",
    "we",
    "are",
    "be",
    "will",
    "should",
    "must",
    "need",
    "continue",
    "regular",
    "regularly",
    "new",
    "clear",
    "proper",
    "best",
    "between",
    "teams",
    "before",
    "any",
    "potential",
    "tools",
    "strategy",
    "strategies",
    "plan",
    "plans",
    "measures",
    "mechanisms",
    "protocols",
    "comprehensive",
    "robust",
    "thorough",
    "assurance",
    "management",
    "maintenance",
    "configuration",
    "configurations",
    "changes",
    "faster",
    "quickly",
    "resolution",
    "issue",
    "that",
];

/// Beginnings without an end.
const OPEN: [&str; 22] = [
    "consider ",
    "considering ",
    "explore ",
    "exploring ",
    "investigate ",
    "investigating ",
    "look into ",
    "looking into ",
    "look at ",
    "think about ",
    "think of ",
    "research ",
    "discuss ",
    "maybe ",
    "we should consider ",
    "we should look into ",
    "we should investigate ",
    "further investigate ",
    "further investigation",
    "to consider ",
    "to investigate ",
    "continue to investigate ",
];
/// What gives an open beginning its end: a question to answer, or a thing to hand in.
const QUESTIONS: [&str; 21] = [
    "whether",
    " if ",
    "why",
    "how",
    "which",
    "what",
    "where",
    "?",
    "until",
    "cause of",
    "report",
    "decide",
    "proposal",
    "prototype",
    "poc",
    "reproduc",
    "measure",
    "benchmark",
    "compare",
    " vs",
    "write",
];

const CAREFUL: [&str; 19] = [
    "be careful",
    "be more careful",
    "more careful",
    "pay attention",
    "pay more attention",
    "pay closer attention",
    "take more care",
    "take care",
    "be vigilant",
    "more vigilant",
    "be mindful",
    "more mindful",
    "be diligent",
    "more diligent",
    "be cautious",
    "more cautious",
    "raise awareness",
    "more thorough",
    "keep in mind",
];

const MORE_KO: [&str; 21] = [
    "보강",
    "강화",
    "개선",
    "보완",
    "고도화",
    "검토",
    "방지",
    "확대",
    "향상",
    "안정화",
    "노력",
    "철저",
    "수립",
    "마련",
    "최적화",
    "점검",
    "구축",
    "체계화",
    "정비",
    "활성화",
    "내재화",
];
const ANYTHING_KO: [&str; 73] = [
    "전략",
    "대시보드",
    "모니터링",
    "알람",
    "알림",
    "테스트",
    "프로세스",
    "절차",
    "문서",
    "커뮤니케이션",
    "소통",
    "교육",
    "코드",
    "리뷰",
    "품질",
    "관리",
    "운영",
    "배포",
    "체계",
    "안정성",
    "장애",
    "대응",
    "예방",
    "더",
    "좀",
    "및",
    "등",
    "위한",
    "위해",
    "통한",
    "전반",
    "지속",
    "적극",
    "필요",
    "예정",
    "한다",
    "하기",
    "하도록",
    "할",
    "것",
    "진행",
    "실시",
    "시스템",
    "서비스",
    "전체",
    "향후",
    "이후",
    "앞으로",
    "유사",
    "재발",
    "대책",
    "방안",
    "근본",
    "개발",
    "사전",
    "사후",
    "보안",
    "성능",
    "가시성",
    "로그",
    "로깅",
    "정책",
    "매뉴얼",
    "전사",
    "인시던트",
    "실시간",
    "팀",
    "자동화",
    "파이프라인",
    "환경",
    "방식",
    "역량",
    "인프라",
];
const OPEN_KO: [&str; 8] = ["검토", "고려", "논의", "고민", "모색", "알아보", "조사", "연구"];
/// What makes a Korean open end concrete: a question, a rhythm, a thing to hand in.
const QUESTIONS_KO: [&str; 21] = [
    "여부",
    "어떻게",
    "왜",
    "얼마",
    "매주",
    "매월",
    "매일",
    "정기",
    "분기",
    "월간",
    "주간",
    "까지",
    "비교",
    "측정",
    "재현",
    "결정",
    "요청",
    "필수",
    "후 ",
    "결과",
    "검토자",
];
const CAREFUL_KO: [&str; 18] = [
    "꼼꼼",
    "철저히",
    "철저하게",
    "신경 쓰",
    "신경쓰",
    "신경 쓴",
    "신경쓴",
    "신경을 쓰",
    "조심",
    "경각심",
    "각별",
    "세심",
    "명심",
    "만전",
    "주의한다",
    "주의하",
    "주의 깊",
    "유의",
];

/// Whether an action is vague. Anything that can be checked makes it concrete.
pub(super) fn judge(action: &Action, source: &str) -> Option<Vague> {
    let text = action.text.to_lowercase();
    let written = action.text_span.of(source);
    let concrete = action.ticket.is_some()
        || written.contains(['`', '[', '"', '“', '「', '<', '%'])
        || written.contains("://")
        || names_path(written)
        || text.contains(|ch: char| ch.is_ascii_digit())
        // What it is follows below.
        || text.ends_with(':');
    if concrete {
        return None;
    }
    if CAREFUL.iter().chain(&CAREFUL_KO).any(|word| text.contains(word)) {
        return Some(Vague::Attention);
    }
    if says_nothing(&text) {
        return Some(Vague::Nothing);
    }
    (action.due.is_none() && is_open(&text)).then_some(Vague::OpenEnd)
}

/// `check /metrics`; in `알람/대시보드 개선` the slash only lists.
fn names_path(text: &str) -> bool {
    text.match_indices('/').any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|ch| ch.is_whitespace() || ch == '(')
            && text[at + 1..].starts_with(|ch: char| ch.is_ascii_alphanumeric())
    })
}

fn says_nothing(text: &str) -> bool {
    let mut more = false;
    let mut words = 0;
    let is_edge = |ch: char| !ch.is_alphanumeric();
    for word in text.split(is_edge).filter(|word| !word.is_empty()) {
        words += 1;
        let known = if word.chars().any(is_hangul) {
            let promises = MORE_KO.iter().any(|stem| word.contains(stem));
            more |= promises;
            promises || ANYTHING_KO.iter().any(|stem| word.starts_with(stem))
        } else {
            more |= MORE.contains(&word);
            MORE.contains(&word) || ANYTHING.contains(&word)
        };
        if !known {
            return false;
        }
    }
    more && words >= 2
}

fn is_open(text: &str) -> bool {
    // A description is more than a beginning.
    if text.chars().count() > LONGEST {
        return false;
    }
    if OPEN.iter().any(|open| text.starts_with(open)) {
        return !QUESTIONS.iter().any(|word| text.contains(word));
    }
    let last = text
        .trim_end_matches(|ch: char| !ch.is_alphanumeric())
        .trim_end_matches("한다")
        .trim_end_matches("합니다")
        .trim_end_matches("하기")
        .trim_end_matches("할 것")
        .trim_end_matches("예정")
        .trim_end_matches("필요")
        .trim_end();
    OPEN_KO.iter().any(|open| last.ends_with(open))
        && !QUESTIONS_KO.iter().any(|word| text.contains(word))
}

const DECIDE: Text = Text::new(
    "give `{action}` an end: the question it answers, by when, and where the answer will stand: `decide by 2026-04-01 whether …, in an issue`",
    "`{action}`에 끝을 주세요. 어떤 질문에, 언제까지, 어디에 답할지 적으면 됩니다. 예: `…할지 2026-04-01까지 결정하고 이슈에 남긴다`",
);
const GUARD: Text = Text::new(
    "instead of `{action}`, name what will refuse or show the mistake: `the command asks for the host name before it deletes`",
    "`{action}` 대신 무엇이 실수를 막거나 드러낼지 적으세요. 예: `삭제 명령이 호스트 이름을 입력받은 뒤에만 실행된다`",
);
const ANY: Text = Text::new(
    "instead of `{action}`, name what changes, in which system, and how to tell that it is done: `requests to the bank give up after 3 s`",
    "`{action}` 대신 무엇이, 어느 시스템에서 바뀌고, 끝난 것을 어떻게 알 수 있는지 적으세요. 예: `은행 요청은 3초 뒤에 포기한다`",
);

/// A concrete action for what a vague one is about; the first that fits.
const EXAMPLES: [(&[&str], Text); 8] = [
    (
        &[
            "monitor",
            "alert",
            "alarm",
            "observab",
            "visib",
            "logging",
            "모니터링",
            "알람",
            "알림",
            "가시성",
            "로깅",
        ],
        Text::new(
            "instead of `{action}`, name the signal, the limit and who is woken: `page @payment when p99 of checkout is over 2 s for 5 min`",
            "`{action}` 대신 어떤 지표가 얼마를 얼마 동안 넘으면 누구에게 알릴지 적으세요. 예: `결제 p99가 2초를 5분 넘으면 @payment 호출`",
        ),
    ),
    (
        &["test", "qa", "coverage", "quality", "테스트", "품질", "검증"],
        Text::new(
            "instead of `{action}`, name the case and where it runs: `CI starts the service with an empty cache and fails above 2 s`",
            "`{action}` 대신 어떤 경우를 어디에서 시험할지 적으세요. 예: `CI에서 빈 캐시로 기동해 2초를 넘으면 실패`",
        ),
    ),
    (
        &["document", "docs", "runbook", "문서", "매뉴얼", "런북"],
        Text::new(
            "instead of `{action}`, name the page and what one can do with it: `a runbook for a full connection pool, linked from its alarm`",
            "`{action}` 대신 어떤 문서로 무엇을 할 수 있게 되는지 적으세요. 예: `커넥션 풀 고갈 런북을 쓰고 알람에 링크`",
        ),
    ),
    (
        &["communicat", "소통", "커뮤니케이션", "공유"],
        Text::new(
            "instead of `{action}`, name who learns what, when and how: `the status page is updated within 10 min of a SEV1, by the commander`",
            "`{action}` 대신 누가 무엇을 언제 어떻게 알게 되는지 적으세요. 예: `SEV1이면 지휘자가 10분 안에 상태 페이지를 갱신`",
        ),
    ),
    (
        &["review", "리뷰", "검토"],
        Text::new(
            "instead of `{action}`, name what will be looked for, or let a machine look: `CI refuses a migration without a rollback`",
            "`{action}` 대신 무엇을 볼지 정하거나 기계가 보게 하세요. 예: `롤백이 없는 마이그레이션은 CI에서 거절`",
        ),
    ),
    (
        &["deploy", "release", "배포", "릴리스"],
        Text::new(
            "instead of `{action}`, name the step and its limit: `1 % of traffic for 10 min; an error rate over 0.5 % rolls back`",
            "`{action}` 대신 단계와 기준을 적으세요. 예: `트래픽 1%로 10분, 오류율이 0.5%를 넘으면 자동 롤백`",
        ),
    ),
    (
        &["train", "aware", "교육", "훈련"],
        Text::new(
            "instead of `{action}`, name what people will have done: `every on-call engineer restores a backup in staging once a quarter`",
            "`{action}` 대신 사람들이 무엇을 해 보게 되는지 적으세요. 예: `당직자는 분기마다 스테이징에서 백업을 한 번 복원한다`",
        ),
    ),
    (
        &["perform", "capacity", "stab", "reliab", "resilien", "성능", "안정", "용량"],
        Text::new(
            "instead of `{action}`, name the load and the result: `checkout holds 3 times the peak of December with p99 under 1 s`",
            "`{action}` 대신 어떤 부하에서 어떤 결과를 낼지 적으세요. 예: `12월 최대치의 3배에서 결제 p99 1초 이하`",
        ),
    ),
];

/// What to write instead.
pub(super) fn example(action: &str, why: Vague) -> Message {
    let text = action.to_lowercase();
    let fits = |(words, _): &&(&[&str], Text)| words.iter().any(|word| text.contains(word));
    let help = match why {
        Vague::Attention => GUARD,
        Vague::OpenEnd => DECIDE,
        Vague::Nothing => EXAMPLES.iter().find(fits).map_or(ANY, |(_, help)| *help),
    };
    help.with("action", super::super::short(action))
}
