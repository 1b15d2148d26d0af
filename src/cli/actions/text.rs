//! Actions for reading in a terminal.

use anstyle::{AnsiColor, Style};

use super::super::args::ActionsArgs;
use super::super::output::Output;
use super::super::table::{cut, right, width};
use super::{Item, Listing};
use crate::l10n::{Lang, Text};
use crate::model::ActionStatus;
use crate::patterns::promises::{Standing, Tally};

const HEAD: Text = Text::new(
    "{total} {action|actions} from {reports} {report|reports}, as of {today}",
    "보고서 {reports}건에서 약속한 조치 {total}건 ({today} 기준)",
);
const NO_ACTIONS: Text = Text::new("no action is promised", "약속한 조치가 없습니다");
const NOTHING: Text = Text::new("nothing to list", "보여 줄 조치가 없습니다");
const IN_TIME: Text = Text::new(
    "done {median} d after the incident (median of {n}{spread})",
    "완료까지 중앙값 {median}일 (n={n}{spread})",
);
const SPREAD: Text = Text::new(", ninth decile {p90} d", ", 90백분위 {p90}일");
const KEPT: Text =
    Text::new("{count} of {n} by their due date", "{n}건 가운데 {count}건은 기한 안에 완료");
const UNRECORDED: Text = Text::new(
    "{count} more {action|actions} without a record of being done (`--unrecorded` lists them)",
    "끝났는지 적혀 있지 않은 조치가 {count}건 더 있습니다 (`--unrecorded`로 볼 수 있습니다)",
);
const ONLY_UNRECORDED: Text = Text::new(
    "none is known to be open; {count} without a record (`--unrecorded` lists them)",
    "미완료로 적힌 조치는 없습니다. 기록이 없는 조치 {count}건은 `--unrecorded`로 볼 수 있습니다",
);
const LATE: Text = Text::new("{days} d", "{days}일");
const AHEAD: Text = Text::new("in {days} d", "{days}일 뒤");
const TODAY: Text = Text::new("today", "오늘");

/// The widest bar of states.
const BAR: usize = 60;
/// Columns before an action's words: its date and how far off that is.
const GUTTER: usize = 24;
/// A title cut shorter than this says nothing that the file's name does not.
const SHORTEST_TITLE: usize = 24;

pub(super) fn print(listing: &Listing<'_>, args: &ActionsArgs, output: &mut Output) {
    let tally = listing.promises.tally();
    if tally.total() == 0 {
        let line = output.say(NO_ACTIONS);
        output.line(&line);
        return;
    }
    head(listing, tally, output);
    // By default those without a record are a number: nothing says that there is anything to do.
    let is_listed =
        |item: &&Item<'_>| args.unrecorded || item.promise.standing != Standing::Unrecorded;
    let items: Vec<&Item<'_>> = listing.items.iter().filter(is_listed).collect();
    for group in items.chunk_by(|left, right| left.promise.standing == right.promise.standing) {
        if let Some(first) = group.first() {
            output.line("");
            let (name, style) = heading(first.promise.standing);
            let name = output.styled(name.get(output.lang), style.bold());
            let count = output.dim(&group.len().to_string());
            output.line(&format!("{name}  {count}"));
        }
        for item in group {
            print_item(item, listing, output);
        }
    }
    let left_out = listing.items.len() - items.len();
    if items.is_empty() && left_out == 0 {
        let line = output.say(NOTHING);
        output.line(&format!("\n{}", output.dim(&line)));
    }
    if left_out > 0 {
        let text = if items.is_empty() { ONLY_UNRECORDED } else { UNRECORDED };
        let line = output.say(text.with("count", left_out));
        output.line(&format!("\n{}", output.dim(&line)));
    }
}

/// How all of them stand, as one bar.
fn head(listing: &Listing<'_>, tally: Tally, output: &mut Output) {
    let mut places: Vec<usize> = listing.promises.all.iter().map(|p| p.place).collect();
    places.dedup();
    let today = listing.collection.settings.today.to_string();
    let line = output
        .say(HEAD.with("total", tally.total()).with("reports", places.len()).with("today", today));
    output.line(&output.bold(&line));
    let states = states(tally);
    let columns = BAR.min(Output::width());
    let bar: String = lengths(&states.each_ref().map(|state| state.count), columns)
        .iter()
        .zip(&states)
        .map(|(length, state)| output.styled(&state.glyph.repeat(*length), state.style))
        .collect();
    output.line(&bar);
    let legend = states.iter().filter(|state| state.count > 0).map(|state| {
        let glyph = output.styled(state.glyph, state.style);
        format!("{glyph} {} {}", state.count, state.label.get(output.lang))
    });
    let legend = legend.collect::<Vec<_>>().join("   ");
    output.line(&legend);
    let mut figures = Vec::new();
    if let Some(days) = listing.promises.days_to_done(listing.collection) {
        let spread = days.p90.map(|p90| SPREAD.with("p90", p90).render(output.lang));
        let text = IN_TIME.with("median", days.median).with("n", days.n);
        figures.push(output.say(text.with("spread", spread.unwrap_or_default())));
    }
    let (count, n) = listing.promises.kept();
    if n > 0 {
        figures.push(output.say(KEPT.with("count", count).with("n", n)));
    }
    if !figures.is_empty() {
        let line = output.dim(&figures.join(" · "));
        output.line(&line);
    }
}

struct State {
    glyph: &'static str,
    label: Text,
    count: usize,
    style: Style,
}

