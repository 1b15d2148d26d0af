//! Words of titles, headings and facets: what a misspelt Korean word may have meant.
//!
//! The dictionary of terms holds pairs of syllables, no Korean words; these few are kept as words.

use std::io;

use rustc_hash::FxHashMap;

use super::pack::{pack, unpack};
use super::wire::{Put, Take};
use crate::text::hangul;
use crate::text::units::{Kind, Units};

/// Words a bundle keeps, the commonest first.
const KEPT: usize = 20_000;

/// Words with the number of times they were seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Vocabulary(FxHashMap<String, u32>);

impl Vocabulary {
    /// Adds the words of `text`: rows of Hangul without their particles, and words of letters.
    pub(crate) fn add(&mut self, text: &str) {
        let mut units = Units::new(text);
        let mut row: Vec<char> = Vec::new();
        loop {
            let unit = units.next();
            let ends = unit.as_ref().is_none_or(|unit| unit.starts);
            if ends && row.len() > 1 {
                let len = row.len() - hangul::suffix(&row, 2).unwrap_or(0);
                let word: String = row[..len].iter().collect();
                self.count(&word, 1);
            }
            if ends {
                row.clear();
            }
            match unit.map(|unit| unit.kind) {
                Some(Kind::Syllable(ch)) => row.push(ch),
                Some(Kind::Word) if units.word().len() > 2 => self.count(units.word(), 1),
                Some(Kind::Word) => {}
                None => return,
            }
        }
    }

    fn count(&mut self, word: &str, times: u32) {
        match self.0.get_mut(word) {
            Some(count) => *count = count.saturating_add(times),
            None => {
                self.0.insert(word.to_owned(), times);
            }
        }
    }

    /// Adds the words of another segment.
    pub(crate) fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(word, count)| self.count(word, *count));
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut words: Vec<_> = self.0.iter().collect();
        words.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), *word));
        words.truncate(KEPT);
        let mut bytes = Vec::new();
        for (word, count) in words {
            bytes.text(word);
            bytes.number(u64::from(*count));
        }
        pack(&bytes)
    }

    /// # Errors
    /// `InvalidData` if the bytes are no vocabulary.
    pub(crate) fn read(packed: &[u8]) -> io::Result<Self> {
        let bytes = unpack(packed)?;
        let mut take = Take(&bytes);
        let mut words = Self::default();
        while !take.0.is_empty() {
            let word = take.text()?.to_owned();
            let count = u32::try_from(take.number()?).unwrap_or(u32::MAX);
            words.0.insert(word, count);
        }
        Ok(words)
    }

    /// The words in alphabetical order, with their counts.
    pub(crate) fn sorted(&self) -> Vec<(&str, u32)> {
        let mut words: Vec<_> =
            self.0.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        words.sort_unstable();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn words_without_particles_survive_the_bytes() {
        let mut words = Vocabulary::default();
        words.add("결제 장애가 Redis캐시에서, 장애를");
        assert_eq!(words.sorted(), [("redis", 1), ("결제", 1), ("장애", 2), ("캐시", 1)]);
        assert!(Vocabulary::read(&words.write()[..9]).is_err());
        assert_eq!(Vocabulary::read(&words.write()).ok(), Some(words));
    }
}
