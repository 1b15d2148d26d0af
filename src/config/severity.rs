//! Severity scales.
//!
//! Teams write `SEV2`, `S1`, `P0`, `1등급`, `Critical`. A label is mapped to a rank, 1 being the
//! worst, only where its meaning is certain: a bare number says nothing about its direction, and a
//! `P1` means the worst level in one company and the second in the next.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::lexicon::{Names, key};
use crate::model::{ReviewLevel, Role};

/// The levels used when nobody configures any.
const LEVELS: [&str; 4] = ["SEV1", "SEV2", "SEV3", "SEV4"];

/// Words whose rank is beyond doubt.
const WORDS: [(&str, usize); 20] = [
    ("critical", 1),
    ("blocker", 1),
    ("high", 2),
    ("major", 2),
    ("medium", 3),
    ("moderate", 3),
    ("minor", 3),
    ("low", 4),
    ("trivial", 4),
    ("치명", 1),
    ("치명적", 1),
    ("긴급", 1),
    ("심각", 1),
    ("높음", 2),
    ("중대", 2),
    ("보통", 3),
    ("중간", 3),
    ("낮음", 4),
    ("경미", 4),
    ("매우 심각", 1),
];

/// Where the `P` scale of a folder starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub(crate) enum PScale {
    /// `P0` is the worst.
    P0,
    /// `P1` is the worst.
    P1,
}

/// What a team says about a level.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Policy {
    /// Impact at or above any of these figures is at least this level.
    pub(crate) users: Option<u64>,
    pub(crate) requests: Option<u64>,
    pub(crate) orders: Option<u64>,
    /// The review this level needs.
    pub(crate) review: Option<ReviewLevel>,
    /// The roles this level needs.
    pub(crate) roles: Vec<Role>,
}

/// The levels of a team, and how labels map to them.
#[derive(Clone, Debug)]
pub(crate) struct SeverityScale {
    levels: Vec<String>,
    names: Names<usize>,
    /// The configured start of the `P` scale; otherwise the folder decides.
    p_scale: Option<PScale>,
    /// By rank.
    pub(crate) policies: BTreeMap<usize, Policy>,
}

/// How a label is understood on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Rank(usize),
    /// `P` and a number: its rank depends on the scale of the folder.
    P(usize),
}

impl Default for SeverityScale {
    fn default() -> Self {
        Self::new(LEVELS.map(str::to_owned).to_vec(), &BTreeMap::new(), None)
    }
}

impl SeverityScale {
    /// `levels` from the worst to the mildest, `aliases` by level.
    pub(crate) fn new(
        levels: Vec<String>,
        aliases: &BTreeMap<String, Vec<String>>,
        p_scale: Option<PScale>,
    ) -> Self {
        let mut names: Names<usize> = WORDS.iter().map(|(word, rank)| (key(word), *rank)).collect();
        names.retain(|_, rank| *rank <= levels.len());
        for (index, level) in levels.iter().enumerate() {
            let aliases = aliases.get(level).into_iter().flatten();
            names.extend(aliases.chain([level]).map(|name| (key(name), index + 1)));
        }
        Self { levels, names, p_scale, policies: BTreeMap::new() }
    }

    /// The levels from the worst to the mildest.
    pub(crate) fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The name of a rank.
    pub(crate) fn level(&self, rank: usize) -> Option<&str> {
        self.levels.get(rank.checked_sub(1)?).map(String::as_str)
    }

    /// Whether a label shows that its folder counts from `P0`.
    pub(crate) fn is_p0(&self, label: &str) -> bool {
        self.reading(label) == Some(Reading::P(0))
    }

    /// The rank of a label, given what the whole folder shows about its `P` scale.
    pub(crate) fn rank(&self, label: &str, folder: PScale) -> Option<usize> {
        let rank = match self.reading(label)? {
            Reading::Rank(rank) => rank,
            Reading::P(number) => match self.p_scale.unwrap_or(folder) {
                PScale::P0 => number + 1,
                PScale::P1 => number,
            },
        };
        (1..=self.levels.len()).contains(&rank).then_some(rank)
    }

    fn reading(&self, label: &str) -> Option<Reading> {
        // `SEV-2 (fixes absent)`, `Major (High Impact)`, `🟡 Medium`: the level comes first.
        let head = label.split(['(', '（', ',', ';', '/', '|', '—', '–']).next().unwrap_or(label);
        let inside =
            label.split(['(', '（']).nth(1).and_then(|rest| rest.split([')', '）']).next());
        self.read_one(head).or_else(|| self.read_one(inside?))
    }

    fn read_one(&self, label: &str) -> Option<Reading> {
        let words = label.trim_matches(|ch: char| !ch.is_alphanumeric());
        let key = key(words);
        if let Some(rank) = self.names.get(&key) {
            return Some(Reading::Rank(*rank));
        }
        let number = |digits: &str| digits.trim().parse::<usize>().ok();
        for prefix in ["severity", "sev", "s", "level", "lv", "장애등급", "등급"] {
            if let Some(rank) = key.strip_prefix(prefix).and_then(number) {
                return Some(Reading::Rank(rank));
            }
        }
        for suffix in ["등급", "급", "단계"] {
            if let Some(rank) = key.strip_suffix(suffix).and_then(number) {
                return Some(Reading::Rank(rank));
            }
        }
        ["prio:p", "prio p", "priority p", "p"]
            .iter()
            .find_map(|prefix| key.strip_prefix(prefix).and_then(number))
            .map(Reading::P)
    }
}

#[cfg(test)]
mod tests {
    use super::{PScale, SeverityScale};
    use std::collections::BTreeMap;

    #[test]
    fn labels_are_mapped_only_where_their_meaning_is_certain() {
        let scale = SeverityScale::default();
        for (label, rank) in [
            ("SEV2", Some(2)),
            ("SEV-3", Some(3)),
            ("Sev 1", Some(1)),
            ("S1 (Critical)", Some(1)),
            ("1등급", Some(1)),
            ("등급 2", Some(2)),
            ("🟡 Medium", Some(3)),
            ("Major (High Impact, Service Degradation)", Some(2)),
            ("SEV-2 (intended fixes silently absent)", Some(2)),
            ("심각", Some(1)),
            ("1", None),
            ("SEV9", None),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(scale.rank(label, PScale::P1), rank, "{label}");
        }
    }

    #[test]
    fn the_folder_decides_where_p_starts() {
        let scale = SeverityScale::default();
        assert!(scale.is_p0("prio:P0") && !scale.is_p0("P1"));
        assert_eq!(scale.rank("P2 (CI 생산성 저하)", PScale::P1), Some(2));
        assert_eq!(scale.rank("P2", PScale::P0), Some(3));
        let levels = ["P0", "P1", "P2"].map(str::to_owned).to_vec();
        let aliases = BTreeMap::from([("P0".to_owned(), vec!["전면 장애".to_owned()])]);
        let own = SeverityScale::new(levels, &aliases, None);
        assert_eq!(own.rank("P0", PScale::P1), Some(1));
        assert_eq!(own.rank("전면장애", PScale::P1), Some(1));
        assert_eq!(own.rank("low", PScale::P1), None);
    }
}
