//! `TML001`
use super::{timeline_span, written};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Form, Section, When};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds a timeline in which no time could be read: prose, a link to a chat, a screenshot.
        ///
        /// Read are lists, tables, headings and paragraphs that start with a time: `14:02`, `오후 2시 5분`, `2:05 PM KST`,
        /// `2026-03-14 14:02 (UTC+9)`, `14:02–14:20`, `T+5m`.
        ///
        /// ## Why it matters
        /// A chat scrolls away, and nobody can measure prose. How long it took to notice and to mend comes from
        /// the timeline; so does the order in which things were tried.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Timeline
        /// See the thread in #incident-42.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Timeline
        /// - 14:02 [started] the new version goes live
        /// - 14:09 [detected] the first alert fires
        /// - 14:20 [resolved] rolled back
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 시각을 하나도 읽을 수 없는 타임라인을 찾습니다. 줄글이거나, 대화방 링크만 있거나, 화면을 캡처한 그림인 경우입니다.
        ///
        /// 목록, 표, 제목, 문단이 시각으로 시작하면 읽습니다. `14:02`, `오후 2시 5분`, `2:05 PM KST`, `2026-03-14 14:02 (UTC+9)`,
        /// `14:02~14:20`, `T+5m` 모두 됩니다.
        ///
        /// ## 왜 중요한가요
        /// 대화는 흘러가 버리고 줄글로는 시간을 잴 수 없습니다. 알아채고 고치기까지 얼마나 걸렸는지, 무엇을 어떤 순서로 해 봤는지는
        /// 타임라인에서 나옵니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// #incident-42 대화 참고.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// - 14:02 [발생] 새 버전 배포
        /// - 14:09 [탐지] 첫 알람
        /// - 14:20 [복구] 되돌림
        /// ```
    }
    RULE = Rule {
        code: "TML001",
        name: "unreadable-timeline",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const UNREADABLE: Text =
    Text::new("no time could be read in the timeline", "타임라인에서 시각을 읽을 수 없습니다");
const WRITE: Text = Text::new(
    "start each event with its time: `- 14:02 [detected] the alert fires`",
    "일마다 한 줄씩, 시각부터 적으세요: `- 14:02 [탐지] 알람이 울림`",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    // A time that is still to be filled in is a placeholder's business, one that cannot be is TML008's.
    let timed = |when: &When| !matches!(when, When::Untimed);
    // `**Timeline:** 14:02 to 15:10` in the details is short, and enough.
    let is_unread = |section: &Section| {
        section.form != Form::Metadata
            || !section.span.of(&report.text).contains(|ch: char| ch.is_ascii_digit())
    };
    if written(incident).any(is_unread)
        && !incident.timeline.entries.iter().any(|entry| timed(&entry.when))
    {
        found.at(&report.source, timeline_span(report), UNREADABLE).help(WRITE);
    }
}
