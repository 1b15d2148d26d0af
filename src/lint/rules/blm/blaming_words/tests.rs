//! Sentences as reports have them: judgements, and innocent uses of the same words.

use crate::lint::prose::testing::judge;

#[test]
fn english() {
    judge(
        "BLM001",
        "## Summary",
        &[
            "A careless operator dropped the table.",
            "The deletion was done carelessly.",
            "This was negligence on our side.",
            "The engineer should have known better.",
            "It was his fault that the key was lost.",
            "The developer was to blame.",
            "We are to blame for the delay.",
            "It was the fault of the platform team.",
            "The review was sloppy.",
            "A stupid mistake took the site down.",
            "The team was complacent about backups.",
            "We messed up the rollout.",
            "The operator was clearly at fault.",
            "The vendor's incompetence made it worse.",
            "This part is entirely my own fault.",
            "I edited the file without being thorough.",
            "We were not careful enough with the keys.",
        ],
        &[
            "A page fault was raised by default.",
            "DNS was to blame.",
            "The balancer dealt out requests like a clumsy waiter.",
            "The cache was partly to blame.",
            "It was nobody's fault.",
            "This is a blameless review without blame.",
            "`git blame` shows the change.",
            "The lazy-loaded script and the lazy queue were fine.",
            "Fault tolerance and fault injection were off.",
            "The config got messed up by the migration.",
            "Impact was negligible.",
            "A faulty disk was replaced.",
            "The mail said \"how careless\".",
            "> A careless operator did it.",
            "The error code is `E_CARELESS`, says https://example.com/careless.",
            "It was not careless, and nobody is to blame.",
            "Was the operator careless?",
        ],
    );
}

#[test]
fn korean() {
    judge(
        "BLM001",
        "## 요약",
        &[
            "운영자가 부주의하게 테이블을 지웠다.",
            "담당자의 잘못으로 복구가 늦었다.",
            "안일한 대응이 문제였다.",
            "개발자의 실수로 배포가 나갔다.",
            "같은 실수를 저질렀다.",
            "책임감이 부족했다.",
            "모니터링을 소홀히 했다.",
            "점검을 게을리했다.",
            "운영 미숙으로 길어졌다.",
            "담당자 탓에 늦어졌다.",
            "어이없는 실수였다.",
            "관리 태만이 원인이다.",
            "제 실수로 값이 바뀌었습니다.",
            "캐시가 있으니 괜찮다고 안이하게 생각했다.",
            "기본 설정을 맹신했다.",
        ],
        &[
            "잘못된 설정값이 배포됐다.",
            "네트워크 탓에 지연됐다.",
            "누구의 잘못도 아니다.",
            "담당자의 부주의가 아니라 절차의 문제다.",
            "개인의 부주의한 행동은 아닙니다.",
            "설정이 잘못 들어갔다.",
            "기본값은 10ms였다.",
            "결과 실패율이 4%였다.",
            "주의 알람이 먼저 울렸다.",
            "담당자의 잘못된 권한이 남아 있었다.",
            "실수를 저질러도 되돌릴 수 있게 했다.",
            "책임을 묻지 않는다.",
            "과부하 탓이다.",
            "「부주의」라는 표현은 쓰지 않았다.",
            "> 담당자의 잘못으로 늦었다.",
            "무정부주의자 예제가 실패했다.",
            "과제 실수령액을 잘못 계산했다.",
        ],
    );
}

/// The last answer is another rule's.
#[test]
fn causes() {
    judge(
        "BLM001",
        "## Root cause",
        &["A careless operator. The tool asks nothing."],
        &["A careless operator."],
    );
    judge("BLM001", "## 원인", &[], &["담당자의 실수였다. (OPS-12)"]);
    judge("BLM001", "## What went well", &[], &["A careless operator was lucky."]);
}
