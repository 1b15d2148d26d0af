//! What those on call had to bear: incidents by day, week and shift.
//!
//! Two incidents are as many as a shift of twelve hours can bear, since one takes about six hours with what
//! follows it: *Site Reliability Engineering* (Beyer and others, 2016), chapter 11, "Being On-Call". `[load]`
//! says how long shifts are and what they can bear. All of this is a lower bound: only incidents with a report
//! are counted, and pages that came to nothing wake people too.
//!
//! An incident counts for the shift in which it began, on the clock of its report; without a time of day it
//! has a day and no shift. Shifts follow each other from the hour at which the first of a day begins; one that
//! crosses midnight belongs to the day it began on. Drills and near misses are left out, and days after today.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use super::Collection;
use super::calendar::{day, local_start};
use crate::config::LoadSettings;
use crate::model::Incident;

/// A stretch of time and the incidents that began in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch<T> {
    pub(crate) start: T,
    /// Places of the reports, in the order of the collection.
    pub(crate) reports: Vec<usize>,
}

/// The reported incidents by day, week and shift.
pub(crate) struct Load {
    pub(crate) limits: LoadSettings,
    /// Those with a day.
    pub(crate) incidents: usize,
    /// Those with a day and no time.
    pub(crate) untimed: usize,
    /// Stretches with an incident, oldest first.
    pub(crate) days: Vec<Stretch<Date>>,
    /// By their Mondays.
    pub(crate) weeks: Vec<Stretch<Date>>,
    pub(crate) shifts: Vec<Stretch<DateTime>>,
    /// Days with a shift over the limit, or with more than all shifts of a day can bear.
    pub(crate) days_over: Vec<Date>,
}

impl Load {
    pub(crate) fn new(collection: &Collection<'_>) -> Self {
        let limits = collection.settings.load;
        let mut days: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        let mut weeks: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        let mut shifts: BTreeMap<DateTime, Vec<usize>> = BTreeMap::new();
        let (mut incidents, mut untimed) = (0, 0);
        for (place, report) in collection.reports.iter().enumerate() {
            let day = began(&report.incident).filter(|day| *day <= collection.settings.today);
            let Some(day) = day.filter(|_| collection.counts(place)) else { continue };
            incidents += 1;
            days.entry(day).or_default().push(place);
            weeks.entry(monday(day)).or_default().push(place);
            match local_start(&report.incident) {
                Some((start, _)) => {
                    shifts.entry(shift(start, &limits)).or_default().push(place);
                }
                None => untimed += 1,
            }
        }
        let most = limits.incidents_per_shift as usize;
        let a_day = most * (24 / limits.shift_hours) as usize;
        let is_full = |places: &Vec<usize>, most: usize| places.len() > most;
        let mut over: Vec<Date> = days
            .iter()
            .filter(|(_, places)| is_full(places, a_day))
            .map(|(day, _)| *day)
            .chain(shifts.iter().filter(|(_, p)| is_full(p, most)).map(|(start, _)| start.date()))
            .collect();
        over.sort_unstable();
        over.dedup();
        Self {
            limits,
            incidents,
            untimed,
            days: stretches(days),
            weeks: stretches(weeks),
            shifts: stretches(shifts),
            days_over: over,
        }
    }

    /// How many shifts had more than they can bear.
    pub(crate) fn shifts_over(&self) -> usize {
        let most = self.limits.incidents_per_shift as usize;
        self.shifts.iter().filter(|shift| shift.reports.len() > most).count()
    }

    /// The hours that those on call spent, if somebody said how many an incident takes.
    pub(crate) fn hours(&self) -> Option<usize> {
        Some(self.limits.hours_per_incident? as usize * self.incidents)
    }
}

/// The busiest stretches that had more than one incident, the newest of equals first.
pub(crate) fn busiest<T: Copy + Ord>(stretches: &[Stretch<T>], most: usize) -> Vec<&Stretch<T>> {
    let mut busy: Vec<_> = stretches.iter().filter(|stretch| stretch.reports.len() > 1).collect();
    busy.sort_by_key(|stretch| std::cmp::Reverse((stretch.reports.len(), stretch.start)));
    busy.truncate(most);
    busy
}

