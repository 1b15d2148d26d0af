//! How people say in a sentence what the vocabulary names with a word.
//!
//! An alias is what somebody writes as a value (`trigger: update`); in prose the same word means
//! anything. So there is a list of its own (`data/prose.toml`, which also explains the notation), and all of it is
//! one automaton, built when the first report needs it. Whether a sentence is to be believed is for
//! `parse` to decide.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::data;
use super::lexicon::is_hangul;
use crate::model::Facet;

/// The words between the two halves of a phrase take at most so many bytes.
const LONGEST_GAP: usize = 48;

/// Where a phrase means its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In a section about the facet.
    Here,
    /// In a summary too.
    Anywhere,
}

/// A phrase as it is written in a list.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) facet: Facet,
    pub(super) id: String,
    pub(super) reach: Reach,
    pub(super) words: String,
}

/// All phrases.
#[derive(Debug)]
pub(crate) struct Prose {
    search: AhoCorasick,
    patterns: Vec<Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    /// `None` for what makes a phrase that it overlaps mean nothing.
    meaning: Option<(Facet, String, Reach)>,
    open_start: bool,
    open_end: bool,
    /// What has to follow after some words.
    then: Option<String>,
}

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found<'p> {
    pub(crate) facet: Facet,
    pub(crate) id: &'p str,
    pub(crate) reach: Reach,
    pub(crate) range: Range<usize>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProseFile {
    #[serde(default)]
    here: Vec<String>,
    #[serde(default)]
    anywhere: Vec<String>,
    /// Of the innocent phrases, which belong to no term.
    #[serde(default)]
    words: Vec<String>,
}

/// The built-in phrases of a facet's terms.
pub(super) fn built_in() -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for facet in Facet::ALL {
        let terms = terms(facet.id());
        for (id, file) in terms {
            for (reach, words) in [(Reach::Here, file.here), (Reach::Anywhere, file.anywhere)] {
                phrases.extend(words.into_iter().map(|words| Phrase {
                    facet: *facet,
                    id: id.clone(),
                    reach,
                    words,
                }));
            }
        }
    }
    phrases
}

fn terms(table: &str) -> BTreeMap<String, ProseFile> {
    let mut all: BTreeMap<String, BTreeMap<String, ProseFile>> = data::read(data::PROSE);
    all.remove(table).unwrap_or_default()
}

impl Prose {
    pub(super) fn new(phrases: &[Phrase]) -> Self {
        let mut texts = Vec::new();
        let mut patterns = Vec::new();
        let innocent = terms("innocent").into_values().flat_map(|file| file.words);
        let innocent = innocent.map(|words| (None, words));
        let telling = phrases.iter().map(|phrase| {
            let meaning = (phrase.facet, phrase.id.clone(), phrase.reach);
            (Some(meaning), phrase.words.clone())
        });
        for (meaning, words) in telling.chain(innocent) {
            let (first, then) = match words.split_once(" .. ") {
                Some((first, then)) => (first, Some(then.to_owned())),
                None => (words.as_str(), None),
            };
            let last = first.chars().next_back();
            let pattern = Pattern {
                meaning,
                open_start: first.starts_with('*'),
                open_end: first.ends_with('*') || last.is_some_and(is_hangul),
                then,
            };
            for text in spacings(first.trim_matches('*')) {
                texts.push(text);
                patterns.push(pattern.clone());
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(texts)
            .expect("a few thousand phrases make an automaton");
        Self { search, patterns }
    }

    /// The phrases in a text, by place; of two of one facet that overlap, the longer one that begins first.
    pub(crate) fn find(&self, text: &str) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut innocent: Vec<Range<usize>> = Vec::new();
        for hit in self.search.find_overlapping_iter(text) {
            let pattern = &self.patterns[hit.pattern().as_usize()];
            let Some(range) = pattern.range(text, hit.range()) else { continue };
            match &pattern.meaning {
                Some((facet, id, reach)) => {
                    found.push(Found { facet: *facet, id, reach: *reach, range });
                }
                None => innocent.push(range),
            }
        }
        if found.is_empty() {
            return found;
        }
        let apart = |left: &Range<usize>, right: &Range<usize>| {
            left.end <= right.start || right.end <= left.start
        };
        innocent.sort_by_key(|range| range.start);
        innocent.dedup();
        found.retain(|found| {
            let from = innocent.partition_point(|range| range.end <= found.range.start);
            innocent.get(from).is_none_or(|range| apart(range, &found.range))
        });
        found.sort_by_key(|found| {
            let wide = found.reach == Reach::Here;
            (found.facet, found.range.start, std::cmp::Reverse(found.range.end), wide, found.id)
        });
        found.dedup_by(|next, kept| {
            next.facet == kept.facet && !apart(&next.range, &kept.range)
                // A value said for everywhere is not hidden by a longer one said for here.
                && (next.reach == Reach::Here || kept.reach == Reach::Anywhere)
        });
        found.sort_by_key(|found| found.range.start);
        found
    }
}

impl Pattern {
    /// The whole phrase, if it stands at the edges of words and goes on as it has to.
    fn range(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let inside = &text[range.clone()];
        let starts = self.open_start || !joins(before, inside.chars().next());
        let ends = self.open_end || !joins(inside.chars().next_back(), after);
        if !(starts && ends) {
            return None;
        }
        let Some(then) = &self.then else { return Some(range) };
        let word = then.trim_end_matches('*');
        let mut limit = (range.end + LONGEST_GAP + word.len()).min(text.len());
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let rest = &text[range.end..limit];
        let open = then.ends_with('*') || word.chars().next_back().is_some_and(is_hangul);
        let at = rest.match_indices(word).map(|(at, _)| range.end + at).find(|&at| {
            let end = at + word.len();
            !joins(text[..at].chars().next_back(), word.chars().next())
                && (open || !joins(word.chars().next_back(), text[end..].chars().next()))
        })?;
        Some(range.start..at + word.len())
    }
}

/// Whether two neighbours belong to one word.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let latin = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    latin(left) && latin(right) || is_hangul(left) && is_hangul(right)
}

