//! Finding: from a query to the documents that have its words.
//!
//! Nothing here scores. A document that has a text is found with how often, and how well at best.

use std::io;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::lookup::terms;
use super::phrase::find_pattern;
use super::{Engine, Segment};
use crate::query::{Query, Text, Value, Wanted};
use crate::store::bundle::OpenBundle;

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
                    Wanted::Facet(_, values) => find_values(segment, values),
                    Wanted::Date(_) => Ok(Vec::new()),
                };
                found.push(keep(&mut failed, in_segment).unwrap_or_default());
            }
            matches.push(found);
        }
        done(failed, matches)
    }
}

/// The first error that is not merely "not yet".
pub(super) fn keep<T>(failed: &mut Option<io::Error>, result: io::Result<T>) -> Option<T> {
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

/// The value, unless something failed meanwhile.
pub(super) fn done<T>(failed: Option<io::Error>, value: T) -> io::Result<T> {
    failed.map_or(Ok(value), Err)
}

impl Found {
    fn plain(document: u32) -> Self {
        Self { document, count: 1, weight: 1.0, head: false }
    }

    pub(super) fn merge(&mut self, other: &Self, counts: fn(u32, u32) -> u32) {
        self.count = counts(self.count, other.count);
        // A heading is better than a body, then a whole word than a piece of one.
        if (other.head, other.weight) > (self.head, self.weight) {
            (self.head, self.weight) = (other.head, other.weight);
        }
    }
}

/// Sorts by document and leaves one of each.
pub(super) fn tidy(mut found: Vec<Found>, counts: fn(u32, u32) -> u32) -> Vec<Found> {
    if found.is_sorted_by(|left, right| left.document < right.document) {
        return found;
    }
    // The beginning of a word has thousands of lists: a table of all documents is faster than sorting.
    let last = found.iter().map(|found| found.document as usize).max().unwrap_or(0);
    if last < 4 * found.len() {
        let mut table = vec![Found { count: 0, ..Found::plain(0) }; last + 1];
        for found in found {
            match &mut table[found.document as usize] {
                empty if empty.count == 0 => *empty = found,
                other => other.merge(&found, counts),
            }
        }
        table.retain(|found| found.count > 0);
        return table;
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
    let mut failed = None;
    for shape in &text.shapes {
        let matches = keep(&mut failed, find_pattern(&segment.open, &shape.pattern));
        found.extend(matches.into_iter().flatten().map(|mut one| {
            one.weight *= shape.weight;
            one
        }));
    }
    let mut found = tidy(done(failed, found)?, u32::max);
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

fn find_values(segment: &Segment, values: &[Value]) -> io::Result<Vec<Found>> {
    let mut documents = Vec::new();
    let mut failed = None;
    for value in values {
        let found = facet_documents(&segment.open, value.term.as_bytes(), value.prefix);
        documents.extend(keep(&mut failed, found).into_iter().flatten());
    }
    documents.sort_unstable();
    documents.dedup();
    done(failed, documents.into_iter().map(Found::plain).collect())
}

/// The documents with a facet's term, or with one that begins so.
pub(crate) fn facet_documents(
    segment: &OpenBundle,
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
