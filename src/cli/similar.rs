//! `similar`: have we seen this before, and what stopped it?

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;

use super::across::Across;
use super::args::{Global, SearchFormat, SimilarArgs};
use super::check::machine_lang;
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project;
use super::table::bar;
use crate::corpus::{FacetKind, report_url, values};
use crate::fs;
use crate::l10n::{Lang, Text};
use crate::model::Action;
use crate::parse::{self, Report};
use crate::patterns::{Collection, Near, Reasons};
use crate::source::SourceFile;

const NOTHING: Text = Text::new(
    "nothing similar among {count} {report|reports}",
    "보고서 {count}건 가운데 비슷한 것이 없습니다",
);
const NOTHING_HELP: Text = Text::new(
    "`bokgi search` finds reports by single words",
    "낱말로 찾으려면 `bokgi search`를 쓰세요",
);
const STOPPED: Text = Text::new("stopped by {what}", "완화: {what}");
const OPEN: Text = Text::new("still open", "미완료");
const DUE: Text = Text::new("due {due}", "기한 {due}");
const MORE: Text =
    Text::new("{count} {action|actions} more still open", "미완료 조치 {count}건 더");
const TOO_LONG: Text = Text::new("standard input is over 4 MiB", "표준 입력이 4 MiB를 넘습니다");
const TOO_LONG_HELP: Text = Text::new("a report is at most 4 MiB", "보고서는 4 MiB까지만 읽습니다");

/// Open actions that are printed for each report.
const ACTIONS: usize = 3;
/// How similar reports are whose bar is full.
const FULL: f32 = 0.5;
/// The columns of a full bar.
const BAR: usize = 6;

pub(super) fn run(
    args: &SimilarArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Exit> {
    let asked = Asked::read(&args.what)?;
    let start = args.path.as_deref().or(asked.file());
    let Some(across) = Across::read(start, args.audience.into(), global, output)? else {
        return Ok(Exit::Failed);
    };
    let collection = across.collection();
    let found = asked.find(&across, &collection, args.limit)?;
    match args.format {
        SearchFormat::Text => print(&found, &collection, output),
        SearchFormat::Json => {
            let lang = machine_lang(&across.project, output);
            let results = Results::new(&asked, &found, &across, &collection, lang);
            output.line(&serde_json::to_string_pretty(&results)?);
        }
    }
    Ok(if found.is_empty() { Exit::Findings } else { Exit::Clean })
}

/// What others are to be like.
enum Asked {
    File(std::path::PathBuf),
    /// A report that is not written to a file yet.
    Draft(String),
    Words(String),
}

impl Asked {
    fn read(what: &[String]) -> anyhow::Result<Self> {
        if what == ["-"] {
            let limit = fs::MAX_FILE + 1;
            let mut bytes = Vec::new();
            let mut input = std::io::stdin().lock().take(limit);
            input.read_to_end(&mut bytes).context("standard input cannot be read")?;
            if bytes.len() as u64 == limit {
                return Err(Explained::new(TOO_LONG, TOO_LONG_HELP).into());
            }
            let text = String::from_utf8(bytes).context("standard input is not UTF-8")?;
            return Ok(Self::of_text(text));
        }
        let text = what.join(" ");
        let path = Path::new(&text);
        Ok(if fs::is_file(path) { Self::File(path.to_owned()) } else { Self::of_text(text) })
    }

    /// A line or two is what somebody sees; more, or anything with a heading, is a draft.
    fn of_text(text: String) -> Self {
        const LINES: usize = 3;
        let is_report = text.starts_with("---")
            || text.lines().any(|line| line.starts_with('#'))
            || text.lines().filter(|line| !line.trim().is_empty()).count() > LINES;
        if is_report { Self::Draft(text) } else { Self::Words(text) }
    }

    fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Draft(_) | Self::Words(_) => None,
        }
    }

    fn find(
        &self,
        across: &Across,
        collection: &Collection<'_>,
        most: usize,
    ) -> anyhow::Result<Vec<(Near, Reasons)>> {
        let settings = across.project.settings();
        let read = |name: &str, text: &str| {
            let source = SourceFile::new(name, text);
            parse::report(source, name, settings, across.edition)
        };
        Ok(match self {
            Self::Words(text) => collection.near_words(text, most),
            Self::Draft(text) => collection.near_report(&read("draft.md", text), most),
            Self::File(path) => {
                let below = fs::canonical(path).zip(fs::canonical(&across.project.content()));
                let below = below.and_then(|(path, content)| {
                    Some(project::shown(path.strip_prefix(content).ok()?))
                });
                match below.and_then(|path| collection.place_of(&path)) {
                    Some(place) => collection
                        .near_only(place, most)
                        .into_iter()
                        .map(|near| (near, collection.reasons(place, near.place)))
                        .collect(),
                    // A report from elsewhere, or one that this edition does not show.
                    None => {
                        let text = fs::read_text(path)?;
                        collection.near_report(&read(&project::shown(path), &text), most)
                    }
                }
            }
        })
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::File(_) => "report",
            Self::Draft(_) => "draft",
            Self::Words(_) => "text",
        }
    }
}

fn print(found: &[(Near, Reasons)], collection: &Collection<'_>, output: &mut Output) {
    if found.is_empty() {
        let nothing = output.say(NOTHING.with("count", collection.reports.len()));
        let help = output.say(NOTHING_HELP);
        output.status(&nothing);
        let help = output.dim(&help);
        output.status(&help);
        return;
    }
    for (near, reasons) in found {
        print_one(collection.reports[near.place], near.score, reasons, collection, output);
    }
}

