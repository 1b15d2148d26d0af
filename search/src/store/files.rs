//! The files of the one tantivy segment that a bundle holds.

use tantivy::directory::{Directory, OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::{IndexBuilder, IndexSettings, TantivyDocument, TantivyError};

use super::run::{Run, write};
use super::schema::schema;

/// What tantivy asks for at the least; it is given no documents.
const MEMORY: usize = 1 << 20;

/// The files, in the order a bundle keeps them. Without fast fields, norms and stored documents the last
/// three are footers and little else; tantivy wants them to be there.
pub(crate) const FILES: [&str; 6] = ["term", "idx", "pos", "fast", "fieldnorm", "store"];

/// Those of the inverted index.
const INVERTED: [&str; 3] = ["term", "idx", "pos"];

/// Merges runs into tantivy's files, in the order of [`FILES`].
pub(crate) fn files(runs: &[Run]) -> Result<[OwnedBytes; 6], TantivyError> {
    // An empty segment has the files that tantivy wants beside the inverted index.
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        docstore_compression: tantivy::store::Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let index = IndexBuilder::new()
        .schema(schema())
        .settings(settings)
        .single_segment_index_writer::<TantivyDocument>(directory.clone(), MEMORY)?
        .finalize()?;
    let written = index.new_segment();
    write(runs, InvertedIndexSerializer::open(&written)?)?;
    let empty = index.searchable_segment_metas()?.pop();
    let mut files = std::array::from_fn(|_| OwnedBytes::empty());
    for (file, extension) in files.iter_mut().zip(FILES) {
        let component = SegmentComponent::Custom(extension.to_owned());
        let path = match &empty {
            Some(empty) if !INVERTED.contains(&extension) => empty.relative_path(component),
            _ => written.relative_path(component),
        };
        *file = directory.open_read(&path)?.read_bytes()?;
    }
    // Nothing is stored, so nothing but the footer is ever read of the documents.
    files[5] = footer(&files[5]);
    Ok(files)
}

/// The end of a tantivy file: a description, its length and a magic number, four bytes each.
fn footer(file: &OwnedBytes) -> OwnedBytes {
    let len = file
        .len()
        .checked_sub(8)
        .and_then(|at| file.get(at..at + 4))
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u32::from_le_bytes);
    let start = usize::try_from(len).ok().and_then(|len| file.len().checked_sub(len + 8));
    file.slice(start.unwrap_or(0)..file.len())
}
