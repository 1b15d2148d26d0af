//! Oddities of a report's Markdown that change what it means.

use super::heading::meaning;
use super::problem::{Problem, ProblemKind};
use crate::config::Lexicon;
use crate::markup::{Document, HeadingStyle, Kind, NodeRef};
use crate::source::Span;

/// A heading longer than this was meant as a paragraph.
const LONGEST_HEADING: usize = 120;

/// Looks for them all.
pub(super) fn problems(document: &Document, lexicon: &Lexicon) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(span) = document.too_deep {
        found.push(Problem { span: first_line(document, span), kind: ProblemKind::TooDeep });
    }
    for node in document.root().descendants() {
        match node.kind() {
            Kind::Paragraph => {
                if let Some((_, text)) = heading_without_space(node, lexicon) {
                    let kind = ProblemKind::HeadingWithoutSpace { text };
                    found.push(Problem { span: first_line(document, node.span()), kind });
                }
                found.extend(one_line_fences(document, node));
            }
            Kind::Plain => found.extend(one_line_fences(document, node)),
            Kind::CodeBlock(_) | Kind::HtmlBlock => found.extend(unclosed(document, node)),
            Kind::Heading(heading) if heading.style == HeadingStyle::Setext => {
                let text = node.plain().text;
                let text = text.trim();
                let accidental = text.contains('\n')
                    || text.ends_with(['.', '。'])
                    || text.chars().count() > LONGEST_HEADING;
                if accidental {
                    let span = node.span().trim(document.text());
                    found.push(Problem { span, kind: ProblemKind::AccidentalHeading });
                }
            }
            _ => {}
        }
    }
    found
}

/// `##Heading`: the level and the text. One `#` also starts a channel's name or a ticket, so there
/// the text must be a section's name.
pub(super) fn heading_without_space(node: NodeRef<'_>, lexicon: &Lexicon) -> Option<(u8, String)> {
    let source = node.source();
    let level = source.bytes().take_while(|&byte| byte == b'#').count();
    let text = source[level..].lines().next().unwrap_or_default().trim_end_matches('#').trim();
    let starts = (1..=6).contains(&level) && text.starts_with(char::is_alphabetic);
    let only_line = source.trim().lines().count() == 1;
    let named = starts && meaning(text, lexicon).is_some();
    let fits = named || (starts && level >= 2 && only_line);
    fits.then(|| (u8::try_from(level).unwrap_or(6), text.to_owned()))
}

/// Lines that open and close a fence at once: to CommonMark they are no fence at all.
fn one_line_fences(document: &Document, node: NodeRef<'_>) -> Option<Problem> {
    let source = node.source();
    let mut at = node.span().start as usize;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let rest = trimmed.strip_prefix("```").map(|rest| rest.trim_start_matches('`'));
        if rest.is_some_and(|rest| rest.contains("```")) {
            let span = Span::new(at, at + line.len()).trim(document.text());
            return Some(Problem { span, kind: ProblemKind::OneLineFence });
        }
        at += line.len();
    }
    None
}

/// What opens here and ends with the file, or with the quote or item around it.
fn unclosed(document: &Document, node: NodeRef<'_>) -> Option<Problem> {
    let source = node.source().trim();
    let opening = match node.kind() {
        Kind::HtmlBlock => unclosed_html(source),
        _ => unclosed_fence(source),
    }?;
    let span = first_line(document, node.span().trim(document.text()));
    Some(Problem { span, kind: ProblemKind::Unclosed { opening: opening.to_owned() } })
}

/// How a block of HTML without its end opens.
fn unclosed_html(source: &str) -> Option<&'static str> {
    /// What these open with, and what they end with. CommonMark 0.31, section 4.6, kinds 1 to 5.
    const HTML: [(&str, &str); 7] = [
        ("<!--", "-->"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
        ("<![CDATA[", "]]>"),
        ("<?", "?>"),
    ];
    let source = source.to_ascii_lowercase();
    let (opening, rest, end) = HTML.into_iter().find_map(|(opening, end)| {
        Some((opening, source.strip_prefix(&*opening.to_ascii_lowercase())?, end))
    })?;
    let is_name = opening.ends_with(|ch: char| ch.is_ascii_alphabetic());
    let is_it = !is_name || rest.starts_with(['>', ' ', '\n', '\t', '\r']);
    (is_it && !source.contains(end)).then_some(opening)
}

