//! Whether a sentence that holds a phrase says that it was so.
//!
//! People also write what was not done, what should be done, what they suspect and what they asked. A
//! sentence that may be any of these says nothing: a facet without a value is better than a wrong one.

use std::ops::Range;

/// What is looked at around a phrase, in bytes to each side. It keeps reading linear in the size of the report.
const WINDOW: usize = 400;
/// A negation further away than this belongs to something else.
const NEAR: usize = 36;

/// What is not said as a fact: plans, guesses, what might have been.
const UNCERTAIN: [&str; 35] = [
    "should",
    "would",
    "could have",
    "could be",
    "might",
    "may have",
    "may be",
    "must",
    "need to",
    "needs to",
    "to be able",
    "will",
    "plan to",
    "planning to",
    "consider",
    "considering",
    "propose",
    "recommend",
    "ideally",
    "going to",
    "in the future",
    "next time",
    "possibly",
    "perhaps",
    "maybe",
    "probably",
    "likely",
    "suspect",
    "suspected",
    "hypothesized",
    "unclear",
    "ruled out",
    "if",
    "whether",
    "such as",
];
const UNCERTAIN_KO: [&str; 27] = [
    "해야",
    "필요",
    "예정",
    "검토",
    "계획",
    "방안",
    "권장",
    "제안",
    "고려",
    "하자",
    "향후",
    "했다면",
    "였다면",
    "있었다면",
    "않았다면",
    "가능성",
    "추정",
    "의심",
    "아마",
    "수 있",
    "될 것",
    "할 것",
    "겠",
    "배제",
    "재발 방지",
    "하려고",
    "하려 했",
];
const NEGATIONS: [&str; 14] = [
    "no",
    "not",
    "never",
    "without",
    "none",
    "nor",
    "neither",
    "instead of",
    "rather than",
    "cannot",
    "unrelated",
    "avoid",
    "avoids",
    "prevents",
];
const NEGATIONS_KO: [&str; 12] =
    ["않", "못", "없", "아니", "아닌", "무관", "불필요", "방지", "막기", "막을", "금지", "대신"];
/// What was tried and did not help.
const VAIN: [&str; 11] = [
    "attempt",
    "attempted",
    "attempting",
    "attempts",
    "tried",
    "trying",
    "unsuccessful",
    "unsuccessfully",
    "failed to",
    "fails",
    "in vain",
];
const VAIN_KO: [&str; 6] = ["시도", "실패", "효과", "소용", "여전히", "그래도"];
const CAUSAL: [&str; 12] = [
    "caused",
    "cause",
    "causes",
    "because",
    "due to",
    "result of",
    "resulted",
    "triggered by",
    "reason",
    "led to",
    "stemmed from",
    "owing to",
];
const CAUSAL_KO: [&str; 7] = ["원인", "인해", "인한", "때문", "탓", "바람에", "으로 인"];
const RECOVERING: [&str; 20] = [
    "fixed",
    "fix",
    "resolved",
    "resolves",
    "resolution",
    "restored",
    "restoring",
    "recovered",
    "recovery",
    "mitigated",
    "mitigate",
    "solved",
    "back to normal",
    "went back",
    "returned to normal",
    "healthy again",
    "stabilised",
    "stabilized",
    "back online",
    "back up",
];
const RECOVERING_KO: [&str; 7] = ["복구", "해결", "정상화", "회복", "완화", "해소", "정상으로"];

/// The sentence around a phrase, in lower case.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'t> {
    text: &'t str,
    /// Where the phrase stands in it.
    phrase: Range<usize>,
    is_question: bool,
}

impl<'t> Sentence<'t> {
    /// `None` if the phrase reaches over the end of a sentence.
    pub(super) fn around(text: &'t str, phrase: &Range<usize>) -> Option<Self> {
        if ends_within(&text[phrase.clone()]) {
            return None;
        }
        let from = floor(text, phrase.start.saturating_sub(WINDOW));
        let to = floor(text, (phrase.end + WINDOW).min(text.len()));
        let before = &text[from..phrase.start];
        let start = from + stops(before).last().map_or(0, |range| range.end);
        let after = &text[phrase.end..to];
        let stop = stops(after).next();
        let end = phrase.end + stop.as_ref().map_or(after.len(), |range| range.start);
        let closing = stop.map_or("", |range| &after[range]);
        let sentence = &text[start..end];
        let asks = sentence.trim_start().starts_with("why ")
            || words(sentence, &["왜"])
            || closing.starts_with(['?', '？']);
        Some(Self {
            text: sentence,
            phrase: phrase.start - start..phrase.end - start,
            is_question: asks,
        })
    }

