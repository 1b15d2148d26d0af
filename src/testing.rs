//! What the integration tests look at from outside: rules, their documentation and their examples.
//! Not an interface: it changes with the tests.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, Location, Unreadable};
use crate::diagnostics::Finding;
use crate::index::{self, Index, Options};
use crate::l10n::{Lang, Text};
use crate::lint::{self, ExampleKind, RULES, Selection, Stability};
use crate::parse::Edition;
use crate::patterns::{Collection, Near};
use crate::site::{Drafts, Publication, Sink, Theme, publish};
use crate::source::SourceFile;
use crate::tree::{Node, ScalarKind, Value, parse_yaml};

/// A rule as its documentation describes it.
#[derive(Debug)]
pub struct Rule {
    /// `SEC001`
    pub code: &'static str,
    /// `missing-section`
    pub name: &'static str,
    /// Whether it runs without being asked for.
    pub is_stable: bool,
    /// English and Korean.
    pub docs: [Docs; 2],
}

/// The documentation of a rule in one language.
#[derive(Debug)]
pub struct Docs {
    /// As readers see it.
    pub text: String,
    /// Its first sentence.
    pub summary: String,
    /// The configuration its examples are checked with.
    pub config: String,
    /// Reports it finds something in, by file name.
    pub bad: Vec<(String, String)>,
    /// Reports it finds nothing in.
    pub good: Vec<(String, String)>,
}

/// All rules.
pub fn rules() -> Vec<Rule> {
    let docs = |rule: &lint::Rule, lang: Lang| {
        let mut docs = Docs {
            text: rule.docs.readable(lang),
            summary: rule.docs.summary(lang),
            config: String::new(),
            bad: Vec::new(),
            good: Vec::new(),
        };
        for example in rule.docs.examples(lang) {
            let file = example.file.unwrap_or_else(|| "report.md".to_owned());
            match example.kind {
                ExampleKind::Bad => docs.bad.push((file, example.text)),
                ExampleKind::Good => docs.good.push((file, example.text)),
                ExampleKind::Config => docs.config = example.text,
            }
        }
        docs
    };
    RULES
        .iter()
        .map(|rule| Rule {
            code: rule.code,
            name: rule.name,
            is_stable: rule.stability == Stability::Stable,
            docs: [docs(rule, Lang::En), docs(rule, Lang::Ko)],
        })
        .collect()
}

/// A YAML document as JSON, to look at the files in `integrations/`. Scalars that are no text in YAML are
/// none here either, only numbers with a point stay text.
pub fn yaml(text: &str) -> Result<serde_json::Value, String> {
    let (node, error) = parse_yaml(text, 0);
    match error {
        Some(error) => Err(error.message.render(Lang::En)),
        None => json(&node),
    }
}

fn json(node: &Node) -> Result<serde_json::Value, String> {
    Ok(match &node.value {
        Value::Scalar { kind: ScalarKind::Null, .. } => serde_json::Value::Null,
        Value::Scalar { kind: ScalarKind::Bool(value), .. } => (*value).into(),
        Value::Scalar { kind: ScalarKind::Integer(value), .. } => (*value).into(),
        Value::Scalar { raw, .. } => raw.as_str().into(),
        Value::List(items) => items.iter().map(json).collect::<Result<Vec<_>, _>>()?.into(),
        Value::Map(entries) => {
            let mut map = serde_json::Map::new();
            for entry in entries {
                if map.insert(entry.key.clone(), json(&entry.value)?).is_some() {
                    return Err(format!("`{}` is there twice", entry.key));
                }
            }
            map.into()
        }
    })
}

/// What a rule found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `SEC001`
    pub code: &'static str,
    /// The file, below the content root.
    pub path: String,
    /// What is wrong and what to do, in English and in Korean.
    pub messages: [String; 2],
}

/// A project in memory, on the first of June 2026.
pub struct Project {
    settings: Settings,
    theme: Theme,
}

/// Reports that can be searched.
pub struct Searched {
    index: Index,
    /// The size of their index in bytes.
    pub size: u64,
}

impl Searched {
    /// The paths of the first ten reports that a query finds, best first.
    pub fn search(&self, query: &str) -> Vec<String> {
        let answer = self.index.search(query, &Options::default()).expect("it is in memory");
        answer.answer.hits.into_iter().map(|hit| hit.key).collect()
    }
}

/// Reports that were compared.
#[derive(Debug)]
pub struct Compared {
    /// Their files, newest first.
    pub paths: Vec<String>,
    /// What each is about: words by their keys, with their weights.
    pub words: Vec<Vec<(u32, f32)>>,
    /// How alike each is to each.
    pub scores: Vec<Vec<f32>>,
}

impl Project {
    /// With the text of its `bokgi.toml`, which has to be valid.
    pub fn new(config: &str) -> Self {
        let config = SourceFile::new("bokgi.toml", config);
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        let resolved = resolve(Some(&config), &[], &Overrides::default(), surroundings);
        assert!(resolved.problems.is_empty(), "a valid configuration: {:?}", resolved.problems);
        let theme = Theme::new(&BTreeMap::new()).expect("the built-in theme is valid");
        Self { settings: resolved.settings, theme }
    }

