//! The index as bytes: building segments, binding them into one file, cutting that into pieces, reading it
//! bit by bit.
//!
//! A bundle is read through [`Storage`] only, and as little of it as a query needs. Its parts, in order:
//!
//! | part | holds | read |
//! |---|---|---|
//! | head | the table of contents | on opening |
//! | hot | the bytes tantivy reads on opening: footers, dictionary indexes | on opening |
//! | columns | per report its date and passages, per passage its length | with the first search |
//! | terms, postings, positions | tantivy's files | by the query |
//! | records | what a result shows, in compressed blocks | by the results |
//! | values | each report's facets | to count them, with the snippets |
//! | vocabulary | words of titles, headings and facets | when nothing is found |
//! | texts | the passages, in compressed blocks | by the snippets |

pub(crate) mod bundle;
pub(crate) mod directory;
pub(crate) mod files;
pub(crate) mod inverter;
pub(crate) mod pack;
pub(crate) mod pieces;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod segment;
pub(crate) mod storage;
pub(crate) mod table;
pub(crate) mod values;
pub(crate) mod vocabulary;
pub(crate) mod wire;
