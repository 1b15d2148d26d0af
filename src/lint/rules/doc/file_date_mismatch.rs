//! `DOC011`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Origin, Phase};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose file name says another day than the report itself.
        ///
        /// ## Why it matters
        /// Files are sorted and linked by their names. A name with the day the report was written, or copied from
        /// another report, puts the incident where nobody looks for it.
        ///
        /// ## Example
        /// ```md,bad,file=2026-03-20-payment.md
        /// ---
        /// title: Payment outage
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
        ///
        /// ```md,good,file=2026-03-14-payment.md
        /// ---
        /// title: Payment outage
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 파일 이름의 날짜가 보고서 안의 날짜와 다른 보고서를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 파일은 이름으로 정렬되고 링크됩니다. 보고서를 쓴 날짜나 다른 보고서에서 복사한 날짜가 이름에 남아 있으면 장애가 엉뚱한 자리에 놓입니다.
        ///
        /// ## 예
        /// ```md,bad,file=2026-03-20-payment.md
        /// ---
        /// title: 결제 장애
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
        ///
        /// ```md,good,file=2026-03-14-payment.md
        /// ---
        /// title: 결제 장애
        /// started_at: 2026-03-14 14:02
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC011",
        name: "file-date-mismatch",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const DIFFERS: Text = Text::new(
    "the file name says {name}, the report {date}",
    "파일 이름의 날짜는 {name}인데 보고서의 날짜는 {date}입니다",
);
const RENAME: Text = Text::new(
    "rename the file, or correct the date; `aliases` keeps old links alive",
    "파일 이름이나 날짜를 고치세요. 예전 링크는 `aliases`로 살려 둘 수 있습니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let (Some(name), Some(date)) = (report.file_date, &report.incident.date) else { return };
    // What was read from the path agrees with it, and a day guessed from the first line of a timeline
    // proves nothing.
    let stated = matches!(date.origin, Origin::FrontMatter | Origin::Metadata | Origin::Heading)
        || report.incident.phases.contains_key(&Phase::Started) && date.origin == Origin::Timeline;
    if !stated || name == date.value {
        return;
    }
    // A report about a span of days may be named after any of them.
    let ended = report.incident.phase(Phase::Resolved).and_then(crate::model::Moment::date);
    if ended.is_some_and(|ended| (date.value..=ended).contains(&name)) {
        return;
    }
    let message = DIFFERS.with("name", name.to_string()).with("date", date.value.to_string());
    found.at(&report.source, date.span.unwrap_or_else(|| title_span(report)), message).help(RENAME);
}