/// What is over first, then what is not, in the order of the lists.
fn states(tally: Tally) -> [State; 5] {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    let state = |glyph, label, count, style| State { glyph, label, count, style };
    [
        state("█", ActionStatus::Done.label(), tally.done, colour(AnsiColor::Green)),
        state("▒", heading(Standing::Overdue).0, tally.overdue, colour(AnsiColor::Red)),
        state("▓", OPEN, tally.open - tally.overdue, colour(AnsiColor::Yellow)),
        state("░", ActionStatus::Unknown.label(), tally.unknown, Style::new().dimmed()),
        state("·", ActionStatus::WontDo.label(), tally.dropped, Style::new().dimmed()),
    ]
}

const OPEN: Text = Text::new("open", "미완료");

fn heading(standing: Standing) -> (Text, Style) {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match standing {
        Standing::Overdue => (Text::new("overdue", "기한 지남"), colour(AnsiColor::Red)),
        Standing::Due => (OPEN, colour(AnsiColor::Yellow)),
        Standing::Undated => {
            (Text::new("open, no due date", "미완료, 기한 없음"), colour(AnsiColor::Yellow))
        }
        Standing::Unrecorded => (ActionStatus::Unknown.label(), Style::new()),
        Standing::Done => (ActionStatus::Done.label(), Style::new()),
        Standing::Dropped => (ActionStatus::WontDo.label(), Style::new()),
    }
}

/// How long each part of a bar is; what is there is never nothing.
fn lengths<const N: usize>(counts: &[usize; N], columns: usize) -> [usize; N] {
    let total: usize = counts.iter().sum::<usize>().max(1);
    let mut lengths =
        counts.map(|count| if count == 0 { 0 } else { (count * columns / total).max(1) });
    // What rounding left over or took too much goes to the longest.
    let sum: usize = lengths.iter().sum();
    if let Some(longest) = lengths.iter_mut().max() {
        *longest = (*longest + columns).saturating_sub(sum);
    }
    lengths
}

fn print_item(item: &Item<'_>, listing: &Listing<'_>, output: &mut Output) {
    let lang = output.lang;
    let action = item.promise.action;
    let columns = Output::width().max(60);
    let has_date = matches!(item.promise.standing, Standing::Overdue | Standing::Due);
    let indent = if has_date { GUTTER } else { 2 };
    let today = listing.collection.settings.today;
    let lead = match action.due.filter(|_| has_date) {
        Some(due) => {
            let days = due.since(today).map_or(0, |span| span.get_days());
            let away = match days {
                ..0 => LATE.with("days", i64::from(-days)).render(lang),
                0 => TODAY.get(lang).to_owned(),
                _ => AHEAD.with("days", i64::from(days)).render(lang),
            };
            let away = right(&away, GUTTER - 14);
            let (_, style) = heading(item.promise.standing);
            format!("  {due}{}  ", output.styled(&away, style))
        }
        None => " ".repeat(indent),
    };
    let lines = wrapped(&action.text, columns - indent);
    for (at, line) in lines.iter().enumerate() {
        let before = if at == 0 { lead.clone() } else { " ".repeat(indent) };
        output.line(&format!("{before}{line}"));
    }
    let mut about = details(item, lang);
    let place = item.place();
    // The place is whole: it is what one goes to.
    let title = &item.report.incident.title.value;
    let room = columns.saturating_sub(width(&about) + width(&place) + indent + 3);
    if room >= SHORTEST_TITLE.min(width(title)) {
        about.push_str(&format!("{} · ", cut(title, room)));
    }
    output.line(&format!("{}{}", " ".repeat(indent), output.dim(&format!("{about}{place}"))));
}

/// What an action is, and whose, each with a dot behind.
fn details(item: &Item<'_>, lang: Lang) -> String {
    let action = item.promise.action;
    let mut about: Vec<String> = action.owners.clone();
    about.extend(action.kind.map(|kind| kind.label().get(lang).to_owned()));
    about.extend(action.due_text.clone().filter(|_| action.due.is_none()));
    about.extend(
        (action.status == ActionStatus::InProgress)
            .then(|| action.status.label().get(lang).to_owned()),
    );
    about.extend(action.ticket.clone());
    about.iter().map(|part| cut(part, 30) + " · ").collect()
}

/// A text on as many lines as it needs, three at most.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    const MOST: usize = 3;
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().map(std::mem::take).unwrap_or_default();
        lines.pop();
        if line.is_empty() {
            lines.push(word.to_owned());
        } else if width(&line) + 1 + width(word) <= columns {
            lines.push(format!("{line} {word}"));
        } else {
            lines.extend([line, word.to_owned()]);
        }
    }
    if lines.len() > MOST {
        lines.truncate(MOST);
        if let Some(last) = lines.last_mut() {
            *last = format!("{last} …");
        }
    }
    lines.iter().map(|line| cut(line, columns)).collect()
}

#[cfg(test)]
mod tests {
    use super::{lengths, wrapped};

    #[test]
    fn a_bar_is_as_long_as_it_is() {
        assert_eq!(lengths(&[40, 5, 7, 30, 3], 60).iter().sum::<usize>(), 60);
        assert_eq!(lengths(&[1000, 1, 0], 10), [9, 1, 0]);
        assert_eq!(lengths(&[1, 1, 1], 60), [20, 20, 20]);
    }

    #[test]
    fn long_texts_wrap_and_end() {
        assert_eq!(wrapped("커넥션 풀 알람", 10), ["커넥션 풀", "알람"]);
        assert_eq!(wrapped("a b c d", 1), ["a", "b", "…"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
