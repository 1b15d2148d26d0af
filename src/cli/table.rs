//! Columns and bars in a terminal, as wide as they look: a Korean syllable takes two columns.

use unicode_width::UnicodeWidthStr as _;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text with spaces behind it, up to a width.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text with spaces before it, up to a width.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text, cut with `…` where it is wider.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for ch in text.chars() {
        short.push(ch);
        if width(&short) >= columns {
            short.pop();
            break;
        }
    }
    short.truncate(short.trim_end().len());
    short + "…"
}

/// A bar of `count` in `most`, in eighths of a column; something that is there is never nothing.
pub(super) fn bar(count: usize, most: usize, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (count * columns * 8 + most / 2) / most.max(1);
    let eighths = if count > 0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::{bar, cut, left, right};

    #[test]
    fn columns_meet_in_both_scripts() {
        assert_eq!((left("결제", 6), right("pay", 6)), ("결제  ".to_owned(), "   pay".to_owned()));
        assert_eq!(
            (cut("결제 서비스", 6), cut("결제", 4)),
            ("결제…".to_owned(), "결제".to_owned())
        );
    }

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(
            [bar(8, 8, 3), bar(1, 2, 3), bar(1, 1000, 3), bar(0, 5, 3)],
            ["███", "█▌", "▏", ""]
        );
    }
}
