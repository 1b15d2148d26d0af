//! `ACT008`
#[cfg(test)]
mod tests;

use super::attention;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose actions all rely on people: train, remind, announce, double-check, a checklist, be careful.
        /// One action that changes a system is enough.
        ///
        /// ## Why it matters
        /// Attention fades within weeks and people change teams; the system stays as it was and waits for the next one.
        /// An action lasts when a machine does it, refuses it or shows it.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - Train the team on the deployment procedure
        /// - Double-check the host name before a deletion
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - Train the team on the deployment procedure
        /// - The delete command asks for the name of the host
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 모든 조치가 사람에게 기대는 보고서를 찾습니다. 교육, 공유, 공지, 주의, 이중 확인, 체크리스트 등입니다.
        /// 시스템을 바꾸는 조치가 하나라도 있으면 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 주의는 몇 주면 흐려지고 사람은 팀을 옮깁니다. 시스템은 그대로 남아 다음 사람을 기다립니다. 기계가 하거나, 막거나, 보여 주는 조치가 오래갑니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - 배포 절차 교육
        /// - 삭제 전에 호스트 이름을 한 번 더 확인
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - 배포 절차 교육
        /// - 삭제 명령이 호스트 이름을 입력받은 뒤에만 실행되게 한다
        /// ```
    }
    RULE = Rule {
        code: "ACT008",
        name: "only-human-vigilance",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new(
    "the only action relies on people, and no system changes",
    "하나뿐인 조치가 사람에게 기대고, 시스템은 바뀌지 않습니다",
);
const ALL: Text = Text::new(
    "none of the {count} actions changes a system: they rely on people",
    "조치 {count}건이 모두 사람에게 기대고, 시스템은 바뀌지 않습니다",
);
const HELP: Text = Text::new(
    "add one that works when nobody thinks of it: what could refuse, do or show what `{words}` asks people to remember?",
    "아무도 떠올리지 않아도 동작하는 조치를 하나 더하세요. `{words}`{이/가} 사람에게 맡긴 일을 무엇이 대신 막거나, 하거나, 보여 줄 수 있을까요?",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let Some(actions) = attention::only_attention(&report.incident) else { return };
    let message = match report.incident.actions.len() {
        1 => ONE.into(),
        count => ALL.with("count", count),
    };
    let Some((first, others)) = actions.split_first() else { return };
    let help = HELP.with("words", super::short(&first.text));
    let item = found.at(&report.source, first.text_span, message).help(help);
    for action in others {
        item.related(action.text_span, Text::new("", ""));
    }
}
