//! Patterns for programs. Fields are only ever added.

use std::collections::BTreeMap;

use serde::Serialize;

use super::recurrences::{self, Recurrence};
use crate::cli::across::Across;
use crate::corpus::report_url;
use crate::l10n::Lang;
use crate::model::{ActionKind, ActionStatus, Horizon};
use crate::patterns::Collection;
use crate::patterns::mining::{
    self, Gap, Pattern, PatternValue, Patterns, Promised, anchors, name,
};

#[derive(Serialize)]
pub(super) struct Results<'r> {
    version: u32,
    /// How many incidents were looked at.
    incidents: usize,
    /// How many incidents a pattern needs.
    needed: usize,
    /// How many combinations came together that often.
    tested: usize,
    /// How many pairs of values could have.
    pairs: usize,
    /// How many incidents state each facet.
    stated: BTreeMap<&'static str, usize>,
    /// How many patterns there are in all.
    total: usize,
    patterns: Vec<Found<'r>>,
    /// What came back, the newest first.
    recurrences: Vec<Recurrence<'r>>,
}

#[derive(Serialize)]
struct Found<'r> {
    id: String,
    name: String,
    /// Relative to the site's root.
    url: String,
    values: Vec<Value<'r>>,
    shared: Vec<Value<'r>>,
    support: usize,
    among: usize,
    expected: f64,
    lift: f64,
    lift_low: f64,
    first: Option<String>,
    last: Option<String>,
    /// Newest first.
    incidents: Vec<Incident<'r>>,
    actions: Actions<'r>,
}

#[derive(Serialize)]
struct Value<'r> {
    facet: &'static str,
    value: &'r str,
    label: &'r str,
}

#[derive(Serialize)]
struct Incident<'r> {
    id: &'r str,
    url: String,
    title: &'r str,
    date: Option<String>,
    severity: Option<&'r str>,
}

#[derive(Serialize)]
struct Actions<'r> {
    total: usize,
    status: BTreeMap<String, usize>,
    /// Known to be open, the soonest due first.
    open: Vec<Open<'r>>,
    /// By kind and horizon, where both are stated and the action was not rejected.
    grid: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    with_kind: usize,
    with_horizon: usize,
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Open<'r> {
    report: &'r str,
    id: &'r str,
    text: &'r str,
    status: &'static str,
    due: Option<String>,
}

/// A kind or a horizon that none of the actions has that state one.
#[derive(Serialize)]
struct Missing {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    horizon: Option<&'static str>,
    of: usize,
}

impl<'r> Results<'r> {
    pub(super) fn new(
        found: &Patterns,
        collection: &'r Collection<'r>,
        across: &'r Across,
        limit: usize,
        lang: Lang,
    ) -> Self {
        let around = Around { addresses: across.corpus.addresses_by_path(), collection, lang };
        let patterns = found.patterns.iter().zip(anchors(&found.patterns, collection)).take(limit);
        Self {
            version: 1,
            incidents: found.incidents,
            needed: found.least,
            tested: found.tested,
            pairs: found.pairs,
            stated: found.stated.iter().map(|(facet, count)| (facet.id(), *count)).collect(),
            total: found.patterns.len(),
            recurrences: recurrences::all(collection, lang),
            patterns: patterns.map(|(pattern, id)| around.pattern(pattern, id)).collect(),
        }
    }
}

/// What a pattern needs to know of its reports.
struct Around<'r> {
    /// By the path of the report.
    addresses: BTreeMap<&'r str, String>,
    collection: &'r Collection<'r>,
    lang: Lang,
}

impl<'r> Around<'r> {
    fn pattern(&self, pattern: &Pattern, id: String) -> Found<'r> {
        let values = |values: &[PatternValue]| values.iter().map(|v| self.value(*v)).collect();
        Found {
            name: name(&pattern.values, self.collection).render(self.lang),
            url: format!("patterns/#{id}"),
            id,
            values: values(&pattern.values),
            shared: values(&pattern.shared),
            support: pattern.places.len(),
            among: pattern.among,
            expected: hundredths(pattern.expected),
            lift: hundredths(pattern.lift),
            lift_low: hundredths(pattern.lift_low),
            first: pattern.first.map(|date| date.to_string()),
            last: pattern.last.map(|date| date.to_string()),
            incidents: pattern.places.iter().map(|place| self.incident(*place)).collect(),
            actions: self.actions(&pattern.promised),
        }
    }

    fn value(&self, value: PatternValue) -> Value<'r> {
        let counted = value.of(self.collection);
        Value { facet: value.facet.id(), value: &counted.key, label: counted.label(self.lang) }
    }

    fn incident(&self, place: usize) -> Incident<'r> {
        let report = self.collection.reports[place];
        let incident = &report.incident;
        let address = self.addresses.get(&*report.path);
        Incident {
            id: incident.id.value.as_str(),
            url: address.map(|address| report_url(address)).unwrap_or_default(),
            title: &incident.title.value,
            date: incident.date.as_ref().map(|date| date.value.to_string()),
            severity: incident.severity.as_ref().map(|severity| severity.value.written.as_str()),
        }
    }

    fn actions(&self, promised: &Promised) -> Actions<'r> {
        let open = promised.open.iter().map(|&at| {
            let action = mining::action(self.collection, at);
            Open {
                report: self.collection.reports[at.0].incident.id.value.as_str(),
                id: &action.id,
                text: &action.text,
                status: action.status.id(),
                due: action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone()),
            }
        });
        let row = |counts: [usize; 3]| Horizon::ALL.iter().map(|h| h.id()).zip(counts).collect();
        let kinds = ActionKind::ALL.iter().map(|kind| kind.id());
        let missing = promised.gaps().into_iter().map(|(gap, of)| match gap {
            Gap::Kind(kind) => Missing { kind: Some(kind.id()), horizon: None, of },
            Gap::Horizon(horizon) => Missing { kind: None, horizon: Some(horizon.id()), of },
        });
        Actions {
            total: promised.total(),
            status: ActionStatus::ALL
                .iter()
                .map(|status| (status.id().replace('-', "_"), promised.count(*status)))
                .collect(),
            open: open.collect(),
            grid: kinds.zip(promised.grid.map(row)).collect(),
            with_kind: promised.with_kind(),
            with_horizon: promised.with_horizon(),
            missing: missing.collect(),
        }
    }
}

/// More digits would say more than is known.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
