//! Segments: reports made searchable, in one thread and without a clock.

use std::collections::BTreeSet;
use std::io;

use tantivy::directory::{Directory, OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::{IndexBuilder, IndexSettings, TantivyDocument, TantivyError};

use super::inverter::Inverter;
use super::schema::schema;
use super::table::{TableWriter, Tables};
use super::vocabulary::Vocabulary;
use crate::report::{Passage, Report, key_term};
use crate::text::terms::Mark;

/// What tantivy asks for at the least; it is given no documents.
const MEMORY: usize = 1 << 20;

/// The files of a tantivy segment, in the order a bundle keeps them. Without fast fields, norms and stored
/// documents the last three are footers and little else; tantivy wants them to be there.
pub(crate) const FILES: [&str; 6] = ["term", "idx", "pos", "fast", "fieldnorm", "store"];

/// Those of the inverted index.
const INVERTED: [&str; 3] = ["term", "idx", "pos"];

/// Some reports, indexed. Segments become searchable as a [`Bundle`](crate::Bundle).
#[derive(Debug)]
pub struct Segment {
    pub(crate) documents: u32,
    pub(crate) files: [OwnedBytes; 6],
    pub(crate) tables: Tables,
    pub(crate) vocabulary: Vocabulary,
}

/// Reports could not be indexed: the message is tantivy's.
#[derive(Debug, thiserror::Error)]
#[error("the reports could not be indexed")]
pub struct IndexError {
    source: TantivyError,
}

impl From<TantivyError> for IndexError {
    fn from(source: TantivyError) -> Self {
        Self { source }
    }
}

impl From<io::Error> for IndexError {
    fn from(error: io::Error) -> Self {
        Self { source: error.into() }
    }
}

/// Indexes `reports`, given in the order of their keys, as one segment.
///
/// It takes one thread; several segments can be made at once. The same reports give the same segment. About
/// five times the text's size is needed in memory meanwhile, so a large knowledge base is better split.
///
/// # Errors
/// If tantivy refuses a document, which no text can make it do: more than 4 G passages.
pub fn segment<'a>(
    reports: impl IntoIterator<Item = (Report<'a>, Vec<Passage<'a>>)>,
) -> Result<Segment, IndexError> {
    let mut inverter = Inverter::default();
    let mut tables = TableWriter::default();
    let mut vocabulary = Vocabulary::default();
    for (report, passages) in reports {
        add_report(&report, &mut inverter, &mut vocabulary)?;
        for passage in &passages {
            inverter.text(passage.heading, Mark::HEAD)?;
            inverter.text(passage.text, Mark::NONE)?;
            inverter.end_document();
            vocabulary.add(passage.heading);
        }
        tables.add(&report, &passages);
    }
    let documents = inverter.document()?;

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
    inverter.write(InvertedIndexSerializer::open(&written)?)?;
    let empty = index.searchable_segment_metas()?.pop();
    let mut files = std::array::from_fn(|_| OwnedBytes::empty());
    for (file, extension) in files.iter_mut().zip(FILES) {
        let component = SegmentComponent::Custom(extension.to_owned());
        let path = match &empty {
            Some(empty) if !INVERTED.contains(&extension) => empty.relative_path(component),
            _ => written.relative_path(component),
        };
        *file = directory.open_read(&path).map_err(TantivyError::from)?.read_bytes()?;
    }
    // Nothing is stored, so nothing but the footer is ever read of the documents.
    files[5] = footer(&files[5]);
    Ok(Segment { documents, files, tables: tables.finish(), vocabulary })
}

/// The document that stands for the report: title, names, filters.
fn add_report(
    report: &Report,
    inverter: &mut Inverter,
    vocabulary: &mut Vocabulary,
) -> io::Result<()> {
    inverter.text(report.title, Mark::HEAD)?;
    vocabulary.add(report.title);
    inverter.facet(key_term(report.key).as_bytes())?;
    let mut texts = BTreeSet::new();
    for (facet, names) in &report.facets {
        for name in names {
            for term in facet.terms(name) {
                inverter.facet(term.as_bytes())?;
            }
            if facet.is_text() && texts.insert(crate::fold(name)) {
                inverter.text(name, Mark::NONE)?;
                vocabulary.add(name);
            }
        }
    }
    inverter.end_document();
    Ok(())
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
