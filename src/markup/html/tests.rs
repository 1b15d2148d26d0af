//! What Markdown becomes, and what never gets through.

use super::{Image, Page, PageItem, PagePart, render};
use crate::l10n::Lang;
use crate::markup::Document;
use crate::source::Span;

fn html(text: &str) -> String {
    let document = Document::parse(&text.into(), 0);
    let resolve = |target: &str| target.strip_suffix(".md").map(|stem| format!("../{stem}/"));
    let image = |target: &str| {
        let url = target.strip_suffix(".png").map(|stem| format!("{stem}.png"))?;
        Some(Image { url, size: Some((4, 3)) })
    };
    render(&document, &Page { resolve: &resolve, image: &image, ..Page::plain(Lang::En) }).html
}

#[test]
fn an_image_in_html_is_shown_if_it_lies_beside_the_report() {
    assert_eq!(
        html("<img src=\"a.png\" width=\"900\" alt=\"a chart\" onload=\"x()\">"),
        "<img src=\"a.png\" alt=\"a chart\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\">"
    );
    assert_eq!(html("<img src=\"a.exe\">"), "");
    assert!(html("[x](#The--Time)\n").contains("href=\"#the-time\""));
}

#[test]
fn renders_what_github_does() {
    let text = "## 원인 & `x`\n\n1. a\n2. **b**\n   - [x] c\n\n| A | B |\n|:-:|--:|\n| 1 | ~~2~~ |\n\n> [!NOTE]\n> hi\n\n```rust,x\na < b\n```\n\nsee [it](b.md) and [^1]\n\n[^1]: note\n";
    insta::assert_snapshot!(html(text), @r##"
    <h2 id="원인-x">원인 &amp; <code>x</code><a class="anchor" href="#원인-x" aria-hidden="true" tabindex="-1">#</a></h2>
    <ol>
    <li>a</li>
    <li><strong>b</strong><ul>
    <li><input type="checkbox" disabled checked aria-label="done"> c</li>
    </ul>
    </li>
    </ol>
    <div class="table" tabindex="0" role="group" aria-label="Table"><table>
    <thead>
    <tr><th scope="col" class="center">A</th><th scope="col" class="right">B</th></tr>
    </thead>
    <tbody>
    <tr><td class="center">1</td><td class="right"><del>2</del></td></tr>
    </tbody>
    </table></div>
    <blockquote class="alert alert-note">
    <p class="alert-title">Note</p>
    <p>hi</p>
    </blockquote>
    <pre tabindex="0"><code class="language-rust">a &lt; b
    </code></pre>
    <p>see <a href="../b/">it</a> and <sup class="footnote"><a id="footnote-mark-1" href="#footnote-1">1</a></sup></p>
    <section class="footnotes"><ol>
    <li id="footnote-1"><p>note</p>
    <a class="back" href="#footnote-mark-1" aria-label="Back to the text">↩</a></li>
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
        // What is shown as text is escaped; only tags count.
        let tags = html.split('<').skip(1).filter_map(|tag| tag.split('>').next());
        let tags = tags.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        for bad in
            ["script", "iframe", "svg", "onerror=", "onload=", "ontoggle", "style=", "\"data:"]
        {
            assert!(!tags.contains(bad), "{text} gave {html}");
        }
    }
}

