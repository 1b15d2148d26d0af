//! One test per form in which reports promise something.

use super::actions;
use crate::config::Lexicon;
use crate::markup::Document;
use crate::parse::outline::Outline;

fn read(text: &str) -> String {
    let document = Document::parse(&text.into(), 0);
    let lexicon = Lexicon::built_in();
    let outline = Outline::new(&document, &lexicon);
    let mut shown = String::new();
    for action in actions(&outline, &lexicon) {
        let mut line = vec![format!("{} <{}>", action.text, action.status.id())];
        line.extend(action.horizon.map(|horizon| horizon.id().to_owned()));
        line.extend(action.kind.map(|kind| kind.id().to_owned()));
        line.extend((!action.owners.is_empty()).then(|| format!("by {}", action.owners.join("+"))));
        line.extend(
            action
                .due
                .map(|due| format!("due {due}"))
                .or(action.due_text.map(|due| format!("due '{due}'"))),
        );
        line.extend(action.done_on.map(|done| format!("done {done}")));
        line.extend(action.ticket.map(|ticket| format!("ticket {ticket}")));
        line.extend(action.priority.map(|priority| format!("prio {priority}")));
        line.extend(action.group.map(|group| format!("in {group}")));
        line.extend(action.reason.map(|reason| format!("because {reason}")));
        shown.push_str(&line.join(" | "));
        shown.push('\n');
    }
    shown
}

