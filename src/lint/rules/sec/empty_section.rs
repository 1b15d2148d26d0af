//! `SEC002`
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Content, Form, Section};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds headings with nothing below them that the report is not required to have. (For a required one
        /// see `missing-section`.)
        ///
        /// ## Why it matters
        /// An empty heading is a template that was not cleaned up, or a thought that was not finished.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        ///
        /// ## Lessons learned
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        ///
        /// ## Lessons learned
        /// Alarms on pools belong to the pools, not to the services that use them.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 꼭 있어야 하는 것은 아니지만 제목만 있고 내용이 없는 섹션을 찾습니다. (필수 섹션은 `missing-section`이 찾습니다.)
        ///
        /// ## 왜 중요한가요
        /// 빈 제목은 정리하지 않은 양식이거나 마치지 못한 생각입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        ///
        /// ## 배운 점
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        ///
        /// ## 배운 점
        /// 풀의 알람은 풀을 쓰는 서비스가 아니라 풀에 걸어야 한다.
        /// ```
    }
    RULE = Rule {
        code: "SEC002",
        name: "empty-section",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const EMPTY: Text =
    Text::new("nothing written under `{title}`", "`{title}` 아래에 내용이 없습니다");
const SEVERAL: Text =
    Text::new("{count} headings with nothing below them", "내용이 없는 제목이 {count}개 있습니다");
const FILL: Text = Text::new(
    "fill it in, write `none`, or remove the heading",
    "내용을 채우거나, `없음`이라고 적거나, 제목을 지우세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let profile = ctx.settings.profiles.get(&incident.profile.value);
    let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
    let required = |section: &Section| {
        profile.is_some_and(|profile| {
            profile.sections.iter().any(|spec| {
                let kinds = std::iter::once(spec.kind).chain(spec.or.iter().copied());
                !spec.optional
                    && spec.need.applies(incident.kind.value, rank)
                    && kinds.into_iter().any(|kind| section.kinds.contains(&kind))
            })
        })
    };
    let empty: Vec<&Section> = incident
        .sections
        .iter()
        .filter(|section| section.content == Content::Empty && section.form == Form::Heading)
        .filter(|section| !section.kinds.is_empty() && !required(section))
        .collect();
    let Some(first) = empty.first() else { return };
    let message = match empty.len() {
        1 => EMPTY.with("title", &first.title),
        count => SEVERAL.with("count", count),
    };
    let titles = empty.iter().map(|section| Value::from(&section.title));
    let item = found.at(&report.source, first.title_span, message).help(FILL).still_to_do(titles);
    for section in empty.iter().skip(1) {
        item.related(section.title_span, Text::new("", ""));
    }
}
