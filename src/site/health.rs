//! The health of the knowledge base: which reports still need work.

use jiff::SignedDuration;
use rayon::prelude::*;
use serde::Serialize;

use super::paging::Paging;
use super::report::share;
use super::view::{self, Badge, Link, Page, duration, facet_url};
use super::{Book, Out, Sink, SiteError};
use crate::corpus::{FacetKind, report_url};
use crate::l10n::{Lang, Message, Text, Value};
use crate::patterns::health::{Backed, Completeness, Health, Part, What};
use crate::patterns::statistics::FEW;

const FOLDER: &str = "health/";
/// Rows of each list on the first page.
const IN_LIST: usize = 10;
/// Names of tags on the first page.
const TAGS: usize = 40;

/// One page of how complete reports are. All but the list stands on the first.
#[derive(Clone, Debug, Serialize)]
struct HealthPage {
    intro: String,
    /// What to do next, the most useful first.
    next: Vec<Step>,
    figures: Vec<Figure>,
    gaps: Vec<GapRow>,
    stale: List,
    without_actions: List,
    unrecorded: List,
    lonely_tags: Vec<Link>,
    lonely_tags_note: Option<String>,
    /// How many reports lack something.
    incomplete: usize,
    rows: Vec<Row>,
    paging: Paging,
}

#[derive(Clone, Debug, Serialize)]
struct Step {
    text: String,
    /// The part of the page that shows it.
    part: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Figure {
    label: String,
    value: String,
    note: String,
}

/// A fact or a section that reports lack.
#[derive(Clone, Debug, Serialize)]
struct GapRow {
    name: String,
    what: &'static str,
    lacking: usize,
    asked: usize,
    width: String,
    empty: Option<String>,
}

/// The first reports of a list.
#[derive(Clone, Debug, Serialize)]
struct List {
    count: usize,
    rows: Vec<Named>,
    more: Option<String>,
}

/// A report, with a word about it.
#[derive(Clone, Debug, Serialize)]
struct Named {
    date: Option<String>,
    report: Link,
    lang: &'static str,
    note: Option<String>,
}

/// What a report lacks.
#[derive(Clone, Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    named: Named,
    status: Option<Badge>,
    there: usize,
    asked: usize,
    width: String,
    missing: Vec<String>,
}

/// Writes the pages; readers of a public edition have no part in this.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    if !book.site.has_health {
        return Ok(());
    }
    let health = Health::of(book.collection);
    let lacking: Vec<&Completeness> =
        health.reports.iter().filter(|report| !report.missing.is_empty()).collect();
    Paging::all(FOLDER, lacking.len()).into_par_iter().try_for_each(|paging| {
        let path = paging.path(FOLDER);
        let page = page(paging, &health, &lacking, book);
        let page = Page::new(&path, book.site.word("health"), page);
        out.page(&path, &book.pages.render("health.html", &page)?)
    })
}

fn page(
    paging: Paging,
    health: &Health<'_>,
    lacking: &[&Completeness],
    book: &Book<'_>,
) -> HealthPage {
    const INTRO: Text = Text::new(
        "What reports still lack of what their profile asks for, as of {today}. It is a list of work, not a grade.",
        "프로파일이 요구하는 것 가운데 아직 없는 것을 모았습니다({today} 기준). 점수가 아니라 할 일 목록입니다.",
    );
    const DAYS: Text = Text::new("{days} {day|days}", "{days}일");
    const ACTIONS: Text = Text::new("{count} {action|actions}", "조치 {count}건");
    let lang = book.site.speaks;
    let today = book.collection.settings.today.to_string();
    let is_first = paging.number == 1;
    let rows = lacking.get(paging.rows(lacking.len())).unwrap_or_default();
    let days = |days: i32| Some(DAYS.with("days", i64::from(days)));
    let actions = |count: usize| Some(ACTIONS.with("count", count));
    let stale = health.stale.iter().map(|stale| (stale.place, days(stale.days)));
    let without = health.without_actions.iter().map(|&place| (place, None));
    let unrecorded = health.unrecorded.iter().map(|&(place, count)| (place, actions(count)));
    let tags = if is_first { health.lonely_tags.as_slice() } else { &[] };
    HealthPage {
        intro: INTRO.with("today", today).render(lang),
        next: if is_first { next(health, lang) } else { Vec::new() },
        figures: if is_first { figures(health, lang) } else { Vec::new() },
        gaps: if is_first {
            health.gaps().into_iter().map(|gap| gap_row(gap, lang)).collect()
        } else {
            Vec::new()
        },
        stale: list(stale, is_first, book),
        without_actions: list(without, is_first, book),
        unrecorded: list(unrecorded, is_first, book),
        lonely_tags: tags
            .iter()
            .take(TAGS)
            .map(|tag| Link {
                text: tag.label(lang).to_owned(),
                url: Some(facet_url(FacetKind::Tag, &tag.slug)),
            })
            .collect(),
        lonely_tags_note: (!tags.is_empty()).then(|| tags_note(health, lang)),
        incomplete: lacking.len(),
        rows: rows.iter().map(|report| row(report, health, book)).collect(),
        paging,
    }
}

