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
        (
            "content/f.md",
            "---\ntitle: Untold\ndate: 2026-02-01\nstatus: final\n---\n\n## Summary\n\nx\n",
        ),
        ("content/near.md", &near_miss),
    ])
}

#[test]
fn says_how_many_cases_each_figure_rests_on() {
    insta::assert_snapshot!(project().run(&["stats"]).shown(), @r"
    exit 0
    -- stdout
    6 incidents from 2025-11-03 to 2026-02-01
    Near misses (1) and drills (0) stay out of what follows.

    Severity                                            Quarter
    SEV1  █████▍            1                           2025 Q4  ███▎              1
    SEV2  ████████████████  3                           2026 Q1  ████████████████  5
    SEV3  █████▍            1

    How long it took                     median       90 % within          shortest – longest     n
      to detect                           9 min            37 min              2 min – 41 min     5
      to resolve                         59 min            59 min             59 min – 59 min     5

    Who noticed                                         On-call load, at least
    monitoring  ████████████████  4                     busiest shift  2026-01-13 00:00    3
    customers   ████████          2                     busiest day    2026-01-13          3
    customers or partners first: 2 of 5, 40 % (95 %     busiest week   week of 2026-01-12  4
    interval 12–77 %)                                   over 2 a shift: 1 shift, 1 day
                                                        36 hours, at 6 hours each
                                                        1 without a time: in no shift

    Services                                            What reports do not say
    payment  ████████████████  5                        mitigation time      ████████████████  6  of 6
                                                        trigger              ████████████████  6  of 6
                                                        causes               ████████████████  6  of 6
                                                        severity             ██▋               1  of 6
                                                        start time           ██▋               1  of 6
                                                        detection time       ██▋               1  of 6
                                                        resolution time      ██▋               1  of 6
                                                        affected services    ██▋               1  of 6
                                                        how it was detected  ██▋               1  of 6

    Promises  6: 1 done, 5 open (5 overdue as of 2026-06-01), 0 dropped, 0 not recorded
    ");
    insta::assert_snapshot!(project().run(&["--lang", "ko", "stats"]).shown(), @r"
    exit 0
    -- stdout
    장애 6건 2025-11-03 ~ 2026-02-01
    아차 사고 1건과 훈련 0건은 아래 수치에 넣지 않았습니다.

    심각도                                              분기
    SEV1  █████▍            1                           2025년 4분기  ███▎              1
    SEV2  ████████████████  3                           2026년 1분기  ████████████████  5
    SEV3  █████▍            1

    걸린 시간                            중앙값          90% 이내                 최단 ~ 최장     n
      탐지까지                              9분              37분                  2분 ~ 41분     5
      복구까지                             59분              59분                 59분 ~ 59분     5

    누가 먼저 알았나                                    온콜 부하 (최소한)
    모니터링  ████████████████  4                       가장 바빴던 교대  2026-01-13 00:00    3
    고객      ████████          2                       가장 바빴던 날    2026-01-13          3
    고객·협력사가 먼저: 5건 중 2건, 40% (95% 구간       가장 바빴던 주    2026-01-12부터 1주  4
    12~77%)                                             교대당 2건 초과: 교대 1번, 1일
                                                        한 건에 6시간씩 모두 36시간
                                                        시각이 없어 교대를 모르는 장애 1건

    서비스                                              보고서에 적혀 있지 않은 것
    payment  ████████████████  5                        완화 시각    ████████████████  6  / 6
                                                        계기         ████████████████  6  / 6
                                                        원인 분류    ████████████████  6  / 6
                                                        심각도       ██▋               1  / 6
                                                        발생 시각    ██▋               1  / 6
                                                        탐지 시각    ██▋               1  / 6
                                                        복구 시각    ██▋               1  / 6
                                                        영향 서비스  ██▋               1  / 6
                                                        탐지 경로    ██▋               1  / 6

    약속  6건: 완료 1, 미완료 5 (2026-06-01 기준 기한 지남 5), 하지 않음 0, 기록 없음 0
    ");
}

fn json() -> serde_json::Value {
    let run = project().run(&["stats", "--format", "json"]);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn programs_get_the_same_figures() {
    let stats = json();
    assert_eq!(stats["version"], 1);
    assert_eq!((&stats["incidents"], &stats["near_misses"]), (&6.into(), &1.into()));
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["durations"]).unwrap(),
        @r#"
        {
          "time_to_detect": {
            "least_seconds": 120,
            "median_seconds": 540,
            "most_seconds": 2460,
            "n": 5,
            "p90_seconds": 2196
          },
          "time_to_resolve": {
            "least_seconds": 3540,
            "median_seconds": 3540,
            "most_seconds": 3540,
            "n": 5,
            "p90_seconds": 3540
          }
        }
        "#
    );
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["detection"]["noticed"]).unwrap(),
        @r#"
        {
          "high_percent": 77,
          "low_percent": 12,
          "n": 5,
          "outside": 2,
          "share_percent": 40
        }
        "#
    );
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&stats["quarters"][1]).unwrap(),
        @r#"
        {
          "by_severity": {
            "SEV1": 1,
            "SEV2": 2,
            "SEV3": 1
          },
          "durations": {
            "time_to_detect": {
              "least_seconds": 120,
              "median_seconds": 1170,
              "most_seconds": 2460,
              "n": 4,
              "p90_seconds": null
            },
            "time_to_resolve": {
              "least_seconds": 3540,
              "median_seconds": 3540,
              "most_seconds": 3540,
              "n": 4,
              "p90_seconds": null
            }
          },
          "incidents": 5,
          "noticed": {
            "high_percent": null,
            "low_percent": null,
            "n": 4,
            "outside": 2,
            "share_percent": null
          },
          "quarter": "2026-Q1"
        }
        "#
    );
}

