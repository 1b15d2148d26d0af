//! Reading a report: text in, what it says out.
//!
//! [`report`] never fails and never looks at anything but its arguments. Its steps are a list: filter
//! what the edition hides, split front matter off, parse the Markdown once, find the parts by meaning,
//! collect facts from all places in order, then read timeline, whys, actions and investigation. What
//! could not be understood comes back as [`Problem`]s beside the incident; the rules `DOC` and `SEC`
//! put them into words.

mod actions;
mod assemble;
mod audience;
mod code;
mod content;
mod draft;
mod evidence;
mod file_name;
mod front_matter;
mod heading;
mod infer;
mod investigation;
mod language;
mod metadata;
mod outline;
mod placeholder;
mod privacy;
mod problem;
mod schema;
mod secrets;
mod structure;
mod suppression;
mod timeline;
mod when;
mod whys;

pub(crate) use audience::Edition;
pub(crate) use evidence::{backs_answer, backs_entry, why_steps};
pub(crate) use front_matter::Notation;
pub(crate) use placeholder::is_placeholder;
pub(crate) use problem::{MarkProblem, Problem, ProblemKind, SuppressionSlip};
pub(crate) use schema::front_matter_schema;
pub(crate) use secrets::{Marks as CoverMarks, Secret, Veil, covered, shown, veiled};
pub(crate) use suppression::{NEEDS_REASON, Suppression, names};

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::config::Settings;
use crate::markup::{self, Document, Kind, Leads, NodeId, NodeRef};
use crate::model::{About, Incident};
use crate::source::{SourceFile, Span};
use audience::Marks;
use front_matter::FrontMatter;
use outline::Outline;

/// A report that was read.
#[derive(Debug)]
pub(crate) struct Report {
    /// Below the content root, with forward slashes.
    pub(crate) path: Box<str>,
    /// The file as it stands.
    pub(crate) source: SourceFile,
    /// The file as the edition shows it.
    pub(crate) text: Arc<str>,
    /// Where its Markdown begins.
    body: usize,
    /// How much it says.
    pub(crate) says: Says,
    pub(crate) incident: Incident,
    pub(crate) front_matter: FrontMatterState,
    pub(crate) problems: Vec<Problem>,
    /// What its comments switch off.
    pub(crate) suppressions: Vec<Suppression>,
    /// Places where text waits to be replaced.
    pub(crate) placeholders: Vec<Span>,
    /// The day its file name says.
    pub(crate) file_date: Option<Date>,
    /// The file is a form to copy, not a report.
    pub(crate) is_template: bool,
    /// The report names its profile itself.
    pub(crate) own_profile: bool,
    /// What must not be published, wherever in the file it stands.
    pub(crate) secrets: Vec<Secret>,
    /// What a public edition does not show.
    pub(crate) hidden: Vec<Span>,
    /// What leads elsewhere, and what a page does not show as it is written.
    pub(crate) leads: Leads,
    /// What it is about, once somebody has asked.
    pub(crate) about: OnceLock<About>,
}

/// How much a report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// Not a letter, not an image.
    Nothing,
    /// Images, and nothing in words.
    NoWords,
    Words,
}

impl Report {
    /// Whether an edition may hold it: it is for its readers, and nothing in it is secret.
    pub(crate) fn is_shown_in(&self, edition: Edition) -> bool {
        edition.shows(self.incident.audience) && self.unsafe_secrets().next().is_none()
    }

    /// The secrets that nobody said to be harmless.
    pub(crate) fn unsafe_secrets(&self) -> impl Iterator<Item = &Secret> {
        self.secrets.iter().filter(|secret| !self.is_suppressed(secret))
    }

    /// Whether somebody said, with a reason, that it is none.
    fn is_suppressed(&self, secret: &Secret) -> bool {
        let (code, name) = secret.rule();
        self.suppressions.iter().any(|suppression| {
            suppression.names(code, name)
                && suppression.is_enough_for(code)
                && suppression.reaches(Some(secret.place()))
        })
    }

    /// Its Markdown, as the edition shows it. It is parsed anew: keeping the trees of all reports would
    /// take more memory than everything else together, and parsing is the cheapest step there is.
    pub(crate) fn document(&self) -> Document {
        Document::parse(&self.text, self.body)
    }

