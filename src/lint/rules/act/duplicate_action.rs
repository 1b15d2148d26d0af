//! `ACT015`
use std::collections::BTreeMap;

use crate::config::key;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Action;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds an action that is there twice in the same words, say in a table and again in a list. Below
        /// different labels the same words are two actions: each service gets its own alert.
        ///
        /// ## Why it matters
        /// It is counted twice, and when one of the two is ticked off the other stays open.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [x] Alert on connections that wait longer than 100 ms
        ///
        /// ## Long-term actions
        /// - [ ] Alert on connections that wait longer than 100 ms
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [x] Alert on connections that wait longer than 100 ms
        ///
        /// ## Long-term actions
        /// - [ ] Alert on connections that wait longer than 100 ms, in all 41 services
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 같은 조치가 같은 말로 두 번 적힌 곳을 찾습니다. 표에 한 번, 목록에 한 번 적은 경우 등입니다. 서로 다른 이름표 아래라면 같은 말이어도 다른
        /// 조치로 봅니다. 서비스마다 알람을 하나씩 더할 수 있으니까요.
        ///
        /// ## 왜 중요한가요
        /// 두 번 세게 되고, 하나를 완료로 바꿔도 다른 하나가 남습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [x] 커넥션 대기가 100ms를 넘으면 알람
        ///
        /// ## 장기 조치
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [x] 커넥션 대기가 100ms를 넘으면 알람
        ///
        /// ## 장기 조치
        /// - [ ] 서비스 41개 모두에 커넥션 대기가 100ms를 넘으면 알람
        /// ```
    }
    RULE = Rule {
        code: "ACT015",
        name: "duplicate-action",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const TWICE: Text = Text::new("the same action again", "같은 조치가 또 있습니다");
const SEVERAL: Text = Text::new(
    "{count} actions are there again in the same words",
    "같은 말로 또 적은 조치가 {count}건 있습니다",
);
const FIRST: Text = Text::new("first here", "여기에 먼저 나옵니다");
const MERGE: Text = Text::new(
    "keep one of them, with its status and its date",
    "상태와 기한을 확인해 하나만 남기세요",
);
/// Shorter texts (`Fix it`) may be the same by chance.
const SHORTEST: usize = 3;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let actions = &report.incident.actions;
    if actions.len() < 2 {
        return;
    }
    let mut seen: BTreeMap<(String, &Option<String>), &Action> = BTreeMap::new();
    let mut again: Vec<(&Action, &Action)> = Vec::new();
    for action in actions {
        if action.text.split_whitespace().count() < SHORTEST {
            continue;
        }
        match seen.entry((key(&action.text), &action.group)) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(action);
            }
            std::collections::btree_map::Entry::Occupied(first) => {
                again.push((action, first.get()));
            }
        }
    }
    let Some((action, first)) = again.first() else { return };
    let message = match again.len() {
        1 => TWICE.into(),
        count => SEVERAL.with("count", count),
    };
    let item = found.at(&report.source, action.text_span, message).help(MERGE);
    item.related(first.text_span, FIRST);
    for (action, _) in &again[1..] {
        item.related(action.text_span, Text::new("", ""));
    }
}
