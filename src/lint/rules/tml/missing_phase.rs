//! `TML003`
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::timeline_span;
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Incident, Kind, Phase, When};
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds timelines that mark no moment for a phase that matters: when it started, when somebody noticed, when it
        /// was mitigated or resolved. For a near miss it is the detection, for a drill nothing.
        ///
        /// A phase is marked by a tag (`14:09 [detected] the alert fires`), by a label (`Detected: …`), in a column named
        /// *Phase*, or in the front matter. A time that the profile asks for as a fact is left to `missing-fact`.
        ///
        /// ## Why it matters
        /// Time to detect and time to mitigate are what says whether alerts and runbooks work. A person may guess the entry
        /// that is meant; a table of a hundred incidents cannot.
        ///
        /// ## Options
        /// A profile of your own says with `phases = ["started", "detected"]` which phases its timelines mark;
        /// `phases = []` asks for none. `resolved` is satisfied by `mitigated`.
        ///
        /// ## Example
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Timeline
        /// - 14:02 the new version goes live
        /// - 14:09 the first alert fires
        /// - 14:20 rolled back
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
        /// 중요한 단계의 시점이 표시되지 않은 타임라인을 찾습니다. 언제 시작됐는지, 언제 알았는지, 언제 완화되거나 복구됐는지입니다.
        /// 아차 사고에서는 탐지만 보고, 훈련에서는 보지 않습니다.
        ///
        /// 단계는 태그(`14:09 [탐지] 알람이 울림`), 라벨(`탐지: …`), `단계` 열, front matter로 표시합니다. 프로파일이 요구하는 시각은
        /// `missing-fact`가 말합니다.
        ///
        /// ## 왜 중요한가요
        /// 탐지와 완화에 걸린 시간은 알람과 런북이 제대로 동작하는지 알려 줍니다. 사람은 어느 항목인지 짐작할 수 있지만, 장애 백 건을
        /// 모은 표는 그럴 수 없습니다.
        ///
        /// ## 설정
        /// 직접 만든 프로파일에 `phases = ["started", "detected"]`처럼 타임라인에 표시할 단계를 적을 수 있습니다. `phases = []`이면
        /// 아무것도 요구하지 않습니다. `resolved`는 `mitigated`로도 충분합니다.
        ///
        /// ## 예
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 타임라인
        /// - 14:02 새 버전 배포
        /// - 14:09 첫 알람
        /// - 14:20 되돌림
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
        code: "TML003",
        name: "missing-phase",
        stability: Stability::Stable,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const MISSING: Text = Text::new(
    "the timeline marks no moment for: {phases}",
    "타임라인에 표시되지 않은 단계: {phases}",
);
const TAG: Text = Text::new(
    "tag the entry: `{time} [{phase}] …`, or set `{key}` in the front matter",
    "해당 항목에 `{time} [{phase}] …`처럼 태그를 붙이거나, front matter에 `{key}`{을/를} 적으세요",
);
const PERHAPS: Text = Text::new("perhaps detected here", "혹시 여기서 탐지했나요?");
const MITIGATED_OR_RESOLVED: Text = Text::new("mitigated or resolved", "완화 또는 복구");

/// What an incident's timeline marks unless its profile says otherwise.
const PHASES: [Phase; 3] = [Phase::Started, Phase::Detected, Phase::Resolved];

/// Words of entries at which somebody may have noticed.
static NOTICING: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "alert", "alarm", "detect", "notice", "noticing", "paged", "pager", "report", "aware",
        "discover", "알람", "알림", "경보", "감지", "탐지", "인지", "발견", "문의", "신고", "제보",
        "호출",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("two dozen words make an automaton")
});

fn check(ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let entries = &incident.timeline.entries;
    let Some(any) = entries.iter().find(|entry| is_timed(&entry.when)) else { return };
    let missing: Vec<Phase> =
        wanted(ctx, incident).into_iter().filter(|&phase| !is_marked(incident, phase)).collect();
    let Some(&first) = missing.first() else { return };
    let candidate = entries
        .iter()
        .find(|entry| is_timed(&entry.when) && NOTICING.is_match(&entry.text))
        .filter(|_| missing.contains(&Phase::Detected));
    // The first entry may be the start; nothing else is guessed without a word that says so.
    let shown = match first {
        Phase::Started => Some(any),
        Phase::Detected => candidate,
        _ => None,
    };
    let help = TAG
        .with("time", shown.map_or("14:02", |entry| entry.when_span.of(&report.text).trim()))
        .with("phase", first.label())
        .with("key", first.field().id());
    let names: Vec<Value> = missing.iter().map(|&phase| name(phase)).collect();
    let item = found
        .at(&report.source, timeline_span(report), MISSING.with("phases", names))
        .help(help)
        .about(missing.iter().map(|phase| phase.id().to_owned()))
        .still_to_do(missing.iter().map(|phase| phase.field().label().into()));
    if let Some(entry) = candidate {
        item.related(entry.when_span, PERHAPS);
    }
}

/// The phases that a timeline of this report marks, without those that are asked for as facts.
fn wanted(ctx: &Context<'_>, incident: &Incident) -> Vec<Phase> {
    let Some(profile) = ctx.settings.profiles.get(&incident.profile.value) else {
        return Vec::new();
    };
    let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
    let kind = incident.kind.value;
    let is_fact = |phase: Phase| {
        profile.facts.iter().any(|fact| {
            fact.field == phase.field() && !fact.optional && fact.need.applies(kind, rank)
        })
    };
    let fits = |phase: Phase| match kind {
        Kind::Incident => true,
        Kind::NearMiss => phase == Phase::Detected,
        Kind::Drill => false,
    };
    let phases = profile.phases.as_deref().unwrap_or(&PHASES);
    phases.iter().copied().filter(|&phase| fits(phase) && !is_fact(phase)).collect()
}

fn is_marked(incident: &Incident, phase: Phase) -> bool {
    let marked = |phase: Phase| {
        incident.phases.contains_key(&phase)
            || incident.timeline.entries.iter().any(|entry| entry.phase == Some(phase))
    };
    marked(phase) || phase == Phase::Resolved && marked(Phase::Mitigated)
}

fn name(phase: Phase) -> Value {
    if phase == Phase::Resolved { MITIGATED_OR_RESOLVED.into() } else { phase.label().into() }
}

fn is_timed(when: &When) -> bool {
    matches!(when, When::At(_) | When::Between(..) | When::Relative { .. })
}
