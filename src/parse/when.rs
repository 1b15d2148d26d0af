//! Dates and times as people write them.
//!
//! [`leading`] reads a stamp off the front of an entry, [`trailing`] off its end, [`date_in`] finds a
//! date inside a title. What comes back is only what is written: which day `14:02` was on, or which
//! of `05/07/2023` is the month, is decided where the context is known. A token that merely looks
//! like a time (`10.41` in a text about versions, `24/7`) is left alone unless its surroundings vouch
//! for it.

mod clock;
mod cursor;
mod date;
mod relative;
mod zone;

pub(crate) use clock::Clock;
pub(crate) use date::WrittenDate;
pub(crate) use zone::{named_zone, zone_in};

use cursor::Cursor;
use jiff::civil::Weekday;

use crate::model::Zone;

/// A stamp as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stamp {
    pub(crate) date: Option<WrittenDate>,
    pub(crate) weekday: Option<Weekday>,
    pub(crate) clock: Option<Clock>,
    /// The end of a range: a date, a clock or both.
    pub(crate) until: Option<(Option<WrittenDate>, Option<Clock>)>,
    /// Seconds after the start, and until when.
    pub(crate) relative: Option<(i64, Option<i64>)>,
    pub(crate) zone: Option<Zone>,
    pub(crate) approximate: bool,
    /// A time or a date stands here, but not which: `2022-05-??`, `HH:mm`, `--:--`, `25:10`.
    pub(crate) unknown: bool,
    /// The bytes of the stamp itself.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where the text after the stamp and its separators starts.
    pub(crate) rest: usize,
}

impl Stamp {
    /// Whether it says more than a day.
    pub(crate) fn has_time(&self) -> bool {
        self.clock.is_some() || self.relative.is_some()
    }
}

/// Notations that mean a time only where their surroundings use them for times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// `10.41`
    pub(crate) dotted: bool,
    /// `1906`
    pub(crate) colonless: bool,
}

/// The stamp at the front of `text`.
pub(crate) fn leading(text: &str, style: Style) -> Option<Stamp> {
    let mut cursor = Cursor::new(text);
    let opened = cursor.openers();
    let mut stamp = Stamp { approximate: cursor.approximately(), ..Stamp::default() };
    stamp.start = cursor.at;
    stamp_at(&mut cursor, &mut stamp, style)?;
    stamp.end = cursor.at;
    // `- **Early morning July 12th**` is a day; `[2026-07-01]` closes its bracket.
    cursor.closers(opened);
    stamp.rest = cursor.separators();
    Some(stamp)
}

/// The stamp at the end of `text`, when something stands before it: `Resolved 2020-02-12 12:07`,
/// `First detected 2023-01-04 (time unknown)`. It has a time or a complete date.
pub(crate) fn trailing(text: &str) -> Option<Stamp> {
    let before_note = text.strip_suffix(')').and_then(|inner| inner.rfind(" ("));
    trailing_at(text).or_else(|| {
        let stamp = trailing_at(&text[..before_note?])?;
        Some(Stamp { approximate: true, rest: text.len(), ..stamp })
    })
}

fn trailing_at(text: &str) -> Option<Stamp> {
    let end = text.trim_end_matches([' ', '.', ')', ']', '\n']).len();
    // A stamp is short; only the last few words can hold one.
    let from = text[..end].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    word_starts(text, from).filter(|&at| at < end && at > 0).find_map(|at| {
        let stamp = leading(&text[at..], Style::default())?;
        let exact = stamp.has_time() || matches!(stamp.date, Some(WrittenDate::Full(_)));
        let whole = exact && at + stamp.end >= end;
        whole.then(|| Stamp {
            start: at + stamp.start,
            end: at + stamp.end,
            rest: text.len(),
            ..stamp
        })
    })
}

/// The first complete date anywhere in `text`.
pub(crate) fn date_in(text: &str) -> Option<Stamp> {
    word_starts(text, 0).find_map(|at| {
        let stamp = leading(&text[at..], Style::default())?;
        let complete = matches!(stamp.date, Some(WrittenDate::Full(_)));
        complete.then(|| Stamp {
            start: at + stamp.start,
            end: at + stamp.end,
            rest: at + stamp.rest,
            ..stamp
        })
    })
}

/// Byte offsets at which a word or a number starts, from `from` on.
fn word_starts(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let mut inside = text[..from].chars().next_back().is_some_and(char::is_alphanumeric);
    text[from..].char_indices().filter_map(move |(at, ch)| {
        let starts = !inside && ch.is_alphanumeric();
        inside = ch.is_alphanumeric();
        starts.then_some(from + at)
    })
}

