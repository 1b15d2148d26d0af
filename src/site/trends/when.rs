//! When incidents began: quarter by quarter, and on which day and hour.

use super::share;
use super::table::{Cell, Figure, Row};
use super::took::summary;
use crate::l10n::{Lang, Text};
use crate::patterns::calendar::{Calendar, InQuarter};
use crate::patterns::durations::Measure;
use crate::patterns::statistics::FEW;
use crate::site::view::Site;

/// Severities that have a column of their own.
const SEVERITIES: usize = 6;
/// So many quarters without an incident are one row.
const QUIET: usize = 3;
/// Clocks that are named.
const CLOCKS: usize = 3;

/// The newest quarter first.
pub(super) fn quarters(calendar: &Calendar<'_>, site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("Quarter by quarter", "분기별");
    const HEADS: [Text; 5] = [
        Text::new("Quarter", "분기"),
        Text::new("Incidents", "장애"),
        Text::new("Noticed outside first", "고객·협력사가 먼저"),
        Text::new("Median time to detect", "탐지까지 중앙값"),
        Text::new("Median time to resolve", "복구까지 중앙값"),
    ];
    const EARLIER: Text = Text::new(
        "{count} {incident|incidents} before these quarters.",
        "이보다 앞선 장애가 {count}건 있습니다.",
    );
    const FEWER: Text = Text::new(
        "A quarter in which fewer than five reports say it has no share and no median.",
        "적은 보고서가 다섯 건이 안 되는 분기에는 비율과 중앙값을 싣지 않습니다.",
    );
    let lang = site.speaks;
    let most = calendar.quarters.iter().map(|quarter| quarter.incidents).max().unwrap_or(0);
    let newest_first: Vec<&InQuarter> = calendar.quarters.iter().rev().collect();
    let rows: Vec<Row> = newest_first
        .chunk_by(|left, right| left.incidents == 0 && right.incidents == 0)
        .flat_map(|run| match run {
            [last, .., first] if run.len() >= QUIET => vec![quiet(first, last, site)],
            _ => run.iter().map(|quarter| row(quarter, most, site)).collect(),
        })
        .collect();
    let head = |at: usize| HEADS[at].get(lang).to_owned();
    let severities = calendar.severities.iter().take(SEVERITIES);
    let columns = [head(0), head(1)]
        .into_iter()
        .chain(severities.map(|severity| severity.label(lang).to_owned()))
        .chain([head(2), head(3), head(4)]);
    let earlier =
        (calendar.earlier > 0).then(|| EARLIER.with("count", calendar.earlier).render(lang));
    let notes = std::iter::once(FEWER.get(lang).to_owned()).chain(earlier).collect();
    let is_empty = rows.is_empty();
    let figure = Figure::titled("quarters", TITLE, columns.collect(), rows, notes, site);
    (!is_empty).then_some(figure)
}

fn row(quarter: &InQuarter, most: usize, site: &Site) -> Row {
    let lang = site.speaks;
    let took = |measure| match quarter.durations.of(measure) {
        Some(known) if known.n >= FEW => Cell::text(summary(known, site)),
        Some(known) => Cell::quiet(format!("n {}", known.n)),
        None => Cell::quiet("·"),
    };
    let noticed = match quarter.noticed.n {
        0 => Cell::quiet("·"),
        n if n < FEW => Cell::quiet(share(quarter.noticed).render(lang)),
        _ => Cell::text(share(quarter.noticed).render(lang)),
    };
    let by_severity = quarter.by_severity.iter().take(SEVERITIES).map(|count| Cell::count(*count));
    Row {
        head: Cell::text(quarter.quarter.label().render(lang)),
        cells: std::iter::once(Cell::bar(quarter.incidents.to_string(), quarter.incidents, most))
            .chain(by_severity)
            .chain([noticed, took(Measure::Detect), took(Measure::Resolve)])
            .collect(),
    }
}

/// A long time without an incident.
fn quiet(first: &InQuarter, last: &InQuarter, site: &Site) -> Row {
    const RUN: Text = Text::new("{first} – {last}", "{first} ~ {last}");
    let run = RUN.with("first", first.quarter.label()).with("last", last.quarter.label());
    let cells = 1 + first.by_severity.len().min(SEVERITIES) + 3;
    Row {
        head: Cell::quiet(run.render(site.speaks)),
        cells: (0..cells).map(|_| Cell::count(0)).collect(),
    }
}

/// A row for each hour, a column for each day of the week.
pub(super) fn hours(calendar: &Calendar<'_>, site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("Day and hour", "요일과 시각");
    const HOUR: Text = Text::new("Hour", "시");
    const DAYS: [Text; 7] = [
        Text::new("Mon", "월"),
        Text::new("Tue", "화"),
        Text::new("Wed", "수"),
        Text::new("Thu", "목"),
        Text::new("Fri", "금"),
        Text::new("Sat", "토"),
        Text::new("Sun", "일"),
    ];
    const KNOWN: Text = Text::new(
        "When incidents began, for the {n} whose report says at what time; {untimed} do not.",
        "발생 시각이 적힌 장애 {n}건 기준입니다. 적혀 있지 않은 장애는 {untimed}건입니다.",
    );
    const CLOCKS_ARE: Text = Text::new(
        "Each on the clock of its report: {clocks}.",
        "시각은 각 보고서의 시간대를 따릅니다: {clocks}.",
    );
    const NO_ZONE: Text = Text::new("no zone named", "시간대 없음");
    const OTHERS: Text = Text::new("others", "그 밖");
    let (hours, lang) = (&calendar.hours, site.speaks);
    if hours.n == 0 {
        return None;
    }
    let row = |hour: usize| Row {
        head: Cell::text(match lang {
            Lang::En => format!("{hour:02}:00"),
            Lang::Ko => format!("{hour}시"),
        }),
        cells: hours.counts.iter().map(|day| Cell::count(day[hour])).collect(),
    };
    let columns: Vec<Text> = std::iter::once(HOUR).chain(DAYS).collect();
    let mut figure = Figure::new("hours", TITLE, &columns, (0..24).map(row).collect(), site)?;
    let clocks = hours.clocks();
    let others: usize = clocks.iter().skip(CLOCKS).map(|(_, count)| count).sum();
    let named = clocks.iter().take(CLOCKS).map(|(zone, count)| format!("{zone} {count}"));
    let others = (others > 0).then(|| format!("{} {others}", OTHERS.get(lang)));
    let zoneless =
        (hours.zoneless > 0).then(|| format!("{} {}", NO_ZONE.get(lang), hours.zoneless));
    let clocks: Vec<String> = named.chain(others).chain(zoneless).collect();
    figure.notes = vec![
        KNOWN.with("n", hours.n).with("untimed", hours.untimed).render(lang),
        CLOCKS_ARE.with("clocks", clocks).render(lang),
    ];
    figure.dense = true;
    Some(figure)
}
