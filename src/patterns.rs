//! What the reports say together: what keeps happening, what was promised, what was never done.
//!
//! Everything here is a pure function of a [`Collection`]: the reports an edition shows, newest first, with
//! the facets they are found by. A result names reports by their place in that list and says why it is there;
//! nothing is ranked or counted by person. Medians and counts come with the number they rest on
//! ([`statistics`]); what has too few cases says so or says nothing. Near misses and drills teach lessons and
//! make promises, but stay out of durations, load and recurrence ([`Collection::counts`]).
//!
//! Each step takes time near linear in the number of reports, whatever they share.

mod background;
pub(crate) mod calendar;
pub(crate) mod coverage;
pub(crate) mod detection;
pub(crate) mod durations;
pub(crate) mod health;
pub(crate) mod lessons;
pub(crate) mod load;
pub(crate) mod mining;
pub(crate) mod promises;
mod reading;
mod reasons;
pub(crate) mod recurrence;
mod similar;
pub(crate) mod statistics;
mod terms;
#[cfg(test)]
mod tests;
pub(crate) mod trends;
pub(crate) mod values;

use std::sync::OnceLock;

use bokgi_search::{Concepts, Met};
use rayon::prelude::*;

use crate::config::Settings;
use crate::corpus::{FacetIndex, facets, values};
use crate::model::{About, Kind, Phase};
use crate::parse::Report;
pub(crate) use reasons::Reasons;
use reasons::{Side, reasons};
use recurrence::Recurrence;
pub(crate) use similar::Near;
use similar::{Similarity, Sums};

/// Similar reports that are kept of each.
pub(crate) const NEAREST: usize = 8;

/// The reports that are looked at together.
pub(crate) struct Collection<'c> {
    /// Newest first; those without a date come last, and ties keep the order of their paths.
    pub(crate) reports: Vec<&'c Report>,
    /// Every value of every facet, with places in `reports`.
    pub(crate) facets: Vec<FacetIndex>,
    pub(crate) settings: &'c Settings,
    concepts: OnceLock<Concepts>,
    readings: OnceLock<Vec<&'c About>>,
    similarity: OnceLock<Similarity>,
    nearest: OnceLock<Vec<Vec<Near>>>,
    recurrences: OnceLock<Vec<Recurrence<'c>>>,
}

impl<'c> Collection<'c> {
    /// Takes reports in any order.
    pub(crate) fn new(mut reports: Vec<&'c Report>, settings: &'c Settings) -> Self {
        reports.sort_by(|left, right| {
            newest_first(left).cmp(&newest_first(right)).then(left.path.cmp(&right.path))
        });
        let facets = facets(&reports.iter().copied(), settings);
        Self {
            reports,
            facets,
            settings,
            concepts: OnceLock::new(),
            readings: OnceLock::new(),
            similarity: OnceLock::new(),
            nearest: OnceLock::new(),
            recurrences: OnceLock::new(),
        }
    }

    /// What is known of words; most pages and commands compare nothing.
    fn concepts(&self) -> &Concepts {
        self.concepts.get_or_init(Concepts::default)
    }

