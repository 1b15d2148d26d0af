//! `actions`: what is open, overdue and without a record, for readers and for programs.

use crate::support::Project;

const FIRST: &str = "\
---
title: Payment outage
date: 2026-03-14
severity: SEV1
services: [payment]
teams: [payments]
---

## Actions

- [x] Alarm on waiting connections (type: detect, owner: @payments, due: 2026-03-21, done: 2026-03-20, ticket: PAY-1)
- [ ] Index `promo_usage`, and read the plan of every new query before it is merged, so that the next one is seen (type: prevent, owner: @payments, due: 2026-04-30)
- [ ] Write the runbook (type: respond, owner: @kim, due: 2026-07-01, status: in progress)
- [ ] Replace the pool (owner: Alice)
- [ ] =HYPERLINK(\"http://x.example\"), \"quoted\" (owner: @kim, due: 2026-06-01)
";

const SECOND: &str = "\
---
title: 주문 지연
date: 2026-05-02
severity: SEV2
services: [order]
---

## 조치

- 재시도 횟수를 줄인다
- [ ] 지연 알람 추가 (유형: 탐지, 담당: @플랫폼, 기한: 2026-05-20)
- ~~큐 교체~~ (상태: 하지 않음, 이유: 다음 해에 없어진다)
";

fn project() -> Project {
    Project::with(&[
        (
            "bokgi.toml",
            "lang = \"en\"\n[site]\ntitle = \"Records\"\nbase_url = \"https://pm.example/\"\n\
             [owners]\n\"@kim\" = \"search\"\n\"@플랫폼\" = \"플랫폼\"\n",
        ),
        ("content/2026-03-14-pay.md", FIRST),
        ("content/2026-05-02-order.md", SECOND),
        (
            "content/2026-05-03-secret.md",
            "---\ntitle: S\naudience: restricted\n---\n\n## Actions\n\n- [ ] hidden\n",
        ),
    ])
}

#[test]
fn the_most_pressing_come_first() {
    let project = project();
    insta::assert_snapshot!(project.run(&["actions"]).shown(), @r"");
    insta::assert_snapshot!(project.run(&["--lang", "ko", "actions"]).shown(), @r"");
    insta::assert_snapshot!(project.run(&["actions", "--unrecorded"]).shown(), @r"");
}

#[test]
fn teams_and_services_are_chosen_by_any_way_to_write_them() {
    let project = project();
    insta::assert_snapshot!(project.run(&["actions", "--team", "@Search", "--open"]).shown(), @r"");
    insta::assert_snapshot!(
        project.run(&["actions", "--service", "ORDER", "--overdue"]).shown(),
        @r""
    );
    insta::assert_snapshot!(project.run(&["actions", "--team", "serch"]).shown(), @r"");
    // A person is no team.
    insta::assert_snapshot!(
        project.run(&["--lang", "ko", "actions", "--team", "Alice"]).shown(),
        @r""
    );
    insta::assert_snapshot!(project.run(&["actions", "--service", "paymnt"]).shown(), @r"");
}

#[test]
fn a_folder_without_promises_says_so() {
    let project = Project::with(&[("content/a.md", "# A\n\n## Summary\n\nx\n")]);
    for (format, expected) in [("text", "no action is promised\n"), ("ics", "BEGIN:VCALENDAR\r\n")]
    {
        let run = project.run(&["actions", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.shown());
        assert!(run.out.starts_with(expected), "{}", run.shown());
    }
    let run = project.run(&["actions", "--team", "x"]);
    insta::assert_snapshot!(run.shown(), @r"");
}

#[test]
fn programs_get_everything() {
    let project = project();
    insta::assert_snapshot!(
        project.run(&["actions", "--format", "json", "--service", "payment", "--overdue"]).out,
        @r""
    );
    insta::assert_snapshot!(project.run(&["actions", "--format", "markdown"]).out, @r"");
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let out = project().run(&["actions", "--format", "csv"]).out;
    assert!(out.starts_with('\u{feff}') && out.ends_with("\r\n"));
    insta::assert_snapshot!(out.trim_start_matches('\u{feff}').replace('\r', ""), @r"");
}

#[test]
fn a_calendar_has_what_is_open_and_due() {
    let project = project();
    let out = project.run(&["actions", "--format", "ics"]).out;
    for line in out.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    insta::assert_snapshot!(out.replace('\r', ""), @r"");
    // The page's file is the same calendar.
    assert_eq!(project.run(&["build"]).code, 0);
    assert_eq!(project.read("public/actions.ics"), out);
}

#[test]
fn the_public_know_no_owners() {
    let project = project();
    let open = FIRST.replace("title:", "audience: public\ntitle:");
    project.write("content/2026-03-14-pay.md", open.as_bytes());
    for format in ["text", "json", "csv", "markdown", "ics"] {
        let run = project.run(&["actions", "--audience", "public", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.shown());
        for hidden in ["@kim", "@payments", "Alice", "search", "주문"] {
            assert!(!run.out.contains(hidden), "{format}: {hidden}\n{}", run.out);
        }
        assert!(run.out.contains("promo_usage") || run.out.contains("promo\\_usage"), "{format}");
    }
}

/// A report with this many actions of which nothing says whether they are done.
fn many(count: usize) -> String {
    let actions: String = (0..count).map(|at| format!("- write down part {at}\n")).collect();
    format!("---\ntitle: Many\ndate: 2026-01-02\n---\n\n## Actions\n\n{actions}")
}

#[test]
fn the_page_lists_promises_and_goes_on() {
    let project = project();
    project.write("content/2026-01-02-many.md", many(150).as_bytes());
    assert_eq!(project.run(&["build"]).code, 0);
    let first = project.read("public/promises/index.html");
    let second = project.read("public/promises/page/2/index.html");
    assert!(!project.path("public/promises/page/3").exists());
    let rows = |html: &str| html.matches("<li class=\"action ").count();
    // Four are open; that of the Korean report has no record either.
    assert_eq!((rows(&first), rows(&second)), (100, 56));
    assert!(first.contains("data-status=\"open\" data-due=\"2026-04-30\""));
    assert!(first.contains("as of 2026-06-01") && first.contains("href=\"../actions.ics\""));
    assert!(first.contains("../by/team/payments/") && first.contains("../by/service/order/"));
    // A figure leads to the page where its list begins.
    assert!(first.contains("href=\"../promises/#unrecorded\""));
    assert!(second.contains("id=\"unrecorded\"") && !second.contains("class=\"figures\""));
    assert!(first.contains("@kim") && !first.contains("Alice</a>"));
}

#[test]
fn the_public_page_names_no_team() {
    let project = project();
    let open = FIRST.replace("title:", "audience: public\ntitle:");
    project.write("content/2026-03-14-pay.md", open.as_bytes());
    assert_eq!(project.run(&["build", "--audience", "public"]).code, 0);
    for path in ["public/promises/index.html", "public/actions.ics"] {
        let page = project.read(path);
        for hidden in ["@kim", "@payments", "Alice", "By team"] {
            assert!(!page.contains(hidden), "{path}: {hidden}");
        }
    }
    assert!(!project.path("public/health").exists());
}

#[test]
fn without_reports_the_pages_are_there() {
    let project = Project::with(&[("bokgi.toml", "[site]\nlang = \"ko\"\n")]);
    std::fs::create_dir_all(project.path("content")).unwrap();
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.read("public/promises/index.html").contains("아직 약속한 조치가 없습니다"));
    assert!(project.read("public/health/index.html").contains("아직 보고서가 없습니다"));
    assert!(project.read("public/actions.ics").ends_with("END:VCALENDAR\r\n"));
}
