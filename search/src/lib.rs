//! Bokgi's search engine, compiled natively and to WebAssembly.
//!
//! This crate decides when two pieces of text count as the same ([`fold`]), and what a query finds: the
//! terminal, the local server and the published site must agree on both. It holds no I/O, no clock, no
//! threads and no configuration, and knows of incidents only what a [`Report`] says.
//!
//! The way in: reports become [`segment`]s (in parallel, if the caller likes), segments become a [`bundle`],
//! one file that is the same for the same reports. The way out: an [`Engine`] opens bundles through
//! [`Storage`], wherever they lie, and answers queries; [`Results`] is the answer as JSON.
//!
//! ```
//! use std::{collections::BTreeSet, sync::Arc};
//! use bokgi_search::{Engine, Options, Part, Passage, Report, bundle, segment};
//!
//! let report = Report { key: "a.md", title: "Checkout down", status: "final", ..Report::default() };
//! let text = "커넥션풀이 고갈되었다";
//! let passages = vec![Passage { heading: "원인", anchor: "cause", text, ..Passage::default() }];
//! let bundle = bundle(vec![segment([(report, passages)])?])?;
//!
//! let part = Part { storage: Arc::new(bundle.to_vec()), hidden: BTreeSet::new() };
//! let engine = Engine::open(vec![part])?;
//! let answer = engine.search("커넥션 풀", &Options::default())?;
//! assert_eq!(answer.hits[0].passages[0].anchor, "cause");
//! let snippet = &engine.details(&answer)?.snippets[0][0];
//! assert_eq!(&snippet.text[snippet.marks[0].clone()], "커넥션풀");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | is |
//! |---|---|
//! | `fold` | the one way text is compared |
//! | `text` | units of text, terms of the index, stems, shared words, Hangul |
//! | `report` | what is indexed |
//! | `query` | the query language |
//! | `store` | segments, bundles, reading them bit by bit |
//! | `engine` | finding, ranking, correcting, counting |
//! | `snippet` | marks and snippets |
//! | `json` | answers for programs |

mod engine;
mod fold;
mod json;
mod query;
mod report;
mod snippet;
mod store;
mod text;

pub use engine::{Answer, Count, Counts, Details, Engine, Hit, Opened, Options};
pub use fold::{compose, fold, same};
pub use json::Results;
pub use query::{Note, Query, Typing};
pub use report::{Facet, Name, Passage, Report};
pub use snippet::{Highlighter, Snippet};
pub use store::bundle::{Bundle, OpenError, Part, bundle};
pub use store::pieces::{Fetched, Pieces};
pub use store::segment::{IndexError, Segment, segment};
pub use store::storage::Storage;
pub use text::subjects::{Concepts, Met, Subject, Subjects, is_subject, word_at, word_key};
pub use text::words::Words;
