//! `build`: identical bytes, whole or not at all, and for whose eyes.

use crate::support::{COMPLETE, PIXEL, Project};

fn project() -> Project {
    let korean = COMPLETE
        .replace("title: Payment outage", "title: 결제 장애\nrelated: [2026-03-14-en]")
        .replace("## Summary", "## 요약")
        .replace("For an hour", "[먼저](2026-03-14-en.md) For an hour");
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n[site]\ntitle = \"Records\"\n"),
        ("content/2026-03-14-en.md", COMPLETE),
        ("content/2026-03-14-ko.md", &korean),
        (
            "content/2026-03-20-draft.md",
            "---\ntitle: Draft\nstatus: draft\n---\n\n## Summary\n\nx\n",
        ),
    ])
}

#[test]
fn the_same_bytes_whatever_the_place_the_zone_and_the_threads() {
    let reference = project();
    assert_eq!(reference.run(&["build"]).code, 0);
    let expected = reference.files("public");
    assert!(expected.iter().any(|(path, _)| path == "r/2026-03-14-ko/index.html"));
    for environment in [
        [("TZ", "Pacific/Chatham"), ("RAYON_NUM_THREADS", "1"), ("LANG", "C")],
        [("TZ", "America/Los_Angeles"), ("RAYON_NUM_THREADS", "7"), ("LANG", "de_DE.UTF-8")],
    ] {
        let other = project();
        let mut environment = environment.to_vec();
        environment.push(("SOURCE_DATE_EPOCH", "1780272000"));
        let run = other.run_with(&["build"], &environment);
        assert_eq!(run.code, 0, "{}", run.shown());
        // Twice over the same site too.
        assert_eq!(other.run_with(&["build"], &environment).code, 0);
        let files = other.files("public");
        let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
            files.iter().map(|(path, _)| path.clone()).collect()
        };
        assert_eq!(names(&files), names(&expected));
        for ((path, bytes), (_, wanted)) in files.iter().zip(&expected) {
            assert!(bytes == wanted, "{path} differs under {environment:?}");
        }
    }
}

#[test]
fn says_what_was_published_and_what_check_found() {
    insta::assert_snapshot!(project().run(&["build"]).shown(), @r"
    exit 0
    -- stdout
    published 3 reports (N pages) to public
    -- stderr
    check: 0 errors, 1 warning (`bokgi check` shows them)
    ");
    insta::assert_snapshot!(project().run(&["--lang", "ko", "build"]).shown(), @r"
    exit 0
    -- stdout
    보고서 3건(N쪽)을 public에 발행했습니다
    -- stderr
    검사: 오류 0건, 경고 1건 (`bokgi check`로 볼 수 있습니다)
    ");
}

#[test]
fn strict_publishes_nothing_when_there_are_errors() {
    let project = project();
    assert_eq!(project.run(&["build", "--strict"]).code, 0);
    let before = project.files("public");
    project.write("content/bad.md", b"---\ntitle: x\nstatus: final\n---\n\n## Summary\n\ny\n");
    insta::assert_snapshot!(project.run(&["build", "--strict"]).shown(), @r"
    exit 1
    -- stderr
    error[DOC008]: missing facts: severity, affected services, start time, resolution time
     --> content/bad.md:2:8
      |
    2 | title: x
      |        ^
      |
      = help: add to the front matter: `severity`, `services`, `started_at`, `resolved_at`

    error[SEC001]: missing sections: Impact, Timeline, Five whys or Contributing factors, Short-term actions, Long-term actions
     --> content/bad.md:2:8
      |
    2 | title: x
      |        ^
      |
      = help: add a heading such as `## Impact`; `none` and why will do
    not published: 2 errors, and --strict was asked for
    ");
    assert_eq!(project.files("public"), before);
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.path("public/r/bad/index.html").exists());
}

#[test]
fn a_folder_that_is_not_ours_is_never_replaced() {
    let project = project();
    project.write("public/precious.txt", b"mine");
    insta::assert_snapshot!(project.run(&["build"]).shown(), @r"
    exit 2
    -- stderr
    error: `public` is not empty and was not made by bokgi
      help: nothing was changed; choose another folder with --output, or empty this one
    ");
    assert_eq!(project.files("public"), [("precious.txt".to_owned(), b"mine".to_vec())]);
    // Nor are the content folder and the project itself.
    for output in ["content", "."] {
        let run = project.run(&["build", "--output", output]);
        assert_eq!(run.code, 2, "{output}: {}", run.shown());
    }
    assert_eq!(project.read("content/2026-03-14-en.md"), COMPLETE);
    // An empty folder may become a site.
    std::fs::create_dir(project.path("site")).unwrap();
    assert_eq!(project.run(&["build", "--output", "site"]).code, 0);
    assert!(project.path("site/index.html").exists());
}

#[test]
fn what_was_published_before_goes_when_its_report_goes() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    std::fs::remove_file(project.path("content/2026-03-14-en.md")).unwrap();
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(!project.path("public/r/2026-03-14-en").exists());
    let beside: Vec<String> = std::fs::read_dir(project.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        !beside.iter().any(|name| name.contains("staging") || name.ends_with('~')),
        "{beside:?}"
    );
}

#[test]
fn a_theme_that_does_not_work_leaves_the_old_site() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let before = project.files("public");
    project.write("themes/default/templates/list.html", b"{% for x in %}");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.shown());
    assert!(run.err.contains("list.html") && run.err.contains("the old site stays"), "{}", run.err);
    assert_eq!(project.files("public"), before);
    project.write("themes/default/templates/list.html", b"{{ nothing.like.this }}");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.shown());
    assert_eq!(project.files("public"), before);
}

