//! Actions as reports have them, vague and concrete.

use crate::lint::prose::testing::judge;

#[test]
fn actions() {
    judge(
        "ACT007",
        "## Action items",
        &[
            "- Improve monitoring\n- Raise the quota",
            "- Better alerting and logging",
            "- Review our deployment process",
            "- Implement comprehensive testing before deployments",
            "- We will continue to improve communication between teams",
            "- 실시간 모니터링 시스템 구축",
            "- 인시던트 대응 역량 강화",
            "- Look into the connection pool",
            "- Consider adding a cache in front of the API",
            "- Investigate the driver\n- Raise the quota",
            "- Be more careful with flags\n- Raise the quota",
            "- 모니터링 강화",
            "- 알람/대시보드 개선",
            "- 테스트 보강",
            "- 재발 방지 대책 수립",
            "- 배포 프로세스 개선",
            "- 캐시 도입 검토",
            "- 배포 전 설정을 더 꼼꼼히 확인\n- 풀 크기를 늘린다",
            "- 서킷 브레이커 적용을 고려한다",
            "- 테스트 강화 및 문서화",
        ],
        &[
            "- Improve monitoring of certificate expiry",
            "- Improve `pool.wait` alerting",
            "- Improve monitoring (OPS-12)",
            "- [x] Improve monitoring",
            "- Investigate why the pool does not shrink",
            "- Consider adding a cache (due: 2026-04-01)",
            "- Alarm when the pool waits for 5 s",
            "- Find out whether the driver leaks",
            "- Look into a probe that covers more of it (check /metrics)",
            "- Review process requires two approvals",
            "- Implement a canary for deployments",
            "- Provide training:\n  - every responder restores a backup",
            "- 스테이징 배포 파이프라인 구축",
            "- 커넥션 풀 대기 알람 추가",
            "- 인증서 만료 모니터링 강화",
            "- 캐시 도입 여부를 이번 분기에 결정",
            "- 모니터링 강화 (이슈: OPS-12)",
            "- [x] 모니터링 강화",
            "- 타임아웃을 3초로 줄인다",
            "- 배포 시 주의 문구 표시",
        ],
    );
    // All of it is attention: that is another rule's finding.
    judge("ACT007", "## Action items", &[], &["- Be more careful", "- 배포 시 더 꼼꼼히 확인"]);
}
