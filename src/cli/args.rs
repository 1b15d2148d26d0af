//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::korean;
use crate::diagnostics::Severity;
use crate::l10n::Lang;
use crate::parse::Edition;

/// Checks, publishes and learns from Markdown postmortems
#[derive(Debug, Parser)]
#[command(name = "bokgi", version, propagate_version = true, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The project's folder, instead of looking for bokgi.toml upwards from here
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) root: Option<PathBuf>,
    /// The language of messages
    #[arg(long, global = true, value_name = "LANG", value_enum)]
    pub(super) lang: Option<LangArg>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
    /// Say more: infos, and files that were left out
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// The day that counts as today, as YYYY-MM-DD
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    pub(super) today: Option<jiff::civil::Date>,
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|error: jiff::Error| error.to_string())
}

/// A language, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    En,
    Ko,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Lang::En,
            LangArg::Ko => Lang::Ko,
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say whether reports are complete, and what is missing where
    Check(CheckArgs),
    /// Explain a rule or a profile, or list all of them
    Explain(ExplainArgs),
    /// Publish the reports as a static site
    Build(BuildArgs),
    /// Show the site while it is written, and reload it on every change
    Serve(ServeArgs),
    /// Find reports: all words, "a phrase", -without, a OR b, service:payment, after:2026-01
    Search(SearchArgs),
    /// Find incidents like a report, like a draft on standard input, or like what you see
    Similar(SimilarArgs),
    /// Show what keeps happening together, what was promised about it, and what is missing
    Patterns(PatternsArgs),
    /// List what was promised: open, overdue, and without a record
    Actions(ActionsArgs),
    /// Show how incidents are noticed, how long they take, when they happen
    Stats(StatsArgs),
    /// Write a commented bokgi.toml
    Init(InitArgs),
    /// Write what reports state in their text into their front matter
    Import(ImportArgs),
    /// Start a report from a profile, with questions to answer
    New(NewArgs),
    /// Print the JSON Schema of bokgi.toml or of a report's front matter
    Schema(SchemaArgs),
    /// Print the effective settings and who decided each
    Config(ConfigArgs),
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
}

/// Arguments of `check`.
#[derive(Clone, Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches of a command line")]
pub(super) struct CheckArgs {
    /// Reports or folders to report on; all are read. `-` reads a report from standard input
    pub(super) paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Full)]
    pub(super) format: Format,
    /// Also write findings to a file, as FORMAT=FILE
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output_file)]
    pub(super) output: Vec<(Format, PathBuf)>,
    /// Only these rules: codes, starts of codes, or names
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// These rules too
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) extend_select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Run rules in preview too
    #[arg(long)]
    pub(super) preview: bool,
    /// Check reports about incidents before this day for safety only
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<jiff::civil::Date>,
    /// A file with known findings, which are not reported again
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the baseline if there is none, else take out of it what was mended
    #[arg(long)]
    pub(super) update_baseline: bool,
    /// Mend what can be mended mechanically
    #[arg(long, conflicts_with = "diff")]
    pub(super) fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Count findings by rule instead of showing them
    #[arg(long)]
    pub(super) statistics: bool,
    /// The mildest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(super) fail_on: Option<SeverityArg>,
    /// Overdue actions and stale drafts make the exit code 1 too
    #[arg(long)]
    pub(super) fail_on_overdue: bool,
    /// Exit with 0 whatever was found
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// The file that standard input stands for
    #[arg(long, value_name = "FILE")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Check again whenever something changes
    #[arg(long, conflicts_with_all = ["fix", "diff", "update_baseline", "output"])]
    pub(super) watch: bool,
}

fn output_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("expected FORMAT=FILE")?;
    Ok((Format::from_str(format, true)?, path.into()))
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the source around each place and what to do
    Full,
    /// A line per finding
    Concise,
    /// For programs
    Json,
    /// For programs, a line per finding
    JsonLines,
    /// Annotations and a summary in GitHub Actions
    Github,
    /// A Code Quality report for GitLab
    Gitlab,
    /// Test results for any CI server
    Junit,
    /// For code scanning, editors and dashboards
    Sarif,
    /// For reviewdog
    Rdjson,
    /// A comment on a pull request
    Markdown,
}