fn print_one(
    report: &Report,
    score: f32,
    reasons: &Reasons,
    collection: &Collection<'_>,
    output: &mut Output,
) {
    let incident = &report.incident;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
    let percent = (score / FULL * 100.0).clamp(0.0, 100.0) as usize;
    let bar = super::table::left(&bar(percent, 100, BAR), BAR);
    let title = output.bold(&incident.title.value);
    let bar = output.green(&bar);
    output.line(&format!("{bar} {title}"));
    let indent = " ".repeat(BAR + 1);
    let facts = incident
        .date
        .iter()
        .map(|date| date.value.to_string())
        .chain(incident.severity.iter().map(|severity| severity.value.written.clone()))
        .chain(incident.services.iter().map(|service| service.value.clone()));
    let facts = facts.collect::<Vec<_>>().join(" · ");
    if !facts.is_empty() {
        let facts = output.dim(&facts);
        output.line(&format!("{indent}{facts}"));
    }
    for message in reasons.said() {
        let line = output.say(message);
        output.line(&format!("{indent}{line}"));
    }
    let stopped = labels(report, FacetKind::Mitigation, collection, output.lang);
    if !stopped.is_empty() {
        let line = output.say(STOPPED.with("what", stopped.join(", ")));
        output.line(&format!("{indent}{line}"));
    }
    let open: Vec<&Action> = incident.actions.iter().filter(|action| action.is_open()).collect();
    for action in open.iter().take(ACTIONS) {
        let due = action.due.map(|due| output.say(DUE.with("due", due.to_string())));
        let due = due.map(|due| output.dim(&format!(" ({due})"))).unwrap_or_default();
        let mark = output.say(OPEN);
        output.line(&format!("{indent}☐ {mark}: {}{due}", action.text));
    }
    if open.len() > ACTIONS {
        let more = output.say(MORE.with("count", open.len() - ACTIONS));
        let more = output.dim(&more);
        output.line(&format!("{indent}{more}"));
    }
    let path = output.dim(report.source.path());
    output.line(&format!("{indent}{path}"));
    output.line("");
}

fn labels(
    report: &Report,
    facet: FacetKind,
    collection: &Collection<'_>,
    lang: Lang,
) -> Vec<String> {
    let values = values(&report.incident, facet, collection.settings).into_iter();
    values.map(|value| value.label.get(lang).to_owned()).collect()
}

/// The answer for programs. Fields are only ever added.
#[derive(Serialize)]
struct Results<'a> {
    version: u32,
    /// What others are to be like: `report`, `draft` or `text`.
    asked: &'static str,
    /// How many reports were compared.
    reports: usize,
    similar: Vec<Similar<'a>>,
}

#[derive(Serialize)]
struct Similar<'a> {
    id: &'a str,
    path: &'a str,
    url: String,
    title: &'a str,
    lang: &'a str,
    date: Option<String>,
    severity: Option<&'a str>,
    services: Vec<&'a str>,
    /// From 0 to 1. Scores of reports and of texts are different measures.
    score: f32,
    shared: Shared<'a>,
    mitigations: Vec<String>,
    open_actions: Vec<Promise<'a>>,
}

#[derive(Serialize)]
struct Shared<'a> {
    facets: Vec<Facet<'a>>,
    words: Vec<&'a str>,
    same_last_why: bool,
}

#[derive(Serialize)]
struct Facet<'a> {
    facet: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Promise<'a> {
    id: &'a str,
    text: &'a str,
    due: Option<String>,
}

impl<'a> Results<'a> {
    fn new(
        asked: &Asked,
        found: &'a [(Near, Reasons)],
        across: &'a Across,
        collection: &'a Collection<'_>,
        lang: Lang,
    ) -> Self {
        let addresses = across.corpus.addresses_by_path();
        let similar = |(near, reasons): &'a (Near, Reasons)| {
            let report = collection.reports[near.place];
            let incident = &report.incident;
            let open = incident.actions.iter().filter(|action| action.is_open());
            Similar {
                id: incident.id.value.as_str(),
                path: report.source.path(),
                url: addresses.get(&*report.path).map(|own| report_url(own)).unwrap_or_default(),
                title: &incident.title.value,
                lang: incident.language.id(),
                date: incident.date.as_ref().map(|date| date.value.to_string()),
                severity: incident.severity.as_ref().map(|label| label.value.written.as_str()),
                services: incident.services.iter().map(|service| service.value.as_str()).collect(),
                score: (near.score * 1000.0).round() / 1000.0,
                shared: Shared {
                    facets: reasons
                        .facets
                        .iter()
                        .map(|(facet, value)| Facet { facet: facet.id(), value: &value.key })
                        .collect(),
                    words: reasons.words.iter().map(|(own, _)| own.as_str()).collect(),
                    same_last_why: reasons.same_last_why,
                },
                mitigations: labels(report, FacetKind::Mitigation, collection, lang),
                open_actions: open
                    .map(|action| Promise {
                        id: &action.id,
                        text: &action.text,
                        due: action.due.map(|due| due.to_string()),
                    })
                    .collect(),
            }
        };
        Self {
            version: 1,
            asked: asked.kind(),
            reports: collection.reports.len(),
            similar: found.iter().map(similar).collect(),
        }
    }
}
