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

## 조치 항목

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
    insta::assert_snapshot!(project.run(&["actions"]).shown(), @r#"
    exit 0
    -- stdout
    8 actions from 2 reports, as of 2026-06-01
    ███████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░·······
    █ 1 done   ▒ 2 overdue   ▓ 3 open   ░ 1 not recorded   · 1 won't do
    done 6 d after the incident (median of 1) · 1 of 1 by their due date

    overdue  2
      2026-04-30      32 d  Index promo_usage, and read the plan of every new query before it is merged,
                            so that the next one is seen
                            @payments · prevent · Payment outage · content/2026-03-14-pay.md:12
      2026-05-20      12 d  지연 알람 추가
                            @플랫폼 · detect sooner · 주문 지연 · content/2026-05-02-order.md:11

    open  2
      2026-06-01     today  =HYPERLINK("http://x.example"), "quoted"
                            @kim · Payment outage · content/2026-03-14-pay.md:15
      2026-07-01   in 30 d  Write the runbook
                            @kim · handle better · in progress · content/2026-03-14-pay.md:13

    open, no due date  1
      Replace the pool
      Alice · Payment outage · content/2026-03-14-pay.md:14

    1 more actions without a record of being done (`--unrecorded` lists them)
    "#);
    insta::assert_snapshot!(project.run(&["--lang", "ko", "actions"]).shown(), @r#"
    exit 0
    -- stdout
    보고서 2건에서 약속한 조치 8건 (2026-06-01 기준)
    ███████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░·······
    █ 1 완료   ▒ 2 기한 지남   ▓ 3 미완료   ░ 1 기록 없음   · 1 하지 않음
    완료까지 중앙값 6일 (n=1) · 1건 가운데 1건은 기한 안에 완료

    기한 지남  2
      2026-04-30      32일  Index promo_usage, and read the plan of every new query before it is merged,
                            so that the next one is seen
                            @payments · 예방 · Payment outage · content/2026-03-14-pay.md:12
      2026-05-20      12일  지연 알람 추가
                            @플랫폼 · 탐지 · 주문 지연 · content/2026-05-02-order.md:11

    미완료  2
      2026-06-01      오늘  =HYPERLINK("http://x.example"), "quoted"
                            @kim · Payment outage · content/2026-03-14-pay.md:15
      2026-07-01   30일 뒤  Write the runbook
                            @kim · 대응 · 진행 중 · Payment outage · content/2026-03-14-pay.md:13

    미완료, 기한 없음  1
      Replace the pool
      Alice · Payment outage · content/2026-03-14-pay.md:14

    끝났는지 적혀 있지 않은 조치가 1건 더 있습니다 (`--unrecorded`로 볼 수 있습니다)
    "#);
    insta::assert_snapshot!(project.run(&["actions", "--unrecorded"]).shown(), @r"
    exit 0
    -- stdout
    8 actions from 2 reports, as of 2026-06-01
    ███████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░·······
    █ 1 done   ▒ 2 overdue   ▓ 3 open   ░ 1 not recorded   · 1 won't do
    done 6 d after the incident (median of 1) · 1 of 1 by their due date

    not recorded  1
      재시도 횟수를 줄인다
      주문 지연 · content/2026-05-02-order.md:10
    ");
}

#[test]
fn teams_and_services_are_chosen_by_any_way_to_write_them() {
    let project = project();
    insta::assert_snapshot!(project.run(&["actions", "--team", "@Search", "--open"]).shown(), @r#"
    exit 0
    -- stdout
    2 actions from 1 report, as of 2026-06-01
    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    ▓ 2 open

    open  2
      2026-06-01     today  =HYPERLINK("http://x.example"), "quoted"
                            @kim · Payment outage · content/2026-03-14-pay.md:15
      2026-07-01   in 30 d  Write the runbook
                            @kim · handle better · in progress · content/2026-03-14-pay.md:13
    "#);
    insta::assert_snapshot!(
        project.run(&["actions", "--service", "ORDER", "--overdue"]).shown(),
        @r"
        exit 0
        -- stdout
        3 actions from 1 report, as of 2026-06-01
        ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░░░····················
        ▒ 1 overdue   ░ 1 not recorded   · 1 won't do

        overdue  1
          2026-05-20      12 d  지연 알람 추가
                                @플랫폼 · detect sooner · 주문 지연 · content/2026-05-02-order.md:11
        "
    );
    insta::assert_snapshot!(project.run(&["actions", "--team", "serch"]).shown(), @r"
    exit 2
    -- stderr
    error: there is no team `serch`
      help: did you mean `search`?
    ");
    // A person is no team.
    insta::assert_snapshot!(
        project.run(&["--lang", "ko", "actions", "--team", "Alice"]).shown(),
        @r"
        exit 2
        -- stderr
        오류: `Alice` 팀이 없습니다
          도움말: 여기에 쓸 수 있는 것: payments, search, 플랫폼
        "
    );
    insta::assert_snapshot!(project.run(&["actions", "--service", "paymnt"]).shown(), @r"
    exit 2
    -- stderr
    error: no report is about the service `paymnt`
      help: did you mean `payment`?
    ");
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
    insta::assert_snapshot!(run.shown(), @r"
    exit 2
    -- stderr
    error: there is no team `x`
      help: no team is known: name teams in `[owners]` of bokgi.toml or under `teams:` in reports
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is one answer")]
fn programs_get_everything() {
    let project = project();
    insta::assert_snapshot!(
        project.run(&["actions", "--format", "json", "--service", "payment", "--overdue"]).out,
        @r#"
        {
          "version": 1,
          "as_of": "2026-06-01",
          "summary": {
            "total": 5,
            "open": 4,
            "overdue": 1,
            "unknown": 0,
            "done": 1,
            "wont_do": 0,
            "days_to_done": {
              "n": 1,
              "least": 6,
              "median": 6,
              "p90": null,
              "most": 6
            },
            "done_by_due_date": {
              "count": 1,
              "n": 1
            }
          },
          "by_team": [
            {
              "name": "payments",
              "total": 2,
              "open": 1,
              "overdue": 1,
              "unknown": 0,
              "done": 1,
              "wont_do": 0
            },
            {
              "name": "search",
              "total": 2,
              "open": 2,
              "overdue": 0,
              "unknown": 0,
              "done": 0,
              "wont_do": 0
            }
          ],
          "by_service": [
            {
              "name": "payment",
              "total": 5,
              "open": 4,
              "overdue": 1,
              "unknown": 0,
              "done": 1,
              "wont_do": 0
            }
          ],
          "by_severity": [
            {
              "name": "SEV1",
              "total": 5,
              "open": 4,
              "overdue": 1,
              "unknown": 0,
              "done": 1,
              "wont_do": 0
            }
          ],
          "actions": [
            {
              "id": "ad781b58e9f",
              "text": "Index promo_usage, and read the plan of every new query before it is merged, so that the next one is seen",
              "status": "open",
              "overdue": true,
              "days_overdue": 32,
              "due": "2026-04-30",
              "owners": [
                "@payments"
              ],
              "teams": [
                "payments"
              ],
              "kind": "prevent",
              "horizon": null,
              "ticket": null,
              "priority": null,
              "report": {
                "id": "2026-03-14-pay",
                "title": "Payment outage",
                "url": "r/2026-03-14-pay/",
                "path": "content/2026-03-14-pay.md",
                "line": 12,
                "date": "2026-03-14",
                "severity": "SEV1",
                "services": [
                  "payment"
                ]
              }
            }
          ]
        }
        "#
    );
    insta::assert_snapshot!(project.run(&["actions", "--format", "markdown"]).out, @r#"
    ## Open actions as of 2026-06-01

    ### 2026-03-14 [Payment outage](https://pm.example/r/2026-03-14-pay/)

    - [ ] Index promo\_usage, and read the plan of every new query before it is merged, so that the next one is seen (**overdue: 32 days**, due 2026-04-30, owner `@payments`, prevent)
    - [ ] \=HYPERLINK("http://x.example"), "quoted" (due 2026-06-01, owner `@kim`)
    - [ ] Write the runbook (due 2026-07-01, owner `@kim`, handle better, in progress)
    - [ ] Replace the pool (owner `Alice`)

    ### 2026-05-02 [주문 지연](https://pm.example/r/2026-05-02-order/)

    - [ ] 지연 알람 추가 (**overdue: 12 days**, due 2026-05-20, owner `@플랫폼`, detect sooner)
    - [ ] 재시도 횟수를 줄인다 (not recorded)
    "#);
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let out = project().run(&["actions", "--format", "csv"]).out;
    assert!(out.starts_with('\u{feff}') && out.ends_with("\r\n"));
    insta::assert_snapshot!(out.trim_start_matches('\u{feff}').replace('\r', ""), @r#"
    status,overdue,days_overdue,due,action,owners,teams,kind,horizon,ticket,report,date,severity,services,path,line,report_id,action_id
    open,true,32,2026-04-30,"Index promo_usage, and read the plan of every new query before it is merged, so that the next one is seen",'@payments,payments,prevent,,,Payment outage,2026-03-14,SEV1,payment,content/2026-03-14-pay.md,12,2026-03-14-pay,ad781b58e9f
    open,true,12,2026-05-20,지연 알람 추가,'@플랫폼,플랫폼,detect,,,주문 지연,2026-05-02,SEV2,order,content/2026-05-02-order.md,11,2026-05-02-order,a2fd81fbfef
    open,false,,2026-06-01,"'=HYPERLINK(""http://x.example""), ""quoted""",'@kim,search,,,,Payment outage,2026-03-14,SEV1,payment,content/2026-03-14-pay.md,15,2026-03-14-pay,a6a071bcfa4
    in-progress,false,,2026-07-01,Write the runbook,'@kim,search,respond,,,Payment outage,2026-03-14,SEV1,payment,content/2026-03-14-pay.md,13,2026-03-14-pay,aea93bae74f
    open,false,,,Replace the pool,Alice,,,,,Payment outage,2026-03-14,SEV1,payment,content/2026-03-14-pay.md,14,2026-03-14-pay,a119230ac0f
    unknown,false,,,재시도 횟수를 줄인다,,,,,,주문 지연,2026-05-02,SEV2,order,content/2026-05-02-order.md,10,2026-05-02-order,a4773f0ff6b
    "#);
}

#[test]
fn a_calendar_has_what_is_open_and_due() {
    let project = project();
    let out = project.run(&["actions", "--format", "ics"]).out;
    for line in out.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    insta::assert_snapshot!(out.replace('\r', ""), @r#"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//bokgi//bokgi//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    NAME:Records: open actions
    X-WR-CALNAME:Records: open actions
    REFRESH-INTERVAL;VALUE=DURATION:P1D
    BEGIN:VEVENT
    UID:ad781b58e9f.2026-03-14-pay@bokgi.invalid
    DTSTAMP:20260601T000000Z
    DTSTART;VALUE=DATE:20260430
    SUMMARY:Index promo_usage\, and read the plan of every new query before it 
     is merged\, so that the next one is seen
    DESCRIPTION:promised in: Payment outage\nowner: @payments\nstatus: open
    CATEGORIES:payment
    URL:https://pm.example/r/2026-03-14-pay/
    STATUS:CONFIRMED
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:a2fd81fbfef.2026-05-02-order@bokgi.invalid
    DTSTAMP:20260601T000000Z
    DTSTART;VALUE=DATE:20260520
    SUMMARY:지연 알람 추가
    DESCRIPTION:promised in: 주문 지연\nowner: @플랫폼\nstatus: open
    CATEGORIES:order
    URL:https://pm.example/r/2026-05-02-order/
    STATUS:CONFIRMED
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:a6a071bcfa4.2026-03-14-pay@bokgi.invalid
    DTSTAMP:20260601T000000Z
    DTSTART;VALUE=DATE:20260601
    SUMMARY:=HYPERLINK("http://x.example")\, "quoted"
    DESCRIPTION:promised in: Payment outage\nowner: @kim\nstatus: open
    CATEGORIES:payment
    URL:https://pm.example/r/2026-03-14-pay/
    STATUS:CONFIRMED
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:aea93bae74f.2026-03-14-pay@bokgi.invalid
    DTSTAMP:20260601T000000Z
    DTSTART;VALUE=DATE:20260701
    SUMMARY:Write the runbook
    DESCRIPTION:promised in: Payment outage\nowner: @kim\nstatus: in progress
    CATEGORIES:payment
    URL:https://pm.example/r/2026-03-14-pay/
    STATUS:CONFIRMED
    TRANSP:TRANSPARENT
    END:VEVENT
    END:VCALENDAR
    "#);
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
    let actions =
        (0..count).fold(String::new(), |all, at| all + &format!("- write down part {at}\n"));
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
