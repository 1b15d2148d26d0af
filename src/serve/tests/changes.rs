//! Files change, and open pages hear of it.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use tempfile::TempDir;

use super::{Built, Event, LONG, Running, copy, options, site};
use crate::serve::Change;

/// A folder with `content/a.md` and a server that shows it.
fn project() -> (TempDir, Running) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/a.md"), "one").unwrap();
    let server = watching(&folder, &["content", "bokgi.toml"], &[]);
    (folder, server)
}

fn watching(folder: &TempDir, watch: &[&str], ignore: &[&str]) -> Running {
    let below = |paths: &[&str]| paths.iter().map(|path| folder.path().join(path)).collect();
    let mut options = options(below(watch));
    options.ignore = below(ignore);
    let file = folder.path().join("content/a.md");
    let (server, first) = Running::start(options, move |_| copy(&file));
    assert!(matches!(first, Event::Rebuilt(Change::Everything) | Event::Failed(_)), "{first:?}");
    server
}

#[test]
fn a_change_reloads_and_an_error_is_shown_until_it_is_mended() {
    let (folder, server) = project();
    let file = folder.path().join("content/a.md");
    let page = server.get("/");
    assert!(page.body.contains("one"), "{}", page.body);
    let mut events = server.listen();
    let one = (page.version().to_owned(), None);
    assert_eq!(events.next(), one);

    // As editors save: a new file in the place of the old one.
    let beside = folder.path().join("content/.a.md.tmp");
    fs::write(&beside, "two").unwrap();
    fs::rename(&beside, &file).unwrap();
    assert_eq!(server.rebuilt(), [file.as_path()]);
    let (two, problem) = events.next();
    assert_eq!(problem, None);
    assert_ne!(two, one.0);
    let page = server.get("/");
    assert!(page.body.contains("two"), "{}", page.body);
    assert_eq!(page.version(), two);

    fs::write(&file, "broken").unwrap();
    let text = "a.md:1\n  <b>broken</b>".to_owned();
    assert_eq!(server.event(), Event::Failed(text.clone()));
    assert_eq!(events.next(), (two.clone(), Some(text.clone())));
    assert!(server.get("/").body.contains("two"), "the last good site stays");
    assert_eq!(server.listen().next(), (two.clone(), Some(text)), "whoever comes later hears it");

    fs::write(&file, "two").unwrap();
    assert_eq!(server.rebuilt(), [file.as_path()]);
    assert_eq!(events.next(), (two, None), "nothing to reload: the same page as before");
    fs::write(&file, "one").unwrap();
    assert_eq!(server.rebuilt(), [file.as_path()]);
    assert_eq!(events.next(), one);
}

#[test]
fn a_first_build_that_fails_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    let file = folder.path().join("content/a.md");
    fs::write(&file, "broken").unwrap();
    let server = watching(&folder, &["content"], &[]);
    let page = server.get("/anything/");
    let mut events = server.listen();
    assert_eq!(events.next(), (page.version().to_owned(), None));
    fs::write(&file, "broken still").unwrap();
    assert!(matches!(server.event(), Event::Failed(_)));
    let (still, _) = events.next();
    assert_ne!(still, page.version(), "the page is another: it shows another problem");
    fs::write(&file, "mended").unwrap();
    assert_eq!(server.rebuilt(), [file.as_path()]);
    let (good, problem) = events.next();
    assert!(problem.is_none() && good != still);
    assert!(server.get("/").body.contains("mended"));
}

#[test]
fn only_what_counts_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &str| folder.path().join(path);
    for new in ["content/public", "content/.git", "other"] {
        fs::create_dir_all(path(new)).unwrap();
    }
    let server = watching(&folder, &["content", "bokgi.toml"], &["content/public"]);
    for noise in [
        "content/public/index.html",
        "content/.git/HEAD",
        "content/.a.md.swp",
        "content/a.md~",
        "content/4913",
        "other/x",
        "unrelated.txt",
    ] {
        fs::write(path(noise), "x").unwrap();
    }
    fs::write(path("bokgi.toml"), "").unwrap();
    assert_eq!(server.rebuilt(), [path("bokgi.toml")]);
    // Replaced, removed and back again: a file is not lost sight of.
    fs::write(path("new.toml"), "x").unwrap();
    fs::rename(path("new.toml"), path("bokgi.toml")).unwrap();
    assert_eq!(server.rebuilt(), [path("bokgi.toml")]);
    fs::remove_file(path("bokgi.toml")).unwrap();
    assert_eq!(server.rebuilt(), [path("bokgi.toml")]);
    fs::write(path("bokgi.toml"), "x").unwrap();
    assert_eq!(server.rebuilt(), [path("bokgi.toml")]);
}

