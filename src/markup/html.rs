//! A report's Markdown as HTML.
//!
//! Written from the tree, so that the strict content security policy holds by construction: no style
//! attribute and no script can come out, table alignment and alerts are classes, remote images and
//! embeds become links. Where an author wrote HTML, the whole body goes through a sanitiser that
//! parses it as a browser would.

mod links;
mod parts;
mod targets;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::anchors::Anchors;
use super::raw::{self, Balance, Fate, Piece};
use super::{Alert, Align, Document, Kind, NodeId, NodeRef};
use crate::l10n::{Lang, Text};
pub(crate) use parts::{PageItem, PagePart};
pub(crate) use targets::is_relative;
pub(super) use targets::{Place, place};
use targets::{is_remote, is_safe_url};

/// Behind more pieces than this a report's own tags are shown as text: the sanitiser's time grows with the
/// square of their nesting.
const MOST_RAW_PIECES: usize = 10_000;

/// What a page needs to know besides the Markdown.
pub(crate) struct Page<'p> {
    /// A heading that the page shows itself.
    pub(crate) title: Option<NodeId>,
    /// Turns a relative path as it is written into the one the page uses. `None` if it leads nowhere
    /// on this site: what it says stays, the link goes, and with it the name of what was withheld.
    pub(crate) resolve: &'p dyn Fn(&str) -> Option<String>,
    /// The same for the path of an image.
    pub(crate) image: &'p dyn Fn(&str) -> Option<Image>,
    /// What is known about the parts that headings open, in the order of their places.
    pub(crate) parts: &'p [PagePart],
    /// What is known about list items and table rows, in the order of their places.
    pub(crate) items: &'p [PageItem],
    /// The language of the words that the page adds to the report's own.
    pub(crate) lang: Lang,
}

impl<'p> Page<'p> {
    /// A page of text alone: no links to files, no images, nothing known about its parts.
    pub(crate) fn plain(lang: Lang) -> Page<'static> {
        Page { title: None, resolve: &|_| None, image: &|_| None, parts: &[], items: &[], lang }
    }
}

/// An image that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) url: String,
    /// Width and height in pixels, where the file says: the page does not jump when it arrives.
    pub(crate) size: Option<(usize, usize)>,
}

/// A report's body.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) html: String,
    pub(crate) headings: Vec<RenderedHeading>,
}

/// A heading, for a table of contents.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub(crate) struct RenderedHeading {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) anchor: String,
}

/// Renders a document.
pub(crate) fn render(document: &Document, page: &Page<'_>) -> Rendered {
    let mut writer = Writer {
        page,
        out: Rendered::default(),
        anchors: Anchors::default(),
        footnotes: Vec::new(),
        footnote_numbers: BTreeMap::new(),
        raw: false,
        raw_pieces: 0,
        balance: Balance::new(document),
        open_parts: Vec::new(),
        in_link: false,
        inserts: Vec::new(),
    };
    for node in document.root().children() {
        if let Kind::Heading(heading) = node.kind() {
            writer.end_parts(heading.level);
            writer.begin_part(node, heading.level);
        } else {
            writer.block(node);
        }
    }
    writer.end_parts(0);
    let closed = writer.balance.leave(0);
    writer.push(&closed);
    writer.footnotes(document);
    if writer.raw {
        writer.out.html = sanitise(&writer.out.html);
    }
    writer.put_inserts();
    writer.out
}

