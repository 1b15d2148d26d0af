//! How reports belong together: what repeats what, what is alike, who links to whom.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Shown;
use super::view::{Link, Site};
use crate::corpus::{path_of, report_url};
use crate::l10n::{Lang, Text};
use crate::markup::LeadKind;
use crate::model::{Id, Sourced};
use crate::patterns::Collection;
use crate::patterns::recurrence::{Ground, Recurrence, chains, told_of};

/// Similar reports on a page.
const SIMILAR: usize = 5;
/// Promises of an earlier report on a page.
const PROMISES: usize = 5;

/// The places of reports that belong together, in the list of all that are shown.
pub(super) struct Relations<'r> {
    collection: &'r Collection<'r>,
    /// Places in the list of recurrences, by the newer report and by the older one.
    by_newer: BTreeMap<usize, Vec<usize>>,
    by_older: BTreeMap<usize, Vec<usize>>,
    /// Whatever else belongs together by its front matter, in both directions.
    related: BTreeMap<usize, BTreeSet<usize>>,
    /// Who links to a report in its text.
    linked_from: BTreeMap<usize, BTreeSet<usize>>,
    /// The chain that a report stands in, from its first incident to its last.
    chain: BTreeMap<usize, Vec<usize>>,
}

const THIS: Text = Text::new("this incident", "이 장애");
const IT: Text = Text::new("it", "그 장애");

/// An incident that came back, in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Again {
    newer: Related,
    older: Related,
    /// Nobody says so; the reports read alike.
    maybe: bool,
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
    /// Why it is here, and what is known of its promises.
    notes: Vec<String>,
}

/// What a report's page shows of the others: before its text and after it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct RelationsView {
    pub(super) before: Vec<RelationView>,
    pub(super) after: Vec<RelationView>,
}

impl<'r> Relations<'r> {
    pub(super) fn new(
        shown: &[Shown<'_>],
        by_id: &BTreeMap<String, usize>,
        collection: &'r Collection<'r>,
    ) -> Self {
        let mut relations = Self {
            collection,
            by_newer: BTreeMap::new(),
            by_older: BTreeMap::new(),
            related: BTreeMap::new(),
            linked_from: BTreeMap::new(),
            chain: BTreeMap::new(),
        };
        for chain in chains(collection.recurrences()) {
            for place in &chain {
                relations.chain.entry(*place).or_insert_with(|| chain.clone());
            }
        }
        for (at, recurrence) in collection.recurrences().iter().enumerate() {
            relations.by_newer.entry(recurrence.newer).or_default().push(at);
            relations.by_older.entry(recurrence.older).or_default().push(at);
        }
        let by_path: BTreeMap<&str, usize> =
            shown.iter().enumerate().map(|(place, item)| (&*item.report.path, place)).collect();
        for (place, item) in shown.iter().enumerate() {
            let incident = &item.report.incident;
            let named = |ids: &[Sourced<Id>]| -> Vec<usize> {
                let places = ids.iter().filter_map(|id| by_id.get(&id.value.key()).copied());
                places.filter(|other| *other != place).collect()
            };
            for other in named(&incident.related) {
                relations.related.entry(place).or_default().insert(other);
                relations.related.entry(other).or_default().insert(place);
            }
            let links = item.report.leads.leads.iter().filter(|lead| lead.kind == LeadKind::Link);
            for lead in links {
                let target = path_of(&item.report.path, &lead.target);
                let target = target.and_then(|(path, _)| by_path.get(path.as_str()).copied());
                if let Some(target) = target.filter(|target| *target != place) {
                    relations.linked_from.entry(target).or_default().insert(place);
                }
            }
        }
        relations
    }

    /// What happened again because somebody says so, the newest first.
    pub(super) fn declared(&self) -> impl Iterator<Item = &Recurrence<'r>> {
        self.collection.recurrences().iter().filter(|r| r.ground == Ground::Declared)
    }

