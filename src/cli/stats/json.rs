//! The figures for programs. Fields are only ever added.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{Corpus, report_url};
use crate::patterns::Collection;
use crate::patterns::calendar::InQuarter;
use crate::patterns::detection::Share;
use crate::patterns::durations::{Durations, Group, Measure};
use crate::patterns::load::{Stretch, busiest};
use crate::patterns::promises::Tally;
use crate::patterns::statistics::Summary;
use crate::patterns::trends::Trends;

/// Busiest stretches of each kind.
const BUSIEST: usize = 10;

#[derive(Serialize)]
pub(super) struct Stats {
    version: u32,
    /// The day that counts as today.
    today: String,
    reports: usize,
    incidents: usize,
    near_misses: usize,
    drills: usize,
    undated: usize,
    dated_after_today: usize,
    first_day: Option<String>,
    last_day: Option<String>,
    durations: BTreeMap<&'static str, SummaryRecord>,
    severities: Vec<GroupRecord>,
    services: Vec<GroupRecord>,
    causes: Vec<GroupRecord>,
    triggers: Vec<GroupRecord>,
    detection: DetectionRecord,
    /// From the first quarter with an incident to the last, at most ten years.
    quarters: Vec<QuarterRecord>,
    before_quarters: usize,
    starts: Starts,
    load: LoadRecord,
    actions: Actions,
    /// Facts that incidents do not state.
    missing: Vec<Missing>,
}

/// A sample of durations. `p90_seconds` is absent below five cases.
#[derive(Serialize)]
struct SummaryRecord {
    n: usize,
    median_seconds: i64,
    p90_seconds: Option<i64>,
    least_seconds: i64,
    most_seconds: i64,
}

#[derive(Serialize)]
struct GroupRecord {
    key: String,
    label_en: String,
    label_ko: String,
    incidents: usize,
    durations: BTreeMap<&'static str, SummaryRecord>,
}

#[derive(Serialize)]
struct DetectionRecord {
    /// The first to notice, of the incidents that say so.
    noticed: ShareRecord,
    unsaid: usize,
    names_both_sides: usize,
    by_value: Vec<GroupRecord>,
    by_service: Vec<ServiceShare>,
}

/// How many were noticed outside first; the share and its 95 % interval are absent below five cases.
#[derive(Serialize)]
struct ShareRecord {
    outside: usize,
    n: usize,
    share_percent: Option<usize>,
    low_percent: Option<usize>,
    high_percent: Option<usize>,
}

#[derive(Serialize)]
struct ServiceShare {
    key: String,
    #[serde(flatten)]
    noticed: ShareRecord,
}

#[derive(Serialize)]
struct QuarterRecord {
    quarter: String,
    incidents: usize,
    by_severity: BTreeMap<String, usize>,
    noticed: ShareRecord,
    durations: BTreeMap<&'static str, SummaryRecord>,
}

#[derive(Serialize)]
struct Starts {
    n: usize,
    untimed: usize,
    /// From Monday, each from midnight, on the clocks of the reports.
    weekday_hours: Vec<Vec<usize>>,
    zones: BTreeMap<String, usize>,
    zoneless: usize,
}

/// A lower bound: only incidents with a report are counted.
#[derive(Serialize)]
struct LoadRecord {
    shift_hours: u32,
    shift_start: u32,
    incidents_per_shift: u32,
    hours_per_incident: Option<u32>,
    incidents: usize,
    untimed: usize,
    shifts_over_limit: usize,
    days_over_limit: Vec<String>,
    hours: Option<usize>,
    busiest_days: Vec<Busy>,
    /// By their Mondays.
    busiest_weeks: Vec<Busy>,
    busiest_shifts: Vec<Busy>,
}

#[derive(Serialize)]
struct Busy {
    start: String,
    incidents: usize,
    reports: Vec<ReportRecord>,
}

#[derive(Serialize)]
struct ReportRecord {
    id: String,
    url: String,
}

