//! One action written as a list item or a paragraph.

use std::ops::Range;

use super::Around;
use super::fields::{self, COLUMNS, tracker_key};
use super::prose;
use crate::config::{Column, Lexicon, key};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{Action, ActionStatus};
use crate::parse::placeholder::is_placeholder;
use crate::source::{Fnv, Span};

/// Link texts that only name the tracker.
const POINTERS: [&str; 18] = [
    "issue",
    "issues",
    "pr",
    "pull request",
    "jira link",
    "jira",
    "ticket",
    "link",
    "fixed",
    "github issue",
    "trello",
    "trello card",
    "이슈",
    "티켓",
    "링크",
    "지라",
    "issue created",
    "here",
];

/// More fields than this at one end, or more links, and the text is no action that somebody wrote:
/// the rest stays text. Each is looked for in the whole text, so the bound also keeps reading linear.
const MOST_FIELDS: usize = 32;

/// Reads an action from an item (or a paragraph) whose text is `first`, leaving out what stands
/// outside of `within`. `None` if it promises nothing: `N/A`, a placeholder.
pub(super) fn read(
    node: NodeRef<'_>,
    first: NodeRef<'_>,
    within: Span,
    around: &Around,
    lexicon: &Lexicon,
) -> Option<Action> {
    let plain = Plain::new(first, within);
    let lines = plain.text.trim_end();
    let text = plain.text.replace('\n', " ");
    if text.trim().is_empty() || lexicon.says_nothing(&text) || is_placeholder(&text) {
        return None;
    }
    // A line of a paragraph is less than its node.
    let span = if node.id() == first.id() { within } else { node.span() };
    let span = span.trim(node.document().text());
    let mut action = blank(span, around);
    if let Some(ticked) = checkbox(node) {
        action.status = if ticked { ActionStatus::Done } else { ActionStatus::Open };
    }
    action.ticket = ticket(first, within).or_else(|| address(&text));
    let length = field_lines(lines, &mut action, lexicon);
    let kept = strip(&text[..length], &mut action, lexicon);
    action.text_span = plain.span(kept.clone());
    let shown = without_pointers(&text[kept], first);
    let bare = shown.trim().trim_matches(['-', '–', '—', ' ']).trim_end_matches(['.', ',']);
    bare.trim().clone_into(&mut action.text);
    if action.text.is_empty() || is_placeholder(&action.text) {
        return None;
    }
    if action.ticket.is_none() {
        action.ticket = tracker_key(&text).map(str::to_owned);
    }
    if action.status == ActionStatus::Unknown && prose::says_done(&action.text) {
        action.status = ActionStatus::Done;
    }
    let is_open = matches!(action.status, ActionStatus::Unknown | ActionStatus::Open);
    if is_open && action.status_text.is_none() && is_struck(first, &action.text) {
        action.status = ActionStatus::WontDo;
    }
    action.id = id(&action, &text);
    Some(action)
}

/// Whether all that is to be done is struck through. Nothing says that it was done, so it was dropped.
fn is_struck(first: NodeRef<'_>, text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|ch| ch.is_alphanumeric()).count();
    let struck = first.children().filter(|child| matches!(child.kind(), Kind::Strike));
    let struck: usize = struck.map(|child| letters(&child.plain().text)).sum();
    struck > 0 && struck >= letters(text)
}

/// An action about which only its surroundings are known.
pub(super) fn blank(span: Span, around: &Around) -> Action {
    Action {
        span,
        id: String::new(),
        text: String::new(),
        text_span: span,
        horizon: around.horizon,
        kind: around.kind,
        owners: Vec::new(),
        due: None,
        due_text: None,
        done_on: None,
        status: around.status.unwrap_or(ActionStatus::Unknown),
        status_text: None,
        reason: None,
        ticket: None,
        priority: None,
        group: around.group.clone(),
        from_review: around.from_review,
    }
}

/// Whether an item has a task list's box, and whether it is ticked.
pub(super) fn checkbox(item: NodeRef<'_>) -> Option<bool> {
    let mut first = item.first_child()?.children();
    first.next().and_then(|child| match child.kind() {
        Kind::Checkbox(ticked) => Some(ticked),
        _ => None,
    })
}

