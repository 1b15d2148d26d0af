//! `search`: the reports that answer a query, from the terminal.

use std::collections::BTreeMap;
use std::ops::Range;

use super::args::{Format, Global, SearchArgs, SearchFormat};
use super::check::config_problems;
use super::exit::Exit;
use super::output::Output;
use super::project::{self, Project};
use crate::config::Overrides;
use crate::corpus::Location;
use crate::diagnostics::render::Paint;
use crate::index::{Found, Highlighter, Hit, Index, Note, Options, SearchError, Snippet};
use crate::l10n::{Message, Text};
use crate::model::Status;
use crate::parse::Edition;
use anstyle::{AnsiColor, Style};

const NOTHING: Text = Text::new("nothing found", "찾은 보고서가 없습니다");
const NOTHING_HELP: Text = Text::new(
    "every word has to occur in a report: try fewer words, or `a OR b`",
    "모든 낱말이 한 보고서에 있어야 합니다. 낱말을 줄이거나 `a OR b`로 찾아보세요",
);
const CORRECTED: Text = Text::new(
    "nothing for `{query}`; these are for `{corrected}`",
    "`{query}`{으로/로} 찾은 것이 없어 `{corrected}`{으로/로} 찾았습니다",
);
const COUNT: Text = Text::new("{count} {report|reports}", "보고서 {count}건");
const SHOWN: Text = Text::new(
    "{count} {report|reports}, the best {shown} shown (`--limit` shows more)",
    "보고서 {count}건 가운데 {shown}건 (`--limit`으로 더 볼 수 있습니다)",
);
const MORE: Text = Text::new("+{count} more {place|places}", "이 보고서에 {count}곳 더");

pub(super) fn run(args: &SearchArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let path = args.path.as_deref();
    let project = project::open(path, &Overrides::default(), global, output)?;
    if config_problems(&project, Format::Full, output).is_some() {
        return Ok(Exit::Failed);
    }
    let edition = args.audience.into();
    let query = args.query.join(" ");
    let files = project::files(&project)?;
    let options = Options { limit: args.limit, ..Options::default() };
    let found = find(&project, &files.locations, edition, &query, &options)?;
    match args.format {
        SearchFormat::Text => print(&query, &found, &files.locations, output),
        SearchFormat::Json => output.line(&serde_json::to_string_pretty(&found.results(&query))?),
    }
    Ok(if found.answer.hits.is_empty() { Exit::Findings } else { Exit::Clean })
}

/// Asks the index of `.bokgi/`; without a sound one, all reports are read.
fn find(
    project: &Project,
    locations: &[Location],
    edition: Edition,
    query: &str,
    options: &Options,
) -> Result<Found, SearchError> {
    let kept = kept(project, locations, edition).map(|index| index?.search(query, options));
    if let Some(Ok(found)) = kept {
        return Ok(found);
    }
    let corpus = project::read(project, locations, edition);
    Index::open(None, &corpus, edition, project.settings())?.search(query, options)
}

/// The index of the last build with what has changed since.
fn kept(
    project: &Project,
    locations: &[Location],
    edition: Edition,
) -> Option<Result<Index, SearchError>> {
    let (manifest, storage) = project.store(edition).open(project.index_key())?;
    let changes = manifest.changes(&project::stamped(project, locations));
    let is_fresh = |location: &&Location| changes.fresh.contains(&location.path);
    let fresh: Vec<Location> = locations.iter().filter(is_fresh).cloned().collect();
    let corpus = project::read(project, &fresh, edition);
    Some(Index::open(Some((storage, changes.hidden)), &corpus, edition, project.settings()))
}

fn print(query: &str, found: &Found, locations: &[Location], output: &mut Output) {
    let answer = &found.answer;
    // One word about what was done to the query is enough.
    let said = |note: &&Note| answer.corrected.is_none() || **note != Note::SomeWords;
    for note in answer.notes.iter().filter(said) {
        let line = output.say(describe(note));
        output.status(&line);
    }
    if answer.hits.is_empty() {
        let (nothing, help) = (output.say(NOTHING), output.say(NOTHING_HELP));
        output.status(&nothing);
        output.status(&output.dim(&help));
        return;
    }
    if let Some(corrected) = &answer.corrected {
        let line = output.say(CORRECTED.with("query", query).with("corrected", corrected));
        output.status(&line);
    }
    let highlighter = Highlighter::new(&answer.query);
    let known: BTreeMap<&str, &str> =
        locations.iter().map(|location| (&*location.path, &*location.shown)).collect();
    for (hit, snippets) in answer.hits.iter().zip(&found.details.snippets) {
        let path = known.get(hit.key.as_str()).copied().unwrap_or(&hit.key);
        print_hit(hit, path, snippets, &highlighter, output);
    }
    let count = if answer.hits.len() < answer.total {
        SHOWN.with("count", answer.total).with("shown", answer.hits.len())
    } else {
        COUNT.with("count", answer.total)
    };
    let count = output.say(count);
    let count = output.dim(&count);
    output.line(&count);
}

