//! When incidents begin: by quarter, by day of the week and hour.
//!
//! A day is the report's own, in the zone it names or the configuration names for it; nobody's clock is turned
//! to another's. Drills and near misses are left out, and so are days after today, which are slips of the pen.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::Collection;
use super::detection::{Detection, Share};
use super::durations::{Durations, Measured, rank};
use crate::corpus::{Counted, FacetKind};
use crate::l10n::{Message, Text};
use crate::model::{Incident, Phase};

/// Quarters that are told apart; what is older is one count.
const QUARTERS: i32 = 40;

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quarter {
    pub(crate) year: i16,
    /// From 1.
    pub(crate) number: i8,
}

impl Quarter {
    pub(crate) fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() - 1) / 3 + 1 }
    }

    /// `2026-Q1`
    pub(crate) fn id(self) -> String {
        format!("{:04}-Q{}", self.year, self.number)
    }

    pub(crate) fn label(self) -> Message {
        const LABEL: Text = Text::new("{year} Q{quarter}", "{year}년 {quarter}분기");
        LABEL.with("year", i64::from(self.year)).with("quarter", i64::from(self.number))
    }

    /// Quarters since the year 0.
    fn ordinal(self) -> i32 {
        i32::from(self.year) * 4 + i32::from(self.number) - 1
    }

    fn from_ordinal(ordinal: i32) -> Self {
        let year = i16::try_from(ordinal.div_euclid(4)).unwrap_or(i16::MAX);
        Self { year, number: i8::try_from(ordinal.rem_euclid(4) + 1).unwrap_or(1) }
    }
}

/// The incidents of a quarter.
#[derive(Clone, Debug)]
pub(crate) struct InQuarter {
    pub(crate) quarter: Quarter,
    pub(crate) incidents: usize,
    /// How many of each of [`Calendar::severities`].
    pub(crate) by_severity: Vec<usize>,
    pub(crate) noticed: Share,
    pub(crate) durations: Durations,
}

/// When incidents began.
pub(crate) struct Calendar<'c> {
    /// How many there are, whatever is known of their days.
    pub(crate) incidents: usize,
    pub(crate) undated: usize,
    /// Dated after today.
    pub(crate) later: usize,
    /// The first and the last day.
    pub(crate) period: Option<(Date, Date)>,
    /// The severities that incidents have, the worst first.
    pub(crate) severities: Vec<&'c Counted>,
    /// From the first quarter with an incident to the last, those without one too.
    pub(crate) quarters: Vec<InQuarter>,
    /// Incidents before the first of the quarters.
    pub(crate) earlier: usize,
    pub(crate) hours: Hours,
}

impl<'c> Calendar<'c> {
    pub(crate) fn new(
        collection: &'c Collection<'_>,
        measured: &Measured,
        detection: &Detection<'_>,
    ) -> Self {
        let severities = severities(collection);
        let mut calendar = Self {
            incidents: 0,
            undated: 0,
            later: 0,
            period: None,
            severities: severities.iter().map(|(value, _)| *value).collect(),
            quarters: Vec::new(),
            earlier: 0,
            hours: Hours::default(),
        };
        let mut rated = vec![None; collection.reports.len()];
        for (at, (_, places)) in severities.iter().enumerate() {
            for &place in places {
                rated[place] = Some(at);
            }
        }
        let mut found: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (place, report) in collection.reports.iter().enumerate() {
            if !collection.counts(place) {
                continue;
            }
            calendar.incidents += 1;
            match day(&report.incident) {
                None => calendar.undated += 1,
                Some(day) if day > collection.settings.today => {
                    calendar.later += 1;
                    continue;
                }
                Some(day) => {
                    let (first, last) = calendar.period.unwrap_or((day, day));
                    calendar.period = Some((first.min(day), last.max(day)));
                    found.entry(Quarter::of(day).ordinal()).or_default().push(place);
                }
            }
            calendar.hours.add(&report.incident);
        }
        let Some((&first, &last)) = found.keys().next().zip(found.keys().next_back()) else {
            return calendar;
        };
        let from = first.max(last - QUARTERS + 1);
        calendar.earlier = found.range(..from).map(|(_, places)| places.len()).sum();
        let quarter = |ordinal: i32| {
            let places = found.get(&ordinal).map(Vec::as_slice).unwrap_or_default();
            let mut by_severity = vec![0; severities.len()];
            places.iter().filter_map(|&place| rated[place]).for_each(|at| by_severity[at] += 1);
            InQuarter {
                quarter: Quarter::from_ordinal(ordinal),
                incidents: places.len(),
                by_severity,
                noticed: detection.share(places.iter().copied()),
                durations: measured.durations(&places.iter().copied()),
            }
        };
        calendar.quarters = (from..=last).map(quarter).collect();
        calendar
    }
}

