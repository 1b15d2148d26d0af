//! `SEC005`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::Report;
use crate::tree::DID_YOU_MEAN;

declare_rule! {
    en {
        /// ## What it does
        /// Finds headings that are nearly the name of a section.
        ///
        /// ## Why it matters
        /// A heading that is not known is fine, but what stands below a misspelt one is not found: no timeline is
        /// drawn, no action is followed up.
        ///
        /// ## Options
        /// If the heading is meant as it is, `[sections.<name>] aliases` in `bokgi.toml` makes it known.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Timline
        /// - 14:02 alarms
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Timeline
        /// - 14:02 alarms
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 섹션 이름과 거의 같은데 조금 다른 제목을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 모르는 제목은 괜찮습니다. 하지만 잘못 쓴 제목 아래의 내용은 찾지 못합니다. 타임라인이 그려지지 않고, 조치를 챙기지 못합니다.
        ///
        /// ## 설정
        /// 일부러 그렇게 쓴 제목이라면 `bokgi.toml`의 `[sections.<이름>] aliases`에 적어 주세요.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 타임라임
        /// - 14:02 알람
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// - 14:02 알람
        /// ```
    }
    RULE = Rule {
        code: "SEC005",
        name: "misspelled-section",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const NEARLY: Text = Text::new(
    "`{title}` is nearly a known section",
    "섹션 이름 `{title}`에 오타가 있는 것 같습니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for section in &report.incident.sections {
        if let Some(name) = &section.nearly {
            let message = NEARLY.with("title", &section.title);
            found
                .at(&report.source, section.title_span, message)
                .help(DID_YOU_MEAN.with("close", name));
        }
    }
}
