//! Text that waits to be replaced.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::source::Span;

/// Words that mark something as not written yet.
const WORDS: [&str; 4] = ["TBD", "TBA", "TODO", "FIXME"];
/// The same in other languages; matched anywhere.
const PHRASES: [&str; 16] = [
    "작성 예정",
    "작성예정",
    "추후 작성",
    "추후 기재",
    "추후 보완",
    "추후 업데이트",
    "작성 필요",
    "작성해 주세요",
    "작성해주세요",
    "내용을 입력",
    "여기에 작성",
    "追記予定",
    "後日記載",
    "to be determined",
    "to be written",
    "lorem ipsum",
];
/// What a template leaves where a value belongs.
const PATTERNS: [&str; 9] = [
    "YYYY-MM-DD",
    "YYYY/MM/DD",
    "yyyy-mm-dd",
    "HH:MM",
    "HH:mm",
    "hh:mm",
    "Month DD",
    "DD/MM/YYYY",
    "YYYY-MM",
];

/// Phase tags that a template leaves beside the times to fill in.
const TAGS: [&str; 13] = [
    "[발생]",
    "[탐지]",
    "[전파]",
    "[판정]",
    "[완화]",
    "[복구]",
    "[인계]",
    "[started]",
    "[detected]",
    "[declared]",
    "[mitigated]",
    "[resolved]",
    "[handoff]",
];

/// A text of more bytes says more than that something is missing.
const LONGEST_PLACEHOLDER: usize = 1000;

/// All of them at once: every paragraph of every report is searched.
static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let needles = WORDS.iter().chain(&PHRASES).chain(&PATTERNS).chain(&["{{"]);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(needles)
        .expect("a few dozen words make an automaton")
});

/// A placeholder in a text, as a range of its bytes.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let last_close = LazyCell::new(|| text.rfind("}}"));
    let found = SEARCH.find_iter(text).find_map(|found| {
        let range = found.range();
        match &text[range.clone()] {
            "{{" if last_close.is_none_or(|close| close < range.end) => None,
            "{{" => text[range.end..].find("}}").map(|close| range.start..range.end + close + 2),
            word if WORDS.contains(&word) => stands_alone(text, &range).then_some(range),
            _ => Some(range),
        }
    });
    found.or_else(|| bracketed(text))
}

/// Whether a text is nothing but placeholders and punctuation.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let Some(first) = find(text) else {
        // `…`, `???`
        let only_marks = !text.is_empty() && !text.chars().any(char::is_alphanumeric);
        return only_marks && text.contains(['…', '?', '.', '-', '_']);
    };
    if text.len() > LONGEST_PLACEHOLDER {
        return false;
    }
    let mut rest = text.to_owned();
    rest.replace_range(first, " ");
    while let Some(range) = find(&rest) {
        rest.replace_range(range, " ");
    }
    for tag in TAGS {
        rest = rest.replace(tag, " ");
    }
    !rest.chars().any(char::is_alphanumeric)
}

/// The span of a placeholder in a plain text.
pub(super) fn span(plain: &crate::markup::Plain) -> Option<Span> {
    find(&plain.text).map(|range| plain.span(range))
}

/// Whether a word stands on its own. `TODO` is also a state and a name: it counts where it is all
/// there is on its line, or where a colon follows it.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let inside = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric() || ch == '_');
    let (before, after) = (&text[..range.start], &text[range.end..]);
    if inside(before.chars().next_back()) || inside(after.chars().next()) {
        return false;
    }
    let rest = after.lines().next().unwrap_or_default();
    let head = before.rsplit('\n').next().unwrap_or_default();
    !matches!(&text[range.clone()], "TODO" | "FIXME")
        || rest.trim_start().starts_with([':', '：'])
        || (rest.trim().is_empty() && !head.chars().any(char::is_alphanumeric))
}

/// `[직접적 원인]`: brackets around a description of what belongs there, and nothing else.
fn bracketed(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let alone = trimmed.starts_with('[')
        && trimmed.ends_with(']')
        && trimmed.matches(['[', ']']).count() == 2
        && trimmed.chars().filter(|ch| ch.is_alphabetic()).count() > 2;
    let start = text.len() - text.trim_start().len();
    alone.then(|| start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::{find, is_placeholder};

    #[test]
    fn finds_what_waits_to_be_written() {
        for (text, found) in [
            ("원인은 TBD 입니다", Some("TBD")),
            ("TODO: ask", Some("TODO")),
            ("- HH:MM [발생]", Some("HH:MM")),
            ("{{ summary }} here", Some("{{ summary }}")),
            ("추후 작성 예정", Some("추후 작성")),
            ("[직접적 원인]", Some("[직접적 원인]")),
            ("the TODO_LIST table", None),
            ("move it from TODO to done", None),
            ("[PR #12](x) merged", None),
            ("아무 문제 없음", None),
        ] {
            assert_eq!(find(text).map(|range| &text[range]), found, "{text}");
        }
    }

    #[test]
    fn knows_when_nothing_else_is_there() {
        for text in
            ["TBD", "TBD.", "- HH:MM [발생]", "…", "{{ summary }}", "작성 예정", "YYYY-MM-DD HH:MM"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["TBD: ask the vendor", "", "없음", "복구 완료"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