/// A severity, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SeverityArg {
    Error,
    Warning,
    Info,
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Error => Severity::Error,
            SeverityArg::Warning => Severity::Warning,
            SeverityArg::Info => Severity::Info,
        }
    }
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// A rule's code or name, or a profile's name
    pub(super) rule: Option<String>,
}

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// The folder with the reports, where no bokgi.toml says
    pub(super) path: Option<PathBuf>,
    /// The folder the site is written to
    #[arg(long, value_name = "FOLDER")]
    pub(super) output: Option<String>,
    /// Publish nothing if there are errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Leave drafts out
    #[arg(long)]
    pub(super) no_drafts: bool,
    /// Whose eyes the site is for
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// Arguments of `serve`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The folder with the reports, where no bokgi.toml says
    pub(super) path: Option<PathBuf>,
    /// The port to listen on; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 4040)]
    pub(super) port: u16,
    /// The address to listen on; only this machine can reach the default
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) address: std::net::IpAddr,
    /// Another name by which browsers may ask for the site
    #[arg(long, value_name = "NAME")]
    pub(super) host: Option<String>,
    /// Whose eyes the site is for
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// What to look for
    #[arg(required = true)]
    pub(super) query: Vec<String>,
    /// The folder with the reports, where no bokgi.toml says
    #[arg(long, value_name = "FOLDER")]
    pub(super) path: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SearchFormat::Text)]
    pub(super) format: SearchFormat,
    /// How many reports to show
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(super) limit: usize,
    /// Whose reports are searched
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// Arguments of `similar`.
#[derive(Debug, clap::Args)]
pub(super) struct SimilarArgs {
    /// A report, `-` for a draft on standard input, or a text in quotes
    #[arg(required = true, value_name = "FILE|-|TEXT")]
    pub(super) what: Vec<String>,
    /// The folder with the reports, where no bokgi.toml says
    #[arg(long, value_name = "FOLDER")]
    pub(super) path: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SearchFormat::Text)]
    pub(super) format: SearchFormat,
    /// How many reports to show
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub(super) limit: usize,
    /// Whose reports are looked at
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// Arguments of `patterns`.
#[derive(Debug, clap::Args)]
pub(super) struct PatternsArgs {
    /// The folder with the reports, where no bokgi.toml says
    pub(super) path: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SearchFormat::Text)]
    pub(super) format: SearchFormat,
    /// How many patterns to show
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(super) limit: usize,
    /// Whose reports are looked at
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// Arguments of `actions`.
#[derive(Debug, clap::Args)]
pub(super) struct ActionsArgs {
    /// The folder with the reports, where no bokgi.toml says
    pub(super) path: Option<PathBuf>,
    /// Only those that are known to be open
    #[arg(long)]
    pub(super) open: bool,
    /// Only those that are open after their due date
    #[arg(long)]
    pub(super) overdue: bool,
    /// Only those of which nothing says whether they are done
    #[arg(long)]
    pub(super) unrecorded: bool,
    /// Only those of this team; may be given several times
    #[arg(long, value_name = "TEAM")]
    pub(super) team: Vec<String>,
    /// Only those from incidents of this service; may be given several times
    #[arg(long, value_name = "SERVICE")]
    pub(super) service: Vec<String>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ActionsFormat::Text)]
    pub(super) format: ActionsFormat,
    /// Whose reports are looked at
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// How actions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ActionsFormat {
    /// For reading
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For an issue or a wiki
    Markdown,
    /// For calendars
    Ics,
}

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
pub(super) struct StatsArgs {
    /// The folder with the reports, where no bokgi.toml says
    pub(super) path: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SearchFormat::Text)]
    pub(super) format: SearchFormat,
    /// Whose reports are looked at
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = AudienceArg::Internal)]
    pub(super) audience: AudienceArg,
}

/// An audience, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceArg {
    /// Only what is public
    Public,
    /// Everything that is not restricted
    Internal,
    /// Everything
    Restricted,
}

impl From<AudienceArg> for Edition {
    fn from(audience: AudienceArg) -> Self {
        match audience {
            AudienceArg::Public => Edition::Public,
            AudienceArg::Internal => Edition::Internal,
            AudienceArg::Restricted => Edition::Restricted,
        }
    }
}

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The folder to set up
    pub(super) path: Option<PathBuf>,
    /// The profile that reports follow
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
}

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// Reports or folders; all of them, if none is named
    pub(super) paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
}

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// The report's title
    pub(super) title: String,
    /// The profile it follows
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// The day of the incident, as YYYY-MM-DD; today if absent
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) date: Option<jiff::civil::Date>,
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum)]
    pub(super) of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The file bokgi.toml
    Config,
    /// The front matter of a report, with the vocabulary of this project
    FrontMatter,
}

/// Arguments of `config`.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {}

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell that reads the script
    #[arg(value_name = "SHELL", value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Reads the arguments, with help in the user's language.
pub(super) fn parse(words: &[OsString], lang: Lang) -> Result<Args, clap::Error> {
    Args::from_arg_matches(&command(lang).try_get_matches_from(words)?)
}

/// The command line, with help in a language.
pub(super) fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::En => Args::command(),
        Lang::Ko => korean::localize(Args::command()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, korean};
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        Args::command().debug_assert();
        korean::localize(Args::command()).debug_assert();
    }

    #[test]
    fn every_command_and_argument_speaks_korean() {
        let mut command = Args::command();
        command.build();
        assert_eq!(korean::missing(&command), Vec::<String>::new());
    }
}
