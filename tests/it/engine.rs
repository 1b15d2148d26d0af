//! The search engine for the browser that is committed with the theme.

use std::path::Path;

#[path = "../../search/wasm/source.rs"]
mod source;

#[test]
fn the_module_was_made_from_the_engine_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = source::of(root).unwrap();
    let module = std::fs::read(root.join("themes/default/assets/search-engine.wasm")).unwrap();
    let is_there = module.windows(expected.len()).any(|window| window == expected.as_bytes());
    assert!(is_there, "the search engine has changed since: run `search/wasm/build`");
    let bytes = module.len();
    assert!(bytes < 1_100_000, "the module has {bytes} bytes, which a reader's phone has to fetch");
}
