//! The text a reader sees, and the way back to the source.

use super::{Kind, NodeRef};
use crate::source::Span;

/// Text without markup. Line breaks are `\n`; images, raw HTML and footnote marks are left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    pub(crate) text: String,
    /// Runs of text in order: where each starts in `text`, and where it comes from.
    runs: Vec<(u32, Span)>,
}

impl Plain {
    /// The text of `node`, leaving out whatever stands outside of `within`, a span of the source.
    pub(crate) fn new(node: NodeRef<'_>, within: Span) -> Self {
        let mut plain = Self::default();
        plain.add(node, within);
        plain
    }

    fn add(&mut self, root: NodeRef<'_>, within: Span) {
        let mut skip_until = 0;
        for node in root.descendants() {
            if node.id() < super::NodeId(skip_until) {
                continue;
            }
            match node.kind() {
                _ if node.span().start >= within.end => break,
                Kind::Text(_) | Kind::Code(_) => self.push(node, within.start),
                Kind::SoftBreak | Kind::HardBreak if node.span().start >= within.start => {
                    self.line_break();
                }
                Kind::Html if is_line_break(node.source()) => self.line_break(),
                Kind::Image(_) => skip_until = node.node().end,
                Kind::Paragraph | Kind::Plain | Kind::TableRow | Kind::Item | Kind::Heading(_) => {
                    self.line_break();
                }
                Kind::TableCell(_) if !self.text.is_empty() && !self.text.ends_with('\n') => {
                    self.text.push(' ');
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, node: NodeRef<'_>, from: u32) {
        let span = node.span();
        let literal = node.literal();
        if span.end <= from {
            return;
        }
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if span.start < from {
            // Only plain source text is cut in the middle; anything else is whole or gone.
            let cut = (from - span.start) as usize;
            if literal.len() == span.len() {
                self.runs.push((at, Span { start: from, ..span }));
                self.text.push_str(literal.get(cut..).unwrap_or_default());
            }
            return;
        }
        // A code span's source includes its backticks.
        let inner = match node.kind() {
            Kind::Code(_) => inner_span(node, span),
            _ => span,
        };
        self.runs.push((at, inner));
        self.text.push_str(literal);
    }

    fn line_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// A range of the text, with its places in the source.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Self {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (from, to) = (at(range.start), at(range.end));
        let first = self.runs.partition_point(|(start, _)| *start <= from).saturating_sub(1);
        let runs = self.runs[first.min(self.runs.len())..].iter();
        let runs = runs.take_while(|(start, _)| *start < to).map(|(start, span)| {
            let cut = from.saturating_sub(*start);
            let start = start.saturating_sub(from);
            (start, Span { start: (span.start + cut).min(span.end), ..*span })
        });
        Self { runs: runs.collect(), text: self.text[range].to_owned() }
    }

    /// The text with every byte that comes from one of `hidden` (spans of the source, in order and
    /// apart) replaced; line breaks stay. It is as long as the text: places in one are places in the other.
    pub(crate) fn blanked(&self, hidden: &[Span], with: char) -> String {
        debug_assert!(with.is_ascii(), "a byte for a byte");
        let mut out = String::with_capacity(self.text.len());
        let mut next = 0;
        for (index, (start, span)) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |(end, _)| *end as usize);
            let run = self.text.get(*start as usize..end).unwrap_or_default();
            while hidden.get(next).is_some_and(|hidden| hidden.end <= span.start) {
                next += 1;
            }
            if hidden.get(next).is_some_and(|hidden| hidden.contains(*span)) {
                let breaks = run.len() - run.trim_end_matches('\n').len();
                out.extend(std::iter::repeat_n(with, run.len() - breaks));
                out.push_str(&run[run.len() - breaks..]);
            } else {
                out.push_str(run);
            }
        }
        out
    }

    /// The source span of a range of `text`.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.source_offset(range.start, false);
        let end = self.source_offset(range.end, true).max(start);
        Span { start, end }
    }

    /// The source span of all of it.
    pub(crate) fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    fn source_offset(&self, at: usize, is_end: bool) -> u32 {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        // The end of a run belongs to that run, not to the one that starts there.
        let after =
            self.runs.partition_point(|(start, _)| if is_end { *start < at } else { *start <= at });
        let Some(&(start, span)) = self.runs.get(after.saturating_sub(1)) else { return 0 };
        (span.start + at.saturating_sub(start)).clamp(span.start, span.end)
    }
}

fn inner_span(node: NodeRef<'_>, span: Span) -> Span {
    match node.source().find(node.literal()) {
        Some(at) => {
            let start = span.start as usize + at;
            Span::new(start, start + node.literal().len())
        }
        None => span,
    }
}

fn is_line_break(html: &str) -> bool {
    html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
}

#[cfg(test)]
mod tests {
    use crate::markup::{Document, Plain};
    use crate::source::Span;

    #[test]
    fn leads_back_to_the_source() {
        let text = "**`10:15`** [Edge](x) &amp; cache<br>다음 ![그림](y)\n둘째 줄";
        let document = Document::parse(&text.into(), 0);
        let plain = document.root().plain();
        assert_eq!(plain.text, "10:15 Edge & cache\n다음 \n둘째 줄");
        let span = |needle: &str| {
            let at = plain.text.find(needle).unwrap_or_default();
            plain.span(at..at + needle.len()).of(text)
        };
        for needle in ["10:15", "Edge", "cache", "둘째 줄"] {
            assert_eq!(span(needle), needle);
        }
        let second = plain.part(plain.text.find("ge &").unwrap_or_default()..plain.text.len());
        assert_eq!(second.text, "ge & cache\n다음 \n둘째 줄");
        assert_eq!(second.span(0..2).of(text), "ge");
        assert_eq!(
            second.span(second.text.len() - "둘째 줄".len()..second.text.len()).of(text),
            "둘째 줄"
        );
    }

    #[test]
    fn leaves_out_what_stands_outside() {
        let text = "**영향**: 결제가 *모두* 실패";
        let document = Document::parse(&text.into(), 0);
        let within = Span::new(text.find("결제").unwrap_or_default(), text.len() - " 실패".len());
        let paragraph = document.root().first_child().map(|node| Plain::new(node, within));
        assert_eq!(paragraph.map(|plain| plain.text), Some("결제가 모두".to_owned()));
    }
}
