//! Times of day.

use jiff::civil::Time;

use super::Style;
use super::cursor::Cursor;

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    pub(crate) time: Time,
    /// 24:00, and 밤 12시: the day after.
    pub(crate) next_day: bool,
    half: Half,
}

/// Which half of the day a reader was told.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Half {
    /// Nothing was said: a 24-hour clock.
    Unsaid,
    Morning,
    Afternoon,
    /// `밤`: from the evening until the small hours; its 12 is the end of the day.
    Night,
}

impl Clock {
    fn new(hour: i16, minute: i16, second: i16, half: Half) -> Option<Self> {
        let (hour, next_day) = match (half, hour) {
            (Half::Morning, 12) => (0, false),
            (Half::Night, 12) => (0, true),
            (Half::Afternoon, 1..=11) | (Half::Night, 5..=11) => (hour + 12, false),
            (_, 24) if minute == 0 && second == 0 => (0, true),
            _ => (hour, false),
        };
        let part = |value: i16| i8::try_from(value).ok();
        let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
        Some(Self { time, next_day, half })
    }

    /// In `00:25 - 00:29 AM` the half of the day is said once, for both.
    pub(super) fn take_half_from(&mut self, end: Clock) {
        let unsaid = self.half == Half::Unsaid && end.half != Half::Unsaid;
        let hour = i16::from(self.time.hour());
        if !unsaid || hour > 12 {
            return;
        }
        let (minute, second) = (self.time.minute().into(), self.time.second().into());
        if let Some(same) = Clock::new(hour, minute, second, end.half)
            && same.time <= end.time
        {
            *self = same;
        }
    }
}

/// Reads a time of day. Notations that could be something else need `style` to allow them.
pub(super) fn read(cursor: &mut Cursor<'_>, style: Style) -> Option<Clock> {
    let mut said_before = None;
    if !cursor.is_at_digit() {
        if let Some(named) = cursor.attempt(named) {
            return Some(named);
        }
        said_before = cursor.attempt(half_before);
    }
    let clock = cursor
        .attempt(|cursor| digital(cursor, ':'))
        .or_else(|| cursor.attempt(spoken))
        .or_else(|| cursor.attempt(|cursor| digital(cursor, 'h')))
        .or_else(|| if style.dotted { cursor.attempt(|cursor| digital(cursor, '.')) } else { None })
        .or_else(|| cursor.attempt(hour_with_half))
        .or_else(|| if style.colonless { cursor.attempt(colonless) } else { None })?;
    let half = said_before.or_else(|| cursor.attempt(half_after));
    let (hour, minute, second) = clock;
    // `17:30 pm` and `오후 17시` say the same thing twice; `17:30 am` says nothing.
    let half = half.unwrap_or(Half::Unsaid);
    if half == Half::Morning && hour > 12 {
        return None;
    }
    Clock::new(hour, minute, second, half)
}

fn named(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let word = cursor.eat_word(&["noon", "midday", "midnight", "정오", "자정", "正午"])?;
    let noon = !matches!(word, "midnight" | "자정");
    Clock::new(if noon { 12 } else { 0 }, 0, 0, Half::Unsaid)
}

fn half_before(cursor: &mut Cursor<'_>) -> Option<Half> {
    const MORNING: [&str; 7] = ["오전", "새벽", "아침", "午前", "上午", "早上", "am"];
    const AFTERNOON: [&str; 5] = ["오후", "저녁", "낮", "午後", "下午"];
    const NIGHT: [&str; 3] = ["밤", "夜", "晚上"];
    let halves = [
        (&MORNING[..], Half::Morning),
        (&AFTERNOON[..], Half::Afternoon),
        (&NIGHT[..], Half::Night),
    ];
    let half = halves.into_iter().find_map(|(words, half)| cursor.eat_word(words).map(|_| half))?;
    cursor.spaces();
    Some(half)
}

fn half_after(cursor: &mut Cursor<'_>) -> Option<Half> {
    cursor.spaces();
    let half = match cursor.eat_word(&["a.m.", "am", "a.m"]) {
        Some(_) => Half::Morning,
        None => cursor.eat_word(&["p.m.", "pm", "p.m"]).map(|_| Half::Afternoon)?,
    };
    (!cursor.is_inside_word()).then_some(half)
}

