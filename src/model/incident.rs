//! An incident: everything one report says.

use std::collections::BTreeMap;
use std::fmt;

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{
    Action, Audience, Facet, Hypothesis, Impact, Kind, Language, Moment, Phase, Review, Role,
    Rollback, Section, SectionKind, SeverityLabel, Sourced, Status, Term, Timeline, WhyChain, Zone,
};

/// A report's stable name: letters and digits of any script, `.`, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(String);

impl Id {
    /// Takes an id as it is written. `None` if a character is not allowed in one, or nothing is
    /// left; no id starts with `.` or `-`.
    pub(crate) fn new(written: &str) -> Option<Self> {
        let fits = |ch: char| ch.is_alphanumeric() || is_mark(ch) || matches!(ch, '.' | '_' | '-');
        let letters = written.chars().any(char::is_alphanumeric);
        let starts = !written.starts_with(['.', '-']);
        (letters && starts && written.chars().all(fits))
            .then(|| Self(bokgi_search::compose(written).into_owned()))
    }

    /// Makes an id of any text: lower case, white space to `-`, what is not allowed left out.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut id = String::with_capacity(text.len());
        for ch in bokgi_search::compose(text).chars() {
            match ch {
                '.' | '_' => id.push(ch),
                _ if ch.is_alphanumeric() || is_mark(ch) => id.extend(ch.to_lowercase()),
                // Runs of spaces and hyphens are one hyphen.
                '-' => hyphen(&mut id),
                _ if ch.is_whitespace() => hyphen(&mut id),
                _ => {}
            }
        }
        Self::new(id.trim_matches(['-', '.']))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What ids are compared by.
    pub(crate) fn key(&self) -> String {
        bokgi_search::fold(&self.0).into_owned()
    }
}

fn hyphen(id: &mut String) {
    if !id.is_empty() && !id.ends_with('-') {
        id.push('-');
    }
}

/// Combining marks that scripts other than ours need inside words.
fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{93e}'..='\u{94d}')
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one report says.
#[derive(Clone, Debug)]
pub(crate) struct Incident {
    pub(crate) id: Sourced<Id>,
    /// Ids this report had before.
    pub(crate) aliases: Vec<Sourced<Id>>,
    pub(crate) title: Sourced<String>,
    pub(crate) language: Language,
    /// The day it began.
    pub(crate) date: Option<Sourced<Date>>,
    pub(crate) status: Sourced<Status>,
    pub(crate) kind: Sourced<Kind>,
    /// The name of the profile that says what the report must hold.
    pub(crate) profile: Sourced<String>,
    pub(crate) severity: Option<Sourced<SeverityLabel>>,
    pub(crate) zone: Option<Sourced<Zone>>,
    pub(crate) phases: BTreeMap<Phase, Sourced<Moment>>,
    pub(crate) services: Vec<Sourced<String>>,
    pub(crate) dependencies: Vec<Sourced<String>>,
    pub(crate) detection: Vec<Sourced<Term>>,
    pub(crate) detected_by: Option<Sourced<String>>,
    pub(crate) triggers: Vec<Sourced<Term>>,
    pub(crate) causes: Vec<Sourced<Term>>,
    pub(crate) mitigations: Vec<Sourced<Term>>,
    /// What the text says about facets of which no value is stated: never of one that is.
    pub(crate) inferred: BTreeMap<Facet, Vec<Sourced<Term>>>,
    pub(crate) rollback: Option<Sourced<Rollback>>,
    pub(crate) impact: Option<Sourced<Impact>>,
    pub(crate) roles: BTreeMap<Role, Sourced<Vec<String>>>,
    pub(crate) reviews: Vec<Sourced<Review>>,
    pub(crate) recurrence_of: Vec<Sourced<Id>>,
    pub(crate) related: Vec<Sourced<Id>>,
    pub(crate) teams: Vec<Sourced<String>>,
    pub(crate) tags: Vec<Sourced<String>>,
    pub(crate) links: Vec<Sourced<String>>,
    pub(crate) audience: Audience,
    pub(crate) sections: Vec<Section>,
    pub(crate) timeline: Timeline,
    pub(crate) whys: Vec<WhyChain>,
    pub(crate) actions: Vec<Action>,
    pub(crate) investigation: Vec<Hypothesis>,
}

impl Incident {
    /// The sections of one kind.
    pub(crate) fn sections_of(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kinds.contains(&kind))
    }

    /// The values that the report states of a facet.
    pub(crate) fn stated(&self, facet: Facet) -> &[Sourced<Term>] {
        match facet {
            Facet::Detection => &self.detection,
            Facet::Trigger => &self.triggers,
            Facet::Cause => &self.causes,
            Facet::Mitigation => &self.mitigations,
        }
    }

    /// The values of a facet: those that are stated, else those that were inferred from the text.
    pub(crate) fn terms(&self, facet: Facet) -> &[Sourced<Term>] {
        match self.stated(facet) {
            [] => self.inferred.get(&facet).map_or(&[], Vec::as_slice),
            stated => stated,
        }
    }

    pub(crate) fn phase(&self, phase: Phase) -> Option<&Moment> {
        self.phases.get(&phase).map(|moment| &moment.value)
    }

    /// The time between two phases, where both are known and in order.
    pub(crate) fn between(&self, from: Phase, to: Phase) -> Option<SignedDuration> {
        let duration = self.phase(to)?.since(self.phase(from)?)?;
        (!duration.is_negative()).then_some(duration)
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids_come_from_names_people_give_files() {
        let id = |text: &str| Id::from_text(text).map(|id| id.to_string());
        for (name, expected) in [
            ("2026-03-14-Payment outage", Some("2026-03-14-payment-outage")),
            ("PM2021-004 - ADFS outage", Some("pm2021-004-adfs-outage")),
            ("[STEP20]결제 장애 보고서", Some("step20결제-장애-보고서")),
            ("\u{1100}\u{1167}\u{11af}제", Some("결제")),
            ("../../etc/passwd", Some("etcpasswd")),
            ("...", None),
            ("🔥", None),
        ] {
            assert_eq!(id(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn written_ids_are_taken_or_refused_whole() {
        assert!(Id::new("INC-12_결제.v2").is_some());
        for refused in ["a/b", "..", "", "a b", "-", "<script>"] {
            assert!(Id::new(refused).is_none(), "{refused}");
        }
        let same = |left: &str, right: &str| {
            Id::new(left).map(|id| id.key()) == Id::new(right).map(|id| id.key())
        };
        assert!(same("INC-1", "inc-1") && same("\u{1100}\u{1161}", "가"));
    }
}
