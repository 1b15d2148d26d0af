//! How good search is, on judged queries.
//!
//! `cargo bench --bench search` asks the queries of `tests/fixtures/search/judged.txt` of this repository's own
//! reports; with a folder of reports and a file of queries behind `--` it asks those:
//! `cargo bench --bench search -- FOLDER JUDGED`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark looks at the disk and prints"
)]

#[path = "search/judged.rs"]
mod judged;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bokgi::testing::Project;
use judged::{figures, judged, table};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folders, queries) = match args.as_slice() {
        [folder, queries] => (vec![PathBuf::from(folder)], PathBuf::from(queries)),
        _ => (
            vec![own.join("content"), own.join("tests/fixtures/similar/content")],
            own.join("tests/fixtures/search/judged.txt"),
        ),
    };
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        let path = path.unwrap().path();
        if path.extension().is_some_and(|end| end == "md") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    let project = Project::new("");
    let queries = judged(&std::fs::read_to_string(queries).unwrap()).expect("lines make sense");
    let searched = project.index(&files);
    let mut all = Vec::new();
    println!("{:<40} {:>8} {:>10}", "query", "nDCG@10", "recall@10");
    for query in &queries {
        let found = searched.search(&query.query);
        let one = figures(query, &found);
        println!("{:<40} {:>8.3} {:>10.3}", query.query, one.ndcg, one.recall);
        all.push((query, one));
    }
    println!("\n{} reports, an index of {} bytes", files.len(), searched.size);
    println!("{:<16} {:>8} {:>8} {:>10}", "kind", "queries", "nDCG@10", "recall@10");
    for (kind, mean) in table(&all) {
        println!("{kind:<16} {:>8} {:>8.3} {:>10.3}", mean.queries, mean.ndcg, mean.recall);
    }
}
