//! `PUB001`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{Report, Secret};

declare_rule! {
    en {
        /// ## What it does
        /// Finds credentials anywhere in a report, comments, code and front matter included. Tokens are known by the form
        /// their issuers give them (AWS, Google, GitHub, GitLab, Slack, Stripe, Toss Payments, OpenAI, Anthropic, npm,
        /// PyPI, Twilio, SendGrid, Telegram and others); private keys, signed tokens (JWT) and passwords in addresses by
        /// theirs; anything else by the name before it, such as `password:`, `API_KEY=`, `비밀번호:` or
        /// `Authorization: Bearer`.
        ///
        /// What stands for a secret is none (`***`, `$TOKEN`, `<password>`), and neither are the examples in the
        /// documentation of those who issue them (`AKIAIOSFODNN7EXAMPLE`).
        ///
        /// ## Why it matters
        /// Reports are read by many, searched, copied and kept. A credential in one is no longer secret. A report that
        /// holds one is left out of every build, of `serve` and of the search index, until it is gone or the finding is
        /// suppressed with a reason; `build --strict` publishes nothing. No output shows the secret itself.
        ///
        /// ## Source
        /// OWASP, *Secrets Management Cheat Sheet*: a secret that leaked has to be revoked, not only removed.
        ///
        /// ## Example
        /// ````md,bad
        /// ## Timeline
        ///
        /// - 14:10 restarted with the old settings
        ///
        /// ```
        /// DB_PASSWORD=Qwer!2024zx ./restart.sh
        /// ```
        /// ````
        ///
        /// ````md,good
        /// ## Timeline
        ///
        /// - 14:10 restarted with the old settings
        ///
        /// ```
        /// DB_PASSWORD=$DB_PASSWORD ./restart.sh
        /// ```
        /// ````
    }
    ko {
        /// ## 무엇을 찾나요
        /// 보고서 어디에서든 인증 정보를 찾습니다. 주석, 코드, front matter도 봅니다. 발급처가 정한 형식의 토큰(AWS, Google, GitHub, GitLab, Slack,
        /// Stripe, 토스페이먼츠, OpenAI, Anthropic, npm, PyPI, Twilio, SendGrid, Telegram 등), 개인 키, 서명된 토큰(JWT), 주소에 들어 있는
        /// 비밀번호, 그리고 `비밀번호:`, `password:`, `API_KEY=`, `Authorization: Bearer` 같은 이름 뒤의 값입니다.
        ///
        /// 자리만 나타내는 값(`***`, `$TOKEN`, `<비밀번호>`)과 발급처 문서에 나오는 예시(`AKIAIOSFODNN7EXAMPLE`)는 지적하지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 보고서는 많은 사람이 읽고, 검색하고, 복사하고, 오래 보관합니다. 보고서에 적힌 인증 정보는 더 이상 비밀이 아닙니다. 인증 정보가 있는
        /// 보고서는 지우거나 이유를 적어 억제할 때까지 모든 빌드와 `serve`, 검색 색인에서 빠지고, `build --strict`는 아무것도 발행하지 않습니다.
        /// 어떤 출력에도 값 자체는 나오지 않습니다.
        ///
        /// ## 출처
        /// OWASP, *Secrets Management Cheat Sheet*: 유출된 비밀은 지우기만 할 것이 아니라 폐기해야 합니다.
        ///
        /// ## 예
        /// ````md,bad
        /// ## 타임라인
        ///
        /// - 14:10 이전 설정으로 재시작
        ///
        /// ```
        /// DB_PASSWORD=Qwer!2024zx ./restart.sh
        /// ```
        /// ````
        ///
        /// ````md,good
        /// ## 타임라인
        ///
        /// - 14:10 이전 설정으로 재시작
        ///
        /// ```
        /// DB_PASSWORD=$DB_PASSWORD ./restart.sh
        /// ```
        /// ````
    }
    RULE = Rule {
        code: "PUB001",
        name: "secret",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const FOUND: Text =
    Text::new("a secret: {what} `{masked}`", "공개하면 안 되는 값: {what} `{masked}`");
const REVOKE: Text = Text::new(
    "revoke it where it was issued, then take it out here and out of the history; until then the report is not published",
    "발급한 곳에서 폐기한 뒤 여기와 저장소 이력에서 지우세요. 그때까지 이 보고서는 발행하지 않습니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let secrets = report.secrets.iter().filter(|secret| !secret.kind.is_identity());
    let say = |secret: &Secret, text: &str| {
        FOUND.with("what", secret.kind.label()).with("masked", secret.masked(text))
    };
    super::secrets(report, secrets, say, REVOKE, found);
}