/// How many stretches had one incident, two, and so on.
pub(crate) fn spread<T>(stretches: &[Stretch<T>]) -> BTreeMap<usize, usize> {
    let mut spread = BTreeMap::new();
    for stretch in stretches {
        *spread.entry(stretch.reports.len()).or_default() += 1;
    }
    spread
}

fn stretches<T>(found: BTreeMap<T, Vec<usize>>) -> Vec<Stretch<T>> {
    found.into_iter().map(|(start, reports)| Stretch { start, reports }).collect()
}

/// The day an incident began on the clock that its shift is told by.
fn began(incident: &Incident) -> Option<Date> {
    local_start(incident).map(|(start, _)| start.date()).or_else(|| day(incident))
}

/// The Monday of a week.
fn monday(day: Date) -> Date {
    let days = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(days.days()).unwrap_or(day)
}

/// When the shift began that a moment falls in.
fn shift(at: DateTime, limits: &LoadSettings) -> DateTime {
    let hours = i64::from(limits.shift_hours);
    let since = i64::from(at.hour()) - i64::from(limits.shift_start);
    let into = since.rem_euclid(hours);
    let hour = at.date().at(at.hour(), 0, 0, 0);
    hour.checked_sub(into.hours()).unwrap_or(hour)
}

#[cfg(test)]
mod tests {
    use super::{Stretch, busiest, monday, shift, spread};
    use crate::config::LoadSettings;
    use jiff::civil::{DateTime, date};
    use proptest::prelude::*;

    fn limits(shift_hours: u32, shift_start: u32) -> LoadSettings {
        LoadSettings { shift_hours, shift_start, incidents_per_shift: 2, hours_per_incident: None }
    }

    #[test]
    fn a_night_shift_belongs_to_the_day_it_began_on() {
        let day = date(2026, 3, 14);
        let start = |hour, limits| shift(day.at(hour, 30, 0, 0), &limits).to_string();
        assert_eq!(start(3, limits(12, 9)), "2026-03-13T21:00:00");
        assert_eq!(start(9, limits(12, 9)), "2026-03-14T09:00:00");
        assert_eq!(start(23, limits(12, 9)), "2026-03-14T21:00:00");
        assert_eq!(start(0, limits(24, 0)), "2026-03-14T00:00:00");
        assert_eq!(start(0, limits(24, 10)), "2026-03-13T10:00:00");
    }

    #[test]
    fn the_busiest_come_first() {
        let stretch = |start: i32, count| Stretch { start, reports: vec![0; count] };
        let all = [stretch(1, 1), stretch(2, 3), stretch(3, 2), stretch(4, 3)];
        let order: Vec<i32> = busiest(&all, 10).iter().map(|stretch| stretch.start).collect();
        assert_eq!(order, [4, 2, 3]);
        assert_eq!(spread(&all).into_iter().collect::<Vec<_>>(), [(1, 1), (2, 1), (3, 2)]);
        assert_eq!(monday(date(2026, 3, 15)), date(2026, 3, 9));
    }

    proptest! {
        #[test]
        fn a_moment_is_in_its_shift(
            day in 0_i32..700_000, minute in 0_i32..1440, hours in prop::sample::select(vec![1_u32, 2, 3, 4, 6, 8, 12, 24]),
            start in 0_u32..24,
        ) {
            let zero: DateTime = date(1, 1, 2).at(0, 0, 0, 0);
            let at = zero + jiff::Span::new().days(day).minutes(minute);
            let limits = limits(hours, start);
            let began = shift(at, &limits);
            let into = at.duration_since(began).as_secs();
            prop_assert!((0..i64::from(hours) * 3600).contains(&into));
            // Every moment of a shift is in the same one.
            prop_assert_eq!(shift(began, &limits), began);
        }
    }
}
