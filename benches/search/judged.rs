//! Judged queries: what somebody types, which reports they want, and how good a list is.
//!
//! The file has one line for each thing:
//!
//! ```text
//! # a comment
//! = inflected            the kind of the queries below
//! 장애가 났다            a query, as it is typed
//! + 2 pg-outage.md       a report that answers it: 2 is what one looks for, 1 is acceptable
//! ```
//!
//! Every third query of a file is held out: it is judged like the others, but nobody looks at it while the
//! engine is made better, so that its figures say what others' queries may expect.

use std::collections::BTreeMap;

/// How long a list is that somebody reads.
const SHOWN: usize = 10;
/// One in so many queries is held out.
const HELD_OUT: usize = 3;

/// A query and what answers it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judged {
    pub(crate) query: String,
    pub(crate) kind: String,
    pub(crate) held_out: bool,
    /// The reports that answer it, by file name, with their grades.
    pub(crate) relevant: BTreeMap<String, u32>,
}

/// Reads a file of judged queries; the number of a line that makes no sense if there is one.
pub(crate) fn judged(text: &str) -> Result<Vec<Judged>, usize> {
    let mut queries: Vec<Judged> = Vec::new();
    let mut kind = String::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        if let Some(named) = line.strip_prefix("= ") {
            named.clone_into(&mut kind);
        } else if let Some(answer) = line.strip_prefix("+ ") {
            let (grade, path) = answer.split_once(' ').ok_or(number + 1)?;
            let grade = grade.parse().map_err(|_| number + 1)?;
            let query = queries.last_mut().ok_or(number + 1)?;
            query.relevant.insert(path.to_owned(), grade);
        } else {
            let held_out = queries.len() % HELD_OUT == HELD_OUT - 1;
            let (query, kind) = (line.to_owned(), kind.clone());
            queries.push(Judged { query, kind, held_out, relevant: BTreeMap::new() });
        }
    }
    Ok(queries)
}

/// How good lists of results are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) queries: usize,
    /// Järvelin and Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, 2002, with 2^grade - 1.
    pub(crate) ndcg: f64,
    /// How much of what answers a query is in the list, among what fits there.
    pub(crate) recall: f64,
}

/// The figures of one list.
#[expect(clippy::cast_precision_loss, reason = "a list is short")]
pub(crate) fn figures(query: &Judged, found: &[String]) -> Figures {
    let gain = |grade: u32| f64::from((1_u32 << grade) - 1);
    let discounted = |gains: &[f64]| -> f64 {
        let at = |(rank, gain): (usize, &f64)| gain / (rank as f64 + 2.0).log2();
        gains.iter().take(SHOWN).enumerate().map(at).sum()
    };
    let grade = |path: &String| query.relevant.get(path).copied().unwrap_or(0);
    let gains: Vec<f64> = found.iter().map(|path| gain(grade(path))).collect();
    let mut ideal: Vec<f64> = query.relevant.values().map(|grade| gain(*grade)).collect();
    ideal.sort_by(|left, right| right.total_cmp(left));
    let hits = found.iter().take(SHOWN).filter(|path| grade(path) > 0).count();
    Figures {
        queries: 1,
        ndcg: discounted(&gains) / discounted(&ideal),
        recall: hits as f64 / query.relevant.len().min(SHOWN) as f64,
    }
}

impl Figures {
    /// The means of several.
    #[expect(clippy::cast_precision_loss, reason = "there are few queries")]
    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean =
            |figure: fn(&Self) -> f64| all.iter().map(figure).sum::<f64>() / all.len() as f64;
        Self { queries: all.len(), ndcg: mean(|one| one.ndcg), recall: mean(|one| one.recall) }
    }
}

/// The figures by kind, then of what is held out, then of all.
pub(crate) fn table(all: &[(&Judged, Figures)]) -> Vec<(String, Figures)> {
    let mut kinds: BTreeMap<&str, Vec<Figures>> = BTreeMap::new();
    for (query, figures) in all {
        kinds.entry(&query.kind).or_default().push(*figures);
    }
    let means = kinds.into_iter().map(|(kind, all)| (kind.to_owned(), Figures::mean(&all)));
    let mut rows: Vec<_> = means.collect();
    let held_out = all.iter().filter(|(query, _)| query.held_out).map(|(_, one)| *one);
    rows.push(("held out".to_owned(), Figures::mean(&held_out.collect::<Vec<_>>())));
    let all: Vec<_> = all.iter().map(|(_, one)| *one).collect();
    rows.push(("all".to_owned(), Figures::mean(&all)));
    rows
}