fn tags_note(health: &Health<'_>, lang: Lang) -> String {
    const NOTE: Text = Text::new(
        "{count} of {all} tags stand in one report only: a tag finds something once a second report has it.",
        "태그 {all}개 가운데 {count}개는 보고서 하나에만 있습니다. 태그는 두 번째 보고서가 쓸 때부터 쓸모가 있습니다.",
    );
    NOTE.with("count", health.lonely_tags.len()).with("all", health.tags).render(lang)
}

/// So many things that hardly any report has …
const FOREIGN: usize = 3;
/// … among so many reports say that the profile does not fit.
const FOREIGN_AMONG: usize = 10;

/// What helps readers most for the least work comes first: ends that are loose, then habits, then records.
fn next(health: &Health<'_>, lang: Lang) -> Vec<Step> {
    const STALE: Text = Text::new(
        "Finish {count} {draft|drafts}; the oldest has waited {days} {day|days}.",
        "끝나지 않은 초안 {count}건을 마무리하세요. 가장 오래된 것은 {days}일째입니다.",
    );
    const GAP: Text = Text::new(
        "Write down: {name}. It is missing in {count} of {asked} {report|reports}.",
        "{name}{을/를} 채우세요. 보고서 {asked}건 가운데 {count}건에 없습니다.",
    );
    const RECORD: Text = Text::new(
        "Add a record to {count} {action|actions}: a box to tick is enough.",
        "조치 {count}건이 끝났는지 적으세요. 체크 표시 하나면 됩니다.",
    );
    const PROMISE: Text = Text::new(
        "Look again at {count} {report|reports} without any action.",
        "조치가 하나도 없는 보고서 {count}건을 다시 살펴보세요.",
    );
    const PROFILE: Text = Text::new(
        "Ask for what you write: {count} things that the profile asks for are in hardly any report. bokgi init finds the profile that your reports follow.",
        "쓰는 것만 요구하세요. 프로파일이 요구하는 것 가운데 {count}가지는 거의 모든 보고서에 없습니다. bokgi init이 보고서에 맞는 프로파일을 찾아 줍니다.",
    );
    let mut next = Vec::new();
    // What nobody writes is no habit that slipped: the profile is another team's.
    let gaps = health.gaps();
    let foreign =
        gaps.iter().filter(|gap| gap.asked >= FOREIGN_AMONG && gap.lacking() * 10 >= gap.asked * 9);
    let foreign = foreign.count();
    if foreign >= FOREIGN {
        next.push((PROFILE.with("count", foreign), "gaps"));
    }
    if let Some(oldest) = health.stale.first() {
        let text = STALE.with("count", health.stale.len()).with("days", i64::from(oldest.days));
        next.push((text, "stale"));
    }
    // A habit is missing where a third of those that are asked do without.
    let habits = gaps.iter().filter(|gap| gap.lacking() * 3 >= gap.asked);
    let most = if foreign >= FOREIGN { 0 } else { 2 };
    next.extend(habits.take(most).map(|gap| {
        let text = GAP.with("name", gap.what.name()).with("asked", gap.asked);
        (text.with("count", gap.lacking()), "gaps")
    }));
    let unrecorded: usize = health.unrecorded.iter().map(|(_, count)| count).sum();
    if unrecorded > 0 {
        next.push((RECORD.with("count", unrecorded), "unrecorded"));
    }
    if !health.without_actions.is_empty() {
        next.push((PROMISE.with("count", health.without_actions.len()), "without-actions"));
    }
    next.into_iter().map(|(text, part)| Step { text: text.render(lang), part }).collect()
}

