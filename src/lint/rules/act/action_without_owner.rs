//! `ACT003`
use super::{around, is_to_do, lacking, report_at};
use crate::config::{Column, key};
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Action, Form, Incident};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds actions that are not done and name nobody. An owner is a field (`owner: @payments`), a column, a
        /// line below the action, a handle in its text, or a team or name as a label above a list. Actions that are
        /// done or will not be done need none.
        ///
        /// ## Why it matters
        /// An action that belongs to nobody is rarely done, and the incident returns.
        ///
        /// ## Options
        /// `[rules.action-without-owner] ticket_counts = true` lets a ticket stand in for an owner, where the tracker
        /// says who has it. `[owners]` lists handles and teams that may stand above a list.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms
        /// ```
        ///
        /// ```md,good
        /// ## Action items
        /// - [ ] Alert on connections that wait longer than 100 ms (owner: @payments)
        ///
        /// **Database team**
        /// - [ ] Add an index for the query of the limit
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 아직 끝나지 않았는데 담당이 없는 조치를 찾습니다. 담당은 필드(`담당: @payments`), 표의 열, 조치 아래의 한 줄, 문장 안의 계정, 목록 위에
        /// 적은 팀이나 이름으로 알아봅니다. 끝났거나 하지 않기로 한 조치에는 없어도 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 담당이 없는 조치는 좀처럼 끝나지 않고, 같은 장애가 돌아옵니다.
        ///
        /// ## 설정
        /// 담당을 이슈 트래커에서 관리한다면 `[rules.action-without-owner] ticket_counts = true`로 이슈가 담당을 대신하게 할 수 있습니다. 목록
        /// 위에 적을 계정과 팀은 `[owners]`에 적습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람
        /// ```
        ///
        /// ```md,good
        /// ## 조치 항목
        /// - [ ] 커넥션 대기가 100ms를 넘으면 알람 (담당: @payments)
        ///
        /// **데이터베이스팀**
        /// - [ ] 한도 확인 쿼리용 인덱스 추가
        /// ```
    }
    RULE = Rule {
        code: "ACT003",
        name: "action-without-owner",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new("the action has no owner", "조치에 담당이 없습니다");
const ALL: Text = Text::new(
    "no owner for any of {count} {action|actions}",
    "조치 {count}건 모두 담당이 없습니다",
);
const SOME: Text = Text::new(
    "no owner for {lacking} of {count} {action|actions}",
    "조치 {count}건 가운데 {lacking}건에 담당이 없습니다",
);
const NAME: Text = Text::new(
    "name the team or duty that answers for it, as in `(owner: @payments)`",
    "`(담당: @payments)`처럼 책임질 팀이나 역할을 적으세요",
);
const NAME_OR_TRACK: Text = Text::new(
    "name the team or duty that answers for it; if the tracker does, set `ticket_counts = true` in `[rules.action-without-owner]`",
    "책임질 팀이나 역할을 적으세요. 담당을 트래커에서 관리한다면 `[rules.action-without-owner]`에 `ticket_counts = true`를 적으세요",
);
const OWNERS: Text = Text::new("owners of actions", "조치 담당");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let tracked = ctx.settings.rules.action_without_owner.ticket_counts;
    let has_none = |action: &&Action| {
        let is_owned = !action.owners.is_empty()
            || tracked && action.ticket.is_some()
            || mentions(action.span.of(&report.text))
            || has_subject(&action.text)
            || stands_below_owner(action, incident, ctx);
        is_to_do(action) && !is_owned
    };
    let without: Vec<&Action> = incident.actions.iter().filter(has_none).collect();
    let message = lacking([ONE, ALL, SOME], without.len(), incident.actions.len());
    if let Some(item) = report_at(found, report, &without, message) {
        let all_tracked = without.iter().all(|action| action.ticket.is_some());
        item.help(if all_tracked { NAME_OR_TRACK } else { NAME })
            .still_to_do([Value::from(OWNERS)]);
    }
}

/// Whether a text names a handle. `@Transactional` in code and an address of mail are none.
fn mentions(text: &str) -> bool {
    memchr::memchr_iter(b'@', text.as_bytes()).any(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_none_or(|ch| ch.is_whitespace() || "([,/".contains(ch))
            && after.is_some_and(char::is_alphabetic)
    })
}

/// Whether a sentence starts with the team or person who acts: `DevEx will update …`, `결제팀이 …`.
fn has_subject(text: &str) -> bool {
    const NOBODY: [&str; 13] = [
        "we", "it", "this", "that", "these", "there", "they", "i", "you", "a", "an", "the", "which",
    ];
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    if ["팀이", "팀은", "팀에서"].iter().any(|end| first.ends_with(end)) {
        return true;
    }
    let head: Vec<&str> = std::iter::once(first).chain(words).take(6).collect();
    let Some(at) = head.iter().take(5).position(|word| *word == "will") else { return false };
    let is_team = head[..at].iter().any(|word| matches!(*word, "team" | "squad"));
    let first = first.to_lowercase();
    at > 0 && head.get(at + 1) != Some(&"be") && (is_team || !NOBODY.contains(&first.as_str()))
}

/// Whether the list an action is in has an owner above it: `**Platform team**`, `Owner: kim`, `**Robert**`.
fn stands_below_owner(action: &Action, incident: &Incident, ctx: &Context<'_>) -> bool {
    let Some(group) = action.group.as_deref() else { return false };
    let owners = &ctx.settings.owners;
    let name = group.trim_start_matches('@');
    let is_known = || {
        owners.iter().any(|(handle, team)| handle.trim_start_matches('@') == name || team == name)
    };
    let is_field = || {
        let label = group.split_once([':', '：']).map(|(label, _)| label);
        label.is_some_and(|label| ctx.settings.lexicon.column(label, &[Column::Owner]).is_some())
    };
    let is_heading = || {
        around(incident, action)
            .any(|section| section.form == Form::Heading && section.title.contains(group))
    };
    group.starts_with('@')
        || is_team(group)
        || is_known()
        || is_field()
        || (may_be_names(group) && !is_heading())
}

fn is_team(group: &str) -> bool {
    let key = key(group);
    ["team", "squad", "crew", "팀", "파트", "셀", "님"].iter().any(|end| key.ends_with(end))
}

/// Whether a label may be the names of people: words with a capital that end unlike a subject. A label
/// of one word, such as a product's name, is given the benefit of the doubt.
fn may_be_names(group: &str) -> bool {
    const SUBJECTS: [&str; 26] = [
        "Process",
        "Code",
        "Tests",
        "Alerts",
        "Docs",
        "Product",
        "Support",
        "Backend",
        "Frontend",
        "Database",
        "Network",
        "Other",
        "Misc",
        "General",
        "Prevent",
        "Detect",
        "Mitigate",
        "Short",
        "Long",
        "Now",
        "Later",
        "Next",
        "Immediate",
        "Software",
        "People",
        "Customers",
    ];
    const ENDS: [&str; 9] = ["ing", "ion", "ions", "ment", "ments", "ity", "ture", "al", "ools"];
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() > 0
            && letters.all(|ch| ch.is_lowercase() || matches!(ch, '\'' | '’'))
            && !SUBJECTS.contains(&word)
            && !ENDS.iter().any(|end| word.ends_with(end))
    };
    let words = group.split([' ', '/', '&', '+', ',']).filter(|word| !matches!(*word, "" | "and"));
    let mut words = words.peekable();
    words.peek().is_some() && group.len() <= 48 && words.all(is_name)
}
