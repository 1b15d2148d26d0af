//! Finding: from a query to the documents that have its words.
//!
//! Nothing here scores. A document that has a text is found with how often, and how well at best.

use std::io;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use super::{Engine, Segment};
use crate::query::pattern::{Pattern, UnitPattern};
use crate::query::{Query, Text, Wanted};
use crate::store::bundle::OpenSegment;
use crate::text::terms::Mark;
use crate::text::units::Script;

/// What a word is worth that has the same stem only.
const STEMMED: f32 = 0.7;
/// What a word is worth that only begins like the one asked for.
const BEGUN: f32 = 0.7;
/// What a syllable row inside a longer row is worth: 장애 in 결제장애.
const INNER: f32 = 0.7;
/// What a row is worth that is written with a space where the query has none, or without where it has one.
const SPANNED: f32 = 0.7;
/// Words that the beginning of a word of letters may stand for, the commonest.
const EXPANSIONS: usize = 1024;

/// A document that has a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) document: u32,
    /// How often.
    pub(crate) count: u32,
    /// What the best place is worth, up to 1.
    pub(crate) weight: f32,
    /// Whether the best place is a title or a heading.
    pub(crate) head: bool,
}

/// What one item of a query found: per segment, sorted by document.
pub(crate) type ItemMatches = Vec<Vec<Found>>;

impl Engine {
    /// The matches of each item of `query`.
    ///
    /// An unreadable item does not keep the others from being read, see [`crate::Storage`].
    pub(crate) fn find(&self, query: &Query) -> io::Result<Vec<ItemMatches>> {
        let mut failed = None;
        for segment in &self.segments {
            keep(&mut failed, segment.loaded().map(|_| ()));
        }
        let mut matches = Vec::new();
        for item in query.items() {
            let mut found = Vec::new();
            for segment in &self.segments {
                let in_segment = match &item.wanted {
                    Wanted::Text(text) => find_text(segment, text),
                    Wanted::Facet(_, values) => values
                        .iter()
                        .map(|value| {
                            facet_documents(&segment.open, value.term.as_bytes(), value.prefix)
                        })
                        .collect::<io::Result<Vec<_>>>()
                        .map(|documents| {
                            let mut documents = documents.concat();
                            documents.sort_unstable();
                            documents.dedup();
                            documents.into_iter().map(Found::plain).collect()
                        }),
                    Wanted::Date(_) => Ok(Vec::new()),
                };
                found.push(keep(&mut failed, in_segment).unwrap_or_default());
            }
            matches.push(found);
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(matches),
        }
    }
}

/// The first error that is not merely "not yet".
fn keep<T>(failed: &mut Option<io::Error>, result: io::Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            if failed.as_ref().is_none_or(|first| first.kind() == io::ErrorKind::WouldBlock) {
                *failed = Some(error);
            }
            None
        }
    }
}

impl Found {
    fn plain(document: u32) -> Self {
        Self { document, count: 1, weight: 1.0, head: false }
    }

    fn merge(&mut self, other: &Self, counts: fn(u32, u32) -> u32) {
        self.count = counts(self.count, other.count);
        // A heading is better than a body, then a whole word than a piece of one.
        if (other.head, other.weight) > (self.head, self.weight) {
            (self.head, self.weight) = (other.head, other.weight);
        }
    }
}

/// Sorts by document and leaves one of each.
fn tidy(mut found: Vec<Found>, counts: fn(u32, u32) -> u32) -> Vec<Found> {
    if found.is_sorted_by(|left, right| left.document < right.document) {
        return found;
    }
    found.sort_by_key(|found| found.document);
    let mut tidied: Vec<Found> = Vec::with_capacity(found.len());
    for found in found {
        match tidied.last_mut() {
            Some(last) if last.document == found.document => last.merge(&found, counts),
            _ => tidied.push(found),
        }
    }
    tidied
}

