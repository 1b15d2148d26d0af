//! What must not be published: planted everywhere, looked for in everything that comes out.
//!
//! Secrets are put together here, so that no file of ours holds one.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::support::{COMPLETE, FORMATS, Project};

/// Letters and digits as a machine draws them.
fn random(length: usize) -> String {
    const LETTERS: &[u8] = b"aB3dE5fG7hJ9kL2mN4pQ6rS8tUvWxYz1";
    let mut state = 7_usize;
    (0..length)
        .map(|_| {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            char::from(LETTERS[(state >> 8) % LETTERS.len()])
        })
        .collect()
}

/// A secret of some kind.
pub(crate) struct Planted {
    pub(crate) kind: &'static str,
    /// As it is written where it is recognised.
    pub(crate) written: String,
    /// As it is said anywhere else.
    said: String,
    /// What nobody may read of it.
    hidden: String,
}

/// One secret of each kind.
pub(crate) fn planted() -> Vec<Planted> {
    let by_form = |kind: &'static str, token: String, from: usize| Planted {
        kind,
        written: token.clone(),
        hidden: token[from..].to_owned(),
        said: token,
    };
    let named = |kind: &'static str, written: &str, value: &str| Planted {
        kind,
        written: written.to_owned(),
        said: value.to_owned(),
        hidden: value.to_owned(),
    };
    let body = random(64);
    vec![
        by_form("aws", format!("{}{}", "AKIA", random(16).to_uppercase()), 4),
        by_form("github", format!("{}{}", "ghp_", random(36)), 4),
        by_form("slack", format!("{}-2047{}-{}", "xoxb", "31869502", random(24)), 5),
        by_form("stripe", format!("{}{}", "sk_live_", random(30)), 8),
        by_form("jwt", format!("{}JhbGciOiJIUzI1NiJ9.eyJpZCI6NDJ9.{}", "ey", random(43)), 3),
        by_form("resident", "991231-4384721".to_owned(), 0),
        by_form("card", "4532-0151-1283-0366".to_owned(), 0),
        named("password", "password: Tuna!fish77", "Tuna!fish77"),
        named("key", &format!("API_KEY={}", random(32)), &random(32)),
        named("url", "postgres://app:b1ueberry-pie@db-2/x", "b1ueberry-pie"),
        Planted {
            kind: "pem",
            written: format!(
                "-----BEGIN {} KEY-----\n{body}\n-----END PRIVATE KEY-----",
                "PRIVATE"
            ),
            said: "(none)".to_owned(),
            hidden: body,
        },
    ]
}

/// A report with a secret in every place that some rule may quote.
fn report(Planted { kind, written, said: line, .. }: &Planted) -> String {
    format!(
        "---\ntitle: 'Outage {kind} {line}'\nseverity: '{line}'\nstatus: '{line}'\naudience: internal\n'{line}': 1\nservices: ['{line}', '{line} ']\ntags: ['pool {line}', 'pool-{line}']\nrelated: ['{id}']\nstarted_at: '{line}'\ndetected_by: '{line}'\n---\n\n## {line}\n\nTBD {line}\n\n## Sumary {line}\n\n{written}\n\n## Timeline\n\n- 14:02 {line}\n- 13:01 [{line}][{line}] `{line}`\n\n<!-- {line} -->\n\n```\n{written}\n```\n\n[x](<{line}.md#{line}>) ![](<{line}.png>) <iframe src=\"https://a.example/{line}\">\n\n## Short-term actions\n\n- [ ] be careful with {line} (owner: {line}, due: {line})\n\n| Action | Owner |\n|---|---|\n| {line} | {line} |\n",
        id = line.replace(|ch: char| !ch.is_alphanumeric() && !matches!(ch, '-' | '_' | '.'), ""),
    )
}

fn project() -> Project {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n[site]\nbase_url = \"https://x.example\"\n"),
        ("content/2026-03-14-clean.md", COMPLETE),
    ]);
    for planted in planted() {
        let Planted { kind, written, said, .. } = &planted;
        project.write(&format!("content/{kind}.md"), report(&planted).as_bytes());
        let broken = format!("---\ntitle: [{said}\n---\n\n{written}\n");
        project.write(&format!("content/{kind}-broken.md"), broken.as_bytes());
        let draft =
            format!("---\nstatus: draft\ntitle: {kind} draft\n---\n\n# x {said}\n\n{written}\n");
        project.write(&format!("content/{kind}-draft.md"), draft.as_bytes());
    }
    project
}

