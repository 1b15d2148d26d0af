//! Korean particles: 은/는, 이/가, 을/를, 으로/로 after any word.
//!
//! A particle has one form after a closed syllable and one after an open one. Hangul says which it
//! is by its code point; for Latin words and numbers the usual Korean reading of their ending is
//! taken, which is what a writer would do who reads the sentence aloud.

/// Picks the particle that fits after `before`. `closed` follows a final consonant, `open` a vowel.
pub(super) fn choose<'a>(before: &str, closed: &'a str, open: &'a str) -> &'a str {
    let last = before.trim_end_matches(|ch: char| !ch.is_alphanumeric());
    match ending(last) {
        // 로 follows ㄹ as it follows a vowel: 서울로, 메일로.
        Ending::Rieul if closed == "으로" => open,
        Ending::Rieul | Ending::Closed => closed,
        Ending::Open => open,
    }
}

#[derive(PartialEq)]
enum Ending {
    Open,
    Rieul,
    Closed,
}

fn ending(word: &str) -> Ending {
    let mut letters = word.chars().rev();
    let Some(last) = letters.next() else { return Ending::Open };
    match last {
        '가'..='힣' => match (last as u32 - 0xac00) % 28 {
            0 => Ending::Open,
            8 => Ending::Rieul,
            _ => Ending::Closed,
        },
        // 영 일 이 삼 사 오 육 칠 팔 구
        '1' | '7' | '8' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Closed,
        _ => latin_ending(word),
    }
}

fn latin_ending(word: &str) -> Ending {
    let mut letters = word.chars().rev().map(|ch| ch.to_ascii_lowercase());
    match [letters.next(), letters.next(), letters.next()].map(|letter| letter.unwrap_or(' ')) {
        // table, title, file, role: read with a final ㄹ.
        ['l', ..] | ['e', 'l', _] => Ending::Rieul,
        // timeline, zone, time, name: read with a final nasal.
        ['m' | 'n', ..] | ['e', 'm' | 'n', _] | ['g', 'n', _] => Ending::Closed,
        // 체크
        ['k', 'c', 'e'] => Ending::Open,
        // map, block, web, public: a stop after a short vowel.
        ['p' | 'k' | 'b', 'a' | 'i' | 'o' | 'u' | 'c', _] | ['c', 'a' | 'i', _] => Ending::Closed,
        // format, commit, timeout; but root and repeat end in 트.
        ['t', 'u', 'o'] => Ending::Closed,
        ['t', 'a' | 'e' | 'i' | 'o' | 'u', before] if !"aeiou".contains(before) => Ending::Closed,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn fits_the_sound_of_the_word_before() {
        for (word, expected) in [
            ("장애", "가"),
            ("원인", "이"),
            ("`title`", "이"),
            ("timeline", "이"),
            ("date", "가"),
            ("block", "이"),
            ("`check`", "가"),
            ("--format", "이"),
            ("root", "가"),
            ("public", "이"),
            ("SEV1", "이"),
            ("SEV2", "가"),
            ("**원인**)", "이"),
        ] {
            assert_eq!(choose(word, "이", "가"), expected, "{word}");
        }
        assert_eq!(choose("서울", "으로", "로"), "로");
        assert_eq!(choose("부산", "으로", "로"), "으로");
    }
}
