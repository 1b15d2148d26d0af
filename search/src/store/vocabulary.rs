//! Words of titles, headings and facets: what a misspelt Korean word may have meant.
//!
//! The dictionary of terms holds pairs of syllables, no Korean words; these few are kept as words.

use std::collections::BTreeMap;
use std::io;

use super::wire::{Put, Take};
use crate::text::hangul;
use crate::text::units::{Kind, Units};

/// Words a bundle keeps, the commonest first.
const KEPT: usize = 20_000;

/// Words with the number of times they were seen.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Vocabulary(BTreeMap<String, u32>);

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
                self.count(row[..len].iter().collect());
            }
            if ends {
                row.clear();
            }
            match unit.map(|unit| unit.kind) {
                Some(Kind::Syllable(ch)) => row.push(ch),
                Some(Kind::Word) if units.word().len() > 2 => self.count(units.word().to_owned()),
                Some(Kind::Word) => {}
                None => return,
            }
        }
    }

    fn count(&mut self, word: String) {
        *self.0.entry(word).or_default() += 1;
    }

    /// Adds the words of another segment.
    pub(crate) fn merge(&mut self, other: Self) {
        for (word, count) in other.0 {
            *self.0.entry(word).or_default() += count;
        }
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
        let mut packed = Vec::new();
        packed.number(bytes.len() as u64);
        packed.extend(lz4_flex::block::compress(&bytes));
        packed
    }

    /// # Errors
    /// `InvalidData` if the bytes are no vocabulary.
    pub(crate) fn read(packed: &[u8]) -> io::Result<Self> {
        let mut take = Take(packed);
        // LZ4 packs 255 bytes into one at the most.
        let size = take.size()?.min(packed.len().saturating_mul(255));
        let bytes = lz4_flex::block::decompress(take.0, size).map_err(io::Error::other)?;
        let mut take = Take(&bytes);
        let mut words = Self::default();
        while !take.0.is_empty() {
            let word = take.text()?.to_owned();
            words.0.insert(word, u32::try_from(take.number()?).unwrap_or(u32::MAX));
        }
        Ok(words)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(word, count)| (word.as_str(), *count))
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn words_without_particles_survive_the_bytes() {
        let mut words = Vocabulary::default();
        words.add("결제 장애가 Redis캐시에서, 장애를");
        let found: Vec<_> = words.iter().collect();
        assert_eq!(found, [("redis", 1), ("결제", 1), ("장애", 2), ("캐시", 1)]);
        assert!(Vocabulary::read(&words.write()[..9]).is_err());
        assert_eq!(Vocabulary::read(&words.write()).ok(), Some(words));
    }
}
