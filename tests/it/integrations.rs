//! The kit in `integrations/`: its YAML is YAML, and its scripts do what the host would have them do.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use bokgi::testing::yaml;
use serde_json::Value;

use crate::support::{COMPLETE, Project};

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn parsed(path: &str) -> Value {
    yaml(&file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A project with one finding that fails it, and what a job finds on its machine.
struct Job {
    project: Project,
    environment: BTreeMap<String, String>,
}

impl Job {
    fn new() -> Self {
        let project = Project::with(&[
            ("bokgi.toml", ""),
            ("content/2026-03-14-a b.md", &COMPLETE.replace("## Summary", "## Sumary")),
        ]);
        for folder in ["tools", "runner"] {
            fs::create_dir(project.path(folder)).unwrap();
        }
        let path = format!("{}:/usr/bin:/bin", project.path("tools").display());
        let mut job = Self { project, environment: BTreeMap::new() };
        job.set("PATH", &path);
        job.set("SOURCE_DATE_EPOCH", "1780272000");
        job
    }

    fn on_github() -> Self {
        let mut job = Self::new();
        for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"] {
            job.set(name, &job.path(name));
        }
        job.set("RUNNER_TEMP", &job.path("runner"));
        job.set("RUNNER_OS", "Linux");
        job.set("RUNNER_ARCH", "X64");
        let action = concat!(env!("CARGO_MANIFEST_DIR"), "/integrations/github");
        job.set("GITHUB_ACTION_PATH", action);
        job
    }

    fn path(&self, name: &str) -> String {
        self.project.path(name).to_str().unwrap().to_owned()
    }

    fn set(&mut self, name: &str, value: &str) {
        self.environment.insert(name.to_owned(), value.to_owned());
    }

    /// A command of the machine that is not there: a script.
    fn tool(&self, name: &str, script: &str) {
        self.project.write(&format!("tools/{name}"), format!("#!/bin/bash\n{script}\n").as_bytes());
        fs::set_permissions(
            self.project.path(&format!("tools/{name}")),
            fs::Permissions::from_mode(0o755),
        )
        .unwrap();
    }

    /// The machine's commands but one, which a distribution's package may have put among them.
    fn path_without(&self, name: &str) -> String {
        let folder = self.project.path("without");
        fs::create_dir(&folder).unwrap();
        for command in fs::read_dir("/usr/bin").unwrap().map(Result::unwrap) {
            if command.file_name() != name {
                std::os::unix::fs::symlink(command.path(), folder.join(command.file_name()))
                    .unwrap();
            }
        }
        folder.display().to_string()
    }

    /// Runs a script as a job does: from the checkout, and stopping at the first failure.
    fn run(&self, script: &str) -> (i32, String) {
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.project.root())
            .env_clear()
            .envs(&self.environment)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8(text).unwrap())
    }

    fn read(&self, name: &str) -> String {
        self.project.read(name)
    }
}

fn steps() -> Vec<Value> {
    parsed("integrations/github/action.yml")["runs"]["steps"].as_array().unwrap().clone()
}

/// The script of a step of the action.
fn script(id: &str) -> String {
    let steps = steps();
    let step = steps.iter().find(|step| {
        let run = step["run"].as_str().unwrap_or_default();
        run.contains(&format!("/{id}.sh"))
    });
    step.unwrap()["run"].as_str().unwrap().to_owned()
}

const BOKGI: &str = env!("CARGO_BIN_EXE_bokgi");

/// A line of a shell that puts a `bokgi` into a folder.
fn put_bokgi(folder: &str) -> String {
    format!(
        "mkdir -p {folder}\nprintf '#!/bin/bash\\nexec {BOKGI} \"$@\"\\n' > {folder}/bokgi\nchmod +x {folder}/bokgi"
    )
}

#[test]
fn every_yaml_of_ours_is_yaml() {
    let files = [
        ".pre-commit-hooks.yaml",
        "integrations/github/action.yml",
        "integrations/gitlab/bokgi.gitlab-ci.yml",
        ".github/workflows/ci.yml",
    ];
    for path in files {
        assert!(parsed(path) != Value::Null, "{path}");
    }
    let mut blocks = 0;
    for path in ["README.md", "README.ko.md", "integrations/README.md"] {
        for block in file(path).split("```yaml\n").skip(1) {
            let block = block.split("```").next().unwrap();
            yaml(block).unwrap_or_else(|error| panic!("{path}: {error}\n{block}"));
            blocks += 1;
        }
    }
    assert!(blocks >= 5, "{blocks}");
}

