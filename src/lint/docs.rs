//! A rule's documentation: what users read, and examples that tests run.

use crate::l10n::{Lang, Text};

const BAD: Text = Text::new("Found", "이런 것을 찾습니다");
const GOOD: Text = Text::new("Fine", "이러면 괜찮습니다");

/// The documentation of a rule in both languages, as Markdown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Docs {
    pub(crate) en: &'static str,
    pub(crate) ko: &'static str,
}

/// A code block of the documentation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example {
    pub(crate) kind: ExampleKind,
    /// The file name it is checked under.
    pub(crate) file: Option<String>,
    pub(crate) text: String,
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExampleKind {
    /// A report the rule finds something in.
    Bad,
    /// A report it finds nothing in.
    Good,
    /// The configuration both are checked with.
    Config,
}

impl Docs {
    /// The documentation as it was written, without the space that doc comments start lines with.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let raw = match lang {
            Lang::En => self.en,
            Lang::Ko => self.ko,
        };
        raw.lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The text for readers: what an example shows stands above it, not in its fence.
    pub(crate) fn readable(&self, lang: Lang) -> String {
        let shown = |line: &str| match fence(line) {
            Some((marks, info)) if !info.is_empty() => {
                let language = info.split(',').next().unwrap_or_default();
                let label = match example(info).map(|example| example.kind) {
                    Some(ExampleKind::Bad) => BAD.get(lang),
                    Some(ExampleKind::Good) => GOOD.get(lang),
                    Some(ExampleKind::Config) => "`bokgi.toml`",
                    None => return format!("{marks}{language}"),
                };
                format!("**{label}**\n\n{marks}{language}")
            }
            _ => line.to_owned(),
        };
        self.text(lang).lines().map(shown).collect::<Vec<_>>().join("\n")
    }

    /// One sentence on what the rule finds: the first line of text.
    pub(crate) fn summary(&self, lang: Lang) -> String {
        let text = self.text(lang);
        let lines = text.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
        let paragraph: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
        let paragraph = paragraph.join(" ");
        match paragraph.find(". ") {
            Some(end) => paragraph[..=end].to_owned(),
            None => paragraph,
        }
    }

    /// The examples in one language. Their info strings are `md,bad` and `md,good`, with `file=…` for
    /// a rule that looks at the file's name, and `toml,config`.
    pub(crate) fn examples(&self, lang: Lang) -> Vec<Example> {
        let text = self.text(lang);
        let mut examples = Vec::new();
        let mut open: Option<(&str, Option<Example>)> = None;
        for line in text.lines() {
            match (fence(line), &mut open) {
                (Some((marks, info)), None) => open = Some((marks, example(info))),
                // A longer fence holds shorter ones.
                (Some((marks, "")), Some((opening, _))) if marks == *opening => {
                    examples.extend(open.take().and_then(|(_, example)| example));
                }
                (_, Some((_, Some(example)))) => {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
                _ => {}
            }
        }
        examples
    }
}

/// The backticks of a fence and what stands behind them.
pub(crate) fn fence(line: &str) -> Option<(&str, &str)> {
    let marks = line.len() - line.trim_start_matches('`').len();
    (marks >= 3).then(|| line.split_at(marks))
}

fn example(info: &str) -> Option<Example> {
    let mut parts = info.split(',').map(str::trim);
    let _language = parts.next()?;
    let kind = match parts.next()? {
        "bad" => ExampleKind::Bad,
        "good" => ExampleKind::Good,
        "config" => ExampleKind::Config,
        _ => return None,
    };
    let file = parts.find_map(|part| part.strip_prefix("file=")).map(str::to_owned);
    Some(Example { kind, file, text: String::new() })
}
