//! All rules, in the order of their codes. A new rule is a file in its family, a line in the family's
//! list, and a folder of fixtures; tests find whatever is forgotten.

mod act;
mod blm;
mod doc;
mod r#pub;
mod rel;
mod sec;
mod sup;
mod tml;
mod why;

use super::Rule;
use crate::parse::Report;
use crate::source::Span;

/// The families, by their codes.
const FAMILIES: [&[&Rule]; 9] = [
    &act::RULES,
    &blm::RULES,
    &doc::RULES,
    &r#pub::RULES,
    &rel::RULES,
    &sec::RULES,
    &sup::RULES,
    &tml::RULES,
    &why::RULES,
];

/// Every rule.
pub(crate) static RULES: &[&Rule] = &{
    let mut rules = [doc::RULES[0]; COUNT];
    let (mut family, mut at) = (0, 0);
    while family < FAMILIES.len() {
        let mut rule = 0;
        while rule < FAMILIES[family].len() {
            rules[at] = FAMILIES[family][rule];
            rule += 1;
            at += 1;
        }
        family += 1;
    }
    rules
};

const COUNT: usize = {
    let (mut family, mut count) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
};

/// Whether something in a place waits to be written; places are in the order of the text.
fn waits(report: &Report, place: Span) -> bool {
    let next = report.placeholders.partition_point(|span| span.start < place.start);
    report.placeholders.get(next).is_some_and(|span| place.contains(*span))
}

/// Where a finding about a report as a whole is shown: its title, else its first line.
fn title_span(report: &Report) -> Span {
    if let Some(span) = report.incident.title.span {
        return span;
    }
    let text = report.source.text();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let line = text[start..].lines().next().unwrap_or_default();
    let end = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
    Span::new(start, start + end)
}
