//! How long incidents took, in all and by what they share.

use jiff::SignedDuration;

use super::table::{Cell, Figure, Row};
use super::{ROWS, value};
use crate::corpus::FacetKind;
use crate::l10n::Text;
use crate::patterns::durations::{Group, Measure};
use crate::patterns::statistics::{FEW, Summary};
use crate::patterns::trends::Trends;
use crate::site::view::{Site, duration};

/// What is said of a sample in one cell.
const SUMMARY: Text =
    Text::new("{median}, 90 % within {p90} (n {n})", "{median}, 90%는 {p90} 이내 (n {n})");
const MEDIAN: Text = Text::new("{median} (n {n})", "{median} (n {n})");

pub(super) fn all(trends: &Trends<'_>, site: &Site) -> Vec<Figure> {
    const SEVERITY: Text = Text::new("How long, by severity", "심각도별 걸린 시간");
    const SERVICE: Text = Text::new("How long, by service", "서비스별 걸린 시간");
    const CAUSE: Text = Text::new("How long, by cause", "원인별 걸린 시간");
    let groups = [
        (FacetKind::Severity, SEVERITY, &trends.by_severity),
        (FacetKind::Service, SERVICE, &trends.by_service),
        (FacetKind::Cause, CAUSE, &trends.by_cause),
    ];
    overall(trends, site)
        .into_iter()
        .chain(groups.into_iter().filter_map(|(facet, title, groups)| {
            // Incidents without any time say only how many they are, which facet pages do.
            groups.iter().any(|group| !group.durations.is_empty()).then_some(())?;
            by(facet, title, groups, site)
        }))
        .collect()
}

fn overall(trends: &Trends<'_>, site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("How long it took", "걸린 시간");
    const COLUMNS: [Text; 6] = [
        Text::new("From the start", "발생부터"),
        Text::new("Median", "중앙값"),
        Text::new("90 % within", "90% 이내"),
        Text::new("Shortest", "최단"),
        Text::new("Longest", "최장"),
        Text::new("n", "n"),
    ];
    let row = |measure: Measure| {
        let summary = trends.durations.of(measure)?;
        let p90 = match summary.p90 {
            Some(p90) => Cell::text(time(p90, site)),
            None => Cell::quiet("·"),
        };
        Some(Row {
            head: Cell::text(measure.label().get(site.speaks)),
            cells: vec![
                Cell::text(time(summary.median, site)),
                p90,
                Cell::text(time(summary.least, site)),
                Cell::text(time(summary.most, site)),
                Cell::text(summary.n.to_string()),
            ],
        })
    };
    let rows = Measure::ALL.into_iter().filter_map(row).collect();
    Figure::new("durations", TITLE, &COLUMNS, rows, site)
}

/// A row for each value of a facet: how many incidents, and how long they took.
pub(super) fn by(
    facet: FacetKind,
    title: Text,
    groups: &[Group<'_>],
    site: &Site,
) -> Option<Figure> {
    const INCIDENTS: Text = Text::new("Incidents", "장애");
    const DETECT: Text = Text::new("Time to detect", "탐지까지");
    const MITIGATE: Text = Text::new("Time to mitigate", "완화까지");
    const RESOLVE: Text = Text::new("Time to resolve", "복구까지");
    let most = groups.iter().map(|group| group.incidents).max().unwrap_or(0);
    let cell = |group: &Group<'_>, measure| match group.durations.of(measure) {
        Some(summary) if summary.n < FEW => Cell::quiet(self::summary(summary, site)),
        Some(summary) => Cell::text(self::summary(summary, site)),
        None => Cell::quiet("·"),
    };
    let row = |group: &Group<'_>| Row {
        head: Cell::link(value(facet, group.value, site)),
        cells: std::iter::once(Cell::bar(group.incidents.to_string(), group.incidents, most))
            .chain(Measure::ALL.map(|measure| cell(group, measure)))
            .collect(),
    };
    let rows = groups.iter().take(ROWS).map(row).collect();
    let columns = [facet.label(), INCIDENTS, DETECT, MITIGATE, RESOLVE];
    let id = match facet {
        FacetKind::Severity => "by-severity",
        FacetKind::Service => "by-service",
        FacetKind::Cause => "by-cause",
        _ => "noticed",
    };
    Some(Figure::new(id, title, &columns, rows, site)?.of(groups.len(), site))
}

/// `12 min, 90 % within 40 min (n 9)`
pub(super) fn summary(summary: &Summary, site: &Site) -> String {
    let median = time(summary.median, site);
    let said = match summary.p90 {
        Some(p90) => SUMMARY.with("median", median).with("p90", time(p90, site)),
        None => MEDIAN.with("median", median),
    };
    said.with("n", summary.n).render(site.speaks)
}

fn time(seconds: i64, site: &Site) -> String {
    duration(SignedDuration::from_secs(seconds), site.speaks)
}
