//! `serve`: the command; what the server does is tested beside it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use crate::support::{COMPLETE, Project};

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
#[cfg(unix)]
fn shows_the_site_and_what_changes_and_ends_when_asked() {
    let project = Project::with(&[
        ("bokgi.toml", "lang = \"en\"\n[site]\nbase_url = \"https://x.example/kb\"\n"),
        ("content/2026-03-14-pay.md", COMPLETE),
    ]);
    let mut child = project.spawn(&["serve", "--port", "0"]);
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut wait_for = |what: &str| lines.find(|line| line.contains(what)).unwrap();
    let line = wait_for("http://");
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let page = get(&address, "/r/2026-03-14-pay/");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("nobody could pay"), "{page}");
    // Links of the page for what is missing lead to this server.
    assert!(get(&address, "/nothing/").contains("href=\"/assets/style.css\""));

    wait_for("1 report in");
    project.write("content/2026-03-14-pay.md", COMPLETE.replace("nobody", "somebody").as_bytes());
    wait_for("1 report in");
    assert!(get(&address, "/r/2026-03-14-pay/").contains("somebody could pay"));

    // Programs get what the command gives, of the report as it is now.
    let found = |query: &str| {
        let answer = get(&address, &format!("/api/search?{query}"));
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("content-type: application/json"), "{head}");
        (head[9..12].to_owned(), serde_json::from_str::<serde_json::Value>(body).unwrap())
    };
    let (status, there) = found("q=somebody%20could");
    assert_eq!((status.as_str(), &there["total"]), ("200", &1.into()));
    let here = project.run(&["search", "--format", "json", "somebody", "could"]).out;
    assert_eq!(there, serde_json::from_str::<serde_json::Value>(&here).unwrap());
    assert_eq!(found("q=nobody").1["total"], 0);
    assert_eq!(found("q=someb&typing=1").1["total"], 1);
    assert_eq!(found("limit=3").0, "400");

    project.write("bokgi.toml", b"lang = \"en\"\n[site]\ntitel = 1\n");
    wait_for("the last site stays");
    assert!(get(&address, "/r/2026-03-14-pay/").contains("somebody could pay"));

    // The shell's own `kill`: a small system has no other.
    let line = format!("kill -INT {}", child.id());
    std::process::Command::new("/bin/sh").args(["-c", &line]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_said() {
    let project = Project::with(&[("content/a.md", COMPLETE)]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = project.run(&["--lang", "ko", "serve", "--port", &port]);
    assert_eq!(run.code, 2, "{}", run.shown());
    assert!(run.err.contains(&port) && run.err.contains("--port"), "{}", run.err);
}
