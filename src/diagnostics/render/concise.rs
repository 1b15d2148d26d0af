//! One line per finding: `path:line:column: severity[CODE] message`.

use super::{Indices, positions};
use crate::diagnostics::Finding;
use crate::l10n::Lang;

pub(crate) fn concise(findings: &[&Finding], lang: Lang) -> String {
    let mut out = String::new();
    let mut indices = Indices::default();
    for finding in findings {
        let (start, _) = positions(finding, indices.of(finding));
        let code = match finding.code() {
            "" => String::new(),
            code => format!("[{code}]"),
        };
        out.push_str(&format!(
            "{}:{}:{}: {}{code} {}\n",
            finding.file.path(),
            start.line,
            start.column,
            finding.severity.label().get(lang),
            finding.message.render(lang),
        ));
    }
    out
}
