//! A project in a temporary folder, and the command run in it with nothing from outside.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every format that findings are printed in.
pub(crate) const FORMATS: [&str; 10] = [
    "full",
    "concise",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "junit",
    "sarif",
    "rdjson",
    "markdown",
];

/// A folder that goes away with its test.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A project with files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self::new();
        for (path, text) in files {
            project.write(path, text.as_bytes());
        }
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs `bokgi`, with a cleared environment and a fixed day.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[("SOURCE_DATE_EPOCH", "1780272000")])
    }

    pub(crate) fn run_with(&self, args: &[&str], environment: &[(&str, &str)]) -> Run {
        self.run_there("", args, environment)
    }

    /// The same, from a folder inside the project.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> Run {
        self.run_there(folder, args, &[("SOURCE_DATE_EPOCH", "1780272000")])
    }

    /// Starts `bokgi` and kills it after a while, whatever it is doing.
    pub(crate) fn run_and_kill(&self, args: &[&str], after: std::time::Duration) {
        let mut child = self.spawn(args);
        std::thread::sleep(after);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Starts `bokgi` with its output in pipes.
    pub(crate) fn spawn(&self, args: &[&str]) -> std::process::Child {
        Command::new(env!("CARGO_BIN_EXE_bokgi"))
            .args(args)
            .current_dir(self.root())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1780272000")
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs `bokgi` with text on its standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        use std::io::Write as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_bokgi"))
            .args(args)
            .current_dir(self.root())
            .env_clear()
            .env("SOURCE_DATE_EPOCH", "1780272000")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        self.ended(&child.wait_with_output().unwrap())
    }

    /// The same from a folder inside the project, with an environment.
    pub(crate) fn run_in_with(
        &self,
        folder: &str,
        args: &[&str],
        environment: &[(&str, &str)],
    ) -> Run {
        self.run_there(folder, args, environment)
    }

    fn run_there(&self, folder: &str, args: &[&str], environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_bokgi"))
            .args(args)
            .current_dir(self.path(folder))
            .env_clear()
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        self.ended(&output)
    }

    fn ended(&self, output: &std::process::Output) -> Run {
        let text = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .replace(&*self.root().to_string_lossy(), "[root]")
        };
        Run {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Every file below a folder, with its bytes.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let root = self.path(folder);
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        files.sort();
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// What a run printed and how it ended.
pub(crate) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// All of it, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        let mut shown = format!("exit {}\n", self.code);
        if !self.out.is_empty() {
            let _ = write!(shown, "-- stdout\n{}", self.out);
        }
        if !self.err.is_empty() {
            let _ = write!(shown, "-- stderr\n{}", self.err);
        }
        shown.split_inclusive('\n').map(without_pages).collect()
    }
}

/// How many pages a site has grows with the rules.
pub(crate) fn without_pages(line: &str) -> String {
    match line.split_once('(') {
        Some((before, after)) if after.contains(" pages)") || after.contains("쪽)") => {
            let after = after.trim_start_matches(|ch: char| ch.is_ascii_digit());
            format!("{before}(N{after}")
        }
        _ => line.to_owned(),
    }
}

/// An image of one pixel.
pub(crate) const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae,
    0x42, 0x60, 0x82,
];

/// A report that is complete by the standard profile.
pub(crate) const COMPLETE: &str = "\
---
title: Payment outage
severity: SEV1
services: [payment]
started_at: 2026-03-14T14:02:00+09:00
detected_at: 2026-03-14T14:05:00+09:00
resolved_at: 2026-03-14T15:10:00+09:00
---

## Summary
For an hour nobody could pay.

## Impact
4 % of the day's orders.

## Timeline
- 14:02 [started] the pool is empty
- 14:05 [detected] an alarm goes off
- 15:10 [resolved] payments work again

## Five whys
1. **Why could customers not pay?** The pool was empty.
2. **Why was it empty?** A query held its connections.
3. **Why did it?** `promo_usage` has no index.

## Short-term actions
- [x] alarm on waiting connections (owner: @payments, ticket: PAY-1)

## Long-term actions
None: the pool goes away with the new gateway.
";
