//! `DOC002`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{
    Check, Context, Found, Level, Stability, declare_rule, facts_outside, into_front_matter,
};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports without front matter.
        ///
        /// ## Why it matters
        /// A report is read without it: facts are looked for in the text as well. In front matter they are where
        /// every tool finds them, and a slip in one is noticed.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// **Severity:** SEV2
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// severity: SEV2
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// front matter가 없는 보고서를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// front matter가 없어도 보고서는 읽힙니다. 본문에서도 값을 찾기 때문입니다. 하지만 front matter에 적으면 어떤 도구든 같은 자리에서
        /// 값을 찾고, 잘못 적은 값을 알아챌 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// **심각도:** SEV2
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// severity: SEV2
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC002",
        name: "no-front-matter",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const NONE: Text = Text::new("no front matter", "front matter가 없습니다");
const READ: Text = Text::new(
    "`bokgi import` writes what was read from the text into it: {facts}",
    "본문에서 읽은 값을 `bokgi import`로 옮겨 적을 수 있습니다: {facts}",
);
const START: Text = Text::new(
    "start the file with `---`, a line such as `severity: SEV2` for each fact, and `---`",
    "파일을 `---`로 시작하고 `severity: SEV2`처럼 한 줄에 하나씩 적은 뒤 `---`로 닫으세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.front_matter.notation.is_some() || report.source.text().trim().is_empty() {
        return;
    }
    let facts = facts_outside(report);
    let names: Vec<String> = facts.iter().map(|fact| format!("`{}`", fact.field.id())).collect();
    let help = if names.is_empty() { START.into() } else { READ.with("facts", names) };
    let start = report.front_matter.span.start as usize;
    let item = found.at(&report.source, Span::at(start), NONE).help(help);
    if let Some(fix) = into_front_matter(report, &facts) {
        item.fix(fix);
    }
}