/// The severities of incidents with their places, the worst first.
fn severities<'c>(collection: &'c Collection<'_>) -> Vec<(&'c Counted, Vec<usize>)> {
    let index = collection.facets.iter().find(|index| index.kind == FacetKind::Severity);
    let mut severities: Vec<_> = index
        .into_iter()
        .flat_map(|index| &index.values)
        .map(|value| {
            let places = value.reports.iter().copied().filter(|&place| collection.counts(place));
            (value, places.collect::<Vec<_>>())
        })
        .filter(|(_, places)| !places.is_empty())
        .collect();
    severities.sort_by_key(|(value, _)| rank(collection, value));
    severities
}

/// When an incident began on the clock of its report, and whose clock that is.
pub(crate) fn local_start(incident: &Incident) -> Option<(DateTime, Option<&str>)> {
    let started = incident.phase(Phase::Started)?;
    let own = incident.zone.as_ref().map(|zone| &zone.value);
    if let (Some(instant), Some(zone)) = (started.instant(), own) {
        return Some((zone.rules.to_datetime(instant), Some(&zone.label)));
    }
    let civil = started.date()?.to_datetime(started.time?);
    Some((civil, started.zone.as_ref().map(|zone| &*zone.label)))
}

/// The day an incident began.
pub(crate) fn day(incident: &Incident) -> Option<Date> {
    let local = || local_start(incident).map(|(start, _)| start.date());
    incident.date.as_ref().map(|date| date.value).or_else(local)
}

/// Day of the week by hour of the day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hours {
    /// From Monday, each from midnight.
    pub(crate) counts: [[usize; 24]; 7],
    /// Incidents whose report says at what time they began.
    pub(crate) n: usize,
    pub(crate) untimed: usize,
    /// Whose clocks these are, and how often.
    pub(crate) zones: BTreeMap<String, usize>,
    /// Incidents on a clock that nobody named.
    pub(crate) zoneless: usize,
}

impl Hours {
    fn add(&mut self, incident: &Incident) {
        let Some((start, zone)) = local_start(incident) else {
            self.untimed += 1;
            return;
        };
        self.n += 1;
        match zone {
            Some(zone) => *self.zones.entry(zone.to_owned()).or_default() += 1,
            None => self.zoneless += 1,
        }
        let day = usize::try_from(start.weekday().to_monday_zero_offset()).unwrap_or(0);
        let hour = usize::try_from(start.hour()).unwrap_or(0);
        self.counts[day][hour] += 1;
    }

    /// The clocks, most used first.
    pub(crate) fn clocks(&self) -> Vec<(&str, usize)> {
        let mut clocks: Vec<_> =
            self.zones.iter().map(|(zone, count)| (zone.as_str(), *count)).collect();
        clocks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        clocks
    }
}

#[cfg(test)]
mod tests {
    use super::Quarter;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_quarter_has_three_months() {
        let quarter = |month| Quarter::of(date(2026, month, 28)).number;
        assert_eq!([1, 3, 4, 6, 7, 9, 10, 12].map(quarter), [1, 1, 2, 2, 3, 3, 4, 4]);
    }

    proptest! {
        #[test]
        fn quarters_are_numbered_without_a_gap(year in -9999_i16..=9999, month in 1_i8..=12) {
            let quarter = Quarter::of(date(year, month, 1));
            prop_assert_eq!(Quarter::from_ordinal(quarter.ordinal()), quarter);
        }
    }
}
