//! `SUP`: comments that switch rules off.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
