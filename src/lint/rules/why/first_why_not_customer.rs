//! `WHY006`
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::first_line;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Incident;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds five whys whose first question starts inside the system: it names a pool, a pod, a query or a deploy, and
        /// neither a customer, nor what they wanted to do, nor one of the services of the report. Only the first chain is
        /// looked at; the others may start anywhere.
        ///
        /// ## Why it matters
        /// Whoever starts at the database ends at the database. Starting from what the customer saw keeps the other roads
        /// open: why nobody noticed, why it took so long, why one failure hit everybody.
        ///
        /// ## Example
        /// ```toml,config
        /// [check]
        /// select = ["WHY006"]
        /// ```
        ///
        /// ```md,bad
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why was the connection pool exhausted?** A query read 12 million rows.
        /// 2. **Why did it?** `promo_usage` has no index.
        /// 3. **Why did the tests not show it?** Their data has 500 rows.
        /// ```
        ///
        /// ```md,good
        /// # Payment outage
        ///
        /// ## Five whys
        /// 1. **Why could customers not pay?** The connection pool was exhausted for 35 minutes.
        /// 2. **Why was it exhausted?** A query read 12 million rows.
        /// 3. **Why did the tests not show it?** Their data has 500 rows.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 첫 질문이 시스템 안쪽에서 시작하는 5 Whys를 찾습니다. 풀, 파드, 쿼리, 배포는 나오는데 고객도, 고객이 하려던 일도, 보고서의 서비스도
        /// 나오지 않는 경우입니다. 첫 사슬만 봅니다. 나머지는 어디서 시작해도 됩니다.
        ///
        /// ## 왜 중요한가요
        /// DB에서 시작하면 DB에서 끝납니다. 고객이 겪은 일에서 시작해야 다른 길도 열립니다. 왜 아무도 몰랐는지, 왜 오래 걸렸는지, 왜 하나가
        /// 고장 났는데 모두가 멈췄는지 같은 것들입니다.
        ///
        /// ## 예
        /// ```toml,config
        /// [check]
        /// select = ["WHY006"]
        /// ```
        ///
        /// ```md,bad
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 커넥션 풀이 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 2. **왜 그렇게 많이 읽었나?** `promo_usage`에 인덱스가 없었다.
        /// 3. **왜 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        /// ```
        ///
        /// ```md,good
        /// # 결제 장애
        ///
        /// ## 5 Whys
        /// 1. **왜 고객이 결제하지 못했나?** 커넥션 풀이 35분 동안 고갈됐다.
        /// 2. **왜 고갈됐나?** 쿼리 하나가 1,200만 행을 읽었다.
        /// 3. **왜 시험에서 드러나지 않았나?** 시험 데이터가 500행이다.
        /// ```
    }
    RULE = Rule {
        code: "WHY006",
        name: "first-why-not-customer",
        stability: Stability::Preview,
        severity: Severity::Info,
        level: Level::ByStatus,
        check: Check::Report(check),
    }
}

const INSIDE: Text = Text::new(
    "the first why starts inside the system, not from what the customer saw",
    "첫 번째 왜가 고객이 겪은 일이 아니라 시스템 안쪽에서 시작합니다",
);
const START: Text = Text::new(
    "start with what somebody could not do: `Why could customers not pay?`",
    "누가 무엇을 하지 못했는지부터 물으세요: `왜 고객이 결제하지 못했나?`",
);

/// People outside, and what they see: a question that names one of them starts there.
static OUTSIDE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    search(&[
        "customer",
        "user",
        "client",
        "member",
        "visitor",
        "player",
        "seller",
        "buyer",
        "subscriber",
        "people",
        "tenant",
        "partner",
        "checkout",
        "payment",
        " pay",
        "order",
        "login",
        "log in",
        "sign in",
        "signup",
        "website",
        " site",
        "page",
        " app ",
        "product",
        "service",
        "outage",
        "downtime",
        "unavailable",
        " down",
        "404",
        "500",
        "502",
        "503",
        "504",
        "고객",
        "사용자",
        "이용자",
        "유저",
        "회원",
        "손님",
        "판매자",
        "구매자",
        "방문자",
        "파트너",
        "협력사",
        "결제",
        "주문",
        "로그인",
        "가입",
        "접속",
        "화면",
        "페이지",
        "사이트",
        "앱",
        "서비스",
        "이용",
        "배송",
        "예약",
        "중단",
        "먹통",
    ])
});

/// What only those see who run it.
static INNER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    search(&[
        "pool",
        "connection",
        "pod",
        "node",
        "cluster",
        "container",
        "kubernetes",
        "quer",
        "database",
        "replica",
        "index",
        "deploy",
        "pipeline",
        "config",
        "memory",
        "disk",
        "cpu",
        "thread",
        "timeout",
        "certificate",
        "dns",
        "cache",
        "redis",
        "kafka",
        "queue",
        "lock",
        "migration",
        "script",
        "cron",
        "job",
        "build",
        "merge",
        "module",
        "function",
        "exception",
        "load balancer",
        "health check",
        "커넥션",
        "풀이",
        "파드",
        "노드",
        "클러스터",
        "컨테이너",
        "쿼리",
        "데이터베이스",
        "디비",
        "db",
        "복제",
        "인덱스",
        "배포",
        "파이프라인",
        "설정",
        "메모리",
        "디스크",
        "스레드",
        "타임아웃",
        "인증서",
        "캐시",
        "큐가",
        "락이",
        "마이그레이션",
        "스크립트",
        "배치",
        "빌드",
        "함수",
        "예외",
        "로드밸런서",
        "헬스 체크",
    ])
});

fn search(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("a few dozen words make an automaton")
}

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let Some(first) = incident.whys.first().and_then(|chain| chain.steps.first()) else { return };
    let question = first.question.as_str();
    if INNER.is_match(question) && !OUTSIDE.is_match(question) && !names_service(incident, question)
    {
        let place = first_line(first.span, &report.text);
        found.at(&report.source, place, INSIDE).help(START);
    }
}

fn names_service(incident: &Incident, question: &str) -> bool {
    let question = bokgi_search::fold(question);
    incident.services.iter().any(|service| question.contains(&*bokgi_search::fold(&service.value)))
}
