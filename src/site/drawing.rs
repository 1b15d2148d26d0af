//! An incident's course drawn to scale: a bar from its start to its end, a mark for each phase, a tick
//! for each entry of the timeline.
//!
//! Positions are percentages of the width, so that the drawing fits any screen while its words keep
//! their size. What is drawn stands below as a list, which is all that a reader who cannot see it needs.

use serde::Serialize;

use super::view::duration;
use crate::l10n::{Lang, Text};
use crate::model::{Incident, Moment, Phase, When};
use jiff::SignedDuration;

/// The drawing, ready for a template.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Drawing {
    /// The stretches between phases, from left to right.
    stretches: Vec<Stretch>,
    marks: Vec<Mark>,
    ticks: Vec<Tick>,
    axis: Vec<Tick>,
    /// How many entries lie outside of what is drawn, in words.
    outside: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Stretch {
    x: String,
    width: String,
    /// The phase it begins with.
    class: &'static str,
}

/// A phase.
#[derive(Clone, Debug, Serialize)]
struct Mark {
    x: String,
    /// 0, or more where it would cover the mark before it.
    lane: usize,
    number: usize,
    class: &'static str,
    label: &'static str,
    time: String,
    /// `+5 min` from the first mark.
    after: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Tick {
    x: String,
    /// What happened, or the time of day.
    text: String,
}

/// The phases that are the incident itself; what follows is looking back.
const COURSE: [Phase; 6] = [
    Phase::Started,
    Phase::Detected,
    Phase::Escalated,
    Phase::Declared,
    Phase::Mitigated,
    Phase::Resolved,
];
/// Two marks closer than this share of the width would cover each other on a phone.
const APART: f64 = 7.0;
/// In seconds.
const DAY: i64 = 86_400;
/// More ticks than this are a grey bar.
const MOST_TICKS: usize = 400;

/// Draws an incident from its first known phase on, if its course takes time; `None` for any other.
pub(super) fn draw(incident: &Incident, lang: Lang) -> Option<Drawing> {
    let start = COURSE.iter().find_map(|phase| incident.phase(*phase))?;
    let since = |moment: &Moment| moment.since(start).map(|duration| duration.as_secs());
    let phases: Vec<(Phase, &Moment, i64)> = COURSE
        .into_iter()
        .filter_map(|phase| {
            let moment = incident.phase(phase)?;
            Some((phase, moment, since(moment).filter(|seconds| *seconds >= 0)?))
        })
        .collect();
    let entries: Vec<(i64, &str)> = incident
        .timeline
        .entries
        .iter()
        .filter_map(|entry| {
            let seconds = match &entry.when {
                When::Relative { seconds, .. } => *seconds,
                when => since(when.start()?)?,
            };
            Some((seconds, entry.text.as_str()))
        })
        .collect();
    let is_over = phases.iter().any(|(phase, ..)| *phase >= Phase::Mitigated);
    let last_phase = phases.iter().map(|(.., seconds)| *seconds).max()?;
    // An incident whose end nobody wrote down lasts as long as its timeline.
    let last_entry = entries.iter().map(|(seconds, _)| *seconds).max().filter(|_| !is_over);
    let length = last_phase.max(last_entry.unwrap_or(0));
    if length <= 0 || phases.len() < 2 && entries.len() < 3 {
        return None;
    }
    let scale = Scale { length };
    let inside = entries.iter().filter(|(seconds, _)| (0..=length).contains(seconds));
    let before = entries.iter().filter(|(seconds, _)| *seconds < 0).count();
    let after = entries.iter().filter(|(seconds, _)| *seconds > length).count();
    let days = length >= DAY || phases.iter().any(|(_, moment, _)| moment.day != start.day);
    Some(Drawing {
        stretches: stretches(&phases, &scale),
        marks: marks(&phases, &scale, days, lang),
        ticks: inside
            .take(MOST_TICKS)
            .map(|(seconds, text)| Tick { x: scale.x(*seconds), text: (*text).to_owned() })
            .collect(),
        axis: axis(start, &scale),
        outside: outside(before, after, lang),
    })
}

/// What stands in the list below and not in the drawing.
fn outside(before: usize, after: usize, lang: Lang) -> Option<String> {
    const BEFORE: Text = Text::new("{count} before", "그 전 {count}건");
    const AFTER: Text = Text::new("{count} after", "그 뒤 {count}건");
    const OUTSIDE: Text =
        Text::new("Only in the list below: {what}", "아래 목록에만 있는 기록: {what}");
    let parts = [(BEFORE, before), (AFTER, after)];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(text, count)| text.with("count", count))
        .collect();
    (!parts.is_empty()).then(|| OUTSIDE.with("what", parts).render(lang))
}

