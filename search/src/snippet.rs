//! Snippets: where the words of a query stand in a text, and the piece that shows most of them.
//!
//! A text is taken apart into the same units as for the index, so what was found is what is marked.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::query::pattern::{Pattern, UnitPattern};
use crate::query::{Query, Wanted};
use crate::text::stem::stem;
use crate::text::units::{Kind, Units};

/// Characters before the first mark: a phone shows two lines of a snippet, and the mark should be in them.
const LEAD: usize = 24;
/// How far a snippet's end is moved to fall between two words, in characters.
const STRETCH: usize = 24;

/// Marks the words of a query.
#[derive(Debug, Clone)]
pub struct Highlighter {
    /// Per word of the query, its shapes.
    words: Vec<Vec<Pattern>>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The piece, each run of white space as one space.
    pub text: String,
    /// The words of the query in it, as byte ranges, in order and apart.
    pub marks: Vec<Range<usize>>,
    /// Whether something was left out before it.
    pub cut_start: bool,
    /// Whether something was left out behind it.
    pub cut_end: bool,
}

/// A unit of a text that is looked at as a whole.
struct TextUnit {
    kind: TextKind,
    range: Range<usize>,
    starts: bool,
}

enum TextKind {
    Word { text: String, parts: Vec<String> },
    Syllable(char),
}

impl Highlighter {
    /// Marks what `query` asks for; what it excludes and filters by is not marked.
    pub fn new(query: &Query) -> Self {
        let words = query
            .items()
            .filter(|item| !item.negative)
            .filter_map(|item| match &item.wanted {
                Wanted::Text(text) => {
                    Some(text.shapes.iter().map(|shape| shape.pattern.clone()).collect())
                }
                Wanted::Facet(..) | Wanted::Date(_) => None,
            })
            .collect();
        Self { words }
    }

    /// Where `text` has words of the query: byte ranges of the text as it stands, in order and apart.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        merge(self.found(text).into_iter().map(|(range, _)| range))
    }

    /// The piece of `text` with most of the query's words, of at most `max_chars` characters unless the words
    /// themselves are longer. Without any of them, its beginning.
    pub fn snippet(&self, text: &str, max_chars: usize) -> Snippet {
        let mut squeezed = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !squeezed.is_empty() {
                squeezed.push(' ');
            }
            squeezed.push_str(word);
        }
        let found = self.found(&squeezed);
        let core = densest(&squeezed, &found, max_chars, self.words.len());
        let window = widen(&squeezed, core, max_chars);
        let piece = &squeezed[window.clone()];
        let shift = window.start + (piece.len() - piece.trim_start().len());
        let marks = found
            .into_iter()
            .filter(|(range, _)| range.start >= window.start && range.end <= window.end)
            .map(|(range, _)| range.start - shift..range.end - shift);
        Snippet {
            text: piece.trim().to_owned(),
            marks: merge(marks),
            cut_start: window.start > 0,
            cut_end: window.end < squeezed.len(),
        }
    }

    /// Each place of each word, by place; the word by its number.
    fn found(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut units = Units::new(text);
        let mut row = Vec::new();
        while let Some(unit) = units.next() {
            let kind = match unit.kind {
                Kind::Word => TextKind::Word {
                    text: units.word().to_owned(),
                    parts: units.parts().map(str::to_owned).collect(),
                },
                Kind::Syllable(ch) => TextKind::Syllable(ch),
            };
            row.push(TextUnit { kind, range: unit.range, starts: unit.starts });
        }
        let mut found = Vec::new();
        for (word, shapes) in self.words.iter().enumerate() {
            for pattern in shapes {
                for at in 0..row.len() {
                    let Some(units) = row.get(at..at + pattern.units.len()) else { break };
                    if stands(pattern, units)
                        && let (Some(first), Some(last)) = (units.first(), units.last())
                    {
                        found.push((first.range.start..last.range.end, word));
                    }
                }
            }
        }
        found.sort_by_key(|(range, word)| (range.start, range.end, *word));
        found
    }
}

