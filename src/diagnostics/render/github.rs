//! Workflow commands that GitHub Actions turns into annotations.
//!
//! GitHub shows ten annotations of each level for a step and drops the rest. So ten of each level become
//! annotations, spread over the files, and the others stand in the log as text.
//! Source: GitHub Docs, "Workflow commands for GitHub Actions".

use std::collections::BTreeMap;

use super::{Indices, one_line, positions, whole_message};
use crate::diagnostics::{Finding, Severity};
use crate::l10n::{Lang, Text};

/// How many annotations of a level GitHub shows.
const SHOWN: usize = 10;

const REST: Text = Text::new(
    "{count} more {finding|findings} without an annotation: GitHub shows {most} of each level",
    "주석을 달지 못한 지적 {count}건 (GitHub는 수준마다 {most}건까지 보여 줍니다)",
);

pub(crate) fn github(findings: &[&Finding], lang: Lang) -> String {
    let mut out = String::new();
    let mut rest: Vec<&Finding> = Vec::new();
    let mut indices = Indices::default();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let level = findings.iter().copied().filter(|finding| finding.severity == severity);
        let (shown, dropped) = spread(level.collect());
        for finding in shown {
            out.push_str(&command(finding, &mut indices, lang));
        }
        rest.extend(dropped);
    }
    if !rest.is_empty() {
        let title = REST.with("count", rest.len()).with("most", SHOWN).render(lang);
        out.push_str(&format!("::group::{}\n", data(&title)));
        for finding in rest {
            out.push_str(&plain(finding, &mut indices, lang));
        }
        out.push_str("::endgroup::\n");
    }
    out
}

/// The findings that become annotations, and the others, both in their order. Every file has its
/// first one before any has a second: ten on one file would hide all the others.
fn spread(findings: Vec<&Finding>) -> (Vec<&Finding>, Vec<&Finding>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, usize)> = Vec::with_capacity(findings.len());
    for (at, finding) in findings.iter().enumerate() {
        let turn = seen.entry(finding.file.path()).or_default();
        turns.push((*turn, at));
        *turn += 1;
    }
    turns.sort_unstable();
    let mut is_shown = vec![false; findings.len()];
    for (_, at) in turns.into_iter().take(SHOWN) {
        is_shown[at] = true;
    }
    let (shown, rest): (Vec<_>, Vec<_>) =
        findings.into_iter().zip(is_shown).partition(|(_, is_shown)| *is_shown);
    let only = |pairs: Vec<(_, bool)>| pairs.into_iter().map(|(finding, _)| finding).collect();
    (only(shown), only(rest))
}

/// A finding as an annotation.
fn command(finding: &Finding, indices: &mut Indices, lang: Lang) -> String {
    let (start, end) = positions(finding, indices.of(finding));
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let title = finding.rule.map_or(String::new(), |rule| {
        format!(",title={}", property(&format!("{} {}", rule.code, rule.name)))
    });
    let place = if finding.span.is_some() {
        // Columns are shown only within one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        format!(",line={},endLine={}{columns}", start.line, end.line)
    } else {
        String::new()
    };
    let path = property(finding.file.path());
    let message = data(&whole_message(finding, lang, "\n"));
    format!("::{command} file={path}{place}{title}::{message}\n")
}

/// A finding as a line of the log. It starts with a word of ours, because a line that starts with `::`
/// is a command; `##[` was one once and still is.
fn plain(finding: &Finding, indices: &mut Indices, lang: Lang) -> String {
    let (start, _) = positions(finding, indices.of(finding));
    let (label, code) = (finding.severity.label().get(lang), finding.code());
    let message = finding.message.render(lang);
    let path = finding.file.path();
    let line = format!("{label}[{code}] {path}:{}:{}: {message}", start.line, start.column);
    format!("{}\n", one_line(&line).replace("##[", "## ["))
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property's value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::diagnostics::{Finding, Severity};
    use crate::l10n::{Lang, Text};
    use crate::source::{SourceFile, Span};

    fn finding(path: &str, severity: Severity, span: Option<Span>) -> Finding {
        Finding {
            severity,
            rule: None,
            file: SourceFile::new(path, "one\ntwo"),
            span,
            message: Text::new("100 % of {x}", "{x}").with("x", "a\n::error::b ##[error]c"),
            help: None,
            related: Vec::new(),
            subjects: Vec::new(),
            fix: None,
            depends_on_today: false,
        }
    }

    #[test]
    fn the_worst_come_first_and_nothing_breaks_out_of_its_command() {
        let info = finding("a,b:c.md", Severity::Info, None);
        let error = finding("a,b:c.md", Severity::Error, Some(Span::new(4, 7)));
        assert_eq!(
            github(&[&info, &error], Lang::En),
            "::error file=a%2Cb%3Ac.md,line=2,endLine=2,col=1,endColumn=4::100 %25 of a%0A::error::b ##[error]c\n\
             ::notice file=a%2Cb%3Ac.md::100 %25 of a%0A::error::b ##[error]c\n"
        );
    }

    #[test]
    fn ten_of_a_level_are_annotated_over_all_files_and_the_rest_is_text() {
        let many: Vec<Finding> = (0..12)
            .map(|at| finding("a.md", Severity::Error, Some(Span::at(at % 7))))
            .chain([finding("::error::b.md", Severity::Error, None)])
            .collect();
        let all: Vec<&Finding> = many.iter().collect();
        let text = github(&all, Lang::En);
        let commands: Vec<&str> =
            text.lines().filter(|line| line.starts_with("::error ")).collect();
        assert_eq!(commands.len(), 10, "{text}");
        assert!(commands[9].contains("file=%3A%3Aerror%3A%3Ab.md"), "{text}");
        let rest: Vec<&str> = text.lines().skip(10).collect();
        assert_eq!(
            rest,
            [
                "::group::3 more findings without an annotation: GitHub shows 10 of each level",
                "error[] a.md:1:3: 100 % of a ::error::b ## [error]c",
                "error[] a.md:1:4: 100 % of a ::error::b ## [error]c",
                "error[] a.md:2:1: 100 % of a ::error::b ## [error]c",
                "::endgroup::",
            ]
        );
    }
}
