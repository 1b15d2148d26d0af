//! What a change would do to a file, as a patch.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::output::Output;
use crate::parse::shown as secrets_covered;

/// Lines around a change.
const CONTEXT: usize = 3;

/// The change as `git apply` and `patch -p1` read it, coloured on a terminal. Secrets are covered in what
/// stands around it.
pub(super) fn patch(path: &str, before: &str, after: &str, output: &Output) -> String {
    let (before, after) = (secrets_covered(before), secrets_covered(after));
    let diff = TextDiff::from_lines(&*before, &*after);
    let style = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    let mut text = output.bold(&format!("--- a/{path}\n+++ b/{path}"));
    text.push('\n');
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        text.push_str(&output.styled(&hunk.header().to_string(), style(AnsiColor::Cyan)));
        text.push('\n');
        for change in hunk.iter_changes() {
            let line = change.value().strip_suffix('\n').unwrap_or(change.value());
            let line = match change.tag() {
                ChangeTag::Delete => output.styled(&format!("-{line}"), style(AnsiColor::Red)),
                ChangeTag::Insert => output.styled(&format!("+{line}"), style(AnsiColor::Green)),
                ChangeTag::Equal => format!(" {line}"),
            };
            text.push_str(&line);
            text.push('\n');
            if change.missing_newline() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}
