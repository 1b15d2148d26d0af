//! An author's own HTML inside Markdown.
//!
//! It is read tag by tag. What a report may use is written anew, with the few attributes that do no
//! harm; anything else that looks like a tag is what its author meant it to be, text: `the <script>
//! tag`, `Vec<String>`. So one stray tag can never swallow the rest of a report. What is left open is
//! closed where its paragraph, its cell or, without a closing tag further down, its block ends.
//!
//! This module does not decide that the result is safe: the whole page still goes through a sanitiser
//! that parses it as browsers do.

use std::collections::BTreeMap;

use super::{Document, Kind};
use crate::source::Span;

/// Elements that a report may use.
const ALLOWED: [&str; 57] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];
/// Elements without content.
const VOID: [&str; 4] = ["br", "col", "hr", "wbr"];
/// Elements that may hold the Markdown blocks that follow, up to their closing tag.
const HOLDS_BLOCKS: [&str; 17] = [
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "li",
    "ol",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements that only changed how text looked, or that show something from elsewhere: the tag goes.
const DROPPED: [&str; 12] = [
    "audio", "big", "center", "embed", "font", "iframe", "img", "picture", "source", "track",
    "video", "wbr",
];
/// A tag of more bytes is no tag.
const LONGEST_TAG: usize = 2048;

/// A piece of an author's HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'h> {
    Text(&'h str),
    Open { tag: &'h str, name: String, attributes: Vec<(String, String)> },
    Close { tag: &'h str, name: String },
    Comment,
}

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is written, and so is its end.
    Kept,
    /// It is written and has no end.
    Void,
    /// The tag goes, what it holds stays.
    Dropped,
    /// It is text.
    Text,
}

/// What becomes of an element of this name.
pub(super) fn fate(name: &str) -> Fate {
    match name {
        _ if DROPPED.contains(&name) => Fate::Dropped,
        _ if VOID.contains(&name) => Fate::Void,
        _ if ALLOWED.contains(&name) => Fate::Kept,
        _ => Fate::Text,
    }
}

/// Whether an attribute may stay. Where links lead is looked at by whoever writes them.
pub(super) fn is_harmless(element: &str, attribute: &str) -> bool {
    match attribute {
        "title" | "lang" => true,
        "href" => element == "a",
        "colspan" | "rowspan" => matches!(element, "td" | "th"),
        "start" | "reversed" => element == "ol",
        "open" => element == "details",
        "dir" => true,
        _ => false,
    }
}

/// Takes HTML apart. Linear: a tag has a longest length, and a comment that is never closed is looked
/// for once.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let last_comment_end = html.rfind("-->");
    let mut text = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let open = at + found;
        let comment = html[open..].starts_with("<!--")
            && last_comment_end.is_some_and(|last| last >= open + 4);
        let piece = if comment {
            html[open + 4..].find("-->").map(|length| (open + 4 + length + 3, Piece::Comment))
        } else {
            tag(&html[open..]).map(|(length, piece)| (open + length, piece))
        };
        match piece {
            Some((end, piece)) => {
                if text < open {
                    pieces.push(Piece::Text(&html[text..open]));
                }
                pieces.push(piece);
                (text, at) = (end, end);
            }
            None => at = open + 1,
        }
    }
    if text < html.len() {
        pieces.push(Piece::Text(&html[text..]));
    }
    pieces
}

/// Where a document's comments stand, outside of code.
pub(crate) fn comments(document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    for node in document.root().descendants() {
        if !matches!(node.kind(), Kind::Html | Kind::HtmlBlock) {
            continue;
        }
        let source = node.source();
        let mut at = 0;
        while let Some(start) = source[at..].find("<!--").map(|found| at + found) {
            let end = source[start..].find("-->").map_or(source.len(), |length| start + length + 3);
            let offset = node.span().start as usize;
            spans.push(Span::new(offset + start, offset + end));
            at = end;
        }
    }
    spans
}

/// Whether a tag that is not written shows something: an image, a film, another page.
pub(super) fn shows(name: &str) -> bool {
    matches!(name, "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video")
}

/// Where a document's own tags lead: each tag with a link or a source in it, and where it stands.
pub(crate) fn targets(document: &Document) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for node in document.root().descendants() {
        if !matches!(node.kind(), Kind::Html | Kind::HtmlBlock) {
            continue;
        }
        let source = node.source();
        for piece in pieces(source) {
            let Piece::Open { tag, attributes, .. } = piece else { continue };
            let leads = |name: &str| matches!(name, "href" | "src" | "srcset" | "data" | "poster");
            let target = attributes.into_iter().find(|(name, _)| leads(name));
            if let Some((_, target)) = target {
                // A piece is a part of its source.
                let start = tag.as_ptr().addr() - source.as_ptr().addr();
                let offset = node.span().start as usize + start;
                found.push((Span::new(offset, offset + tag.len()), target));
            }
        }
    }
    found
}