fn stamp_at(cursor: &mut Cursor<'_>, stamp: &mut Stamp, style: Style) -> Option<()> {
    if let Some(relative) = relative::read(cursor) {
        stamp.relative = Some(relative);
        return Some(());
    }
    stamp.weekday = cursor.attempt(date::weekday);
    moment(cursor, stamp, style)?;
    if let Some(zone) = cursor.attempt(zone::after_time) {
        stamp.zone = Some(zone);
    }
    range(cursor, stamp, style);
    alternative(cursor, stamp);
    stamp.approximate |= cursor.about_suffix();
    Some(())
}

/// A date, a time, or both in either order.
fn moment(cursor: &mut Cursor<'_>, stamp: &mut Stamp, style: Style) -> Option<()> {
    if let Some((date, until)) = cursor.attempt(date::read) {
        stamp.unknown |= date == WrittenDate::Unknown;
        stamp.date = Some(date);
        stamp.until = until.map(|until| (Some(until), None));
        let iso = date::is_iso_before(cursor);
        let after_date = Style { colonless: true, dotted: true };
        let before = *cursor;
        cursor.between_date_and_time(iso);
        stamp.approximate |= cursor.approximately();
        stamp.clock = cursor.attempt(|cursor| clock::read(cursor, after_date));
        if stamp.clock.is_none() {
            let unknown = clock::placeholder(cursor) || clock::impossible(cursor);
            stamp.unknown |= unknown;
            if !unknown {
                *cursor = before;
            }
        }
        return Some(());
    }
    if let Some(clock) = cursor.attempt(|cursor| clock::read(cursor, style)) {
        stamp.clock = Some(clock);
        let before = *cursor;
        // `10:00 7th Nov 2023`, `4:11 AM UTC on November 24th`
        let zone = cursor.attempt(zone::after_time);
        cursor.between_time_and_date();
        match cursor.attempt(date::read_unmistakable) {
            Some(date) => (stamp.date, stamp.zone) = (Some(date), zone),
            None => *cursor = before,
        }
        return Some(());
    }
    let unknown = clock::placeholder(cursor) || clock::impossible(cursor);
    unknown.then(|| stamp.unknown = true)
}

/// `- 10:20`, `~ 2026-04-17 11:35`, ` to 23:28`
fn range(cursor: &mut Cursor<'_>, stamp: &mut Stamp, style: Style) {
    if stamp.until.is_some() && stamp.clock.is_none() {
        return;
    }
    let before = *cursor;
    if !cursor.range_mark() {
        return;
    }
    let unknown_end = {
        let mut probe = *cursor;
        clock::placeholder(&mut probe).then_some(probe)
    };
    let mut end = Stamp::default();
    // The end of a range must be as exact as its start, or a dash before the text would swallow it.
    let fits = moment(cursor, &mut end, Style { colonless: false, ..style }).is_some()
        && end.clock.is_some() == stamp.clock.is_some()
        && (end.clock.is_some() || end.date.is_some())
        && !end.unknown;
    if fits {
        if let (Some(first), Some(second)) = (&mut stamp.clock, end.clock) {
            first.take_half_from(second);
        }
        stamp.until = Some((end.date, end.clock));
        cursor.until_suffix();
        let zone = end.zone.or_else(|| cursor.attempt(zone::after_time));
        stamp.zone = stamp.zone.take().or(zone);
    } else if let Some(after) = unknown_end {
        *cursor = after;
    } else {
        *cursor = before;
    }
}

/// The same time in another zone: `12:20 EDT (16:20 UTC)`, `23:15-00:30 UTC / 16:15-17:30 PDT`.
fn alternative(cursor: &mut Cursor<'_>, stamp: &mut Stamp) {
    if stamp.zone.is_none() || stamp.clock.is_none() {
        return;
    }
    let before = *cursor;
    cursor.spaces();
    let opened = cursor.eat_any(&['(', '/', '（']);
    let mut other = Stamp::default();
    cursor.spaces();
    let read = opened.is_some()
        && moment(cursor, &mut other, Style::default()).is_some()
        && other.clock.is_some();
    if !read {
        *cursor = before;
        return;
    }
    let zone = other.zone.clone().or_else(|| cursor.attempt(zone::after_time));
    range(cursor, &mut other, Style::default());
    if zone.is_none() && other.zone.is_none() {
        *cursor = before;
        return;
    }
    cursor.eat_any(&[')', '）']);
}

#[cfg(test)]
mod tests;
