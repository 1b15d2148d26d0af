//! Puts into the module what it was made from.

#[expect(clippy::disallowed_methods, reason = "a build script has the disk to itself")]
mod source;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for path in ["search/src", "search/Cargo.toml", "search/wasm", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", workspace.join(path).display());
    }
    println!("cargo::rustc-env=BOKGI_SEARCH_SOURCE={}", source::of(&workspace)?);
    Ok(())
}
