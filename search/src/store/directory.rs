//! A bundle as tantivy sees it: a directory that cannot be written.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{HasLen, IndexMeta};

use super::files::FILES;
use super::schema::schema;
use super::storage::Storage;

/// The part of a bundle that the table of contents speaks of, with some of its bytes at hand.
pub(crate) struct Body {
    pub(crate) storage: Arc<dyn Storage>,
    /// Where it begins in the storage.
    pub(crate) start: u64,
    /// Bytes read in advance, sorted by place.
    pub(crate) hot: Vec<(u64, OwnedBytes)>,
}

impl Body {
    /// The bytes of a range of the body.
    pub(crate) fn read(&self, range: Range<u64>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let after = self.hot.partition_point(|(start, _)| *start <= range.start);
        if let Some((start, bytes)) = after.checked_sub(1).and_then(|at| self.hot.get(at)) {
            let from = usize::try_from(range.start - start).map_err(io::Error::other)?;
            let to = usize::try_from(range.end - start).map_err(io::Error::other)?;
            if to <= bytes.len() {
                return Ok(bytes.slice(from..to));
            }
        }
        let wanted = range.end - range.start;
        let bytes = self.storage.read(self.start + range.start..self.start + range.end)?;
        if bytes.len() as u64 == wanted {
            Ok(OwnedBytes::new(bytes))
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("start", &self.start).finish_non_exhaustive()
    }
}

/// The files of the one segment of a bundle.
#[derive(Debug, Clone)]
pub(crate) struct BundleDirectory {
    pub(crate) body: Arc<Body>,
    /// Where each of [`FILES`] lies in the body.
    pub(crate) files: Arc<[Range<u64>; 6]>,
}

/// The id under which tantivy knows the segment.
pub(crate) const SEGMENT: &str = "00000000000000000000000000000000";

/// One file.
struct File {
    body: Arc<Body>,
    range: Range<u64>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("File").field(&self.range).finish()
    }
}

impl HasLen for File {
    fn len(&self) -> usize {
        usize::try_from(self.range.end - self.range.start).unwrap_or(usize::MAX)
    }
}

impl FileHandle for File {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let start = self.range.start + range.start as u64;
        let end = self.range.start + range.end as u64;
        if end > self.range.end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.body.read(start..end)
    }
}

impl BundleDirectory {
    fn range(&self, path: &Path) -> Option<Range<u64>> {
        let extension = path.extension()?;
        let file = FILES.iter().position(|name| extension == *name)?;
        Some(self.files[file].clone())
    }
}

/// A file name's meta data: the schema, without segments, since those are opened by number.
const META: &str = "meta.json";

impl Directory for BundleDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match self.range(path) {
            Some(range) => Ok(Arc::new(File { body: self.body.clone(), range })),
            None => Err(OpenReadError::FileDoesNotExist(path.to_owned())),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.range(path).is_some() || path == Path::new(META))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) {
            // What tantivy prints for debugging is what it writes to the file.
            Ok(format!("{:?}", IndexMeta::with_schema(schema())).into_bytes())
        } else {
            Err(OpenReadError::FileDoesNotExist(path.to_owned()))
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(
            io::ErrorKind::ReadOnlyFilesystem.into(),
            path.to_owned(),
        ))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(PathBuf::new())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
