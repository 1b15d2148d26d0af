//! What pages show: plain words, numbers and links, ready for a template.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Serialize;

use super::theme::Theme;
use super::url_path;
use crate::config::Settings;
use crate::l10n::{Lang, Text};
use crate::lint::{RULES, Rule};
use crate::markup::{self, Rendered, RenderedHeading};
use crate::model::{Facet, Incident, Kind, Moment, Phase, Sourced, Status, Term};
use crate::parse::Report;

/// What all pages share.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Site {
    title: String,
    lang: &'static str,
    /// The theme's words in the site's language.
    words: BTreeMap<String, String>,
    reports: usize,
    #[serde(skip)]
    speaks: Lang,
}

/// A page without content of its own.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page<'s> {
    site: &'s Site,
    title: String,
    /// The way from this page to the site's root: empty, or `../` once or more.
    root: String,
}

impl Site {
    pub(super) fn new(settings: &Settings, theme: &Theme, reports: usize) -> Self {
        let lang = settings.site.lang;
        let words = theme.words(lang);
        let named = settings.site.title.clone();
        let title = named.or_else(|| words.get("site_title").cloned()).unwrap_or_default();
        Self { title, lang: lang.tag(), words, reports, speaks: lang }
    }

    pub(super) fn page(&self, title: &str, root: &str) -> Page<'_> {
        Page { site: self, title: title.to_owned(), root: root.to_owned() }
    }
}

/// A word with the class that colours it.
#[derive(Clone, Debug, Serialize)]
struct Badge {
    label: String,
    class: String,
}

/// A report in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    title: String,
    url: String,
    lang: &'static str,
    date: Option<String>,
    severity: Option<Badge>,
    status: Option<Badge>,
    services: Vec<String>,
    time_to_resolve: Option<String>,
}

/// One page of the list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ListPage {
    site: Site,
    title: String,
    root: String,
    rows: Vec<Row>,
    number: usize,
    count: usize,
    newer: Option<String>,
    older: Option<String>,
}

impl ListPage {
    pub(super) fn new(rows: Vec<Row>, number: usize, count: usize, site: &Site) -> Self {
        let root = if number == 1 { "" } else { "../../" };
        let link = |to: usize| match to {
            1 => root.to_owned() + "./",
            _ => format!("{root}page/{to}/"),
        };
        Self {
            title: site.title.clone(),
            site: site.clone(),
            root: root.to_owned(),
            rows,
            number,
            count,
            newer: (number > 1).then(|| link(number - 1)),
            older: (number < count).then(|| link(number + 1)),
        }
    }
}

/// A fact about an incident: what it is called, and its values.
#[derive(Clone, Debug, Serialize)]
struct Fact {
    label: String,
    values: Vec<String>,
}

/// When each phase began.
#[derive(Clone, Debug, Serialize)]
struct Times {
    /// `Times (Asia/Seoul)`, where all are in one zone.
    label: String,
    facts: Vec<Fact>,
}

/// A report's page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReportPage {
    site: Site,
    title: String,
    root: String,
    id: String,
    lang: &'static str,
    date: Option<String>,
    kind: Option<Badge>,
    severity: Option<Badge>,
    status: Option<Badge>,
    draft: bool,
    has_errors: bool,
    facts: Vec<Fact>,
    durations: Vec<Fact>,
    times: Option<Times>,
    body: String,
    headings: Vec<RenderedHeading>,
}

impl ReportPage {
    pub(super) fn new(
        report: &Report,
        address: &str,
        has_errors: bool,
        body: Rendered,
        site: &Site,
        settings: &Settings,
    ) -> Self {
        let incident = &report.incident;
        let lang = site.speaks;
        let kind = incident.kind.value;
        Self {
            title: incident.title.value.clone(),
            site: site.clone(),
            root: "../../".to_owned(),
            id: address.to_owned(),
            lang: incident.language.id(),
            date: incident.date.as_ref().map(|date| date.value.to_string()),
            kind: (kind != Kind::Incident).then(|| Badge {
                label: kind.label().get(lang).to_owned(),
                class: kind.id().to_owned(),
            }),
            severity: severity(incident),
            status: status(incident, lang),
            draft: incident.status.value == Status::Draft,
            has_errors,
            facts: facts(incident, settings, lang),
            durations: durations(incident, lang),
            times: times(incident, lang),
            body: body.html,
            headings: body.headings.into_iter().filter(|heading| heading.level <= 3).collect(),
        }
    }
}

/// A rule's page, or the list of rules.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RulePage {
    site: Site,
    title: String,
    root: String,
    code: String,
    body: String,
    rules: Vec<RuleRow>,
}

#[derive(Clone, Debug, Serialize)]
struct RuleRow {
    code: &'static str,
    name: &'static str,
    severity: Badge,
    summary: String,
}

impl RulePage {
    pub(super) fn new(rule: &Rule, site: &Site, lang: Lang) -> Self {
        Self {
            site: site.clone(),
            title: rule.name.to_owned(),
            root: "../../".to_owned(),
            code: rule.code.to_owned(),
            body: html(&rule.docs.readable(lang)),
            rules: Vec::new(),
        }
    }

