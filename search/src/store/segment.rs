//! Segments: reports made searchable, in one thread and without a clock.

use std::collections::BTreeSet;
use std::io;

use tantivy::directory::{Directory, OwnedBytes, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::schema::TantivyDocument;
use tantivy::{IndexBuilder, IndexSettings, TantivyError};

use super::schema::{FACETS, TEXT, schema, tokenizers};
use super::table::{TableWriter, Tables};
use super::vocabulary::Vocabulary;
use crate::report::{Passage, Report, key_term};
use crate::text::terms::HEAD_PREFIX;

/// What tantivy's hash table of terms starts with; everything else grows as needed.
const MEMORY: usize = 64 << 20;

/// The files of a tantivy segment, in the order a bundle keeps them. Without fast fields, norms and stored
/// documents the last three are footers and little else; tantivy wants them to be there.
pub(crate) const FILES: [&str; 6] = ["term", "idx", "pos", "fast", "fieldnorm", "store"];

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
/// three times the text's size is needed in memory meanwhile, so a large knowledge base is better split.
///
/// # Errors
/// If tantivy refuses a document, which no text can make it do: more than 4 G passages.
pub fn segment<'a>(
    reports: impl IntoIterator<Item = (Report<'a>, Vec<Passage<'a>>)>,
) -> Result<Segment, IndexError> {
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        docstore_compression: tantivy::store::Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let mut writer = IndexBuilder::new()
        .schema(schema())
        .settings(settings)
        .tokenizers(tokenizers())
        .single_segment_index_writer::<TantivyDocument>(directory.clone(), MEMORY)?;
    let mut tables = TableWriter::default();
    let mut vocabulary = Vocabulary::default();
    let mut documents = 0;
    for (report, passages) in reports {
        writer.add_document(report_document(&report, &mut vocabulary))?;
        for passage in &passages {
            vocabulary.add(passage.heading);
            writer.add_document(passage_document(passage))?;
        }
        documents += 1 + u32::try_from(passages.len()).map_err(io::Error::other)?;
        tables.add(&report, &passages);
    }
    let index = writer.finalize()?;
    let meta = index.searchable_segment_metas()?.pop();
    let mut files = std::array::from_fn(|_| OwnedBytes::empty());
    for (file, extension) in files.iter_mut().zip(FILES) {
        let path = meta
            .as_ref()
            .map(|meta| meta.relative_path(SegmentComponent::Custom(extension.to_owned())))
            .unwrap_or_default();
        *file = directory.open_read(&path).map_err(TantivyError::from)?.read_bytes()?;
    }
    // Nothing is stored, so nothing but the footer is ever read of the documents.
    files[5] = footer(&files[5]);
    Ok(Segment { documents, files, tables: tables.finish(), vocabulary })
}

/// The document that stands for the report: title, names, filters.
fn report_document(report: &Report, vocabulary: &mut Vocabulary) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(TEXT, format!("{HEAD_PREFIX}{}", report.title));
    vocabulary.add(report.title);
    document.add_bytes(FACETS, key_term(report.key).as_bytes());
    let mut terms = BTreeSet::new();
    let mut texts = BTreeSet::new();
    for (facet, names) in &report.facets {
        for name in names {
            terms.extend(facet.terms(name));
            if facet.is_text() && texts.insert(crate::fold(name)) {
                document.add_text(TEXT, name);
                vocabulary.add(name);
            }
        }
    }
    for term in terms {
        document.add_bytes(FACETS, term.as_bytes());
    }
    document
}

fn passage_document(passage: &Passage) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    if !passage.heading.is_empty() {
        document.add_text(TEXT, format!("{HEAD_PREFIX}{}", passage.heading));
    }
    document.add_text(TEXT, passage.text);
    document
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
