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
const TITLE: f32 = 2.5;
/// What a word is worth in a heading.
const HEADING: f32 = 1.4;
/// What it is worth that two words stand side by side as they do in the query.
const TOGETHER: f32 = 2.0;
/// Scores are compared in steps of 1/1024: less is an accident of the machine's arithmetic.
const STEPS: f32 = 1024.0;

/// Passages of a report that a result shows.
pub(crate) const SHOWN: usize = 3;

/// Reports with all words are enough if there are so many; with fewer, those with most of the words follow.
const ENOUGH: usize = 5;
/// How much of the query's weight a report needs to follow, beside what the best one has.
const LEAST: f32 = 0.4;

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
    /// How much of the query it has: words count by how rare they are.
    coverage: f32,
    /// Whether it has all words.
    whole: bool,
    /// Whether it has all phrases at least.
    firm: bool,
    order: (bool, i64, i32),
}

impl Ranked {
    /// The smaller, the further up: whole, score, date; then the place in the index, which is that of the key.
    pub(crate) fn key(&self) -> impl Ord + use<> {
        (Reverse(self.order), self.segment, self.report)
    }

    pub(crate) fn same_rank(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

/// Leaves the reports that answer a query: those with all words, and if they are few those with most of the
/// words. Gives how many have all.
pub(crate) fn choose(ranked: &mut Vec<Ranked>, query: &Query) -> usize {
    let whole = ranked.iter().filter(|one| one.whole).count();
    if whole >= ENOUGH || (whole > 0 && query.strict) {
        ranked.retain(|one| one.whole);
    } else {
        let best = ranked.iter().map(|one| one.coverage).fold(0.0, f32::max);
        let least = best * LEAST;
        ranked.retain(|one| one.whole || (one.coverage >= least && (one.firm || whole == 0)));
    }
    whole
}

/// The reports that have something of the query and lack nothing but words, in no order yet.
pub(crate) fn fold(
    segments: &[Segment],
    query: &Query,
    matches: &[ItemMatches],
    together: &[ItemMatches],
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
    let frequency =
        |found: &ItemMatches| (found.iter().map(Vec::len).sum::<usize>() as u64).min(documents);
    let scorer = |frequency: u64| {
        (frequency > 0)
            .then(|| Bm25Weight::for_one_term_without_explain(frequency, documents, average))
    };
    let frequencies: Vec<u64> = matches.iter().map(frequency).collect();
    let scorers: Vec<Option<Bm25Weight>> = query
        .items()
        .zip(&frequencies)
        .map(|(item, &frequency)| {
            let scores = matches!(item.wanted, Wanted::Text(_)) && !item.negative;
            if scores { scorer(frequency) } else { None }
        })
        .collect();
    let meetings: Vec<_> = together.iter().map(|found| scorer(frequency(found))).collect();
    let clauses = clauses(query, &frequencies, documents);
    let norms = LENGTHS.map(FieldNormReader::fieldnorm_to_id);
    let mut ranked = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let mut sums = Sums::new(segment)?;
        for (bit, ((item, scorer), found)) in query.items().zip(&scorers).zip(matches).enumerate() {
            sums.add(bit, item, scorer.as_ref(), &found[number], &norms);
        }
        for (scorer, found) in meetings.iter().zip(together) {
            if let Some(scorer) = scorer {
                sums.meet(scorer, &found[number], &norms);
            }
        }
        sums.rank(number, query, &clauses, &mut ranked);
    }
    Ok(ranked)
}

/// What a clause asks of a report.
enum Need {
    /// Without it a report is no answer.
    All,
    /// A word, and what it weighs.
    Word(f32),
    /// A phrase, and what it weighs.
    Phrase(f32),
}

/// What each clause asks; words weigh what BM25 takes their rarity for.
fn clauses(query: &Query, frequencies: &[u64], documents: u64) -> Vec<Need> {
    let mut bit = 0;
    let weigh = |frequency: u64| {
        let (all, with) = (ratio(documents, 1), ratio(frequency, 1));
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    };
    let need = |clause: &crate::query::Clause| {
        let (mut weight, mut phrase, mut words) = (0.0f32, false, true);
        for item in &clause.any {
            match &item.wanted {
                Wanted::Text(text) if !text.title && !item.negative => phrase |= text.phrase,
                _ => words = false,
            }
            // A word that no report has tells none from another.
            if frequencies[bit] > 0 {
                weight = weight.max(weigh(frequencies[bit]));
            }
            bit += 1;
        }
        match (words, phrase) {
            (false, _) => Need::All,
            (true, false) => Need::Word(weight),
            (true, true) => Need::Phrase(weight),
        }
    };
    query.clauses.iter().map(need).collect()
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
        // The best passage's score in the report at hand.
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

    /// Adds what it is worth that neighbours in the query meet in a document that has several of its words.
    fn meet(&mut self, scorer: &Bm25Weight, found: &[super::find::Found], norms: &[u8; 16]) {
        let columns = &self.loaded.columns;
        for one in found {
            let document = one.document as usize;
            let sum = &mut self.documents[document];
            if sum.0 > 1 {
                let norm = norms[usize::from(columns.classes[document])];
                let report = columns.report_of[document] as usize;
                let score = scorer.score(norm, 1) * one.weight * TOGETHER;
                sum.1 += score;
                if columns.first[report] as usize == document {
                    self.reports[report].1 += score;
                }
            }
        }
    }

    fn rank(self, segment: usize, query: &Query, clauses: &[Need], ranked: &mut Vec<Ranked>) {
        let columns = &self.loaded.columns;
        for (report, &(mask, sum)) in self.reports.iter().enumerate() {
            if self.loaded.hidden[report] {
                continue;
            }
            let Some(held) = holds(query, clauses, mask) else { continue };
            let own = columns.first[report];
            let passages = own + 1..columns.first[report + 1];
            let mut best = [((0, 0), 0); SHOWN];
            let mut matching = 0usize;
            for passage in passages {
                let (words, sum) = self.documents[passage as usize];
                let worth = (words, steps(sum));
                matching += usize::from(words > 0);
                let place = best.partition_point(|(other, _)| *other >= worth);
                if place < SHOWN && words > 0 {
                    best[place..].rotate_right(1);
                    best[place] = (worth, passage);
                }
            }
            let Held { coverage, whole, firm } = held;
            let best_sum = if best[0].1 > own { self.documents[best[0].1 as usize].1 } else { 0.0 };
            let worth = steps((sum + best_sum) * coverage);
            let score = score(worth);
            let order = (whole, worth, columns.dates[report]);
            let more = matching.saturating_sub(SHOWN);
            let passages = best.map(|(_, passage)| passage);
            ranked.push(Ranked {
                segment,
                report,
                passages,
                more,
                score,
                coverage,
                whole,
                firm,
                order,
            });
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "scores are small")]
fn score(steps: i64) -> f32 {
    steps as f32 / STEPS
}

#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn steps(score: f32) -> i64 {
    (score * STEPS).round() as i64
}

/// What a report has of a query.
struct Held {
    coverage: f32,
    whole: bool,
    firm: bool,
}

/// What a report with these bits has of the query; nothing if it lacks more than words, or has none of them.
fn holds(query: &Query, clauses: &[Need], mask: u64) -> Option<Held> {
    let (mut has, mut all, mut bit) = (0.0, 0.0, 0);
    let (mut whole, mut firm, mut some) = (true, true, false);
    let mut asks_words = false;
    for (clause, need) in query.clauses.iter().zip(clauses) {
        let mut any = false;
        for item in &clause.any {
            any |= (mask >> bit & 1 == 1) != item.negative;
            bit += 1;
        }
        let (Need::Word(weight) | Need::Phrase(weight)) = need else {
            if any {
                continue;
            }
            return None;
        };
        asks_words = true;
        all += weight;
        if any {
            has += weight;
            some = true;
        } else {
            whole = false;
            firm &= matches!(need, Need::Word(_));
        }
    }
    let coverage = if all > 0.0 { has / all } else { 1.0 };
    (some || !asks_words).then_some(Held { coverage, whole, firm })
}
