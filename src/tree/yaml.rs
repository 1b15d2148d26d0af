//! YAML into a [`Node`] tree, within a budget.
//!
//! Built from parser events with a stack of open collections instead of recursion: what was read
//! before a syntax error is kept, and a hostile document costs no more than its length. Aliases are
//! copied, so the budget counts nodes after copying; a "billion laughs" stops at the first alias
//! that does not fit.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Node, ScalarKind, SyntaxError, Value};
use crate::l10n::{Message, Text};
use crate::source::Span;

/// More than any front matter needs, and far below what would be felt.
const MAX_NODES: usize = 10_000;
const MAX_DEPTH: usize = 32;

const TOO_LARGE: Text = Text::new(
    "more than {limit} values once aliases are expanded",
    "별칭을 펼치면 값이 {limit}개를 넘습니다",
);
const UNKNOWN_ALIAS: Text = Text::new(
    "alias `{alias}` has no anchor before it",
    "별칭 `{alias}`{이/가} 가리키는 앵커가 앞에 없습니다",
);
const BAD_KEY: Text =
    Text::new("a key must be plain text", "키는 목록이나 표가 아닌 문자열이어야 합니다");

/// Reads one document. `base` is where `text` starts in its file.
///
/// Always returns what could be read; the error, if any, says where reading stopped.
pub(crate) fn parse_yaml(text: &str, base: usize) -> (Node, Option<SyntaxError>) {
    let mut builder = Builder { text, base, ..Builder::default() };
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
        disallow_directives: true,
        emit_unresolved_aliases: true,
    };
    let mut error = None;
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((event, span)) => builder.accept(event, builder.span(&span)),
            Err(scan) => Err(SyntaxError {
                span: builder.point(scan.marker().byte_offset()),
                message: yaml_message(&scan),
            }),
        };
        if let Err(problem) = step {
            error = Some(problem);
            break;
        }
    }
    (builder.finish(error.as_ref()), error)
}

/// The parser explains itself in English; the commonest slips are said in both languages.
fn yaml_message(error: &granit_parser::ScanError) -> Message {
    use granit_parser::ErrorKind as Kind;
    let text = match error.kind() {
        Kind::UnclosedQuotedScalar | Kind::InvalidQuotedScalarIndent => {
            Text::new("a quote is never closed", "따옴표가 닫히지 않았습니다")
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Text::new(
                "text goes on after the closing quote",
                "따옴표가 닫힌 뒤에 글자가 더 있습니다",
            )
        }
        Kind::TabNotAllowed | Kind::TabInBlockIndentation | Kind::TabInIndentation => Text::new(
            "YAML is indented with spaces, not tabs",
            "YAML은 탭이 아니라 공백으로 들여씁니다",
        ),
        Kind::InvalidIndentation => {
            Text::new("indentation does not fit the lines above", "들여쓰기가 윗줄과 맞지 않습니다")
        }
        Kind::RecursionLimitExceeded => {
            Text::new("nested too deeply", "너무 깊이 중첩되어 있습니다")
        }
        Kind::MappingValueNotAllowed
        | Kind::InvalidColonPlacement
        | Kind::SimpleKeyExpected
        | Kind::InvalidSimpleKey
        | Kind::ExpectedBlockMappingKey => Text::new(
            "expected one `key: value` a line; a value with `:` or `[…]` in it needs quotes",
            "한 줄에 `키: 값` 하나가 와야 합니다. 값에 `:`이나 `[…]`가 들어가면 따옴표로 감싸세요",
        ),
        Kind::UnclosedFlowCollection { .. }
        | Kind::UnexpectedEofFlowSequence
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::UnexpectedEofFlowMapping
        | Kind::ExpectedFlowMappingSeparator => {
            Text::new("an opening bracket is never closed", "여는 괄호가 닫히지 않았습니다")
        }
        Kind::BlockSequenceEntryNotAllowed => Text::new(
            "a list starts on the line below its key",
            "목록은 키 다음 줄에서 시작해야 합니다",
        ),
        Kind::UnexpectedCharacter { character } => {
            return Text::new(
                "a value that starts with `{character}` needs quotes",
                "`{character}`로 시작하는 값은 따옴표로 감싸야 합니다",
            )
            .with("character", *character);
        }
        _ => return Text::new("{detail}", "{detail}").with("detail", error.info()),
    };
    text.into()
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    base: usize,
    nodes: usize,
    open: Vec<Open>,
    /// Copies of anchored nodes with their sizes.
    anchors: BTreeMap<usize, (Node, usize)>,
    root: Option<Node>,
}

