//! The formats of `check` for programs: what they hold for a project whose authors mean harm, which
//! language they speak, and what GitHub gets.

use crate::support::{COMPLETE, Project};

const FORMATS: [&str; 8] =
    ["json", "json-lines", "github", "gitlab", "junit", "sarif", "rdjson", "markdown"];
const DAY: (&str, &str) = ("SOURCE_DATE_EPOCH", "1780272000");

/// A key and a heading that would break out of every format, in two files, beside a complete report.
fn hostile() -> Project {
    Project::with(&[
        ("bokgi.toml", ""),
        (
            "content/2026-03-14-결제 |`@all`.md",
            "---\ntitle: x\n\"a\\\"|<b>]]>\\e[31m%0A::error::\\n@all [x](y) `z`\": 1\n---\r\n## 요약\r\n\r\n느렸다.\r\n",
        ),
        (
            "content/2026-03-15-b.md",
            "---\ntitle: y\nstatus: final\n---\n\n## Sumary\n\nIt broke.\n\n## Timeline\n\n- 14:02 alarms\n",
        ),
        ("content/2026-03-16-c.md", &COMPLETE.replace("2026-03-14", "2026-03-16")),
    ])
}

const SELECT: [&str; 2] = ["--select", "unknown-key,misspelled-section"];