/// The fields that stand below an item, one in a line of a list: `- 담당: @platform`.
pub(super) fn below<'d>(
    list: NodeRef<'d>,
    lexicon: &'d Lexicon,
) -> impl Iterator<Item = Option<(Column, String)>> + 'd {
    list.children().take(MOST_FIELDS).map(|item| {
        let text = item.first_child().filter(|child| child.is_paragraph())?.plain().text;
        let (name, value) = text.split_once([':', '：'])?;
        Some((lexicon.column(name, &COLUMNS[1..])?, value.trim().replace('\n', " ")))
    })
}

/// Takes fields that have lines of their own off the end: `Owner: kim`. Returns the length that is left.
fn field_lines(text: &str, action: &mut Action, lexicon: &Lexicon) -> usize {
    let mut kept = text.len();
    for _ in 0..MOST_FIELDS {
        let Some(end) = text[..kept].rfind('\n') else { break };
        if !field(&text[end + 1..kept], action, lexicon) {
            break;
        }
        kept = end;
    }
    kept
}

/// Takes fields off both ends of the text; returns the range of what is to be done.
fn strip(text: &str, action: &mut Action, lexicon: &Lexicon) -> Range<usize> {
    let mut kept = trimmed(text, 0..text.len());
    for _ in 0..MOST_FIELDS {
        let Some(rest) = strip_front(&text[kept.clone()], action, lexicon) else { break };
        kept = trimmed(text, kept.start + rest..kept.end);
    }
    for _ in 0..MOST_FIELDS {
        let Some(length) = strip_back(&text[kept.clone()], action, lexicon) else { break };
        kept = trimmed(text, kept.start..kept.start + length);
    }
    kept
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let marked = &text[range.clone()];
    let start = range.start + marked.len() - marked.trim_start().len();
    start..start + marked.trim().len()
}

/// `✅ Fix it`, `P0 / 이번 주: fix it`, `[P1] fix it`, `Done: fix it`, `[완료] fix it`
fn strip_front(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let first = text.chars().next()?;
    let mark = first.to_string();
    if !first.is_alphanumeric()
        && let Some(status) = lexicon.action_statuses.get(&mark)
    {
        action.status = *status;
        action.status_text = Some(mark);
        return Some(
            first.len_utf8()
                + text[first.len_utf8()..]
                    .chars()
                    .take_while(|&ch| ch == '\u{fe0f}')
                    .map(char::len_utf8)
                    .sum::<usize>(),
        );
    }
    if let Some(length) = state(text, action, lexicon) {
        return Some(length);
    }
    let inner = text.strip_prefix(['[', '(']).unwrap_or(text);
    let opened = text.len() - inner.len();
    let digits = inner.strip_prefix(['P', 'p'])?;
    let level = digits.chars().next().filter(|ch| ('0'..='5').contains(ch))?;
    let rest = &digits[1..];
    let ends =
        rest.starts_with([']', ')', ':', ' ', '/', '-', '—']) && !rest.trim_start().is_empty();
    if !ends || action.priority.is_some() {
        return None;
    }
    action.priority = Some(format!("P{level}"));
    let after = rest.trim_start_matches([']', ')', ':', ' ', '/', '-', '—', '–']);
    debug_assert!(after.len() + opened < text.len(), "a priority takes up space");
    Some(text.len() - after.len())
}

/// A state in front of what is to be done, and how long it is.
fn state(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    const LONGEST: usize = 32;
    let (word, length) = match text.strip_prefix('[') {
        Some(inner) => {
            let end = inner.find(']').filter(|end| *end <= LONGEST)?;
            (&inner[..end], end + 2)
        }
        None => {
            let end = text.find([':', '：']).filter(|end| *end <= LONGEST)?;
            let mark = text[end..].chars().next().map_or(0, char::len_utf8);
            (&text[..end], end + mark)
        }
    };
    let status = lexicon.action_statuses.get(&key(word)).copied()?;
    if text[length..].trim().is_empty() {
        return None;
    }
    action.status = status;
    action.status_text = Some(word.to_owned());
    Some(length)
}

/// `… (유형: 탐지, 담당: @platform)`, `… (완료)`, `… [Jerry]`, `… due:2026-04-01`, `… @team`,
/// `… — 완료: 2026-04-16`, `… {#id}`. Returns the length that is left.
fn strip_back(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let trimmed = text.trim_end_matches(['.', ' ', ',']);
    explicit_id(trimmed, action)
        .or_else(|| parenthesis(trimmed, action, lexicon))
        .or_else(|| owner_in_brackets(trimmed, action))
        .or_else(|| token(trimmed, action, lexicon))
        .or_else(|| clause(trimmed, action, lexicon))
        .or_else(|| status_mark(trimmed, action, lexicon))
}