#[test]
fn the_load_names_the_reports() {
    let stats = json();
    insta::assert_snapshot!(serde_json::to_string_pretty(&stats["load"]).unwrap(), @r#"
    {
      "busiest_days": [
        {
          "incidents": 3,
          "reports": [
            {
              "id": "c",
              "url": "r/c/"
            },
            {
              "id": "d",
              "url": "r/d/"
            },
            {
              "id": "e",
              "url": "r/e/"
            }
          ],
          "start": "2026-01-13"
        }
      ],
      "busiest_shifts": [
        {
          "incidents": 3,
          "reports": [
            {
              "id": "c",
              "url": "r/c/"
            },
            {
              "id": "d",
              "url": "r/d/"
            },
            {
              "id": "e",
              "url": "r/e/"
            }
          ],
          "start": "2026-01-13T00:00:00"
        }
      ],
      "busiest_weeks": [
        {
          "incidents": 4,
          "reports": [
            {
              "id": "c",
              "url": "r/c/"
            },
            {
              "id": "d",
              "url": "r/d/"
            },
            {
              "id": "e",
              "url": "r/e/"
            },
            {
              "id": "b",
              "url": "r/b/"
            }
          ],
          "start": "2026-01-12"
        }
      ],
      "days_over_limit": [
        "2026-01-13"
      ],
      "hours": 36,
      "hours_per_incident": 6,
      "incidents": 6,
      "incidents_per_shift": 2,
      "shift_hours": 12,
      "shift_start": 0,
      "shifts_over_limit": 1,
      "untimed": 1
    }
    "#);
}

#[test]
fn what_others_may_not_see_is_not_counted() {
    let project = project();
    let run = project.run(&["stats", "--format", "json", "--audience", "public"]);
    let stats: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(stats["incidents"], 0);
    let empty = Project::with(&[("bokgi.toml", "lang = \"en\"\n"), ("content/.keep", "")]);
    insta::assert_snapshot!(empty.run(&["stats"]).shown(), @r"
    exit 0
    -- stdout
    no reports yet
    ");
}

#[test]
fn a_load_that_cannot_be_is_refused() {
    let project = Project::with(&[(
        "bokgi.toml",
        "lang = \"en\"\n[load]\nshift_hours = 7\nshift_start = 24\nincidents_per_shift = 0\n",
    )]);
    insta::assert_snapshot!(project.run(&["stats"]).shown(), @r"
    exit 2
    -- stderr
    error: a day has no whole number of shifts of 7 hours
     --> bokgi.toml:3:15
      |
    3 | shift_hours = 7
      |               ^
      |
      = help: use 1, 2, 3, 4, 6, 8, 12 or 24

    error: `24` is no hour of the day
     --> bokgi.toml:4:15
      |
    4 | shift_start = 24
      |               ^^
      |
      = help: use 0 to 23

    error: `load.incidents_per_shift` is at least 1
     --> bokgi.toml:5:23
      |
    5 | incidents_per_shift = 0
      |                       ^
    ");
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
        "Each on the clock of its report: ",
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
