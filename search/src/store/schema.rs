//! tantivy's schema: two fields, and nothing that the engine does not read.
//!
//! No field norms (the columns hold a passage's length in four bits), no fast fields, nothing stored, no
//! tokenizer (the terms are made before tantivy sees them).

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};

/// Titles, names, headings and bodies, with positions.
pub(crate) const TEXT: Field = Field::from_field_id(0);
/// Facets and keys, on the document that stands for a report.
pub(crate) const FACETS: Field = Field::from_field_id(1);

pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    schema.add_bytes_field("facets", BytesOptions::default().set_indexed());
    schema.build()
}
