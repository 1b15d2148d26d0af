//! The shape of the code: layers as ARCHITECTURE.md has them, and what each file opens with.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds Rust files");
    files
}

/// The module a file of `src/` belongs to.
fn module(path: &Path) -> String {
    let below = path.strip_prefix("src").unwrap();
    below.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The table of ARCHITECTURE.md: modules in their order, each with what it may use.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| {
            let name = row.split('`').next().unwrap().to_owned();
            let uses = row.trim_end_matches(" |").rsplit("| ").next().unwrap();
            (name, uses.split(", ").filter(|name| *name != "–").map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn modules_use_only_what_the_architecture_says() {
    let table = table();
    for (at, (name, uses)) in table.iter().enumerate() {
        for used in uses {
            assert!(
                table[..at].iter().any(|(above, _)| above == used),
                "{used} is not above {name}"
            );
        }
    }
    let allowed: BTreeMap<String, BTreeSet<String>> = table.into_iter().collect();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in sources("src") {
        let name = module(&path);
        if ["main", "lib", "testing"].contains(&name.as_str()) {
            continue;
        }
        let seen = used.entry(name.clone()).or_default();
        for (at, _) in text.match_indices("crate::") {
            let word: String = text[at + "crate::".len()..]
                .chars()
                .take_while(|ch| ch.is_alphanumeric() || *ch == '_')
                .collect();
            if allowed.contains_key(&word) && word != name {
                seen.insert(word);
            }
        }
    }
    assert_eq!(used, allowed, "the table in ARCHITECTURE.md (right) and the code (left)");
}

#[test]
fn every_module_says_what_it_is() {
    for folder in ["src", "search", "tests"] {
        for (path, text) in sources(folder) {
            assert!(text.starts_with("//! "), "{} opens without `//!`", path.display());
        }
    }
}

#[test]
fn no_file_is_a_labyrinth() {
    for folder in ["src", "search", "tests"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= 600, "{} has {lines} lines", path.display());
        }
    }
    assert!(fs::read_to_string(root().join("src/main.rs")).unwrap().lines().count() < 20);
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(architecture.lines().count() <= 150);
}

/// A brace that is missing hides every rule after it on wide screens, and no page says so.
#[test]
fn the_style_sheet_closes_what_it_opens() {
    let text = fs::read_to_string(root().join("themes/default/assets/style.css")).unwrap();
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

/// Crates that one module alone may know.
#[test]
fn parsers_and_templates_have_one_owner() {
    let owners = [
        ("granit_parser", "tree"),
        ("::toml", "tree"),
        ("pulldown_cmark", "markup"),
        ("ammonia", "markup"),
        ("tera::", "site"),
        ("clap::", "cli"),
        ("clap_complete", "cli"),
        ("quick_junit", "diagnostics"),
        ("walkdir", "fs"),
        ("rustix", "fs"),
        ("hyper::", "serve"),
        ("tokio::", "serve"),
        ("notify::", "serve"),
    ];
    for (path, text) in sources("src") {
        for (word, owner) in owners {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let knows = code.clone().any(|line| line.contains(word));
            assert!(!knows || module(&path) == owner, "{} knows {word}", path.display());
        }
    }
}

#[test]
fn the_bundled_reports_pass_their_own_check() {
    for lang in ["en", "ko"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bokgi"))
            .args(["--lang", lang, "check", "-v", "--fail-on", "info"])
            .current_dir(root())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1795219200")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}");
        assert!(fs::read_dir(root().join("content")).unwrap().count() >= 6);
    }
}
