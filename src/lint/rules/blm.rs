//! `BLM`: words that look for a culprit.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
