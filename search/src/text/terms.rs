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

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stem::Stems;
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

    fn push_to(self, term: &mut String) {
        if self.0 > 0 {
            term.push(char::from(self.0));
        }
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

/// A value that begins with this is a title or a heading.
pub(crate) const HEAD_PREFIX: char = '\u{1}';

/// tantivy's way to the terms of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    stems: Stems,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        let (head, text) = match text.strip_prefix(HEAD_PREFIX) {
            Some(text) => (Mark::HEAD, text),
            None => (Mark::NONE, text),
        };
        self.token.reset();
        TermStream {
            units: Units::new(text),
            stems: &mut self.stems,
            token: &mut self.token,
            head,
            next: 0,
            waiting: None,
            word: Step::Done,
        }
    }
}

/// The terms of one text.
pub(crate) struct TermStream<'a> {
    units: Units<'a>,
    stems: &'a mut Stems,
    token: &'a mut Token,
    head: Mark,
    /// The position of the next unit.
    next: usize,
    /// A syllable that waits for its neighbour, and whether it begins a row.
    waiting: Option<(char, Mark)>,
    /// What is still to be said of the last word.
    word: Step,
}

/// A word gives several terms at one position.
enum Step {
    Itself,
    Stem,
    Part(usize),
    Done,
}

impl TermStream<'_> {
    fn put(&mut self, position: usize, mark: Mark) -> bool {
        (mark | self.head).push_to(&mut self.token.text);
        self.token.position = position;
        true
    }

    /// The next term of the last word.
    fn word(&mut self) -> bool {
        let position = self.next.saturating_sub(1);
        loop {
            match self.word {
                Step::Itself => {
                    self.word = Step::Stem;
                    self.token.text.clear();
                    self.token.text.push_str(self.units.word());
                    return self.put(position, Mark::NONE);
                }
                Step::Stem => {
                    self.word = Step::Part(0);
                    if let Some(stem) = self.stems.of(self.units.word()) {
                        self.token.text.clear();
                        self.token.text.push_str(stem);
                        return self.put(position, Mark::STEM);
                    }
                }
                Step::Part(part) => {
                    self.word = Step::Part(part + 1);
                    let Some(text) = self.units.parts().nth(part) else {
                        self.word = Step::Done;
                        continue;
                    };
                    self.token.text.clear();
                    self.token.text.push_str(text);
                    return self.put(position, Mark::NONE);
                }
                Step::Done => return false,
            }
        }
    }

    fn lone(&mut self, syllable: char, mark: Mark) -> bool {
        self.token.text.clear();
        self.token.text.push(syllable);
        self.put(self.next - 1, mark)
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.word() {
            return true;
        }
        loop {
            let Some(unit) = self.units.next() else {
                return match self.waiting.take() {
                    Some((syllable, mark)) => self.lone(syllable, mark),
                    None => false,
                };
            };
            let waiting = self.waiting.take();
            match unit.kind {
                Kind::Word => {
                    self.word = Step::Itself;
                    let found = waiting.is_some_and(|(syllable, mark)| self.lone(syllable, mark));
                    self.next += 1;
                    return found || self.word();
                }
                Kind::Syllable(right) => {
                    let start = if unit.starts { Mark::START } else { Mark::NONE };
                    self.waiting = Some((right, start));
                    let found = waiting.is_some_and(|(left, mut mark)| {
                        if !Script::pairs(left, right) {
                            return self.lone(left, mark);
                        }
                        if unit.starts {
                            mark |= Mark::CROSS;
                        }
                        self.token.text.clear();
                        self.token.text.push(left);
                        self.token.text.push(right);
                        self.put(self.next - 1, mark)
                    });
                    self.next += 1;
                    if found {
                        return true;
                    }
                }
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD_PREFIX, Mark, Terms};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn terms(text: &str) -> String {
        let mut terms = Terms::default();
        let mut stream = terms.token_stream(text);
        let mut out = Vec::new();
        while stream.advance() {
            let token = stream.token();
            let (text, mark) = Mark::split(token.text.as_bytes());
            let names =
                [(Mark::START, '^'), (Mark::CROSS, '_'), (Mark::HEAD, '#'), (Mark::STEM, '~')]
                    .iter()
                    .filter(|(flag, _)| mark.has(*flag))
                    .map(|(_, name)| *name)
                    .collect::<String>();
            out.push(format!("{}{names}@{}", String::from_utf8_lossy(text), token.position));
        }
        out.join(" ")
    }

    #[test]
    fn every_unit_has_its_terms_and_position() {
        for (text, expected) in [
            ("Retried it", "retried@0 retri~@0 it@1"),
            ("커넥션 풀", "커넥^@0 넥션@1 션풀_@2 풀^@3"),
            ("풀", "풀^@0"),
            ("redis캐시를", "redis@0 redi~@0 캐시^@1 시를@2 를@3"),
            ("API를 호출", "api@0 를호^_@1 호출^@2 출@3"),
            ("障害 장애", "障害^@0 害@1 장애^@2 애@3"),
            ("PoolExhausted now", "poolexhausted@0 poolexhaust~@0 pool@0 exhausted@0 now@1"),
        ] {
            assert_eq!(terms(text), expected, "{text}");
        }
        assert_eq!(terms(&format!("{HEAD_PREFIX}Retried 풀")), "retried#@0 retri#~@0 풀^#@1");
    }
}