/// The marks of a code fence that is not closed.
fn unclosed_fence(source: &str) -> Option<&str> {
    let mark = source.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let fence = &source[..source.len() - source.trim_start_matches(mark).len()];
    let last = source.lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    let closed = last.len() >= fence.len() && last.chars().all(|ch| ch == mark);
    (fence.len() >= 3 && !closed).then_some(fence)
}

fn first_line(document: &Document, span: Span) -> Span {
    let text = span.of(document.text());
    let line = text.lines().next().unwrap_or_default();
    let shown = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
    Span::new(span.start as usize, span.start as usize + shown)
}

#[cfg(test)]
mod tests {
    use super::problems;
    use crate::config::Lexicon;
    use crate::markup::Document;
    use crate::parse::problem::ProblemKind;

    #[test]
    fn finds_what_its_author_did_not_mean() {
        let lexicon = Lexicon::built_in();
        let kinds = |text: &str| {
            let document = Document::parse(&text.into(), 0);
            let shown =
                problems(&document, &lexicon).into_iter().map(|problem| match problem.kind {
                    ProblemKind::HeadingWithoutSpace { text } => format!("space: {text}"),
                    ProblemKind::OneLineFence => {
                        format!("fence: {}", problem.span.of(document.text()))
                    }
                    ProblemKind::AccidentalHeading => "accidental".to_owned(),
                    ProblemKind::TooDeep => "deep".to_owned(),
                    ProblemKind::Unclosed { opening } => format!("unclosed: {opening}"),
                    _ => "?".to_owned(),
                });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(kinds("#요약\n\ntext"), ["space: 요약"]);
        assert_eq!(kinds("##Whatever\n"), ["space: Whatever"]);
        assert_eq!(kinds("#ask-cloud-platform reported it\n\n#123\n\n# Fine\n"), [""; 0]);
        assert_eq!(kinds("a:\n```kind Ingress: error```\n"), ["fence: ```kind Ingress: error```"]);
        assert_eq!(kinds("- b\n  ```x``` y\n"), ["fence: ```x``` y"]);
        assert_eq!(kinds("```\n```x```\n```\n"), [""; 0]);
        assert_eq!(kinds("one line\nanother line\n---\n"), ["accidental"]);
        assert_eq!(kinds("It broke.\n---\n"), ["accidental"]);
        assert_eq!(kinds("Timeline\n--------\n"), [""; 0]);
        for (text, opening) in [
            ("a\n\n```\nlog\n\n## More\n", "```"),
            ("~~~~ text\nlog\n~~~\n", "~~~~"),
            ("- a\n  ```\n  b\n\nc\n", "```"),
            ("<!-- what happened?\n\n## Summary\n", "<!--"),
            ("<pre>\nlog\n\nb\n", "<pre"),
            ("```", "```"),
        ] {
            assert_eq!(kinds(text), [format!("unclosed: {opening}")], "{text}");
        }
        for fine in [
            "```\nlog\n```\n",
            "```rust\nlog\n`````  \n\nb\n",
            "> ```\n> a\n> ```\n",
            "- a\n  ```\n  b\n  ```\n",
            "    indented\n",
            "<!-- a\n\nb -->\n",
            "<!-- a --> b\n",
            "<PRE>\nlog\n</pre>\n",
            "<prefix>\n",
            "<div>\n",
        ] {
            assert_eq!(kinds(fine), [""; 0], "{fine}");
        }
        assert_eq!(kinds(&format!("{}x", "> ".repeat(100))), ["deep"]);
    }
}
