//! A folder that appears whole or not at all.
//!
//! Everything is written beside the target first. Then the two are exchanged in one step where the
//! system can (`renameat2` on Linux, `renamex_np` on macOS), else by two renames whose first half the
//! next build undoes if it was cut off. Only a folder that carries our marker, or an empty one, is
//! ever replaced. A lock keeps two builds of one target apart.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The file that says a folder was made here and may be replaced.
pub(crate) const MARKER: &str = ".bokgi-site";

/// Why a folder cannot be published.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StagingError {
    #[error("{} was not made by bokgi and is not empty", path.display())]
    NotOurs { path: PathBuf },
    #[error("another build is writing {}", path.display())]
    Busy { path: PathBuf },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// A folder in the making. Dropped before it is published, it vanishes and leaves the target alone.
#[derive(Debug)]
pub(crate) struct Staging {
    target: PathBuf,
    /// Where files are written until the exchange.
    folder: PathBuf,
    /// Where the old folder waits to be removed.
    old: PathBuf,
    lock: PathBuf,
    /// Held until the end; the system lets go of it whatever happens to us.
    held: File,
}

impl Staging {
    /// Prepares to write `target`, and mends what a build that was cut off left behind.
    pub(crate) fn begin(target: &Path) -> Result<Self, StagingError> {
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let name =
            target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        create_folders(&parent)?;
        let beside = |suffix: &str| parent.join(format!(".{name}.bokgi-{suffix}"));
        let lock = beside("lock");
        let held = take_lock(&lock, target)?;
        let (folder, old) = (beside("new"), beside("old"));
        if old.exists() && !target.exists() {
            fs_rename(&old, target)?;
        }
        remove(&old)?;
        remove(&folder)?;
        check_ours(target)?;
        create_folders(&folder)?;
        let staging = Self { target: target.to_owned(), folder, old, lock, held };
        staging.write(
            MARKER,
            b"This folder is made by `bokgi build` and replaced as a whole by the next one.\n",
        )?;
        Ok(staging)
    }

    /// Writes one file; `path` is relative, with forward slashes.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StagingError> {
        let full = self.folder.join(path);
        let failed = |source| StagingError::Write { path: full.clone(), source };
        let create = || fs::OpenOptions::new().write(true).create(true).truncate(true).open(&full);
        let mut file = match create() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(folder) = full.parent() {
                    create_folders(folder)?;
                }
                create().map_err(failed)?
            }
            other => other.map_err(failed)?,
        };
        file.write_all(bytes).map_err(failed)
    }

    /// Puts the folder in the target's place.
    pub(crate) fn publish(self) -> Result<(), StagingError> {
        check_ours(&self.target)?;
        if !self.target.exists() {
            return fs_rename(&self.folder, &self.target);
        }
        if exchange(&self.folder, &self.target).is_ok() {
            return remove(&self.folder);
        }
        fs_rename(&self.target, &self.old)?;
        fs_rename(&self.folder, &self.target)?;
        remove(&self.old)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing more can be done about what does not go away; the next build tries again.
        let _ = remove(&self.folder);
        if is_same_file(&self.held, &self.lock) {
            let _ = remove_file(&self.lock);
        }
    }
}

fn take_lock(path: &Path, target: &Path) -> Result<File, StagingError> {
    let failed = |source| StagingError::Write { path: path.to_owned(), source };
    loop {
        let file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        match file.try_lock() {
            // The build before may have removed the file between our opening and our locking it.
            Ok(()) if is_same_file(&file, path) => return Ok(file),
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err(StagingError::Busy { path: target.to_owned() });
            }
            Err(fs::TryLockError::Error(source)) => return Err(failed(source)),
        }
    }
}

/// Whether `path` still names the file that is open.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn is_same_file(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (open.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => identity(open) == identity(named),
        _ => false,
    }
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> bool {
    true
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// A folder is ours if it carries the marker, and anybody's if it is empty.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn check_ours(target: &Path) -> Result<(), StagingError> {
    let not_ours = || StagingError::NotOurs { path: target.to_owned() };
    if target.is_symlink() || target.is_file() {
        return Err(not_ours());
    }
    if !target.exists() || target.join(MARKER).is_file() {
        return Ok(());
    }
    let mut entries = fs::read_dir(target)
        .map_err(|source| StagingError::Write { path: target.to_owned(), source })?;
    if entries.next().is_none() { Ok(()) } else { Err(not_ours()) }
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn create_folders(folder: &Path) -> Result<(), StagingError> {
    fs::create_dir_all(folder)
        .map_err(|source| StagingError::Write { path: folder.to_owned(), source })
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn remove(folder: &Path) -> Result<(), StagingError> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(StagingError::Write { path: folder.to_owned(), source })
        }
        _ => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn fs_rename(from: &Path, to: &Path) -> Result<(), StagingError> {
    fs::rename(from, to).map_err(|source| StagingError::Write { path: to.to_owned(), source })
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(left: &Path, right: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk")]
mod tests {
    use super::{Staging, StagingError};
    use std::fs;

    #[test]
    fn a_site_appears_whole_or_not_at_all() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let target = root.path().join("public");
        let staging = Staging::begin(&target)?;
        staging.write("r/a/index.html", b"1")?;
        assert!(!target.exists());
        staging.publish()?;
        assert_eq!(fs::read(target.join("r/a/index.html"))?, b"1");

        // Cut off: the old site stays.
        let staging = Staging::begin(&target)?;
        staging.write("r/a/index.html", b"2")?;
        assert!(matches!(Staging::begin(&target), Err(StagingError::Busy { .. })));
        drop(staging);
        assert_eq!(fs::read(target.join("r/a/index.html"))?, b"1");

        let staging = Staging::begin(&target)?;
        staging.write("index.html", b"3")?;
        staging.publish()?;
        assert!(!target.join("r").exists() && target.join("index.html").exists());
        let left: Vec<_> =
            fs::read_dir(root.path())?.filter_map(|e| Some(e.ok()?.file_name())).collect();
        assert_eq!(left.len(), 1, "{left:?}");
        Ok(())
    }

    #[test]
    fn nothing_of_others_is_replaced() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let target = root.path().join("docs");
        fs::create_dir(&target)?;
        assert!(Staging::begin(&target).is_ok(), "an empty folder is anybody's");
        fs::write(target.join("thesis.md"), "years of work")?;
        assert!(matches!(Staging::begin(&target), Err(StagingError::NotOurs { .. })));
        assert!(target.join("thesis.md").exists());
        Ok(())
    }

    #[test]
    fn a_half_done_exchange_is_undone() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let target = root.path().join("public");
        let staging = Staging::begin(&target)?;
        staging.write("index.html", b"1")?;
        staging.publish()?;
        fs::rename(&target, root.path().join(".public.bokgi-old"))?;
        drop(Staging::begin(&target)?);
        assert_eq!(fs::read(target.join("index.html"))?, b"1");
        Ok(())
    }
}