struct Writer<'p> {
    page: &'p Page<'p>,
    out: Rendered,
    anchors: Anchors,
    /// The names of footnotes in the order in which they are first mentioned.
    footnotes: Vec<String>,
    footnote_numbers: BTreeMap<String, usize>,
    /// The author wrote HTML.
    raw: bool,
    /// How many pieces of an author's HTML there were so far.
    raw_pieces: usize,
    balance: Balance,
    /// The parts that are open: their level, and what [`Balance::leave`] wants.
    open_parts: Vec<(u8, usize)>,
    /// Inside a link there are no others.
    in_link: bool,
    /// What the page adds to the report, to be put in when an author's HTML has been sanitised.
    inserts: Vec<String>,
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out.html);
    }

    fn children(&mut self, node: NodeRef<'_>) {
        let mut children = node.children().peekable();
        while let Some(child) = children.next() {
            if !matches!(child.kind(), Kind::Text(_)) || self.in_link {
                self.block(child);
                continue;
            }
            // The parser cuts text at every mark that might have meant something.
            let mut text = child.literal().to_owned();
            while let Some(next) = children.next_if(|next| matches!(next.kind(), Kind::Text(_))) {
                text.push_str(next.literal());
            }
            self.text_with_links(&text);
        }
    }

    /// Text whose addresses are links, as on GitHub.
    fn text_with_links(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, url, after)) = links::find(rest) {
            self.text(before);
            self.open_link(url);
            self.text(url);
            self.push("</a>");
            rest = after;
        }
        self.text(rest);
    }

    fn wrapped(&mut self, open: &str, node: NodeRef<'_>, close: &str) {
        self.push(open);
        let floor = self.balance.enter();
        self.children(node);
        let closed = self.balance.leave(floor);
        self.push(&closed);
        self.push(close);
    }

    fn block(&mut self, node: NodeRef<'_>) {
        match node.kind() {
            Kind::Heading(heading) if self.page.title != Some(node.id()) => {
                self.heading(node, heading.level);
            }
            Kind::Heading(_) | Kind::Footnote(_) => {}
            Kind::Paragraph => self.wrapped("<p>", node, "</p>\n"),
            Kind::Quote(alert) => self.quote(node, alert),
            Kind::CodeBlock(_) => self.code_block(node),
            Kind::HtmlBlock => {
                self.raw_html(node.source());
                let closed = self.balance.end_of_block();
                self.push(&closed);
            }
            Kind::List(first) => self.list(node, first),
            Kind::Item => self.item(node),
            Kind::Table => self.table(node),
            Kind::Rule => self.push("<hr>\n"),
            Kind::Plain => self.wrapped("", node, ""),
            Kind::Root | Kind::TableHead | Kind::TableRow | Kind::TableCell(_) => {
                self.children(node);
            }
            _ => self.inline(node),
        }
    }

    fn heading(&mut self, node: NodeRef<'_>, level: u8) {
        let text = node.plain().text.replace('\n', " ").trim().to_owned();
        let anchor = self.anchors.next(&text);
        // The page's own heading is the first level.
        let level = level.clamp(2, 6);
        let mut open = String::new();
        let _ = write!(open, "<h{level} id=\"");
        escape(&anchor, &mut open);
        open.push_str("\">");
        self.wrapped(&open, node, "");
        self.push("<a class=\"anchor\" href=\"#");
        self.text(&anchor);
        self.push("\" aria-hidden=\"true\" tabindex=\"-1\">#</a>");
        self.push(&format!("</h{level}>\n"));
        self.out.headings.push(RenderedHeading { level, text, anchor });
    }

    fn quote(&mut self, node: NodeRef<'_>, alert: Option<Alert>) {
        match alert {
            None => self.wrapped("<blockquote>\n", node, "</blockquote>\n"),
            Some(alert) => {
                let (name, label) = alert_name(alert);
                let label = label.get(self.page.lang);
                let open = format!(
                    "<blockquote class=\"alert alert-{name}\">\n<p class=\"alert-title\">{label}</p>\n"
                );
                self.wrapped(&open, node, "</blockquote>\n");
            }
        }
    }

    fn code_block(&mut self, node: NodeRef<'_>) {
        let language: String = node
            .label()
            .split([' ', ',', '{'])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '+' | '#'))
            .collect();
        self.push("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(" class=\"language-");
            self.push(&language);
            self.push("\"");
        }
        self.push(">");
        for child in node.children() {
            self.text(child.literal());
        }
        self.push("</code></pre>\n");
    }

    fn list(&mut self, node: NodeRef<'_>, first: Option<u32>) {
        match first {
            None => self.wrapped("<ul>\n", node, "</ul>\n"),
            Some(1) => self.wrapped("<ol>\n", node, "</ol>\n"),
            Some(number) => self.wrapped(&format!("<ol start=\"{number}\">\n"), node, "</ol>\n"),
        }
    }

    fn table(&mut self, node: NodeRef<'_>) {
        const TABLE: Text = Text::new("Table", "표");
        let label = TABLE.get(self.page.lang);
        self.push(&format!(
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><table>\n"
        ));
        let mut body = false;
        for row in node.children() {
            let head = row.kind() == Kind::TableHead;
            if head {
                self.push("<thead>\n");
            } else if !body {
                self.push("<tbody>\n");
                body = true;
            }
            self.open_row(row);
            for cell in row.children() {
                let tag = if head { "th scope=\"col\"" } else { "td" };
                let class = match cell.kind() {
                    Kind::TableCell(Align::Left) => " class=\"left\"",
                    Kind::TableCell(Align::Center) => " class=\"center\"",
                    Kind::TableCell(Align::Right) => " class=\"right\"",
                    _ => "",
                };
                let end = if head { "</th>" } else { "</td>" };
                self.wrapped(&format!("<{tag}{class}>"), cell, end);
            }
            self.push("</tr>\n");
            if head {
                self.push("</thead>\n");
            }
        }
        self.push(if body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
    }

    fn inline(&mut self, node: NodeRef<'_>) {
        match node.kind() {
            Kind::Text(_) => self.text(node.literal()),
            Kind::Code(_) => {
                self.push("<code>");
                self.text(node.literal());
                self.push("</code>");
            }
            Kind::Html => self.raw_html(node.source()),
            Kind::SoftBreak => self.push("\n"),
            Kind::HardBreak => self.push("<br>\n"),
            Kind::Emphasis => self.wrapped("<em>", node, "</em>"),
            Kind::Strong => self.wrapped("<strong>", node, "</strong>"),
            Kind::Strike => self.wrapped("<del>", node, "</del>"),
            Kind::Link(_) => self.link(node),
            Kind::Image(_) => self.image(node),
            Kind::FootnoteMark(_) => self.footnote_mark(node.label()),
            Kind::Checkbox(ticked) => {
                const DONE: Text = Text::new("done", "완료");
                const OPEN: Text = Text::new("open", "미완료");
                let (state, label) = if ticked { (" checked", DONE) } else { ("", OPEN) };
                let label = label.get(self.page.lang);
                self.push(&format!(
                    "<input type=\"checkbox\" disabled{state} aria-label=\"{label}\"> "
                ));
            }
            _ => {}
        }
    }

    fn link(&mut self, node: NodeRef<'_>) {
        let target = node.link().map(|link| &*link.target).unwrap_or_default();
        match self.target(target) {
            Some(target) => {
                self.open_link(&target);
                let outer = std::mem::replace(&mut self.in_link, true);
                self.wrapped("", node, "</a>");
                self.in_link = outer;
            }
            None => self.children(node),
        }
    }

    /// Where a link leads on this site; `None` if that does harm or is nowhere.
    fn target(&self, target: &str) -> Option<String> {
        if is_relative(target) {
            (self.page.resolve)(target)
        } else if target.starts_with('#') {
            Some(super::anchors::anchor(target))
        } else {
            Some(target.to_owned()).filter(|target| is_safe_url(target))
        }
    }

    fn open_link(&mut self, target: &str) {
        self.push("<a href=\"");
        self.text(target);
        self.push(if target.contains("://") { "\" rel=\"noopener noreferrer\">" } else { "\">" });
    }

    /// Images of others are links: a reader's browser asks nobody else for anything.
    fn image(&mut self, node: NodeRef<'_>) {
        let target = node.link().map(|link| link.target.to_string()).unwrap_or_default();
        let alt = alt_text(node);
        match place(&target) {
            Place::Here => match (self.page.image)(&target) {
                Some(image) => self.local_image(&image, &alt),
                None => self.text(&alt),
            },
            Place::Elsewhere => {
                self.open_link(&target);
                self.text(if alt.trim().is_empty() { &target } else { &alt });
                self.push("</a>");
            }
            Place::Nowhere => self.text(&alt),
        }
    }

    fn local_image(&mut self, image: &Image, alt: &str) {
        self.push("<img src=\"");
        self.text(&image.url);
        self.push("\" alt=\"");
        self.text(alt);
        if let Some((width, height)) = image.size {
            self.push(&format!("\" width=\"{width}\" height=\"{height}"));
        }
        self.push("\" loading=\"lazy\" decoding=\"async\">");
    }

    fn footnote_mark(&mut self, name: &str) {
        let next = self.footnotes.len() + 1;
        let number = *self.footnote_numbers.entry(name.to_owned()).or_insert(next);
        // The way back leads to the first mention.
        let id = if number == next {
            self.footnotes.push(name.to_owned());
            format!(" id=\"footnote-mark-{number}\"")
        } else {
            String::new()
        };
        self.push(&format!(
            "<sup class=\"footnote\"><a{id} href=\"#footnote-{number}\">{number}</a></sup>"
        ));
    }

    fn footnotes(&mut self, document: &Document) {
        const BACK: Text = Text::new("Back to the text", "본문으로 돌아가기");
        let notes: BTreeMap<&str, NodeRef<'_>> = document
            .root()
            .descendants()
            .filter(|node| matches!(node.kind(), Kind::Footnote(_)))
            .map(|node| (node.label(), node))
            .collect();
        if notes.is_empty() {
            return;
        }
        self.push("<section class=\"footnotes\"><ol>\n");
        let mut number = 0;
        // A note can mention another for the first time.
        while number < self.footnotes.len() {
            let name = self.footnotes[number].clone();
            number += 1;
            self.push(&format!("<li id=\"footnote-{number}\">"));
            if let Some(note) = notes.get(name.as_str()) {
                self.children(*note);
            }
            self.push(&format!(
                "<a class=\"back\" href=\"#footnote-mark-{number}\" aria-label=\"{}\">↩</a></li>\n",
                BACK.get(self.page.lang)
            ));
        }
        self.push("</ol></section>\n");
    }

    fn raw_html(&mut self, html: &str) {
        self.raw = true;
        for piece in raw::pieces(html) {
            self.raw_pieces += 1;
            match piece {
                Piece::Comment => {}
                Piece::Open { name, attributes, .. } if self.may(&name) => {
                    self.raw_open(&name, &attributes);
                }
                Piece::Close { name, .. } if self.may(&name) => {
                    let closed = self.balance.closed(element(&name));
                    self.push(&closed);
                }
                Piece::Text(text) => self.raw_text(text),
                Piece::Open { tag, .. } | Piece::Close { tag, .. } => self.text(tag),
            }
        }
    }

    /// Whether a tag of an author's is written as one.
    fn may(&self, name: &str) -> bool {
        self.raw_pieces <= MOST_RAW_PIECES && raw::fate(name) != Fate::Text
    }

    /// Text between tags keeps its entities.
    fn raw_text(&mut self, text: &str) {
        let escaped = text.replace('<', "&lt;").replace('>', "&gt;");
        let escaped = escaped.replace([parts::INSERT, parts::INSERT_END], "");
        self.push(&escaped);
    }

    fn raw_open(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = |wanted: &str| {
            attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        match raw::fate(name) {
            Fate::Text => {}
            Fate::Dropped => {
                let Some(target) = value("src") else { return };
                let label = value("alt").or(value("title")).filter(|text| !text.is_empty());
                match place(target) {
                    Place::Here if name == "img" => {
                        if let Some(image) = (self.page.image)(target) {
                            self.local_image(&image, label.unwrap_or_default());
                        }
                    }
                    Place::Elsewhere => {
                        self.open_link(target);
                        self.text(label.unwrap_or(target));
                        self.push("</a> ");
                    }
                    Place::Here | Place::Nowhere => {}
                }
            }
            fate @ (Fate::Kept | Fate::Void) => {
                let name = element(name);
                self.push(&format!("<{name}"));
                for (attribute, value) in
                    attributes.iter().filter(|(attribute, _)| raw::is_harmless(name, attribute))
                {
                    self.raw_attribute(attribute, value);
                }
                self.push(">");
                if fate == Fate::Kept {
                    self.balance.opened(name);
                }
            }
        }
    }

    fn raw_attribute(&mut self, name: &str, value: &str) {
        let mut value = value.to_owned();
        if name == "href" {
            let Some(target) = self.target(&value) else { return };
            value = target;
            if is_remote(&value) {
                self.push(" rel=\"noopener noreferrer\"");
            }
        }
        self.push(&format!(" {name}=\""));
        self.text(&value);
        self.push("\"");
    }
}

/// The page's own heading is the only one of the first level.
fn element(name: &str) -> &str {
    if name == "h1" { "h2" } else { name }
}

fn alert_name(alert: Alert) -> (&'static str, Text) {
    match alert {
        Alert::Note => ("note", Text::new("Note", "참고")),
        Alert::Tip => ("tip", Text::new("Tip", "도움말")),
        Alert::Important => ("important", Text::new("Important", "중요")),
        Alert::Warning => ("warning", Text::new("Warning", "주의")),
        Alert::Caution => ("caution", Text::new("Caution", "경고")),
    }
}

/// The text of an image's description.
pub(super) fn alt_text(image: NodeRef<'_>) -> String {
    image
        .descendants()
        .filter(|node| matches!(node.kind(), Kind::Text(_) | Kind::Code(_)))
        .map(NodeRef::literal)
        .collect()
}

fn escape(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Marks of ours, and no characters of anybody's.
            parts::INSERT | parts::INSERT_END => {}
            _ => out.push(ch),
        }
    }
}

/// Lets through what the renderer writes and harmless HTML of an author's, and nothing else.
fn sanitise(html: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["input", "section", "details", "summary", "kbd", "mark"])
        .rm_tags(["area", "map"])
        .add_generic_attributes(["id", "class", "data-due", "data-status"])
        .add_tag_attributes("input", ["type", "disabled", "checked", "aria-label"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("a", ["aria-hidden", "aria-label", "tabindex", "rel"])
        .add_tag_attributes("div", ["tabindex", "role", "aria-label"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["reversed"])
        .add_tag_attributes("pre", ["tabindex"])
        .rm_tag_attributes("table", ["align"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder.clean(html).to_string()
}

#[cfg(test)]
mod tests;