    /// The heading of its document that is its title: what has the title itself need not say it twice.
    pub(crate) fn title_heading(&self, document: &Document) -> Option<NodeId> {
        let title = &self.incident.title;
        let mut first = true;
        let is_title = |node: &NodeRef<'_>| {
            let Kind::Heading(heading) = node.kind() else { return false };
            let is_first = std::mem::replace(&mut first, false);
            title.span.is_some_and(|span| node.span().contains(span))
                || is_first
                    && heading.level == 1
                    && bokgi_search::same(node.plain().text.trim(), &title.value)
        };
        document.root().children().find(is_title).map(NodeRef::id)
    }
}

/// What front matter a report has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrontMatterState {
    pub(crate) notation: Option<Notation>,
    pub(crate) span: Span,
}

/// Reads one report. `path` is relative to the content root, with forward slashes.
pub(crate) fn report(
    source: SourceFile,
    path: &str,
    settings: &Settings,
    edition: Edition,
) -> Report {
    let mut problems = Vec::new();
    let front = front_matter::read(source.text(), &mut problems);
    let marks = audience::marks(source.text(), front.body);
    problems.extend(marks.problems.iter().cloned());
    let suppressions = suppression::read(source.text(), front.body);
    problems.extend(suppressions.problems);
    let secrets = secrets::find(source.text());
    let report = shown_in(edition, source, path, &front, &marks, problems, settings);
    Report { secrets, suppressions: suppressions.list, ..report }
}

/// Reads what an edition shows of a file.
fn shown_in(
    edition: Edition,
    source: SourceFile,
    path: &str,
    front: &FrontMatter,
    marks: &Marks,
    problems: Vec<Problem>,
    settings: &Settings,
) -> Report {
    if edition != Edition::Public {
        let text = Arc::clone(source.text());
        return read(source, path, front, marks, problems, &text, settings);
    }
    let text = audience::hide(source.text(), &marks.hidden);
    let all = problems.clone();
    let report = read(source.clone(), path, front, marks, all, &text, settings);
    let private = privacy::spans(&report.document(), front.body, &report.incident);
    let mut report = if private.is_empty() {
        report
    } else {
        let text = audience::hide(&text, &private);
        read(source, path, front, marks, problems, &text, settings)
    };
    // From here on nobody has to ask what a public reader may know of these.
    report.incident.roles.clear();
    for action in &mut report.incident.actions {
        action.owners.clear();
    }
    if let Some(impact) = &mut report.incident.impact {
        impact.value.money = None;
    }
    report
}

/// Reads what `text` shows of a file.
fn read(
    source: SourceFile,
    path: &str,
    front: &FrontMatter,
    marks: &Marks,
    mut problems: Vec<Problem>,
    text: &Arc<str>,
    settings: &Settings,
) -> Report {
    let document = Document::parse(text, front.body);
    let mut outline = Outline::new(&document, &settings.lexicon);
    timeline::find_by_form(&mut outline, &settings.lexicon);
    problems.extend(structure::problems(&document, &settings.lexicon));
    let placeholders = content::placeholders(&outline, settings);

    let file = file_name::read(path);
    let assembled = assemble::incident(front, &outline, &file, settings);
    problems.extend(assembled.problems);
    let mut incident = assembled.incident;
    // What cannot be read may have said who may see the report.
    let mark_in_front = marks.problems.iter().any(|problem| {
        matches!(problem.kind, ProblemKind::AudienceMark(MarkProblem::InFrontMatter))
    });
    if front.broken || mark_in_front {
        incident.audience = crate::model::Audience::Restricted;
    }
    problems.sort_by_key(|problem| problem.span);
    Report {
        path: path.into(),
        source,
        front_matter: FrontMatterState { notation: front.notation, span: front.span },
        problems,
        suppressions: Vec::new(),
        placeholders,
        file_date: file.date.or(file.folder_date),
        is_template: assembled.is_template,
        own_profile: assembled.own_profile,
        incident,
        says: says(&document),
        secrets: Vec::new(),
        hidden: marks.hidden.clone(),
        leads: markup::leads(&document),
        about: OnceLock::new(),
        text: Arc::clone(text),
        body: front.body,
    }
}

fn says(document: &Document) -> Says {
    let root = document.root();
    let mut letters =
        root.descendants().filter(|node| matches!(node.kind(), Kind::Text(_) | Kind::Code(_)));
    if letters.any(|node| node.literal().chars().any(char::is_alphanumeric)) {
        Says::Words
    } else if root.descendants().any(|node| matches!(node.kind(), Kind::Image(_))) {
        Says::NoWords
    } else {
        Says::Nothing
    }
}
