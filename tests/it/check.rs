//! `check`: what it prints, for whom, and how it ends.

use crate::support::{COMPLETE, Project};

/// A final report with a gap, a misspelt key and a slip in a heading, and a draft.
fn unfinished() -> Project {
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        (
            "content/2026-03-14-payment.md",
            "---\ntitle: Payment outage\nseverty: SEV1\nstatus: final\n---\n\n## Sumary\n\nFor an hour nobody could pay.\n\n## Timeline\n\n- 14:02 alarms\n",
        ),
        (
            "content/2026-03-20-검색.md",
            "---\ntitle: 검색 지연\nstatus: draft\nseverity: SEV3\nservices: [search]\nstarted_at: 2026-03-20 10:00\nresolved_at: 2026-03-20 11:00\n---\n\n## 요약\n\n검색이 느렸다.\n\n## 타임라인\n\n- 10:00 지연\n",
        ),
        ("content/2026-03-25-complete.md", COMPLETE),
    ])
}

#[test]
fn full_shows_the_place_and_what_to_do() {
    insta::assert_snapshot!(unfinished().run(&["check"]).shown(), @r"
    exit 1
    -- stdout
    error[DOC008]: missing facts: severity, affected services, start time, resolution time
     --> content/2026-03-14-payment.md:2:8
      |
    2 | title: Payment outage
      |        ^^^^^^^^^^^^^^
      |
      = help: add to the front matter: `severity`, `services`, `started_at`, `resolved_at`

    error[SEC001]: missing sections: Summary, Impact, Five whys or Contributing factors, Short-term actions, Long-term actions
     --> content/2026-03-14-payment.md:2:8
      |
    2 | title: Payment outage
      |        ^^^^^^^^^^^^^^
      |
      = help: add a heading such as `## Summary`; `none` and why will do

    warning[DOC005]: unknown key `severty`
     --> content/2026-03-14-payment.md:3:1
      |
    3 | severty: SEV1
      | ^^^^^^^
      |
      = help: did you mean `severity`?

    warning[SEC005]: `Sumary` is nearly a known section
     --> content/2026-03-14-payment.md:7:4
      |
    7 | ## Sumary
      |    ^^^^^^
      |
      = help: did you mean `summary`?

    warning[DOC015]: still draft, 73 days after the incident
     --> content/2026-03-20-검색.md:3:9
      |
    3 | status: draft
      |         ^^^^^
      |
      = help: finish it and set `status: final`, or say in it what is still open

    warning[DOC011]: the file name says 2026-03-25, the report 2026-03-14
     --> content/2026-03-25-complete.md:5:13
      |
    5 | started_at: 2026-03-14T14:02:00+09:00
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: rename the file, or correct the date; `aliases` keeps old links alive

    content/2026-03-20-검색.md (draft): still to do: Impact, Five whys or Contributing factors, Short-term actions, Long-term actions, detection time

    3 reports · 2 errors · 4 warnings · 5 infos (shown with -v)
    ");
}

#[test]
fn the_same_in_korean() {
    insta::assert_snapshot!(unfinished().run(&["--lang", "ko", "check"]).shown(), @r"
    exit 1
    -- stdout
    오류[DOC008]: 빠진 항목: 심각도, 영향 서비스, 발생 시각, 복구 시각
     --> content/2026-03-14-payment.md:2:8
      |
    2 | title: Payment outage
      |        ^^^^^^^^^^^^^^
      |
      = 도움말: front matter에 적으세요: `severity`, `services`, `started_at`, `resolved_at`

    오류[SEC001]: 빠진 섹션: 요약, 영향, 5 Whys 또는 원인, 단기 조치, 장기 조치
     --> content/2026-03-14-payment.md:2:8
      |
    2 | title: Payment outage
      |        ^^^^^^^^^^^^^^
      |
      = 도움말: `## 요약` 같은 제목을 넣으세요. 없으면 `없음`과 이유를 적어도 됩니다

    경고[DOC005]: 모르는 키 `severty`
     --> content/2026-03-14-payment.md:3:1
      |
    3 | severty: SEV1
      | ^^^^^^^
      |
      = 도움말: 혹시 `severity`를 쓰려고 하셨나요?

    경고[SEC005]: 섹션 이름 `Sumary`에 오타가 있는 것 같습니다
     --> content/2026-03-14-payment.md:7:4
      |
    7 | ## Sumary
      |    ^^^^^^
      |
      = 도움말: 혹시 `summary`를 쓰려고 하셨나요?

    경고[DOC015]: 장애가 끝난 지 73일이 지났는데 아직 초안입니다
     --> content/2026-03-20-검색.md:3:9
      |
    3 | status: draft
      |         ^^^^^
      |
      = 도움말: 마무리하고 `status: final`로 바꾸거나, 무엇이 남았는지 적으세요

    경고[DOC011]: 파일 이름의 날짜는 2026-03-25인데 보고서의 날짜는 2026-03-14입니다
     --> content/2026-03-25-complete.md:5:13
      |
    5 | started_at: 2026-03-14T14:02:00+09:00
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = 도움말: 파일 이름이나 날짜를 고치세요. 예전 링크는 `aliases`로 살려 둘 수 있습니다

    content/2026-03-20-검색.md (초안): 남은 일: 영향, 5 Whys 또는 원인, 단기 조치, 장기 조치, 탐지 시각

    보고서 3건 · 오류 2건 · 경고 4건 · 정보 5건 (-v로 볼 수 있습니다)
    ");
}

#[test]
fn concise_is_a_line_per_finding() {
    insta::assert_snapshot!(unfinished().run(&["check", "--format", "concise"]).shown(), @r"
    exit 1
    -- stdout
    content/2026-03-14-payment.md:2:8: error[DOC008] missing facts: severity, affected services, start time, resolution time
    content/2026-03-14-payment.md:2:8: error[SEC001] missing sections: Summary, Impact, Five whys or Contributing factors, Short-term actions, Long-term actions
    content/2026-03-14-payment.md:3:1: warning[DOC005] unknown key `severty`
    content/2026-03-14-payment.md:7:4: warning[SEC005] `Sumary` is nearly a known section
    content/2026-03-20-검색.md:3:9: warning[DOC015] still draft, 73 days after the incident
    content/2026-03-25-complete.md:5:13: warning[DOC011] the file name says 2026-03-25, the report 2026-03-14
    3 reports · 2 errors · 4 warnings · 5 infos (shown with -v)
    ");
}

#[test]
fn json_is_for_programs() {
    let run = unfinished().run(&["check", "--format", "json", "--select", "misspelled-section"]);
    insta::assert_snapshot!(run.shown(), @r#"
    exit 0
    -- stdout
    {
      "version": 1,
      "findings": [
        {
          "code": "SEC005",
          "name": "misspelled-section",
          "severity": "warning",
          "message": "`Sumary` is nearly a known section",
          "help": "did you mean `summary`?",
          "path": "content/2026-03-14-payment.md",
          "start": {
            "line": 7,
            "column": 4
          },
          "end": {
            "line": 7,
            "column": 10
          },
          "url": null
        }
      ],
      "summary": {
        "files": 3,
        "errors": 0,
        "warnings": 1,
        "infos": 0
      }
    }
    "#);
    let all = unfinished().run(&["check", "--format", "json"]);
    let parsed: serde_json::Value = serde_json::from_str(&all.out).unwrap();
    let codes: Vec<&str> =
        parsed["findings"].as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
    assert!(codes.contains(&"SEC001"), "{codes:?}");
}

#[test]
fn github_writes_annotations() {
    insta::assert_snapshot!(unfinished().run(&["check", "--format", "github"]).shown(), @r"
    exit 1
    -- stdout
    ::error file=content/2026-03-14-payment.md,line=2,endLine=2,col=8,endColumn=22,title=DOC008 missing-fact::missing facts: severity, affected services, start time, resolution time%0Aadd to the front matter: `severity`, `services`, `started_at`, `resolved_at`
    ::error file=content/2026-03-14-payment.md,line=2,endLine=2,col=8,endColumn=22,title=SEC001 missing-section::missing sections: Summary, Impact, Five whys or Contributing factors, Short-term actions, Long-term actions%0Aadd a heading such as `## Summary`; `none` and why will do
    ::warning file=content/2026-03-14-payment.md,line=3,endLine=3,col=1,endColumn=8,title=DOC005 unknown-key::unknown key `severty`%0Adid you mean `severity`?
    ::warning file=content/2026-03-14-payment.md,line=7,endLine=7,col=4,endColumn=10,title=SEC005 misspelled-section::`Sumary` is nearly a known section%0Adid you mean `summary`?
    ::warning file=content/2026-03-20-검색.md,line=3,endLine=3,col=9,endColumn=14,title=DOC015 stale-draft::still draft, 73 days after the incident%0Afinish it and set `status: final`, or say in it what is still open
    ::warning file=content/2026-03-25-complete.md,line=5,endLine=5,col=13,endColumn=38,title=DOC011 file-date-mismatch::the file name says 2026-03-25, the report 2026-03-14%0Arename the file, or correct the date; `aliases` keeps old links alive
    ::notice file=content/2026-03-14-payment.md,line=11,endLine=11,col=4,endColumn=12,title=TML003 missing-phase::the timeline marks no moment for: detected%0Atag the entry: `14:02 [detected] …`, or set `detected_at` in the front matter
    ::notice file=content/2026-03-14-payment.md,line=13,endLine=13,col=3,endColumn=9,title=TML007 ambiguous-zone::no time says which time zone it is in%0Awrite it once: `## Timeline (UTC)`, or `timezone` in the front matter or in `bokgi.toml`
    ::notice file=content/2026-03-20-검색.md,line=2,endLine=2,col=8,endColumn=13,title=SEC001 missing-section::missing sections: Impact, Five whys or Contributing factors, Short-term actions, Long-term actions%0Aadd a heading such as `## Impact`; `none` and why will do
    ::notice file=content/2026-03-20-검색.md,line=14,endLine=14,col=4,endColumn=8,title=TML003 missing-phase::the timeline marks no moment for: detected%0Atag the entry: `14:02 [detected] …`, or set `detected_at` in the front matter
    ::notice file=content/2026-03-20-검색.md,line=16,endLine=16,col=3,endColumn=9,title=TML007 ambiguous-zone::no time says which time zone it is in%0Awrite it once: `## Timeline (UTC)`, or `timezone` in the front matter or in `bokgi.toml`
    ");
}

#[test]
fn a_clean_folder_says_so_and_exits_0() {
    let project = Project::with(&[("bokgi.toml", ""), ("content/2026-03-14-a.md", COMPLETE)]);
    insta::assert_snapshot!(project.run(&["check"]).shown(), @r"
    exit 0
    -- stdout
    1 report · nothing to complain about
    ");
}

#[test]
fn exit_codes_follow_severity_and_fail_on() {
    let project = unfinished();
    assert_eq!(project.run(&["check"]).code, 1);
    assert_eq!(project.run(&["check", "content/2026-03-25-complete.md"]).code, 0);
    // The draft has infos and nothing worse.
    let draft = ["check", "content/2026-03-20-검색.md"];
    assert_eq!(project.run(&draft).code, 0);
    assert_eq!(project.run(&[&draft[..], &["--fail-on", "info"]].concat()).code, 1);
    // The report that is final keeps its errors whatever else is chosen.
    assert_eq!(project.run(&["check", "--select", "unknown-key", "--fail-on", "error"]).code, 0);
    assert_eq!(project.run(&["check", "--select", "unknown-key", "--fail-on", "warning"]).code, 1);
    assert_eq!(project.run(&["check", "--select", "no-such-rule"]).code, 2);
    assert_eq!(project.run(&["check", "no/such/file.md"]).code, 2);
}

#[test]
fn a_named_file_limits_what_is_shown_and_not_what_is_read() {
    let run = unfinished().run(&["check", "--format", "concise", "content/2026-03-20-검색.md"]);
    assert!(!run.out.contains("payment"), "{}", run.out);
    let twins = Project::with(&[
        ("bokgi.toml", ""),
        ("content/2026-03-14-a.md", &COMPLETE.replace("---\ntitle", "---\nid: same\ntitle")),
        ("content/2026-03-15-b.md", &COMPLETE.replace("---\ntitle", "---\nid: same\ntitle")),
    ]);
    let run = twins.run(&["check", "--format", "concise", "content/2026-03-15-b.md"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("2026-03-15-b.md") && !run.out.contains("2026-03-14-a.md:"),
        "{}",
        run.out
    );
}

#[test]
fn findings_can_also_go_to_files() {
    let project = unfinished();
    let run = project.run(&["check", "--output", "json=out.json", "--output", "concise=out.txt"]);
    assert_eq!(run.code, 1);
    let json: serde_json::Value = serde_json::from_str(&project.read("out.json")).unwrap();
    let count = json["findings"].as_array().unwrap().len();
    assert_eq!(project.read("out.txt").lines().filter(|line| line.contains(".md:")).count(), count);
}

#[test]
fn levels_follow_the_status() {
    let with_status = |status: &str| {
        let text = format!("---\ntitle: x\nstatus: {status}\n---\n\n## Summary\n\nIt broke.\n");
        let project = Project::with(&[("bokgi.toml", ""), ("content/2026-05-30-a.md", &text)]);
        let run = project.run(&["check", "--format", "json", "--select", "SEC001"]);
        let parsed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        parsed["findings"][0]["severity"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(["draft", "in-review", "final"].map(with_status), ["info", "warning", "error"]);
}

#[test]
fn an_old_draft_is_reported_and_never_fails_a_build() {
    let text = "---\ntitle: x\nstatus: draft\ndate: 2025-01-01\n---\n\n## Summary\n\nIt broke.\n";
    let project = Project::with(&[("bokgi.toml", ""), ("content/2025-01-01-a.md", text)]);
    let run = project.run(&[
        "check",
        "--format",
        "concise",
        "--fail-on",
        "info",
        "--ignore",
        "SEC,DOC008",
    ]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 0
    -- stdout
    content/2025-01-01-a.md:3:9: warning[DOC015] still draft, 516 days after the incident
    1 report · 1 warning
    ");
}

#[test]
fn mistakes_in_the_configuration_stop_the_run_and_say_what_was_meant() {
    let project = Project::with(&[
        (
            "bokgi.toml",
            "lang = \"en\"\ntimezon = \"Asia/Seoul\"\n\n[profiles]\ndefault = \"standrad\"\n",
        ),
        ("content/2026-03-14-a.md", COMPLETE),
    ]);
    insta::assert_snapshot!(project.run(&["check"]).shown(), @r#"
    exit 2
    -- stderr
    error: unknown key `timezon`
     --> bokgi.toml:2:1
      |
    2 | timezon = "Asia/Seoul"
      | ^^^^^^^
      |
      = help: did you mean `timezone`?

    error: there is no profile `standrad`
     --> bokgi.toml:5:11
      |
    5 | default = "standrad"
      |           ^^^^^^^^^^
      |
      = help: did you mean `standard`?
    "#);
    let project =
        Project::with(&[("bokgi.toml", "lang = \"ko\"\n[check\n"), ("content/a.md", COMPLETE)]);
    insta::assert_snapshot!(project.run(&["check"]).shown(), @r"
    exit 2
    -- stderr
    오류: TOML 문법에 맞지 않습니다: unclosed table, expected `]`
     --> bokgi.toml:2:7
      |
    2 | [check
      |       ^
    ");
}

#[test]
fn inline_levels_and_ignores_of_the_configuration_hold() {
    let project = unfinished();
    project.write(
        "bokgi.toml",
        "lang = \"en\"\n[check]\nselect = [\"misspelled-section\", \"unknown-key\"]\nignore = [\"unknown-key\"]\n[check.levels]\nmisspelled-section = \"error\"\n".as_bytes(),
    );
    insta::assert_snapshot!(project.run(&["check", "--format", "concise"]).shown(), @r"
    exit 1
    -- stdout
    content/2026-03-14-payment.md:7:4: error[SEC005] `Sumary` is nearly a known section
    3 reports · 1 error
    ");
}

#[test]
fn a_folder_without_reports_says_what_to_do() {
    let empty = Project::with(&[("bokgi.toml", "")]);
    insta::assert_snapshot!(empty.run(&["check"]).shown(), @r"
    exit 2
    -- stderr
    error: no reports at `content`
      help: name the folder with the reports, or set `[content] root` in bokgi.toml
    ");
    let nothing = Project::new();
    insta::assert_snapshot!(nothing.run(&["check"]).shown(), @r"
    exit 2
    -- stderr
    error: no reports at `content`
      help: name the folder with the reports, or set `[content] root` in bokgi.toml
    ");
}

#[test]
fn all_places_are_shown_whatever_stands_between_them() {
    let long = "nobody could pay ".repeat(30);
    let text = format!(
        "---\ndetected_at: 2026-03-14 14:15\n---\n\n## Summary\n\n{long}\n\n## Timeline\n\n- 14:02 a deploy\n- 14:05 [detected] an alarm\n"
    );
    let project = Project::with(&[("content/a.md", &text)]);
    let run = project.run(&["check", "--select", "TML004"]);
    insta::assert_snapshot!(run.out, @r"
    warning[TML004]: `detected` has two times: `14:05` here, `2026-03-14 14:15` in the front matter
      --> content/a.md:12:3
       |
     2 | detected_at: 2026-03-14 14:15
       |              ---------------- detected
    ...
    12 | - 14:05 [detected] an alarm
       |   ^^^^^^
       |
       = help: correct the one that is wrong

    1 report · 1 warning
    ");
}
