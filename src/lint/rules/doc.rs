//! `DOC`: the file and what it states as facts.

mod ambiguous_time;
mod duplicate_id;
mod duplicate_key;
mod empty_report;
mod facts_outside_front_matter;
mod file_date_mismatch;
mod invalid_audience;
mod invalid_front_matter;
mod missing_fact;
mod missing_role;
mod nested_too_deep;
mod no_front_matter;
mod review_too_narrow;
mod severity_below_impact;
mod stale_draft;
mod time_in_future;
mod times_out_of_order;
mod toml_front_matter;
mod unknown_key;
mod unknown_value;
mod unreadable_file;
mod value_by_alias;
mod wrong_type;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 23] = [
    &unreadable_file::RULE,
    &no_front_matter::RULE,
    &invalid_front_matter::RULE,
    &toml_front_matter::RULE,
    &unknown_key::RULE,
    &duplicate_key::RULE,
    &wrong_type::RULE,
    &missing_fact::RULE,
    &duplicate_id::RULE,
    &unknown_value::RULE,
    &file_date_mismatch::RULE,
    &times_out_of_order::RULE,
    &time_in_future::RULE,
    &ambiguous_time::RULE,
    &stale_draft::RULE,
    &review_too_narrow::RULE,
    &severity_below_impact::RULE,
    &missing_role::RULE,
    &invalid_audience::RULE,
    &facts_outside_front_matter::RULE,
    &empty_report::RULE,
    &nested_too_deep::RULE,
    &value_by_alias::RULE,
];
