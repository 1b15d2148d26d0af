//! Findings that are known: they were there when the team began, and are not reported again.
//!
//! A ratchet. What a baseline knows passes, what it does not know is reported, and what was mended is
//! taken out of it and can never come back. A place is known by its rule, its report and its text, so
//! moved lines change nothing and an edited line has to be right. A finding that stands for a habit of
//! several places is known as far as its places are: only the new ones are shown.
//!
//! The file holds hashes, never text: what must not be published must not stand in a baseline either.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Finding;
use crate::diagnostics::fingerprint::places;
use crate::source::Fnv;

/// Known places, by what they are known by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline {
    known: BTreeMap<Key, usize>,
}

/// What a place is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    report: String,
    rule: String,
    place: u64,
}

/// A baseline as a file: a line for each rule of each report, so that version control merges it well.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    report: String,
    rule: String,
    /// The hash of each place, as hexadecimal digits; twice where there are two of the same text.
    places: Vec<String>,
}

const VERSION: u32 = 1;

/// A file that is no baseline of this version.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreadable(String);

/// What a baseline leaves of the findings.
#[derive(Debug, Default)]
pub(crate) struct Left {
    /// New findings, each without the places that are known.
    pub(crate) new: Vec<Finding>,
    /// How many findings are known.
    pub(crate) known: usize,
    /// How many known places are no longer there: they were mended.
    pub(crate) mended: usize,
}

impl Baseline {
    /// All of these findings. `name` gives a file its name in the baseline, which must not depend on the
    /// folder a command runs in.
    pub(crate) fn of<'f>(
        findings: impl IntoIterator<Item = &'f Finding>,
        name: &dyn Fn(&str) -> String,
    ) -> Self {
        let mut known = BTreeMap::new();
        for key in findings.into_iter().flat_map(|finding| keys(finding, name)) {
            *known.entry(key).or_insert(0) += 1;
        }
        Self { known }
    }

    pub(crate) fn read(text: &str) -> Result<Self, Unreadable> {
        let unreadable = |why: String| Unreadable(why);
        let file: File =
            serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        if file.version != VERSION {
            return Err(unreadable(format!("version {} is unknown", file.version)));
        }
        let mut known = BTreeMap::new();
        for row in file.findings {
            for place in &row.places {
                let place = u64::from_str_radix(place, 16)
                    .map_err(|error| unreadable(format!("`{place}`: {error}")))?;
                let key = Key { report: row.report.clone(), rule: row.rule.clone(), place };
                *known.entry(key).or_insert(0) += 1;
            }
        }
        Ok(Self { known })
    }

    /// The file, the same for the same findings.
    pub(crate) fn write(&self) -> String {
        let mut rows: Vec<Row> = Vec::new();
        for (key, count) in &self.known {
            let places = std::iter::repeat_n(format!("{:016x}", key.place), *count);
            match rows.last_mut().filter(|row| row.report == key.report && row.rule == key.rule) {
                Some(row) => row.places.extend(places),
                None => rows.push(Row {
                    report: key.report.clone(),
                    rule: key.rule.clone(),
                    places: places.collect(),
                }),
            }
        }
        let rows: Vec<String> =
            rows.iter().filter_map(|row| serde_json::to_string(row).ok()).collect();
        let separator = if rows.is_empty() { "" } else { "\n" };
        format!(
            "{{\"version\":{VERSION},\"findings\":[{separator}{}{separator}]}}\n",
            rows.join(",\n")
        )
    }

    /// How many places are known.
    pub(crate) fn len(&self) -> usize {
        self.known.values().sum()
    }

    /// Takes what is known out of the findings.
    pub(crate) fn apply(&self, findings: Vec<Finding>, name: &dyn Fn(&str) -> String) -> Left {
        let mut rest = self.known.clone();
        let mut left = Left::default();
        for finding in findings {
            let known: Vec<bool> = keys(&finding, name)
                .into_iter()
                .map(|key| match rest.get_mut(&key) {
                    Some(count) if *count > 0 => {
                        *count -= 1;
                        true
                    }
                    _ => false,
                })
                .collect();
            if known.iter().all(|known| *known) {
                left.known += 1;
            } else {
                left.new.push(without(finding, &known));
            }
        }
        left.mended = rest.values().sum();
        left
    }

    /// The baseline without what was mended. Rules that did not run are left alone: nobody knows.
    pub(crate) fn pruned<'f>(
        &self,
        findings: impl IntoIterator<Item = &'f Finding>,
        name: &dyn Fn(&str) -> String,
        ran: impl Fn(&str) -> bool,
    ) -> Self {
        let now = Self::of(findings, name);
        let known = self.known.iter().filter_map(|(key, count)| {
            let there = now.known.get(key).copied().unwrap_or(0);
            let count = if ran(&key.rule) { (*count).min(there) } else { *count };
            (count > 0).then(|| (key.clone(), count))
        });
        Self { known: known.collect() }
    }
}

