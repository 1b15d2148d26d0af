//! From documents with terms to terms with documents.
//!
//! tantivy's own writer keeps a growing list for each term and walks from one to another with every word,
//! which costs several cache misses each. Here terms get numbers, a log takes down which number stood where,
//! and a counting sort turns the log over at the end: three times as fast. tantivy still writes the files, of
//! all [runs](super::run) together.

use std::io;

use rustc_hash::FxHashMap;

use super::run::Run;
use crate::text::stem::stem;
use crate::text::terms::{Mark, Term, terms};

/// No number.
const NONE: u32 = u32::MAX;
/// A number nobody asked for yet.
const UNKNOWN: u32 = u32::MAX - 1;
/// Positions between two values of a document, so that no phrase spans them.
const BETWEEN: u32 = 1;

/// Gathers the terms of documents.
#[derive(Debug, Default)]
pub(crate) struct Inverter {
    words: Words,
    syllables: FxHashMap<u64, u32>,
    names: Vec<Name>,
    /// Each term's number and position, in the order of the texts.
    log: Vec<(u32, u32)>,
    /// Where each document ends in the log.
    ends: Vec<usize>,
    facets: FxHashMap<Vec<u8>, Vec<u32>>,
    /// The next position in the document.
    at: u32,
}

/// What a number stands for.
#[derive(Debug, Clone, Copy)]
enum Name {
    /// The place of a word, and its mark.
    Word(u32, Mark),
    /// See [`syllable_key`].
    Syllables(u64),
}

#[derive(Debug, Default)]
struct Words {
    places: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
}

/// A word and its numbers: as it is and as a stem, each in bodies and in headings.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    numbers: [u32; 4],
    /// The place of its stem.
    stem: u32,
}

impl Words {
    /// The place of a word.
    fn place(&mut self, word: &str) -> io::Result<u32> {
        if let Some(&place) = self.places.get(word) {
            return Ok(place);
        }
        let place = u32::try_from(self.words.len()).map_err(io::Error::other)?;
        self.words.push(Word { text: word.into(), numbers: [NONE; 4], stem: UNKNOWN });
        self.places.insert(word.into(), place);
        Ok(place)
    }

    /// The place of the stem of the word at `place`, or `NONE` if it is the word itself.
    fn stem(&mut self, place: u32) -> io::Result<u32> {
        let word = &self.words[place as usize];
        if word.stem != UNKNOWN {
            return Ok(word.stem);
        }
        let stem = match stem(&word.text) {
            Some(stem) => self.place(&stem)?,
            None => NONE,
        };
        self.words[place as usize].stem = stem;
        Ok(stem)
    }
}

impl Inverter {
    /// Adds a text to the current document; `mark` is that of all its terms.
    pub(crate) fn text(&mut self, text: &str, mark: Mark) -> io::Result<()> {
        let mut failed = None;
        let end = terms(text, self.at, |term, own, at| {
            let added = match term {
                Term::Word(word) => self.word(word, mark, at, true),
                Term::Part(part) => self.word(part, mark, at, false),
                Term::Pair(left, right) => self.syllables(left, right, own | mark, at),
                Term::Lone(syllable) => self.syllables(syllable, '\0', own | mark, at),
            };
            if let Err(error) = added {
                failed = Some(error);
            }
        });
        self.at = end.saturating_add(BETWEEN);
        failed.map_or(Ok(()), Err)
    }

    /// Adds a term by which the current document is filtered.
    pub(crate) fn facet(&mut self, term: &[u8]) -> io::Result<()> {
        let document = self.document()?;
        match self.facets.get_mut(term) {
            Some(documents) if documents.last() == Some(&document) => {}
            Some(documents) => documents.push(document),
            None => {
                self.facets.insert(term.to_vec(), vec![document]);
            }
        }
        Ok(())
    }

    /// Ends the current document.
    pub(crate) fn end_document(&mut self) {
        self.ends.push(self.log.len());
        self.at = 0;
    }

    /// How many documents there are, so the number of the current one.
    pub(crate) fn document(&self) -> io::Result<u32> {
        u32::try_from(self.ends.len()).map_err(io::Error::other)
    }

