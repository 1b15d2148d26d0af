//! Which day, which year, which zone.

use jiff::civil::{Date, Weekday};

use super::{Raw, Written};
use crate::model::{Day, Entry, Moment, Origin, Sourced, Timeline, When, Zone};
use crate::parse::when::{Clock, Stamp, WrittenDate};

/// A time this much earlier than the one before it, without a date, is on the next day. Entries out
/// of order are rarely out by more.
const ROLL_OVER_HOURS: i64 = 6;

/// What is known of the report when its timeline is resolved.
#[derive(Clone, Debug, Default)]
pub(in crate::parse) struct Context {
    /// The day the report is about, from front matter, metadata, title or file name.
    pub(in crate::parse) date: Option<Date>,
    /// Only the year is known.
    pub(in crate::parse) year: Option<i16>,
    /// The zone of front matter, then of the configuration.
    pub(in crate::parse) zone: Option<Sourced<Zone>>,
}

/// Places every entry in time.
pub(in crate::parse) fn resolve(written: Vec<Written>, context: &Context) -> Timeline {
    let mut resolver = Resolver {
        context,
        section_zone: None,
        day: None,
        previous: None,
        first_month_day: None,
        timeline: Timeline::default(),
    };
    for item in written {
        match item {
            Written::Start => resolver.start(),
            Written::Zone(zone, span) => {
                // The first word on the zone of a section is the heading's.
                if resolver.section_zone.is_none() {
                    let zone = Sourced::new(zone, span, Origin::Timeline);
                    resolver.section_zone = Some(zone.clone());
                    resolver.timeline.zone.get_or_insert(zone);
                }
            }
            Written::Day(date) => resolver.day_line(date),
            Written::Entry(raw) => resolver.entry(raw),
        }
    }
    let mut timeline = resolver.timeline;
    timeline.zone = timeline.zone.or_else(|| context.zone.clone());
    timeline
}

struct Resolver<'c> {
    context: &'c Context,
    section_zone: Option<Sourced<Zone>>,
    /// The day that entries without a date are on.
    day: Option<Day>,
    /// The time of the entry before, while the day has not been named since.
    previous: Option<jiff::civil::Time>,
    /// Where no year is known, days count from the first date.
    first_month_day: Option<Date>,
    timeline: Timeline,
}

