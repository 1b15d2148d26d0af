//! Images of reports: found beside them, measured, and published with them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Publication;
use crate::markup::Image;

/// Reads a file below the content root by its path there. `None` if there is none, if it is larger than
/// an image should be, or if it leads out of the folder.
pub(crate) type ReadMedia<'p> = &'p (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// What browsers show as images. An SVG can hold scripts, and is looked at first.
const FORMATS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico"];

/// The images that one report's page shows.
pub(super) struct Media<'m> {
    read: ReadMedia<'m>,
    found: RefCell<Found>,
}

/// An image's name beside the page, and its size.
type Placed = (String, Option<(usize, usize)>);

#[derive(Default)]
struct Found {
    /// By path below the content root; `None` for what cannot be shown.
    images: BTreeMap<String, Option<Placed>>,
    /// Contents by name.
    files: BTreeMap<String, Vec<u8>>,
}

impl<'m> Media<'m> {
    pub(super) fn new(publication: &Publication<'m>) -> Self {
        Self { read: publication.media, found: RefCell::default() }
    }

    /// The image at `path` below the content root, under the address it has beside the page.
    pub(super) fn image(&self, path: &str) -> Option<Image> {
        let mut found = self.found.borrow_mut();
        if !found.images.contains_key(path) {
            let image = self.load(path, &mut found.files);
            found.images.insert(path.to_owned(), image);
        }
        let (name, size) = found.images.get(path)?.as_ref()?;
        Some(Image { url: crate::corpus::url_path(name), size: *size })
    }

    fn load(&self, path: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Option<Placed> {
        let name = path.rsplit('/').next()?;
        let (stem, extension) = name.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        if !FORMATS.contains(&extension.as_str()) {
            return None;
        }
        let bytes = (self.read)(path)?;
        let size = if extension == "svg" {
            is_harmless(&bytes).then_some(())?;
            None
        } else {
            let size = imagesize::blob_size(&bytes).ok()?;
            Some((size.width, size.height))
        };
        // Two folders may have an image of one name; and no image takes the page's place.
        let mut unique = format!("{stem}.{extension}");
        let mut count = 1;
        while files.contains_key(&unique) {
            count += 1;
            unique = format!("{stem}-{count}.{extension}");
        }
        files.insert(unique.clone(), bytes);
        Some((unique, size))
    }

    /// The files to publish beside the page.
    pub(super) fn files(self) -> BTreeMap<String, Vec<u8>> {
        self.found.into_inner().files
    }
}

/// Whether an SVG holds nothing that acts when somebody opens it by itself.
fn is_harmless(svg: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(svg) else { return false };
    let text = text.to_ascii_lowercase();
    let acts = [
        "<script",
        "<foreignobject",
        "<iframe",
        "<embed",
        "<object",
        "javascript:",
        "<!entity",
        "<handler",
        "data:text",
    ];
    !acts.iter().any(|mark| text.contains(mark)) && !has_handler(&text)
}

/// `onload=`, `onclick =` …
fn has_handler(text: &str) -> bool {
    text.match_indices("on").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let starts = before.is_some_and(|ch| ch.is_whitespace() || matches!(ch, '"' | '\'' | '/'));
        let name = text[at + 2..].chars().take_while(char::is_ascii_alphabetic).count();
        starts && name > 0 && text[at + 2 + name..].trim_start().starts_with('=')
    })
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn a_drawing_may_not_act() {
        for svg in [
            "<svg onload=\"x()\">",
            "<svg><script>x</script></svg>",
            "<svg><a href=\"javascript:x\"/></svg>",
            "<svg/onload =x>",
            "<svg><foreignObject/></svg>",
            "\u{feff}<SVG ONLOAD='x'>",
        ] {
            assert!(!is_harmless(svg.as_bytes()), "{svg}");
        }
        assert!(is_harmless(b"<svg><path class=\"one\" d=\"M0 0\"/></svg>"));
    }
}