/// `14:02`, `14:02:30`, `14:02:30.123`, `14h02`, `10.41`
fn digital(cursor: &mut Cursor<'_>, mark: char) -> Option<(i16, i16, i16)> {
    let hour = cursor.number(1, 2)?;
    let marked = cursor.eat(mark) || (mark == ':' && (cursor.eat('：') || cursor.eat('∶')));
    let minute = if marked { cursor.number(2, 2)? } else { return None };
    let mut second = 0;
    if mark == ':'
        && let Some(read) = cursor.attempt(|cursor| {
            cursor.eat_any(&[':', '：'])?;
            cursor.number(2, 2)
        })
    {
        second = read;
        cursor.attempt(|cursor| {
            cursor.eat_any(&['.', ','])?;
            cursor.number(1, 9).or_else(|| cursor.number(1, 4))
        });
    }
    let goes_on = match cursor.peek() {
        // `10.41.2` is a version, `10.5 GB` has one digit, `10:15am` is fine.
        Some('.') => cursor.rest()[1..].starts_with(|ch: char| ch.is_ascii_digit()),
        Some(':') => cursor.rest()[1..].starts_with(|ch: char| ch.is_ascii_digit()),
        Some('%') => true,
        Some(ch) if ch.is_ascii_alphabetic() => !is_allowed_suffix(cursor.rest()),
        Some(ch) => ch.is_ascii_digit(),
        None => false,
    };
    (!goes_on).then_some((hour, minute, second))
}

/// Letters that may stand right behind a time: half of the day, or a zone.
fn is_allowed_suffix(rest: &str) -> bool {
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "am" | "pm" | "a" | "p" | "h" | "hrs" | "z" | "to" | "and")
        || super::zone::is_abbreviation(&word)
}

/// `14시 2분`, `2시`, `14時02分`
fn spoken(cursor: &mut Cursor<'_>) -> Option<(i16, i16, i16)> {
    let hour = cursor.number(1, 2)?;
    cursor.eat_word(&["시", "時", "点"])?;
    // 2시간 is a duration.
    if cursor.peek() == Some('간') || cursor.peek() == Some('間') {
        return None;
    }
    let minute = cursor.attempt(|cursor| {
        cursor.spaces();
        if cursor.eat_word(&["반", "半"]).is_some() {
            return Some(30);
        }
        let minute = cursor.number(1, 2)?;
        cursor.eat_word(&["분", "分"])?;
        Some(minute)
    });
    let second = cursor.attempt(|cursor| {
        cursor.spaces();
        let second = cursor.number(1, 2)?;
        cursor.eat_word(&["초", "秒"])?;
        Some(second)
    });
    Some((hour, minute.unwrap_or(0), second.unwrap_or(0)))
}

/// `2pm`, `9 a.m.`
fn hour_with_half(cursor: &mut Cursor<'_>) -> Option<(i16, i16, i16)> {
    let hour = cursor.number(1, 2)?;
    let mut probe = *cursor;
    half_after(&mut probe)?;
    (1..=12).contains(&hour).then_some((hour, 0, 0))
}

/// `1906`, `0930 UTC`
fn colonless(cursor: &mut Cursor<'_>) -> Option<(i16, i16, i16)> {
    let number = cursor.number(4, 4)?;
    cursor.eat('h');
    let ends = !cursor.is_inside_word() || is_allowed_suffix(cursor.rest());
    (ends && number % 100 < 60).then_some((number / 100, number % 100, 0))
}

/// `25:10`, `14:75`: written as a time, and none. A ratio such as `70:30` is left alone.
pub(super) fn impossible(cursor: &mut Cursor<'_>) -> bool {
    let read = cursor.attempt(|cursor| {
        let hour = cursor.number(1, 2)?;
        cursor.eat(':').then_some(())?;
        let minute = cursor.number(2, 2)?;
        let is_slip = hour < 30 && (hour > 24 || minute > 59) && cursor.peek() != Some(':');
        (is_slip && !cursor.is_inside_word()).then_some(())
    });
    read.is_some()
}

/// `HH:mm`, `--:--`, `??:??`, `2X:XX`, `12:??`: a time that nobody knew or filled in.
pub(super) fn placeholder(cursor: &mut Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let mut length = 0;
    let mut letters = 0;
    let mut separated = false;
    for ch in rest.chars() {
        match ch {
            'H' | 'h' | 'M' | 'm' | 'S' | 's' | 'X' | 'x' | '?' | '-' => letters += 1,
            '0'..='9' => {}
            ':' if !separated => separated = true,
            ':' => {}
            _ => break,
        }
        length += ch.len_utf8();
    }
    let token = &rest[..length];
    let halves = token.split(':').collect::<Vec<_>>();
    let shaped = separated
        && letters > 0
        && halves.iter().all(|half| (1..=2).contains(&half.len()))
        && halves.iter().any(|half| half.chars().all(|ch| !ch.is_ascii_digit()))
        && !rest[length..].starts_with(|ch: char| ch.is_alphanumeric());
    if shaped {
        cursor.at += length;
    }
    shaped
}