/// Whether a pattern is these units.
fn stands(pattern: &Pattern, units: &[TextUnit]) -> bool {
    pattern.units.iter().zip(units).enumerate().all(|(at, (wanted, unit))| {
        match (wanted, &unit.kind) {
            (
                UnitPattern::Word { text, stem: wanted, prefix },
                TextKind::Word { text: word, parts },
            ) => {
                word == text
                    || parts.contains(text)
                    || (*prefix && word.starts_with(text.as_str()))
                    || wanted
                        .as_ref()
                        .is_some_and(|wanted| word == wanted || stem(word).as_ref() == Some(wanted))
            }
            (UnitPattern::Syllable { first, last, .. }, TextKind::Syllable(ch)) => {
                (first..=last).contains(&ch) && (at == 0 || !unit.starts || pattern.spans(at))
            }
            _ => false,
        }
    })
}

/// Sorted ranges without overlaps.
fn merge(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The stretch of at most `max_chars` characters with most different words, then most words, then the first.
fn densest(
    text: &str,
    found: &[(Range<usize>, usize)],
    max_chars: usize,
    words: usize,
) -> Range<usize> {
    let mut counts = vec![0usize; words];
    let (mut distinct, mut left) = (0, 0);
    let mut best = ((0, 0), 0..0);
    let mut chars = 0;
    let mut end = 0;
    for (right, (range, word)) in found.iter().enumerate() {
        counts[*word] += 1;
        distinct += usize::from(counts[*word] == 1);
        if right == 0 {
            end = range.start;
        }
        if range.end > end {
            chars += text[end..range.end].chars().count();
            end = range.end;
        }
        while left < right && chars > max_chars {
            let (first, word) = &found[left];
            counts[*word] -= 1;
            distinct -= usize::from(counts[*word] == 0);
            chars -= text[first.start..found[left + 1].0.start].chars().count();
            left += 1;
        }
        let value = (distinct, right - left);
        if value > best.0 || right == 0 {
            best = (value, found[left].0.start..end);
        }
    }
    best.1
}

/// `core` with what stands around it, up to `max_chars` characters, between words.
fn widen(text: &str, core: Range<usize>, max_chars: usize) -> Range<usize> {
    let spare = max_chars.saturating_sub(text[core.clone()].chars().count());
    let lead = LEAD.min(spare / 3);
    let before = back(text, core.start, lead);
    let left_over = lead - text[before..core.start].chars().count();
    let after = forth(text, core.end, spare - lead + left_over);
    let unused =
        spare - text[before..core.start].chars().count() - text[core.end..after].chars().count();
    let before = back(text, before, unused.min(LEAD));
    let start = if before == 0 { 0 } else { first_border(text, before..core.start) };
    let end = if after == text.len() { after } else { last_border(text, core.end..after) };
    start..end
}

fn back(text: &str, from: usize, chars: usize) -> usize {
    match chars.checked_sub(1) {
        Some(nth) => text[..from].char_indices().rev().nth(nth).map_or(0, |(at, _)| at),
        None => from,
    }
}

fn forth(text: &str, from: usize, chars: usize) -> usize {
    text[from..].char_indices().nth(chars).map_or(text.len(), |(at, _)| from + at)
}

/// Behind the first space in `range`, else the first beginning of a unit, else its end.
fn first_border(text: &str, range: Range<usize>) -> usize {
    // A mark may stand on a space, and then belongs to it.
    let is_border = |at: usize| !text[at..].starts_with(is_combining_mark);
    if text[..range.start].ends_with(' ') && is_border(range.start) {
        return range.start;
    }
    let piece = &text[range.clone()];
    let reach = forth(piece, 0, STRETCH);
    let mut spaces = piece[..reach].match_indices(' ').map(|(at, _)| range.start + at + 1);
    spaces.find(|&at| is_border(at)).unwrap_or_else(|| {
        units_around(text, &range)
            .find(|unit| unit.start >= range.start)
            .map_or(range.end, |unit| unit.start)
    })
}

/// Before the last space in `range`, else the last end of a unit, else its beginning.
fn last_border(text: &str, range: Range<usize>) -> usize {
    if text[range.end..].starts_with(' ') {
        return range.end;
    }
    let piece = &text[range.clone()];
    let reach = back(piece, piece.len(), STRETCH);
    match piece[reach..].rfind(' ') {
        Some(at) => range.start + reach + at,
        None => units_around(text, &range)
            .filter(|unit| unit.end <= range.end)
            .last()
            .map_or(range.start, |unit| unit.end.max(range.start)),
    }
}

/// The units of the text from the last space before `range` on, up to its end.
fn units_around(text: &str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let from = text[..range.start].rfind(' ').map_or(0, |at| at + 1);
    let end = range.end;
    Units::new(&text[from..])
        .map(move |unit| from + unit.range.start..from + unit.range.end)
        .take_while(move |unit| unit.start <= end)
}

#[cfg(test)]
mod tests {
    use super::Highlighter;
    use crate::query::{Query, Typing};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn highlighter(query: &str) -> Highlighter {
        Highlighter::new(&Query::parse(query, Typing::Done))
    }

    fn marked(query: &str, text: &str) -> String {
        let marks = highlighter(query).marks(text);
        marks.into_iter().map(|range| &text[range]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn marks_are_what_was_found() {
        for (query, text, expected) in [
            ("장애", "결제장애를 겪었다", "장애"),
            ("장애가", "장애를 보고 장애가", "장애|장애가"),
            ("커넥션풀", "커넥션 풀과 커넥션풀", "커넥션 풀|커넥션풀"),
            ("connection", "Connections CONNECTED", "Connections|CONNECTED"),
            ("\"connection\"", "Connections, connection", "connection"),
            ("api", "payment-API를", "API"),
            ("API를", "payment-API가", "API"),
            ("memory", "OutOfMemoryError", "OutOfMemoryError"),
            ("장애", "시장 애플", ""),
            ("-pool cache service:pool", "pool cache", "cache"),
            ("cafe OR naïve", "NAÏVE", "NAÏVE"),
        ] {
            assert_eq!(marked(query, text), expected, "{query} in {text}");
        }
        let apart: String = "결제장애를".nfd().collect();
        assert_eq!(marked("장애", &apart).nfc().collect::<String>(), "장애");
    }

    #[test]
    fn the_snippet_shows_most_words() {
        let text =
            format!("alpha\n\n{} alpha  beta\tgamma {}", "x ".repeat(80), "끝맺음 ".repeat(40));
        let snippet = highlighter("alpha gamma").snippet(&text, 60);
        assert!(snippet.text.contains("alpha beta gamma"), "{snippet:?}");
        assert!(snippet.cut_start && snippet.cut_end);
        assert!(snippet.text.chars().count() <= 60);
        assert!(snippet.text.ends_with("끝맺음"), "{snippet:?}");
        assert_eq!(&snippet.text[snippet.marks[0].clone()], "alpha");
        assert_eq!(&snippet.text[snippet.marks[1].clone()], "gamma");
        let start = highlighter("nothing").snippet("some  text", 60);
        assert_eq!(
            (start.text.as_str(), start.cut_start, start.cut_end),
            ("some text", false, false)
        );
        let long = format!("{}장애{}", "가".repeat(200), "나".repeat(200));
        let cut = highlighter("장애").snippet(&long, 30);
        assert!(cut.text.contains("장애") && cut.text.chars().count() <= 30, "{cut:?}");
    }

    proptest! {
        #[test]
        fn any_text_has_a_snippet(
            query in "\\PC{0,12}|[a-c장애풀 ]{0,6}",
            text in "\\PC{0,80}|[a-c장애풀 \n\u{301}\u{1100}-\u{1112}\u{1161}]{0,80}",
            max in 0usize..50,
        ) {
            let highlighter = highlighter(&query);
            for mark in highlighter.marks(&text) {
                prop_assert!(text.get(mark).is_some());
            }
            let snippet = highlighter.snippet(&text, max);
            let mut end = 0;
            for mark in &snippet.marks {
                prop_assert!(mark.start >= end && snippet.text.get(mark.clone()).is_some());
                end = mark.end;
            }
            let begins_with_mark = snippet.text.starts_with('\u{301}');
            prop_assert!(!(snippet.cut_start && begins_with_mark), "{snippet:?}");
        }
    }
}