#[test]
fn the_action_is_put_together_right() {
    let text = file("integrations/github/action.yml");
    let action = parsed("integrations/github/action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = steps();
    let ids: Vec<&str> = steps.iter().filter_map(|step| step["id"].as_str()).collect();
    for (name, id) in [("inputs.", None), ("steps.", Some(&ids))] {
        for (at, _) in text.match_indices(name) {
            let word: String = text[at + name.len()..]
                .chars()
                .take_while(|ch| ch.is_ascii_alphanumeric() || *ch == '-')
                .collect();
            let is_known =
                id.map_or(action["inputs"][&word].is_object(), |ids| ids.contains(&word.as_str()));
            assert!(is_known, "{name}{word}");
        }
    }
    for step in &steps {
        if let Some(run) = step["run"].as_str() {
            assert_eq!(step["shell"], "bash", "a step of a composite action names its shell");
            // Whoever opens a pull request may have a say in an input.
            assert!(!run.contains("${{"), "{run}");
        } else {
            assert!(step["uses"].as_str().unwrap().contains('@'), "{step}");
        }
    }
}

#[test]
fn the_action_builds_its_source_once() {
    let mut job = Job::on_github();
    let install = format!("echo \"$@\" >> cargo.log\n{}", put_bokgi("runner/bokgi/bin"));
    job.tool("cargo", &install);
    let (code, text) = job.run(&script("source"));
    assert_eq!(code, 0, "{text}");
    let outputs = job.read("GITHUB_OUTPUT");
    let hash = outputs.lines().find_map(|line| line.strip_prefix("hash=")).unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{outputs}");
    assert!(outputs.contains(&format!("folder={}/bokgi/bin", job.path("runner"))), "{outputs}");
    for _ in 0..2 {
        let (code, text) = job.run(&script("install"));
        assert_eq!(code, 0, "{text}");
        assert!(text.starts_with("bokgi "), "{text}");
    }
    let log = job.read("cargo.log");
    assert_eq!(log.lines().count(), 1, "the second time the binary is there: {log}");
    assert!(log.starts_with("install --locked --quiet --path "), "{log}");
    assert!(job.read("GITHUB_PATH").starts_with(&job.path("runner/bokgi/bin")));
    let without = job.path_without("cargo");
    job.set("PATH", &without);
    fs::remove_dir_all(job.project.path("runner/bokgi")).unwrap();
    let (code, text) = job.run(&script("install"));
    assert_eq!(
        (code, text.contains("::error title=bokgi::building bokgi needs Rust")),
        (2, true),
        "{text}"
    );
}

#[test]
fn the_action_takes_a_released_binary_only_as_it_was_released() {
    let mut job = Job::on_github();
    job.set("BOKGI_VERSION", "1.2.3");
    job.set("BOKGI_RELEASES", "https://github.example/o/bokgi/releases");
    fs::create_dir(job.project.path("release")).unwrap();
    let name = "bokgi-x86_64-unknown-linux-musl.tar.gz";
    let pack = format!(
        "{}\ntar -czf release/{name} -C built bokgi\ncd release\nsha256sum {name} > {name}.sha256",
        put_bokgi("built")
    );
    assert_eq!(job.run(&pack).0, 0);
    // Stands for the network: the last argument is the address.
    job.tool(
        "curl",
        "echo \"${@: -1}\" >> curl.log\nwhile [ \"$1\" != --output ]; do shift; done\ncp \"release/${3##*/}\" \"$2\"",
    );
    let (code, text) = job.run(&script("install"));
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("bokgi "), "{text}");
    let url = format!("https://github.example/o/bokgi/releases/download/v1.2.3/{name}");
    assert_eq!(job.read("curl.log").lines().next(), Some(url.as_str()));

    job.set("BOKGI_VERSION", "latest");
    fs::write(job.project.path(&format!("release/{name}")), "something else").unwrap();
    fs::remove_dir_all(job.project.path("runner/bokgi")).unwrap();
    let (code, text) = job.run(&script("install"));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("is not the one that was released"), "{text}");
    assert!(job.read("curl.log").contains("releases/latest/download/"));
    assert!(!job.project.path("runner/bokgi/bin/bokgi").exists());

    job.set("BOKGI_VERSION", "../evil");
    assert_eq!(job.run(&script("install")).0, 2);
}

