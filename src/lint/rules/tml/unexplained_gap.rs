//! `TML005`
use jiff::SignedDuration;

use super::timeline_span;
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Incident, Moment, Phase, When};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds a long silence between detection and mitigation: an hour or more, and at least half of the whole time, in
        /// which the timeline says nothing.
        ///
        /// A range (`01:20–17:00 the copy runs`) explains the time it covers. A list that only says when each phase was is
        /// no timeline, and nothing is found in it.
        ///
        /// ## Why it matters
        /// What was tried in that time, and ruled out, is what the next person on call would like to know. If it was waiting,
        /// the waiting is worth an action.
        ///
        /// ## Options
        /// `minutes` in `[rules.unexplained-gap]` is how long a timeline may be silent; 60 without it.
        ///
        /// ## Example
        /// ```md,bad
        /// # Storage outage, 2026-03-14
        ///
        /// ## Timeline
        /// - 13:50 the disk fills up
        /// - 14:02 [detected] the first alert fires
        /// - 14:20 the logs show failing writes
        /// - 17:10 [resolved] space is free again
        /// ```
        ///
        /// ```md,good
        /// # Storage outage, 2026-03-14
        ///
        /// ## Timeline
        /// - 13:50 the disk fills up
        /// - 14:02 [detected] the first alert fires
        /// - 14:20 the logs show failing writes
        /// - 14:30–17:05 old segments are copied to the archive and deleted
        /// - 17:10 [resolved] space is free again
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 탐지와 완화 사이에 길게 비어 있는 시간을 찾습니다. 한 시간이 넘고 전체의 절반이 넘는 동안 타임라인에 아무 말이 없는 경우입니다.
        ///
        /// 구간(`01:20~17:00 복사 진행`)으로 적으면 그 시간은 설명된 것으로 봅니다. 단계별 시각만 모아 둔 목록은 타임라인이 아니므로 보지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 그 사이에 무엇을 해 보고 무엇을 배제했는지가 다음 당직자에게 필요한 내용입니다. 기다린 시간이었다면, 그 기다림을 줄이는 것도
        /// 조치가 됩니다.
        ///
        /// ## 설정
        /// `[rules.unexplained-gap]`의 `minutes`에 타임라인이 몇 분까지 비어 있어도 되는지 적습니다. 없으면 60입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 2026-03-14 저장소 장애
        ///
        /// ## 타임라인
        /// - 13:50 디스크가 가득 참
        /// - 14:02 [탐지] 첫 알람
        /// - 14:20 로그에서 쓰기 실패 확인
        /// - 17:10 [복구] 공간 확보
        /// ```
        ///
        /// ```md,good
        /// # 2026-03-14 저장소 장애
        ///
        /// ## 타임라인
        /// - 13:50 디스크가 가득 참
        /// - 14:02 [탐지] 첫 알람
        /// - 14:20 로그에서 쓰기 실패 확인
        /// - 14:30~17:05 오래된 세그먼트를 보관소로 복사하고 삭제
        /// - 17:10 [복구] 공간 확보
        /// ```
    }
    RULE = Rule {
        code: "TML005",
        name: "unexplained-gap",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const SILENT: Text = Text::new(
    "nothing is said about the {length} before this, after `{from}`",
    "`{from}` 이후 여기까지 {length} 동안 아무 기록이 없습니다",
);
const SAY: Text = Text::new(
    "say what was tried or waited for; a range such as `14:30–17:05 the restore runs` will do",
    "그동안 무엇을 해 보았거나 기다렸는지 적으세요. `14:30~17:05 복원 진행`처럼 구간으로 적어도 됩니다",
);
const SINCE: Text = Text::new("silent from here", "여기부터");
const MINUTES: Text = Text::new("{minutes} min", "{minutes}분");
const HOURS: Text = Text::new("{hours} h", "{hours}시간");
const BOTH: Text = Text::new("{hours} h {minutes} min", "{hours}시간 {minutes}분");

/// A point that the report knows of, how long after the detection it is, and until when it explains.
struct Known {
    at: SignedDuration,
    until: SignedDuration,
    span: Option<Span>,
    shown: String,
}

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let (Some(detected), Some(ended)) = (incident.phase(Phase::Detected), end(incident)) else {
        return;
    };
    let Some(total) = ended.since(detected).filter(SignedDuration::is_positive) else { return };
    // Who wrote down only the phases has no timeline that could be silent.
    let told = |when: &When| when.start().is_some_and(|start| start.time.is_some());
    let entries = &incident.timeline.entries;
    if entries.iter().filter(|entry| entry.phase.is_none() && told(&entry.when)).count() < 2 {
        return;
    }
    let known = known(report, detected, total);
    let Some((from, to)) = longest_gap(&known) else { return };
    let gap = to.at - from.until;
    let limit = SignedDuration::from_mins(i64::from(ctx.settings.rules.unexplained_gap.minutes));
    if gap < limit || gap + gap < total {
        return;
    }
    let place = to.span.or(from.span).unwrap_or_else(|| timeline_span(report));
    let message = SILENT.with("length", length(gap)).with("from", from.shown.as_str());
    let item = found.at(&report.source, place, message).help(SAY);
    if let Some(span) = from.span.filter(|&span| span != place) {
        item.related(span, SINCE);
    }
}

/// When the damage ended.
fn end(incident: &Incident) -> Option<&Moment> {
    incident.phase(Phase::Mitigated).or_else(|| incident.phase(Phase::Resolved))
}

/// Everything that is known between detection and end, in order.
fn known(report: &Report, detected: &Moment, total: SignedDuration) -> Vec<Known> {
    let incident = &report.incident;
    let mut known: Vec<Known> = Vec::new();
    for entry in &incident.timeline.entries {
        let Some(at) = entry.when.start().and_then(|start| start.since(detected)) else { continue };
        let until = match &entry.when {
            When::Between(_, until) => until.since(detected).unwrap_or(at).max(at),
            _ => at,
        };
        let shown = entry.when_span.of(&report.text).trim().to_owned();
        known.push(Known { at, until, span: Some(entry.when_span), shown });
    }
    for moment in incident.phases.values() {
        if let Some(at) = moment.value.since(detected) {
            known.push(Known { at, until: at, span: moment.span, shown: moment.value.to_string() });
        }
    }
    known.retain(|point| !point.until.is_negative() && point.at <= total);
    // Where an entry and the front matter say the same, the entry is shown.
    known.sort_by_key(|point| point.at);
    known
}

fn longest_gap(known: &[Known]) -> Option<(&Known, &Known)> {
    let mut last = known.first()?;
    let mut longest: Option<(&Known, &Known)> = None;
    for point in known {
        let is_longer = longest.is_none_or(|(from, to)| point.at - last.until > to.at - from.until);
        if point.at > last.until && is_longer {
            longest = Some((last, point));
        }
        if point.until > last.until {
            last = point;
        }
    }
    longest
}

fn length(duration: SignedDuration) -> Message {
    let minutes = duration.as_mins();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => MINUTES.with("minutes", minutes),
        (hours, 0) => HOURS.with("hours", hours),
        (hours, minutes) => BOTH.with("hours", hours).with("minutes", minutes),
    }
}
