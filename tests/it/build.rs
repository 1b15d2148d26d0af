//! `build`: identical bytes, whole or not at all, and for whose eyes.

use crate::support::{COMPLETE, Project};

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
fn a_theme_is_overridden_file_by_file() {
    let project = project();
    project.write("themes/default/assets/style.css", b"body { color: red }");
    assert_eq!(project.run(&["build"]).code, 0);
    assert_eq!(project.read("public/assets/style.css"), "body { color: red }");
    assert!(project.path("public/assets/icon.svg").exists());
}

/// Planted strings that must not leave the house.
fn secrets() -> Project {
    let public = COMPLETE
        .replace(
            "title: Payment outage",
            "title: Public one\naudience: public\nrelated: [inner-planted-name]\nimpact: { users: 3, money: planted-money }\nroles: { commander: planted-role }",
        )
        .replace(
            "For an hour nobody could pay.",
            "Shown. <!-- internal -->planted-inline<!-- /internal --> See [the other](inner-planted-name.md).\n\n<!-- internal -->\n## planted-heading\n\nplanted-block\n<!-- /internal -->\n",
        );
    let inner = COMPLETE.replace("Payment outage", "planted-title");
    let broken = "---\ntitle: [planted-broken\n---\n\n## Summary\n\nplanted-text\n";
    let unclosed = public
        .replace("Public one", "Unclosed")
        .replace("<!-- /internal --> See", " planted-after See");
    let unknown = COMPLETE.replace("title: ", "audience: everybody\ntitle: planted-unknown ");
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        ("content/public.md", &public),
        ("content/inner-planted-name.md", &inner),
        ("content/broken.md", broken),
        ("content/unclosed.md", &unclosed),
        ("content/unknown.md", &unknown),
    ])
}

#[test]
fn a_public_edition_holds_nothing_that_is_internal() {
    let project = secrets();
    let run = project.run(&["build", "--audience", "public"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    insta::assert_snapshot!(run.err, @r"
    check: 5 errors, 0 warnings (`bokgi check` shows them)
    left out: 3 reports without `audience: public`
    ");
    let files = project.files("public");
    assert!(project.read("public/r/public/index.html").contains("Shown."));
    assert!(project.path("public/r/unclosed/index.html").exists());
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("planted") && !path.contains("planted"), "{path}");
    }
}

#[test]
fn an_internal_edition_holds_what_is_not_restricted() {
    let project = secrets();
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.read("public/r/public/index.html").contains("planted-inline"));
    assert!(project.read("public/r/inner-planted-name/index.html").contains("planted-title"));
    // What cannot be read, and an audience nobody knows, stay inside.
    assert!(
        !project.path("public/r/broken").exists() && !project.path("public/r/unknown").exists()
    );
    let all: String =
        project.files("public").iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(!all.contains("planted-broken") && !all.contains("planted-unknown"));
    assert_eq!(project.run(&["build", "--audience", "restricted"]).code, 0);
    assert!(project.path("public/r/broken/index.html").exists());
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
