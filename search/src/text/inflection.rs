//! Inflection: what a Korean word is without its particles and endings.
//!
//! No dictionary: a word is taken apart from its end, by the particles of nouns, by the forms of `하다` and
//! `되다` that make verbs of nouns, and by the endings of verbs. A wrong guess costs little, since it is looked for
//! beside the word as it was typed and counts for less.

use std::ops::RangeInclusive;

use super::hangul::{self, Jamo};

/// A form of a word: its beginning, and what its last syllable may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Syllables that are kept, the last one included.
    pub(crate) len: usize,
    /// What the last one may be, if it changes in conjugation.
    pub(crate) last: Option<RangeInclusive<char>>,
}

/// Particles, and the copula with its endings.
const PARTICLES: &str = "\
    은 는 이 가 을 를 에 의 로 와 과 도 만 들 랑 뿐 \
    에서 에게 에는 에도 에만 으로 로는 로도 까지 부터 마다 처럼 보다 이나 이란 라는 이랑 한테 조차 마저 대로 만큼 밖에 \
    들이 들을 들은 들의 들에 들과 들도 이고 이며 이다 라서 라고 였다 였고 인데 인지 이라 \
    에서는 에서도 에서의 에서만 으로는 으로도 으로의 까지는 부터는 이라는 이라서 이라고 입니다 였습니다 이었다 이었고 \
    에게서 들에게 들에서 들까지 이었습니다 였는데 였지만 였던 이었던 이지만";

/// What may follow a verb's stem, or its past.
const ENDINGS: &str = "\
    다 고 며 면 지 게 기 서 \
    면서 지만 는데 다가 도록 거나 니까 려고 려면 습니다 니다 으며 으면 으나 던 자마자 길래 느라 \
    어서 아서 여서 어도 아도 어야 아야 여야 었다 았다 였다 었고 았고 였고 었던 았던 였던 었는데 았는데 였는데 \
    었습니다 았습니다 였습니다 었지만 았지만 였지만 어지면서 어졌다 아졌다 지는 지도 지면 지면서 지고 졌다 졌고 졌습니다 져서 \
    는지 는지도 다는 다고 다며 기에 기도 기는 기를 기가 기로 네요 어요 아요 여요 세요 나요 죠";

/// What may follow `하` and `되` beside that: nothing else stands alone behind a noun.
const AFTER_VERBAL: &str =
    "여 어 는 자 니 나 냐 도 야 요 며 데 때 음 을 자고 다 였음 었음 지면 진 져 지";

/// The syllables of `하다`, `되다`, `시키다` and `당하다` behind a noun.
const VERBAL: &str = "하해했한할함합되돼됐된될됨됩켰킨킬시당";

/// Words that end like a word with a particle or an ending.
const WHOLE: [&str; 22] = [
    "가용도",
    "난이도",
    "로그인",
    "만족도",
    "메시지",
    "민감도",
    "복잡도",
    "브리지",
    "사용자",
    "숙련도",
    "스토리지",
    "신뢰도",
    "심각도",
    "완성도",
    "우선도",
    "우회로",
    "이미지",
    "인증서",
    "재시도",
    "중요도",
    "패키지",
    "페이지",
];

/// What `row` may be a form of, the surest first; a word of at least `keep` syllables stays.
pub(crate) fn forms(row: &[char], keep: usize) -> Vec<Form> {
    let is_whole = WHOLE.iter().any(|word| ends_with(row, word));
    if is_whole {
        return Vec::new();
    }
    if let Some(len) = noun_of_verb(row, keep.max(1)) {
        return vec![Form { len, last: None }];
    }
    let mut forms = Vec::new();
    if let Some(len) = longest(PARTICLES, row, keep) {
        forms.push(Form { len: row.len() - len, last: None });
        // Nothing else ends in 에서는 or 였다; 고 and 서 end verbs too.
        if len > 1 {
            return forms;
        }
    }
    let verbs = verb(row, keep).filter(|_| keep > 1);
    forms.extend(verbs.into_iter().flatten());
    forms
}

