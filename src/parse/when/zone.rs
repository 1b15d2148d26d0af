//! Time zones as people name them.
//!
//! An abbreviation stands for the offset it names, whatever the season: a report that says `CET` in
//! June is taken at its word. Names of regions (`PT`, `US/Pacific`, `Asia/Seoul`) follow the region's
//! clock. An abbreviation with several meanings (`CST`) is read over and decides nothing.

use jiff::tz::{Offset, TimeZone};

use super::cursor::Cursor;
use crate::model::Zone;

/// Minutes east of Greenwich.
const OFFSETS: [(&str, i32); 34] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("KST", 540),
    ("JST", 540),
    ("PST", -480),
    ("PDT", -420),
    ("MST", -420),
    ("MDT", -360),
    ("CDT", -300),
    ("EST", -300),
    ("EDT", -240),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("WET", 0),
    ("WEST", 60),
    ("EET", 120),
    ("EEST", 180),
    ("BST", 60),
    ("MSK", 180),
    ("IST", 330),
    ("SGT", 480),
    ("HKT", 480),
    ("PHT", 480),
    ("ICT", 420),
    ("WIB", 420),
    ("AEST", 600),
    ("AEDT", 660),
    ("ACST", 570),
    ("NZST", 720),
    ("NZDT", 780),
    ("BRT", -180),
];

/// Names of regions whose clocks change.
const REGIONS: [(&str, &str); 23] = [
    ("CET/CEST", "Europe/Berlin"),
    ("CEST/CET", "Europe/Berlin"),
    ("PST/PDT", "America/Los_Angeles"),
    ("EST/EDT", "America/New_York"),
    ("Central European Time", "Europe/Berlin"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Pacific Time", "America/Los_Angeles"),
    ("Pacific", "America/Los_Angeles"),
    ("US/Pacific", "America/Los_Angeles"),
    ("UC/Pacific", "America/Los_Angeles"),
    ("Eastern Time", "America/New_York"),
    ("US/Eastern", "America/New_York"),
    ("Eastern", "America/New_York"),
    ("Mountain Time", "America/Denver"),
    ("Central Time", "America/Chicago"),
    ("US/Central", "America/Chicago"),
    ("PT", "America/Los_Angeles"),
    ("ET", "America/New_York"),
    ("한국시간", "Asia/Seoul"),
    ("한국 시간", "Asia/Seoul"),
    ("한국 표준시", "Asia/Seoul"),
    ("日本時間", "Asia/Tokyo"),
    ("北京时间", "Asia/Shanghai"),
];

/// Abbreviations with several meanings.
const AMBIGUOUS: [&str; 3] = ["CST", "AST", "ECT"];

pub(super) fn is_abbreviation(word: &str) -> bool {
    OFFSETS.iter().any(|(name, _)| *name == word)
        || AMBIGUOUS.contains(&word)
        || matches!(word, "PT" | "ET")
}

/// A zone behind a time: ` UTC`, ` (UTC+9)`, `+09:00`, `Z`.
pub(super) fn after_time(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let direct = cursor.peek() == Some('+') || cursor.peek() == Some('-') && is_iso_offset(cursor);
    if direct {
        return numeric(cursor);
    }
    cursor.spaces();
    let opened = cursor.eat_any(&['(', '[', '（']).is_some();
    if !opened && !cursor.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    let zone = read(cursor).or_else(|| if opened { numeric(cursor) } else { None })?;
    if opened {
        cursor.eat_any(&[')', ']', '）'])?;
    }
    Some(zone)
}

/// `14:02:00-07:00` has an offset where `14:02-15:00` has a range: seconds make the difference.
fn is_iso_offset(cursor: &Cursor<'_>) -> bool {
    let before = &cursor.text[..cursor.at];
    let token = before.rsplit([' ', '(', '[']).next().unwrap_or_default();
    token.contains('T') && token.matches(':').count() >= 1
}

/// A zone's name, with an offset behind `UTC` and `GMT`.
fn read(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let start = cursor.at;
    if let Some(name) = cursor.eat_word(&REGIONS.map(|(name, _)| name)) {
        let region = REGIONS.iter().find(|(known, _)| *known == name)?.1;
        return Some(zone(&cursor.text[start..cursor.at], TimeZone::get(region).ok()?));
    }
    if let Some(zone) = cursor.attempt(iana) {
        return Some(zone);
    }
    let word = cursor.latin_word()?;
    let minutes = OFFSETS.iter().find(|(name, _)| *name == word)?.1;
    if matches!(word, "UTC" | "GMT")
        && let Some(zone) = cursor.attempt(numeric)
    {
        return Some(Zone { label: cursor.text[start..cursor.at].into(), ..zone });
    }
    Some(zone(word, fixed(minutes)?))
}

/// `Asia/Seoul`
fn iana(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let rest = cursor.rest();
    let part = |ch: char| ch.is_ascii_alphabetic() || matches!(ch, '_' | '/' | '-');
    let length = rest.find(|ch| !part(ch)).unwrap_or(rest.len());
    let name = &rest[..length];
    if !name.contains('/') {
        return None;
    }
    let rules = TimeZone::get(name).ok()?;
    cursor.at += length;
    Some(zone(name, rules))
}

/// `+9`, `+09:00`, `-0700`
fn numeric(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let start = cursor.at;
    cursor.spaces();
    let sign = match cursor.eat_any(&['+', '-', '−'])? {
        '+' => 1,
        _ => -1,
    };
    let minutes = match cursor.number(4, 4) {
        Some(both) => both / 100 * 60 + both % 100,
        None => {
            let hours = cursor.number(1, 2)?;
            let minutes = cursor.attempt(|cursor| {
                cursor.eat_any(&[':'])?;
                cursor.number(2, 2)
            });
            hours * 60 + minutes.unwrap_or(0)
        }
    };
    Some(zone(&cursor.text[start..cursor.at], fixed(sign * i32::from(minutes))?))
}

fn fixed(minutes: i32) -> Option<TimeZone> {
    if minutes == 0 {
        return Some(TimeZone::UTC);
    }
    Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed)
}

fn zone(label: &str, rules: TimeZone) -> Zone {
    Zone { label: label.trim().into(), rules }
}

/// The zone that a whole text names: `UTC`, `Asia/Seoul`, `UTC+9`.
pub(crate) fn named_zone(text: &str) -> Option<Zone> {
    let mut cursor = Cursor::new(text.trim());
    let zone = read(&mut cursor).or_else(|| numeric(&mut cursor))?;
    cursor.rest().trim().is_empty().then_some(zone)
}

/// The zone that a heading, a column or a sentence names somewhere: `All times in UTC.`,
/// `Time (PDT)`, `시각은 모두 KST 기준`. Two different zones decide nothing, unless the second explains
/// the first.
pub(crate) fn zone_in(text: &str) -> Option<Zone> {
    let mut found: Option<Zone> = None;
    let mut skip = 0;
    for at in super::word_starts(text, 0) {
        if at < skip {
            continue;
        }
        let mut cursor = Cursor { text, at };
        // Short names must be written as names: `et`, `pt` and `Pacific` inside a sentence are not.
        let Some(zone) = read(&mut cursor) else { continue };
        if cursor.is_inside_word() {
            continue;
        }
        skip = cursor.at;
        match &found {
            // `Central European Time (CET)`: a region knows more than an abbreviation of it.
            Some(first) if first.rules.to_fixed_offset().is_err() => {}
            // `PST (UTC-7)`: the number is more exact than the name.
            Some(first) if *first != zone && !zone.label.contains(['+', '-']) => return None,
            _ => found = Some(zone),
        }
    }
    found
}
