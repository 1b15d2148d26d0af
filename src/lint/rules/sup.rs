//! `SUP`: comments that switch rules off.

mod invalid_suppression;
mod suppression_without_reason;
mod unused_suppression;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 3] =
    [&unused_suppression::RULE, &suppression_without_reason::RULE, &invalid_suppression::RULE];
