//! Which incidents are alike.
//!
//! Two reports are compared by what they are about ([`reading`](super::reading)). Words are weighed by the
//! section they stand in and by how few reports hold them (TF-IDF with sublinear frequency; Salton and Buckley,
//! *Term-Weighting Approaches in Automatic Text Retrieval*, 1988), concepts likewise, and the two together are
//! compared by their cosine. Reports of one team share its words, and some reports have a little of everything:
//! what a report has in common with all others is taken off (Suzuki et al., *Centering Similarity Measures to
//! Reduce Hubs*, EMNLP 2013), which also makes one threshold fit every collection. Below it nothing is similar:
//! nobody reads a list that is always full. `benches/similarity.rs` compares this measure with others on labelled
//! reports.
//!
//! Facets that two reports share lift the score, the more they are and the rarer each is. One alone does not:
//! what happens to one service is more often unlike than alike.
//!
//! Only reports that share one of a report's strongest words are compared, and of those words only as many
//! occurrences as [`BUDGET`] allows, rarest first: the time per report has a bound, however many there are.

use bokgi_search::{Concepts, Subject};
use rayon::prelude::*;

use super::terms::Terms;
use crate::corpus::{FacetIndex, FacetKind};
use crate::model::About;

/// A report like another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Near {
    pub(crate) place: usize,
    /// From 0 to 1; below [`ALIKE`] there is none.
    pub(crate) score: f32,
}

/// Reports are not called similar below this.
const ALIKE: f32 = 0.16;
/// A text of a few words is not called similar to a report that holds less of what it says.
const COVERED: f32 = 0.4;
/// How much of the score comes from concepts.
const CONCEPTS: f32 = 0.3;
/// What two reports about different things have in common, where nothing else is known, …
const IN_COMMON: f32 = 0.06;
/// … and at the most: what is alike all over the collection is alike all the same, …
const MOST_IN_COMMON: f32 = 0.2;
/// … and how many reports have to say otherwise before they are believed.
const BELIEF: f32 = 10.0;
/// How much facets can lift a score.
const LIFT: f32 = 0.25;
/// Shared facets up to this much are no evidence …
const CHANCE: f32 = 0.6;
/// … and this much more is most of what there can be.
const EVIDENCE: f32 = 1.5;
/// A report of fewer words than this is hardly like anything: two short notes share a greater part of their words
/// than two reports.
const SUBSTANCE: f32 = 12.0;
/// The strongest words of a report, by which others are looked for.
const STRONGEST: usize = 48;
/// How many occurrences of those words are followed.
const BUDGET: usize = 4_096;
/// How many of the reports found that way are compared in full.
const COMPARED: usize = 24;
/// The dimensions that are kept of a report: what is left out would hardly count.
const KEPT: usize = 160;

/// A sparse vector of length 1 at most, in the order of its dimensions.
type Vector = Box<[(u32, f32)]>;

/// All reports of a collection, ready to be compared. Reports go by their places there.
#[derive(Debug)]
pub(super) struct Similarity {
    terms: Terms,
    vectors: Vec<Vector>,
    /// How much of a report there is to compare, up to 1.
    substance: Vec<f32>,
    /// The facets of each report: which values, and how much it tells to share one.
    facets: Vec<Vector>,
    postings: Postings,
    /// The mean of all vectors.
    centre: Vec<f32>,
    /// What each report has in common with the others on average.
    common: Vec<f32>,
    /// The average of those.
    mean: f32,
}

/// A sum for every report, all zero between two uses: room that is asked for once.
pub(super) struct Sums {
    sums: Vec<f32>,
    /// Where they are not zero.
    touched: Vec<u32>,
}

impl Sums {
    pub(super) fn new(reports: usize) -> Self {
        Self { sums: vec![0.0; reports], touched: Vec::new() }
    }

    fn add(&mut self, place: u32, weight: f32) {
        let sum = &mut self.sums[place as usize];
        if *sum == 0.0 {
            self.touched.push(place);
        }
        *sum += weight;
    }

