//! All rules, in the order of their codes. A new rule is a file in its family, a line in the family's
//! list, and a folder of fixtures; tests find whatever is forgotten.

mod doc;
mod sec;

use super::Rule;
use crate::parse::Report;
use crate::source::Span;

/// Every rule.
pub(crate) static RULES: &[&Rule] = &{
    let mut rules = [doc::RULES[0]; doc::RULES.len() + sec::RULES.len()];
    let mut at = 0;
    while at < doc::RULES.len() {
        rules[at] = doc::RULES[at];
        at += 1;
    }
    while at < rules.len() {
        rules[at] = sec::RULES[at - doc::RULES.len()];
        at += 1;
    }
    rules
};

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
