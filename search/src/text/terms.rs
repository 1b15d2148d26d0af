//! Terms: what the index holds for each unit.
//!
//! There is one dictionary for everything. A term is the folded text of a word, a pair of neighbouring
//! syllables, or the last syllable of a row of syllables, followed by one byte of [`Mark`]s unless it has
//! none. The variants of a term are therefore neighbours in the dictionary and in the postings: one block
//! holds a word, its stem, and both in headings. (Marks instead of fields: a field for titles, one for
//! headings and one for bodies would be three dictionaries, so three reads for each word of a query.)
//!
//! | text | terms, with their positions |
//! |---|---|
//! | `Retried` | `retried` 0, `retri`+STEM 0 |
//! | `커넥션 풀` | `커넥`+START 0, `넥션` 1, `션풀`+CROSS 2, `풀` 3 |
//!
//! A pair that spans a space lets `커넥션풀` meet `커넥션 풀` as one row of pairs; the other way round, the
//! words of the query are found inside the compound. A row's last syllable stands alone only where no pair
//! begins with it, so that every syllable begins exactly one term, and one syllable is a prefix query.

use std::ops::{BitOr, BitOrAssign};

use super::units::{Kind, Script, Units};

/// What a term says of its place, beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Mark(u8);

impl Mark {
    /// Nothing: a word as written, a pair inside a row of syllables.
    pub(crate) const NONE: Self = Self(0);
    /// The first syllable begins a row, so usually a word.
    pub(crate) const START: Self = Self(1);
    /// Something lies between the two syllables.
    pub(crate) const CROSS: Self = Self(2);
    /// It stands in a title or a heading.
    pub(crate) const HEAD: Self = Self(4);
    /// It is the stem of the word, not the word.
    pub(crate) const STEM: Self = Self(8);
    /// One more than the greatest byte that is a mark.
    pub(crate) const END: u8 = 16;

    /// Whether all of `other` is in it.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// A term of the dictionary, without its mark.
    pub(crate) fn split(term: &[u8]) -> (&[u8], Self) {
        match term.split_last() {
            Some((&mark, text)) if mark < Self::END => (text, Self(mark)),
            _ => (term, Self::NONE),
        }
    }

    /// Its bits, below [`Mark::END`].
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// The mark with these bits.
    pub(crate) fn from_bits(bits: u8) -> Self {
        Self(bits % Self::END)
    }
}

impl BitOr for Mark {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Mark {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A term of a text, without its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term<'t> {
    /// A word; its stem is a term beside it.
    Word(&'t str),
    /// A hump of a word in camel case, at the word's place.
    Part(&'t str),
    /// Two neighbouring syllables.
    Pair(char, char),
    /// A syllable that begins no pair.
    Lone(char),
}

/// Hands the terms of `text` to `sink`, with their marks and positions, of which `from` is the first. Gives
/// the position after the last.
pub(crate) fn terms(text: &str, from: u32, mut sink: impl FnMut(Term, Mark, u32)) -> u32 {
    let mut units = Units::new(text);
    let mut at = from;
    // A syllable that waits for its neighbour, and whether it begins a row.
    let mut waiting: Option<(char, Mark)> = None;
    while let Some(unit) = units.next() {
        match unit.kind {
            Kind::Word => {
                if let Some((syllable, mark)) = waiting.take() {
                    sink(Term::Lone(syllable), mark, at - 1);
                }
                sink(Term::Word(units.word()), Mark::NONE, at);
                for part in units.parts() {
                    sink(Term::Part(part), Mark::NONE, at);
                }
            }
            Kind::Syllable(right) => {
                let start = if unit.starts { Mark::START } else { Mark::NONE };
                match waiting.replace((right, start)) {
                    Some((left, mark)) if Script::pairs(left, right) => {
                        let cross = if unit.starts { Mark::CROSS } else { Mark::NONE };
                        sink(Term::Pair(left, right), mark | cross, at - 1);
                    }
                    Some((left, mark)) => sink(Term::Lone(left), mark, at - 1),
                    None => {}
                }
            }
        }
        at += 1;
    }
    if let Some((syllable, mark)) = waiting {
        sink(Term::Lone(syllable), mark, at - 1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Mark, Term, terms};

    fn shown(text: &str) -> String {
        let mut out = Vec::new();
        terms(text, 0, |term, mark, at| {
            let text = match term {
                Term::Word(word) => word.to_owned(),
                Term::Part(part) => format!("({part})"),
                Term::Pair(left, right) => format!("{left}{right}"),
                Term::Lone(syllable) => syllable.to_string(),
            };
            let start = if mark.has(Mark::START) { "^" } else { "" };
            let cross = if mark.has(Mark::CROSS) { "_" } else { "" };
            out.push(format!("{text}{start}{cross}@{at}"));
        });
        out.join(" ")
    }

    #[test]
    fn every_unit_has_its_terms_and_position() {
        for (text, expected) in [
            ("Retried it", "retried@0 it@1"),
            ("커넥션 풀", "커넥^@0 넥션@1 션풀_@2 풀^@3"),
            ("풀", "풀^@0"),
            ("redis캐시를", "redis@0 캐시^@1 시를@2 를@3"),
            ("API를 호출", "api@0 를호^_@1 호출^@2 출@3"),
            ("障害 장애", "障害^@0 害@1 장애^@2 애@3"),
            ("PoolExhausted now", "poolexhausted@0 (pool)@0 (exhausted)@0 now@1"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
