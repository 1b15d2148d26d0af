//! `TML007`
use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Incident, Moment, Origin, When};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports whose times are in no time zone: neither the entries nor the heading, a sentence, the front matter or
        /// the configuration names one. Or some times name a zone and others none. Or the zone is not the one that clocks
        /// showed on that day: `PST` in July.
        ///
        /// ## Why it matters
        /// Logs are in UTC, people are not, and the next reader sits elsewhere. Times without a zone are never compared with
        /// those of other reports. Whoever writes `PST` in July mostly means `PDT`, and is an hour off.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage, 2026-03-14
        ///
        /// ## Timeline
        /// - 14:02 the new version goes live
        /// - 14:09 the first alert fires
        /// ```
        ///
        /// ```md,good
        /// # Payment outage, 2026-03-14
        ///
        /// ## Timeline (UTC)
        /// - 14:02 the new version goes live
        /// - 14:09 the first alert fires
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 시간대를 알 수 없는 보고서를 찾습니다. 항목, 제목, 문장, front matter, 설정 어디에도 시간대가 없는 경우입니다. 일부 시각에만
        /// 시간대가 있거나, 7월의 `PST`처럼 그날 쓰이지 않은 시간대를 적은 경우도 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 로그는 UTC이고 사람은 그렇지 않으며, 다음에 읽을 사람은 다른 곳에 있습니다. 시간대가 없는 시각은 다른 보고서와 비교하지
        /// 않습니다. 7월에 `PST`라고 쓴 사람은 대개 `PDT`를 뜻하고, 그러면 한 시간이 어긋납니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 2026-03-14 결제 장애
        ///
        /// ## 타임라인
        /// - 14:02 새 버전 배포
        /// - 14:09 첫 알람
        /// ```
        ///
        /// ```md,good
        /// # 2026-03-14 결제 장애
        ///
        /// ## 타임라인 (KST)
        /// - 14:02 새 버전 배포
        /// - 14:09 첫 알람
        /// ```
    }
    RULE = Rule {
        code: "TML007",
        name: "ambiguous-zone",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const NONE: Text =
    Text::new("no time says which time zone it is in", "어느 시간대의 시각인지 알 수 없습니다");
const NAME: Text = Text::new(
    "write it once: `## Timeline (UTC)`, or `timezone` in the front matter or in `bokgi.toml`",
    "한 번만 적으면 됩니다. `## 타임라인 (KST)`, 또는 front matter나 `bokgi.toml`의 `timezone`",
);
const SOME: Text = Text::new(
    "{bare} of {all} times name no time zone; the others are in {zones}",
    "시각 {all}개 가운데 {bare}개에 시간대가 없습니다. 나머지는 {zones}입니다",
);
const NAME_ALL: Text = Text::new(
    "name the zone in the heading, for all of them",
    "제목에 시간대를 적어 모두에 적용하세요",
);
const SEASON: Text = Text::new(
    "`{zone}` is not what clocks showed on {date}: in {region} it was `{other}`",
    "{date}에는 `{zone}`{을/를} 쓰지 않았습니다. 그날 {region} 시계는 `{other}`였습니다",
);
const REGION: Text = Text::new(
    "write `{other}` if that is meant, or the region: `{region}`",
    "`{other}`{을/를} 뜻했다면 그렇게, 아니면 지역 이름 `{region}`{을/를} 적으세요",
);

/// Abbreviations that change with the season, what the time-zone data calls them, and a region where
/// they are used. Those that some place keeps all year (`MST`, `EET`, `AEST`) are left out.
const SEASONAL: [(&str, &str, &str); 14] = [
    ("PST", "PST", "America/Los_Angeles"),
    ("PDT", "PDT", "America/Los_Angeles"),
    ("MDT", "MDT", "America/Denver"),
    ("CDT", "CDT", "America/Chicago"),
    ("EST", "EST", "America/New_York"),
    ("EDT", "EDT", "America/New_York"),
    ("CET", "CET", "Europe/Berlin"),
    ("CEST", "CEST", "Europe/Berlin"),
    ("MEZ", "CET", "Europe/Berlin"),
    ("MESZ", "CEST", "Europe/Berlin"),
    ("BST", "BST", "Europe/London"),
    ("EEST", "EEST", "Europe/Helsinki"),
    ("NZST", "NZST", "Pacific/Auckland"),
    ("NZDT", "NZDT", "Pacific/Auckland"),
];

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let times = times(&report.incident);
    let bare: Vec<Option<Span>> =
        times.iter().filter(|(moment, _)| moment.zone.is_none()).map(|(_, span)| *span).collect();
    let place = |span: Option<Span>| span.unwrap_or_else(|| title_span(report));
    let Some(&first) = bare.first() else {
        wrong_season(report, &times, found);
        return;
    };
    if bare.len() == times.len() {
        found.at(&report.source, place(first), NONE).help(NAME);
        return;
    }
    let zones: BTreeSet<&str> =
        times.iter().filter_map(|(moment, _)| Some(&*moment.zone.as_ref()?.label)).collect();
    let message = SOME
        .with("bare", bare.len())
        .with("all", times.len())
        .with("zones", zones.into_iter().collect::<Vec<_>>());
    let item = found.at(&report.source, place(first), message).help(NAME_ALL);
    for span in bare.iter().skip(1).flatten() {
        item.related(*span, Text::new("", ""));
    }
}

/// All times of day of a report: those of the timeline, and the phases stated elsewhere.
fn times(incident: &Incident) -> Vec<(&Moment, Option<Span>)> {
    let entries = incident.timeline.entries.iter().filter_map(|entry| match &entry.when {
        When::At(moment) | When::Between(moment, _) => Some((moment, Some(entry.when_span))),
        _ => None,
    });
    let phases = incident.phases.values().filter(|phase| phase.origin != Origin::Timeline);
    entries
        .chain(phases.map(|phase| (&phase.value, phase.span)))
        .filter(|(moment, _)| moment.time.is_some())
        .collect()
}

/// Finds the first time whose zone was not in use on its day.
fn wrong_season(report: &Report, times: &[(&Moment, Option<Span>)], found: &mut Found) {
    for (moment, span) in times {
        let Some(zone) = &moment.zone else { continue };
        let Some((_, name, region)) = SEASONAL.iter().find(|(label, ..)| *label == &*zone.label)
        else {
            continue;
        };
        let (Some(instant), Some(date)) = (moment.instant(), moment.date()) else { continue };
        let Ok(rules) = TimeZone::get(region) else { continue };
        let shown = rules.to_offset_info(instant);
        if shown.abbreviation() == *name {
            continue;
        }
        let message = SEASON
            .with("zone", &*zone.label)
            .with("date", date.to_string())
            .with("region", *region)
            .with("other", shown.abbreviation());
        let help = REGION.with("other", shown.abbreviation()).with("region", *region);
        let span = span.unwrap_or_else(|| title_span(report));
        found.at(&report.source, span, message).help(help);
        return;
    }
}
