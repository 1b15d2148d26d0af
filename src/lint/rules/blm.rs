//! `BLM`: words that look for a culprit.

mod blaming_words;
mod counterfactual;
mod person_named;

use crate::lint::Rule;
use crate::model::SectionKind;

pub(super) static RULES: [&Rule; 3] =
    [&blaming_words::RULE, &counterfactual::RULE, &person_named::RULE];

/// Whether a part tells what happened and why in the author's words. What went well and where luck
/// helped may say what could have been; lists of people and links are no prose.
fn is_told(kinds: &[SectionKind]) -> bool {
    !kinds.iter().any(|kind| {
        matches!(
            kind,
            SectionKind::WentWell
                | SectionKind::Lucky
                | SectionKind::References
                | SectionKind::People
                | SectionKind::Facts
        )
    })
}