    pub(super) fn index(site: &Site, lang: Lang) -> Self {
        let row = |rule: &&Rule| RuleRow {
            code: rule.code,
            name: rule.name,
            severity: Badge {
                label: rule.severity.label().get(lang).to_owned(),
                class: rule.severity.id().to_owned(),
            },
            summary: inline(&rule.docs.summary(lang)),
        };
        Self {
            site: site.clone(),
            title: site.words.get("rules").cloned().unwrap_or_default(),
            root: "../".to_owned(),
            code: String::new(),
            body: String::new(),
            rules: RULES.iter().map(row).collect(),
        }
    }
}

/// Markdown of ours, whose links lead nowhere on the site, as HTML.
fn html(text: &str) -> String {
    let document = markup::Document::parse(&text.into(), 0);
    let resolve = |_: &str| None;
    markup::render(&document, &markup::Page { title: None, resolve: &resolve }).html
}

/// A sentence of Markdown as HTML.
fn inline(text: &str) -> String {
    let html = html(text);
    let sentence = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    sentence.unwrap_or(&html).to_owned()
}

/// A report's row in a list.
pub(super) fn row(report: &Report, address: &str, settings: &Settings) -> Row {
    let incident = &report.incident;
    let lang = settings.site.lang;
    Row {
        title: incident.title.value.clone(),
        url: format!("r/{}/", url_path(address)),
        lang: incident.language.id(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        severity: severity(incident),
        status: status(incident, lang),
        services: incident.services.iter().map(|service| service.value.clone()).collect(),
        time_to_resolve: between(incident, Phase::Started, Phase::Resolved)
            .map(|d| duration(d, lang)),
    }
}

/// The label as it is written; the rank decides the colour.
fn severity(incident: &Incident) -> Option<Badge> {
    let severity = &incident.severity.as_ref()?.value;
    let class = severity.rank.map_or("unranked".to_owned(), |rank| format!("rank-{}", rank.min(4)));
    Some(Badge { label: severity.written.clone(), class })
}

/// A status worth a word: a finished report is the normal case.
fn status(incident: &Incident, lang: Lang) -> Option<Badge> {
    let status = incident.status.value;
    let label = status.label().get(lang).to_owned();
    (status != Status::Final).then(|| Badge { label, class: status.id().to_owned() })
}

fn facts(incident: &Incident, settings: &Settings, lang: Lang) -> Vec<Fact> {
    let texts =
        |values: &[Sourced<String>]| values.iter().map(|v| v.value.clone()).collect::<Vec<_>>();
    let terms = |facet: Facet, terms: &[Sourced<Term>]| -> Vec<String> {
        let shown = |term: &Sourced<Term>| {
            let id = term.value.id.as_deref();
            let label = id.and_then(|id| settings.vocabulary.label(facet, id));
            label.map_or_else(|| term.value.written.clone(), |label| label.get(lang).to_owned())
        };
        terms.iter().map(shown).collect()
    };
    let all = [
        (Text::new("Services", "서비스"), texts(&incident.services)),
        (Text::new("Dependencies", "외부 의존성"), texts(&incident.dependencies)),
        (Text::new("Noticed by", "탐지 경로"), terms(Facet::Detection, &incident.detection)),
        (Text::new("Trigger", "계기"), terms(Facet::Trigger, &incident.triggers)),
        (Text::new("Causes", "원인"), terms(Facet::Cause, &incident.causes)),
        (Text::new("Stopped by", "완화 방법"), terms(Facet::Mitigation, &incident.mitigations)),
        (Text::new("Teams", "담당 팀"), texts(&incident.teams)),
        (Text::new("Tags", "태그"), texts(&incident.tags)),
    ];
    all.into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(label, values)| Fact { label: label.get(lang).to_owned(), values })
        .collect()
}

/// The zone is said once where there is one, the day where it is not the incident's.
fn times(incident: &Incident, lang: Lang) -> Option<Times> {
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
    let fact = |(phase, moment): (&Phase, &Moment)| Fact {
        label: phase.label().get(lang).to_owned(),
        values: vec![shown(moment)],
    };
    let facts: Vec<Fact> = phases().map(fact).collect();
    let label = match &shared {
        Some(zone) => IN_ZONE.with("zone", zone).render(lang),
        None => TIMES.get(lang).to_owned(),
    };
    (!facts.is_empty()).then_some(Times { label, facts })
}

fn between(incident: &Incident, from: Phase, to: Phase) -> Option<SignedDuration> {
    let duration = incident.phase(to)?.since(incident.phase(from)?)?;
    (!duration.is_negative()).then_some(duration)
}

/// Time to detect, to mitigate and to resolve, from the start.
fn durations(incident: &Incident, lang: Lang) -> Vec<Fact> {
    let spans = [
        (Phase::Detected, Text::new("Time to detect", "탐지까지")),
        (Phase::Mitigated, Text::new("Time to mitigate", "완화까지")),
        (Phase::Resolved, Text::new("Time to resolve", "복구까지")),
    ];
    spans
        .into_iter()
        .filter_map(|(phase, label)| {
            let value = duration(between(incident, Phase::Started, phase)?, lang);
            Some(Fact { label: label.get(lang).to_owned(), values: vec![value] })
        })
        .collect()
}

/// `1 h 8 min`, `1시간 8분`: the two largest units, as far as they say something.
fn duration(duration: SignedDuration, lang: Lang) -> String {
    let minutes = (duration.as_secs() + 30) / 60;
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
