//! What a text is about: its words, weighed and counted, for texts that are compared with each other.
//!
//! Coarser than a search, finer than [`super::words`]: words count by their English stems, rows of
//! syllables by their pairs without particles and endings, so that `결제장애가` meets `결제 장애`. What engineers call
//! by several names, or write in either language, counts as a concept besides, so that `커넥션 풀 고갈` meets an
//! `exhausted connection pool`; `data/concepts.txt` lists them. Words are kept as numbers, since a collection
//! compares each with all others; where one stands tells what it was.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::hangul;
use super::stem::stem;
use super::units::{Kind, Script, Unit, Units};
use super::words::{is_common, is_common_pair};

/// A word longer than this is an identifier or a blob.
const LONGEST: usize = 24;

/// The concepts, a line each.
const CONCEPTS: &str = include_str!("data/concepts.txt");
/// Words that tell a story, in any story.
const NARRATIVE: &str = include_str!("data/narrative.txt");
/// Keys below this are concepts, keys from here on words.
const WORDS_FROM: u32 = 4096;

/// A word or a concept that a text is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// What words are compared by: equal for all forms of a word.
    pub key: u32,
    /// How often it occurs, each time as much as its place weighs.
    pub weight: f32,
    /// Where it stands first, as the caller counts.
    pub at: u32,
}

impl Subject {
    /// Whether it is a concept, so that it may go by several names.
    pub fn is_concept(&self) -> bool {
        self.key < WORDS_FROM
    }
}

/// What is known of words before any text is read: what goes by several names, and what says nothing.
#[derive(Debug)]
pub struct Concepts {
    /// By the keys of English words.
    words: Hashed<u32>,
    /// By the first syllable of Korean words, the longest first.
    rows: HashMap<char, Vec<(Vec<char>, u32)>>,
    /// The keys of words that say nothing about which incident it was.
    narrative: HashSet<u32, BuildHasherDefault<Spread>>,
}

impl Default for Concepts {
    fn default() -> Self {
        let narrative = NARRATIVE.lines().filter(|line| !line.starts_with('#'));
        let mut concepts = Self {
            words: Hashed::default(),
            rows: HashMap::new(),
            narrative: narrative.flat_map(str::split_whitespace).map(word_key).collect(),
        };
        let lines = CONCEPTS.lines().filter(|line| !line.starts_with('#'));
        for (number, (english, korean)) in (0..).zip(lines.filter_map(|line| line.split_once('|')))
        {
            for word in english.split_whitespace() {
                concepts.words.entry(word_key(word)).or_insert(number);
            }
            for word in korean.split_whitespace() {
                let row: Vec<char> = word.chars().collect();
                concepts.rows.entry(row[0]).or_default().push((row, number));
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself")]
        for rows in concepts.rows.values_mut() {
            rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.len()));
        }
        concepts
    }
}

impl Concepts {
    /// The key of the concept that an English word names.
    pub fn key(&self, word: &str) -> Option<u32> {
        self.words.get(&word_key(word)).copied()
    }

    /// The concept that a row begins with, and how many syllables name it. One syllable is a word of its own,
    /// or the end of a compound: `풀`, `커넥션풀`.
    fn at(&self, row: &[char], from: usize, after_one: bool) -> Option<(u32, usize)> {
        let rest = &row[from..];
        let known = self.rows.get(rest.first()?)?;
        let fits = |(word, _): &&(Vec<char>, u32)| {
            rest.starts_with(word) && (word.len() > 1 || after_one || row.len() == 1)
        };
        known.iter().find(fits).map(|(word, concept)| (*concept, word.len()))
    }
}

/// A map by what is a hash already.
type Hashed<V> = HashMap<u32, V, BuildHasherDefault<Spread>>;

/// Spreads the bits of a hash over those that a map looks at.
#[derive(Clone, Copy, Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words that were met before, whatever the text: stems take time, and texts repeat each other.
#[derive(Debug, Default)]
pub struct Met {
    /// Keys by the words as they stand, with their concepts; `None` for those that say nothing.
    words: Hashed<Option<(u32, Option<u32>)>>,
}

/// More words than this are forgotten, and met anew.
const MOST_MET: usize = 1 << 18;

/// The words of a text, while it is read.
#[derive(Debug)]
pub struct Subjects<'c> {
    concepts: &'c Concepts,
    met: &'c mut Met,
    found: Vec<Subject>,
    /// Places in `found` by key.
    by_key: Hashed<usize>,
    row: Vec<char>,
}

impl<'c> Subjects<'c> {
    /// Nothing read yet.
    pub fn new(concepts: &'c Concepts, met: &'c mut Met) -> Self {
        if met.words.len() > MOST_MET {
            met.words.clear();
        }
        let by_key = Hashed::default();
        Self { concepts, met, found: Vec::new(), by_key, row: Vec::new() }
    }

