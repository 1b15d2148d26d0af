//! `REL004`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::patterns::Collection;
use crate::patterns::recurrence::{Ground, State};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports that repeat an earlier incident (`recurrence_of`) whose actions are still open: unticked, or in progress.
        /// Actions without a record are neither.
        ///
        /// ## Why it matters
        /// Somebody knew what would help, promised it, and the incident came back first. Whoever reads the new report should
        /// find that in it, and somebody should decide about the old promise now.
        ///
        /// ## Example
        /// A report with this front matter is found as long as `2025-11-02-pool-exhausted` has an unticked action:
        ///
        /// ```yaml
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// ```
        ///
        /// An action that was done after the incident came back is no longer found; the report's page still tells of it.
    }
    ko {
        /// ## 무엇을 찾나요
        /// 앞선 장애의 재발이라고 적은(`recurrence_of`) 보고서 가운데, 그 앞선 장애의 조치가 아직 끝나지 않은 것(체크되지 않았거나 진행 중)을 찾습니다.
        /// 상태가 적혀 있지 않은 조치는 세지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 무엇이 도움이 될지 알고 약속까지 했는데 장애가 먼저 돌아온 것입니다. 새 보고서를 읽는 사람은 그 사실을 알아야 하고, 오래된 약속을 어떻게 할지
        /// 지금 누군가 정해야 합니다.
        ///
        /// ## 예
        /// `2025-11-02-pool-exhausted`에 체크되지 않은 조치가 남아 있는 동안, 다음 front matter가 있는 보고서를 찾습니다.
        ///
        /// ```yaml
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// ```
        ///
        /// 장애가 다시 일어난 뒤에라도 끝낸 조치는 더 찾지 않습니다. 그 사실은 보고서 페이지에 남습니다.
    }
    RULE = Rule {
        code: "REL004",
        name: "earlier-action-open",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Together(check),
    }
}

const STILL_OPEN: Text = Text::new(
    "`{id}` still has {count} {action|actions} open, and the incident came back",
    "`{id}`의 조치 {count}건이 끝나지 않은 채 장애가 다시 일어났습니다",
);
const HELP: Text = Text::new(
    "do it, or say in `{id}` that it will not be done and why: “{action}”",
    "끝내거나, 하지 않는다면 그 이유를 `{id}`에 적으세요: ‘{action}’",
);

fn check(_: &Context<'_>, together: &Collection<'_>, found: &mut Found) {
    for recurrence in together.recurrences().iter().filter(|r| r.ground == Ground::Declared) {
        let (newer, older) =
            (together.reports[recurrence.newer], together.reports[recurrence.older]);
        // What is done by now was late, and nothing is left to do about it.
        let open = recurrence.promises.iter().filter(|promise| promise.state == State::StillOpen);
        let open: Vec<_> = open.map(|promise| promise.action).collect();
        let Some(first) = open.first() else { continue };
        let incident = &newer.incident;
        let named = incident.recurrence_of.iter().find(|id| {
            let older = &older.incident;
            let mut ids = std::iter::once(&older.id).chain(&older.aliases);
            ids.any(|own| own.value.key() == id.value.key())
        });
        let span = named.and_then(|id| id.span).unwrap_or_else(|| title_span(newer));
        let id = older.incident.id.value.as_str();
        let message = STILL_OPEN.with("count", open.len()).with("id", id);
        let item = found.at(&newer.source, span, message);
        item.help(HELP.with("id", id).with("action", first.text.as_str()));
    }
}
