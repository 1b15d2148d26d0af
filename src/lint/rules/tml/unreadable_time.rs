//! `TML008`
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::rules::waits;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Entry, When};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds times in a timeline that cannot be: `2026-02-30`, `20202-01-16`, `25:10`; and dates that can be two:
        /// `05/07/2023`, where nothing else in the report tells the day from the month.
        ///
        /// A time that is still to be filled in (`HH:MM`, `2026-05-??`) is left to `placeholder` and to its author.
        ///
        /// ## Why it matters
        /// It is a slip of the pen, and the entry has no place in the timeline until it is mended.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Timeline
        /// - 20261-03-14 14:02 the new version goes live
        /// - 2026-03-14 14:09 the first alert fires
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Timeline
        /// - 2026-03-14 14:02 the new version goes live
        /// - 2026-03-14 14:09 the first alert fires
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 타임라인에서 있을 수 없는 시각을 찾습니다. `2026-02-30`, `20202-01-16`, `25:10` 등입니다. 보고서 어디에서도 일과 월을 가릴 수
        /// 없는 `05/07/2023` 같은 날짜도 찾습니다.
        ///
        /// 아직 채우지 않은 시각(`HH:MM`, `2026-05-??`)은 `placeholder`와 작성자에게 맡깁니다.
        ///
        /// ## 왜 중요한가요
        /// 잘못 친 글자 하나지만, 고치기 전까지 그 항목은 타임라인에서 제자리를 찾지 못합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// - 20261-03-14 14:02 새 버전 배포
        /// - 2026-03-14 14:09 첫 알람
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// - 2026-03-14 14:02 새 버전 배포
        /// - 2026-03-14 14:09 첫 알람
        /// ```
    }
    RULE = Rule {
        code: "TML008",
        name: "unreadable-time",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const IMPOSSIBLE: Text =
    Text::new("there is no such time as `{time}`", "`{time}`{은/는} 있을 수 없는 시각입니다");
const TWO_DAYS: Text =
    Text::new("`{time}` can be either of two days", "`{time}`{은/는} 두 날짜로 읽힙니다");
const SEVERAL: Text = Text::new(
    "{count} times of the timeline cannot be read, first `{time}`",
    "타임라인의 시각 {count}개를 읽을 수 없습니다. 처음은 `{time}`입니다",
);
const CORRECT: Text = Text::new(
    "correct it; the entry has no place until then",
    "맞는 시각으로 고치세요. 그때까지 이 항목은 타임라인에서 제자리를 찾지 못합니다",
);
const YEAR_FIRST: Text =
    Text::new("write the year first: `2023-07-05`", "`2023-07-05`처럼 연도부터 적으세요");

/// What a form leaves where a time belongs.
const TO_FILL_IN: [&str; 10] = ["?", "--", "HH", "hh", "mm", "MM", "XX", "xx", "YY", "X:"];

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let entries = report.incident.timeline.entries.iter();
    let wrong: Vec<&Entry> = entries.filter(|entry| is_wrong(entry, report)).collect();
    let Some(first) = wrong.first() else { return };
    let time = first.when_span.of(&report.text).trim();
    let (message, help): (Message, Text) = match (wrong.len(), can_be_two(time)) {
        (1, true) => (TWO_DAYS.with("time", time), YEAR_FIRST),
        (1, false) => (IMPOSSIBLE.with("time", time), CORRECT),
        (count, two) => {
            let help = if two { YEAR_FIRST } else { CORRECT };
            (SEVERAL.with("count", count).with("time", time), help)
        }
    };
    let item = found.at(&report.source, first.when_span, message).help(help);
    for entry in wrong.iter().skip(1) {
        item.related(entry.when_span, Text::new("", ""));
    }
}

fn is_wrong(entry: &Entry, report: &Report) -> bool {
    let written = entry.when_span.of(&report.text);
    let unread = match &entry.when {
        When::Unknown => true,
        // The day could be read, the time behind it not.
        When::At(moment) => moment.time.is_none() && written.contains(':'),
        _ => false,
    };
    unread
        && written.contains(|ch: char| ch.is_ascii_digit())
        && !TO_FILL_IN.iter().any(|mark| written.contains(mark))
        && !waits(report, entry.when_span)
}

/// `05/07/2023`
fn can_be_two(time: &str) -> bool {
    let date = time.split_whitespace().next().unwrap_or_default();
    let lengths: Vec<usize> = date.split('/').map(str::len).collect();
    matches!(lengths[..], [1 | 2, 1 | 2, 4])
}
