//! The embedded word lists and profiles, and the one way they are read.
//!
//! They are compiled in, so a list that cannot be read is a mistake in this repository that a test
//! finds; nothing a user does can reach it.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::tree::{decode, parse_toml};

pub(crate) const SECTIONS: &str = include_str!("data/sections.toml");
pub(crate) const METADATA: &str = include_str!("data/metadata.toml");
pub(crate) const WORDS: &str = include_str!("data/words.toml");
pub(crate) const VOCABULARY: &str = include_str!("data/vocabulary.toml");
pub(crate) const PROSE: &str = include_str!("data/prose.toml");

/// The profiles in the order in which they are listed.
pub(crate) const PROFILES: [&str; 9] = [
    include_str!("data/profiles/standard.toml"),
    include_str!("data/profiles/minimal.toml"),
    include_str!("data/profiles/five-whys.toml"),
    include_str!("data/profiles/line.toml"),
    include_str!("data/profiles/seminar.toml"),
    include_str!("data/profiles/sre.toml"),
    include_str!("data/profiles/story.toml"),
    include_str!("data/profiles/atlassian.toml"),
    include_str!("data/profiles/pagerduty.toml"),
];

/// Lists of words under the id they belong to.
pub(crate) type Lists = BTreeMap<String, Vec<String>>;

/// `[table] id = [words]`, by table.
pub(crate) fn lists(text: &str) -> BTreeMap<String, Lists> {
    read(text)
}

/// Reads a file that is part of the binary.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> T {
    let (tree, errors) = parse_toml(text, 0);
    debug_assert!(errors.is_empty(), "embedded data is valid TOML: {errors:?}");
    decode(&tree).expect("embedded data fits its type")
}