/// Builds until the page says what it should: how many builds that takes is the system's affair.
fn until(server: &Running, text: &str) {
    while !server.get("/").body.contains(text) {
        assert!(matches!(server.event(), Event::Rebuilt(Change::Paths(_))));
    }
}

#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &str| folder.path().join(path);
    let server = watching(&folder, &["content"], &[]);
    until(&server, "nothing");
    fs::create_dir(path("content")).unwrap();
    fs::write(path("content/a.md"), "first").unwrap();
    until(&server, "first");
    fs::write(path("content/a.md"), "second").unwrap();
    until(&server, "second");
    // As a branch without the folder is checked out, and one with it.
    fs::remove_dir_all(path("content")).unwrap();
    until(&server, "nothing");
    fs::create_dir(path("aside")).unwrap();
    fs::write(path("aside/a.md"), "third").unwrap();
    fs::rename(path("aside"), path("content")).unwrap();
    until(&server, "third");
    fs::write(path("content/a.md"), "fourth").unwrap();
    until(&server, "fourth");
}

#[test]
fn folders_deep_down_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a/b/content/a.md");
    let options = options(vec![folder.path().join("a/b/content")]);
    let shown = file.clone();
    let (server, _) = Running::start(options, move |_| copy(&shown));
    for text in ["first", "second"] {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        until(&server, text);
        fs::write(&file, "third").unwrap();
        until(&server, "third");
        fs::remove_dir_all(folder.path().join("a")).unwrap();
        until(&server, "nothing");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &str| folder.path().join(path);
    for (place, text) in [("one", "first"), ("two", "other")] {
        fs::create_dir(path(place)).unwrap();
        fs::write(path(place).join("a.md"), text).unwrap();
    }
    std::os::unix::fs::symlink(path("one"), path("content")).unwrap();
    let server = watching(&folder, &["content"], &[]);
    fs::write(path("one/a.md"), "second").unwrap();
    assert_eq!(server.rebuilt(), [path("content/a.md")]);
    // It leads elsewhere now.
    std::os::unix::fs::symlink(path("two"), path("link")).unwrap();
    fs::rename(path("link"), path("content")).unwrap();
    until(&server, "other");
    fs::write(path("two/a.md"), "third").unwrap();
    until(&server, "third");
}

#[test]
fn a_slow_build_blocks_nobody_and_is_never_two() {
    let folder = tempfile::tempdir().unwrap();
    let (begun, begins) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let running = Arc::new(AtomicUsize::new(0));
    let options = options(vec![folder.path().to_owned()]);
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let (server, _) = Running::start(options, move |change| {
        assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "two builds at once");
        if *change != Change::Everything {
            begun.send(()).unwrap();
            gate.recv_timeout(LONG).unwrap();
        }
        running.fetch_sub(1, Ordering::SeqCst);
        Built::Site(site(&[("index.html", &format!("{change:?}"))]))
    });
    fs::write(path("a"), "").unwrap();
    begins.recv_timeout(LONG).unwrap();
    assert!(server.get("/").body.contains("Everything"), "answered during a build");
    for name in ["b", "c", "d"] {
        fs::write(path(name), "").unwrap();
        assert_eq!(server.get("/").status(), "200");
    }
    go.send(()).unwrap();
    assert_eq!(server.rebuilt(), [path("a")]);
    begins.recv_timeout(LONG).unwrap();
    go.send(()).unwrap();
    assert_eq!(server.rebuilt(), [path("b"), path("c"), path("d")], "one more build for all");
}

#[test]
fn hundreds_listen_and_some_vanish() {
    let (folder, server) = project();
    let mut listeners: Vec<_> = (0..300).map(|_| server.listen()).collect();
    let before = listeners[0].next().0;
    for listener in &mut listeners[1..] {
        assert_eq!(listener.next().0, before);
    }
    listeners.truncate(150);
    fs::write(folder.path().join("content/a.md"), "two").unwrap();
    for listener in &mut listeners {
        assert_ne!(listener.next().0, before);
    }
    assert!(server.get("/").body.contains("two"));
}
