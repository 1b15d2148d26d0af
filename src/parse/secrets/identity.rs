//! Numbers that name a person or an account: 주민등록번호, 외국인등록번호, cards, passports, licences.
//!
//! Most long numbers are something else: times, orders, counters. A number counts only if it is formed
//! as its issuer forms it, check digit included; where a form is all there is, a word before it has to
//! say what it is.

use super::{Secret, SecretKind, before, is_mark, is_word};
use crate::source::Span;

/// How far back a word may say what a number is, in characters.
const NEAR: usize = 24;

/// A run of digits.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: usize,
    end: usize,
}

impl Run {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// Finds numbers. Full-width digits are digits.
pub(super) fn numbers(text: &str, found: &mut Vec<Secret>) {
    let wide = memchr::memmem::find_iter(text.as_bytes(), b"\xef\xbc")
        .any(|at| text.as_bytes().get(at + 2).is_some_and(|byte| (0x90..=0x99).contains(byte)));
    if !wide {
        in_plain(text, &mut |secret| found.push(secret));
        return;
    }
    // Where each byte of the narrow text comes from.
    let mut narrow = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len() + 1);
    for (at, ch) in text.char_indices() {
        let ch = match ch {
            '０'..='９' | '－' => char::from_u32(u32::from(ch) - 0xfee0).unwrap_or(ch),
            _ => ch,
        };
        from.extend(std::iter::repeat_n(at, ch.len_utf8()));
        narrow.push(ch);
    }
    from.push(text.len());
    in_plain(&narrow, &mut |secret| {
        let span = secret.span.range();
        // What may be shown is counted in bytes of ASCII.
        let plain = text.get(from[span.start]..from[span.end]).is_some_and(str::is_ascii);
        let (head, tail) = if plain { (secret.head, secret.tail) } else { (0, 0) };
        found.push(Secret {
            span: Span::new(from[span.start], from[span.end]),
            head,
            tail,
            ..secret
        });
    });
}

fn in_plain(text: &str, found: &mut dyn FnMut(Secret)) {
    let bytes = text.as_bytes();
    // The shortest run that matters has four digits: one of them is at every fourth place.
    let (mut at, mut done) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 4;
            continue;
        }
        let mut start = at;
        while start > done && bytes[start - 1].is_ascii_digit() {
            start -= 1;
        }
        let run = run_at(bytes, start);
        let end = match run.len() {
            4.. if stands_alone(text, run) => of_run(text, run).map(|secret| {
                let end = secret.span.range().end;
                found(secret);
                end
            }),
            _ => None,
        };
        done = end.unwrap_or(run.end);
        at = done;
    }
}

/// The digits from `start` on.
fn run_at(bytes: &[u8], start: usize) -> Run {
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    Run { start, end: start + length }
}

/// Whether a number begins here: it is no part of a word, of a longer number, of an address.
fn stands_alone(text: &str, run: Run) -> bool {
    let mut back = before(text, run.start);
    match back.next() {
        None => true,
        Some(ch) if ch.is_ascii_alphanumeric() || matches!(ch, '_' | '.' | '/' | '+' | '%') => {
            false
        }
        Some('-' | '–' | ',' | ':') => back.next().is_none_or(|ch| !ch.is_ascii_alphanumeric()),
        Some(_) => true,
    }
}

/// Whether a number ends here.
fn ends_alone(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        None => true,
        Some(ch) if ch.is_ascii_alphanumeric() || matches!(ch, '_' | '%') => false,
        Some('-' | '–' | '.' | ',' | '/' | ':') => {
            rest.next().is_none_or(|ch| !ch.is_ascii_alphanumeric())
        }
        Some(_) => true,
    }
}

fn of_run(text: &str, run: Run) -> Option<Secret> {
    match run.len() {
        6 => resident_in_two(text, run),
        13 => resident_in_one(text, run),
        14..=19 => card_in_one(text, run),
        4 => card_in_groups(text, run),
        _ => None,
    }
}

/// The run of digits behind a hyphen or a space, and whether a hyphen is among what is between.
fn next_group(text: &str, end: usize) -> Option<(Run, bool)> {
    let mark: usize = text[end..]
        .chars()
        .take(3)
        .take_while(|ch| is_mark(*ch) && !matches!(ch, '\n' | '\r'))
        .map(char::len_utf8)
        .sum();
    if mark == 0 {
        return None;
    }
    let hyphen = text[end..end + mark].contains(|ch: char| !ch.is_whitespace());
    let run = run_at(text.as_bytes(), end + mark);
    (run.len() > 0).then_some((run, hyphen))
}

