//! Bundles: segments bound into one file, and the file opened again.
//!
//! A bundle keeps its columns first and its texts last, so that what a query needs early is near the
//! beginning, and [pieces](super::pieces) of it can be files of their own.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::{Index, InvertedIndexReader, SegmentReader, TantivyError};

use super::directory::{Body, BundleDirectory, SEGMENT};
use super::files::files;
use super::pieces::{Layout, Pieces};
use super::schema::{FACETS, TEXT};
use super::segment::{IndexError, Segment};
use super::storage::Storage;
use super::table;
use super::vocabulary::Vocabulary;
use super::wire::{Put, Take, broken};

/// The first bytes of a bundle.
const MAGIC: [u8; 8] = *b"bokgi\0ix";
/// Changes whenever bundles of before cannot be read, or hold other terms for the same text.
const FORMAT: u32 = 2;
/// Magic, format, length of the whole, of the table of contents and of the hot bytes.
const HEADER: u64 = 8 + 4 + 8 + 4 + 4;
/// Two hot ranges with fewer bytes between them become one.
const GAP: u64 = 64;
/// The size of a piece of the dictionary: one of tantivy's blocks.
const TERMS: u64 = 4 << 10;
/// The size of a piece of postings or positions: most words' lists are much smaller, so a larger piece is mostly
/// other words. Ten thousand reports have some thousand pieces of this size.
const POSTINGS: u64 = 8 << 10;
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

/// Where the parts of a bundle lie in its body.
#[derive(Debug, Clone, Default)]
struct Places {
    documents: u32,
    columns: Range<u64>,
    files: [Range<u64>; 6],
    records: Range<u64>,
    values: Range<u64>,
    vocabulary: Range<u64>,
    texts: Range<u64>,
}

impl Places {
    /// All of them, in the order of the body.
    fn all(&mut self) -> impl Iterator<Item = &mut Range<u64>> {
        [&mut self.columns].into_iter().chain(&mut self.files).chain([
            &mut self.records,
            &mut self.values,
            &mut self.vocabulary,
            &mut self.texts,
        ])
    }
}

/// Segments bound into one file.
///
/// It can be searched as it is, or written and opened again from wherever it was written to.
pub struct Bundle {
    chunks: Vec<(u64, OwnedBytes)>,
    len: u64,
    pieces: Pieces,
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bundle").field("len", &self.len).finish_non_exhaustive()
    }
}

/// Binds segments, in the order of the keys of their reports.
///
/// The same segments in the same order give the same bytes, whatever the machine.
///
/// # Errors
/// More than 4 G passages.
pub fn bundle(segments: Vec<Segment>) -> Result<Bundle, IndexError> {
    let mut words = Vocabulary::default();
    let mut runs = Vec::new();
    let mut tables = Vec::new();
    for segment in segments {
        words.merge(&segment.vocabulary);
        runs.push(segment.run);
        tables.push(segment.tables);
    }
    let mut places =
        Places { documents: runs.iter().map(|run| run.documents).sum(), ..Places::default() };
    let tantivy = files(&runs).map_err(IndexError::new)?;
    drop(runs);
    let tables = table::write(tables);
    let blocks = tables.blocks;
    let mut body = Bundle { chunks: Vec::new(), len: 0, pieces: Pieces::default() };
    let chunks = [OwnedBytes::new(tables.columns)]
        .into_iter()
        .chain(tantivy)
        .chain([tables.records, tables.values, words.write(), tables.texts].map(OwnedBytes::new));
    for (place, chunk) in places.all().zip(chunks) {
        *place = body.push(chunk);
    }
    bind(body, places, &blocks).map_err(IndexError::new)
}

