//! What reading a report noticed and could not mend.
//!
//! A problem says what and where; the `DOC` and `SEC` rules give it its words, its severity and its
//! documentation. Reading goes on behind every one of them.

use crate::l10n::{Message, Text};
use crate::model::Field;
use crate::source::Span;

/// Something noticed at a place.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) kind: ProblemKind,
}

/// What was noticed.
#[derive(Clone, Debug)]
pub(crate) enum ProblemKind {
    /// Front matter that is not YAML (or not TOML) from here on.
    Syntax(Message),
    /// Front matter that starts and never ends.
    UnclosedFrontMatter,
    /// Front matter between `+++`.
    TomlFrontMatter,
    /// A key nobody reads; `read_as` is the field its name stands for elsewhere.
    UnknownKey { key: String, read_as: Option<Field>, suggestion: Option<&'static str> },
    /// A key that was there before.
    DuplicateKey { key: String, first: Span },
    /// A value of another kind than its key takes.
    WrongType { key: String, expected: Text, found: Text },
    /// A word that is none of those a key takes.
    UnknownValue { key: String, value: String, suggestion: Option<String>, known: Vec<String> },
    /// A mark around an internal passage that does not pair up.
    AudienceMark(MarkProblem),
    /// An audience that is none.
    UnknownAudience { value: String },
    /// Blocks nested deeper than is read.
    TooDeep,
    /// `#Heading`
    HeadingWithoutSpace { text: String },
    /// A code fence that is closed on the line it opens on.
    OneLineFence,
    /// A code fence or a block of HTML without its end, by how it opens.
    Unclosed { opening: String },
    /// A paragraph that a line of dashes below it makes a heading.
    AccidentalHeading,
    /// A comment that was meant to switch rules off.
    Suppression(SuppressionSlip),
}

/// What is wrong with a comment that switches rules off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SuppressionSlip {
    UnknownDirective {
        word: String,
        suggestion: Option<&'static str>,
    },
    NoRules,
    /// It ends what nothing began.
    NotOpen,
}

/// What is wrong with an audience mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkProblem {
    Unclosed,
    Nested,
    Unopened,
    InFrontMatter,
}