    fn word(&mut self, word: &str, mark: Mark, at: u32, stemmed: bool) -> io::Result<()> {
        let place = self.words.place(word)?;
        self.put(place, mark, at)?;
        if stemmed {
            let stem = self.words.stem(place)?;
            if stem != NONE {
                self.put(stem, mark | Mark::STEM, at)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, place: u32, mark: Mark, at: u32) -> io::Result<()> {
        let slot = usize::from(mark.has(Mark::HEAD)) + 2 * usize::from(mark.has(Mark::STEM));
        let number = &mut self.words.words[place as usize].numbers[slot];
        if *number == NONE {
            *number = u32::try_from(self.names.len()).map_err(io::Error::other)?;
            self.names.push(Name::Word(place, mark));
        }
        self.log.push((*number, at));
        Ok(())
    }

    fn syllables(&mut self, left: char, right: char, mark: Mark, at: u32) -> io::Result<()> {
        let key = syllable_key(left, right, mark);
        let number = match self.syllables.get(&key) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.names.len()).map_err(io::Error::other)?;
                self.names.push(Name::Syllables(key));
                self.syllables.insert(key, number);
                number
            }
        };
        self.log.push((number, at));
        Ok(())
    }

    /// All terms with their documents, in the order of the terms.
    pub(crate) fn finish(self) -> io::Result<Run> {
        let documents = self.document()?;
        let Self { words, syllables, names, log, ends, facets, .. } = self;
        drop((words.places, syllables));
        let texts: Vec<Vec<u8>> = names.iter().map(|name| name.term(&words.words)).collect();
        // Most terms differ in their first bytes, which need no look into memory.
        let mut order: Vec<(u64, usize)> =
            texts.iter().enumerate().map(|(number, text)| (beginning(text), number)).collect();
        order.sort_unstable_by(|left, right| {
            left.0.cmp(&right.0).then_with(|| texts[left.1].cmp(&texts[right.1]))
        });
        let tokens = log.len() as u64;
        let (places, starts) = turn(log, &ends, names.len())?;
        let mut run = Run::new(documents, tokens);
        for (_, number) in order {
            run.text(&texts[number], &places[starts[number]..starts[number + 1]]);
        }
        let mut facets: Vec<_> = facets.into_iter().collect();
        facets.sort_unstable();
        for (term, documents) in facets {
            run.facet(&term, &documents);
        }
        Ok(run)
    }
}

impl Name {
    /// The term as the dictionary holds it.
    fn term(self, words: &[Word]) -> Vec<u8> {
        let mut term = String::new();
        let mark = match self {
            Self::Word(place, mark) => {
                term.push_str(&words[place as usize].text);
                mark
            }
            Self::Syllables(key) => {
                let (left, right, mark) = syllables_of(key);
                term.push(left);
                term.extend((right != '\0').then_some(right));
                mark
            }
        };
        if mark != Mark::NONE {
            term.push(char::from(mark.bits()));
        }
        term.into_bytes()
    }
}

/// The first eight bytes, as a number that sorts like them.
fn beginning(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text[..len]);
    u64::from_be_bytes(bytes)
}

/// Documents and positions of each term, one term after another, and where each begins. The log is in the
/// order of the documents, and so is every term's part of it.
#[expect(clippy::type_complexity, reason = "two halves of one table")]
fn turn(
    log: Vec<(u32, u32)>,
    ends: &[usize],
    terms: usize,
) -> io::Result<(Vec<(u32, u32)>, Vec<usize>)> {
    let mut starts = vec![0usize; terms + 1];
    for (number, _) in &log {
        starts[*number as usize + 1] += 1;
    }
    for term in 0..terms {
        starts[term + 1] += starts[term];
    }
    let mut next = starts.clone();
    let mut places = vec![(0, 0); log.len()];
    let mut from = 0;
    for (document, &end) in ends.iter().enumerate() {
        let document = u32::try_from(document).map_err(io::Error::other)?;
        for (number, at) in &log[from..end] {
            let slot = &mut next[*number as usize];
            places[*slot] = (document, *at);
            *slot += 1;
        }
        from = end;
    }
    drop(log);
    Ok((places, starts))
}

/// Two syllables, or one and nothing, with their mark, as one number: 21 bits, 21 bits, 4 bits.
fn syllable_key(left: char, right: char, mark: Mark) -> u64 {
    u64::from(left) << 25 | u64::from(right) << 4 | u64::from(mark.bits())
}

fn syllables_of(key: u64) -> (char, char, Mark) {
    let ch = |bits: u64| {
        u32::try_from(bits & 0x1f_ffff).ok().and_then(char::from_u32).unwrap_or_default()
    };
    (ch(key >> 25), ch(key >> 4), Mark::from_bits((key & 15) as u8))
}

#[cfg(test)]
mod tests {
    use super::{syllable_key, syllables_of};
    use crate::text::terms::Mark;

    #[test]
    fn syllables_survive_their_key() {
        for (left, right) in [('힣', '가'), ('\u{2ffff}', '\u{20000}'), ('가', '\0')] {
            let mark = Mark::START | Mark::CROSS | Mark::HEAD;
            assert_eq!(syllables_of(syllable_key(left, right, mark)), (left, right, mark));
        }
    }
}
