//! Times counted from the start: `T+5m`, `T0 ~ T+10분`, `T-0`.

use super::cursor::Cursor;

/// Seconds after the start, and until when for a range.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<(i64, Option<i64>)> {
    let start = cursor.attempt(offset)?;
    let until = cursor.attempt(|cursor| {
        cursor.range_mark().then_some(())?;
        offset(cursor)
    });
    Some((start, until))
}

fn offset(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.eat_any(&['T', 't'])?;
    cursor.spaces();
    let sign = match cursor.eat_any(&['+', '-', '−', '=']) {
        Some('-' | '−') => -1,
        Some(_) => 1,
        // `T0`
        None => {
            let zero = cursor.eat('0') && !cursor.is_inside_word();
            return zero.then_some(0);
        }
    };
    cursor.spaces();
    amounts(cursor).map(|seconds| sign * seconds)
}

/// `5m`, `1h30m`, `10분`, `01:30`, `1일`, `0`
fn amounts(cursor: &mut Cursor<'_>) -> Option<i64> {
    if let Some(clock) = cursor.attempt(hours_and_minutes) {
        return Some(clock);
    }
    let mut total = None;
    while let Some(seconds) = cursor.attempt(amount) {
        total = Some(total.unwrap_or(0) + seconds);
        let before = *cursor;
        cursor.spaces();
        if !cursor.peek().is_some_and(|ch| ch.is_ascii_digit()) {
            *cursor = before;
            break;
        }
    }
    total
}

fn hours_and_minutes(cursor: &mut Cursor<'_>) -> Option<i64> {
    let hours = cursor.number(1, 3)?;
    cursor.eat_any(&[':'])?;
    let minutes = cursor.number(2, 2)?;
    (!cursor.is_inside_word()).then_some(i64::from(hours) * 3600 + i64::from(minutes) * 60)
}

fn amount(cursor: &mut Cursor<'_>) -> Option<i64> {
    const UNITS: [(&[&str], i64); 5] = [
        (&["days", "day", "d", "일", "日"], 86_400),
        (&["hours", "hour", "hrs", "hr", "h", "시간", "時間"], 3600),
        (&["minutes", "minute", "mins", "min", "m", "분", "分"], 60),
        (&["seconds", "second", "secs", "sec", "s", "초", "秒"], 1),
        (&["weeks", "week", "w", "주"], 604_800),
    ];
    let number = i64::from(cursor.number(1, 4)?);
    let unit = cursor.attempt(|cursor| {
        cursor.spaces();
        UNITS.iter().find_map(|(names, seconds)| cursor.eat_word(names).map(|_| *seconds))
    });
    match unit {
        Some(seconds) => Some(number * seconds),
        // `T-0` and `T+0` need no unit.
        None => (number == 0 && !cursor.is_inside_word()).then_some(0),
    }
}
