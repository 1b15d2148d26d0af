//! How common words are in incident reports at large.
//!
//! `data/background.txt` holds the words that stand in at least one of twenty out of about a hundred public
//! reports in English and Korean that were counted for it, with their share in percent. It is what a small
//! collection cannot know of its own: that `customers` is in every second report, and `etcd` is not. A star
//! marks a concept by one of its names.

use std::collections::HashMap;

use bokgi_search::{Concepts, word_key};

const WORDS: &str = include_str!("data/background.txt");

/// The share of reports that hold a word which is not in the list.
pub(super) const RARE: f32 = 0.01;

/// The shares of common words, from 0 to 1, by their keys.
pub(super) fn shares(concepts: &Concepts) -> HashMap<u32, f32> {
    let line = |line: &str| {
        let (word, percent) = line.split_once(' ')?;
        let key = match word.strip_suffix('*') {
            Some(concept) => concepts.key(concept)?,
            None => word_key(word),
        };
        Some((key, percent.parse::<f32>().ok()? / 100.0))
    };
    WORDS.lines().filter_map(line).collect()
}
