//! `PUB003`
use std::collections::BTreeSet;

use super::contacts::{Contact, contacts};
use super::is_hidden;
use crate::diagnostics::Severity;
use crate::l10n::Text;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::Audience;
use crate::parse::{CoverMarks, Report, covered};

declare_rule! {
    en {
        /// ## What it does
        /// Finds e-mail addresses and telephone numbers of people. Addresses of roles and teams (`support@`, `security@`,
        /// `noreply@`, `payments-team@`) and of nobody (`example.com`) are fine. In a report with `audience: public` it is a
        /// warning, and what an internal passage hides there is fine too; in any other report it is info.
        ///
        /// ## Why it matters
        /// A report outlives the jobs of those in it, and logs bring customers' data along. Readers need to know which team
        /// to ask, not whom to call.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Detection
        ///
        /// A customer (minsu.kim@bokgi.io, 010-2938-4756) called first.
        /// ```
        ///
        /// ```md,good
        /// ## Detection
        ///
        /// A customer called first; support@bokgi.io passed it on.
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 개인의 이메일 주소와 전화번호를 찾습니다. 역할이나 팀의 주소(`support@`, `security@`, `noreply@`, `payments-team@`)와 누구의 것도
        /// 아닌 주소(`example.com`)는 괜찮습니다. `audience: public` 보고서에서는 경고이고(내부용으로 표시한 부분은 괜찮습니다), 그 밖의 보고서에서는 정보입니다.
        ///
        /// ## 왜 중요한가요
        /// 보고서는 거기 적힌 사람이 회사를 떠난 뒤에도 남고, 로그를 옮기면 고객 정보가 따라옵니다. 읽는 사람에게 필요한 것은 어느 팀에 물어볼지이지
        /// 누구에게 전화할지가 아닙니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 탐지
        ///
        /// 고객(minsu.kim@bokgi.io, 010-2938-4756)이 먼저 전화했다.
        /// ```
        ///
        /// ```md,good
        /// ## 탐지
        ///
        /// 고객이 먼저 전화했고 support@bokgi.io 에서 전달했다.
        /// ```
    }
    RULE = Rule {
        code: "PUB003",
        name: "contact-data",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::WhenPublic,
        check: Check::Report(check),
    }
}

const FOUND: Text = Text::new(
    "contact {detail|details:all} of {a person|people:all}: {all}",
    "개인 연락처가 있습니다: {all}",
);
const MANY: Text = Text::new(
    "contact details of people, {count} in all: {all} …",
    "개인 연락처가 {count}개 있습니다: {all} …",
);
const NAME_A_ROLE: Text = Text::new(
    "name the team or the role instead, or leave it out",
    "팀이나 역할로 바꾸거나 지우세요",
);
/// More are counted.
const SHOWN: usize = 3;

fn check(_: &Context<'_>, report: &Report, found: &mut Found) {
    let text = report.source.text();
    let public = report.incident.audience == Audience::Public;
    let owners: BTreeSet<&str> = report
        .incident
        .actions
        .iter()
        .flat_map(|action| &action.owners)
        .map(String::as_str)
        .collect();
    let contacts: Vec<Contact> = contacts(text)
        .into_iter()
        .filter(|contact| !(public && is_hidden(report, contact.span)))
        // Owners are meant to be reached, and a public edition leaves them out.
        .filter(|contact| !owners.contains(contact.span.of(text)))
        .filter(|contact| !report.secrets.iter().any(|secret| secret.span.contains(contact.span)))
        .collect();
    let Some(first) = contacts.first() else { return };
    let mut seen = BTreeSet::new();
    let mut different: Vec<&Contact> = contacts.iter().collect();
    different.retain(|contact| seen.insert(contact.span.of(text)));
    let shown: Vec<String> = different
        .iter()
        .take(SHOWN)
        .map(|contact| format!("`{}`", masked(text, contact)))
        .collect();
    let message = match different.len() {
        ..=SHOWN => FOUND.with("all", shown),
        count => MANY.with("count", count).with("all", shown),
    };
    let marks = contacts.iter().map(|contact| (contact.hidden, CoverMarks::Stay));
    let file = covered(&report.source, marks);
    let item = found.at(&file, first.span, message).help(NAME_A_ROLE);
    for contact in contacts.iter().skip(1) {
        item.related(contact.span, Text::new("", ""));
    }
}

/// `m…@bokgi.io`, `010-****-****`
fn masked(text: &str, contact: &Contact) -> String {
    let whole = contact.span.of(text);
    if let Some((local, host)) = whole.split_once('@') {
        let first: String = local.chars().take(1).collect();
        return format!("{first}…@{host}");
    }
    let head = (contact.hidden.start - contact.span.start) as usize;
    let stars = |(at, ch): (usize, char)| if at >= head && ch.is_ascii_digit() { '*' } else { ch };
    whole.char_indices().map(stars).collect()
}
