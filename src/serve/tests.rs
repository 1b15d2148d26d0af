//! The server as browsers meet it: real sockets on a free port, real files, waiting for events.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests write files, and a panic is how they fail"
)]

mod answers;
mod changes;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Built, Change, Event, Options, ServeError, Site};
use crate::l10n::Lang;
use crate::site::Sink as _;

/// Nothing takes so long; a test that hangs ends.
const LONG: Duration = Duration::from_secs(60);

/// A server that ends with its test.
struct Running {
    address: SocketAddr,
    events: Receiver<Event>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

fn options(watch: Vec<PathBuf>) -> Options {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    Options { address, host: None, watch, ignore: Vec::new(), lang: Lang::En }
}

impl Running {
    /// Started, and with whatever the first build gave.
    fn start(
        options: Options,
        rebuild: impl FnMut(&Change) -> Built + Send + 'static,
    ) -> (Self, Event) {
        let (told, events) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let thread = thread::spawn(move || {
            let stopped = async move {
                let _ = stopped.await;
                Ok(())
            };
            super::run(&options, stopped, rebuild, move |event| {
                let _ = told.send(event);
            })
        });
        let mut running = Self {
            address: SocketAddr::from(([0, 0, 0, 0], 0)),
            events,
            stop: Some(stop),
            thread: Some(thread),
        };
        let mut first = None;
        while running.address.port() == 0 || first.is_none() {
            match running.event() {
                Event::Listening(address) => running.address = address,
                other => first = Some(other),
            }
        }
        (running, first.unwrap())
    }

    /// Serving files that do not change.
    fn with(files: &'static [(&'static str, &'static str)]) -> Self {
        Self::start(options(Vec::new()), |_| Built::Site(site(files))).0
    }

    fn event(&self) -> Event {
        self.events.recv_timeout(LONG).unwrap()
    }

    /// Waits for as many builds as it takes, one at least, until the page at the root says this.
    /// Gives the paths that asked for them.
    fn until(&self, text: &str) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        loop {
            match self.event() {
                Event::Rebuilt(Change::Paths(paths)) => changed.extend(paths),
                Event::Rebuilt(Change::Everything) | Event::Failed(_) => {}
                other => unreachable!("{other:?}"),
            }
            if self.get("/").body.contains(text) {
                return changed;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// What comes back for bytes that may be no request at all.
    fn raw(&self, request: &[u8]) -> Response {
        let mut stream = self.connect();
        // A server may answer and hang up before it was told everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Response { head: head.to_owned(), body: body.to_owned() }
    }

    fn send(&self, method: &str, path: &str, host: &str) -> Response {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        self.raw(request.as_bytes())
    }

    fn get(&self, path: &str) -> Response {
        self.send("GET", path, "localhost")
    }

    fn listen(&self) -> Events {
        let mut stream = self.connect();
        stream.write_all(b"GET /_bokgi/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Events { lines: BufReader::new(stream) }
    }

    fn stop(&mut self) -> Result<(), ServeError> {
        drop(self.stop.take());
        self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

struct Response {
    head: String,
    body: String,
}

impl Response {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The version in the script that every page gets.
    fn version(&self) -> &str {
        let (_, rest) = self.body.split_once("data-version=\"").unwrap();
        rest.split('"').next().unwrap()
    }
}

/// An open stream of server-sent events.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next version and problem.
    fn next(&mut self) -> (String, Option<String>) {
        loop {
            let mut line = String::new();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                let data: serde_json::Value = serde_json::from_str(data).unwrap();
                let text = |key: &str| data[key].as_str().map(str::to_owned);
                return (text("version").unwrap(), text("problem"));
            }
        }
    }

    /// The first that differs from the last.
    fn after(&mut self, last: &(String, Option<String>)) -> (String, Option<String>) {
        loop {
            let next = self.next();
            if next != *last {
                return next;
            }
        }
    }
}

/// Writes a file as editors do: in one step, from a file beside it.
fn save(file: &Path, text: &str) {
    let beside = file.with_file_name(".beside");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(beside, file).unwrap();
}

fn site(files: &[(&str, &str)]) -> Site {
    let site = Site::default();
    for (path, text) in files {
        let Ok(()) = site.write(path, text.as_bytes());
    }
    site
}

/// A site of one page that says what the file says, unless that is broken.
fn copy(file: &Path) -> Built {
    match std::fs::read_to_string(file) {
        Ok(text) if text.contains("broken") => Built::Problem(format!("a.md:1\n  <b>{text}</b>")),
        Ok(text) => Built::Site(site(&[("index.html", &format!("<body>{text}</body>"))])),
        Err(_) => Built::Site(site(&[("index.html", "<body>nothing</body>")])),
    }
}
