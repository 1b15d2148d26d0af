//! Judged reports: for each, which others its readers would be glad to be shown, and how good a list is.
//!
//! Labels are JSON: `{"a.md": {"b.md": 2}}`, where 2 is the same failure again and 1 a related one. A report
//! without an entry has no relative, and the right list for it is empty.

use std::collections::BTreeMap;

/// Which reports are like which, and how much.
pub(crate) type Labels = BTreeMap<String, BTreeMap<String, u32>>;

/// How good lists of similar reports are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    /// Of the first three, how many are relatives, among those there could be.
    pub(crate) precision_at_3: f64,
    /// The mean of one over the rank of the first relative.
    pub(crate) reciprocal_rank: f64,
}

/// Judges full rankings: for each report all others, best first. Reports without relatives are left out.
#[expect(clippy::cast_precision_loss, reason = "ranks are small")]
pub(crate) fn figures(rankings: &BTreeMap<&str, Vec<&str>>, labels: &Labels) -> Figures {
    let mut figures = Figures::default();
    let mut judged = 0.0;
    for (report, ranking) in rankings {
        let Some(relatives) = labels.get(*report).filter(|relatives| !relatives.is_empty()) else {
            continue;
        };
        judged += 1.0;
        let is_one = |other: &&&str| relatives.contains_key(**other);
        let found = ranking.iter().take(3).filter(is_one).count();
        figures.precision_at_3 += found as f64 / relatives.len().min(3) as f64;
        let first = ranking.iter().position(|other| relatives.contains_key(*other));
        figures.reciprocal_rank += first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
    }
    figures.precision_at_3 /= judged;
    figures.reciprocal_rank /= judged;
    figures
}
