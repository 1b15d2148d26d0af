//! English stems.
//!
//! Reports mix Korean and English, so language is not asked: every word of plain letters has its English
//! stem. A wrong stem of a French word costs nothing, since the word itself is indexed too.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The English (Porter 2, Snowball) stem of a folded word, if it differs.
pub(crate) fn stem(word: &str) -> Option<String> {
    if !stemmable(word) {
        return None;
    }
    match Stemmer::new(Algorithm::English).stem(word) {
        Cow::Borrowed(stem) if stem == word => None,
        stem if stem == word => None,
        stem => Some(stem.into_owned()),
    }
}

/// Identifiers, numbers and very short words are their own stems.
fn stemmable(word: &str) -> bool {
    (3..=24).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn stems_words_and_leaves_identifiers() {
        assert_eq!(stem("connections").as_deref(), Some("connect"));
        assert_eq!(stem("retried").as_deref(), Some("retri"));
        for word in ["pool", "v2", "inc12", "café", "장애", "as"] {
            assert_eq!(stem(word), None, "{word}");
        }
    }
}
