//! What a document leads to, and what a page will not show as it is written.
//!
//! What becomes of a tag or an image is decided where pages are written; here the same question is asked
//! of the whole document.

use super::html::{Place, alt_text, is_relative, place};
use super::raw::{self, Fate, Piece};
use super::{Document, Kind, NodeRef, build};
use crate::source::Span;

/// What one document leads to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leads {
    /// Links to files and headings of the knowledge base, and all images that lack words, in order.
    pub(crate) leads: Vec<Lead>,
    pub(crate) losses: Vec<Loss>,
    /// References to links that nobody defines.
    pub(crate) undefined: Vec<Span>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lead {
    pub(crate) span: Span,
    pub(crate) kind: LeadKind,
    /// As it is written.
    pub(crate) target: Box<str>,
    /// It says in words what it shows.
    pub(crate) has_words: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeadKind {
    Link,
    Image,
}

/// Something that a page shows in another way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loss {
    pub(crate) span: Span,
    /// The name of its tag; an image of Markdown is an `img`.
    pub(crate) name: Box<str>,
    pub(crate) becomes: Becomes,
}

/// What a page makes of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Becomes {
    Nothing,
    Text,
    Link,
}

/// Looks through a document.
pub(crate) fn leads(document: &Document) -> Leads {
    let mut found = Leads { undefined: build::undefined(document), ..Leads::default() };
    for node in document.root().descendants() {
        match node.kind() {
            Kind::Link(_) => {
                let target = node.link().map(|link| &*link.target).unwrap_or_default();
                found.lead(node.span(), LeadKind::Link, target, true);
            }
            Kind::Image(_) => {
                let target = node.link().map(|link| &*link.target).unwrap_or_default();
                found.lead(
                    node.span(),
                    LeadKind::Image,
                    target,
                    describes(&alt_text(node), target),
                );
                found.lose(node.span(), "img", Some(target));
            }
            Kind::Html | Kind::HtmlBlock => found.html(node),
            _ => {}
        }
    }
    found
}

impl Leads {
    fn lead(&mut self, span: Span, kind: LeadKind, target: &str, has_words: bool) {
        let inside = is_relative(target) || target.starts_with('#');
        if inside || kind == LeadKind::Image && !has_words {
            self.leads.push(Lead { span, kind, target: target.into(), has_words });
        }
    }

    /// What becomes of something that shows `target`.
    fn lose(&mut self, span: Span, name: &str, target: Option<&str>) {
        let becomes = match (target.map(place), name) {
            (Some(Place::Here), "img") => return,
            (Some(Place::Elsewhere), _) => Becomes::Link,
            // `<video>` around its `<source>`.
            (None, _) => return,
            (Some(Place::Here | Place::Nowhere), _) => Becomes::Nothing,
        };
        self.losses.push(Loss { span, name: name.into(), becomes });
    }

    fn html(&mut self, node: NodeRef<'_>) {
        let source = node.source();
        for piece in raw::pieces(source) {
            let Piece::Open { tag, name, attributes } = piece else { continue };
            let start = node.span().start as usize + (tag.as_ptr().addr() - source.as_ptr().addr());
            let span = Span::new(start, start + tag.len());
            let value = |wanted: &str| {
                let found = attributes.iter().find(|(name, _)| name == wanted);
                found.map(|(_, value)| value.as_str())
            };
            match (raw::fate(&name), name.as_str()) {
                (Fate::Kept, "a") => {
                    if let Some(target) = value("href") {
                        self.lead(span, LeadKind::Link, target, true);
                    }
                }
                (Fate::Dropped, name) if raw::shows(name) => {
                    if let (Some(target), "img") = (value("src"), name) {
                        // An empty description says that the image adds nothing.
                        let has_words = value("alt")
                            .is_some_and(|alt| alt.is_empty() || describes(alt, target));
                        self.lead(span, LeadKind::Image, target, has_words);
                    }
                    self.lose(span, name, value("src"));
                }
                // In a sentence, the name of a tag is what it says.
                (Fate::Text, "script" | "style" | "svg" | "object" | "form" | "math")
                    if node.kind() == Kind::HtmlBlock =>
                {
                    self.losses.push(Loss { span, name: name.into(), becomes: Becomes::Text });
                }
                _ => {}
            }
        }
    }
}

/// Whether a description says what an image shows; the name of its file, or that it is one, does not.
fn describes(alt: &str, target: &str) -> bool {
    let alt = alt.trim();
    let file = target.rsplit('/').next().unwrap_or(target);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lower = alt.to_lowercase();
    let empty = matches!(
        lower.as_str(),
        "" | "image"
            | "img"
            | "image.png"
            | "picture"
            | "screenshot"
            | "alt"
            | "alt text"
            | "untitled"
            | "이미지"
            | "그림"
            | "사진"
            | "스크린샷"
            | "캡처"
    );
    !empty && alt != file && (alt != stem || alt.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::{Becomes, leads};
    use crate::markup::Document;

    #[test]
    fn knows_what_a_page_does_not_show() {
        let text = "![](https://a.example/x.png) ![그래프](b.png)\n\n<iframe src=\"https://a.example\"></iframe>\n<img src=\"c.png\" width=3>\n<video src=d.mp4></video>\n\n<style>\np {}\n</style>\n\na `<script>` and Vec<String> <b>x</b> <font color=red>y</font>\n";
        let found = leads(&Document::parse(&text.into(), 0));
        let losses: Vec<_> = found.losses.iter().map(|loss| (&*loss.name, loss.becomes)).collect();
        assert_eq!(
            losses,
            [
                ("img", Becomes::Link),
                ("iframe", Becomes::Link),
                ("video", Becomes::Nothing),
                ("style", Becomes::Text)
            ]
        );
        let leads: Vec<_> =
            found.leads.iter().map(|lead| (&*lead.target, lead.has_words)).collect();
        assert_eq!(leads, [("https://a.example/x.png", false), ("b.png", true), ("c.png", false)]);
    }

    #[test]
    fn references_that_lead_nowhere() {
        let undefined = |text: &str| {
            let text: std::sync::Arc<str> = text.into();
            let found = leads(&Document::parse(&text, 0)).undefined;
            found.iter().map(|span| span.of(&text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            undefined("[a][b], [two words][d] and [c][d]\n\n[b]: x.md\n"),
            ["[two words][d]"]
        );
        assert_eq!(undefined("see [the runbook][]"), ["[the runbook][]"]);
        assert_eq!(undefined("[INFO][payment] x[1][2] `[a][]`"), [""; 0]);
    }
}
