//! `SEC`: the sections of a report.

mod accidental_heading;
mod duplicate_section;
mod empty_section;
mod heading_without_space;
mod missing_section;
mod misspelled_section;
mod no_sections;
mod one_line_fence;
mod placeholder;
mod unclosed_block;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 10] = [
    &missing_section::RULE,
    &empty_section::RULE,
    &placeholder::RULE,
    &duplicate_section::RULE,
    &misspelled_section::RULE,
    &heading_without_space::RULE,
    &accidental_heading::RULE,
    &one_line_fence::RULE,
    &no_sections::RULE,
    &unclosed_block::RULE,
];
