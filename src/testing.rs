//! What the integration tests look at from outside: rules, their documentation and their examples.
//! Not an interface: it changes with the tests.

use crate::config::{Overrides, Surroundings, resolve};
use crate::corpus::{Corpus, Location};
use crate::l10n::Lang;
use crate::lint::{self, ExampleKind, RULES, Selection};
use crate::parse::Edition;
use crate::source::SourceFile;

/// A rule as its documentation describes it.
#[derive(Debug)]
pub struct Rule {
    /// `SEC001`
    pub code: &'static str,
    /// `missing-section`
    pub name: &'static str,
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
            docs: [docs(rule, Lang::En), docs(rule, Lang::Ko)],
        })
        .collect()
}

/// The codes of what the stable rules find in one report, checked on the first of June 2026.
pub fn codes(file: &str, text: &str, config: &str) -> Vec<&'static str> {
    let config = SourceFile::new("bokgi.toml", config);
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    let resolved = resolve(Some(&config), &[], &Overrides::default(), surroundings);
    assert!(resolved.problems.is_empty(), "the configuration is valid: {:?}", resolved.problems);
    let location = Location { path: file.to_owned(), shown: file.to_owned() };
    let read = |location: &Location| Ok(SourceFile::new(&location.shown, text));
    let corpus = Corpus::load(&[location], read, &resolved.settings, Edition::Restricted);
    let selection = Selection::new(&resolved.settings).expect("the default selection names rules");
    let outcome = lint::check(&corpus, &selection, &resolved.settings);
    outcome.findings.iter().map(crate::diagnostics::Finding::code).collect()
}

/// The names of the built-in profiles.
pub fn profile_names() -> Vec<String> {
    crate::config::Profile::built_in().into_iter().map(|profile| profile.name).collect()
}
