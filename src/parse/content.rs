//! Whether the parts of a report say anything, and where text waits to be replaced.

use super::outline::{Block, Outline};
use super::placeholder;
use crate::config::{Lexicon, Settings};
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
    let mut text = String::new();
    for &block in blocks {
        let node = outline.node(block);
        match node.kind() {
            Kind::Rule => {}
            Kind::HtmlBlock if is_comment(node.source()) => {}
            Kind::HtmlBlock | Kind::CodeBlock(_) => return Content::Written,
            _ => {
                if node
                    .descendants()
                    .any(|inner| matches!(inner.kind(), Kind::Image(_) | Kind::CodeBlock(_)))
                {
                    return Content::Written;
                }
                if node.kind() == Kind::Table {
                    table_text(node, &mut text);
                } else {
                    text.push_str(&outline.plain(block).text);
                }
                text.push('\n');
            }
        }
    }
    text_content(&text, &settings.lexicon, settings)
}

/// A table's head is no content.
fn table_text(table: NodeRef<'_>, text: &mut String) {
    for row in table.children().filter(|row| row.kind() == Kind::TableRow) {
        text.push_str(row.plain().text.trim());
        text.push('\n');
    }
}

fn text_content(text: &str, lexicon: &Lexicon, settings: &Settings) -> Content {
    let waits =
        |line: &str| placeholder::is_placeholder(line) || settings.profiles.is_template_line(line);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let said: Vec<&str> = lines.iter().copied().filter(|line| !waits(line)).collect();
    let letters = |line: &&str| line.chars().any(char::is_alphanumeric);
    if lines.is_empty() {
        Content::Empty
    } else if !said.iter().any(letters) {
        if lines.iter().any(|line| waits(line)) { Content::Placeholder } else { Content::Empty }
    } else if lexicon.says_nothing(said[0]) {
        Content::Nothing
    } else {
        Content::Written
    }
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
        Kind::Paragraph | Kind::Plain | Kind::TableCell(_) => {
            let plain = node.plain();
            let in_code = |span: Span| {
                node.descendants().any(|inner| {
                    matches!(inner.kind(), Kind::Code(_)) && inner.span().contains(span)
                })
            };
            if let Some(span) = placeholder::span(&plain).filter(|&span| !in_code(span)) {
                found.push(span);
            } else if settings.profiles.is_template_line(plain.text.trim()) {
                found.push(plain.whole());
            }
        }
        _ => node.children().for_each(|child| collect(child, settings, found)),
    }
}