    /// The places with the greatest sums; the sums are zero again.
    fn most(&mut self, most: usize) -> Vec<usize> {
        let mut sums: Vec<(f32, u32)> =
            self.touched.iter().map(|place| (self.sums[*place as usize], *place)).collect();
        for place in self.touched.drain(..) {
            self.sums[place as usize] = 0.0;
        }
        let greater = |left: &(f32, u32), right: &(f32, u32)| {
            right.0.total_cmp(&left.0).then(left.1.cmp(&right.1))
        };
        if sums.len() > most {
            sums.select_nth_unstable_by(most, greater);
            sums.truncate(most);
        }
        sums.sort_by(greater);
        sums.into_iter().map(|(_, place)| place as usize).collect()
    }
}

/// Which reports have a term among their strongest.
#[derive(Debug)]
struct Postings {
    /// Where each term's places begin; one more than there are terms.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Similarity {
    pub(super) fn new(readings: &[&About], facets: &[FacetIndex], concepts: &Concepts) -> Self {
        let terms = Terms::new(readings, concepts);
        let vectors: Vec<Vector> =
            readings.par_iter().map(|reading| vector(&reading.subjects, &terms)).collect();
        let postings = Postings::new(&vectors, terms.len());
        let mut centre = vec![0.0; terms.len()];
        let n = count(vectors.len());
        for (term, weight) in vectors.iter().flatten() {
            centre[*term as usize] += weight / n;
        }
        let mut similarity = Self {
            terms,
            vectors,
            substance: substances(readings),
            facets: evidence(facets, readings.len()),
            postings,
            centre,
            common: Vec::new(),
            mean: IN_COMMON,
        };
        // Of the mean of all, a report's own part says nothing about the others.
        let others = n - 1.0;
        let common = similarity.vectors.par_iter().map(|vector| {
            let own: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
            believed(similarity.along_centre(vector) * n - own, others)
        });
        let common: Vec<f32> = common.collect();
        if !common.is_empty() {
            similarity.mean = common.iter().sum::<f32>() / n;
        }
        similarity.common = common;
        similarity
    }

    /// The reports most like the one at `place`, best first.
    pub(super) fn near(&self, place: usize, most: usize, sums: &mut Sums) -> Vec<Near> {
        let facets = &self.facets[place];
        self.nearest(&self.vectors[place], facets, self.common[place], Some(place), most, sums)
    }

    /// The reports most like one that is not among them. `facets` are the values it has, by their places among
    /// all values.
    pub(super) fn near_reading(&self, reading: &About, facets: &[u32], most: usize) -> Vec<Near> {
        let vector = vector(&reading.subjects, &self.terms);
        let n = count(self.vectors.len());
        let common = believed(self.along_centre(&vector) * n, n);
        let facets: Vec<(u32, f32)> = facets.iter().map(|value| (*value, 0.0)).collect();
        let mut sums = Sums::new(self.vectors.len());
        self.nearest(&vector, &facets, common, None, most, &mut sums)
    }

    /// How alike two reports are, from 0 to 1.
    pub(super) fn score(&self, left: usize, right: usize) -> f32 {
        let words = self.centred(&self.vectors[left], self.common[left], right);
        (words + self.lift(&self.facets[left], right)).min(1.0)
    }

    /// What the facets that two reports share add to their score.
    fn lift(&self, own: &[(u32, f32)], place: usize) -> f32 {
        let shared = |(value, tells): &&(u32, f32)| {
            own.binary_search_by_key(value, |(value, _)| *value).is_ok() && *tells > 0.0
        };
        let told: f32 = self.facets[place].iter().filter(shared).map(|(_, tells)| tells).sum();
        LIFT * (1.0 - (-(told - CHANCE).max(0.0) / EVIDENCE).exp())
    }

    fn nearest(
        &self,
        own: &[(u32, f32)],
        facets: &[(u32, f32)],
        common: f32,
        skipped: Option<usize>,
        most: usize,
        sums: &mut Sums,
    ) -> Vec<Near> {
        let mut near: Vec<Near> = self
            .candidates(own, sums)
            .into_iter()
            .filter(|place| Some(*place) != skipped)
            .map(|place| {
                let score = self.centred(own, common, place) + self.lift(facets, place);
                Near { place, score: score.min(1.0) }
            })
            .filter(|near| near.score >= ALIKE)
            .collect();
        near.sort_by(best_first);
        near.truncate(most);
        near
    }

