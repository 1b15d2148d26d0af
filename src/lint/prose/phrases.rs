//! Words to look for, and where they are innocent.
//!
//! A phrase is written in lower case. An English one begins and ends at a word's edge, unless `*` says
//! that the word may go on there. A Korean one begins at a word's edge unless `*` precedes it, and what
//! follows is particles and endings: it may always go on.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

/// Phrases of one meaning.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Group<T: 'static> {
    pub(in crate::lint) words: &'static [&'static str],
    /// What the rule says about them.
    pub(in crate::lint) means: T,
}

/// All phrases of a rule, as one automaton.
#[derive(Debug)]
pub(in crate::lint) struct Phrases<T: 'static> {
    search: AhoCorasick,
    patterns: Vec<Pattern>,
    groups: &'static [Group<T>],
}

#[derive(Clone, Copy, Debug)]
struct Pattern {
    /// `None` for a phrase that makes what it overlaps innocent.
    group: Option<usize>,
    open_start: bool,
    open_end: bool,
}

/// A phrase found in a text.
#[derive(Clone, Debug)]
pub(in crate::lint) struct Hit<T> {
    pub(in crate::lint) range: Range<usize>,
    pub(in crate::lint) means: T,
}

impl<T: Copy> Phrases<T> {
    /// `innocent` are phrases within which none of the words counts: `page fault`.
    pub(in crate::lint) fn new(groups: &'static [Group<T>], innocent: &[&[&str]]) -> Self {
        let mut texts = Vec::new();
        let mut patterns = Vec::new();
        let guilty = groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.words.iter().map(move |word| (*word, Some(index))));
        let innocent = innocent.iter().flat_map(|words| words.iter()).map(|word| (*word, None));
        for (word, group) in guilty.chain(innocent) {
            for text in spellings(word) {
                let last = text.chars().next_back();
                let open_end = word.ends_with('*') || last.is_none_or(|ch| !ch.is_ascii());
                patterns.push(Pattern { group, open_start: word.starts_with('*'), open_end });
                texts.push(text);
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(texts)
            .expect("a few hundred words make an automaton");
        Self { search, patterns, groups }
    }

    /// The guilty phrases in a text that is in lower case, by place; of two that overlap, the first and
    /// longest.
    pub(in crate::lint) fn find(&self, text: &str) -> Vec<Hit<T>> {
        let mut guilty: Vec<(Range<usize>, usize)> = Vec::new();
        let mut innocent: Vec<Range<usize>> = Vec::new();
        for found in self.search.find_overlapping_iter(text) {
            let pattern = self.patterns[found.pattern().as_usize()];
            if !pattern.fits(text, &found.range()) {
                continue;
            }
            match pattern.group {
                Some(group) => guilty.push((found.range(), group)),
                None => innocent.push(found.range()),
            }
        }
        guilty.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        innocent.sort_by_key(|range| range.start);
        let mut hits: Vec<Hit<T>> = Vec::new();
        let mut last_end = 0;
        // An innocent phrase that reaches furthest among those that begin before a guilty one ends.
        let (mut next, mut reach) = (0, 0);
        for (range, group) in guilty {
            if range.start < last_end {
                continue;
            }
            while let Some(phrase) = innocent.get(next).filter(|phrase| phrase.start < range.end) {
                reach = reach.max(phrase.end);
                next += 1;
            }
            if reach <= range.start {
                last_end = range.end;
                hits.push(Hit { range, means: self.groups[group].means });
            }
        }
        hits
    }
}

impl Pattern {
    fn fits(self, text: &str, range: &Range<usize>) -> bool {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let first = text[range.clone()].chars().next();
        let joins = |ch: char, to: Option<char>| {
            to.is_some_and(|to| {
                if ch.is_ascii_alphanumeric() {
                    to.is_ascii_alphanumeric() || to == '_'
                } else {
                    is_hangul(ch) && is_hangul(to)
                }
            })
        };
        let starts = self.open_start || first.is_none_or(|ch| !joins(ch, before));
        let last = text[range.clone()].chars().next_back();
        starts && (self.open_end || last.is_none_or(|ch| !joins(ch, after)))
    }
}

/// All words of some groups.
pub(in crate::lint) fn words<T>(groups: &'static [Group<T>]) -> impl Iterator<Item = &'static str> {
    groups.iter().flat_map(|group| group.words.iter().copied())
}

/// How a phrase may be written: with either apostrophe, and without the marks of the notation.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let text = word.trim_matches('*');
    let mut spellings = vec![text.to_owned()];
    if text.contains('\'') {
        spellings.push(text.replace('\'', "’"));
    }
    spellings
}

pub(in crate::lint) fn is_hangul(ch: char) -> bool {
    ('가'..='힣').contains(&ch)
}

#[cfg(test)]
mod tests {
    use super::{Group, Phrases};

    const GROUPS: &[Group<char>] = &[
        Group { words: &["careless*", "fault", "didn't bother"], means: 'a' },
        Group { words: &["부주의", "*했어야", "과실"], means: 'b' },
    ];

    #[test]
    fn words_have_edges_and_innocent_neighbours() {
        let phrases = Phrases::new(GROUPS, &[&["page fault", "부주의가 아니"]]);
        let found = |text: &str| {
            let hits = phrases.find(text);
            hits.iter().map(|hit| &text[hit.range.clone()]).collect::<Vec<_>>().join("|")
        };
        for (text, words) in [
            ("carelessly done, his fault.", "careless|fault"),
            ("a page fault by default, faulty", ""),
            ("he didn’t bother", "didn’t bother"),
            ("부주의로 점검했어야 했다", "부주의|했어야"),
            ("결과실패와 불부주의", ""),
            ("부주의가 아니라", ""),
            ("DB과실", "과실"),
        ] {
            assert_eq!(found(text), words, "{text}");
        }
    }
}
