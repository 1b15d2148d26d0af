//! Pieces: a bundle as files that a browser fetches one by one, and the storage that is made of them.
//!
//! Static hosts do not all answer requests for a range of a file, so whatever is read on its own is a file of
//! its own. The first piece holds everything that opening needs, and a small knowledge base whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::bundle::{Contents, Header, OpenError};
use super::storage::Storage;
use super::wire::{Put, Take, broken};

/// A bundle of this size is one piece: packed, it is what the first two queries would fetch of it anyway.
const WHOLE: u64 = 320 << 10;
/// A piece gathers blocks until it has so many bytes.
const GATHERED: u64 = 3 << 10;

/// How the body of a bundle is cut behind its columns: sizes, each with how many times.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    sizes: Vec<(u64, u64)>,
    /// The pieces before those that are packed.
    packed: u64,
}

impl Layout {
    fn push(&mut self, size: u64, times: u64) {
        if size == 0 || times == 0 {
            return;
        }
        match self.sizes.last_mut() {
            Some((last, count)) if *last == size => *count += times,
            _ => self.sizes.push((size, times)),
        }
    }

    /// A piece of its own.
    pub(crate) fn whole(&mut self, range: Range<u64>) {
        self.push(range.end - range.start, 1);
    }

    /// Pieces of one size.
    pub(crate) fn every(&mut self, range: &Range<u64>, size: u64) {
        let len = range.end - range.start;
        self.push(size, len / size);
        self.push(len % size, 1);
    }

    /// Pieces that end where blocks do.
    pub(crate) fn at(&mut self, range: &Range<u64>, blocks: &[u64]) {
        debug_assert_eq!(blocks.iter().sum::<u64>(), range.end - range.start);
        let mut size = 0;
        for block in blocks {
            size += block;
            if size >= GATHERED {
                self.push(size, 1);
                size = 0;
            }
        }
        self.push(size, 1);
    }

    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.number(self.packed);
        bytes.number(self.sizes.len() as u64);
        for (size, times) in &self.sizes {
            bytes.number(*size);
            bytes.number(*times);
        }
    }

    pub(crate) fn read(take: &mut Take<'_>) -> io::Result<Self> {
        let packed = take.number()?;
        let sizes = (0..take.count()?)
            .map(|_| Ok((take.number()?, take.number()?)))
            .collect::<io::Result<_>>()?;
        Ok(Self { sizes, packed })
    }

    /// What follows is packed.
    pub(crate) fn packed(&mut self) {
        self.packed = self.sizes.iter().map(|(_, times)| times).sum();
    }

    /// The pieces of a bundle of `total` bytes whose columns end at `columns`.
    pub(crate) fn pieces(&self, columns: u64, total: u64) -> Pieces {
        if total <= WHOLE {
            return Pieces { ends: vec![total], packed: 1 };
        }
        let mut ends = vec![columns];
        let mut at = columns;
        for &(size, times) in &self.sizes {
            // A damaged head must not make us count for ever.
            for _ in 0..times.min((total - at) / size.max(1)) {
                at += size;
                ends.push(at);
            }
        }
        Pieces { ends, packed: usize::try_from(self.packed + 1).unwrap_or(usize::MAX) }
    }
}

/// Where a bundle is cut.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Pieces {
    ends: Vec<u64>,
    /// The first that is packed.
    packed: usize,
}

impl Pieces {
    /// Reads from the first piece of a bundle where the others are.
    ///
    /// # Errors
    /// If that is not the beginning of a bundle of this version.
    pub fn of(first: &[u8]) -> Result<Self, OpenError> {
        let header = Header::read(first)?;
        let end = usize::try_from(Header::LEN + header.contents).map_err(io::Error::other)?;
        let start = usize::try_from(Header::LEN).map_err(io::Error::other)?;
        let size = header.total.checked_sub(header.body()).ok_or(OpenError::Damaged)?;
        let contents = Contents::read(first.get(start..end).ok_or_else(broken)?, size)?;
        let pieces = contents.layout.pieces(header.body() + contents.columns_end(), header.total);
        if pieces.ends.last() == Some(&header.total) { Ok(pieces) } else { Err(OpenError::Damaged) }
    }

    /// The bytes of each piece, in order.
    pub fn ranges(&self) -> impl Iterator<Item = Range<u64>> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// Whether a piece holds packed bytes only, so that packing it once more is in vain.
    pub fn is_packed(&self, piece: usize) -> bool {
        piece >= self.packed
    }

    /// The piece with a byte.
    fn with(&self, at: u64) -> usize {
        self.ends.partition_point(|&end| end <= at)
    }
}

/// A bundle of which some pieces are at hand.
///
/// What is read of the others is remembered as [wanted](Fetched::wanted).
#[derive(Debug, Default)]
pub struct Fetched {
    pieces: OnceLock<Pieces>,
    fetched: Mutex<BTreeMap<usize, Vec<u8>>>,
    wanted: Mutex<BTreeSet<usize>>,
}

impl Fetched {
    /// Hands over a piece.
    ///
    /// # Errors
    /// If it is the first and not the beginning of a bundle of this version, or not of the size of that piece.
    pub fn supply(&self, piece: usize, bytes: Vec<u8>) -> Result<(), OpenError> {
        if piece == 0 && self.pieces.get().is_none() {
            let pieces = Pieces::of(&bytes)?;
            self.pieces.get_or_init(|| pieces);
        }
        let range = self.pieces.get().and_then(|pieces| pieces.ranges().nth(piece));
        if range.is_none_or(|range| range.end - range.start != bytes.len() as u64) {
            return Err(OpenError::Damaged);
        }
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).remove(&piece);
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner).insert(piece, bytes);
        Ok(())
    }

    /// The pieces that were read and are not at hand, since the last call.
    pub fn wanted(&self) -> Vec<usize> {
        std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
            .into_iter()
            .collect()
    }

    fn want(&self, pieces: impl IntoIterator<Item = usize>) -> io::Error {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).extend(pieces);
        io::ErrorKind::WouldBlock.into()
    }
}

impl Storage for Fetched {
    /// The size of the bundle; as long as nothing is known of it, one that any bundle has.
    fn len(&self) -> u64 {
        self.pieces.get().and_then(|pieces| pieces.ends.last().copied()).unwrap_or(u64::MAX)
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let Some(pieces) = self.pieces.get() else { return Err(self.want([0])) };
        if range.end > self.len() || range.start > range.end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let needed = pieces.with(range.start)..=pieces.with(range.end - 1);
        let missing: Vec<usize> =
            needed.clone().filter(|piece| !fetched.contains_key(piece)).collect();
        if !missing.is_empty() {
            drop(fetched);
            return Err(self.want(missing));
        }
        let mut bytes = Vec::new();
        for piece in needed {
            let start = piece.checked_sub(1).map_or(0, |before| pieces.ends[before]);
            let held = &fetched[&piece];
            let at = |at: u64| usize::try_from(at).map_err(io::Error::other);
            let from = at(range.start.saturating_sub(start))?;
            let to = at((range.end - start).min(held.len() as u64))?;
            bytes.extend_from_slice(held.get(from..to).ok_or_else(broken)?);
        }
        Ok(bytes)
    }
}
