//! Patterns in the postings: which documents have all units of a pattern side by side.

use std::io;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use super::find::{Found, done, keep, tidy};
use super::lookup::{Place, places};
use crate::query::pattern::Pattern;
use crate::store::bundle::OpenBundle;

/// The documents that have `pattern`, sorted.
pub(super) fn find_pattern(bundle: &OpenBundle, pattern: &Pattern) -> io::Result<Vec<Found>> {
    let index = &bundle.text;
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
        cursors.push(keep(&mut failed, Cursors::open(bundle, place)));
    }
    let mut cursors: Vec<Cursors> = done(failed, cursors)?.into_iter().flatten().collect();
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
    Ok(tidy(done(failed, found)?, |left, right| left.saturating_add(right)))
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
    fn open(bundle: &OpenBundle, place: &Place) -> io::Result<Self> {
        let mut failed = None;
        let mut postings = Vec::new();
        for candidate in &place.candidates {
            let read = bundle.text.read_postings_from_terminfo(
                &candidate.info,
                IndexRecordOption::WithFreqsAndPositions,
            );
            if read.is_err() {
                // tantivy asks for the positions only when the postings are there: a round more.
                keep(&mut failed, bundle.read_positions(&candidate.info));
            }
            if let Some(read) = keep(&mut failed, read) {
                postings.push((read, candidate.weight, candidate.head));
            }
        }
        let (positions, buffer) = (Vec::new(), Vec::new());
        done(failed, Self { offset: place.offset, postings, positions, buffer })
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
