//! Results: what an answer shows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;

use super::find::{done, keep};
use super::fold_reports::Ranked;
use super::{Engine, Options};
use crate::query::{Note, Query};
use crate::store::table::{Head, Place, Record, Records};
use crate::store::wire::broken;

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
    /// Every report there is, by segment and place.
    pub(crate) reports: Vec<(usize, usize)>,
}

/// A report that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report's key.
    pub key: String,
    /// What names it for people.
    pub id: Option<String>,
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
    /// The passages with words of the query, best first, three at the most. If only the title or a facet has
    /// them, or none were asked for, the beginning of the report, without a heading.
    pub passages: Vec<Opened>,
    /// How many other passages have words of the query.
    pub more: usize,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// Where it is in the index.
    pub(crate) place: (usize, usize),
}

/// A passage that a result opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Which of the report's passages it is, from 0.
    pub ordinal: usize,
    /// Its heading.
    pub heading: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// The meaning of its section.
    pub kind: Option<String>,
    /// The line of its heading in the report's file, from 1.
    pub line: usize,
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
        let found = reports.iter().map(|ranked| (ranked.segment, ranked.report)).collect();
        let end = options.offset.saturating_add(options.limit).min(total);
        if end < total && end > 0 {
            reports.select_nth_unstable_by_key(end - 1, Ranked::key);
            reports.truncate(end);
        }
        reports.sort_unstable_by_key(Ranked::key);
        reports.truncate(end);
        reports.drain(..options.offset.min(end));

        let mut blocks = Blocks::default();
        let mut failed = None;
        for ranked in &reports {
            keep(&mut failed, blocks.read(self, ranked.segment, ranked.report));
        }
        done(failed, ())?;
        let mut hits = Vec::new();
        for ranked in &reports {
            let (place, records) = blocks.get(self, ranked.segment, ranked.report)?;
            let record = records.records.get(place.within).ok_or_else(broken)?;
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
        let notes = query.notes.clone();
        Ok(Answer { hits, total, notes, corrected: None, query, reports: found })
    }

    fn hit(&self, ranked: &Ranked, record: &Record) -> io::Result<Hit> {
        let columns = &self.segments[ranked.segment].loaded()?.columns;
        let own = columns.first[ranked.report];
        let opened = |document: &u32| {
            let ordinal = document.checked_sub(own + 1)? as usize;
            Some(Opened::new(ordinal, record.passages.get(ordinal)?.clone()))
        };
        let mut passages: Vec<Opened> = ranked.passages.iter().filter_map(opened).collect();
        if passages.is_empty() {
            passages.extend(
                record.passages.first().map(|head| Opened { line: head.line, ..Opened::default() }),
            );
        }
        let date = columns.dates[ranked.report];
        Ok(Hit {
            key: record.key.clone(),
            id: record.id.clone(),
            title: record.title.clone(),
            url: record.url.clone(),
            date: (date > 0).then_some(date),
            lang: record.lang.clone(),
            severity: record.severity.clone(),
            status: record.status.clone(),
            services: record.services.clone(),
            passages,
            more: ranked.more,
            score: ranked.score,
            place: (ranked.segment, ranked.report),
        })
    }
}

impl Opened {
    fn new(ordinal: usize, head: Head) -> Self {
        let Head { heading, anchor, kind, line } = head;
        Self { ordinal, heading, anchor, kind, line }
    }
}

/// Blocks of records, each read once.
#[derive(Default)]
pub(super) struct Blocks(BTreeMap<(usize, u64), Records>);

impl Blocks {
    /// Reads the block of a report.
    pub(super) fn read(
        &mut self,
        engine: &Engine,
        segment: usize,
        report: usize,
    ) -> io::Result<()> {
        let open = &engine.segments[segment].open;
        let place = engine.segments[segment].loaded()?.columns.place(report)?;
        if let Entry::Vacant(entry) = self.0.entry((segment, place.range.start)) {
            let start = open.records.start;
            let packed = open.body.read(start + place.range.start..start + place.range.end)?;
            entry.insert(Records::read(&packed)?);
        }
        Ok(())
    }

    /// The block of a report, that was read before.
    pub(super) fn get(
        &self,
        engine: &Engine,
        segment: usize,
        report: usize,
    ) -> io::Result<(Place, &Records)> {
        let place = engine.segments[segment].loaded()?.columns.place(report)?;
        let records = self.0.get(&(segment, place.range.start)).ok_or_else(broken)?;
        Ok((place, records))
    }
}
