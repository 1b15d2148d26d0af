//! `DOC018`
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Role;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports of a severity that needs roles which the report does not name. A profile (`sre`) or
        /// `[severity.policy]` says which; a role is filled by a team or a duty, not by a name.
        ///
        /// ## Why it matters
        /// In a large incident somebody commands, somebody works on the system, somebody talks to the outside. If
        /// nobody did one of these, that is worth knowing for the next time.
        ///
        /// ## Source
        /// Site Reliability Engineering (2016), chapter 14, "Managing Incidents".
        ///
        /// ## Example
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// roles = ["commander", "communications"]
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// roles:
        ///   commander: payment on-call
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// roles:
        ///   commander: payment on-call
        ///   communications: support desk
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 심각도에 필요한 역할이 적혀 있지 않은 보고서를 찾습니다. 어떤 역할이 필요한지는 프로파일(`sre`)이나 `[severity.policy]`가
        /// 정합니다. 역할에는 사람 이름이 아니라 팀이나 당번을 적습니다.
        ///
        /// ## 왜 중요한가요
        /// 큰 장애에서는 지휘하는 사람, 시스템을 다루는 사람, 밖에 알리는 사람이 따로 있어야 합니다. 그중 하나를 아무도 맡지 않았다면 다음을
        /// 위해 알아 둘 일입니다.
        ///
        /// ## 출처
        /// Site Reliability Engineering(2016) 14장 "장애 관리하기".
        ///
        /// ## 예
        /// ```toml,config
        /// [severity.policy.SEV1]
        /// roles = ["commander", "communications"]
        /// ```
        ///
        /// ```md,bad
        /// ---
        /// severity: SEV1
        /// roles:
        ///   지휘: 결제 당번
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// roles:
        ///   지휘: 결제 당번
        ///   소통: 고객센터
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC018",
        name: "missing-role",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const MISSING: Text = Text::new(
    "{severity} needs these roles: {roles}",
    "{severity}에 필요한 역할이 비어 있습니다: {roles}",
);
const NAME: Text = Text::new(
    "name a team or a duty under `roles`: {keys}",
    "`roles`에 팀이나 당번을 적으세요: {keys}",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let Some(severity) = &incident.severity else { return };
    let Some(rank) = severity.value.rank else { return };
    let by_policy = ctx.settings.severity.policies.get(&rank).map(|policy| policy.roles.as_slice());
    let profile = ctx.settings.profiles.get(&incident.profile.value);
    let needed = by_policy
        .filter(|roles| !roles.is_empty())
        .or_else(|| profile.map(|profile| profile.roles(rank)))
        .unwrap_or_default();
    let missing: Vec<Role> =
        needed.iter().copied().filter(|role| !incident.roles.contains_key(role)).collect();
    if missing.is_empty() {
        return;
    }
    let roles: Vec<Value> = missing.iter().map(|role| role.label().into()).collect();
    let keys: Vec<String> = missing.iter().map(|role| format!("`{}`", role.id())).collect();
    let message = MISSING.with("severity", &severity.value.written).with("roles", roles.clone());
    found
        .at(&report.source, severity.span.unwrap_or_else(|| title_span(report)), message)
        .help(NAME.with("keys", keys))
        .about(missing.iter().map(|role| role.id().to_owned()))
        .still_to_do(roles);
}
