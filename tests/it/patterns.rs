//! `patterns` and its page: what keeps coming together, in words, for programs, and on the site.

use std::fmt::Write as _;

use crate::support::Project;

/// A report of so many facts, and a few actions.
fn report(day: &str, title: &str, facts: &str, actions: &str) -> (String, String) {
    let mut text =
        format!("---\ntitle: {title}\ndate: {day}\n{facts}\n---\n\n## Summary\n\nIt was.\n");
    if !actions.is_empty() {
        write!(text, "\n## Short-term actions\n\n{actions}\n").unwrap();
    }
    (format!("content/{day}.md"), text)
}

fn project() -> Project {
    let again = "severity: SEV2\nservices: [payment]\ntrigger: config-change\ncauses: [software/capacity, process/review]\ndetection: customer";
    let files = [
        report(
            "2025-02-03",
            "Payments time out",
            again,
            "- [x] Raise the limit (kind: prevent)\n- [ ] Review limits every month (kind: prevent, due: 2025-04-01)",
        ),
        report(
            "2026-01-20",
            "결제 지연",
            again,
            "- [ ] 한도를 코드로 관리 (유형: 예방, 기한: 2026-09-01)",
        ),
        report(
            "2025-05-05",
            "Search is slow",
            "severity: SEV3\nservices: [search]\ntrigger: traffic\ncauses: [software/performance]\ndetection: monitoring",
            "",
        ),
        report(
            "2025-06-06",
            "No mail",
            "services: [mail]\ntrigger: expiry\ncauses: [network/certificate]\ndetection: partner",
            "",
        ),
        report(
            "2025-07-07",
            "Nobody can log in",
            "services: [login]\ntrigger: deploy\ncauses: [software/regression]\ndetection: internal",
            "",
        ),
        report(
            "2025-08-08",
            "A drill",
            "kind: drill\nservices: [mail]\ntrigger: expiry\ndetection: partner",
            "",
        ),
    ];
    let project = Project::with(&[("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n")]);
    for (path, text) in &files {
        project.write(path, text.as_bytes());
    }
    project
}

#[test]
fn tells_what_keeps_coming_together() {
    insta::assert_snapshot!(project().run(&["patterns"]).shown(), @r"");
    insta::assert_snapshot!(project().run(&["--lang", "ko", "patterns"]).shown(), @r"");
}

#[test]
fn programs_get_figures_and_addresses() {
    insta::assert_snapshot!(project().run(&["patterns", "--format", "json"]).out, @r"");
}

#[test]
fn says_why_there_is_none() {
    let project = Project::with(&[
        ("content/2026-01-01.md", "---\ntitle: A\nservices: [a]\ntrigger: deploy\n---\n"),
        ("content/2026-01-02.md", "---\ntitle: B\nservices: [b]\n---\n"),
    ]);
    insta::assert_snapshot!(project.run(&["patterns"]).shown(), @r"");
    insta::assert_snapshot!(project.run(&["--lang", "ko", "patterns"]).shown(), @r"");
    let empty = Project::with(&[("content/_x.md", "")]);
    insta::assert_snapshot!(empty.run(&["patterns"]).shown(), @r"");
}

#[test]
fn the_page_has_every_pattern_with_its_links() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/patterns/index.html");
    for expected in [
        r#"<li id="trigger-config-change--service-payment--cause-software-capacity--detection-customer">"#,
        r#"href="../by/trigger/config-change/""#,
        r#"href="../r/2026-01-20/" lang="ko""#,
        r#"data-status="open" data-due="2025-04-01""#,
        "nothing to detect it sooner",
        r#"aria-current="page""#,
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert!(!page.contains("style="));
    project.write("bokgi.toml", b"lang = \"ko\"\n[site]\nlang = \"ko\"\n");
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.read("public/patterns/index.html").contains("설정 변경 → payment"));
}

#[test]
fn a_page_without_patterns_says_why() {
    let project =
        Project::with(&[("content/2026-01-01.md", "---\ntitle: A\nservices: [a]\n---\n")]);
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/patterns/index.html");
    assert!(page.contains("A pattern needs 2 incidents"), "{page}");
    let empty = Project::with(&[("content/_x.md", "")]);
    assert_eq!(empty.run(&["build"]).code, 0);
    assert!(empty.read("public/patterns/index.html").contains("A pattern needs 2 incidents"));
}

#[test]
fn other_editions_see_other_reports() {
    let project = project();
    let path = "content/2026-01-20.md";
    let hidden = project.read(path).replace("title:", "audience: restricted\ntitle:");
    project.write(path, hidden.as_bytes());
    assert!(!project.run(&["patterns"]).out.contains("결제 지연"));
    assert!(project.run(&["patterns", "--audience", "restricted"]).out.contains("결제 지연"));
}
