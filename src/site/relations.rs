//! Which reports name each other: what repeats what, and what belongs together.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Shown;
use super::view::{Link, Site};
use crate::corpus::report_url;
use crate::l10n::Text;
use crate::model::{Id, Sourced};

/// The places of reports that name each other, in the list of all that are shown.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Which report repeats which, in the order of the list.
    pub(super) repeats: Vec<(usize, usize)>,
    /// Whatever else belongs together, in both directions.
    related: BTreeMap<usize, BTreeSet<usize>>,
    before: BTreeMap<usize, BTreeSet<usize>>,
    after: BTreeMap<usize, BTreeSet<usize>>,
}

/// Reports under one label.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RelationView {
    label: String,
    class: &'static str,
    reports: Vec<Related>,
}

#[derive(Clone, Debug, Serialize)]
struct Related {
    link: Link,
    lang: &'static str,
    date: Option<String>,
}

impl Relations {
    pub(super) fn new(shown: &[Shown<'_>], by_id: &BTreeMap<String, usize>) -> Self {
        let mut relations = Self::default();
        for (place, item) in shown.iter().enumerate() {
            let incident = &item.report.incident;
            let named = |ids: &[Sourced<Id>]| -> Vec<usize> {
                let places = ids.iter().filter_map(|id| by_id.get(&id.value.key()).copied());
                places.filter(|other| *other != place).collect()
            };
            for before in named(&incident.recurrence_of) {
                relations.repeats.push((place, before));
                relations.before.entry(place).or_default().insert(before);
                relations.after.entry(before).or_default().insert(place);
            }
            for other in named(&incident.related) {
                relations.related.entry(place).or_default().insert(other);
                relations.related.entry(other).or_default().insert(place);
            }
        }
        relations
    }

    /// The relations of the report at `place`, for its page.
    pub(super) fn of(&self, place: usize, shown: &[Shown<'_>], site: &Site) -> Vec<RelationView> {
        let none = BTreeSet::new();
        let kinds = [
            ("repeats", Text::new("Repeats", "이전 장애"), &self.before),
            ("repeated-by", Text::new("Happened again", "다시 일어난 장애"), &self.after),
            ("related", Text::new("Related", "관련 장애"), &self.related),
        ];
        let mut views = Vec::new();
        for (class, label, places) in kinds {
            let reports = places.get(&place).unwrap_or(&none).iter().filter_map(|other| {
                let item = shown.get(*other)?;
                let incident = &item.report.incident;
                let text = incident.title.value.clone();
                Some(Related {
                    link: Link { text, url: Some(report_url(&item.address)) },
                    lang: incident.language.id(),
                    date: incident.date.as_ref().map(|date| date.value.to_string()),
                })
            });
            let reports: Vec<Related> = reports.collect();
            if !reports.is_empty() {
                views.push(RelationView {
                    label: label.get(site.speaks).to_owned(),
                    class,
                    reports,
                });
            }
        }
        views
    }
}
