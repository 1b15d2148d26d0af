//! `SEC004`
use std::collections::BTreeMap;

use crate::config::key;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Form, Section};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds headings that stand twice beside each other: two `## Summary` in one report.
        ///
        /// ## Why it matters
        /// One of them is a remnant, and readers and tools pick one without knowing of the other. Two headings
        /// that mean nearly the same (`Resolution` and `Mitigation`), and headings below different parents, are
        /// fine.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Summary
        /// For an hour nobody could pay.
        ///
        /// ## Summary
        /// Nobody could pay for two hours.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Summary
        /// For two hours nobody could pay.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 나란히 두 번 나오는 제목을 찾습니다. 한 보고서에 `## 요약`이 둘 있는 경우입니다.
        ///
        /// ## 왜 중요한가요
        /// 하나는 남은 찌꺼기이고, 읽는 사람도 도구도 다른 하나가 있는 줄 모르고 하나만 봅니다. 뜻이 비슷한 두 제목(`해결`과 `완화`)이나 서로
        /// 다른 제목 아래에 있는 것은 괜찮습니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 요약
        /// 한 시간 동안 결제가 되지 않았다.
        ///
        /// ## 요약
        /// 두 시간 동안 결제가 되지 않았다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 요약
        /// 두 시간 동안 결제가 되지 않았다.
        /// ```
    }
    RULE = Rule {
        code: "SEC004",
        name: "duplicate-section",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const TWICE: Text =
    Text::new("`{title}` appears {count} {time|times}", "`{title}` 제목이 {count}번 나옵니다");
const MERGE: Text = Text::new("merge them into one", "하나로 합치세요");
const FIRST: Text = Text::new("first here", "처음 나온 곳");

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let mut siblings: BTreeMap<(Option<usize>, String), Vec<&Section>> = BTreeMap::new();
    let known = |section: &&Section| !section.kinds.is_empty() && section.form == Form::Heading;
    for section in report.incident.sections.iter().filter(known) {
        siblings.entry((section.parent, key(&section.title))).or_default().push(section);
    }
    for same in siblings.values().filter(|same| same.len() > 1) {
        let message = TWICE.with("title", &same[0].title).with("count", same.len());
        let item = found.at(&report.source, same[1].title_span, message).help(MERGE);
        item.related(same[0].title_span, FIRST);
        for other in same.iter().skip(2) {
            item.related(other.title_span, Text::new("", ""));
        }
    }
}