fn explicit_id(text: &str, action: &mut Action) -> Option<usize> {
    let inner = text.strip_suffix('}')?;
    let open = inner.rfind("{#")?;
    let id = &inner[open + 2..];
    let plain = !id.is_empty()
        && id.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '_' | '.'));
    if !plain {
        return None;
    }
    id.clone_into(&mut action.id);
    Some(open)
}

fn parenthesis(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let inner = text.strip_suffix([')', '）'])?;
    let open = opening(inner)?;
    let content = inner[open..].trim_start_matches(['(', '（']);
    let mut found = false;
    for part in parts(content, lexicon) {
        found |= field(part, action, lexicon);
    }
    if !found {
        let status = fields::status(content, lexicon).filter(|_| content.chars().count() <= 24);
        let mention =
            content.split_whitespace().all(|word| word.starts_with('@')) && !content.is_empty();
        match status {
            Some(_) => fields::set(action, Column::Status, content, lexicon),
            None if mention => fields::set(action, Column::Owner, content, lexicon),
            None => return None,
        }
    }
    Some(open)
}

/// The fields of a parenthesis. What is no field goes on with the one before it: a reason with a comma
/// in it, a second owner.
fn parts<'t>(content: &'t str, lexicon: &Lexicon) -> Vec<&'t str> {
    const MARKS: [char; 4] = [',', '、', ';', '|'];
    let is_field = |part: &str| {
        let part = part.trim();
        let named = part.split_once([':', '：', '=']);
        named.is_some_and(|(name, _)| lexicon.column(name, &COLUMNS[1..]).is_some())
            || part.starts_with('@') && !part.contains(' ')
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for part in content.split(MARKS) {
        let end = at + part.len();
        let mark = content[..at].chars().next_back().map_or(0, char::len_utf8);
        if at > start && is_field(part) {
            parts.push(&content[start..at - mark]);
            start = at;
        }
        at = end + content[end..].chars().next().map_or(0, char::len_utf8);
    }
    parts.push(&content[start.min(content.len())..]);
    parts
}

