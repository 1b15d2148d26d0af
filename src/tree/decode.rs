//! A [`Node`] into any serde type, with errors that know their place.
//!
//! serde tells a deserialiser's own error type which key is unknown and which were expected, so a
//! plain `#[derive(Deserialize)]` is enough to get "unknown key, did you mean" at the key itself, in
//! both languages.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Unexpected, Visitor};

use super::{Entry, Node, ScalarKind, Value, suggest};
use crate::l10n::{Message, Text};
use crate::source::Span;

/// Converts a node, or says what about it does not fit.
pub(crate) fn decode<T: DeserializeOwned>(node: &Node) -> Result<T, Mismatch> {
    T::deserialize(Place(node))
}

/// A value that is not what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mismatch {
    pub(crate) span: Option<Span>,
    pub(crate) reason: Reason,
}

/// How a value does not fit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reason {
    UnknownKey { key: String, known: &'static [&'static str] },
    UnknownValue { value: String, known: &'static [&'static str] },
    MissingKey(&'static str),
    DuplicateKey(&'static str),
    Wrong { found: String, expected: String },
    Other(String),
}

impl Mismatch {
    fn new(reason: Reason) -> Self {
        Self { span: None, reason }
    }

    /// A key that is none of `known`.
    pub(crate) fn unknown_key(key: &str, known: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownKey { key: key.to_owned(), known })
    }

    /// The innermost place wins.
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> Message {
        match &self.reason {
            Reason::UnknownKey { key, .. } => UNKNOWN_KEY.with("key", key),
            Reason::UnknownValue { value, .. } => UNKNOWN_VALUE.with("value", value),
            Reason::MissingKey(key) => MISSING_KEY.with("key", *key),
            Reason::DuplicateKey(key) => DUPLICATE_KEY.with("key", *key),
            Reason::Wrong { found, expected } => {
                WRONG.with("expected", kind(expected)).with("found", kind(found))
            }
            Reason::Other(detail) => Text::new("{detail}", "{detail}").with("detail", detail),
        }
    }

    /// What to do about it, where that is known.
    pub(crate) fn help(&self) -> Option<Message> {
        match &self.reason {
            Reason::UnknownKey { key: word, known }
            | Reason::UnknownValue { value: word, known } => {
                Some(match suggest(word, known.iter().copied()) {
                    Some(close) => DID_YOU_MEAN.with("close", close),
                    None => KNOWN.with("known", quoted(known)),
                })
            }
            _ => None,
        }
    }
}

pub(crate) const DID_YOU_MEAN: Text =
    Text::new("did you mean `{close}`?", "혹시 `{close}`{을/를} 쓰려고 하셨나요?");
pub(crate) const KNOWN: Text = Text::new("known here: {known}", "여기에 쓸 수 있는 것: {known}");
const UNKNOWN_KEY: Text = Text::new("unknown key `{key}`", "모르는 키 `{key}`");
const UNKNOWN_VALUE: Text = Text::new("unknown value `{value}`", "모르는 값 `{value}`");
const MISSING_KEY: Text = Text::new("key `{key}` is missing", "키 `{key}`{이/가} 없습니다");
const DUPLICATE_KEY: Text =
    Text::new("key `{key}` is there twice", "키 `{key}`{이/가} 두 번 나옵니다");
const WRONG: Text = Text::new(
    "expected {expected}, found {found}",
    "{expected}{이/가} 와야 하는데 {found}{이/가} 있습니다",
);

fn quoted(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| format!("`{word}`")).collect()
}

