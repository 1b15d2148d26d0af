//! The pages that lead to reports: home, the list, the facets and their values.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::report::share;
use super::value_figures::ValueFigures;
use super::view::{FacetPages, Link, Page, Row, Site, facet_url, row};
use super::{Publication, Shown};
use crate::corpus::{Counted, FacetIndex, FacetKind, report_url, url_path};
use crate::l10n::{Message, Text};
use crate::model::{Action, ActionStatus};
use crate::patterns::values::{Place, Values};

/// Rows of a list before it goes on to the next page.
const PER_PAGE: usize = 100;
/// Rows of each list on the first page.
const ON_HOME: usize = 10;
/// Values of each facet on the first page.
const VALUES_ON_HOME: usize = 6;

/// One page of a list of reports.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ListPage<'r> {
    heading: String,
    /// What the list is one value of.
    above: Option<Link>,
    count: usize,
    /// How many of them are here for what their text says.
    inferred: usize,
    rows: Vec<Cow<'r, Row>>,
    number: usize,
    pages: usize,
    newer: Option<String>,
    older: Option<String>,
    /// The first and the last day in the list.
    first: Option<String>,
    last: Option<String>,
    /// What is known of the value, on the first page of its list.
    value: Option<ValueFigures>,
}

/// A list of reports under one heading: its folder, and which rows.
pub(super) struct List<'l> {
    pub(super) folder: String,
    pub(super) heading: String,
    pub(super) above: Option<Link>,
    pub(super) rows: Vec<&'l Row>,
    /// The value whose list it is.
    pub(super) value: Option<Value<'l>>,
}

/// A value of a facet, and its place among all.
pub(super) struct Value<'l> {
    counted: &'l Counted,
    place: Place,
}

impl<'l> List<'l> {
    /// How many pages it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len().div_ceil(PER_PAGE).max(1)
    }

    /// The folder of a page, from 1.
    fn folder(&self, number: usize) -> String {
        match number {
            1 => self.folder.clone(),
            _ => format!("{}page/{number}/", self.folder),
        }
    }

    /// The file of a page, from 1.
    pub(super) fn path(&self, number: usize) -> String {
        self.folder(number) + "index.html"
    }

    /// One of its pages, from 1.
    pub(super) fn page(
        &self,
        number: usize,
        all: &[Row],
        values: &Values<'_>,
        site: &Site,
    ) -> Page<ListPage<'l>> {
        let pages = self.len();
        let first = (number - 1) * PER_PAGE;
        let inferred: &[usize] = self.value.as_ref().map_or(&[], |value| &value.counted.inferred);
        let row = |(at, row): (usize, &&'l Row)| {
            let place = self.value.as_ref().and_then(|value| value.counted.reports.get(first + at));
            match place.filter(|place| inferred.binary_search(place).is_ok()) {
                Some(_) => Cow::Owned(Row { inferred: true, ..(*row).clone() }),
                None => Cow::Borrowed(*row),
            }
        };
        let rows: Vec<Cow<'_, Row>> =
            self.rows.iter().skip(first).take(PER_PAGE).enumerate().map(row).collect();
        let path = self.path(number);
        let link = |to: usize| url_path(&self.folder(to));
        let days = self.rows.iter().filter_map(|row| row.date.as_deref());
        let content = ListPage {
            heading: self.heading.clone(),
            above: self.above.clone(),
            count: self.rows.len(),
            inferred: inferred.len(),
            rows,
            number,
            pages,
            newer: (number > 1).then(|| link(number - 1)),
            older: (number < pages).then(|| link(number + 1)),
            first: days.clone().min().map(str::to_owned),
            last: days.max().map(str::to_owned),
            value: (self.value.as_ref().filter(|_| number == 1))
                .map(|value| ValueFigures::new(value.place, values, all, site)),
        };
        Page::new(&path, self.heading.clone(), content)
    }
}

/// The rows of all reports, in their order.
pub(super) fn rows(
    shown: &[Shown<'_>],
    facets: &FacetPages<'_>,
    publication: &Publication<'_>,
) -> Vec<Row> {
    shown.iter().map(|item| row(item.report, &item.address, facets, publication.settings)).collect()
}

/// The list of all reports, then a list for every value of every facet.
pub(super) fn lists<'l>(rows: &'l [Row], facets: &'l [FacetIndex], site: &Site) -> Vec<List<'l>> {
    let mut lists = vec![List {
        folder: "reports/".to_owned(),
        heading: site.word("reports"),
        above: None,
        rows: rows.iter().collect(),
        value: None,
    }];
    for (facet, index) in facets.iter().enumerate() {
        let label = index.kind.label().get(site.speaks);
        for (at, value) in index.values.iter().enumerate() {
            let above =
                Link { text: label.to_owned(), url: Some(format!("by/#{}", index.kind.id())) };
            lists.push(List {
                folder: format!("by/{}/{}/", index.kind.id(), value.slug),
                heading: value.label(site.speaks).to_owned(),
                above: Some(above),
                rows: value.reports.iter().filter_map(|&place| rows.get(place)).collect(),
                value: Some(Value { counted: value, place: Place { facet, value: at } }),
            });
        }
    }
    lists
}

/// All facets with their values.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FacetsPage {
    facets: Vec<FacetView>,
    /// Some values are not stated anywhere.
    inferred: bool,
}

