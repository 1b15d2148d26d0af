//! What a heading means.
//!
//! People number headings, decorate them, translate them in parentheses and append what they are in a
//! hurry to say. The name is looked for in the whole first, then in ever smaller parts, so that what
//! is listed as it stands (`5 Whys`) is never taken apart.

use crate::config::{Lexicon, key};
use crate::model::SectionKind;

/// What a heading means, and what it adds to its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meaning {
    /// At least one; several where names are joined.
    pub(crate) kinds: Vec<SectionKind>,
    /// `UTC` in `Timeline (UTC)`, `missing key` in `Root cause: missing key`.
    pub(crate) qualifier: Option<String>,
}

/// The meaning of `heading`, or `None` for a heading that is not known.
pub(crate) fn meaning(heading: &str, lexicon: &Lexicon) -> Option<Meaning> {
    let heading = heading.trim();
    if heading.len() > 200 {
        return None;
    }
    let bare = without_number(heading);
    [heading, bare].iter().find_map(|text| whole(text, lexicon)).or_else(|| {
        parenthesis(bare, lexicon)
            .or_else(|| suffix(bare, lexicon))
            .or_else(|| counted(bare, lexicon))
    })
}

fn known(kinds: Vec<SectionKind>) -> Meaning {
    Meaning { kinds, qualifier: None }
}

/// A name that is listed, or one that loses its affixes, or several joined.
fn whole(text: &str, lexicon: &Lexicon) -> Option<Meaning> {
    one(text, lexicon).map(|kind| known(vec![kind])).or_else(|| joined(text, lexicon).map(known))
}

fn one(text: &str, lexicon: &Lexicon) -> Option<SectionKind> {
    let key = key(text.trim_matches(is_decoration));
    if key.is_empty() {
        return None;
    }
    lexicon.sections.get(&key).copied().or_else(|| without_affixes(&key, lexicon))
}

/// Takes affixes off one by one, as long as something is left: `장애 원인 분석 결과`, `Incident
/// timeline`, `Summary of impact`.
fn without_affixes(key: &str, lexicon: &Lexicon) -> Option<SectionKind> {
    let affixes = &lexicon.affixes;
    let mut rest = key;
    // No heading carries more than a few.
    for _ in 0..4 {
        let shorter = affixes
            .prefixes
            .iter()
            .find_map(|prefix| stripped(rest.strip_prefix(prefix.as_str())?, prefix))
            .or_else(|| {
                affixes
                    .suffixes
                    .iter()
                    .find_map(|suffix| stripped_end(rest.strip_suffix(suffix.as_str())?, suffix))
            })?;
        rest = shorter.trim();
        if let Some(kind) = lexicon.sections.get(rest) {
            return Some(*kind);
        }
    }
    None
}

/// A Latin affix is a word of its own; a Korean one may be written together with its noun.
fn stripped<'t>(rest: &'t str, affix: &str) -> Option<&'t str> {
    let separate = rest.starts_with(' ') || !affix.ends_with(|ch: char| ch.is_ascii_alphanumeric());
    (separate && !rest.trim().is_empty()).then_some(rest)
}

fn stripped_end<'t>(rest: &'t str, affix: &str) -> Option<&'t str> {
    let separate = rest.ends_with(' ') || !affix.starts_with(|ch: char| ch.is_ascii_alphanumeric());
    (separate && !rest.trim().is_empty()).then_some(rest)
}

/// `Mitigation & resolution`, `원인 및 대응`: every part must be known.
fn joined(text: &str, lexicon: &Lexicon) -> Option<Vec<SectionKind>> {
    let folded = bokgi_search::fold(text);
    for joiner in &lexicon.affixes.joiners {
        if !folded.contains(joiner.as_str()) {
            continue;
        }
        let kinds: Option<Vec<_>> =
            folded.split(joiner.as_str()).map(|part| one(part, lexicon)).collect();
        if let Some(mut kinds) = kinds {
            kinds.dedup();
            return Some(kinds);
        }
    }
    None
}

/// `원인 분석 (Root Cause)`, `Timeline (all times in UTC)`, `Short-term improvements [#40885]`
fn parenthesis(text: &str, lexicon: &Lexicon) -> Option<Meaning> {
    let open = text.find(['(', '（', '[', '「', '<'])?;
    let (outer, rest) = text.split_at(open);
    let inside = rest.trim_start_matches(['(', '（', '[', '「', '<']);
    let inside = inside.split([')', '）', ']', '」', '>']).next().unwrap_or(inside).trim();
    if let Some(mut meaning) = whole(outer, lexicon).or_else(|| suffix(outer, lexicon)) {
        // `Root cause (5 whys)` is both, `원인 분석 (Root cause)` says one thing twice.
        if let Some(kind) = one(inside, lexicon) {
            meaning.kinds.retain(|other| *other != kind);
            meaning.kinds.push(kind);
            return Some(meaning);
        }
        let qualifier = (!inside.is_empty()).then(|| inside.to_owned());
        return Some(Meaning { qualifier: meaning.qualifier.or(qualifier), ..meaning });
    }
    // `왜 일어났을까 (Root cause)`: the name is the translation.
    let after_nothing = rest
        .rfind([')', '）', ']', '」', '>'])
        .is_some_and(|close| rest[close..].chars().skip(1).all(|ch| !ch.is_alphanumeric()));
    if after_nothing { whole(inside, lexicon) } else { None }
}

/// `Root cause: missing key`, `Timeline – UTC`: the name comes first.
fn suffix(text: &str, lexicon: &Lexicon) -> Option<Meaning> {
    let separators = [": ", "：", ":", " - ", " – ", " — ", " | "];
    let (name, rest) = separators
        .iter()
        .filter_map(|mark| text.split_once(mark))
        .min_by_key(|(name, _)| name.len())?;
    let meaning = whole(name, lexicon)?;
    let rest = rest.trim();
    Some(Meaning { qualifier: (!rest.is_empty()).then(|| rest.to_owned()), ..meaning })
}

