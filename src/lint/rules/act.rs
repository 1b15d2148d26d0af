//! `ACT`: what was promised.

mod attention;
mod only_human_vigilance;
mod vague_action;

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 2] = [&vague_action::RULE, &only_human_vigilance::RULE];

/// A longer text is cut where a message repeats it.
const LONGEST: usize = 40;

/// What an action says, short enough for a message.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { format!("{}…", cut.trim_end()) } else { cut }
}
