//! `ACT`: what was promised.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
