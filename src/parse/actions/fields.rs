//! The fields of an action, wherever they are written.

use jiff::civil::Date;

use crate::config::{Column, Lexicon, key};
use crate::model::{Action, ActionStatus};
use crate::parse::when::{self, WrittenDate};

/// The columns a table of actions, or the fields of an action, can have.
pub(super) const COLUMNS: [Column; 9] = [
    Column::Action,
    Column::Horizon,
    Column::Kind,
    Column::Owner,
    Column::Due,
    Column::DoneOn,
    Column::Status,
    Column::Ticket,
    Column::Priority,
];

/// Puts a field's value into the action. A value that says it is empty changes nothing.
pub(super) fn set(action: &mut Action, column: Column, value: &str, lexicon: &Lexicon) {
    let value = value.trim();
    if lexicon.is_empty(value) {
        return;
    }
    match column {
        Column::Horizon => {
            action.horizon = lexicon.horizons.get(&key(value)).copied().or(action.horizon);
        }
        Column::Kind => {
            // One column often serves for both: `유형: 단기`.
            let horizon = lexicon.horizons.get(&key(value)).copied();
            action.horizon = horizon.or(action.horizon);
            let kinds =
                value.split([',', '/', '·']).find_map(|part| lexicon.action_kinds.get(&key(part)));
            action.kind = kinds.copied().or(action.kind);
        }
        Column::Owner => action.owners = owners(value),
        Column::Due => set_due(action, value, lexicon),
        Column::DoneOn => match date(value) {
            Some(done) => {
                action.done_on = Some(done);
                action.status = ActionStatus::Done;
            }
            None => set_status(action, value, lexicon),
        },
        Column::Status => set_status(action, value, lexicon),
        Column::Ticket => {
            // `[#12](https://…)`: the address says more than the number.
            let known =
                action.ticket.take_if(|known| known.contains("://") && value.starts_with('#'));
            action.ticket = known.or_else(|| Some(value.to_owned()));
        }
        Column::Priority => action.priority = Some(value.to_owned()),
        _ => {}
    }
}

/// A due column can also hold a horizon (`이번 주`) or what is no date at all (`Q3`).
fn set_due(action: &mut Action, value: &str, lexicon: &Lexicon) {
    action.due = date(value);
    action.due_text = Some(value.to_owned());
    if action.due.is_none() {
        action.horizon = lexicon.horizons.get(&key(value)).copied().or(action.horizon);
    }
}

fn set_status(action: &mut Action, value: &str, lexicon: &Lexicon) {
    action.status_text = Some(value.to_owned());
    // `blocked on the vendor`, where nothing but a state is expected
    let first = || status(value.split_whitespace().next()?, lexicon);
    if let Some(status) = status(value, lexicon).or_else(first) {
        action.status = status;
        action.done_on = action
            .done_on
            .or_else(|| if status == ActionStatus::Done { date(value) } else { None });
        if status == ActionStatus::WontDo {
            action.reason = reason(value);
        }
    }
}

/// The state that words or a mark name: `✅ Done`, `☐ 미결`, `Done (git 108cb12)`, `완료: 2026-04-16`.
pub(super) fn status(text: &str, lexicon: &Lexicon) -> Option<ActionStatus> {
    let text = text.trim();
    let find = |word: &str| lexicon.action_statuses.get(&key(word)).copied();
    let mark = text.chars().next().filter(|ch| !ch.is_alphanumeric()).map(|ch| ch.to_string());
    let head = text.split(['(', '（', ':', '：', ',', '—', '–', '/', ';']).next().unwrap_or(text);
    let words = head.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    find(text)
        .or_else(|| find(words))
        .or_else(|| mark.and_then(|mark| lexicon.action_statuses.get(&mark).copied()))
        .or_else(|| find(words.split(" or ").next()?))
}

/// What follows the word that says it will not be done.
fn reason(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(['(', '（', ':', '：', '—', '–'])?;
    let rest = rest.trim().trim_end_matches([')', '）']).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn owners(text: &str) -> Vec<String> {
    text.split([',', '、', '/', ';', '&', '\n'])
        .map(|owner| owner.trim().trim_matches(['*', '`']).trim().to_owned())
        .filter(|owner| !owner.is_empty())
        .collect()
}

fn date(text: &str) -> Option<Date> {
    match when::date_in(text)?.date {
        Some(WrittenDate::Full(date)) => Some(date),
        _ => None,
    }
}

/// A tracker's key (`OPS-12`) or number (`#123`) in a text. `CVE-2020-29652`, `UTF-8` and the like
/// are none.
pub(super) fn tracker_key(text: &str) -> Option<&str> {
    const NO_PROJECTS: [&str; 14] = [
        "CVE", "UTF", "ADR", "ISO", "RFC", "SHA", "TLS", "GHSA", "CWE", "SEV", "HTTP", "SSL",
        "RHEL", "PM",
    ];
    let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '-' || ch == '#';
    text.split(|ch: char| !is_part(ch)).find(|token| {
        if let Some(number) = token.strip_prefix('#') {
            return !number.is_empty()
                && number.len() <= 7
                && number.bytes().all(|b| b.is_ascii_digit());
        }
        let Some((project, number)) = token.split_once('-') else { return false };
        let is_project = (2..=10).contains(&project.len())
            && project.starts_with(|ch: char| ch.is_ascii_uppercase())
            && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_project && is_number && !NO_PROJECTS.contains(&project)
    })
}

#[cfg(test)]
mod tests {
    use super::{status, tracker_key};
    use crate::config::Lexicon;

    #[test]
    fn states_are_read_from_words_and_marks() {
        let lexicon = Lexicon::built_in();
        for (text, expected) in [
            ("✅ Done", Some("done")),
            ("☐ 미결", Some("open")),
            ("🔄 진행중", Some("in-progress")),
            ("Done (git 108cb12)", Some("done")),
            ("완료: 2026-04-16", Some("done")),
            ("IN PROGRESS", Some("in-progress")),
            ("Won't do: superseded", Some("wont-do")),
            ("planned or in-progress", Some("open")),
            ("Q4 2025", None),
            ("", None),
        ] {
            assert_eq!(status(text, &lexicon).map(|status| status.id()), expected, "{text}");
        }
    }

    #[test]
    fn tracker_keys_are_not_everything_with_a_dash() {
        assert_eq!(tracker_key("see OPS-12, please"), Some("OPS-12"));
        assert_eq!(tracker_key("Ticket #3016"), Some("#3016"));
        for text in ["CVE-2020-29652", "UTF-8", "eu-west-2", "k8s-1", "#main", "ADR-0031", "SEV-2"]
        {
            assert_eq!(tracker_key(text), None, "{text}");
        }
    }
}