#[test]
fn a_stray_tag_costs_nothing_that_follows() {
    for stray in [
        "The <script> tag",
        "a <style> b",
        "<title>",
        "<textarea>",
        "<plaintext>",
        "<iframe>",
        "<noscript>",
        "<xmp>",
        "<template>",
        "x <!-- y",
        "<div><!-- oops",
        "<a href=\"x\">",
        "<pre>",
        "<details>",
        "<b>",
        "</div>",
        "</p>",
        "<svg><title>",
        "<math><mtext>",
        "<table><tr><td>",
        "<select><option>",
        "<!DOCTYPE",
        "<![CDATA[ x",
        "<?php x",
        "<a title=\"",
    ] {
        // To CommonMark these open a block that ends with its closing tag or the file: all of it is shown.
        let to_the_end =
            ["<textarea>", "<pre>", "<!DOCTYPE", "<![CDATA[ x", "<?php x"].contains(&stray);
        let html = html(&format!(
            "## One\n\nBefore {stray} after.\n\n{stray}\n\n## Two\n\nLast *words*.\n"
        ));
        assert!(html.contains("Two") && html.contains("Last "), "{stray}: {html}");
        if !to_the_end {
            assert!(html.contains("<h2 id=\"two\">Two<a"), "{stray}: {html}");
            assert!(html.contains("<p>Last <em>words</em>.</p>"), "{stray}: {html}");
        }
    }
    let nested =
        "<details>\n<summary>a</summary>\n\n<details>\n\nb\n\n</details>\n\nc\n\n</details>\n\nd\n";
    insta::assert_snapshot!(html(nested), @r"
    <details>
    <summary>a</summary>
    <details>
    <p>b</p>
    </details>
    <p>c</p>
    </details>
    <p>d</p>
    ");
    assert_eq!(html("A `b` Vec<String> c").trim(), "<p>A <code>b</code> Vec&lt;String&gt; c</p>");
    insta::assert_snapshot!(html("<h1 id=\"main\">Loud</h1>\n\n<div id=\"two\" class=\"x\">a &amp; <b>b</div>\n\nx <kbd>Ctrl</kbd><br>y <a href=\"b.md\" onclick=\"z\">b</a> <a href=\"https://x.example/?a=1&amp;b\">c</a>\n"), @r#"
    <h2>Loud</h2>
    <div>a &amp; <b>b</b></div>
    <p>x <kbd>Ctrl</kbd><br>y <a href="../b/">b</a> <a rel="noopener noreferrer" href="https://x.example/?a=1&amp;b">c</a></p>
    "#);
}

#[test]
fn footnotes_are_numbered_as_they_are_met_wherever_they_stand() {
    let text = "a[^b] c[^a] d[^b]\n\n> [^a]: in a quote\n\n[^b]: with[^c]\n\n[^c]: last\n";
    insta::assert_snapshot!(html(text), @r##"
    <p>a<sup class="footnote"><a id="footnote-mark-1" href="#footnote-1">1</a></sup> c<sup class="footnote"><a id="footnote-mark-2" href="#footnote-2">2</a></sup> d<sup class="footnote"><a href="#footnote-1">1</a></sup></p>
    <blockquote>
    </blockquote>
    <section class="footnotes"><ol>
    <li id="footnote-1"><p>with<sup class="footnote"><a id="footnote-mark-3" href="#footnote-3">3</a></sup></p>
    <a class="back" href="#footnote-mark-1" aria-label="Back to the text">↩</a></li>
    <li id="footnote-2"><p>in a quote</p>
    <a class="back" href="#footnote-mark-2" aria-label="Back to the text">↩</a></li>
    <li id="footnote-3"><p>last</p>
    <a class="back" href="#footnote-mark-3" aria-label="Back to the text">↩</a></li>
    </ol></section>
    "##);
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

#[test]
fn what_is_known_about_parts_and_actions_is_woven_in() {
    let text = "## 조치\n\n- [ ] 알람 **추가** (담당: @a, `x`)\n  - 근거: y\n\n### 그 밖에\n\n\u{fdd0}0\u{fdd1} <b>raw</b>\n\n## 끝\n";
    let document = Document::parse(&text.into(), 0);
    let span = |needle: &str| {
        let at = text.find(needle).unwrap_or_default();
        Span::new(at, at + needle.len())
    };
    let part = PagePart {
        heading: span("조치"),
        class: "part part-actions".to_owned(),
        insert: "<svg></svg>".to_owned(),
    };
    let item = PageItem {
        span: span("- [ ] 알람 **추가** (담당: @a, `x`)\n  - 근거: y"),
        fields_from: span(" (담당").start,
        class: "action open".to_owned(),
        due: Some("2026-04-01".to_owned()),
        status: "open",
        badge: Some("미완료".to_owned()),
    };
    let page = Page { parts: &[part], items: &[item], ..Page::plain(Lang::Ko) };
    insta::assert_snapshot!(render(&document, &page).html, @r##"
    <section class="part part-actions">
    <h2 id="조치">조치<a class="anchor" href="#조치" aria-hidden="true" tabindex="-1">#</a></h2>
    <svg></svg>
    <ul>
    <li class="action open" data-status="open" data-due="2026-04-01"><input type="checkbox" disabled="" aria-label="미완료"> 알람 <strong>추가</strong><span class="fields"> (담당: @a, <code>x</code>)</span> <span class="state open">미완료</span><ul>
    <li>근거: y</li>
    </ul>
    </li>
    </ul>
    <h3 id="그-밖에">그 밖에<a class="anchor" href="#그-밖에" aria-hidden="true" tabindex="-1">#</a></h3>
    <p>0 <b>raw</b></p>
    </section>
    <h2 id="끝">끝<a class="anchor" href="#끝" aria-hidden="true" tabindex="-1">#</a></h2>
    "##);
}

#[test]
fn a_part_ends_where_an_authors_element_goes_on() {
    let text = "<details>\n\n## A\n\nx\n\n</details>\n\n## B\n\n<div>\n\ny\n\n## C\n";
    let document = Document::parse(&text.into(), 0);
    let part = |name: &str| PagePart {
        heading: Span::new(
            text.find(name).unwrap_or_default() + 3,
            text.find(name).unwrap_or_default() + 4,
        ),
        class: "part".to_owned(),
        insert: String::new(),
    };
    let parts = [part("## A"), part("## B"), part("## C")];
    let html = render(&document, &Page { parts: &parts, ..Page::plain(Lang::En) }).html;
    assert_eq!(html.matches("<section").count(), html.matches("</section>").count(), "{html}");
    assert_eq!(html.matches("<section").count(), 2, "{html}");
}
