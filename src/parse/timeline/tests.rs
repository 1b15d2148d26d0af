//! Whole timelines, each in a notation of its own.

use jiff::civil::date;

use super::{Context, collect, find_by_form, resolve};
use crate::config::Lexicon;
use crate::markup::Document;
use crate::model::When;
use crate::parse::outline::Outline;

fn read_with(text: &str, context: &Context) -> String {
    let document = Document::parse(&text.into(), 0);
    let lexicon = Lexicon::built_in();
    let mut outline = Outline::new(&document, &lexicon);
    find_by_form(&mut outline, &lexicon);
    let timeline = resolve(collect(&outline, &lexicon), context);
    let mut shown = String::new();
    for entry in &timeline.entries {
        let when = match &entry.when {
            When::At(moment) => moment.iso(),
            When::Between(start, end) => format!("{} .. {}", start.iso(), end.iso()),
            When::Relative { seconds, until: None } => format!("T+{seconds}"),
            When::Relative { seconds, until: Some(until) } => format!("T+{seconds}..{until}"),
            When::Unknown => "?".to_owned(),
            When::Untimed => "-".to_owned(),
        };
        let phase = entry.phase.map(|phase| format!(" [{}]", phase.id())).unwrap_or_default();
        let handoff = if entry.handoff { " [handoff]" } else { "" };
        shown.push_str(&format!("{when}{phase}{handoff} {}\n", entry.text));
    }
    shown
}

fn read(text: &str) -> String {
    read_with(text, &Context { date: Some(date(2026, 3, 14)), ..Context::default() })
}

#[test]
fn alerts_are_no_events() {
    let text = "## Timeline (UTC)\n| Time | Event |\n|---|---|\n| 10:00 | down |\n\n> [!NOTE]\n> 10:30 is when the mail was read.\n";
    insta::assert_snapshot!(read(text), @r"2026-03-14T10:00:00Z down");
}