#[test]
fn check_lists_with_inline_fields() {
    let text = "## 조치 항목\n\n### 단기\n- [ ] 커넥션 풀 대기 알람 추가 (유형: 탐지, 담당: @platform, 기한: 2026-04-01, 이슈: OPS-12)\n- [x] 런북 작성 due:2026-04-02 @sre\n- [ ] …\n\n### 장기\n- [ ] 구조 개선 — 담당: 결제팀, 기한: 3분기\n";
    insta::assert_snapshot!(read(text), @r"
    커넥션 풀 대기 알람 추가 <open> | short | detect | by @platform | due 2026-04-01 | ticket OPS-12
    런북 작성 <done> | short | by @sre | due 2026-04-02
    구조 개선 <open> | long | by 결제팀 | due '3분기'
    ");
}

#[test]
fn what_is_struck_out_was_dropped_unless_something_says_that_it_was_done() {
    let text = "## 조치 항목\n- ~~컨슈머 분리~~ (담당: @order)\n- [ ] ~~알람 추가~~\n- ~~한도 상향~~ ✅\n- [x] ~~재시작~~\n- 대기 ~~1초~~ 3초로 조정\n";
    insta::assert_snapshot!(read(text), @r"
    컨슈머 분리 <wont-do> | by @order
    알람 추가 <wont-do>
    한도 상향 <done>
    재시작 <done>
    대기 1초 3초로 조정 <unknown>
    ");
}

#[test]
fn the_ticket_of_a_field_names_the_action() {
    let text = "## Action items\n- Finish what PAY-1 promised (issue: OBS-2)\n- Cap retries ([#12](https://github.com/x/y/issues/12))\n- Cap more (이슈: [#13](https://github.com/x/y/issues/13), 담당: @a)\n- 알람\u{3000}@team\n";
    insta::assert_snapshot!(read(text), @r"
    Finish what PAY-1 promised <unknown> | ticket OBS-2
    Cap retries (#12) <unknown> | ticket https://github.com/x/y/issues/12
    Cap more <unknown> | by @a | ticket https://github.com/x/y/issues/13
    알람 <unknown> | by @team
    ");
    let document = Document::parse(&text.into(), 0);
    let lexicon = Lexicon::built_in();
    let read = actions(&Outline::new(&document, &lexicon), &lexicon);
    assert_eq!(read[0].id, "OBS-2");
}

#[test]
fn bullets_numbers_groups_and_trackers() {
    let text = "## Action items\n\nThese are only sample subheadings.\n\n### BinderHub\n\n1. Handle errors more gracefully.\n   [Issue](https://github.com/x/y/issues/131)\n2. ✅ Fix trigger script\n3. Review process [Jerry]\n\n### Prevent\n\n- P1: add a lock ([OPS-7](https://jira/browse/OPS-7))\n- Short term:\n  - restart nightly\n- Probe coverage\n  - ask teams\n  - write wiki\n- N/A\n- ~~old idea~~ (won't do: superseded)\n";
    insta::assert_snapshot!(read(text), @r"
    Handle errors more gracefully <unknown> | ticket https://github.com/x/y/issues/131 | in BinderHub
    Fix trigger script <done> | in BinderHub
    Review process <unknown> | by Jerry | in BinderHub
    add a lock (OPS-7) <unknown> | prevent | ticket OPS-7 | prio P1 | in Prevent
    restart nightly <unknown> | short | prevent | in Short term
    Probe coverage <unknown> | prevent | in Prevent
    old idea <wont-do> | prevent | in Prevent | because superseded
    ");
}

#[test]
fn tables_by_the_meaning_of_their_columns() {
    let text = "## 재발 방지 대책\n\n| 기간 | 조치 | 담당자 | 기한 | 상태 |\n|---|---|---|---|---|\n| 단기 | 알람 추가 (OPS-3) | kim | 2026-04-01 | done |\n| 장기 | 이중화 | — | Q3 | ☐ 미결 |\n| | | | | |\n";
    insta::assert_snapshot!(read(text), @r"
    알람 추가 (OPS-3) <done> | short | by kim | due 2026-04-01 | ticket OPS-3
    이중화 <open> | long | due 'Q3'
    ");
    let text = "## Action items\n\n| # | Action | Type | Owner | Due Date | Status |\n|-|-|-|-|-|-|\n| 1 | Add alert | Detect | SRE, DB | Jul 28, 2023 | ✅ Done |\n\nText below a table is no action.\n";
    assert_eq!(read(text), "Add alert <done> | detect | by SRE+DB | due 2023-07-28\n");
}

#[test]
fn paragraphs_where_nothing_else_is() {
    let text = "## Future Actions\n\nWe will separate clusters for production.\n\nSee https://x.example/1\n\n## Immediate Actions (Completed)\n\n- timeouts moved to configuration\n\n## Next steps\n\nNone\n";
    insta::assert_snapshot!(read(text), @r"
    We will separate clusters for production <unknown>
    timeouts moved to configuration <done> | short
    ");
}

#[test]
fn labels_speak_for_what_is_below_them_and_numbers_for_their_bullets() {
    let text = "## Mid-term\n\n**In progress (2 weeks):**\n\n- strike team\n\n**To complete before re-enabling sync:**\n\n- define a strategy\n\n**Architectural improvements:**\n\n- limit connections\n\n## Remediation plan\n\n1. **New table**\n\n- created it\n- moved the data\n\n2. **Monitoring**\n   for:\n\n- reads\n\n### Investigation\n\nIt seemed to come from a node.\n\n## Moving forward\n\nWe are committed to our customers.\n";
    insta::assert_snapshot!(read(text), @r"
    strike team <in-progress> | mid | in In progress (2 weeks)
    define a strategy <unknown> | mid | in To complete before re-enabling sync
    limit connections <unknown> | mid
    New table <unknown>
    Monitoring for: <unknown>
    ");
}

#[test]
fn ids_survive_a_change_of_state_and_marks() {
    let id = |text: &str| {
        let text = format!("## Actions\n{text}\n");
        let document = Document::parse(&text.as_str().into(), 0);
        let lexicon = Lexicon::built_in();
        let outline = Outline::new(&document, &lexicon);
        actions(&outline, &lexicon).into_iter().map(|action| action.id).next()
    };
    let first = id("- [ ] Add the pool alarm (owner: @a, due: 2026-04-01)");
    assert!(first.is_some());
    assert_eq!(first, id("- [x] **Add** the pool alarm (done)"));
    assert_ne!(first, id("- [ ] Add the queue alarm"));
    assert_eq!(id("- [ ] Add it {#pool-alarm}").as_deref(), Some("pool-alarm"));
    assert_eq!(id("- Add it (OPS-9)").as_deref(), Some("OPS-9"));
}

#[test]
fn a_comma_inside_a_field_belongs_to_it() {
    let text = "## Action items\n\n- [ ] split it (owner: payments, platform, status: won't do: two pools, twice the cost, issue: PAY-1)\n";
    insta::assert_snapshot!(read(text), @r"
    split it <wont-do> | by payments+platform | ticket PAY-1 | because two pools, twice the cost
    ");
}

#[test]
fn fields_may_stand_on_lines_of_their_own_and_below() {
    let text = "## Action items\n\n- Add the alarm\n  - Owner: @sre\n  - Due: 2026-04-01\n  - the pool is empty by then\n- Split it:\n  - 담당: 결제팀\n  - 기한: 2026-04-03\n- Cap retries\n  Owner: kim\n  Due: 2026-04-02\n- Test old versions. Owner: @lee\n- Build slowly (https://github.com/x/y/issues/624)\n- Move the agent. This has been done.\n";
    insta::assert_snapshot!(read(text), @r"
    Add the alarm <unknown> | by @sre | due 2026-04-01
    Split it: <unknown> | by 결제팀 | due 2026-04-03
    Cap retries <unknown> | by kim | due 2026-04-02
    Test old versions <unknown> | by @lee
    Build slowly (https://github.com/x/y/issues/624) <unknown> | ticket https://github.com/x/y/issues/624
    Move the agent. This has been done <done>
    ");
}

#[test]
fn a_list_told_as_past_is_done_where_one_of_it_says_so() {
    let text = "## Actions\n\n- We've tightened the workflow.\n- Increased the scrutiny\n- Re-worked the secrets\n\n### Next\n\n- Improved runbooks\n- Automated tests\n- ✅ Reverted it\n- Send the credits\n";
    insta::assert_snapshot!(read(text), @r"
    We've tightened the workflow <done>
    Increased the scrutiny <done>
    Re-worked the secrets <done>
    Improved runbooks <unknown> | in Next
    Automated tests <unknown> | in Next
    Reverted it <done> | in Next
    Send the credits <unknown> | in Next
    ");
}

#[test]
fn a_state_may_stand_in_front() {
    let text = "## Actions\n\n- Done: increase timeouts\n- [완료] 알람 추가\n- Fix: close the socket\n- [대책] 알람 추가\n\n| Action | Status |\n|---|---|\n| Move it | Blocked on vendor |\n| Drop it | Deferred |\n";
    insta::assert_snapshot!(read(text), @r"
    increase timeouts <done>
    알람 추가 <done>
    Fix: close the socket <unknown>
    [대책] 알람 추가 <unknown>
    Move it <open>
    Drop it <open>
    ");
}
