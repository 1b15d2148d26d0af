//! `SEC009`
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Form;
use crate::parse::{Report, Says};

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports in which no section is recognised: no headings at all, or only headings that are not
        /// known.
        ///
        /// ## Why it matters
        /// Such a report can be read by people only. Nothing in it is compared with other incidents.
        ///
        /// ## Options
        /// `[sections.<name>] aliases` in `bokgi.toml` makes the headings of your team known.
        ///
        /// ## Example
        /// ```md,bad
        /// For an hour nobody could pay. At 14:02 alarms went off, and at 15:10 it was over.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 알아볼 수 있는 섹션이 하나도 없는 보고서를 찾습니다. 제목이 아예 없거나 모르는 제목만 있는 경우입니다.
        ///
        /// ## 왜 중요한가요
        /// 그런 보고서는 사람만 읽을 수 있습니다. 다른 장애와 비교되는 것이 하나도 없습니다.
        ///
        /// ## 설정
        /// 팀에서 쓰는 제목은 `bokgi.toml`의 `[sections.<이름>] aliases`로 알려 줄 수 있습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// 한 시간 동안 결제가 되지 않았다. 14:02에 알람이 울렸고 15:10에 끝났다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        /// ```
    }
    RULE = Rule {
        code: "SEC009",
        name: "no-sections",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const NO_HEADINGS: Text =
    Text::new("no headings: its parts cannot be told apart", "제목이 없어 부분을 나눌 수 없습니다");
const UNKNOWN: Text = Text::new(
    "none of its {count} {heading|headings} is known",
    "제목 {count}개 가운데 아는 것이 없습니다",
);
const RENAME: Text = Text::new(
    "use names such as `## Summary`, or make yours known: `[sections.summary] aliases = [\"…\"]` in `bokgi.toml`",
    "`## 요약` 같은 이름을 쓰거나, `bokgi.toml`의 `[sections.summary] aliases = [\"…\"]`로 쓰던 이름을 알려 주세요",
);
const ADD: Text = Text::new(
    "use headings such as `## Summary`, `## Timeline`, `## Root cause`",
    "`## 요약`, `## 타임라인`, `## 원인` 같은 제목을 쓰세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let sections = &report.incident.sections;
    if report.says != Says::Words || sections.iter().any(|section| !section.kinds.is_empty()) {
        return;
    }
    let headings = sections.iter().filter(|section| section.form == Form::Heading).count();
    let message: Message = match headings {
        0 => NO_HEADINGS.into(),
        count => UNKNOWN.with("count", count),
    };
    let help = if headings == 0 { ADD } else { RENAME };
    found.at(&report.source, title_span(report), message).help(help);
}
