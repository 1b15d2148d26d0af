//! The ways to run `check`: what it reads, what it leaves out, what it mends.

use crate::support::Project;

/// A final report that lacks nearly everything.
const BAD: &str = "---\ntitle: Payment outage\nstatus: final\n---\n\n## Summary\nTBD\n";

#[test]
fn standard_input_stands_for_a_file() {
    let project = Project::with(&[("content/a.md", BAD), ("content/b.md", BAD)]);
    let run = project.run_with_input(
        &[
            "check",
            "-",
            "--stdin-filename",
            "content/a.md",
            "--format",
            "concise",
            "--select",
            "SEC003,DOC009",
        ],
        "---\ntitle: A\nstatus: final\nid: b\n---\n\nThe damage: TBD.\n",
    );
    // Only what is wrong with the given text, beside all other reports.
    insta::assert_snapshot!(run.out, @r"
    content/a.md:4:5: error[DOC009] id `b` is also that of content/b.md
    content/a.md:7:13: warning[SEC003] `TBD` is still to be written
    1 report · 1 error · 1 warning
    ");
    assert_eq!(run.code, 1);
    let nowhere = Project::new();
    let run =
        nowhere.run_with_input(&["check", "-", "--format", "concise", "--select", "SEC003"], BAD);
    insta::assert_snapshot!(run.out, @r"
    stdin.md:7:1: warning[SEC003] `TBD` is still to be written
    1 report · 1 warning
    ");
    let fixed = nowhere.run_with_input(
        &["check", "-", "--fix", "--select", "SEC006", "--format", "concise"],
        "---\ntitle: A\n---\n##Summary\nNobody could pay.\n",
    );
    assert!(
        fixed.out.starts_with("---\ntitle: A\n---\n## Summary\nNobody could pay.\n"),
        "{}",
        fixed.out
    );
    let both = nowhere.run(&["check", "-", "content"]);
    assert_eq!(both.code, 2);
}

#[test]
fn a_baseline_lets_old_findings_pass_and_no_new_one() {
    let project = Project::with(&[("content/old.md", BAD)]);
    assert_eq!(project.run(&["check"]).code, 1);
    let run = project.run(&["check", "--update-baseline"]);
    assert_eq!(run.code, 0, "{}", run.err);
    project.write("bokgi.toml", b"[check]\nbaseline = \"bokgi-baseline.json\"\n");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("known in the baseline"), "{}", run.out);
    // Moved lines change nothing.
    let moved = BAD.replace("## Summary", "\n\n\n## Summary");
    project.write("content/old.md", moved.as_bytes());
    assert_eq!(project.run(&["check"]).code, 0);
    // From another folder the names are the same.
    assert_eq!(project.run_in("content", &["check"]).code, 0);
    // A new report has to be right.
    project.write("content/new.md", BAD.as_bytes());
    let run = project.run(&["check", "--format", "concise"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.lines().filter(|l| l.contains('[')).all(|l| l.starts_with("content/new.md")),
        "{}",
        run.out
    );
    // What was mended is taken out, and nothing is added.
    project.write("content/old.md", BAD.replace("TBD", "Nobody could pay.").as_bytes());
    let run = project.run(&["check"]);
    assert!(run.out.contains("mended: --update-baseline"), "{}", run.out);
    let before = project.read("bokgi-baseline.json");
    assert_eq!(project.run(&["check", "--update-baseline"]).code, 0);
    let after = project.read("bokgi-baseline.json");
    assert!(after.len() < before.len() && !after.contains("new.md"), "{after}");
    // It comes back as new.
    project.write("content/old.md", BAD.as_bytes());
    let run = project.run(&["check", "content/old.md", "--format", "concise"]);
    assert!(run.out.contains("SEC003"), "{}", run.out);
    // A baseline that is none.
    project.write("bokgi-baseline.json", b"{");
    assert_eq!(project.run(&["check"]).code, 2);
}

#[test]
fn fixes_touch_what_they_say_and_nothing_else() {
    let text = "\u{feff}---\r\ntitle: Payment outage\r\nseverity: critical # sic\r\nservices:\r\n---\r\n\r\n\
        **Services:** payment, order\r\n**Detection:** monitoring\r\n\r\n##Summary\r\nNobody could pay.\r\n";
    let project = Project::with(&[("content/a.md", text)]);
    let run = project.run(&["check", "--diff", "--select", "DOC,SEC006"]);
    assert_eq!(run.code, 1);
    assert_eq!(project.read("content/a.md"), text, "--diff changed a file");
    assert!(run.out.contains("+severity: SEV1 # sic"), "{}", run.out);
    let run = project.run(&["check", "--fix", "--select", "DOC,SEC006", "--exit-zero"]);
    assert_eq!(run.code, 0);
    let mended = text
        .replace("critical", "SEV1")
        .replace("services:\r\n---", "services: [payment, order]\r\ndetection: monitoring\r\n---")
        .replace("##Summary", "## Summary");
    assert_eq!(project.read("content/a.md"), mended, "{}", run.err);
    // Nothing is left to mend.
    assert_eq!(project.run(&["check", "--diff", "--select", "DOC,SEC006"]).code, 0);
}

#[test]
fn import_writes_what_was_read_and_keeps_the_text() {
    let text = "# 결제 장애\n\n- **발생 일시:** 2026-03-14 14:02 (KST)\n- **심각도:** SEV2 (일부 고객)\n\n## 타임라인\n- 14:05 [탐지] 알람이 울렸다.\n";
    let project = Project::with(&[("content/a.md", text)]);
    let before = project.run(&["import", "--diff"]);
    assert_eq!(project.read("content/a.md"), text);
    let run = project.run(&["import", "--lang", "ko"]);
    insta::assert_snapshot!(run.out, @r"
    content/a.md: started_at, severity, detected_at
    ");
    let after = project.read("content/a.md");
    let front = after.strip_suffix(text).unwrap();
    insta::assert_snapshot!(front, @r#"
    ---
    started_at: 2026-03-14T14:02:00+09:00
    severity: "SEV2 (일부 고객)"
    detected_at: 2026-03-14T14:05:00+09:00
    ---
    "#);
    assert!(before.out.contains("+severity"), "{}", before.out);
    let again = project.run(&["import"]);
    assert_eq!(again.out, "");
}

#[test]
fn old_reports_and_chosen_files_are_spared() {
    let old = BAD.replace("status", "date: 2020-01-01\nstatus");
    let project = Project::with(&[
        ("content/old.md", &old),
        ("content/new.md", &BAD.replace("status", "date: 2026-03-01\nstatus")),
        ("content/legacy/x.md", BAD),
        ("bokgi.toml", "[check.per_file_ignores]\n\"legacy/**\" = [\"SEC\", \"DOC008\"]\n"),
    ]);
    let run = project.run(&["check", "--since", "2026-01-01", "--format", "concise"]);
    let files: std::collections::BTreeSet<&str> =
        run.out.lines().filter_map(|line| line.split_once(".md:").map(|(file, _)| file)).collect();
    assert_eq!(files.into_iter().collect::<Vec<_>>(), ["content/new"], "{}", run.out);
    let run = project.run(&["check", "--since", "yesterday"]);
    assert_eq!(run.code, 2);
}

#[test]
fn statistics_count_by_rule() {
    let project = Project::with(&[("content/a.md", BAD), ("content/b.md", BAD)]);
    let run = project.run(&["check", "--statistics", "--select", "SEC001,SEC003"]);
    insta::assert_snapshot!(run.out, @r"
    2  SEC001 E missing-section  in 2 reports
    2  SEC003 W placeholder      in 2 reports

    2 reports · 2 errors · 2 warnings
    ");
    let run = project.run(&["check", "--statistics", "--select", "SEC003", "--format", "json"]);
    insta::assert_snapshot!(run.out, @r#"
    {"statistics":[{"code":"SEC003","files":2,"findings":2,"fixable":0,"name":"placeholder","severity":"warning"}],"version":1}
    "#);
}

#[test]
fn a_suppression_holds_where_it_says() {
    let text = "---\ntitle: A\nstatus: final\n---\n<!-- bokgi-disable-next-line SEC003: the invoice comes in May -->\nThe damage: TBD.\n\nCustomers: TBD.\n";
    let project = Project::with(&[("content/a.md", text)]);
    let run = project.run(&["check", "--select", "SEC003,SUP", "--format", "concise"]);
    insta::assert_snapshot!(run.out, @r"
    content/a.md:8:12: warning[SEC003] 2 places are still to be written
    1 report · 1 warning
    ");
}

/// Old reports in a template of their own, and what `init` makes of them.
fn old_reports() -> Project {
    let report = |title: &str, cause: &str| {
        format!(
            "# {title}\n\n## What happened\nNobody could pay for an hour.\n\n## Timeline\n- 14:02 alarms\n\n\
             ## Root cause\n{cause}\n\n## Customer impact\nNobody could pay.\n\n\
             ## How we noticed\nCustomers called.\n\n## Follow-ups\n- alarm on waiting connections\n"
        )
    };
    Project::with(&[
        ("2024-01-02-a.md", &report("Payments", "Human error.")),
        ("2024-02-03-b.md", &report("Orders", "The pool was empty.")),
        ("2024-03-04-c.md", &report("Search", "The disk was full.")),
        ("2024-04-05-d.md", &report("Mail", "TBD")),
        ("template.md", "# Title\n\n## What happened\n"),
    ])
}

#[test]
fn init_takes_over_what_is_there_and_the_first_check_passes() {
    let project = old_reports();
    let run = project.run(&["init"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 0
    -- stdout
    bokgi.toml
    profiles/ours.toml
    bokgi-baseline.json
    -- stderr
    4 reports; no built-in profile is theirs, so `ours` asks for what most of them have
    23 findings of today are in the baseline: they pass, new ones do not
    next: `bokgi check` (it passes), `bokgi build`, and `bokgi import --diff`
    ");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.out);
    // Its profile asks for what they have in common, in their own words.
    let profile = project.read("profiles/ours.toml");
    for word in ["What happened", "Root cause", "Customer impact", "Follow-ups"] {
        assert!(profile.contains(&format!("heading = {{ en = \"{word}\"")), "{profile}");
    }
    assert_eq!(project.run(&["new", "Next outage", "--date", "2026-05-20"]).code, 0);
    let template = project.read("2026-05-20-next-outage.md");
    assert!(template.contains("## Follow-ups"), "{template}");
    // A new report has to be right, and only it is talked about.
    project
        .write("2026-05-02-bad.md", b"---\nstatus: final\n---\n# Bad\n\n## What happened\nTBD\n");
    let run = project.run(&["check", "--format", "concise"]);
    assert_eq!(run.code, 1);
    let findings = run.out.lines().filter(|line| line.contains(".md:"));
    assert!(findings.clone().count() > 0);
    for line in findings {
        assert!(line.starts_with("2026-05-02-bad.md"), "{}", run.out);
    }
    // Nothing is overwritten.
    let before = project.files("");
    assert_eq!(project.run(&["init"]).code, 2);
    assert_eq!(project.files(""), before);
}

#[test]
fn watch_checks_again_when_something_changes() {
    use std::io::{BufRead as _, BufReader};
    let project = Project::with(&[("content/a.md", BAD)]);
    let mut child = project.spawn(&["check", "--watch", "--format", "concise"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut result = || lines.find(|line| line.starts_with("1 report")).unwrap();
    assert_eq!(result(), "1 report · 2 errors · 1 warning");
    project.write("content/a.md", BAD.replace("TBD", "Nobody could pay.").as_bytes());
    assert_eq!(result(), "1 report · 2 errors");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn levels_come_from_the_configuration_then_the_profile_then_the_rule() {
    let report = |profile: &str| {
        format!(
            "---\ntitle: A\nstatus: final\nprofile: {profile}\n---\n\n## Action items\n- [ ] Alarm on waiting connections\n"
        )
    };
    let project =
        Project::with(&[("content/a.md", &report("standard")), ("content/b.md", &report("story"))]);
    let check = |project: &Project| {
        project.run(&["check", "--select", "ACT003,ACT005", "--format", "concise", "-v"]).out
    };
    insta::assert_snapshot!(check(&project), @r"
    content/a.md:8:7: warning[ACT003] the action has no owner
    content/a.md:8:7: warning[ACT005] the action has no due date
    content/b.md:8:7: info[ACT005] the action has no due date
    2 reports · 2 warnings · 1 info
    ");
    project.write("bokgi.toml", b"[check.levels]\nACT003 = \"error\"\nACT = \"off\"\n");
    insta::assert_snapshot!(check(&project), @r"
    content/a.md:8:7: error[ACT003] the action has no owner
    content/b.md:8:7: error[ACT003] the action has no owner
    2 reports · 2 errors
    ");
    project.write("bokgi.toml", b"[check.levels]\nACT099 = \"error\"\n");
    assert_eq!(project.run(&["check"]).code, 2);
}
