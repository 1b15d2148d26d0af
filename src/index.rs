//! The search index: reports become passages, passages a bundle, and `.bokgi/` keeps it for the next
//! command.
//!
//! The folder holds one bundle for each edition and a manifest: which files it was made from, how large
//! they were and when they changed. A command that finds a manifest of its own settings reads only what
//! has changed since, lays that over the bundle, and asks both as one. Nothing in the folder is needed:
//! whoever deletes it loses a second, not a result.
//!
//! Only this module knows the search engine.

mod manifest;
mod passages;
mod store;

pub(crate) use manifest::{Stamped, settings_key};
pub(crate) use store::{Store, digest};

use std::collections::BTreeSet;
use std::sync::Arc;

use bokgi_search::{Details, Engine, IndexError, OpenError, Part, Results, Storage, segment};
use rayon::prelude::*;

use crate::config::Settings;
use crate::corpus::Corpus;
use crate::parse::{Edition, Report};

pub(crate) use bokgi_search::{Answer, Bundle, Highlighter, Hit, Note, Options, Snippet, Typing};

/// Reports that one thread reads at a time. It depends on the number of reports alone, so that the bundle is
/// the same on every machine.
const PER_SEGMENT: usize = 2_500;

/// Why there is no index.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SearchError {
    #[error("the reports cannot be indexed")]
    Index(#[from] IndexError),
    #[error("the index cannot be opened")]
    Open(#[from] OpenError),
    #[error("the index cannot be read")]
    Read(#[from] std::io::Error),
}

/// Indexes the reports that `is_shown` lets through.
pub(crate) fn bundle(
    corpus: &Corpus,
    is_shown: impl Fn(&Report) -> bool,
    settings: &Settings,
) -> Result<Bundle, SearchError> {
    let addresses = corpus.addresses();
    let all = corpus.reports.iter().zip(&addresses);
    let mut reports: Vec<_> = all.filter(|(report, _)| is_shown(report)).collect();
    reports.sort_by_key(|(report, _)| &report.path);
    let segments = reports
        .par_chunks(PER_SEGMENT)
        .map(|chunk| {
            let read: Vec<_> = chunk
                .iter()
                .map(|(report, address)| passages::Indexed::new(report, address, settings))
                .collect();
            segment(read.iter().map(passages::Indexed::entry))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(bokgi_search::bundle(segments)?)
}

/// What a query finds.
pub(crate) struct Found {
    pub(crate) answer: Answer,
    pub(crate) details: Details,
}

impl Found {
    /// The answer to `query` for programs.
    pub(crate) fn results<'f>(&'f self, query: &'f str) -> Results<'f> {
        Results::new(query, &self.answer, Some(&self.details))
    }
}

/// The bundle of `.bokgi/` with what has changed since laid over it.
pub(crate) struct Index {
    engine: Engine,
}

impl Index {
    /// Opens an index: `kept` is what is on the disk and which of its reports are out of date, `fresh`
    /// what was read now.
    pub(crate) fn open(
        kept: Option<(Arc<dyn Storage>, BTreeSet<String>)>,
        fresh: &Corpus,
        edition: Edition,
        settings: &Settings,
    ) -> Result<Self, SearchError> {
        let mut parts = Vec::new();
        if let Some((storage, hidden)) = kept {
            parts.push(Part { storage, hidden });
        }
        if !fresh.reports.is_empty() || parts.is_empty() {
            let is_shown = |report: &Report| report.is_shown_in(edition);
            let storage = Arc::new(bundle(fresh, is_shown, settings)?);
            parts.push(Part { storage, hidden: BTreeSet::new() });
        }
        Ok(Self { engine: Engine::open(parts)? })
    }

    /// Opens a bundle in memory.
    pub(crate) fn of(bundle: Bundle) -> Result<Self, SearchError> {
        let part = Part { storage: Arc::new(bundle), hidden: BTreeSet::new() };
        Ok(Self { engine: Engine::open(vec![part])? })
    }

    /// Answers a query.
    pub(crate) fn search(&self, query: &str, options: &Options) -> Result<Found, SearchError> {
        let answer = self.engine.search(query, options)?;
        let details = self.engine.details(&answer)?;
        Ok(Found { answer, details })
    }
}
