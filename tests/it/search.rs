//! `search`: with the index of the last build, with what has changed since, and with none.

use crate::support::{COMPLETE, Project};

fn project() -> Project {
    let korean =
        COMPLETE.replace("Payment outage", "결제 지연").replace("## Summary", "## 요약").replace(
            "For an hour nobody could pay.",
            "커넥션 풀이 고갈되어 한 시간 동안 결제장애를 겪었다.",
        );
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n"),
        ("content/2026-03-14-en.md", COMPLETE),
        ("content/2026-03-15-ko.md", &korean.replace("03-14", "03-15")),
        (
            "content/2026-03-16-secret.md",
            &COMPLETE.replace("title: ", "audience: restricted\ntitle: "),
        ),
    ])
}

/// Paths in their order.
fn paths(project: &Project, args: &[&str]) -> Vec<String> {
    let mut all = vec!["search", "--format", "json"];
    all.extend(args);
    let run = project.run(&all);
    let results: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let hits = results["hits"].as_array().unwrap();
    hits.iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn says_where_the_words_stand() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    insta::assert_snapshot!(project.run(&["search", "결제장애"]).shown(), @r"
    exit 0
    -- stdout
    결제 지연
      2026-03-15 · SEV1 · payment
      요약 › 커넥션 풀이 고갈되어 한 시간 동안 결제장애를 겪었다.
      content/2026-03-15-ko.md:10

    1 report
    ");
    insta::assert_snapshot!(project.run(&["search", "zzzzqq"]).shown(), @r"
    exit 1
    -- stderr
    nothing found
    try other words, or ask for less at once
    ");
    insta::assert_snapshot!(project.run(&["--lang", "ko", "search", "서비스:payment", "after:nonsense"]).shown(), @r"
    exit 0
    -- stdout
    결제 지연
      2026-03-15 · SEV1 · payment
      커넥션 풀이 고갈되어 한 시간 동안 결제장애를 겪었다.
      content/2026-03-15-ko.md:10

    Payment outage
      2026-03-14 · SEV1 · payment
      For an hour nobody could pay.
      content/2026-03-14-en.md:10

    보고서 2건
    -- stderr
    `nonsense`는 날짜가 아닙니다. 2026, 2026-03, 2026-03-14처럼 쓰세요
    ");
}

#[test]
fn programs_get_places_and_marks() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let run = project.run(&["search", "query", "connections", "--limit", "1", "--format", "json"]);
    let results: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&results["version"], &results["total"]), (&1.into(), &2.into()));
    insta::assert_snapshot!(serde_json::to_string_pretty(&results["hits"]).unwrap(), @r#"
    [
      {
        "date": "2026-03-15",
        "id": "2026-03-15-ko",
        "lang": "en",
        "more": 0,
        "passages": [
          {
            "anchor": "five-whys",
            "heading": "Five whys",
            "kind": "whys",
            "line": 21,
            "snippet": {
              "cut_end": false,
              "cut_start": true,
              "marks": [
                [
                  45,
                  50
                ],
                [
                  60,
                  71
                ]
              ],
              "text": "pay? The pool was empty. Why was it empty? A query held its connections. Why did it? promo_usage has no index."
            }
          },
          {
            "anchor": "short-term-actions",
            "heading": "Short-term actions",
            "kind": "short-term",
            "line": 26,
            "snippet": {
              "cut_end": false,
              "cut_start": false,
              "marks": [
                [
                  17,
                  28
                ]
              ],
              "text": "alarm on waiting connections (owner: @payments, ticket: PAY-1)"
            }
          }
        ],
        "path": "2026-03-15-ko.md",
        "score": 7.4873047,
        "services": [
          "payment"
        ],
        "severity": "SEV1",
        "status": "final",
        "title": "결제 지연",
        "title_marks": [],
        "url": "r/2026-03-15-ko/"
      }
    ]
    "#);
    let services = serde_json::json!({
        "facet": "service",
        "values": [{ "value": "payment", "label": null, "count": 2 }],
    });
    assert_eq!(results["facets"][0], services);
    let status = &results["facets"][2];
    assert_eq!((&status["facet"], &status["values"][0]["count"]), (&"status".into(), &2.into()));
    assert!(status["values"][0]["label"]["ko"].is_string());
}

#[test]
fn the_query_language_reaches_the_engine() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let both = ["2026-03-15-ko.md", "2026-03-14-en.md"];
    for (query, expected) in [
        ("service:payment", &both[..]),
        ("severity:SEV1 after:2026-03-15", &both[..1]),
        ("before:2026-03-15", &both[1..]),
        ("커넥션풀", &both[..1]),
        ("풀", &both[..1]),
        ("장애", &both[..1]),
        ("\"nobody could pay\"", &both[1..]),
        ("pool -고갈", &both[1..]),
        ("고갈 OR nobody", &both[..]),
        ("상태:완료", &both[..]),
        ("status:open", &[]),
        ("status:done", &both[..]),
        ("id:2026-03-14-en", &both[1..]),
    ] {
        let mut found = paths(&project, &["--", query]);
        found.sort_by(|left, right| right.cmp(left));
        assert_eq!(found, expected, "{query}");
    }
    assert!(paths(&project, &["--audience", "restricted", "pay"]).len() > both.len() - 1);
    assert_eq!(paths(&project, &["--limit", "1", "service:payment"]).len(), 1);
}