/// The parenthesis that the last one of `inner` closes.
fn opening(inner: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, ch) in inner.char_indices().rev() {
        match ch {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return Some(at),
            '(' | '（' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `담당: @platform`, `due: 2026-04-01`, `@platform`
fn field(part: &str, action: &mut Action, lexicon: &Lexicon) -> bool {
    let part = part.trim();
    if let Some((name, value)) = part.split_once([':', '：', '=']) {
        if let Some(column) = lexicon.column(name, &COLUMNS[1..]) {
            fields::set(action, column, value, lexicon);
            return true;
        }
        return false;
    }
    if part.starts_with('@') && !part.contains(' ') {
        action.owners.push(part.to_owned());
        return true;
    }
    false
}

/// `… reviewers [Jerry]`
fn owner_in_brackets(text: &str, action: &mut Action) -> Option<usize> {
    let inner = text.strip_suffix(']')?;
    let open = inner.rfind('[')?;
    let name = &inner[open + 1..];
    let words = name.split_whitespace().count();
    let is_name = (1..=3).contains(&words)
        && name.chars().all(|ch| ch.is_alphabetic() || matches!(ch, ' ' | '@' | '-' | ','));
    if !is_name || !action.owners.is_empty() || POINTERS.contains(&key(name).as_str()) {
        return None;
    }
    action.owners = vec![name.to_owned()];
    Some(open)
}

/// A last word that is a field of its own: `due:2026-04-01`, `@platform`.
fn token(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let (_, word) = text.rsplit_once(char::is_whitespace)?;
    let start = text.len() - word.len();
    if let Some((name, value)) = word.split_once(':')
        && !value.is_empty()
        && !value.starts_with("//")
        && let Some(column) = lexicon.column(name, &COLUMNS[1..])
    {
        fields::set(action, column, value, lexicon);
        return Some(start);
    }
    if word.len() > 1 && word.starts_with('@') {
        action.owners.insert(0, word.to_owned());
        // `Owner: @kim`
        let before = text[..start].trim_end();
        let label =
            before.strip_suffix(':').and_then(|label| label.rsplit(char::is_whitespace).next());
        let named = label.filter(|label| lexicon.column(label, &[Column::Owner]).is_some());
        return Some(named.map_or(start, |label| before.len() - 1 - label.len()));
    }
    None
}

/// `… — 담당: @a, 기한: 2026-04-01`, `… - 완료: 2026-04-16`
fn clause(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let (start, mark) = [" — ", " – ", " - ", " | ", " / "]
        .iter()
        .filter_map(|mark| text.rfind(mark).map(|at| (at, mark.len())))
        .max()?;
    let rest = &text[start + mark..];
    let named = rest.split([',', '、', ';']).filter(|part| part.contains([':', '：'])).count() > 0;
    let mut copy = action.clone();
    let all = named && rest.split([',', '、', ';']).all(|part| field(part, &mut copy, lexicon));
    if !all {
        return None;
    }
    *action = copy;
    Some(start)
}

/// `… ✅`
fn status_mark(text: &str, action: &mut Action, lexicon: &Lexicon) -> Option<usize> {
    let last =
        text.trim_end_matches('\u{fe0f}').chars().next_back().filter(|ch| !ch.is_alphanumeric())?;
    let mark = last.to_string();
    let status = lexicon.action_statuses.get(&mark).copied()?;
    action.status = status;
    action.status_text = Some(mark);
    text.rfind(last)
}

/// Parts of the addresses of trackers.
const TRACKERS: [&str; 7] =
    ["/issues/", "/pull/", "/browse/", "/merge_requests/", "trello.com", "linear.app", "/jira/"];

/// A tracker's address that stands in the text and is no link.
fn address(text: &str) -> Option<String> {
    let outside = |ch: char| ch.is_whitespace() || matches!(ch, '(' | ')' | '<' | '>' | ',');
    text.split(outside)
        .filter(|word| word.starts_with("https://") || word.starts_with("http://"))
        .find(|word| TRACKERS.iter().any(|part| word.contains(part)))
        .map(|word| word.trim_end_matches(['.', ';', ':']).to_owned())
}

/// A link to a tracker.
fn ticket(first: NodeRef<'_>, within: Span) -> Option<String> {
    let is_link =
        |node: &NodeRef<'_>| matches!(node.kind(), Kind::Link(_)) && within.contains(node.span());
    first.descendants().filter(is_link).find_map(|node| {
        let target = &*node.link()?.target;
        let tracks = TRACKERS.iter().any(|part| target.contains(part));
        let text = node.plain().text;
        match tracker_key(&text) {
            Some(name) if !name.starts_with('#') => Some(name.to_owned()),
            _ if tracks => Some(target.to_owned()),
            _ => None,
        }
    })
}

/// The text without links that only point to the tracker: `([Issue](…))`.
fn without_pointers(text: &str, first: NodeRef<'_>) -> String {
    let mut shown = text.to_owned();
    let links = first.descendants().filter(|node| matches!(node.kind(), Kind::Link(_)));
    for link in links.take(MOST_FIELDS) {
        let pointer = link.plain().text.replace('\n', " ");
        if !POINTERS.contains(&key(&pointer).as_str()) {
            continue;
        }
        // In the middle of a sentence it is a word like any other.
        let ends =
            |at: usize, form: &str| shown[at + form.len()..].trim_matches(['.', ' ']).is_empty();
        let form = [format!("({pointer})"), format!("[{pointer}]"), pointer.clone()]
            .into_iter()
            .find_map(|form| Some((shown.rfind(&form)?, form)));
        if let Some((at, form)) = form
            && (form != pointer || ends(at, &form))
        {
            shown.replace_range(at..at + form.len(), "");
        }
    }
    shown
}

/// `{#id}`, the tracker's key, or a hash of what is to be done.
fn id(action: &Action, text: &str) -> String {
    if !action.id.is_empty() {
        return action.id.clone();
    }
    let names = action.ticket.as_deref().and_then(tracker_key).or_else(|| tracker_key(text));
    if let Some(name) = names.filter(|name| !name.starts_with('#')) {
        return name.to_owned();
    }
    hash_id(&action.text)
}

/// A hash of the folded letters and digits: marks, spacing and punctuation do not change it.
pub(super) fn hash_id(text: &str) -> String {
    let folded = bokgi_search::fold(text);
    let letters = folded.chars().filter(|ch| ch.is_alphanumeric());
    let mut hash = Fnv::new();
    let mut buffer = [0; 4];
    for ch in letters {
        hash.write(ch.encode_utf8(&mut buffer).as_bytes());
    }
    format!("a{:010x}", hash.finish() >> 24)
}