#[derive(Clone, Debug, Serialize)]
struct FacetView {
    id: &'static str,
    label: String,
    values: Vec<ValueView>,
    /// Values that are not listed here.
    more: usize,
    /// How many reports do not state theirs, in words.
    inferred: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct ValueView {
    text: String,
    url: String,
    count: usize,
    /// How many of them are inferred.
    inferred: usize,
    /// The share of reports, as wide as it is drawn, and that of the ones that state the value.
    width: String,
    stated: String,
    /// Steps below the root of a tree.
    depth: usize,
}

impl FacetsPage {
    pub(super) fn page(facets: &[FacetIndex], site: &Site) -> Page<Self> {
        let facets: Vec<FacetView> =
            facets.iter().map(|index| facet(index, usize::MAX, site)).collect();
        let inferred =
            facets.iter().flat_map(|facet| &facet.values).any(|value| value.inferred > 0);
        Page::new("by/index.html", site.word("facets"), Self { facets, inferred })
    }
}

fn facet(index: &FacetIndex, most: usize, site: &Site) -> FacetView {
    let mut values: Vec<&Counted> = index.values.iter().collect();
    let is_tree = index.kind == FacetKind::Cause;
    if is_tree && most == usize::MAX {
        // As a tree: what is below stands below.
        values.sort_by(|left, right| left.key.cmp(&right.key));
    } else if is_tree {
        // What is above says less than what is below it.
        values.retain(|value| value.key.contains('/'));
    }
    let more = values.len().saturating_sub(most);
    let shown = values.into_iter().take(most).map(|value| ValueView {
        text: value.label(site.speaks).to_owned(),
        url: facet_url(index.kind, &value.slug),
        count: value.reports.len(),
        inferred: value.inferred.len(),
        width: share(value.reports.len(), site.reports),
        stated: share(value.reports.len() - value.inferred.len(), site.reports),
        depth: if is_tree && most == usize::MAX { value.key.matches('/').count() } else { 0 },
    });
    FacetView {
        id: index.kind.id(),
        label: index.kind.label().get(site.speaks).to_owned(),
        values: shown.collect(),
        more,
        inferred: inferred(index).map(|message| message.render(site.speaks)),
    }
}

/// How many of a facet's reports do not state their values.
fn inferred(index: &FacetIndex) -> Option<Message> {
    const SOME: Text = Text::new(
        "inferred in {inferred} of {count} {report|reports}",
        "보고서 {count}건 가운데 {inferred}건은 추정",
    );
    const ALL: Text =
        Text::new("all inferred ({count} {report|reports})", "모두 추정(보고서 {count}건)");
    let distinct = |places: &dyn Fn(&Counted) -> &[usize]| {
        let all: BTreeSet<usize> = index.values.iter().flat_map(places).copied().collect();
        all.len()
    };
    let of_these = distinct(&|value| &value.inferred);
    if of_these == 0 {
        return None;
    }
    let all = distinct(&|value| &value.reports);
    let text = if of_these == all { ALL } else { SOME };
    Some(text.with("inferred", of_these).with("count", all))
}

/// The first page: what needs attention, what is new, what keeps coming.
#[derive(Clone, Debug, Serialize)]
pub(super) struct HomePage<'r> {
    newest: Vec<&'r Row>,
    recurrences: Vec<Recurrence>,
    promises: Vec<Promise>,
    /// How many promises are open in all.
    open: usize,
    /// How many more there are of which nobody wrote down how they stand.
    unrecorded: Option<String>,
    facets: Vec<FacetView>,
    figures: Vec<Figure>,
}

/// A report that says it repeats another.
#[derive(Clone, Debug, Serialize)]
struct Recurrence {
    date: Option<String>,
    again: Link,
    lang: &'static str,
    before: Link,
    before_lang: &'static str,
    before_date: Option<String>,
}

/// An action that is known to be open.
#[derive(Clone, Debug, Serialize)]
struct Promise {
    text: String,
    lang: &'static str,
    due: Option<String>,
    status: &'static str,
    owners: Vec<String>,
    report: Link,
}