    /// The cosine of two vectors without what each has in common with all.
    fn centred(&self, own: &[(u32, f32)], common: f32, place: usize) -> f32 {
        let (other, mean) = (self.common[place], self.mean);
        let length = |common: f32| (1.0 - 2.0 * common + mean).max(0.1);
        let inner = dot(own, &self.vectors[place]) - common - other + mean;
        let cosine = (inner / (length(common) * length(other)).sqrt()).clamp(0.0, 1.0);
        cosine * self.substance[place]
    }

    fn along_centre(&self, vector: &[(u32, f32)]) -> f32 {
        vector.iter().map(|(term, weight)| weight * self.centre[*term as usize]).sum()
    }

    /// The reports that hold most of what a few words say, best first.
    pub(super) fn near_words(
        &self,
        words: &[Subject],
        readings: &[&About],
        most: usize,
    ) -> Vec<Near> {
        let near = |(place, reading): (usize, &&About)| {
            let part = |is_concept: bool| {
                let (mut held, mut all) = (0.0, 0.0);
                for word in words.iter().filter(|word| word.is_concept() == is_concept) {
                    let idf =
                        self.terms.find(word.key).map_or(self.terms.unknown(), |(_, idf)| idf);
                    all += idf * idf;
                    if let Ok(at) = reading.subjects.binary_search_by_key(&word.key, |s| s.key) {
                        // A word of the title counts whole, one of the timeline's in part.
                        held += idf * idf * (1.0 - (-reading.subjects[at].weight).exp());
                    }
                }
                (all > 0.0).then_some(held / all)
            };
            let score = match (part(false), part(true)) {
                (Some(words), Some(concepts)) => f32::midpoint(words, concepts),
                (words, concepts) => words.or(concepts).unwrap_or(0.0),
            };
            Near { place, score }
        };
        let all = readings.par_iter().enumerate().map(near);
        let mut near: Vec<Near> = all.filter(|near| near.score >= COVERED).collect();
        near.sort_by(best_first);
        near.truncate(most);
        near
    }

    /// The reports that share the most of the strongest words.
    fn candidates(&self, own: &[(u32, f32)], sums: &mut Sums) -> Vec<usize> {
        let mut strongest = strongest(own);
        // The rarest lead to the fewest.
        strongest.sort_by_key(|(term, _)| (self.postings.of(*term).len(), *term));
        let mut left = BUDGET;
        for (term, weight) in strongest {
            let places = self.postings.of(term);
            let Some(rest) = left.checked_sub(places.len()) else { break };
            left = rest;
            for place in places {
                sums.add(*place, weight);
            }
        }
        sums.most(COMPARED)
    }

    /// How much a word tells.
    pub(super) fn tells(&self, key: u32) -> f32 {
        self.terms.find(key).map_or(self.terms.unknown(), |(_, idf)| idf)
    }

    /// How alike two lists of words are by themselves, from 0 to 1, whatever other reports say.
    pub(super) fn alike(&self, left: &[Subject], right: &[Subject]) -> f32 {
        dot(&vector(left, &self.terms), &vector(right, &self.terms))
    }
}

fn best_first(left: &Near, right: &Near) -> std::cmp::Ordering {
    right.score.total_cmp(&left.score).then(left.place.cmp(&right.place))
}

fn substances(readings: &[&About]) -> Vec<f32> {
    readings.iter().map(|reading| substance(reading)).collect()
}

fn substance(reading: &About) -> f32 {
    let words = reading.subjects.iter().filter(|subject| !subject.is_concept()).count();
    (count(words) / SUBSTANCE).min(1.0)
}

/// An average of `n` values with the given sum, as far as so few can be believed.
fn believed(sum: f32, n: f32) -> f32 {
    ((sum + BELIEF * IN_COMMON) / (n + BELIEF)).min(MOST_IN_COMMON)
}

#[expect(clippy::cast_precision_loss, reason = "counts of reports are far below 2^23")]
fn count(reports: usize) -> f32 {
    reports as f32
}