/// The ways to write a phrase: Korean words with or without the space between them, or with a particle
/// (`설정 변경`, `설정변경`, `설정을 변경`); English words with either apostrophe.
fn spacings(words: &str) -> Vec<String> {
    const AFTER_CONSONANT: [&str; 5] = ["", "을", "이", "은", "의"];
    const AFTER_VOWEL: [&str; 5] = ["", "를", "가", "는", "의"];
    let mut all = vec![String::new()];
    let mut rest = words;
    while let Some((word, after)) = rest.split_once(' ') {
        let last = word.chars().next_back().filter(|ch| is_hangul(*ch));
        let ends: Vec<String> = match last {
            Some(last) => {
                // Twenty-eight finals for each syllable, the first of which is none.
                let closed = !(u32::from(last) - u32::from('가')).is_multiple_of(28);
                let particles = if closed { AFTER_CONSONANT } else { AFTER_VOWEL };
                particles.iter().map(|p| format!("{p} ")).chain([String::new()]).collect()
            }
            None => vec![" ".to_owned()],
        };
        all = all
            .iter()
            .flat_map(|start| ends.iter().map(move |end| format!("{start}{word}{end}")))
            .collect();
        rest = after;
    }
    let mut all: Vec<String> = all.into_iter().map(|start| start + rest).collect();
    if words.contains('\'') {
        let curly: Vec<String> = all.iter().map(|text| text.replace('\'', "’")).collect();
        all.extend(curly);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Phrase, Prose, Reach, built_in};
    use crate::config::vocabulary::Vocabulary;
    use crate::model::Facet;

    fn prose(words: &[&str]) -> Prose {
        let phrase = |words: &&str| Phrase {
            facet: Facet::Mitigation,
            id: (*words).to_owned(),
            reach: Reach::Here,
            words: (*words).to_owned(),
        };
        Prose::new(&words.iter().map(phrase).collect::<Vec<_>>())
    }

    #[test]
    fn phrases_are_found_in_every_spelling() {
        let prose = prose(&[
            "rolled back",
            "*롤백",
            "설정 변경",
            "increased .. memory",
            "didn't .. restart*",
        ]);
        for (text, found) in [
            ("We Rolled back.", "Rolled back"),
            ("strolled back, rolled backwards", ""),
            ("긴급롤백했다", "롤백"),
            ("설정을 변경해서", "설정을 변경"),
            ("설정변경 뒤", "설정변경"),
            ("환설정 변경", ""),
            ("we increased the pod memory", "increased the pod memory"),
            ("increased memoryless", ""),
            ("it didn’t ever restarted", "didn’t ever restart"),
            ("자동 롤백 설정을 했다", ""),
        ] {
            let hits: Vec<&str> =
                prose.find(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(hits.join("|"), found, "{text}");
        }
    }

    #[test]
    fn the_longer_phrase_is_meant() {
        let prose = Prose::new(&built_in());
        let ids = |text: &str| {
            let found = prose.find(text);
            let causes = found.iter().filter(|found| found.facet == Facet::Cause);
            causes.map(|found| found.id.to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ids("it introduced a bug"), "software/regression");
        assert_eq!(ids("connection pool exhaustion"), "software/capacity");
        assert_eq!(ids("a bug report"), "");
    }

    #[test]
    fn every_phrase_belongs_to_a_term_and_is_lower_case() {
        let vocabulary = Vocabulary::built_in();
        for phrase in built_in() {
            assert!(vocabulary.label(phrase.facet, &phrase.id).is_some(), "{phrase:?}");
            assert_eq!(phrase.words, phrase.words.to_lowercase());
            assert_eq!(phrase.words, bokgi_search::compose(&phrase.words), "{phrase:?}");
        }
    }
}
