//! `PUB002`
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{Report, Secret};

declare_rule! {
    en {
        /// ## What it does
        /// Finds numbers that name a person or an account: Korean resident and alien registration numbers (주민등록번호,
        /// 외국인등록번호), payment cards, and passports and driver's licences where a word says that it is one. A number
        /// counts only if its date and its check digit are right; numbers that payment services document for tests, such as
        /// `4242 4242 4242 4242`, do not.
        ///
        /// ## Why it matters
        /// They cannot be changed, and the law forbids to keep them without need. They come in with logs and screenshots of
        /// a customer's case. A report that holds one is left out of every build, of `serve` and of the search index, until
        /// it is gone or the finding is suppressed with a reason.
        ///
        /// ## Source
        /// 개인정보 보호법 제24조의2 (Personal Information Protection Act, article 24-2); PCI DSS, requirement 3.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Impact
        ///
        /// The case of customer 991231-3128451 shows it best.
        /// ```
        ///
        /// ```md,good
        /// ## Impact
        ///
        /// The case of customer 991231-3****** shows it best.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 사람이나 계좌를 가리키는 번호를 찾습니다. 주민등록번호, 외국인등록번호, 카드 번호, 그리고 여권·운전면허라는 말과 함께 적힌 번호입니다.
        /// 날짜와 검증 숫자가 맞는 번호만 지적하며, `4242 4242 4242 4242`처럼 결제 서비스가 시험용으로 공개한 번호는 지적하지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 바꿀 수 없는 번호이고, 필요 없이 보관하는 것은 법으로 금지되어 있습니다. 로그나 고객 문의를 옮겨 적을 때 함께 들어옵니다. 이런 번호가 있는
        /// 보고서는 지우거나 이유를 적어 억제할 때까지 모든 빌드와 `serve`, 검색 색인에서 빠집니다.
        ///
        /// ## 출처
        /// 개인정보 보호법 제24조의2, PCI DSS 요구사항 3.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 영향
        ///
        /// 고객(주민등록번호 991231-3128451)의 사례가 대표적이다.
        /// ```
        ///
        /// ```md,good
        /// ## 영향
        ///
        /// 고객(주민등록번호 991231-3******)의 사례가 대표적이다.
        /// ```
    }
    RULE = Rule {
        code: "PUB002",
        name: "identity-number",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const FOUND: Text =
    Text::new("a personal number: {what} `{masked}`", "개인 식별 번호: {what} `{masked}`");
const MASK: Text = Text::new(
    "take it out or mask it (`991231-3******`, `****-0366`), here and in the history; until then the report is not published",
    "지우거나 가리고(`991231-3******`, `****-0366`) 저장소 이력에서도 지우세요. 그때까지 이 보고서는 발행하지 않습니다",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let secrets = report.secrets.iter().filter(|secret| secret.kind.is_identity());
    let say = |secret: &Secret, text: &str| {
        FOUND.with("what", secret.kind.label()).with("masked", secret.masked(text))
    };
    super::secrets(report, secrets, say, MASK, found);
}
