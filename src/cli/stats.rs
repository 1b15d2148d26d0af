//! `stats`: how incidents are noticed, how long they take, when they happen.

mod json;
mod panel;
mod text;

use super::across::Across;
use super::args::{Global, SearchFormat, StatsArgs};
use super::exit::Exit;
use super::output::Output;
use crate::model::ActionStatus;
use crate::patterns::Collection;
use crate::patterns::trends::Trends;

pub(super) fn run(args: &StatsArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let read = Across::read(args.path.as_deref(), args.audience.into(), global, output)?;
    let across = match read {
        Ok(across) => across,
        Err(exit) => return Ok(exit),
    };
    let collection = across.collection();
    let trends = Trends::new(&collection);
    let promises = Promises::of(&collection);
    match args.format {
        SearchFormat::Text => text::print(&collection, &trends, &promises, output),
        SearchFormat::Json => {
            let stats = json::stats(&across.corpus, &collection, &trends, &promises);
            output.line(&serde_json::to_string_pretty(&stats)?);
        }
    }
    Ok(Exit::Clean)
}

/// What was promised and how it stands, near misses and drills included.
#[derive(Clone, Copy, Debug, Default)]
struct Promises {
    all: usize,
    done: usize,
    wont_do: usize,
    open: usize,
    /// Of the open ones.
    overdue: usize,
    unknown: usize,
}

impl Promises {
    fn of(collection: &Collection<'_>) -> Self {
        let mut promises = Self::default();
        for action in collection.reports.iter().flat_map(|report| &report.incident.actions) {
            promises.all += 1;
            match action.status {
                ActionStatus::Done => promises.done += 1,
                ActionStatus::WontDo => promises.wont_do += 1,
                ActionStatus::Open | ActionStatus::InProgress => promises.open += 1,
                ActionStatus::Unknown => promises.unknown += 1,
            }
            promises.overdue += usize::from(action.is_overdue(collection.settings.today));
        }
        promises
    }
}
