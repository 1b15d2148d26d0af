//! `ACT011`
use super::{around, lacking, report_at};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionStatus};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that are marked as done and show nothing for it: no ticket, no link, no commit, no version, no date, no
        /// line `evidence: …` below. What stands below a heading such as `Done`, and what a sentence tells as past, is
        /// left alone.
        ///
        /// ## Why it matters
        /// When it happens again, the first question is whether the action was really done, and how far it went.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [x] Add an index for the query of the limit
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [x] Add an index for the query of the limit (done on: 2026-03-16, ticket: PAY-1403)
        /// - [x] Rehearse switching the limit off
        ///   - evidence: switched off and on in staging within 40 seconds, three times
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 완료로 표시했는데 근거가 없는 조치를 찾습니다. 이슈, 링크, 커밋, 버전, 완료일, 아래에 적은 `근거: …` 가운데 하나만 있으면 됩니다. `완료` 같은
        /// 제목 아래에 모아 둔 조치와 문장이 지난 일로 말하는 조치는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 장애가 다시 나면 그 조치를 정말 했는지, 어디까지 했는지부터 묻게 됩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [x] 한도 확인 쿼리용 인덱스 추가
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [x] 한도 확인 쿼리용 인덱스 추가 (완료: 2026-03-16, 이슈: PAY-1403)
        /// - [x] 한도 확인을 끄는 훈련
        ///   - 근거: 스테이징에서 세 번 모두 40초 안에 끄고 켰다.
        /// ```
    }
    RULE = Rule {
        code: "ACT011",
        name: "done-without-evidence",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new("marked as done without evidence", "완료로 표시했지만 근거가 없습니다");
const ALL: Text = Text::new(
    "{count} actions are marked as done without evidence",
    "조치 {count}건을 완료로 표시했지만 근거가 없습니다",
);
const SOME: Text = Text::new(
    "no evidence for {lacking} of {count} done actions",
    "완료로 표시한 조치 {count}건 가운데 {lacking}건에 근거가 없습니다",
);
const SHOW: Text = Text::new(
    "add the ticket, a link, the date, or a line `evidence: …` below it",
    "이슈, 링크, 완료일을 적거나 아래에 `근거: …`를 한 줄 더하세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let marked: Vec<&Action> =
        report.incident.actions.iter().filter(|action| is_marked(action, report)).collect();
    let bare: Vec<&Action> =
        marked.iter().copied().filter(|action| !is_shown(action, report)).collect();
    let message = lacking([ONE, ALL, SOME], bare.len(), marked.len());
    if let Some(item) = report_at(found, report, &bare, message) {
        item.help(SHOW);
    }
}

/// Whether a box, a word or a mark of its own says that it is done.
fn is_marked(action: &Action, report: &Report) -> bool {
    let is_ticked = || {
        let item = action.span.of(&report.text).trim_start_matches(['-', '*', '+', ' ']);
        item.starts_with("[x]") || item.starts_with("[X]")
    };
    action.status == ActionStatus::Done && (action.status_text.is_some() || is_ticked())
}

fn is_shown(action: &Action, report: &Report) -> bool {
    let has_number = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let text = action.span.of(&report.text);
    action.ticket.is_some()
        || action.done_on.is_some()
        || action.status_text.as_deref().is_some_and(has_number)
        || text.contains("](")
        || text.contains("://")
        || text.lines().any(is_evidence)
        || text.split(|ch: char| !ch.is_ascii_alphanumeric()).any(is_commit)
        || text.split_whitespace().any(is_version)
        || around(&report.incident, action).any(|section| {
            section.kinds.iter().any(|kind| kind.holds_actions()) && has_number(&section.title)
        })
}

/// `- 근거: …`, `Result: …`
fn is_evidence(line: &str) -> bool {
    const LABELS: [&str; 14] = [
        "evidence", "proof", "result", "results", "verified", "checked", "done", "근거", "증거",
        "결과", "확인", "검증", "완료", "根拠",
    ];
    let bare = line.trim_start_matches(|ch: char| ch.is_whitespace() || "-*+>_".contains(ch));
    let Some((label, rest)) = bare.split_once([':', '：']) else { return false };
    let label = label.trim_matches(['*', '_', ' ']);
    !rest.trim().is_empty() && LABELS.iter().any(|known| label.eq_ignore_ascii_case(known))
}

/// `108cb12`
fn is_commit(word: &str) -> bool {
    (7..=40).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// `1.270.1`, `v2.0.3`
fn is_version(word: &str) -> bool {
    let bare = word.trim_matches(|ch: char| !ch.is_ascii_alphanumeric());
    let numbers = bare.strip_prefix('v').unwrap_or(bare);
    numbers.split('.').count() >= 3
        && numbers.split('.').all(|part| {
            !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}
