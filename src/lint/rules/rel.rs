//! `REL`: what reports say about each other.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