/// Eight characters in a row of what nobody may read, and the kind of secret they belong to.
static HIDDEN: LazyLock<(AhoCorasick, Vec<&'static str>)> = LazyLock::new(|| {
    let mut parts: Vec<String> = Vec::new();
    let mut kinds = Vec::new();
    for Planted { kind, hidden, .. } in planted() {
        let chars: Vec<char> = hidden.chars().collect();
        let windows = chars.windows(8.min(chars.len()));
        parts.extend(windows.map(|part| part.iter().collect::<String>()));
        kinds.resize(parts.len(), kind);
    }
    (AhoCorasick::new(parts).unwrap(), kinds)
});

/// Fails where a text shows a secret.
fn assert_covered(from: &str, text: &str) {
    let (search, kinds) = &*HIDDEN;
    if let Some(found) = search.find(text) {
        let before: Vec<char> = text[..found.start()].chars().rev().take(160).collect();
        let around: String = before.into_iter().rev().collect();
        panic!("{} in {from}: {around}", kinds[found.pattern().as_usize()]);
    }
}

#[test]
fn no_output_shows_a_secret() {
    let project = project();
    let outputs = FORMATS.map(|format| format!("{format}=out.{format}"));
    for lang in ["en", "ko"] {
        let mut args = vec!["check", "-v", "--preview", "--lang", lang];
        args.extend(outputs.iter().flat_map(|output| ["--output", output.as_str()]));
        let run = project.run(&args);
        assert_eq!(run.code, 1, "{}", run.shown());
        assert_covered(&format!("{lang}, stdout"), &run.out);
        assert_covered(&format!("{lang}, stderr"), &run.err);
        for format in FORMATS {
            let text = project.read(&format!("out.{format}"));
            assert_covered(&format!("{lang}, {format}"), &text);
            for code in ["PUB001", "PUB002"] {
                // A comment has room for some findings only, the worst first.
                assert!(text.contains(code), "{format} without {code}");
            }
        }
    }
    // It is found in every file, whatever else is wrong there.
    let run = project.run(&["check", "--format", "concise", "--select", "PUB001,PUB002"]);
    for Planted { kind, .. } in planted() {
        for file in
            [format!("{kind}.md:"), format!("{kind}-broken.md:"), format!("{kind}-draft.md:")]
        {
            assert!(run.out.contains(&file), "{file} in {}", run.out);
        }
    }
}

#[test]
fn no_way_to_run_a_check_shows_a_secret() {
    let project = project();
    for args in [
        &["check", "--statistics"][..],
        &["check", "--statistics", "--format", "json"],
        &["check", "--diff"],
        &["check", "--diff", "--lang", "ko"],
        &["check", "--update-baseline"],
        &["check", "-v", "--baseline", "bokgi-baseline.json"],
        &["check", "-v", "content/password.md", "content/pem-draft.md"],
        &["check", "--select", "PUB", "--since", "2026-01-01", "--format", "full"],
    ] {
        let run = project.run(args);
        assert!(run.code != 2 && !run.shown().trim().is_empty(), "{}", run.shown());
        assert_covered(&args.join(" "), &run.shown());
    }
    let baseline = project.read("bokgi-baseline.json");
    assert!(baseline.contains("PUB001"), "{baseline}");
    assert_covered("the baseline", &baseline);

    let summary = project.path("summary.md");
    let environment = [
        ("SOURCE_DATE_EPOCH", "1780272000"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "team/postmortems"),
        ("GITHUB_SHA", "0123abc"),
    ];
    let run = project.run_with(&["check", "--format", "github"], &environment);
    assert_covered("the annotations", &run.shown());
    let summary = project.read("summary.md");
    assert!(summary.contains("PUB001"), "{summary}");
    assert_covered("the step summary", &summary);

    let some = |planted: &Planted| matches!(planted.kind, "aws" | "resident" | "pem");
    for planted in planted().into_iter().filter(some) {
        let text = report(&planted);
        let run = project.run_with_input(&["check", "-", "-v"], &text);
        assert_covered("standard input", &run.shown());
    }
    // What is mended is said, and nothing of what stood beside it.
    let run = project.run(&["check", "--fix"]);
    assert_covered("--fix", &run.shown());
}

