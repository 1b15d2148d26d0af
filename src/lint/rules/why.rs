//! `WHY`: why it happened.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