/// Seconds after the start as a share of the width. Both ends keep room for a mark.
struct Scale {
    length: i64,
}

impl Scale {
    const MARGIN: f64 = 2.0;

    #[expect(clippy::cast_precision_loss, reason = "an incident lasts less than 2^52 seconds")]
    fn share(&self, seconds: i64) -> f64 {
        Self::MARGIN + (100.0 - 2.0 * Self::MARGIN) * seconds as f64 / self.length as f64
    }

    fn x(&self, seconds: i64) -> String {
        percent(self.share(seconds))
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

fn stretches(phases: &[(Phase, &Moment, i64)], scale: &Scale) -> Vec<Stretch> {
    const BOUNDARIES: [Phase; 4] =
        [Phase::Started, Phase::Detected, Phase::Mitigated, Phase::Resolved];
    let mut known: Vec<(Phase, i64)> = phases
        .iter()
        .filter(|(phase, ..)| BOUNDARIES.contains(phase))
        .map(|(phase, _, seconds)| (*phase, *seconds))
        .collect();
    known.sort_by_key(|(phase, seconds)| (*seconds, *phase));
    let ends = known.iter().skip(1).map(|(_, seconds)| *seconds).chain([scale.length]);
    known
        .iter()
        .zip(ends)
        .filter(|((_, from), to)| to > from)
        .map(|((phase, from), to)| Stretch {
            x: scale.x(*from),
            width: percent(scale.share(to) - scale.share(*from)),
            class: phase.id(),
        })
        .collect()
}

fn marks(
    phases: &[(Phase, &Moment, i64)],
    scale: &Scale,
    with_days: bool,
    lang: Lang,
) -> Vec<Mark> {
    // Where the last mark of each lane stands.
    let mut lanes: Vec<f64> = Vec::new();
    phases
        .iter()
        .enumerate()
        .map(|(index, (phase, moment, seconds))| {
            let share = scale.share(*seconds);
            let free = lanes.iter().position(|last| share - last >= APART);
            let lane = free.unwrap_or(lanes.len());
            match lanes.get_mut(lane) {
                Some(last) => *last = share,
                None => lanes.push(share),
            }
            let after = duration(SignedDuration::from_secs(*seconds), lang);
            Mark {
                x: percent(share),
                lane,
                number: index + 1,
                class: phase.id(),
                label: phase.label().get(lang),
                time: {
                    let day = moment.date().filter(|_| with_days).map(month_and_day);
                    let parts = [day, moment.time.map(clock)];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
                },
                after: (*seconds > 0).then(|| format!("+{after}")),
            }
        })
        .collect()
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn month_and_day(date: jiff::civil::Date) -> String {
    format!("{:02}-{:02}", date.month(), date.day())
}

/// Times of day at round distances, at most seven.
fn axis(start: &Moment, scale: &Scale) -> Vec<Tick> {
    const MINUTES: [i64; 16] =
        [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200];
    const MOST: i64 = 6;
    let Some(time) = start.time else { return Vec::new() };
    let Some(step) = MINUTES.iter().map(|m| m * 60).find(|step| scale.length / step <= MOST) else {
        return Vec::new();
    };
    let of_day = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    let first = (step - of_day % step) % step;
    let count = usize::try_from(scale.length / step + 1).unwrap_or(0);
    let label = |seconds: i64| {
        let minutes = (of_day + seconds) / 60 % 1440;
        // Midnight is a new day, and over days the date says more than the time.
        if step < DAY && (minutes != 0 || scale.length < DAY / 2) {
            return format!("{:02}:{:02}", minutes / 60, minutes % 60);
        }
        let days = i16::try_from((of_day + seconds) / DAY).unwrap_or(i16::MAX);
        start.day.plus(days).date().map_or_else(|| format!("+{days}"), month_and_day)
    };
    (0..count)
        .map(|index| first + step * i64::try_from(index).unwrap_or(0))
        .filter(|seconds| *seconds <= scale.length)
        .map(|seconds| Tick { x: scale.x(seconds), text: label(seconds) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Drawing, draw};
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::l10n::Lang;
    use crate::parse::{self, Edition};
    use crate::source::SourceFile;

    fn drawing(text: &str) -> Option<Drawing> {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
        let source = SourceFile::new("a.md", text);
        draw(&parse::report(source, "a.md", &settings, Edition::Internal).incident, Lang::En)
    }

    fn report(times: &str, entries: &str) -> String {
        format!(
            "---\ndate: 2026-03-14\ntimezone: Asia/Seoul\n{times}---\n\n## Timeline\n\n{entries}"
        )
    }

    #[test]
    fn positions_are_shares_of_the_course() {
        let times = "started_at: 2026-03-14 14:00\ndetected_at: 2026-03-14 14:30\nresolved_at: 2026-03-14 15:00\n";
        let entries = "- 13:50 before\n- 14:15 a quarter\n- 14:45 three quarters\n- 15:20 after\n";
        let drawing = drawing(&report(times, entries));
        let marks = drawing.iter().flat_map(|d| &d.marks).map(|m| (m.x.as_str(), m.time.as_str()));
        assert_eq!(
            marks.collect::<Vec<_>>(),
            [("2.00%", "14:00"), ("50.00%", "14:30"), ("98.00%", "15:00")]
        );
        let ticks = drawing.iter().flat_map(|d| &d.ticks).map(|tick| tick.x.as_str());
        assert_eq!(ticks.collect::<Vec<_>>(), ["26.00%", "74.00%"]);
        let outside = drawing.as_ref().and_then(|d| d.outside.as_deref());
        assert_eq!(outside, Some("Only in the list below: 1 before, 1 after"));
        let axis = drawing.iter().flat_map(|d| &d.axis).map(|tick| tick.text.as_str());
        assert_eq!(
            axis.collect::<Vec<_>>(),
            ["14:00", "14:10", "14:20", "14:30", "14:40", "14:50", "15:00"]
        );
    }

    #[test]
    fn marks_that_would_cover_each_other_stand_in_lanes() {
        let times = "started_at: 2026-03-14 14:00\ndetected_at: 2026-03-14 14:01\nescalated_at: 2026-03-14 14:02\nresolved_at: 2026-03-14 16:00\n";
        let drawing = drawing(&report(times, ""));
        let lanes = drawing.iter().flat_map(|d| &d.marks).map(|mark| mark.lane);
        assert_eq!(lanes.collect::<Vec<_>>(), [0, 1, 2, 0]);
    }

    #[test]
    fn over_days_the_day_is_said_and_without_a_course_nothing_is_drawn() {
        let times = "detected_at: 2026-03-14 23:00\nresolved_at: 2026-03-16 05:00\n";
        let drawn = drawing(&report(times, ""));
        let marks = drawn.iter().flat_map(|d| &d.marks).map(|mark| mark.time.as_str());
        assert_eq!(marks.collect::<Vec<_>>(), ["03-14 23:00", "03-16 05:00"]);
        for times in [
            "",
            "started_at: 2026-03-14 14:00\n",
            "started_at: 2026-03-14 14:00\nresolved_at: 2026-03-14 14:00\n",
        ] {
            assert!(drawing(&report(times, "")).is_none(), "{times}");
        }
    }
}
