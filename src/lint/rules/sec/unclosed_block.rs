//! `SEC010`
use crate::diagnostics::Severity;
use crate::l10n::{Text, Value};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::parse::{ProblemKind, Report};

declare_rule! {
    en {
        /// ## What it does
        /// Finds code fences and HTML comments (or `<pre>`, `<script>`, `<style>`, `<textarea>`) that are never closed.
        ///
        /// ## Why it matters
        /// To Markdown everything below is part of them. Headings are no headings any more, and whole sections of
        /// the report are neither read nor shown as what they are.
        ///
        /// ## Source
        /// CommonMark 0.31, sections 4.5 "Fenced code blocks" and 4.6 "HTML blocks".
        ///
        /// ## Example
        /// ````md,bad
        /// # Payment outage
        ///
        /// ```text
        /// pool exhausted: 0 of 50 free
        ///
        /// ## Root cause
        /// A query held its connections.
        /// ````
        ///
        /// ````md,good
        /// # Payment outage
        ///
        /// ```text
        /// pool exhausted: 0 of 50 free
        /// ```
        ///
        /// ## Root cause
        /// A query held its connections.
        /// ````
    }
    ko {
        /// ## 무엇을 찾나요
        /// 닫히지 않은 코드 펜스와 HTML 주석(또는 `<pre>`, `<script>`, `<style>`, `<textarea>`)을 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// Markdown에서는 그 아래가 모두 그 안에 들어갑니다. 제목은 더 이상 제목이 아니고, 보고서의 나머지 섹션은 읽히지도 보이지도 않습니다.
        ///
        /// ## 출처
        /// CommonMark 0.31, 4.5 "Fenced code blocks"와 4.6 "HTML blocks".
        ///
        /// ## 예
        /// ````md,bad
        /// # 결제 장애
        ///
        /// ```text
        /// pool exhausted: 0 of 50 free
        ///
        /// ## 원인
        /// 쿼리 하나가 커넥션을 쥐고 있었다.
        /// ````
        ///
        /// ````md,good
        /// # 결제 장애
        ///
        /// ```text
        /// pool exhausted: 0 of 50 free
        /// ```
        ///
        /// ## 원인
        /// 쿼리 하나가 커넥션을 쥐고 있었다.
        /// ````
    }
    RULE = Rule {
        code: "SEC010",
        name: "unclosed-block",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const UNCLOSED: Text = Text::new(
    "{opening} is never closed: what follows is not read",
    "{opening}{이/가} 닫히지 않아 그 뒤의 내용을 읽지 못합니다",
);
const FENCE: Text = Text::new("a code fence", "코드 펜스");
const CLOSE: Text = Text::new(
    "close it on a line of its own, at the same indentation",
    "같은 들여쓰기로 한 줄에 따로 닫아 주세요",
);

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    for problem in &report.problems {
        if let ProblemKind::Unclosed { opening } = &problem.kind {
            let fence = opening.starts_with(['`', '~']);
            let name: Value = if fence { FENCE.into() } else { format!("`{opening}`").into() };
            let message = UNCLOSED.with("opening", name);
            found.at(&report.source, problem.span, message).help(CLOSE);
        }
    }
}
