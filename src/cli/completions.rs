//! `completions`: what a shell reads to complete commands and options.

use super::args::{self, CompletionsArgs};
use super::exit::Exit;
use super::output::Output;

pub(super) fn run(args: &CompletionsArgs, output: &mut Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    let mut command = args::command(output.lang);
    clap_complete::generate(args.shell, &mut command, "bokgi", &mut script);
    output.result(&String::from_utf8(script)?);
    Ok(Exit::Clean)
}
