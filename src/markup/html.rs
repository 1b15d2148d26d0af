//! A report's Markdown as HTML.
//!
//! Written from the tree, so that the strict content security policy holds by construction: no style
//! attribute and no script can come out, table alignment and alerts are classes, remote images and
//! embeds become links. Where an author wrote HTML, the whole body goes through a sanitiser that
//! parses it as a browser would.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Alert, Align, Document, Kind, NodeId, NodeRef};

/// More tags than this in a report's own HTML are shown as text: the sanitiser's time grows with the
/// square of their nesting.
const MOST_RAW_TAGS: usize = 10_000;

/// What a page needs to know besides the Markdown.
pub(crate) struct Page<'p> {
    /// A heading that the page shows itself.
    pub(crate) title: Option<NodeId>,
    /// Turns a relative path as it is written into the one the page uses. `None` if it leads nowhere
    /// on this site: what it says stays, the link goes, and with it the name of what was withheld.
    pub(crate) resolve: &'p dyn Fn(&str) -> Option<String>,
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
        anchors: BTreeMap::new(),
        footnotes: Vec::new(),
        raw: false,
        raw_tags: 0,
    };
    for node in document.root().children() {
        writer.block(node);
    }
    writer.footnotes(document);
    if writer.raw {
        writer.out.html = sanitise(&writer.out.html);
    }
    writer.out
}

struct Writer<'p> {
    page: &'p Page<'p>,
    out: Rendered,
    /// How often an anchor was given.
    anchors: BTreeMap<String, usize>,
    /// The names of footnotes in the order in which they are first mentioned.
    footnotes: Vec<String>,
    /// The author wrote HTML.
    raw: bool,
    /// How many tags of an author's HTML there were so far.
    raw_tags: usize,
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out.html);
    }

    fn children(&mut self, node: NodeRef<'_>) {
        for child in node.children() {
            self.block(child);
        }
    }

    fn wrapped(&mut self, open: &str, node: NodeRef<'_>, close: &str) {
        self.push(open);
        self.children(node);
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
            Kind::HtmlBlock => self.raw_html(node.source()),
            Kind::List(first) => self.list(node, first),
            Kind::Item => self.wrapped("<li>", node, "</li>\n"),
            Kind::Table => self.table(node),
            Kind::Rule => self.push("<hr>\n"),
            Kind::Root | Kind::Plain | Kind::TableHead | Kind::TableRow | Kind::TableCell(_) => {
                self.children(node);
            }
            _ => self.inline(node),
        }
    }

    fn heading(&mut self, node: NodeRef<'_>, level: u8) {
        let text = node.plain().text.replace('\n', " ").trim().to_owned();
        let anchor = self.anchor(&text);
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

    /// A stable address for a heading: its letters and digits, numbered where it is not the first.
    fn anchor(&mut self, text: &str) -> String {
        let mut anchor = String::with_capacity(text.len());
        for ch in bokgi_search::fold(text).chars() {
            if ch.is_alphanumeric() {
                anchor.push(ch);
            } else if (ch.is_whitespace() || ch == '-')
                && !anchor.ends_with('-')
                && !anchor.is_empty()
            {
                anchor.push('-');
            }
        }
        let anchor = match anchor.trim_end_matches('-') {
            "" => "section".to_owned(),
            letters => letters.to_owned(),
        };
        let count = self.anchors.entry(anchor.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{count}") }
    }

    fn quote(&mut self, node: NodeRef<'_>, alert: Option<Alert>) {
        match alert {
            None => self.wrapped("<blockquote>\n", node, "</blockquote>\n"),
            Some(alert) => {
                let name = alert_name(alert);
                self.wrapped(
                    &format!("<blockquote class=\"alert alert-{name}\">\n"),
                    node,
                    "</blockquote>\n",
                );
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
        self.push("<div class=\"table\" tabindex=\"0\" role=\"group\"><table>\n");
        let mut body = false;
        for row in node.children() {
            let head = row.kind() == Kind::TableHead;
            if head {
                self.push("<thead>\n");
            } else if !body {
                self.push("<tbody>\n");
                body = true;
            }
            self.push("<tr>");
            for cell in row.children() {
                let tag = if head { "th" } else { "td" };
                let class = match cell.kind() {
                    Kind::TableCell(Align::Left) => " class=\"left\"",
                    Kind::TableCell(Align::Center) => " class=\"center\"",
                    Kind::TableCell(Align::Right) => " class=\"right\"",
                    _ => "",
                };
                self.wrapped(&format!("<{tag}{class}>"), cell, &format!("</{tag}>"));
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
                let state = if ticked { " checked" } else { "" };
                self.push(&format!("<input type=\"checkbox\" disabled{state}> "));
            }
            _ => {}
        }
    }

    fn link(&mut self, node: NodeRef<'_>) {
        let target = node.link().map(|link| &*link.target).unwrap_or_default();
        let target = if is_relative(target) {
            (self.page.resolve)(target)
        } else {
            Some(target.to_owned()).filter(|target| is_safe_url(target))
        };
        match target {
            Some(target) => {
                self.open_link(&target);
                self.wrapped("", node, "</a>");
            }
            None => self.children(node),
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
        match Some(&target)
            .filter(|target| is_relative(target))
            .and_then(|target| (self.page.resolve)(target))
        {
            Some(local) => {
                self.push("<img src=\"");
                self.text(&local);
                self.push("\" alt=\"");
                self.text(&alt);
                self.push("\" loading=\"lazy\">");
            }
            _ if is_remote(&target) && is_safe_url(&target) => {
                self.open_link(&target);
                self.text(if alt.trim().is_empty() { &target } else { &alt });
                self.push("</a>");
            }
            _ => self.text(&alt),
        }
    }

    fn footnote_mark(&mut self, name: &str) {
        let known = self.footnotes.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.footnotes.push(name.to_owned());
            self.footnotes.len() - 1
        }) + 1;
        self.push(&format!(
            "<sup class=\"footnote\"><a href=\"#footnote-{number}\">{number}</a></sup>"
        ));
    }

    fn footnotes(&mut self, document: &Document) {
        let notes: BTreeMap<&str, NodeRef<'_>> = document
            .root()
            .children()
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
            self.push("</li>\n");
        }
        self.push("</ol></section>\n");
    }

    fn raw_html(&mut self, html: &str) {
        if html.trim_start().starts_with("<!--") && html.trim_end().ends_with("-->") {
            return;
        }
        self.raw_tags += memchr::memchr_iter(b'<', html.as_bytes()).count();
        if self.raw_tags > MOST_RAW_TAGS {
            self.text(html);
            return;
        }
        self.raw = true;
        for embed in embeds(html) {
            self.push("<a href=\"");
            self.text(&embed.target);
            self.push("\">");
            self.text(if embed.label.is_empty() { &embed.target } else { &embed.label });
            self.push("</a> ");
        }
        self.push(html);
    }
}

fn alert_name(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "note",
        Alert::Tip => "tip",
        Alert::Important => "important",
        Alert::Warning => "warning",
        Alert::Caution => "caution",
    }
}