#[test]
fn what_changed_since_the_build_is_found_as_it_is_now() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    project
        .write("content/2026-03-14-en.md", COMPLETE.replace("nobody", "somebody zebra").as_bytes());
    project.write("content/2026-04-01-new.md", COMPLETE.replace("nobody", "giraffe").as_bytes());
    std::fs::remove_file(project.path("content/2026-03-15-ko.md")).unwrap();
    let ask = |query: &str| paths(&project, &["--", query]);
    let check = || {
        assert_eq!(ask("zebra"), ["2026-03-14-en.md"]);
        assert_eq!(ask("giraffe"), ["2026-04-01-new.md"]);
        assert_eq!(ask("고갈"), [""; 0]);
        assert_eq!(ask("\"nobody could\""), [""; 0]);
        let mut all = ask("service:payment");
        all.sort();
        assert_eq!(all, ["2026-03-14-en.md", "2026-04-01-new.md"]);
    };
    check();
    // An index that somebody damaged, and none at all, only take longer.
    for (path, bytes) in project.files(".bokgi/internal") {
        if path.starts_with("index-") {
            project.write(&format!(".bokgi/internal/{path}"), &bytes[..bytes.len() / 2]);
        }
    }
    check();
    std::fs::remove_dir_all(project.path(".bokgi")).unwrap();
    check();
    // Other settings read the reports in another way.
    assert_eq!(project.run(&["build"]).code, 0);
    project.write("bokgi.toml", b"lang = \"en\"\n[content]\nignore = [\"*new*\"]\n");
    assert_eq!(ask("giraffe"), [""; 0]);
}

#[test]
fn the_index_is_the_same_bytes_wherever_it_is_made() {
    let index = |environment: &[(&str, &str)]| {
        let project = project();
        assert_eq!(project.run_with(&["build"], environment).code, 0);
        let files = project.files(".bokgi/internal");
        assert_eq!(project.read(".bokgi/.gitignore"), "*\n");
        files.into_iter().find(|(path, _)| path.starts_with("index-")).unwrap()
    };
    let one = index(&[
        ("RAYON_NUM_THREADS", "1"),
        ("TZ", "Asia/Seoul"),
        ("SOURCE_DATE_EPOCH", "1780272000"),
    ]);
    assert_eq!(
        one,
        index(&[
            ("RAYON_NUM_THREADS", "8"),
            ("TZ", "America/Lima"),
            ("SOURCE_DATE_EPOCH", "1880272000")
        ])
    );
}
