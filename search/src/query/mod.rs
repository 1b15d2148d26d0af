//! Queries: what somebody typed, understood.
//!
//! Reading a query cannot fail. What makes no sense is left out, and a [`Note`] says so.

pub(crate) mod date;
pub(crate) mod parse;
pub(crate) mod pattern;

use crate::report::Facet;
use pattern::Pattern;

/// A query that has been read.
///
/// All its clauses must hold for a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
    pub(crate) notes: Vec<Note>,
    /// Words that stand side by side in the query: reports where they do so too are better answers.
    pub(crate) together: Vec<Pattern>,
    /// Whether somebody wrote `AND`: then reports with most of the words are no answer.
    pub(crate) strict: bool,
}

/// What was left out of a query, or done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A quotation mark without its partner: the phrase was taken to the end.
    OpenQuote,
    /// `OR` with nothing on one of its sides.
    LooseOr,
    /// `field:` without a value; the field as it was typed.
    NoValue(String),
    /// `after:` or `before:` with something that is no date.
    NoDate(String),
    /// A word without a letter or a digit, as it was typed.
    NoWord(String),
    /// There are more words than the engine looks at; how many it did look at.
    TooManyWords(usize),
    /// No report has all the words, so reports with some of them are listed, those with most first.
    SomeWords,
    /// Only so many reports have all the words; reports with most of them are listed after those.
    MostWords(usize),
    /// The query that was meant, perhaps, if a word was typed on the wrong keyboard layout; it is not answered.
    Perhaps(String),
}

/// One of these must hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) any: Vec<Item>,
}

/// Something a report is asked for, or must not have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) negative: bool,
    pub(crate) wanted: Wanted,
    /// The bytes of the query it was read from, without the sign and the field.
    pub(crate) place: std::ops::Range<usize>,
}

/// What a report is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Wanted {
    /// Text, in one of several shapes.
    Text(Text),
    /// One of several values of a facet.
    Facet(Facet, Vec<Value>),
    /// A date in `from..to`, as `yyyymmdd`.
    Date(std::ops::Range<i32>),
}

/// A text to look for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// The shapes it is found in; the first is the text as typed.
    pub(crate) shapes: Vec<Shape>,
    /// Whether only titles count.
    pub(crate) title: bool,
    /// Whether it is a phrase, which is not to be corrected.
    pub(crate) phrase: bool,
}

/// A shape of a word, and how much it is worth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shape {
    pub(crate) pattern: Pattern,
    pub(crate) weight: f32,
}

/// A value of a facet, or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// The folded term, see [`Facet::term`].
    pub(crate) term: String,
    pub(crate) prefix: bool,
}

/// How a query is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// It was sent off: every word is whole.
    #[default]
    Done,
    /// Somebody is still at it: the last word is the beginning of one.
    Ongoing,
}
