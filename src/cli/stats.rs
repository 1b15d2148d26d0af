//! `stats`: how incidents are noticed, how long they take, when they happen.

mod json;
mod panel;
mod text;

use super::across::Across;
use super::args::{Global, SearchFormat, StatsArgs};
use super::exit::Exit;
use super::output::Output;
use crate::patterns::promises::Promises;
use crate::patterns::trends::Trends;

pub(super) fn run(args: &StatsArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let path = args.path.as_deref();
    let Some(across) = Across::read(path, args.audience.into(), global, output)? else {
        return Ok(Exit::Failed);
    };
    let collection = across.collection();
    let trends = Trends::new(&collection);
    let promises = Promises::of(&collection).tally();
    match args.format {
        SearchFormat::Text => text::print(&collection, &trends, promises, output),
        SearchFormat::Json => {
            let stats = json::stats(&across.corpus, &collection, &trends, promises);
            output.line(&serde_json::to_string_pretty(&stats)?);
        }
    }
    Ok(Exit::Clean)
}
