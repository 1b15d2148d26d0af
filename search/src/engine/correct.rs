//! Corrections: what a word that nobody wrote may have meant.
//!
//! The other keyboard layout first, since it leaves no doubt; then the nearest word by edit distance with
//! transpositions (Damerau 1964, restricted), over the dictionary for words of letters and over the keys one
//! presses for Korean words, so that a wrong jamo is one error; then a Korean compound as two words.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use super::Engine;
use super::find::{ItemMatches, done, keep};
use super::lookup::terms;
use crate::query::{Item, Query, Typing, Wanted};
use crate::store::vocabulary::Vocabulary;
use crate::text::terms::Mark;
use crate::text::units::{Kind, Units};
use crate::text::{hangul, inflection};

/// Syllables of the longest compound that is taken apart.
const COMPOUND_MAX: usize = 12;
/// A word in so many documents may be there by accident, if what it is on the other keyboard layout is in
/// [`LIKELIER`] times as many.
const ACCIDENTS: usize = 3;
const LIKELIER: usize = 4;
/// Syllables that are tried in the place of one.
const TRIED: usize = 6;

impl Engine {
    /// The query with its unknown words replaced, as far as they can be.
    pub(crate) fn correct(
        &self,
        text: &str,
        query: &Query,
        matches: &[ItemMatches],
    ) -> io::Result<Option<String>> {
        let unknown: Vec<&Item> = query
            .items()
            .zip(matches)
            .filter(|(item, found)| {
                let is_word = matches!(&item.wanted, Wanted::Text(text) if !text.phrase);
                is_word && !item.negative && found.iter().all(Vec::is_empty)
            })
            .map(|(item, _)| item)
            .collect();
        if unknown.is_empty() {
            return Ok(None);
        }
        let mut words = None;
        let mut replaced = Vec::new();
        for item in unknown {
            let word = &text[item.place.clone()];
            let mut replacement = self.layout(word)?;
            if replacement.is_none() {
                if words.is_none() {
                    words = Some(self.vocabulary()?);
                }
                if let Some(words) = &words {
                    replacement = self.nearest(word, words)?;
                }
            }
            if replacement.is_none() {
                replacement = self.apart(word)?;
            }
            replaced.extend(replacement.map(|replacement| (item.place.clone(), replacement)));
        }
        Ok((!replaced.is_empty()).then(|| replace(text, replaced)))
    }

    /// The query with words on the other keyboard layout that are found by accident as they are, if there are any.
    pub(crate) fn other_layout(
        &self,
        text: &str,
        query: &Query,
        matches: &[ItemMatches],
    ) -> io::Result<Option<String>> {
        let mut replaced = Vec::new();
        for (item, found) in query.items().zip(matches) {
            let is_word = matches!(&item.wanted, Wanted::Text(text) if !text.phrase);
            let documents: usize = found.iter().map(Vec::len).sum();
            if is_word
                && !item.negative
                && documents <= ACCIDENTS
                && let Some(other) = on_other_layout(&text[item.place.clone()])
                && other.chars().nth(1).is_some()
                && self.documents(&other)? >= LIKELIER * documents.max(1)
            {
                replaced.push((item.place.clone(), other));
            }
        }
        Ok((!replaced.is_empty()).then(|| replace(text, replaced)))
    }

    fn vocabulary(&self) -> io::Result<Vocabulary> {
        let mut words = Vocabulary::default();
        for segment in &self.segments {
            let open = &segment.open;
            words.merge(&Vocabulary::read(&open.body.read(open.vocabulary.clone())?)?);
        }
        Ok(words)
    }

    /// The word on the other keyboard layout, if somebody wrote that.
    fn layout(&self, word: &str) -> io::Result<Option<String>> {
        let Some(other) = on_other_layout(word) else { return Ok(None) };
        Ok((self.documents(&other)? > 0).then_some(other))
    }

    /// How many documents have a word.
    fn documents(&self, word: &str) -> io::Result<usize> {
        let query = Query::parse(word, Typing::Done);
        match self.find(&query)?.as_slice() {
            [found] => Ok(found.iter().map(Vec::len).sum()),
            _ => Ok(0),
        }
    }

