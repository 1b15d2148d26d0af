//! The words of a result.

use std::collections::{BTreeMap, BTreeSet};

use anstyle::{AnsiColor, Style};

use super::Checked;
use crate::cli::args::Format;
use crate::cli::formats;
use crate::cli::output::Output;
use crate::diagnostics::{Counts, Finding, RuleId, Severity};
use crate::l10n::Text;

impl Checked<'_> {
    /// People see infos when they ask for them; programs see everything.
    pub(super) fn print(&self, verbose: bool, output: &mut Output) {
        let format = self.run.args.format;
        let for_people = !formats::is_for_programs(format);
        let shown =
            |finding: &&&Finding| !for_people || verbose || finding.severity != Severity::Info;
        let visible: Vec<&Finding> = self.findings.iter().filter(shown).copied().collect();
        if self.run.args.statistics {
            print_statistics(&visible, format, output);
        } else {
            let text = self.render(&visible, format, output);
            output.result(&text);
        }
        if format == Format::Full && !self.run.args.statistics {
            self.print_drafts(output);
        }
        if for_people {
            if verbose {
                self.print_left_out(output);
            }
            self.print_summary(visible.len(), output);
        }
    }

    /// A line for each draft.
    fn print_drafts(&self, output: &mut Output) {
        for draft in &self.drafts {
            let text = if draft.items.is_empty() { READY } else { STILL };
            let message = text.with("path", &draft.path).with("draft", DRAFT);
            let line = output.say(message.with("items", draft.items.clone()));
            output.line(&line);
        }
        if !self.drafts.is_empty() {
            output.line("");
        }
    }

    fn print_left_out(&self, output: &mut Output) {
        for out in &self.corpus.left_out {
            let line = output.say(LEFT_OUT.with("path", &out.path).with("why", out.why.label()));
            let line = output.dim(&line);
            output.line(&line);
        }
    }

    /// The last line: how many reports, and what was found in them.
    fn print_summary(&self, visible: usize, output: &mut Output) {
        let counts = Counts::of(self.findings.iter().copied());
        let mut parts = vec![output.bold(&output.say(FILES.with("count", self.files())))];
        let colour = |text: String, color: AnsiColor, output: &Output| {
            output.styled(&text, Style::new().bold().fg_color(Some(color.into())))
        };
        if counts.errors > 0 {
            let text = output.say(ERRORS.with("count", counts.errors));
            parts.push(colour(text, AnsiColor::Red, output));
        }
        if counts.warnings > 0 {
            let text = output.say(WARNINGS.with("count", counts.warnings));
            parts.push(colour(text, AnsiColor::Yellow, output));
        }
        if counts.errors + counts.warnings == 0 {
            let text = match (self.known > 0, counts.infos > 0) {
                (false, false) => CLEAN,
                (true, false) => NOTHING_NEW,
                (false, true) => ONLY_INFOS,
                (true, true) => ONLY_NEW_INFOS,
            };
            parts.push(output.green(&output.say(text)));
        }
        if counts.infos > 0 {
            let hidden = visible < self.findings.len();
            parts.push(output.say(if hidden { HIDDEN } else { INFOS }.with("count", counts.infos)));
        }
        if self.known > 0 {
            parts.push(output.say(KNOWN.with("count", self.known)));
        }
        match self.corpus.left_out.len() {
            0 => {}
            _ if self.run.location.is_some() => {}
            count => parts.push(output.say(LEFT.with("count", count))),
        }
        output.line(&parts.join(" · "));
        let fixable = self.findings.iter().filter(|finding| finding.fix.is_some()).count();
        if fixable > 0 && !self.run.args.fix {
            let line = output.say(FIXABLE.with("count", fixable));
            let line = output.dim(&line);
            output.line(&line);
        }
        if self.mended > 0 && self.run.named.is_everything() && self.run.location.is_none() {
            let line = output.say(MENDED.with("count", self.mended));
            let line = output.dim(&line);
            output.line(&line);
        }
    }
}