fn print_hit(
    hit: &Hit,
    path: &str,
    snippets: &[Snippet],
    highlighter: &Highlighter,
    output: &mut Output,
) {
    let title = marked(&hit.title, &highlighter.marks(&hit.title), Style::new().bold(), output);
    output.line(&title);
    let status = Status::from_id(&hit.status).filter(|status| *status != Status::Final);
    let facts = hit
        .date
        .map(date)
        .into_iter()
        .chain(hit.severity.clone())
        .chain((!hit.services.is_empty()).then(|| hit.services.join(", ")))
        .chain(status.map(|status| status.label().get(output.lang).to_owned()));
    let facts = facts.collect::<Vec<_>>().join(" · ");
    if !facts.is_empty() {
        output.line(&format!("  {}", output.dim(&facts)));
    }
    let opened = hit.passages.first();
    let heading = opened.map(|passage| passage.heading.as_str()).unwrap_or_default();
    let snippet = snippets.first().map(|snippet| shown(snippet, output)).unwrap_or_default();
    if !snippet.is_empty() {
        let arrow = if heading.is_empty() { "" } else { " › " };
        output.line(&format!(
            "  {}{arrow}{snippet}",
            output.styled(heading, Style::new().underline())
        ));
    }
    let at = output.dim(&format!("{path}:{}", opened.map_or(1, |passage| passage.line)));
    // One passage is shown here.
    let more = hit.more + hit.passages.len().saturating_sub(1);
    let more = (more > 0).then(|| output.say(MORE.with("count", more)));
    let more = more.map(|more| output.dim(&format!("  ({more})"))).unwrap_or_default();
    output.line(&format!("  {at}{more}"));
    output.line("");
}

fn shown(snippet: &Snippet, output: &Output) -> String {
    let text = marked(&snippet.text, &snippet.marks, Style::new(), output);
    let (start, end) = (snippet.cut_start, snippet.cut_end);
    let dots = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", dots(start), text.trim(), dots(end))
}

/// The words of the query stand out.
fn marked(text: &str, marks: &[Range<usize>], style: Style, output: &Output) -> String {
    if output.paint() == Paint::Plain {
        return text.to_owned();
    }
    let hit = style.bold().fg_color(Some(AnsiColor::Yellow.into()));
    let mut shown = String::new();
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        shown.push_str(&output.styled(before, style));
        shown.push_str(&output.styled(inside, hit));
        at = mark.end;
    }
    shown.push_str(&output.styled(text.get(at..).unwrap_or_default(), style));
    shown
}

/// `20260314` as `2026-03-14`.
fn date(number: i32) -> String {
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}

fn describe(note: &Note) -> Message {
    match note {
        Note::OpenQuote => {
            Text::new("a quotation mark is not closed", "따옴표가 닫히지 않았습니다").into()
        }
        Note::LooseOr => {
            Text::new("`OR` needs something on both sides", "`OR`의 양쪽에 찾을 말이 있어야 합니다")
                .into()
        }
        Note::NoValue(field) => Text::new(
            "`{field}:` without a value is left out",
            "값이 없는 `{field}:`{은/는} 무시합니다",
        )
        .with("field", field),
        Note::NoDate(text) => Text::new(
            "`{text}` is no date; write 2026, 2026-03 or 2026-03-14",
            "`{text}`{은/는} 날짜가 아닙니다. 2026, 2026-03, 2026-03-14처럼 쓰세요",
        )
        .with("text", text),
        Note::NoWord(text) => Text::new(
            "`{text}` has no letter and no digit and is left out",
            "`{text}`에는 글자도 숫자도 없어 무시합니다",
        )
        .with("text", text),
        Note::TooManyWords(count) => Text::new(
            "only the first {count} words are looked for",
            "처음 {count}개 낱말만 찾습니다",
        )
        .with("count", *count),
        Note::SomeWords => Text::new(
            "no report has all of these words; these have some",
            "모든 낱말이 있는 보고서가 없어 일부가 있는 보고서를 보여 줍니다",
        )
        .into(),
    }
}