    /// How many documents have a word as the beginning of a row.
    fn beginnings(&self, word: &str) -> io::Result<usize> {
        let query = Query::parse(word, Typing::Done);
        let found = self.find(&query)?;
        Ok(found.iter().flatten().flatten().filter(|found| found.weight >= 1.0).count())
    }

    /// A Korean compound as two words, where both are known: the two of which the rarer is commonest.
    fn apart(&self, word: &str) -> io::Result<Option<String>> {
        let borders: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if borders.len() > COMPOUND_MAX || !word.chars().all(hangul::is_syllable) {
            return Ok(None);
        }
        let mut best = (0, None);
        for &border in borders.iter().skip(2).take(borders.len().saturating_sub(3)) {
            let (left, right) = word.split_at(border);
            let count = self.documents(left)?.min(self.documents(right)?);
            if count > best.0 {
                best = (count, Some(format!("{left} {right}")));
            }
        }
        Ok(best.1)
    }

    /// The word with the least distance, then the commonest.
    fn nearest(&self, word: &str, words: &Vocabulary) -> io::Result<Option<String>> {
        let mut units = Units::new(word);
        let mut row = String::new();
        let mut latin = None;
        while let Some(unit) = units.next() {
            match unit.kind {
                Kind::Syllable(ch) => row.push(ch),
                Kind::Word if latin.is_none() => latin = Some(units.word().to_owned()),
                Kind::Word => return Ok(None),
            }
        }
        let mut best = Best::default();
        match latin {
            Some(latin) if row.is_empty() => {
                best.letters(
                    &latin,
                    words.sorted().into_iter().filter(|(word, _)| word.is_ascii()),
                );
                self.look_up(&latin, &mut best)?;
            }
            None => {
                let syllables: Vec<char> = row.chars().collect();
                let mut shapes = vec![syllables.as_slice()];
                shapes.extend(
                    inflection::forms(&syllables, 2).first().map(|form| &syllables[..form.len]),
                );
                for shape in &shapes {
                    best.syllables(&shape.iter().collect::<String>(), words);
                }
                if best.word.is_none() || best.distance > 1 {
                    for shape in &shapes {
                        if let Some(word) = self.with_other_syllable(shape)? {
                            return Ok(Some(word));
                        }
                    }
                }
            }
            Some(_) => {}
        }
        Ok(best.word)
    }

    /// The row with one other syllable, a key away, that makes a row somebody wrote. The index has no Korean words,
    /// but it knows which syllables follow one.
    fn with_other_syllable(&self, row: &[char]) -> io::Result<Option<String>> {
        if !(3..=COMPOUND_MAX).contains(&row.len()) {
            return Ok(None);
        }
        let mut failed = None;
        let mut best = (0, None);
        for at in 1..row.len() {
            let (before, wrong) = (row[at - 1], row[at]);
            let mut tried = keep(&mut failed, self.after(before, wrong)).unwrap_or_default();
            tried.sort_by_key(|(syllable, count)| (std::cmp::Reverse(*count), *syllable));
            for (syllable, _) in tried.into_iter().take(TRIED) {
                let mut other = row.to_vec();
                other[at] = syllable;
                let other: String = other.into_iter().collect();
                let count = keep(&mut failed, self.beginnings(&other)).unwrap_or(0);
                if count > best.0 {
                    best = (count, Some(other));
                }
            }
        }
        done(failed, best.1)
    }

    /// The syllables that follow `before` inside a row and are a key away from `wrong`, with how often they do.
    fn after(&self, before: char, wrong: char) -> io::Result<Vec<(char, u32)>> {
        let (from, to) = (before.to_string(), char::from_u32(before as u32 + 1).map(String::from));
        let to = to.unwrap_or_else(|| from.clone());
        let keys = hangul::keys(&wrong.to_string());
        let mut counts: BTreeMap<char, u32> = BTreeMap::new();
        let mut failed = None;
        for segment in &self.segments {
            let found = terms(&segment.open.text, from.as_bytes(), to.as_bytes());
            for (term, info) in keep(&mut failed, found).into_iter().flatten() {
                let (text, mark) = Mark::split(&term);
                let right = std::str::from_utf8(text).ok().and_then(|text| text.chars().nth(1));
                if let Some(right) = right.filter(|right| *right != wrong && !mark.has(Mark::CROSS))
                {
                    *counts.entry(right).or_default() += info.doc_freq;
                }
            }
        }
        counts.retain(|right, _| {
            let other = hangul::keys(&right.to_string());
            distance(keys.as_bytes(), other.as_bytes(), 1) == 1
        });
        done(failed, counts.into_iter().collect())
    }

