//! An author's own words: a text without code, links, addresses and quotations, cut into sentences.

use std::ops::Range;

use super::BLANK;
use crate::markup::{Kind, NodeRef, Plain};
use crate::source::Span;

/// Quotation marks that come in pairs. An apostrophe opens nothing: it follows a letter.
const PAIRS: [(char, char); 8] = [
    ('"', '"'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('«', '»'),
    ('《', '》'),
    ('\'', '\''),
];

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 6] = ["e.g", "i.e", "vs", "cf", "approx", "incl"];

/// The text of a block in lower case and of the same length, with what is not its author's own words
/// blanked byte for byte.
pub(super) fn own_words(node: NodeRef<'_>, plain: &Plain) -> String {
    let mut foreign: Vec<Span> = Vec::new();
    for inner in node.descendants() {
        let is_foreign = matches!(inner.kind(), Kind::Code(_) | Kind::Link(_) | Kind::Strike);
        if is_foreign && foreign.last().is_none_or(|last| !last.contains(inner.span())) {
            foreign.push(inner.span());
        }
    }
    let mut text = plain.blanked(&foreign, BLANK);
    text.make_ascii_lowercase();
    let text = text.replace('\n', " ");
    let hidden: Vec<Range<usize>> = quotations(&text).into_iter().chain(addresses(&text)).collect();
    blank(&text, hidden)
}

fn blank(text: &str, mut hidden: Vec<Range<usize>>) -> String {
    hidden.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in hidden {
        let start = range.start.max(at);
        if start >= range.end {
            continue;
        }
        out.push_str(&text[at..start]);
        out.extend(std::iter::repeat_n(BLANK, range.end - start));
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// What stands between quotation marks, the marks included.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut until = 0;
    // Once a closing mark is not found, it is not looked for again: reading stays linear.
    let mut missing = [false; PAIRS.len()];
    for (at, ch) in text.char_indices() {
        let Some(pair) = PAIRS.iter().position(|(open, _)| *open == ch) else { continue };
        if at < until || missing[pair] {
            continue;
        }
        let inside = at + ch.len_utf8();
        let before = text[..at].chars().next_back();
        let straight = PAIRS[pair].0 == PAIRS[pair].1;
        let after = text[inside..].chars().next();
        let opens = !straight
            || (before.is_none_or(|before| !before.is_ascii_alphanumeric())
                && after.is_some_and(|after| !after.is_whitespace()));
        if !opens {
            continue;
        }
        match closing(text, inside, PAIRS[pair].1) {
            Some(end) => {
                found.push(at..end);
                until = end;
            }
            None => missing[pair] = true,
        }
    }
    found
}

/// The end of a quotation. A mark between two letters is an apostrophe.
fn closing(text: &str, from: usize, mark: char) -> Option<usize> {
    let is_apostrophe = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len_utf8()..].chars().next();
        matches!(mark, '\'' | '’')
            && before.is_some_and(|ch| ch.is_ascii_alphanumeric())
            && after.is_some_and(|ch| ch.is_ascii_alphanumeric())
    };
    let mut marks = text[from..].match_indices(mark).map(|(at, _)| from + at);
    marks.find(|&at| !is_apostrophe(at)).map(|at| at + mark.len_utf8())
}

/// Addresses as they stand in a text.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let ends = |ch: char| ch.is_whitespace() || matches!(ch, '<' | '>' | '"' | ')');
    // The `://` itself stays, as a sign that something backs the sentence.
    let after = |at: usize| text[at..].find(ends).map_or(text.len(), |length| at + length);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, mark) in text.match_indices("://") {
        let start = at + mark.len();
        if found.last().is_none_or(|last| last.end <= start) {
            found.push(start..after(start));
        }
    }
    found
}

/// A longer sentence is cut at a space, if it has one. Rules look at a whole sentence for each word they
/// find in it, so the bound keeps them linear in the size of the report.
const LONGEST: usize = 1000;

/// The sentences of a text: they end at a full stop, a question mark or an exclamation mark before
/// white space.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, ch) in text.char_indices() {
        let end = at + ch.len_utf8();
        let stops = match ch {
            '.' | '!' | '?' => {
                let closes = |ch: &char| matches!(ch, ')' | ']' | '"' | '\'' | '*');
                let mut rest = text[end..].chars().peekable();
                // A mark or two may close behind the stop.
                let _ = rest.next_if(closes).and_then(|_| rest.next_if(closes));
                rest.next().is_none_or(char::is_whitespace)
            }
            '。' | '？' | '！' => true,
            _ => end - start > if ch == ' ' { LONGEST } else { 2 * LONGEST },
        };
        let abbreviated = || {
            let word = text[start..at].rsplit([' ', '(']).next().unwrap_or_default();
            ch == '.' && ABBREVIATIONS.contains(&word)
        };
        if stops && !abbreviated() {
            found.push(start..end);
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        found.push(start..text.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::BLANK;
    use super::{own_words, sentences};
    use crate::markup::Document;

    fn read(text: &str) -> String {
        let document = Document::parse(&text.into(), 0);
        let paragraph = document.root().first_child().expect("a paragraph");
        let plain = paragraph.plain();
        let own = own_words(paragraph, &plain);
        assert_eq!(own.len(), plain.text.len(), "{text}");
        own.replace(BLANK, "_")
    }

    #[test]
    fn leaves_the_words_of_others_out() {
        for (text, own) in [
            ("We saw `Failed to x` twice", "we saw ___________ twice"),
            ("**We** [failed](a) to", "we ______ to"),
            ("it said \"we failed\" and didn't", "it said ___________ and didn't"),
            ("it’s ‘so what’ and we don’t", "it’s _____________ and we don’t"),
            ("see https://a.b/should-have now", "see https://_______________ now"),
            ("그는 '확인했어야'라고", "그는 _________________라고"),
            ("「잘못」이라는 말", "____________이라는 말"),
            ("a 5\" disk and no end", "a 5\" disk and no end"),
            ("'open and never shut", "'open and never shut"),
        ] {
            assert_eq!(read(text), own);
        }
    }

    #[test]
    fn sentences_end_at_stops() {
        let text = "v1.2 was out, e.g. here. why? 확인했다. (so.) end";
        let cut: Vec<&str> = sentences(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(cut, ["v1.2 was out, e.g. here.", "why?", "확인했다.", "(so.", ") end"]);
    }
}
