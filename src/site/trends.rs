//! How incidents are noticed, how long they take and when they happen: the trends page.
//!
//! Every figure is a table, with bars where they help and with the number of cases it rests on. What depends on the
//! day of the build says so.

mod load;
mod table;
mod took;
mod when;

use serde::Serialize;

use super::view::{Link, Page, Site, facet_url};
use super::{Book, Out, Sink, SiteError};
use crate::corpus::{Counted, FacetKind};
use crate::l10n::{Message, Text};
use crate::patterns::coverage::Gap;
use crate::patterns::detection::Share;
use crate::patterns::trends::Trends;
use table::{Cell, Figure, Row};

/// Rows of a table that could go on for ever.
const ROWS: usize = 20;

/// What the page shows.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TrendsPage {
    incidents: usize,
    /// What the figures are about, and what they leave out.
    notes: Vec<String>,
    figures: Vec<Figure>,
}

/// Writes the page.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    let trends = Trends::new(book.collection);
    let content = TrendsPage {
        incidents: trends.incidents(),
        notes: notes(book, &trends),
        figures: figures(book, &trends),
    };
    let path = "trends/index.html";
    let page = Page::new(path, book.site.word("trends"), content);
    out.page(path, &book.pages.render("trends.html", &page)?)
}

fn figures(book: &Book<'_>, trends: &Trends<'_>) -> Vec<Figure> {
    if trends.incidents() == 0 {
        return Vec::new();
    }
    let site = book.site;
    let mut figures: Vec<Figure> = when::quarters(&trends.calendar, site).into_iter().collect();
    figures.extend(took::all(trends, site));
    figures.extend([noticed(trends, site), by_service(trends, site)].into_iter().flatten());
    figures.extend(when::hours(&trends.calendar, site));
    figures.extend(load::figures(book, &trends.load));
    figures.extend(gaps(&trends.gaps, site));
    figures
}

fn notes(book: &Book<'_>, trends: &Trends<'_>) -> Vec<String> {
    const PERIOD: Text = Text::new(
        "{count} {incident|incidents} from {first} to {last}, as of {today}.",
        "{today} 기준, {first}부터 {last}까지 난 장애 {count}건입니다.",
    );
    const UNDATED: Text = Text::new(
        "{count} {incident|incidents} without a date.",
        "날짜가 없는 장애 {count}건입니다.",
    );
    const NOT_COUNTED: Text = Text::new(
        "Near misses ({misses}) and drills ({drills}) are not counted: nothing was down.",
        "아차 사고 {misses}건과 훈련 {drills}건은 실제로 멈춘 것이 없어 세지 않았습니다.",
    );
    const LATER: Text = Text::new(
        "{count} {incident is|incidents are} dated after today and stand in no figure about days.",
        "날짜가 오늘보다 뒤인 장애 {count}건은 시기별 수치에 넣지 않았습니다.",
    );
    const HOW: Text = Text::new(
        "Incidents are few and their durations differ widely: a mean would describe none of them, so there are medians, the time within which nine of ten were over, and always the number of cases (n). Below five cases there is no share, no ninth decile and no trend.",
        "장애는 건수가 적고 걸린 시간의 편차가 커서 평균으로는 어느 장애도 설명하지 못합니다. 그래서 중앙값과 90%가 끝난 시간을 싣고, 몇 건에서 나온 값인지(n)를 늘 함께 적습니다. 다섯 건이 안 되면 비율도, 90% 값도, 추세도 싣지 않습니다.",
    );
    if trends.incidents() == 0 {
        return Vec::new();
    }
    let calendar = &trends.calendar;
    let count = trends.incidents() - calendar.undated - calendar.later;
    let period = calendar.period.map(|(first, last)| {
        PERIOD
            .with("count", count)
            .with("first", first.to_string())
            .with("last", last.to_string())
            .with("today", book.publication.settings.today.to_string())
    });
    let notes = [
        period,
        (calendar.undated > 0).then(|| UNDATED.with("count", calendar.undated)),
        (calendar.later > 0).then(|| LATER.with("count", calendar.later)),
        (trends.near_misses + trends.drills > 0)
            .then(|| NOT_COUNTED.with("misses", trends.near_misses).with("drills", trends.drills)),
        Some(HOW.into()),
    ];
    notes.into_iter().flatten().map(|note| note.render(book.site.speaks)).collect()
}

