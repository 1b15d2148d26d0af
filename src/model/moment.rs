//! Points in time as reports write them: often without a zone, sometimes without a date.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// A time zone under the name that was written.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    pub(crate) label: Arc<str>,
    pub(crate) rules: TimeZone,
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

/// A day: a date, or, where a report names none at all, its distance from the first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Day {
    Date(Date),
    Nth(i16),
}

impl Day {
    pub(crate) fn date(self) -> Option<Date> {
        match self {
            Day::Date(date) => Some(date),
            Day::Nth(_) => None,
        }
    }

    /// The day `days` later; the same day where the calendar ends.
    pub(crate) fn plus(self, days: i16) -> Day {
        match self {
            Day::Date(date) => {
                let later = date.checked_add(jiff::Span::new().days(i32::from(days)));
                Day::Date(later.unwrap_or(date))
            }
            Day::Nth(nth) => Day::Nth(nth.saturating_add(days)),
        }
    }
}

/// A point in time, as exact as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    /// `None`: only the day is known.
    pub(crate) time: Option<Time>,
    /// Written with `~`, `ca.`, 약, 경.
    pub(crate) approximate: bool,
    /// `None`: the zone is not known and the moment is never compared across reports.
    pub(crate) zone: Option<Zone>,
}

impl Moment {
    fn civil(&self) -> Option<DateTime> {
        Some(self.day.date()?.to_datetime(self.time?))
    }

    /// The instant on the world's clock. `None` without a date, a time or a zone; in the hour that a
    /// change of clocks repeats the earlier one, in the hour it skips the later offset (RFC 5545).
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        let zone = self.zone.as_ref()?;
        zone.rules.to_ambiguous_timestamp(self.civil()?).compatible().ok()
    }

    /// How far its zone is from UTC then.
    pub(crate) fn offset(&self) -> Option<Offset> {
        Some(self.zone.as_ref()?.rules.to_offset(self.instant()?))
    }

    /// Whether a change of clocks makes this local time happen twice or not at all.
    pub(crate) fn is_ambiguous(&self) -> bool {
        let (Some(zone), Some(civil)) = (&self.zone, self.civil()) else { return false };
        !matches!(
            zone.rules.to_ambiguous_timestamp(civil).offset(),
            AmbiguousOffset::Unambiguous { .. }
        )
    }

    /// How long after `earlier` this is; negative if it is before. `None` where the two cannot be
    /// compared: one has a zone and the other none, or only days are known.
    pub(crate) fn since(&self, earlier: &Moment) -> Option<SignedDuration> {
        if let (Some(later), Some(earlier)) = (self.instant(), earlier.instant()) {
            return Some(later.duration_since(earlier));
        }
        if self.zone.is_some() != earlier.zone.is_some() {
            return None;
        }
        let days = match (self.day, earlier.day) {
            (Day::Date(later), Day::Date(earlier)) => later.since(earlier).ok()?.get_days(),
            (Day::Nth(later), Day::Nth(earlier)) => i32::from(later) - i32::from(earlier),
            _ => return None,
        };
        let within = self.time?.duration_since(earlier.time?);
        Some(SignedDuration::from_hours(i64::from(days) * 24) + within)
    }

    /// The date on the calendar, if there is one.
    pub(crate) fn date(&self) -> Option<Date> {
        self.day.date()
    }

    /// RFC 3339 where the zone is known, ISO 8601 local time where not; only what is known.
    pub(crate) fn iso(&self) -> String {
        let Some(time) = self.time else {
            return self.date().map(|date| date.to_string()).unwrap_or_default();
        };
        let Some(date) = self.date() else { return time.to_string() };
        let civil = date.to_datetime(time);
        match self.offset() {
            Some(offset) if offset.is_zero() => format!("{civil}Z"),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{civil}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            None => civil.to_string(),
        }
    }
}

/// As a reader sees it: `2026-03-14 ~14:02 KST`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.date().map(|date| date.to_string()).into_iter().collect();
        if let Some(time) = self.time {
            let about = if self.approximate { "~" } else { "" };
            let seconds = match time.second() {
                0 => String::new(),
                seconds => format!(":{seconds:02}"),
            };
            parts.push(format!("{about}{:02}:{:02}{seconds}", time.hour(), time.minute()));
            parts.extend(self.zone.as_ref().map(|zone| zone.label.to_string()));
        }
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment, Zone};
    use jiff::civil::{date, time};
    use jiff::tz::TimeZone;

    fn moment(day: Day, hour: i8, zone: Option<&str>) -> Moment {
        let zone = zone
            .and_then(|name| Some(Zone { label: name.into(), rules: TimeZone::get(name).ok()? }));
        Moment { day, time: Some(time(hour, 30, 0, 0)), approximate: false, zone }
    }

    #[test]
    fn zones_are_bundled_and_clocks_change() {
        let day = Day::Date(date(2026, 3, 29));
        let gap = moment(day, 2, Some("Europe/Berlin"));
        assert!(gap.is_ambiguous());
        let after = moment(day, 4, Some("Europe/Berlin"));
        let before = moment(day, 1, Some("Europe/Berlin"));
        assert_eq!(after.since(&before).map(|d| d.as_secs()), Some(2 * 3600));
        assert_eq!(after.iso(), "2026-03-29T04:30:00+02:00");
    }

    #[test]
    fn local_times_compare_with_local_times_only() {
        let day = Day::Date(date(2026, 3, 14));
        let local = moment(day, 23, None);
        let next = moment(day.plus(1), 1, None);
        assert_eq!(next.since(&local).map(|d| d.as_secs()), Some(2 * 3600));
        assert_eq!(next.since(&moment(day, 23, Some("UTC"))), None);
        assert_eq!(
            moment(Day::Nth(1), 0, None).since(&moment(Day::Nth(0), 23, None)).map(|d| d.as_secs()),
            Some(3600)
        );
        assert_eq!(local.iso(), "2026-03-14T23:30:00");
    }
}
