//! Folding: from documents with words to reports in order.
//!
//! A report's score is, for each word, what its title and its best passage give (BM25, Robertson and Zaragoza,
//! *The Probabilistic Relevance Framework*, 2009, as tantivy computes it), and once more what its best passage
//! gives for all words together. So words that meet in one passage count for more than words strewn about.

use std::cmp::Reverse;
use std::io;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25Weight;

use super::Segment;
use super::find::ItemMatches;
use crate::query::{Item, Query, Wanted};
use crate::store::table::LENGTHS;

/// What a word is worth in a title.
const TITLE: f32 = 2.0;
/// What a word is worth in a heading.
const HEADING: f32 = 1.4;
/// Scores are compared in steps of 1/1024: less is an accident of the machine's arithmetic.
const STEPS: f32 = 1024.0;

/// Passages of a report that a result shows.
pub(crate) const SHOWN: usize = 3;

/// What a report needs to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// All clauses.
    All,
    /// One of the clauses that are words, and all others.
    Some,
}

/// A report that is listed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) segment: usize,
    pub(crate) report: usize,
    /// The passages with words of the query that are shown, best first; fewer than [`SHOWN`] end in 0, which is
    /// no passage's number.
    pub(crate) passages: [u32; SHOWN],
    /// Passages with words of the query beside those.
    pub(crate) more: usize,
    pub(crate) score: f32,
    order: (u32, i64, i32),
}

impl Ranked {
    /// The smaller, the further up: words, score, date; then the place in the index, which is that of the key.
    pub(crate) fn key(&self) -> impl Ord + use<> {
        (Reverse(self.order), self.segment, self.report)
    }

    pub(crate) fn same_rank(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

/// The reports that answer the query, in no order yet.
pub(crate) fn fold(
    segments: &[Segment],
    query: &Query,
    matches: &[ItemMatches],
    demand: Demand,
) -> io::Result<Vec<Ranked>> {
    if query.clauses.is_empty() {
        return Ok(Vec::new());
    }
    let (mut documents, mut length) = (0, 0);
    for segment in segments {
        documents += segment.loaded()?.documents;
        length += segment.loaded()?.length;
    }
    let average = ratio(length, documents.max(1));
    let scorers: Vec<Option<Bm25Weight>> = query
        .items()
        .zip(matches)
        .map(|(item, found)| {
            let frequency: usize = found.iter().map(Vec::len).sum();
            let scores = matches!(item.wanted, Wanted::Text(_)) && !item.negative && frequency > 0;
            scores.then(|| {
                let frequency = (frequency as u64).min(documents);
                Bm25Weight::for_one_term_without_explain(frequency, documents, average)
            })
        })
        .collect();
    let norms = LENGTHS.map(FieldNormReader::fieldnorm_to_id);
    let mut ranked = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let mut sums = Sums::new(segment)?;
        for (bit, ((item, scorer), found)) in query.items().zip(&scorers).zip(matches).enumerate() {
            sums.add(bit, item, scorer.as_ref(), &found[number], &norms);
        }
        sums.rank(number, query, demand, &mut ranked);
    }
    Ok(ranked)
}

#[expect(clippy::cast_precision_loss, reason = "an average needs no more digits")]
fn ratio(part: u64, whole: u64) -> f32 {
    part as f32 / whole as f32
}

/// What the documents and reports of a segment have.
struct Sums<'s> {
    loaded: &'s super::Loaded,
    /// Per document: words of the query, and their score.
    documents: Vec<(u16, f32)>,
    /// Per report: a bit for each item, and the score.
    reports: Vec<(u64, f32)>,
}

impl<'s> Sums<'s> {
    fn new(segment: &'s Segment) -> io::Result<Self> {
        let loaded = segment.loaded()?;
        Ok(Self {
            loaded,
            documents: vec![(0, 0.0); loaded.columns.report_of.len()],
            reports: vec![(0, 0.0); loaded.columns.dates.len()],
        })
    }

    fn add(
        &mut self,
        bit: usize,
        item: &Item,
        scorer: Option<&Bm25Weight>,
        found: &[super::find::Found],
        norms: &[u8; 16],
    ) {
        let columns = &self.loaded.columns;
        if let Wanted::Date(days) = &item.wanted {
            for (report, date) in columns.dates.iter().enumerate() {
                self.reports[report].0 |= u64::from(days.contains(date)) << bit;
            }
        }
        // The title's score and the best passage's of the report at hand.
        let mut current = (usize::MAX, 0.0f32);
        for one in found {
            let document = one.document as usize;
            let report = columns.report_of[document] as usize;
            self.reports[report].0 |= 1 << bit;
            let Some(scorer) = scorer else { continue };
            let is_own = columns.first[report] as usize == document;
            let boost = match (one.head, is_own) {
                (true, true) => TITLE,
                (true, false) => HEADING,
                (false, _) => 1.0,
            };
            let norm = norms[usize::from(columns.classes[document])];
            let score = scorer.score(norm, one.count) * one.weight * boost;
            let sum = &mut self.documents[document];
            sum.0 += 1;
            sum.1 += score;
            if is_own {
                self.reports[report].1 += score;
                continue;
            }
            if current.0 != report {
                current = (report, 0.0);
            }
            if score > current.1 {
                self.reports[report].1 += score - current.1;
                current.1 = score;
            }
        }
    }

    fn rank(self, segment: usize, query: &Query, demand: Demand, ranked: &mut Vec<Ranked>) {
        let columns = &self.loaded.columns;
        for (report, &(mask, sum)) in self.reports.iter().enumerate() {
            if self.loaded.hidden[report] {
                continue;
            }
            let Some(words) = holds(query, mask, demand) else { continue };
            let own = columns.first[report];
            let passages = own + 1..columns.first[report + 1];
            let mut best = [((0, 0.0f32), 0); SHOWN];
            let mut matching = 0usize;
            for passage in passages {
                let sum = self.documents[passage as usize];
                matching += usize::from(sum.0 > 0);
                let place = best.partition_point(|(other, _)| *other >= sum);
                if place < SHOWN && sum.0 > 0 {
                    best[place..].rotate_right(1);
                    best[place] = (sum, passage);
                }
            }
            let score = sum + best[0].0.1;
            let order = (words, steps(score), columns.dates[report]);
            let more = matching.saturating_sub(SHOWN);
            let passages = best.map(|(_, passage)| passage);
            ranked.push(Ranked { segment, report, passages, more, score, order });
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn steps(score: f32) -> i64 {
    (score * STEPS).round() as i64
}

/// How many clauses a report must be ranked by, if it is listed at all: those of `Demand::Some`.
fn holds(query: &Query, mask: u64, demand: Demand) -> Option<u32> {
    let (mut words, mut bit) = (0, 0);
    for clause in &query.clauses {
        let mut any = false;
        let mut is_word = true;
        for item in &clause.any {
            any |= (mask >> bit & 1 == 1) != item.negative;
            is_word &= matches!(&item.wanted, Wanted::Text(text) if !text.title) && !item.negative;
            bit += 1;
        }
        if demand == Demand::Some && is_word {
            words += u32::from(any);
        } else if !any {
            return None;
        }
    }
    match demand {
        Demand::All => Some(0),
        Demand::Some => (words > 0).then_some(words),
    }
}
