//! What the search of a published site is made of: the engine for the browser, and the index in pieces.
//!
//! | file | is |
//! |---|---|
//! | `search/index.json` | which engine and which index; asked for anew with every visit |
//! | `search/engine/<hash>.wasm`, `.js` | the engine and what wasm-bindgen puts around it |
//! | `search/index/<hash>/<n>` | piece `n` of the index |
//!
//! Everything but the first has a name of its contents, so a browser may keep it for ever (`_headers` says so to
//! hosts that read it), and a page that was opened before a build never mixes two of them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use bokgi_search::Storage as _;
use miniz_oxide::deflate::compress_to_vec;
use rayon::prelude::*;
use serde::Serialize;

use super::theme::Theme;
use super::{Sink, SiteError};
use crate::index::{Bundle, digest};

/// The module and its glue among the theme's assets. They are published under names of their own.
pub(super) const MODULE: [&str; 2] = ["search-engine.wasm", "search-engine.js"];

/// What a browser needs to know first.
#[derive(Debug, Serialize)]
struct Manifest {
    version: u32,
    /// The engine, and the script that loads it; like everything here relative to this file.
    engine: String,
    glue: String,
    /// The folder of the index, and how many pieces are in it.
    index: String,
    pieces: usize,
    /// How the pieces are packed, as browsers' `DecompressionStream` calls it.
    packing: Option<&'static str>,
}

/// Whether the pieces of the index are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// For a network.
    Deflate,
    /// For a browser on the same machine, which has them before they would be packed.
    Plain,
}

/// Fast; more effort takes off a few hundredths.
const EFFORT: u8 = 2;

/// Writes the engine and the index.
pub(crate) fn publish_search<S: Sink>(
    bundle: &Bundle,
    theme: &Theme,
    packing: Packing,
    sink: &S,
) -> Result<(), SiteError<S::Error>> {
    let write = |path: &str, bytes: &[u8]| {
        sink.write(&format!("search/{path}"), bytes).map_err(SiteError::Sink)
    };
    let [module, glue] = MODULE.map(|name| theme.asset(name).unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    (module, glue).hash(&mut hasher);
    let engine = hasher.finish();
    let folder = format!("index/{:016x}", digest(bundle));
    let ranges: Vec<_> = bundle.pieces().ranges().enumerate().collect();
    let manifest = Manifest {
        version: 1,
        engine: format!("engine/{engine:016x}.wasm"),
        glue: format!("engine/{engine:016x}.js"),
        index: folder.clone(),
        pieces: ranges.len(),
        packing: (packing == Packing::Deflate).then_some("deflate-raw"),
    };
    write(&manifest.engine, module)?;
    write(&manifest.glue, glue)?;
    ranges.into_par_iter().try_for_each(|(piece, range)| {
        let bytes = bundle.read(range).unwrap_or_default();
        let bytes = match packing {
            Packing::Deflate if bundle.pieces().is_packed(piece) => compress_to_vec(&bytes, 0),
            Packing::Deflate => compress_to_vec(&bytes, EFFORT),
            Packing::Plain => bytes,
        };
        write(&format!("{folder}/{piece}"), &bytes)
    })?;
    let manifest = serde_json::to_vec(&manifest).expect("a manifest has only string keys");
    write("index.json", &manifest)
}
