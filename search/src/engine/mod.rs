//! The engine: open bundles, answer queries.

mod correct;
mod details;
mod find;
mod fold_reports;
mod lookup;
mod phrase;
mod results;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::OnceLock;

use crate::query::{Note, Query, Typing};
use crate::report::key_term;
use crate::store::bundle::{OpenBundle, OpenError, Part};
use crate::store::table::Columns;

pub use details::{Count, Counts, Details};
use fold_reports::Demand;
pub use results::{Answer, Hit, Opened};

/// Bundles, open for queries.
///
/// It can be used by several threads. All its parts count as one index: how rare a word is, is counted over
/// all of them.
pub struct Engine {
    segments: Vec<Segment>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("segments", &self.segments.len()).finish_non_exhaustive()
    }
}

/// How a query is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether the query is still being typed.
    pub typing: Typing,
    /// How many reports to leave out at the beginning of the list.
    pub offset: usize,
    /// How many reports to list at the most.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { typing: Typing::Done, offset: 0, limit: 10 }
    }
}

/// A bundle, and what is read of it once.
struct Segment {
    open: OpenBundle,
    hidden: Vec<String>,
    loaded: OnceLock<Loaded>,
}

/// What every query needs of a bundle.
struct Loaded {
    columns: Columns,
    /// Per report, whether it no longer counts.
    hidden: Vec<bool>,
    /// Documents that count, and the sum of their lengths.
    documents: u64,
    length: u64,
}

impl Engine {
    /// Opens bundles. Each costs two small reads; everything else is read when a query needs it.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(parts: Vec<Part>) -> Result<Self, OpenError> {
        let mut segments = Vec::new();
        for part in parts {
            segments.push(Segment {
                open: OpenBundle::open(part.storage)?,
                hidden: part.hidden.into_iter().collect(),
                loaded: OnceLock::new(),
            });
        }
        Ok(Self { segments })
    }

    /// Answers a query.
    ///
    /// What the query says wrong is in [`Answer::notes`] and never an error.
    ///
    /// # Errors
    /// If the index cannot be read; `WouldBlock` means: ask again when the bytes are there, see
    /// [`Storage`](crate::Storage).
    pub fn search(&self, query: &str, options: &Options) -> io::Result<Answer> {
        let parsed = Query::parse(query, options.typing);
        let matches = self.find(&parsed)?;
        let reports = fold_reports::fold(&self.segments, &parsed, &matches, Demand::All)?;
        if !reports.is_empty() {
            return self.answer(parsed, reports, options);
        }
        if let Some(corrected) = self.correct(query, &parsed, &matches)? {
            let parsed = Query::parse(&corrected, options.typing);
            let matches = self.find(&parsed)?;
            let mut answer = self.nearest_answer(parsed, &matches, options)?;
            if answer.total > 0 {
                answer.corrected = Some(corrected);
                return Ok(answer);
            }
        }
        self.nearest_answer(parsed, &matches, options)
    }

    /// The reports with all words, or else with some of them.
    fn nearest_answer(
        &self,
        query: Query,
        matches: &[find::ItemMatches],
        options: &Options,
    ) -> io::Result<Answer> {
        let all = fold_reports::fold(&self.segments, &query, matches, Demand::All)?;
        if !all.is_empty() {
            return self.answer(query, all, options);
        }
        let some = fold_reports::fold(&self.segments, &query, matches, Demand::Some)?;
        let mut answer = self.answer(query, some, options)?;
        if answer.total > 0 {
            answer.notes.push(Note::SomeWords);
        }
        Ok(answer)
    }
}

impl Segment {
    fn loaded(&self) -> io::Result<&Loaded> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let columns = Columns::read(&self.open.body.read(self.open.columns.clone())?)?;
        let mut hidden = vec![false; columns.dates.len()];
        for key in &self.hidden {
            for document in find::facet_documents(&self.open, key_term(key).as_bytes(), false)? {
                let report = columns.report_of.get(document as usize).copied();
                if let Some(hidden) = report.and_then(|report| hidden.get_mut(report as usize)) {
                    *hidden = true;
                }
            }
        }
        let (mut documents, mut length) = (0, 0);
        for (&report, &class) in columns.report_of.iter().zip(&columns.classes) {
            if !hidden[report as usize] {
                documents += 1;
                length += u64::from(crate::store::table::LENGTHS[usize::from(class)]);
            }
        }
        Ok(self.loaded.get_or_init(|| Loaded { columns, hidden, documents, length }))
    }
}
