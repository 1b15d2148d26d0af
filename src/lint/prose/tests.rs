//! Which sentences there are, and what they know.

use super::{Lookout, Role, Searcher};
use crate::config::{Overrides, Surroundings, resolve};
use crate::lint::select::Selection;

use crate::parse::{Edition, report};
use crate::source::SourceFile;

static ALL: Lookout = Lookout { words: Vec::new, reads: |_| true };

fn read<T>(text: &str, look: impl FnOnce(&super::Prose<'_>) -> T) -> T {
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
    let report = report(SourceFile::new("a.md", text), "a.md", &settings, Edition::Restricted);
    let searcher = Searcher::new(Selection::every().lookouts(), 0).expect("there are prose rules");
    look(&searcher.read(&report))
}

#[test]
fn sentences_know_where_they_stand() {
    let text = "# t\n\nNothing here.\n\n## 5 Whys\n1. Why? → A typo. So it was.\n2. Why a typo? → Human error\n\n## Root cause\n- By mistake\n  - nothing asks\n\n## What went well\nWe should have failed.\n";
    let shown = read(text, |prose| {
        prose
            .sentences(&ALL)
            .map(|sentence| {
                let role = match sentence.unit.role {
                    Role::Answer => "answer",
                    Role::LastAnswer => "last answer",
                    Role::Factor => "factor",
                    Role::Other => "other",
                };
                format!("{role}, last {}: {}", sentence.is_last(), sentence.text().trim())
            })
            .collect::<Vec<_>>()
            .join("\n")
    });
    insta::assert_snapshot!(shown, @r"
    answer, last false: why?
    answer, last false: → a typo.
    answer, last true: so it was.
    last answer, last false: why a typo?
    last answer, last true: → human error
    factor, last false: by mistake
    ");
}

#[test]
fn a_report_without_the_words_is_not_parsed_again() {
    let count = read("# t\n\n## Root cause\nThe pool was full.\n", |prose| prose.units.len());
    assert_eq!(count, 0);
}
