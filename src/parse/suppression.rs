//! Comments that switch rules off: `<!-- bokgi-disable-next-line ACT003: the vendor owns it -->`.
//!
//! They are read from the file as it stands, whatever edition is made of it: a reason that a public
//! edition does not show is still a reason. In front matter the same words stand behind a `#`. What is
//! inside code is text.

use std::sync::Arc;

use super::code::Code;
use super::problem::{Problem, ProblemKind, SuppressionSlip};
use crate::source::Span;
use crate::tree::suggest;

/// One rule that a comment switches off. A comment that names three makes three.
#[derive(Clone, Debug)]
pub(crate) struct Suppression {
    /// The comment.
    pub(crate) span: Span,
    /// The rule as written: a code, the start of one, or a name.
    pub(crate) rule: String,
    pub(crate) rule_span: Span,
    /// Where it holds.
    reach: Reach,
    /// Why.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug)]
enum Reach {
    /// The whole report, and findings without a place.
    File,
    Part(Span),
}

impl Suppression {
    /// Whether it names this rule.
    pub(crate) fn names(&self, code: &str, name: &str) -> bool {
        names(&self.rule, code, name)
    }

    /// Whether it is enough to switch a rule off: what must not be published takes a reason.
    pub(crate) fn is_enough_for(&self, code: &str) -> bool {
        self.reason.is_some() || !NEEDS_REASON.contains(&code)
    }

    /// Whether it holds at a place; `None` is the report as a whole.
    pub(crate) fn reaches(&self, place: Option<Span>) -> bool {
        match (self.reach, place) {
            (Reach::File, _) => true,
            (Reach::Part(part), Some(place)) => {
                part.start <= place.start && place.start < part.end.max(part.start + 1)
            }
            (Reach::Part(_), None) => false,
        }
    }
}

/// Whether a word names a rule: its name, its code, or the start of its code.
pub(crate) fn names(word: &str, code: &str, name: &str) -> bool {
    let starts = code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    !word.is_empty() && (starts || word == name)
}

/// What the comments of a text switch off, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    pub(super) list: Vec<Suppression>,
    pub(super) problems: Vec<Problem>,
}

/// The rules about secrets and identity numbers. Their findings keep a report out of every build, and a
/// comment that lets it in says why.
pub(crate) const NEEDS_REASON: [&str; 2] = ["PUB001", "PUB002"];
/// A report with more comments of this kind has other troubles.
const MOST: usize = 500;
/// A longer comment is none of ours.
const LONGEST: usize = 2000;
const MARK: &[u8] = b"bokgi-";
const VERBS: [&str; 5] = ["disable-next-line", "disable-line", "disable-file", "disable", "enable"];

/// Finds them in a text whose body starts at `body`. Almost no report has any, and only those that do
/// are parsed an extra time, to know what is code.
pub(super) fn read(text: &Arc<str>, body: usize) -> Suppressions {
    let mut found: Vec<Comment<'_>> = memchr::memmem::find_iter(text.as_bytes(), MARK)
        .filter_map(|at| comment(text, at, body))
        .take(MOST)
        .collect();
    if found.is_empty() {
        return Suppressions::default();
    }
    let code = Code::of(text, body);
    found.retain(|comment| !code.holds(comment.span));
    let mut all = Suppressions::default();
    for comment in found {
        all.add(&comment, text);
    }
    all
}

/// A comment that speaks to us, without its marks.
struct Comment<'t> {
    span: Span,
    verb: &'t str,
    /// What follows the verb, and where.
    rest: &'t str,
    rest_at: usize,
}

fn comment(text: &str, at: usize, body: usize) -> Option<Comment<'_>> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let inside = at + MARK.len();
    let (start, end, close) = if at < body {
        let start = before.strip_suffix('#')?.len();
        let line = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
        (start, line, line)
    } else {
        let start = before.trim_end_matches('-').strip_suffix("<!")?.len();
        let mut limit = (at + LONGEST).min(text.len());
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let end = at + text[at..limit].find("-->")?;
        (start, end, end + 3)
    };
    let said = text[inside..end].trim_end();
    let verb_end = said.find(|ch: char| !ch.is_ascii_alphabetic() && ch != '-');
    let (verb, rest) = said.split_at(verb_end.unwrap_or(said.len()));
    Some(Comment {
        span: Span::new(start, close),
        verb: verb.trim_end_matches('-'),
        rest,
        rest_at: inside + verb.len(),
    })
}

impl Suppressions {
    fn add(&mut self, comment: &Comment<'_>, text: &str) {
        if !VERBS.contains(&comment.verb) {
            let suggestion = suggest(comment.verb, VERBS);
            let word = comment.verb.to_owned();
            return self.slip(comment, SuppressionSlip::UnknownDirective { word, suggestion });
        }
        let (rules, reason) = match comment.rest.split_once(':') {
            Some((rules, reason)) => (rules, Some(reason.trim()).filter(|why| !why.is_empty())),
            None => (comment.rest, None),
        };
        let rules = words(rules, comment.rest_at);
        if comment.verb == "enable" {
            return self.close(comment, &rules);
        }
        if rules.is_empty() {
            return self.slip(comment, SuppressionSlip::NoRules);
        }
        let reach = match comment.verb {
            "disable-file" => Reach::File,
            "disable-line" => Reach::Part(line_around(text, comment.span.start as usize)),
            "disable-next-line" => Reach::Part(line_after(text, comment.span.end as usize)),
            _ => Reach::Part(Span::new(comment.span.start as usize, text.len() + 1)),
        };
        self.list.extend(rules.into_iter().map(|(rule, rule_span)| Suppression {
            span: comment.span,
            rule: rule.to_owned(),
            rule_span,
            reach,
            reason: reason.map(str::to_owned),
        }));
    }

