//! `DOC023`
use crate::config::{Settings, is_hangul, key};
use crate::diagnostics::{Edit, Severity};
use crate::l10n::{Lang, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Facet, Origin, SeverityLabel, Sourced, Term};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds values of the front matter that are understood but go by another name than the vocabulary's own:
        /// `trigger: release` for `deploy`, `severity: critical` for `SEV1`. The term's name in either language is fine.
        ///
        /// ## Why it matters
        /// Pages and figures count them together anyway. Who searches the files, or reads them with another tool,
        /// finds one name more easily than four.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// severity: critical
        /// mitigations: [rolled back]
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// mitigations: [rollback]
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 뜻은 알아보지만 용어집의 이름과 다르게 적은 front matter 값을 찾습니다. `trigger: 릴리스`는 `deploy`(배포), `severity: 심각`은
        /// `SEV1`입니다. 용어집의 이름은 한국어든 영어든 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 페이지와 통계에서는 어차피 하나로 셉니다. 다만 파일을 직접 검색하거나 다른 도구로 읽을 때는 이름이 넷보다 하나인 편이 찾기 쉽습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// severity: 심각
        /// mitigations: [서버 재기동]
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// severity: SEV1
        /// mitigations: [재기동]
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC023",
        name: "value-by-alias",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const ALIAS: Text = Text::new(
    "`{written}` is another name of `{name}`",
    "`{written}`{은/는} `{name}`{을/를} 다르게 적은 것입니다",
);
const WRITE: Text = Text::new("write `{name}`", "`{name}`{으로/로} 적으세요");

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let terms = [
        (Facet::Detection, &incident.detection),
        (Facet::Trigger, &incident.triggers),
        (Facet::Cause, &incident.causes),
        (Facet::Mitigation, &incident.mitigations),
    ];
    let mut alias = |written: &str, name: &str, span: Option<Span>| {
        let Some(span) = span else { return };
        let message = ALIAS.with("written", written).with("name", name);
        let edit = Edit { span, text: name.to_owned() };
        found.at(&report.source, span, message).help(WRITE.with("name", name)).fix(vec![edit]);
    };
    for (facet, values) in terms {
        for term in values.iter().filter(|term| term.origin == Origin::FrontMatter) {
            if let Some(id) = other_name(term, facet, ctx.settings) {
                alias(&term.value.written, id, term.span);
            }
        }
    }
    let severity = incident.severity.as_ref().filter(|it| it.origin == Origin::FrontMatter);
    if let Some(severity) = severity
        && let Some(level) = other_label(severity, ctx.settings)
    {
        alias(&severity.value.written, level, severity.span);
    }
}

/// The name of a term that is called neither by its id nor by its label: the label where it was written in
/// Korean, else the id.
fn other_name<'t>(
    term: &'t Sourced<Term>,
    facet: Facet,
    settings: &'t Settings,
) -> Option<&'t str> {
    let id = term.value.id.as_deref()?;
    let written = key(&term.value.written);
    let label = settings.vocabulary.label(facet, id);
    let is_label = [Lang::En, Lang::Ko]
        .iter()
        .any(|lang| label.is_some_and(|label| key(label.get(*lang)) == written));
    if key(id) == written || is_label {
        return None;
    }
    let korean = written.chars().any(is_hangul).then_some(label).flatten();
    Some(korean.map_or(id, |label| label.get(Lang::Ko)))
}

/// The level that a label stands for by another name. `P2` is a scale of its own, and a label that says
/// more than the level is left as it is.
fn other_label<'s>(severity: &Sourced<SeverityLabel>, settings: &'s Settings) -> Option<&'s str> {
    let level = settings.severity.level(severity.value.rank?)?;
    let written = key(&severity.value.written);
    let says_more = written.contains(['(', ',', ':', '/']) || written.starts_with(['p', 'P']);
    let letters = |text: &str| text.chars().filter(|ch| ch.is_alphanumeric()).collect::<String>();
    (!says_more && letters(&written) != letters(&key(level))).then_some(level)
}
