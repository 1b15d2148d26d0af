//! Details: what an answer shows beside its titles, one round of reads later.

use std::collections::BTreeMap;
use std::io;

use super::Engine;
use super::find::{done, keep};
use super::results::{Answer, Blocks};
use crate::report::Facet;
use crate::snippet::{Highlighter, Snippet};
use crate::store::table::texts;
use crate::store::values::{Entry, Values};

/// The longest snippet, in characters: two lines on a phone.
const SNIPPET: usize = 160;
/// Values of a facet that are counted, the commonest.
const VALUES: usize = 12;

/// Texts around the words of a query, and what the results have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    /// For each hit, a piece of each of its passages.
    pub snippets: Vec<Vec<Snippet>>,
    /// How many of all results have which value, facet by facet.
    pub counts: Vec<Counts>,
}

/// A facet's values among the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The facet; none for the year.
    pub facet: Option<Facet>,
    /// The commonest first; years from the newest.
    pub values: Vec<Count>,
}

/// How many results have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// How a filter is written for it.
    pub value: String,
    /// How it is shown in English and in Korean, if not as it is written.
    pub labels: Option<[String; 2]>,
    /// Reports that have it.
    pub count: usize,
}

impl Engine {
    /// Reads what an answer of this engine shows beside its titles.
    ///
    /// # Errors
    /// Like [`Engine::search`].
    pub fn details(&self, answer: &Answer) -> io::Result<Details> {
        let mut failed = None;
        let snippets = keep(&mut failed, self.snippets(answer)).unwrap_or_default();
        let counts = keep(&mut failed, self.counts(answer)).unwrap_or_default();
        done(failed, Details { snippets, counts })
    }

    fn snippets(&self, answer: &Answer) -> io::Result<Vec<Vec<Snippet>>> {
        let highlighter = Highlighter::new(&answer.query);
        let mut blocks = Blocks::default();
        let mut failed = None;
        let mut all = Vec::new();
        for hit in &answer.hits {
            let (segment, report) = hit.place;
            let texts = blocks
                .read(self, segment, report)
                .and_then(|()| self.texts(&blocks, segment, report));
            let texts = keep(&mut failed, texts).unwrap_or_default();
            let snippet = |ordinal: usize| {
                texts
                    .get(ordinal)
                    .map(|text| highlighter.snippet(text, SNIPPET))
                    .unwrap_or_default()
            };
            all.push(hit.passages.iter().map(|passage| snippet(passage.ordinal)).collect());
        }
        done(failed, all)
    }

    fn texts(&self, blocks: &Blocks, segment: usize, report: usize) -> io::Result<Vec<String>> {
        let open = &self.segments[segment].open;
        let (place, records) = blocks.get(self, segment, report)?;
        let range = records.texts(place.within)?;
        let start = open.texts.start + place.texts;
        texts(&open.body.read(start + range.start..start + range.end)?, place.within)
    }

    fn counts(&self, answer: &Answer) -> io::Result<Vec<Counts>> {
        let mut values = Vec::new();
        let mut failed = None;
        for segment in &self.segments {
            let open = &segment.open;
            let read = open.body.read(open.values.clone()).and_then(|bytes| Values::read(&bytes));
            values.push(keep(&mut failed, read).unwrap_or_default());
        }
        done(failed, ())?;
        let mut counts: Vec<Vec<usize>> =
            values.iter().map(|values| vec![0; values.entries.len()]).collect();
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for &(segment, report) in &answer.reports {
            for &place in values[segment].of(report) {
                counts[segment][place as usize] += 1;
            }
            let date = self.segments[segment].loaded()?.columns.dates[report];
            if date > 0 {
                *years.entry(date / 10_000).or_default() += 1;
            }
        }
        let mut sums: BTreeMap<(Facet, &str), (&Entry, usize)> = BTreeMap::new();
        for (values, counts) in values.iter().zip(&counts) {
            for (entry, count) in values.entries.iter().zip(counts).filter(|(_, count)| **count > 0)
            {
                sums.entry((entry.facet, &entry.value)).or_insert((entry, 0)).1 += count;
            }
        }
        let mut all: Vec<Counts> = Vec::new();
        for (entry, count) in sums.into_values() {
            let value = Count { value: entry.value.clone(), labels: entry.labels.clone(), count };
            match all.last_mut() {
                Some(counts) if counts.facet == Some(entry.facet) => counts.values.push(value),
                _ => all.push(Counts { facet: Some(entry.facet), values: vec![value] }),
            }
        }
        for counts in &mut all {
            counts.values.sort_by_key(|value| std::cmp::Reverse(value.count));
            counts.values.truncate(VALUES);
        }
        let years = years.into_iter().rev().take(VALUES);
        let years: Vec<Count> = years
            .map(|(year, count)| Count { value: year.to_string(), labels: None, count })
            .collect();
        if !years.is_empty() {
            all.push(Counts { facet: None, values: years });
        }
        Ok(all)
    }
}