/// `YYMMDD-GNNNNNN`
fn resident_in_two(text: &str, first: Run) -> Option<Secret> {
    let (second, hyphen) = next_group(text, first.end)?;
    if second.len() != 7 || !ends_alone(text, second.end) {
        return None;
    }
    let digits = format!("{}{}", &text[first.start..first.end], &text[second.start..second.end]);
    let resident = Resident::read(&digits)?;
    // Since October 2020 a new number has no check digit: there a word has to say what it is.
    let sure = hyphen && resident.checked || is_said(text, first.start, &RESIDENT);
    sure.then(|| Secret::new(resident.kind, first.start, second.end))
}

fn resident_in_one(text: &str, run: Run) -> Option<Secret> {
    if !ends_alone(text, run.end) {
        return None;
    }
    let resident = Resident::read(&text[run.start..run.end])?;
    // Milliseconds since 1970 have as many digits; counters of a year begin with it.
    let said = is_said(text, run.start, &RESIDENT);
    let looks_like_time = text[run.start..].starts_with(['1', '2']);
    let sure = said || resident.checked && !looks_like_time && !is_labelled(text, run.start);
    sure.then(|| Secret::new(resident.kind, run.start, run.end))
}

/// Words that say what a number is.
const RESIDENT: [&str; 7] =
    ["주민", "등록번호", "등록 번호", "외국인", "rrn", "resident reg", "resident_reg"];
const CARD: [&str; 11] = [
    "카드",
    "신용",
    "card",
    "visa",
    "master",
    "amex",
    "결제수단",
    "결제 수단",
    "체크",
    "jcb",
    "unionpay",
];

/// Whether one of `words` stands shortly before `at`.
fn is_said(text: &str, at: usize, words: &[&str]) -> bool {
    let from = text[..at].char_indices().rev().take(NEAR).last().map_or(at, |(from, _)| from);
    let near = text[from..at].to_lowercase();
    words.iter().any(|word| near.contains(word))
}

/// Whether a number is the value of something named: `id=…`, `"orderId": …`, `주문번호 …`.
fn is_labelled(text: &str, at: usize) -> bool {
    const WORDS: [&str; 20] = [
        "id", "no", "번호", "order", "주문", "tx", "trace", "account", "계좌", "tid", "seq",
        "time", "ts", "offset", "count", "bytes", "size", "epoch", "sku", "isbn",
    ];
    let near: String = before(text, at).take(16).collect();
    let close = near.trim_start_matches(['"', '\'', '`', '*', ' ', '(', '[']);
    if close.starts_with(['=', ':', '#', '@']) {
        return true;
    }
    let near: String = near.chars().rev().collect();
    let near = near.to_lowercase();
    WORDS.iter().any(|word| near.trim_end_matches(|ch: char| !ch.is_alphanumeric()).ends_with(word))
}

/// What the thirteen digits of a number of residents say.
struct Resident {
    kind: SecretKind,
    /// Its last digit is what the others make it.
    checked: bool,
}

impl Resident {
    fn read(digits: &str) -> Option<Self> {
        let digits: Vec<u32> = digits.chars().filter_map(|ch| ch.to_digit(10)).collect();
        let two = |at: usize| digits[at] * 10 + digits[at + 1];
        if digits.len() != 13 {
            return None;
        }
        let century = match digits[6] {
            1 | 2 | 5 | 6 => 1900,
            3 | 4 | 7 | 8 => 2000,
            _ => return None,
        };
        let year = i16::try_from(century + two(0)).ok()?;
        let (month, day) = (i8::try_from(two(2)).ok()?, i8::try_from(two(4)).ok()?);
        jiff::civil::Date::new(year, month, day).ok()?;
        // `1234567`: what forms show as an example.
        let counts = digits[6..].windows(2).all(|pair| pair[1] == pair[0] + 1);
        let same = digits[7..].iter().all(|digit| *digit == digits[7]);
        if counts || same {
            return None;
        }
        let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        let foreign = digits[6] >= 5;
        let check = if foreign { (13 - sum % 11) % 10 } else { (11 - sum % 11) % 10 };
        let kind = if foreign { SecretKind::ForeignerNumber } else { SecretKind::ResidentNumber };
        Some(Self { kind, checked: check == digits[12] })
    }
}

fn card_in_one(text: &str, run: Run) -> Option<Secret> {
    let digits = &text[run.start..run.end];
    if !ends_alone(text, run.end) || !is_card(digits) {
        return None;
    }
    let said = is_said(text, run.start, &CARD);
    let domestic = digits.starts_with('9');
    let sure = said || !domestic && !is_labelled(text, run.start);
    sure.then(|| Secret::new(SecretKind::CardNumber, run.start, run.end).showing(0, 4))
}

