//! `ACT007`
#[cfg(test)]
mod tests;
mod words;

use super::attention;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, ActionStatus};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions of which nobody could say when they are done: `improve monitoring`, `better testing`, `be more careful`,
        /// and open ends: `look into the driver`, `consider a cache`. A number, code, a ticket, a link, a question to be
        /// answered or (for an open end) a due date make an action concrete. What is done already is left alone.
        ///
        /// ## Why it matters
        /// A vague action is never done, or it is ticked off at once. Either way nothing changes, and the report looks
        /// as if something had.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - Improve monitoring
        /// - Look into the connection pool
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - Alarm when requests wait for a connection for more than 5 s
        /// - Find out why the pool does not shrink, by running the load of 14 March against staging
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 언제 끝났다고 할 수 있는지 알 수 없는 조치를 찾습니다. `모니터링 강화`, `재발 방지 대책 수립`, `더 꼼꼼히 확인`, 그리고 끝이 없는
        /// `캐시 도입 검토` 같은 조치입니다. 숫자, 코드, 이슈, 링크, 답해야 할 질문이 있거나 (검토라면) 기한이 있으면 구체적인 것으로 봅니다.
        /// 이미 끝난 조치는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 모호한 조치는 끝나지 않거나, 바로 완료로 표시됩니다. 어느 쪽이든 바뀌는 것은 없는데 보고서만 보면 바뀐 것 같습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - 모니터링 강화
        /// - 캐시 도입 검토
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - 커넥션 대기가 5초를 넘으면 알람
        /// - 캐시를 두면 조회가 얼마나 줄어드는지 3월 14일 트래픽으로 측정
        /// ```
    }
    RULE = Rule {
        code: "ACT007",
        name: "vague-action",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new(
    "nothing tells when `{action}` is done",
    "`{action}`: 언제 끝났다고 할 수 있는지 알 수 없는 조치입니다",
);
const SEVERAL: Text = Text::new(
    "nothing tells when {count} of {total} actions are done: {actions}",
    "조치 {total}건 가운데 {count}건은 언제 끝났다고 할 수 있는지 알 수 없습니다: {actions}",
);
const NAMED: usize = 3;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    // Then the next rule says what there is to say.
    let only_attention = attention::only_attention(&report.incident).is_some();
    let open = |action: &&Action| {
        let closed = matches!(action.status, ActionStatus::Done | ActionStatus::WontDo);
        let said = only_attention && attention::is_attention(action);
        !closed && !said
    };
    let vague: Vec<(&Action, words::Vague)> = report
        .incident
        .actions
        .iter()
        .filter(open)
        .filter_map(|action| Some((action, words::judge(action, &report.text)?)))
        .collect();
    let Some(((first, why), others)) = vague.split_first() else { return };
    let message = if others.is_empty() {
        ONE.with("action", super::short(&first.text))
    } else {
        let named =
            |(action, _): &(&Action, words::Vague)| format!("`{}`", super::short(&action.text));
        let mut actions: Vec<String> = vague.iter().take(NAMED).map(named).collect();
        if vague.len() > NAMED {
            actions.push("…".to_owned());
        }
        SEVERAL
            .with("count", vague.len())
            .with("total", report.incident.actions.len())
            .with("actions", actions)
    };
    let help = words::example(&first.text, *why);
    let item = found.at(&report.source, first.text_span, message).help(help);
    for (action, _) in others {
        item.related(action.text_span, Text::new("", ""));
    }
}
