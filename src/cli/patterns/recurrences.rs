//! What came back, and how the promises of the first time stood then.

use serde::Serialize;

use crate::cli::output::Output;
use crate::l10n::{Lang, Text};
use crate::parse::Report;
use crate::patterns::Collection;
use crate::patterns::recurrence::{Ground, State, told_of};

/// Promises that are told of each.
const TOLD: usize = 3;

/// Prints the newest.
pub(super) fn print(collection: &Collection<'_>, limit: usize, output: &mut Output) {
    const COUNT: Text = Text::new("{count} {recurrence|recurrences}", "다시 일어난 장애 {count}건");
    const REPEATS: Text = Text::new("repeats", "이전 장애");
    const MAYBE: Text = Text::new("reads like", "비슷한 장애");
    const IT: Text = Text::new("it", "그 장애");
    let all = collection.recurrences();
    if all.is_empty() {
        return;
    }
    let count = output.say(COUNT.with("count", all.len()));
    output.line(&output.bold(&count));
    output.line("");
    for recurrence in all.iter().take(limit) {
        let (newer, older) =
            (collection.reports[recurrence.newer], collection.reports[recurrence.older]);
        let line = output.bold(&titled(newer));
        output.line(&line);
        let ground = if recurrence.ground == Ground::Declared { REPEATS } else { MAYBE };
        let ground = output.say(ground);
        output.line(&format!("  {} {}", output.dim(&format!("↳ {ground}")), titled(older)));
        for message in told_of(&recurrence.promises, IT, TOLD) {
            let told = output.say(message);
            super::wrapped(&told, "    ", output);
        }
        output.line("");
    }
}

fn titled(report: &Report) -> String {
    let date = report.incident.date.as_ref().map(|date| format!("{}  ", date.value));
    format!("{}{}", date.unwrap_or_default(), report.incident.title.value)
}

/// A recurrence, for programs.
#[derive(Serialize)]
pub(super) struct Recurrence<'r> {
    newer: &'r str,
    older: &'r str,
    /// The newer report says so; else the two read alike.
    declared: bool,
    /// How alike they are, from 0 to 1, where nobody says so.
    score: Option<f32>,
    promises: Vec<Promise<'r>>,
}

#[derive(Serialize)]
struct Promise<'r> {
    id: &'r str,
    text: &'r str,
    due: Option<String>,
    /// How it stood when the newer incident began: `open`, `done-later` or `no-record`.
    then: &'static str,
    done_on: Option<String>,
    sentence: String,
}

/// All of them, the newest first.
pub(super) fn all<'r>(collection: &'r Collection<'_>, lang: Lang) -> Vec<Recurrence<'r>> {
    let id = |place: usize| collection.reports[place].incident.id.value.as_str();
    let recurrences = collection.recurrences().iter();
    let view = recurrences.map(|recurrence| Recurrence {
        newer: id(recurrence.newer),
        older: id(recurrence.older),
        declared: recurrence.ground == Ground::Declared,
        score: match recurrence.ground {
            Ground::Declared => None,
            Ground::Inferred(score) => Some((score * 1000.0).round() / 1000.0),
        },
        promises: recurrence
            .promises
            .iter()
            .map(|promised| Promise {
                id: &promised.action.id,
                text: &promised.action.text,
                due: promised.action.due.map(|due| due.to_string()),
                then: match promised.state {
                    State::StillOpen => "open",
                    State::DoneLater(_) => "done-later",
                    State::NoRecord => "no-record",
                },
                done_on: promised.action.done_on.map(|done| done.to_string()),
                sentence: promised.sentence(id(recurrence.newer)).render(lang),
            })
            .collect(),
    });
    view.collect()
}
