//! `DOC019`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Audience;
use crate::parse::{MarkProblem, ProblemKind, Report};
use crate::tree::KNOWN;

declare_rule! {
    en {
        /// ## What it does
        /// Finds marks of internal passages that do not pair up (`<!-- internal -->` without its
        /// `<!-- /internal -->`, one inside another), and an `audience` that is none of `public`, `internal`
        /// and `restricted`.
        ///
        /// ## Why it matters
        /// In doubt everything is hidden: an open mark hides the rest of the report, and an unknown audience is
        /// the narrowest. That is safe, but not what was meant.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// <!-- internal -->
        /// The vendor's contract ends in May.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// <!-- internal -->
        /// The vendor's contract ends in May.
        /// <!-- /internal -->
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 짝이 맞지 않는 내부용 표시(`<!-- /internal -->`이 없는 `<!-- internal -->`, 겹친 표시)와, `public`, `internal`,
        /// `restricted` 가운데 어느 것도 아닌 `audience`를 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 애매하면 모두 숨깁니다. 닫히지 않은 표시는 보고서 끝까지 숨기고, 모르는 공개 범위는 가장 좁은 것으로 봅니다. 안전하지만 뜻한 바는
        /// 아닐 것입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// <!-- internal -->
        /// 업체와의 계약은 5월에 끝난다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// <!-- internal -->
        /// 업체와의 계약은 5월에 끝난다.
        /// <!-- /internal -->
        /// ```
    }
    RULE = Rule {
        code: "DOC019",
        name: "invalid-audience",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const UNCLOSED: Text =
    Text::new("internal passage is never closed", "내부용 표시가 닫히지 않았습니다");
const UNCLOSED_HELP: Text = Text::new(
    "end it with `<!-- /internal -->`; until then everything below is hidden from a public edition",
    "`<!-- /internal -->`로 닫으세요. 닫기 전까지 공개판에서는 이 아래가 모두 숨겨집니다",
);
const NESTED: Text =
    Text::new("internal passage inside another", "내부용 표시 안에 또 다른 표시가 있습니다");
const NESTED_HELP: Text = Text::new(
    "close the first one before it; everything from the first on is hidden from a public edition",
    "앞의 표시를 먼저 닫으세요. 공개판에서는 처음 표시부터 끝까지 숨겨집니다",
);
const UNOPENED: Text = Text::new(
    "end of an internal passage that never started",
    "시작 표시가 없는 내부용 닫는 표시입니다",
);
const UNOPENED_HELP: Text = Text::new(
    "put `<!-- internal -->` where the passage starts: it is not hidden now",
    "숨길 부분이 시작하는 곳에 `<!-- internal -->`을 넣으세요. 지금은 숨겨지지 않습니다",
);
const IN_FRONT: Text = Text::new(
    "a mark inside front matter hides nothing",
    "front matter 안의 표시는 아무것도 숨기지 않습니다",
);
const IN_FRONT_HELP: Text = Text::new(
    "remove it; until then the whole report counts as restricted",
    "지우세요. 지우기 전까지 이 보고서 전체를 열람 제한으로 봅니다",
);
const UNKNOWN: Text = Text::new("unknown audience `{value}`", "모르는 공개 범위 `{value}`");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        let (message, help) = match &problem.kind {
            ProblemKind::AudienceMark(mark) => {
                let (message, help) = match mark {
                    MarkProblem::Unclosed => (UNCLOSED, UNCLOSED_HELP),
                    MarkProblem::Nested => (NESTED, NESTED_HELP),
                    MarkProblem::Unopened => (UNOPENED, UNOPENED_HELP),
                    MarkProblem::InFrontMatter => (IN_FRONT, IN_FRONT_HELP),
                };
                (message.into(), help.into())
            }
            ProblemKind::UnknownAudience { value } => {
                let known: Vec<&str> = Audience::ALL.iter().map(|audience| audience.id()).collect();
                (UNKNOWN.with("value", value), KNOWN.with("known", known))
            }
            _ => continue,
        };
        let message: crate::l10n::Message = message;
        let help: crate::l10n::Message = help;
        found.at(&report.source, problem.span, message).help(help);
    }
}
