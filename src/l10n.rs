//! Two languages: every text the tool says exists in English and in Korean, side by side.
//!
//! A [`Text`] is a template with `{named}` holes, a [`Message`] a template with its values. Nothing
//! is rendered until the language is known, because one run may print a Korean terminal report and
//! write an English file. Korean templates mark particles as `{은/는}`, English ones a noun after a
//! number as `{error|errors}` and one before a list as `{section|sections:list}`; which of the two fits
//! is decided here.
//!
//! This module knows no incident, no file and no terminal.

mod particle;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language the tool speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The BCP 47 tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// Reads a tag or a POSIX locale (`ko`, `ko-KR`, `ko_KR.UTF-8`); `None` for other languages.
    pub(crate) fn from_locale(locale: &str) -> Option<Self> {
        match locale.split(['-', '_', '.']).next()?.to_ascii_lowercase().as_str() {
            "ko" => Some(Lang::Ko),
            "en" | "c" | "posix" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A template in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) en: &'static str,
    pub(crate) ko: &'static str,
}

impl Text {
    /// Both languages must have the same holes: a constant that has not does not compile.
    pub(crate) const fn new(en: &'static str, ko: &'static str) -> Self {
        assert!(
            has_holes_of(en.as_bytes(), ko.as_bytes())
                && has_holes_of(ko.as_bytes(), en.as_bytes()),
            "the English and the Korean text have different holes"
        );
        Self { en, ko }
    }

    /// The template as it stands: for texts without holes.
    pub(crate) const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ko => self.ko,
        }
    }

    /// Fills the first hole.
    pub(crate) fn with(self, name: &'static str, value: impl Into<Value>) -> Message {
        Message::from(self).with(name, value)
    }
}

/// Whether every `{name}` of `from` is in `text` too. Plurals, particles and other braces are no holes.
const fn has_holes_of(from: &[u8], text: &[u8]) -> bool {
    let mut at = 0;
    while at < from.len() {
        let mut end = at + 1;
        while from[at] == b'{'
            && end < from.len()
            && (from[end].is_ascii_lowercase() || from[end] == b'_')
        {
            end += 1;
        }
        let is_hole = end > at + 1 && end < from.len() && from[end] == b'}';
        if is_hole && !contains(text, from, at, end + 1) {
            return false;
        }
        at = end;
    }
    true
}

/// Whether `text` contains the bytes of `from` between `start` and `end`.
const fn contains(text: &[u8], from: &[u8], start: usize, end: usize) -> bool {
    let mut at = 0;
    while at + (end - start) <= text.len() {
        let mut same = 0;
        while same < end - start && text[at + same] == from[start + same] {
            same += 1;
        }
        if same == end - start {
            return true;
        }
        at += 1;
    }
    false
}

/// Words in both languages that come from data: a section's label, a profile's name.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    /// In English.
    pub(crate) en: String,
    /// In Korean.
    pub(crate) ko: String,
}

impl Label {
    pub(crate) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
        }
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Self {
        Self { en: text.en.to_owned(), ko: text.ko.to_owned() }
    }
}

/// What fills a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// The same in every language: a name, a number, something quoted from a report.
    Plain(String),
    /// A word that differs by language.
    Label(Label),
    /// A message inside a message.
    Message(Message),
    /// A list, joined with commas.
    List(Vec<Value>),
}