/// How often each rule found something, the most frequent first.
fn print_statistics(findings: &[&Finding], format: Format, output: &mut Output) {
    let mut rules: BTreeMap<&str, Row> = BTreeMap::new();
    for finding in findings {
        let Some(rule) = finding.rule else { continue };
        let row = rules.entry(rule.code).or_insert_with(|| Row {
            rule,
            severity: finding.severity,
            findings: 0,
            fixable: 0,
            files: BTreeSet::new(),
        });
        row.findings += 1;
        row.fixable += usize::from(finding.fix.is_some());
        row.severity = row.severity.max(finding.severity);
        row.files.insert(finding.file.path());
    }
    let mut rows: Vec<Row> = rules.into_values().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.findings), row.rule.code));
    if formats::is_for_programs(format) {
        let rows: Vec<serde_json::Value> = rows.iter().map(Row::json).collect();
        output.line(&serde_json::json!({ "version": 1, "statistics": rows }).to_string());
        return;
    }
    let count_width = rows.first().map_or(0, |row| row.findings.to_string().len());
    let name_width = rows.iter().map(|row| row.rule.name.len()).max().unwrap_or(0);
    for row in rows {
        let code = output.bold(row.rule.code);
        let (mark, color) = match row.severity {
            Severity::Error => ("E", AnsiColor::Red),
            Severity::Warning => ("W", AnsiColor::Yellow),
            Severity::Info => ("I", AnsiColor::Cyan),
        };
        let mark = output.styled(mark, Style::new().bold().fg_color(Some(color.into())));
        let mut note = output.say(IN_FILES.with("count", row.files.len()));
        if row.fixable > 0 {
            note.push_str(&format!(" · {}", output.say(CAN_FIX.with("count", row.fixable))));
        }
        let note = output.dim(&note);
        output.line(&format!(
            "{:>count_width$}  {code} {mark} {:name_width$}  {note}",
            row.findings, row.rule.name
        ));
    }
    if !findings.is_empty() {
        output.line("");
    }
}

/// What one rule found.
struct Row<'f> {
    rule: RuleId,
    severity: Severity,
    findings: usize,
    fixable: usize,
    files: BTreeSet<&'f str>,
}

impl Row<'_> {
    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "code": self.rule.code,
            "name": self.rule.name,
            "severity": self.severity.id(),
            "findings": self.findings,
            "fixable": self.fixable,
            "files": self.files.len(),
        })
    }
}

const STILL: Text =
    Text::new("{path} ({draft}): still to do: {items}", "{path} ({draft}): 남은 일: {items}");
const READY: Text = Text::new(
    "{path} ({draft}): nothing left to do; set `status: final`",
    "{path} ({draft}): 남은 일이 없습니다. `status: final`로 바꾸세요",
);
const DRAFT: Text = Text::new("draft", "초안");

const CLEAN: Text = Text::new("nothing to complain about", "지적할 것이 없습니다");
const NOTHING_NEW: Text = Text::new("nothing new to complain about", "새로 지적할 것이 없습니다");
const ONLY_INFOS: Text = Text::new("no errors, no warnings", "오류와 경고가 없습니다");
const ONLY_NEW_INFOS: Text =
    Text::new("no new errors, no new warnings", "새로운 오류와 경고가 없습니다");
const FILES: Text = Text::new("{count} {report|reports}", "보고서 {count}건");
const ERRORS: Text = Text::new("{count} {error|errors}", "오류 {count}건");
const WARNINGS: Text = Text::new("{count} {warning|warnings}", "경고 {count}건");
const HIDDEN: Text =
    Text::new("{count} {info|infos} (shown with -v)", "정보 {count}건 (-v로 볼 수 있습니다)");
const INFOS: Text = Text::new("{count} {info|infos}", "정보 {count}건");
const KNOWN: Text = Text::new("{count} known in the baseline", "기준선에 있는 것 {count}건");
const LEFT: Text = Text::new("{count} {file|files} left out", "제외한 파일 {count}개");
const LEFT_OUT: Text = Text::new("left out: {path} ({why})", "제외: {path} ({why})");
const FIXABLE: Text = Text::new(
    "{count} can be mended with --fix; --diff shows how",
    "{count}건은 --fix로 고칠 수 있습니다. --diff로 먼저 볼 수 있습니다",
);
const MENDED: Text = Text::new(
    "{count} known {place|places} mended: --update-baseline takes them out",
    "기준선에 있던 {count}곳이 고쳐졌습니다. --update-baseline으로 빼세요",
);
const IN_FILES: Text = Text::new("in {count} {report|reports}", "보고서 {count}건");
const CAN_FIX: Text = Text::new("{count} with --fix", "{count}건은 --fix로");