    /// What each report is about; read when it is first asked for.
    fn readings(&self) -> &[&'c About] {
        let concepts = self.concepts();
        let read = |met: &mut Met, report: &&'c Report| {
            let report: &'c Report = report;
            report.about.get_or_init(|| reading::read(report, concepts, met))
        };
        self.readings.get_or_init(|| self.reports.par_iter().map_init(Met::default, read).collect())
    }

    fn similarity(&self) -> &Similarity {
        self.similarity
            .get_or_init(|| Similarity::new(self.readings(), &self.facets, self.concepts()))
    }

    /// What happened again, the newest first.
    pub(crate) fn recurrences(&self) -> &[Recurrence<'c>] {
        self.recurrences.get_or_init(|| recurrence::recurrences(self))
    }

    /// What a text is about, to be compared with others.
    pub(crate) fn words(&self, text: &str) -> Words {
        Words(reasons::words(text, self.concepts()))
    }

    /// How alike two texts are, from 0 to 1.
    pub(crate) fn alike(&self, left: &Words, right: &Words) -> f32 {
        self.similarity().alike(&left.0.subjects, &right.0.subjects)
    }

    /// The place of a report, by its path below the content root.
    pub(crate) fn place_of(&self, path: &str) -> Option<usize> {
        self.reports.iter().position(|report| &*report.path == path)
    }

    /// The reports most like the one at `place`, best first, [`NEAREST`] at the most; none rather than one that
    /// is not.
    pub(crate) fn near(&self, place: usize) -> &[Near] {
        &self.nearest()[place]
    }

    /// The same for every report. Threads that wait for it do nothing else: ask before they set out.
    fn nearest(&self) -> &[Vec<Near>] {
        let similarity = self.similarity();
        let nearest = |sums: &mut Sums, place: usize| similarity.near(place, NEAREST, sums);
        self.nearest.get_or_init(|| {
            let places = (0..self.reports.len()).into_par_iter();
            places.map_init(|| Sums::new(self.reports.len()), nearest).collect()
        })
    }

    /// The same for one report, where nobody will ask about the others.
    pub(crate) fn near_only(&self, place: usize, most: usize) -> Vec<Near> {
        self.similarity().near(place, most, &mut Sums::new(self.reports.len()))
    }

    /// The reports most like one that is not in the collection, with the reasons.
    pub(crate) fn near_report(&self, report: &Report, most: usize) -> Vec<(Near, Reasons)> {
        let reading = reading::read(report, self.concepts(), &mut Met::default());
        let near = self.similarity().near_reading(&reading, &self.facets_of(report), most);
        let own = Side::report(report, &reading);
        near.into_iter().map(|near| (near, self.reasons_for(own, near.place))).collect()
    }

    /// How alike the reports at two places are, from 0 to 1.
    pub(crate) fn score(&self, left: usize, right: usize) -> f32 {
        self.similarity().score(left, right)
    }

    /// The words that the report at `place` is about, by their keys, with their weights.
    pub(crate) fn words_of(&self, place: usize) -> Vec<(u32, f32)> {
        let words = self.readings()[place].subjects.iter().filter(|word| !word.is_concept());
        words.map(|word| (word.key, word.weight)).collect()
    }

    /// The places, among all values of all facets, of those that a report has which is not in the collection.
    fn facets_of(&self, report: &Report) -> Vec<u32> {
        let mut found = Vec::new();
        let mut before = 0;
        for index in &self.facets {
            for value in values(&report.incident, index.kind, self.settings) {
                // A cause counts for what is above it too.
                let names = value.key.match_indices('/').map(|(at, _)| &value.key[..at]);
                let names = names.chain([value.key.as_str()]);
                let places = names.filter_map(|name| index.position(name));
                found.extend(places.filter_map(|at| u32::try_from(before + at).ok()));
            }
            before += index.values.len();
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The reports that hold what a few words say, with those of the words that they hold.
    pub(crate) fn near_words(&self, text: &str, most: usize) -> Vec<(Near, Reasons)> {
        let words = reasons::words(text, self.concepts());
        let near = self.similarity().near_words(&words.subjects, self.readings(), most);
        let own = Side::words(text, &words);
        near.into_iter().map(|near| (near, self.reasons_for(own, near.place))).collect()
    }

    /// What the reports at two places share.
    pub(crate) fn reasons(&self, place: usize, other: usize) -> Reasons {
        self.reasons_for(Side::report(self.reports[place], self.readings()[place]), other)
    }

    fn reasons_for(&self, own: Side<'_>, other: usize) -> Reasons {
        let other = Side::report(self.reports[other], self.readings()[other]);
        reasons(own, other, self.similarity(), self.concepts(), self.settings)
    }

    /// Whether the report at `place` is about something that happened: near misses and drills stay out of
    /// durations, load and recurrence.
    pub(crate) fn counts(&self, place: usize) -> bool {
        self.reports[place].incident.kind.value == Kind::Incident
    }

    /// Seconds between two phases of the report at `place`, where both are known and in order.
    pub(crate) fn seconds(&self, place: usize, from: Phase, to: Phase) -> Option<i64> {
        self.reports[place].incident.between(from, to).map(|duration| duration.as_secs())
    }
}

/// What a text is about.
#[derive(Clone, Debug)]
pub(crate) struct Words(About);

/// The order of reports in lists.
pub(crate) fn newest_first(report: &Report) -> impl Ord + use<> {
    std::cmp::Reverse(report.incident.date.as_ref().map(|date| date.value))
}