impl Value {
    fn render(&self, lang: Lang) -> String {
        match self {
            Value::Plain(text) => text.clone(),
            Value::Label(label) => label.get(lang).to_owned(),
            Value::Message(message) => message.render(lang),
            Value::List(items) => {
                items.iter().map(|item| item.render(lang)).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

macro_rules! plain_values {
    ($($ty:ty),*) => {
        $(impl From<$ty> for Value {
            fn from(value: $ty) -> Self {
                Value::Plain(value.to_string())
            }
        })*
    };
}
plain_values!(&str, String, &String, char, usize, u64, u32, i64);

impl From<Label> for Value {
    fn from(label: Label) -> Self {
        Value::Label(label)
    }
}

impl From<&Label> for Value {
    fn from(label: &Label) -> Self {
        Value::Label(label.clone())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Value::Label(text.into())
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Value::Message(message)
    }
}

impl<V: Into<Value>> From<Vec<V>> for Value {
    fn from(items: Vec<V>) -> Self {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

/// A template with the values for its holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    text: Text,
    values: Vec<(&'static str, Value)>,
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self { text, values: Vec::new() }
    }
}

impl Message {
    /// Fills one more hole.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The message in `lang`. A hole without a value stays visible, which a test would notice.
    pub(crate) fn render(&self, lang: Lang) -> String {
        let template = self.text.get(lang);
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}') else {
                rest = &rest[open..];
                break;
            };
            self.fill(&rest[open + 1..open + close], lang, &mut out);
            rest = &rest[open + close + 1..];
        }
        out.push_str(rest);
        out
    }

    fn fill(&self, hole: &str, lang: Lang, out: &mut String) {
        if let Some((one, many)) = hole.split_once('|') {
            let (many, list) = many.split_once(':').unwrap_or((many, ""));
            let is_one = match self.values.iter().find(|(name, _)| *name == list) {
                Some((_, Value::List(items))) => items.len() == 1,
                _ => out.trim_end().rsplit(|ch: char| !ch.is_ascii_digit()).next() == Some("1"),
            };
            out.push_str(if is_one { one } else { many });
        } else if let Some((closed, open)) = hole.split_once('/') {
            let fitting = particle::choose(out, closed, open);
            out.push_str(fitting);
        } else if let Some((_, value)) = self.values.iter().find(|(name, _)| *name == hole) {
            out.push_str(&value.render(lang));
        } else {
            out.push('{');
            out.push_str(hole);
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, Message, Text};

    #[test]
    fn fills_holes_and_particles() {
        const UNKNOWN: Text = Text::new("unknown key `{key}`", "`{key}`{은/는} 모르는 키입니다");
        let say = |key: &str, lang| UNKNOWN.with("key", key).render(lang);
        assert_eq!(say("titel", Lang::En), "unknown key `titel`");
        assert_eq!(say("제목", Lang::Ko), "`제목`은 모르는 키입니다");
        assert_eq!(say("시각", Lang::Ko), "`시각`은 모르는 키입니다");
        assert_eq!(say("영향도", Lang::Ko), "`영향도`는 모르는 키입니다");
    }

    #[test]
    fn counts_lists() {
        const MISSING: Text =
            Text::new("missing {section|sections:all}: {all}", "빠진 섹션: {all}");
        let say = |items: Vec<&str>| MISSING.with("all", items).render(Lang::En);
        assert_eq!(say(vec!["Impact"]), "missing section: Impact");
        assert_eq!(say(vec!["Impact", "Timeline"]), "missing sections: Impact, Timeline");
    }

    #[test]
    fn holes_are_compared() {
        let same = |en: &str, ko: &str| {
            super::has_holes_of(en.as_bytes(), ko.as_bytes())
                && super::has_holes_of(ko.as_bytes(), en.as_bytes())
        };
        assert!(same("{count} {error|errors} in {path}", "{path}: 오류 {count}건{이/가}"));
        assert!(same("write `{ level: team }`", "`{ level: 팀 }`처럼"));
        assert!(!same("{count} in {path}", "{count}건"));
        assert!(!same("none", "{count}건"));
    }

    #[test]
    fn counts() {
        const FOUND: Text = Text::new("{count} {error|errors}", "오류 {count}건");
        let say = |count: usize| FOUND.with("count", count).render(Lang::En);
        assert_eq!(
            [0, 1, 2, 11, 21].map(say),
            ["0 errors", "1 error", "2 errors", "11 errors", "21 errors"]
        );
    }

    #[test]
    fn lists_and_nests() {
        const SEVERAL: Text = Text::new("one of {all}", "{all} 가운데 하나");
        let message = SEVERAL.with("all", vec!["a", "b"]);
        assert_eq!(message.render(Lang::Ko), "a, b 가운데 하나");
        assert_eq!(Message::from(Text::new("{x}", "{x}")).render(Lang::En), "{x}");
    }

    #[test]
    fn reads_locales() {
        assert_eq!(Lang::from_locale("ko_KR.UTF-8"), Some(Lang::Ko));
        assert_eq!(Lang::from_locale("C.UTF-8"), Some(Lang::En));
        assert_eq!(Lang::from_locale("de-DE"), None);
    }
}
