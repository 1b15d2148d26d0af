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
            "2025-09-09",
            "Carts are empty",
            "services: [cart]\ntrigger: hardware\ncauses: [hardware]\ndetection: monitoring",
            "",
        ),
        report(
            "2025-10-10",
            "Wrong stock",
            "services: [stock]\ntrigger: migration\ncauses: [software/data]\ndetection: internal",
            "",
        ),
        report(
            "2025-11-11",
            "Chat is slow",
            "services: [chat]\ntrigger: growth\ncauses: [network/overload]\ndetection: monitoring",
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
    insta::assert_snapshot!(project().run(&["patterns"]).shown(), @r"
    exit 0
    -- stdout
    1 pattern in 8 incidents

     1  configuration change → payment, caused by review, noticed by customers
        ██████████ 2 of 8 incidents · 4.0× chance (95 %: ≥ 1.1×, n = 8) · 2025-02 to 2026-01
        all of them also: caused by capacity
        2026-01-20  SEV2      결제 지연
        2025-02-03  SEV2      Payments time out
        promised 3 actions: 2 open, 1 done
          overdue    2025-04-01  Review limits every month
          open       2026-09-01  한도를 코드로 관리
        missing: nothing to detect it sooner (0 of 3 actions that state a kind)
        missing: nothing to handle it better (0 of 3 actions that state a kind)
        missing: nothing long-term (0 of 3 actions that state a horizon)

    With fewer than 30 incidents, two that share values are enough: read it as a question, not as a
    rate.
    27 pairs of values could have come together: of that many, up to 1 may pass for a pattern by chance.
    ");
    insta::assert_snapshot!(project().run(&["--lang", "ko", "patterns"]).shown(), @r"
    exit 0
    -- stdout
    장애 8건에서 찾은 패턴 1개

     1  설정 변경 → payment, 리뷰가 원인, 고객이 먼저 발견
        ██████████ 장애 8건 중 2건 · 우연의 4.0배 (95 %: ≥ 1.1배, n = 8) · 2025-02 ~ 2026-01
        모두에 있는 것: 용량 부족이 원인
        2026-01-20  SEV2      결제 지연
        2025-02-03  SEV2      Payments time out
        약속한 조치 3건: 미완료 2, 완료 1
          기한 지남  2025-04-01  Review limits every month
          미완료     2026-09-01  한도를 코드로 관리
        빠진 것: 탐지 조치 없음 (종류를 적은 3건 중 0건)
        빠진 것: 대응 조치 없음 (종류를 적은 3건 중 0건)
        빠진 것: 장기 조치 없음 (기간을 적은 3건 중 0건)

    장애가 30건이 안 되어 두 건만 겹쳐도 보여 줍니다. 비율이 아니라 던져 볼 질문으로 읽으세요.
    함께 나올 수 있었던 값의 쌍은 27개입니다. 이만큼 많으면 1개까지는 우연히 패턴처럼 보일 수 있습니다.
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole answer is worth reading")]
fn programs_get_figures_and_addresses() {
    insta::assert_snapshot!(project().run(&["patterns", "--format", "json"]).out, @r#"
    {
      "version": 1,
      "incidents": 8,
      "needed": 2,
      "tested": 26,
      "pairs": 27,
      "stated": {
        "cause": 8,
        "dependency": 0,
        "detection": 8,
        "mitigation": 0,
        "service": 8,
        "team": 0,
        "trigger": 8
      },
      "total": 1,
      "patterns": [
        {
          "id": "trigger-config-change--service-payment--cause-process-review--detection-customer",
          "name": "configuration change → payment, caused by review, noticed by customers",
          "url": "patterns/#trigger-config-change--service-payment--cause-process-review--detection-customer",
          "values": [
            {
              "facet": "trigger",
              "value": "config-change",
              "label": "configuration change"
            },
            {
              "facet": "service",
              "value": "payment",
              "label": "payment"
            },
            {
              "facet": "cause",
              "value": "process/review",
              "label": "review"
            },
            {
              "facet": "detection",
              "value": "customer",
              "label": "customers"
            }
          ],
          "shared": [
            {
              "facet": "cause",
              "value": "software/capacity",
              "label": "capacity"
            }
          ],
          "support": 2,
          "among": 8,
          "expected": 0.5,
          "lift": 4.0,
          "lift_low": 1.14,
          "first": "2025-02-03",
          "last": "2026-01-20",
          "incidents": [
            {
              "id": "2026-01-20",
              "url": "r/2026-01-20/",
              "title": "결제 지연",
              "date": "2026-01-20",
              "severity": "SEV2"
            },
            {
              "id": "2025-02-03",
              "url": "r/2025-02-03/",
              "title": "Payments time out",
              "date": "2025-02-03",
              "severity": "SEV2"
            }
          ],
          "actions": {
            "total": 3,
            "status": {
              "done": 1,
              "in_progress": 0,
              "open": 2,
              "unknown": 0,
              "wont_do": 0
            },
            "open": [
              {
                "report": "2025-02-03",
                "id": "a74f66a5aea",
                "text": "Review limits every month",
                "status": "open",
                "due": "2025-04-01"
              },
              {
                "report": "2026-01-20",
                "id": "a629a40f066",
                "text": "한도를 코드로 관리",
                "status": "open",
                "due": "2026-09-01"
              }
            ],
            "grid": {
              "detect": {
                "long": 0,
                "mid": 0,
                "short": 0
              },
              "prevent": {
                "long": 0,
                "mid": 0,
                "short": 3
              },
              "respond": {
                "long": 0,
                "mid": 0,
                "short": 0
              }
            },
            "with_kind": 3,
            "with_horizon": 3,
            "missing": [
              {
                "kind": "detect",
                "of": 3
              },
              {
                "kind": "respond",
                "of": 3
              },
              {
                "horizon": "long",
                "of": 3
              }
            ]
          }
        }
      ],
      "recurrences": []
    }
    "#);
}

#[test]
fn says_why_there_is_none() {
    let project = Project::with(&[
        ("content/2026-01-01.md", "---\ntitle: A\nservices: [a]\ntrigger: deploy\n---\n"),
        ("content/2026-01-02.md", "---\ntitle: B\nservices: [b]\n---\n"),
    ]);
    insta::assert_snapshot!(project.run(&["patterns"]).shown(), @r"
    exit 0
    -- stdout
    no patterns yet
    A pattern needs 2 incidents with the same values in two or more facets, more often than chance
    explains.

    Of 2 incidents this many state a value:
      Trigger       █████      1
      Dependencies             0
      Services      ██████████ 2
      Causes                   0
      Noticed by               0
      Stopped by               0
      Teams                    0

    `services`, `trigger`, `causes`, `detection` and `mitigations` in the front matter of reports make
    patterns.
    ");
    insta::assert_snapshot!(project.run(&["--lang", "ko", "patterns"]).shown(), @r"
    exit 0
    -- stdout
    아직 패턴이 없습니다
    패턴이 되려면 두 가지 이상의 분류에서 값이 같은 장애가 2건 이상이고, 우연보다 자주 겹쳐야 합니다.

    장애 2건 가운데 값을 적은 보고서:
      계기         █████      1
      외부 의존성             0
      서비스       ██████████ 2
      원인                    0
      탐지 경로               0
      완화 방법               0
      담당 팀                 0

    보고서 front matter의 `services`, `trigger`, `causes`, `detection`, `mitigations`에서 패턴이
    나옵니다.
    ");
    let empty = Project::with(&[("content/_x.md", "")]);
    insta::assert_snapshot!(empty.run(&["patterns"]).shown(), @r"
    exit 0
    -- stdout
    no patterns yet
    A pattern needs 2 incidents with the same values in two or more facets, more often than chance
    explains.
    ");
}

#[test]
fn the_page_has_every_pattern_with_its_links() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let page = project.read("public/patterns/index.html");
    for expected in [
        r#"<li id="trigger-config-change--service-payment--cause-process-review--detection-customer">"#,
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
