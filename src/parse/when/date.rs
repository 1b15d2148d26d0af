//! Dates.

use jiff::civil::{Date, Weekday};

use super::cursor::Cursor;

/// A date as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WrittenDate {
    Full(Date),
    /// `3/14`, `March 14`: the year is elsewhere.
    MonthDay(i8, i8),
    /// `05/07/2023`: which is the month depends on who writes.
    Ambiguous {
        first: i8,
        second: i8,
        year: i16,
    },
    /// `2022-05-??`, `2021/22-??-??`, `20202-01-16`: a date is written, but not which.
    Unknown,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Reads a date, and the end of a range of days within one month (`October 29-30, 2025`).
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<(WrittenDate, Option<WrittenDate>)> {
    let date = cursor
        .attempt(month_name_first)
        .or_else(|| cursor.attempt(|cursor| Some((day_first(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((hangul(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((year_first(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((year_last(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((unknown_digits(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((month_slash_day(cursor)?, None))))?;
    cursor.attempt(weekday_in_parentheses);
    Some(date)
}

/// A date that cannot be mistaken for anything else: for dates behind a time.
pub(super) fn read_unmistakable(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let (date, _) = cursor
        .attempt(month_name_first)
        .or_else(|| cursor.attempt(|cursor| Some((day_first(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((year_first(cursor)?, None))))
        .or_else(|| cursor.attempt(|cursor| Some((year_last(cursor)?, None))))?;
    Some(date)
}

/// Whether the cursor stands right behind a date in ISO form, where a `T` would be its time.
pub(super) fn is_iso_before(cursor: &Cursor<'_>) -> bool {
    cursor.before().is_some_and(|ch| ch.is_ascii_digit())
        && cursor.rest().get(1..2).is_some_and(|next| next.as_bytes()[0].is_ascii_digit())
}

fn full(year: i16, month: i16, day: i16) -> Option<WrittenDate> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1970..=2199).contains(&year).then_some(WrittenDate::Full(date))
}

fn month_day(month: i16, day: i16) -> Option<WrittenDate> {
    // A leap year, so that February 29 is a date.
    full(2024, month, day)?;
    Some(WrittenDate::MonthDay(i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

fn with_year(year: Option<i16>, month: i16, day: i16) -> Option<WrittenDate> {
    year.map_or_else(|| month_day(month, day), |year| full(year, month, day))
}

fn ends(cursor: &Cursor<'_>) -> bool {
    !cursor.is_inside_word() || cursor.peek() == Some('T')
}

/// `2026-03-14`, `2026/3/14`, `2026.03.14.`
fn year_first(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let year = cursor.number(4, 4)?;
    let separator = cursor.eat_any(&['-', '/', '.'])?;
    cursor.spaces();
    let month = cursor.number(1, 2)?;
    if !cursor.eat(separator) {
        return None;
    }
    cursor.spaces();
    let day = cursor.number(1, 2)?;
    let date = full(year, month, day)?;
    if separator == '.' {
        cursor.eat('.');
    }
    ends(cursor).then_some(date)
}

/// `2026년 3월 14일`, `3월 14일`, `2026年3月14日`
fn hangul(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let year = cursor.attempt(|cursor| {
        let year = cursor.number(4, 4).or_else(|| cursor.number(2, 2))?;
        cursor.eat_any(&['년', '年'])?;
        cursor.spaces();
        Some(if year < 100 { 2000 + year } else { year })
    });
    let month = cursor.number(1, 2)?;
    cursor.eat_any(&['월', '月'])?;
    cursor.spaces();
    let day = cursor.number(1, 2)?;
    cursor.eat_any(&['일', '日'])?;
    with_year(year, month, day)
}

/// `March 14, 2026`, `Dec 18th`, `Jan. 14`, `October 29-30, 2025`
fn month_name_first(cursor: &mut Cursor<'_>) -> Option<(WrittenDate, Option<WrittenDate>)> {
    // `Early morning July 12th, 2018`
    cursor.attempt(|cursor| {
        cursor.eat_word(&["early", "late", "mid"]);
        cursor.spaces();
        cursor.eat_word(&["morning", "afternoon", "evening", "night"])?;
        cursor.eat_any(&[',']);
        cursor.spaces();
        cursor.eat_word(&["of", "on"]);
        cursor.spaces();
        Some(())
    });
    let month = month_name(cursor)?;
    cursor.eat('.');
    cursor.spaces();
    let day = cursor.number(1, 2)?;
    ordinal(cursor);
    if cursor.is_inside_word() || cursor.peek() == Some(':') && is_digit_at(cursor.rest(), 1) {
        return None;
    }
    let last = cursor.attempt(|cursor| {
        cursor.spaces();
        cursor.eat_any(&['-', '–', '—', '~'])?;
        cursor.spaces();
        let last = cursor.number(1, 2)?;
        ordinal(cursor);
        let is_time = cursor.peek() == Some(':');
        (!is_time && last > day).then_some(last)
    });
    let year = cursor.attempt(|cursor| {
        cursor.eat(',');
        cursor.spaces();
        year_number(cursor)
    });
    let until = last.and_then(|last| with_year(year, month, last));
    Some((with_year(year, month, day)?, until))
}

/// `14 March 2026`, `7th Nov 2023`, `19. April`, `03-MAR-2026`
fn day_first(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let day = cursor.number(1, 2)?;
    ordinal(cursor);
    let dashed = cursor.eat_any(&['-', '.']) == Some('-');
    cursor.spaces();
    cursor.eat_word(&["of"]);
    cursor.spaces();
    let month = month_name(cursor)?;
    cursor.eat('.');
    let year = cursor.attempt(|cursor| {
        if dashed {
            cursor.eat_any(&['-'])?;
        } else {
            cursor.eat(',');
            cursor.spaces();
        }
        year_number(cursor)
    });
    with_year(year, month, day)
}

fn year_number(cursor: &mut Cursor<'_>) -> Option<i16> {
    let year = cursor.number(4, 4)?;
    ((1970..=2199).contains(&year) && ends(cursor)).then_some(year)
}

fn month_name(cursor: &mut Cursor<'_>) -> Option<i16> {
    let word = cursor.latin_word()?.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| {
        *month == word || (word.len() >= 3 && word.len() <= 4 && month.starts_with(&word))
    })?;
    i16::try_from(index + 1).ok()
}

fn ordinal(cursor: &mut Cursor<'_>) {
    cursor.eat_word(&["st", "nd", "rd", "th"]);
}

fn is_digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// `19.09.2023`, `04-03-2026`, `01/30/2020`. Dots and dashes mean day first; a slash says nothing.
fn year_last(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let first = cursor.number(1, 2)?;
    let separator = cursor.eat_any(&['-', '/', '.', '_'])?;
    let second = cursor.number(1, 2)?;
    if !cursor.eat(separator) {
        return None;
    }
    let year = cursor.number(4, 4)?;
    if !ends(cursor) {
        return None;
    }
    match (separator, first, second) {
        (_, 13.., 1..=12) => full(year, second, first),
        (_, 1..=12, 13..) => full(year, first, second),
        ('.' | '-', ..) => full(year, second, first),
        _ if first == second => full(year, first, second),
        _ => {
            full(year, second, first)?;
            let part = |value: i16| i8::try_from(value).ok();
            Some(WrittenDate::Ambiguous { first: part(first)?, second: part(second)?, year })
        }
    }
}

/// `3/14 14:02`, `[03-26 23:04]`: month first, as in Korea and America, when a time follows.
fn month_slash_day(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let first = cursor.number(1, 2)?;
    cursor.eat_any(&['/', '-'])?;
    let second = cursor.number(1, 2)?;
    let mut probe = *cursor;
    probe.attempt(weekday_in_parentheses);
    let spaced = probe.spaces() || probe.eat(',') && probe.spaces();
    let style = super::Style { dotted: false, colonless: true };
    if !spaced || super::clock::read(&mut probe, style).is_none() {
        return None;
    }
    if first > 12 { month_day(second, first) } else { month_day(first, second) }
}

/// `2022-05-??`, `2021/22-??-??`, `2022-02-xx`, and slips such as `20202-01-16`.
fn unknown_digits(cursor: &mut Cursor<'_>) -> Option<WrittenDate> {
    let rest = cursor.rest();
    let is_part = |ch: char| ch.is_ascii_digit() || matches!(ch, '?' | '-' | '/' | 'x' | 'X');
    let length = rest.find(|ch: char| !is_part(ch)).unwrap_or(rest.len());
    let token = rest[..length].trim_end_matches(['-', '/']);
    let parts: Vec<&str> = token.split(['-', '/']).collect();
    let starts = token.starts_with(|ch: char| ch.is_ascii_digit()) && token.len() >= 7;
    let dashed = parts.len() >= 3 && parts.iter().all(|part| !part.is_empty());
    let year = parts.first().is_some_and(|year| (4..=5).contains(&year.len()));
    let slip = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && parts.iter().skip(1).all(|part| part.len() <= 2);
    if starts && dashed && year && (slip || token.contains(['?', 'x', 'X'])) {
        cursor.at += token.len();
        return Some(WrittenDate::Unknown);
    }
    None
}

/// `Monday`, `Thur`, `Mon,`, `월요일`
pub(super) fn weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let found = weekday_name(cursor)?;
    cursor.eat_any(&[',', '.', '|']);
    cursor.spaces();
    // A weekday alone says nothing; something must follow it.
    cursor.peek().filter(|ch| ch.is_alphanumeric() || *ch == '~').map(|_| found)
}

fn weekday_name(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    if let Some(hangul) = cursor.eat_any(&['월', '화', '수', '목', '금', '토', '일']) {
        cursor.eat_word(&["요일"])?;
        return hangul_weekday(hangul);
    }
    let word = cursor.latin_word()?.to_ascii_lowercase();
    let fits =
        |name: &str| name == word || ((3..=5).contains(&word.len()) && name.starts_with(&word));
    WEEKDAYS.iter().find(|(name, _)| fits(name)).map(|(_, weekday)| *weekday)
}

fn hangul_weekday(ch: char) -> Option<Weekday> {
    let index = ['월', '화', '수', '목', '금', '토', '일'].iter().position(|&day| day == ch)?;
    WEEKDAYS.get(index).map(|(_, weekday)| *weekday)
}

/// `(수)`, `(Wed)` behind a date.
fn weekday_in_parentheses(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.spaces();
    cursor.eat_any(&['(', '（'])?;
    let named = cursor.attempt(weekday_name).is_some()
        || cursor
            .eat_any(&[
                '월', '화', '수', '목', '금', '토', '일', '月', '火', '水', '木', '金', '土', '日',
            ])
            .is_some();
    cursor.eat_any(&[')', '）'])?;
    named.then_some(())
}
