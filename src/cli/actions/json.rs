//! Actions for programs. Fields are only ever added.

use serde::Serialize;

use super::{Item, Listing};
use crate::corpus::{FacetKind, values};
use crate::patterns::promises::{Standing, Tally};
use crate::patterns::statistics::Summary;

#[derive(Serialize)]
struct Actions<'l> {
    version: u32,
    /// The day that `overdue` is told for.
    as_of: String,
    /// How all actions of the teams and services stand that were asked for, listed below or not.
    summary: Figures,
    by_team: Vec<Group<'l>>,
    by_service: Vec<Group<'l>>,
    by_severity: Vec<Group<'l>>,
    actions: Vec<Action<'l>>,
}

#[derive(Serialize)]
struct Figures {
    #[serde(flatten)]
    states: States,
    /// From the incident to the day an action was done; days, since reports give no hours.
    days_to_done: Option<Days>,
    done_by_due_date: Share,
}

#[derive(Serialize)]
struct States {
    total: usize,
    /// Overdue ones too.
    open: usize,
    overdue: usize,
    unknown: usize,
    done: usize,
    wont_do: usize,
}

impl From<Tally> for States {
    fn from(tally: Tally) -> Self {
        Self {
            total: tally.total(),
            open: tally.open,
            overdue: tally.overdue,
            unknown: tally.unknown,
            done: tally.done,
            wont_do: tally.dropped,
        }
    }
}

#[derive(Serialize)]
struct Days {
    n: usize,
    least: i64,
    median: i64,
    p90: Option<i64>,
    most: i64,
}

impl From<Summary> for Days {
    fn from(summary: Summary) -> Self {
        let Summary { n, least, median, p90, most } = summary;
        Self { n, least, median, p90, most }
    }
}

#[derive(Serialize)]
struct Share {
    count: usize,
    n: usize,
}

#[derive(Serialize)]
struct Group<'l> {
    name: &'l str,
    #[serde(flatten)]
    states: States,
}

#[derive(Serialize)]
struct Action<'l> {
    id: String,
    text: &'l str,
    status: &'static str,
    overdue: bool,
    days_overdue: Option<i32>,
    due: Option<String>,
    /// A due date that is none: `Q3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_text: Option<&'l str>,
    owners: &'l [String],
    teams: &'l [&'l str],
    kind: Option<&'static str>,
    horizon: Option<&'static str>,
    ticket: Option<&'l str>,
    priority: Option<&'l str>,
    report: Report<'l>,
}

#[derive(Serialize)]
struct Report<'l> {
    id: &'l str,
    title: &'l str,
    url: String,
    path: &'l str,
    line: usize,
    date: Option<String>,
    severity: Option<&'l str>,
    services: Vec<String>,
}

pub(super) fn render(listing: &Listing<'_>) -> serde_json::Result<String> {
    let Listing { promises, collection, items } = listing;
    let by = |kind: FacetKind| -> Vec<Group<'_>> {
        let facet = collection.facets.iter().find(|facet| facet.kind == kind);
        let groups = facet.into_iter().flat_map(|facet| promises.by(facet));
        groups.map(|(value, tally)| Group { name: &value.label.en, states: tally.into() }).collect()
    };
    let (count, n) = promises.kept();
    let actions = Actions {
        version: 1,
        as_of: collection.settings.today.to_string(),
        summary: Figures {
            states: promises.tally().into(),
            days_to_done: promises.days_to_done(collection).map(Into::into),
            done_by_due_date: Share { count, n },
        },
        by_team: promises
            .by_team()
            .into_iter()
            .map(|(name, tally)| Group { name, states: tally.into() })
            .collect(),
        by_service: by(FacetKind::Service),
        by_severity: by(FacetKind::Severity),
        actions: items.iter().map(|item| action(item, listing)).collect(),
    };
    serde_json::to_string_pretty(&actions)
}

fn action<'l>(item: &'l Item<'_>, listing: &Listing<'_>) -> Action<'l> {
    let action = item.promise.action;
    let incident = &item.report.incident;
    let services = values(incident, FacetKind::Service, listing.collection.settings);
    Action {
        id: item.promise.id(),
        text: &action.text,
        status: action.status.id(),
        overdue: item.promise.standing == Standing::Overdue,
        days_overdue: item.days_overdue,
        due: action.due.map(|due| due.to_string()),
        due_text: action.due_text.as_deref().filter(|_| action.due.is_none()),
        owners: &action.owners,
        teams: &item.teams,
        kind: action.kind.map(|kind| kind.id()),
        horizon: action.horizon.map(|horizon| horizon.id()),
        ticket: action.ticket.as_deref(),
        priority: action.priority.as_deref(),
        report: Report {
            id: item.address,
            title: &incident.title.value,
            url: item.url(),
            path: item.report.source.path(),
            line: item.line,
            date: incident.date.as_ref().map(|date| date.value.to_string()),
            severity: incident.severity.as_ref().map(|severity| severity.value.written.as_str()),
            services: services.into_iter().map(|service| service.label.en).collect(),
        },
    }
}
