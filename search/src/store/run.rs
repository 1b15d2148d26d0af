//! Runs: the terms of some reports with their places, sorted and packed, and runs merged into one index.
//!
//! Reports are read by several threads, a run each; a bundle has one dictionary nevertheless, since every
//! dictionary would cost every query reads of its own, and a browser pays for each.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};

use super::schema::{FACETS, TEXT};
use super::wire::{Put, Take};

/// Sorted terms, each with the documents it is in.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub(crate) documents: u32,
    tokens: u64,
    /// Term, number of documents, then for each the distance from the one before, how often, and the
    /// distances of the places.
    texts: Vec<u8>,
    /// Term, number of documents, then for each the distance from the one before.
    facets: Vec<u8>,
    facet_count: u64,
}

impl Run {
    pub(crate) fn new(documents: u32, tokens: u64) -> Self {
        Self { documents, tokens, ..Self::default() }
    }

    /// Adds the next term, with the documents and the places it is at.
    pub(crate) fn text(&mut self, term: &[u8], places: &[(u32, u32)]) {
        let bytes = &mut self.texts;
        let documents = places.chunk_by(|(left, _), (right, _)| left == right);
        bytes.number(term.len() as u64);
        bytes.extend_from_slice(term);
        bytes.number(documents.clone().count() as u64);
        let mut before = 0;
        for places in documents {
            let document = places[0].0;
            bytes.number(u64::from(document - before));
            before = document;
            bytes.number(places.len() as u64);
            let mut last = 0;
            for &(_, at) in places {
                bytes.number(u64::from(at - last));
                last = at;
            }
        }
    }

    /// Adds the next facet, with the documents that have it.
    pub(crate) fn facet(&mut self, term: &[u8], documents: &[u32]) {
        let bytes = &mut self.facets;
        bytes.number(term.len() as u64);
        bytes.extend_from_slice(term);
        bytes.number(documents.len() as u64);
        let mut before = 0;
        for &document in documents {
            bytes.number(u64::from(document - before));
            before = document;
        }
        self.facet_count += 1;
    }
}

/// Writes runs as one index in tantivy's format; the documents of a run follow those of the one before.
pub(crate) fn write(runs: &[Run], mut to: InvertedIndexSerializer) -> io::Result<()> {
    let texts = runs.iter().map(|run| (run.documents, run.texts.as_slice()));
    let mut field = to.new_field(TEXT, runs.iter().map(|run| run.tokens).sum(), None)?;
    let mut distances = Vec::new();
    merge(texts, &mut field, true, |field, document, take| {
        distances.clear();
        let count = number(take)?;
        for _ in 0..count {
            distances.push(number(take)?);
        }
        field.write_doc(document, count, &distances);
        Ok(())
    })?;
    field.close()?;
    let facets = runs.iter().map(|run| (run.documents, run.facets.as_slice()));
    let mut field = to.new_field(FACETS, runs.iter().map(|run| run.facet_count).sum(), None)?;
    merge(facets, &mut field, false, |field, document, _| {
        field.write_doc(document, 1, &[]);
        Ok(())
    })?;
    field.close()?;
    to.close()
}

/// A run that is read term by term. Ordered by the term at hand, then as the runs are.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cursor<'r> {
    term: &'r [u8],
    first: u32,
    documents: u32,
    rest: &'r [u8],
}

impl<'r> Cursor<'r> {
    fn open(first: u32, run: &'r [u8]) -> io::Result<Option<Self>> {
        if run.is_empty() {
            return Ok(None);
        }
        let mut take = Take(run);
        let len = take.size()?;
        let term = take.bytes(len)?;
        let documents = number(&mut take)?;
        Ok(Some(Self { term, first, documents, rest: take.0 }))
    }
}

fn merge<'r>(
    runs: impl Iterator<Item = (u32, &'r [u8])>,
    field: &mut FieldSerializer<'_>,
    frequencies: bool,
    mut document: impl FnMut(&mut FieldSerializer<'_>, u32, &mut Take<'r>) -> io::Result<()>,
) -> io::Result<()> {
    let mut heap = BinaryHeap::new();
    let mut first = 0u32;
    for (documents, run) in runs {
        heap.extend(Cursor::open(first, run)?.map(Reverse));
        first = first.checked_add(documents).ok_or(io::ErrorKind::FileTooLarge)?;
    }
    let mut same = Vec::new();
    while let Some(Reverse(cursor)) = heap.pop() {
        let term = cursor.term;
        same.push(cursor);
        while heap.peek().is_some_and(|Reverse(next)| next.term == term) {
            same.extend(heap.pop().map(|Reverse(cursor)| cursor));
        }
        field.new_term(term, same.iter().map(|cursor| cursor.documents).sum(), frequencies)?;
        for cursor in same.drain(..) {
            let mut take = Take(cursor.rest);
            let mut at = cursor.first;
            for _ in 0..cursor.documents {
                at += number(&mut take)?;
                document(field, at, &mut take)?;
            }
            heap.extend(Cursor::open(cursor.first, take.0)?.map(Reverse));
        }
        field.close_term()?;
    }
    Ok(())
}

fn number(take: &mut Take<'_>) -> io::Result<u32> {
    u32::try_from(take.number()?).map_err(io::Error::other)
}
