//! `REL`: what reports say about each other.

mod action_promised_before;
mod earlier_action_open;
mod near_duplicate_tags;
mod undeclared_recurrence;
mod unknown_reference;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 5] = [
    &unknown_reference::RULE,
    &near_duplicate_tags::RULE,
    &undeclared_recurrence::RULE,
    &earlier_action_open::RULE,
    &action_promised_before::RULE,
];
