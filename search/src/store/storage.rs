//! Where the bytes of a bundle come from.

use std::io;
use std::ops::Range;
use std::sync::Arc;

/// A bundle somewhere: in memory, in a file, behind HTTP.
///
/// Reads may answer [`io::ErrorKind::WouldBlock`] and begin to fetch. The engine does not stop at the first
/// such answer but asks for whatever else the same step of a query needs, so that a caller may fetch it all
/// at once and repeat the query; every other step costs one such round (columns and terms, postings,
/// positions, records).
pub trait Storage: Send + Sync + 'static {
    /// Its size in bytes.
    fn len(&self) -> u64;

    /// The bytes of `range`, all of them.
    ///
    /// # Errors
    /// Whatever keeps it from reading them, a range beyond the end included.
    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>>;

    /// Whether there is nothing at all.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Storage for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        slice(self, range)
    }
}

impl Storage for Arc<[u8]> {
    fn len(&self) -> u64 {
        self.as_ref().len() as u64
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        slice(self, range)
    }
}

fn slice(bytes: &[u8], range: Range<u64>) -> io::Result<Vec<u8>> {
    let start = usize::try_from(range.start).map_err(io::Error::other)?;
    let end = usize::try_from(range.end).map_err(io::Error::other)?;
    bytes.get(start..end).map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}
