//! TOML into a [`Node`] tree.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Entry, Node, ScalarKind, SyntaxError, Value};
use crate::l10n::Text;
use crate::source::Span;

/// The parser says what is wrong in English only.
pub(crate) const INVALID_TOML: Text =
    Text::new("invalid TOML: {detail}", "TOML 문법에 맞지 않습니다: {detail}");

/// Reads a document. `base` is where `text` starts in its file. What can be read despite errors is
/// returned with them.
pub(crate) fn parse_toml(text: &str, base: usize) -> (Node, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError {
            span: shift(error.span().unwrap_or(0..0), base),
            message: Text::new("{detail}", "{detail}").with("detail", error.message()),
        })
        .collect();
    let span = shift(table.span(), base);
    let value = map(table.into_inner(), base);
    (Node { span, value }, errors)
}

fn shift(range: std::ops::Range<usize>, base: usize) -> Span {
    Span::new(base + range.start, base + range.end.max(range.start))
}

fn map(table: DeTable<'_>, base: usize) -> Value {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: shift(key.span(), base),
            key: key.into_inner().into_owned(),
            value: node(value, base),
        })
        .collect();
    // The parser sorts by key; people expect the order they wrote.
    entries.sort_by_key(|entry| entry.key_span);
    Value::Map(entries)
}

fn node(value: Spanned<DeValue<'_>>, base: usize) -> Node {
    let span = shift(value.span(), base);
    let scalar = |raw: String, kind| Value::Scalar { raw, kind };
    let value = match value.into_inner() {
        DeValue::String(text) => scalar(text.into_owned(), ScalarKind::Text),
        DeValue::Integer(number) => {
            let parsed = i64::from_str_radix(number.as_str(), number.radix());
            let kind = parsed.map_or(ScalarKind::Float, ScalarKind::Integer);
            scalar(number.as_str().to_owned(), kind)
        }
        DeValue::Float(number) => scalar(number.as_str().to_owned(), ScalarKind::Float),
        DeValue::Boolean(truth) => scalar(truth.to_string(), ScalarKind::Bool(truth)),
        DeValue::Datetime(time) => scalar(time.to_string(), ScalarKind::Text),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, base)).collect())
        }
        DeValue::Table(table) => map(table, base),
    };
    Node { span, value }
}

#[cfg(test)]
mod tests {
    use super::parse_toml;

    #[test]
    fn keeps_order_spans_and_what_survives_an_error() {
        let text = "b = 1\na = [\"x\", 2026-03-14]\n[t.u]\nk = true\n";
        let (node, errors) = parse_toml(text, 0);
        assert!(errors.is_empty());
        let keys: Vec<_> = node.entries().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["b", "a", "t"]);
        assert_eq!(node.find("t.u.k").map(|node| node.span.of(text)), Some("true"));
        assert_eq!(
            node.get("a").and_then(|a| a.items()).and_then(|a| a[1].scalar()),
            Some("2026-03-14")
        );

        let (node, errors) = parse_toml("a = 1\nb = = 2\nc = 3\n", 10);
        assert!(node.get("a").is_some() && !errors.is_empty());
        assert!(errors[0].span.start >= 16);
    }
}
