//! The lessons page: what reports say was learned, and nothing that waits to be written.

use crate::support::{COMPLETE, Project};

const TOLD: &str = "
## Lessons learned

### What went well
- The alarm came before the customers:
  - in two minutes
  - on the right phone
- TBD

### Where we got lucky
It was Sunday. Nobody was paying.

### What went wrong
None.

### Surprises
| What | Why |
|---|---|
| The pool is shared | one setting for two services |

## Investigation

| Hypothesis | Test | Result |
|---|---|---|
| Expired certificate | openssl | ruled out |
| Empty pool | metrics | confirmed |
";

fn project() -> Project {
    let told = format!("{COMPLETE}{TOLD}");
    let secret =
        told.replace("It was Sunday.", "<!-- internal -->\nSecret luck.\n<!-- /internal -->\n");
    Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        ("content/2026-03-14-a.md", &told),
        (
            "content/2026-03-15-b.md",
            &secret
                .replace("title: ", "audience: public\nkind: near-miss\ntitle: Nearly a ")
                .replace("03-14", "03-15"),
        ),
    ])
}

/// The page without what all pages have, tag by tag.
fn main_of(page: &str) -> String {
    let from = page.find("<main").unwrap();
    let until = page.find("</main>").unwrap();
    page[from..until].replace("><", ">\n<")
}

#[test]
fn lessons_come_from_their_sections() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, 0);
    let page = main_of(&project.read("public/lessons/index.html"));
    for said in [
        "The alarm came before the customers: in two minutes; on the right phone",
        "It was Sunday. Nobody was paying.",
        "The pool is shared · one setting for two services",
        "Expired certificate",
        "openssl",
        "No report says anything under: Lessons learned, What went wrong.",
        "Nearly a Payment outage",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    for unsaid in ["TBD", "None.", "Empty pool"] {
        assert!(!page.contains(unsaid), "{unsaid} is in {page}");
    }
    assert!(project.path("public/lessons/lucky/index.html").exists());
    assert!(!project.path("public/lessons/went-wrong/index.html").exists());
}

#[test]
fn a_public_page_holds_what_is_public() {
    let project = project();
    assert_eq!(project.run(&["build", "--audience", "public"]).code, 0);
    let page = main_of(&project.read("public/lessons/index.html"));
    assert!(page.contains("Nobody was paying.") && !page.contains("Secret"), "{page}");
    assert!(!page.contains("It was Sunday"), "the other report is internal: {page}");
}

#[test]
fn a_long_list_goes_on() {
    let many: String = (0..130).fold(String::new(), |text, at| text + &format!("- lesson {at}\n"));
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n"),
        ("content/a.md", &format!("{COMPLETE}\n## Lessons learned\n\n{many}")),
    ]);
    assert_eq!(project.run(&["build"]).code, 0);
    let second = main_of(&project.read("public/lessons/learned/page/2/index.html"));
    assert!(second.contains("lesson 100") && second.contains("lesson 129"), "{second}");
    assert!(!second.contains("lesson 99<"), "{second}");
}
