//! What a prose rule says: one finding for a report, at the first place, with the words found and a
//! better wording for the first of them.

use crate::l10n::{Message, Text};
use crate::lint::Found;
use crate::source::{SourceFile, Span};

/// A place where a rule found something.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Place {
    pub(in crate::lint) span: Span,
    /// The words as they are written.
    pub(in crate::lint) words: String,
    /// The better wording.
    pub(in crate::lint) mend: Message,
}

/// How a rule puts what it found into words.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Saying {
    /// With `{words}`.
    pub(in crate::lint) one: Text,
    /// With `{words}` and `{count}`.
    pub(in crate::lint) several: Text,
}

/// So many different words are named.
const NAMED: usize = 4;
/// A longer quotation from the report is cut.
const LONGEST: usize = 40;

impl Saying {
    pub(in crate::lint) fn report(self, file: &SourceFile, places: Vec<Place>, found: &mut Found) {
        let mut named: Vec<String> = Vec::new();
        for place in &places {
            let word = format!("`{}`", short(&place.words));
            if !named.contains(&word) && named.len() <= NAMED {
                named.push(word);
            }
        }
        if named.len() > NAMED {
            named.truncate(NAMED);
            named.push("…".to_owned());
        }
        let count = places.len();
        let mut places = places.into_iter();
        let Some(first) = places.next() else { return };
        let message = match count {
            1 => self.one.with("words", named),
            _ => self.several.with("count", count).with("words", named),
        };
        let item = found.at(file, first.span, message).help(first.mend);
        for place in places {
            item.related(place.span, Text::new("", ""));
        }
    }
}

/// The words on one line, cut where they are many.
fn short(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = words.chars().take(LONGEST).collect();
    if cut.len() < words.len() { format!("{cut}…") } else { cut }
}

/// A better wording that repeats the words it replaces.
pub(in crate::lint) fn mend(text: Text, words: &str) -> Message {
    text.with("words", short(words))
}
