//! `init`, `new`, `config`, `explain`, help and mistakes: the small commands, in both languages.

use crate::support::{COMPLETE, Project};

#[test]
fn init_writes_a_config_that_holds_and_never_overwrites() {
    for lang in ["en", "ko"] {
        let project = Project::new();
        let run = project.run(&["--lang", lang, "init"]);
        assert_eq!(run.code, 0, "{}", run.shown());
        let written = project.read("bokgi.toml");
        assert!(written.contains(&format!("lang = \"{lang}\"")), "{written}");
        // What it wrote is understood, and every setting it shows is the default.
        project.write("content/2026-03-14-a.md", COMPLETE.as_bytes());
        let run = project.run(&["check"]);
        assert_eq!(run.code, 0, "{}", run.shown());

        project.write("bokgi.toml", b"# mine\n");
        let run = project.run(&["--lang", lang, "init"]);
        assert_eq!((run.code, project.read("bokgi.toml").as_str()), (2, "# mine\n"));
        assert!(run.err.contains("bokgi.toml"), "{}", run.err);
    }
}

#[test]
fn init_can_name_a_profile() {
    let project = Project::new();
    assert_eq!(project.run(&["init", "team", "--profile", "sre"]).code, 0);
    assert!(project.read("team/bokgi.toml").contains("default = \"sre\""));
    insta::assert_snapshot!(project.run(&["init", "--profile", "src"]).shown(), @r"
    exit 2
    -- stderr
    error: there is no profile `src`
      help: did you mean `sre`?
    ");
    assert!(!project.path("bokgi.toml").exists());
}

#[test]
fn new_prints_the_path_of_a_report_with_questions() {
    let project = Project::with(&[("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n")]);
    let run = project.run(&["new", "결제 지연: 'PG' 응답/시간", "--date", "2026-03-14"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 0
    -- stdout
    content/2026-03-14-결제-지연-pg-응답시간.md
    ");
    let text = project.read(run.out.trim());
    assert!(text.contains("## 요약") && text.contains("왜 고객"), "{text}");
    let again = project.run(&["new", "결제 지연: 'PG' 응답/시간", "--date", "2026-03-14"]);
    insta::assert_snapshot!(again.shown(), @r"
    exit 2
    -- stderr
    error: `content/2026-03-14-결제-지연-pg-응답시간.md` is there already
      help: nothing was changed; give the report another title or day
    ");
    assert_eq!(project.read(run.out.trim()), text);
    // What is to be filled in is said once, and nothing fails while the report is a draft.
    insta::assert_snapshot!(project.run(&["--lang", "ko", "check"]).shown(), @r"
    exit 0
    -- stdout
    경고[DOC015]: 장애가 끝난 지 79일이 지났는데 아직 초안입니다
     --> content/2026-03-14-결제-지연-pg-응답시간.md:3:9
      |
    3 | status: draft
      |         ^^^^^
      |
      = 도움말: 마무리하고 `status: final`로 바꾸거나, 무엇이 남았는지 적으세요

    content/2026-03-14-결제-지연-pg-응답시간.md (초안): 남은 일: 심각도, 영향 서비스, 발생 시각, 복구 시각, 요약, 영향, 타임라인, 5 Whys 또는 원인, 단기 조치, 장기 조치, 대응, 교훈, 잘된 점, 운이 좋았던 점, 참고 자료

    보고서 1건 · 경고 1건 · 정보 3건 (-v로 볼 수 있습니다)
    ");
    assert_eq!(project.run(&["new", " \t"]).code, 2);
}

/// Every heading that a profile's template writes is one that `check` finds again.
#[test]
fn what_new_writes_lacks_no_section_in_any_profile_and_language() {
    for profile in bokgi::testing::profile_names() {
        for lang in ["en", "ko"] {
            let project = Project::with(&[("bokgi.toml", "")]);
            let run = project.run(&["--lang", lang, "new", "x", "--profile", &profile]);
            assert_eq!(run.code, 0, "{}", run.shown());
            let path = run.out.trim();
            let text = project.read(path).replace("status: draft", "status: final");
            project.write(path, text.as_bytes());
            let run = project.run(&["--lang", "en", "check", "--format", "concise", "-v"]);
            for code in ["SEC004", "SEC005", "SEC009", "DOC005", "DOC006", "DOC010"] {
                assert!(!run.out.contains(code), "{profile} {lang}: {}", run.out);
            }
            assert!(!run.out.contains("missing sections"), "{profile} {lang}: {}", run.out);
            assert!(run.out.contains("empty sections"), "{profile} {lang}: {}", run.out);
        }
    }
}

#[test]
fn config_says_who_decided_what() {
    let project = Project::with(&[
        ("bokgi.toml", "timezone = \"Asia/Seoul\"\n\n[check]\nfail_on = \"warning\"\n"),
        ("content/a.md", COMPLETE),
    ]);
    insta::assert_snapshot!(project.run(&["--lang", "ko", "config"]).shown(), @r#"
    exit 0
    -- stdout
    lang = "ko"                                          # 명령줄
    timezone = "Asia/Seoul"                              # bokgi.toml:1
    draft_days = 30                                      # 기본값
    content.root = "content"                             # 기본값
    content.include = ["**/*.md", "**/*.markdown"]       # 기본값
    content.ignore = []                                  # 기본값
    site.title = ""                                      # 기본값
    site.base_url = ""                                   # 기본값
    site.lang = ""                                       # 기본값
    site.output = "public"                               # 기본값
    site.theme = "default"                               # 기본값
    site.edit_url = ""                                   # 기본값
    site.indexed = false                                 # 기본값
    check.since = ""                                     # 기본값
    check.fail_on = "warning"                            # bokgi.toml:4
    check.select = []                                    # 기본값
    check.extend_select = []                             # 기본값
    check.ignore = []                                    # 기본값
    check.preview = false                                # 기본값
    check.baseline = ""                                  # 기본값
    rules.action-without-due-date.ticket_counts = false  # 기본값
    rules.action-without-owner.ticket_counts = false     # 기본값
    rules.due-date-too-late.days = {}                    # 기본값
    rules.due-date-too-late.short_term_days = 31         # 기본값
    rules.suppression-without-reason.required = false    # 기본값
    rules.too-few-whys.steps = 3                         # 기본값
    rules.unexplained-gap.minutes = 60                   # 기본값
    severity.levels = ["SEV1", "SEV2", "SEV3", "SEV4"]   # 기본값
    profiles.default = "standard"                        # 기본값
    profiles.folder = "profiles"                         # 기본값
    load.shift_hours = 12                                # 기본값
    load.shift_start = 0                                 # 기본값
    load.incidents_per_shift = 2                         # 기본값
    load.hours_per_incident = 0                          # 기본값
    "#);
}

#[test]
fn config_is_found_upwards() {
    let project = Project::with(&[("bokgi.toml", ""), ("content/2026/03/a.md", COMPLETE)]);
    let run = project.run_in("content/2026/03", &["check", "--format", "concise"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(run.out.contains("1 report"), "{}", run.out);
}

#[test]
fn explain_speaks_both_languages() {
    let project = Project::new();
    insta::assert_snapshot!(project.run(&["explain", "heading-without-space"]).shown(), @r#"
    exit 0
    -- stdout
    SEC006 heading-without-space
    warning · at every status

    What it does
    Finds headings without a space behind their `#`.

    Why it matters
    To Markdown `##Summary` is an ordinary line: it is not shown as a heading, and no link leads to it.

    Source
    CommonMark 0.31, section 4.2, "ATX headings".

    Example
    Found

        # Payment outage

        ##Summary
        For an hour nobody could pay.

    Fine

        # Payment outage

        ## Summary
        For an hour nobody could pay.
    "#);
    insta::assert_snapshot!(project.run(&["--lang", "ko", "explain", "SEC006"]).shown(), @r#"
    exit 0
    -- stdout
    SEC006 heading-without-space
    경고 · 모든 상태에서

    무엇을 찾나요
    `#` 뒤에 공백이 없는 제목을 찾습니다.

    왜 중요한가요
    Markdown에서 `##요약`은 그냥 한 줄입니다. 제목으로 보이지 않고 링크도 걸리지 않습니다.

    출처
    CommonMark 0.31, 4.2 "ATX headings".

    예
    이런 것을 찾습니다

        # 결제 장애

        ##요약
        한 시간 동안 결제가 되지 않았다.

    이러면 괜찮습니다

        # 결제 장애

        ## 요약
        한 시간 동안 결제가 되지 않았다.
    "#);
    insta::assert_snapshot!(project.run(&["--lang", "ko", "explain", "five-whys"]).shown(), @r"
    exit 0
    -- stdout
    five-whys · 5 Whys
    고객의 관점에서 시작하는 5 Whys, 단기·중기·장기 대책, 그리고 장애 등급에 맞는 범위의 리뷰.
    출처: Taiichi Ohno, Toyota Production System (1988); a Korean company's account of its incident reviews

    요구하는 것
    - 제목 (`title`)
    - 심각도 (`severity`)
    - 영향 서비스 (`services`)
    - 발생 시각 (`started_at`)
    - 복구 시각 (`resolved_at`)
    - ## 요약
    - ## 영향
    - ## 타임라인
    - ## 5 Whys
    - ## 단기 조치
    - ## 중기 조치, 심각도 2순위 이상에서
    - ## 장기 조치

    `bokgi new`가 더 적어 주는 것
    - 탐지 시각 (`detected_at`)
    - 회고 이력 (`reviews`)
    - ## 조치 항목
    - ## 교훈
    ");
    insta::assert_snapshot!(project.run(&["explain", "missing-sektion"]).shown(), @r"
    exit 2
    -- stderr
    error: there is no rule `missing-sektion`
      help: did you mean `missing-section`?
    ");
    let list = project.run(&["explain"]).out;
    for rule in bokgi::testing::rules() {
        assert!(list.contains(rule.code) && list.contains(rule.name), "{list}");
    }
}

#[test]
fn help_and_mistakes_in_the_users_language() {
    let project = Project::new();
    let korean = |args: &[&str]| {
        project.run_with(args, &[("LANG", "ko_KR.UTF-8"), ("SOURCE_DATE_EPOCH", "1780272000")])
    };
    insta::assert_snapshot!(korean(&["--help"]).shown(), @r#"
    exit 0
    -- stdout
    Markdown 장애 회고를 검사하고, 발행하고, 거기서 배웁니다

    사용법: bokgi [옵션] <명령>

    명령:
      check        보고서가 완전한지, 어디에 무엇이 빠졌는지 알려 줍니다
      explain      규칙이나 프로파일을 설명하고, 인자가 없으면 모두 보여 줍니다
      build        보고서를 정적 사이트로 발행합니다
      serve        쓰는 동안 사이트를 보여 주고, 바뀔 때마다 새로 고칩니다
      search       보고서를 찾습니다: 모든 낱말, "구절", -제외, a OR b, 서비스:결제, 이후:2026-01
      similar      보고서, 표준 입력의 초안, 지금 보이는 증상과 비슷한 장애를 찾습니다
      patterns     함께 되풀이되는 것, 그때 한 약속과 빠진 조치를 보여 줍니다
      actions      약속한 조치를 보여 줍니다: 미완료, 기한 지남, 기록 없음
      stats        장애를 어떻게 알아채고, 얼마나 걸리고, 언제 나는지 보여 줍니다
      init         설명이 달린 bokgi.toml을 만듭니다
      import       본문에 적힌 사실을 front matter에 옮겨 적습니다
      new          프로파일에 맞춰 질문이 담긴 새 보고서를 만듭니다
      schema       bokgi.toml이나 보고서 front matter의 JSON Schema를 보여 줍니다
      config       적용된 설정과 그 출처를 보여 줍니다
      completions  셸 자동 완성 스크립트를 출력합니다

    공통 옵션:
          --root <폴더>   프로젝트 폴더. 없으면 여기서부터 위로 bokgi.toml을 찾습니다
          --lang <언어>   메시지 언어 [값: en, ko]
          --color <때>    색을 쓸 때 [값: auto, always, never] [기본값: auto]
      -v, --verbose       정보와 제외한 파일까지 자세히 보여 줍니다
          --today <날짜>  오늘로 볼 날짜 (YYYY-MM-DD)

    옵션:
      -h, --help     도움말을 보여 줍니다
      -V, --version  버전을 보여 줍니다
    "#);
    insta::assert_snapshot!(korean(&["chekc"]).shown(), @r"
    exit 2
    -- stderr
    오류: `chekc`라는 명령은 없습니다
      도움말: 혹시 `schema, check`를 쓰려고 하셨나요?
    ");
    insta::assert_snapshot!(korean(&["check", "--format", "xml"]).shown(), @r"
    exit 2
    -- stderr
    오류: `xml`은 `--format <형식>`에 쓸 수 없는 값입니다
      도움말: 쓸 수 있는 값: full, concise, json, json-lines, github, gitlab, junit, sarif, rdjson, markdown
    ");
    insta::assert_snapshot!(project.run(&["check", "--formt", "json"]).shown(), @r"
    exit 2
    -- stderr
    error: `--formt` is not expected here
      help: did you mean `--format`?
    ");
    insta::assert_snapshot!(project.run(&["new"]).shown(), @r"
    exit 2
    -- stderr
    error: missing: <TITLE>
      help: usage: `bokgi new <TITLE>`
    ");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let project = Project::with(&[("bokgi.toml", "")]);
    for number in 0..200 {
        project.write(&format!("content/{number}.md"), b"# x\n\n## Sumary\n\ny\n");
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_bokgi"))
        .args(["check", "--format", "concise", "-v"])
        .current_dir(project.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
}

#[test]
fn colour_follows_the_flag_and_no_color() {
    let project = Project::with(&[("bokgi.toml", ""), ("content/a.md", "# x\n\n## Sumary\n\ny\n")]);
    let coloured = |args: &[&str], environment: &[(&str, &str)]| {
        project.run_with(args, environment).out.contains('\u{1b}')
    };
    assert!(!coloured(&["check"], &[]), "not a terminal");
    assert!(coloured(&["check", "--color", "always"], &[]));
    assert!(!coloured(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["check"], &[("NO_COLOR", "1")]));
}