    /// Whether it says that what the phrase names was so.
    pub(super) fn is_fact(&self) -> bool {
        !self.is_question
            && !self.outside(&UNCERTAIN)
            && !UNCERTAIN_KO.iter().any(|word| self.sides().any(|side| side.contains(word)))
            && !self.is_negated()
    }

    /// Whether it says that something was tried in vain.
    pub(super) fn is_vain(&self) -> bool {
        self.outside(&VAIN) || VAIN_KO.iter().any(|word| self.text.contains(word))
    }

    pub(super) fn speaks_of_causes(&self) -> bool {
        words(self.text, &CAUSAL) || CAUSAL_KO.iter().any(|word| self.text.contains(word))
    }

    pub(super) fn speaks_of_recovery(&self) -> bool {
        recovers(self.text)
    }

    fn sides(&self) -> impl Iterator<Item = &'t str> {
        [&self.text[..self.phrase.start], &self.text[self.phrase.end..]].into_iter()
    }

    fn outside(&self, list: &[&str]) -> bool {
        self.sides().any(|side| words(side, list))
    }

    fn is_negated(&self) -> bool {
        let before = &self.text[..self.phrase.start];
        let before = &before[ceil(before, before.len().saturating_sub(NEAR))..];
        let before = before.rsplit(is_clause_end).next().unwrap_or_default();
        let after = &self.text[self.phrase.end..];
        let after = &after[..floor(after, NEAR.min(after.len()))];
        let after = after.split(is_clause_end).next().unwrap_or_default();
        let clauses = [before, after];
        clauses.iter().any(|clause| {
            words(clause, &NEGATIONS) || clause.contains("n't") || clause.contains("n’t")
        }) || before.contains("불필요")
            || NEGATIONS_KO.iter().any(|word| after.contains(word))
    }
}

/// Whether a text says that things were well again.
pub(super) fn recovers(text: &str) -> bool {
    words(text, &RECOVERING) || RECOVERING_KO.iter().any(|word| text.contains(word))
}

/// Whether a text says that they were, and nothing against it.
pub(super) fn is_recovery(text: &str) -> bool {
    let against = words(text, &NEGATIONS)
        || words(text, &["still", "partially"])
        || text.contains("n't")
        || NEGATIONS_KO.iter().any(|word| text.contains(word));
    recovers(text) && !against
}

fn is_clause_end(ch: char) -> bool {
    matches!(ch, ',' | ';' | ':' | '(' | ')' | '—' | '–' | '·')
}

/// The ends of sentences: a mark before white space, or an arrow.
fn stops(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.char_indices().filter_map(|(at, ch)| {
        let end = at + ch.len_utf8();
        let closes = || text[end..].chars().next().is_none_or(char::is_whitespace);
        let stops = match ch {
            '.' | '!' | '?' => closes(),
            '。' | '？' | '！' | '→' | '⇒' => true,
            _ => false,
        };
        stops.then_some(at..end)
    })
}

fn ends_within(phrase: &str) -> bool {
    stops(phrase).any(|range| range.end < phrase.len())
}

/// Whether one of some words stands in a text.
fn words(text: &str, list: &[&str]) -> bool {
    let joins = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
    list.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let end = at + word.len();
            !joins(text[..at].chars().next_back()) && !joins(text[end..].chars().next())
        })
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Sentence, is_recovery};

    #[test]
    fn only_facts_count() {
        for (text, phrase, fact) in [
            ("we rolled back the release.", "rolled back", true),
            ("no rollback was needed", "rollback", false),
            ("it broke. a rollback was not possible; fine", "rollback", false),
            ("we should have rolled back", "rolled back", false),
            ("was it rolled back? yes", "rolled back", false),
            ("nothing else helped, so we rolled back", "rolled back", true),
            ("롤백했다", "롤백", true),
            ("롤백하지 않았다", "롤백", false),
            ("롤백을 검토했다", "롤백", false),
            (
                "원인을 알 수 없어 답답했지만 오래 걸리지 않아 결국 담당 팀이 밤에 롤백했다",
                "롤백",
                true,
            ),
            ("왜 인증서가 만료됐나 → 갱신이 실패했다", "인증서가 만료", false),
        ] {
            let at = text.find(phrase).unwrap_or_default();
            let sentence = Sentence::around(text, &(at..at + phrase.len()));
            assert_eq!(sentence.is_some_and(|sentence| sentence.is_fact()), fact, "{text}");
        }
        assert!(Sentence::around("rolled. back", &(0..12)).is_none());
    }

    #[test]
    fn a_recovery_is_one() {
        assert!(is_recovery("all services restored") && is_recovery("정상화 확인"));
        assert!(!is_recovery("still not resolved") && !is_recovery("복구되지 않음"));
    }
}
