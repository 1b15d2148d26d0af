//! A position in a text that small readers advance and give back.

/// Marks that may stand before a stamp.
const OPENERS: [char; 12] = ['[', '(', '<', '【', '「', '（', '*', '`', '•', '·', '▶', '►'];
/// Marks between a stamp and the text that belongs to it.
const SEPARATORS: [char; 17] =
    [':', '：', '-', '–', '—', '|', ',', '*', '`', '>', '→', '»', '~', ';', '）', '】', '」'];

#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let ch = self.peek()?;
        self.at += ch.len_utf8();
        Some(ch)
    }

    /// Runs a reader, and takes the steps back if it finds nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = read(self);
        if found.is_none() {
            *self = before;
        }
        found
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    pub(super) fn eat_any(&mut self, wanted: &[char]) -> Option<char> {
        let ch = self.peek().filter(|ch| wanted.contains(ch))?;
        self.at += ch.len_utf8();
        Some(ch)
    }

    /// Eats one of `words`, ignoring ASCII case. A Latin word must end there.
    pub(super) fn eat_word<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        let rest = self.rest();
        let first = rest.bytes().next()?.to_ascii_lowercase();
        let fits = |word: &&&str| {
            if word.as_bytes()[0].to_ascii_lowercase() != first {
                return false;
            }
            let Some(start) = rest.get(..word.len()) else { return false };
            let next = rest[word.len()..].chars().next();
            let ends = !word.ends_with(|ch: char| ch.is_ascii_alphabetic())
                || !next.is_some_and(|ch| ch.is_ascii_alphabetic());
            start.eq_ignore_ascii_case(word) && ends
        };
        let word = words.iter().find(fits)?;
        self.at += word.len();
        Some(word)
    }

    pub(super) fn spaces(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}', '\u{200b}']);
        self.at += rest.len() - trimmed.len();
        rest.len() != trimmed.len()
    }

    /// A number of `min` to `max` digits that no further digit follows.
    pub(super) fn number(&mut self, min: usize, max: usize) -> Option<i16> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(min..=max).contains(&digits) {
            return None;
        }
        let value = rest[..digits].parse().ok()?;
        self.at += digits;
        Some(value)
    }

    /// Eats a Latin word and returns it.
    pub(super) fn latin_word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    pub(super) fn is_at_digit(&self) -> bool {
        self.peek().is_some_and(|ch| ch.is_ascii_digit())
    }

    /// Whether a word or a number goes on here.
    pub(super) fn is_inside_word(&self) -> bool {
        self.peek().is_some_and(|ch| ch.is_ascii_alphanumeric() || ch == '_')
    }

    /// Eats brackets and marks before a stamp; returns the closing bracket that is then expected.
    pub(super) fn openers(&mut self) -> Option<char> {
        let mut closing = None;
        loop {
            self.spaces();
            match self.eat_any(&OPENERS) {
                Some('[') => closing = Some(']'),
                Some('(') => closing = Some(')'),
                Some('<') => closing = Some('>'),
                Some('（') => closing = Some('）'),
                Some('【') => closing = Some('】'),
                Some('「') => closing = Some('」'),
                Some(_) => {}
                None => return closing,
            }
        }
    }

    pub(super) fn closers(&mut self, expected: Option<char>) {
        if let Some(bracket) = expected {
            let before = *self;
            self.spaces();
            if !self.eat(bracket) {
                *self = before;
            }
        }
    }

    /// Eats what separates a stamp from its text; returns where the text starts.
    pub(super) fn separators(&mut self) -> usize {
        loop {
            let spaced = self.spaces() || self.eat('\n');
            if self.eat_any(&SEPARATORS).is_none() && !spaced {
                return self.at;
            }
        }
    }

    /// `~`, `ca.`, 약
    pub(super) fn approximately(&mut self) -> bool {
        const WORDS: [&str; 14] = [
            "~",
            "≈",
            "ca.",
            "ca",
            "c.",
            "circa",
            "about",
            "around",
            "approximately",
            "approx.",
            "approx",
            "약 ",
            "약",
            "대략",
        ];
        // Most stamps start with a digit at once.
        if self.is_at_digit() {
            return false;
        }
        let before = *self;
        self.eat_word(&["at", "on"]);
        self.spaces();
        let found = self.eat_word(&WORDS).is_some();
        self.spaces();
        let followed = self.is_at_digit();
        if found && !followed && !self.peek().is_some_and(char::is_alphabetic) {
            *self = before;
        }
        found
    }

    /// 14:02경, 14시쯤
    pub(super) fn about_suffix(&mut self) -> bool {
        let before = *self;
        self.spaces();
        let found = self.eat_word(&["경", "쯤", "즈음", "무렵", "頃", "ごろ", "左右"]).is_some();
        if !found {
            *self = before;
        }
        found
    }

    pub(super) fn range_mark(&mut self) -> bool {
        self.spaces();
        let found = self
            .eat_word(&["->", "to", "until", "till", "through", "부터", "에서", "から"])
            .is_some()
            || self.eat_any(&['-', '–', '—', '~', '∼', '〜', '～', '→']).is_some();
        self.spaces();
        found
    }

    pub(super) fn until_suffix(&mut self) {
        self.eat_word(&["까지", "まで"]);
    }

    /// What may stand between a date and its time.
    pub(super) fn between_date_and_time(&mut self, iso: bool) {
        if iso && self.peek() == Some('T') {
            self.bump();
            return;
        }
        self.eat(',');
        self.spaces();
        self.eat_word(&["at", "@"]);
        self.eat_any(&['(', '|']);
        self.spaces();
    }

    /// What may stand between a time and the date after it.
    pub(super) fn between_time_and_date(&mut self) {
        self.eat_any(&[',', '(']);
        self.spaces();
        self.eat_word(&["on", "of"]);
        self.spaces();
    }
}
