//! Files change, and open pages hear of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use tempfile::TempDir;

use super::{Built, Event, LONG, Running, copy, options, save, site};
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

    save(&file, "two");
    let two = events.after(&one);
    assert_eq!(two.1, None);
    assert_ne!(two.0, one.0);
    assert_eq!(server.until("two"), [file.clone()].into());
    assert_eq!(server.get("/").version(), two.0);

    save(&file, "broken");
    let broken = (two.0.clone(), Some("a.md:1\n  <b>broken</b>".to_owned()));
    assert_eq!(events.after(&two), broken);
    assert!(server.get("/").body.contains("two"), "the last good site stays");
    assert_eq!(server.listen().next(), broken, "whoever comes later hears it too");

    save(&file, "two");
    assert_eq!(events.after(&broken), two, "nothing to reload: it is the same page as before");
    save(&file, "one");
    assert_eq!(events.after(&two), one);
}

#[test]
fn what_happened_is_told() {
    let (folder, server) = project();
    let file = folder.path().join("content/a.md");
    save(&file, "broken");
    assert_eq!(server.event(), Event::Failed("a.md:1\n  <b>broken</b>".to_owned()));
    save(&file, "mended");
    assert!(server.until("mended").is_subset(&[file].into()));
}

#[test]
fn a_first_build_that_fails_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    let file = folder.path().join("content/a.md");
    save(&file, "broken");
    let server = watching(&folder, &["content"], &[]);
    let page = server.get("/anything/");
    let mut events = server.listen();
    let first = (page.version().to_owned(), None);
    assert_eq!(events.next(), first);
    save(&file, "broken still");
    let still = events.after(&first);
    assert!(still.0 != first.0, "the page is another: it shows another problem");
    assert_eq!(still.1, None, "the page shows it already");
    save(&file, "mended");
    assert_eq!(events.after(&still).1, None);
    assert!(server.get("/").body.contains("mended"));
}

#[test]
fn only_what_counts_is_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &str| folder.path().join(path);
    for new in ["content/public", "content/.git", "other"] {
        fs::create_dir_all(path(new)).unwrap();
    }
    let mut options = options(vec![path("content"), path("bokgi.toml")]);
    options.ignore = vec![path("content/public")];
    let shown = path("bokgi.toml");
    let (server, _) = Running::start(options, move |_| copy(&shown));
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
    let config = path("bokgi.toml");
    let mut changed = BTreeSet::new();
    for text in ["first", "second"] {
        save(&config, text);
        changed.extend(server.until(text));
        fs::remove_file(&config).unwrap();
        changed.extend(server.until("nothing"));
    }
    assert_eq!(changed, [config].into());
}

#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &str| folder.path().join(path);
    let server = watching(&folder, &["content"], &[]);
    assert!(server.get("/").body.contains("nothing"));
    fs::create_dir(path("content")).unwrap();
    fs::write(path("content/a.md"), "first").unwrap();
    server.until("first");
    fs::write(path("content/a.md"), "second").unwrap();
    server.until("second");
    // As a branch without the folder is checked out, and one with it.
    fs::remove_dir_all(path("content")).unwrap();
    server.until("nothing");
    fs::create_dir(path("aside")).unwrap();
    fs::write(path("aside/a.md"), "third").unwrap();
    fs::rename(path("aside"), path("content")).unwrap();
    server.until("third");
    fs::write(path("content/a.md"), "fourth").unwrap();
    server.until("fourth");
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
        server.until(text);
        fs::write(&file, "third").unwrap();
        server.until("third");
        fs::remove_dir_all(folder.path().join("a")).unwrap();
        server.until("nothing");
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
    save(&path("one/a.md"), "second");
    assert_eq!(server.until("second"), [path("content/a.md")].into());
    // It leads elsewhere now.
    std::os::unix::fs::symlink(path("two"), path("link")).unwrap();
    fs::rename(path("link"), path("content")).unwrap();
    server.until("other");
    fs::write(path("two/a.md"), "third").unwrap();
    server.until("third");
}

#[test]
fn a_slow_build_blocks_nobody_and_is_never_two() {
    let folder = tempfile::tempdir().unwrap();
    let (begun, begins) = mpsc::channel();
    let (go, gate) = mpsc::channel::<()>();
    let running = Arc::new(AtomicUsize::new(0));
    let options = options(vec![folder.path().to_owned()]);
    let path = |name: &str| folder.path().join(name);
    let (server, _) = Running::start(options, move |change| {
        assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "two builds at once");
        if *change != Change::Everything {
            let _ = begun.send(());
            // Later builds wait for nobody.
            let _ = gate.recv_timeout(LONG);
        }
        running.fetch_sub(1, Ordering::SeqCst);
        Built::Site(site(&[("index.html", &format!("{change:?}"))]))
    });
    save(&path("a"), "");
    begins.recv_timeout(LONG).unwrap();
    assert!(server.get("/").body.contains("Everything"), "answered during a build");
    for name in ["b", "c", "d"] {
        save(&path(name), "");
        assert_eq!(server.get("/").status(), "200");
    }
    drop(go);
    let all: BTreeSet<PathBuf> = ["a", "b", "c", "d"].map(path).into();
    let mut changed = BTreeSet::new();
    while changed != all {
        match server.event() {
            Event::Rebuilt(Change::Paths(paths)) => changed.extend(paths),
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn hundreds_listen_and_some_vanish() {
    let (folder, server) = project();
    let mut listeners: Vec<_> = (0..300).map(|_| server.listen()).collect();
    let before = listeners[0].next();
    for listener in &mut listeners[1..] {
        assert_eq!(listener.next(), before);
    }
    listeners.truncate(150);
    save(&folder.path().join("content/a.md"), "two");
    for listener in &mut listeners {
        listener.after(&before);
    }
    assert!(server.get("/").body.contains("two"));
}