/// Puts the head before the body.
fn bind(body: Bundle, mut places: Places, blocks: &table::Blocks) -> Result<Bundle, OpenError> {
    let recorder = Arc::new(Recorder { body, read: Mutex::default() });
    open(recorder.clone(), 0, Vec::new(), &places)?;
    let hot = recorder.ranges();
    let mut layout = Layout::default();
    let [terms, postings, positions, ..] = &places.files;
    layout.every(terms, TERMS);
    layout.every(postings, POSTINGS);
    layout.every(positions, POSTINGS);
    // tantivy reads the other three, a few hundred bytes, on opening.
    layout.whole(positions.end..places.records.start);
    layout.packed();
    layout.at(&places.records, &blocks.records);
    layout.whole(places.values.clone());
    layout.whole(places.vocabulary.clone());
    layout.at(&places.texts, &blocks.texts);

    let mut contents = Vec::new();
    let mut bytes = Vec::new();
    contents.number(u64::from(places.documents));
    for range in places.all() {
        contents.number(range.start);
        contents.number(range.end - range.start);
    }
    layout.write(&mut contents);
    contents.number(hot.len() as u64);
    for range in hot {
        contents.number(range.start);
        contents.number(range.end - range.start);
        bytes.extend(recorder.body.read(range)?);
    }
    let start = HEADER + contents.len() as u64 + bytes.len() as u64;
    let total = start + recorder.body.len;
    let mut head = MAGIC.to_vec();
    head.extend(FORMAT.to_le_bytes());
    head.extend(total.to_le_bytes());
    for len in [contents.len(), bytes.len()] {
        head.extend(u32::try_from(len).map_err(io::Error::other)?.to_le_bytes());
    }
    head.extend(contents);
    head.extend(bytes);
    let pieces = layout.pieces(start + places.columns.end, total);
    let mut bundle = Bundle { chunks: Vec::new(), len: 0, pieces };
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

    /// The pieces it is published in.
    pub fn pieces(&self) -> &Pieces {
        &self.pieces
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

/// A bundle whose head has been read.
#[derive(Clone)]
pub(crate) struct OpenBundle {
    pub(crate) text: Arc<InvertedIndexReader>,
    pub(crate) facets: Arc<InvertedIndexReader>,
    pub(crate) body: Arc<Body>,
    positions: Range<u64>,
    pub(crate) columns: Range<u64>,
    pub(crate) records: Range<u64>,
    pub(crate) values: Range<u64>,
    pub(crate) vocabulary: Range<u64>,
    pub(crate) texts: Range<u64>,
}

/// The first bytes of a bundle.
pub(crate) struct Header {
    pub(crate) total: u64,
    pub(crate) contents: u64,
    pub(crate) hot: u64,
}

impl Header {
    pub(crate) const LEN: u64 = HEADER;

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        let (magic, mut rest) = bytes.split_at_checked(MAGIC.len()).ok_or_else(broken)?;
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
        let header = Self { total: number(8)?, contents: number(4)?, hot: number(4)? };
        if header.contents + header.hot > HEAD_MAX { Err(OpenError::Damaged) } else { Ok(header) }
    }

    /// Where the body begins.
    pub(crate) fn body(&self) -> u64 {
        HEADER + self.contents + self.hot
    }
}

/// The table of contents: everything that the head says before its hot bytes.
pub(crate) struct Contents {
    places: Places,
    pub(crate) layout: Layout,
    hot: Vec<Range<u64>>,
}

impl Contents {
    /// Reads the contents of a body of `size` bytes.
    pub(crate) fn read(bytes: &[u8], size: u64) -> io::Result<Self> {
        let mut take = Take(bytes);
        let range = |take: &mut Take| {
            let from = take.number()?;
            let to = from.saturating_add(take.number()?);
            if to > size { Err(broken()) } else { Ok(from..to) }
        };
        let documents = u32::try_from(take.number()?).map_err(|_cut| broken())?;
        let mut places = Places { documents, ..Places::default() };
        for place in places.all() {
            *place = range(&mut take)?;
        }
        let layout = Layout::read(&mut take)?;
        let hot = (0..take.count()?).map(|_| range(&mut take)).collect::<io::Result<_>>()?;
        Ok(Self { places, layout, hot })
    }

    /// The end of the columns in the body.
    pub(crate) fn columns_end(&self) -> u64 {
        self.places.columns.end
    }
}

impl OpenBundle {
    /// Reads the head of a bundle: two reads, whatever its size.
    pub(crate) fn open(storage: Arc<dyn Storage>) -> Result<Self, OpenError> {
        let len = storage.len();
        if len < HEADER {
            return Err(OpenError::Damaged);
        }
        let header = Header::read(&storage.read(0..HEADER)?)?;
        if header.total != len {
            return Err(OpenError::Damaged);
        }
        let start = header.body();
        let head = OwnedBytes::new(storage.read(HEADER..start)?);
        let mut at = usize::try_from(header.contents).map_err(io::Error::other)?;
        let size = len.checked_sub(start).ok_or(OpenError::Damaged)?;
        let contents = Contents::read(head.get(..at).ok_or_else(broken)?, size)?;
        let mut hot = Vec::new();
        for range in contents.hot {
            let len = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
            if at + len > head.len() {
                return Err(OpenError::Damaged);
            }
            hot.push((range.start, head.slice(at..at + len)));
            at += len;
        }
        open(storage, start, hot, &contents.places)
    }

    /// Reads the positions of a term of the text, so that they are wanted together with its postings. That
    /// field is the first, so its positions begin where the file does.
    pub(crate) fn read_positions(&self, term: &TermInfo) -> io::Result<()> {
        let start = self.positions.start;
        let Range { start: from, end: to } = term.positions_range;
        self.body.read(start + from as u64..start + to as u64).map(drop)
    }
}

fn open(
    storage: Arc<dyn Storage>,
    start: u64,
    hot: Vec<(u64, OwnedBytes)>,
    places: &Places,
) -> Result<OpenBundle, OpenError> {
    let body = Arc::new(Body { storage, start, hot });
    let directory = BundleDirectory { body: body.clone(), files: Arc::new(places.files.clone()) };
    let index = Index::open(directory)?;
    let id = SegmentId::from_uuid_string(SEGMENT).map_err(|_id| broken())?;
    let meta = index.new_segment_meta(id, places.documents);
    let reader = SegmentReader::open(&index.segment(meta))?;
    Ok(OpenBundle {
        text: reader.inverted_index(TEXT)?,
        facets: reader.inverted_index(FACETS)?,
        body,
        positions: places.files[2].clone(),
        columns: places.columns.clone(),
        records: places.records.clone(),
        values: places.values.clone(),
        vocabulary: places.vocabulary.clone(),
        texts: places.texts.clone(),
    })
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