#[derive(Clone, Debug, Serialize)]
struct Figure {
    label: String,
    value: usize,
    url: String,
}

/// The order of open promises: the soonest due first, those without a date last.
fn by_due<'a>(left: &(&'a Action, usize), right: &(&'a Action, usize)) -> std::cmp::Ordering {
    let key = |(action, place): &(&'a Action, usize)| (action.due.is_none(), action.due, *place);
    key(left).cmp(&key(right))
}

impl<'r> HomePage<'r> {
    pub(super) fn page(
        shown: &[Shown<'_>],
        rows: &'r [Row],
        facets: &[FacetIndex],
        repeats: &[&crate::patterns::recurrence::Recurrence<'_>],
        site: &Site,
    ) -> Page<Self> {
        const ON_FRONT: [FacetKind; 4] =
            [FacetKind::Service, FacetKind::Cause, FacetKind::Trigger, FacetKind::Detection];
        const INCIDENTS: [Text; 2] =
            [Text::new("report", "보고서"), Text::new("reports", "보고서")];
        const PROMISES: [Text; 2] =
            [Text::new("open action", "미완료 조치"), Text::new("open actions", "미완료 조치")];
        const STATELESS: [Text; 2] = [
            Text::new("action without a state", "상태가 적히지 않은 조치"),
            Text::new("actions without a state", "상태가 적히지 않은 조치"),
        ];
        const UNRECORDED: Text = Text::new(
            "Of {count} more {action|actions} no report says whether they are done.",
            "끝났는지 적혀 있지 않은 조치가 {count}건 더 있습니다.",
        );
        const AGAIN: [Text; 2] =
            [Text::new("recurrence", "재발"), Text::new("recurrences", "재발")];
        let is_open = |action: &&Action| action.is_open();
        let mut open: Vec<(&Action, usize)> = shown
            .iter()
            .enumerate()
            .flat_map(|(place, item)| {
                item.report.incident.actions.iter().filter(is_open).map(move |a| (a, place))
            })
            .collect();
        open.sort_by(by_due);
        let actions = shown.iter().flat_map(|item| &item.report.incident.actions);
        let stateless = actions.filter(|action| action.status == ActionStatus::Unknown).count();
        let promise = |(action, place): &(&Action, usize)| Promise {
            text: action.text.clone(),
            lang: rows[*place].lang,
            due: action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone()),
            status: action.status.id(),
            owners: action.owners.clone(),
            report: link(&rows[*place]),
        };
        let figure = |[one, many]: [Text; 2], value: usize, url: &str| Figure {
            label: if value == 1 { one } else { many }.get(site.speaks).to_owned(),
            value,
            url: url.to_owned(),
        };
        let front = ON_FRONT.iter().filter_map(|kind| facets.iter().find(|i| i.kind == *kind));
        let content = Self {
            newest: rows.iter().take(ON_HOME).collect(),
            recurrences: repeats
                .iter()
                .take(ON_HOME)
                .map(|repeat| (repeat.newer, repeat.older))
                .map(|(again, before)| Recurrence {
                    date: rows[again].date.clone(),
                    again: link(&rows[again]),
                    lang: rows[again].lang,
                    before: link(&rows[before]),
                    before_lang: rows[before].lang,
                    before_date: rows[before].date.clone(),
                })
                .collect(),
            promises: open.iter().take(ON_HOME).map(promise).collect(),
            open: open.len(),
            unrecorded: (stateless > 0)
                .then(|| UNRECORDED.with("count", stateless).render(site.speaks)),
            facets: front.map(|index| facet(index, VALUES_ON_HOME, site)).collect(),
            figures: vec![
                figure(INCIDENTS, rows.len(), "reports/"),
                // Nothing is known to be open where nothing is said about any of them.
                if open.is_empty() && stateless > 0 {
                    figure(STATELESS, stateless, "reports/")
                } else {
                    figure(PROMISES, open.len(), "#promises")
                },
                figure(AGAIN, repeats.len(), "#recurrences"),
            ],
        };
        Page::new("index.html", site.title.clone(), content)
    }
}

fn link(row: &Row) -> Link {
    Link { text: row.title.clone(), url: Some(row.url.clone()) }
}

/// A page in another one's former place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RedirectPage {
    /// Where it went, relative to the site's root.
    target: String,
    lang: &'static str,
}

impl RedirectPage {
    pub(super) fn page(path: &str, item: &Shown<'_>) -> Page<Self> {
        let incident = &item.report.incident;
        let content = Self { target: report_url(&item.address), lang: incident.language.id() };
        Page::new(path, incident.title.value.clone(), content)
    }
}
