//! The words of a collection: in how many reports each stands, and so how much it tells.

use bokgi_search::Concepts;
use rayon::prelude::*;

use super::background;
use crate::model::About;

/// Every word and concept of a collection.
#[derive(Debug)]
pub(super) struct Terms {
    /// In order; a term is its place here.
    keys: Vec<u32>,
    /// How much each tells: the logarithm of how few reports hold it (inverse document frequency).
    idf: Vec<f32>,
    unknown: f32,
}

/// So many reports at large count beside those of the collection. In a knowledge base of ten reports, how often
/// a word occurs in them says little about how common it is.
const AT_LARGE: f32 = 40.0;

impl Terms {
    pub(super) fn new(readings: &[&About], concepts: &Concepts) -> Self {
        let mut all: Vec<u32> =
            readings.par_iter().flat_map_iter(|r| r.subjects.iter().map(|s| s.key)).collect();
        all.par_sort_unstable();
        let mut keys = Vec::new();
        let mut counts: Vec<u32> = Vec::new();
        for key in all {
            if keys.last() == Some(&key) {
                counts[keys.len() - 1] += 1;
            } else {
                keys.push(key);
                counts.push(1);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^23")]
        let n = readings.len() as f32;
        let common = background::shares(concepts);
        let idf = |count: u32, key: u32| {
            let share = common.get(&key).copied().unwrap_or(background::RARE);
            #[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^23")]
            let count = count as f32;
            (1.0 + (n + AT_LARGE) / (count + AT_LARGE * share)).ln()
        };
        let weights = keys.iter().zip(&counts).map(|(key, count)| idf(*count, *key)).collect();
        Self { idf: weights, keys, unknown: idf(1, 0) }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// A word's term, and how much it tells.
    pub(super) fn find(&self, key: u32) -> Option<(u32, f32)> {
        let term = self.keys.binary_search(&key).ok()?;
        Some((u32::try_from(term).ok()?, self.idf[term]))
    }

    /// How much a word tells that no report holds.
    pub(super) fn unknown(&self) -> f32 {
        self.unknown
    }
}