    /// The words of the dictionary that begin with the same letter.
    fn look_up(&self, word: &str, best: &mut Best) -> io::Result<()> {
        let Some(first) = word.chars().next().filter(char::is_ascii) else { return Ok(()) };
        let from = first.to_string();
        let to = char::from_u32(first as u32 + 1).unwrap_or(first).to_string();
        for segment in &self.segments {
            let terms = segment.open.text.terms();
            let mut stream = terms.range().ge(&from).lt(&to).into_stream()?;
            while stream.advance() {
                let (term, mark) = Mark::split(stream.key());
                if mark.has(Mark::STEM) {
                    continue;
                }
                if let Ok(term) = std::str::from_utf8(term) {
                    best.letters(word, std::iter::once((term, stream.value().doc_freq)));
                }
            }
        }
        Ok(())
    }
}

/// What the keys of a word are on the other layout, if they are anything there.
fn on_other_layout(word: &str) -> Option<String> {
    if word.is_ascii() {
        hangul::compose_keys(word)
    } else {
        Some(hangul::keys(word).to_lowercase()).filter(|keys| keys.is_ascii())
    }
}

/// `text` with other words in some places, given in their order.
fn replace(text: &str, words: Vec<(Range<usize>, String)>) -> String {
    let (mut replaced, mut at) = (String::new(), 0);
    for (place, word) in words {
        replaced.push_str(&text[at..place.start]);
        replaced.push_str(&word);
        at = place.end;
    }
    replaced.push_str(&text[at..]);
    replaced
}

/// The nearest word so far.
#[derive(Default)]
struct Best {
    word: Option<String>,
    distance: usize,
    count: u32,
}

impl Best {
    fn letters<'w>(&mut self, word: &str, others: impl Iterator<Item = (&'w str, u32)>) {
        let allowed = match word.len() {
            // `etcd` is not a slip for `etc`.
            0..=4 => return,
            5..=7 => 1,
            _ => 2,
        };
        for (other, count) in others {
            self.offer(word, other, other, count, allowed);
        }
    }

    fn syllables(&mut self, word: &str, words: &Vocabulary) {
        let keys = hangul::keys(word);
        let allowed = match word.chars().count() {
            0..=1 => return,
            2 => 1,
            _ => 2,
        };
        for (other, count) in words.sorted().into_iter().filter(|(word, _)| !word.is_ascii()) {
            self.offer(&keys, &hangul::keys(other), other, count, allowed);
        }
    }

    fn offer(&mut self, word: &str, other: &str, shown: &str, count: u32, allowed: usize) {
        if word.len().abs_diff(other.len()) > allowed {
            return;
        }
        let distance = distance(word.as_bytes(), other.as_bytes(), allowed);
        if distance == 0 || distance > allowed {
            return;
        }
        let better = self.word.is_none()
            || distance < self.distance
            || (distance == self.distance && count > self.count);
        if better {
            *self = Self { word: Some(shown.to_owned()), distance, count };
        }
    }
}

/// Insertions, deletions, replacements and swaps of neighbours; more than `limit` is `limit + 1`.
fn distance(left: &[u8], right: &[u8], limit: usize) -> usize {
    let mut before: Vec<usize> = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &l) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &r) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(l != r);
            let mut least = replaced.min(last[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && l == right[column - 1] && left[row - 1] == r {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        if line.iter().all(|&distance| distance > limit) {
            return limit + 1;
        }
        before = std::mem::replace(&mut last, line);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        for (left, right, expected) in [
            ("timeout", "timeuot", 1),
            ("pool", "pools", 1),
            ("cache", "catch", 2),
            ("a", "bcd", 3),
        ] {
            assert_eq!(distance(left.as_bytes(), right.as_bytes(), 2), expected, "{left} {right}");
        }
    }
}
