//! What changes on the disk, as the system tells it.
//!
//! Editors replace a file instead of writing it, branches come and go with whole folders, and a
//! watched folder may not be there yet. So nothing is watched but folders: each wanted one with all
//! below it, and for every wanted path the nearest folder above that exists. When something happens to
//! a wanted path itself or above it, the watches are set anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Event;
use crate::fs;

/// What the builder is sent.
#[derive(Debug)]
pub(super) enum Notice {
    Event(notify::Event),
    /// Some changes cannot be seen.
    Failed(Option<PathBuf>, String),
    Stop,
}

pub(super) struct Watch {
    /// None where the system has no watcher for us.
    watcher: Option<RecommendedWatcher>,
    roots: Vec<Root>,
    wanted: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

/// A wanted path and where it is.
#[derive(Debug)]
struct Root {
    /// As the options have it; changes are told in its terms.
    given: PathBuf,
    /// With links above it resolved: the name it comes and goes by.
    named: PathBuf,
    /// With all links resolved; none while it does not exist.
    real: Option<PathBuf>,
}

impl Watch {
    /// Watches the files and folders of `watch`, which need not exist yet; what is below `ignore` does not
    /// count.
    pub(super) fn new(
        watch: &[PathBuf],
        ignore: &[PathBuf],
        notices: Sender<Notice>,
        tell: &(dyn Fn(Event) + Send + Sync),
    ) -> Self {
        let hear = move |result: notify::Result<notify::Event>| {
            let notice = match result {
                // Reading is no change, and a build reads everything.
                Ok(event) if is_read(event.kind) => return,
                Ok(event) => Notice::Event(event),
                Err(error) => Notice::Failed(error.paths.first().cloned(), error.to_string()),
            };
            // Nobody listens any more when the server ends.
            let _ = notices.send(notice);
        };
        // The content's links are not followed when it is read either.
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(hear, config)
            .map_err(|error| tell(Event::WatchFailed { path: None, cause: error.to_string() }))
            .ok();
        let mut watch = Self {
            watcher,
            roots: Vec::new(),
            wanted: watch.to_vec(),
            ignore: ignore.iter().map(|path| named(path)).collect(),
            watched: BTreeMap::new(),
        };
        watch.renew(tell);
        watch
    }

    /// Sets all watches anew. What changes meanwhile is seen by the build that follows.
    pub(super) fn renew(&mut self, tell: &(dyn Fn(Event) + Send + Sync)) {
        self.unwatch();
        // A folder that came before its parent was watched is not told of: look until nothing new is
        // there. Where folders come and go all the time, once more is soon enough.
        for _ in 0..8 {
            self.roots = self.wanted.iter().map(|path| Root::find(path)).collect();
            let folders = folders(&self.roots);
            if folders == self.watched {
                return;
            }
            self.unwatch();
            self.watched = folders;
            let Some(watcher) = &mut self.watcher else { return };
            for (folder, mode) in &self.watched {
                if let Err(error) = watcher.watch(folder, *mode) {
                    let cause = error.to_string();
                    tell(Event::WatchFailed { path: Some(folder.clone()), cause });
                }
            }
        }
    }

    fn unwatch(&mut self) {
        for (folder, _) in std::mem::take(&mut self.watched) {
            if let Some(watcher) = &mut self.watcher {
                // What is gone is not watched any more, and nothing is lost.
                let _ = watcher.unwatch(&folder);
            }
        }
    }

    /// Whether a wanted path, or a folder above it, came, went or was replaced.
    pub(super) fn concerns_roots(&self, event: &notify::Event) -> bool {
        is_structural(event.kind)
            && event.paths.iter().any(|path| {
                self.roots.iter().any(|root| {
                    root.named.starts_with(path)
                        || root.real.as_ref().is_some_and(|real| real.starts_with(path))
                })
            })
    }

    /// The wanted paths that an event changed.
    pub(super) fn changed(&self, event: &notify::Event) -> BTreeSet<PathBuf> {
        let structural = is_structural(event.kind);
        let paths = event
            .paths
            .iter()
            .filter(|path| !self.ignore.iter().any(|ignored| path.starts_with(ignored)));
        paths
            .flat_map(|path| {
                self.roots.iter().filter_map(move |root| root.change(path, structural))
            })
            .collect()
    }
}

impl Root {
    fn find(given: &Path) -> Self {
        Self { given: given.to_owned(), named: named(given), real: fs::canonical(given) }
    }

    /// What an event at `path` means for this root, in the terms of the options.
    fn change(&self, path: &Path, structural: bool) -> Option<PathBuf> {
        let inside = [self.real.as_deref(), Some(&*self.named)]
            .into_iter()
            .flatten()
            .find_map(|root| path.strip_prefix(root).ok());
        match inside {
            Some(below) if below.as_os_str().is_empty() => Some(self.given.clone()),
            Some(below) => (!is_leftover(below)).then(|| self.given.join(below)),
            // A folder above it came, went or was renamed, and it with it.
            None => (structural && self.named.starts_with(path)).then(|| self.given.clone()),
        }
    }
}

/// The path with links resolved as far as it exists, but for its own name.
fn named(path: &Path) -> PathBuf {
    let Some(name) = path.file_name() else {
        return fs::canonical(path).unwrap_or_else(|| path.to_owned());
    };
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => resolved(Path::new(".")).join(name),
        Some(parent) => resolved(parent).join(name),
        None => path.to_owned(),
    }
}

/// The path with links resolved as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    fs::canonical(path).unwrap_or_else(|| named(path))
}

/// The folders to watch, and whether with all below them.
fn folders(roots: &[Root]) -> BTreeMap<PathBuf, RecursiveMode> {
    let whole: BTreeSet<&Path> = roots
        .iter()
        .filter_map(|root| root.real.as_deref())
        .filter(|path| fs::is_folder(path))
        .collect();
    let mut folders: BTreeMap<PathBuf, RecursiveMode> = BTreeMap::new();
    for root in roots {
        let ends = [Some(&*root.named), root.real.as_deref()];
        for end in ends.into_iter().flatten() {
            let above = end.ancestors().skip(1).find(|folder| fs::is_folder(folder));
            if let Some(above) = above {
                folders.insert(above.to_owned(), RecursiveMode::NonRecursive);
            }
        }
    }
    folders.extend(whole.iter().map(|path| (path.to_path_buf(), RecursiveMode::Recursive)));
    // Watching a folder twice, once with and once without what is below, would end the first.
    folders.retain(|folder, _| {
        !whole.iter().any(|other| folder != other && folder.starts_with(other))
    });
    folders
}

fn is_read(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

fn is_structural(kind: EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
    )
}

/// Whether a path below a wanted folder is hidden or something an editor leaves beside what it saves.
fn is_leftover(below: &Path) -> bool {
    below.components().any(|part| match part {
        Component::Normal(name) => {
            let name = name.as_encoded_bytes();
            name.starts_with(b".") || name.ends_with(b"~") || name == b"4913"
        }
        _ => false,
    })
}
