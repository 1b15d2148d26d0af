//! Facets: values that are only told, and the pages of values.

use crate::support::Project;

/// Four reports: one states its facets, two tell them, one hides one.
fn project() -> Project {
    let told = |day: u8, cause: &str| {
        format!(
            "---\ntitle: Told on day {day}\nservices: [pay]\nstarted_at: 2026-03-{day:02}T10:00:00Z\nresolved_at: 2026-03-{day:02}T1{day}:00:00Z\naudience: public\n---\n\n## Root cause\n\n{cause}\n\n## Resolution\n\nWe rolled back.\n"
        )
    };
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        (
            "content/stated.md",
            "---\ntitle: Stated\nservices: [pay]\ncauses: [software/resource-leak]\nmitigations: [restart]\nstarted_at: 2026-03-09T10:00:00Z\naudience: public\n---\n\n## Resolution\n\nWe rolled back.\n\n## Action items\n\n- [ ] watch the heap\n",
        ),
        ("content/told-1.md", &told(1, "A memory leak.")),
        ("content/told-2.md", &told(2, "메모리 누수가 있었다.")),
        (
            "content/hidden.md",
            "---\ntitle: Hidden\nservices: [mail]\ndate: 2026-02-01\naudience: public\n---\n\n## Root cause\n\nIt was <!-- internal -->a memory leak.<!-- /internal -->\n",
        ),
    ])
}

#[test]
fn the_index_says_what_is_inferred() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let index: serde_json::Value =
        serde_json::from_str(&project.read("public/index.json")).unwrap();
    let of = |id: &str| {
        let report = index["reports"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap();
        format!("{} {} {}", report["causes"], report["mitigations"], report["inferred"])
    };
    assert_eq!(of("stated"), r#"["software/resource-leak"] ["restart"] null"#);
    insta::assert_snapshot!(of("told-1"), @r#"[] [] {"causes":[{"line":11,"value":"software/resource-leak","written":"memory leak"}],"mitigations":[{"line":15,"value":"rollback","written":"rolled back"}]}"#);
    let schema = project.read("public/index.schema.json");
    assert!(schema.contains("\"inferred\""), "{schema}");
}

#[test]
fn a_page_marks_what_is_inferred() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let report = project.read("public/r/told-1/index.html");
    assert!(report.contains("Causes <a class=\"inferred\" href=\"../../by/\""), "{report}");
    assert!(!project.read("public/r/stated/index.html").contains("class=\"inferred\""));
    let value = project.read("public/by/cause/software/resource-leak/index.html");
    assert_eq!(value.matches("<span class=\"inferred\">").count(), 3, "{value}");
    insta::assert_snapshot!(section(&value), @r"
    4 of 4 reports (100 %), 3 of them inferred from the text
    First seen: 2026-02-01
    Last seen: 2026-03-09
    Time to resolve: 1 h 30 min median · 1 h to 2 h · n = 2
    Open actions: 1
    ");
    let by = project.read("public/by/index.html");
    assert!(by.contains("inferred in 3 of 4 reports"), "{by}");
    project.write("bokgi.toml", "lang = \"ko\"\n[site]\nlang = \"ko\"\n".as_bytes());
    assert_eq!(project.run(&["build"]).code, 0);
    let value = project.read("public/by/cause/software/resource-leak/index.html");
    insta::assert_snapshot!(section(&value), @r"
    보고서 4건 가운데 4건(100%), 그중 3건은 본문에서 추정
    처음: 2026-02-01
    마지막: 2026-03-09
    복구까지: 1시간 30분 중앙값 · 1시간~2시간 · n = 2
    미완료 조치: 1
    ");
}

/// The figures above a value's reports, without markup.
fn section(page: &str) -> String {
    let from = page.find("<section class=\"value\"").unwrap();
    let to = from + page[from..].find("</section>").unwrap();
    let mut text = String::new();
    let mut inside = false;
    for ch in page[from..to].replace("</dt>", ": ").chars() {
        match ch {
            '<' => inside = true,
            '>' => inside = false,
            ch if !inside => text.push(ch),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_public_edition_infers_only_from_what_it_shows() {
    let project = project();
    assert_eq!(project.run(&["build", "--audience", "public"]).code, 0);
    let value = project.read("public/by/cause/software/resource-leak/index.html");
    assert!(value.contains("Told on day 1") && !value.contains("Hidden"), "{value}");
}

#[test]
fn search_asks_for_inferred_values_too() {
    let project = project();
    for indexed in [false, true] {
        if indexed {
            assert_eq!(project.run(&["build"]).code, 0);
        }
        let run = project.run(&["search", "--format", "json", "cause:software/resource-leak"]);
        for title in ["Stated", "Told on day 1", "Told on day 2", "Hidden"] {
            assert!(run.out.contains(title), "{title}: {}", run.shown());
        }
        let run = project.run(&["search", "--format", "json", "mitigation:rollback"]);
        assert!(!run.out.contains("Stated"), "what is stated counts: {}", run.shown());
    }
}

#[test]
fn pages_are_right_without_reports_and_with_one() {
    for files in [
        vec![("bokgi.toml", "lang = \"en\"\n"), ("content/README.txt", "x")],
        vec![
            ("bokgi.toml", "lang = \"en\"\n"),
            ("content/a.md", "# A\n\n## Resolution\n\nWe rolled back.\n"),
        ],
    ] {
        let project = Project::with(&files);
        assert_eq!(project.run(&["build"]).code, 0);
        assert!(project.path("public/by/index.html").exists());
    }
}
