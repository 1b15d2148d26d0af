//! What a comment on a pull request ends with: incidents like the reports it is about.

use super::Checked;
use crate::cli::args::Format;
use crate::diagnostics::render::{Alike, Other};
use crate::l10n::{Message, Text};
use crate::model::{Action, Status};
use crate::parse::{Edition, Report};
use crate::patterns::Collection;

/// Reports that are told about; a comment is for those who write one or two.
const REPORTS: usize = 10;
/// Incidents for each.
const OTHERS: usize = 3;
/// Open actions of each incident.
const ACTIONS: usize = 5;

const DUE: Text = Text::new("{action} (due {due})", "{action} (기한 {due})");
const ACTION: Text = Text::new("{action}", "{action}");

/// Whether a comment is asked for.
pub(super) fn is_wanted(checked: &Checked<'_>) -> bool {
    let args = checked.run.args;
    let is_comment = |format: Format| format == Format::Markdown;
    is_comment(args.format) || args.output.iter().any(|(format, _)| is_comment(*format))
}

/// Incidents like the reports that were asked about; if all were, like those that are being written.
pub(super) fn find(checked: &Checked<'_>) -> Vec<Alike> {
    let run = checked.run;
    let everything = run.named.is_everything() && run.location.is_none();
    // Who reads a comment may not be who may read a restricted report.
    let is_shown = |report: &&Report| report.is_shown_in(Edition::Internal);
    let shown = checked.corpus.reports.iter().filter(is_shown).collect();
    let collection = Collection::new(shown, run.project.settings());
    let is_asked_about = |(_, report): &(usize, &&Report)| {
        run.is_asked_about(report.source.path())
            && (!everything || report.incident.status.value != Status::Final)
    };
    let asked = collection.reports.iter().enumerate().filter(is_asked_about);
    let alike = asked.map(|(place, report)| {
        let near = collection.near_only(place, OTHERS).into_iter();
        let others = near.map(|near| {
            let reasons = collection.reasons(place, near.place).said();
            other(collection.reports[near.place], reasons)
        });
        Alike { path: report.source.path().to_owned(), others: others.collect() }
    });
    alike.filter(|alike| !alike.others.is_empty()).take(REPORTS).collect()
}

fn other(report: &Report, reasons: Vec<Message>) -> Other {
    let incident = &report.incident;
    let open: Vec<&Action> = incident.actions.iter().filter(|action| action.is_open()).collect();
    let said = |action: &&Action| {
        let text = action.text.as_str();
        match action.due {
            Some(due) => DUE.with("action", text).with("due", due.to_string()),
            None => ACTION.with("action", text),
        }
    };
    Other {
        title: incident.title.value.clone(),
        path: report.source.path().to_owned(),
        date: incident.date.as_ref().map(|date| date.value.to_string()),
        reasons,
        more: open.len().saturating_sub(ACTIONS),
        open: open.iter().take(ACTIONS).map(said).collect(),
    }
}
