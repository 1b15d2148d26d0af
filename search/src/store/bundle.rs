//! Bundles: segments bound into one file, and the file opened again.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentId;
use tantivy::{Index, InvertedIndexReader, SegmentReader, TantivyError};

use super::directory::{Body, BundleDirectory, segment_id};
use super::schema::{FACETS, TEXT};
use super::segment::{FILES, Segment};
use super::storage::Storage;
use super::vocabulary::Vocabulary;
use super::wire::{Put, Take, broken};

/// The first bytes of a bundle.
const MAGIC: [u8; 8] = *b"bokgi\0ix";
/// Changes whenever bundles of before cannot be read, or hold other terms for the same text.
const FORMAT: u32 = 1;
/// Magic, format, length of the whole, of the table of contents and of the hot bytes.
const HEADER: u64 = 8 + 4 + 8 + 4 + 4;
/// Two hot ranges with fewer bytes between them become one.
const GAP: u64 = 64;
/// No table of contents is larger, whatever a damaged file says.
const HEAD_MAX: u64 = 1 << 28;

/// A bundle could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It could not be read. `WouldBlock` means: open it again when the bytes are there.
    #[error("the search index could not be read")]
    Storage(#[source] io::Error),
    /// It is no bundle, or only a piece of one.
    #[error("this is not a whole search index")]
    Damaged,
    /// Another version of this program wrote it: it has to be made again.
    #[error("the search index was made by another version")]
    OtherVersion,
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Damaged,
            _ => Self::Storage(error),
        }
    }
}

impl From<TantivyError> for OpenError {
    fn from(error: TantivyError) -> Self {
        let io = match &error {
            TantivyError::IoError(io) => io,
            TantivyError::OpenReadError(tantivy::directory::error::OpenReadError::IoError {
                io_error,
                ..
            }) => io_error,
            TantivyError::OpenReadError(_) | TantivyError::IncompatibleIndex(_) => {
                return Self::OtherVersion;
            }
            _ => return Self::Damaged,
        };
        Self::from(io::Error::new(io.kind(), error))
    }
}

/// Where the parts of a segment lie in the body.
#[derive(Debug, Clone, Default)]
struct Places {
    documents: u32,
    columns: Range<u64>,
    records: Range<u64>,
    files: [Range<u64>; 6],
}

/// Segments bound into one file.
///
/// It can be searched as it is, or written and opened again from wherever it was written to.
pub struct Bundle {
    chunks: Vec<(u64, OwnedBytes)>,
    len: u64,
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bundle").field("len", &self.len).finish_non_exhaustive()
    }
}

