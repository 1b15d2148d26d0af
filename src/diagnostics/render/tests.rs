//! One project in every format for programs: two files, Korean, and text that would break out.

use super::{
    Comment, Room, RuleDocs, Suites, Voice, gitlab, json, json_lines, junit, markdown, rdjson,
    sarif,
};
use crate::diagnostics::{Edit, Finding, Fix, Related, RuleId, Severity};
use crate::l10n::{Lang, Text};
use crate::source::{SourceFile, Span};

const KOREAN: &str = "\u{feff}# 결제 장애\r\n\r\n- 14:02 알람\r\n- 14:01 <탐지>\r\n";
const HOSTILE: &str = "a\"|<b>\n]]>%0A::error::\u{1b}[31m @all [x](y) `z`\u{0}";

fn findings() -> [Finding; 3] {
    let place = |marked: &str| {
        let at = KOREAN.find(marked).unwrap_or(0);
        Span::new(at, at + marked.len())
    };
    let korean = SourceFile::new("content/결제 1.md", KOREAN);
    let one = Finding {
        severity: Severity::Error,
        rule: Some(RuleId { code: "TML002", name: "out-of-order" }),
        file: korean.clone(),
        span: Some(place("14:01")),
        message: Text::new("{count} {entry|entries} out of order", "순서가 어긋난 항목 {count}개")
            .with("count", 1_usize),
        help: Some(Text::new("sort them", "순서대로 적으세요").into()),
        related: vec![Related {
            span: place("14:02"),
            message: Text::new("later than this", "이보다 늦음").into(),
        }],
        subjects: Vec::new(),
        fix: Some(Fix {
            edits: vec![Edit { span: place("<탐지>"), text: "[탐지] \"&\"".into() }]
        }),
        depends_on_today: false,
    };
    let other = Finding {
        severity: Severity::Warning,
        rule: Some(RuleId { code: "DOC005", name: "unknown-key" }),
        file: SourceFile::new("content/b`'\"<|>\n,:%.md", "---\nx: y\n---\n"),
        span: None,
        message: Text::new("unknown key `{key}`", "모르는 키 `{key}`").with("key", HOSTILE),
        help: None,
        related: Vec::new(),
        subjects: vec!["x".to_owned()],
        fix: None,
        depends_on_today: false,
    };
    let today = Finding {
        severity: Severity::Info,
        span: Some(place("장애")),
        message: Text::new("old", "오래됨").into(),
        help: None,
        related: Vec::new(),
        fix: None,
        depends_on_today: true,
        ..one.clone()
    };
    [today, one, other]
}

const VOICE: Voice<'_> = Voice { lang: Lang::En, base_url: Some("https://kb.example/") };