    /// Ends what `disable` began: the named rules, or all.
    fn close(&mut self, comment: &Comment<'_>, rules: &[(&str, Span)]) {
        let mut closed = false;
        let open_end = |part: &Span| !part.is_empty() && part.end > comment.span.end;
        for suppression in &mut self.list {
            let named = rules.is_empty()
                || rules.iter().any(|(rule, _)| rule.eq_ignore_ascii_case(&suppression.rule));
            match &mut suppression.reach {
                Reach::Part(part)
                    if named && part.start == suppression.span.start && open_end(part) =>
                {
                    part.end = comment.span.start;
                    closed = true;
                }
                _ => {}
            }
        }
        if !closed {
            self.slip(comment, SuppressionSlip::NotOpen);
        }
    }

    fn slip(&mut self, comment: &Comment<'_>, slip: SuppressionSlip) {
        self.problems.push(Problem { span: comment.span, kind: ProblemKind::Suppression(slip) });
    }
}

/// Words between commas and spaces, with their places.
fn words(text: &str, at: usize) -> Vec<(&str, Span)> {
    let mut words = Vec::new();
    let mut start = 0;
    for word in text.split([',', ' ', '\t', '\n', '\r']) {
        let place = at + start;
        start += word.len() + 1;
        if !word.is_empty() {
            words.push((word, Span::new(place, place + word.len())));
        }
    }
    words
}

fn line_around(text: &str, at: usize) -> Span {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    Span::new(start, end + 1)
}

/// The next line that is not blank: formatters put blank lines behind comments.
fn line_after(text: &str, at: usize) -> Span {
    let Some(end) = text[at..].find(['\n', '\r']) else { return Span::new(text.len(), text.len()) };
    let rest = &text[at + end..];
    let next = at + end + (rest.len() - rest.trim_start().len());
    line_around(text, next)
}

#[cfg(test)]
mod tests {
    use super::{SuppressionSlip, read};
    use crate::parse::ProblemKind;
    use crate::source::Span;
    use std::sync::Arc;

    /// The rules switched off at `needle`, with their reasons.
    fn at(text: &str, needle: &str) -> Vec<String> {
        let body = text.rfind("---\n").map_or(0, |at| at + 4);
        let found = read(&Arc::from(text), body);
        let at = text.find(needle).unwrap_or_default();
        let place = Some(Span::new(at, at + needle.len()));
        let here = found.list.iter().filter(|suppression| suppression.reaches(place));
        here.map(|found| match &found.reason {
            Some(reason) => format!("{}: {reason}", found.rule),
            None => found.rule.clone(),
        })
        .collect()
    }

    #[test]
    fn each_kind_has_its_reach() {
        let text = "---\n# bokgi-disable-next-line DOC010: ours\nkind: x\n---\n\
            <!-- bokgi-disable-file SEC -->\n<!-- bokgi-disable-next-line ACT003, vague-action: no owner -->\n\n- one\n- two <!-- bokgi-disable-line ACT005 -->\n\
            <!-- bokgi-disable PUB001: fake -->\n```\nkey\n```\n<!-- bokgi-enable PUB001 -->\nlast\n";
        assert_eq!(at(text, "kind"), ["DOC010: ours", "SEC"]);
        assert_eq!(at(text, "- one"), ["SEC", "ACT003: no owner", "vague-action: no owner"]);
        assert_eq!(at(text, "- two"), ["SEC", "ACT005"]);
        assert_eq!(at(text, "key"), ["SEC", "PUB001: fake"]);
        assert_eq!(at(text, "last"), ["SEC"]);
    }

    #[test]
    fn a_comment_inside_code_is_text() {
        let text =
            "`<!-- bokgi-disable-file SEC -->`\n\n```\n<!-- bokgi-disable-file ACT -->\n```\nlast";
        assert!(at(text, "last").is_empty());
    }

    #[test]
    fn slips_are_said() {
        let slips = |text: &str| -> Vec<SuppressionSlip> {
            let found = read(&Arc::from(text), 0);
            let slip = |problem: crate::parse::Problem| match problem.kind {
                ProblemKind::Suppression(slip) => Some(slip),
                _ => None,
            };
            found.problems.into_iter().filter_map(slip).collect()
        };
        let unknown = SuppressionSlip::UnknownDirective {
            word: "disable-nextline".to_owned(),
            suggestion: Some("disable-next-line"),
        };
        assert_eq!(slips("<!-- bokgi-disable-nextline ACT -->"), [unknown]);
        assert_eq!(slips("<!-- bokgi-disable-file -->"), [SuppressionSlip::NoRules]);
        assert_eq!(slips("<!-- bokgi-disable-line : why -->"), [SuppressionSlip::NoRules]);
        assert_eq!(slips("a\n<!-- bokgi-enable ACT -->"), [SuppressionSlip::NotOpen]);
        assert_eq!(slips("<!-- bokgi-disable ACT"), []);
        assert_eq!(slips("bokgi-disable ACT -->"), []);
    }
}
