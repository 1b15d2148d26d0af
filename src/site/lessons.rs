//! What was learned: a page with the newest of each kind, and pages with all of each.

use serde::Serialize;

use super::view::{Link, Page, Site, facet_url};
use super::{Book, Out, Sink, SiteError};
use crate::corpus::{FacetKind, report_url, url_path};
use crate::l10n::Text;
use crate::patterns::lessons::{Gathered, Lesson, LessonKind, gather};

/// Lessons of a page before it goes on to the next one.
const PER_PAGE: usize = 100;
/// Lessons of each kind on the first page.
const NEWEST: usize = 6;
/// Services whose lessons are counted.
const SERVICES: usize = 12;

/// All kinds, the newest of each.
#[derive(Clone, Debug, Serialize)]
struct LessonsPage {
    kinds: Vec<KindView>,
    /// Kinds that no report wrote of.
    silent: Option<String>,
}

/// A kind, or one page of it.
#[derive(Clone, Debug, Serialize)]
struct KindView {
    id: &'static str,
    heading: String,
    about: String,
    /// How many there are, and from how many reports.
    count: String,
    url: String,
    entries: Vec<Entry>,
    /// How many are not among these.
    more: usize,
    services: Vec<ServiceCount>,
    number: usize,
    pages: usize,
    newer: Option<String>,
    older: Option<String>,
}

/// What one report teaches.
#[derive(Clone, Debug, Serialize)]
struct Entry {
    date: Option<String>,
    report: Link,
    lang: &'static str,
    /// Empty where the report itself is the lesson.
    items: Vec<Item>,
    /// What is to be said about the report.
    note: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Item {
    text: String,
    test: String,
    result: String,
}

#[derive(Clone, Debug, Serialize)]
struct ServiceCount {
    service: Link,
    count: usize,
}

/// Writes the pages.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    let gathered = gather(book.collection);
    let (path, site) = ("lessons/index.html", book.site);
    let told = || gathered.iter().filter(|kind| !kind.lessons.is_empty());
    let content = LessonsPage {
        kinds: told().map(|kind| view(kind, 0, NEWEST, book)).collect(),
        silent: told().next().and_then(|_| silent(&gathered, site)),
    };
    let page = Page::new(path, site.word("lessons"), content);
    out.page(path, &book.pages.render("lessons.html", &page)?)?;
    for kind in told() {
        for number in 1..=kind.lessons.len().div_ceil(PER_PAGE) {
            let path = folder(kind.kind, number) + "index.html";
            let view = view(kind, (number - 1) * PER_PAGE, PER_PAGE, book);
            let page = Page::new(&path, view.heading.clone(), view);
            out.page(&path, &book.pages.render("lesson.html", &page)?)?;
        }
    }
    Ok(())
}

/// The folder of a kind's page, from 1.
fn folder(kind: LessonKind, number: usize) -> String {
    match number {
        1 => format!("lessons/{}/", kind.id()),
        _ => format!("lessons/{}/page/{number}/", kind.id()),
    }
}