    /// The codes of what all rules find in one report, those in preview too.
    pub fn codes(&self, file: &str, text: &str) -> Vec<&'static str> {
        let selection = Selection::every();
        let outcome = lint::check(&self.load(file, text), &selection, &self.settings);
        outcome.findings.iter().map(Finding::code).collect()
    }

    /// How alike the reports below a content root are, each to each.
    pub fn compare(&self, files: &BTreeMap<String, Vec<u8>>) -> Compared {
        let corpus = self.read(files);
        let collection = Collection::new(corpus.reports.iter().collect(), &self.settings);
        let places = 0..collection.reports.len();
        Compared {
            paths: collection.reports.iter().map(|report| report.path.to_string()).collect(),
            words: places.clone().map(|place| collection.words_of(place)).collect(),
            scores: places
                .clone()
                .map(|left| places.clone().map(|right| collection.score(left, right)).collect())
                .collect(),
        }
    }

    /// Indexes the files below a content root.
    pub fn index(&self, files: &BTreeMap<String, Vec<u8>>) -> Searched {
        let corpus = self.read(files);
        let (edition, settings) = (Edition::Restricted, &self.settings);
        let bundle = index::bundle(&corpus, |report| report.is_shown_in(edition), settings)
            .expect("tantivy takes every report");
        let index = Index::open(None, &corpus, edition, settings).expect("it is in memory");
        Searched { index, size: bundle.to_vec().len() as u64 }
    }

    /// The paths of the reports that hold what a text says, best first.
    pub fn like_text(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        texts: &[String],
    ) -> Vec<Vec<String>> {
        let corpus = self.read(files);
        let collection = Collection::new(corpus.reports.iter().collect(), &self.settings);
        let path = |near: &Near| collection.reports[near.place].path.to_string();
        let like = |text: &String| {
            let near = collection.near_words(text, 5);
            near.iter().map(|(near, _)| path(near)).collect()
        };
        texts.iter().map(like).collect()
    }

    /// What the rules of the configuration find in the files below a content root.
    pub fn check(&self, files: &BTreeMap<String, Vec<u8>>) -> Vec<Found> {
        let corpus = self.read(files);
        let said = |finding: &Finding, lang: Lang| {
            format!("{}; {}", finding.message.render(lang), finding.help_text(lang))
        };
        let found = |finding: Finding| Found {
            code: finding.code(),
            path: finding.file.path().to_owned(),
            messages: [said(&finding, Lang::En), said(&finding, Lang::Ko)],
        };
        self.findings(&corpus).into_iter().map(found).collect()
    }

    fn read(&self, files: &BTreeMap<String, Vec<u8>>) -> Corpus {
        let is_report = |path: &&String| Path::new(path).extension().is_some_and(|end| end == "md");
        let location = |path: &String| Location { path: path.clone(), shown: path.clone() };
        let reports: Vec<Location> = files.keys().filter(is_report).map(location).collect();
        let read = |location: &Location| {
            let bytes = files.get(&location.path).cloned().unwrap_or_default();
            SourceFile::decode(&location.shown, bytes).map_err(|_| {
                Box::new(Unreadable {
                    path: location.shown.clone(),
                    reason: UNREADABLE.into(),
                    help: UNREADABLE.into(),
                })
            })
        };
        let mut corpus = Corpus::load(&reports, read, &self.settings, Edition::Restricted);
        corpus.files = files.keys().cloned().collect();
        corpus
    }

    /// The files of the site that one report makes, by path.
    pub fn site(&self, file: &str, text: &str) -> BTreeMap<String, String> {
        let corpus = self.load(file, text);
        let findings = self.findings(&corpus);
        let memory = Memory::default();
        let publication = Publication {
            corpus: &corpus,
            findings: &findings,
            theme: &self.theme,
            settings: &self.settings,
            edition: Edition::Restricted,
            drafts: Drafts::Shown,
            media: &|_| None,
            written: &|| {},
        };
        publish(&publication, &memory).expect("the built-in theme renders every report");
        memory.files.into_inner().unwrap_or_default()
    }

    fn load(&self, file: &str, text: &str) -> Corpus {
        let location = Location { path: file.to_owned(), shown: file.to_owned() };
        let read = |location: &Location| Ok(SourceFile::new(&location.shown, text));
        Corpus::load(&[location], read, &self.settings, Edition::Restricted)
    }

    fn findings(&self, corpus: &Corpus) -> Vec<Finding> {
        let selection = Selection::new(&self.settings).expect("the default selection names rules");
        lint::check(corpus, &selection, &self.settings).findings
    }
}

const UNREADABLE: Text = Text::new("cannot be read", "읽을 수 없습니다");

/// A site in memory.
#[derive(Default)]
struct Memory {
    files: Mutex<BTreeMap<String, String>>,
}

impl Sink for Memory {
    type Error = std::convert::Infallible;

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if let Ok(mut files) = self.files.lock() {
            files.insert(path.to_owned(), text);
        }
        Ok(())
    }
}

/// The names of the built-in profiles.
pub fn profile_names() -> Vec<String> {
    crate::config::Profile::built_in().into_iter().map(|profile| profile.name).collect()
}
