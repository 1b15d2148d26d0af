//! Sentences as reports have them, guesses and others.

use crate::lint::prose::testing::judge;

#[test]
fn english() {
    judge(
        "WHY004",
        "## Root cause",
        &[
            "The nodes were probably too old.",
            "Presumably the pod lost its claim.",
            "We think the cold cache caused the timeouts.",
            "We believe a bot caused the spike.",
            "A high number of builds may have contributed.",
            "This might have been a race in the driver.",
            "Most likely, the volume was full.",
            "The lock seems to have been lost.",
            "It is suspected that the leak came from the sidecar.",
            "It was likely caused by the upgrade.",
            "The limit was set to 100, likely copied from another cluster.",
            "We think the leak might have caused the restarts.",
        ],
        &[
            "The pool was exhausted at 14:02.",
            "A full disk is more likely caused by logs than by data.",
            "The upgrade made a split likely to happen again.",
            "The root cause was the model, and we think a test on staging might not catch the next one.",
            "We believe this was a test of the stolen key.",
            "Operators may restart the service by hand.",
            "The retry makes a duplicate more likely to appear.",
            "At the time we believed it was DNS.",
            "The team suspected the network first and ruled it out.",
            "The nodes were probably too old ([graph](https://g.example/1)).",
            "Why it stopped is unknown; it was probably the disk.",
            "The status page said \"probably fixed\".",
            "It is unlikely to happen again.",
            "Is it probably the disk?",
            "The log says `maybe retry`.",
            "Users may have seen an old price.",
        ],
    );
}

#[test]
fn korean() {
    judge(
        "WHY004",
        "## 원인",
        &[
            "아마 노드가 오래되어 멈췄다.",
            "커넥션 누수가 있었던 것 같다.",
            "배치 작업이 원인으로 추정된다.",
            "네트워크 순단이 원인인 것으로 보인다.",
            "외부 연동이 느려졌을 가능성이 있다.",
            "디스크가 먼저 찼을 수도 있지만 재시작했을 수도 있다.",
            "캐시가 비어 있었던 듯하다.",
            "드라이버 버그로 의심된다.",
        ],
        &[
            "커넥션이 14:02에 고갈됐다.",
            "아마존 웹 서비스의 리전이 멈췄다.",
            "원인은 알 수 없으나 디스크로 추정된다. 로그가 없었다.",
            "배치 작업이 원인으로 추정된다. ([그래프](https://g.example/1))",
            "리뷰 없이 들어간 것으로 보인다(추정이며 작성자에게 확인하지는 못했다).",
            "처음에는 네트워크로 추정했으나 아니었다.",
            "대시보드에는 정상으로 보인다.",
            "운영자가 값을 바꿀 수 있다.",
            "추정 손실액은 3억 원이다.",
            "공지에는 \"복구된 것으로 보인다\"고 적었다.",
            "재발 가능성이 있어 알람을 두었다.",
        ],
    );
}

#[test]
fn elsewhere() {
    for heading in ["## Investigation", "## Timeline", "## Impact", "## Action items"] {
        judge("WHY004", heading, &[], &["It was probably the disk."]);
    }
    judge(
        "WHY004",
        "## 5 Whys",
        &["1. Why did it stop? → It was probably the disk."],
        &["1. Is it probably the disk? → The disk was full."],
    );
}
