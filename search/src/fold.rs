//! Folding: the one way text is compared.
//!
//! macOS writes file names in NFD, Korean input methods leave full-width punctuation behind, and
//! nobody types a heading in the same case twice. Text itself is never rewritten; only the keys made
//! from it are folded, here and nowhere else.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The key of `text`: NFC, full and half width forms unified, case folded.
///
/// Folding is idempotent. Plain lower-case ASCII and precomposed Hangul come back borrowed.
///
/// ```
/// assert_eq!(bokgi_search::fold("Ｔｉｍｅｌｉｎｅ："), "timeline:");
/// assert_eq!(bokgi_search::fold("장애"), "장애");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_folded) {
        return Cow::Borrowed(text);
    }
    let composed = compose(text);
    let mut key = String::with_capacity(composed.len());
    for ch in composed.chars() {
        fold_width(ch, &mut |narrow| fold_case(narrow, &mut key));
    }
    // Case folding and widening can leave a base letter before its mark: compose once more.
    if is_nfc(&key) { Cow::Owned(key) } else { Cow::Owned(key.nfc().collect()) }
}

/// `text` in NFC, otherwise unchanged: for ids and URLs, which keep the case people gave them.
pub fn compose(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether two texts have the same key.
pub fn same(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}

/// Characters that fold to themselves and compose with nothing that follows.
fn is_folded(ch: char) -> bool {
    match ch {
        '\0'..='\x7f' => !ch.is_ascii_uppercase(),
        // Precomposed syllables; conjoining jamo lie elsewhere.
        '가'..='힣' => true,
        _ => false,
    }
}

fn fold_width(ch: char, emit: &mut dyn FnMut(char)) {
    match ch {
        '\u{3000}' | '\u{a0}' => emit(' '),
        '\u{ff01}'..='\u{ff5e}' => emit(char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch)),
        // Half-width katakana and Hangul, full-width signs: their compatibility forms.
        '\u{ff5f}'..='\u{ffef}' => std::iter::once(ch).nfkc().for_each(emit),
        _ => emit(ch),
    }
}

/// Upper case first unifies `ß` with `ss` and `ς` with `σ`, as full case folding does.
fn fold_case(ch: char, key: &mut String) {
    if ch.is_ascii() {
        key.push(ch.to_ascii_lowercase());
    } else {
        key.extend(ch.to_uppercase().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, same};
    use proptest::prelude::*;

    #[test]
    fn unifies_what_people_type_differently() {
        for (left, right) in [
            ("ROOT CAUSE", "root cause"),
            ("\u{1112}\u{1161}\u{11ab}글", "한글"),
            ("（ＵＴＣ）", "(utc)"),
            ("ｶﾞ", "ガ"),
            ("Straße", "STRASSE"),
            ("Ünïcode", "u\u{308}nI\u{308}code"),
            ("원인\u{3000}분석", "원인 분석"),
        ] {
            assert!(same(left, right), "{left} / {right}: {} / {}", fold(left), fold(right));
        }
        assert!(!same("원인", "요인"));
        // Compatibility jamo are letters of their own in chat logs: ㅋㅗ is not 코.
        assert!(!same("ㅋㅗ", "코"));
    }

    #[test]
    fn borrows_what_is_folded_already() {
        assert!(matches!(fold("장애 timeline 1"), std::borrow::Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }
    }
}