    /// Reads `text`, whose words weigh `weight` each and whose first byte stands at `at`. The pairs of one
    /// row of syllables weigh together as much as a word.
    pub fn add(&mut self, text: &str, weight: f32, at: u32) {
        let mut units = Units::new(text);
        let mut row_start = 0;
        while let Some(unit) = units.next() {
            match unit.kind {
                Kind::Word => {
                    self.close(weight, at, row_start);
                    self.word(units.word(), weight, at, &unit);
                    for part in units.parts() {
                        self.word(part, weight / 2.0, at, &unit);
                    }
                }
                Kind::Syllable(syllable) => {
                    if unit.starts {
                        self.close(weight, at, row_start);
                        row_start = unit.range.start;
                    }
                    self.row.push(syllable);
                }
            }
        }
        self.close(weight, at, row_start);
    }

    fn word(&mut self, word: &str, weight: f32, at: u32, unit: &Unit) {
        let concepts = self.concepts;
        let known = *self.met.words.entry(hash(word)).or_insert_with(|| {
            let letters = word.chars().filter(|ch| ch.is_alphabetic()).count();
            // Numbers, hashes and single letters tell no incident from another.
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let speaks = letters >= 2 && digits < 3 && word.len() <= LONGEST;
            let key = (speaks && !is_common(word)).then(|| word_key(word))?;
            let concept = concepts.words.get(&key).copied();
            (concept.is_some() || !concepts.narrative.contains(&key)).then_some((key, concept))
        });
        if let Some((key, concept)) = known {
            self.count(key, weight, at, unit.range.start);
            if let Some(concept) = concept {
                self.count(concept, weight, at, unit.range.start);
            }
        }
    }

    /// Takes the row of syllables that has ended.
    fn close(&mut self, weight: f32, at: u32, start: usize) {
        let mut row = std::mem::take(&mut self.row);
        let ending = hangul::suffix(&row, 2).unwrap_or(0);
        let stem = &row[..row.len() - ending];
        let (mut from, mut after_one) = (0, false);
        while from < stem.len() {
            let concept = self.concepts.at(stem, from, after_one);
            after_one = concept.is_some();
            from += concept.map_or(1, |(_, len)| len);
            if let Some((concept, _)) = concept {
                self.count(concept, weight, at, start);
            }
        }
        if let Some(pairs) = stem.len().checked_sub(1).filter(|pairs| *pairs > 0) {
            #[expect(clippy::cast_precision_loss, reason = "a row is a few syllables")]
            let each = weight / (pairs as f32).sqrt();
            for (place, pair) in stem.windows(2).enumerate() {
                let mut text = [0; 8];
                let first = pair[0].encode_utf8(&mut text).len();
                let len = first + pair[1].encode_utf8(&mut text[first..]).len();
                let pair = std::str::from_utf8(&text[..len]).unwrap_or_default();
                let key = word_hash(pair);
                let tells = !is_common_pair(pair) && !self.concepts.narrative.contains(&key);
                if place > 0 || tells {
                    self.count(key, each, at, start);
                }
            }
        }
        row.clear();
        self.row = row;
    }

    fn count(&mut self, key: u32, weight: f32, at: u32, start: usize) {
        let next = self.found.len();
        let place = *self.by_key.entry(key).or_insert(next);
        if place == next {
            let at = at.saturating_add(u32::try_from(start).unwrap_or(u32::MAX));
            self.found.push(Subject { key, weight: 0.0, at });
        }
        self.found[place].weight += weight;
    }

    /// The words in the order of their keys, each once.
    pub fn finish(mut self) -> Vec<Subject> {
        self.found.sort_unstable_by_key(|subject| subject.key);
        self.found
    }
}

/// The word that `text` begins with, without a particle or an ending: how a reader is told of a subject.
pub fn word_at(text: &str) -> &str {
    let mut units = Units::new(text);
    let Some(first) = units.next() else { return "" };
    let Kind::Syllable(syllable) = first.kind else { return &text[first.range] };
    let mut row = vec![(syllable, first.range.clone())];
    for unit in units.by_ref() {
        match unit.kind {
            Kind::Syllable(syllable) if !unit.starts => row.push((syllable, unit.range)),
            _ => break,
        }
    }
    let syllables: Vec<char> = row.iter().map(|(syllable, _)| *syllable).collect();
    let kept = row.len() - hangul::suffix(&syllables, 2).unwrap_or(0);
    let range: Range<usize> = first.range.start..row[kept - 1].1.end;
    &text[range]
}

