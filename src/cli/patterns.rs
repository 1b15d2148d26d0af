//! `patterns`: what keeps happening together.

mod json;
mod recurrences;

use anstyle::{AnsiColor, Style};

use super::across::Across;
use super::args::{Global, PatternsArgs, SearchFormat};
use super::check::machine_lang;
use super::exit::Exit;
use super::output::Output;
use super::table::{bar, cut, left, width};
use crate::l10n::{Message, Text};
use crate::model::ActionStatus;
use crate::patterns::Collection;
use crate::patterns::mining::{
    Pattern, Patterns, Promised, action, figures, gap, mine, name, needs, notes, span, value_words,
};

/// Incidents and open actions that are listed of each pattern.
const LISTED: usize = 3;
/// Columns of a bar.
const BAR: usize = 10;
/// What stands below a name is set off by this.
const INDENT: &str = "    ";

pub(super) fn run(
    args: &PatternsArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Exit> {
    let path = args.path.as_deref();
    let Some(across) = Across::read(path, args.audience.into(), global, output)? else {
        return Ok(Exit::Failed);
    };
    let collection = across.collection();
    let found = mine(&collection);
    match args.format {
        SearchFormat::Text => print(&found, &collection, args.limit, output),
        SearchFormat::Json => {
            let lang = machine_lang(&across.project, output);
            let results = json::Results::new(&found, &collection, &across, args.limit, lang);
            output.line(&serde_json::to_string_pretty(&results)?);
        }
    }
    Ok(Exit::Clean)
}

fn print(found: &Patterns, collection: &Collection<'_>, limit: usize, output: &mut Output) {
    const COUNT: Text = Text::new(
        "{count} {pattern|patterns} in {incidents} {incident|incidents}",
        "장애 {incidents}건에서 찾은 패턴 {count}개",
    );
    recurrences::print(collection, limit, output);
    if found.patterns.is_empty() {
        print_nothing(found, output);
        return;
    }
    let count = COUNT.with("count", found.patterns.len()).with("incidents", found.incidents);
    let count = output.say(count);
    output.line(&output.bold(&count));
    output.line("");
    let most = found.patterns.iter().map(|pattern| pattern.places.len()).max().unwrap_or(1);
    for (number, pattern) in (1..).zip(&found.patterns).take(limit) {
        print_pattern(number, pattern, most, found, collection, output);
    }
    print_notes(found, limit, output);
}

fn print_pattern(
    number: usize,
    pattern: &Pattern,
    most: usize,
    found: &Patterns,
    collection: &Collection<'_>,
    output: &mut Output,
) {
    const ALSO: Text = Text::new("all of them also: {values}", "모두에 있는 것: {values}");
    let title = output.say(name(&pattern.values, collection));
    let number = super::table::right(&number.to_string(), INDENT.len() - 2);
    output.line(&format!("{number}  {}", output.bold(&title)));
    let drawn = left(&bar(pattern.places.len(), most, BAR), BAR);
    let drawn = output.green(&drawn);
    let figures = output.say(figures(pattern, found));
    let span = span(pattern).map(|span| format!(" · {}", output.say(span))).unwrap_or_default();
    output.line(&format!("{INDENT}{drawn} {figures}{span}"));
    if !pattern.shared.is_empty() {
        let words: Vec<Message> =
            pattern.shared.iter().map(|value| value_words(*value, collection)).collect();
        wrapped(&output.say(ALSO.with("values", words)), INDENT, output);
    }
    let room = Output::width().min(100) - INDENT.len();
    for &place in pattern.places.iter().take(LISTED) {
        let incident = &collection.reports[place].incident;
        let date = incident.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
        let severity = incident.severity.as_ref().map(|severity| severity.value.written.as_str());
        let severity = cut(severity.unwrap_or_default(), 8);
        let rest = room.saturating_sub(10 + 2 + 8 + 2);
        let title = cut(&incident.title.value, rest);
        let facts = output.dim(&format!("{}  {}", left(&date, 10), left(&severity, 8)));
        output.line(&format!("{INDENT}{facts}  {title}"));
    }
    print_more(pattern.places.len(), INDENT, output);
    print_promised(&pattern.promised, collection, room, output);
    output.line("");
}

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

fn print_more(count: usize, indent: &str, output: &mut Output) {
    const MORE: Text = Text::new("+{count} more", "외 {count}건");
    if count > LISTED {
        let more = output.say(MORE.with("count", count - LISTED));
        output.line(&format!("{indent}{}", output.dim(&more)));
    }
}

fn print_promised(
    promised: &Promised,
    collection: &Collection<'_>,
    room: usize,
    output: &mut Output,
) {
    const NONE: Text = Text::new("no actions were promised", "약속한 조치가 없습니다");
    const PROMISED: Text =
        Text::new("promised {count} {action|actions}: {states}", "약속한 조치 {count}건: {states}");
    const STATE: Text = Text::new("{count} {state}", "{state} {count}");
    const OVERDUE: Text = Text::new("overdue", "기한 지남");
    const OPEN: Text = Text::new("open", "미완료");
    const MISSING: Text = Text::new("missing: {gap}", "빠진 것: {gap}");
    if promised.total() == 0 {
        let none = output.say(NONE);
        output.line(&format!("{INDENT}{}", output.dim(&none)));
        return;
    }
    let states = ActionStatus::ALL.iter().filter(|status| promised.count(**status) > 0);
    let states: Vec<Message> = states
        .map(|status| STATE.with("count", promised.count(*status)).with("state", status.label()))
        .collect();
    let line = output.say(PROMISED.with("count", promised.total()).with("states", states));
    output.line(&format!("{INDENT}{line}"));
    let today = collection.settings.today;
    for &open in promised.open.iter().take(LISTED) {
        let action = action(collection, open);
        let is_overdue = action.is_overdue(today);
        let state = left(&output.say(if is_overdue { OVERDUE } else { OPEN }), 9);
        let state = if is_overdue {
            output.styled(&state, colour(AnsiColor::Red))
        } else {
            output.dim(&state)
        };
        let due = action.due.map(|due| due.to_string()).or_else(|| action.due_text.clone());
        let due = left(&cut(&due.unwrap_or_default(), 10), 10);
        let text = cut(&action.text, room.saturating_sub(2 + 9 + 2 + 10 + 2));
        output.line(&format!("{INDENT}  {state}  {due}  {text}"));
    }
    print_more(promised.open.len(), &format!("{INDENT}  "), output);
    for found in promised.gaps() {
        let line = output.say(MISSING.with("gap", gap(found)));
        let line = output.styled(&line, colour(AnsiColor::Yellow));
        output.line(&format!("{INDENT}{line}"));
    }
}

fn print_notes(found: &Patterns, limit: usize, output: &mut Output) {
    const SHOWN: Text = Text::new(
        "{shown} of {count} patterns shown (`--limit` shows more).",
        "패턴 {count}개 가운데 {shown}개를 보였습니다 (`--limit`으로 더 볼 수 있습니다).",
    );
    let shown = limit.min(found.patterns.len());
    let cut = SHOWN.with("shown", shown).with("count", found.patterns.len());
    let cut = (shown < found.patterns.len()).then_some(cut);
    for message in cut.into_iter().chain(notes(found)) {
        let text = output.say(message);
        for line in lines(&text, Output::width().min(100)) {
            let line = output.dim(&line);
            output.line(&line);
        }
    }
}

fn print_nothing(found: &Patterns, output: &mut Output) {
    const NOTHING: Text = Text::new("no patterns yet", "아직 패턴이 없습니다");
    const HINT: Text = Text::new(
        "`services`, `trigger`, `causes`, `detection` and `mitigations` in the front matter of reports make patterns.",
        "보고서 front matter의 `services`, `trigger`, `causes`, `detection`, `mitigations`에서 패턴이 나옵니다.",
    );
    const STATED: Text = Text::new(
        "Of {incidents} {incident|incidents} this many state a value:",
        "장애 {incidents}건 가운데 값을 적은 보고서:",
    );
    let nothing = output.say(NOTHING);
    output.line(&output.bold(&nothing));
    let needs = output.say(needs(found));
    wrapped(&needs, "", output);
    if found.incidents == 0 {
        return;
    }
    output.line("");
    let stated = output.say(STATED.with("incidents", found.incidents));
    output.line(&stated);
    let labels: Vec<&str> =
        found.stated.iter().map(|(facet, _)| facet.label().get(output.lang)).collect();
    let wide = labels.iter().map(|label| width(label)).max().unwrap_or_default();
    for (label, (_, count)) in labels.iter().zip(&found.stated) {
        let drawn = left(&bar(*count, found.incidents, BAR), BAR);
        let drawn = output.green(&drawn);
        output.line(&format!("  {}  {drawn} {count}", left(label, wide)));
    }
    // Where most reports state values, more of them would not help.
    if found.stated.iter().filter(|(_, count)| count * 2 > found.incidents).count() < 2 {
        output.line("");
        let hint = output.say(HINT);
        wrapped(&hint, "", output);
    }
}

fn wrapped(text: &str, indent: &str, output: &mut Output) {
    for line in lines(text, Output::width().min(100) - indent.len()) {
        output.line(&format!("{indent}{line}"));
    }
}

/// A text in lines of so many columns, broken between words.
fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
