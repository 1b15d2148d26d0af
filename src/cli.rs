//! The command line: the only part that prints, reads the environment and the clock, and decides the
//! exit code.
//!
//! A command takes its arguments and an [`Output`] and returns an [`Exit`]. What the user got wrong is
//! shown as findings; what we could not do is an error with its causes.

mod across;
mod actions;
mod args;
mod baseline;
mod build;
mod check;
mod completions;
mod config;
mod exit;
mod explain;
mod formats;
mod import;
mod init;
mod korean;
mod mistake;
mod new;
mod output;
mod patch;
mod patterns;
mod project;
mod schema;
mod search;
mod serve;
mod similar;
mod stats;
mod table;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use args::Command;
use output::Output;

use crate::l10n::Lang;

/// Runs the command line and returns its exit code: 0 for clean, 1 for findings, 2 for a failure of
/// our own.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = args.into_iter().collect();
    let lang = output::language(&words);
    let args = match args::parse(&words, lang.unwrap_or(Lang::En)) {
        Ok(args) => args,
        Err(error) => return output::usage(&error, lang).into(),
    };
    let mut output = Output::new(args.global.color, lang);
    let result = match &args.command {
        Command::Check(command) => check::run(command, &args.global, &mut output),
        Command::Explain(command) => explain::run(command, &mut output),
        Command::Build(command) => build::run(command, &args.global, &mut output),
        Command::Serve(command) => serve::run(command, &args.global, &mut output),
        Command::Search(command) => search::run(command, &args.global, &mut output),
        Command::Similar(command) => similar::run(command, &args.global, &mut output),
        Command::Patterns(command) => patterns::run(command, &args.global, &mut output),
        Command::Actions(command) => actions::run(command, &args.global, &mut output),
        Command::Stats(command) => stats::run(command, &args.global, &mut output),
        Command::Init(command) => init::run(command, &args.global, &mut output),
        Command::Import(command) => import::run(command, &args.global, &mut output),
        Command::New(command) => new::run(command, &args.global, &mut output),
        Command::Schema(command) => schema::run(command, &args.global, &mut output),
        Command::Config(command) => config::run(command, &args.global, &mut output),
        Command::Completions(command) => completions::run(command, &mut output),
    };
    let exit = result.unwrap_or_else(|error| output.failure(&error));
    output.finish(exit).into()
}
