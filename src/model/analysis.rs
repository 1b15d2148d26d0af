//! Why it happened: chains of questions, and what was tried to find out.

use std::collections::BTreeSet;

use super::Verdict;
use crate::source::Span;

/// One chain of whys. A report can have several, one per fault.
#[derive(Clone, Debug)]
pub(crate) struct WhyChain {
    /// The heading or label above it, if it has one of its own.
    pub(crate) title: Option<String>,
    /// The steps in document order; children come after their parent.
    pub(crate) steps: Vec<Why>,
}

/// One step: a question and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Why {
    pub(crate) span: Span,
    /// Empty where only the answer is written (`Why? → the pool was exhausted`).
    pub(crate) question: String,
    /// Empty where nobody answered yet.
    pub(crate) answer: String,
    /// Links and tickets that back the answer.
    pub(crate) evidence: Vec<String>,
    /// The step whose answer this one asks about: `None` for the first of its chain.
    pub(crate) parent: Option<usize>,
}

impl WhyChain {
    /// The steps nobody asked further about: their answers are the root causes.
    pub(crate) fn leaves(&self) -> impl Iterator<Item = &Why> {
        let asked_further: BTreeSet<usize> =
            self.steps.iter().filter_map(|step| step.parent).collect();
        let leaf = move |(index, step)| (!asked_further.contains(&index)).then_some(step);
        self.steps.iter().enumerate().filter_map(leaf)
    }
}

/// Something that was suspected, how it was tested and what came out.
#[derive(Clone, Debug)]
pub(crate) struct Hypothesis {
    pub(crate) span: Span,
    pub(crate) text: String,
    pub(crate) test: String,
    pub(crate) result: String,
    pub(crate) verdict: Verdict,
}
