//! Looking up: which terms of the dictionary serve at which place of a pattern, and what they are worth.

use std::io;

use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;

use super::find::{done, keep};
use crate::query::pattern::{Pattern, UnitPattern};
use crate::text::inflection;
use crate::text::terms::Mark;
use crate::text::units::Script;

/// What a word is worth that has the same stem only.
const STEMMED: f32 = 0.7;
/// What a word is worth that only begins like the one asked for.
const BEGUN: f32 = 0.7;
/// What a syllable is worth that begins a longer word: 풀 in 풀어.
const SPLIT: f32 = 0.5;
/// What a syllable row inside a longer row is worth: 장애 in 결제장애.
const INNER: f32 = 0.7;
/// What a row is worth that is written with a space where the query has none, or without where it has one.
const SPANNED: f32 = 0.7;
/// Words that the beginning of a word of letters may stand for, the commonest.
const EXPANSIONS: usize = 1024;

/// The terms of the dictionary from `from` up to but without `to`.
pub(super) fn terms(
    index: &InvertedIndexReader,
    from: &[u8],
    to: &[u8],
) -> io::Result<Vec<(Vec<u8>, TermInfo)>> {
    let mut stream = index.terms().range().ge(from).lt(to).into_stream()?;
    let mut found = Vec::new();
    while stream.advance() {
        found.push((stream.key().to_vec(), stream.value().clone()));
    }
    Ok(found)
}

/// A term that serves at a place of a pattern.
pub(super) struct Candidate {
    pub(super) info: TermInfo,
    pub(super) weight: f32,
    pub(super) head: bool,
}

/// A place of a pattern and the terms that serve there.
pub(super) struct Place {
    pub(super) offset: u32,
    pub(super) candidates: Vec<Candidate>,
}

/// The places at which a pattern has to be looked up: each word, and each pair of syllables. A syllable
/// without a neighbour is any term that begins with it.
pub(super) fn places(index: &InvertedIndexReader, pattern: &Pattern) -> io::Result<Vec<Place>> {
    let mut places = Vec::new();
    let mut failed = None;
    let mut paired = false;
    // Where the word meets its ending is looked up, the rest of the ending is not.
    let looked_up = pattern.units.len() - pattern.ending;
    for (at, unit) in pattern.units.iter().enumerate().take(looked_up) {
        let offset = u32::try_from(at).map_err(io::Error::other)?;
        let candidates = match unit {
            UnitPattern::Word { text, stem, prefix } => {
                paired = false;
                word(index, text, stem.as_deref(), *prefix)
            }
            UnitPattern::Syllable { first, last, .. } => match pattern.units.get(at + 1) {
                Some(UnitPattern::Syllable { first: right, last: right_last, starts })
                    if Script::pairs(*first, *right) =>
                {
                    let leads = !paired;
                    paired = true;
                    let gap = if *starts {
                        Gap::Asked
                    } else if pattern.spans(at + 1) {
                        Gap::Allowed
                    } else {
                        Gap::Forbidden
                    };
                    pair(index, *first, (*right, *right_last), leads, gap)
                }
                _ if paired => {
                    paired = false;
                    continue;
                }
                _ => lone(index, *first, *last),
            },
        };
        let candidates = keep(&mut failed, candidates).unwrap_or_default();
        places.push(Place { offset, candidates });
    }
    done(failed, places)
}

fn word(
    index: &InvertedIndexReader,
    text: &str,
    stem: Option<&str>,
    prefix: bool,
) -> io::Result<Vec<Candidate>> {
    let end = if prefix { u8::MAX } else { Mark::END };
    let to = |text: &str, end: u8| [text.as_bytes(), &[end]].concat();
    let mut candidates = Vec::new();
    let mut failed = None;
    let itself = terms(index, text.as_bytes(), &to(text, end));
    for (term, info) in keep(&mut failed, itself).into_iter().flatten() {
        let (term, mark) = Mark::split(&term);
        let weight = match (mark.has(Mark::STEM), term == text.as_bytes()) {
            (false, true) => 1.0,
            (false, false) => BEGUN,
            // Words whose stem is the word that was asked for: `connect` finds `connected`.
            (true, true) if stem == Some(text) && !prefix => STEMMED,
            (true, _) => continue,
        };
        candidates.push(Candidate { info, weight, head: mark.has(Mark::HEAD) });
    }
    if candidates.len() > EXPANSIONS {
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.info.doc_freq));
        candidates.truncate(EXPANSIONS);
    }
    if let Some(stem) = stem.filter(|stem| *stem != text) {
        let same_stem = terms(index, stem.as_bytes(), &to(stem, Mark::END));
        for (term, info) in keep(&mut failed, same_stem).into_iter().flatten() {
            let head = Mark::split(&term).1.has(Mark::HEAD);
            candidates.push(Candidate { info, weight: STEMMED, head });
        }
    }
    done(failed, candidates)
}

/// Whether something may lie between two syllables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Asked,
    Allowed,
    Forbidden,
}

fn pair(
    index: &InvertedIndexReader,
    left: char,
    right: (char, char),
    leads: bool,
    gap: Gap,
) -> io::Result<Vec<Candidate>> {
    let (from, to) = (format!("{left}{}", right.0), format!("{left}{}", after(right.1)));
    let mut candidates = Vec::new();
    for (term, info) in terms(index, from.as_bytes(), to.as_bytes())? {
        let mark = Mark::split(&term).1;
        let crosses = mark.has(Mark::CROSS);
        if crosses && gap == Gap::Forbidden {
            continue;
        }
        let mut weight = if leads && !mark.has(Mark::START) { INNER } else { 1.0 };
        if crosses != (gap == Gap::Asked) {
            weight *= SPANNED;
        }
        candidates.push(Candidate { info, weight, head: mark.has(Mark::HEAD) });
    }
    Ok(candidates)
}

/// A syllable by itself. It is a word where a gap or a particle follows: 풀 and 풀을, not 풀어.
fn lone(index: &InvertedIndexReader, first: char, last: char) -> io::Result<Vec<Candidate>> {
    let (from, to) = (first.to_string(), after(last).to_string());
    let terms = terms(index, from.as_bytes(), to.as_bytes())?;
    let candidates = terms.into_iter().map(|(term, info)| {
        let (text, mark) = Mark::split(&term);
        let right = std::str::from_utf8(text).ok().and_then(|text| text.chars().nth(1));
        let is_word = mark.has(Mark::CROSS) || right.is_none_or(inflection::begins_particle);
        let weight = match (mark.has(Mark::START), is_word) {
            (true, true) => 1.0,
            (true, false) => SPLIT,
            (false, _) => INNER,
        };
        Candidate { info, weight, head: mark.has(Mark::HEAD) }
    });
    Ok(candidates.collect())
}

fn after(ch: char) -> char {
    char::from_u32(ch as u32 + 1).unwrap_or(char::MAX)
}
