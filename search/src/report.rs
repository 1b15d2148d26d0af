//! What is indexed: reports and their passages.

/// A report as search needs it, borrowed from whoever read it.
#[derive(Debug, Clone, Default)]
pub struct Report<'a> {
    /// What names it for ever: its path. Unique in a bundle; reports are given in the order of their keys.
    pub key: &'a str,
    /// Its title as written.
    pub title: &'a str,
    /// Where a result leads.
    pub url: &'a str,
    /// When the incident was, as `yyyymmdd` (20260131), if anybody knows.
    pub date: Option<i32>,
    /// The report's language, as a BCP 47 tag.
    pub lang: &'a str,
    /// Its severity as shown.
    pub severity: Option<&'a str>,
    /// Its status as shown.
    pub status: &'a str,
    /// Its services as shown.
    pub services: Vec<&'a str>,
    /// What names it for people and in links, if it has such an id.
    pub id: Option<&'a str>,
    /// Each value it may be filtered by. All but statuses and kinds are searched like text: what every
    /// report has says nothing.
    pub names: Vec<Name<'a>>,
}

/// A value of a facet, under every name somebody may use. A name with `/` is found by each of its ancestors
/// too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name<'a> {
    /// What it is a value of.
    pub facet: Facet,
    /// How a filter is written for it.
    pub value: &'a str,
    /// How it is shown in English and in Korean; none if that is as it is written.
    pub labels: Option<[&'a str; 2]>,
    /// Other ways to write it.
    pub others: Vec<&'a str>,
}

impl<'a> Name<'a> {
    /// All ways to write it.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a str> {
        let labels = self.labels.into_iter().flatten();
        [self.value].into_iter().chain(labels).chain(self.others.iter().copied())
    }
}

/// A part of a report that a result can open: a section.
#[derive(Debug, Clone, Copy, Default)]
pub struct Passage<'a> {
    /// Its heading; empty for what stands before the first.
    pub heading: &'a str,
    /// The anchor of its heading in the page; empty for the page itself.
    pub anchor: &'a str,
    /// The meaning of the section (`root-cause`), if it has one; given back with the result.
    pub kind: Option<&'a str>,
    /// The line of its heading in the report's file, from 1.
    pub line: usize,
    /// Its plain text, without the heading.
    pub text: &'a str,
}

/// What a filter can ask for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// A service of ours.
    #[default]
    Service,
    /// A service of somebody else.
    Dependency,
    /// A cause, from a tree.
    Cause,
    /// What set it off.
    Trigger,
    /// Who or what noticed.
    Detection,
    /// What ended it.
    Mitigation,
    /// How bad it was.
    Severity,
    /// Draft, final ….
    Status,
    /// A team.
    Team,
    /// A free word.
    Tag,
    /// Incident, near miss, drill ….
    Kind,
    /// An id or an alias of one.
    Id,
}

impl Facet {
    /// Every facet, with its English and its Korean name in a query.
    pub const NAMES: [(Self, &'static str, &'static str); 12] = [
        (Self::Service, "service", "서비스"),
        (Self::Dependency, "dependency", "의존성"),
        (Self::Cause, "cause", "원인"),
        (Self::Trigger, "trigger", "계기"),
        (Self::Detection, "detection", "탐지"),
        (Self::Mitigation, "mitigation", "완화"),
        (Self::Severity, "severity", "심각도"),
        (Self::Status, "status", "상태"),
        (Self::Team, "team", "팀"),
        (Self::Tag, "tag", "태그"),
        (Self::Kind, "kind", "종류"),
        (Self::Id, "id", "아이디"),
    ];

    /// Its English name in a query.
    pub fn id(self) -> &'static str {
        Self::NAMES.iter().find(|(facet, ..)| *facet == self).map_or("", |(_, en, _)| en)
    }

    /// One letter that begins the facet's terms.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Service => 's',
            Self::Dependency => 'd',
            Self::Cause => 'c',
            Self::Trigger => 't',
            Self::Detection => 'e',
            Self::Mitigation => 'm',
            Self::Severity => 'v',
            Self::Status => 'u',
            Self::Team => 'o',
            Self::Tag => 'g',
            Self::Kind => 'k',
            Self::Id => 'i',
        }
    }

    /// Whether its names are words a reader may search for.
    pub(crate) fn is_text(self) -> bool {
        !matches!(self, Self::Status | Self::Kind)
    }

    /// The terms that find `name`: the name itself, then its ancestors.
    pub(crate) fn terms(self, name: &str) -> impl Iterator<Item = String> {
        let term = self.term(name);
        let ends: Vec<usize> = term.match_indices('/').map(|(at, _)| at).collect();
        let mut ancestors: Vec<String> =
            ends.into_iter().filter(|at| *at > 1).map(|at| term[..at].to_owned()).collect();
        ancestors.push(term);
        ancestors.into_iter().rev()
    }

    /// The term of one name, folded: `config change`, `config_change` and `Config-Change` are one name.
    pub(crate) fn term(self, name: &str) -> String {
        let mut term = String::from(self.letter());
        let folded = crate::fold(name);
        term.extend(folded.chars().filter(|ch| !(ch.is_whitespace() || matches!(ch, '-' | '_'))));
        term
    }
}

/// The term under which a report's key is found.
pub(crate) fn key_term(key: &str) -> String {
    format!("\0{key}")
}

#[cfg(test)]
mod tests {
    use super::Facet;
    use std::collections::BTreeSet;

    #[test]
    fn names_find_their_subtree_and_spelling_variants() {
        let terms: Vec<_> = Facet::Cause.terms("Software/Slow Query/N+1").collect();
        assert_eq!(terms, ["csoftware/slowquery/n+1", "csoftware/slowquery", "csoftware"]);
        assert_eq!(Facet::Tag.term("설정_변경"), Facet::Tag.term("설정 변경"));
    }

    #[test]
    fn letters_and_names_are_unique() {
        let letters: BTreeSet<_> = Facet::NAMES.iter().map(|(facet, ..)| facet.letter()).collect();
        let names: BTreeSet<_> = Facet::NAMES.iter().flat_map(|(_, en, ko)| [en, ko]).collect();
        assert_eq!((letters.len(), names.len()), (Facet::NAMES.len(), 2 * Facet::NAMES.len()));
    }
}