impl Resolver<'_> {
    fn start(&mut self) {
        self.section_zone = None;
        self.day = None;
        self.previous = None;
    }

    fn day_line(&mut self, date: WrittenDate) {
        if let Some(day) = self.resolve_date(date) {
            self.day = Some(day);
            self.previous = None;
        }
    }

    fn entry(&mut self, raw: Raw) {
        let when = match &raw.stamp {
            None => When::Untimed,
            Some(stamp) => self.when(stamp, raw.column_zone.as_ref()),
        };
        self.timeline.entries.push(Entry {
            span: raw.span,
            when,
            when_span: raw.stamp_span,
            text: raw.text,
            phase: raw.phase,
            handoff: raw.handoff,
        });
    }

    fn when(&mut self, stamp: &Stamp, column_zone: Option<&Zone>) -> When {
        if let Some((seconds, until)) = stamp.relative {
            return When::Relative { seconds, until };
        }
        // `2020-01-13 --:--` names its day all the same.
        if stamp.unknown && stamp.date.is_none() {
            return When::Unknown;
        }
        let Some(day) = self.day_of(stamp) else { return When::Unknown };
        let zone = self.zone_of(stamp, column_zone);
        let moment = |day: Day, clock: Option<Clock>| Moment {
            day: if clock.is_some_and(|clock| clock.next_day) { day.plus(1) } else { day },
            time: clock.map(|clock| clock.time),
            approximate: stamp.approximate || stamp.unknown,
            zone: zone.clone(),
        };
        let start = moment(day, stamp.clock);
        self.day = Some(day);
        self.previous = stamp.clock.map(|clock| clock.time);
        let Some((until_date, until_clock)) = stamp.until else { return When::At(start) };
        let end_day = match until_date {
            Some(date) => self.resolve_date(date).unwrap_or(day),
            // A range that ends before it starts runs over midnight.
            None => match (stamp.clock, until_clock) {
                (Some(from), Some(to)) if to.time < from.time && !to.next_day => day.plus(1),
                _ => day,
            },
        };
        let end = moment(end_day, until_clock);
        if let (Some(until), Some(_)) = (until_clock, stamp.clock) {
            self.day = Some(end_day);
            self.previous = Some(until.time);
        }
        When::Between(start, end)
    }

    /// The zone of an entry: its own, its column's, its heading's or the sentence's above it, the
    /// report's, the configuration's.
    fn zone_of(&self, stamp: &Stamp, column: Option<&Zone>) -> Option<Zone> {
        let around = self.section_zone.as_ref().or(self.context.zone.as_ref());
        stamp.zone.as_ref().or(column).or(around.map(|zone| &zone.value)).cloned()
    }

    /// The day of an entry: its own date, its weekday, or the day before it, carried over midnight.
    fn day_of(&mut self, stamp: &Stamp) -> Option<Day> {
        if let Some(date) = stamp.date {
            return self.resolve_date(date);
        }
        let current = self.day.or_else(|| self.context.date.map(Day::Date)).unwrap_or(Day::Nth(0));
        if let (Some(weekday), Day::Date(date)) = (stamp.weekday, current) {
            return Some(Day::Date(next_weekday(date, weekday)));
        }
        let (Some(clock), Some(previous)) = (stamp.clock, self.previous) else {
            return Some(current);
        };
        let back = previous.duration_since(clock.time).as_hours();
        Some(if back >= ROLL_OVER_HOURS { current.plus(1) } else { current })
    }

    fn resolve_date(&mut self, date: WrittenDate) -> Option<Day> {
        match date {
            WrittenDate::Full(date) => Some(Day::Date(date)),
            WrittenDate::MonthDay(month, day) => Some(self.with_year(month, day)),
            WrittenDate::Ambiguous { first, second, year } => {
                self.disambiguate(first, second, year)
            }
            WrittenDate::Unknown => None,
        }
    }

    fn known_date(&self) -> Option<Date> {
        self.day.and_then(Day::date).or(self.context.date)
    }

    /// A month and a day take the year that brings them nearest to what is known.
    fn with_year(&mut self, month: i8, day: i8) -> Day {
        let in_year = |year: i16| Date::new(year, month, day).ok();
        if let Some(known) = self.known_date() {
            let years = [known.year() - 1, known.year(), known.year() + 1];
            let nearest =
                years.into_iter().filter_map(in_year).min_by_key(|date| distance(*date, known));
            if let Some(date) = nearest {
                return Day::Date(date);
            }
        }
        if let Some(date) = self.context.year.and_then(in_year) {
            return Day::Date(date);
        }
        let date = in_year(2024).unwrap_or(Date::constant(2024, 1, 1));
        let first = *self.first_month_day.get_or_insert(date);
        let days = date.since(first).map_or(0, |span| span.get_days());
        Day::Nth(i16::try_from(days).unwrap_or(i16::MAX))
    }

    /// `05/07/2023` is decided by a day known from elsewhere, if one reading is within a week of it.
    fn disambiguate(&self, first: i8, second: i8, year: i16) -> Option<Day> {
        let known = self.known_date()?;
        let readings = [Date::new(year, second, first), Date::new(year, first, second)];
        let near = |date: &Date| distance(*date, known) <= 7;
        let fitting: Vec<Date> = readings.into_iter().flatten().filter(near).collect();
        match fitting[..] {
            [date] => Some(Day::Date(date)),
            _ => None,
        }
    }
}

fn distance(left: Date, right: Date) -> i32 {
    left.since(right).map_or(i32::MAX, |span| span.get_days().abs())
}

/// The first `weekday` on or after `date`.
fn next_weekday(date: Date, weekday: Weekday) -> Date {
    let ahead = date.weekday().until(weekday);
    date.checked_add(jiff::Span::new().days(i32::from(ahead))).unwrap_or(date)
}
