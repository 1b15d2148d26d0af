//! What a bundle was made from: enough to see, without reading them, which files have changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::fs::Stamp;

/// Another version is as good as no manifest.
const VERSION: u32 = 1;

/// The files behind a bundle.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    version: u32,
    /// Which settings and which bokgi read the files.
    settings: u64,
    /// The name of the bundle's file.
    pub(super) bundle: String,
    files: Vec<(String, Stamp)>,
}

/// A file below the content root as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamped {
    pub(crate) path: String,
    /// `None` where the system does not say.
    pub(crate) stamp: Option<Stamp>,
}

/// What is different from a manifest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Files that are new or not as they were.
    pub(crate) fresh: BTreeSet<String>,
    /// Files that the bundle should no longer answer for: those that changed, and those that are gone.
    pub(crate) hidden: BTreeSet<String>,
}

impl Manifest {
    /// `settings` is what [`settings_key`] says. Files without a stamp are left out: they are read
    /// every time.
    pub(crate) fn new(settings: u64, bundle: String, files: &[Stamped]) -> Self {
        let stamped = |file: &Stamped| Some((file.path.clone(), file.stamp?));
        Self {
            version: VERSION,
            settings,
            bundle,
            files: files.iter().filter_map(stamped).collect(),
        }
    }

    /// Reads a manifest. `None` if it is of another version or other settings, or none at all.
    pub(crate) fn read(text: &str, settings: u64) -> Option<Self> {
        let manifest: Self = serde_json::from_str(text).ok()?;
        let fits = manifest.version == VERSION && manifest.settings == settings;
        fits.then_some(manifest)
    }

    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a manifest has only string keys")
    }

    /// What has changed since, given the files there are now.
    pub(crate) fn changes(&self, now: &[Stamped]) -> Changes {
        let mut before: BTreeMap<&str, Stamp> =
            self.files.iter().map(|(path, stamp)| (path.as_str(), *stamp)).collect();
        let mut changes = Changes::default();
        for file in now {
            let known = before.remove(file.path.as_str());
            if known.is_none() || known != file.stamp {
                changes.fresh.insert(file.path.clone());
                changes.hidden.insert(file.path.clone());
            }
        }
        changes.hidden.extend(before.into_keys().map(str::to_owned));
        changes
    }
}

/// A number that is another one when anything that decides how reports are read is another.
pub(crate) fn settings_key(root: &str, texts: &[&str]) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    root.hash(&mut hasher);
    texts.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Changes, Manifest, Stamped, settings_key};
    use crate::fs::Stamp;

    fn file(path: &str, size: u64) -> Stamped {
        Stamped { path: path.to_owned(), stamp: Some(Stamp { size, modified: 7 }) }
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let key = settings_key("content", &["lang = \"ko\""]);
        let before = [file("a.md", 1), file("b.md", 1), file("gone.md", 1)];
        let text = Manifest::new(key, "x".to_owned(), &before).to_text();
        let manifest = Manifest::read(&text, key);
        let set = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        let mut now = vec![file("a.md", 1), file("b.md", 2), file("new.md", 1)];
        assert_eq!(
            manifest.as_ref().map(|manifest| manifest.changes(&now)),
            Some(Changes {
                fresh: set(&["b.md", "new.md"]),
                hidden: set(&["b.md", "gone.md", "new.md"])
            })
        );
        // A file whose age is not known is read every time.
        now[0].stamp = None;
        assert!(manifest.is_some_and(|m| m.changes(&now).fresh.contains("a.md")));
        assert!(Manifest::read(&text, settings_key("content", &[""])).is_none());
        assert!(Manifest::read("{}", key).is_none());
    }
}
