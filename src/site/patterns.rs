//! What keeps happening together: the patterns page.

use serde::Serialize;

use super::relations::Again;
use super::report::share;
use super::view::{Badge, Link, Page, facet_url, severity};
use super::{Book, Out, Sink, SiteError};
use crate::corpus::report_url;
use crate::l10n::{Message, Text};
use crate::model::{ActionKind, ActionStatus, Horizon};
use crate::patterns::mining::{
    Pattern, PatternValue, Promised, action, anchors, figures, gap, name, needs, notes, span,
};

/// Incidents that are listed of each pattern at once, and on request.
const SHOWN: usize = 5;
const LISTED: usize = 20;
/// Recurrences that are listed.
const AGAIN: usize = 50;
/// Open actions that are listed of each pattern.
const OPEN: usize = 5;

/// Writes the page.
pub(super) fn publish<S: Sink>(
    book: &Book<'_>,
    out: &Out<'_, S>,
) -> Result<(), SiteError<S::Error>> {
    let page = Page::new("patterns/index.html", book.site.word("patterns"), PatternsPage::of(book));
    out.page("patterns/index.html", &book.pages.render("patterns.html", &page)?)
}

#[derive(Clone, Debug, Serialize)]
struct PatternsPage {
    /// What there must be for a pattern, where there is none.
    nothing: Option<String>,
    /// How many incidents state each facet, where there is no pattern.
    stated: Vec<StatedView>,
    patterns: Vec<PatternView>,
    notes: Vec<String>,
    /// What came back, the newest first.
    again: Vec<Again>,
    /// The day of the build: what is open is open as of it.
    today: String,
}

#[derive(Clone, Debug, Serialize)]
struct StatedView {
    text: String,
    count: usize,
    width: String,
}

/// A pattern in a list.
#[derive(Clone, Debug, Serialize)]
struct PatternView {
    anchor: String,
    name: String,
    figures: String,
    span: Option<String>,
    /// How many of the most incidents of any pattern, as wide as it is drawn.
    width: String,
    values: Vec<ValueView>,
    shared: Vec<ValueView>,
    shown: Vec<IncidentView>,
    /// Those that are listed on request.
    others: Vec<IncidentView>,
    /// How many are not listed.
    more: usize,
    promised: PromisedView,
}

#[derive(Clone, Debug, Serialize)]
struct ValueView {
    facet: &'static str,
    link: Link,
}

#[derive(Clone, Debug, Serialize)]
struct IncidentView {
    link: Link,
    lang: &'static str,
    date: Option<String>,
    severity: Option<Badge>,
}

#[derive(Clone, Debug, Serialize)]
struct PromisedView {
    /// `promised 12 actions: 7 done, 3 open`
    sentence: String,
    open: Vec<OpenView>,
    more: usize,
    gaps: Vec<String>,
    /// By kind and horizon, where any states both or either.
    grid: Option<GridView>,
}

#[derive(Clone, Debug, Serialize)]
struct OpenView {
    text: String,
    lang: &'static str,
    due: Option<String>,
    status: &'static str,
    report: Link,
}

#[derive(Clone, Debug, Serialize)]
struct GridView {
    summary: String,
    horizons: Vec<&'static str>,
    rows: Vec<GridRow>,
    /// How many of each horizon, whatever their kind.
    totals: [usize; 3],
    promised: usize,
}

#[derive(Clone, Debug, Serialize)]
struct GridRow {
    label: &'static str,
    counts: [usize; 3],
    total: usize,
}

impl PatternsPage {
    fn of(book: &Book<'_>) -> Self {
        let found = book.patterns;
        let most = found.patterns.iter().map(|pattern| pattern.places.len()).max().unwrap_or(1);
        let anchors = anchors(&found.patterns, book.collection);
        let views = found.patterns.iter().zip(anchors);
        let is_empty = found.patterns.is_empty();
        let say = |message: Message| message.render(book.site.speaks);
        let stated = found.stated.iter().filter(|_| is_empty && found.incidents > 0);
        Self {
            nothing: is_empty.then(|| say(needs(found))),
            stated: stated
                .map(|(facet, count)| StatedView {
                    text: facet.label().get(book.site.speaks).to_owned(),
                    count: *count,
                    width: share(*count, found.incidents),
                })
                .collect(),
            patterns: views.map(|(pattern, anchor)| book.pattern(pattern, anchor, most)).collect(),
            notes: if is_empty { Vec::new() } else { notes(found).into_iter().map(say).collect() },
            again: book.relations.again(book.shown, AGAIN, book.site.speaks),
            today: book.collection.settings.today.to_string(),
        }
    }
}

