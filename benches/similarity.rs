//! How good the measure of similarity is, beside others, on judged reports.
//!
//! `cargo bench --bench similarity` judges the reports of `tests/fixtures/similar`; with a folder and a file of
//! labels behind `--` it judges those: `cargo bench --bench similarity -- FOLDER LABELS.json`. Three measures:
//!
//! - BM25 (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009): the 25 strongest words of a
//!   report are the query ("more like this");
//! - the cosine of TF-IDF vectors whose words weigh by the section they stand in;
//! - what bokgi does: the same with concepts, without what all reports have in common, and with facets.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark looks at the disk and prints"
)]

#[path = "similarity/judged.rs"]
mod judged;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bokgi::testing::{Compared, Project};
use judged::{Labels, figures};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/similar");
    let (folder, labels) = match args.as_slice() {
        [folder, labels] => (PathBuf::from(folder), PathBuf::from(labels)),
        _ => (own.join("content"), own.join("labels.json")),
    };
    let labels: Labels = serde_json::from_slice(&std::fs::read(labels).unwrap()).unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "md") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    let compared = Project::new("").compare(&files);
    println!("{} reports, {} with relatives", compared.paths.len(), labels.len());
    println!("{:<28} {:>6} {:>6}", "measure", "P@3", "MRR");
    let bm25 = bm25(&compared);
    let cosine = cosine(&compared);
    let kept = |left: usize, right: usize| f64::from(compared.scores[left][right]);
    report("BM25, more like this", &compared, &labels, bm25);
    report("TF-IDF cosine by section", &compared, &labels, cosine);
    report("bokgi", &compared, &labels, kept);
    println!("\nat least  right  wrong  reports without relatives that get some");
    for least in [0.10, 0.12, 0.14, 0.16, 0.20, 0.25, 0.30, 0.35, 0.40] {
        let (mut right, mut wrong, mut disturbed) = (0, 0, 0);
        for (left, path) in compared.paths.iter().enumerate() {
            let relatives = labels.get(path).cloned().unwrap_or_default();
            let mut near: Vec<usize> = (0..compared.paths.len())
                .filter(|right| *right != left && kept(left, *right) >= least)
                .collect();
            near.sort_by(|a, b| kept(left, *b).total_cmp(&kept(left, *a)));
            near.truncate(5);
            let found =
                near.iter().filter(|right| relatives.contains_key(&compared.paths[**right]));
            let found = found.count();
            right += found;
            wrong += near.len() - found;
            disturbed += usize::from(relatives.is_empty() && !near.is_empty());
        }
        println!("{least:>8.2} {right:>6} {wrong:>6} {disturbed:>6}");
    }
}

fn report(name: &str, compared: &Compared, labels: &Labels, score: impl Fn(usize, usize) -> f64) {
    let ranking = |left: usize| {
        let mut others: Vec<usize> =
            (0..compared.paths.len()).filter(|right| *right != left).collect();
        others.sort_by(|a, b| score(left, *b).total_cmp(&score(left, *a)).then(a.cmp(b)));
        others.into_iter().map(|right| compared.paths[right].as_str()).collect::<Vec<_>>()
    };
    let rankings: BTreeMap<&str, Vec<&str>> =
        compared.paths.iter().enumerate().map(|(at, path)| (path.as_str(), ranking(at))).collect();
    let figures = figures(&rankings, labels);
    println!("{name:<28} {:>6.2} {:>6.2}", figures.precision_at_3, figures.reciprocal_rank);
}

/// In how many reports each word stands.
fn frequencies(compared: &Compared) -> BTreeMap<u32, f64> {
    let mut counts = BTreeMap::new();
    for (word, _) in compared.words.iter().flatten() {
        *counts.entry(*word).or_insert(0.0) += 1.0;
    }
    counts
}

fn bm25(compared: &Compared) -> impl Fn(usize, usize) -> f64 {
    const K1: f64 = 1.2;
    const B: f64 = 0.75;
    const WORDS: usize = 25;
    let counts = frequencies(compared);
    let n = compared.paths.len() as f64;
    let idf = move |word: u32| (1.0 + (n - counts[&word] + 0.5) / (counts[&word] + 0.5)).ln();
    let texts: Vec<BTreeMap<u32, f64>> = compared
        .words
        .iter()
        .map(|words| words.iter().map(|(word, weight)| (*word, f64::from(*weight))).collect())
        .collect();
    let lengths: Vec<f64> = texts.iter().map(|text| text.values().sum()).collect();
    let mean = lengths.iter().sum::<f64>() / n;
    let queries: Vec<Vec<u32>> = texts
        .iter()
        .map(|text| {
            let mut words: Vec<(u32, f64)> =
                text.iter().map(|(word, weight)| (*word, weight * idf(*word))).collect();
            words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            words.into_iter().take(WORDS).map(|(word, _)| word).collect()
        })
        .collect();
    move |left, right| {
        let score = |word: &u32| {
            let weight = texts[right].get(word).copied().unwrap_or(0.0);
            let norm = K1 * (1.0 - B + B * lengths[right] / mean);
            idf(*word) * weight * (K1 + 1.0) / (weight + norm)
        };
        queries[left].iter().map(score).sum()
    }
}

fn cosine(compared: &Compared) -> impl Fn(usize, usize) -> f64 {
    let counts = frequencies(compared);
    let n = compared.paths.len() as f64;
    let vectors: Vec<BTreeMap<u32, f64>> = compared
        .words
        .iter()
        .map(|words| {
            let weigh = |(word, weight): &(u32, f32)| {
                (*word, (1.0 + f64::from(*weight)).ln() * (1.0 + n / counts[word]).ln())
            };
            let vector: BTreeMap<u32, f64> = words.iter().map(weigh).collect();
            let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
            vector.into_iter().map(|(word, weight)| (word, weight / length)).collect()
        })
        .collect();
    move |left, right| {
        let other = &vectors[right];
        vectors[left].iter().map(|(word, weight)| weight * other.get(word).unwrap_or(&0.0)).sum()
    }
}