/// A collection that has started and not ended.
struct Open {
    node: Node,
    anchor: usize,
    nodes_before: usize,
    /// In a map: the key that waits for its value.
    key: Option<(String, Span)>,
}

impl Builder<'_> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        let start = self.offset(span.start.byte_offset());
        let end = self.offset(span.end.byte_offset()).max(start);
        // Block scalars and plain scalars may run over the line end that closes them.
        let trimmed = self.text.get(start..end).unwrap_or_default().trim_end().len();
        Span::new(self.base + start, self.base + start + trimmed)
    }

    fn point(&self, at: Option<usize>) -> Span {
        Span::at(self.base + self.offset(at))
    }

    fn offset(&self, at: Option<usize>) -> usize {
        at.unwrap_or(self.text.len()).min(self.text.len())
    }

    fn accept(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(raw, style, anchor, _) => {
                let kind = scalar_kind(&raw, style);
                let node = Node { span, value: Value::Scalar { raw: raw.into_owned(), kind } };
                self.remember(anchor, &node, 1);
                self.place(node, 1)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(Node { span, value: Value::List(Vec::new()) }, anchor)
            }
            Event::MappingStart(_, anchor, _) => self.start(Node::empty_map(span), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.close(open, span),
                None => Ok(()),
            },
            Event::Alias(id) => match self.anchors.get(&id).cloned() {
                Some((node, size)) => self.place(Node { span, ..node }, size),
                None => Err(self.unknown_alias(span)),
            },
            Event::UnresolvedAlias(_) => Err(self.unknown_alias(span)),
            _ => Ok(()),
        }
    }

    fn unknown_alias(&self, span: Span) -> SyntaxError {
        let written = self.text.get(span.start as usize - self.base..span.end as usize - self.base);
        SyntaxError { span, message: UNKNOWN_ALIAS.with("alias", written.unwrap_or_default()) }
    }

    fn start(&mut self, node: Node, anchor: usize) -> Result<(), SyntaxError> {
        let span = node.span;
        self.open.push(Open { node, anchor, nodes_before: self.nodes, key: None });
        self.count(1, span)
    }

    fn close(&mut self, mut open: Open, end: Span) -> Result<(), SyntaxError> {
        let last = match &open.node.value {
            Value::List(items) => items.last().map(|item| item.span),
            Value::Map(entries) => {
                entries.last().map(|entry| entry.value.span.cover(entry.key_span))
            }
            Value::Scalar { .. } => None,
        };
        // A flow collection ends at its bracket, a block collection with its last value.
        let end = if end.is_empty() { last.unwrap_or(open.node.span) } else { end };
        open.node.span = open.node.span.cover(end);
        let size = self.nodes - open.nodes_before;
        self.remember(open.anchor, &open.node, size);
        self.place(open.node, 0)
    }

    fn remember(&mut self, anchor: usize, node: &Node, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
    }

    fn count(&mut self, size: usize, span: Span) -> Result<(), SyntaxError> {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return Err(SyntaxError { span, message: TOO_LARGE.with("limit", MAX_NODES) });
        }
        Ok(())
    }

    /// Puts a finished node where it belongs. `size` is what it adds to the budget.
    fn place(&mut self, node: Node, size: usize) -> Result<(), SyntaxError> {
        self.count(size, node.span)?;
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut open.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match open.key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => match node.value {
                    Value::Scalar { raw, .. } => open.key = Some((raw, node.span)),
                    _ => return Err(SyntaxError { span: node.span, message: BAD_KEY.into() }),
                },
            },
            Value::Scalar { .. } => {}
        }
        Ok(())
    }

    /// Hands out the root. After an error, what was still open is incomplete and left out, and so is
    /// whatever stands on the line that could not be read.
    fn finish(mut self, error: Option<&SyntaxError>) -> Node {
        let whole = Span::new(self.base, self.base + self.text.len());
        let root = match self.root.take() {
            Some(root) => root,
            None if self.open.is_empty() => Node::empty_map(whole),
            None => self.open.swap_remove(0).node,
        };
        match error {
            Some(error) => self.without_line(root, error.span.start as usize),
            None => root,
        }
    }

    fn without_line(&self, mut root: Node, at: usize) -> Node {
        let before = self.text.get(..at.saturating_sub(self.base)).unwrap_or_default();
        let line_start = self.base + before.rfind('\n').map_or(0, |newline| newline + 1);
        if let Value::Map(entries) = &mut root.value {
            entries.retain(|entry| (entry.value.span.end as usize) <= line_start);
        }
        root
    }
}

