//! Whether two texts speak of the same thing: the words they share.
//!
//! Coarser than a search: no positions, no ranking. Words count by their English stems, rows of syllables
//! by the two that begin them, which particles and endings leave alone; a word may also stand inside a
//! compound of the other text (`장애` in `결제장애`). Words that every text holds do not count.

use std::collections::BTreeSet;

use super::stem::stem;
use super::terms::{Mark, Term, terms};

/// Words without a subject.
const COMMON: [&str; 154] = [
    "about",
    "after",
    "again",
    "all",
    "also",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "but",
    "by",
    "can",
    "cannot",
    "cause",
    "caused",
    "could",
    "couldn",
    "did",
    "didn",
    "do",
    "does",
    "doesn",
    "doing",
    "don",
    "done",
    "during",
    "each",
    "even",
    "ever",
    "every",
    "everything",
    "first",
    "for",
    "from",
    "get",
    "go",
    "got",
    "had",
    "hadn",
    "has",
    "hasn",
    "have",
    "haven",
    "having",
    "he",
    "her",
    "here",
    "his",
    "how",
    "if",
    "in",
    "into",
    "is",
    "isn",
    "it",
    "its",
    "just",
    "made",
    "make",
    "may",
    "might",
    "more",
    "most",
    "much",
    "must",
    "need",
    "needed",
    "never",
    "new",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "problem",
    "reason",
    "result",
    "root",
    "same",
    "she",
    "should",
    "shouldn",
    "since",
    "so",
    "some",
    "still",
    "such",
    "take",
    "taken",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "this",
    "those",
    "through",
    "to",
    "too",
    "took",
    "two",
    "under",
    "until",
    "up",
    "us",
    "use",
    "used",
    "using",
    "very",
    "was",
    "wasn",
    "we",
    "were",
    "weren",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "would",
    "wouldn",
];

/// What begins Korean words without a subject.
const COMMON_PAIRS: [&str; 49] = [
    "가지", "같은", "같이", "거나", "것이", "경우", "그것", "그대", "그동", "그때", "그래", "그랬",
    "그러", "그런", "그리", "근본", "끝에", "다른", "다시", "대한", "대해", "됐나", "됐다", "되었",
    "되지", "들어", "때문", "로서", "만들", "모두", "모든", "못했", "무엇", "발생", "분석", "않았",
    "어떤", "어떻", "없는", "없었", "원인", "이런", "이렇", "이유", "있는", "있었", "있지", "하지",
    "했다",
];

/// Whether a folded word has no subject.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// Whether two syllables begin a word without a subject.
pub(super) fn is_common_pair(pair: &str) -> bool {
    COMMON_PAIRS.binary_search(&pair).is_ok()
}

/// The words of a text that say what it is about.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// What begins a word.
    starts: BTreeSet<String>,
    /// What also stands inside words.
    inside: BTreeSet<String>,
}

impl Words {
    /// The words of `text`.
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.add(text);
        words
    }

    /// The words of `text` too.
    pub fn add(&mut self, text: &str) {
        terms(text, 0, |term, mark, _| match term {
            Term::Word(word) | Term::Part(word) => {
                let counts = word.chars().nth(1).is_some() && !is_common(word);
                if counts {
                    self.starts.insert(stem(word).unwrap_or_else(|| word.to_owned()));
                }
            }
            Term::Pair(left, right) if !mark.has(Mark::CROSS) => {
                let pair = String::from_iter([left, right]);
                if !mark.has(Mark::START) {
                    self.inside.insert(pair);
                } else if !is_common_pair(&pair) {
                    self.starts.insert(pair);
                }
            }
            Term::Pair(..) | Term::Lone(_) => {}
        });
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Whether the two have a word in common.
    pub fn share(&self, other: &Self) -> bool {
        let known = |word: &String| other.starts.contains(word) || other.inside.contains(word);
        self.starts.iter().any(known) || other.starts.iter().any(|word| self.inside.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::{COMMON, COMMON_PAIRS, Words};

    #[test]
    fn lists_are_sorted() {
        assert!(COMMON.is_sorted() && COMMON_PAIRS.is_sorted());
    }

    #[test]
    fn words_meet_in_any_form() {
        for (left, right, expected) in [
            ("the connection pool was exhausted", "Why were no connections free?", true),
            ("커넥션을 얻지 못했다", "왜 커넥션 풀이 고갈됐나?", true),
            ("결제장애가 났다", "왜 장애를 몰랐나?", true),
            ("PoolExhausted was logged", "alert on an exhausted pool", true),
            ("Redis가 느려졌다", "왜 redis 응답이 늦었나?", true),
            ("the disk was full", "Why did nobody review the change?", false),
            ("디스크가 가득 찼다", "왜 리뷰에서 걸러지지 않았나?", false),
            ("it was the cause", "why was this so?", false),
        ] {
            assert_eq!(Words::of(left).share(&Words::of(right)), expected, "{left} / {right}");
        }
        assert!(Words::of("왜 그랬나?").is_empty());
        assert!(Words::of("Why was that?").is_empty());
    }
}
