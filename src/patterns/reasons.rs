//! Why two reports are called alike, in words that can be checked.

use std::collections::BTreeSet;

use bokgi_search::{Concepts, Met, Subject, Subjects, is_subject, word_at};

use super::similar::Similarity;
use crate::config::Settings;
use crate::corpus::{FacetKind, Value, values};
use crate::l10n::{self, Message, Text};
use crate::model::{About, Incident};
use crate::parse::Report;
use crate::source::floor;

/// What two reports share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reasons {
    /// Values of facets, those that tell most about the mechanism first.
    pub(crate) facets: Vec<(FacetKind, Value)>,
    /// The words that made them alike, as the first report writes them; another language's word for it follows.
    pub(crate) words: Vec<(String, Option<String>)>,
    /// Their last whys say much the same.
    pub(crate) same_last_why: bool,
}

impl Reasons {
    /// The reasons in words, a line for each ground.
    pub(crate) fn said(&self) -> Vec<Message> {
        const SHARED: Text = Text::new("both: {what}", "같은 것: {what}");
        const WORDS: Text = Text::new("both speak of {words}", "같은 말: {words}");
        const LAST_WHY: Text = Text::new("the same last why", "마지막 왜");
        let mut lines = Vec::new();
        let facets = self.facets.iter().map(|(_, value)| value.label.clone().into());
        let shared = facets.chain(self.same_last_why.then(|| LAST_WHY.into()));
        let shared: Vec<l10n::Value> = shared.collect();
        if !shared.is_empty() {
            lines.push(SHARED.with("what", shared));
        }
        if !self.words.is_empty() {
            let word = |(own, theirs): &(String, Option<String>)| match theirs {
                Some(theirs) => format!("{own} ({theirs})"),
                None => own.clone(),
            };
            let words = self.words.iter().map(word).collect::<Vec<_>>().join(", ");
            lines.push(WORDS.with("words", words));
        }
        lines
    }
}

/// More words are no better reason.
const WORDS: usize = 6;
/// A word that counts less than this share of the first is no reason.
const LEAST: f32 = 0.2;
/// Last whys that are this much alike say the same.
const SAME_WHY: f32 = 0.45;
/// What says why an incident happened comes before what says where.
const TELLING: [FacetKind; 7] = [
    FacetKind::Cause,
    FacetKind::Trigger,
    FacetKind::Dependency,
    FacetKind::Service,
    FacetKind::Mitigation,
    FacetKind::Tag,
    FacetKind::Detection,
];

/// What is compared: a report, in the collection or not, or a few words.
#[derive(Clone, Copy)]
pub(super) struct Side<'s> {
    text: &'s str,
    /// `None` for what is no report.
    incident: Option<&'s Incident>,
    reading: &'s About,
}

impl<'s> Side<'s> {
    pub(super) fn report(report: &'s Report, reading: &'s About) -> Self {
        Self { text: &report.text, incident: Some(&report.incident), reading }
    }

    pub(super) fn words(text: &'s str, reading: &'s About) -> Self {
        Self { text, incident: None, reading }
    }
}

/// What two reports share.
pub(super) fn reasons(
    left: Side<'_>,
    right: Side<'_>,
    similarity: &Similarity,
    concepts: &Concepts,
    settings: &Settings,
) -> Reasons {
    let (own, others) = (&left.reading.last_whys, &right.reading.last_whys);
    let same_last_why =
        !own.is_empty() && !others.is_empty() && similarity.alike(own, others) >= SAME_WHY;
    let mut reasons =
        Reasons { words: shared_words(left, right, similarity, concepts), ..Reasons::default() };
    if let (Some(left), Some(right)) = (left.incident, right.incident) {
        reasons.facets = shared_facets(left, right, settings);
        reasons.same_last_why = same_last_why;
    }
    reasons
}

/// The values that both reports have, by facets in the order in which they tell.
pub(super) fn shared_facets(
    left: &Incident,
    right: &Incident,
    settings: &Settings,
) -> Vec<(FacetKind, Value)> {
    let mut shared = Vec::new();
    for facet in TELLING {
        let others = values(right, facet, settings);
        let own = values(left, facet, settings).into_iter();
        let common = own.filter(|value| others.iter().any(|other| other.key == value.key));
        shared.extend(common.map(|value| (facet, value)));
    }
    shared
}

/// The subjects that both readings hold.
pub(super) fn shared<'r>(
    left: &'r About,
    right: &'r About,
) -> impl Iterator<Item = (&'r Subject, &'r Subject)> {
    let mut at = 0;
    left.subjects.iter().filter_map(move |own| {
        while right.subjects.get(at).is_some_and(|other| other.key < own.key) {
            at += 1;
        }
        right.subjects.get(at).filter(|other| other.key == own.key).map(|other| (own, other))
    })
}

fn shared_words(
    left: Side<'_>,
    right: Side<'_>,
    similarity: &Similarity,
    concepts: &Concepts,
) -> Vec<(String, Option<String>)> {
    let weight = |(own, other): &(&Subject, &Subject)| {
        let idf = similarity.tells(own.key);
        (1.0 + own.weight).ln() * (1.0 + other.weight).ln() * idf * idf
    };
    let mut both: Vec<(f32, &Subject, &Subject)> =
        shared(left.reading, right.reading).map(|pair| (weight(&pair), pair.0, pair.1)).collect();
    both.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.key.cmp(&two.1.key)));
    let mut words: Vec<(String, Option<String>)> = Vec::new();
    let mut seen = BTreeSet::new();
    let least = both.first().map_or(0.0, |(weight, ..)| weight * LEAST);
    for (weight, own, other) in both {
        if words.len() == WORDS || weight < least {
            break;
        }
        let (Some(word), Some(theirs)) =
            (written(left, own, concepts), written(right, other, concepts))
        else {
            continue;
        };
        // Units and prefixes of tickets tell a reader nothing.
        if word.is_ascii() && word.len() < 3 {
            continue;
        }
        // A word may be shared as a word, in part, and as a concept: it is one word to a reader.
        let key = bokgi_search::fold(word).into_owned();
        if !seen.insert(key) {
            continue;
        }
        let foreign = own.is_concept() && word.is_ascii() != theirs.is_ascii();
        words.push((word.to_owned(), foreign.then(|| theirs.to_owned())));
    }
    words
}

/// How a report writes a subject. `None` where that is not known any more: what stands there is another word.
fn written<'s>(side: Side<'s>, subject: &Subject, concepts: &Concepts) -> Option<&'s str> {
    let at = subject.at as usize;
    let is_it = |word: &str| is_subject(word, subject.key, concepts);
    let in_text = side.text.get(at..floor(side.text, at + 200)).map(word_at).filter(|w| is_it(w));
    // A title may come from the file's name.
    in_text.or_else(|| {
        let title = side.incident.map_or("", |incident| incident.title.value.as_str());
        let mut starts = title.char_indices().filter(|(_, ch)| ch.is_alphanumeric());
        starts.find_map(|(start, _)| Some(word_at(&title[start..])).filter(|word| is_it(word)))
    })
}

/// What a text that is no report is about.
pub(super) fn words(text: &str, concepts: &Concepts) -> About {
    let mut met = Met::default();
    let mut subjects = Subjects::new(concepts, &mut met);
    subjects.add(text, 1.0, 0);
    About { subjects: subjects.finish().into(), last_whys: Box::default() }
}
