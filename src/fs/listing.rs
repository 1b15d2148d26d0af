//! Which files a folder holds.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// The files below a folder, and what stood in the way.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Paths relative to the folder with forward slashes, sorted.
    pub(crate) files: Vec<String>,
    pub(crate) obstacles: Vec<Obstacle>,
}

/// Something below the folder that is no file to be read.
#[derive(Debug)]
pub(crate) struct Obstacle {
    pub(crate) path: String,
    pub(crate) kind: ObstacleKind,
}

/// What an obstacle is.
#[derive(Debug)]
pub(crate) enum ObstacleKind {
    /// The system would not say what is there.
    Unreadable(String),
    /// A link that leads out of the folder.
    LinkOutside,
    /// A link to a folder that it stands in.
    LinkLoop,
    /// A link that leads nowhere.
    LinkBroken,
    /// A name that is not UTF-8.
    Name,
}

/// Lists the files below `root` that `keep` wants. It is asked about folders too, with `true`, and
/// one it does not want is not entered. Links are not followed: a link to a file inside is that
/// file's second name, anything else is an obstacle.
pub(crate) fn list(root: &Path, keep: impl Fn(&str, bool) -> bool) -> Listing {
    let mut listing = Listing::default();
    let canonical_root = super::canonical(root);
    let wanted = |entry: &DirEntry| {
        entry.depth() == 0
            || relative(root, entry.path()).is_none_or(|path| {
                keep(
                    &path,
                    entry.file_type().is_dir() || entry.path_is_symlink() && entry.path().is_dir(),
                )
            })
    };
    // In any order: the lists are sorted at the end.
    let walk = WalkDir::new(root).follow_links(false);
    for entry in walk.into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => listing.add(root, &entry, canonical_root.as_deref()),
            Err(error) => {
                let path = error.path().map(Path::to_owned).unwrap_or_default();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                listing.obstacle(shown(root, &path), ObstacleKind::Unreadable(why));
            }
        }
    }
    listing.files.sort();
    listing.obstacles.sort_by(|left, right| left.path.cmp(&right.path));
    listing
}

impl Listing {
    fn add(&mut self, root: &Path, entry: &DirEntry, canonical_root: Option<&Path>) {
        let Some(path) = relative(root, entry.path()) else {
            self.obstacle(shown(root, entry.path()), ObstacleKind::Name);
            return;
        };
        if entry.path_is_symlink() {
            if let Some(kind) = link(entry.path(), canonical_root) {
                self.obstacle(path, kind);
            }
        } else if entry.file_type().is_file() {
            self.files.push(path);
        }
    }

    fn obstacle(&mut self, path: String, kind: ObstacleKind) {
        self.obstacles.push(Obstacle { path, kind });
    }
}

/// What is wrong with a link; `None` for the second name of something that is read anyway.
fn link(path: &Path, root: Option<&Path>) -> Option<ObstacleKind> {
    let Some(target) = super::canonical(path) else {
        // A link to itself, or to nothing.
        return Some(ObstacleKind::LinkBroken);
    };
    let inside = root.is_some_and(|root| target.starts_with(root));
    if !inside {
        return Some(ObstacleKind::LinkOutside);
    }
    let folder: Option<PathBuf> = path.parent().and_then(super::canonical);
    let around = target.is_dir() && folder.is_some_and(|folder| folder.starts_with(&target));
    around.then_some(ObstacleKind::LinkLoop)
}

/// The path below `root` with forward slashes; `None` if it is not UTF-8.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).unwrap_or(path).to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' { below.to_owned() } else { below.replace('\\', "/") })
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
