//! Hangul: jamo, the two-set keyboard, particles and endings.

/// First syllable of the block, and how many vowels and final consonants a leading consonant takes.
const FIRST: u32 = 0xac00;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;

/// The keys of the leading consonants, vowels and final consonants on a two-set keyboard (KS X 5002), in
/// Unicode's order.
const LEADS: [&str; 19] =
    ["r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g"];
const MEDIALS: [&str; 21] = [
    "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b",
    "m", "ml", "l",
];
const TAILS: [&str; 28] = [
    "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
    "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g",
];
/// The compatibility jamo, from U+3131.
const JAMO: [&str; 51] = [
    "r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a",
    "q", "Q", "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g", "k", "o", "i", "O", "j", "p",
    "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
];

/// Particles and the commonest verb endings, longest first: what may follow a word without changing it.
const SUFFIXES: &[&[char]] = &[
    &['되', '었', '습', '니', '다'],
    &['하', '였', '습', '니', '다'],
    &['했', '습', '니', '다'],
    &['됐', '습', '니', '다'],
    &['되', '었', '다'],
    &['하', '였', '다'],
    &['에', '서', '는'],
    &['에', '서', '도'],
    &['으', '로', '는'],
    &['으', '로', '도'],
    &['이', '라', '는'],
    &['했', '던'],
    &['했', '다'],
    &['됐', '다'],
    &['되', '는'],
    &['하', '는'],
    &['하', '여'],
    &['해', '서'],
    &['되', '어'],
    &['하', '고'],
    &['되', '고'],
    &['에', '서'],
    &['에', '게'],
    &['으', '로'],
    &['까', '지'],
    &['부', '터'],
    &['마', '다'],
    &['처', '럼'],
    &['보', '다'],
    &['에', '는'],
    &['에', '도'],
    &['이', '나'],
    &['이', '란'],
    &['라', '는'],
    &['들', '이'],
    &['들', '을'],
    &['들', '은'],
    &['은'],
    &['는'],
    &['이'],
    &['가'],
    &['을'],
    &['를'],
    &['에'],
    &['의'],
    &['로'],
    &['와'],
    &['과'],
    &['도'],
    &['만'],
];

/// Whether `ch` is a precomposed syllable.
pub(crate) fn is_syllable(ch: char) -> bool {
    matches!(ch, '가'..='힣')
}

/// Whether `ch` is a jamo by itself, as an input method leaves it.
pub(crate) fn is_jamo(ch: char) -> bool {
    matches!(ch, 'ㄱ'..='ㅣ')
}

/// A syllable taken apart: the numbers of its letters in Unicode's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jamo {
    pub(crate) lead: u32,
    pub(crate) medial: u32,
    pub(crate) tail: u32,
}

impl Jamo {
    /// ㅏ, ㅐ, ㅓ, ㅕ, ㅘ, ㅙ, ㅝ: vowels of a verb's infinitive.
    pub(crate) const ENDS_IN_A: [u32; 7] = [0, 1, 4, 6, 9, 10, 14];
    /// Vowels that a verb's stem ends in, and those they become: 리 and 려, 오 and 와, 하 and 해 ….
    const PAIRS: [(u32, u32); 6] = [(20, 6), (8, 9), (13, 14), (0, 1), (11, 10), (18, 4)];

    pub(crate) fn of(ch: char) -> Option<Self> {
        let index = is_syllable(ch).then(|| ch as u32 - FIRST)?;
        let (lead, medial) = (index / (VOWELS * FINALS), index / FINALS % VOWELS);
        Some(Self { lead, medial, tail: index % FINALS })
    }

    /// What the last syllable of a verb may be in its other forms: with any final consonant, and with the vowel
    /// that it is joined with in the past.
    pub(crate) fn conjugated(self) -> Vec<std::ops::RangeInclusive<char>> {
        const PAST: u32 = 20;
        let mut vowels = vec![self.medial];
        if self.tail == 0 || self.tail == PAST {
            for (stem, infinitive) in Self::PAIRS {
                if self.medial == stem && self.tail == 0 {
                    vowels.push(infinitive);
                } else if self.medial == infinitive {
                    vowels.push(stem);
                }
            }
        }
        let block = |medial: u32| {
            let first = FIRST + (self.lead * VOWELS + medial) * FINALS;
            let [first, last] = [first, first + FINALS - 1].map(char::from_u32);
            Some(first?..=last?)
        };
        vowels.into_iter().filter_map(block).collect()
    }
}

/// The last syllable that `ch` may become while its final consonant is typed: 셔 … 셯.
pub(crate) fn last_with_final(ch: char) -> char {
    let index = (ch as u32).wrapping_sub(FIRST);
    if is_syllable(ch) && index.is_multiple_of(FINALS) {
        char::from_u32(ch as u32 + FINALS - 1).unwrap_or(ch)
    } else {
        ch
    }
}

