//! Findings as people read them in a terminal: the source around the place, what is wrong, and what
//! to do.

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
    /// The text that is shown, cut out of the file.
    text: String,
    first_line: usize,
    /// Where the shown text starts in the file, for a frame that shows it unchanged.
    start: u32,
    whole: bool,
}

impl Frame {
    fn new(finding: &Finding, span: Span, index: &LineIndex) -> Self {
        let text = finding.file.text();
        let places = finding.related.iter().take(MOST_PLACES).map(|related| related.span);
        let covered = places.fold(span, Span::cover);
        let first = index.position(text, covered.start).line;
        let last = index.position(text, covered.end).line;
        let start = index.line(text, first).start;
        let end = index.line(text, last).end;
        let shown = Span { start, end }.of(text);
        let short = shown.lines().all(|line| line.chars().count() <= LONGEST_LINE);
        if short {
            return Self { text: shown.to_owned(), first_line: first, start, whole: true };
        }
        // A line too long to show is cut around the place, and only that place is shown.
        let first = index.position(text, span.start).line;
        let line = index.line(text, first);
        let before = (span.start - line.start) as usize;
        let from = floor(text, line.start as usize + before.saturating_sub(LONGEST_LINE / 3));
        let to = floor(text, (from + LONGEST_LINE).min(line.end as usize));
        let text = text.get(from..to).unwrap_or_default().to_owned();
        Self { text, first_line: first, start: u32::try_from(from).unwrap_or(0), whole: false }
    }

    fn snippet<'s>(
        &self,
        finding: &'s Finding,
        span: Span,
        lang: Lang,
    ) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let place = |span: Span| {
            let at = |offset: u32| {
                floor(&self.text, (offset.saturating_sub(self.start) as usize).min(self.text.len()))
            };
            at(span.start)..at(span.end)
        };
        let mut snippet = Snippet::source(self.text.clone())
            .line_start(self.first_line)
            .path(finding.file.path())
            .annotation(AnnotationKind::Primary.span(place(span)));
        if self.whole {
            for related in finding.related.iter().take(MOST_PLACES) {
                let label = related.message.render(lang);
                let annotation = AnnotationKind::Context.span(place(related.span));
                let annotation =
                    if label.is_empty() { annotation } else { annotation.label(label) };
                snippet = snippet.annotation(annotation);
            }
        }
        snippet
    }
}
