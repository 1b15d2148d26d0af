//! `REL`: what reports say about each other.

mod near_duplicate_tags;
mod unknown_reference;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 2] = [&unknown_reference::RULE, &near_duplicate_tags::RULE];