/// `Step 2: 임시 조치`, `Phase 1: 탐지`, `Appendix C - Key timestamps`: the name comes second.
fn counted(text: &str, lexicon: &Lexicon) -> Option<Meaning> {
    let (counter, name) =
        [":", "：", " - ", " – ", "."].iter().find_map(|mark| text.split_once(mark))?;
    let counter = key(counter);
    let is_counter = lexicon.affixes.counters.iter().any(|word| {
        let number =
            counter.strip_prefix(word.as_str()).or_else(|| counter.strip_suffix(word.as_str()));
        number.is_some_and(|number| number.trim().chars().count() <= 3)
    });
    if is_counter { whole(name, lexicon) } else { None }
}

/// Emoji and other signs around a heading.
fn is_decoration(ch: char) -> bool {
    !ch.is_alphanumeric() && !matches!(ch, ')' | '(' | '）' | '（' | '\'' | '’')
}

/// `1. 요약`, `2) Impact`, `(3) 원인`, `5.2 Timeline`, `8-1. 조치`, `W4. Lessons`, `① 요약`. A number
/// without a mark behind it stays: the 5 of `5 Whys` is no numbering.
pub(crate) fn without_number(heading: &str) -> &str {
    let text = heading.trim_start_matches(is_decoration);
    let counted = text.trim_start_matches(|ch| matches!(ch, '①'..='⑳' | '❶'..='❿'));
    if counted.len() < text.len() {
        return counted.trim_start();
    }
    let inner = text.trim_start_matches(['(', '（']);
    let opened = inner.len() < text.len();
    // One letter may stand before the number: `W4.`
    let digits = inner.strip_prefix(|ch: char| ch.is_ascii_alphabetic()).unwrap_or(inner);
    let digits = if digits.starts_with(|ch: char| ch.is_ascii_digit()) { digits } else { inner };
    let end =
        digits.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | '-'))).unwrap_or(0);
    let (number, rest) = digits.split_at(end);
    let closed = rest.starts_with([')', '）', '.']) || number.ends_with(['.', '-']);
    let nested = number.trim_end_matches('.').contains(['.', '-']);
    let numbered = number.starts_with(|ch: char| ch.is_ascii_digit()) && number.len() <= 6;
    if numbered && (closed || nested || opened) {
        rest.trim_start_matches([')', '）', '.', ' ', ':', '、']).trim_start()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::config::Lexicon;

    #[test]
    fn headings_are_known_by_meaning() {
        let lexicon = Lexicon::built_in();
        let cases = [
            ("Summary", "summary"),
            ("1. 요약", "summary"),
            ("## 장애 상황", "summary"),
            ("Incident summary (한 줄 요약)", "summary"),
            ("🧾 장애 개요", "summary"),
            ("Timeline (all times in CET/CEST)", "timeline | all times in CET/CEST"),
            ("Timeline - UTC", "timeline | UTC"),
            ("장애 상세 타임라인", "timeline"),
            ("**Timeline**:", "timeline"),
            ("타임라인 (탐지~완화~복구)", "timeline | 탐지~완화~복구"),
            ("5 Whys", "whys"),
            ("5. 5 Whys 분석", "whys"),
            ("4. Root Cause (5 Whys)", "factors whys"),
            ("근본 원인 (Root Cause)", "factors"),
            ("장애 발생 원인", "factors"),
            ("Root Cause: missing API key", "factors | missing API key"),
            ("Root cause(s)", "factors"),
            ("Why did it fail?", "factors"),
            ("Mitigation & Resolution", "response"),
            ("Root cause and mitigation", "factors response"),
            ("Root causes and trigger", "factors trigger"),
            ("원인 및 대응", "factors response"),
            ("Summary of impact", "impact"),
            ("Impact analysis", "impact"),
            ("영향을 받은 시스템", "impact"),
            ("비즈니스 영향 (프로덕션 발생 시 예상)", "impact | 프로덕션 발생 시 예상"),
            ("Short-term Improvements (Q4 2025)", "short-term | Q4 2025"),
            ("🟡 Short-Term (1주 내)", "short-term | 1주 내"),
            ("Action Items & Followups", "actions"),
            ("How are we preventing it from happening again?", "actions"),
            ("재발방지대책", "actions"),
            ("Step 2: 임시 조치", "response"),
            ("Phase 1: 탐지", "detection"),
            ("What didn’t go well", "went-wrong"),
            ("잘 된 점", "went-well"),
            ("何が起きた？（1行）", "summary | 1行"),
            ("处置（Mitigation）", "response"),
            ("アクションアイテム", "actions"),
            ("Where did we get lucky", "lucky"),
            ("8-1. 교훈", "lessons"),
            ("(2) 조치 내용", "response"),
            ("What went well / what went wrong", "went-well went-wrong"),
            ("Redis 장애 시 fallback 로직", "-"),
            ("13:35", "-"),
            ("BinderHub", "-"),
            ("Background", "-"),
            ("Fixed all type errors", "-"),
            ("Status: resolved", "-"),
        ];
        for (heading, expected) in cases {
            let found = meaning(heading, &lexicon).map_or_else(
                || "-".to_owned(),
                |meaning| {
                    let kinds: Vec<_> = meaning.kinds.iter().map(|kind| kind.id()).collect();
                    let qualifier =
                        meaning.qualifier.map(|q| format!(" | {q}")).unwrap_or_default();
                    format!("{}{qualifier}", kinds.join(" "))
                },
            );
            assert_eq!(found, expected, "{heading}");
        }
    }
}
