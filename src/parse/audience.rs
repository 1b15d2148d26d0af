//! Passages for readers inside only: `<!-- internal -->` … `<!-- /internal -->`.
//!
//! The filter works on the text, before anything is read from it, so that nothing downstream can
//! leak what it never saw. Hidden bytes become spaces and line ends stay, so every span keeps its
//! meaning. Whatever is in doubt is hidden: a mark that is never closed, or opened twice, hides
//! everything to the end of the file. A mark inside code is text.

use std::sync::Arc;

use super::code::Code;
use super::problem::{MarkProblem, Problem, ProblemKind};
use crate::model::Audience;
use crate::source::Span;

/// Which readers a text is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Edition {
    /// Everything that is not restricted.
    #[default]
    Internal,
    /// Only what is public.
    Public,
    /// Everything.
    Restricted,
}

impl Edition {
    /// Whether it holds reports of this audience.
    pub(crate) fn shows(self, audience: Audience) -> bool {
        match self {
            Edition::Public => audience == Audience::Public,
            Edition::Internal => audience != Audience::Restricted,
            Edition::Restricted => true,
        }
    }
}

/// The marks of a text: what they hide, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) hidden: Vec<Span>,
    pub(super) problems: Vec<Problem>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    opens: bool,
}

/// Finds the marks of a text whose body starts at `body`. Almost no report has any, and only those
/// that do are parsed an extra time, to know what is code.
pub(super) fn marks(text: &Arc<str>, body: usize) -> Marks {
    let found = find(text);
    if found.is_empty() {
        return Marks::default();
    }
    let code = Code::of(text, body);
    pair(found.into_iter().filter(|mark| !code.holds(mark.span)), text, body)
}

/// The text with spaces where `hidden` is.
pub(super) fn hide(text: &Arc<str>, hidden: &[Span]) -> Arc<str> {
    if hidden.is_empty() {
        return Arc::clone(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for span in hidden {
        shown.push_str(&text[at..span.start as usize]);
        for ch in span.of(text).chars() {
            match ch {
                '\n' | '\r' => shown.push(ch),
                _ => shown.extend(std::iter::repeat_n(' ', ch.len_utf8())),
            }
        }
        at = span.end as usize;
    }
    shown.push_str(&text[at..]);
    shown.into()
}

/// Everything that looks like a mark. `<!-- internal: why -->` and `<!-- INTERNAL -->` are marks too:
/// a slip must not publish anything.
fn find(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"<!--") {
        let inside = text[at + 4..].trim_start_matches('-').trim_start();
        let (opens, name) = match inside.strip_prefix('/') {
            Some(name) => (false, name.trim_start()),
            None => (true, inside),
        };
        let is_mark = ["internal", "내부", "사내"].iter().any(|word| {
            name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        });
        if is_mark {
            // A mark is closed on its own line; where it is not, what follows its name is hidden too.
            let line = text[at..].lines().next().unwrap_or_default();
            let name_end = text.len() - name.len() - at;
            let length = line.find("-->").map_or(name_end, |end| end + 3);
            marks.push(Mark { span: Span::new(at, at + length), opens });
        }
    }
    marks
}

fn pair(found: impl Iterator<Item = Mark>, text: &str, body: usize) -> Marks {
    let mut marks = Marks::default();
    let mut open: Option<Mark> = None;
    for mark in found {
        let mut problem = |problem| {
            marks
                .problems
                .push(Problem { span: mark.span, kind: ProblemKind::AudienceMark(problem) });
        };
        if (mark.span.start as usize) < body {
            problem(MarkProblem::InFrontMatter);
            continue;
        }
        match (open, mark.opens) {
            (None, true) => open = Some(mark),
            (None, false) => problem(MarkProblem::Unopened),
            (Some(first), false) => {
                marks.hidden.push(Span { start: first.span.end, end: mark.span.start });
                open = None;
            }
            (Some(first), true) => {
                problem(MarkProblem::Nested);
                marks.hidden.push(Span { start: first.span.end, end: Span::at(text.len()).start });
                return marks;
            }
        }
    }
    if let Some(first) = open {
        let kind = ProblemKind::AudienceMark(MarkProblem::Unclosed);
        marks.problems.push(Problem { span: first.span, kind });
        marks.hidden.push(Span { start: first.span.end, end: Span::at(text.len()).start });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::{MarkProblem, ProblemKind, hide, marks};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn public(text: &str) -> (String, Vec<MarkProblem>) {
        let text: Arc<str> = text.into();
        let marks = marks(&text, 0);
        let shown = hide(&text, &marks.hidden);
        assert_eq!(shown.len(), text.len());
        let problems = marks.problems.iter().filter_map(|problem| match problem.kind {
            ProblemKind::AudienceMark(mark) => Some(mark),
            _ => None,
        });
        (shown.to_string(), problems.collect())
    }

    #[test]
    fn hides_passages_and_keeps_places() {
        let (shown, problems) = public("a\n<!-- internal -->\n비밀 x\n<!-- /internal -->\nb");
        assert_eq!(shown, "a\n<!-- internal -->\n        \n<!-- /internal -->\nb");
        assert_eq!(problems, []);
        let (shown, _) = public("a <!--INTERNAL: why-->secret<!-- /Internal --> b");
        assert!(!shown.contains("secret") && shown.ends_with(" b"));
        let (shown, _) = public("<!-- 내부 -->\nsecret\n<!-- /내부 -->\nb");
        assert!(!shown.contains("secret"));
    }

    #[test]
    fn fails_closed() {
        for (text, problem) in [
            ("a\n<!-- internal -->\nsecret", MarkProblem::Unclosed),
            (
                "<!-- internal -->\nx\n<!-- internal -->\nsecret\n<!-- /internal -->\nsecret",
                MarkProblem::Nested,
            ),
            ("<!-- internal -->\n```\nsecret\n<!-- /internal -->\nsecret", MarkProblem::Unclosed),
            ("<!-- internal -- >\nsecret", MarkProblem::Unclosed),
        ] {
            let (shown, problems) = public(text);
            assert!(!shown.contains("secret"), "{shown}");
            assert_eq!(problems, [problem], "{text}");
        }
        assert_eq!(public("a\n<!-- /internal -->\nb").1, [MarkProblem::Unopened]);
    }

    #[test]
    fn a_mark_inside_code_is_text() {
        let text = "`<!-- internal -->` and\n\n```\n<!-- internal -->\n```\nshown";
        assert_eq!(public(text), (text.to_owned(), vec![]));
    }

    proptest! {
        #[test]
        fn what_stands_between_marks_never_gets_out(before in "[a-z`\\n>*# -]{0,30}", hidden in "[`\\n>*#<! -]{0,30}", after in "[a-z`\\n-]{0,30}") {
            // Code before the first mark may turn it into text; only a mark that counts must hide.
            let text: Arc<str> = format!("{before}\n\n<!-- internal -->{hidden}SECRET{hidden}<!-- /internal -->{after}").into();
            let marks = marks(&text, 0);
            let shown = hide(&text, &marks.hidden);
            prop_assert_eq!(shown.len(), text.len());
            if !marks.hidden.is_empty() {
                prop_assert!(!shown.contains("SECRET"));
            }
        }
    }
}
