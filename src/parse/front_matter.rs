//! Front matter: where it is, and the tree it holds.

use super::problem::{Problem, ProblemKind};
use crate::source::Span;
use crate::tree::{Node, SyntaxError, Value, parse_toml, parse_yaml};

/// The front matter of a report.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// How it is written; `None` where there is none.
    pub(super) notation: Option<Notation>,
    /// All of it, with its fences.
    pub(super) span: Span,
    pub(super) tree: Node,
    /// Part of it could not be read.
    pub(super) broken: bool,
    /// Where the report's text starts.
    pub(super) body: usize,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Yaml,
    Toml,
}

/// Splits front matter off a text and reads it.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = || FrontMatter {
        notation: None,
        span: Span::at(start),
        tree: Node::empty_map(Span::at(start)),
        broken: false,
        body: start,
    };
    let Some(found) = split(text, start) else { return none() };
    let content = found.content.of(text);
    let base = found.content.start as usize;
    let (tree, errors) = match found.notation {
        Notation::Yaml => {
            let (tree, error) = parse_yaml(content, base);
            (tree, error.into_iter().collect())
        }
        Notation::Toml => {
            problems.push(Problem {
                span: first_line(text, start),
                kind: ProblemKind::TomlFrontMatter,
            });
            parse_toml(content, base)
        }
    };
    let mut broken = !errors.is_empty();
    problems.extend(errors.into_iter().map(syntax_problem));
    if !found.closed {
        broken = true;
        let span = first_line(text, start);
        problems.push(Problem { span, kind: ProblemKind::UnclosedFrontMatter });
    }
    // A lone scalar or a list holds no keys; nothing at all is fine.
    if !matches!(tree.value, Value::Map(_)) && !tree.is_null() {
        broken = true;
        let expected = crate::l10n::Text::new("keys and values", "키와 값");
        let kind = ProblemKind::WrongType { key: "---".to_owned(), expected, found: tree.kind() };
        problems.push(Problem { span: tree.span, kind });
    }
    let span = Span::new(start, found.body);
    FrontMatter { notation: Some(found.notation), span, tree, broken, body: found.body }
}

fn syntax_problem(error: SyntaxError) -> Problem {
    Problem { span: error.span, kind: ProblemKind::Syntax(error.message) }
}

struct Split {
    notation: Notation,
    content: Span,
    closed: bool,
    body: usize,
}

/// Finds the fences. A first line of dashes without a second one is a rule, unless keys follow it.
fn split(text: &str, start: usize) -> Option<Split> {
    let first = line_end(text, start);
    let notation = match text[start..first].trim_end() {
        "---" => Notation::Yaml,
        "+++" => Notation::Toml,
        _ => return None,
    };
    let content = next_line(text, first);
    let mut at = content;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim_end();
        let closes = match notation {
            Notation::Yaml => matches!(line, "---" | "..."),
            Notation::Toml => line == "+++",
        };
        if closes {
            let body = next_line(text, end);
            return Some(Split { notation, content: Span::new(content, at), closed: true, body });
        }
        at = next_line(text, end);
    }
    unclosed(text, content, notation)
}

/// Keys up to the first line that cannot belong to them.
fn unclosed(text: &str, content: usize, notation: Notation) -> Option<Split> {
    let mut at = content;
    let mut keys = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = &text[at..end];
        let mark = if notation == Notation::Yaml { ':' } else { '=' };
        let is_key = line.split_once(mark).is_some_and(|(key, _)| {
            !key.trim().is_empty()
                && key.trim().chars().all(|ch| ch.is_alphanumeric() || "_-. \"".contains(ch))
        });
        let belongs = is_key || line.starts_with([' ', '\t', '-']) && !line.trim().is_empty();
        if !belongs {
            break;
        }
        keys += usize::from(is_key);
        at = next_line(text, end);
    }
    (keys > 0).then(|| Split { notation, content: Span::new(content, at), closed: false, body: at })
}

fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at)
}

fn next_line(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

fn first_line(text: &str, start: usize) -> Span {
    Span::new(start, line_end(text, start))
}

#[cfg(test)]
mod tests {
    use super::{ProblemKind, read};

    fn show(text: &str) -> String {
        let mut problems = Vec::new();
        let front = read(text, &mut problems);
        let keys: Vec<_> = front.tree.entries().iter().map(|entry| entry.key.as_str()).collect();
        let kinds: Vec<_> = problems
            .iter()
            .map(|problem| match problem.kind {
                ProblemKind::Syntax(_) => "syntax",
                ProblemKind::UnclosedFrontMatter => "unclosed",
                ProblemKind::TomlFrontMatter => "toml",
                ProblemKind::WrongType { .. } => "type",
                _ => "?",
            })
            .collect();
        format!(
            "{:?} {} | {} | {:?}",
            front.notation,
            keys.join(","),
            kinds.join(","),
            &text[front.body..]
        )
    }

    #[test]
    fn finds_its_fences_and_loses_nothing() {
        for (text, expected) in [
            ("---\na: 1\n---\n# T", "Some(Yaml) a |  | \"# T\""),
            ("\u{feff}---\r\na: 1\r\n---\r\n# T", "Some(Yaml) a |  | \"# T\""),
            ("---\na: 1\n...\nx", "Some(Yaml) a |  | \"x\""),
            ("+++\na = 1\n+++\nx", "Some(Toml) a | toml | \"x\""),
            ("---\na: 1\nb: 2\n\n# T", "Some(Yaml) a,b | unclosed | \"\\n# T\""),
            ("---\n\ntext under a rule", "None  |  | \"---\\n\\ntext under a rule\""),
            ("---\na: [1\n---\nx", "Some(Yaml)  | syntax | \"x\""),
            ("---\n- a\n---\nx", "Some(Yaml)  | type | \"x\""),
            ("---\n---\nx", "Some(Yaml)  |  | \"x\""),
            ("# T\n---\na: 1\n---\n", "None  |  | \"# T\\n---\\na: 1\\n---\\n\""),
            ("", "None  |  | \"\""),
        ] {
            assert_eq!(show(text), expected, "{text:?}");
        }
    }
}
