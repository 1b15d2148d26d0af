//! `DOC008`
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Field;
use crate::parse::{Report, Says};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports that do not state the facts their profile asks for. It does not matter where they stand:
        /// front matter, a line such as `**Severity:** SEV2`, a table, the timeline.
        ///
        /// ## Why it matters
        /// Without a severity, the services and the times, a report cannot be found, compared or counted.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// severity: SEV1
        /// services: [payment]
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 15:10
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 프로파일이 요구하는 사실이 적혀 있지 않은 보고서를 찾습니다. 어디에 적혀 있든 상관없습니다. front matter, `**심각도:** SEV2`
        /// 같은 줄, 표, 타임라인 모두 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 심각도, 서비스, 시각이 없는 보고서는 찾을 수도, 비교할 수도, 셀 수도 없습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// severity: SEV1
        /// services: [결제]
        /// started_at: 2026-03-14 14:02
        /// resolved_at: 2026-03-14 15:10
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC008",
        name: "missing-fact",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const MISSING: Text = Text::new("missing {fact|facts:facts}: {facts}", "빠진 항목: {facts}");
const WRITE: Text = Text::new("add to the front matter: {keys}", "front matter에 적으세요: {keys}");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    if report.says == Says::Nothing && report.front_matter.notation.is_none() {
        return;
    }
    let Some(profile) = ctx.settings.profiles.get(&incident.profile.value) else { return };
    let missing: Vec<Field> = profile
        .facts_for(incident)
        .filter(|fact| !fact.is_stated(incident))
        .map(|fact| fact.field)
        .collect();
    if missing.is_empty() {
        return;
    }
    let facts: Vec<Value> = missing.iter().map(|field| field.label().into()).collect();
    let keys: Vec<String> = missing.iter().map(|field| format!("`{}`", field.id())).collect();
    found
        .at(&report.source, title_span(report), MISSING.with("facts", facts.clone()))
        .help(WRITE.with("keys", keys))
        .about(missing.iter().map(|field| field.id().to_owned()))
        .still_to_do(facts);
}
