//! Corrections: what a word that nobody wrote may have meant.
//!
//! The other keyboard layout first, since it leaves no doubt; then the nearest word by edit distance with
//! transpositions (Damerau 1964, restricted), over the dictionary for words of letters and over the keys one
//! presses for Korean words, so that a wrong jamo is one error; then a Korean compound as two words.

use std::io;

use super::Engine;
use super::find::ItemMatches;
use crate::query::{Item, Query, Typing, Wanted};
use crate::store::vocabulary::Vocabulary;
use crate::text::hangul;
use crate::text::terms::Mark;
use crate::text::units::{Kind, Units};

/// Syllables of the longest compound that is taken apart.
const COMPOUND_MAX: usize = 12;

impl Engine {
    /// The query with its unknown words replaced, if all of them can be.
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
        let mut corrected = String::new();
        let mut at = 0;
        for item in unknown {
            let word = &text[item.place.clone()];
            let replacement = match self.layout(word)? {
                Some(replacement) => replacement,
                None => {
                    if words.is_none() {
                        words = Some(self.vocabulary()?);
                    }
                    let Some(words) = &words else { return Ok(None) };
                    let nearest = self.nearest(word, words)?;
                    match nearest.map_or_else(|| self.apart(word), |word| Ok(Some(word)))? {
                        Some(replacement) => replacement,
                        None => return Ok(None),
                    }
                }
            };
            corrected.push_str(&text[at..item.place.start]);
            corrected.push_str(&replacement);
            at = item.place.end;
        }
        corrected.push_str(&text[at..]);
        Ok(Some(corrected))
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
        let other = if word.is_ascii() {
            hangul::compose_keys(word)
        } else {
            Some(hangul::keys(word).to_lowercase()).filter(|keys| keys.is_ascii())
        };
        let Some(other) = other else { return Ok(None) };
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
                best.syllables(&row, words);
                if let Some(len) = hangul::suffix(&syllables, 2) {
                    let stripped: String = syllables[..syllables.len() - len].iter().collect();
                    best.syllables(&stripped, words);
                }
            }
            Some(_) => {}
        }
        Ok(best.word)
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