fn figures(health: &Health<'_>, lang: Lang) -> Vec<Figure> {
    const OF: Text = Text::new("{count} of {n}", "{n}건 중 {count}건");
    const COMPLETE: Text = Text::new("complete reports", "빠진 것 없는 보고서");
    const TO_FINAL: Text = Text::new(
        "from resolution to the last review or sharing",
        "복구부터 마지막 회고나 공유까지",
    );
    const MEDIAN: Text = Text::new(
        "median; known for {n} of {all} finished reports",
        "중앙값, 완료된 보고서 {all}건 중 {n}건 기준",
    );
    const SPREAD: Text = Text::new(
        "median, ninth decile {p90}; known for {n} of {all} finished reports",
        "중앙값, 90백분위 {p90}, 완료된 보고서 {all}건 중 {n}건 기준",
    );
    const ANSWERS: Text = Text::new("answers in whys name evidence", "왜에 대한 답에 근거가 있음");
    const ENTRIES: Text = Text::new(
        "timeline entries lead to a link, a log or a graph",
        "타임라인 항목에 링크, 로그, 그래프가 있음",
    );
    const IN_REPORTS: Text = Text::new("in {count} {report|reports}", "보고서 {count}건에서");
    const NONE: Text = Text::new("nothing to tell from yet", "아직 알 수 없음");
    let mut figures = vec![Figure {
        label: COMPLETE.get(lang).to_owned(),
        value: OF.with("count", health.complete).with("n", health.reports.len()).render(lang),
        note: String::new(),
    }];
    let backed = |label: Text, backed: Backed| {
        (backed.n > 0).then(|| Figure {
            label: label.get(lang).to_owned(),
            value: OF.with("count", backed.backed).with("n", backed.n).render(lang),
            note: IN_REPORTS.with("count", backed.reports).render(lang),
        })
    };
    if health.finished > 0 {
        let time = |seconds: i64| duration(SignedDuration::from_secs(seconds), lang);
        let (value, note) = match health.to_final {
            None => ("–".to_owned(), NONE.get(lang).to_owned()),
            Some(summary) => {
                let text = match summary.p90.filter(|_| summary.n >= FEW) {
                    Some(p90) => SPREAD.with("p90", time(p90)),
                    None => MEDIAN.into(),
                };
                let note = text.with("n", summary.n).with("all", health.finished);
                (time(summary.median), note.render(lang))
            }
        };
        figures.push(Figure { label: TO_FINAL.get(lang).to_owned(), value, note });
    }
    figures.extend(backed(ANSWERS, health.answers));
    figures.extend(backed(ENTRIES, health.entries));
    figures
}

fn gap_row(gap: &Part<'_>, lang: Lang) -> GapRow {
    const EMPTY: Text = Text::new("{count} with an empty heading", "제목만 있는 것 {count}건");
    let what = match gap.what {
        What::Fact(_) => Text::new("fact", "항목"),
        What::Section(_) => Text::new("section", "섹션"),
    };
    GapRow {
        name: named(gap.what.name(), lang),
        what: what.get(lang),
        lacking: gap.lacking(),
        asked: gap.asked,
        width: share(gap.lacking(), gap.asked),
        empty: (gap.empty > 0).then(|| EMPTY.with("count", gap.empty).render(lang)),
    }
}

fn named(value: Value, lang: Lang) -> String {
    const NAME: Text = Text::new("{name}", "{name}");
    NAME.with("name", value).render(lang)
}

/// The first of some reports; none on a page that does not show the list.
fn list(
    items: impl ExactSizeIterator<Item = (usize, Option<Message>)>,
    is_shown: bool,
    book: &Book<'_>,
) -> List {
    const MORE: Text = Text::new("and {count} more", "외 {count}건");
    let lang = book.site.speaks;
    let count = if is_shown { items.len() } else { 0 };
    let more = count.saturating_sub(IN_LIST);
    let rows = items.take(count.min(IN_LIST)).map(|(place, note)| Named {
        note: note.map(|note| note.render(lang)),
        ..report(place, book)
    });
    List {
        count,
        rows: rows.collect(),
        more: (more > 0).then(|| MORE.with("count", more).render(lang)),
    }
}

fn report(place: usize, book: &Book<'_>) -> Named {
    let shown = &book.shown[place];
    let incident = &shown.report.incident;
    Named {
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        report: Link { text: incident.title.value.clone(), url: Some(report_url(&shown.address)) },
        lang: incident.language.id(),
        note: None,
    }
}

fn row(report: &Completeness, health: &Health<'_>, book: &Book<'_>) -> Row {
    let lang = book.site.speaks;
    let there = report.asked - report.missing.len();
    Row {
        named: self::report(report.place, book),
        status: view::status(&book.shown[report.place].report.incident, lang),
        there,
        asked: report.asked,
        width: share(there, report.asked),
        missing: health.missing(report).map(|missing| named(missing, lang)).collect(),
    }
}
