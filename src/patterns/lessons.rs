//! What was learned, gathered across reports: what went well, where we got lucky, what surprised, what was ruled
//! out, and what nearly happened.
//!
//! Luck is a risk that nobody has dealt with yet, a near miss an incident at no cost, and a suspicion that was
//! ruled out saves the next person an hour. Lessons are read from the sections that hold them, one for each item,
//! row or paragraph, as an edition shows them; what waits to be written or says "none" is no lesson. The Markdown of
//! a report is parsed anew, and only where it has such a section.

mod read;

use rayon::prelude::*;

use super::Collection;
use crate::corpus::{Counted, FacetKind};
use crate::l10n::Text;
use crate::model::{Kind, SectionKind, Verdict};
use crate::parse::Report;

/// What a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LessonKind {
    Learned,
    WentWell,
    WentWrong,
    Lucky,
    Surprise,
    RuledOut,
    NearMiss,
}

impl LessonKind {
    /// In the order in which they are shown: first what somebody still has to act on.
    pub(crate) const ALL: [LessonKind; 7] = [
        LessonKind::Lucky,
        LessonKind::NearMiss,
        LessonKind::Surprise,
        LessonKind::Learned,
        LessonKind::WentWrong,
        LessonKind::WentWell,
        LessonKind::RuledOut,
    ];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            LessonKind::Learned => "learned",
            LessonKind::WentWell => "went-well",
            LessonKind::WentWrong => "went-wrong",
            LessonKind::Lucky => "lucky",
            LessonKind::Surprise => "surprises",
            LessonKind::RuledOut => "ruled-out",
            LessonKind::NearMiss => "near-misses",
        }
    }

    pub(crate) const fn label(self) -> Text {
        match self {
            LessonKind::Learned => SectionKind::Lessons.label(),
            LessonKind::WentWell => SectionKind::WentWell.label(),
            LessonKind::WentWrong => SectionKind::WentWrong.label(),
            LessonKind::Lucky => SectionKind::Lucky.label(),
            LessonKind::Surprise => SectionKind::Surprises.label(),
            LessonKind::RuledOut => Text::new("Ruled out", "아니라고 확인한 것"),
            LessonKind::NearMiss => Text::new("Near misses", "아차 사고"),
        }
    }

    /// The lessons that a section of these kinds holds. Promises are no lessons, whatever else their heading says.
    fn of(kinds: &[SectionKind]) -> Option<Self> {
        if kinds.iter().any(|kind| kind.holds_actions()) {
            return None;
        }
        let lesson = |kind: &SectionKind| match kind {
            SectionKind::Lessons => Some(LessonKind::Learned),
            SectionKind::WentWell => Some(LessonKind::WentWell),
            SectionKind::WentWrong => Some(LessonKind::WentWrong),
            SectionKind::Lucky => Some(LessonKind::Lucky),
            SectionKind::Surprises => Some(LessonKind::Surprise),
            _ => None,
        };
        let mut found = kinds.iter().filter_map(lesson);
        let first = found.next()?;
        // `What went well and what did not`: nobody but a reader can tell which is which.
        Some(if found.all(|other| other == first) { first } else { LessonKind::Learned })
    }
}

/// One thing that one report teaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lesson {
    /// The place of the report.
    pub(crate) place: usize,
    pub(crate) text: String,
    /// How it was tested, of what was ruled out.
    pub(crate) test: String,
    /// What came out.
    pub(crate) result: String,
}

/// All lessons of one kind, those of the newest report first.
pub(crate) struct Gathered<'c> {
    pub(crate) kind: LessonKind,
    pub(crate) lessons: Vec<Lesson>,
    /// How many reports they come from.
    pub(crate) reports: usize,
    /// Services by the number of lessons from their incidents, most first.
    pub(crate) by_service: Vec<(&'c Counted, usize)>,
}

/// The lessons of all kinds, in the order of [`LessonKind::ALL`]; kinds that nobody wrote of are empty.
pub(crate) fn gather<'c>(collection: &'c Collection<'_>) -> Vec<Gathered<'c>> {
    let read = |place: usize| lessons(collection, place);
    let found: Vec<Vec<(LessonKind, Lesson)>> =
        (0..collection.reports.len()).into_par_iter().map(read).collect();
    let mut by_kind: Vec<Vec<Lesson>> = LessonKind::ALL.map(|_| Vec::new()).into();
    for (kind, lesson) in found.into_iter().flatten() {
        if let Some(at) = LessonKind::ALL.iter().position(|other| *other == kind) {
            by_kind[at].push(lesson);
        }
    }
    LessonKind::ALL
        .into_iter()
        .zip(by_kind)
        .map(|(kind, lessons)| {
            let mut counts = vec![0; collection.reports.len()];
            for lesson in &lessons {
                counts[lesson.place] += 1;
            }
            Gathered {
                kind,
                reports: counts.iter().filter(|count| **count > 0).count(),
                by_service: by_service(collection, &counts),
                lessons,
            }
        })
        .collect()
}

fn by_service<'c>(collection: &'c Collection<'_>, counts: &[usize]) -> Vec<(&'c Counted, usize)> {
    let services = collection.facets.iter().find(|index| index.kind == FacetKind::Service);
    let mut found: Vec<_> = services
        .into_iter()
        .flat_map(|index| &index.values)
        .map(|value| (value, value.reports.iter().map(|&place| counts[place]).sum()))
        .filter(|(_, count): &(_, usize)| *count > 0)
        .collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// What one report teaches, in its order.
fn lessons(collection: &Collection<'_>, place: usize) -> Vec<(LessonKind, Lesson)> {
    let report: &Report = collection.reports[place];
    let plain = |text| Lesson { place, text, test: String::new(), result: String::new() };
    let mut found: Vec<(LessonKind, Lesson)> = read::sections(report, collection.settings)
        .into_iter()
        .map(|(kind, text)| (kind, plain(text)))
        .collect();
    let ruled_out = report.incident.investigation.iter();
    let ruled_out = ruled_out.filter(|hypothesis| hypothesis.verdict == Verdict::RuledOut);
    found.extend(ruled_out.filter_map(|hypothesis| {
        let lesson = Lesson {
            place,
            text: read::lesson(&hypothesis.text, collection.settings)?,
            test: read::short(&hypothesis.test),
            result: read::short(&hypothesis.result),
        };
        Some((LessonKind::RuledOut, lesson))
    }));
    if report.incident.kind.value == Kind::NearMiss {
        found.push((LessonKind::NearMiss, plain(report.incident.title.value.clone())));
    }
    found
}
