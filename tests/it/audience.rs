//! Who gets to see what: a public edition, looked at file by file for what must not leave the house.

use crate::support::{COMPLETE, Project};

/// Everything a public edition must not say, each where it could slip through.
const PLANTED: [(&str, &str); 36] = [
    ("planted-inline", "<!-- internal -->planted-inline<!-- /internal --> Shown."),
    ("planted-block", "<!-- internal -->\n## planted-heading\n\nplanted-block\n<!-- /internal -->"),
    ("planted-heading", ""),
    ("planted-item", "- a\n- b <!-- internal -->planted-item<!-- /internal -->"),
    ("planted-cell", "| A |\n|---|\n| x <!-- internal -->planted-cell<!-- /internal --> |"),
    ("planted-quote", "> x <!-- internal -->planted-quote<!-- /internal -->"),
    ("planted-korean", "<!-- 내부 -->planted-korean<!-- /내부 -->"),
    ("planted-note", "See[^n].\n\n<!-- internal -->\n[^n]: planted-note\n<!-- /internal -->"),
    ("planted-comment", "<!-- planted-comment -->"),
    ("planted-multiline", "<!--\nTODO planted-multiline\n-->"),
    ("planted-inner-target", "[the other](planted-inner-target.md)"),
    (
        "planted-reference",
        "[by reference][planted-label]\n\n[planted-label]: planted-reference.md \"planted-hover\"",
    ),
    ("planted-label", ""),
    ("planted-hover", ""),
    ("planted-raw", "<a href=\"planted-raw.md\">raw</a>"),
    ("planted-image", "![](planted-image.png) and <img src=\"planted-image.png\" alt=\"\">"),
    (
        "planted-secret-image",
        "<!-- internal -->![](img/planted-secret-image.png)<!-- /internal -->",
    ),
    ("planted-commander", "@planted-commander took the lead."),
    ("planted-money", "It cost planted-money 1,000."),
    ("planted-attendee", "## Attendees\n\n- planted-attendee\n\n## More\n\nx"),
    (
        "planted-list-owner",
        "## Short-term actions\n\n- [ ] add an alarm (kind: detect, owner: planted-list-owner, due: 2026-07-01)\n- [x] fix it @planted-mention\n- [ ] look at it [planted bracket]\n- [ ] split the pool (담당: 플랜티드팀, 기한: 2026-07-01)",
    ),
    ("planted-mention", ""),
    ("planted bracket", ""),
    ("플랜티드팀", ""),
    (
        "planted-table-owner",
        "## Long-term actions\n\n| Action | Owner | Due |\n|---|---|---|\n| move it | planted-table-owner | 2026-09-01 |",
    ),
    (
        "planted-wrapped",
        "- [ ] watch it (kind: detect, owner: planted-wrapped\n  name, due: 2026-08-01)",
    ),
    ("planted-author", ""),
    ("planted-role", ""),
    ("planted-related", ""),
    ("planted-title", ""),
    ("planted-service", ""),
    ("planted-tag", ""),
    ("planted-alias", ""),
    ("planted-broken", ""),
    ("planted-unknown", ""),
    // Never closed: the last one.
    ("planted-unclosed-comment", "<!-- planted-unclosed-comment"),
];