#[test]
fn a_theme_that_is_missing_or_misspelt_is_said_with_its_place() {
    let project = project();
    project.write(
        "themes/default/strings.toml",
        b"reports = { en = \"Reports\", ko = \"x\" }\nrules = { en = \n",
    );
    let run = project.run(&["build"]);
    assert!(run.code == 1 && run.err.contains("strings.toml:2:"), "{}", run.shown());
    std::fs::remove_file(project.path("themes/default/strings.toml")).unwrap();
    project.write("bokgi.toml", b"lang = \"en\"\n[site]\ntheme = \"dark\"\n");
    let run = project.run(&["build"]);
    assert!(run.code == 1 && run.err.contains("themes/dark"), "{}", run.shown());
}

#[test]
fn a_theme_is_overridden_file_by_file() {
    let project = project();
    project.write("themes/default/assets/style.css", b"body { color: red }");
    assert_eq!(project.run(&["build"]).code, 0);
    assert_eq!(project.read("public/assets/style.css"), "body { color: red }");
    assert!(project.path("public/assets/icon.svg").exists());
}

#[test]
fn a_folder_of_old_reports_needs_no_configuration() {
    let project = Project::with(&[(
        "reports/2024-01-02 disk full.md",
        "# Disk full\n\n## Timeline\n\n- 14:02 full\n",
    )]);
    let run = project.run(&["build", "reports", "--output", "site"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(project.read("site/index.html").contains("Disk full"));
}

#[test]
fn the_command_line_may_name_any_folder_the_configuration_only_its_own() {
    let project = project();
    std::fs::create_dir(project.path("sub")).unwrap();
    let run = project.run_in("sub", &["build", "--output", "../elsewhere"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(project.path("elsewhere/index.html").exists());
    project.write("bokgi.toml", b"lang = \"en\"\n[site]\noutput = \"../elsewhere\"\n");
    insta::assert_snapshot!(project.run(&["build"]).shown(), @r#"
    exit 1
    -- stderr
    error: `../elsewhere` leads out of the project
     --> bokgi.toml:3:10
      |
    3 | output = "../elsewhere"
      |          ^^^^^^^^^^^^^^
      |
      = help: use a path below the folder of `bokgi.toml`, without `..`
    "#);
}

#[test]
fn images_are_published_beside_their_page() {
    let report = COMPLETE.replace(
        "4 % of the day's orders.",
        "![chart](img/a.png) ![again](img/a.png) ![drawing](d.svg) ![acts](evil.svg) ![gone](none.png) ![far](https://x.example/y.png) ![out](../../outside.png) ![data](notes.txt)",
    );
    let project = Project::with(&[
        ("content/2026/a/index.md", &report),
        (
            "content/2026/a/d.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>",
        ),
        ("content/2026/a/evil.svg", "<svg onload=\"alert(1)\"/>"),
        ("content/2026/a/notes.txt", "x"),
    ]);
    project.write("content/2026/a/img/a.png", PIXEL);
    project.write("outside.png", PIXEL);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    let page = project.read("public/r/a/index.html");
    assert!(
        page.contains("<img src=\"a.png\" alt=\"chart\" width=\"1\" height=\"1\" loading=\"lazy\""),
        "{page}"
    );
    assert!(page.contains("<img src=\"d.svg\" alt=\"drawing\""), "{page}");
    assert_eq!(page.matches("<img ").count(), 3, "{page}");
    assert!(page.contains("<a href=\"https://x.example/y.png\""), "{page}");
    let names: Vec<String> = project.files("public/r").into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["a.md", "a/a.png", "a/d.svg", "a/index.html"]);
    assert!(project.read("public/r/a.md").contains("![chart](a/a.png)"));
}

#[test]
fn former_ids_lead_to_the_report() {
    let renamed =
        COMPLETE.replace("title: ", "id: new-id\naliases: [old-id, 2026-03-14-other]\ntitle: ");
    let project = Project::with(&[
        ("content/2026-03-14-pay.md", &renamed),
        ("content/2026-03-14-other.md", COMPLETE),
    ]);
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/r/old-id/index.html");
    assert!(page.contains("content=\"0; url=../../r/new-id/\""), "{page}");
    // Nobody is sent away from a report that is there.
    assert!(project.read("public/r/2026-03-14-other/index.html").contains("For an hour"));
}

#[test]
fn drafts_can_be_left_out_and_are_never_news() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.path("public/r/2026-03-20-draft/index.html").exists());
    assert!(!project.read("public/feed.xml").contains("Draft"));
    insta::assert_snapshot!(project.run(&["build", "--no-drafts"]).shown(), @r"
    exit 0
    -- stdout
    published 2 reports (N pages) to public
    -- stderr
    check: 0 errors, 1 warning (`bokgi check` shows them)
    left out: 1 draft (--no-drafts)
    ");
    let all: String =
        project.files("public").iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(!all.contains("2026-03-20-draft"));
}

#[test]
fn what_programs_read_says_where_the_site_is() {
    let project = project();
    project.write(
        "bokgi.toml",
        b"lang = \"en\"\ntimezone = \"Asia/Seoul\"\n[site]\ntitle = \"Records\"\nbase_url = \"https://x.example/kb/\"\nindexed = true\n",
    );
    assert_eq!(project.run(&["build"]).code, 0);
    insta::assert_snapshot!(project.read("public/feed.xml").replace("><", ">\n<"), @r#"
    <?xml version="1.0"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <title>Records</title>
    <id>https://x.example/kb/</id>
    <updated>2026-03-14T06:10:00+00:00</updated>
    <author>
    <name>Records</name>
    </author>
    <generator>bokgi</generator>
    <link href="https://x.example/kb/feed.xml" rel="self"/>
    <link href="https://x.example/kb/" rel="alternate"/>
    <entry>
    <title>Payment outage</title>
    <id>https://x.example/kb/r/2026-03-14-en/</id>
    <updated>2026-03-14T06:10:00+00:00</updated>
    <category term="payment"/>
    <link href="https://x.example/kb/r/2026-03-14-en/" rel="alternate"/>
    <summary>For an hour nobody could pay.</summary>
    </entry>
    <entry>
    <title>결제 장애</title>
    <id>https://x.example/kb/r/2026-03-14-ko/</id>
    <updated>2026-03-14T06:10:00+00:00</updated>
    <category term="payment"/>
    <link href="https://x.example/kb/r/2026-03-14-ko/" rel="alternate"/>
    <summary>먼저 For an hour nobody could pay.</summary>
    </entry>
    </feed>
    "#);
    let map = project.read("public/sitemap.xml");
    assert!(map.contains("<loc>https://x.example/kb/r/2026-03-14-ko/</loc>"), "{map}");
    insta::assert_snapshot!(project.read("public/robots.txt"), @r"
    User-agent: *
    Allow: /
    Sitemap: https://x.example/kb/sitemap.xml
    ");
    insta::assert_snapshot!(project.read("public/llms.txt"), @r"
    # Records

    > Postmortems: what happened, why, and what was promised. Structured data about all of them is in index.json.

    ## Reports

    - [2026-03-20 Draft](r/2026-03-20-draft.md): x
    - [2026-03-14 Payment outage (SEV1)](r/2026-03-14-en.md): For an hour nobody could pay.
    - [2026-03-14 결제 장애 (SEV1)](r/2026-03-14-ko.md): 먼저 For an hour nobody could pay.
    ");
    assert!(!project.read("public/index.html").contains("noindex"));
    // Without an address nobody can say where the pages are.
    project.write("bokgi.toml", b"lang = \"en\"\n");
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(!project.path("public/sitemap.xml").exists());
    assert!(project.read("public/index.html").contains("noindex"));
    assert_eq!(project.read("public/robots.txt"), "User-agent: *\nDisallow: /\n");
}

#[test]
fn reports_are_found_by_what_they_share() {
    let causes = |causes: &str| COMPLETE.replace("title: ", &format!("causes: {causes}\ntitle: "));
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        ("content/2026-03-14-a.md", &causes("[software/performance, software/capacity]")),
        (
            "content/2026-03-15-b.md",
            &causes("[성능]").replace("[payment]", "[Payment, 주문 서비스]"),
        ),
    ]);
    assert_eq!(project.run(&["build"]).code, 0);
    let list = |path: &str| {
        let page = project.read(&format!("public/by/{path}/index.html"));
        (page.contains("r/2026-03-14-a/"), page.contains("r/2026-03-15-b/"))
    };
    assert_eq!(list("service/payment"), (true, true));
    assert_eq!(list("service/주문-서비스"), (false, true));
    assert_eq!(list("cause/software/performance"), (true, true));
    assert_eq!(list("cause/software/capacity"), (true, false));
    assert_eq!(list("cause/software"), (true, true));
    assert_eq!(list("year/2026"), (true, true));
    let page = project.read("public/r/2026-03-15-b/index.html");
    assert!(
        page.contains("href=\"../../by/service/%EC%A3%BC%EB%AC%B8-%EC%84%9C%EB%B9%84%EC%8A%A4/\""),
        "{page}"
    );
}

/// Whenever a build is cut off, the site is the old one or the new one, and the next build works.
#[test]
#[cfg(unix)]
fn a_build_that_is_killed_leaves_a_whole_site() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let whole = |at: u64| {
        let pages: Vec<String> =
            project.files("public").into_iter().map(|(path, _)| path).collect();
        let home = project.read("public/index.html");
        assert!(home.trim_end().ends_with("</html>"), "cut off after {at} ms: {home}");
        for needed in ["index.json", "feed.xml", "r/2026-03-14-ko/index.html", "assets/style.css"] {
            assert!(pages.iter().any(|page| page == needed), "{needed} is missing after {at} ms");
        }
    };
    for at in (0..60).step_by(4) {
        project.run_and_kill(&["build"], std::time::Duration::from_millis(at));
        whole(at);
    }
    assert_eq!(project.run(&["build"]).code, 0);
    whole(0);
    let left: Vec<String> = std::fs::read_dir(project.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".public"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn what_others_wrote_for_other_tools_reads_as_it_should() {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        (
            "content/2023-01-05-twice.md",
            "---\ntitle: CircleCI leaks\n---\n\n# circleci leaks\n\n## Timeline\n\n- 14:02 see https://x.example/a_b.\n",
        ),
        (
            "content/2019-02-20-no-logs.md",
            "# incident date: 2019-02-20, kubectl logs unavailable\n\n## Summary\n\nx\n",
        ),
        ("content/2024-02-28-decide-is-down.md", "## Summary\n\nx\n\n## Impact\n\ny\n"),
        (
            "content/2023-07-25-slip.md",
            "# Slip\n\n## Timeline\n\n- 2023-07-25 14:05 [detected] a\n- 2023-07-25 16:00 [resolved] b\n- 2023-07-05 16:18 [resolved] c\n",
        ),
        (
            "content/2024-03-01-tally.md",
            "# Tally\n\n## Immediate actions\n\n- [x] a\n- [x] b\n\n## Long-term actions\n\n- [ ] c\n\n## Action items\n\n- d\n",
        ),
    ]);
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/r/2023-01-05-twice/index.html");
    assert_eq!(page.matches(">circleci leaks").count(), 0, "{page}");
    assert!(page.contains("<a href=\"https://x.example/a_b\" rel="), "{page}");
    // What is missing is named.
    assert!(page.contains("missing facts: severity"), "{page}");
    let title = |page: &str| {
        let page = project.read(&format!("public/r/{page}/index.html"));
        page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap().to_owned()
    };
    assert_eq!(title("2019-02-20-no-logs"), "incident date: 2019-02-20, kubectl logs unavailable");
    assert_eq!(title("2024-02-28-decide-is-down"), "decide is down");
    // A slip in the date of a late line takes nothing back.
    let index: serde_json::Value =
        serde_json::from_str(&project.read("public/index.json")).unwrap();
    let reports = index["reports"].as_array().unwrap();
    let slip = reports.iter().find(|report| report["path"] == "2023-07-25-slip.md").unwrap();
    let resolved = slip["phases"].as_array().unwrap().iter().find(|p| p["phase"] == "resolved");
    assert_eq!(resolved.unwrap()["at"], "2023-07-25T16:00:00");
    let tally = project.read("public/r/2024-03-01-tally/index.html");
    assert!(tally.contains("<b>2</b> done") && tally.contains("<b>1</b> open"), "{tally}");
    assert!(!tally.contains("<b>1</b> not recorded"), "{tally}");
}
