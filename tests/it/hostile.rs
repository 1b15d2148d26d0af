//! Bad input: each file gets its finding at its place, and the rest of the folder is read.

use proptest::prelude::*;

use crate::support::{COMPLETE, Project};

const HEAD: &str = "---\ntitle: t\nstatus: final\n---\n\n";

/// A folder in which one report is as it should be.
fn hostile() -> Project {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\ntimezone = \"Asia/Seoul\"\n"),
        ("content/2026-03-14-good.md", COMPLETE),
        ("content/bom.md", &format!("\u{feff}{COMPLETE}")),
        ("content/crlf.md", &COMPLETE.replace('\n', "\r\n")),
        ("content/nul.md", "# A\0B\n"),
        ("content/empty.md", ""),
        ("content/blank.md", "\n \t\n\n"),
        ("content/no-heading.md", "It broke, and then it worked again.\n"),
        ("content/yaml-broken.md", "---\ntitle: [a\nseverity: SEV1\n---\n\n## Summary\nx\n"),
        (
            "content/yaml-unclosed.md",
            "---\ntitle: a\n\n## Summary\n\nThe front matter never ends.\n",
        ),
        ("content/toml.md", "+++\ntitle = \"a\"\nseverity = \"SEV1\"\n+++\n\n## Summary\nx\n"),
        ("content/yaml-bomb.md", &yaml_bomb()),
        ("content/yaml-deep.md", &format!("---\ntitle: t\na: {}\n---\n", "[".repeat(10_000))),
        ("content/quotes-deep.md", &format!("{HEAD}{}x\n", "> ".repeat(10_000))),
        ("content/lists-deep.md", &format!("{HEAD}{}", nested_list(1_000))),
        (
            "content/one-line-fence.md",
            &format!("{HEAD}## Timeline\n\n```14:02 pool empty```\n\n- 14:02 alarm\n"),
        ),
        ("content/heading-without-space.md", &format!("{HEAD}##Timeline\n\n- 14:02 alarm\n")),
        (
            "content/setext.md",
            "Payment outage\n==============\n\nTimeline\n--------\n\n- 14:02 alarm\n",
        ),
        ("content/accidental-setext.md", &format!("{HEAD}## Summary\n\nIt broke.\n---\n\nMore.\n")),
        ("content/../outside.md", "# Not a report\n"),
        (
            "content/script.md",
            "---\ntitle: \"<script>alert(1)</script>\"\nid: \"../../etc\"\nservices: [\"<img src=x onerror=alert(2)>\"]\n---\n\n## Summary\n\n<script>alert(3)</script> [go](javascript:alert(4)) <a href=\"JaVaScRiPt:alert(5)\" onclick=\"alert(6)\">x</a>\n\n<style>body{display:none}</style><iframe src=\"https://example.com\"></iframe>\n",
        ),
    ]);
    project.write("content/not-utf8.md", b"# caf\xe9\n\nline\n");
    project.write("content/utf16.md", b"\xff\xfe#\0 \0A\0\n\0");
    let mut line = HEAD.as_bytes().to_vec();
    line.resize(50 << 20, b'a');
    project.write("content/line-50mb.md", &line);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        std::fs::create_dir_all(project.path("content/folder")).unwrap();
        symlink("..", project.path("content/folder/loop")).unwrap();
        symlink("../outside.md", project.path("content/link-out.md")).unwrap();
        symlink("nowhere.md", project.path("content/link-broken.md")).unwrap();
        symlink("2026-03-14-good.md", project.path("content/link-in.md")).unwrap();
    }
    project
}

/// A billion strings in a few lines.
fn yaml_bomb() -> String {
    let mut text = String::from("---\ntitle: t\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let copies = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{copies}]\n"));
    }
    text.push_str("---\n\n## Summary\n\nx\n");
    text
}

fn nested_list(depth: usize) -> String {
    let mut text = String::new();
    for level in 0..depth {
        text.push_str(&"  ".repeat(level));
        text.push_str("- x\n");
    }
    text
}

/// What is about the file as such; the rest of the findings say what each report lacks.
const FILE_RULES: &str = "DOC001,DOC002,DOC003,DOC004,DOC009,DOC020,DOC021,DOC022,SEC004,SEC006,SEC007,SEC008,SEC009,SEC010";

