//! The phase an entry marks.

use std::ops::Range;

use crate::config::{Lexicon, key};
use crate::model::Phase;

/// A longer label is a sentence.
const LONGEST_TAG: usize = 40;

/// What the tags of an entry say, and the text without those in brackets. A label stays: what
/// `Root cause identified: …` says is more than its phase.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tags {
    pub(super) phase: Option<Phase>,
    pub(super) handoff: bool,
    /// The range of the text that is no tag.
    pub(super) text: Range<usize>,
}

/// Reads the tags of an entry: `[탐지] …`, `Detected: …`, `… (resolved)`, or a text whose first
/// sentence is a phase's name. Only exact names count, so a sentence that mentions a recovery is none.
pub(super) fn tags(text: &str, lexicon: &Lexicon) -> Tags {
    let mut tags = Tags { text: 0..text.len(), ..Tags::default() };
    while let Some((tag, rest)) = bracketed(&text[tags.text.start..]) {
        if !tags.take(tag, lexicon) {
            break;
        }
        tags.text.start = text.len() - rest.len();
    }
    let rest = &text[tags.text.start..];
    if tags.phase.is_none()
        && !label(rest).is_some_and(|label| tags.take(label, lexicon))
        && !tags.take(rest, lexicon)
        && !first_sentence(rest).is_some_and(|sentence| tags.take(sentence, lexicon))
        && let Some(tag) = parenthesis_at_end(rest)
    {
        tags.take(tag, lexicon);
    }
    tags
}

impl Tags {
    /// Whether `tag` is one; notes what it says.
    fn take(&mut self, tag: &str, lexicon: &Lexicon) -> bool {
        if tag.chars().count() > LONGEST_TAG {
            return false;
        }
        let phase = lexicon.phases.get(&key(tag)).copied();
        let handoff = lexicon.is_handoff(tag);
        self.phase = self.phase.or(phase);
        self.handoff |= handoff;
        phase.is_some() || handoff
    }
}

/// `[탐지] rest`, `(감지) rest`, `【復旧】rest`
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start();
    let close = match inner.chars().next()? {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '（' => '）',
        _ => return None,
    };
    let open = inner.chars().next().map_or(0, char::len_utf8);
    let (tag, rest) = inner[open..].split_once(close)?;
    Some((tag, rest.trim_start_matches([' ', ':', '-', '–', '—', '\u{a0}'])))
}

/// `Detected: rest`, `탐지 - rest`
fn label(text: &str) -> Option<&str> {
    [":", "：", " - ", " – ", " — "]
        .iter()
        .filter_map(|mark| text.split_once(mark))
        .map(|(label, _)| label)
        .min_by_key(|label| label.len())
        .map(|label| label.trim_matches(['*', ' ']))
}

/// `Incident declared. Everybody joins the call`. A comma ends only what is more than one word: `Fixed,
/// then broken again` says something else.
fn first_sentence(text: &str) -> Option<&str> {
    let at = text.find(['.', ',', '。'])?;
    let sentence = text[..at].trim();
    let ends = !text[at..].starts_with(',') || sentence.contains(' ');
    (ends && at < text.len() - 1).then_some(sentence)
}

/// `… the end of it (resolved)`
fn parenthesis_at_end(text: &str) -> Option<&str> {
    let inner = text.trim_end_matches(['.', ' ', '*']).strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let tag = &inner[open..];
    Some(tag.trim_start_matches(['(', '（']))
}

#[cfg(test)]
mod tests {
    use super::tags;
    use crate::config::Lexicon;

    #[test]
    fn only_tags_name_a_phase() {
        let lexicon = Lexicon::built_in();
        for (text, phase, rest) in [
            ("[탐지] 5xx 알람", "detected", "5xx 알람"),
            ("[detected] alert fires", "detected", "alert fires"),
            ("Detected: alert fires", "detected", "Detected: alert fires"),
            ("복구 - 지표 정상화", "resolved", "복구 - 지표 정상화"),
            ("Fault occurs", "started", "Fault occurs"),
            (
                "Target group reattached (resolved).",
                "resolved",
                "Target group reattached (resolved).",
            ),
            ("The node went away (outage starts)", "started", "The node went away (outage starts)"),
            ("[인계] 야간 팀으로", "handoff", "야간 팀으로"),
            ("[복구][인계] 끝", "resolved handoff", "끝"),
            (
                "Incident declared. See the channel",
                "declared",
                "Incident declared. See the channel",
            ),
            ("Incident declared, rollback tried", "declared", "Incident declared, rollback tried"),
            ("Fixed, then broken again", "", "Fixed, then broken again"),
            ("We resolved the ticket", "", "We resolved the ticket"),
            ("[#123] merged", "", "[#123] merged"),
            ("복구를 시도했으나 실패", "", "복구를 시도했으나 실패"),
        ] {
            let found = tags(text, &lexicon);
            let mut shown: Vec<&str> = found.phase.iter().map(|phase| phase.id()).collect();
            if found.handoff {
                shown.push("handoff");
            }
            assert_eq!(
                (shown.join(" ").as_str(), &text[found.text.clone()]),
                (phase, rest),
                "{text}"
            );
        }
    }
}
