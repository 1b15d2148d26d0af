//! How good search is: judged queries over our own reports, in Korean and English.
//!
//! The floors lie just below what is reached. Whoever makes search better raises them; whoever lowers one says why.

use std::collections::BTreeMap;
use std::path::Path;

use bokgi::testing::Project;

#[path = "../../benches/search/judged.rs"]
mod scored;

use scored::{Figures, Judged, figures, judged, table};

/// Kind, nDCG@10, recall@10.
const FLOORS: [(&str, f64, f64); 16] = [
    ("compound", 0.96, 0.95),
    ("english", 0.98, 0.96),
    ("exact", 0.95, 0.95),
    ("facets", 0.96, 0.96),
    ("identifiers", 0.90, 0.92),
    ("inflected", 0.94, 0.97),
    ("inner", 0.99, 1.0),
    ("layout", 0.99, 1.0),
    ("misspelt", 0.99, 1.0),
    ("mixed", 0.99, 1.0),
    ("phrase", 1.0, 1.0),
    ("prefix", 0.98, 0.96),
    ("several", 0.98, 0.96),
    ("width", 1.0, 1.0),
    ("held out", 0.96, 0.95),
    ("all", 0.97, 0.97),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn reports() -> BTreeMap<String, Vec<u8>> {
    let folders = ["content", "tests/fixtures/similar/content"];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(root().join(folder)).unwrap());
    let read = files.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(&path).unwrap())
    });
    read.collect()
}

fn queries() -> Vec<Judged> {
    let path = root().join("tests/fixtures/search/judged.txt");
    judged(&std::fs::read_to_string(path).unwrap()).expect("lines make sense")
}

#[test]
fn what_is_wanted_comes_first() {
    let queries = queries();
    let searched = Project::new("").index(&reports());
    let judge = |query| (query, figures(query, &searched.search(&query.query)));
    let all: Vec<(&Judged, Figures)> = queries.iter().map(judge).collect();
    let table = table(&all);
    let kinds: Vec<&str> = table.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, FLOORS.map(|(kind, ..)| kind));
    let low = table.iter().zip(FLOORS).any(|((_, mean), (_, ndcg, recall))| {
        // What is reached is a fraction, not what a machine makes of it.
        mean.ndcg + 1e-6 < ndcg || mean.recall + 1e-6 < recall
    });
    let row = |(kind, mean): &(String, Figures)| {
        format!("{kind:<12} {:>3} {:.3} {:.3}", mean.queries, mean.ndcg, mean.recall)
    };
    let worst = all.iter().filter(|(query, one)| one.ndcg < 0.9 && !query.held_out);
    let worst: Vec<String> =
        worst.map(|(query, one)| format!("{:.3} {}", one.ndcg, query.query)).collect();
    let rows: Vec<String> = table.iter().map(row).collect();
    assert!(!low, "\n{}\n{}", rows.join("\n"), worst.join("\n"));
}

#[test]
fn queries_name_reports_there_are() {
    let (queries, reports) = (queries(), reports());
    assert!(queries.len() >= 70);
    for query in &queries {
        assert!(!query.relevant.is_empty(), "{}", query.query);
        for (path, grade) in &query.relevant {
            assert!(
                reports.contains_key(path) && (1..=2).contains(grade),
                "{}: {path}",
                query.query
            );
        }
    }
}
