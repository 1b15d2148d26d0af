//! Text that waits to be replaced.

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

/// A placeholder in a text, as a range of its bytes.
pub(super) fn find(text: &str) -> Option<std::ops::Range<usize>> {
    let words = WORDS.iter().filter_map(|word| find_word(text, word));
    let phrases = PHRASES
        .iter()
        .chain(&PATTERNS)
        .filter_map(|phrase| text.find(phrase).map(|at| at..at + phrase.len()));
    words.chain(phrases).chain(bracketed(text)).min_by_key(|range| range.start)
}

/// Whether a text is nothing but placeholders and punctuation.
pub(super) fn is_placeholder(text: &str) -> bool {
    let mut rest = text.trim().to_owned();
    if rest.is_empty() {
        return false;
    }
    while let Some(range) = find(&rest) {
        rest.replace_range(range, " ");
    }
    let tags = [
        "발생",
        "탐지",
        "전파",
        "판정",
        "완화",
        "복구",
        "인계",
        "started",
        "detected",
        "declared",
        "mitigated",
        "resolved",
        "handoff",
    ];
    for tag in tags {
        rest = rest.replace(&format!("[{tag}]"), " ");
    }
    let left = !rest.chars().any(|ch| ch.is_alphanumeric());
    left && (rest.trim() != text.trim() || text.contains(['…', '?', '.', '-', '_']))
}

/// The span of a placeholder in a plain text.
pub(super) fn span(plain: &crate::markup::Plain) -> Option<Span> {
    find(&plain.text).map(|range| plain.span(range))
}

/// A word on its own. `TODO` is also a state and a name: it counts where it is all there is on its
/// line, or where a colon follows it.
fn find_word(text: &str, word: &str) -> Option<std::ops::Range<usize>> {
    let marks = |at: usize| {
        let rest = text[at + word.len()..].lines().next().unwrap_or_default();
        let before = text[..at].rsplit('\n').next().unwrap_or_default();
        !matches!(word, "TODO" | "FIXME")
            || rest.trim_start().starts_with([':', '：'])
            || (rest.trim().is_empty() && !before.chars().any(char::is_alphanumeric))
    };
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let inside =
            |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric() || ch == '_');
        !inside(before) && !inside(after)
    };
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|&at| bounded(at) && marks(at))
        .map(|at| at..at + word.len())
}

/// `{{ summary }}`, `<장애 제목>`, `[직접적 원인]`: brackets around a description of what belongs there.
fn bracketed(text: &str) -> Option<std::ops::Range<usize>> {
    let double = text.find("{{").and_then(|open| {
        let close = text[open..].find("}}")?;
        Some(open..open + close + 2)
    });
    // A bracket is a placeholder where it is all there is: `1. **왜?** [직접적 원인]`.
    let trimmed = text.trim();
    let alone = trimmed.starts_with('[')
        && trimmed.ends_with(']')
        && trimmed.matches(['[', ']']).count() == 2
        && trimmed.chars().filter(|ch| ch.is_alphabetic()).count() > 2;
    let start = text.len() - text.trim_start().len();
    double.or_else(|| alone.then(|| start..start + trimmed.len()))
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