/// The text of an image's description.
fn alt_text(image: NodeRef<'_>) -> String {
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
            _ => out.push(ch),
        }
    }
}

fn is_remote(target: &str) -> bool {
    target.contains("://") || target.starts_with("//")
}

/// Whether a link's target is a path below or beside the file it is in.
fn is_relative(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !scheme && !target.is_empty() && !target.starts_with(['#', '/', '?', '\\'])
}

/// Whether a link's target can do no harm: a path, an anchor, or one of a few schemes.
fn is_safe_url(target: &str) -> bool {
    let cleaned: String =
        target.chars().filter(|ch| !ch.is_control() && !ch.is_whitespace()).collect();
    match cleaned.split_once(':') {
        // A colon behind a slash, a question mark or a hash belongs to a path.
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            matches!(
                scheme.to_ascii_lowercase().as_str(),
                "http" | "https" | "mailto" | "tel" | "ftp"
            )
        }
        _ => true,
    }
}

/// An image or a frame in an author's HTML.
struct Embed {
    target: String,
    label: String,
}

/// What an author's HTML embeds from elsewhere; the sanitiser drops the elements themselves.
fn embeds(html: &str) -> Vec<Embed> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        let name: String = tag.chars().take_while(char::is_ascii_alphabetic).collect();
        let embeds = ["img", "iframe", "video", "audio", "embed", "source"];
        if !embeds.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let tag;
        (tag, rest) = rest.split_once('>').unwrap_or((rest, ""));
        if let Some(target) =
            attribute(tag, "src").filter(|target| is_remote(target) && is_safe_url(target))
        {
            let label =
                attribute(tag, "alt").or_else(|| attribute(tag, "title")).unwrap_or_default();
            found.push(Embed { target, label });
        }
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
        lower[..at].ends_with(char::is_whitespace)
            && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quoted = value
        .strip_prefix('"')
        .map(|rest| (rest, '"'))
        .or_else(|| value.strip_prefix('\'').map(|rest| (rest, '\'')));
    let text = match quoted {
        Some((rest, quote)) => rest.split(quote).next()?,
        None => value.split_whitespace().next()?,
    };
    Some(text.to_owned())
}