/// Binds segments, in the order given.
///
/// The same segments in the same order give the same bytes, whatever the machine.
///
/// # Errors
/// If tantivy cannot open what it has just written.
pub fn bundle(segments: Vec<Segment>) -> Result<Bundle, OpenError> {
    let mut body = Bundle { chunks: Vec::new(), len: 0 };
    let mut places: Vec<Places> = Vec::new();
    let mut records = Vec::new();
    let mut files = Vec::new();
    let mut words = Vocabulary::default();
    for segment in segments {
        let columns = body.push(OwnedBytes::new(segment.tables.columns));
        places.push(Places { documents: segment.documents, columns, ..Places::default() });
        records.push(OwnedBytes::new(segment.tables.records));
        files.push(segment.files);
        words.merge(&segment.vocabulary);
    }
    for file in 0..FILES.len() {
        for (place, files) in places.iter_mut().zip(&files) {
            place.files[file] = body.push(files[file].clone());
        }
    }
    for (place, records) in places.iter_mut().zip(records) {
        place.records = body.push(records);
    }
    let vocabulary = body.push(OwnedBytes::new(words.write()));

    let recorder = Arc::new(Recorder { body, read: Mutex::default() });
    open_segments(recorder.clone(), 0, Vec::new(), &places)?;
    let hot = recorder.ranges();
    let mut contents = Vec::new();
    let mut bytes = Vec::new();
    contents.number(places.len() as u64);
    for place in &places {
        contents.number(u64::from(place.documents));
        for range in [&place.columns, &place.records].into_iter().chain(&place.files) {
            contents.number(range.start);
            contents.number(range.end - range.start);
        }
    }
    contents.number(vocabulary.start);
    contents.number(vocabulary.end - vocabulary.start);
    contents.number(hot.len() as u64);
    for range in hot {
        contents.number(range.start);
        contents.number(range.end - range.start);
        bytes.extend(recorder.body.read(range)?);
    }

    let total = HEADER + contents.len() as u64 + bytes.len() as u64 + recorder.body.len;
    let mut head = MAGIC.to_vec();
    head.extend(FORMAT.to_le_bytes());
    head.extend(total.to_le_bytes());
    for len in [contents.len(), bytes.len()] {
        head.extend(u32::try_from(len).map_err(io::Error::other)?.to_le_bytes());
    }
    head.extend(contents);
    head.extend(bytes);
    let mut bundle = Bundle { chunks: Vec::new(), len: 0 };
    bundle.push(OwnedBytes::new(head));
    for (_, chunk) in &recorder.body.chunks {
        bundle.push(chunk.clone());
    }
    Ok(bundle)
}

impl Bundle {
    fn push(&mut self, bytes: OwnedBytes) -> Range<u64> {
        let start = self.len;
        self.len += bytes.len() as u64;
        self.chunks.push((start, bytes));
        start..self.len
    }

    /// Writes the whole bundle.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_to(&self, writer: &mut dyn Write) -> io::Result<()> {
        self.chunks.iter().try_for_each(|(_, chunk)| writer.write_all(chunk))
    }

    /// The whole bundle as bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.len).unwrap_or(0));
        for (_, chunk) in &self.chunks {
            bytes.extend_from_slice(chunk);
        }
        bytes
    }
}