fn silent(gathered: &[Gathered<'_>], site: &Site) -> Option<String> {
    const SILENT: Text = Text::new(
        "No report says anything under: {kinds}.",
        "다음 항목은 적은 보고서가 없습니다: {kinds}.",
    );
    let kinds: Vec<Text> = gathered
        .iter()
        .filter(|kind| kind.lessons.is_empty())
        .map(|kind| kind.kind.label())
        .collect();
    (!kinds.is_empty()).then(|| SILENT.with("kinds", kinds).render(site.speaks))
}

/// Why a kind is worth reading.
const fn about(kind: LessonKind) -> Text {
    match kind {
        LessonKind::Lucky => Text::new(
            "Luck is a risk that nobody has dealt with yet: next time it may be missing.",
            "운이 막아 준 것은 아직 손대지 않은 위험입니다. 다음에는 운이 따르지 않을 수 있습니다.",
        ),
        LessonKind::NearMiss => Text::new(
            "Nothing was down. An incident at no cost, whose causes are still worth removing.",
            "실제로 멈춘 것은 없었습니다. 대가 없이 배울 기회이며, 원인은 장애와 똑같이 없애야 합니다.",
        ),
        LessonKind::Surprise => Text::new(
            "Where the system was not what we took it for.",
            "시스템이 우리가 알던 것과 달랐던 곳입니다.",
        ),
        LessonKind::Learned => {
            Text::new("What the authors took away.", "보고서를 쓴 사람들이 얻은 교훈입니다.")
        }
        LessonKind::WentWrong => {
            Text::new("What made it longer or worse.", "장애를 더 길게, 더 크게 만든 것들입니다.")
        }
        LessonKind::WentWell => Text::new(
            "What is worth keeping, and worth copying.",
            "앞으로도 지키고, 다른 팀도 따라 할 만한 것들입니다.",
        ),
        LessonKind::RuledOut => Text::new(
            "What it was not, and how that was found out: an hour saved the next time.",
            "원인이 아니라고 확인한 것과 그 방법입니다. 다음번의 한 시간을 아껴 줍니다.",
        ),
    }
}

/// Some lessons of a kind, those of one report together.
fn view(kind: &Gathered<'_>, from: usize, most: usize, book: &Book<'_>) -> KindView {
    const COUNT: Text =
        Text::new("{count} from {reports} {report|reports}", "보고서 {reports}건에서 {count}개");
    const REPORTS: Text = Text::new("{count} {report|reports}", "보고서 {count}건");
    let lang = book.site.speaks;
    let until = kind.lessons.len().min(from + most);
    let lessons = kind.lessons.get(from..until).unwrap_or_default();
    let (number, pages) = (from / PER_PAGE + 1, kind.lessons.len().div_ceil(PER_PAGE));
    let link = |number: usize| url_path(&folder(kind.kind, number));
    let count = match kind.kind {
        LessonKind::NearMiss => REPORTS.with("count", kind.lessons.len()),
        _ => COUNT.with("count", kind.lessons.len()).with("reports", kind.reports),
    };
    let service = |(value, count): &(&crate::corpus::Counted, usize)| ServiceCount {
        service: Link {
            text: value.label(lang).to_owned(),
            url: Some(facet_url(FacetKind::Service, &value.slug)),
        },
        count: *count,
    };
    KindView {
        id: kind.kind.id(),
        heading: kind.kind.label().get(lang).to_owned(),
        about: about(kind.kind).get(lang).to_owned(),
        count: count.render(lang),
        url: link(1),
        entries: lessons
            .chunk_by(|left, right| left.place == right.place)
            .filter_map(|lessons| entry(kind.kind, lessons, book))
            .collect(),
        more: kind.lessons.len() - until,
        services: kind.by_service.iter().take(SERVICES).map(service).collect(),
        number,
        pages,
        newer: (number > 1).then(|| link(number - 1)),
        older: (number < pages).then(|| link(number + 1)),
    }
}

fn entry(kind: LessonKind, lessons: &[Lesson], book: &Book<'_>) -> Option<Entry> {
    const NO_ACTION: Text = Text::new(
        "this report promises no action at all",
        "이 보고서에는 약속한 조치가 하나도 없습니다",
    );
    const OPEN: Text = Text::new(
        "{count} {action|actions} of this report still open",
        "이 보고서의 미완료 조치 {count}건",
    );
    let item = book.shown.get(lessons.first()?.place)?;
    let incident = &item.report.incident;
    let open = incident.actions.iter().filter(|action| action.is_open()).count();
    let note = match kind {
        LessonKind::Lucky | LessonKind::NearMiss if incident.actions.is_empty() => {
            Some(NO_ACTION.into())
        }
        LessonKind::Lucky | LessonKind::NearMiss if open > 0 => Some(OPEN.with("count", open)),
        _ => None,
    };
    let items = lessons.iter().map(|lesson| Item {
        text: lesson.text.clone(),
        test: lesson.test.clone(),
        result: lesson.result.clone(),
    });
    Some(Entry {
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        report: Link { text: incident.title.value.clone(), url: Some(report_url(&item.address)) },
        lang: incident.language.id(),
        items: if kind == LessonKind::NearMiss { Vec::new() } else { items.collect() },
        note: note.map(|note: crate::l10n::Message| note.render(book.site.speaks)),
    })
}