#[test]
#[cfg(unix)]
fn each_bad_file_gets_a_finding_at_its_place() {
    let run = hostile().run(&["check", "--format", "concise", "-v", "--select", FILE_RULES]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 1
    -- stdout
    content/accidental-setext.md:8:1: warning[SEC007] this paragraph is a heading because of the line below it
    content/blank.md:1:1: error[DOC021] the report is empty
    content/empty.md:1:1: error[DOC021] the report is empty
    content/folder/loop:1:1: error[DOC001] a link to a folder it stands in
    content/heading-without-space.md:6:1: warning[SEC006] `Timeline` is no heading without a space after `#`
    content/line-50mb.md:1:1: error[DOC001] 50 MiB; a report is at most 4 MiB
    content/link-broken.md:1:1: error[DOC001] a link that leads nowhere
    content/link-out.md:1:1: error[DOC001] a link that leads out of the folder
    content/lists-deep.md:2:8: warning[SEC009] no headings: its parts cannot be told apart
    content/lists-deep.md:30:49: warning[DOC022] lists or quotes nested more than 48 deep
    content/no-heading.md:1:1: info[DOC002] no front matter
    content/no-heading.md:1:1: warning[SEC009] no headings: its parts cannot be told apart
    content/not-utf8.md:1:1: error[DOC001] not UTF-8 (byte 5)
    content/nul.md:1:1: error[DOC001] a NUL byte (byte 3): not a text file
    content/one-line-fence.md:8:1: warning[SEC008] code fence is closed on the line it opens on
    content/quotes-deep.md:2:8: warning[SEC009] no headings: its parts cannot be told apart
    content/quotes-deep.md:6:97: warning[DOC022] lists or quotes nested more than 48 deep
    content/setext.md:1:1: info[DOC002] no front matter
    content/toml.md:1:1: warning[DOC004] front matter is TOML
    content/utf16.md:1:1: error[DOC001] a NUL byte (byte 3): not a text file
    content/yaml-bomb.md:6:45: error[DOC003] invalid front matter: more than 10000 values once aliases are expanded
    content/yaml-broken.md:3:9: error[DOC003] invalid front matter: expected one `key: value` a line; a value with `:` or `[…]` in it needs quotes
    content/yaml-deep.md:2:8: error[DOC021] the report is empty
    content/yaml-deep.md:3:36: error[DOC003] invalid front matter: nested too deeply
    content/yaml-unclosed.md:1:1: error[DOC003] front matter is never closed
    25 reports · 14 errors · 9 warnings · 2 infos
    2 can be mended with --fix; --diff shows how
    ");
}

#[test]
fn nothing_is_lost_and_no_script_is_published() {
    let project = hostile();
    let run = project.run(&["build"]);
    insta::assert_snapshot!(run.shown(), @r"
    exit 0
    -- stdout
    published 14 reports (N pages) to public
    -- stderr
    check: 40 errors, 12 warnings (`bokgi check` shows them)
    left out: 4 restricted reports (unreadable front matter restricts a report)
    ");
    let index: serde_json::Value =
        serde_json::from_str(&project.read("public/index.json")).unwrap();
    let read: Vec<&str> =
        index["reports"].as_array().unwrap().iter().filter_map(|i| i["path"].as_str()).collect();
    insta::assert_snapshot!(read.join("\n"), @r"
    2026-03-14-good.md
    bom.md
    crlf.md
    accidental-setext.md
    blank.md
    empty.md
    heading-without-space.md
    lists-deep.md
    no-heading.md
    one-line-fence.md
    quotes-deep.md
    script.md
    setext.md
    toml.md
    ");
    for (path, bytes) in project.files("public") {
        let page = String::from_utf8_lossy(&bytes);
        assert_eq!(dangerous(&page).filter(|_| path.ends_with("index.html")), None, "{path}");
    }
}

/// Text that a parser chokes on when it looks ahead or back once per character: a quadratic step
/// anywhere between reading and the page makes this test take minutes.
#[test]
fn pathological_text_is_read_and_published_in_linear_time() {
    const UNITS: [&str; 47] = [
        "http",
        "https://a.example/)",
        "https://a.example/ ",
        "<details>",
        "<div>\n\n",
        "<a b=\"",
        "\\\n",
        "{{",
        "[",
        "](",
        "![",
        "*a _b ",
        "`a ``",
        "<!--",
        "<a ",
        "<img ",
        "**Why?** ",
        "| a ",
        "|\n",
        "- [ ] a\n",
        "1. a\n",
        "#",
        "# Timeline\n",
        "14:02 ",
        "- 14:02 a\n",
        "2026-03-14T",
        "**Date:** ",
        "(owner: ",
        "@a ",
        "✅",
        "[here](x) ",
        "a: ",
        "a: b / ",
        "왜 ",
        "→",
        "\u{300}",
        "\\",
        "&",
        "\r",
        "human error. ",
        "we should have ",
        "실수 ",
        "[^1]: a\n",
        "[a]: b\n",
        "a|b\n-|-\n",
        "> ",
        "<!-- internal -->",
    ];
    const BEFORE: [&str; 4] = ["", "## Timeline\n\n- ", "## Five whys\n\n", "## Actions\n\n"];
    let project = Project::with(&[("bokgi.toml", "lang = \"en\"\n")]);
    for (index, unit) in UNITS.iter().enumerate() {
        for (place, before) in BEFORE.iter().enumerate() {
            let text = format!("{HEAD}{before}{}", unit.repeat((128 << 10) / unit.len()));
            project.write(&format!("content/{index}-{place}.md"), text.as_bytes());
        }
    }
    let run = project.run(&["build", "--audience", "restricted"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    assert!(run.out.contains(&format!("{} reports", UNITS.len() * BEFORE.len())), "{}", run.out);
}

/// A tag of a page that could run something or change how it looks. The one script is ours.
fn dangerous(page: &str) -> Option<&str> {
    page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(tag)).find(|tag| {
        let ours = tag.strip_prefix("script src=\"").is_some_and(|rest| {
            rest.trim_start_matches("../").trim_start_matches('/') == "assets/site.js\" defer"
        });
        let tag = tag.to_ascii_lowercase();
        // What stands between quotes is a value: escaped, so it ends where it ends.
        let outside: String = tag.split('"').step_by(2).collect();
        let elements = ["script", "iframe", "style", "object", "embed", "form", "base"];
        let name = tag.split(|ch: char| !ch.is_alphanumeric()).next();
        !ours
            && (elements.iter().any(|element| name == Some(element))
                || [" on", " style="].iter().any(|bad| outside.contains(bad))
                || tag.contains("\"javascript:"))
    })
}

/// Pieces that reports are made of, in any order.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "---\n",
        "+++\n",
        "# ",
        "## Timeline\n",
        "## 5 Whys\n",
        "## 조치\n",
        "**Date:** ",
        "- ",
        "  - ",
        "1. ",
        "- [ ] ",
        "- [x] ",
        "| ",
        " |\n",
        "|-|-|\n",
        "\n",
        "\n\n",
        "\r\n",
        "14:02",
        "오후 2시 5분",
        "2026-03-14",
        "25:99",
        "T+5m",
        "3/14",
        " ~ ",
        " – ",
        " (UTC+9)",
        "KST",
        "왜?",
        "Why? ",
        "→ ",
        "(owner: @a, due: 2026-02-30)",
        " due:",
        "@",
        "✅",
        "{#id}",
        "P1 ",
        "[탐지] ",
        "<!-- internal -->",
        "<!-- /internal -->",
        "<!--",
        "-->",
        "```",
        "`",
        "**",
        "[a](b)",
        "<b>",
        "<script>",
        "<a style=x onerror=y>",
        "](javascript:x)",
        "\u{3000}",
        "\u{feff}",
        "가",
        "e\u{301}",
        "🔥",
        "title: ",
        "severity: SEV1\n",
        "services: [a, ",
        "started_at: ",
        "없음",
        "TBD",
    ];
    prop_oneof![
        4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => proptest::string::string_regex(".{0,12}").unwrap(),
    ]
}

/// Reading, judging and publishing never panic, and nothing that could run gets into a page.
#[test]
fn any_text_is_read() {
    let project = bokgi::testing::Project::new("");
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) };
    proptest!(config, |(pieces in proptest::collection::vec(piece(), 0..60))| {
        let text = pieces.concat();
        let site = project.site("2026-03-14-report.md", &text);
        for (path, page) in site.iter().filter(|(path, _)| path.ends_with("index.html")) {
            prop_assert_eq!(dangerous(page), None, "{} from {:?}", path, text);
        }
    });
}
