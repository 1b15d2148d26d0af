//! Profiles: what a report must hold.
//!
//! A profile is a TOML file, embedded for the practices the tool comes from and written the same way
//! by users. It lists facts and sections in the order in which `new` writes them; the rules read
//! the same list to say what is missing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data;
use super::file::LevelSetting;
use crate::l10n::{Label, Lang, Message, Text};
use crate::model::{Field, Kind, Phase, ReviewLevel, Role, SectionKind};
use crate::tree::{DID_YOU_MEAN, KNOWN, suggest};

/// What a kind of report holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// What front matter and configuration call it.
    pub(crate) name: String,
    pub(crate) label: Label,
    /// When to use it.
    pub(crate) about: Label,
    /// Where the practice comes from.
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default, rename = "fact")]
    pub(crate) facts: Vec<FactSpec>,
    #[serde(default, rename = "section")]
    pub(crate) sections: Vec<SectionSpec>,
    /// How much rules count for a report of this kind, by code, start of a code, or name.
    #[serde(default)]
    pub(crate) levels: BTreeMap<String, LevelSetting>,
    /// The phases that a timeline marks; the rule `missing-phase` has its own list if absent.
    #[serde(default)]
    pub(crate) phases: Option<Vec<Phase>>,
    /// The roles a severity needs, by rank: `1` is the worst level.
    #[serde(default)]
    roles: BTreeMap<String, Vec<Role>>,
    /// The review a severity needs, by rank.
    #[serde(default)]
    reviews: BTreeMap<String, ReviewLevel>,
}

/// When something is needed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Need {
    /// The kinds of report that need it.
    #[serde(default = "Need::all_kinds")]
    kinds: Vec<Kind>,
    /// Needed at this rank of severity and worse; at every severity if absent.
    #[serde(default)]
    pub(crate) severity: Option<usize>,
}

impl Need {
    fn all_kinds() -> Vec<Kind> {
        Kind::ALL.to_vec()
    }

    /// Whether a report of this kind and severity needs it. An unknown severity needs only what every
    /// severity needs.
    pub(crate) fn applies(&self, kind: Kind, rank: Option<usize>) -> bool {
        let severe_enough =
            self.severity.is_none_or(|limit| rank.is_some_and(|rank| rank <= limit));
        severe_enough && self.kinds.contains(&kind)
    }
}

impl Default for Need {
    fn default() -> Self {
        Self { kinds: Self::all_kinds(), severity: None }
    }
}

/// A fact a report states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactSpec {
    pub(crate) field: Field,
    #[serde(default)]
    pub(crate) need: Need,
    /// Written by `new`, but not asked for.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// A section a report has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectionSpec {
    pub(crate) kind: SectionKind,
    /// Other sections that do as well.
    #[serde(default)]
    pub(crate) or: Vec<SectionKind>,
    #[serde(default)]
    pub(crate) need: Need,
    /// Written by `new`, but not asked for.
    #[serde(default)]
    pub(crate) optional: bool,
    /// The heading `new` writes; the section's label if absent.
    #[serde(default)]
    heading: Option<Label>,
    /// The questions the section answers.
    pub(crate) prompt: Label,
    /// What `new` writes below the prompt: the skeleton of a list or a table.
    #[serde(default)]
    pub(crate) skeleton: Option<Label>,
    /// Written one level deeper, inside the section before it.
    #[serde(default)]
    pub(crate) nested: bool,
}

impl SectionSpec {
    pub(crate) fn heading(&self, lang: Lang) -> &str {
        match &self.heading {
            Some(heading) => heading.get(lang),
            None => self.kind.label().get(lang),
        }
    }
}

impl Profile {
    /// The built-in profiles, in the order in which they are listed.
    pub(crate) fn built_in() -> Vec<Profile> {
        data::PROFILES.iter().map(|text| data::read(text)).collect()
    }

    /// The lines that `new` writes and somebody has to replace, as [`line_key`]s.
    pub(crate) fn template_lines(&self) -> impl Iterator<Item = String> {
        self.sections
            .iter()
            .flat_map(|section| section.skeleton.iter().chain([&section.prompt]))
            .flat_map(|label| label.en.lines().chain(label.ko.lines()))
            .map(line_key)
            .filter(|key| !key.is_empty())
    }

    /// The roles a report of this rank must fill.
    pub(crate) fn roles(&self, rank: usize) -> &[Role] {
        self.roles.get(&rank.to_string()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The widest review a report of this rank needs.
    pub(crate) fn review(&self, rank: usize) -> Option<ReviewLevel> {
        self.reviews.get(&rank.to_string()).copied()
    }
}

/// What is wrong with the name of a profile that there is not, and what to do about it.
pub(crate) fn unknown_profile(name: &str, known: &[&str]) -> (Message, Message) {
    const UNKNOWN: Text = Text::new("there is no profile `{name}`", "`{name}` 프로파일이 없습니다");
    let help = match suggest(name, known.iter().copied()) {
        Some(close) => DID_YOU_MEAN.with("close", close),
        None => KNOWN.with("known", known.to_vec()),
    };
    (UNKNOWN.with("name", name), help)
}

/// The letters and digits of a line without its list marker: what a template's line is known by,
/// whether it stands in Markdown or has been read.
pub(crate) fn line_key(line: &str) -> String {
    bokgi_search::fold(line_body(line)).chars().filter(|ch| ch.is_alphanumeric()).collect()
}

/// The first two characters of a line's key and its last.
pub(crate) fn line_ends(line: &str) -> Option<[char; 3]> {
    let mut letters = line_body(line).chars().filter(|ch| ch.is_alphanumeric());
    let first = letters.next()?;
    let second = letters.next().unwrap_or(first);
    let last = letters.next_back().unwrap_or(second);
    Some([first, second, last].map(|ch| ch.to_lowercase().next().unwrap_or(ch)))
}

fn line_body(line: &str) -> &str {
    let marker =
        |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '-' | '*' | ' ' | '|' | '[' | ']');
    line.trim_start_matches(marker)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Profile, SectionKind};
    use crate::l10n::Lang;

    #[test]
    fn built_in_profiles_are_complete_in_both_languages() {
        let profiles = Profile::built_in();
        let names: Vec<_> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        let expected = [
            "standard",
            "minimal",
            "five-whys",
            "line",
            "seminar",
            "sre",
            "story",
            "atlassian",
            "pagerduty",
        ];
        assert_eq!(names, expected);
        for profile in &profiles {
            for lang in [Lang::En, Lang::Ko] {
                assert!(!profile.about.get(lang).is_empty(), "{}", profile.name);
                for section in &profile.sections {
                    assert!(
                        !section.prompt.get(lang).is_empty(),
                        "{}: {}",
                        profile.name,
                        section.kind.id()
                    );
                }
            }
        }
    }

    #[test]
    fn drills_and_near_misses_need_no_impact() {
        for profile in Profile::built_in() {
            for section in profile.sections.iter().filter(|s| s.kind == SectionKind::Impact) {
                assert!(!section.need.applies(Kind::Drill, Some(1)), "{}", profile.name);
            }
        }
    }
}
