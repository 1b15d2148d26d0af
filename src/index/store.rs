//! The folder `.bokgi/`: a bundle and its manifest for each edition.
//!
//! A bundle is written under a name of its own before the manifest names it, so that a manifest never
//! speaks of a bundle that is not whole, whatever is cut off or runs at the same time.

use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bokgi_search::{Bundle, Storage};

use super::manifest::{Manifest, Stamped};
use crate::fs::{self, FsError, RandomAccess};
use crate::parse::Edition;

/// The folder, below the project's.
const FOLDER: &str = ".bokgi";
const MANIFEST: &str = "manifest.json";

/// The index of one edition on the disk.
#[derive(Debug)]
pub(crate) struct Store {
    root: PathBuf,
    folder: PathBuf,
}

/// Why the index cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("the search index cannot be written")]
pub(crate) struct StoreError {
    #[from]
    source: FsError,
}

impl Storage for RandomAccess {
    fn len(&self) -> u64 {
        RandomAccess::len(self)
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        RandomAccess::read(self, range)
    }
}

impl Store {
    pub(crate) fn new(project: &Path, edition: Edition) -> Self {
        let root = project.join(FOLDER);
        let name = match edition {
            Edition::Internal => "internal",
            Edition::Public => "public",
            Edition::Restricted => "restricted",
        };
        Self { folder: root.join(name), root }
    }

    /// Opens what is there, if it was made with `settings`.
    pub(crate) fn open(&self, settings: u64) -> Option<(Manifest, Arc<dyn Storage>)> {
        let text = fs::read_whole(&self.folder.join(MANIFEST)).ok()?;
        let manifest = Manifest::read(&text, settings)?;
        let bundle = RandomAccess::open(&self.folder.join(&manifest.bundle)).ok()?;
        Some((manifest, Arc::new(bundle)))
    }

    /// Puts a new index in the place of the old one.
    pub(crate) fn write(
        &self,
        bundle: &Bundle,
        files: &[Stamped],
        settings: u64,
    ) -> Result<(), StoreError> {
        // Nobody commits it by accident.
        fs::write_whole(&self.root.join(".gitignore"), |out| out.write_all(b"*\n"))?;
        let old = fs::read_whole(&self.folder.join(MANIFEST)).ok();
        let name = format!("index-{:016x}", digest(bundle));
        fs::write_whole(&self.folder.join(&name), |out| bundle.write_to(out))?;
        let manifest = Manifest::new(settings, name.clone(), files);
        fs::write_whole(&self.folder.join(MANIFEST), |out| {
            out.write_all(manifest.to_text().as_bytes())
        })?;
        let old = old.and_then(|text| serde_json::from_str::<Manifest>(&text).ok());
        if let Some(old) = old.filter(|old| old.bundle != name && is_bundle(&old.bundle)) {
            fs::remove(&self.folder.join(old.bundle))?;
        }
        Ok(())
    }
}

/// A number for what is in a bundle.
pub(crate) fn digest(bundle: &Bundle) -> u64 {
    let mut digest = Digest(DefaultHasher::new());
    bundle.write_to(&mut digest).expect("a hasher takes every byte");
    digest.0.finish()
}

struct Digest(DefaultHasher);

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A manifest that somebody edited names nothing else of ours.
fn is_bundle(name: &str) -> bool {
    name.strip_prefix("index-").is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
