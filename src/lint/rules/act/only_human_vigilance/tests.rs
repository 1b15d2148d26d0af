//! What reports promise when nothing but people changes, and when something does.

use crate::lint::prose::testing::judge;

#[test]
fn reports() {
    judge(
        "ACT008",
        "## Action items",
        &[
            "- Be more careful with production",
            "- Train the new engineers\n- Remind everybody of the freeze",
            "- Share this report with all teams\n- Update the runbook",
            "- 재발 방지 교육 실시\n- 담당자 간 변경 사항 공유",
            "- 삭제 명령 실행 시 주의한다",
            "- 작업 전 체크리스트를 확인한다\n- 작업 절차 숙지",
        ],
        &[
            "- Be more careful with production\n- Add an alert on replica lag",
            "- Update the runbook",
            "- Train the team\n- Ask the vendor for a higher quota",
            "- Raise the quota",
            "- Share the cache between replicas",
            "- 분기마다 복구 훈련",
            "- Automate the checklist",
            "- 재발 방지 교육 실시\n- 커넥션 풀 대기 알람 추가",
            "- 주의 문구를 배포 화면에 표시",
            "- 공유 캐시를 서비스별로 나눈다",
            "- ~~Be more careful~~\n- Move the index to its own disk",
        ],
    );
}
