//! Two complete reports, and what becomes of them with one defect each.
//!
//! `fixtures/complete/` holds a knowledge base in which nothing is wrong: an English and a Korean report,
//! each with an older one that it refers to. `defects.en.txt` and `defects.ko.txt` list an edit for
//! every stable rule, after which that rule speaks, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bokgi::testing::{Found, Project as InMemory, profile_names, rules};

use crate::secrets::planted;
use crate::support::{FORMATS, Project};

/// The files below the content root, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// The report that most defects are put into, by language.
const REPORTS: [(&str, &str); 2] =
    [("en", "2026-04-29-gate-signing-key.md"), ("ko", "2026-05-12-seat-hold-shard.md")];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/complete")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

fn content() -> Files {
    let mut files = Files::new();
    for below in ["", "images/"] {
        for entry in std::fs::read_dir(folder().join("content").join(below)).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                let name = format!("{below}{}", entry.file_name().to_string_lossy());
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    assert!(files.len() >= 6);
    files
}

/// A defect, as one paragraph of the list describes it.
#[derive(Debug)]
struct Defect {
    code: String,
    /// What cannot but come along.
    with: BTreeSet<String>,
    /// The file it is put into.
    path: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// What stands there, and what takes its place.
    Edits(Vec<(String, String)>),
    /// A file that was not there.
    Beside(Vec<u8>),
}

fn defects(lang: &str, report: &str) -> Vec<Defect> {
    let text = read(&format!("defects.{lang}.txt"));
    text.split("\n== ").skip(1).map(|paragraph| defect(paragraph, lang, report)).collect()
}

fn defect(paragraph: &str, lang: &str, report: &str) -> Defect {
    let (header, body) = paragraph.split_once('\n').unwrap();
    let (header, with) = header.split_once(" with ").unwrap_or((header, ""));
    let mut words = header.split(' ');
    let code = words.next().unwrap().to_owned();
    let (kind, path) = match (words.next(), words.next()) {
        (Some("beside"), Some(path)) => {
            let file = folder().join(format!("beside/{code}.{lang}.md"));
            (Kind::Beside(std::fs::read(file).unwrap()), path)
        }
        (Some("in"), Some(path)) => (Kind::Edits(edits(body)), path),
        (None, None) => (Kind::Edits(edits(body)), report),
        other => panic!("{code}: {other:?}"),
    };
    let with = with.split_whitespace().map(str::to_owned).collect();
    Defect { code, with, path: path.to_owned(), kind }
}

fn edits(body: &str) -> Vec<(String, String)> {
    let secrets = planted();
    let filled = |text: &str| {
        secrets.iter().fold(text.trim_matches('\n').to_owned(), |text, secret| {
            text.replace(&format!("{{{}}}", secret.kind), &secret.written)
        })
    };
    let edit = |edit: &str| {
        let (from, to) = edit.split_once("\n=>").unwrap();
        (from.trim_start_matches('\n').to_owned(), filled(to))
    };
    body.split("\n&&").map(edit).collect()
}

impl Defect {
    /// The files with this defect in them.
    fn put_into(&self, mut files: Files) -> Files {
        let bytes = match &self.kind {
            Kind::Beside(bytes) => bytes.clone(),
            Kind::Edits(edits) => {
                let mut text = String::from_utf8(files[&self.path].clone()).unwrap();
                for (from, to) in edits {
                    let range = self.place(&text, from);
                    text.replace_range(range, to);
                }
                text.into_bytes()
            }
        };
        files.insert(self.path.clone(), bytes);
        files
    }

    /// Where a text stands, or everything between two; it has to be there once.
    fn place(&self, text: &str, from: &str) -> std::ops::Range<usize> {
        let (start, end) = from.split_once('…').unwrap_or((from, ""));
        let places: Vec<usize> = text.match_indices(start).map(|(at, _)| at).collect();
        let [at] = places[..] else { panic!("{}: {} times {start}", self.code, places.len()) };
        let after = at + start.len();
        let length = text[after..].find(end).map(|length| length + end.len());
        at..after + length.unwrap_or_else(|| panic!("{}: no {end}", self.code))
    }
}

#[test]
fn nothing_is_wrong_with_a_complete_report() {
    let profiles = profile_names();
    assert!(profiles.len() >= 9);
    for profile in profiles {
        let config =
            format!("{}preview = true\n[profiles]\ndefault = \"{profile}\"\n", read("bokgi.toml"));
        assert_eq!(InMemory::new(&config).check(&content()), [], "{profile}");
    }
}

/// The same through the command, with infos.
#[test]
fn the_command_has_nothing_to_complain_about() {
    let project = project(&content());
    for (lang, said) in [("en", "nothing to complain about\n"), ("ko", "지적할 것이 없습니다\n")]
    {
        let run = project.run(&["check", "-v", "--lang", lang, "--fail-on", "info"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.shown());
        assert!(run.out.ends_with(said) && run.out.lines().count() == 1, "{}", run.out);
    }
}

#[test]
fn every_stable_rule_finds_its_defect_in_english() {
    every_stable_rule_finds_its_defect(REPORTS[0]);
}

#[test]
fn every_stable_rule_finds_its_defect_in_korean() {
    every_stable_rule_finds_its_defect(REPORTS[1]);
}

fn every_stable_rule_finds_its_defect((lang, report): (&str, &str)) {
    let rules = rules();
    let stable: Vec<&str> =
        rules.iter().filter(|rule| rule.is_stable).map(|rule| rule.code).collect();
    let defects = defects(lang, report);
    let listed: Vec<&str> = defects.iter().map(|defect| defect.code.as_str()).collect();
    assert_eq!(listed, stable, "the list in defects.{lang}.txt (left) and the rules (right)");
    let project = InMemory::new(&read("bokgi.toml"));
    for defect in &defects {
        let found = project.check(&defect.put_into(content()));
        let codes: BTreeSet<&str> = found.iter().map(|found| found.code).collect();
        let mut expected: BTreeSet<&str> = defect.with.iter().map(String::as_str).collect();
        expected.insert(&defect.code);
        assert_eq!(codes, expected, "{lang} {}: {found:#?}", defect.code);
        let is_there = |found: &Found| found.code == defect.code && found.path == defect.path;
        assert!(found.iter().any(is_there), "{lang} {}: {found:#?}", defect.code);
    }
}

/// One defect of every family.
#[test]
fn every_format_names_the_rule() {
    let outputs = FORMATS.map(|format| format!("{format}=out.{format}"));
    let names: BTreeMap<&str, &str> = rules().iter().map(|rule| (rule.code, rule.name)).collect();
    for (lang, report) in REPORTS {
        let mut families = BTreeSet::new();
        for defect in defects(lang, report) {
            if !families.insert(defect.code[..3].to_owned()) {
                continue;
            }
            let project = project(&defect.put_into(content()));
            let mut args = vec!["check", "--lang", lang];
            args.extend(outputs.iter().flat_map(|output| ["--output", output.as_str()]));
            let run = project.run(&args);
            assert_eq!(run.err, "", "{lang} {}", defect.code);
            for format in FORMATS {
                let text = project.read(&format!("out.{format}"));
                let named = text.contains(&defect.code) || text.contains(names[&*defect.code]);
                assert!(named && text.contains(&defect.path), "{format} {}: {text}", defect.code);
            }
        }
        assert!(families.len() >= 9, "{families:?}");
    }
}

fn project(files: &Files) -> Project {
    let project = Project::with(&[("bokgi.toml", &read("bokgi.toml"))]);
    for (path, bytes) in files {
        project.write(&format!("content/{path}"), bytes);
    }
    project
}
