//! How incidents are noticed, how long they take, when they happen and what they rest on: all figures about the
//! collection at once, for the command and the page that show them.

use super::Collection;
use super::calendar::Calendar;
use super::coverage::{Gap, coverage};
use super::detection::Detection;
use super::durations::{Durations, Group, Measured, by_facet};
use super::load::Load;
use crate::corpus::FacetKind;
use crate::model::Kind;

/// The figures of a collection.
pub(crate) struct Trends<'c> {
    pub(crate) near_misses: usize,
    pub(crate) drills: usize,
    pub(crate) calendar: Calendar<'c>,
    pub(crate) detection: Detection<'c>,
    pub(crate) load: Load,
    /// Of all incidents.
    pub(crate) durations: Durations,
    pub(crate) by_severity: Vec<Group<'c>>,
    pub(crate) by_service: Vec<Group<'c>>,
    pub(crate) by_cause: Vec<Group<'c>>,
    pub(crate) by_detection: Vec<Group<'c>>,
    pub(crate) by_trigger: Vec<Group<'c>>,
    pub(crate) gaps: Vec<Gap>,
}

impl<'c> Trends<'c> {
    pub(crate) fn new(collection: &'c Collection<'_>) -> Self {
        let measured = Measured::new(collection);
        let detection = Detection::new(collection);
        let of_kind = |kind| {
            let kinds = collection.reports.iter().map(|report| report.incident.kind.value);
            kinds.filter(|other| *other == kind).count()
        };
        let groups = |facet| by_facet(collection, facet, &measured);
        Self {
            near_misses: of_kind(Kind::NearMiss),
            drills: of_kind(Kind::Drill),
            calendar: Calendar::new(collection, &measured, &detection),
            detection,
            load: Load::new(collection),
            durations: measured.durations(&(0..collection.reports.len())),
            by_severity: groups(FacetKind::Severity),
            by_service: groups(FacetKind::Service),
            by_cause: groups(FacetKind::Cause),
            by_detection: groups(FacetKind::Detection),
            by_trigger: groups(FacetKind::Trigger),
            gaps: coverage(collection),
        }
    }

    /// How many incidents the figures are about.
    pub(crate) fn incidents(&self) -> usize {
        self.calendar.incidents
    }
}

#[cfg(test)]
mod tests {
    use super::Trends;
    use crate::config::{Overrides, Settings, Surroundings, resolve};
    use crate::parse::{Edition, report};
    use crate::patterns::Collection;
    use crate::patterns::durations::Measure;
    use crate::source::SourceFile;

    fn settings() -> Settings {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        resolve(None, &[], &Overrides::default(), surroundings).settings
    }

    /// Looks at reports that consist of the given front matter.
    fn look(front_matter: &[&str], seen: impl Fn(&Trends<'_>)) {
        let settings = settings();
        let read = |(at, text): (usize, &&str)| {
            let source = SourceFile::new("a.md", &format!("---\ntitle: x\n{text}\n---\n\n# x\n"));
            report(source, &format!("{at}.md"), &settings, Edition::Internal)
        };
        let reports: Vec<_> = front_matter.iter().enumerate().map(read).collect();
        for reports in [reports.iter().collect::<Vec<_>>(), reports.iter().rev().collect()] {
            let collection = Collection::new(reports, &settings);
            seen(&Trends::new(&collection));
        }
    }

    #[test]
    fn what_did_not_happen_has_no_duration_and_is_no_load() {
        let times = "started_at: 2026-03-14T14:00:00Z\nresolved_at: 2026-03-14T15:00:00Z";
        look(
            &[times, &format!("{times}\nkind: near-miss"), &format!("{times}\nkind: drill")],
            |t| {
                assert_eq!((t.incidents(), t.near_misses, t.drills), (1, 1, 1));
                assert_eq!(
                    t.durations.of(Measure::Resolve).map(|s| (s.n, s.median)),
                    Some((1, 3600))
                );
                assert_eq!((t.load.incidents, t.load.shifts.len()), (1, 1));
            },
        );
    }

    #[test]
    fn the_one_named_first_noticed_first() {
        let reports = [
            "detection: [customer, monitoring]",
            "detection: [monitoring, customer]",
            "detection: [unknown]",
            "detection: [partner]",
        ];
        look(&reports, |trends| {
            let detection = &trends.detection;
            assert_eq!((detection.all.outside, detection.all.n), (2, 3));
            assert_eq!((detection.both, detection.unsaid), (2, 1));
        });
    }

    #[test]
    fn days_are_those_of_the_report_and_none_is_to_come() {
        // 23:30 in Seoul is still the afternoon in UTC.
        let seoul = "timezone: Asia/Seoul\nstarted_at: 2026-03-31T23:30:00+09:00";
        let utc = "timezone: Asia/Seoul\nstarted_at: 2026-03-31T15:30:00Z";
        look(&[seoul, utc, "date: 2026-07-01", ""], |trends| {
            let calendar = &trends.calendar;
            assert_eq!((calendar.incidents, calendar.later, calendar.undated), (4, 1, 1));
            let quarters: Vec<(String, usize)> =
                calendar.quarters.iter().map(|q| (q.quarter.id(), q.incidents)).collect();
            // The quarter is that of the date that the report's page shows.
            assert_eq!(quarters, [("2026-Q1".to_owned(), 2)]);
            // Tuesday before midnight, Wednesday after it.
            assert_eq!((calendar.hours.counts[1][23], calendar.hours.counts[2][0]), (1, 1));
            assert_eq!(calendar.hours.clocks(), [("Asia/Seoul", 2)]);
        });
    }

    #[test]
    fn a_day_is_over_the_limit_with_its_shift_or_as_a_whole() {
        let at = |hour: u32| format!("started_at: 2026-03-14T{hour:02}:00:00Z");
        let (one, two, three) = (at(1), at(2), at(3));
        look(&[&one, &two, &three, "date: 2026-03-10"], |trends| {
            assert_eq!(trends.load.shifts_over(), 1);
            assert_eq!(trends.load.days_over, [jiff::civil::date(2026, 3, 14)]);
            assert_eq!((trends.load.untimed, trends.load.hours()), (1, None));
        });
        look(&["date: 2026-03-10"; 5], |trends| {
            assert_eq!(trends.load.shifts_over(), 0);
            assert_eq!(trends.load.days_over, [jiff::civil::date(2026, 3, 10)]);
        });
    }
}
