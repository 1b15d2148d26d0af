//! The language a report is written in.

use crate::config::is_hangul;
use crate::model::Language;

/// How many characters are looked at: enough to tell, and the same for every length of report.
const SAMPLE: usize = 1500;

/// Guesses the language from the letters of a report's title and text. Reports in Korean, Japanese and Chinese are full
/// of English terms, so a sixth of the letters in another script decides.
pub(super) fn detect(title: &str, text: &str) -> Language {
    let (mut latin, mut hangul, mut kana, mut han) = (0_usize, 0_usize, 0_usize, 0_usize);
    for ch in title.chars().chain(text.chars().take(SAMPLE)) {
        match ch {
            'a'..='z' | 'A'..='Z' | 'À'..='ɏ' => latin += 1,
            _ if is_hangul(ch) => hangul += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{3400}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    let total = latin + hangul + kana + han;
    let much = |count: usize| count > 0 && count * 6 >= total;
    // Japanese mixes kana and Chinese characters; a handful of kana is enough beside them.
    if much(kana + han) && kana * 5 >= han {
        Language::Ja
    } else if much(hangul) && hangul >= han {
        Language::Ko
    } else if much(han) {
        Language::Zh
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, detect};

    #[test]
    fn a_sixth_of_the_letters_decides() {
        for (text, language) in [
            ("The pool was exhausted", Language::En),
            ("HikariCP connection pool 고갈로 결제 실패", Language::Ko),
            ("Recap 生成が失敗した", Language::Ja),
            ("数据库连接池耗尽", Language::Zh),
            (
                "Kakao (카카오) outage in the Pangyo data centre, a long English report",
                Language::En,
            ),
            ("", Language::En),
        ] {
            assert_eq!(detect("", text), language, "{text}");
        }
    }
}
