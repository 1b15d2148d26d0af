//! What those on call had to bear.

use super::table::{Cell, Figure, Row, TitledLink};
use crate::corpus::report_url;
use crate::l10n::Text;
use crate::patterns::load::{Load, Stretch, busiest, spread};
use crate::site::Book;
use crate::site::view::{Link, Site};

/// Busy days, weeks or shifts that are shown.
const BUSIEST: usize = 5;
/// Reports of one of them that are named.
const REPORTS: usize = 5;

pub(super) fn figures(book: &Book<'_>, load: &Load) -> Vec<Figure> {
    [busy(book, load), how_many(load, book.site)].into_iter().flatten().collect()
}

fn busy(book: &Book<'_>, load: &Load) -> Option<Figure> {
    const TITLE: Text = Text::new("The busiest times", "가장 바빴던 때");
    const COLUMNS: [Text; 4] = [
        Text::new("What", "단위"),
        Text::new("Began", "시작"),
        Text::new("Incidents", "장애"),
        Text::new("Reports", "보고서"),
    ];
    const SHIFT: Text = Text::new("shift", "교대");
    const DAY: Text = Text::new("day", "날");
    const WEEK: Text = Text::new("week", "주");
    let lang = book.site.speaks;
    let rows: Vec<Row> = rows(book, SHIFT, &load.shifts, |at| {
        format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
    })
    .into_iter()
    .chain(rows(book, DAY, &load.days, |day| day.to_string()))
    .chain(rows(book, WEEK, &load.weeks, |day| day.to_string()))
    .collect();
    let mut figure = Figure::new("busiest", TITLE, &COLUMNS, rows, book.site)?;
    figure.notes = notes(load).into_iter().map(|note| note.render(lang)).collect();
    Some(figure)
}

fn rows<T: Copy + Ord>(
    book: &Book<'_>,
    what: Text,
    stretches: &[Stretch<T>],
    start: impl Fn(T) -> String,
) -> Vec<Row> {
    const MORE: Text = Text::new("and {count} more", "외 {count}건");
    let lang = book.site.speaks;
    let row = |stretch: &Stretch<T>| {
        let named = stretch.reports.iter().take(REPORTS).filter_map(|place| {
            let item = book.shown.get(*place)?;
            let incident = &item.report.incident;
            let link =
                Link { text: incident.title.value.clone(), url: Some(report_url(&item.address)) };
            Some(TitledLink { link, lang: Some(incident.language.id()) })
        });
        let hidden = stretch.reports.len().saturating_sub(REPORTS);
        let more = (hidden > 0).then(|| MORE.with("count", hidden).render(lang));
        Row {
            head: Cell::text(what.get(lang)),
            cells: vec![
                Cell::text(start(stretch.start)),
                Cell::count(stretch.reports.len()),
                Cell::links(named.collect(), more.unwrap_or_default()),
            ],
        }
    };
    busiest(stretches, BUSIEST).into_iter().map(row).collect()
}

fn notes(load: &Load) -> Vec<crate::l10n::Message> {
    const BOUND: Text = Text::new(
        "A lower bound: only incidents with a report are counted, and pages that came to nothing wake people too.",
        "보고서가 있는 장애만 셌으므로 실제 부하는 이보다 큽니다. 별일 아닌 호출에도 사람은 잠을 깹니다.",
    );
    const LIMIT: Text = Text::new(
        "A shift of {hours} {hour|hours} can bear {most} {incident|incidents}. {shifts} {shift|shifts} on {days} {day|days} had more.",
        "{hours}시간 교대 한 번에 감당할 수 있는 장애를 {most}건으로 봅니다. 이를 넘은 교대는 {shifts}번, 그런 날은 {days}일입니다.",
    );
    const UNTIMED: Text = Text::new(
        "{count} {incident has|incidents have} a day and no time, and so no shift.",
        "날짜만 있고 시각이 없는 장애 {count}건은 어느 교대인지 알 수 없습니다.",
    );
    const HOURS: Text = Text::new(
        "At {each} {hour|hours} an incident, all of them took {total} hours.",
        "한 건에 {each}시간씩 잡으면 모두 {total}시간이 들었습니다.",
    );
    let hours = load.hours().zip(load.limits.hours_per_incident);
    [
        Some(BOUND.into()),
        Some(
            LIMIT
                .with("hours", load.limits.shift_hours)
                .with("most", load.limits.incidents_per_shift)
                .with("shifts", load.shifts_over())
                .with("days", load.days_over.len()),
        ),
        (load.untimed > 0).then(|| UNTIMED.with("count", load.untimed)),
        hours.map(|(total, each)| HOURS.with("each", each).with("total", total)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many days had one incident, two, and so on.
fn how_many(load: &Load, site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("How often at once", "얼마나 몰렸나");
    const COLUMNS: [Text; 4] = [
        Text::new("Incidents", "장애"),
        Text::new("Shifts", "교대"),
        Text::new("Days", "날"),
        Text::new("Weeks", "주"),
    ];
    /// What is more than that is one row.
    const MOST: usize = 12;
    const COUNT: Text = Text::new("{count}", "{count}건");
    const OR_MORE: Text = Text::new("{count} or more", "{count}건 이상");
    let spreads = [spread(&load.shifts), spread(&load.days), spread(&load.weeks)];
    let most = spreads.iter().filter_map(|spread| spread.keys().next_back()).max().copied()?;
    let at = |spread: &std::collections::BTreeMap<usize, usize>, count: usize| {
        let until = if count == MOST { usize::MAX } else { count };
        spread.range(count..=until).map(|(_, times)| times).sum::<usize>()
    };
    let row = |count: usize| Row {
        head: Cell::text(
            if count == MOST { OR_MORE } else { COUNT }.with("count", count).render(site.speaks),
        ),
        cells: spreads.iter().map(|spread| Cell::count(at(spread, count))).collect(),
    };
    let rows = (1..=most.min(MOST)).map(row).collect();
    let mut figure = Figure::new("at-once", TITLE, &COLUMNS, rows, site)?;
    figure.dense = true;
    Some(figure)
}
