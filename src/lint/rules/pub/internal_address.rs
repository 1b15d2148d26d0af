//! `PUB004`
use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::is_hidden;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Audience;
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds private IP addresses and names of internal hosts (`.internal`, `.local`, `.corp`, `.lan`, `.intranet`) in
        /// a report with `audience: public`, outside of its internal passages.
        ///
        /// ## Why it matters
        /// Outside they lead nowhere, and they tell an attacker how the network is built.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// audience: public
        /// ---
        ///
        /// ## Summary
        ///
        /// The primary db-01.prod.internal (10.20.3.7) ran out of connections.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// audience: public
        /// ---
        ///
        /// ## Summary
        ///
        /// The primary database ran out of connections.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// `audience: public` 보고서에서 사설 IP 주소와 내부 호스트 이름(`.internal`, `.local`, `.corp`, `.lan`, `.intranet`)을 찾습니다.
        /// 내부용으로 표시한 부분은 보지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 밖에서는 열리지 않는 주소이고, 공격자에게는 네트워크 구조를 알려 줍니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// audience: public
        /// ---
        ///
        /// ## 요약
        ///
        /// 주 데이터베이스 db-01.prod.internal(10.20.3.7)의 커넥션이 고갈됐다.
        /// ```
        ///
        /// ```md,good
        /// ---
        /// audience: public
        /// ---
        ///
        /// ## 요약
        ///
        /// 주 데이터베이스의 커넥션이 고갈됐다.
        /// ```
    }
    RULE = Rule {
        code: "PUB004",
        name: "internal-address",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::Always,
        check: Check::Report(check),
    }
}

const FOUND: Text = Text::new(
    "internal {address|addresses:all} in a public report: {all}",
    "공개 보고서에 내부 주소가 있습니다: {all}",
);
const SAY_WHAT: Text = Text::new(
    "say what it is (`the primary database`), or put it between `<!-- internal -->` and `<!-- /internal -->`",
    "무엇인지로 바꾸거나(`주 데이터베이스`), `<!-- internal -->`과 `<!-- /internal -->` 사이에 두세요",
);
/// More are not named one by one.
const SHOWN: usize = 5;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    if report.incident.audience != Audience::Public {
        return;
    }
    let text = report.source.text();
    let places: Vec<Span> =
        addresses(text).into_iter().filter(|span| !is_hidden(report, *span)).collect();
    let Some(&first) = places.first() else { return };
    let mut seen = BTreeSet::new();
    let names = places.iter().map(|span| span.of(text)).filter(|name| seen.insert(*name));
    let mut names: Vec<String> = names.take(SHOWN + 1).map(|name| format!("`{name}`")).collect();
    if let Some(last) = names.get_mut(SHOWN) {
        "…".clone_into(last);
    }
    let item = found.at(&report.source, first, FOUND.with("all", names)).help(SAY_WHAT);
    for span in places.iter().skip(1) {
        item.related(*span, Text::new("", ""));
    }
}

const SUFFIXES: [&str; 6] = [".internal", ".local", ".corp", ".lan", ".intranet", ".home.arpa"];

static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["10.", "172.", "192.168."].into_iter().chain(SUFFIXES);
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("a few short words make a small automaton")
});

/// The internal addresses in a text, in order and apart.
fn addresses(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for hit in SEARCH.find_iter(text) {
        let address = match hit.pattern().as_usize() {
            0..=2 => private_ip(text, hit.start()),
            _ => internal_host(text, hit.start(), hit.end()),
        };
        let apart = |span: &Span| found.last().is_none_or(|last| last.end <= span.start);
        if let Some(span) = address.filter(apart) {
            found.push(span);
        }
    }
    found
}

/// An address of RFC 1918; a whole range of it is no address.
fn private_ip(text: &str, start: usize) -> Option<Span> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_')) {
        return None;
    }
    let length =
        text[start..].bytes().take(16).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let written = text[start..start + length].trim_end_matches('.');
    let ip: std::net::Ipv4Addr = written.parse().ok()?;
    let end = start + written.len();
    let after = &text[end..];
    let longer = after.starts_with(|ch: char| ch.is_ascii_alphanumeric() || ch == '-' || ch == '_');
    let range = after.starts_with('/') && ip.octets()[3] == 0;
    (ip.is_private() && !longer && !range).then(|| Span::new(start, end))
}

/// A host whose name ends with a suffix that no name outside has.
fn internal_host(text: &str, dot: usize, end: usize) -> Option<Span> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let length =
        text.as_bytes()[..dot].iter().rev().take(100).take_while(|byte| is_part(byte)).count();
    let start = dot - length;
    let host = &text[start..end];
    let after = &text[end..];
    let goes_on = after
        .starts_with(|ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '('))
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_alphanumeric()));
    let before = text[..start].chars().next_back();
    let named = before.is_some_and(|ch| matches!(ch, '_' | '$'))
        || before == Some('/') && !text[..start].ends_with("//");
    let labels: Vec<&str> = host.split('.').collect();
    // `org.gradle.internal` is a package, `config.local` and `.env.local` are files.
    let package = labels.first().is_some_and(|first| {
        matches!(
            *first,
            "org" | "com" | "net" | "io" | "java" | "javax" | "kr" | "sun" | "jdk" | ""
        )
    });
    let mixed = host.bytes().any(|byte| byte.is_ascii_uppercase());
    let plain = labels.len() < 3
        && !host.contains('-')
        && !host.bytes().any(|byte| byte.is_ascii_digit())
        && !text[..start].ends_with("//")
        && before != Some('@');
    (length > 0 && !goes_on && !named && !package && !mixed && !plain)
        .then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn only_addresses_of_the_inside() {
        let found = |text: &str| {
            addresses(text).iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
        };
        for (text, address) in [
            ("at 10.20.3.7:5432.", "10.20.3.7"),
            ("(192.168.0.12)", "192.168.0.12"),
            ("172.31.0.4은", "172.31.0.4"),
            ("db-01.prod.internal.", "db-01.prod.internal"),
            ("http://jenkins.corp/job/x", "jenkins.corp"),
            ("payment.default.svc.cluster.local:8080", "payment.default.svc.cluster.local"),
            ("ip-10-0-0-1.ec2.internal", "ip-10-0-0-1.ec2.internal"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
        for text in [
            "10.0.0.0/8 and 172.16.0.0/12",
            "172.15.0.1, 8.8.8.8, 10.5 %, 10.1.2, 1.10.20.3.7",
            "org.gradle.internal.Foo and kotlin.internal",
            ".env.local, config.local, settings.local.json",
            "k8s.io/internal and pkg/internal",
            "locally, the.localhost",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
