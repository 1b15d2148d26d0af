//! `DOC013`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Phase;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds incidents that have not happened yet: a date or the time of a phase after today.
        ///
        /// ## Why it matters
        /// A slip in the year is easily made in January and puts the report at the top of every list.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// started_at: 2062-03-14 14:02
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 아직 오지 않은 장애를 찾습니다. 날짜나 시각이 오늘보다 뒤인 경우입니다.
        ///
        /// ## 왜 중요한가요
        /// 연도를 잘못 적는 일은 1월에 흔합니다. 그런 보고서는 모든 목록의 맨 위에 놓입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// started_at: 2062-03-14 14:02
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC013",
        name: "time-in-future",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Today,
        check: Check::Report(check),
    }
}

const FUTURE: Text =
    Text::new("{what} is in the future: {date}", "{what}{이/가} 미래입니다: {date}");
const YEAR: Text = Text::new("check the year", "연도를 확인하세요");
const DATE: Text = Text::new("the date", "날짜");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    // Zones differ by less than a day and a half.
    let tomorrow = ctx.settings.today.tomorrow().unwrap_or(ctx.settings.today);
    let happened = [Phase::Started, Phase::Detected, Phase::Mitigated, Phase::Resolved];
    let late = happened.iter().find_map(|phase| {
        let moment = report.incident.phases.get(phase)?;
        let date = moment.value.date().filter(|date| *date > tomorrow)?;
        Some((phase.field().label(), moment.span, date))
    });
    let late = late.or_else(|| {
        let date = report.incident.date.as_ref()?;
        (date.value > tomorrow).then_some((DATE, date.span, date.value))
    });
    if let Some((what, span, date)) = late {
        let message = FUTURE.with("what", what).with("date", date.to_string());
        found.at(&report.source, span.unwrap_or_else(|| title_span(report)), message).help(YEAR);
    }
}
