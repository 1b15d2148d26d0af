//! Actions for an issue or a wiki: a task list under each report.

use super::{Item, Listing};
use crate::l10n::{Lang, Message, Text};
use crate::model::ActionStatus;
use crate::patterns::promises::Standing;

const HEADING: Text = Text::new("Open actions as of {today}", "미완료 조치 ({today} 기준)");
const NOTHING: Text = Text::new("Nothing is open.", "끝나지 않은 조치가 없습니다.");
const OVERDUE: Text =
    Text::new("**overdue: {days} {day|days}**, due {due}", "**{days}일 지남**, 기한 {due}");
const DUE: Text = Text::new("due {due}", "기한 {due}");
const OWNER: Text = Text::new("owner {owners}", "담당 {owners}");

pub(super) fn render(listing: &Listing<'_>, lang: Lang) -> String {
    let today = listing.collection.settings.today;
    let heading = HEADING.with("today", today.to_string()).render(lang);
    let mut out = format!("## {heading}\n");
    if listing.items.is_empty() {
        out.push_str(&format!("\n{}\n", NOTHING.get(lang)));
    }
    // By report, the one with the most pressing action first.
    let mut order: Vec<usize> = Vec::new();
    let mut by_report: std::collections::BTreeMap<usize, Vec<&Item<'_>>> =
        std::collections::BTreeMap::new();
    for item in &listing.items {
        let items = by_report.entry(item.promise.place).or_default();
        if items.is_empty() {
            order.push(item.promise.place);
        }
        items.push(item);
    }
    let base = listing.collection.settings.site.base_url.as_deref();
    for place in order {
        let items = &by_report[&place];
        let Some(first) = items.first() else { continue };
        let incident = &first.report.incident;
        let title = escaped(&incident.title.value);
        // Without a site the file is where to go; a link needs to know where this will stand.
        let title = match base {
            Some(base) => format!("[{title}]({}/{})", base.trim_end_matches('/'), first.url()),
            None => title,
        };
        let date = incident.date.as_ref().map(|date| format!("{} ", date.value));
        out.push_str(&format!("\n### {}{title}\n\n", date.unwrap_or_default()));
        if base.is_none() {
            out.push_str(&format!("{}\n\n", code(first.report.source.path())));
        }
        for item in items {
            out.push_str(&task(item, lang));
        }
    }
    out
}

fn task(item: &Item<'_>, lang: Lang) -> String {
    let action = item.promise.action;
    let say = |message: Message| message.render(lang);
    let due = action.due.map(|due| due.to_string());
    let due = due.or_else(|| action.due_text.as_deref().map(escaped));
    let mut about: Vec<String> = Vec::new();
    match (item.days_overdue, due) {
        (Some(days), Some(due)) => {
            about.push(say(OVERDUE.with("days", i64::from(days)).with("due", due)));
        }
        (_, Some(due)) => about.push(say(DUE.with("due", due))),
        (_, None) => {}
    }
    // An owner as code is nobody's notification.
    if !action.owners.is_empty() {
        let owners: Vec<String> = action.owners.iter().map(|owner| code(owner)).collect();
        about.push(say(OWNER.with("owners", owners)));
    }
    about.extend(action.kind.map(|kind| kind.label().get(lang).to_owned()));
    about.extend(action.ticket.as_deref().map(escaped));
    let is_said =
        item.promise.standing == Standing::Unrecorded || action.status == ActionStatus::InProgress;
    about.extend(is_said.then(|| action.status.label().get(lang).to_owned()));
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    format!("- [ ] {}{about}\n", escaped(&action.text))
}

/// Text as Markdown and HTML show it as it is, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(
            ch,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '#' | '@'
        ) {
            out.push('\\');
        }
        out.push(ch);
    }
    // What would begin a list, a rule or a heading.
    if out.starts_with(['-', '+', '=']) { format!("\\{out}") } else { out }
}

/// A code span: its fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|ch| ch != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a <b> [c](d) *e* #1"), "a \\<b\\> \\[c\\](d) \\*e\\* \\#1");
        assert_eq!(escaped("- x\n# y"), "\\- x \\# y");
        assert_eq!((code("@kim"), code("a`b")), ("`@kim`".to_owned(), "``a`b``".to_owned()));
    }
}
