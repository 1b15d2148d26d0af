//! What was promised: the promises page and the calendar.

use rayon::prelude::*;
use serde::Serialize;

use super::calendar::Calendar;
use super::paging::{PER_PAGE, Paging, address};
use super::report::State;
use super::view::{Link, Page, facet_url};
use super::{Book, Out, Shown, Sink, SiteError};
use crate::corpus::{FacetKind, report_url};
use crate::l10n::{Lang, Text};
use crate::model::ActionStatus;
use crate::parse::Edition;
use crate::patterns::promises::{Promise, Promises, Standing, Tally};

const FOLDER: &str = "promises/";
/// Rows of a table; those with less that is open are counted.
const IN_TABLE: usize = 20;

/// One page of what was promised. Figures and tables stand on the first.
#[derive(Clone, Debug, Serialize)]
struct PromisesPage {
    intro: String,
    figures: Vec<Figure>,
    states: Vec<State>,
    total: usize,
    /// How soon actions are done, as far as reports tell.
    pace: Vec<String>,
    tables: Vec<Table>,
    groups: Vec<Group>,
    paging: Paging,
    has_calendar: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Figure {
    label: String,
    value: usize,
    class: &'static str,
    url: String,
}

#[derive(Clone, Debug, Serialize)]
struct Table {
    heading: String,
    rows: Vec<TableRow>,
    /// Rows that are not listed.
    more: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct TableRow {
    name: Link,
    states: Vec<State>,
    overdue: usize,
    open: usize,
    unknown: usize,
    done: usize,
    dropped: usize,
    total: usize,
}

/// Actions that stand alike.
#[derive(Clone, Debug, Serialize)]
struct Group {
    id: &'static str,
    heading: &'static str,
    count: usize,
    note: &'static str,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Serialize)]
struct Row {
    text: String,
    lang: &'static str,
    status: &'static str,
    /// What the state is called, where the list does not say it.
    state: Option<&'static str>,
    due: Option<String>,
    /// The due date is one of the calendar.
    is_date: bool,
    owners: Vec<String>,
    kind: Option<&'static str>,
    report: Link,
    date: Option<String>,
}

/// What all pages draw on, counted once.
struct Whole<'p> {
    promises: &'p Promises<'p>,
    /// What is not over, in the order of the pages.
    listed: Vec<&'p Promise<'p>>,
    tally: Tally,
    /// Those that are open before their due date.
    due: usize,
}

/// Writes the pages and the calendar.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    let promises = Promises::of(book.collection);
    let listed = promises.unfinished();
    let due = listed.iter().filter(|promise| promise.standing == Standing::Due).count();
    let whole = Whole { promises: &promises, listed, tally: promises.tally(), due };
    Paging::all(FOLDER, whole.listed.len()).into_par_iter().try_for_each(|paging| {
        let path = paging.path(FOLDER);
        let page = Page::new(&path, book.site.word("promises"), page(paging, &whole, book));
        out.page(&path, &book.pages.render("promises.html", &page)?)
    })?;
    out.file("actions.ics", calendar(&whole.listed, book).as_bytes())
}

fn calendar(listed: &[&Promise<'_>], book: &Book<'_>) -> String {
    let settings = book.publication.settings;
    let lang = book.site.speaks;
    let calendar = Calendar {
        name: &Calendar::name(Some(&book.site.title), lang),
        today: settings.today,
        lang,
        base_url: settings.site.base_url.as_deref(),
    };
    let item = |promise: &&Promise<'_>| -> &Shown<'_> { &book.shown[promise.place] };
    calendar.render(listed.iter().map(|promise| {
        let shown = item(promise);
        (*promise, shown.report, shown.address.as_str())
    }))
}

fn page(paging: Paging, whole: &Whole<'_>, book: &Book<'_>) -> PromisesPage {
    const INTRO: Text = Text::new(
        "What reports promised, as of {today}. An action of which nobody wrote down whether it is done counts as neither open nor overdue.",
        "보고서에서 약속한 조치입니다({today} 기준). 끝났는지 적혀 있지 않은 조치는 미완료로도, 기한이 지난 것으로도 세지 않습니다.",
    );
    let lang = book.site.speaks;
    let today = book.collection.settings.today.to_string();
    let Whole { promises, ref listed, tally, due } = *whole;
    let is_first = paging.number == 1;
    let rows = listed.get(paging.rows(listed.len())).unwrap_or_default();
    let groups = rows.chunk_by(|left, right| left.standing == right.standing);
    PromisesPage {
        intro: INTRO.with("today", today).render(lang),
        figures: if is_first { figures(tally, listed, lang) } else { Vec::new() },
        states: if is_first { states(tally, lang) } else { Vec::new() },
        total: tally.total(),
        pace: if is_first { pace(promises, book) } else { Vec::new() },
        tables: if is_first { tables(promises, book) } else { Vec::new() },
        groups: groups.filter_map(|rows| group(rows, whole, book)).collect(),
        paging,
        has_calendar: tally.overdue + due > 0,
    }
}

const OVERDUE: Text = Text::new("overdue", "기한 지남");
const OPEN: Text = Text::new("open", "미완료");

fn figures(tally: Tally, listed: &[&Promise<'_>], lang: Lang) -> Vec<Figure> {
    let figure = |label: Text, value: usize, class, standings: &[Standing]| {
        let first = listed.iter().position(|promise| standings.contains(&promise.standing));
        let url = first.map(|at| {
            format!("{}#{}", address(FOLDER, at / PER_PAGE + 1), group_id(listed[at].standing))
        });
        Figure { label: label.get(lang).to_owned(), value, class, url: url.unwrap_or_default() }
    };
    vec![
        figure(OVERDUE, tally.overdue, "overdue", &[Standing::Overdue]),
        figure(
            Text::new("open, not overdue", "기한 전이거나 기한 없는 미완료"),
            tally.open - tally.overdue,
            "open",
            &[Standing::Due, Standing::Undated],
        ),
        figure(ActionStatus::Unknown.label(), tally.unknown, "unknown", &[Standing::Unrecorded]),
        figure(ActionStatus::Done.label(), tally.done, "done", &[]),
    ]
}

/// The parts of a bar in the order of the tables' columns.
fn states(tally: Tally, lang: Lang) -> Vec<State> {
    let parts = [
        ("overdue", OVERDUE, tally.overdue),
        ("open", OPEN, tally.open - tally.overdue),
        ("unknown", ActionStatus::Unknown.label(), tally.unknown),
        ("done", ActionStatus::Done.label(), tally.done),
        ("wont-do", ActionStatus::WontDo.label(), tally.dropped),
    ];
    State::row(parts, lang)
}

fn pace(promises: &Promises<'_>, book: &Book<'_>) -> Vec<String> {
    const MEDIAN: Text = Text::new(
        "Half of those that were done took {median} {day|days} or less from the incident (n = {n}).",
        "완료된 조치의 절반은 장애 뒤 {median}일 안에 끝났습니다(n = {n}).",
    );
    const SPREAD: Text = Text::new(
        "Half of those that were done took {median} {day|days} or less from the incident, nine of ten {p90} {day|days} or less (n = {n}).",
        "완료된 조치의 절반은 장애 뒤 {median}일, 열에 아홉은 {p90}일 안에 끝났습니다(n = {n}).",
    );
    const KEPT: Text = Text::new(
        "{count} of {n} were done by their due date.",
        "기한이 적힌 완료 조치 {n}건 가운데 {count}건이 기한 안에 끝났습니다.",
    );
    let lang = book.site.speaks;
    let mut pace = Vec::new();
    if let Some(days) = promises.days_to_done(book.collection) {
        let text = match days.p90 {
            Some(p90) => SPREAD.with("p90", p90),
            None => MEDIAN.into(),
        };
        pace.push(text.with("median", days.median).with("n", days.n).render(lang));
    }
    let (count, n) = promises.kept();
    if n > 0 {
        pace.push(KEPT.with("count", count).with("n", n).render(lang));
    }
    pace
}

fn tables(promises: &Promises<'_>, book: &Book<'_>) -> Vec<Table> {
    const BY_TEAM: Text = Text::new("By team", "팀별");
    const BY_SERVICE: Text = Text::new("By service", "서비스별");
    const BY_SEVERITY: Text = Text::new("By severity", "심각도별");
    let lang = book.site.speaks;
    let facet = |kind: FacetKind| book.facets.iter().find(|facet| facet.kind == kind);
    let mut tables = Vec::new();
    // Who owns an action is nothing for the public.
    if book.publication.edition != Edition::Public {
        let team = |name: &str| {
            let page = facet(FacetKind::Team)?.find(&bokgi_search::fold(name))?;
            Some(facet_url(FacetKind::Team, &page.slug))
        };
        let rows = promises.by_team().into_iter();
        let rows =
            rows.map(|(name, tally)| (Link { text: name.to_owned(), url: team(name) }, tally));
        tables.push((BY_TEAM, rows.collect::<Vec<_>>()));
    }
    for (heading, kind) in [(BY_SERVICE, FacetKind::Service), (BY_SEVERITY, FacetKind::Severity)] {
        let rows = facet(kind).into_iter().flat_map(|facet| promises.by(facet));
        let rows = rows.map(|(value, tally)| {
            let url = Some(facet_url(kind, &value.slug));
            (Link { text: value.label(lang).to_owned(), url }, tally)
        });
        tables.push((heading, rows.collect()));
    }
    tables.retain(|(_, rows)| !rows.is_empty());
    tables.into_iter().map(|(heading, rows)| table(heading, rows, lang)).collect()
}

fn table(heading: Text, rows: Vec<(Link, Tally)>, lang: Lang) -> Table {
    const MORE: Text = Text::new(
        "{count} more with less that is open",
        "미완료가 더 적은 {count}개는 싣지 않았습니다",
    );
    let more = rows.len().saturating_sub(IN_TABLE);
    let row = |(name, tally): (Link, Tally)| TableRow {
        name,
        states: states(tally, lang),
        overdue: tally.overdue,
        open: tally.open,
        unknown: tally.unknown,
        done: tally.done,
        dropped: tally.dropped,
        total: tally.total(),
    };
    Table {
        heading: heading.get(lang).to_owned(),
        rows: rows.into_iter().take(IN_TABLE).map(row).collect(),
        more: (more > 0).then(|| MORE.with("count", more).render(lang)),
    }
}

fn group_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue => "overdue",
        Standing::Due => "open",
        Standing::Undated => "undated",
        Standing::Unrecorded => "unrecorded",
        Standing::Done => "done",
        Standing::Dropped => "dropped",
    }
}

fn group(rows: &[&Promise<'_>], whole: &Whole<'_>, book: &Book<'_>) -> Option<Group> {
    let Whole { tally, due, .. } = *whole;
    let lang = book.site.speaks;
    let standing = rows.first()?.standing;
    let (heading, note) = match standing {
        Standing::Overdue => (
            Text::new("Overdue", "기한 지남"),
            Text::new(
                "Open after the day it was due, the longest first.",
                "기한이 지났는데 끝나지 않은 조치입니다. 오래된 것부터 나옵니다.",
            ),
        ),
        Standing::Due => (
            Text::new("Open", "미완료"),
            Text::new("Soonest due first.", "기한이 이른 것부터 나옵니다."),
        ),
        Standing::Undated => (
            Text::new("Open, no due date", "미완료, 기한 없음"),
            Text::new("From the oldest report on.", "오래된 보고서의 조치부터 나옵니다."),
        ),
        _ => (
            Text::new("Not recorded", "기록 없음"),
            Text::new(
                "Nothing says whether these are done: a box to tick, [ ] or [x], is enough. From the newest report on.",
                "끝났는지 적혀 있지 않습니다. [ ]나 [x] 표시 하나면 됩니다. 최근 보고서의 조치부터 나옵니다.",
            ),
        ),
    };
    let count = match standing {
        Standing::Overdue => tally.overdue,
        Standing::Unrecorded => tally.unknown,
        Standing::Due => due,
        _ => tally.open - tally.overdue - due,
    };
    Some(Group {
        id: group_id(standing),
        heading: heading.get(lang),
        count,
        note: note.get(lang),
        rows: rows.iter().map(|promise| row(promise, book)).collect(),
    })
}

fn row(promise: &Promise<'_>, book: &Book<'_>) -> Row {
    let lang = book.site.speaks;
    let action = promise.action;
    let shown = &book.shown[promise.place];
    let incident = &shown.report.incident;
    let in_progress = action.status == ActionStatus::InProgress;
    Row {
        text: action.text.clone(),
        lang: incident.language.id(),
        status: action.status.id(),
        state: in_progress.then(|| action.status.label().get(lang)),
        due: action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone()),
        is_date: action.due.is_some(),
        owners: action.owners.clone(),
        kind: action.kind.map(|kind| kind.label().get(lang)),
        report: Link { text: incident.title.value.clone(), url: Some(report_url(&shown.address)) },
        date: incident.date.as_ref().map(|date| date.value.to_string()),
    }
}
