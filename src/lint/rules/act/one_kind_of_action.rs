//! `ACT009`
use super::report_at;
use crate::config::key;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionKind};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports with three actions or more that all do the same: prevent it, detect it sooner, or handle it
        /// better. The kind is a field (`kind: detect`), a column or a heading; where there is none, words such as
        /// alert, dashboard, runbook and drill tell. With one action whose kind is not known it says nothing, and a rejected action counts as a question asked.
        ///
        /// ## Why it matters
        /// Prevention fails some day, and an alert alone prevents nothing. Asking all three questions finds measures
        /// that nobody thought of. It is a question, so it is an info: one kind may be all there is to do.
        ///
        /// ## Source
        /// Site Reliability Engineering (2016), appendix D: action items have a type, such as prevent, mitigate and process.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms
        /// - [ ] Show pool usage on the dashboard of each service
        /// - [ ] Alert when payments fail with a business error
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms (kind: detect)
        /// - [ ] Add an index for the query of the limit (kind: prevent)
        /// - [ ] A flag that switches the limit off (kind: respond)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 조치가 셋 이상인데 모두 예방이거나, 모두 탐지이거나, 모두 대응인 보고서를 찾습니다. 종류는 필드(`유형: 탐지`), 표의 열, 제목으로 알아보고,
        /// 없으면 알람, 대시보드, 런북, 훈련 같은 낱말로 알아봅니다. 종류를 알 수 없는 조치가 하나라도 있으면 아무 말도 하지 않고, 하지 않기로
        /// 한 조치도 물어본 것으로 봅니다.
        ///
        /// ## 왜 중요한가요
        /// 예방은 언젠가 뚫리고, 알람만으로는 아무것도 막지 못합니다. 세 가지를 모두 물으면 생각하지 못한 조치가 나옵니다. 한 종류로 충분할 수도 있으니
        /// 묻기만 하는 정보입니다.
        ///
        /// ## 출처
        /// Site Reliability Engineering (2016), 부록 D: 조치마다 유형(예방, 완화, 절차 등)을 적습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        /// - [ ] 서비스마다 대시보드에 풀 사용률 표시
        /// - [ ] 업무 오류로 나간 결제 실패에도 알람
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람 (유형: 탐지)
        /// - [ ] 한도 확인 쿼리용 인덱스 추가 (유형: 예방)
        /// - [ ] 한도 확인을 끄는 기능 플래그 (유형: 대응)
        /// ```
    }
    RULE = Rule {
        code: "ACT009",
        name: "one-kind-of-action",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const PREVENT: Text = Text::new(
    "all {count} actions prevent it; none would detect it sooner or handle it better",
    "조치 {count}건이 모두 예방입니다. 더 빨리 알거나 더 잘 대처하게 하는 조치가 없습니다",
);
const DETECT: Text = Text::new(
    "all {count} actions detect it sooner; none would prevent it or handle it better",
    "조치 {count}건이 모두 탐지입니다. 막거나 더 잘 대처하게 하는 조치가 없습니다",
);
const RESPOND: Text = Text::new(
    "all {count} actions handle it better; none would prevent it or detect it sooner",
    "조치 {count}건이 모두 대응입니다. 막거나 더 빨리 알게 하는 조치가 없습니다",
);
const ASK: Text = Text::new(
    "ask the other two questions as well; if one kind is enough, say why",
    "나머지 두 가지도 물어보세요. 한 종류로 충분하다면 그 이유를 적으세요",
);
/// Fewer actions than this need not cover everything.
const FEWEST: usize = 3;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    // A rejected action of another kind shows that the question was asked.
    let actions: Vec<&Action> = report.incident.actions.iter().collect();
    let Some(kind) = actions.first().and_then(|action| kind(action)) else { return };
    if actions.len() < FEWEST || !actions.iter().all(|action| self::kind(action) == Some(kind)) {
        return;
    }
    let text = match kind {
        ActionKind::Prevent => PREVENT,
        ActionKind::Detect => DETECT,
        ActionKind::Respond => RESPOND,
    };
    if let Some(item) = report_at(found, report, &actions[..1], text.with("count", actions.len())) {
        item.help(ASK);
    }
}

/// The kind as written, else as the words tell. No word tells of prevention.
fn kind(action: &Action) -> Option<ActionKind> {
    const DETECT: [&str; 14] = [
        "alert",
        "alarm",
        "monitor",
        "dashboard",
        "notif",
        "metric",
        "observab",
        "probe",
        "알람",
        "알림",
        "경보",
        "모니터링",
        "대시보드",
        "지표",
    ];
    const RESPOND: [&str; 8] =
        ["runbook", "playbook", "drill", "fire drill", "런북", "플레이북", "훈련", "대응 절차"];
    // `### Process` holds whatever concerns how people work.
    let is_process = action
        .group
        .as_deref()
        .is_some_and(|group| matches!(key(group).as_str(), "process" | "프로세스" | "プロセス"));
    if action.kind.is_some() && !is_process {
        return action.kind;
    }
    let text = action.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // A runbook for an alert is a runbook.
    match (has(&RESPOND), has(&DETECT)) {
        (true, _) => Some(ActionKind::Respond),
        (false, true) => Some(ActionKind::Detect),
        (false, false) => None,
    }
}
