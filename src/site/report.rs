//! A report's page.

use serde::Serialize;

use super::drawing::{self, Drawing};
use super::relations::RelationsView;
use super::theme::{Pages, ThemeError};
use super::view::{Badge, FacetPages, Fact, Page, Site, Times, durations, facts, times};
use super::{Publication, Shown, view};
use crate::corpus::url_path;
use crate::l10n::{Lang, Text};
use crate::markup::{PageItem, PagePart, Rendered, RenderedHeading};
use crate::model::{Action, ActionStatus, Form, Incident, Section, SectionKind, Status};
use crate::parse::Edition;

/// What a report's page shows.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReportPage {
    id: String,
    lang: &'static str,
    date: Option<String>,
    kind: Option<Badge>,
    severity: Option<Badge>,
    status: Option<Badge>,
    draft: bool,
    /// What `check` found that is missing or wrong.
    errors: Vec<String>,
    facts: Vec<Fact>,
    durations: Vec<Fact>,
    times: Option<Times>,
    /// The drawing, where the report has no timeline for it to stand above.
    drawing: Option<Drawing>,
    relations: RelationsView,
    body: String,
    headings: Vec<RenderedHeading>,
    /// The Markdown behind the page, relative to the site's root.
    markdown: String,
    /// Where the report can be edited.
    edit: Option<String>,
}

/// What the theme adds under headings.
#[derive(Clone, Debug, Serialize)]
struct Insert<T> {
    lang: &'static str,
    #[serde(flatten)]
    content: T,
}

#[derive(Clone, Debug, Serialize)]
struct TimelineInsert {
    drawing: Drawing,
}

#[derive(Clone, Debug, Serialize)]
struct ActionsInsert {
    /// How many actions are in each state, in a fixed order.
    states: Vec<State>,
    total: usize,
}

/// A part of a bar of states.
#[derive(Clone, Debug, Serialize)]
pub(super) struct State {
    class: &'static str,
    label: &'static str,
    count: usize,
    x: String,
    width: String,
}

