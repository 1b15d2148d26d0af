//! What the engine's module is made from, as one number: the build script puts it into the module, a test
//! compares it with that of the sources beside it.

/// Packages whose version in `Cargo.lock` counts, beside tantivy's.
const PACKAGES: [&str; 6] =
    ["frostem", "lz4_flex", "rustc-hash", "serde_json", "unicode-normalization", "wasm-bindgen"];

/// A number for the sources of the engine below `workspace`, the same on every machine.
pub(crate) fn of(workspace: &std::path::Path) -> std::io::Result<String> {
    let mut files = Vec::new();
    for folder in ["search/src", "search/wasm/src"] {
        list(&workspace.join(folder), &mut files)?;
    }
    files.extend(["search/Cargo.toml", "search/wasm/Cargo.toml"].map(|file| workspace.join(file)));
    files.sort();
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        text.lines().for_each(|line| hash.add(line));
    }
    let lock = std::fs::read_to_string(workspace.join("Cargo.lock"))?;
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("name = \"").and_then(|rest| rest.strip_suffix('"'));
        if name.is_some_and(|name| name.starts_with("tantivy") || PACKAGES.contains(&name)) {
            hash.add(line);
            hash.add(lines.next().unwrap_or_default());
        }
    }
    Ok(format!("bokgi-search-source:{:016x}", hash.0))
}

/// All Rust files of a folder but tests.
fn list(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.ends_with("tests") || path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a, which is the same in every version of the standard library.
struct Fnv(u64);

impl Fnv {
    fn add(&mut self, line: &str) {
        for byte in line.bytes().chain([b'\n']) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
