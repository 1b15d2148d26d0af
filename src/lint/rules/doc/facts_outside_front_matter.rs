//! `DOC020`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Field, Origin, Sourced};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds facts that a report with front matter states elsewhere: a `**Severity:** SEV2` line, a table of
        /// keys, a heading such as `## Status: Resolved`, a phase in the timeline.
        ///
        /// ## Why it matters
        /// They are read. In front matter a slip in them is noticed, and other tools find them too.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// ---
        ///
        /// **Severity:** SEV2
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// severity: SEV2
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// front matter가 있는 보고서에서 다른 곳에 적힌 사실을 찾습니다. `**심각도:** SEV2` 같은 줄, 표, `## 상태: 해결` 같은 제목,
        /// 타임라인의 단계 표시입니다.
        ///
        /// ## 왜 중요한가요
        /// 그대로도 읽지만, front matter에 적으면 잘못 적은 값을 알아챌 수 있고 다른 도구도 찾을 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// ---
        ///
        /// **심각도:** SEV2
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// severity: SEV2
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC020",
        name: "facts-outside-front-matter",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const OUTSIDE: Text = Text::new(
    "stated outside the front matter: {facts}",
    "front matter 밖에 적혀 있습니다: {facts}",
);
const MOVE: Text = Text::new("move them into it", "front matter로 옮기세요");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.front_matter.notation.is_none() {
        return;
    }
    let facts = stated(report);
    let Some((_, first)) = facts.first() else { return };
    let names: Vec<String> = facts.iter().map(|(field, _)| format!("`{}`", field.id())).collect();
    let item = found.at(&report.source, *first, OUTSIDE.with("facts", names)).help(MOVE);
    for (field, span) in facts.iter().skip(1) {
        item.related(*span, field.label());
    }
}

fn place<T>(value: &Sourced<T>) -> (Option<Span>, Origin) {
    (value.span, value.origin)
}

/// The facts that stand in the text and not in front matter, with their places.
pub(super) fn stated(report: &Report) -> Vec<(Field, Span)> {
    let incident = &report.incident;
    let mut facts = Vec::new();
    let mut add = |field, span: Option<Span>, origin| {
        let outside = matches!(origin, Origin::Metadata | Origin::Heading);
        if let Some(span) = span.filter(|_| outside) {
            facts.push((field, span));
        }
    };
    let mut one = |field, place: Option<(Option<Span>, Origin)>| {
        if let Some((span, origin)) = place {
            add(field, span, origin);
        }
    };
    one(Field::Id, Some(place(&incident.id)));
    one(
        Field::Date,
        incident
            .date
            .as_ref()
            .filter(|_| !incident.phases.contains_key(&crate::model::Phase::Started))
            .map(place),
    );
    one(Field::Status, Some(place(&incident.status)));
    one(Field::Kind, Some(place(&incident.kind)));
    one(Field::Severity, incident.severity.as_ref().map(place));
    for (phase, moment) in &incident.phases {
        one(phase.field(), Some(place(moment)));
    }
    one(Field::Services, incident.services.first().map(place));
    one(Field::Dependencies, incident.dependencies.first().map(place));
    one(Field::Detection, incident.detection.first().map(place));
    one(Field::DetectedBy, incident.detected_by.as_ref().map(place));
    one(Field::Trigger, incident.triggers.first().map(place));
    one(Field::Causes, incident.causes.first().map(place));
    one(Field::Mitigations, incident.mitigations.first().map(place));
    one(Field::Teams, incident.teams.first().map(place));
    one(Field::Tags, incident.tags.first().map(place));
    facts.sort_by_key(|(_, span)| *span);
    facts
}