/// The core schema of YAML 1.2, chapter 10.3.2, for what front matter can use of it.
fn scalar_kind(raw: &str, style: ScalarStyle) -> ScalarKind {
    if style != ScalarStyle::Plain {
        return ScalarKind::Text;
    }
    match raw {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" => ScalarKind::Bool(true),
        "false" | "False" | "FALSE" => ScalarKind::Bool(false),
        _ => number_kind(raw),
    }
}

fn number_kind(raw: &str) -> ScalarKind {
    let digits = raw.strip_prefix(['-', '+']).unwrap_or(raw);
    if !digits.starts_with(|ch: char| ch.is_ascii_digit() || ch == '.') {
        return ScalarKind::Text;
    }
    if let Ok(number) = raw.parse() {
        return ScalarKind::Integer(number);
    }
    if raw.parse::<f64>().is_ok() { ScalarKind::Float } else { ScalarKind::Text }
}

#[cfg(test)]
mod tests {
    use super::parse_yaml;
    use crate::l10n::Lang;

    fn read(text: &str) -> (String, Option<String>) {
        let (node, error) = parse_yaml(text, 0);
        let show = |entry: &super::Entry| {
            let value = entry.value.span.of(text);
            format!("{}@{}={:?}", entry.key, entry.key_span.start, value)
        };
        let shown = node.entries().iter().map(show).collect::<Vec<_>>().join(" ");
        (shown, error.map(|error| error.message.render(Lang::En)))
    }

    #[test]
    fn keeps_spans_of_keys_and_values() {
        let (shown, error) = read("a: 장애  # comment\nb: [1, '2']\nc:\n  - x\n  - y\nd:\n");
        assert_eq!(error, None);
        assert_eq!(shown, r#"a@0="장애" b@21="[1, '2']" c@33="- x\n  - y" d@48="""#);
    }

    #[test]
    fn keeps_what_came_before_an_error() {
        let (shown, error) = read("title: ok\nservices: [a, b\nseverity: x\n");
        assert_eq!(shown, "title@0=\"ok\"");
        assert!(error.is_some());
        let (shown, error) = read("id: x\ntitle: a: b\n");
        assert_eq!(shown, "id@0=\"x\"");
        assert!(error.is_some_and(|message| message.contains("quotes")));
    }

    #[test]
    fn a_bomb_costs_nothing() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..20 {
            let below = level - 1;
            let refs = vec![format!("*a{below}"); 10].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
        }
        let (_, error) = parse_yaml(&bomb, 0);
        assert!(error.is_some_and(|error| error.message.render(Lang::En).contains("aliases")));
        let (_, error) = parse_yaml(&"[".repeat(100_000), 0);
        assert!(error.is_some_and(|error| error.message.render(Lang::En).contains("deeply")));
    }
}
