//! Patterns: a row of units to look for, in the index as in a text.

use super::{Shape, Typing};
use crate::text::inflection::{self, Form};
use crate::text::units::{Kind, Script, Units};
use crate::text::{hangul, stem};

/// What a word is worth when a particle or an ending of it was left out.
const STRIPPED: f32 = 0.6;
/// What its humps or numbers are worth where the word was one: `out of memory` for `OutOfMemory`.
const PARTED: f32 = 0.9;
/// Units of a pattern that are looked at; nobody types a longer phrase.
const UNITS_MAX: usize = 64;
/// Particles are taken from words of at least this and one more syllable.
const KEPT: usize = 2;

/// Neighbouring units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pattern {
    pub(crate) units: Vec<UnitPattern>,
    /// How many units at its end are an ending: whatever begins like the ending counts as it, since endings
    /// are in most reports, and to look one up would be to fetch half of them.
    pub(crate) ending: usize,
}

/// What stands at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitPattern {
    /// A word.
    Word {
        text: String,
        /// Its stem, if words with the same stem count too.
        stem: Option<String>,
        /// Whether it is the beginning of a word.
        prefix: bool,
    },
    /// A syllable from `first` to `last`: one, or the ones that an open syllable may become.
    Syllable {
        first: char,
        last: char,
        /// Whether only spaces in the query begin a row here; `None` inside a row.
        starts: bool,
    },
}

/// How loosely a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A word of a query: stems and shapes without particles count.
    Loose,
    /// In quotation marks or after a minus: as it stands.
    Strict,
}

impl Pattern {
    /// Whether two syllables may have something between them in the text: not if they are all there is,
    /// since 장애 is not in `시장 애플`.
    pub(crate) fn spans(&self, right: usize) -> bool {
        match self.units.get(right) {
            Some(UnitPattern::Syllable { starts, .. }) => *starts || self.units.len() > 2,
            _ => true,
        }
    }

    /// Where `left` meets `right`, if they are rows of syllables: the two syllables with something between them are
    /// one term of the index. (Words of letters would cost their positions, and a round to fetch them.)
    pub(crate) fn meeting(left: &Self, right: &Self) -> Option<Self> {
        match (left.units.last()?, right.units.first()?) {
            (
                last @ UnitPattern::Syllable { first: l, .. },
                first @ UnitPattern::Syllable { first: r, .. },
            ) if Script::pairs(*l, *r) => {
                Some(Self { units: vec![last.clone(), first.clone()], ending: 0 })
            }
            _ => None,
        }
    }

    /// The row of units that `text` is; nothing if it has none.
    fn read(text: &str, reading: Reading, open: bool) -> Self {
        let mut units = Units::new(text);
        let mut pattern = Self::default();
        while pattern.units.len() < UNITS_MAX
            && let Some(unit) = units.next()
        {
            pattern.units.push(match unit.kind {
                Kind::Word => UnitPattern::Word {
                    text: units.word().to_owned(),
                    stem: (reading == Reading::Loose).then(|| {
                        stem::stem(units.word()).unwrap_or_else(|| units.word().to_owned())
                    }),
                    prefix: false,
                },
                Kind::Syllable(ch) => {
                    UnitPattern::Syllable { first: ch, last: ch, starts: unit.starts }
                }
            });
        }
        if open {
            pattern.open();
        }
        pattern
    }

    /// Makes the last unit the beginning of one.
    fn open(&mut self) {
        // A consonant behind a syllable is the next syllable being typed.
        if let [.., UnitPattern::Syllable { .. }, UnitPattern::Word { text, .. }] = &*self.units
            && text.chars().all(hangul::is_jamo)
        {
            self.units.pop();
            return;
        }
        match self.units.last_mut() {
            Some(UnitPattern::Word { prefix, .. }) => *prefix = true,
            Some(UnitPattern::Syllable { first, last, .. }) => {
                *last = hangul::last_with_final(*first);
            }
            None => {}
        }
    }

    /// Without particles and endings at its end, if it has any.
    fn stems(&self) -> Vec<Self> {
        let row: Vec<char> = self
            .units
            .iter()
            .rev()
            .map_while(|unit| match unit {
                UnitPattern::Syllable { first, .. } => {
                    (Script::of(*first) == Some(Script::Hangul)).then_some(*first)
                }
                UnitPattern::Word { .. } => None,
            })
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        // What follows a word of letters is nothing but a particle: API를.
        let before = self.units.len() - row.len();
        let keep = if before > 0 { 0 } else { KEPT };
        let stem = |form: Form| {
            let mut units = self.units[..before + form.len].to_vec();
            if let (Some(range), Some(UnitPattern::Syllable { first, last, .. })) =
                (form.last, units.last_mut())
            {
                (*first, *last) = range.into_inner();
            } else if let Some(UnitPattern::Syllable { first, last, .. }) = units.last_mut() {
                *last = *first;
            }
            Self { units, ending: 0 }
        };
        inflection::forms(&row, keep).into_iter().map(stem).collect()
    }
}

/// The shapes in which `text` is looked for, the first as it was typed; none if it has no units.
pub(crate) fn shapes(text: &str, reading: Reading, star: bool, typing: Typing) -> Vec<Shape> {
    let open = typing == Typing::Ongoing && !star;
    let mut pattern = Pattern::read(text, reading, open);
    if star && let Some(UnitPattern::Word { prefix, .. }) = pattern.units.last_mut() {
        *prefix = true;
    }
    if pattern.units.is_empty() {
        return Vec::new();
    }
    let mut shapes = Vec::new();
    if reading == Reading::Loose {
        let stems = pattern.stems();
        let stem = stems.iter().map(|stem| stem.units.len()).max();
        pattern.ending = stem.map_or(0, |len| pattern.units.len().saturating_sub(len));
        for stem in stems {
            shapes.push(Shape { pattern: stem, weight: STRIPPED });
        }
        if let Some(parted) = parted(text) {
            shapes.push(Shape { pattern: parted, weight: PARTED });
        }
    }
    shapes.insert(0, Shape { pattern, weight: 1.0 });
    shapes
}

/// A single word in camel case as a row of words.
fn parted(text: &str) -> Option<Pattern> {
    let mut units = Units::new(text);
    units.next()?;
    let parts: Vec<String> = units.parts().map(str::to_owned).collect();
    if parts.len() < 2 || units.next().is_some() {
        return None;
    }
    let units = parts
        .into_iter()
        .map(|text| UnitPattern::Word { text, stem: None, prefix: false })
        .collect();
    Some(Pattern { units, ending: 0 })
}
