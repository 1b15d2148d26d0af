//! The query language.
//!
//! | written | means |
//! |---|---|
//! | `pool timeout` | both words, anywhere in the report |
//! | `"pool exhausted"` | these words, one after another |
//! | `-word`, `-"two words"`, `-service:api` | not that |
//! | `pool OR cache`, `pool \| cache` | one of them; binds closer than the space |
//! | `service:payment`, `서비스:결제,주문` | the value of a facet, or one of several; a tree's whole branch |
//! | `title:timeout`, `제목:장애` | in the title |
//! | `after:2025-01` | on the first day of the period or later |
//! | `before:2026` | before the first day of the period |
//! | `time*`, `service:pay*` | the beginning of a word or a value |
//!
//! `foo:bar` with an unknown `foo` is two words. Typographic quotation marks and full-width signs count as
//! the plain ones.

use std::ops::Range;

use super::date::period;
use super::pattern::{Pattern, Reading, shapes};
use super::{Clause, Item, Note, Query, Text, Typing, Value, Wanted};
use crate::fold;
use crate::report::Facet;

/// Items the engine looks at; each is a bit of a report's mask.
pub(crate) const ITEMS_MAX: usize = 64;

/// The first and last day of all times.
const DAYS: Range<i32> = 1..i32::MAX;

impl Query {
    /// Reads what somebody typed.
    pub fn parse(text: &str, typing: Typing) -> Self {
        let mut parser =
            Parser { text, at: 0, query: Self::default(), or: Or::None, items: 0, negate: false };
        // A space behind the last word says that it is whole.
        let open =
            typing == Typing::Ongoing && text.chars().last().is_some_and(|ch| !ch.is_whitespace());
        while parser.item(if open { Typing::Ongoing } else { Typing::Done }) {}
        if parser.or == Or::Pending {
            parser.query.notes.push(Note::LooseOr);
        }
        parser.query.together = together(&parser.query.clauses);
        parser.query
    }

    /// What was left out of it.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Everything it asks for, in the order of the bits.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.clauses.iter().flat_map(|clause| &clause.any)
    }
}

/// The places where one word of the query meets the next.
fn together(clauses: &[Clause]) -> Vec<Pattern> {
    let word = |clause: &'_ Clause| match clause.any.as_slice() {
        [Item { negative: false, wanted: Wanted::Text(text), .. }] if !text.title => {
            text.shapes.first().map(|shape| shape.pattern.clone())
        }
        _ => None,
    };
    let words: Vec<Option<Pattern>> = clauses.iter().map(word).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.filter_map(|(left, right)| Pattern::meeting(left.as_ref()?, right.as_ref()?)).collect()
}

/// Whether the next item is an alternative to the one before.
#[derive(PartialEq, Eq)]
enum Or {
    None,
    Pending,
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    query: Query,
    or: Or,
    items: usize,
    /// `NOT` came before.
    negate: bool,
}