fn run(project: &Project, format: &str) -> String {
    let run = project.run(&[&["check", "--format", format], &SELECT[..]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
    run.out
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_format_finds_the_same() {
    let project = hostile();
    let count = |value: &serde_json::Value| value.as_array().unwrap().len();
    assert_eq!(count(&json(&run(&project, "json"))["findings"]), 2);
    assert_eq!(run(&project, "json-lines").lines().map(json).count(), 2);
    assert_eq!(count(&json(&run(&project, "gitlab"))), 2);
    assert_eq!(count(&json(&run(&project, "rdjson"))["diagnostics"]), 2);
    assert_eq!(count(&json(&run(&project, "sarif"))["runs"][0]["results"]), 2);
    assert_eq!(run(&project, "markdown").matches("\n- ").count(), 2);
    assert_eq!(run(&project, "github").lines().count(), 2);
    assert_eq!(run(&project, "junit").matches("<testcase ").count(), 3);
}

#[test]
fn a_comment_holds_no_mention_no_html_and_no_link_of_a_report() {
    insta::assert_snapshot!(run(&hostile(), "markdown"), @r#"
    <!-- bokgi check -->
    ### bokgi check

    3 reports · 2 warnings

    <details open>
    <summary><code>content/2026-03-14-결제 |`@all`.md</code> · 1 warning</summary>

    - warning `` content/2026-03-14-결제 |`@all`.md:3 `` unknown key `a"|<b>]]> [31m%0A::error:: @all [x](y) ` ``` z`` ``` (DOC005)\
      → remove it, or put it below `extra:` if another tool needs it

    </details>

    <details open>
    <summary><code>content/2026-03-15-b.md</code> · 1 warning</summary>

    - warning `content/2026-03-15-b.md:6` `Sumary` is nearly a known section (SEC005)\
      → did you mean `summary`?

    </details>
    "#);
}

#[test]
fn rules_bring_their_documentation_to_sarif() {
    let project = hostile();
    project.write("bokgi.toml", b"[site]\nbase_url = \"https://kb.example/x/\"\n");
    let log = json(&run(&project, "sarif"));
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][1];
    assert_eq!(rule["id"], "SEC005");
    assert_eq!(rule["helpUri"], "https://kb.example/x/rules/misspelled-section/");
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
    let markdown = rule["help"]["markdown"].as_str().unwrap();
    assert!(markdown.starts_with("## What it does\n"), "{markdown}");
    let region = &log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&6.into(), &4.into()));
}

#[test]
fn a_finding_keeps_its_fingerprint_where_lines_move_and_languages_change() {
    let fingerprints = |project: &Project, lang: &str| {
        let report = project.run(&["check", "--format", "gitlab", "--lang", lang]);
        let report = json(&report.out);
        let of = |issue: &serde_json::Value| issue["fingerprint"].as_str().unwrap().to_owned();
        let mut all: Vec<String> = report.as_array().unwrap().iter().map(of).collect();
        all.sort();
        all
    };
    let project = hostile();
    let before = fingerprints(&project, "en");
    assert!(before.len() > 4 && before.windows(2).all(|two| two[0] != two[1]), "{before:?}");
    let report = project.read("content/2026-03-15-b.md");
    let moved = report.replace("\n## Sumary", "\n<!-- nothing -->\n\n\n##  Sumary");
    project.write("content/2026-03-15-b.md", moved.as_bytes());
    assert_eq!(fingerprints(&project, "ko"), before);
}

#[test]
fn programs_are_spoken_to_in_the_configured_language_and_never_in_the_locale() {
    let project = hostile();
    let locale = [DAY, ("LANG", "ko_KR.UTF-8"), ("LC_ALL", "ko_KR.UTF-8")];
    for format in FORMATS {
        let args = [&["check", "--format", format], &SELECT[..]].concat();
        let english = project.run_with(&args, &locale).out;
        assert!(english.contains("is nearly a known section"), "{format}: {english}");
        let korean = project.run(&[&args[..], &["--lang", "ko"]].concat()).out;
        assert!(korean.contains("오타가 있는 것"), "{format}: {korean}");
    }
    project.write("bokgi.toml", b"lang = \"ko\"\n");
    assert!(run(&project, "sarif").contains("오타가 있는 것"));
}

#[test]
fn mistakes_in_the_configuration_are_findings_in_every_format() {
    let project = hostile();
    project.write("bokgi.toml", b"lang = \"en\"\ntimezon = \"x\"\n");
    for format in FORMATS {
        let run = project.run(&["check", "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (2, ""), "{format}");
        assert!(run.out.contains("unknown key") && run.out.contains("bokgi.toml"), "{}", run.out);
    }
}

#[test]
fn junit_has_a_case_for_each_report_that_was_asked_about() {
    let project = hostile();
    let args = ["check", "--format", "junit", "--fail-on", "warning", "--select", "SEC005"];
    let named = ["content/2026-03-15-b.md", "content/2026-03-16-c.md"];
    let run = project.run(&[&args[..], &named].concat());
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bokgi check" tests="2" skipped="0" failures="1" errors="0">
        <testsuite name="content/2026-03-15-b.md" tests="1" skipped="0" errors="0" failures="1">
            <testcase name="SEC005 misspelled-section" classname="content/2026-03-15-b.md" time="0.000" file="content/2026-03-15-b.md">
                <failure message="`Sumary` is nearly a known section" type="warning">content/2026-03-15-b.md:6:4: warning: `Sumary` is nearly a known section
      did you mean `summary`?</failure>
            </testcase>
        </testsuite>
        <testsuite name="content/2026-03-16-c.md" tests="1" skipped="0" errors="0" failures="0">
            <testcase name="check" classname="content/2026-03-16-c.md" time="0.000" file="content/2026-03-16-c.md"/>
        </testsuite>
    </testsuites>
    "#);
}

/// What GitHub sets, with a summary in the project's folder.
fn github<'v>(project: &'v Project, summary: &'v str) -> Vec<(&'v str, &'v str)> {
    let root = project.root().to_str().unwrap();
    vec![
        DAY,
        ("GITHUB_STEP_SUMMARY", summary),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "team/postmortems"),
        ("GITHUB_SHA", "0123abc"),
        ("GITHUB_WORKSPACE", root),
    ]
}

#[test]
fn github_gets_a_step_summary_with_links() {
    let project = hostile();
    project.write("summary.md", b"before\n");
    let summary = project.path("summary.md");
    let environment = github(&project, summary.to_str().unwrap());
    let args = ["check", "--format", "github", "--select", "SEC005"];
    let run = project.run_with(&args, &environment);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(project.read("summary.md"), @r#"
    before

    <!-- bokgi check -->
    ### bokgi check

    3 reports · 1 warning

    <details open>
    <summary><code>content/2026-03-15-b.md</code> · 1 warning</summary>

    - warning [`content/2026-03-15-b.md:6`](https://github.com/team/postmortems/blob/0123abc/content/2026-03-15-b.md?plain=1#L6) `Sumary` is nearly a known section (SEC005)\
      → did you mean `summary`?

    </details>
    "#);
    // Another format leaves it alone; from a folder inside, links still start at the checkout.
    project.run_with(&["check", "--format", "json"], &environment);
    project.write("summary.md", b"");
    let args = ["check", "--format", "github", "--root", "..", "--select", "SEC005"];
    project.run_in_with("content", &args, &environment);
    let text = project.read("summary.md");
    assert!(!text.contains("json") && text.contains("SEC005"), "{text}");
}

#[test]
fn a_comment_links_to_where_gitlab_shows_files() {
    let project = hostile();
    let root = project.root().to_str().unwrap();
    let environment = [
        DAY,
        ("CI_PROJECT_URL", "https://gitlab.example/team/postmortems"),
        ("CI_COMMIT_SHA", "0123abc"),
        ("CI_PROJECT_DIR", root),
    ];
    let args = ["check", ".", "--format", "markdown", "--select", "SEC005"];
    let text = project.run_in_with("content", &args, &environment).out;
    let url = "https://gitlab.example/team/postmortems/-/blob/0123abc/content/";
    assert!(text.contains(&format!("]({url}")), "{text}");
    // What is no address leads nowhere.
    let environment = [DAY, ("CI_PROJECT_URL", "https://x)<b>"), ("CI_COMMIT_SHA", "0123abc")];
    assert!(!project.run_with(&args, &environment).out.contains("]("));
}

#[test]
fn a_summary_that_cannot_be_written_is_a_warning() {
    let project = hostile();
    let missing = project.path("no/such/folder");
    let environment = github(&project, missing.to_str().unwrap());
    let run = project.run_with(&["check", "--format", "github"], &environment);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.err, @r#"warning: the step summary cannot be written: No such file or directory (os error 2)"#);
    let full = project.path("full.md");
    project.write("full.md", &vec![b'x'; 1024 * 1024]);
    let environment = github(&project, full.to_str().unwrap());
    let run = project.run_with(&["check", "--format", "github"], &environment);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(project.read("full.md").len(), 1024 * 1024);
}

#[test]
fn ten_of_a_level_are_annotated_and_all_are_summed_up() {
    let project = Project::with(&[("bokgi.toml", "")]);
    for day in 10..25 {
        let text = format!("---\ntitle: \"{day}\"\n---\n\n## Sumary\n\nx\n\n## Impact\n\nNone.\n");
        project.write(&format!("content/2026-03-{day}-a.md"), text.as_bytes());
    }
    let summary = project.path("summary.md");
    let environment = github(&project, summary.to_str().unwrap());
    let args = ["check", "--format", "github", "--select", "SEC005"];
    let run = project.run_with(&args, &environment);
    assert_eq!(run.out.matches("::warning ").count(), 10, "{}", run.out);
    assert!(run.out.contains("::group::5 more findings"), "{}", run.out);
    assert_eq!(project.read("summary.md").matches("\n- ").count(), 15);
}