impl Postings {
    fn new(vectors: &[Vector], terms: usize) -> Self {
        let strong: Vec<Vec<(u32, f32)>> = vectors.par_iter().map(|own| strongest(own)).collect();
        let mut starts = vec![0_u32; terms + 1];
        for (term, _) in strong.iter().flatten() {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut places = vec![0; strong.iter().map(Vec::len).sum()];
        let mut next = starts.clone();
        for (place, terms) in (0_u32..).zip(&strong) {
            for (term, _) in terms {
                let at = &mut next[*term as usize];
                places[*at as usize] = place;
                *at += 1;
            }
        }
        Self { starts, places }
    }

    fn of(&self, term: u32) -> &[u32] {
        let term = term as usize;
        &self.places[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// The values of facets that each report has, with how much it tells to share one: by its facet, and by how few
/// reports have it.
fn evidence(facets: &[FacetIndex], reports: usize) -> Vec<Vector> {
    let all = count(reports.max(2));
    let mut evidence = vec![Vec::new(); reports];
    let mut value_at = 0;
    for index in facets {
        for value in &index.values {
            let rarity = (all / count(value.reports.len())).ln() / all.ln();
            let tells = tells(index.kind, &value.key) * rarity;
            for &place in &value.reports {
                evidence[place].push((value_at, tells));
            }
            value_at += 1;
        }
    }
    evidence.into_iter().map(Vec::into_boxed_slice).collect()
}

/// How much it tells to share a value that only two reports have.
fn tells(facet: FacetKind, key: &str) -> f32 {
    match facet {
        FacetKind::Cause if key.contains('/') => 1.0,
        FacetKind::Trigger | FacetKind::Dependency => 0.7,
        FacetKind::Service | FacetKind::Tag => 0.5,
        FacetKind::Cause | FacetKind::Mitigation => 0.3,
        FacetKind::Detection | FacetKind::Team => 0.1,
        FacetKind::Severity | FacetKind::Kind | FacetKind::Year => 0.0,
    }
}

/// The heaviest dimensions of a vector.
fn strongest(vector: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut strongest = vector.to_vec();
    if strongest.len() > STRONGEST {
        strongest.select_nth_unstable_by(STRONGEST, heavier);
        strongest.truncate(STRONGEST);
    }
    strongest.sort_by(heavier);
    strongest
}

/// The order of dimensions by their weight.
fn heavier(left: &(u32, f32), right: &(u32, f32)) -> std::cmp::Ordering {
    right.1.total_cmp(&left.1).then(left.0.cmp(&right.0))
}

/// What a text is about as a vector: concepts and words, each part of the length that its share allows. Words
/// that no report of the collection has are left out, but count for the length.
fn vector(subjects: &[Subject], terms: &Terms) -> Vector {
    let part = |subjects: &[Subject], share: f32| -> Vec<(u32, f32)> {
        let mut vector = Vec::with_capacity(subjects.len());
        let mut square = 0.0;
        for subject in subjects {
            let (term, idf) = match terms.find(subject.key) {
                Some((term, idf)) => (Some(term), idf),
                None => (None, terms.unknown()),
            };
            let weight = (1.0 + subject.weight).ln() * idf;
            square += weight * weight;
            vector.extend(term.map(|term| (term, weight)));
        }
        let scale = (share / square.max(f32::MIN_POSITIVE)).sqrt();
        for (_, weight) in &mut vector {
            *weight *= scale;
        }
        vector
    };
    // Concepts have the lower keys.
    let (concepts, words) = subjects.split_at(subjects.partition_point(Subject::is_concept));
    let mut vector = part(concepts, CONCEPTS);
    vector.extend(part(words, 1.0 - CONCEPTS));
    if vector.len() > KEPT {
        vector.select_nth_unstable_by(KEPT, heavier);
        vector.truncate(KEPT);
        vector.sort_unstable_by_key(|(term, _)| *term);
    }
    vector.into()
}

/// The inner product of two vectors.
fn dot(left: &[(u32, f32)], right: &[(u32, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for (dimension, weight) in left {
        while right.get(at).is_some_and(|(other, _)| other < dimension) {
            at += 1;
        }
        if let Some((other, other_weight)) = right.get(at)
            && other == dimension
        {
            sum += weight * other_weight;
        }
    }
    sum
}
