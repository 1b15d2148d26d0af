//! `stats` and the page with the same figures: small numbers said, nothing counted that is not known.

use crate::support::{COMPLETE, Project};

/// An incident that took an hour from `start`, noticed after some minutes by somebody.
fn incident(start: &str, severity: &str, minutes: u32, noticed: &str) -> String {
    let day = start.split('T').next().unwrap();
    COMPLETE
        .replace("severity: SEV1", &format!("severity: {severity}\ndetection: [{noticed}]"))
        .replace("2026-03-14T14:02:00+09:00", &format!("{start}:00:00+09:00"))
        .replace("2026-03-14T14:05:00+09:00", &format!("{start}:{minutes:02}:00+09:00"))
        .replace("2026-03-14T15:10:00+09:00", &format!("{start}:59:00+09:00"))
        .replace("Payment outage", &format!("Payment outage of {day}"))
        .replace("- [x] alarm", "- [ ] alarm")
        .replace("ticket: PAY-1", "due: 2026-04-01")
}

fn project() -> Project {
    let near_miss = COMPLETE.replace("title: ", "kind: near-miss\ntitle: Nearly a ");
    Project::with(&[
        (
            "bokgi.toml",
            "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n[load]\nhours_per_incident = 6\n",
        ),
        ("content/a.md", &incident("2025-11-03T09", "SEV2", 4, "monitoring")),
        ("content/b.md", &incident("2026-01-12T22", "SEV1", 30, "customer, monitoring")),
        ("content/c.md", &incident("2026-01-13T02", "SEV2", 9, "monitoring")),
        ("content/d.md", &incident("2026-01-13T03", "SEV2", 2, "monitoring")),
        ("content/e.md", &incident("2026-01-13T07", "SEV3", 41, "customer")),
        ("content/f.md", "---\ntitle: Untold\ndate: 2026-02-01\nstatus: final\n---\n\n## Summary\n\nx\n"),
        ("content/near.md", &near_miss),
    ])
}

#[test]
fn says_how_many_cases_each_figure_rests_on() {
    insta::assert_snapshot!(project().run(&["stats"]).shown(), @r"");
    insta::assert_snapshot!(project().run(&["--lang", "ko", "stats"]).shown(), @r"");
}

#[test]
fn programs_get_the_same_figures() {
    let run = project().run(&["stats", "--format", "json"]);
    let stats: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(stats["version"], 1);
    assert_eq!((&stats["incidents"], &stats["near_misses"]), (&6.into(), &1.into()));
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["durations"]).unwrap(),
        @r""
    );
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["detection"]["noticed"]).unwrap(),
        @r""
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&stats["load"]).unwrap(), @r"");
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["quarters"][1]).unwrap(),
        @r""
    );
}

#[test]
fn what_others_may_not_see_is_not_counted() {
    let project = project();
    let run = project.run(&["stats", "--format", "json", "--audience", "public"]);
    let stats: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(stats["incidents"], 0);
    assert_eq!(Project::with(&[("bokgi.toml", "")]).run(&["stats"]).code, 0);
}

#[test]
fn a_load_that_cannot_be_is_refused() {
    let project = Project::with(&[(
        "bokgi.toml",
        "lang = \"en\"\n[load]\nshift_hours = 7\nshift_start = 24\nincidents_per_shift = 0\n",
    )]);
    insta::assert_snapshot!(project.run(&["stats"]).shown(), @r"");
}

#[test]
fn the_page_shows_them_too() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/trends/index.html");
    for said in [
        "as of 2026-06-01",
        "40 % (12–77 %), 2 of 5",
        "<th scope=\"col\">SEV1</th>",
        "id=\"hours\"",
        "Asia/Seoul",
        "A lower bound",
        "At 6 hours an incident, all of them took 36 hours.",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    assert!(!page.contains("style="), "no style in a page");
    // Without an incident there is a page, and it says so.
    let empty = Project::with(&[("bokgi.toml", "lang = \"ko\"\n"), ("content/.keep", "")]);
    assert_eq!(empty.run(&["build"]).code, 0);
    assert!(empty.read("public/trends/index.html").contains("아직 장애가 없습니다"));
    assert!(empty.read("public/lessons/index.html").contains("아직 모은 교훈이 없습니다"));
}