/// Lets through what the renderer writes and harmless HTML of an author's, and nothing else.
fn sanitise(html: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["input", "section", "details", "summary", "kbd", "mark"])
        .rm_tags(["img", "area", "map"])
        .add_generic_attributes(["id", "class"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("a", ["aria-hidden", "tabindex"])
        .add_tag_attributes("div", ["tabindex", "role"])
        .add_tag_attributes("pre", ["tabindex"])
        .rm_tag_attributes("table", ["align"])
        .link_rel(Some("noopener noreferrer"))
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Page, render};
    use crate::markup::Document;

    fn html(text: &str) -> String {
        let document = Document::parse(&text.into(), 0);
        let resolve = |target: &str| target.strip_suffix(".md").map(|stem| format!("../{stem}/"));
        render(&document, &Page { title: None, resolve: &resolve }).html
    }

    #[test]
    fn renders_what_github_does() {
        let text = "## 원인 & `x`\n\n1. a\n2. **b**\n   - [x] c\n\n| A | B |\n|:-:|--:|\n| 1 | ~~2~~ |\n\n> [!NOTE]\n> hi\n\n```rust,x\na < b\n```\n\nsee [it](b.md) and [^1]\n\n[^1]: note\n";
        insta::assert_snapshot!(html(text), @r##"
        <h2 id="원인-x">원인 &amp; <code>x</code><a class="anchor" href="#원인-x" aria-hidden="true" tabindex="-1">#</a></h2>
        <ol>
        <li>a</li>
        <li><strong>b</strong><ul>
        <li><input type="checkbox" disabled checked> c</li>
        </ul>
        </li>
        </ol>
        <div class="table" tabindex="0" role="group"><table>
        <thead>
        <tr><th class="center">A</th><th class="right">B</th></tr>
        </thead>
        <tbody>
        <tr><td class="center">1</td><td class="right"><del>2</del></td></tr>
        </tbody>
        </table></div>
        <blockquote class="alert alert-note">
        <p>hi</p>
        </blockquote>
        <pre tabindex="0"><code class="language-rust">a &lt; b
        </code></pre>
        <p>see <a href="../b/">it</a> and <sup class="footnote"><a href="#footnote-1">1</a></sup></p>
        <section class="footnotes"><ol>
        <li id="footnote-1"><p>note</p>
        </li>
        </ol></section>
        "##);
    }

    #[test]
    fn nothing_dangerous_gets_through() {
        let hostile = [
            "<script>alert(1)</script>",
            "a <script>alert(1)</script> b",
            "[x](javascript:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<p style=\"background:url(//x)\">x</p>",
            "![x\" onerror=\"alert(1)](y)",
            "<iframe src=\"https://evil.example\"></iframe>",
            "## <script>alert(1)</script>",
            "`<script>alert(1)</script>`",
            "[x](data:text/html,<script>alert(1)</script>)",
            "<details open ontoggle=alert(1)>",
        ];
        for text in hostile {
            let html = html(text);
            let lower = html.to_ascii_lowercase();
            for bad in [
                "<script",
                "javascript:",
                "onerror=\"",
                "onerror=a",
                "onload=",
                "ontoggle",
                "style=",
                "<iframe",
                "<svg",
                "href=\"data:",
            ] {
                assert!(!lower.contains(bad), "{text} gave {html}");
            }
        }
    }

    #[test]
    fn embeds_become_links_and_details_survive() {
        let text = "<img width=\"5\" alt=\"load\" src=\"https://x.example/a.png\" />\n\n<details>\n<summary>more</summary>\n\n**inside**\n\n</details>\n\n![chart](https://x.example/c.png)\n";
        insta::assert_snapshot!(html(text), @r#"
        <a href="https://x.example/a.png" rel="noopener noreferrer">load</a> 
        <details>
        <summary>more</summary>
        <p><strong>inside</strong></p>
        </details>
        <p><a href="https://x.example/c.png" rel="noopener noreferrer">chart</a></p>
        "#);
    }
}
