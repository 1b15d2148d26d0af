//! How good similar incidents are: judged reports of our own, in Korean and English.

use std::collections::BTreeMap;
use std::path::Path;

use bokgi::testing::Project;

#[path = "../../benches/similarity/judged.rs"]
mod judged;

use judged::{Labels, figures};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/similar"))
}

fn reports() -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder().join("content")).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(&path).unwrap())
    });
    let files: BTreeMap<String, Vec<u8>> = files.collect();
    assert!(files.len() > 40);
    files
}

fn json<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

#[test]
fn relatives_come_first_in_either_language() {
    let labels: Labels = json("labels.json");
    let compared = Project::new("").compare(&reports());
    let ranking = |left: usize| {
        let mut others: Vec<usize> =
            (0..compared.paths.len()).filter(|right| *right != left).collect();
        others.sort_by(|a, b| compared.scores[left][*b].total_cmp(&compared.scores[left][*a]));
        others.into_iter().map(|right| compared.paths[right].as_str()).collect::<Vec<_>>()
    };
    let rankings: BTreeMap<&str, Vec<&str>> =
        compared.paths.iter().enumerate().map(|(at, path)| (path.as_str(), ranking(at))).collect();
    let figures = figures(&rankings, &labels);
    // `cargo bench --bench similarity` shows what these figures were when the measure was chosen.
    assert!(figures.precision_at_3 > 0.7, "{figures:?}");
    assert!(figures.reciprocal_rank > 0.78, "{figures:?}");
}

/// Where nothing is alike, nothing is shown.
#[test]
fn reports_without_relatives_are_left_alone() {
    let labels: Labels = json("labels.json");
    let compared = Project::new("").compare(&reports());
    let is_alone = |path: &String| labels.get(path).is_none_or(BTreeMap::is_empty);
    let alone: Vec<usize> =
        (0..compared.paths.len()).filter(|at| is_alone(&compared.paths[*at])).collect();
    assert!(alone.len() >= 10);
    let disturbed = alone.iter().filter(|left| {
        let scores = compared.scores[**left].iter().enumerate();
        scores.filter(|(right, _)| right != *left).any(|(_, score)| *score >= 0.16)
    });
    let disturbed: Vec<&str> = disturbed.map(|at| compared.paths[*at].as_str()).collect();
    assert!(disturbed.len() <= 2, "{disturbed:?}");
}

#[derive(serde::Deserialize)]
struct Query {
    text: String,
    relevant: BTreeMap<String, u32>,
}

#[test]
fn a_symptom_finds_its_incident() {
    let queries: Vec<Query> = json("queries.json");
    let texts: Vec<String> = queries.iter().map(|query| query.text.clone()).collect();
    let found = Project::new("").like_text(&reports(), &texts);
    let (mut first, mut asked, mut noise) = (0, 0, Vec::new());
    for (query, found) in queries.iter().zip(&found) {
        if query.relevant.is_empty() {
            noise.extend((!found.is_empty()).then_some((&query.text, found)));
        } else {
            asked += 1;
            first +=
                usize::from(found.iter().take(3).any(|path| query.relevant.contains_key(path)));
        }
        if std::env::var_os("SHOW").is_some() {
            println!("{} -> {found:?}", query.text);
        }
    }
    assert!(first * 10 >= asked * 8, "{first} of {asked}");
    assert!(noise.len() <= 1, "{noise:#?}");
}
