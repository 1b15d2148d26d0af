//! What a report is about, in words: read once, compared with all others.

use bokgi_search::{Concepts, Met, Subjects};

use crate::markup::{Kind, NodeRef};
use crate::model::{About, Incident, Section, SectionKind};
use crate::parse::Report;
use crate::source::Span;

/// A title is the shortest summary there is.
const TITLE: f32 = 6.0;
/// The answers nobody asked further about: the root causes.
const LAST_WHY: f32 = 2.0;
/// Logs repeat, and hold more names than reasons.
const CODE: f32 = 0.3;

/// How much the words of a section say about what kind of incident it was. Why it happened says most; who was
/// told about it says nothing.
const fn weight(kind: Option<SectionKind>) -> f32 {
    match kind {
        Some(SectionKind::Whys | SectionKind::Factors) => 3.0,
        Some(SectionKind::Summary | SectionKind::Trigger) => 2.0,
        Some(
            SectionKind::Impact
            | SectionKind::Detection
            | SectionKind::Response
            | SectionKind::Investigation,
        )
        | None => 1.0,
        Some(
            SectionKind::Timeline
            | SectionKind::Metrics
            | SectionKind::Actions
            | SectionKind::ShortTerm
            | SectionKind::MidTerm
            | SectionKind::LongTerm
            | SectionKind::Lessons
            | SectionKind::WentWrong
            | SectionKind::Surprises
            | SectionKind::Lucky
            | SectionKind::Facts,
        ) => 0.5,
        Some(SectionKind::WentWell | SectionKind::Communication) => 0.25,
        Some(SectionKind::References | SectionKind::People) => 0.0,
    }
}

/// Reads a report's words, as its edition shows it. Its Markdown is parsed anew (see [`Report::document`]).
pub(super) fn read(report: &Report, concepts: &Concepts, met: &mut Met) -> About {
    let document = report.document();
    let incident = &report.incident;
    let mut subjects = Subjects::new(concepts, met);
    let title = incident.title.span.map_or(0, |span| span.start);
    subjects.add(&incident.title.value, TITLE, title);
    let title_heading = report.title_heading(&document);
    let mut around = Around::new(incident);
    for block in document.root().children() {
        let kind = around.kind_at(block.span());
        if title_heading == Some(block.id()) {
            continue;
        }
        let weight = match block.kind() {
            Kind::CodeBlock(_) => weight(kind) * CODE,
            _ => weight(kind),
        };
        if weight > 0.0 {
            add(block, weight, &mut subjects);
        }
    }
    let whys = || incident.whys.iter().flat_map(|chain| chain.leaves());
    for why in whys() {
        subjects.add(&why.answer, LAST_WHY, why.span.start);
    }
    let all = subjects.finish();
    let mut last = Subjects::new(concepts, met);
    for why in whys() {
        last.add(&why.answer, 1.0, why.span.start);
    }
    About { subjects: all.into(), last_whys: last.finish().into() }
}

/// The sections around a place, for places in the order of the text.
struct Around<'i> {
    /// By where they begin.
    sections: Vec<&'i Section>,
    next: usize,
    /// The innermost is the last.
    open: Vec<&'i Section>,
}

impl<'i> Around<'i> {
    fn new(incident: &'i Incident) -> Self {
        let mut sections: Vec<&Section> = incident.sections.iter().collect();
        sections.sort_by_key(|section| section.span.start);
        Self { sections, next: 0, open: Vec::new() }
    }

    /// What the innermost section around `place` is about.
    fn kind_at(&mut self, place: Span) -> Option<SectionKind> {
        while let Some(section) = self.sections.get(self.next)
            && section.span.start <= place.start
        {
            self.open.push(section);
            self.next += 1;
        }
        while self.open.last().is_some_and(|section| section.span.end <= place.start) {
            self.open.pop();
        }
        self.open.iter().rev().find_map(|section| section.kinds.first().copied())
    }
}

fn add(block: NodeRef<'_>, weight: f32, subjects: &mut Subjects) {
    for node in block.descendants() {
        if matches!(node.kind(), Kind::Text(_) | Kind::Code(_)) {
            subjects.add(node.literal(), weight, node.span().start);
        }
    }
}