#[test]
fn a_report_with_a_secret_is_in_no_build() {
    let project = project();
    for audience in ["internal", "public", "restricted"] {
        let run = project.run(&["build", "--audience", audience]);
        assert_eq!(run.code, 0, "{}", run.shown());
        for folder in ["public", ".bokgi"] {
            let files = project.files(folder);
            assert!(!files.is_empty());
            for (path, bytes) in &files {
                let text = String::from_utf8_lossy(bytes);
                assert_covered(path, &text);
                for Planted { kind, written, .. } in planted() {
                    assert!(!text.contains(&written), "{kind} in {path}");
                    assert!(!path.starts_with(&format!("r/{kind}")), "{path}");
                }
            }
        }
        assert_covered(audience, &run.shown());
        for Planted { kind, hidden, .. } in planted() {
            // The rules have pages, and a rule may be named like a kind.
            let said = run.err.contains(&format!("content/{kind}.md:"));
            assert_eq!(said, audience != "public", "{kind}: {}", run.shown());
            for query in [hidden.as_str(), "Outage"] {
                let found = project.run(&["search", "--audience", audience, "--", query]);
                assert!(!found.out.contains(&format!("{kind}.md")), "{kind}: {}", found.shown());
            }
        }
    }
    assert!(project.path("public/r/2026-03-14-clean/index.html").exists());
}

#[test]
fn search_without_an_index_finds_no_secret() {
    let project = project();
    for Planted { kind, hidden, .. } in planted() {
        let found = project.run(&["search", "--", &hidden]);
        assert!(!found.out.contains(&format!("{kind}.md")), "{kind}: {}", found.shown());
    }
    assert!(project.run(&["search", "--", "nobody could pay"]).out.contains("clean.md"));
}

#[test]
fn strict_publishes_nothing_whatever_rules_run() {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n[check]\nignore = [\"PUB\"]\n"),
        ("content/clean.md", COMPLETE),
    ]);
    assert_eq!(project.run(&["build", "--strict"]).code, 0);
    let before = project.files("public");
    let secret = COMPLETE.replace("nobody could pay", "nobody could pay, password: Tuna!fish77");
    project.write("content/secret.md", secret.replace("title: ", "title: Second ").as_bytes());
    let run = project.run(&["build", "--strict"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 1
    -- stderr
    kept out: content/secret.md:11 holds a secret: password `******`; take it out, or suppress PUB001 with a reason
    not published: 1 report with secrets, and --strict was asked for
    ");
    assert_eq!(project.files("public"), before);
    let run = project.run(&["build"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 0
    -- stdout
    published 1 report (N pages) to public
    -- stderr
    kept out: content/secret.md:11 holds a secret: password `******`; take it out, or suppress PUB001 with a reason
    ");
    assert!(!project.path("public/r/secret").exists());
}

#[test]
fn places_stay_true_where_a_line_is_covered() {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        (
            "content/a.md",
            "# 주문 실패\n\n고객 ９９１２３１－３１２８４５１ 과 991231-3128451, password: Tuna!fish77 와 hana.lee@bokgi.co.kr\n",
        ),
    ]);
    let run = project.run(&["check", "-v", "--select", "PUB"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 1
    -- stdout
    error[PUB002]: a personal number: Korean resident registration number `******－*******`
     --> content/a.md:3:4
      |
    3 | 고객 ＊＊＊＊＊＊－＊＊＊＊＊＊＊ 과 ******-*******, password: *********** 와 hana.lee@bokgi....
      |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^    --------------
      |
      = help: take it out or mask it (`991231-3******`, `****-0366`), here and in the history; until then the report is not published

    error[PUB001]: a secret: password `******`
     --> content/a.md:3:47
      |
    3 | 고객 ＊＊＊＊＊＊－＊＊＊＊＊＊＊ 과 ******-*******, password: *********** 와 hana.lee@bokgi....
      |                                                                ^^^^^^^^^^^
      |
      = help: revoke it where it was issued, then take it out here and out of the history; until then the report is not published

    info[PUB003]: contact detail of a person: `h…@bokgi.co.kr`
     --> content/a.md:3:61
      |
    3 | ...-*******, password: *********** 와 h*******@bokgi.co.kr
      |                                       ^^^^^^^^^^^^^^^^^^^^
      |
      = help: name the team or the role instead, or leave it out

    1 report · 2 errors · 1 info
    ");
}
