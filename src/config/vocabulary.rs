//! The controlled vocabulary of facets.

use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::data;
use super::lexicon::{Names, key};
use super::prose::{self, Phrase, Prose, Reach};
use crate::l10n::Label;
use crate::model::Facet;
use crate::tree::suggest;

/// A term as it stands in a file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermFile {
    /// What a reader sees; the id, if there is none.
    label: Option<Label>,
    /// More names of it.
    #[serde(default)]
    aliases: Vec<String>,
    /// Phrases that mean it in a sentence of a section about its facet.
    #[serde(default)]
    prose: Vec<String>,
}

impl TermFile {
    /// What says the term in a sentence. A new term is known by its names too, as far as they are more than
    /// a word: those mean little else.
    fn phrases(&self, facet: Facet, id: &str, is_new: bool) -> Vec<Phrase> {
        let label = self.label.iter().flat_map(|label| [&label.en, &label.ko]);
        let names = self.aliases.iter().chain(label);
        let names = names.filter(|name| is_new && name.trim().contains(' '));
        let mut words: Vec<String> = (self.prose.iter().chain(names))
            .map(|words| bokgi_search::fold(words.trim()).into_owned())
            .filter(|words| words.chars().any(char::is_alphanumeric))
            .collect();
        words.sort();
        words.dedup();
        let phrase = |words| Phrase { facet, id: id.to_owned(), reach: Reach::Here, words };
        words.into_iter().map(phrase).collect()
    }
}

/// The terms of every facet. A cause's id is its path in the tree: `network/packet-loss` stands below
/// `network`.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    facets: BTreeMap<Facet, Terms>,
    phrases: Vec<Phrase>,
    /// The same, ready to be looked for; made when the first report needs it.
    prose: OnceLock<Prose>,
}

#[derive(Debug, Default)]
struct Terms {
    labels: BTreeMap<String, Label>,
    names: Names<String>,
    /// What was asked before, and the name that was nearest: a memory, nothing that decides.
    slips: RwLock<BTreeMap<String, Option<String>>>,
}

/// More different slips than this are looked up anew.
const MOST_SLIPS: usize = 4096;

impl Vocabulary {
    /// The built-in terms.
    pub(crate) fn built_in() -> Self {
        let mut vocabulary = Self { phrases: prose::built_in(), ..Self::default() };
        let files: BTreeMap<Facet, BTreeMap<String, TermFile>> = data::read(data::VOCABULARY);
        for (facet, terms) in files {
            vocabulary.insert(facet, terms);
        }
        vocabulary
    }

    /// Adds terms, or names to terms that are there.
    pub(crate) fn add(&mut self, facet: Facet, terms: BTreeMap<String, TermFile>) {
        for (id, term) in &terms {
            self.phrases.extend(term.phrases(facet, id, self.label(facet, id).is_none()));
        }
        self.insert(facet, terms);
    }

    fn insert(&mut self, facet: Facet, terms: BTreeMap<String, TermFile>) {
        let known = self.facets.entry(facet).or_default();
        for (id, term) in terms {
            known.names.extend(term.aliases.iter().map(|alias| (key(alias), id.clone())));
            known.names.insert(key(&id), id.clone());
            match (term.label, known.labels.contains_key(&id)) {
                (Some(label), _) => {
                    known.names.entry(key(&label.en)).or_insert_with(|| id.clone());
                    known.names.entry(key(&label.ko)).or_insert_with(|| id.clone());
                    known.labels.insert(id, label);
                }
                (None, false) => {
                    let label = Label { en: id.clone(), ko: id.clone() };
                    known.labels.insert(id, label);
                }
                (None, true) => {}
            }
        }
    }

    /// The phrases that say a term in a sentence.
    pub(crate) fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| Prose::new(&self.phrases))
    }

    /// The id of the term that `word` names.
    pub(crate) fn find(&self, facet: Facet, word: &str) -> Option<&str> {
        self.facets.get(&facet)?.names.get(&key(word)).map(String::as_str)
    }

    /// What a reader sees of a term.
    pub(crate) fn label(&self, facet: Facet, id: &str) -> Option<&Label> {
        self.facets.get(&facet)?.labels.get(id)
    }

    /// The ids of a facet in alphabetical order, which puts a cause below its parent.
    pub(crate) fn ids(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.facets
            .get(&facet)
            .into_iter()
            .flat_map(|terms| terms.labels.keys())
            .map(String::as_str)
    }

    /// The id whose own name, or one of whose aliases, is nearly `word`.
    pub(crate) fn suggest(&self, facet: Facet, word: &str) -> Option<&str> {
        let terms = self.facets.get(&facet)?;
        let word = key(word);
        // Reports that miss a word often miss the same one.
        let remembered = terms.slips.read().ok().and_then(|slips| slips.get(&word).cloned());
        let name = match remembered {
            Some(name) => name?,
            None => {
                let found = suggest(&word, terms.names.keys().map(String::as_str));
                let found = found.map(str::to_owned);
                if let Ok(mut slips) = terms.slips.write()
                    && slips.len() < MOST_SLIPS
                {
                    slips.insert(word, found.clone());
                }
                found?
            }
        };
        terms.names.get(&name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Facet, Vocabulary, data, key};
    use std::collections::BTreeMap;

    #[test]
    fn terms_are_found_by_any_of_their_names() {
        let vocabulary = Vocabulary::built_in();
        for (facet, word, id) in [
            (Facet::Trigger, "설정 변경", "config-change"),
            (Facet::Trigger, "Config change", "config-change"),
            (Facet::Mitigation, "서버 재기동", "restart"),
            (Facet::Detection, "고객 문의", "customer"),
            (Facet::Cause, "패킷 유실", "network/packet-loss"),
            (Facet::Cause, "software/performance", "software/performance"),
        ] {
            assert_eq!(vocabulary.find(facet, word), Some(id), "{word}");
        }
        assert_eq!(vocabulary.find(Facet::Trigger, "banana"), None);
        assert_eq!(vocabulary.suggest(Facet::Trigger, "config-chnage"), Some("config-change"));
    }

    #[test]
    fn a_name_belongs_to_one_term_and_parents_exist() {
        let files: BTreeMap<Facet, BTreeMap<String, super::TermFile>> =
            data::read(data::VOCABULARY);
        for (facet, terms) in &files {
            let mut owners: BTreeMap<String, &str> = BTreeMap::new();
            for (id, term) in terms {
                if let Some((parent, _)) = id.rsplit_once('/') {
                    assert!(terms.contains_key(parent), "{id} has no parent");
                }
                for name in term.aliases.iter().chain([id]) {
                    let owner = owners.entry(key(name)).or_insert(id);
                    assert_eq!(owner, id, "{facet:?}: `{name}`");
                }
            }
        }
        assert_eq!(files.len(), Facet::ALL.len());
    }
}