#[test]
fn bullets_roll_over_midnight_and_mark_phases() {
    let text = "## 타임라인 (KST)\n- 23:50 [발생] 5xx 급증\n- 00:10 [탐지] 알람\n- 00:05 늦게 적은 일\n  - 자세한 내용\n- **01:30** 복구: 정상\n- 02:00 [인계] 주간 팀\n- 나중에 정리함\n";
    insta::assert_snapshot!(read(text), @r"
    2026-03-14T23:50:00+09:00 [started] 5xx 급증
    2026-03-15T00:10:00+09:00 [detected] 알람
    2026-03-15T00:05:00+09:00 늦게 적은 일 자세한 내용
    2026-03-15T01:30:00+09:00 [resolved] 복구: 정상
    2026-03-15T02:00:00+09:00 [handoff] 주간 팀
    - 나중에 정리함
    ");
}

#[test]
fn headings_carry_the_day() {
    let text = "## Timeline\n\nAll times in PST\n\n### Sep 27 2017 13:06\n\nA lot\nof changes.\n\n1. not an entry\n2. nor this\n\n### 13:35\n\nDone.\n\n### 2017-09-28\n\n### 09:00\n\nlater\n\n### Sep 29\n\nonly a day\n\n## Action items\n- 10:00 not here\n";
    insta::assert_snapshot!(read(text), @r"
    2017-09-27T13:06:00-08:00 A lot of changes. not an entry nor this
    2017-09-27T13:35:00-08:00 Done.
    2017-09-28T09:00:00-08:00 later
    2017-09-29 only a day
    ");
}

#[test]
fn tables_with_dates_zones_phases_and_gaps() {
    let text = "## Timeline\n\n| Time (UTC) | Phase | Event |\n|---|---|---|\n| 2022-08-03 11:38 | detected | Alerted |\n| 2022-08-03 12:26-12:?? | | Fix |\n| 2022-05-?? HH:mm | | Unknown |\n| #834 | | A pull request |\n| | | |\n| 13:25 | resolved | Works |\n";
    insta::assert_snapshot!(read(text), @r"
    2022-08-03T11:38:00Z [detected] Alerted
    2022-08-03T12:26:00Z Fix
    ? Unknown
    - #834 — A pull request
    2022-08-03T13:25:00Z [resolved] Works
    ");
    let text = "## Timeline\n| day | date (2022) | time (pst) | event |\n|-|-|-|-|\n| Thur | Jan 20 | 23:15 | A call |\n| Fri | Jan 21 | 00:10 | Done |\n";
    let context = Context { year: Some(2022), ..Context::default() };
    insta::assert_snapshot!(read_with(text, &context), @r"
    2022-01-20T23:15:00 A call
    2022-01-21T00:10:00 Done
    ");
}

#[test]
fn paragraphs_lines_and_labels() {
    let text = "## Timeline\n\n7 June 2021\n\n15.42 JG any chance to roll back\n\n> I can try\n\n15.50 DB done\n\n**June 8, 2021, 09:20 (UTC):** Initial contact\n";
    insta::assert_snapshot!(read(text), @r"
    2021-06-07T15:42:00 JG any chance to roll back I can try
    2021-06-07T15:50:00 DB done
    2021-06-08T09:20:00Z Initial contact
    ");
    let text = "# X\n\n- **Key events**\n  - Fault occurs 2020-02-12 11:45\n  - Incident not declared\n  - Resolved 2020-02-12 12:07\n- **Impact**: all\n";
    insta::assert_snapshot!(read(text), @r"
    2020-02-12T11:45:00 [started] Fault occurs
    - Incident not declared
    2020-02-12T12:07:00 [resolved] Resolved
    ");
}

#[test]
fn several_incidents_in_one_timeline() {
    let text = "## Incident Timeline\n\n### October 21, 2025 - Redis Overload\n\nProse about it.\n\n**Root causes:**\n\n- 10:00 is no event\n\n**Timeline:**\n\n- **21:45 UTC** - Deploy\n- **23:28 UTC** - Recovered\n\n### October 24, 2025 - Rate limits\n\n**Timeline:**\n\n- **09:00 UTC** - Again\n";
    insta::assert_snapshot!(read(text), @r"
    2025-10-21T21:45:00Z Deploy
    2025-10-21T23:28:00Z [resolved] Recovered
    2025-10-24T09:00:00Z Again
    ");
}

#[test]
fn relative_undated_and_ambiguous_times() {
    let text = "## 타임라인\n1. **장애 인지 (T0)**\n2. T+5m 롤백\n3. T+10m~T+20분 확인\n";
    insta::assert_snapshot!(read(text), @r"
    T+0 [detected] 장애 인지
    T+300 롤백
    T+600..1200 확인
    ");
    let text = "## Timeline\n- 23:00 a\n- 01:00 b\n- 05/07/2023 - c\n";
    insta::assert_snapshot!(read_with(text, &Context::default()), @r"
    23:00:00 a
    01:00:00 b
    ? c
    ");
    let context = Context { date: Some(date(2023, 7, 5)), ..Context::default() };
    let text = "## Timeline\n- 05/07/2023 - c\n- 06/07/2023 01:00 - d\n- Monday 10:00 e\n";
    insta::assert_snapshot!(read_with(text, &context), @r"
    2023-07-05 c
    2023-07-06T01:00:00 d
    2023-07-10T10:00:00 e
    ");
}

#[test]
fn times_make_a_timeline_under_any_name() {
    let text = "# T\n\n## 대응 내역\n\n- 14:02 알람\n- 14:10 롤백 시작\n  – 14:20 롤백 완료\n- 14:30 정상\n\n## Context\n\n10:00 – pushed\n\n10:05 – found:\n\n* a\n* b\n\n10:20 – fixed\n\n## 배경\n\n- 09:00 배포는 매일 한다\n- 두 명이 본다\n- 셋째\n";
    insta::assert_snapshot!(read(text), @r"
    2026-03-14T14:02:00 알람
    2026-03-14T14:10:00 롤백 시작
    2026-03-14T14:20:00 롤백 완료
    2026-03-14T14:30:00 정상
    2026-03-14T10:00:00 pushed
    2026-03-14T10:05:00 found: a b
    2026-03-14T10:20:00 [resolved] fixed
    ");
}

#[test]
fn remarks_and_links_are_no_events() {
    let text = "## Timeline\n\n- [graphs](https://x.example)\n- 14:02 alert\n- **Note:** the page was not updated\n- rollback starts\n";
    insta::assert_snapshot!(read(text), @r"
    2026-03-14T14:02:00 alert Note: the page was not updated
    - rollback starts
    ");
}