/// `4-4-4-4`, `4-6-5`, `4-6-4`, all with the same mark.
fn card_in_groups(text: &str, first: Run) -> Option<Secret> {
    let mut groups = vec![first];
    let mut mark: Option<&str> = None;
    while let Some((next, _)) = groups.last().and_then(|last| next_group(text, last.end)) {
        let between = &text[groups.last()?.end..next.start];
        if groups.len() == 5
            || mark.is_some_and(|mark| mark != between)
            || between.chars().count() != 1
        {
            break;
        }
        mark = Some(between);
        groups.push(next);
    }
    let lengths: Vec<usize> = groups.iter().map(|run| run.len()).collect();
    let fits = matches!(lengths.as_slice(), [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4 | 5]);
    let end = groups.last()?.end;
    if !fits || !ends_alone(text, end) {
        return None;
    }
    let digits: String = groups.iter().map(|run| &text[run.start..run.end]).collect();
    is_card(&digits).then(|| Secret::new(SecretKind::CardNumber, first.start, end).showing(0, 4))
}

/// Whether an issuer could have given out a card of this number. Numbers that payment services document
/// for tests are none.
fn is_card(digits: &str) -> bool {
    const TESTS: [&str; 24] = [
        "4111111111111111",
        "4012888888881881",
        "4242424242424242",
        "4000056655665556",
        "4917610000000000",
        "5555555555554444",
        "5105105105105100",
        "5200828282828210",
        "2223003122003222",
        "5454545454545454",
        "378282246310005",
        "371449635398431",
        "378734493671000",
        "6011111111111117",
        "6011000990139424",
        "6011981111111113",
        "3056930009020004",
        "36227206271667",
        "30569309025904",
        "38520000023237",
        "3566002020360505",
        "3530111333300000",
        "6200000000000005",
        "6205500000000000004",
    ];
    let number =
        |length: usize| digits.get(..length).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let issued = matches!(
        (digits.len(), number(2), number(4)),
        (16, 40..=49 | 51..=55 | 65 | 90..=99, _)
            | (16, _, 2221..=2720 | 3528..=3589 | 6011 | 6440..=6499)
            | (15, 34 | 37, _)
            | (14, 30 | 36 | 38, _)
            | (16..=19, 62, _)
    );
    let mut seen = digits.chars().collect::<Vec<_>>();
    seen.sort_unstable();
    seen.dedup();
    issued
        && luhn(digits)
        && seen.len() > 3
        && !digits.starts_with("4000000")
        && !TESTS.contains(&digits)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|ch| ch.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match digit * 2 {
            _ if place % 2 == 0 => digit,
            double if double > 9 => double - 9,
            double => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A passport's number shortly behind the word, which ends at `end`.
pub(super) fn passport(text: &str, end: usize) -> Option<Secret> {
    behind(text, end, |word| {
        let mut chars = word.chars();
        let kind = chars.next().is_some_and(|ch| matches!(ch, 'M' | 'S' | 'R' | 'O' | 'D' | 'G'));
        let rest = chars.as_str();
        // Since 2021 the fourth digit is a letter.
        let fits = rest.chars().enumerate().all(|(place, ch)| {
            ch.is_ascii_digit() || place == 3 && rest.len() == 7 + 1 && ch.is_ascii_uppercase()
        });
        kind && rest.len() == 8 && fits && !"12345678".starts_with(rest)
    })
    .map(|(start, end)| Secret::new(SecretKind::Passport, start, end))
}

/// A driver's licence: `11-22-333333-44`.
pub(super) fn licence(text: &str, end: usize) -> Option<Secret> {
    behind(text, end, |word| {
        let lengths: Vec<usize> = word.split('-').map(str::len).collect();
        let digits = word.chars().all(|ch| ch.is_ascii_digit() || ch == '-');
        digits && (lengths == [2, 2, 6, 2] || lengths == [12])
    })
    .map(|(start, end)| Secret::new(SecretKind::DriverLicence, start, end))
}

/// The first word of letters and digits that `fits`, on the line and near.
fn behind(text: &str, end: usize, fits: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
    let line = text[end..].lines().next()?;
    let near = line.char_indices().nth(2 * NEAR).map_or(line, |(at, _)| &line[..at]);
    let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '-';
    let word = near.split(|ch: char| !is_part(ch)).find(|word| fits(word))?;
    let start = end + (word.as_ptr().addr() - near.as_ptr().addr());
    let whole =
        text[start + word.len()..].chars().next().is_none_or(|ch| !ch.is_ascii() || !is_word(ch));
    whole.then_some((start, start + word.len()))
}