/// The noun before `하다` or `되다`: 고갈 of 고갈되었습니다.
fn noun_of_verb(row: &[char], keep: usize) -> Option<usize> {
    (keep..row.len()).find(|&at| {
        let (verbal, mut tail) = (row[at], &row[at + 1..]);
        // 시키다 and 당하다 are two syllables.
        match verbal {
            '시' => match tail.split_first() {
                Some(('키' | '켜' | '켰' | '킨' | '킬' | '킴', rest)) => tail = rest,
                _ => return false,
            },
            '당' => match tail.split_first() {
                Some((next, rest)) if "하해했한할함".contains(*next) => tail = rest,
                _ => return false,
            },
            _ => {}
        }
        let stands_alone = !"하되합됩".contains(verbal);
        VERBAL.contains(verbal)
            && if tail.is_empty() {
                stands_alone
            } else {
                is_one_of(ENDINGS, tail) || is_one_of(AFTER_VERBAL, tail)
            }
    })
}

/// The stem of a verb: 느려 of 느려지면서, 되돌리 and 되돌려 of 되돌렸다.
fn verb(row: &[char], keep: usize) -> Option<Vec<Form>> {
    let ending = longest(ENDINGS, row, keep)?;
    let len = row.len() - ending;
    let last = *row.get(len.checked_sub(1)?)?;
    let jamo = Jamo::of(last)?;
    // 서 follows a vowel of 어 or 아: not in 인증서 or 프로세서.
    if ending == 1
        && row.ends_with(&['서'])
        && !(jamo.tail == 0 && Jamo::ENDS_IN_A.contains(&jamo.medial))
    {
        return None;
    }
    let forms = jamo.conjugated().into_iter().map(|last| Form { len, last: Some(last) });
    Some(forms.collect())
}

/// The longest of `words` that `row` ends with and that leaves `keep` of it, in syllables.
fn longest(words: &str, row: &[char], keep: usize) -> Option<usize> {
    let fits = words.split_whitespace().filter(|word| ends_with(row, word));
    fits.map(|word| word.chars().count()).filter(|len| row.len() >= len + keep).max()
}

fn ends_with(row: &[char], word: &str) -> bool {
    let mut row = row.iter().rev();
    word.chars().rev().all(|ch| row.next() == Some(&ch))
}

fn is_one_of(words: &str, row: &[char]) -> bool {
    words.split_whitespace().any(|word| word.chars().eq(row.iter().copied()))
}

/// Whether a particle may begin with `ch`: behind a word of one syllable.
pub(crate) fn begins_particle(ch: char) -> bool {
    hangul::is_syllable(ch) && "은는이가을를에의로와과도만까부".contains(ch)
}

#[cfg(test)]
mod tests {
    use super::{WHOLE, forms};

    fn shown(word: &str) -> String {
        let row: Vec<char> = word.chars().collect();
        let shown = forms(&row, 2).into_iter().map(|form| {
            let kept: String = row[..form.len].iter().collect();
            match form.last {
                Some(last) => {
                    let before: String = row[..form.len - 1].iter().collect();
                    format!("{before}{}", last.start())
                }
                None => kept,
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn particles_and_endings_come_off() {
        for (word, expected) in [
            ("장애가", "장애"),
            ("장애였다", "장애"),
            ("서버에서는", "서버"),
            ("고갈되었습니다", "고갈"),
            ("고갈된", "고갈"),
            ("지연됐다", "지연"),
            ("만료되어서", "만료"),
            ("재시도하다가", "재시도"),
            ("복원하였다", "복원"),
            ("응답하지", "응답"),
            ("종료시켰다", "종료"),
            ("거절당했다", "거절"),
            ("느려지면서", "느려 느리"),
            ("되돌리지", "되돌리 되돌려"),
            ("막혔다", "막혀 막히"),
            ("떨어졌습니다", "떨어 떨으"),
        ] {
            assert_eq!(shown(word), expected, "{word}");
        }
    }

    #[test]
    fn words_stay_whole() {
        for word in [
            "장애",
            "인증서",
            "프로세서",
            "재시도",
            "심각도",
            "메시지",
            "로그인",
            "사용자",
            "누가",
            "데이터베이스",
        ] {
            assert_eq!(shown(word), "", "{word}");
        }
        assert!(WHOLE.is_sorted());
    }
}
