//! `TML002`
use jiff::SignedDuration;
use jiff::civil::Time;

use super::{is_list_of_phases, lists, since, timeline_span};
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Entry, When};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds timelines that go back in time: an entry that is earlier than the one above it, or all of them from
        /// the newest to the oldest.
        ///
        /// A time without a date that is far earlier than the one above it is taken to be on the next day. Approximate
        /// times, and lists that only say when each phase was, may be out of order by a little.
        ///
        /// ## Why it matters
        /// Mostly it is a slip: last year's date, a wrong hour, the day after midnight not named. Durations are
        /// wrong then. And who did what after knowing what is told by the order.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage, 2026-03-14
        ///
        /// ## Timeline
        /// - 14:02 the new version goes live
        /// - 14:49 rolled back
        /// - 14:43 the first alert
        /// ```
        ///
        /// ```md,good
        /// # Payment outage, 2026-03-14
        ///
        /// ## Timeline
        /// - 23:50 the new version goes live
        /// - 00:10 the first alert
        /// - 00:20 rolled back
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 시간을 거슬러 가는 타임라인을 찾습니다. 바로 위보다 이른 항목이 있거나, 전체가 최근 일부터 적힌 경우입니다.
        ///
        /// 날짜 없이 훨씬 이른 시각이 나오면 다음 날로 봅니다. 대략 적은 시각이나, 단계별 시각만 모아 둔 목록은 조금 뒤바뀌어도 괜찮습니다.
        ///
        /// ## 왜 중요한가요
        /// 대부분은 실수입니다. 작년 날짜를 적었거나, 시각이 틀렸거나, 자정이 지난 뒤의 날짜를 빠뜨린 것입니다. 그러면 걸린 시간이
        /// 틀어집니다. 무엇을 알고 나서 무엇을 했는지도 순서가 말해 줍니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 2026-03-14 결제 장애
        ///
        /// ## 타임라인
        /// - 14:02 새 버전 배포
        /// - 14:49 되돌림
        /// - 14:43 첫 알람
        /// ```
        ///
        /// ```md,good
        /// # 2026-03-14 결제 장애
        ///
        /// ## 타임라인
        /// - 23:50 새 버전 배포
        /// - 00:10 첫 알람
        /// - 00:20 되돌림
        /// ```
    }
    RULE = Rule {
        code: "TML002",
        name: "timeline-out-of-order",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const ONE: Text = Text::new(
    "the timeline goes back in time: `{time}` comes after `{before}`",
    "타임라인이 시간을 거슬러 갑니다: `{before}` 다음에 `{time}`{이/가} 나옵니다",
);
const SEVERAL: Text = Text::new(
    "the timeline goes back in time at {count} places, first from `{before}` to `{time}`",
    "타임라인이 {count}곳에서 시간을 거슬러 갑니다. 처음은 `{before}` 다음의 `{time}`입니다",
);
const SLIP: Text = Text::new(
    "`{time}` is {days} days before the entry above it, `{before}`",
    "`{time}`{은/는} 바로 위의 `{before}`보다 {days}일 앞섭니다",
);
const NEWEST_FIRST: Text = Text::new(
    "the timeline runs from the newest entry to the oldest",
    "타임라인이 최근 일부터 거꾸로 적혀 있습니다",
);
const ORDER: Text = Text::new(
    "put the entries in order; on another day, write the date too",
    "시간 순서로 옮기세요. 날이 바뀌었다면 날짜도 적으세요",
);
const DATE: Text =
    Text::new("check the year and the month of both", "두 날짜의 연도와 달을 확인하세요");
const OLDEST_FIRST: Text = Text::new(
    "start with the oldest: the days of times without a date follow from the order",
    "오래된 일부터 적으세요. 날짜 없는 시각이 며칠인지는 순서로 정해집니다",
);

/// Approximate times may be out of order by so much.
const ABOUT: SignedDuration = SignedDuration::from_mins(60);
/// A list of phases may, in the order of its labels.
const LABELS: SignedDuration = SignedDuration::from_hours(24);
/// Who goes back so many days wrote another date than was meant.
const SLIP_DAYS: i64 = 20;

/// An entry, the one above it, and by how much it is earlier.
struct Step<'e> {
    above: &'e Entry,
    entry: &'e Entry,
    back: SignedDuration,
}

impl Step<'_> {
    /// `14:02` after `14:02:37`: the same minute, written without its seconds.
    fn is_rounded(&self) -> bool {
        let whole = |time: Time| time.second() == 0;
        let left_out = self.entry.when.start().and_then(|moment| moment.time).is_some_and(whole);
        left_out && self.back.is_positive() && self.back < SignedDuration::from_mins(1)
    }

    /// How many days lie between the two.
    fn days(&self) -> i64 {
        let date = |entry: &Entry| entry.when.start()?.date();
        let dates = date(self.above).zip(date(self.entry));
        let span = dates.and_then(|(above, date)| above.since(date).ok());
        span.map_or(0, |span| i64::from(span.get_days()))
    }
}

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let (mut compared, mut backwards) = (0_usize, 0_usize);
    for list in lists(&report.incident) {
        let of_phases = is_list_of_phases(list, &report.text);
        let limit = if of_phases { LABELS } else { SignedDuration::ZERO };
        for step in compare(list) {
            compared += 1;
            if step.is_rounded() {
                continue;
            }
            backwards += usize::from(step.back.is_positive());
            let about = is_about(&step.above.when) || is_about(&step.entry.when);
            if step.back > limit && !(about && step.back < ABOUT) {
                steps.push(step);
            }
        }
    }
    let Some(first) = steps.first() else { return };
    if backwards >= 2 && backwards == compared {
        found.at(&report.source, timeline_span(report), NEWEST_FIRST).help(OLDEST_FIRST);
        return;
    }
    let days = first.days();
    let help = if days >= SLIP_DAYS { DATE } else { ORDER };
    let message = match steps.len() {
        1 if days >= SLIP_DAYS => SLIP.with("days", days),
        1 => Message::from(ONE),
        count => SEVERAL.with("count", count),
    };
    let written = |entry: &Entry| entry.when_span.of(&report.text).trim().to_owned();
    let message = message.with("time", written(first.entry)).with("before", written(first.above));
    let item = found.at(&report.source, first.entry.when_span, message).help(help);
    for step in steps.iter().skip(1) {
        item.related(step.entry.when_span, Text::new("", ""));
    }
}

/// Each entry with the last one above it that it can be compared with.
fn compare(list: &[Entry]) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut above: Option<&Entry> = None;
    let timed = |entry: &&Entry| !matches!(entry.when, When::Unknown | When::Untimed);
    for entry in list.iter().filter(timed) {
        if let Some(above) = above
            && let Some(after) = since(&entry.when, &above.when)
        {
            steps.push(Step { above, entry, back: -after });
        }
        above = Some(entry);
    }
    steps
}

fn is_about(when: &When) -> bool {
    when.start().is_some_and(|moment| moment.approximate)
}
