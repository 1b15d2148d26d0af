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
    }
    assert!(first * 10 >= asked * 8, "{first} of {asked}");
    assert!(noise.len() <= 1, "{noise:#?}");
}

const OLDER: &str = "---\ndate: 2025-11-02\nseverity: SEV1\nservices: [payment]\nmitigations: [rollback]\n---\n# 결제 커넥션 풀 고갈\n\n## 요약\n\n느린 정산 쿼리가 HikariCP 커넥션 풀을 고갈시켜 결제 승인이 타임아웃으로 실패했다.\n\n## 조치 항목\n\n- [ ] 커넥션 풀 대기 알람 추가 (유형: 탐지, 기한: 2026-01-31)\n";
const NEWER: &str = "---\ndate: 2026-03-14\nservices: [payment]\nstatus: in-review\n---\n# Connection pool exhausted, payments time out\n\n## Summary\n\nA slow settlement query exhausted the HikariCP connection pool. Payment approvals failed with timeouts.\n";
const OTHER: &str = "---\ndate: 2026-02-02\n---\n# Status page gone\n\n## Summary\n\nA cleanup script removed the zone apex record, and nobody noticed for a day.\n";

fn three() -> crate::support::Project {
    let project = crate::support::Project::new();
    project.write("bokgi.toml", b"");
    project.write("content/older.md", OLDER.as_bytes());
    project.write("content/newer.md", NEWER.as_bytes());
    project.write("content/other.md", OTHER.as_bytes());
    project
}

#[test]
fn a_report_a_draft_and_a_symptom_find_the_same_incident() {
    let project = three();
    for args in [vec!["similar", "content/newer.md"], vec!["similar", "커넥션 풀 고갈"]] {
        let run = project.run(&args);
        assert_eq!(run.code, 0, "{}", run.shown());
        for said in
            ["결제 커넥션 풀 고갈", "stopped by rollback", "커넥션 풀 대기 알람 추가", "2026-01-31"]
        {
            assert!(run.out.contains(said), "{said}: {}", run.shown());
        }
        assert!(!run.out.contains("Status page"), "{}", run.shown());
    }
    let run = project.run(&["similar", "GPU driver of the training nodes", "--lang", "ko"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.shown());
    assert!(run.err.contains("비슷한 것이 없습니다"), "{}", run.shown());
}

#[test]
fn programs_read_why_reports_are_alike() {
    let run = three().run(&["similar", "content/newer.md", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&found["version"], &found["asked"]), (&1.into(), &"report".into()));
    let similar = found["similar"].as_array().unwrap();
    assert_eq!(similar.len(), 1, "{}", run.out);
    assert_eq!(similar[0]["id"], "older");
    assert_eq!(similar[0]["url"], "r/older/");
    assert_eq!(similar[0]["shared"]["facets"][0]["value"], "payment");
    assert!(!similar[0]["shared"]["words"].as_array().unwrap().is_empty());
    assert_eq!(similar[0]["open_actions"][0]["due"], "2026-01-31");
}

#[test]
fn a_comment_ends_with_similar_incidents_and_their_open_actions() {
    let project = three();
    let run = project.run(&["check", "--format", "markdown", "content/newer.md"]);
    let (_, end) = run.out.split_once("### Similar incidents and their open actions").unwrap();
    for said in
        ["`content/newer.md`", "결제 커넥션 풀 고갈", "☐ 커넥션 풀 대기 알람 추가 (due 2026-01-31)"]
    {
        assert!(end.contains(said), "{said}: {end}");
    }
    assert!(!end.contains("Status page"), "{end}");
    // A finished report that nobody named is not what a pull request is about.
    let run = project.run(&["check", "--format", "markdown"]);
    assert_eq!(run.out.matches("\n`content/").count(), 1, "{}", run.out);
}

#[test]
fn a_page_shows_what_is_alike_and_what_repeats() {
    let project = three();
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    let newer = project.read("public/r/newer/index.html");
    let older = project.read("public/r/older/index.html");
    for (page, other) in [(&newer, "../../r/older/"), (&older, "../../r/newer/")] {
        assert!(page.contains(other), "{page}");
    }
    let again = NEWER.replace("status:", "recurrence_of: older\nstatus:");
    project.write("content/newer.md", again.as_bytes());
    project.run(&["build"]);
    let newer = project.read("public/r/newer/index.html");
    assert!(newer.contains("relation repeats\""), "{newer}");
    assert!(newer.contains("was still open when this incident began"), "{newer}");
    assert!(project.read("public/patterns/index.html").contains("was still open when it began"));
    // A public edition knows of nothing that is not public.
    project.run(&["build", "--audience", "public", "--output", "open"]);
    assert!(!project.read("open/patterns/index.html").contains("HikariCP"));
}
