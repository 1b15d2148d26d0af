//! What a finding is known by while the lines around it move.
//!
//! Line numbers change with every edit above them, so a finding is known by its rule, its file and the
//! text it stands in. Two findings with the same of all three are told apart by their order. Messages
//! take no part: a finding stays the same in another language or in other words.

use std::collections::BTreeMap;

use super::Finding;
use crate::source::{Fnv, Span, floor};

/// How much of a line counts before a place, and how much from its start on. A line may be megabytes
/// long and hold thousands of places; all of them together must not cost more than the file.
const BEFORE: usize = 256;
const FROM_START: usize = 1024;

/// The texts a finding is known by: what it says it is about, or else the lines of its place and of
/// its related places, in their order, white space folded. Empty for a file as a whole.
pub(crate) fn places(finding: &Finding) -> Vec<String> {
    if !finding.subjects.is_empty() {
        return finding.subjects.clone();
    }
    let related = finding.related.iter().map(|related| related.span);
    let text = finding.file.text();
    finding.span.into_iter().chain(related).map(|span| folded(lines(text, span))).collect()
}

/// The hash of a finding's rule, its file and the first of its [`places`], or of all it is about.
///
/// Only the first: where a finding stands for a habit of many places, mending or adding one of the
/// others leaves it the same finding. It is the same on every machine and in every version; findings
/// with equal ones are numbered by [`fingerprints`].
pub(crate) fn fingerprint(finding: &Finding) -> u64 {
    let mut hash = Fnv::new();
    // No part can run into the next: none of them holds the separator.
    let mut part = |text: &str| {
        hash.write(text.as_bytes());
        hash.write(&[0]);
    };
    part(finding.code());
    part(finding.file.path());
    let mut places = places(finding);
    if finding.subjects.is_empty() {
        places.truncate(1);
    }
    // Subjects are a set.
    places.sort_unstable();
    for place in &places {
        part(place);
    }
    hash.finish()
}

/// The fingerprint of each finding as text, unique among them: the hash, and which of equal ones it
/// is. `findings` are in the order of their places.
pub(crate) fn fingerprints(findings: &[&Finding]) -> Vec<String> {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let number = |finding: &&Finding| {
        let hash = fingerprint(finding);
        let count = seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    };
    findings.iter().map(number).collect()
}

/// The lines a span stands on.
fn lines(text: &str, span: Span) -> &str {
    // A span that takes the line ending with it does not stand on the next line.
    let trimmed = span.trim(text);
    let span = if trimmed.is_empty() { span } else { trimmed };
    let bytes = text.as_bytes();
    let start = floor(text, span.start as usize);
    let first = floor(text, start.saturating_sub(BEFORE));
    let last = floor(text, start + FROM_START);
    let from = memchr::memrchr2(b'\n', b'\r', &bytes[first..start]);
    let end = floor(text, (span.end as usize).clamp(start, last));
    let to = memchr::memchr2(b'\n', b'\r', &bytes[end..last]);
    let from = from.map_or(first, |at| first + at + 1);
    Span::new(from, to.map_or(last, |at| end + at)).of(text)
}

fn folded(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, fingerprints, places};
    use crate::diagnostics::{Finding, Related, RuleId, Severity};
    use crate::l10n::Text;
    use crate::source::{SourceFile, Span};

    fn finding(text: &str, marked: &str) -> Finding {
        let at = text.find(marked).unwrap_or(0);
        Finding {
            severity: Severity::Warning,
            rule: Some(RuleId { code: "TML001", name: "late" }),
            file: SourceFile::new("a.md", text),
            span: Some(Span::new(at, at + marked.len())),
            message: Text::new("late", "늦음").into(),
            help: None,
            related: Vec::new(),
            subjects: Vec::new(),
            fix: None,
            depends_on_today: false,
        }
    }

    #[test]
    fn moved_lines_and_other_white_space_change_nothing() {
        let before = finding("# A\n\n- 14:02  알람\t울림\n- 14:05 복구\n", "14:02");
        let after = finding("---\nx: y\n---\r\n# B\r\n  - 14:02 알람 울림\r\n", "14:02");
        assert_eq!(places(&before), ["- 14:02 알람 울림"]);
        assert_eq!(places(&before), places(&after));
        assert_eq!(fingerprint(&before), fingerprint(&after));
        let other = finding("- 14:03 알람 울림\n", "14:03");
        assert_ne!(fingerprint(&before), fingerprint(&other));
    }

    /// What is known by these numbers is known by them for ever: they must not change.
    #[test]
    fn the_hash_is_written_down() {
        let of_line = finding("- 14:02 alarm\n", "14:02");
        let mut of_subjects = of_line.clone();
        of_subjects.subjects = vec!["summary".to_owned(), "impact".to_owned()];
        let mut of_file = of_line.clone();
        of_file.span = None;
        let all = [&of_line, &of_subjects, &of_file, &of_line];
        assert_eq!(
            fingerprints(&all),
            [
                "dff4cdc790446dc8:1",
                "96146ae8f931eac7:1",
                "06e45cddc4a9f83b:1",
                "dff4cdc790446dc8:2"
            ]
        );
        assert_eq!(places(&of_subjects), ["summary", "impact"]);
        assert!(places(&of_file).is_empty());
    }

    #[test]
    fn the_first_of_many_places_decides() {
        let text = "- one\n- two\n- three\n";
        let alone = finding(text, "one");
        let mut many = alone.clone();
        let message = Text::new("", "");
        many.related.push(Related { span: Span::new(8, 11), message: message.into() });
        assert_eq!(places(&many), ["- one", "- two"]);
        assert_eq!(fingerprint(&alone), fingerprint(&many));
    }

    #[test]
    fn an_endless_line_is_cut_and_a_span_beyond_the_text_is_no_panic() {
        let long = format!("{}x{}", "가".repeat(100_000), "나".repeat(100_000));
        let shown = &places(&finding(&long, "x"))[0];
        assert!(shown.len() < 2_000 && shown.contains('x'), "{}", shown.len());
        let mut outside = finding("가", "가");
        outside.span = Some(Span::new(1, 900));
        assert_eq!(places(&outside), ["가"]);
        let mut ending = finding("one\ntwo\n", "one\n");
        assert_eq!(places(&ending), ["one"]);
        ending.span = Some(Span::at(8));
        assert_eq!(places(&ending), [""]);
    }
}
