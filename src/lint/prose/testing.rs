//! Runs one prose rule on one sentence: what the tests of these rules are made of.

use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::lint::rule::{Check, Context, Rule};
use crate::lint::select::Selection;
use crate::lint::{Found, RULES};
use crate::parse::{Edition, report};
use crate::source::SourceFile;

use super::Searcher;

/// Whether the rule of this code finds something in a text.
fn finds(code: &str, text: &str, settings: &Settings) -> bool {
    let rule: &'static Rule =
        RULES.iter().find(|rule| rule.code == code).expect("a rule of this code");
    let selection = Selection::only(rule);
    let report = report(SourceFile::new("a.md", text), "a.md", settings, Edition::Restricted);
    let context = Context { settings };
    let mut found = Found::default();
    match rule.check {
        Check::Report(check) => check(&context, &report, &mut found),
        Check::Prose(_, check) => {
            let searcher =
                Searcher::new(selection.lookouts(), 0).expect("a prose rule is selected");
            check(&context, &searcher.read(&report), &mut found);
        }
        Check::Corpus(_) | Check::Together(_) | Check::Suppressions(_) => {}
    }
    !found.items.is_empty()
}

/// Checks guilty and innocent sentences, each below `heading`.
pub(in crate::lint) fn judge(code: &str, heading: &str, guilty: &[&str], innocent: &[&str]) {
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
    let mut wrong = Vec::new();
    for (sentences, expected) in [(guilty, true), (innocent, false)] {
        for sentence in sentences {
            let text = format!("---\nstatus: final\n---\n\n# t\n\n{heading}\n\n{sentence}\n");
            if finds(code, &text, &settings) != expected {
                wrong.push(format!("{}: {sentence}", if expected { "missed" } else { "accused" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{code}:\n{}", wrong.join("\n"));
}
