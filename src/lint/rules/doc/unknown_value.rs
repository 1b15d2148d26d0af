//! `DOC010`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Origin;
use crate::parse::{ProblemKind, Report};
use crate::tree::{DID_YOU_MEAN, KNOWN};

declare_rule! {
    en {
        /// ## What it does
        /// Finds values of the front matter that are none of those their key takes: a status, a cause, a trigger
        /// that is not in the vocabulary, a severity that is no configured level.
        ///
        /// ## Why it matters
        /// Incidents are grouped by these words. One that nobody else uses belongs to no pattern.
        ///
        /// ## Options
        /// `[vocabulary.trigger.<name>]` in `bokgi.toml` adds a term, `aliases` adds names to one; `[severity]`
        /// sets the levels and their aliases.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payment outage
        /// trigger: deplyo
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payment outage
        /// trigger: deploy
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 키가 받지 않는 값을 찾습니다. 어휘에 없는 상태·원인·계기나, 설정에 없는 심각도입니다.
        ///
        /// ## 왜 중요한가요
        /// 장애는 이 단어들로 묶입니다. 혼자만 쓰는 단어는 어떤 패턴에도 들어가지 못합니다.
        ///
        /// ## 설정
        /// `bokgi.toml`의 `[vocabulary.trigger.<이름>]`으로 용어를 더하고 `aliases`로 다른 이름을 더합니다. 심각도 등급과 별칭은
        /// `[severity]`에서 정합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 장애
        /// trigger: deplyo
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 장애
        /// trigger: 배포
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "DOC010",
        name: "unknown-value",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const UNKNOWN: Text = Text::new(
    "unknown value `{value}` for `{key}`",
    "`{key}`에 모르는 값 `{value}`{이/가} 있습니다",
);
const SEVERITY: Text = Text::new(
    "severity `{value}` is none of the levels",
    "심각도 `{value}`{은/는} 등급에 없습니다",
);
const LEVELS: Text = Text::new(
    "use one of {known}, or map it in `[severity.aliases]` of `bokgi.toml`",
    "{known} 가운데 하나를 쓰거나 `bokgi.toml`의 `[severity.aliases]`에 추가하세요",
);
/// A longer list helps nobody.
const MOST_KNOWN: usize = 16;

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        let ProblemKind::UnknownValue { key, value, suggestion, known } = &problem.kind else {
            continue;
        };
        let help = match suggestion {
            Some(close) => DID_YOU_MEAN.with("close", close),
            None => KNOWN.with("known", known.iter().take(MOST_KNOWN).cloned().collect::<Vec<_>>()),
        };
        let message = UNKNOWN.with("key", key).with("value", value);
        found.at(&report.source, problem.span, message).help(help);
    }
    let Some(severity) = &report.incident.severity else { return };
    if severity.value.rank.is_none()
        && severity.origin == Origin::FrontMatter
        && let Some(span) = severity.span
    {
        let message = SEVERITY.with("value", &severity.value.written);
        let help = LEVELS.with("known", ctx.settings.severity.levels().to_vec());
        found.at(&report.source, span, message).help(help);
    }
}