    /// What came back, the newest first, with what is known of the promises of the first time.
    pub(super) fn again(&self, shown: &[Shown<'_>], most: usize, lang: Lang) -> Vec<Again> {
        let view = |recurrence: &Recurrence<'_>| {
            let told = told_of(&recurrence.promises, IT, PROMISES);
            let notes = told.iter().map(|line| line.render(lang)).collect();
            Some(Again {
                newer: related(recurrence.newer, shown, notes)?,
                older: related(recurrence.older, shown, Vec::new())?,
                maybe: recurrence.ground != Ground::Declared,
            })
        };
        self.collection.recurrences().iter().filter_map(view).take(most).collect()
    }

    /// The relations of the report at `place`, for its page.
    pub(super) fn of(&self, place: usize, shown: &[Shown<'_>], site: &Site) -> RelationsView {
        let lang = site.speaks;
        let mut view = RelationsView::default();
        let mut told = BTreeSet::new();
        let labels = [
            (true, Ground::Declared, "repeats", Text::new("Repeats", "이전 장애")),
            (
                true,
                Ground::Inferred(0.0),
                "repeats maybe",
                Text::new("Did this happen before?", "전에도 있었던 장애일까요?"),
            ),
            (
                false,
                Ground::Declared,
                "repeated-by",
                Text::new("Happened again", "다시 일어난 장애"),
            ),
            (
                false,
                Ground::Inferred(0.0),
                "repeated-by maybe",
                Text::new("Did this happen again?", "다시 일어난 장애일까요?"),
            ),
        ];
        for (is_newer, ground, class, label) in labels {
            let known = if is_newer { &self.by_newer } else { &self.by_older };
            let mut reports = Vec::new();
            for at in known.get(&place).into_iter().flatten() {
                let recurrence = &self.collection.recurrences()[*at];
                if (recurrence.ground == Ground::Declared) != (ground == Ground::Declared) {
                    continue;
                }
                let other = if is_newer { recurrence.older } else { recurrence.newer };
                told.insert(other);
                let mut notes = Vec::new();
                if ground != Ground::Declared {
                    notes = self.reasons(place, other, lang);
                }
                let newer = if is_newer { THIS } else { IT };
                let told = told_of(&recurrence.promises, newer, PROMISES);
                notes.extend(told.iter().map(|line| line.render(lang)));
                reports.extend(related(other, shown, notes));
            }
            add(&mut view.before, label, class, reports, lang);
        }
        if let Some(chain) = self.chain.get(&place) {
            let label = Text::new("The same incident, again and again", "거듭 일어난 같은 장애");
            let all = chain.iter().filter_map(|other| related(*other, shown, Vec::new()));
            add(&mut view.before, label, "chain", all.collect(), lang);
        }
        let plain = |places: Option<&BTreeSet<usize>>| -> Vec<Related> {
            let places = places.into_iter().flatten();
            places.filter_map(|other| related(*other, shown, Vec::new())).collect()
        };
        let label = Text::new("Related", "관련 장애");
        add(&mut view.before, label, "related", plain(self.related.get(&place)), lang);
        told.extend(self.related.get(&place).into_iter().flatten());

        let near = self.collection.near(place).iter();
        let near = near.filter(|near| !told.contains(&near.place)).take(SIMILAR);
        let similar = near
            .filter_map(|near| related(near.place, shown, self.reasons(place, near.place, lang)));
        let label = Text::new("Similar incidents", "비슷한 장애");
        add(&mut view.after, label, "similar", similar.collect(), lang);
        let label = Text::new("Linked from", "이 보고서를 가리키는 보고서");
        add(&mut view.after, label, "linked-from", plain(self.linked_from.get(&place)), lang);
        view
    }

    fn reasons(&self, place: usize, other: usize, lang: Lang) -> Vec<String> {
        self.collection.reasons(place, other).said().iter().map(|line| line.render(lang)).collect()
    }
}

fn add(
    views: &mut Vec<RelationView>,
    label: Text,
    class: &'static str,
    reports: Vec<Related>,
    lang: Lang,
) {
    if !reports.is_empty() {
        views.push(RelationView { label: label.get(lang).to_owned(), class, reports });
    }
}

fn related(place: usize, shown: &[Shown<'_>], notes: Vec<String>) -> Option<Related> {
    let item = shown.get(place)?;
    let incident = &item.report.incident;
    Some(Related {
        link: Link { text: incident.title.value.clone(), url: Some(report_url(&item.address)) },
        lang: incident.language.id(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        notes,
    })
}
