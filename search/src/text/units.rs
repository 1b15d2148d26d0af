//! Units: a text as a row of words and syllables.
//!
//! A unit is what takes one position in the index: a whole word of an alphabetic script, or one syllable
//! or ideograph of Hangul, Han and Kana, whose words have no reliable borders. Ranges are byte offsets of
//! the text as it stands; what is compared is folded, cluster by cluster, with [`crate::fold`].

use std::collections::VecDeque;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::fold::fold;

/// Bytes of a word that are compared: nobody types the rest of a Base64 blob.
const WORD_MAX: usize = 64;

/// One position of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// What stands there.
    pub(crate) kind: Kind,
    /// Where it stands in the text as written.
    pub(crate) range: Range<usize>,
    /// Whether something that is no unit, or another script, lies before it.
    pub(crate) starts: bool,
}

/// What a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The folded word is in [`Units::word`] until the next call.
    Word,
    /// A syllable, an ideograph or a kana.
    Syllable(char),
}

/// The scripts whose words are found by their syllables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Precomposed Hangul.
    Hangul,
    /// Chinese characters.
    Han,
    /// Hiragana and katakana.
    Kana,
}

impl Script {
    /// The script of `ch`, unless it belongs to one written in words.
    pub(crate) fn of(ch: char) -> Option<Self> {
        match ch {
            '가'..='힣' => Some(Self::Hangul),
            '\u{3005}'..='\u{3007}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Some(Self::Han),
            '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30ff}' => {
                Some(Self::Kana)
            }
            _ => None,
        }
    }

    /// Whether the index holds `left` and `right` as one pair when they are neighbours.
    pub(crate) fn pairs(left: char, right: char) -> bool {
        Self::of(left).is_some() && Self::of(left) == Self::of(right)
    }
}

/// The units of a text, one after another.
#[derive(Debug)]
pub(crate) struct Units<'t> {
    text: &'t str,
    at: usize,
    gap: bool,
    script: Option<Script>,
    word: String,
    parts: Vec<Range<usize>>,
    pending: VecDeque<(Unit, String, Vec<Range<usize>>)>,
}

impl<'t> Units<'t> {
    /// Reads `text` from its beginning.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            gap: true,
            script: None,
            word: String::new(),
            parts: Vec::new(),
            pending: VecDeque::new(),
        }
    }

    /// The folded word of the last unit, if it was one.
    pub(crate) fn word(&self) -> &str {
        &self.word
    }

    /// The humps of the last word if it was written in camel case: `pool`, `exhausted` of
    /// `PoolExhausted`. One letter is no part.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| &self.word[part.clone()])
    }

    /// Whether a syllable of `script` begins a run; whatever comes next is joined to it.
    fn begins(&mut self, script: Script) -> bool {
        let same = self.script.replace(script) == Some(script);
        std::mem::replace(&mut self.gap, false) || !same
    }

    /// A word of plain ASCII, unless it goes on in another alphabet.
    fn ascii(&mut self) -> Option<Unit> {
        let rest = &self.text.as_bytes()[self.at..];
        let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let end = self.at + len;
        if !self.text[end..].chars().next().is_none_or(ends_word) {
            return None;
        }
        let written = &self.text[self.at..end];
        self.word.clear();
        self.word.push_str(&written[..len.min(WORD_MAX)]);
        self.word.make_ascii_lowercase();
        humps(written.as_bytes(), self.word.len(), &mut self.parts);
        let range = self.at..end;
        self.at = end;
        self.gap = true;
        Some(Unit { kind: Kind::Word, range, starts: true })
    }

    /// Everything that is not plain ASCII or a precomposed syllable: fold it cluster by cluster.
    fn folded(&mut self) {
        let start = self.at;
        let mut clusters: Vec<Range<usize>> = Vec::new();
        let mut previous = '\0';
        for (offset, ch) in self.text[start..].char_indices() {
            let at = start + offset;
            let joins = joins(previous, ch);
            let extends = clusters.last().is_some() && joins;
            // A plain syllable goes the short way again, unless a jamo will change it.
            let plain = Script::of(ch) == Some(Script::Hangul) && !extends;
            let next = self.text[at + ch.len_utf8()..].chars().next();
            if !(ch.is_alphanumeric() || extends)
                || (plain && at > start && !next.is_some_and(|next| self::joins(ch, next)))
            {
                break;
            }
            match clusters.last_mut() {
                Some(cluster) if extends => cluster.end = at + ch.len_utf8(),
                _ => clusters.push(at..at + ch.len_utf8()),
            }
            previous = ch;
        }
        let Some(end) = clusters.last().map(|cluster| cluster.end) else {
            // A mark on nothing, a sign: a gap.
            let ch = self.text[start..].chars().next();
            self.at = start + ch.map_or(1, char::len_utf8);
            self.gap = true;
            return;
        };
        self.at = end;
        let mut word = Word::default();
        for cluster in clusters {
            for ch in fold(&self.text[cluster.clone()]).chars() {
                if let Some(script) = Script::of(ch) {
                    self.finish(&mut word);
                    let starts = self.begins(script);
                    let unit = Unit { kind: Kind::Syllable(ch), range: cluster.clone(), starts };
                    self.pending.push_back((unit, String::new(), Vec::new()));
                } else if ch.is_alphanumeric() || is_combining_mark(ch) {
                    word.push(ch, &cluster);
                } else {
                    self.finish(&mut word);
                    self.gap = true;
                }
            }
        }
        self.finish(&mut word);
    }

    fn finish(&mut self, word: &mut Word) {
        if let Some(range) = word.range.take() {
            let text = std::mem::take(&mut word.text);
            let mut parts = Vec::new();
            if text.is_ascii() && text.len() == range.len() {
                humps(&self.text.as_bytes()[range.clone()], text.len(), &mut parts);
            }
            self.pending.push_back((Unit { kind: Kind::Word, range, starts: true }, text, parts));
            self.gap = true;
        }
    }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some((unit, word, parts)) = self.pending.pop_front() {
                self.word = word;
                self.parts = parts;
                return Some(unit);
            }
            let byte = *self.text.as_bytes().get(self.at)?;
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    self.at += 1;
                    self.gap = true;
                } else if let Some(unit) = self.ascii() {
                    return Some(unit);
                } else {
                    self.folded();
                }
                continue;
            }
            let mut chars = self.text[self.at..].chars();
            let ch = chars.next()?;
            if Script::of(ch) == Some(Script::Hangul)
                && !chars.next().is_some_and(|next| joins(ch, next))
            {
                self.word.clear();
                self.parts.clear();
                let range = self.at..self.at + ch.len_utf8();
                self.at = range.end;
                let starts = self.begins(Script::Hangul);
                return Some(Unit { kind: Kind::Syllable(ch), range, starts });
            }
            self.folded();
        }
    }
}

