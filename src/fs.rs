//! The only place that touches the disk.
//!
//! Listings are sorted, so that nothing depends on the order a file system happens to give. Every
//! error names the path it is about. What a listing meets on its way and cannot read is reported
//! beside what it can.

mod listing;
mod random_access;
mod staging;

pub(crate) use listing::{Obstacle, ObstacleKind, list};
pub(crate) use random_access::RandomAccess;
pub(crate) use staging::{Staging, StagingError};

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A larger file is no report.
pub(crate) const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Something the disk would not do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FsError {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} exists already", path.display())]
    Exists { path: PathBuf },
}

/// A file's bytes, or that it is too large to be read.
pub(crate) enum Contents {
    Bytes(Vec<u8>),
    TooLarge(u64),
}

/// Reads a file of at most [`MAX_FILE`] bytes.
pub(crate) fn read(path: &Path) -> Result<Contents, FsError> {
    read_up_to(path, MAX_FILE)
}

/// Reads a file of at most `most` bytes.
pub(crate) fn read_up_to(path: &Path, most: u64) -> Result<Contents, FsError> {
    let failed = |source| FsError::Read { path: path.to_owned(), source };
    #[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    if length > most {
        return Ok(Contents::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    // A file that grows while it is read stops at the limit as well.
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        Ok(Contents::TooLarge(bytes.len() as u64))
    } else {
        Ok(Contents::Bytes(bytes))
    }
}

/// Reads a text file that belongs to us: configuration, a profile, a template.
pub(crate) fn read_text(path: &Path) -> Result<String, FsError> {
    let invalid = |why: &str| FsError::Read {
        path: path.to_owned(),
        source: io::Error::new(io::ErrorKind::InvalidData, why),
    };
    match read(path)? {
        Contents::TooLarge(_) => Err(invalid("the file is larger than 4 MiB")),
        Contents::Bytes(bytes) => {
            String::from_utf8(bytes).map_err(|_| invalid("the file is not UTF-8"))
        }
    }
}

/// Reads a text of ours of any size.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn read_whole(path: &Path) -> Result<String, FsError> {
    fs::read_to_string(path).map_err(|source| FsError::Read { path: path.to_owned(), source })
}

/// How large a file is and when it changed: another stamp, another content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// In bytes.
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) modified: u64,
}

/// A file's stamp; `None` where the system does not say.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    let since = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Stamp { size: metadata.len(), modified: u64::try_from(since.as_nanos()).ok()? })
}

/// Writes a file of ours under its name only when all of it is there, over what may be there.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), FsError> {
    write_whole_with(path, None, write)
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn write_whole_with(
    path: &Path,
    permissions: Option<fs::Permissions>,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), FsError> {
    let failed = |source| FsError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        create_folders(folder)?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Two who write at once have two files; the later name wins.
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create(&beside)
        .and_then(|file| {
            let mut out = io::BufWriter::new(file);
            write(&mut out)?;
            out.flush()?;
            // On the disk before it takes the place of what is there.
            out.get_ref().sync_all()
        })
        .and_then(|()| permissions.map_or(Ok(()), |kept| fs::set_permissions(&beside, kept)))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|source| {
        // What is left of it helps nobody.
        let _ = fs::remove_file(&beside);
        failed(source)
    })
}

/// Replaces a user's file if it still holds what was read from it; `false` if somebody changed it. The
/// file keeps its permissions, and is whole at every moment. A link stays one: what it leads to is
/// replaced.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn replace(path: &Path, before: &str, after: &str) -> Result<bool, FsError> {
    let failed = |source| FsError::Write { path: path.to_owned(), source };
    let path = fs::canonicalize(path).map_err(failed)?;
    if fs::read(&path).map_err(failed)? != before.as_bytes() {
        return Ok(false);
    }
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    write_whole_with(&path, Some(permissions), |out| out.write_all(after.as_bytes()))?;
    Ok(true)
}

/// Removes a file of ours; that it is gone already is fine.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn remove(path: &Path) -> Result<(), FsError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(FsError::Write { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes a file that must not be there yet, with the folders it needs.
pub(crate) fn write_new(path: &Path, contents: &str) -> Result<(), FsError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => FsError::Exists { path: path.to_owned() },
        _ => FsError::Write { path: path.to_owned(), source },
    };
    if let Some(folder) = path.parent() {
        create_folders(folder)?;
    }
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(contents.as_bytes()).map_err(failed)
}

/// Writes a file a user asked for by name, over what may be there.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn write(path: &Path, contents: &str) -> Result<(), FsError> {
    fs::write(path, contents).map_err(|source| FsError::Write { path: path.to_owned(), source })
}

/// Adds to the end of a file, which need not be there yet.
pub(crate) fn append(path: &Path, contents: &str) -> Result<(), FsError> {
    let failed = |source| FsError::Write { path: path.to_owned(), source };
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).map_err(failed)?;
    file.write_all(contents.as_bytes()).map_err(failed)
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
fn create_folders(folder: &Path) -> Result<(), FsError> {
    fs::create_dir_all(folder).map_err(|source| FsError::Write { path: folder.to_owned(), source })
}

pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The path with links resolved, where it exists.
#[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
pub(crate) fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}
