//! Timelines in tables.

use super::Raw;
use super::phase::tags;
use crate::config::{Column, Lexicon};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::Zone;
use crate::parse::when::{Stamp, Style, leading, zone_in};
use crate::source::Span;

const COLUMNS: [Column; 7] = [
    Column::Time,
    Column::Date,
    Column::Weekday,
    Column::Phase,
    Column::Event,
    Column::Actor,
    Column::Link,
];

/// What each column of a timeline holds.
struct Layout {
    date: Option<usize>,
    time: Option<usize>,
    phase: Option<usize>,
    events: Vec<usize>,
    zone: Option<Zone>,
}

/// The rows of a table as entries; none if the table is no timeline.
pub(super) fn rows(table: NodeRef<'_>, lexicon: &Lexicon) -> Vec<Raw> {
    let rows: Vec<(NodeRef<'_>, Vec<Plain>)> =
        table.children().map(|row| (row, row.children().map(NodeRef::plain).collect())).collect();
    let Some(layout) = layout(&rows, lexicon) else { return Vec::new() };
    rows.iter()
        .filter(|(row, cells)| row.kind() != Kind::TableHead || layout.starts_with_time(cells))
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.text.trim().is_empty()))
        .map(|(row, cells)| layout.entry(*row, cells, lexicon))
        .collect()
}

fn layout(rows: &[(NodeRef<'_>, Vec<Plain>)], lexicon: &Lexicon) -> Option<Layout> {
    let (_, head) = rows.first()?;
    let columns: Vec<Option<Column>> =
        head.iter().map(|cell| lexicon.column(cell.text.trim(), &COLUMNS)).collect();
    let position = |wanted| columns.iter().position(|&column| column == Some(wanted));
    let date = position(Column::Date);
    // Without a header that says so, the first column that mostly holds times is the one.
    let time = position(Column::Time).or_else(|| {
        let by_content = (0..head.len()).find(|&index| mostly_times(rows, index));
        by_content.filter(|&index| Some(index) != date)
    });
    if time.is_none() && date.is_none() {
        return None;
    }
    let taken = [date, time, position(Column::Weekday), position(Column::Phase)];
    let mut events: Vec<usize> = (0..head.len())
        .filter(|&i| columns[i] == Some(Column::Event) && !taken.contains(&Some(i)))
        .collect();
    if events.is_empty() {
        let free =
            |&i: &usize| !taken.contains(&Some(i)) && !matches!(columns[i], Some(Column::Link));
        events = (0..head.len()).filter(free).collect();
    }
    let zone = [time, date].into_iter().flatten().find_map(|index| zone_in(&head[index].text));
    Some(Layout { date, time, phase: position(Column::Phase), events, zone })
}

fn mostly_times(rows: &[(NodeRef<'_>, Vec<Plain>)], index: usize) -> bool {
    let cells = || rows.iter().skip(1).filter_map(|(_, cells)| cells.get(index));
    let timed = cells().filter(|cell| leading(&cell.text, Style::default()).is_some()).count();
    timed > 0 && timed * 2 >= cells().count()
}

impl Layout {
    fn starts_with_time(&self, cells: &[Plain]) -> bool {
        let cell = self.time.or(self.date).and_then(|index| cells.get(index));
        cell.is_some_and(|cell| leading(&cell.text, Style::default()).is_some())
    }

    fn entry(&self, row: NodeRef<'_>, cells: &[Plain], lexicon: &Lexicon) -> Raw {
        let (stamp, stamp_span, leftover) = self.stamp(cells);
        let unreadable = stamp.is_none() && leftover.is_some_and(|text| !lexicon.is_empty(text));
        let mut texts: Vec<&str> = Vec::new();
        // A commit or a ticket in the place of the time is worth keeping.
        if unreadable {
            texts.extend(leftover);
        }
        let events = self.events.iter().filter_map(|&index| cells.get(index));
        texts.extend(events.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()));
        let text = texts.join(" — ").replace('\n', " ");
        let found = tags(&text, lexicon);
        let column = self
            .phase
            .and_then(|index| cells.get(index))
            .map(|cell| tags(cell.text.trim(), lexicon));
        let (column_phase, column_handoff) =
            column.map_or((None, false), |column| (column.phase, column.handoff));
        Raw {
            span: row.span().trim(row.document().text()),
            stamp,
            stamp_span: stamp_span.unwrap_or_else(|| Span::at(row.span().start as usize)),
            text: text[found.text.clone()].trim().to_owned(),
            phase: column_phase.or(found.phase),
            handoff: column_handoff || found.handoff,
            column_zone: self.zone.clone(),
        }
    }

    /// The stamp of a row, from its date and its time cell, and what is there if it cannot be read.
    fn stamp<'c>(&self, cells: &'c [Plain]) -> (Option<Stamp>, Option<Span>, Option<&'c str>) {
        let read = |index: Option<usize>| {
            let cell = cells.get(index?)?;
            let style = Style { dotted: true, colonless: true };
            let stamp = leading(&cell.text, style)?;
            let span = cell.span(stamp.start..stamp.end);
            Some((stamp, span))
        };
        let (date, time) = (read(self.date), read(self.time));
        let leftover =
            self.time.or(self.date).and_then(|index| cells.get(index)).map(|c| c.text.trim());
        match (date, time) {
            (Some((date, date_span)), Some((mut time, time_span))) => {
                time.date = time.date.or(date.date);
                (Some(time), Some(date_span.cover(time_span)), leftover)
            }
            (None, Some((time, span))) => (Some(time), Some(span), leftover),
            (Some((date, span)), None) => (Some(date), Some(span), leftover),
            (None, None) => (None, None, leftover),
        }
    }
}