/// serde names kinds in English; these are the ones our types can produce.
fn kind(described: &str) -> Text {
    let starts = |prefix: &str| described.starts_with(prefix);
    if starts("sequence") || starts("a sequence") || starts("a list") {
        Text::new("a list", "목록")
    } else if starts("map") || starts("a map") || starts("struct") {
        Text::new("a table of keys", "키가 있는 표")
    } else if starts("string") || starts("a string") || starts("a borrowed string") {
        Text::new("text", "문자열")
    } else if starts("boolean") || starts("a boolean") {
        Text::new("`true` or `false`", "`true` 또는 `false`")
    } else if starts("unit") || starts("Option") {
        Text::new("nothing", "빈 값")
    } else if starts("i") || starts("u") || starts("integer") {
        Text::new("a whole number", "정수")
    } else if starts("f") {
        Text::new("a number", "숫자")
    } else {
        Text::new("something else", "다른 종류의 값")
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().render(crate::l10n::Lang::En))
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(detail: T) -> Self {
        Self::new(Reason::Other(detail.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let (found, expected) = (found.to_string(), expected.to_string());
        Self::new(Reason::Wrong { found, expected })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::unknown_key(field, known)
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownValue { value: variant.to_owned(), known })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Reason::MissingKey(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Reason::DuplicateKey(field))
    }
}

/// A node that serde reads.
#[derive(Clone, Copy)]
struct Place<'n>(&'n Node);

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let result = match &self.0.value {
            Value::Scalar { raw, kind } => match *kind {
                ScalarKind::Null => visitor.visit_unit(),
                ScalarKind::Bool(truth) => visitor.visit_bool(truth),
                ScalarKind::Integer(number) => visitor.visit_i64(number),
                ScalarKind::Float => match raw.parse() {
                    Ok(number) => visitor.visit_f64(number),
                    Err(_) => visitor.visit_str(raw),
                },
                ScalarKind::Text => visitor.visit_str(raw),
            },
            Value::List(items) => {
                let places = items.iter().map(Place);
                visitor.visit_seq(de::value::SeqDeserializer::new(places))
            }
            Value::Map(entries) => {
                let pairs = entries.iter().map(|entry| (Key(entry), Place(&entry.value)));
                visitor.visit_map(de::value::MapDeserializer::new(pairs))
            }
        };
        result.map_err(|error| error.at(self.0.span))
    }

    /// Text asks for what was written: `title: 2024` and `version: 1.10` are text where text is due.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.scalar() {
            Some(raw) => visitor.visit_str(raw).map_err(|error: Mismatch| error.at(self.0.span)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// A single value is a list of one: `services: payment`.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.items() {
            Some(items) => visitor
                .visit_seq(de::value::SeqDeserializer::new(items.iter().map(Place)))
                .map_err(|error: Mismatch| error.at(self.0.span)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.0.scalar() {
            Some(raw) => visitor
                .visit_enum(raw.into_deserializer())
                .map_err(|error: Mismatch| error.at(self.0.span)),
            None => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map struct ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for Place<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A key that serde reads: an unknown one is an error at the key.
#[derive(Clone, Copy)]
struct Key<'n>(&'n Entry);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_str(&self.0.key).map_err(|error: Mismatch| error.at(self.0.key_span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for Key<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::l10n::Lang;
    use crate::tree::parse_toml;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        #[serde(default)]
        tags: Vec<String>,
        level: Option<Level>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Level {
        VeryHigh,
    }

    fn read(text: &str) -> Result<Sample, (String, String, Option<String>)> {
        let (node, _) = parse_toml(text, 0);
        decode(&node).map_err(|error| {
            let at = error.span.map(|span| span.of(text).to_owned()).unwrap_or_default();
            let help = error.help().map(|help| help.render(Lang::Ko));
            (at, error.message().render(Lang::Ko), help)
        })
    }

    #[test]
    fn reads_types_and_takes_one_for_a_list_of_one() {
        let sample = read("name = 1.10\ntags = \"a\"\nlevel = \"very-high\"").ok();
        let expected =
            Sample { name: "1.10".into(), tags: vec!["a".into()], level: Some(Level::VeryHigh) };
        assert_eq!(sample, Some(expected));
    }

    #[test]
    fn errors_stand_at_their_place_and_suggest() {
        let error = read("nmae = 'x'").err();
        let help = Some("혹시 `name`을 쓰려고 하셨나요?".to_owned());
        assert_eq!(error, Some(("nmae".into(), "모르는 키 `nmae`".into(), help)));

        let error = read("name = 'x'\nlevel = 'low'").err();
        let help = Some("여기에 쓸 수 있는 것: `very-high`".to_owned());
        assert_eq!(error, Some(("'low'".into(), "모르는 값 `low`".into(), help)));

        let error = read("name = ['x']").err();
        assert_eq!(error.map(|error| error.1), Some("문자열이 와야 하는데 목록이 있습니다".into()));
    }
}
