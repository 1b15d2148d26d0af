//! `completions`: every shell has a script, and it is one.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::Project;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn every_shell_completes_commands_options_and_values() {
    let project = Project::new();
    for lang in ["en", "ko"] {
        for shell in SHELLS {
            let run = project.run(&["completions", shell, "--lang", lang]);
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{shell}");
            let words: &[&str] = match shell {
                // Clap completes values in these only.
                "bash" | "fish" | "zsh" => &["check", "fail-on", "json-lines"],
                _ => &["check", "fail-on"],
            };
            for word in words {
                assert!(run.out.contains(word), "{shell}: {word}");
            }
        }
    }
    let korean = project.run(&["completions", "fish", "--lang", "ko"]).out;
    assert!(korean.contains("보고서가 완전한지"), "{korean}");
}

#[test]
#[cfg(unix)]
fn bash_can_read_its_script() {
    let script = Project::new().run(&["completions", "bash", "--lang", "ko"]).out;
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn another_shell_is_said_to_be_unknown() {
    insta::assert_snapshot!(Project::new().run(&["completions", "bsh"]).shown(), @r#"
    exit 2
    -- stderr
    error: `bsh` is no value for `<SHELL>`
      help: did you mean `bash`?
    "#);
}
