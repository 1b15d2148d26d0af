//! What a page about one value of a facet says above its reports.

use jiff::SignedDuration;
use serde::Serialize;

use super::report::share;
use super::view::{Link, Row, Site, duration, facet_url};
use crate::l10n::{Message, Text};
use crate::patterns::statistics::Summary;
use crate::patterns::values::{Companion, Place, Values};

/// A value of a facet in figures.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ValueFigures {
    /// `12 of 40 reports (30 %)`, with how many of them are inferred.
    share: String,
    first: Option<Seen>,
    last: Option<Seen>,
    durations: Vec<DurationFigures>,
    /// Actions that are known to be open.
    open_actions: usize,
    companions: Vec<CompanionView>,
    /// With how many values it was compared to find these.
    compared: String,
}

/// A report in which the value was seen.
#[derive(Clone, Debug, Serialize)]
struct Seen {
    date: String,
    report: Link,
    lang: &'static str,
}

/// How long a phase took.
#[derive(Clone, Debug, Serialize)]
struct DurationFigures {
    label: String,
    median: String,
    /// p90, or the range where there are too few for it.
    spread: Option<String>,
    n: usize,
}

/// A value that comes with this one more often than by chance.
#[derive(Clone, Debug, Serialize)]
struct CompanionView {
    value: Link,
    facet: String,
    together: String,
    lift: String,
    width: String,
}

impl ValueFigures {
    pub(super) fn new(place: Place, values: &Values<'_>, rows: &[Row], site: &Site) -> Self {
        const TIMES: [Text; 3] = [
            Text::new("Time to detect", "탐지까지"),
            Text::new("Time to mitigate", "완화까지"),
            Text::new("Time to resolve", "복구까지"),
        ];
        const COMPARED: Text = Text::new(
            "{count} {value was|values were} compared; about one in forty would pass by chance alone.",
            "값 {count}개와 견주었으며, 우연만으로도 마흔에 하나쯤은 이 기준을 넘습니다.",
        );
        let collection = values.collection();
        let counted = &collection.facets[place.facet].values[place.value];
        let figures = values.figures(place);
        let seen = |at: usize| {
            let row = rows.get(at)?;
            let report = Link { text: row.title.clone(), url: Some(row.url.clone()) };
            Some(Seen { date: row.date.clone()?, report, lang: row.lang })
        };
        let times = [figures.to_detect, figures.to_mitigate, figures.to_resolve];
        let companion = |companion: &Companion| {
            let index = &collection.facets[companion.place.facet];
            let other = &index.values[companion.place.value];
            CompanionView {
                value: Link {
                    text: other.label(site.speaks).to_owned(),
                    url: Some(facet_url(index.kind, &other.slug)),
                },
                facet: index.kind.label().get(site.speaks).to_owned(),
                together: together(companion.together, counted.reports.len()).render(site.speaks),
                lift: format!("{:.1}", companion.lift),
                width: share(companion.together, counted.reports.len()),
            }
        };
        Self {
            share: share_of(
                counted.reports.len(),
                collection.reports.len(),
                counted.inferred.len(),
            )
            .render(site.speaks),
            first: figures.first.and_then(seen),
            last: figures.last.and_then(seen),
            durations: (TIMES.into_iter().zip(times))
                .filter_map(|(label, summary)| {
                    Some(DurationFigures::new(label.get(site.speaks), summary?, site))
                })
                .collect(),
            open_actions: figures.open_actions,
            companions: figures.companions.iter().map(companion).collect(),
            compared: COMPARED.with("count", figures.compared).render(site.speaks),
        }
    }
}

fn share_of(count: usize, of: usize, inferred: usize) -> Message {
    const SHARE: Text = Text::new(
        "{count} of {of} {report|reports} ({percent} %)",
        "보고서 {of}건 가운데 {count}건({percent}%)",
    );
    const WITH_INFERRED: Text = Text::new(
        "{count} of {of} {report|reports} ({percent} %), {inferred} of them inferred from the text",
        "보고서 {of}건 가운데 {count}건({percent}%), 그중 {inferred}건은 본문에서 추정",
    );
    const ALL_INFERRED: Text = Text::new(
        "{count} of {of} {report|reports} ({percent} %), all inferred from the text",
        "보고서 {of}건 가운데 {count}건({percent}%), 모두 본문에서 추정",
    );
    let percent = match (count * 100 + of / 2) / of.max(1) {
        0 if count > 0 => "<1".to_owned(),
        percent => percent.to_string(),
    };
    let text = match inferred {
        0 => SHARE,
        all if all == count => ALL_INFERRED,
        _ => WITH_INFERRED,
    };
    text.with("count", count).with("of", of).with("percent", percent).with("inferred", inferred)
}

fn together(count: usize, of: usize) -> Message {
    const TOGETHER: Text = Text::new("{count} of {of}", "{of}건 가운데 {count}건");
    TOGETHER.with("count", count).with("of", of)
}

impl DurationFigures {
    fn new(label: &str, summary: Summary, site: &Site) -> Self {
        const P90: Text = Text::new("p90 {time}", "p90 {time}");
        const RANGE: Text = Text::new("{least} to {most}", "{least}~{most}");
        let time = |seconds: i64| duration(SignedDuration::from_secs(seconds), site.speaks);
        let spread = match summary.p90 {
            Some(p90) => Some(P90.with("time", time(p90))),
            None if summary.n > 1 => {
                Some(RANGE.with("least", time(summary.least)).with("most", time(summary.most)))
            }
            None => None,
        };
        Self {
            label: label.to_owned(),
            median: time(summary.median),
            spread: spread.map(|spread| spread.render(site.speaks)),
            n: summary.n,
        }
    }
}
