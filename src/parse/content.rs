//! Whether the parts of a report say anything, and where text waits to be replaced.

use super::outline::{Block, Outline};
use super::placeholder;
use crate::config::Settings;
use crate::markup::{Kind, NodeRef};
use crate::model::Content;
use crate::source::Span;

/// The content of every part, its inner parts included.
pub(super) fn contents(outline: &Outline<'_>, settings: &Settings) -> Vec<Content> {
    let own: Vec<Content> =
        outline.parts.iter().map(|part| blocks_content(outline, &part.blocks, settings)).collect();
    let mut whole = own;
    // Inner parts come after the part around them, so going backwards meets them first.
    for index in (0..outline.parts.len()).rev() {
        if let Some(parent) = outline.parts[index].parent {
            whole[parent] = stronger(whole[parent], whole[index]);
        }
    }
    whole
}

/// The content that says more.
fn stronger(left: Content, right: Content) -> Content {
    let rank = |content: Content| match content {
        Content::Empty => 0,
        Content::Placeholder => 1,
        Content::Nothing => 2,
        Content::Written => 3,
    };
    if rank(right) > rank(left) { right } else { left }
}

fn blocks_content(outline: &Outline<'_>, blocks: &[Block], settings: &Settings) -> Content {
    let mut content = Content::Empty;
    for &block in blocks {
        let node = outline.node(block);
        let found = match node.kind() {
            _ if node.is_paragraph() => {
                paragraph_content(node, &outline.plain(block).text, settings)
            }
            _ => node_content(node, settings),
        };
        content = stronger(content, found);
        if content == Content::Written {
            break;
        }
    }
    content
}

/// What a block and the blocks in it say. The first that says something decides.
fn node_content(node: NodeRef<'_>, settings: &Settings) -> Content {
    match node.kind() {
        Kind::Rule => Content::Empty,
        // A table's head is no content.
        Kind::TableHead => Content::Empty,
        Kind::HtmlBlock if is_comment(node.source()) => Content::Empty,
        Kind::HtmlBlock | Kind::CodeBlock(_) => Content::Written,
        Kind::TableRow => text_content(node.plain().text.trim(), settings),
        _ if node.is_paragraph() => paragraph_content(node, &node.plain().text, settings),
        _ => {
            let mut content = Content::Empty;
            for child in node.children() {
                content = stronger(content, node_content(child, settings));
                if content == Content::Written {
                    break;
                }
            }
            content
        }
    }
}

fn paragraph_content(node: NodeRef<'_>, text: &str, settings: &Settings) -> Content {
    match text_content(text, settings) {
        Content::Empty
            if node.descendants().any(|inner| matches!(inner.kind(), Kind::Image(_))) =>
        {
            Content::Written
        }
        content => content,
    }
}

/// The first line that says something decides.
fn text_content(text: &str, settings: &Settings) -> Content {
    let waits =
        |line: &str| placeholder::is_placeholder(line) || settings.profiles.is_template_line(line);
    let mut content = Content::Empty;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if waits(line) {
            content = Content::Placeholder;
        } else if settings.lexicon.says_nothing(line) {
            return Content::Nothing;
        } else if line.chars().any(char::is_alphanumeric) {
            return Content::Written;
        }
    }
    content
}

/// Whether raw HTML is nothing but comments.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(inside) = rest.strip_prefix("<!--") {
        match inside.split_once("-->") {
            Some((_, after)) => rest = after.trim(),
            None => return true,
        }
    }
    rest.is_empty()
}

/// Every place where text waits to be replaced, code and quotes left out.
pub(super) fn placeholders(outline: &Outline<'_>, settings: &Settings) -> Vec<Span> {
    let blocks = outline.preamble.iter().chain(outline.parts.iter().flat_map(|part| &part.blocks));
    let mut found = Vec::new();
    for &block in blocks {
        collect(outline.node(block), settings, &mut found);
    }
    found
}

fn collect(node: NodeRef<'_>, settings: &Settings, found: &mut Vec<Span>) {
    match node.kind() {
        Kind::CodeBlock(_) | Kind::Quote(_) | Kind::HtmlBlock => {}
        Kind::Paragraph | Kind::Plain => found.extend(waiting(node, settings)),
        // A template's lines are whole rows of a table: a cell that says `Why?` is a question, or a title.
        Kind::TableCell(_) => found.extend(marked(node)),
        // A template's label over its answer.
        Kind::Item if answers(node, settings) => {
            node.children().skip(1).for_each(|child| collect(child, settings, found));
        }
        _ => node.children().for_each(|child| collect(child, settings, found)),
    }
}

/// Whether an item's first line is a line of a template and what stands below it is written.
fn answers(item: NodeRef<'_>, settings: &Settings) -> bool {
    let mut children = item.children();
    let Some(first) = children.next().filter(|first| first.is_paragraph()) else { return false };
    let mut below = children.peekable();
    below.peek().is_some()
        && settings.profiles.may_be_template_line(first.source())
        && settings.profiles.is_template_line(first.plain().text.trim())
        && below.any(|below| node_content(below, settings) == Content::Written)
}

/// What of a paragraph waits to be replaced. Nearly every paragraph says by its source alone that
/// nothing does.
fn waiting(node: NodeRef<'_>, settings: &Settings) -> Option<Span> {
    let source = node.source();
    let template = settings.profiles.may_be_template_line(source);
    if !template && placeholder::find(source).is_none() {
        return None;
    }
    marked(node).or_else(|| {
        let plain = node.plain();
        let is_line = template && settings.profiles.is_template_line(plain.text.trim());
        is_line.then(|| plain.whole())
    })
}

/// The mark in a paragraph that something is missing, code left out.
fn marked(node: NodeRef<'_>) -> Option<Span> {
    placeholder::find(node.source())?;
    let is_code = |span: &Span| {
        let mut code = node.descendants().filter(|inner| matches!(inner.kind(), Kind::Code(_)));
        code.any(|inner| inner.span().contains(*span))
    };
    placeholder::span(&node.plain()).filter(|span| !is_code(span))
}