fn planted() -> Project {
    let body: Vec<&str> = PLANTED.iter().map(|(_, text)| *text).collect();
    let body = body.join("\n\n");
    let public = format!(
        "---\ntitle: Public one\naudience: public\nauthor: planted-author\nseverity: SEV1\nservices: [payment]\nstarted_at: 2026-03-14T14:02:00+09:00\nresolved_at: 2026-03-14T15:10:00+09:00\nrelated: [planted-related]\nrecurrence_of: planted-related\nimpact: {{ users: 3, money: \"planted-money 1,000\" }}\nroles: {{ commander: \"@planted-commander\", planning: planted-role }}\n---\n\n**Incident commander:** planted-role\n\n## Summary\n\nFor an hour nobody could pay.\n\n{body}\n"
    );
    let inner = COMPLETE
        .replace("Payment outage", "planted-title")
        .replace("services: [payment]", "services: [planted-service]\ntags: [planted-tag]\naliases: [planted-alias]\nid: planted-related");
    let broken = "---\ntitle: [planted-broken\n---\n\n## Summary\n\nplanted-broken\n";
    let unclosed = COMPLETE
        .replace("title: Payment outage", "title: Unclosed\naudience: public")
        .replace("For an hour", "Before. <!-- internal --> planted-inline");
    let unknown = COMPLETE.replace("title: ", "audience: everybody\ntitle: planted-unknown ");
    let project = Project::with(&[
        (
            "bokgi.toml",
            "lang = \"en\"\n[site]\nbase_url = \"https://x.example/kb\"\nedit_url = \"https://planted-forge.example/{path}\"\n",
        ),
        ("content/public.md", &public),
        ("content/planted-inner-target.md", &inner),
        ("content/broken.md", broken),
        ("content/unclosed.md", &unclosed),
        ("content/unknown.md", &unknown),
    ]);
    project.write("content/img/planted-secret-image.png", crate::support::PIXEL);
    project
}

#[test]
fn a_public_edition_holds_nothing_that_is_internal() {
    let project = planted();
    let run = project.run(&["build", "--audience", "public"]);
    assert_eq!(run.code, 0, "{}", run.shown());
    let files = project.files("public");
    let page = project.read("public/r/public/index.html");
    for shown in ["For an hour nobody could pay.", "add an alarm", "2026-07-01", "move it"] {
        assert!(page.contains(shown), "{shown} is missing in {page}");
    }
    assert!(project.read("public/r/public.md").contains("add an alarm"));
    assert!(project.path("public/r/unclosed/index.html").exists());
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for (secret, _) in PLANTED.iter().chain(&[("planted", "")]) {
            let at =
                text.find(secret).map(|at| text[..at].chars().rev().take(80).collect::<String>());
            let before: Option<String> = at.map(|before| before.chars().rev().collect());
            assert_eq!(before, None, "{secret} is in {path}");
            assert!(!path.contains(secret), "{path}");
        }
    }
    // Inside, all of it is there.
    assert_eq!(project.run(&["build", "--audience", "restricted"]).code, 0);
    let all: String =
        project.files("public").iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    for (secret, _) in PLANTED {
        assert!(all.contains(secret), "{secret} was not planted");
    }
}

#[test]
fn search_finds_what_its_audience_may_see() {
    let project = planted();
    for audience in ["public", "internal"] {
        // With an index and without one.
        for indexed in [false, true] {
            if indexed {
                assert_eq!(project.run(&["build", "--audience", audience]).code, 0);
            }
            for query in
                ["planted-inline", "planted-title", "planted-broken", "플랜티드팀", "planted*"]
            {
                let run = project.run(&["search", "--audience", audience, "--", query]);
                let public = audience == "public";
                let found = run.out.contains("planted") || run.out.contains("플랜티드팀");
                let may = !public && query != "planted-broken";
                assert_eq!(found, may, "{audience} {query}: {}", run.shown());
            }
        }
    }
}

#[test]
fn an_internal_edition_holds_what_is_not_restricted() {
    let project = planted();
    assert_eq!(project.run(&["build"]).code, 0);
    assert!(project.read("public/r/public/index.html").contains("planted-inline"));
    assert!(project.read("public/r/planted-related/index.html").contains("planted-title"));
    // What cannot be read, and an audience nobody knows, stay inside.
    assert!(
        !project.path("public/r/broken").exists() && !project.path("public/r/unknown").exists()
    );
    let all: String =
        project.files("public").iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    assert!(!all.contains("planted-broken") && !all.contains("planted-unknown"));
    assert_eq!(project.run(&["build", "--audience", "restricted"]).code, 0);
    assert!(project.path("public/r/broken/index.html").exists());
}
