//! Keeps secrets out of findings: what a rule quotes, the lines around a place, the text of an edit.
//!
//! Rules need not think of it. Whatever they say about a report that holds a secret goes through here
//! before anybody sees it, in every format and language.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::Finding;
use crate::l10n::Value;
use crate::parse::{Report, Secret, Veil, veiled};
use crate::source::SourceFile;

/// What must not be said about some reports.
#[derive(Debug, Default)]
pub(super) struct Cover<'r> {
    veil: Veil,
    files: BTreeMap<&'r str, Covered<'r>>,
}

#[derive(Debug)]
struct Covered<'r> {
    report: &'r Report,
    shown: SourceFile,
}

impl<'r> Cover<'r> {
    /// `None` if none of the reports holds a secret.
    pub(super) fn over(reports: impl Iterator<Item = &'r Report>) -> Option<Self> {
        let mut cover = Self::default();
        for report in reports.filter(|report| !report.secrets.is_empty()) {
            let secrets: &[Secret] = &report.secrets;
            cover.veil.add(report.source.text(), secrets);
            let shown = veiled(&report.source, secrets);
            cover.files.insert(report.source.path(), Covered { report, shown });
        }
        (!cover.files.is_empty()).then_some(cover)
    }

    pub(super) fn hide(&self, finding: &mut Finding) {
        if let Some(file) = self.files.get(finding.file.path()) {
            let is_whole = Arc::ptr_eq(finding.file.text(), file.report.source.text());
            finding.file = if is_whole {
                file.shown.clone()
            } else {
                // A rule has covered something itself; places are the same.
                veiled(&finding.file, &file.report.secrets)
            };
        }
        let over = |text: &str| self.veil.over(text);
        finding.message.change(&over);
        if let Some(help) = &mut finding.help {
            help.change(&over);
        }
        for related in &mut finding.related {
            related.message.change(&over);
        }
        for subject in &mut finding.subjects {
            if let Some(hidden) = over(subject) {
                *subject = hidden;
            }
        }
        // An edit that writes a secret is shown to nobody, and stars must not be written.
        if finding
            .fix
            .as_ref()
            .is_some_and(|fix| fix.edits.iter().any(|edit| over(&edit.text).is_some()))
        {
            finding.fix = None;
        }
    }

    pub(super) fn hide_in(&self, value: &mut Value) {
        value.change(&|text| self.veil.over(text));
    }
}
