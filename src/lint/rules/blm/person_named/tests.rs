//! Names, and what only looks like them.

use crate::lint::prose::testing::judge;

#[test]
fn names() {
    judge(
        "BLM003",
        "## 원인",
        &[
            "김민수 님이 승인 없이 병합했다.",
            "홍길동 매니저가 설정을 바꿨다.",
            "@jlee merged it without a second approval.",
            "Kim (the on-call engineer) ran the script.",
            "박지영씨가 명령을 실행했다.",
        ],
        &[
            "고객님이 문의했다.",
            "백엔드 개발자가 확인했다.",
            "이용자님께 안내했다.",
            "@platform-team owns the pool.",
            "`@Transactional` was missing.",
            "@PostMapping과 @Transactional이 같은 메서드에 있었다.",
            "the package @posthog/rrweb was pinned.",
            "mail to ops@example.com failed.",
            "The pool (the default one) was full.",
            "담당 개발자와 결제팀 책임자가 모였다.",
            "> 김민수 님이 병합했다.",
        ],
    );
    judge("BLM003", "## Timeline", &[], &["@jlee rolled back."]);
}