/// A word that grows cluster by cluster.
#[derive(Default)]
struct Word {
    text: String,
    range: Option<Range<usize>>,
}

impl Word {
    fn push(&mut self, ch: char, cluster: &Range<usize>) {
        if self.text.len() + ch.len_utf8() <= WORD_MAX {
            self.text.push(ch);
        }
        match &mut self.range {
            Some(range) => range.end = cluster.end,
            None => self.range = Some(cluster.clone()),
        }
    }
}

/// Whether a word of ASCII ends before `next`.
fn ends_word(next: char) -> bool {
    next.is_ascii()
        || Script::of(next).is_some()
        || !(next.is_alphanumeric() || is_combining_mark(next))
}

/// Whether `ch` is folded together with `previous`: marks, conjoining vowels and finals, half-width letters.
fn joins(previous: char, ch: char) -> bool {
    match ch {
        '\0'..='\x7f' | '가'..='힣' => false,
        '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}' => true,
        '\u{ffa0}'..='\u{ffdc}' => matches!(previous, '\u{ffa0}'..='\u{ffdc}'),
        _ => is_combining_mark(ch),
    }
}

/// The humps of a word in camel case, as ranges of its first `limit` bytes; none if it is one hump.
fn humps(word: &[u8], limit: usize, parts: &mut Vec<Range<usize>>) {
    parts.clear();
    let mut start = 0;
    for at in 1..word.len().min(limit) {
        let (before, here) = (word[at - 1], word[at]);
        let next_is_small = word.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        let breaks = here.is_ascii_uppercase() && (!before.is_ascii_uppercase() || next_is_small);
        if breaks {
            parts.push(start..at);
            start = at;
        }
    }
    if start > 0 {
        parts.push(start..word.len().min(limit));
        parts.retain(|part| part.len() > 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Units};
    use proptest::prelude::*;

    fn units(text: &str) -> Vec<String> {
        let mut units = Units::new(text);
        let mut out = Vec::new();
        while let Some(unit) = units.next() {
            let shown = match unit.kind {
                Kind::Word => units.word().to_owned(),
                Kind::Syllable(ch) => ch.to_string(),
            };
            out.push(format!("{}{shown}", if unit.starts { "|" } else { "" }));
        }
        out
    }

    #[test]
    fn words_and_syllables() {
        for (text, expected) in [
            ("Payment-API v2.87.0", "|payment |api |v2 |87 |0"),
            ("결제 장애를", "|결 제 |장 애 를"),
            ("redis캐시와API를", "|redis |캐 시 와 |api |를"),
            ("café NAÏVE Straße", "|café |naïve |strasse"),
            ("ＡＰＩ　장애", "|api |장 애"),
            ("障害データ장애", "|障 害 |デ ー タ |장 애"),
            ("snake_case it's", "|snake |case |it |s"),
            ("", ""),
        ] {
            assert_eq!(units(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn decomposed_text_has_the_units_of_composed_text() {
        use unicode_normalization::UnicodeNormalization;
        for text in ["결제 장애를 café 보았다", "값이 없다", "ガパ 장애"] {
            let apart: String = text.nfd().collect();
            assert_eq!(units(&apart), units(text));
        }
    }

    #[test]
    fn camel_case_has_parts() {
        for (word, expected) in [
            ("OutOfMemoryError", "out of memory error"),
            ("HTTPServer", "http server"),
            ("myBatis", "my batis"),
            ("timeout", ""),
            ("HTTP", ""),
        ] {
            let mut units = Units::new(word);
            assert!(units.next().is_some());
            assert_eq!(units.parts().collect::<Vec<_>>().join(" "), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_true_and_in_order(text in "\\PC{0,60}|[가-힣ㄱ-ㅎa-zA-Z\u{1100}-\u{11ff}\u{ff9e}ｶ ]{0,40}") {
            let mut end = 0;
            for unit in Units::new(&text) {
                prop_assert!(unit.range.start < unit.range.end);
                // A ligature or a half-width run may fold to several units in one place.
                prop_assert!(unit.range.end >= end);
                prop_assert!(text.get(unit.range.clone()).is_some());
                end = unit.range.end;
            }
        }
    }
}
