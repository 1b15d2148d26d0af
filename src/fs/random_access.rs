//! A file of which only pieces are read.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

use super::FsError;

/// An open file. Several threads may read from it at once.
#[derive(Debug)]
pub(crate) struct RandomAccess {
    #[cfg(unix)]
    file: File,
    #[cfg(not(unix))]
    file: std::sync::Mutex<File>,
    length: u64,
}

impl RandomAccess {
    pub(crate) fn open(path: &Path) -> Result<Self, FsError> {
        let failed = |source| FsError::Read { path: path.to_owned(), source };
        #[expect(clippy::disallowed_methods, reason = "this module is the one that may")]
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        #[cfg(not(unix))]
        let file = std::sync::Mutex::new(file);
        Ok(Self { file, length })
    }

    /// In bytes, as it was when it was opened.
    pub(crate) fn len(&self) -> u64 {
        self.length
    }

    /// The bytes of a range, all of them.
    pub(crate) fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let length = range.end.checked_sub(range.start).filter(|_| range.end <= self.length);
        let length = length.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        self.read_at(&mut bytes, range.start)?;
        Ok(bytes)
    }

    #[cfg(unix)]
    fn read_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        use std::os::unix::fs::FileExt as _;
        self.file.read_exact_at(bytes, at)
    }

    #[cfg(not(unix))]
    fn read_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        use std::io::{Read as _, Seek as _};
        let mut file = self.file.lock().map_err(|_| io::ErrorKind::Other)?;
        file.seek(io::SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }
}
