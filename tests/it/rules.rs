//! Every rule: its documentation, the examples in it, and its folder of fixtures.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bokgi::testing::{Project as InMemory, rules};

use crate::support::Project;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules")
}

#[test]
fn codes_and_names_are_sorted_and_unique() {
    let rules = rules();
    let codes: Vec<&str> = rules.iter().map(|rule| rule.code).collect();
    let sorted: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes, sorted.iter().copied().collect::<Vec<_>>());
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules.len());
    assert!(rules.len() >= 31);
}

#[test]
fn documentation_is_complete_in_both_languages() {
    let headings = [
        ["## What it does", "## Why it matters", "## Example"],
        ["## 무엇을 찾나요", "## 왜 중요한가요", "## 예"],
    ];
    for rule in rules() {
        for (docs, headings) in rule.docs.iter().zip(headings) {
            for heading in headings {
                assert!(docs.text.lines().any(|line| line == heading), "{}: {heading}", rule.code);
            }
            assert!(!docs.summary.is_empty() && docs.summary.len() < 400, "{}", rule.code);
        }
        let korean = rule.docs[1].text.chars().filter(|ch| ('가'..='힣').contains(ch)).count();
        assert!(korean > 40, "{}", rule.code);
    }
}

/// What cannot be shown as one readable report has its fixtures only.
const WITHOUT_EXAMPLES: [&str; 6] = ["DOC001", "DOC009", "DOC022", "REL003", "REL004", "REL005"];

#[test]
fn examples_in_the_documentation_are_true() {
    let mut run = 0;
    for rule in rules() {
        for docs in &rule.docs {
            if WITHOUT_EXAMPLES.contains(&rule.code) {
                continue;
            }
            let project = InMemory::new(&docs.config);
            assert!(!docs.bad.is_empty() && !docs.good.is_empty(), "{}: no examples", rule.code);
            for (file, text) in &docs.bad {
                let found = project.codes(file, text);
                assert!(
                    found.contains(&rule.code),
                    "{}: not found in\n{text}\n{found:?}",
                    rule.code
                );
                run += 1;
            }
            for (file, text) in &docs.good {
                let found = project.codes(file, text);
                assert!(!found.contains(&rule.code), "{}: found in\n{text}", rule.code);
                run += 1;
            }
        }
    }
    assert!(run > 100, "{run} examples");
}

/// Each folder is a project; `expected.txt` is what the rule says about it in both languages. Set
/// `BLESS=1` to write it anew.
#[test]
fn fixtures_are_found_as_expected() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        let folder = fixtures().join(rule.code);
        assert!(folder.is_dir(), "{} has no fixtures", rule.code);
        seen.insert(rule.code.to_owned());
        let project = Project::new();
        copy(&folder, project.root());
        let mut shown = String::new();
        for lang in ["en", "ko"] {
            let args = [
                "check",
                "--lang",
                lang,
                "--extend-select",
                rule.code,
                "--format",
                "concise",
                "-v",
            ];
            let run = project.run(&args);
            assert!(run.err.is_empty(), "{}: {}", rule.code, run.err);
            let findings =
                run.out.lines().filter(|line| line.contains(&format!("[{}]", rule.code)));
            findings.for_each(|line| {
                shown.push_str(line);
                shown.push('\n');
            });
        }
        assert!(shown.contains(rule.code), "{} finds nothing in its fixtures", rule.code);
        assert!(
            !shown.contains("good"),
            "{} finds something in a good fixture:\n{shown}",
            rule.code
        );
        let expected = folder.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &shown).unwrap();
        }
        let text = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(shown, text, "{}: run with BLESS=1 and look at the difference", rule.code);
    }
    let folders = std::fs::read_dir(fixtures()).unwrap();
    let folders: BTreeSet<String> =
        folders.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, seen, "a folder of fixtures without a rule");
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
