//! Findings as people read them in a terminal: the source around the place, what is wrong, and what
//! to do.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Indices, Voice};
use crate::diagnostics::{Finding, Severity};
use crate::l10n::{Lang, Text};
use crate::source::{LineIndex, Span, floor};

/// How much colour a terminal gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Plain,
    Coloured,
}

/// Longer lines are cut around the place: nobody reads a line of a megabyte.
const LONGEST_LINE: usize = 240;
/// More places than this are counted, not shown.
const MOST_PLACES: usize = 6;

const HELP: Text = Text::new("help", "도움말");
const MORE: Text = Text::new("and {count} more {place|places}", "외 {count}곳");

/// Renders findings for a terminal `width` columns wide.
pub(crate) fn full(findings: &[&Finding], voice: Voice<'_>, paint: Paint, width: usize) -> String {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
    let mut indices = Indices::default();
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(finding, indices.of(finding), voice, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(finding: &Finding, index: &LineIndex, voice: Voice<'_>, renderer: &Renderer) -> String {
    let lang = voice.lang;
    let level = level(finding.severity, lang);
    let message = finding.message.render(lang);
    let mut title = level.primary_title(message);
    if !finding.code().is_empty() {
        title = title.id(finding.code());
        if let Some(url) = voice.docs_url(finding) {
            title = title.id_url(url);
        }
    }
    let mut group = Group::with_title(title);
    match finding.span {
        Some(span) => {
            let frame = Frame::new(finding, span, index);
            group = group.element(frame.snippet(finding, span, lang));
            if finding.related.len() > MOST_PLACES {
                let count = finding.related.len() - MOST_PLACES;
                let more = MORE.with("count", count).render(lang);
                group = group.element(Level::NOTE.no_name().message(more));
            }
        }
        None => group = group.element(Origin::path(finding.file.path())),
    }
    let help = finding.help_text(lang);
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(HELP.get(lang)).message(help));
    }
    renderer.render(&[group])
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    level.with_name(severity.label().get(lang))
}

/// The lines of a file from the first to the last place of a finding.
struct Frame {
    text: String,
    first_line: usize,
    lines: Vec<Line>,
    /// Every place can be shown, not only the first.
    whole: bool,
}

/// A line of a frame.
struct Line {
    /// Where it starts in the file.
    start: u32,
    /// Where it is in the frame.
    shown: Range<usize>,
}

impl Frame {
    fn new(finding: &Finding, span: Span, index: &LineIndex) -> Self {
        let text = finding.file.text();
        let line_at = |offset: u32| index.position(text, offset).line;
        let related = finding.related.iter().take(MOST_PLACES).map(|related| related.span);
        let places: Vec<Span> = std::iter::once(span).chain(related).collect();
        let covered = places.iter().copied().fold(span, Span::cover);
        let (first, last) = (line_at(covered.start), line_at(covered.end));
        let held: BTreeSet<usize> =
            places.iter().flat_map(|place| [line_at(place.start), line_at(place.end)]).collect();
        let mut frame =
            Self { text: String::new(), first_line: first, lines: Vec::new(), whole: true };
        for number in first..=last {
            let line = index.line(text, number);
            let is_long = line.of(text).chars().nth(LONGEST_LINE).is_some();
            if is_long && held.contains(&number) {
                return Self::cut(text, span, index);
            }
            // A long line between two places is never shown.
            frame.push(line.start, if is_long { "" } else { line.of(text) });
        }
        frame
    }

    /// A line too long to show, cut around the place; only that place is shown.
    fn cut(text: &str, span: Span, index: &LineIndex) -> Self {
        let first_line = index.position(text, span.start).line;
        let line = index.line(text, first_line);
        let before = (span.start - line.start) as usize;
        let from = floor(text, line.start as usize + before.saturating_sub(LONGEST_LINE / 3));
        let to = floor(text, (from + LONGEST_LINE).min(line.end as usize));
        let mut frame = Self { text: String::new(), first_line, lines: Vec::new(), whole: false };
        let start = u32::try_from(from).unwrap_or(0);
        frame.push(start, text.get(from..to).unwrap_or_default());
        frame
    }

    fn push(&mut self, start: u32, line: &str) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let from = self.text.len();
        self.text.push_str(line);
        self.lines.push(Line { start, shown: from..self.text.len() });
    }

    /// Where a place of the file is in the frame.
    fn place(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| {
            let next = self.lines.partition_point(|line| line.start <= offset);
            let Some(line) = self.lines.get(next.saturating_sub(1)) else { return 0 };
            let inside = line.shown.start + offset.saturating_sub(line.start) as usize;
            floor(&self.text, inside.min(line.shown.end))
        };
        at(span.start)..at(span.end)
    }

    fn snippet<'s>(
        &self,
        finding: &'s Finding,
        span: Span,
        lang: Lang,
    ) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let mut snippet = Snippet::source(self.text.clone())
            .line_start(self.first_line)
            .path(finding.file.path())
            .annotation(AnnotationKind::Primary.span(self.place(span)));
        if self.whole {
            for related in finding.related.iter().take(MOST_PLACES) {
                let label = related.message.render(lang);
                let annotation = AnnotationKind::Context.span(self.place(related.span));
                let annotation =
                    if label.is_empty() { annotation } else { annotation.label(label) };
                snippet = snippet.annotation(annotation);
            }
        }
        snippet
    }
}
