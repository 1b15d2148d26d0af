//! Keys and values with their places: front matter and configuration before anybody interprets them.
//!
//! YAML and TOML both become one small [`Node`] tree, so that each key can be converted on its own
//! and a wrong `severity` never hides a wrong `date`. The tree keeps scalars as they were written:
//! `007` stays `007`. It does not know which keys mean anything; [`decode`] turns a node into a
//! serde type where somebody asks for one.
//!
//! No other module sees a YAML or a TOML parser.

mod decode;
mod toml;
mod yaml;

pub(crate) use decode::{DID_YOU_MEAN, KNOWN, Mismatch, Reason, decode};
pub(crate) use toml::{INVALID_TOML, parse_toml};
pub(crate) use yaml::parse_yaml;

use crate::l10n::{Message, Text};
use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A scalar as it was written, without quotes and escapes.
    Scalar { raw: String, kind: ScalarKind },
    /// An ordered list.
    List(Vec<Node>),
    /// Keys in the order of the file. A key written twice is there twice.
    Map(Vec<Entry>),
}

/// What a scalar looks like. Anything quoted is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScalarKind {
    Null,
    Bool(bool),
    Integer(i64),
    Float,
    Text,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn empty_map(span: Span) -> Self {
        Self { span, value: Value::Map(Vec::new()) }
    }

    /// The entries of a map; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The first value under `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The value under a dotted path, and `None` where a step is missing.
    pub(crate) fn find(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(self, |node, key| node.get(key))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Scalar { kind: ScalarKind::Null, .. })
    }

    /// A scalar as it was written; `None` for nothing, lists and maps.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { kind: ScalarKind::Null, .. } => None,
            Value::Scalar { raw, .. } => Some(raw),
            _ => None,
        }
    }

    /// A list's items, or a scalar taken as a list of one. `None` for maps; nothing is an empty list.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            Value::Scalar { kind: ScalarKind::Null, .. } => Some(&[]),
            Value::Scalar { .. } => Some(std::slice::from_ref(self)),
            Value::Map(_) => None,
        }
    }

    /// What kind of thing this is, for a message.
    pub(crate) fn kind(&self) -> Text {
        match &self.value {
            Value::Scalar { kind, .. } => match kind {
                ScalarKind::Null => Text::new("nothing", "빈 값"),
                ScalarKind::Bool(_) => Text::new("a yes/no value", "참/거짓 값"),
                ScalarKind::Integer(_) | ScalarKind::Float => Text::new("a number", "숫자"),
                ScalarKind::Text => Text::new("text", "문자열"),
            },
            Value::List(_) => Text::new("a list", "목록"),
            Value::Map(_) => Text::new("a table of keys", "키가 있는 표"),
        }
    }
}

/// A place where the text is not valid YAML or TOML.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SyntaxError {
    pub(crate) span: Span,
    pub(crate) message: Message,
}

/// The most similar of `known`, when `word` is close enough to be a slip of the finger.
///
/// Distance is optimal string alignment (Damerau–Levenshtein without nested swaps) over characters; one
/// slip per three characters is forgiven, so that short words must fit almost exactly.
pub(crate) fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = bokgi_search::fold(word);
    let length = folded.chars().count();
    let set = letters(&folded);
    let allowed = (length / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        // A slip changes at most two letters of a word's set; measuring the rest is what costs.
        .filter(|candidate| (letters(candidate) ^ set).count_ones() as usize <= 2 * allowed)
        .map(|candidate| (strsim::osa_distance(&folded, &bokgi_search::fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// The letters of a word as a set of bits, case aside.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, ch| set | 1 << (u32::from(ch.to_ascii_lowercase()) % 64))
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn suggests_slips_and_nothing_else() {
        let known = ["severity", "services", "status", "id", "심각도"];
        assert_eq!(suggest("sevrity", known), Some("severity"));
        assert_eq!(suggest("Severity", known), Some("severity"));
        assert_eq!(suggest("심각됴", known), Some("심각도"));
        assert_eq!(suggest("author", known), None);
        assert_eq!(suggest("x", known), None);
    }
}