/// How many syllables at the end of a row are a particle or an ending, at the most; a word of at least
/// `keep` syllables stays.
pub(crate) fn suffix(row: &[char], keep: usize) -> Option<usize> {
    let fits = |suffix: &&&[char]| row.len() >= suffix.len() + keep && row.ends_with(suffix);
    SUFFIXES.iter().find(fits).map(|suffix| suffix.len())
}

/// The keys one presses for `text`: syllables and jamo as a two-set keyboard has them, the rest as it is.
pub(crate) fn keys(text: &str) -> String {
    let mut keys = String::with_capacity(text.len());
    for ch in text.chars() {
        if is_syllable(ch) {
            let index = ch as u32 - FIRST;
            let (lead, medial, tail) =
                (index / (VOWELS * FINALS), index / FINALS % VOWELS, index % FINALS);
            keys.push_str(LEADS[lead as usize]);
            keys.push_str(MEDIALS[medial as usize]);
            keys.push_str(TAILS[tail as usize]);
        } else if is_jamo(ch) {
            keys.push_str(JAMO[(ch as u32 - 'ㄱ' as u32) as usize]);
        } else {
            keys.push(ch);
        }
    }
    keys
}

/// What a two-set input method makes of `keys`; nothing if a key has no letter or a letter stays alone.
pub(crate) fn compose_keys(keys: &str) -> Option<String> {
    let mut letters = Vec::new();
    for key in keys.chars() {
        letters.push(letter(key)?);
    }
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let lead = lead_index(letters[at])?;
        at += 1;
        let (medial, len) = longest(&MEDIALS, &letters[at..], 0)?;
        at += len;
        // A consonant before a vowel begins the next syllable.
        let (tail, len) = (1..=2)
            .rev()
            .find_map(|len| {
                let run = letters.get(at..at + len)?.iter().collect::<String>();
                let tail = TAILS.iter().position(|tail| *tail == run)?;
                let vowel_follows = letters
                    .get(at + len)
                    .is_some_and(|&key| MEDIALS.contains(&single(key).as_str()));
                (!vowel_follows).then_some((tail, len))
            })
            .unwrap_or((0, 0));
        at += len;
        let index = (lead * VOWELS as usize + medial) * FINALS as usize + tail;
        out.push(char::from_u32(FIRST + u32::try_from(index).ok()?)?);
    }
    (!out.is_empty()).then_some(out)
}

fn single(key: char) -> String {
    key.to_string()
}

fn lead_index(key: char) -> Option<usize> {
    LEADS.iter().position(|lead| *lead == single(key))
}

/// A key as it counts: shift changes five consonants and two vowels only.
fn letter(key: char) -> Option<char> {
    match key {
        'Q' | 'W' | 'E' | 'R' | 'T' | 'O' | 'P' => Some(key),
        'a'..='z' | 'A'..='Z' => Some(key.to_ascii_lowercase()),
        _ => None,
    }
}

fn longest(table: &[&str], letters: &[char], from: usize) -> Option<(usize, usize)> {
    (1..=2).rev().find_map(|len| {
        let run = letters.get(..len)?.iter().collect::<String>();
        let index = table[from..].iter().position(|keys| *keys == run)?;
        Some((index + from, len))
    })
}

#[cfg(test)]
mod tests {
    use super::{compose_keys, keys, last_with_final, suffix};
    use proptest::prelude::*;

    #[test]
    fn the_wrong_layout_is_read_both_ways() {
        for (typed, meant) in
            [("wkddo", "장애"), ("rufwp", "결제"), ("zjsprtusvnf", "커넥션풀"), ("rkqtdl", "값이")]
        {
            assert_eq!(compose_keys(typed).as_deref(), Some(meant));
        }
        assert_eq!(compose_keys("payment"), None);
        assert_eq!(compose_keys("v2"), None);
        assert_eq!(keys("ㅔ묘ㅡ둣"), "payment");
        assert_eq!(keys("장애"), "wkddo");
    }

    #[test]
    fn suffixes() {
        let row = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(suffix(&row("장애가"), 2), Some(1));
        assert_eq!(suffix(&row("서버에서는"), 2), Some(3));
        assert_eq!(suffix(&row("지연되었다"), 2), Some(3));
        assert_eq!(suffix(&row("장애"), 2), None);
        assert_eq!(suffix(&row("누가"), 2), None);
    }

    #[test]
    fn an_open_syllable_may_still_close() {
        assert_eq!(last_with_final('셔'), '셯');
        assert_eq!(last_with_final('션'), '션');
        assert_eq!(last_with_final('a'), 'a');
    }

    proptest! {
        #[test]
        fn composing_undoes_keys(text in "[가-힣]{1,6}") {
            let again = compose_keys(&keys(&text));
            // ㄳ + vowel and the like are ambiguous for the machine, never for the keys.
            if let Some(again) = again {
                prop_assert_eq!(keys(&again), keys(&text));
            }
        }
    }
}