impl Storage for Bundle {
    fn len(&self) -> u64 {
        self.len
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let first =
            self.chunks.partition_point(|(start, chunk)| start + chunk.len() as u64 <= range.start);
        for (start, chunk) in &self.chunks[first..] {
            let from = range.start.max(*start) - start;
            let to = range.end.min(start + chunk.len() as u64).saturating_sub(*start);
            if from >= to {
                break;
            }
            let from = usize::try_from(from).map_err(io::Error::other)?;
            let to = usize::try_from(to).map_err(io::Error::other)?;
            bytes.extend_from_slice(&chunk[from..to]);
        }
        if bytes.len() as u64 == range.end.saturating_sub(range.start) {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

/// Remembers what is read of a body while tantivy opens it.
struct Recorder {
    body: Bundle,
    read: Mutex<Vec<Range<u64>>>,
}

impl Recorder {
    /// What was read, sorted, without overlaps or small gaps.
    fn ranges(&self) -> Vec<Range<u64>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        read.sort_by_key(|range| (range.start, range.end));
        let mut merged: Vec<Range<u64>> = Vec::new();
        for range in read {
            match merged.last_mut() {
                Some(last) if range.start <= last.end + GAP => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

impl Storage for Recorder {
    fn len(&self) -> u64 {
        self.body.len
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).push(range.clone());
        self.body.read(range)
    }
}

/// A segment of an open bundle.
#[derive(Clone)]
pub(crate) struct OpenSegment {
    pub(crate) text: Arc<InvertedIndexReader>,
    pub(crate) facets: Arc<InvertedIndexReader>,
    pub(crate) body: Arc<Body>,
    pub(crate) columns: Range<u64>,
    pub(crate) records: Range<u64>,
}

/// A bundle whose head has been read.
pub(crate) struct OpenBundle {
    pub(crate) segments: Vec<OpenSegment>,
    pub(crate) body: Arc<Body>,
    pub(crate) vocabulary: Range<u64>,
}

impl OpenBundle {
    /// Reads the head of a bundle: two reads, whatever its size.
    pub(crate) fn open(storage: Arc<dyn Storage>) -> Result<Self, OpenError> {
        let len = storage.len();
        if len < HEADER {
            return Err(OpenError::Damaged);
        }
        let header = storage.read(0..HEADER)?;
        let (magic, mut rest) = header.split_at_checked(MAGIC.len()).ok_or_else(broken)?;
        let mut number = |size: usize| {
            let (bytes, after) = rest.split_at_checked(size).ok_or_else(broken)?;
            rest = after;
            Ok::<_, io::Error>(bytes.iter().rev().fold(0u64, |n, byte| n << 8 | u64::from(*byte)))
        };
        if magic != MAGIC {
            return Err(OpenError::Damaged);
        }
        if number(4)? != u64::from(FORMAT) {
            return Err(OpenError::OtherVersion);
        }
        let (total, contents_len, hot_len) = (number(8)?, number(4)?, number(4)?);
        if total != len || contents_len + hot_len > HEAD_MAX {
            return Err(OpenError::Damaged);
        }
        let start = HEADER + contents_len + hot_len;
        let head = OwnedBytes::new(storage.read(HEADER..start)?);
        let contents_len = usize::try_from(contents_len).map_err(io::Error::other)?;
        let mut take = Take(head.get(..contents_len).ok_or_else(broken)?);
        let size = len - start;
        let range = |take: &mut Take| {
            let from = take.number()?;
            let to = from.saturating_add(take.number()?);
            if to > size { Err(broken()) } else { Ok(from..to) }
        };
        let mut places = Vec::new();
        for _ in 0..take.count()? {
            let documents = u32::try_from(take.number()?).map_err(|_cut| broken())?;
            let mut place = Places { documents, ..Places::default() };
            place.columns = range(&mut take)?;
            place.records = range(&mut take)?;
            for file in &mut place.files {
                *file = range(&mut take)?;
            }
            places.push(place);
        }
        let vocabulary = range(&mut take)?;
        let mut hot = Vec::new();
        let mut at = contents_len;
        for _ in 0..take.count()? {
            let range = range(&mut take)?;
            let len = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
            if at + len > head.len() {
                return Err(OpenError::Damaged);
            }
            hot.push((range.start, head.slice(at..at + len)));
            at += len;
        }
        let (segments, body) = open_segments(storage, start, hot, &places)?;
        Ok(Self { segments, body, vocabulary })
    }
}

fn open_segments(
    storage: Arc<dyn Storage>,
    start: u64,
    hot: Vec<(u64, OwnedBytes)>,
    places: &[Places],
) -> Result<(Vec<OpenSegment>, Arc<Body>), OpenError> {
    let body = Arc::new(Body { storage, start, hot });
    let files = Arc::new(places.iter().map(|place| place.files.clone()).collect());
    let index = Index::open(BundleDirectory { body: body.clone(), files })?;
    let mut segments = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let id = SegmentId::from_uuid_string(&segment_id(number)).map_err(|_id| broken())?;
        let meta = index.new_segment_meta(id, place.documents);
        let reader = SegmentReader::open(&index.segment(meta))?;
        segments.push(OpenSegment {
            text: reader.inverted_index(TEXT)?,
            facets: reader.inverted_index(FACETS)?,
            body: body.clone(),
            columns: place.columns.clone(),
            records: place.records.clone(),
        });
    }
    Ok((segments, body))
}

/// A bundle to search, and the reports in it that no longer count.
#[derive(Clone)]
pub struct Part {
    /// Its bytes.
    pub storage: Arc<dyn Storage>,
    /// Keys of reports that are gone, or that another part has in a newer state.
    pub hidden: BTreeSet<String>,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("hidden", &self.hidden).finish_non_exhaustive()
    }
}