fn shown(render: impl Fn(&[&Finding]) -> String) -> String {
    let findings = findings();
    let all: Vec<&Finding> = findings.iter().collect();
    let text = render(&all);
    assert!(text.ends_with('\n'), "{text}");
    text
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn docs(rule: RuleId, _: Lang) -> Option<RuleDocs> {
    (rule.code == "TML002").then(|| RuleDocs {
        summary: "Finds entries out of order.".to_owned(),
        text: "## What it does\nFinds entries out of order.".to_owned(),
        severity: Severity::Warning,
    })
}

#[test]
fn json_has_fixes_and_a_line_for_each_finding() {
    let document = parsed(&shown(|all| json(all, 2, VOICE)));
    let lines = shown(|all| json_lines(all, VOICE));
    let lines: Vec<serde_json::Value> = lines.lines().map(parsed).collect();
    assert_eq!(document["findings"].as_array(), Some(&lines));
    assert!(lines[0].get("fix").is_none());
    insta::assert_snapshot!(lines[1], @r#"{"code":"TML002","end":{"column":8,"line":4},"fix":{"edits":[{"content":"[탐지] \"&\"","end":{"column":13,"line":4},"start":{"column":9,"line":4}}]},"help":"sort them","message":"1 entry out of order","name":"out-of-order","path":"content/결제 1.md","related":[{"end":{"column":8,"line":3},"message":"later than this","start":{"column":3,"line":3}}],"severity":"error","start":{"column":3,"line":4},"url":"https://kb.example/rules/out-of-order/"}"#);
    let message = lines[2]["message"].as_str().unwrap_or_default();
    assert_eq!(message, format!("unknown key `{HOSTILE}`"));
}

#[test]
fn gitlab_is_code_quality() {
    insta::assert_snapshot!(shown(|all| gitlab(all, VOICE)), @r#"
    [
      {
        "description": "TML002: old",
        "check_name": "out-of-order",
        "fingerprint": "a8ddb4538aee2cfd:1",
        "severity": "info",
        "location": {
          "path": "content/결제 1.md",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      },
      {
        "description": "TML002: 1 entry out of order – sort them",
        "check_name": "out-of-order",
        "fingerprint": "a3ca156c3f5a0f5c:1",
        "severity": "major",
        "location": {
          "path": "content/결제 1.md",
          "lines": {
            "begin": 4,
            "end": 4
          }
        }
      },
      {
        "description": "DOC005: unknown key `a\"|<b> ]]>%0A::error:: [31m @all [x](y) `z` `",
        "check_name": "unknown-key",
        "fingerprint": "84dee34c7c093e47:1",
        "severity": "minor",
        "location": {
          "path": "content/b`'\"<|>\n,:%.md",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      }
    ]
    "#);
}

#[test]
fn rdjson_counts_bytes() {
    insta::assert_snapshot!(shown(|all| rdjson(all, VOICE)), @r#"
    {
      "source": {
        "name": "bokgi"
      },
      "severity": "ERROR",
      "diagnostics": [
        {
          "message": "old",
          "location": {
            "path": "content/결제 1.md",
            "range": {
              "start": {
                "line": 1,
                "column": 13
              },
              "end": {
                "line": 1,
                "column": 19
              }
            }
          },
          "severity": "INFO",
          "code": {
            "value": "TML002",
            "url": "https://kb.example/rules/out-of-order/"
          }
        },
        {
          "message": "1 entry out of order\nsort them",
          "location": {
            "path": "content/결제 1.md",
            "range": {
              "start": {
                "line": 4,
                "column": 3
              },
              "end": {
                "line": 4,
                "column": 8
              }
            }
          },
          "severity": "ERROR",
          "code": {
            "value": "TML002",
            "url": "https://kb.example/rules/out-of-order/"
          },
          "suggestions": [
            {
              "range": {
                "start": {
                  "line": 4,
                  "column": 9
                },
                "end": {
                  "line": 4,
                  "column": 17
                }
              },
              "text": "[탐지] \"&\""
            }
          ]
        },
        {
          "message": "unknown key `a\"|<b>\n]]>%0A::error::\u001b[31m @all [x](y) `z`\u0000`",
          "location": {
            "path": "content/b`'\"<|>\n,:%.md"
          },
          "severity": "WARNING",
          "code": {
            "value": "DOC005",
            "url": "https://kb.example/rules/unknown-key/"
          }
        }
      ]
    }
    "#);
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is what comes out")]
fn sarif_is_complete() {
    let version = env!("CARGO_PKG_VERSION");
    let text = shown(|all| sarif(all, &docs, VOICE)).replace(version, "[version]");
    insta::assert_snapshot!(text, @r###"
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "bokgi",
              "semanticVersion": "[version]",
              "rules": [
                {
                  "id": "DOC005",
                  "name": "unknown-key",
                  "helpUri": "https://kb.example/rules/unknown-key/"
                },
                {
                  "id": "TML002",
                  "name": "out-of-order",
                  "shortDescription": {
                    "text": "Finds entries out of order."
                  },
                  "fullDescription": {
                    "text": "Finds entries out of order."
                  },
                  "helpUri": "https://kb.example/rules/out-of-order/",
                  "help": {
                    "text": "## What it does\nFinds entries out of order.",
                    "markdown": "## What it does\nFinds entries out of order."
                  },
                  "defaultConfiguration": {
                    "level": "warning"
                  }
                }
              ]
            }
          },
          "language": "en",
          "columnKind": "unicodeCodePoints",
          "newlineSequences": [
            "\r\n",
            "\n",
            "\r"
          ],
          "results": [
            {
              "ruleId": "TML002",
              "ruleIndex": 1,
              "level": "note",
              "message": {
                "text": "old"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "content/%EA%B2%B0%EC%A0%9C%201.md"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 6,
                      "endLine": 1,
                      "endColumn": 8
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "bokgiFinding/v1": "a8ddb4538aee2cfd:1"
              }
            },
            {
              "ruleId": "TML002",
              "ruleIndex": 1,
              "level": "error",
              "message": {
                "text": "1 entry out of order\nsort them"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "content/%EA%B2%B0%EC%A0%9C%201.md"
                    },
                    "region": {
                      "startLine": 4,
                      "startColumn": 3,
                      "endLine": 4,
                      "endColumn": 8
                    }
                  }
                }
              ],
              "relatedLocations": [
                {
                  "id": 1,
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "content/%EA%B2%B0%EC%A0%9C%201.md"
                    },
                    "region": {
                      "startLine": 3,
                      "startColumn": 3,
                      "endLine": 3,
                      "endColumn": 8
                    }
                  },
                  "message": {
                    "text": "later than this"
                  }
                }
              ],
              "partialFingerprints": {
                "bokgiFinding/v1": "a3ca156c3f5a0f5c:1"
              },
              "fixes": [
                {
                  "description": {
                    "text": "sort them"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "content/%EA%B2%B0%EC%A0%9C%201.md"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 4,
                            "startColumn": 9,
                            "endLine": 4,
                            "endColumn": 13
                          },
                          "insertedContent": {
                            "text": "[탐지] \"&\""
                          }
                        }
                      ]
                    }
                  ]
                }
              ]
            },
            {
              "ruleId": "DOC005",
              "ruleIndex": 0,
              "level": "warning",
              "message": {
                "text": "unknown key `a\"|<b>\n]]>%0A::error::\u001b[31m @all [x\\](y) `z`\u0000`"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "content/b%60%27%22%3C%7C%3E%0A%2C%3A%25.md"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 1,
                      "endLine": 1,
                      "endColumn": 1
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "bokgiFinding/v1": "84dee34c7c093e47:1"
              }
            }
          ]
        }
      ]
    }
    "###);
}

