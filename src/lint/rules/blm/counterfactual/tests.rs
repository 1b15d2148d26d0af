//! Sentences as reports have them, guilty and innocent.

use crate::lint::prose::testing::judge;

#[test]
fn english() {
    judge(
        "BLM002",
        "## Root cause",
        &[
            "We should have tested the restore first.",
            "The migration should have been reviewed by a second pair of eyes.",
            "The new tool shouldn't have been rushed to production.",
            "Unfortunately we failed to verify that the agent was running.",
            "The on-call engineer failed to follow the runbook.",
            "The team also failed to\nnotice the disk alert.",
            "If we had picked up on this retirement we could have drained the node.",
            "Had we known about the limit, we would have split the batch.",
            "The outage could have been avoided.",
            "We could have rolled back much earlier.",
            "It would have been useful to get a heap dump before the restart.",
            "If only we had read the release notes.",
            "Nobody bothered, and the team didn't bother to ask.",
            "The reviewers should have caught the missing index.",
            "**We** ought to have asked the vendor.",
            "Appointing an incident manager could have helped.",
            "I should've checked the host name.",
            "We shouldn’t have merged on a Friday.",
        ],
        &[
            "The health check failed to start.",
            "The pods failed to check in with the control plane.",
            "Pods of the platform team failed to update their lease.",
            "We failed to reproduce the crash.",
            "The failover should have happened automatically.",
            "Traffic should have been routed to the other zone.",
            "Delayed events should have been automatically updated when the queue drained.",
            "Each repository should have a code owner.",
            "Every team should have dedicated nodes.",
            "Users could have seen stale prices.",
            "This could have been a lot worse.",
            "The outage could have been worse.",
            "We could have lost all orders of the day.",
            "Something could have gone wrong with the key.",
            "The report says \"we should have tested\" and nothing else.",
            "The log reads `we failed to verify the token`.",
            "> We should have tested the restore.",
            "We ran a query to check if we had lost writes, which would take an hour.",
            "It ran even if only one replica was up.",
            "The client failed to verify the certificate.",
            "Should we have tested the restore? We should have tested, you say?",
            "An alert that we had removed would have told us.",
            "They failed to start because the image was gone.",
            "Customers should have received a mail at 10:00.",
        ],
    );
}

#[test]
fn korean() {
    judge(
        "BLM002",
        "## 원인",
        &[
            "배포 전에 설정값을 확인했어야 했다.",
            "담당자가 알람을 미리 점검했어야 합니다.",
            "이 설정은 리뷰에서 한 번 더 봤어야 했다.",
            "금요일에는 배포하지 말았어야 했다.",
            "변경 사항을 미리 공유했더라면 막을 수 있었다.",
            "조금만 일찍 알았더라면 영향을 줄일 수 있었을 것이다.",
            "사전에 테스트했다면 발견할 수 있었을 것이다.",
            "연동 팀에 먼저 알렸으면 좋았을 것이다.",
            "담당자가 배포 결과를 확인하지 않아서 늦게 알았다.",
            "개발자가 테스트하지 않은 탓에 오류가 나갔다.",
            "운영팀이 점검하지 않았기 때문에 만료를 놓쳤다.",
            "우리는 용량을 미리 계산했어야 했는데 하지 못했다.",
            "리뷰에서 차이를 잡아야 했으나 그대로 통과시켰다.",
            "기존 로그만으로도 훨씬 일찍 발견할 수 있었다.",
        ],
        &[
            "헬스체크가 먼저 실패했어야 한다.",
            "장애 조치가 자동으로 동작했어야 했다.",
            "10시에 발송했어야 할 메일 3건이 남았다.",
            "클라이언트가 인증서를 확인하지 않아서 연결됐다.",
            "서버가 응답을 확인하지 않아 재시도가 쌓였다.",
            "알람이 먼저 알렸다면 빨리 발견할 수 있었을 것이다.",
            "트래픽이 더 몰렸더라면 더 큰 장애가 됐다.",
            "문의에 \"미리 공지했어야 했다\"는 의견이 있었다.",
            "`확인했어야 했다`라는 주석이 남아 있다.",
            "> 확인했어야 했다.",
            "값이 0이라면 무시한다.",
            "점검은 매주 해야 한다.",
            "원래는 조회까지 되는 기능이었어야 했으나 요구 사항에 적히지 않았다.",
            "직접 두 대를 올려야 했으나 자동으로 올라왔다.",
            "워커가 요청을 나눠야 했는데 한쪽으로 몰렸다.",
            "알림 하나만으로도 담당자가 바로 찾을 수 있다.",
            "확인했어야 했나?",
            "캐시가 만료를 공유하지 않아 값이 달랐다.",
        ],
    );
}

#[test]
fn elsewhere() {
    let sentence = ["We should have tested the restore first."];
    for heading in [
        "## What went well",
        "## Where we got lucky",
        "## Action items",
        "## Timeline",
        "## References",
    ] {
        judge("BLM002", heading, &[], &sentence);
    }
    judge("BLM002", "## Lessons learned\n### What went wrong", &sentence, &[]);
}
