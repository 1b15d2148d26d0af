//! `WHY`: why it happened.

mod ends_at_a_person;
mod speculation;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 2] = [&speculation::RULE, &ends_at_a_person::RULE];
