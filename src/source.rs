//! Source text and places in it.
//!
//! A [`Span`] is a pair of byte offsets into a file as it stands on disk: a byte-order mark and
//! carriage returns count, nothing is rewritten on reading. Lines and columns are made from spans
//! only when somebody has to read them. This is the one place that slices text by bytes.

mod fnv;

pub(crate) use fnv::Fnv;

use std::sync::Arc;

/// A range of bytes in a source text. Files are at most 4 MiB, so 32 bits suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends after it starts");
        Self { start: offset(start), end: offset(end) }
    }

    /// The empty span at `start`.
    pub(crate) fn at(start: usize) -> Self {
        Self::new(start, start)
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub(crate) fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub(crate) fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text it marks; empty where the span does not fit `text`.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same span without white space at either end.
    pub(crate) fn trim(self, text: &str) -> Span {
        let marked = self.of(text);
        let leading = marked.len() - marked.trim_start().len();
        let start = self.start as usize + leading;
        Span::new(start, start + marked.trim().len())
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The nearest character boundary at or before `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A path as it stands in a URL: letters of any script, as browsers show them, percent-encoded.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/') {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

/// Why bytes are not a text that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undecodable {
    /// Not UTF-8 from this byte on.
    NotUtf8 { at: usize },
    /// A NUL byte: this is a binary file under a text file's name.
    Nul { at: usize },
}

/// One file's text under the path that messages show.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
}

impl SourceFile {
    /// Decodes a file. `path` is shown as it is given: relative, with forward slashes.
    pub(crate) fn decode(path: &str, bytes: Vec<u8>) -> Result<Self, Undecodable> {
        if let Some(at) = memchr::memchr(0, &bytes) {
            return Err(Undecodable::Nul { at });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(path, &text)),
            Err(error) => Err(Undecodable::NotUtf8 { at: error.utf8_error().valid_up_to() }),
        }
    }

    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Where each line of a text starts. Lines end at `\n`, `\r\n` or a lone `\r`, as in CommonMark.
#[derive(Clone, Debug)]
pub(crate) struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { starts }
    }

    /// The position of a byte offset; the end of the text for an offset beyond it.
    pub(crate) fn position(&self, text: &str, offset: u32) -> Position {
        let offset = (offset as usize).min(text.len());
        let line = self.line_at(offset);
        let before = text.get(self.starts[line - 1]..offset).unwrap_or_default();
        // A byte-order mark has no width in any editor.
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line, column }
    }

    /// The same with the column in bytes, all of the file's counted.
    pub(crate) fn byte_position(&self, text: &str, offset: u32) -> Position {
        let offset = (offset as usize).min(text.len());
        let line = self.line_at(offset);
        Position { line, column: offset - self.starts[line - 1] + 1 }
    }

    fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The span of a line, from 1, without its line ending.
    pub(crate) fn line(&self, text: &str, number: usize) -> Span {
        let start = self.starts[number - 1];
        let end = self.starts.get(number).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default();
        Span::new(start, start + line.trim_end_matches(['\n', '\r']).len())
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, SourceFile, Span, Undecodable};

    #[test]
    fn positions_count_characters_and_all_line_endings() {
        let text = "\u{feff}가나\r\n다\rx\n";
        let index = LineIndex::new(text);
        let position = |needle: &str| {
            let at = text.find(needle).map_or(text.len(), |at| at);
            index.position(text, u32::try_from(at).unwrap_or(u32::MAX))
        };
        assert_eq!(position("나"), Position { line: 1, column: 2 });
        assert_eq!(position("다"), Position { line: 2, column: 1 });
        assert_eq!(position("x"), Position { line: 3, column: 1 });
        assert_eq!(index.position(text, 9_999), Position { line: 4, column: 1 });
        assert_eq!(index.line(text, 2).of(text), "다");
        assert_eq!(index.byte_position(text, 6), Position { line: 1, column: 7 });
        assert_eq!(index.byte_position(text, 9_999), Position { line: 4, column: 1 });
    }

    #[test]
    fn refuses_what_is_not_text() {
        let decode = |bytes: &[u8]| SourceFile::decode("a.md", bytes.to_vec()).err();
        assert_eq!(decode(b"ab\xff"), Some(Undecodable::NotUtf8 { at: 2 }));
        assert_eq!(decode(b"a\0"), Some(Undecodable::Nul { at: 1 }));
        assert_eq!(decode("\u{feff}가\r\n".as_bytes()), None);
    }

    #[test]
    fn a_span_outside_its_text_is_empty() {
        assert_eq!(Span::new(1, 2).of("가"), "");
        assert_eq!(Span::new(0, 5).trim(" ab  ").of(" ab  "), "ab");
    }
}