#[test]
fn the_action_checks_and_says_how_it_went() {
    let mut job = Job::on_github();
    job.tool("bokgi", &format!("exec {BOKGI} \"$@\""));
    job.set("BOKGI_PATHS", "content/2026-03-14-a b.md\n");
    job.set("BOKGI_FAIL_ON", "warning");
    job.set("BOKGI_ARGS", "--ignore DOC");
    job.set("BOKGI_SARIF", "true");
    let (code, text) = job.run(&script("check"));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("::warning file=content/2026-03-14-a b.md,line=10"), "{text}");
    let sarif = job.path("runner/bokgi/bokgi.sarif");
    assert_eq!(job.read("GITHUB_OUTPUT"), format!("exit-code=1\nsarif={sarif}\n"));
    assert!(job.read("runner/bokgi/bokgi.sarif").contains("\"SEC005\""));
    assert!(job.read("GITHUB_STEP_SUMMARY").contains("(SEC005)"));

    // Without anything typed in, and with what would be a command in a shell.
    for (paths, expected) in [("", 1), ("$(touch evil)\n", 2)] {
        let mut job = Job::on_github();
        job.tool("bokgi", &format!("exec {BOKGI} \"$@\""));
        for name in ["BOKGI_ROOT", "BOKGI_FAIL_ON", "BOKGI_LANG", "BOKGI_ARGS"] {
            job.set(name, "");
        }
        job.set("BOKGI_PATHS", paths);
        let (code, text) = job.run(&script("check"));
        assert_eq!(code, expected, "{text}");
        assert_eq!(job.read("GITHUB_OUTPUT"), format!("exit-code={expected}\n"));
        assert!(!job.project.path("evil").exists());
    }
}

#[test]
fn gitlab_gets_both_reports() {
    let template = parsed("integrations/gitlab/bokgi.gitlab-ci.yml");
    let job = &template["bokgi"];
    let lines = |key: &str| -> String {
        let lines = job[key].as_array().unwrap().iter();
        lines.map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    };
    let mut machine = Job::new();
    machine.set("CARGO_HOME", &machine.path("cargo"));
    machine.set("BOKGI_SOURCE", job["variables"]["BOKGI_SOURCE"].as_str().unwrap());
    machine.set("BOKGI_ARGS", "--fail-on error");
    let install = format!("echo \"$@\" > cargo.log\n{}", put_bokgi("cargo/bin"));
    machine.tool("cargo", &install);
    let (code, text) = machine.run(&format!("{}\n{}", lines("before_script"), lines("script")));
    assert_eq!(code, 1, "{text}");
    assert!(machine.read("cargo.log").starts_with("install --locked --quiet --git https://"));
    let reports = &job["artifacts"]["reports"];
    let issues: Value =
        serde_json::from_str(&machine.read(reports["codequality"].as_str().unwrap())).unwrap();
    assert_eq!(issues[0]["location"]["path"], "content/2026-03-14-a b.md");
    assert!(machine.read(reports["junit"].as_str().unwrap()).contains("<testsuites "));
    assert_eq!(job["artifacts"]["when"], "always");
}

#[test]
fn pre_commit_runs_what_it_names() {
    let hooks = parsed(".pre-commit-hooks.yaml");
    let hook = &hooks[0];
    assert_eq!((&hook["language"], &hook["types"][0]), (&"rust".into(), &"markdown".into()));
    let mut words = hook["entry"].as_str().unwrap().split(' ');
    assert_eq!(words.next(), Some("bokgi"));
    let project = Job::new().project;
    project.write("README.md", b"# No report\n");
    let entry: Vec<&str> = words.collect();
    let report = "content/2026-03-14-a b.md";
    for (files, code) in [(vec!["README.md"], 0), (vec!["README.md", report], 1)] {
        let run = project.run(&[&entry[..], &files].concat());
        assert_eq!(run.code, code, "{}", run.shown());
    }
}

#[test]
fn scripts_are_scripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("integrations/github");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let scripts: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "sh")).collect();
    assert!(scripts.len() >= 3);
    for script in scripts {
        assert!(Command::new("bash").arg("-n").arg(&script).status().unwrap().success());
        assert!(fs::metadata(&script).unwrap().permissions().mode() & 0o100 != 0);
    }
}

/// What the image is built from must be where it is copied from.
#[test]
fn the_image_leaves_out_nothing_that_cargo_needs() {
    let ignored = file("integrations/docker/Dockerfile.dockerignore");
    for path in ignored.lines() {
        for needed in ["Cargo.toml", "Cargo.lock", "src", "search", "themes", "benches", "tests/it"]
        {
            assert!(!needed.starts_with(path) && path != "tests", "{path}");
        }
    }
    let text = file("integrations/docker/Dockerfile");
    let users: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("USER ")).collect();
    assert_eq!(users.len(), text.matches("\nENTRYPOINT").count());
    assert!(users.iter().all(|user| !user.starts_with('0') && *user != "root"), "{users:?}");
}
