//! `ACT004`
use super::{is_to_do, report_at};
use crate::config::key;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Action;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions whose owner is everybody: `everyone`, `all teams`, `모두`, `팀 전체`. A named team is a fine
        /// owner, and so are two.
        ///
        /// ## Why it matters
        /// What everybody owns, nobody does. Each waits for the others.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Remove the old endpoint (owner: all teams, due: 2026-04-30)
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [ ] Remove the old endpoint (owner: @gateway, due: 2026-04-30)
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 담당이 모두인 조치를 찾습니다. `모두`, `전원`, `팀 전체`, `everyone`, `all teams` 등입니다. 이름이 있는 팀이라면 둘이어도 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 모두의 일은 아무도 하지 않습니다. 서로 다른 사람이 하기를 기다리게 됩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 이전 엔드포인트 제거 (담당: 전원, 기한: 2026-04-30)
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [ ] 이전 엔드포인트 제거 (담당: @gateway, 기한: 2026-04-30)
        /// ```
    }
    RULE = Rule {
        code: "ACT004",
        name: "owner-is-everyone",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

/// As [`key`]s.
const EVERYONE: [&str; 47] = [
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "all",
    "all teams",
    "all the teams",
    "every team",
    "each team",
    "all engineers",
    "all developers",
    "all devs",
    "all members",
    "all hands",
    "all of us",
    "all staff",
    "whole team",
    "the whole team",
    "entire team",
    "the entire team",
    "the whole company",
    "here",
    "channel",
    "모두",
    "우리모두",
    "전원",
    "전체",
    "팀전체",
    "팀전원",
    "팀원모두",
    "팀원전체",
    "팀원전원",
    "모든팀",
    "모든팀원",
    "모든개발자",
    "개발자전체",
    "개발자전원",
    "개발팀전체",
    "전팀",
    "각팀",
    "각자",
    "전사",
    "전직원",
    "다같이",
    "누구나",
    "全員",
    "全员",
];

const OWNED: Text = Text::new(
    "{count} {action|actions} owned by `{owner}`",
    "조치 {count}건의 담당이 `{owner}`입니다",
);
const NAME: Text = Text::new(
    "name the one team or duty that answers for it; others may help",
    "책임질 팀이나 역할을 하나만 적으세요. 돕는 팀은 여럿이어도 됩니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let owned: Vec<&Action> = report
        .incident
        .actions
        .iter()
        .filter(|action| is_to_do(action) && everyone(action).is_some())
        .collect();
    let Some(owner) = owned.first().and_then(|action| everyone(action)) else { return };
    let message = OWNED.with("count", owned.len()).with("owner", owner);
    if let Some(item) = report_at(found, report, &owned, message) {
        item.help(NAME);
    }
}

/// The owner that is everybody, where nobody else is named.
fn everyone(action: &Action) -> Option<&str> {
    let is_everyone = |owner: &&String| {
        let name = key(owner.trim_start_matches('@'));
        EVERYONE.contains(&name.as_str())
    };
    let first = action.owners.first()?;
    action.owners.iter().all(|owner| is_everyone(&owner)).then_some(first)
}