/// What stands before the colon.
enum Field {
    Facet(Facet),
    Title,
    After,
    Before,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        let name = fold(name);
        Some(match &*name {
            "title" | "제목" => Self::Title,
            "after" | "since" | "이후" => Self::After,
            "before" | "until" | "이전" => Self::Before,
            name => {
                let found = Facet::NAMES.iter().find(|(_, en, ko)| name == *en || name == *ko)?;
                Self::Facet(found.0)
            }
        })
    }
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(plain)
    }

    fn skip(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// Reads one item; `false` at the end.
    fn item(&mut self, typing: Typing) -> bool {
        while self.peek().is_some_and(|ch| ch.is_whitespace()) {
            self.skip();
        }
        let mut negative = self.negate;
        let start = self.at;
        match self.peek() {
            None => return false,
            Some('|') => {
                self.skip();
                self.or();
                return true;
            }
            Some('-') => {
                self.skip();
                match self.peek() {
                    // A dash is punctuation.
                    None | Some(' ' | '-') => return true,
                    _ => negative = true,
                }
            }
            _ => {}
        }
        if let Some(phrase) = self.quoted() {
            self.phrase(negative, phrase, typing);
            return true;
        }
        let word = self.word();
        let written = &self.text[word.clone()];
        match written {
            "OR" if start == word.start => self.or(),
            "AND" => self.query.strict = true,
            "NOT" => self.negate = true,
            _ => self.field_or_word(negative, word, typing),
        }
        true
    }

    fn or(&mut self) {
        if self.or == Or::Pending || self.query.clauses.is_empty() {
            self.query.notes.push(Note::LooseOr);
        } else {
            self.or = Or::Pending;
        }
    }

    fn field_or_word(&mut self, negative: bool, word: Range<usize>, typing: Typing) {
        let written = &self.text[word.clone()];
        let colon = written.char_indices().find(|(_, ch)| plain(*ch) == ':');
        let field = colon.and_then(|(at, ch)| {
            let field = Field::named(&written[..at])?;
            Some((field, word.start + at + ch.len_utf8()))
        });
        let Some((field, value)) = field else {
            let last = typing == Typing::Ongoing && word.end == self.text.len();
            self.word_item(negative, word, if last { typing } else { Typing::Done });
            return;
        };
        self.at = value;
        let name = self.text[word.start..value].to_owned();
        let values = self.values();
        let ends = typing == Typing::Ongoing && self.at == self.text.len();
        let place = value..self.at;
        let texts: Vec<&str> = values
            .into_iter()
            .map(|range| self.text[range].trim())
            .filter(|text| !text.is_empty())
            .collect();
        let Some(first) = texts.first() else {
            self.query.notes.push(Note::NoValue(name));
            return;
        };
        let wanted = match field {
            Field::Facet(facet) => {
                let last = texts.len() - 1;
                let values = texts.iter().enumerate().map(|(at, text)| {
                    let star = text.strip_suffix('*');
                    Value {
                        term: facet.term(star.unwrap_or(text)),
                        prefix: star.is_some() || (ends && at == last),
                    }
                });
                Wanted::Facet(facet, values.collect())
            }
            Field::Title => {
                let typing = if ends { Typing::Ongoing } else { Typing::Done };
                let shapes: Vec<_> = texts
                    .iter()
                    .flat_map(|text| shapes(text, Reading::Loose, text.ends_with('*'), typing))
                    .collect();
                if shapes.is_empty() {
                    self.query.notes.push(Note::NoWord((*first).to_owned()));
                    return;
                }
                Wanted::Text(Text { shapes, title: true, phrase: true })
            }
            Field::After | Field::Before => {
                let Some(period) = period(first) else {
                    self.query.notes.push(Note::NoDate((*first).to_owned()));
                    return;
                };
                Wanted::Date(if matches!(field, Field::After) {
                    period.start..DAYS.end
                } else {
                    DAYS.start..period.start
                })
            }
        };
        self.push(Item { negative, wanted, place });
    }

    fn word_item(&mut self, negative: bool, word: Range<usize>, typing: Typing) {
        let written = &self.text[word.clone()];
        let reading = if negative { Reading::Strict } else { Reading::Loose };
        let shapes = shapes(written, reading, written.ends_with('*'), typing);
        if shapes.is_empty() {
            self.query.notes.push(Note::NoWord(written.to_owned()));
            return;
        }
        let wanted = Wanted::Text(Text { shapes, title: false, phrase: false });
        self.push(Item { negative, wanted, place: word });
    }

    fn phrase(&mut self, negative: bool, phrase: Range<usize>, typing: Typing) {
        let typing = if phrase.end == self.text.len() { typing } else { Typing::Done };
        let shapes = shapes(&self.text[phrase.clone()], Reading::Strict, false, typing);
        if shapes.is_empty() {
            self.query.notes.push(Note::NoWord(self.text[phrase].to_owned()));
            return;
        }
        let wanted = Wanted::Text(Text { shapes, title: false, phrase: true });
        self.push(Item { negative, wanted, place: phrase });
    }

    fn push(&mut self, item: Item) {
        if self.items == ITEMS_MAX {
            let note = Note::TooManyWords(ITEMS_MAX);
            if !self.query.notes.contains(&note) {
                self.query.notes.push(note);
            }
            return;
        }
        self.items += 1;
        self.negate = false;
        match self.query.clauses.last_mut() {
            Some(clause) if self.or == Or::Pending => clause.any.push(item),
            _ => self.query.clauses.push(Clause { any: vec![item] }),
        }
        self.or = Or::None;
    }

    /// To the next space, quotation mark or bar.
    fn word(&mut self) -> Range<usize> {
        let start = self.at;
        while self.peek().is_some_and(|ch| !(ch.is_whitespace() || matches!(ch, '"' | '|'))) {
            self.skip();
        }
        start..self.at
    }

    /// The inside of quotation marks, if they are next.
    fn quoted(&mut self) -> Option<Range<usize>> {
        if self.peek() != Some('"') {
            return None;
        }
        self.skip();
        let start = self.at;
        while let Some(ch) = self.peek() {
            if ch == '"' {
                let inside = start..self.at;
                self.skip();
                return Some(inside);
            }
            self.skip();
        }
        self.query.notes.push(Note::OpenQuote);
        Some(start..self.at)
    }

    /// Values with commas between them, each in quotation marks or not.
    fn values(&mut self) -> Vec<Range<usize>> {
        let mut values = Vec::new();
        loop {
            if let Some(value) = self.quoted() {
                values.push(value);
            } else {
                let start = self.at;
                while self
                    .peek()
                    .is_some_and(|ch| !(ch.is_whitespace() || matches!(ch, '"' | '|' | ',')))
                {
                    self.skip();
                }
                values.push(start..self.at);
            }
            if self.peek() != Some(',') {
                return values;
            }
            self.skip();
        }
    }
}

/// The plain sign for a typographic or full-width one.
fn plain(ch: char) -> char {
    match ch {
        '“' | '”' | '„' | '＂' | '«' | '»' => '"',
        '－' | '−' => '-',
        '：' => ':',
        '，' => ',',
        '｜' => '|',
        '\u{3000}' => ' ',
        _ => ch,
    }
}
