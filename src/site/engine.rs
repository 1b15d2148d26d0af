//! What the search of a published site is made of: the engine for the browser, and the index in pieces.
//!
//! | file | is |
//! |---|---|
//! | `search/index.json` | which engine and which index; asked for anew with every visit |
//! | `search/engine-<hash>.wasm`, `.js` | the engine and what wasm-bindgen puts around it |
//! | `search/<hash>/<n>` | piece `n` of the index |
//!
//! Everything but the first has a name of its contents, so a browser may keep it for ever, and a page that was
//! opened before a build never mixes two of them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use bokgi_search::Storage as _;
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
    /// The engine's file, and the script that loads it.
    engine: String,
    glue: String,
    /// The folder of the index, and how many pieces are in it.
    bundle: String,
    pieces: usize,
}

/// Writes the engine and the index.
pub(crate) fn publish_search<S: Sink>(
    bundle: &Bundle,
    theme: &Theme,
    sink: &S,
) -> Result<(), SiteError<S::Error>> {
    let write = |path: &str, bytes: &[u8]| {
        sink.write(&format!("search/{path}"), bytes).map_err(SiteError::Sink)
    };
    let [module, glue] = MODULE.map(|name| theme.asset(name).unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    (module, glue).hash(&mut hasher);
    let engine = hasher.finish();
    let folder = format!("{:016x}", digest(bundle));
    let ranges: Vec<_> = bundle.pieces().ranges().enumerate().collect();
    let manifest = Manifest {
        version: 1,
        engine: format!("engine-{engine:016x}.wasm"),
        glue: format!("engine-{engine:016x}.js"),
        bundle: folder.clone(),
        pieces: ranges.len(),
    };
    write(&manifest.engine, module)?;
    write(&manifest.glue, glue)?;
    ranges.into_par_iter().try_for_each(|(piece, range)| {
        let bytes = bundle.read(range).unwrap_or_default();
        write(&format!("{folder}/{piece}"), &bytes)
    })?;
    let manifest = serde_json::to_vec(&manifest).expect("a manifest has only string keys");
    write("index.json", &manifest)
}
