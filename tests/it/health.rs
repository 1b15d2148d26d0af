//! The page that says what reports still lack.

use crate::support::{COMPLETE, Project};

fn project() -> Project {
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n"),
        ("content/2026-03-14-whole.md", COMPLETE),
        (
            "content/2026-03-20-draft.md",
            "---\ntitle: Left behind\nstatus: draft\ndate: 2026-03-20\ntags: [once]\n---\n\n## Summary\n\nx\n\n## Impact\n",
        ),
    ])
}

#[test]
fn the_least_complete_stand_first_with_what_they_lack() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/health/index.html");
    for expected in [
        "as of 2026-06-01",
        "Finish 1 draft; the oldest has waited 73 days.",
        "1 of 2",
        "severity, affected services, start time, resolution time, Impact, Timeline, Five whys or Contributing factors, Short-term actions, Long-term actions",
        "1 with an empty heading",
        "by/tag/once/",
        "Look again at 1 report without any action.",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    // What lacks nothing is on no list.
    assert!(!page.contains("Payment outage"));
    assert!(!project.path("public/health/page").exists());
}

#[test]
fn a_long_list_goes_on() {
    let project = project();
    for at in 0..150 {
        let text = format!("# Report {at}\n\n## Summary\n\nx\n");
        project.write(&format!("content/r{at:03}.md"), text.as_bytes());
    }
    assert_eq!(project.run(&["build"]).code, 0);
    let rows = |path: &str| project.read(path).matches("class=\"degree\"").count();
    assert_eq!(rows("public/health/index.html"), 100);
    assert_eq!(rows("public/health/page/2/index.html"), 51);
    assert!(!project.read("public/health/page/2/index.html").contains("id=\"gaps\""));
}

#[test]
fn the_page_speaks_korean() {
    let project = project();
    project.write("bokgi.toml", b"[site]\nlang = \"ko\"\n");
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/health/index.html");
    assert!(page.contains("끝나지 않은 초안 1건을 마무리하세요. 가장 오래된 것은 73일째입니다."));
    assert!(page.contains("5 Whys 또는 원인"));
}
