//! What pages show: plain words, numbers and links, ready for a template.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Serialize;

use super::theme::Theme;
use crate::config::Settings;
use crate::corpus::{FacetIndex, FacetKind, report_url, url_path, values};
use crate::l10n::{Lang, Text};
use crate::model::{Incident, Kind, Moment, Phase, Status};
use crate::parse::Report;

/// What all pages share: the theme sees it as `site`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Site {
    pub(super) title: String,
    pub(super) lang: &'static str,
    /// The theme's words in the site's language.
    words: BTreeMap<String, String>,
    /// How many reports there are.
    pub(super) reports: usize,
    /// Search engines may list the site.
    indexed: bool,
    /// Some report has a value of a facet.
    pub(super) has_facets: bool,
    /// The page about what reports still lack is published: not for the public.
    pub(super) has_health: bool,
    #[serde(skip)]
    pub(super) speaks: Lang,
}

impl Site {
    pub(super) fn new(settings: &Settings, theme: &Theme, lang: Lang, reports: usize) -> Self {
        let words = theme.words(lang);
        let named = settings.site.title.clone();
        let title = named.or_else(|| words.get("site_title").cloned()).unwrap_or_default();
        Self {
            title,
            lang: lang.tag(),
            words,
            reports,
            indexed: settings.site.indexed,
            has_facets: false,
            has_health: false,
            speaks: lang,
        }
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.words.get(key).cloned().unwrap_or_default()
    }

    /// The words whose keys begin with `family`, without that beginning.
    pub(super) fn words_of(&self, family: &str) -> BTreeMap<&str, &str> {
        let named = self.words.iter();
        named.filter_map(|(key, word)| Some((key.strip_prefix(family)?, word.as_str()))).collect()
    }
}

/// A page: what the theme's frame needs, and what is its own.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page<T> {
    pub(super) title: String,
    /// The way from this page to the site's root: empty, or `../` once or more.
    pub(super) root: String,
    #[serde(flatten)]
    pub(super) content: T,
}

impl<T> Page<T> {
    /// A page at `path`, a file below the site's root.
    pub(super) fn new(path: &str, title: impl Into<String>, content: T) -> Self {
        Self { title: title.into(), root: "../".repeat(path.matches('/').count()), content }
    }
}

/// A word with the class that colours it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Badge {
    pub(super) label: String,
    pub(super) class: String,
}

/// Words that may lead somewhere; `url` is relative to the site's root.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) url: Option<String>,
}

impl Link {
    pub(super) fn plain(text: String) -> Self {
        Self { text, url: None }
    }
}

/// A report in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) lang: &'static str,
    pub(super) date: Option<String>,
    pub(super) severity: Option<Badge>,
    pub(super) status: Option<Badge>,
    pub(super) kind: Option<Badge>,
    pub(super) services: Vec<Link>,
    pub(super) time_to_resolve: Option<String>,
    /// The report is in this list for what its text says, not for what it states.
    pub(super) inferred: bool,
}

/// A fact about an incident: what it is called, and its values.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) values: Vec<Link>,
    /// The report does not state them: its text says so.
    pub(super) inferred: bool,
}

impl Fact {
    fn of(label: Text, value: String, lang: Lang) -> Self {
        let label = label.get(lang).to_owned();
        Self { label, values: vec![Link::plain(value)], inferred: false }
    }
}

/// When each phase began.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Times {
    /// `Times (Asia/Seoul)`, where all are in one zone.
    label: String,
    facts: Vec<Fact>,
}

/// Where the facets' pages are, for links.
pub(super) struct FacetPages<'f> {
    pub(super) facets: &'f [FacetIndex],
    /// The language of labels.
    pub(super) lang: Lang,
}

impl FacetPages<'_> {
    /// The values of a facet that a report names, with links to their pages.
    pub(super) fn links(
        &self,
        incident: &Incident,
        facet: FacetKind,
        settings: &Settings,
    ) -> Vec<Link> {
        let index = self.facets.iter().find(|index| index.kind == facet);
        values(incident, facet, settings)
            .into_iter()
            .map(|value| Link {
                text: value.label.get(self.lang).to_owned(),
                url: index
                    .and_then(|index| index.find(&value.key))
                    .map(|counted| facet_url(facet, &counted.slug)),
            })
            .collect()
    }
}

/// The address of a value's page below the site's root.
pub(super) fn facet_url(facet: FacetKind, slug: &str) -> String {
    format!("by/{}/{}/", facet.id(), url_path(slug))
}

