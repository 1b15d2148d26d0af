//! `TML004`
use super::{agree, is_list_of_phases, lists};
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Entry, Incident, Moment, Origin, Phase, When};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds a phase that has two times in one report: the timeline says `14:05 [detected]`, and the front matter says
        /// `detected_at: 2026-03-14 14:10`. The same for the details at the top and for a list of key times above the
        /// timeline.
        ///
        /// A minute more or less is rounding, and an approximate time may be a quarter of an hour off. Times in different
        /// zones are compared as moments.
        ///
        /// ## Why it matters
        /// One of the two is wrong, and every figure about the incident comes from the other.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// detected_at: 2026-03-14 14:10
        /// ---
        ///
        /// ## Timeline
        /// - 14:02 [started] the new version goes live
        /// - 14:05 [detected] the first alert fires
        /// ```
        ///
        /// ```md,good
        /// ---
        /// detected_at: 2026-03-14 14:05:20
        /// ---
        ///
        /// ## Timeline
        /// - 14:02 [started] the new version goes live
        /// - 14:05 [detected] the first alert fires
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 한 보고서 안에서 같은 단계의 시각이 서로 다른 경우를 찾습니다. 타임라인에는 `14:05 [탐지]`, front matter에는
        /// `detected_at: 2026-03-14 14:10`이라고 적힌 경우입니다. 위쪽 장애 정보나, 타임라인 위의 주요 시각 목록과도 비교합니다.
        ///
        /// 1분 차이는 반올림으로 보고, 대략 적은 시각은 15분까지 차이를 봐줍니다. 시간대가 다르면 같은 순간인지로 비교합니다.
        ///
        /// ## 왜 중요한가요
        /// 둘 중 하나는 틀렸는데, 장애에 관한 모든 수치는 다른 하나에서 나옵니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// detected_at: 2026-03-14 14:10
        /// ---
        ///
        /// ## 타임라인
        /// - 14:02 [발생] 새 버전 배포
        /// - 14:05 [탐지] 첫 알람
        /// ```
        ///
        /// ```md,good
        /// ---
        /// detected_at: 2026-03-14 14:05:20
        /// ---
        ///
        /// ## 타임라인
        /// - 14:02 [발생] 새 버전 배포
        /// - 14:05 [탐지] 첫 알람
        /// ```
    }
    RULE = Rule {
        code: "TML004",
        name: "conflicting-times",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const TWO: Text = Text::new(
    "`{phase}` has two times: `{time}` here, `{other}` in {place}",
    "`{phase}` 시각이 두 가지입니다: 여기는 `{time}`, {place}에는 `{other}`",
);
const KEEP: Text = Text::new("correct the one that is wrong", "틀린 쪽을 고치세요");
const FRONT_MATTER: Text = Text::new("the front matter", "front matter");
const DETAILS: Text = Text::new("the details of the report", "보고서의 장애 정보");
const KEY_TIMES: Text = Text::new("the list of key times", "주요 시각 목록");

/// A phase with two times.
struct Conflict {
    phase: Phase,
    here: Span,
    other: String,
    other_span: Option<Span>,
    place: Text,
}

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let mut conflicts = with_facts(incident, &report.text);
    conflicts.extend(between_lists(incident, &report.text));
    let mut conflicts = conflicts.into_iter();
    let Some(first) = conflicts.next() else { return };
    let message = TWO
        .with("phase", first.phase.label())
        .with("time", first.here.of(&report.text).trim())
        .with("other", first.other)
        .with("place", first.place);
    let item = found.at(&report.source, first.here, message).help(KEEP);
    if let Some(span) = first.other_span {
        item.related(span, first.phase.label());
    }
    for more in conflicts {
        item.related(more.here, more.phase.label());
    }
}

/// Phases whose time is stated outside of the timeline, and which the timeline places elsewhere.
fn with_facts(incident: &Incident, text: &str) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (&phase, stated) in &incident.phases {
        let place = match stated.origin {
            Origin::FrontMatter => FRONT_MATTER,
            Origin::Timeline => continue,
            _ => DETAILS,
        };
        if let Some(entry) = elsewhere(&incident.timeline.entries, phase, &stated.value, text) {
            conflicts.push(Conflict {
                phase,
                here: entry.when_span,
                other: stated.value.to_string(),
                other_span: stated.span,
                place,
            });
        }
    }
    conflicts
}

/// Phases that a list of key times places elsewhere than the timeline below it.
fn between_lists(incident: &Incident, text: &str) -> Vec<Conflict> {
    let lists = lists(incident);
    let &[first, second] = lists.as_slice() else { return Vec::new() };
    let (key, timeline) = match [first, second].map(|list| is_list_of_phases(list, text)) {
        [true, false] => (first, second),
        [false, true] => (second, first),
        _ => return Vec::new(),
    };
    let mut conflicts = Vec::new();
    for &phase in Phase::ALL {
        let from_timeline =
            incident.phases.get(&phase).is_some_and(|stated| stated.origin == Origin::Timeline);
        let mut marking = key.iter().filter(|entry| entry.phase == Some(phase));
        let (Some(entry), None) = (marking.next(), marking.next()) else { continue };
        if from_timeline
            && let Some(moment) = entry.when.start()
            && let Some(here) = elsewhere(timeline, phase, moment, text)
        {
            conflicts.push(Conflict {
                phase,
                here: here.when_span,
                other: entry.when_span.of(text).trim().to_owned(),
                other_span: Some(entry.when_span),
                place: KEY_TIMES,
            });
        }
    }
    conflicts
}

/// The entry that marks a phase at another time than this, if none marks it then.
fn elsewhere<'e>(
    entries: &'e [Entry],
    phase: Phase,
    stated: &Moment,
    text: &str,
) -> Option<&'e Entry> {
    stated.time?;
    let marking = |entry: &&Entry| {
        entry.phase == Some(phase) && entry.when.start().is_some_and(|start| start.time.is_some())
    };
    let marked: Vec<&Entry> = entries.iter().filter(marking).collect();
    let differs = |entry: &&Entry| is_elsewhere(entry, stated, text) == Some(true);
    if marked.iter().all(differs) { marked.last().copied() } else { None }
}

fn is_elsewhere(entry: &Entry, stated: &Moment, text: &str) -> Option<bool> {
    let start = entry.when.start()?;
    if let When::Between(from, to) = &entry.when
        && stated.since(from).is_some_and(|after| !after.is_negative())
        && to.since(stated).is_some_and(|left| !left.is_negative())
    {
        return Some(false);
    }
    // Whoever writes `00:05` names no day; another day than was meant is a matter of reading.
    let digits = entry.when_span.of(text).chars().filter(char::is_ascii_digit).count();
    let days_apart = start.since(stated)?.as_secs() % 86_400 == 0;
    Some(!agree(start, stated)? && (digits >= 8 || !days_apart))
}
