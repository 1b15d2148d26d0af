//! Workflow commands that GitHub Actions turns into annotations.
//!
//! GitHub shows ten annotations of each level for a step and drops the rest, so the worst come first.
//! Source: GitHub Docs, "Workflow commands for GitHub Actions".

use super::{Indices, positions};
use crate::diagnostics::{Finding, Severity};
use crate::l10n::Lang;

pub(crate) fn github(findings: &[&Finding], lang: Lang) -> String {
    let mut worst_first: Vec<&Finding> = findings.to_vec();
    worst_first.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut out = String::new();
    let mut indices = Indices::default();
    for finding in worst_first {
        let (start, end) = positions(finding, indices.of(finding));
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let title = finding.rule.map_or(String::new(), |rule| {
            format!(",title={}", property(&format!("{} {}", rule.code, rule.name)))
        });
        let help = finding.help_text(lang);
        let mut message = finding.message.render(lang);
        if !help.is_empty() {
            message.push('\n');
            message.push_str(&help);
        }
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
        out.push_str(&format!("::{command} file={path}{place}{title}::{}\n", data(&message)));
    }
    out
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

    #[test]
    fn the_worst_come_first_and_nothing_breaks_out_of_its_command() {
        let finding = |severity, span| Finding {
            severity,
            rule: None,
            file: SourceFile::new("a,b:c.md", "one\ntwo"),
            span,
            message: Text::new("100 % of {x}", "{x}").with("x", "a\n::error::b"),
            help: None,
            related: Vec::new(),
            subjects: Vec::new(),
            fix: None,
            depends_on_today: false,
        };
        let (info, error) =
            (finding(Severity::Info, None), finding(Severity::Error, Some(Span::new(4, 7))));
        assert_eq!(
            github(&[&info, &error], Lang::En),
            "::error file=a%2Cb%3Ac.md,line=2,endLine=2,col=1,endColumn=4::100 %25 of a%0A::error::b\n\
             ::notice file=a%2Cb%3Ac.md::100 %25 of a%0A::error::b\n"
        );
    }
}
