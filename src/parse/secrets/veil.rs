//! Keeps secrets out of whatever is said about a report.
//!
//! A message may quote a title, a value or the start of a line, and cut it anywhere. So a text is not
//! searched for a secret as a whole, but for any few characters in a row that come from one.

use std::collections::BTreeSet;

use super::{Secret, is_mark};

/// So many characters in a row come from a secret by no accident.
const ENOUGH: usize = 8;

/// What must not be said.
#[derive(Debug, Default)]
pub(crate) struct Veil {
    /// Numbers made of the parts of secrets.
    parts: BTreeSet<u64>,
    /// How long those parts are.
    lengths: BTreeSet<usize>,
}

impl Veil {
    pub(crate) fn add(&mut self, text: &str, secrets: &[Secret]) {
        for secret in secrets {
            let bare: Vec<char> = bare(secret.hidden().of(text)).map(|(_, ch)| ch).collect();
            let length = bare.len().min(ENOUGH);
            // Two or three characters are everywhere.
            if length >= 4 {
                self.lengths.insert(length);
                self.parts.extend(bare.windows(length).map(number));
            }
        }
    }

    /// The text with `*` in the place of secrets; `None` if it has none.
    pub(crate) fn over(&self, text: &str) -> Option<String> {
        let bare: Vec<(usize, char)> = bare(text).collect();
        let chars: Vec<char> = bare.iter().map(|(_, ch)| *ch).collect();
        let mut hidden: Vec<(usize, usize)> = Vec::new();
        for length in &self.lengths {
            for (at, part) in chars.windows(*length).enumerate() {
                if self.parts.contains(&number(part)) {
                    hidden.push((bare[at].0, bare[at + length - 1].0));
                }
            }
        }
        if hidden.is_empty() {
            return None;
        }
        hidden.sort_unstable();
        let mut shown = String::with_capacity(text.len());
        let mut next = hidden.iter().peekable();
        let mut until = None;
        for (at, ch) in text.char_indices() {
            while let Some((_, end)) = next.next_if(|(start, _)| *start <= at) {
                until = until.max(Some(*end));
            }
            let is_hidden = until.is_some_and(|end| at <= end) && !is_mark(ch);
            shown.push(if is_hidden { '*' } else { ch });
        }
        Some(shown)
    }
}

/// The characters by which texts are compared, with their places: no case, no width, no marks.
fn bare(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|(_, ch)| !is_mark(*ch) && *ch != '\\').map(|(at, ch)| {
        let ch = match ch {
            '！'..='～' => char::from_u32(u32::from(ch) - 0xfee0).unwrap_or(ch),
            _ => ch,
        };
        (at, ch.to_lowercase().next().unwrap_or(ch))
    })
}

/// A number for a few characters (FNV-1a). Two texts of one number hide a word too many, no more.
fn number(chars: &[char]) -> u64 {
    chars.iter().fold(0xcbf2_9ce4_8422_2325, |hash, ch| {
        (hash ^ u64::from(u32::from(*ch))).wrapping_mul(0x0100_0000_01b3)
    })
}
