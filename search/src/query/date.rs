//! Dates in queries: a day, a month or a year.

use std::ops::Range;

/// The days of `text`, from its first to the one after its last, as `yyyymmdd`: `2025`, `2025-01`,
/// `2025.1.31`, `20250131`, `2025년1월`. The day after the last need not exist: `20250132` serves.
pub(crate) fn period(text: &str) -> Option<Range<i32>> {
    let folded = crate::fold(text);
    let is_separator = |ch: char| matches!(ch, '-' | '.' | '/' | '년' | '월' | '일');
    if !folded.chars().all(|ch| ch.is_ascii_digit() || is_separator(ch)) {
        return None;
    }
    let parts: Vec<&str> = folded.split(is_separator).filter(|part| !part.is_empty()).collect();
    let number = |text: &str| text.parse::<i32>().ok();
    let (year, month, day) = match *parts.as_slice() {
        [year] if year.len() == 4 => (number(year)?, None, None),
        [all] if all.len() == 6 => (number(&all[..4])?, Some(number(&all[4..])?), None),
        [all] if all.len() == 8 => {
            (number(&all[..4])?, Some(number(&all[4..6])?), Some(number(&all[6..])?))
        }
        [year, month] if year.len() == 4 => (number(year)?, Some(number(month)?), None),
        [year, month, day] if year.len() == 4 => {
            (number(year)?, Some(number(month)?), Some(number(day)?))
        }
        _ => return None,
    };
    let first = year * 10_000;
    match (month, day) {
        (None, _) => Some(first..first + 10_000),
        (Some(month @ 1..=12), None) => Some(first + month * 100..first + (month + 1) * 100),
        (Some(month @ 1..=12), Some(day @ 1..=31)) => {
            let date = first + month * 100 + day;
            Some(date..date + 1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn periods() {
        for (text, expected) in [
            ("2025", Some(20_250_000..20_260_000)),
            ("2025-12", Some(20_251_200..20_251_300)),
            ("202501", Some(20_250_100..20_250_200)),
            ("2025.1.31", Some(20_250_131..20_250_132)),
            ("20250131", Some(20_250_131..20_250_132)),
            ("2025년1월", Some(20_250_100..20_250_200)),
            ("２０２５", Some(20_250_000..20_260_000)),
            ("2025-13", None),
            ("last week", None),
            ("", None),
            ("1-2-3", None),
        ] {
            assert_eq!(period(text), expected, "{text}");
        }
    }
}