fn find_text(segment: &Segment, text: &Text) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    for shape in &text.shapes {
        for mut one in find_pattern(&segment.open.text, &shape.pattern)? {
            one.weight *= shape.weight;
            found.push(one);
        }
    }
    let mut found = tidy(found, u32::max);
    let loaded = segment.loaded()?;
    found.retain(|found| {
        let report = loaded.columns.report_of.get(found.document as usize);
        report.is_some_and(|&report| {
            let report = report as usize;
            let is_title = found.head && loaded.columns.first[report] == found.document;
            !loaded.hidden[report] && (is_title || !text.title)
        })
    });
    Ok(found)
}

/// The documents with a facet's term, or with one that begins so.
pub(crate) fn facet_documents(
    segment: &OpenSegment,
    term: &[u8],
    prefix: bool,
) -> io::Result<Vec<u32>> {
    let mut end = term.to_vec();
    end.push(if prefix { u8::MAX } else { 0 });
    let mut documents = Vec::new();
    for (_, info) in terms(&segment.facets, term, &end)? {
        let mut postings =
            segment.facets.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            documents.push(postings.doc());
            postings.advance();
        }
    }
    Ok(documents)
}

/// The terms of the dictionary from `from` up to but without `to`.
fn terms(
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
struct Candidate {
    info: TermInfo,
    weight: f32,
    head: bool,
}

/// A place of a pattern and the terms that serve there.
struct Place {
    offset: u32,
    candidates: Vec<Candidate>,
}

/// The places at which a pattern has to be looked up: each word, and each pair of syllables. A syllable
/// without a neighbour is any term that begins with it.
fn places(index: &InvertedIndexReader, pattern: &Pattern) -> io::Result<Vec<Place>> {
    let mut places = Vec::new();
    let mut paired = false;
    for (at, unit) in pattern.units.iter().enumerate() {
        let offset = u32::try_from(at).map_err(io::Error::other)?;
        let candidates = match unit {
            UnitPattern::Word { text, stem, prefix } => {
                paired = false;
                word(index, text, stem.as_deref(), *prefix)?
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
                    pair(index, *first, (*right, *right_last), leads, gap)?
                }
                _ if paired => {
                    paired = false;
                    continue;
                }
                _ => lone(index, *first, *last)?,
            },
        };
        places.push(Place { offset, candidates });
    }
    Ok(places)
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
    for (term, info) in terms(index, text.as_bytes(), &to(text, end))? {
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
        for (term, info) in terms(index, stem.as_bytes(), &to(stem, Mark::END))? {
            let head = Mark::split(&term).1.has(Mark::HEAD);
            candidates.push(Candidate { info, weight: STEMMED, head });
        }
    }
    Ok(candidates)
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

fn lone(index: &InvertedIndexReader, first: char, last: char) -> io::Result<Vec<Candidate>> {
    let (from, to) = (first.to_string(), after(last).to_string());
    let terms = terms(index, from.as_bytes(), to.as_bytes())?;
    let candidates = terms.into_iter().map(|(term, info)| {
        let mark = Mark::split(&term).1;
        let weight = if mark.has(Mark::START) { 1.0 } else { INNER };
        Candidate { info, weight, head: mark.has(Mark::HEAD) }
    });
    Ok(candidates.collect())
}

fn after(ch: char) -> char {
    char::from_u32(ch as u32 + 1).unwrap_or(char::MAX)
}

fn find_pattern(index: &InvertedIndexReader, pattern: &Pattern) -> io::Result<Vec<Found>> {
    let mut places = places(index, pattern)?;
    let frequency = |place: &Place| {
        place.candidates.iter().map(|one| u64::from(one.info.doc_freq)).sum::<u64>()
    };
    places.sort_by_key(frequency);
    if places.first().is_none_or(|place| place.candidates.is_empty()) {
        return Ok(Vec::new());
    }
    if let [place] = places.as_slice() {
        return single(index, place);
    }
    let mut cursors = Vec::new();
    let mut failed = None;
    for place in &places {
        cursors.push(keep(&mut failed, Cursors::open(index, place)));
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let mut cursors: Vec<Cursors> = cursors.into_iter().flatten().collect();
    Ok(phrase(&mut cursors))
}

/// One place needs no positions.
fn single(index: &InvertedIndexReader, place: &Place) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut failed = None;
    for candidate in &place.candidates {
        let postings =
            index.read_postings_from_terminfo(&candidate.info, IndexRecordOption::WithFreqs);
        let Some(mut postings) = keep(&mut failed, postings) else { continue };
        while postings.doc() != TERMINATED {
            let (document, count) = (postings.doc(), postings.term_freq());
            found.push(Found { document, count, weight: candidate.weight, head: candidate.head });
            postings.advance();
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(tidy(found, |left, right| left.saturating_add(right))),
    }
}

/// The postings of all terms that serve at one place.
struct Cursors {
    offset: u32,
    postings: Vec<(SegmentPostings, f32, bool)>,
    /// Where they are in the current document: position of the pattern's beginning, worth, heading.
    positions: Vec<(u32, f32, bool)>,
    buffer: Vec<u32>,
}

impl Cursors {
    fn open(index: &InvertedIndexReader, place: &Place) -> io::Result<Self> {
        let mut failed = None;
        let mut postings = Vec::new();
        for candidate in &place.candidates {
            let read = index.read_postings_from_terminfo(
                &candidate.info,
                IndexRecordOption::WithFreqsAndPositions,
            );
            if let Some(read) = keep(&mut failed, read) {
                postings.push((read, candidate.weight, candidate.head));
            }
        }
        match failed {
            Some(error) => Err(error),
            None => {
                let (positions, buffer) = (Vec::new(), Vec::new());
                Ok(Self { offset: place.offset, postings, positions, buffer })
            }
        }
    }

    /// The first document from `target` on, or `TERMINATED`.
    fn seek(&mut self, target: u32) -> u32 {
        let mut next = TERMINATED;
        for (postings, ..) in &mut self.postings {
            let document =
                if postings.doc() < target { postings.seek(target) } else { postings.doc() };
            next = next.min(document);
        }
        next
    }

    /// Reads the positions in `document`.
    fn read(&mut self, document: u32) {
        self.positions.clear();
        for (postings, weight, head) in &mut self.postings {
            if postings.doc() == document {
                self.buffer.clear();
                postings.append_positions_with_offset(0, &mut self.buffer);
                let begins = self.buffer.iter().filter_map(|at| at.checked_sub(self.offset));
                self.positions.extend(begins.map(|at| (at, *weight, *head)));
            }
        }
        if self.postings.len() > 1 {
            self.positions.sort_by_key(|(at, ..)| *at);
        }
    }
}

/// The documents in which all places of a pattern are where they should be.
fn phrase(places: &mut [Cursors]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut document = 0;
    'documents: loop {
        // The rarest place leads; whoever lies further ahead says where to go on.
        for place in &mut *places {
            let next = place.seek(document);
            if next == TERMINATED {
                return found;
            }
            if next > document {
                document = next;
                continue 'documents;
            }
        }
        let Some((lead, others)) = places.split_first_mut() else { return found };
        lead.read(document);
        for other in &mut *others {
            other.read(document);
        }
        let mut hit: Option<Found> = None;
        for &(at, mut weight, head) in &lead.positions {
            let everywhere = others.iter().all(|other| {
                let first = other.positions.partition_point(|(other, ..)| *other < at);
                let best = other.positions[first..]
                    .iter()
                    .take_while(|(other, ..)| *other == at)
                    .map(|(_, weight, _)| *weight)
                    .reduce(f32::max);
                weight = weight.min(best.unwrap_or(0.0));
                best.is_some()
            });
            if everywhere {
                let one = Found { document, count: 1, weight, head };
                match &mut hit {
                    Some(hit) => hit.merge(&one, |left, right| left.saturating_add(right)),
                    None => hit = Some(one),
                }
            }
        }
        found.extend(hit);
        document += 1;
    }
}
