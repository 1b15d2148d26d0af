//! `TML006`
use super::{agree, since};
use crate::config::Profile;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Entry, Incident, Kind, Phase, When};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds timelines whose first entry is the detection, in reports that do not know of an earlier start: none is
        /// stated, or it is the same minute. Where the profile asks for the start as a fact, `missing-fact` says the
        /// former. Drills start when they start.
        ///
        /// ## Why it matters
        /// Incidents rarely begin when somebody notices. What changed before, and how long nobody knew, is half of
        /// what there is to learn.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// started_at: 2026-03-14 14:09
        /// detected_at: 2026-03-14 14:09
        /// ---
        ///
        /// ## Timeline
        /// - 14:09 [detected] the first alert fires
        /// - 14:20 [resolved] rolled back
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:09
        /// detected_at: 2026-03-14 14:09
        /// ---
        ///
        /// ## Timeline
        /// - 13:10 version 2.87 goes live
        /// - 14:09 [detected] the first alert fires, with the first failure
        /// - 14:20 [resolved] rolled back
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 탐지가 첫 항목이고, 그보다 이른 시작을 모르는 타임라인을 찾습니다. 발생 시각이 없거나 탐지와 같은 분인 경우입니다. 프로파일이 발생
        /// 시각을 요구하면 없다는 것은 `missing-fact`가 말합니다. 훈련은 시작한 때가 시작이므로 보지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 장애가 알아챈 순간에 시작되는 일은 드뭅니다. 그 전에 무엇이 바뀌었고 얼마 동안 몰랐는지가 배울 것의 절반입니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// started_at: 2026-03-14 14:09
        /// detected_at: 2026-03-14 14:09
        /// ---
        ///
        /// ## 타임라인
        /// - 14:09 [탐지] 첫 알람
        /// - 14:20 [복구] 되돌림
        /// ```
        ///
        /// ```md,good
        /// ---
        /// started_at: 2026-03-14 14:09
        /// detected_at: 2026-03-14 14:09
        /// ---
        ///
        /// ## 타임라인
        /// - 13:10 2.87 배포
        /// - 14:09 [탐지] 첫 실패와 함께 알람이 울림
        /// - 14:20 [복구] 되돌림
        /// ```
    }
    RULE = Rule {
        code: "TML006",
        name: "starts-at-detection",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const STARTS: Text = Text::new(
    "the timeline starts when somebody noticed, at `{time}`",
    "타임라인이 알아챈 시점(`{time}`)부터 시작합니다",
);
const BEFORE: Text = Text::new(
    "add when it began, and what changed before: a deploy, a setting, the traffic",
    "언제 시작됐는지, 그 전에 무엇이 바뀌었는지(배포, 설정, 트래픽) 적으세요",
);

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    if incident.kind.value == Kind::Drill {
        return;
    }
    let Some(first) = first(incident) else { return };
    let same_as_detection = |phase: Phase| {
        let both = incident.phase(phase).zip(first.when.start());
        both.is_some_and(|(moment, start)| agree(moment, start) == Some(true))
    };
    let is_detection = first.phase == Some(Phase::Detected) || same_as_detection(Phase::Detected);
    let start_is_known = match incident.phase(Phase::Started) {
        Some(_) => !same_as_detection(Phase::Started),
        None => {
            let profile = ctx.settings.profiles.get(&incident.profile.value);
            profile.is_some_and(|profile| asks_for_start(profile, incident))
        }
    };
    let tagged_start = incident.timeline.entries.iter().any(|entry| {
        entry.phase == Some(Phase::Started) && since(&entry.when, &first.when).is_none()
    });
    if is_detection && !start_is_known && !tagged_start {
        let time = first.when_span.of(&report.text).trim();
        found.at(&report.source, first.when_span, STARTS.with("time", time)).help(BEFORE);
    }
}

/// The earliest entry, if all are comparable with it.
fn first(incident: &Incident) -> Option<&Entry> {
    let timed = |entry: &&Entry| {
        matches!(entry.when, When::At(_) | When::Between(..) | When::Relative { .. })
    };
    let mut entries = incident.timeline.entries.iter().filter(timed);
    let mut first = entries.next()?;
    for entry in entries {
        if since(&entry.when, &first.when)?.is_negative() {
            first = entry;
        }
    }
    Some(first)
}

fn asks_for_start(profile: &Profile, incident: &Incident) -> bool {
    let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
    profile.facts.iter().any(|fact| {
        fact.field == Phase::Started.field()
            && !fact.optional
            && fact.need.applies(incident.kind.value, rank)
    })
}