impl State {
    /// The parts of a bar, side by side, of classes with their labels and counts; those that count nothing are
    /// left out.
    pub(super) fn row<const N: usize>(
        parts: [(&'static str, Text, usize); N],
        lang: Lang,
    ) -> Vec<Self> {
        let total = parts.iter().map(|(_, _, count)| count).sum();
        let mut before = 0;
        let mut states = Vec::new();
        for (class, label, count) in parts.into_iter().filter(|(_, _, count)| *count > 0) {
            let (x, width) = (share(before, total), share(count, total));
            states.push(Self { class, label: label.get(lang), count, x, width });
            before += count;
        }
        states
    }
}

/// What stands around a report's text: the classes of its parts, and what is drawn under headings.
pub(super) struct Around {
    pub(super) parts: Vec<PagePart>,
    pub(super) items: Vec<PageItem>,
    /// The drawing of a report without a timeline of its own.
    drawing: Option<Drawing>,
}

/// Renders what the theme adds to a report's text.
pub(super) fn around(
    incident: &Incident,
    site: &Site,
    pages: &Pages,
) -> Result<Around, ThemeError> {
    let headed = |section: &&Section| section.form == Form::Heading && !section.kinds.is_empty();
    let mut parts: Vec<PagePart> = incident
        .sections
        .iter()
        .filter(headed)
        .map(|section| {
            let kinds: Vec<String> =
                section.kinds.iter().map(|kind| format!("part-{}", kind.id())).collect();
            let class = format!("part {}", kinds.join(" "));
            PagePart { heading: section.title_span, class, insert: String::new() }
        })
        .collect();
    let mut drawing = drawing::draw(incident, site.speaks);
    let is_timeline = |section: &Section| section.kinds.contains(&SectionKind::Timeline);
    if let Some(at) = incident.sections.iter().filter(headed).position(is_timeline)
        && let Some(drawing) = drawing.take()
    {
        let insert = Insert { lang: site.lang, content: TimelineInsert { drawing } };
        parts[at].insert = pages.render("timeline.html", &insert)?;
    }
    let holds = |section: &Section| section.kinds.iter().any(|kind| kind.holds_actions());
    let mut counted = 0;
    for (at, section) in incident.sections.iter().filter(headed).enumerate() {
        // A section inside another one was counted with it.
        if !holds(section) || section.span.start < counted {
            continue;
        }
        counted = section.span.end;
        let inside = incident.actions.iter().filter(|action| section.span.contains(action.span));
        if let Some(content) = tally(&inside.collect::<Vec<_>>(), site) {
            let insert = Insert { lang: site.lang, content };
            parts[at].insert.push_str(&pages.render("actions.html", &insert)?);
        }
    }
    parts.sort_by_key(|part| part.heading);
    let mut items: Vec<PageItem> =
        incident.actions.iter().map(|action| item(action, site)).collect();
    items.sort_by_key(|item| item.span);
    Ok(Around { parts, items, drawing })
}

/// How actions stand; nothing where no state is known.
fn tally(actions: &[&Action], site: &Site) -> Option<ActionsInsert> {
    const ORDER: [ActionStatus; 5] = [
        ActionStatus::Done,
        ActionStatus::InProgress,
        ActionStatus::Open,
        ActionStatus::Unknown,
        ActionStatus::WontDo,
    ];
    let total = actions.len();
    if actions.iter().all(|action| action.status == ActionStatus::Unknown) {
        return None;
    }
    let part = |status: ActionStatus| {
        let count = actions.iter().filter(|action| action.status == status).count();
        (status.id(), status.label(), count)
    };
    Some(ActionsInsert { states: State::row(ORDER.map(part), site.speaks), total })
}

/// `count` of `total` as a percentage with two digits.
pub(super) fn share(count: usize, total: usize) -> String {
    let hundredths = (count * 10_000 + total / 2) / total.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn item(action: &Action, site: &Site) -> PageItem {
    // A tick says done, an empty box says open; the other states need their word.
    let worded = matches!(action.status, ActionStatus::InProgress | ActionStatus::WontDo);
    let badge = worded.then(|| action.status.label().get(site.speaks).to_owned());
    PageItem {
        span: action.span,
        fields_from: action.text_span.end,
        class: format!("action {}", action.status.id()),
        due: action.due.map(|due| due.to_string()),
        status: action.status.id(),
        badge,
    }
}

impl ReportPage {
    pub(super) fn page(
        shown: &Shown<'_>,
        body: Rendered,
        around: Around,
        relations: RelationsView,
        facets: &FacetPages<'_>,
        site: &Site,
        publication: &Publication<'_>,
    ) -> Page<Self> {
        let settings = publication.settings;
        let incident = &shown.report.incident;
        let lang = site.speaks;
        let public = publication.edition == Edition::Public;
        let edit = settings.site.edit_url.as_ref().filter(|_| !public);
        let content = Self {
            id: shown.address.clone(),
            lang: incident.language.id(),
            date: incident.date.as_ref().map(|date| date.value.to_string()),
            kind: view::kind(incident, lang),
            severity: view::severity(incident),
            status: view::status(incident, lang),
            draft: incident.status.value == Status::Draft,
            errors: if public {
                Vec::new()
            } else {
                shown.errors.iter().map(|error| error.render(lang)).collect()
            },
            facts: facts(incident, facets, settings),
            durations: durations(incident, lang),
            times: times(incident, lang),
            drawing: around.drawing,
            relations,
            body: body.html,
            headings: body.headings.into_iter().filter(|heading| heading.level <= 3).collect(),
            markdown: format!("r/{}.md", url_path(&shown.address)),
            edit: edit.map(|url| url.replace("{path}", &url_path(&shown.report.path))),
        };
        Page::new(&shown.page(), incident.title.value.clone(), content)
    }
}