/// What a finding is known by: a key for each of its places, at least one.
fn keys(finding: &Finding, name: &dyn Fn(&str) -> String) -> Vec<Key> {
    let mut places = places(finding);
    if places.is_empty() {
        places.push(String::new());
    }
    let key = |place: String| {
        let mut hash = Fnv::new();
        hash.write(place.as_bytes());
        Key {
            report: name(finding.file.path()),
            rule: finding.code().to_owned(),
            place: hash.finish(),
        }
    };
    places.into_iter().map(key).collect()
}

/// A finding without its known places.
fn without(mut finding: Finding, known: &[bool]) -> Finding {
    // What it is about is no place; it stays whole.
    if !finding.subjects.is_empty() || known.len() != finding.related.len() + 1 {
        return finding;
    }
    let mut known = known.iter();
    let first_is_known = known.next() == Some(&true);
    finding.related.retain(|_| known.next() != Some(&true));
    if first_is_known && !finding.related.is_empty() {
        finding.span = Some(finding.related.remove(0).span);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::Baseline;
    use crate::diagnostics::{Finding, Related, RuleId, Severity};
    use crate::l10n::Text;
    use crate::source::{SourceFile, Span};

    /// A finding at each of `places` of a text.
    fn finding(text: &str, code: &'static str, places: &[&str]) -> Finding {
        let span = |place: &str| {
            let at = text.find(place).unwrap_or(0);
            Span::new(at, at + place.len())
        };
        let related =
            |place: &&str| Related { span: span(place), message: Text::new("", "").into() };
        Finding {
            severity: Severity::Warning,
            rule: Some(RuleId { code, name: "name" }),
            file: SourceFile::new("content/a.md", text),
            span: places.first().map(|place| span(place)),
            message: Text::new("x", "x").into(),
            help: None,
            related: places.iter().skip(1).map(related).collect(),
            subjects: Vec::new(),
            fix: None,
            depends_on_today: false,
        }
    }

    fn of(findings: &[Finding]) -> Baseline {
        Baseline::of(findings, &str::to_owned)
    }

    fn apply(baseline: &Baseline, findings: Vec<Finding>) -> super::Left {
        baseline.apply(findings, &str::to_owned)
    }

    #[test]
    fn what_is_known_passes_and_what_is_new_does_not() {
        let old = "- one\n- two\n";
        let baseline = of(&[finding(old, "ACT003", &["one", "two"])]);
        let text = baseline.write();
        assert_eq!(Baseline::read(&text).expect("it was just written"), baseline);
        // Lines moved, one was mended, one is new.
        let now = "# Title\n\n- three\n- two\n";
        let left = apply(&baseline, vec![finding(now, "ACT003", &["two", "three"])]);
        let places: Vec<&str> =
            left.new.iter().filter_map(|finding| Some(finding.span?.of(now))).collect();
        assert_eq!((places, left.known, left.mended), (vec!["three"], 0, 1));
        let left = apply(&baseline, vec![finding(now, "ACT003", &["two"])]);
        assert_eq!((left.new.len(), left.known, left.mended), (0, 1, 1));
        // Another rule at a known place is new.
        assert_eq!(apply(&baseline, vec![finding(old, "ACT005", &["one"])]).new.len(), 1);
    }

    #[test]
    fn pruning_takes_out_what_was_mended_and_adds_nothing() {
        let old = "- one\n- two\n";
        let baseline =
            of(&[finding(old, "ACT003", &["one", "two"]), finding(old, "ACT005", &["one"])]);
        let now = [finding(old, "ACT003", &["two"]), finding(old, "SEC001", &["one"])];
        let pruned = baseline.pruned(&now, &str::to_owned, |_| true);
        assert_eq!(pruned, of(&[finding(old, "ACT003", &["two"])]));
        let pruned = baseline.pruned(&now, &str::to_owned, |rule| rule == "ACT003");
        let kept = of(&[finding(old, "ACT003", &["two"]), finding(old, "ACT005", &["one"])]);
        assert_eq!(pruned, kept);
    }

    #[test]
    fn equal_lines_are_counted() {
        let baseline = of(&[finding("x\n", "ACT003", &["x"])]);
        let twice = vec![finding("x\n", "ACT003", &["x"]), finding("x\n", "ACT003", &["x"])];
        let left = apply(&baseline, twice);
        assert_eq!((left.new.len(), left.known), (1, 1));
    }

    #[test]
    fn a_file_that_is_no_baseline_is_refused() {
        for text in [
            "",
            "{}",
            r#"{"version":2,"findings":[]}"#,
            r#"{"version":1,"findings":[{"report":"a","rule":"X","places":["zz"]}]}"#,
        ] {
            assert!(Baseline::read(text).is_err(), "{text}");
        }
        let empty = Baseline::default();
        assert_eq!(Baseline::read(&empty.write()).expect("it was just written"), empty);
    }
}