#[test]
fn junit_fails_where_the_run_does() {
    let paths = ["content/c.md", "content/결제 1.md"];
    let with = |fail_on| shown(|all| junit(all, Suites { paths: &paths, fail_on }, VOICE));
    insta::assert_snapshot!(with(Severity::Error), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bokgi check" tests="3" skipped="0" failures="1" errors="0">
        <testsuite name="content/b`&apos;&quot;&lt;|&gt;
    ,:%.md" tests="1" skipped="0" errors="0" failures="0">
            <testcase name="DOC005 unknown-key" classname="content/b`&apos;&quot;&lt;|&gt;
    ,:%.md" time="0.000" file="content/b`&apos;&quot;&lt;|&gt;
    ,:%.md">
                <system-out>content/b`&apos;&quot;&lt;|&gt;
    ,:%.md:1:1: warning: unknown key `a&quot;|&lt;b&gt;
    ]]&gt;%0A::error::�[31m @all [x](y) `z`�`</system-out>
            </testcase>
        </testsuite>
        <testsuite name="content/c.md" tests="1" skipped="0" errors="0" failures="0">
            <testcase name="check" classname="content/c.md" time="0.000" file="content/c.md"/>
        </testsuite>
        <testsuite name="content/결제 1.md" tests="1" skipped="0" errors="0" failures="1">
            <testcase name="TML002 out-of-order" classname="content/결제 1.md" time="0.000" file="content/결제 1.md">
                <failure message="1 entry out of order" type="error">content/결제 1.md:1:6: info: old
    content/결제 1.md:4:3: error: 1 entry out of order
      sort them</failure>
            </testcase>
        </testsuite>
    </testsuites>
    "#);
    // What depends on today fails nothing.
    assert_eq!(with(Severity::Info).matches("<failure").count(), 2);
}

#[test]
fn markdown_holds_what_reports_say() {
    let comment = Comment { files: 3, sources: None, room: Room::COMMENT, alike: &[] };
    insta::assert_snapshot!(shown(|all| markdown(all, comment, VOICE)), @r#"
    <!-- bokgi check -->
    ### bokgi check

    3 reports · 1 error · 1 warning · 1 info

    <details open>
    <summary><code>content/결제 1.md</code> · 1 error · 1 info</summary>

    - **error** `content/결제 1.md:4` 1 entry out of order ([TML002](https://kb.example/rules/out-of-order/))\
      → sort them
    - info `content/결제 1.md:1` old ([TML002](https://kb.example/rules/out-of-order/))

    </details>

    <details open>
    <summary><code>content/b`'"&lt;|&gt; ,:%.md</code> · 1 warning</summary>

    - warning `` content/b`'"<|> ,:%.md:1 `` unknown key `a"|<b> ]]>%0A::error:: [31m @all [x](y) `z` ` ([DOC005](https://kb.example/rules/unknown-key/))

    </details>
    "#);
}
