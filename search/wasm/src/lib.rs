//! The search engine for the browser: [`bokgi_search`] behind the few calls that a worker makes.
//!
//! The worker fetches, the engine asks: a call that cannot be answered yet gives nothing, and
//! [`Searcher::wanted`] says which pieces of the bundle are missing. The worker fetches them all at once,
//! hands them [over](Searcher::supply) and calls again.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use bokgi_search::{Engine, Fetched, OpenError, Options, Part, Results, Typing};
use wasm_bindgen::prelude::wasm_bindgen;

/// What the module was made from; a test compares it with what it would be made from now.
#[wasm_bindgen]
pub fn source() -> String {
    env!("BOKGI_SEARCH_SOURCE").to_owned()
}

/// A bundle that is being fetched, and its engine as soon as there is one.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Searcher {
    fetched: Arc<Fetched>,
    engine: Option<Engine>,
}

#[wasm_bindgen]
impl Searcher {
    /// Nothing is fetched yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands over a piece of the bundle.
    ///
    /// # Errors
    /// If it is no piece of this bundle, or the bundle is of another version than this engine.
    pub fn supply(&self, piece: usize, bytes: Vec<u8>) -> Result<(), String> {
        self.fetched.supply(piece, bytes).map_err(|error| error.to_string())
    }

    /// The pieces that the last call could not do without.
    pub fn wanted(&self) -> Vec<usize> {
        self.fetched.wanted()
    }

    /// Opens the bundle; `false` if pieces are missing.
    ///
    /// # Errors
    /// If the bundle is damaged or of another version.
    pub fn open(&mut self) -> Result<bool, String> {
        if self.engine.is_none() {
            let part = Part { storage: self.fetched.clone(), hidden: BTreeSet::new() };
            match Engine::open(vec![part]) {
                Ok(engine) => self.engine = Some(engine),
                Err(OpenError::Storage(error)) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(self.engine.is_some())
    }

    /// Answers a query as JSON, see [`Results`]; nothing if pieces are missing.
    ///
    /// `typing` says that the last word may go on; `whole` asks for snippets and counts, which need
    /// pieces that titles do not.
    ///
    /// # Errors
    /// If the bundle is damaged, or was not [opened](Searcher::open).
    pub fn search(
        &self,
        query: &str,
        typing: bool,
        offset: usize,
        limit: usize,
        whole: bool,
    ) -> Result<Option<String>, String> {
        let engine = self.engine.as_ref().ok_or("the search index is not open")?;
        let typing = if typing { Typing::Ongoing } else { Typing::Done };
        match answer(engine, query, Options { typing, offset, limit }, whole) {
            Ok(json) => Ok(Some(json)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn answer(engine: &Engine, query: &str, options: Options, whole: bool) -> io::Result<String> {
    let answer = engine.search(query, &options)?;
    let details = if whole { Some(engine.details(&answer)?) } else { None };
    Ok(serde_json::to_string(&Results::new(query, &answer, details.as_ref()))?)
}