/// Whether a word, as [`word_at`] gives it, is or holds the subject with a key.
pub fn is_subject(word: &str, key: u32, concepts: &Concepts) -> bool {
    let mut units = Units::new(word);
    let mut row: Vec<char> = Vec::new();
    while let Some(unit) = units.next() {
        match unit.kind {
            Kind::Syllable(syllable) => row.push(syllable),
            Kind::Word => {
                let is_it = |word: &str| {
                    let own = word_key(word);
                    own == key || concepts.words.get(&own) == Some(&key)
                };
                if is_it(units.word()) || units.parts().any(is_it) {
                    return true;
                }
            }
        }
    }
    let concept = |from: usize| concepts.at(&row, from, from > 0);
    let pair = |pair: &[char]| word_hash(&pair.iter().collect::<String>()) == key;
    row.windows(2).any(pair)
        || (0..row.len()).any(|from| concept(from).is_some_and(|(concept, _)| concept == key))
}

/// The key of a folded word, to know it again: of its English stem, or of two syllables.
pub fn word_key(folded: &str) -> u32 {
    match folded.chars().next().and_then(Script::of) {
        Some(_) => word_hash(folded),
        None => stem(folded).map_or_else(|| word_hash(folded), |stem| word_hash(&stem)),
    }
}

/// A hash that is no concept's number.
fn word_hash(text: &str) -> u32 {
    hash(text).max(WORDS_FROM)
}

/// FNV-1a over 64 bits, folded to 32 as its authors advise.
fn hash(text: &str) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    #[expect(clippy::cast_possible_truncation, reason = "half of the bits are wanted")]
    let folded = (state >> 32) as u32 ^ state as u32;
    folded
}

#[cfg(test)]
mod tests {
    use super::{Concepts, Met, Subjects, is_subject, word_at, word_key};

    fn keys(text: &str) -> Vec<u32> {
        let concepts = Concepts::default();
        let mut met = Met::default();
        let mut subjects = Subjects::new(&concepts, &mut met);
        subjects.add(text, 1.0, 0);
        subjects.finish().iter().map(|subject| subject.key).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_subject() {
        for (left, right) in [
            ("connection", "Connections"),
            ("장애가", "장애를"),
            ("고갈되었다", "고갈"),
            ("인증서", "인증서에서는"),
        ] {
            assert_eq!(keys(left), keys(right), "{left} / {right}");
        }
        assert!(keys("결제장애").contains(&word_key("장애")));
        assert!(keys("PoolExhausted").contains(&word_key("pool")));
        assert!(keys("the 12 of 0xdeadbeef1234 a1b2c3d4").is_empty());
    }

    #[test]
    fn one_thing_has_names_in_both_languages() {
        let concepts = |text: &str| -> Vec<u32> {
            keys(text).into_iter().filter(|key| *key < super::WORDS_FROM).collect()
        };
        for (english, korean) in [
            ("connection pool exhausted", "커넥션풀이 고갈되어"),
            ("expired certificates", "인증서 만료"),
            ("the disk was full", "디스크가 가득 찼다"),
            ("we rolled it back: rollback", "롤백했다"),
        ] {
            assert!(!concepts(english).is_empty(), "{english}");
            assert_eq!(concepts(english), concepts(korean), "{english} / {korean}");
        }
        // A syllable inside a word is no word.
        assert!(concepts("풀이").is_empty() || concepts("정풀").is_empty());
    }

    #[test]
    fn a_word_is_known_by_its_subjects() {
        let concepts = Concepts::default();
        for word in ["connections", "커넥션풀", "PoolExhausted", "인증서"] {
            for key in keys(word) {
                assert!(is_subject(word, key, &concepts), "{word}");
            }
            assert!(!is_subject(word, word_key("gopher"), &concepts));
        }
    }

    #[test]
    fn a_row_weighs_as_much_as_a_word() {
        let concepts = Concepts::default();
        let mut met = Met::default();
        let mut subjects = Subjects::new(&concepts, &mut met);
        subjects.add("고래밥집", 1.0, 0);
        let squares: f32 = subjects.finish().iter().map(|s| s.weight * s.weight).sum();
        assert!((squares - 1.0).abs() < 1e-6, "{squares}");
    }

    #[test]
    fn subjects_can_be_shown() {
        for (text, shown) in [
            ("커넥션이 모자라", "커넥션"),
            ("connections were", "connections"),
            ("인증서를", "인증서"),
            ("", ""),
        ] {
            assert_eq!(word_at(text), shown);
        }
        let concepts = Concepts::default();
        let mut met = Met::default();
        let mut subjects = Subjects::new(&concepts, &mut met);
        subjects.add("the pool, the 커넥션", 2.0, 100);
        let found: Vec<(u32, f32)> = subjects.finish().iter().map(|s| (s.at, s.weight)).collect();
        assert!(found.contains(&(104, 2.0)) && found.iter().any(|(at, _)| *at == 114), "{found:?}");
    }
}
