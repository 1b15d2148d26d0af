//! `DOC020`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{
    Check, Context, Fact, Found, Level, Stability, declare_rule, facts_outside, into_front_matter,
};
use crate::model::Origin;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds facts that a report with front matter states elsewhere: a `**Severity:** SEV2` line, a table of
        /// keys, a heading such as `## Status: Resolved`.
        ///
        /// ## Why it matters
        /// They are read. In front matter a slip in them is noticed, and other tools find them too.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// ---
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
        /// front matter가 있는 보고서에서 다른 곳에 적힌 사실을 찾습니다. `**심각도:** SEV2` 같은 줄, 표, `## 상태: 해결` 같은 제목입니다.
        ///
        /// ## 왜 중요한가요
        /// 그대로도 읽지만, front matter에 적으면 잘못 적은 값을 알아챌 수 있고 다른 도구도 찾을 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// ---
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
        code: "DOC020",
        name: "facts-outside-front-matter",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const OUTSIDE: Text = Text::new(
    "stated outside the front matter: {facts}",
    "front matter 밖에 적혀 있습니다: {facts}",
);
const MOVE: Text =
    Text::new("`bokgi import` writes them into it", "`bokgi import`로 옮겨 적을 수 있습니다");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.front_matter.notation.is_none() {
        return;
    }
    let facts = facts_outside(report);
    // A phase that its entry names is where it belongs; it is written down with the rest.
    let stated: Vec<&Fact> = facts.iter().filter(|fact| fact.origin != Origin::Timeline).collect();
    let Some(first) = stated.first() else { return };
    let names: Vec<String> = stated.iter().map(|fact| format!("`{}`", fact.field.id())).collect();
    let item = found.at(&report.source, first.span, OUTSIDE.with("facts", names)).help(MOVE);
    for fact in stated.iter().skip(1) {
        item.related(fact.span, fact.field.label());
    }
    if let Some(fix) = into_front_matter(report, &facts) {
        item.fix(fix);
    }
}
