//! `TML`: the timeline.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