/// A value with the way to its page.
fn value(facet: FacetKind, value: &Counted, site: &Site) -> Link {
    let text = value.label(site.speaks).to_owned();
    Link { text, url: Some(facet_url(facet, &value.slug)) }
}

/// A share in words: never without its number of cases.
fn share(share: Share) -> Message {
    const SHARE: Text = Text::new(
        "{share} % ({low}–{high} %), {outside} of {n}",
        "{share}% ({low}~{high}%), {n}건 중 {outside}건",
    );
    const FEW: Text = Text::new("{outside} of {n}", "{n}건 중 {outside}건");
    match share.percent() {
        Some(percent) => SHARE
            .with("share", percent.share)
            .with("low", percent.low)
            .with("high", percent.high)
            .with("outside", share.outside)
            .with("n", share.n),
        None => FEW.with("outside", share.outside).with("n", share.n),
    }
}

/// Who noticed, with the time it took.
fn noticed(trends: &Trends<'_>, site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("Who noticed", "누가 먼저 알았나");
    const OUTSIDE: Text = Text::new(
        "Customers or partners were first: {share}. In brackets the 95 % interval.",
        "고객이나 협력사가 먼저 알아챈 비율: {share}. 괄호 안은 95% 구간입니다.",
    );
    const UNSAID: Text = Text::new(
        "{count} {report does|reports do} not say who noticed.",
        "누가 알아챘는지 적지 않은 보고서가 {count}건 있습니다.",
    );
    const BOTH: Text = Text::new(
        "{count} {report names|reports name} both sides; the one named first counts.",
        "내부와 외부를 모두 적은 보고서 {count}건은 먼저 적힌 쪽으로 셌습니다.",
    );
    let detection = &trends.detection;
    let mut figure = took::by(FacetKind::Detection, TITLE, &trends.by_detection, site)?;
    let notes = [
        (detection.all.n > 0).then(|| OUTSIDE.with("share", share(detection.all))),
        (detection.both > 0).then(|| BOTH.with("count", detection.both)),
        (detection.unsaid > 0).then(|| UNSAID.with("count", detection.unsaid)),
    ];
    figure.notes = notes.into_iter().flatten().map(|note| note.render(site.speaks)).collect();
    Some(figure)
}

/// Who noticed first, service by service.
fn by_service(trends: &Trends<'_>, site: &Site) -> Option<Figure> {
    const TITLE: Text =
        Text::new("Noticed outside first, by service", "고객·협력사가 먼저 알아챈 장애 (서비스별)");
    const COLUMNS: [Text; 2] = [
        FacetKind::Service.label(),
        Text::new("Customers or partners first", "고객·협력사가 먼저"),
    ];
    let services = &trends.detection.by_service;
    let row = |(service, of): &(&Counted, Share)| Row {
        head: Cell::link(value(FacetKind::Service, service, site)),
        cells: vec![Cell::bar(share(*of).render(site.speaks), of.outside, of.n)],
    };
    let rows: Vec<Row> = services.iter().take(ROWS).map(row).collect();
    let figure = Figure::new("noticed-by-service", TITLE, &COLUMNS, rows, site)?;
    Some(figure.of(services.len(), site))
}

/// What the figures rest on.
fn gaps(gaps: &[Gap], site: &Site) -> Option<Figure> {
    const TITLE: Text = Text::new("What reports do not say", "보고서에 적혀 있지 않은 것");
    const WHY: Text = Text::new(
        "What is not written down is in none of these figures.",
        "적혀 있지 않은 것은 위의 어떤 수치에도 들어 있지 않습니다.",
    );
    const COLUMNS: [Text; 2] =
        [Text::new("Fact", "항목"), Text::new("Incidents without it", "적지 않은 장애")];
    const OF: Text = Text::new("{count} of {n}", "{n}건 중 {count}건");
    let mut gaps: Vec<&Gap> = gaps.iter().filter(|gap| gap.missing > 0).collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.missing));
    let row = |gap: &&Gap| Row {
        head: Cell::text(gap.field.label().get(site.speaks)),
        cells: vec![Cell::bar(
            OF.with("count", gap.missing).with("n", gap.of).render(site.speaks),
            gap.missing,
            gap.of,
        )],
    };
    let mut figure = Figure::new("missing", TITLE, &COLUMNS, gaps.iter().map(row).collect(), site)?;
    figure.notes.push(WHY.get(site.speaks).to_owned());
    Some(figure)
}