impl Book<'_> {
    fn pattern(&self, pattern: &Pattern, anchor: String, most: usize) -> PatternView {
        let say = |message: Message| message.render(self.site.speaks);
        let values = |values: &[PatternValue]| values.iter().map(|v| self.value(*v)).collect();
        let mut incidents = pattern.places.iter().map(|place| self.incident(*place));
        PatternView {
            anchor,
            name: say(name(&pattern.values, self.collection)),
            figures: say(figures(pattern, self.patterns)),
            span: span(pattern).map(say),
            width: share(pattern.places.len(), most),
            values: values(&pattern.values),
            shared: values(&pattern.shared),
            shown: incidents.by_ref().take(SHOWN).collect(),
            others: incidents.take(LISTED - SHOWN).collect(),
            more: pattern.places.len().saturating_sub(LISTED),
            promised: self.promised(&pattern.promised),
        }
    }

    fn value(&self, value: PatternValue) -> ValueView {
        let counted = value.of(self.collection);
        let text = counted.label(self.site.speaks).to_owned();
        ValueView {
            facet: value.facet.label().get(self.site.speaks),
            link: Link { text, url: Some(facet_url(value.facet, &counted.slug)) },
        }
    }

    fn to_report(&self, place: usize) -> Link {
        let item = &self.shown[place];
        let text = item.report.incident.title.value.clone();
        Link { text, url: Some(report_url(&item.address)) }
    }

    fn incident(&self, place: usize) -> IncidentView {
        let incident = &self.shown[place].report.incident;
        IncidentView {
            link: self.to_report(place),
            lang: incident.language.id(),
            date: incident.date.as_ref().map(|date| date.value.to_string()),
            severity: severity(incident),
        }
    }

    fn promised(&self, promised: &Promised) -> PromisedView {
        const NONE: Text = Text::new("No actions were promised.", "약속한 조치가 없습니다.");
        const PROMISED: Text = Text::new(
            "{count} {action|actions} promised: {states}",
            "약속한 조치 {count}건: {states}",
        );
        const STATE: Text = Text::new("{count} {state}", "{state} {count}");
        let lang = self.site.speaks;
        let states = ActionStatus::ALL.iter().filter(|status| promised.count(**status) > 0);
        let states: Vec<Message> = states
            .map(|status| {
                STATE.with("count", promised.count(*status)).with("state", status.label())
            })
            .collect();
        let sentence = if promised.total() == 0 {
            NONE.get(lang).to_owned()
        } else {
            PROMISED.with("count", promised.total()).with("states", states).render(lang)
        };
        let open = promised.open.iter().take(OPEN).map(|&at| {
            let action = action(self.collection, at);
            OpenView {
                text: action.text.clone(),
                lang: self.shown[at.0].report.incident.language.id(),
                due: action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone()),
                status: action.status.id(),
                report: self.to_report(at.0),
            }
        });
        PromisedView {
            sentence,
            open: open.collect(),
            more: promised.open.len().saturating_sub(OPEN),
            gaps: promised.gaps().into_iter().map(|found| gap(found).render(lang)).collect(),
            grid: self.grid(promised),
        }
    }

    fn grid(&self, promised: &Promised) -> Option<GridView> {
        const SUMMARY: Text = Text::new(
            "By kind and horizon: {kinds} of {count} state a kind, {horizons} a horizon",
            "종류와 기간별: {count}건 중 종류를 적은 것 {kinds}건, 기간을 적은 것 {horizons}건",
        );
        let lang = self.site.speaks;
        let summary = SUMMARY
            .with("count", promised.promised)
            .with("kinds", promised.with_kind())
            .with("horizons", promised.with_horizon());
        let rows = ActionKind::ALL.iter().enumerate().map(|(at, kind)| GridRow {
            label: kind.label().get(lang),
            counts: promised.grid[at],
            total: promised.kinds[at],
        });
        // Where no action says what it is, there is nothing to lay out.
        (promised.with_kind() > 0).then(|| GridView {
            summary: summary.render(lang),
            horizons: Horizon::ALL.iter().map(|horizon| horizon.label().get(lang)).collect(),
            rows: rows.collect(),
            totals: promised.horizons,
            promised: promised.promised,
        })
    }
}
