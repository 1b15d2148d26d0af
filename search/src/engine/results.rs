//! Results: what an answer shows.

use std::collections::BTreeMap;
use std::io;

use super::fold_reports::Ranked;
use super::{Engine, Options};
use crate::query::{Note, Query};
use crate::store::table::{BLOCK, Record, records};

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The reports asked for, best first.
    pub hits: Vec<Hit>,
    /// How many reports there are in all.
    pub total: usize,
    /// What was left out of the query, or done to it.
    pub notes: Vec<Note>,
    /// The query that was answered instead, since the one that was asked finds nothing.
    pub corrected: Option<String>,
    /// The query that was answered, for a [`Highlighter`](crate::Highlighter).
    pub query: Query,
}

/// A report that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its date as `yyyymmdd`.
    pub date: Option<i32>,
    /// Its language.
    pub lang: String,
    /// Its severity.
    pub severity: Option<String>,
    /// Its status.
    pub status: String,
    /// Its services.
    pub services: Vec<String>,
    /// The passage to open; none if only the title or a facet has the words, or none were asked for.
    pub passage: Option<Opened>,
    /// How many other passages have words of the query.
    pub more: usize,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
}

/// The passage that a result opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Which of the report's passages it is, from 0.
    pub ordinal: usize,
    /// Its heading.
    pub heading: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// The meaning of its section.
    pub kind: Option<String>,
}

impl Engine {
    /// Sorts what was found and reads what the results show.
    pub(crate) fn answer(
        &self,
        query: Query,
        mut reports: Vec<Ranked>,
        options: &Options,
    ) -> io::Result<Answer> {
        let total = reports.len();
        let end = options.offset.saturating_add(options.limit).min(total);
        if end < total && end > 0 {
            reports.select_nth_unstable_by_key(end - 1, Ranked::key);
            reports.truncate(end);
        }
        reports.sort_unstable_by_key(Ranked::key);
        reports.truncate(end);
        reports.drain(..options.offset.min(end));

        let mut blocks = BTreeMap::new();
        let mut failed = None;
        for ranked in &reports {
            let block = (ranked.segment, ranked.report / BLOCK);
            if let std::collections::btree_map::Entry::Vacant(entry) = blocks.entry(block) {
                match self.block(ranked) {
                    Ok(records) => {
                        entry.insert(records);
                    }
                    Err(error) => failed = Some(error),
                }
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        let mut hits = Vec::new();
        for ranked in &reports {
            let block = blocks.get(&(ranked.segment, ranked.report / BLOCK));
            let record = block.and_then(|records| records.get(ranked.report % BLOCK));
            let record = record.ok_or_else(crate::store::wire::broken)?;
            hits.push(self.hit(ranked, record)?);
        }
        // Segments hold reports in the order of their keys, but several may tie across parts.
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by(|&left, &right| {
            if reports[left].same_rank(&reports[right]) {
                hits[left].key.cmp(&hits[right].key)
            } else {
                left.cmp(&right)
            }
        });
        let mut slots: Vec<Option<Hit>> = hits.into_iter().map(Some).collect();
        let hits = order.into_iter().filter_map(|at| slots[at].take()).collect();
        Ok(Answer { hits, total, notes: query.notes.clone(), corrected: None, query })
    }

    fn block(&self, ranked: &Ranked) -> io::Result<Vec<Record>> {
        let segment = &self.segments[ranked.segment];
        let (range, size) = segment.loaded()?.columns.block(ranked.report)?;
        let start = segment.open.records.start;
        records(&segment.open.body.read(start + range.start..start + range.end)?, size)
    }

    fn hit(&self, ranked: &Ranked, record: &Record) -> io::Result<Hit> {
        let columns = &self.segments[ranked.segment].loaded()?.columns;
        let own = columns.first[ranked.report];
        let passage = ranked.document.checked_sub(own + 1).and_then(|ordinal| {
            let ordinal = ordinal as usize;
            let (heading, anchor, kind) = record.passages.get(ordinal)?.clone();
            Some(Opened { ordinal, heading, anchor, kind })
        });
        let date = columns.dates[ranked.report];
        Ok(Hit {
            key: record.key.clone(),
            title: record.title.clone(),
            url: record.url.clone(),
            date: (date > 0).then_some(date),
            lang: record.lang.clone(),
            severity: record.severity.clone(),
            status: record.status.clone(),
            services: record.services.clone(),
            passage,
            more: ranked.more,
            score: ranked.score,
        })
    }
}
