//! Answers as reports have them: those that stop at a person, and those that go on.

use crate::lint::prose::testing::judge;

#[test]
fn english() {
    judge(
        "WHY005",
        "## Root cause",
        &[
            "Human error.",
            "John forgot to set up disk monitoring.",
            "- Human error in not knowing that the logs are stored elsewhere.",
            "The engineer forgot to renew the certificate.",
            "A typo by the operator in the host list.",
            "The operator accidentally deleted the volume.",
            "The on-call engineer did not follow the runbook.",
            "We did not check the replica lag before the switch.",
            "Operator error during the migration.",
            "The change of the header was overlooked.",
            "Lack of experience with the new tool.",
            "Poor understanding of how replication works.",
            "The team was not aware of the limit.",
            "Nobody verified it and the developer made a mistake.",
            "A block for another site was accidentally deployed with the release.",
            "The flag was left by mistake.",
            "Somebody changed the limit, forgetting to restart the workers.",
        ],
        &[
            "Human error was possible because the two consoles look alike.",
            "The process is prone to human error.",
            "Nothing in the tool guards against human error.",
            "A human error was made. The tool asks for no confirmation.",
            "The controller accidentally overwrote existing annotations.",
            "The annotation was accidentally removed by the controller.",
            "A lock on the table was inadvertently taken twice.",
            "The engineer forgot the flag, and there was no check for it.",
            "The scheduler forgot its state after the restart.",
            "The pod did not check the lease.",
            "The certificate expired on 3 March; nothing renews it.",
            "The log says \"human error\".",
            "1. We mistakenly thought it was safe.\n\nWorkflow triggers are hard to reason about.",
            "Was it human error?",
            "An engineer deleted the volume by mistake; deleting was allowed to everybody.",
        ],
    );
}

#[test]
fn korean() {
    judge(
        "WHY005",
        "## 원인",
        &[
            "작업자의 실수로 운영 테이블을 지웠다.",
            "작업자의 실수였다. (OPS-12)",
            "휴먼 에러.",
            "담당자가 인증서 갱신을 깜빡했다.",
            "배포 전에 설정값을 확인하지 않았다.",
            "신규 절차를 숙지하지 못했다.",
            "운영 미숙으로 명령을 다시 실행했다.",
            "설정 파일의 오타.",
            "엔지니어가 값을 잘못 입력했다.",
            "운영자가 부주의했다.",
            "담당자가 알람을 놓쳤다.",
            "배포 절차를 지키지 않았다.",
            "개발 서버로 착각하여 명령을 실행했다.",
            "리팩터링 중 초기화 코드가 실수로 제거됨.",
            "두 표의 버전이 같다는 착각이었다.",
            "동시 요청에 대한 고려 부족.",
        ],
        &[
            "실수를 막는 장치가 없다.",
            "작업자의 실수가 있었다. 지우기 전에 확인을 받지 않는 도구였다.",
            "두 화면이 같아 개발 서버로 착각하기 쉬운 구조였다.",
            "클라이언트가 인증서를 확인하지 않았다.",
            "이 검사는 실제 연결을 확인하지 않았다.",
            "기존 검사는 합계만 읽고 연결을 보지 않았다. 파일의 존재를 표시 성공과 같게 보아 빈 화면을 놓쳤다.",
            "담당자가 알람을 놓쳤다. 알람 채널에 하루 400건이 쌓인다.",
            "사람은 실수할 수 있다.",
            "잘못된 설정값이 배포됐다.",
            "커넥션 풀이 고갈됐다.",
            "스케줄러가 상태를 잊었다.",
            "알람이 없어서 만료를 놓쳤다.",
            "회의에서 \"실수였다\"는 말이 나왔다.",
        ],
    );
}

#[test]
fn chains() {
    judge(
        "WHY005",
        "## 5 Whys",
        &[
            "1. Why did it fail? → The value was wrong.\n2. Why? → The engineer made a mistake.",
            "1. 왜 실패했나? → 값이 달랐다.\n2. 왜 달랐나? → 담당자의 실수였다.",
            "| 왜 | 답 |\n|---|---|\n| 왜 실패했나? | 값이 달랐다 |\n| 왜 달랐나? | 부주의 |",
        ],
        &[
            "1. Why did it fail? → The engineer made a mistake.\n2. Why was that possible? → The form has no units.",
            "1. 왜 실패했나? → 담당자의 실수였다.\n2. 왜 서비스까지 닿았나? → 배포에 검사가 없다.",
            "1. Why was it human error? → The form has no units.",
        ],
    );
    for heading in ["## Summary", "## Timeline", "## Lessons learned"] {
        judge("WHY005", heading, &[], &["It was human error."]);
    }
}
