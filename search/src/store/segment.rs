//! Segments: reports made ready for a bundle, in one thread and without a clock.

use std::collections::BTreeSet;
use std::io;

use super::inverter::Inverter;
use super::run::Run;
use super::table::{TableWriter, Tables};
use super::vocabulary::Vocabulary;
use crate::report::{Passage, Report, key_term};
use crate::text::terms::Mark;

/// Some reports, indexed. Segments become searchable as a [`Bundle`](crate::Bundle).
#[derive(Debug)]
pub struct Segment {
    pub(crate) run: Run,
    pub(crate) tables: Tables,
    pub(crate) vocabulary: Vocabulary,
}

/// Reports could not be indexed.
#[derive(Debug, thiserror::Error)]
#[error("the reports could not be indexed")]
pub struct IndexError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl IndexError {
    pub(crate) fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: source.into() }
    }
}

/// Indexes `reports`, given in the order of their keys.
///
/// It takes one thread; several segments can be made at once. About five times the text's size is needed in
/// memory meanwhile, so a large knowledge base is better split.
///
/// # Errors
/// More than 4 G passages.
pub fn segment<'a>(
    reports: impl IntoIterator<Item = (Report<'a>, Vec<Passage<'a>>)>,
) -> Result<Segment, IndexError> {
    let mut inverter = Inverter::default();
    let mut tables = TableWriter::default();
    let mut vocabulary = Vocabulary::default();
    for (report, passages) in reports {
        add(&report, &passages, &mut inverter, &mut vocabulary).map_err(IndexError::new)?;
        tables.add(&report, &passages);
    }
    let run = inverter.finish().map_err(IndexError::new)?;
    Ok(Segment { run, tables: tables.finish(), vocabulary })
}

/// The document that stands for the report (title, names, filters), then its passages.
fn add(
    report: &Report,
    passages: &[Passage],
    inverter: &mut Inverter,
    vocabulary: &mut Vocabulary,
) -> io::Result<()> {
    inverter.text(report.title, Mark::HEAD)?;
    vocabulary.add(report.title);
    inverter.facet(key_term(report.key).as_bytes())?;
    let mut texts = BTreeSet::new();
    for name in &report.names {
        for written in name.all() {
            for term in name.facet.terms(written) {
                inverter.facet(term.as_bytes())?;
            }
            if name.facet.is_text() && texts.insert(crate::fold(written)) {
                inverter.text(written, Mark::NONE)?;
                vocabulary.add(written);
            }
        }
    }
    inverter.end_document();
    for passage in passages {
        inverter.text(passage.heading, Mark::HEAD)?;
        inverter.text(passage.text, Mark::NONE)?;
        inverter.end_document();
        vocabulary.add(passage.heading);
    }
    Ok(())
}
