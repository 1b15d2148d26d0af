//! `SEC001`
use crate::config::{Presence, SectionSpec};
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Status;
use crate::parse::{Report, Says};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports without a section that their profile asks for, or with nothing below its heading.
        /// Sections are known by meaning, in any language, order and heading level; bold lines and lines such as
        /// `**Impact:** none` count. A section that says `none`, with or without a reason, is there.
        ///
        /// ## Why it matters
        /// A gap in a report is a question nobody asked: who was hit, why did it happen, what will we do?
        ///
        /// ## Options
        /// `profile:` in the front matter or `[[profiles.use]]` chooses the profile; `[sections.<name>] aliases`
        /// teaches it the headings of your team.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        ///
        /// ## Impact
        /// 4 % of the day's orders.
        ///
        /// ## Timeline
        /// - 14:02 alarms
        ///
        /// ## Root cause
        /// The connection pool was exhausted.
        ///
        /// ## Short-term actions
        /// - [ ] alarm on waiting connections
        ///
        /// ## Long-term actions
        /// None: the pool goes away with the new gateway.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 프로파일이 요구하는 섹션이 없거나, 제목만 있고 내용이 없는 보고서를 찾습니다. 섹션은 뜻으로 알아봅니다. 언어, 순서, 제목 수준은
        /// 상관없고, 굵은 글씨 줄이나 `**영향:** 없음` 같은 줄도 됩니다. `없음`이라고만 적거나 이유를 함께 적은 섹션은 있는 것으로 봅니다.
        ///
        /// ## 왜 중요한가요
        /// 보고서의 빈자리는 아무도 묻지 않은 질문입니다. 누가 영향을 받았나요? 왜 일어났나요? 무엇을 할 건가요?
        ///
        /// ## 설정
        /// front matter의 `profile:`이나 `[[profiles.use]]`로 프로파일을 고릅니다. 팀에서 쓰는 제목은 `[sections.<이름>] aliases`로
        /// 알려 줄 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        ///
        /// ## 영향
        /// 하루 주문의 4%.
        ///
        /// ## 타임라인
        /// - 14:02 알람
        ///
        /// ## 원인
        /// 커넥션 풀이 고갈됐다.
        ///
        /// ## 단기 조치
        /// - [ ] 커넥션 대기 알람 추가
        ///
        /// ## 장기 조치
        /// 없음. 새 게이트웨이에서는 이 풀을 쓰지 않는다.
        /// ```
    }
    RULE = Rule {
        code: "SEC001",
        name: "missing-section",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const MISSING: Text =
    Text::new("missing {section|sections:sections}: {sections}", "빠진 섹션: {sections}");
const EMPTY: Text =
    Text::new("empty {section|sections:sections}: {sections}", "내용이 없는 섹션: {sections}");
const BOTH: Text = Text::new(
    "missing {section|sections:sections}: {sections}; empty: {empty}",
    "빠진 섹션: {sections} · 내용이 없는 섹션: {empty}",
);
const ADD: Text = Text::new(
    "add a heading such as `## {heading}`; `none` and why will do",
    "`## {heading}` 같은 제목을 넣으세요. 없으면 `없음`과 이유를 적어도 됩니다",
);
const FILL: Text = Text::new(
    "fill it in; `none` and why will do",
    "내용을 채우세요. 없으면 `없음`과 이유를 적어도 됩니다",
);
const HERE: Text = Text::new("nothing below", "내용 없음");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    // An empty report is one finding, unless it is a draft, which gets its list of what to write.
    if report.says == Says::Nothing && incident.status.value != Status::Draft {
        return;
    }
    let Some(profile) = ctx.settings.profiles.get(&incident.profile.value) else { return };
    let (mut missing, mut empty) = (Vec::new(), Vec::new());
    for section in profile.sections_for(incident) {
        match section.presence(incident) {
            Presence::There => {}
            Presence::Empty(span) => empty.push((section, span)),
            Presence::Missing => missing.push(section),
        }
    }
    let names =
        |sections: &[&SectionSpec]| -> Vec<Value> { sections.iter().map(|s| s.name()).collect() };
    let empty_sections: Vec<&SectionSpec> = empty.iter().map(|(section, _)| *section).collect();
    let (missing_names, empty_names) = (names(&missing), names(&empty_sections));
    let (message, help) = match (missing.first(), empty.first()) {
        (None, None) => return,
        (Some(first), None) => (
            MISSING.with("sections", missing_names.clone()),
            ADD.with("heading", first.kind.label()),
        ),
        (None, Some(_)) => (EMPTY.with("sections", empty_names.clone()), FILL.into()),
        (Some(first), Some(_)) => (
            BOTH.with("sections", missing_names.clone()).with("empty", empty_names.clone()),
            ADD.with("heading", first.kind.label()),
        ),
    };
    let subjects: Vec<String> =
        missing.iter().chain(&empty_sections).map(|section| section.kind.id().to_owned()).collect();
    let place = match (missing.is_empty(), empty.first()) {
        (true, Some((_, span))) => *span,
        _ => title_span(report),
    };
    let item = found.at(&report.source, place, message).help(help);
    for (_, span) in empty.iter().filter(|(_, span)| *span != place) {
        item.related(*span, HERE);
    }
    item.about(subjects);
    item.still_to_do(missing_names).still_to_do(empty_names);
}
