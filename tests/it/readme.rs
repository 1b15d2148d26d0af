//! The tour in both READMEs: what it says is typed, and what it shows is printed.

use std::process::Command;

use crate::support::{Project, without_pages};

/// The lines of the `console` blocks, in order.
fn tour(readme: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
    let text = std::fs::read_to_string(path).unwrap();
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if inside => lines.push(line.to_owned()),
            _ => {}
        }
    }
    lines
}

/// Runs a line as a shell would, with this build of `bokgi` first in the path.
fn shell(project: &Project, line: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_bokgi")).parent().unwrap();
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(project.root())
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .env("SOURCE_DATE_EPOCH", "1780272000")
        .output()
        .unwrap();
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).unwrap()
}

fn walk(readme: &str) {
    let project = Project::new();
    let lines = tour(readme);
    let mut commands = 0;
    let mut at = 0;
    while at < lines.len() {
        let Some(command) = lines[at].strip_prefix("$ ") else { panic!("{readme}: {}", lines[at]) };
        let end = lines[at + 1..]
            .iter()
            .position(|line| line.starts_with("$ "))
            .map_or(lines.len(), |next| at + 1 + next);
        let mut expected = &lines[at + 1..end];
        let printed = shell(&project, command);
        let mut printed: Vec<&str> = printed.lines().collect();
        // An ellipsis stands for the rest.
        if expected.last().is_some_and(|line| line == "…") {
            expected = &expected[..expected.len() - 1];
            assert!(printed.len() > expected.len(), "{readme}: `{command}` prints no more");
            printed.truncate(expected.len());
        }
        let printed: Vec<String> = printed.into_iter().map(without_pages).collect();
        let expected: Vec<String> = expected.iter().map(|line| without_pages(line)).collect();
        assert_eq!(printed, expected, "{readme}: `{command}`");
        commands += 1;
        at = end;
    }
    assert!(commands >= 8, "{readme} has a tour");
    assert!(project.path("public/index.html").exists());
}

#[test]
#[cfg(unix)]
fn the_english_tour_is_true() {
    walk("README.md");
}

#[test]
#[cfg(unix)]
fn the_korean_tour_is_true() {
    walk("README.ko.md");
}

#[test]
fn both_commands_are_in_both_languages() {
    for readme in ["README.md", "README.ko.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
        let text = std::fs::read_to_string(path).unwrap();
        for command in ["cargo run --release -- build", "tests/run"] {
            assert!(text.lines().any(|line| line.starts_with(command)), "{readme}: {command}");
        }
    }
}
