//! The site as it is kept in memory, and what an address leads to.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;

use super::api::Search;
use crate::corpus::{percent_decode, url_path};
use crate::site::Sink;

/// The page for what is not there.
const MISSING: &str = "404.html";

/// A site in the making: a sink that keeps its files.
#[derive(Debug, Default)]
pub(crate) struct Site {
    files: Mutex<BTreeMap<String, File>>,
    search: Option<Search>,
}

impl Site {
    /// The site with somebody who answers searches in it.
    pub(crate) fn with_search(self, search: Search) -> Self {
        Self { search: Some(search), ..self }
    }
}

#[derive(Debug)]
struct File {
    bytes: Bytes,
    /// Taken when it is written: pages are written by many threads.
    hash: u64,
}

impl Sink for Site {
    type Error = Infallible;

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Infallible> {
        let file = File { bytes: Bytes::copy_from_slice(bytes), hash: hash(bytes) };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), file);
        Ok(())
    }
}

/// A number that stays the same while the bytes do, also when the server is started again.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// A site that is finished.
#[derive(Debug)]
pub(super) struct Pages {
    files: BTreeMap<String, File>,
    pub(super) search: Option<Search>,
}

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    File {
        bytes: Bytes,
        content_type: &'static str,
    },
    /// A folder's page was asked for without the slash that its links need.
    Redirect(String),
    /// Nothing, and the site's own page that says so.
    Missing(Option<Bytes>),
}

impl Pages {
    pub(super) fn new(site: Site) -> Self {
        let files = site.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        Self { files, search: site.search }
    }

    /// Differs when a file does.
    pub(super) fn version(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (path, file) in &self.files {
            (path, file.hash).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// What the path of a URL leads to. It is looked up as it stands: `..` is a name like any other,
    /// and there is none.
    pub(super) fn find(&self, url: &str) -> Found {
        let path = percent_decode(url.strip_prefix('/').unwrap_or(url));
        if path.is_empty() || path.ends_with('/') {
            return self.file(&format!("{path}index.html"));
        }
        if !self.files.contains_key(&path) && self.files.contains_key(&format!("{path}/index.html"))
        {
            return Found::Redirect(format!("/{}/", url_path(&path)));
        }
        self.file(&path)
    }

    fn file(&self, path: &str) -> Found {
        match self.files.get(path) {
            Some(file) => {
                Found::File { bytes: file.bytes.clone(), content_type: content_type(path) }
            }
            None => Found::Missing(self.files.get(MISSING).map(|file| file.bytes.clone())),
        }
    }
}

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const CSS: &str = "text/css; charset=utf-8";
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What a file is, by its name. Browsers are told not to guess.
pub(super) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => CSS,
        "js" | "mjs" => SCRIPT,
        "json" | "map" => JSON,
        "webmanifest" => "application/manifest+json",
        "md" => "text/markdown; charset=utf-8",
        "txt" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Pages, Site};
    use crate::site::Sink as _;

    fn pages(files: &[&str]) -> Pages {
        let site = Site::default();
        for path in files {
            let Ok(()) = site.write(path, path.as_bytes());
        }
        Pages::new(site)
    }

    #[test]
    fn addresses_lead_to_files() {
        let pages = pages(&["index.html", "r/결제/index.html", "b.html", "b.html/index.html"]);
        let find = |url: &str| match pages.find(url) {
            Found::File { bytes, .. } => String::from_utf8_lossy(&bytes).into_owned(),
            Found::Redirect(to) => format!("-> {to}"),
            Found::Missing(page) => {
                assert_eq!(page, None);
                "-".to_owned()
            }
        };
        for (url, found) in [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/r/%EA%B2%B0%EC%A0%9C/", "r/결제/index.html"),
            ("/r/%ea%b2%b0%ec%a0%9c", "-> /r/%EA%B2%B0%EC%A0%9C/"),
            ("/b.html", "b.html"),
            ("/r", "-"),
            ("//", "-"),
            ("//r/%EA%B2%B0%EC%A0%9C", "-"),
            ("/../index.html", "-"),
            ("/%2e%2e/%2e%2e/etc/passwd", "-"),
            ("/index.html%00", "-"),
            ("/%ff", "-"),
            ("*", "-"),
        ] {
            assert_eq!(find(url), found, "{url}");
        }
    }

    #[test]
    fn versions_are_those_of_the_bytes() {
        let version = |files: &[&str]| pages(files).version();
        assert_eq!(version(&["a", "b"]), version(&["b", "a"]));
        assert_ne!(version(&["a", "b"]), version(&["a"]));
        assert_ne!(version(&["ab"]), version(&["a", "b"]));
    }
}
