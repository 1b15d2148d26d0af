//! Panels of a dashboard: a title over lines, two beside each other where the terminal is wide enough.

use anstyle::{AnsiColor, Style};

use crate::cli::output::Output;
use crate::cli::table::{bar, cut, left, right, width};

/// Columns of a panel that has another beside it.
pub(super) const HALF: usize = 48;
/// Columns between two panels.
const GAP: usize = 4;
/// Columns of a bar.
const BAR: usize = 16;

/// A line with the columns it takes: colours take none.
#[derive(Clone, Debug)]
pub(super) struct Line {
    text: String,
    width: usize,
}

/// A title over lines.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    title: Line,
    lines: Vec<Line>,
}

/// A row with a bar.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) count: usize,
    /// What stands behind the count.
    pub(super) note: String,
}

impl Panel {
    pub(super) fn new(title: &str, output: &Output) -> Self {
        Self { title: Line { text: output.bold(title), width: width(title) }, lines: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Words under the others: they explain and need not be seen first.
    pub(super) fn note(&mut self, text: &str, output: &Output) {
        for line in wrapped(text, HALF) {
            self.lines.push(Line { width: width(&line), text: output.dim(&line) });
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        for line in wrapped(text, HALF) {
            self.lines.push(Line { width: width(&line), text: line });
        }
    }

    /// Bars of one scale; the longest is as long as a bar can be.
    pub(super) fn bars(&mut self, bars: &[Bar], output: &Output) {
        let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
        self.bars_of(bars, most, output);
    }

    /// Bars of a whole.
    pub(super) fn bars_of(&mut self, bars: &[Bar], most: usize, output: &Output) {
        let labels = bars.iter().map(|bar| width(&bar.label)).max().unwrap_or(0).min(22);
        let counts = bars.iter().map(|bar| bar.count.to_string().len()).max().unwrap_or(1);
        let accent = Style::new().fg_color(Some(AnsiColor::Cyan.into()));
        for row in bars {
            let label = left(&cut(&row.label, labels), labels);
            let count = right(&row.count.to_string(), counts);
            let drawn = left(&bar(row.count, most, BAR), BAR);
            let note = if row.note.is_empty() { String::new() } else { format!("  {}", row.note) };
            self.lines.push(Line {
                width: width(&label) + BAR + width(&count) + width(&note) + 4,
                text: format!(
                    "{label}  {}  {count}{}",
                    output.styled(&drawn, accent),
                    output.dim(&note)
                ),
            });
        }
    }
}

/// Prints panels two by two, or one below the other; empty ones are left out.
pub(super) fn print(panels: Vec<Panel>, output: &mut Output) {
    let mut panels: Vec<Panel> = panels.into_iter().filter(|panel| !panel.is_empty()).collect();
    if Output::width() < HALF * 2 + GAP {
        for panel in panels {
            beside(&panel, None, output);
        }
        return;
    }
    while !panels.is_empty() {
        let first = panels.remove(0);
        let second = (!panels.is_empty()).then(|| panels.remove(0));
        beside(&first, second.as_ref(), output);
    }
}

fn beside(first: &Panel, second: Option<&Panel>, output: &mut Output) {
    let lines = |panel: &Panel| -> Vec<Line> {
        std::iter::once(panel.title.clone()).chain(panel.lines.iter().cloned()).collect()
    };
    let (first, second) = (lines(first), second.map(lines).unwrap_or_default());
    for at in 0..first.len().max(second.len()) {
        let (here, there) = (first.get(at), second.get(at));
        let text = here.map(|line| line.text.as_str()).unwrap_or_default();
        let pad = HALF + GAP - here.map_or(0, |line| line.width).min(HALF + GAP);
        match there {
            Some(there) => output.line(&format!("{text}{}{}", " ".repeat(pad), there.text)),
            None => output.line(text),
        }
    }
    output.line("");
}

/// The text in lines of at most so many columns, broken between words.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrapped("결제 서비스 장애", 11), ["결제 서비스", "장애"]);
        assert_eq!(wrapped("", 10), [""]);
    }
}