/// The tag at the start of `html` and its length in bytes.
fn tag(html: &str) -> Option<(usize, Piece<'_>)> {
    let closes = html.starts_with("</");
    let start = if closes { 2 } else { 1 };
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let bytes = &html.as_bytes()[..html.len().min(LONGEST_TAG)];
    let length = bytes.get(start..)?.iter().take_while(|byte| is_name(byte)).count();
    let name = html[start..start + length].to_ascii_lowercase();
    if !name.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = start + length;
    let mut attributes = Vec::new();
    loop {
        at += bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || **byte == b'/')
            .count();
        match bytes.get(at)? {
            b'>' => break,
            b'<' => return None,
            _ => attributes.push(attribute(html, bytes, &mut at)?),
        }
    }
    let tag = &html[..=at];
    let piece =
        if closes { Piece::Close { tag, name } } else { Piece::Open { tag, name, attributes } };
    Some((at + 1, piece))
}

/// `name`, `name=value`, `name="value"`.
fn attribute(html: &str, bytes: &[u8], at: &mut usize) -> Option<(String, String)> {
    let run = |from: usize, stops: &[u8]| {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || stops.contains(byte);
        from + bytes[from..].iter().take_while(|byte| !ends(byte)).count()
    };
    let spaces = |from: usize| {
        from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
    };
    let end = run(*at, b"=>/").max(*at + 1);
    let name = html.get(*at..end)?.to_ascii_lowercase();
    *at = end;
    let equals = spaces(end);
    if bytes.get(equals) != Some(&b'=') {
        return Some((name, String::new()));
    }
    let start = spaces(equals + 1);
    let value = match bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(*quote, &bytes[start + 1..])?;
            *at = start + length + 2;
            html.get(start + 1..start + 1 + length)?
        }
        _ => {
            *at = run(start, b">");
            html.get(start..*at)?
        }
    };
    Some((name, value.replace("&amp;", "&").replace("&quot;", "\"")))
}

/// The elements that are open, and how many closing tags are still to come.
#[derive(Debug, Default)]
pub(super) struct Balance {
    open: Vec<Element>,
    /// How many of `open` the element around stands on: they are closed elsewhere.
    floor: usize,
    /// Closing tags of each name that nobody waits for yet.
    closers: BTreeMap<String, usize>,
}

/// An open element.
#[derive(Debug)]
struct Element {
    name: String,
    /// It stays open for the Markdown that follows: a closing tag further down is its own.
    waits: bool,
}

impl Balance {
    /// Counts a document's closing tags.
    pub(super) fn new(document: &Document) -> Self {
        let mut closers = BTreeMap::new();
        for node in document.root().descendants() {
            if matches!(node.kind(), Kind::Html | Kind::HtmlBlock) {
                for piece in pieces(node.source()) {
                    if let Piece::Close { name, .. } = piece {
                        *closers.entry(name).or_insert(0) += 1;
                    }
                }
            }
        }
        Self { closers, ..Self::default() }
    }

    /// Starts an element of the renderer's; returns what [`Balance::leave`] wants.
    pub(super) fn enter(&mut self) -> usize {
        std::mem::replace(&mut self.floor, self.open.len())
    }

    /// Ends it, and with it every element an author left open inside.
    pub(super) fn leave(&mut self, floor: usize) -> String {
        let closed = self.close_down_to(self.floor);
        self.floor = floor;
        closed
    }

    /// Whether no element of an author's is open here.
    pub(super) fn is_level(&self) -> bool {
        self.open.len() == self.floor
    }

    pub(super) fn opened(&mut self, name: &str) {
        self.open.push(Element { name: name.to_owned(), waits: false });
    }

    /// What a closing tag closes: its element, and those inside that were left open. Nothing, if its
    /// element is not open here.
    pub(super) fn closed(&mut self, name: &str) -> String {
        let here = &self.open[self.floor..];
        let found = here.iter().rposition(|open| open.name == name);
        if !found.is_some_and(|at| here[at].waits) {
            self.take_closer(name);
        }
        found.map(|at| self.close_down_to(self.floor + at)).unwrap_or_default()
    }

    /// Ends a block of HTML: an element stays open for the Markdown that follows only if it can hold
    /// it and a closing tag comes.
    pub(super) fn end_of_block(&mut self) -> String {
        let waiting = self.open[self.floor..].iter().rposition(|open| open.waits);
        let mut at = self.floor + waiting.map_or(0, |last| last + 1);
        while let Some(name) = self.open.get(at).map(|open| open.name.clone()) {
            if !HOLDS_BLOCKS.contains(&name.as_str()) || !self.take_closer(&name) {
                break;
            }
            self.open[at].waits = true;
            at += 1;
        }
        self.close_down_to(at)
    }

    /// Whether there was a closing tag to take.
    fn take_closer(&mut self, name: &str) -> bool {
        self.closers.get_mut(name).is_some_and(|count| {
            let some = *count > 0;
            *count = count.saturating_sub(1);
            some
        })
    }

    fn close_down_to(&mut self, length: usize) -> String {
        let mut html = String::new();
        for open in self.open.drain(length.min(self.open.len())..).rev() {
            html.push_str("</");
            html.push_str(&open.name);
            html.push('>');
        }
        html
    }
}
