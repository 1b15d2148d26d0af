//! Where in a report a text stands: in which part, and in which answer.

use crate::model::{Incident, Section, SectionKind, Why};

/// What a text is to the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lint) enum Role {
    /// An answer that a further why asks about.
    Answer,
    /// The last answer of a chain: where the analysis ends.
    LastAnswer,
    /// A factor in the root-cause section.
    Factor,
    /// Anything else, questions included.
    Other,
}

/// The parts of a report, asked about places in rising order.
#[derive(Debug)]
pub(super) struct Sweep<'r> {
    /// Parts whose meaning is known, by where they begin.
    sections: Vec<&'r Section>,
    next: usize,
    open: Vec<&'r Section>,
}

impl<'r> Sweep<'r> {
    pub(super) fn new(incident: &'r Incident) -> Self {
        let mut sections: Vec<&Section> =
            incident.sections.iter().filter(|section| !section.kinds.is_empty()).collect();
        sections.sort_by_key(|section| section.span.start);
        Self { sections, next: 0, open: Vec::new() }
    }

    /// What the innermost part around a place is about.
    pub(super) fn at(&mut self, place: u32) -> &'r [SectionKind] {
        loop {
            while self.open.last().is_some_and(|section| section.span.end <= place) {
                self.open.pop();
            }
            match self.sections.get(self.next) {
                Some(section) if section.span.start <= place => {
                    self.open.push(section);
                    self.next += 1;
                }
                _ => break,
            }
        }
        self.open.last().map_or(&[], |section| &section.kinds)
    }
}

/// The steps of all chains of whys, by where they begin.
#[derive(Debug)]
pub(super) struct Answers<'r> {
    steps: Vec<(u32, Role, &'r Why)>,
}

/// A longer question is not looked through for every paragraph behind it.
const LONGEST: usize = 2000;

impl<'r> Answers<'r> {
    pub(super) fn new(incident: &'r Incident) -> Self {
        let mut steps = Vec::new();
        for chain in &incident.whys {
            let mut roles = vec![Role::LastAnswer; chain.steps.len()];
            for parent in chain.steps.iter().filter_map(|step| step.parent) {
                roles[parent] = Role::Answer;
            }
            steps.extend(
                chain.steps.iter().zip(roles).map(|(step, role)| (step.span.start, role, step)),
            );
        }
        steps.sort_by_key(|(start, ..)| *start);
        Self { steps }
    }

    /// What the text at a place is. A step reaches to the next one: its answer may stand in a
    /// paragraph of its own.
    pub(super) fn role(&self, at: u32, kinds: &[SectionKind], text: &str) -> Role {
        let before = self.steps.partition_point(|(start, ..)| *start <= at);
        let step = before.checked_sub(1).map(|last| &self.steps[last]);
        match step {
            Some((_, role, step)) if kinds.contains(&SectionKind::Whys) => {
                let asks =
                    (1..LONGEST).contains(&step.question.len()) && step.question.contains(text);
                if asks { Role::Other } else { *role }
            }
            _ if kinds.contains(&SectionKind::Factors) => Role::Factor,
            _ => Role::Other,
        }
    }
}
