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
pub(crate) use passages::found;
pub(crate) use store::Store;

use std::collections::BTreeSet;
use std::sync::Arc;

use bokgi_search::{Engine, IndexError, OpenError, Part, Storage, segment};
use rayon::prelude::*;

use crate::config::Settings;
use crate::corpus::Corpus;
use crate::parse::Edition;

pub(crate) use bokgi_search::{Answer, Bundle, Highlighter, Hit, Note, Options, Snippet};

/// Reports of one segment. The number of segments depends on the number of reports alone, so that the
/// bundle is the same on every machine.
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

/// Indexes the reports that an edition shows.
pub(crate) fn bundle(
    corpus: &Corpus,
    edition: Edition,
    settings: &Settings,
) -> Result<Bundle, SearchError> {
    let addresses = corpus.addresses();
    let all = corpus.reports.iter().zip(&addresses);
    let mut reports: Vec<_> = all.filter(|(report, _)| report.is_shown_in(edition)).collect();
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
            let storage = Arc::new(bundle(fresh, edition, settings)?);
            parts.push(Part { storage, hidden: BTreeSet::new() });
        }
        Ok(Self { engine: Engine::open(parts)? })
    }

    /// Answers a query.
    pub(crate) fn search(&self, query: &str, options: &Options) -> Result<Answer, SearchError> {
        Ok(self.engine.search(query, options)?)
    }
}
