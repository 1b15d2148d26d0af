//! `ACT012`
use super::{lacking, report_at};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionStatus};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that will not be done and do not say why. The reason may stand behind the status, in the
        /// text, in another column or in a line below. A lone ❌ is left alone: it often means "not yet".
        ///
        /// ## Why it matters
        /// Deciding against an action is fine. Without its reason the next team proposes it again, or takes the risk
        /// for an oversight.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Double the size of the pool (status: won't do)
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [ ] Double the size of the pool (status: won't do: the queue would only move into the database)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 하지 않기로 했는데 이유가 없는 조치를 찾습니다. 이유는 상태 뒤, 문장 안, 다른 열, 아래 줄 어디에 적어도 됩니다. ❌만 있는 조치는 '아직'이라는
        /// 뜻일 때가 많아 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 하지 않기로 하는 것도 좋은 결정입니다. 이유가 없으면 다음 팀이 같은 조치를 또 제안하거나, 남은 위험을 실수로 여깁니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 풀 크기를 두 배로 늘리기 (상태: 하지 않음)
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [ ] 풀 크기를 두 배로 늘리기 (상태: 하지 않음: 대기가 데이터베이스로 옮겨 갈 뿐이다)
        /// ```
    }
    RULE = Rule {
        code: "ACT012",
        name: "wont-do-without-reason",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text =
    Text::new("will not be done, and nothing says why", "하지 않기로 한 이유가 없습니다");
const ALL: Text = Text::new(
    "{count} actions will not be done, and nothing says why",
    "하지 않기로 한 조치 {count}건에 이유가 없습니다",
);
const SOME: Text = Text::new(
    "nothing says why {lacking} of {count} rejected actions will not be done",
    "하지 않기로 한 조치 {count}건 가운데 {lacking}건에 이유가 없습니다",
);
const SAY: Text = Text::new(
    "add the reason, as in `status: won't do: the pool goes away in May`; if it was done, say so",
    "`상태: 하지 않음: 5월에 이 풀을 없앤다`처럼 이유를 적으세요. 끝난 일이라면 완료로 표시하세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let rejected: Vec<&Action> =
        report.incident.actions.iter().filter(|action| is_rejected(action)).collect();
    let bare: Vec<&Action> =
        rejected.iter().copied().filter(|action| !says_why(action, report)).collect();
    let message = lacking([ONE, ALL, SOME], bare.len(), rejected.len());
    if let Some(item) = report_at(found, report, &bare, message) {
        item.help(SAY);
    }
}

/// Whether words of its own say that it will not be done.
fn is_rejected(action: &Action) -> bool {
    let in_words = |text: &str| text.chars().any(char::is_alphabetic);
    action.status == ActionStatus::WontDo && action.status_text.as_deref().is_some_and(in_words)
}

fn says_why(action: &Action, report: &Report) -> bool {
    const BECAUSE: [&str; 13] = [
        "because",
        "since ",
        "due to",
        "instead",
        "superseded",
        "obsolete",
        "duplicate",
        "no longer",
        "이유",
        "때문",
        "대신",
        "사유",
        "필요 없",
    ];
    if action.reason.is_some() {
        return true;
    }
    let text = action.span.of(&report.text).to_lowercase();
    // `once a year instead of four times` is what would have been done.
    if BECAUSE.iter().any(|word| text.replace("instead of", "").contains(word)) {
        return true;
    }
    // A line below, or another cell.
    let is_sentence = |part: &str| {
        let words = part.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
        words.count() >= 3
    };
    let after = Span { start: action.text_span.end.min(action.span.end), end: action.span.end };
    let after = after.of(&report.text);
    let cells = after.starts_with([' ', '|']) && after.trim_start().starts_with('|');
    if cells { after.split('|').any(is_sentence) } else { after.lines().skip(1).any(is_sentence) }
}
