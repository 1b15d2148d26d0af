//! The only place that touches the disk.
//!
//! Listings are sorted, so that nothing depends on the order a file system happens to give. Every
//! error names the path it is about. What a listing meets on its way and cannot read is reported
//! beside what it can.

mod listing;
mod staging;

pub(crate) use listing::{Obstacle, ObstacleKind, list};
pub(crate) use staging::{Staging, StagingError};

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

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