/// A report's row in a list.
pub(super) fn row(
    report: &Report,
    address: &str,
    pages: &FacetPages<'_>,
    settings: &Settings,
) -> Row {
    let incident = &report.incident;
    let lang = pages.lang;
    Row {
        title: incident.title.value.clone(),
        url: report_url(address),
        lang: incident.language.id(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        severity: severity(incident),
        status: status(incident, lang),
        kind: kind(incident, lang),
        services: pages.links(incident, FacetKind::Service, settings),
        time_to_resolve: incident
            .between(Phase::Started, Phase::Resolved)
            .map(|d| duration(d, lang)),
        inferred: false,
    }
}

/// The label as it is written; the rank decides the colour.
pub(super) fn severity(incident: &Incident) -> Option<Badge> {
    let severity = &incident.severity.as_ref()?.value;
    let class = severity.rank.map_or("unranked".to_owned(), |rank| format!("rank-{}", rank.min(4)));
    Some(Badge { label: severity.written.clone(), class })
}

/// A status worth a word: a finished report is the normal case.
pub(super) fn status(incident: &Incident, lang: Lang) -> Option<Badge> {
    let status = incident.status.value;
    let label = status.label().get(lang).to_owned();
    (status != Status::Final).then(|| Badge { label, class: status.id().to_owned() })
}

/// A kind worth a word: most reports are about incidents.
pub(super) fn kind(incident: &Incident, lang: Lang) -> Option<Badge> {
    let kind = incident.kind.value;
    let label = kind.label().get(lang).to_owned();
    (kind != Kind::Incident).then(|| Badge { label, class: kind.id().to_owned() })
}

/// The facets of a report that have values, with links to their pages.
pub(super) fn facts(incident: &Incident, pages: &FacetPages<'_>, settings: &Settings) -> Vec<Fact> {
    const SHOWN: [FacetKind; 8] = [
        FacetKind::Service,
        FacetKind::Dependency,
        FacetKind::Detection,
        FacetKind::Trigger,
        FacetKind::Cause,
        FacetKind::Mitigation,
        FacetKind::Team,
        FacetKind::Tag,
    ];
    SHOWN
        .into_iter()
        .map(|facet| Fact {
            label: facet.label().get(pages.lang).to_owned(),
            values: pages.links(incident, facet, settings),
            // A facet's values are all stated, or none of them is.
            inferred: values(incident, facet, settings).iter().any(|value| value.inferred),
        })
        .filter(|fact| !fact.values.is_empty())
        .collect()
}

/// The zone is said once where there is one, the day where it is not the incident's.
pub(super) fn times(incident: &Incident, lang: Lang) -> Option<Times> {
    const TIMES: Text = Text::new("Times", "시각");
    const IN_ZONE: Text = Text::new("Times ({zone})", "시각 ({zone})");
    let phases = || Phase::ALL.iter().filter_map(|phase| Some((phase, incident.phase(*phase)?)));
    let zone = |moment: &Moment| moment.zone.as_ref().map(|zone| zone.label.to_string());
    // `KST` and `Asia/Seoul` are one zone to a reader.
    let timed = || phases().filter(|(_, moment)| moment.time.is_some());
    let mut offsets: Vec<_> = timed().map(|(_, moment)| moment.offset()).collect();
    offsets.dedup();
    let shared =
        if offsets.len() == 1 { timed().find_map(|(_, moment)| zone(moment)) } else { None };
    let shown = |moment: &Moment| {
        let mut text = moment.to_string();
        let own = zone(moment).filter(|_| shared.is_some() && moment.time.is_some());
        if let Some(shorter) = own.and_then(|zone| text.strip_suffix(&zone).map(str::len)) {
            text.truncate(text[..shorter].trim_end().len());
        }
        let day = incident.date.as_ref().map(|date| format!("{} ", date.value));
        day.and_then(|day| text.strip_prefix(&day).map(str::to_owned)).unwrap_or(text)
    };
    let fact = |(phase, moment): (&Phase, &Moment)| Fact::of(phase.label(), shown(moment), lang);
    let facts: Vec<Fact> = phases().map(fact).collect();
    let label = match &shared {
        Some(zone) => IN_ZONE.with("zone", zone).render(lang),
        None => TIMES.get(lang).to_owned(),
    };
    (!facts.is_empty()).then_some(Times { label, facts })
}

/// Time to detect, to mitigate and to resolve, from the start.
pub(super) fn durations(incident: &Incident, lang: Lang) -> Vec<Fact> {
    let spans = [
        (Phase::Detected, Text::new("Time to detect", "탐지까지")),
        (Phase::Mitigated, Text::new("Time to mitigate", "완화까지")),
        (Phase::Resolved, Text::new("Time to resolve", "복구까지")),
    ];
    spans
        .into_iter()
        .filter_map(|(phase, label)| {
            let value = duration(incident.between(Phase::Started, phase)?, lang);
            Some(Fact::of(label, value, lang))
        })
        .collect()
}

/// `1 h 8 min`, `1시간 8분`, `30 s`: the two largest units, as far as they say something.
pub(crate) fn duration(duration: SignedDuration, lang: Lang) -> String {
    let seconds = duration.as_secs();
    if (1..60).contains(&seconds) {
        let (gap, unit) = if lang == Lang::En { (" ", "s") } else { ("", "초") };
        return format!("{seconds}{gap}{unit}");
    }
    let minutes = (seconds + 30) / 60;
    // People count in hours up to two days.
    let days = if minutes < 2 * 1440 { 0 } else { minutes / 1440 };
    let (hours, minutes) = (minutes / 60 - days * 24, minutes % 60);
    let units = [
        (days, Text::new("d", "일")),
        (hours, Text::new("h", "시간")),
        (minutes, Text::new("min", "분")),
    ];
    let first = units.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    let gap = if lang == Lang::En { " " } else { "" };
    units
        .iter()
        .skip(first)
        .take(2)
        .enumerate()
        .filter(|(index, (count, _))| *index == 0 || *count > 0)
        .map(|(_, (count, unit))| format!("{count}{gap}{}", unit.get(lang)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::duration;
    use crate::l10n::Lang;
    use jiff::SignedDuration;

    #[test]
    fn durations_read_as_people_say_them() {
        for (seconds, en, ko) in [
            (0, "0 min", "0분"),
            (30, "30 s", "30초"),
            (4080, "1 h 8 min", "1시간 8분"),
            (7200, "2 h", "2시간"),
            (90_061, "25 h 1 min", "25시간 1분"),
            (180_000, "2 d 2 h", "2일 2시간"),
        ] {
            let d = SignedDuration::from_secs(seconds);
            assert_eq!((duration(d, Lang::En).as_str(), duration(d, Lang::Ko).as_str()), (en, ko));
        }
    }
}
