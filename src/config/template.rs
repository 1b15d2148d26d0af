//! The report that a profile starts with: its facts to fill in, its sections with their questions.

use super::Profile;
use crate::l10n::{Lang, Text};
use crate::model::Field;

/// What is known of a report that is not written yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'h> {
    pub(crate) title: &'h str,
    /// The day of the incident, or the form a day has.
    pub(crate) date: &'h str,
    /// The profile's name, where the report has to name it.
    pub(crate) profile: Option<&'h str>,
}

impl Profile {
    /// A report to fill in: the facts the profile asks for, then its sections with their questions as
    /// comments.
    pub(crate) fn template(&self, head: &Head<'_>, lang: Lang) -> String {
        let mut out = String::from("---\n");
        let quoted = head.title.replace('\\', "\\\\").replace('"', "\\\"");
        out.push_str(&format!("title: \"{quoted}\"\nstatus: draft\n"));
        if let Some(name) = head.profile {
            out.push_str(&format!("profile: {name}\n"));
        }
        let asked =
            |fact: &&super::profile::FactSpec| !matches!(fact.field, Field::Title | Field::Status);
        for fact in self.facts.iter().filter(asked) {
            out.push_str(&fact_line(fact.field, head.date, lang));
        }
        out.push_str("---\n");
        for section in &self.sections {
            let marks = if section.nested { "###" } else { "##" };
            out.push_str(&format!("\n{marks} {}\n\n", section.heading(lang)));
            out.push_str(&format!("<!-- {} -->\n", section.prompt.get(lang)));
            if let Some(skeleton) = &section.skeleton {
                out.push_str(&format!("\n{}\n", skeleton.get(lang).trim_end_matches('\n')));
            }
        }
        out
    }
}

/// A line of front matter with what belongs there as a comment. Times start with the incident's day.
fn fact_line(field: Field, date: &str, lang: Lang) -> String {
    const HINTS: [(Field, Text); 12] = [
        (Field::Severity, Text::new("SEV1 to SEV4", "SEV1~SEV4")),
        (
            Field::Services,
            Text::new(
                "what of ours was hit: [payment, order]",
                "영향을 받은 우리 서비스: [결제, 주문]",
            ),
        ),
        (
            Field::Detection,
            Text::new(
                "monitoring, customer, internal, partner …",
                "모니터링, 고객, 내부, 협력사 …",
            ),
        ),
        (
            Field::Trigger,
            Text::new(
                "what changed: deploy, config-change, traffic …",
                "무엇이 바뀌었나: 배포, 설정 변경, 트래픽 …",
            ),
        ),
        (
            Field::Causes,
            Text::new(
                "software/performance, network/dns, process/review …",
                "software/performance, network/dns, process/review …",
            ),
        ),
        (
            Field::Mitigations,
            Text::new(
                "what stopped it: rollback, restart, scale-out …",
                "무엇으로 멈췄나: 롤백, 재기동, 증설 …",
            ),
        ),
        (
            Field::Reviews,
            Text::new("[{ level: team, date: 2026-03-20 }]", "[{ level: 팀, date: 2026-03-20 }]"),
        ),
        (
            Field::Roles,
            Text::new("{ commander: team, communications: team }", "{ 지휘: 팀, 소통: 팀 }"),
        ),
        (
            Field::Links,
            Text::new("the live document, the channel", "실시간 장애 조치 문서, 대화 채널"),
        ),
        (Field::StartedAt, Text::new("when customers first felt it", "고객이 처음 겪은 시각")),
        (Field::DetectedAt, Text::new("when we knew", "우리가 알게 된 시각")),
        (
            Field::ResolvedAt,
            Text::new("when customers no longer felt it", "고객이 더는 겪지 않게 된 시각"),
        ),
    ];
    let hint = HINTS.iter().find(|(known, _)| *known == field).map(|(_, text)| text.get(lang));
    let hint = hint.map(|hint| format!(" # {hint}")).unwrap_or_default();
    match field {
        Field::Date => format!("date: {date}\n"),
        _ if field.phase().is_some() => {
            format!("{}: # {date} 14:02{}\n", field.id(), hint.replace('#', "·"))
        }
        _ => format!("{}:{hint}\n", field.id()),
    }
}
