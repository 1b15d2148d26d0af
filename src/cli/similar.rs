//! `similar`: incidents like a report, a draft or a text.

use super::across::Across;
use super::args::{Global, SimilarArgs};
use super::exit::Exit;
use super::output::Output;

pub(super) fn run(
    args: &SimilarArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Exit> {
    let read = Across::read(args.path.as_deref(), args.audience.into(), global, output)?;
    let across = match read {
        Ok(across) => across,
        Err(exit) => return Ok(exit),
    };
    let collection = across.collection();
    output.line(&collection.reports.len().to_string());
    Ok(Exit::Clean)
}
