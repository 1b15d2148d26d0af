//! `DOC008`
use crate::config::FactSpec;
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Field, Incident, Origin};
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
    let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
    let asked = |fact: &&FactSpec| !fact.optional && fact.need.applies(incident.kind.value, rank);
    let missing: Vec<Field> = profile
        .facts
        .iter()
        .filter(asked)
        .map(|fact| fact.field)
        .filter(|field| !states(incident, *field))
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

/// Whether a report states a fact, wherever it does.
fn states(incident: &Incident, field: Field) -> bool {
    if let Some(phase) = field.phase() {
        return incident.phases.contains_key(&phase);
    }
    match field {
        Field::Title => incident.title.origin != Origin::FileName,
        Field::Date => incident.date.is_some(),
        Field::Status => incident.status.origin != Origin::Default,
        Field::Severity => incident.severity.is_some(),
        Field::Services => !incident.services.is_empty(),
        Field::Dependencies => !incident.dependencies.is_empty(),
        Field::Detection => !incident.detection.is_empty(),
        Field::DetectedBy => incident.detected_by.is_some(),
        Field::Trigger => !incident.triggers.is_empty(),
        Field::Causes => !incident.causes.is_empty(),
        Field::Mitigations => !incident.mitigations.is_empty(),
        Field::Rollback => incident.rollback.is_some(),
        Field::Impact => incident.impact.is_some(),
        Field::Roles => !incident.roles.is_empty(),
        Field::Reviews => !incident.reviews.is_empty(),
        Field::Teams => !incident.teams.is_empty(),
        Field::Tags => !incident.tags.is_empty(),
        Field::Links => !incident.links.is_empty(),
        Field::Related => !incident.related.is_empty(),
        Field::RecurrenceOf => !incident.recurrence_of.is_empty(),
        Field::Timezone => incident.zone.is_some(),
        // Every report has these.
        _ => true,
    }
}