#[derive(Serialize)]
struct Actions {
    count: usize,
    done: usize,
    open: usize,
    overdue: usize,
    wont_do: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Missing {
    field: &'static str,
    incidents: usize,
    of: usize,
}

pub(super) fn stats(
    corpus: &Corpus,
    collection: &Collection<'_>,
    trends: &Trends<'_>,
    promises: Tally,
) -> Stats {
    let calendar = &trends.calendar;
    let groups = |groups: &[Group<'_>]| groups.iter().map(group).collect();
    let severities: Vec<&str> =
        calendar.severities.iter().map(|value| value.label.en.as_str()).collect();
    Stats {
        version: 1,
        today: collection.settings.today.to_string(),
        reports: collection.reports.len(),
        incidents: trends.incidents(),
        near_misses: trends.near_misses,
        drills: trends.drills,
        undated: calendar.undated,
        dated_after_today: calendar.later,
        first_day: calendar.period.map(|(first, _)| first.to_string()),
        last_day: calendar.period.map(|(_, last)| last.to_string()),
        durations: durations(&trends.durations),
        severities: groups(&trends.by_severity),
        services: groups(&trends.by_service),
        causes: groups(&trends.by_cause),
        triggers: groups(&trends.by_trigger),
        detection: DetectionRecord {
            noticed: share(trends.detection.all),
            unsaid: trends.detection.unsaid,
            names_both_sides: trends.detection.both,
            by_value: groups(&trends.by_detection),
            by_service: trends
                .detection
                .by_service
                .iter()
                .map(|(value, of)| ServiceShare { key: value.key.clone(), noticed: share(*of) })
                .collect(),
        },
        quarters: calendar.quarters.iter().map(|q| in_quarter(q, &severities)).collect(),
        before_quarters: calendar.earlier,
        starts: Starts {
            n: calendar.hours.n,
            untimed: calendar.hours.untimed,
            weekday_hours: calendar.hours.counts.iter().map(|day| day.to_vec()).collect(),
            zones: calendar.hours.zones.clone(),
            zoneless: calendar.hours.zoneless,
        },
        load: load(corpus, collection, trends),
        actions: Actions {
            count: promises.total(),
            done: promises.done,
            open: promises.open,
            overdue: promises.overdue,
            wont_do: promises.dropped,
            unknown: promises.unknown,
        },
        missing: trends
            .gaps
            .iter()
            .filter(|gap| gap.missing > 0)
            .map(|gap| Missing { field: gap.field.id(), incidents: gap.missing, of: gap.of })
            .collect(),
    }
}

fn load(corpus: &Corpus, collection: &Collection<'_>, trends: &Trends<'_>) -> LoadRecord {
    let load = &trends.load;
    let addresses = corpus.addresses_by_path();
    LoadRecord {
        shift_hours: load.limits.shift_hours,
        shift_start: load.limits.shift_start,
        incidents_per_shift: load.limits.incidents_per_shift,
        hours_per_incident: load.limits.hours_per_incident,
        incidents: load.incidents,
        untimed: load.untimed,
        shifts_over_limit: load.shifts_over(),
        days_over_limit: load.days_over.iter().map(ToString::to_string).collect(),
        hours: load.hours(),
        busiest_days: busy(&load.days, collection, &addresses),
        busiest_weeks: busy(&load.weeks, collection, &addresses),
        busiest_shifts: busy(&load.shifts, collection, &addresses),
    }
}

fn busy<T: Copy + Ord + ToString>(
    stretches: &[Stretch<T>],
    collection: &Collection<'_>,
    addresses: &BTreeMap<&str, String>,
) -> Vec<Busy> {
    let record = |place: &usize| {
        let report = collection.reports[*place];
        let address = addresses.get(&*report.path);
        ReportRecord {
            id: report.incident.id.value.to_string(),
            url: address.map(|address| report_url(address)).unwrap_or_default(),
        }
    };
    busiest(stretches, BUSIEST)
        .into_iter()
        .map(|stretch| Busy {
            start: stretch.start.to_string(),
            incidents: stretch.reports.len(),
            reports: stretch.reports.iter().map(record).collect(),
        })
        .collect()
}

fn in_quarter(quarter: &InQuarter, severities: &[&str]) -> QuarterRecord {
    let by_severity = severities.iter().zip(&quarter.by_severity);
    QuarterRecord {
        quarter: quarter.quarter.id(),
        incidents: quarter.incidents,
        by_severity: by_severity.map(|(label, count)| ((*label).to_owned(), *count)).collect(),
        noticed: share(quarter.noticed),
        durations: durations(&quarter.durations),
    }
}

fn group(group: &Group<'_>) -> GroupRecord {
    GroupRecord {
        key: group.value.key.clone(),
        label_en: group.value.label.en.clone(),
        label_ko: group.value.label.ko.clone(),
        incidents: group.incidents,
        durations: durations(&group.durations),
    }
}

fn durations(durations: &Durations) -> BTreeMap<&'static str, SummaryRecord> {
    let record = |summary: &Summary| SummaryRecord {
        n: summary.n,
        median_seconds: summary.median,
        p90_seconds: summary.p90,
        least_seconds: summary.least,
        most_seconds: summary.most,
    };
    let known = Measure::ALL.into_iter();
    known.filter_map(|measure| Some((measure.id(), record(durations.of(measure)?)))).collect()
}

fn share(share: Share) -> ShareRecord {
    let percent = share.percent();
    ShareRecord {
        outside: share.outside,
        n: share.n,
        share_percent: percent.map(|percent| percent.share),
        low_percent: percent.map(|percent| percent.low),
        high_percent: percent.map(|percent| percent.high),
    }
}
