//! What the prose rules look at: sentences, with what they stand in.
//!
//! A word like `failed` is guilty in one sentence and innocent in the next, so these rules need more
//! than text: which part of the report a sentence stands in, whether it is the last answer of a chain
//! of whys, who its subject is. A quotation, code, a link's text and a heading are not the author's own
//! words on what happened, and are out of sight.
//!
//! Most reports hold none of the words that any rule looks for. One search over the raw text finds that
//! out; only a report in which a word stands where its rule reads has its Markdown parsed, once for all
//! prose rules, and only the paragraphs around such words become sentences.

mod mask;
pub(in crate::lint) mod people;
mod phrases;
mod place;
mod saying;
#[cfg(test)]
pub(in crate::lint) mod testing;
#[cfg(test)]
mod tests;

pub(in crate::lint) use phrases::{Group, Hit, Phrases, is_hangul, words};
pub(in crate::lint) use place::Role;
pub(in crate::lint) use saying::{Place, Saying, mend};

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::markup::{Kind, NodeRef, Plain};
use crate::model::SectionKind;
use crate::parse::Report;
use crate::source::Span;
use place::{Answers, Sweep};

/// What a prose rule looks for, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookout {
    /// Words, in lower case, one of which stands in everything that the rule finds.
    pub(crate) words: fn() -> Vec<&'static str>,
    /// Whether the rule reads a part that is about this.
    pub(crate) reads: fn(&[SectionKind]) -> bool,
}

/// The sentences of one report that a prose rule might have something to say about.
#[derive(Debug)]
pub(crate) struct Prose<'r> {
    pub(crate) report: &'r Report,
    units: Vec<Unit<'r>>,
}

/// A paragraph, the text of a list item, or a table's cell.
#[derive(Debug)]
pub(in crate::lint) struct Unit<'r> {
    plain: Plain,
    /// The same text in lower case (of the same length), with everything that is not the author's own
    /// words blanked.
    text: String,
    sentences: Vec<Range<usize>>,
    /// The last sentence that says anything.
    last: usize,
    /// What the innermost part around it that has a meaning is about.
    pub(in crate::lint) kinds: &'r [SectionKind],
    pub(in crate::lint) role: Role,
    /// A link, a footnote or a picture stands in it.
    pub(in crate::lint) backed: bool,
    /// The same thought goes on below: another paragraph, or a list inside the item.
    goes_on: bool,
}

/// One sentence.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Sentence<'p> {
    pub(in crate::lint) unit: &'p Unit<'p>,
    index: usize,
}

/// Stands for a byte that is not the author's own words: neither a letter nor a space.
pub(in crate::lint) const BLANK: char = '\u{1}';

/// From so many bytes on, a search that is slow to set up and fast afterwards pays off.
const WORTH_A_TABLE: usize = 8 * 1024 * 1024;

/// Finds the sentences worth reading. Made once for a run.
#[derive(Debug)]
pub(crate) struct Searcher {
    search: AhoCorasick,
    /// Which lookout a pattern belongs to.
    owners: Vec<usize>,
    lookouts: Vec<&'static Lookout>,
}

impl Searcher {
    /// For some lookouts; `None` without any. `bytes` is how much text it will search.
    pub(crate) fn new(lookouts: Vec<&'static Lookout>, bytes: usize) -> Option<Self> {
        if lookouts.is_empty() {
            return None;
        }
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (owner, lookout) in lookouts.iter().enumerate() {
            for word in (lookout.words)() {
                for pattern in over_lines(&phrases::spellings(word)) {
                    owners.push(owner);
                    patterns.push(pattern);
                }
            }
        }
        // Searching by a table of all states is three times as fast and takes longer to set up.
        let kind = (bytes > WORTH_A_TABLE).then_some(AhoCorasickKind::DFA);
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .kind(kind)
            .build(patterns)
            .expect("a few hundred words make an automaton");
        Some(Self { search, owners, lookouts })
    }

    /// The sentences of a report around the words that its rules look for.
    pub(crate) fn read<'r>(&self, report: &'r Report) -> Prose<'r> {
        let hits = self.hits(report);
        let mut prose = Prose { report, units: Vec::new() };
        if hits.is_empty() {
            return prose;
        }
        let document = report.document();
        let mut reader = Reader {
            hits: &hits,
            sweep: Sweep::new(&report.incident),
            answers: Answers::new(&report.incident),
            units: &mut prose.units,
        };
        reader.blocks(document.root(), false);
        prose
    }

    /// Where words stand that a rule reads there, by place.
    fn hits(&self, report: &Report) -> Vec<u32> {
        let start = report.front_matter.span.end as usize;
        let body = report.text.get(start..).unwrap_or_default();
        let mut sweep = Sweep::new(&report.incident);
        let mut hits: Vec<(u32, usize)> = self
            .search
            .find_overlapping_iter(body)
            .map(|found| {
                let at = Span::at(start + found.start()).start;
                (at, self.owners[found.pattern().as_usize()])
            })
            .collect();
        hits.sort_unstable();
        hits.dedup();
        hits.retain(|&(at, owner)| (self.lookouts[owner].reads)(sweep.at(at)));
        hits.into_iter().map(|(at, _)| at).collect()
    }
}

/// A phrase as it may stand in hard-wrapped text. Korean is not wrapped by hand.
fn over_lines(spellings: &[String]) -> Vec<String> {
    let mut patterns = Vec::new();
    for spelling in spellings {
        patterns.push(spelling.clone());
        if !spelling.is_ascii() {
            continue;
        }
        for (space, _) in spelling.match_indices(' ') {
            for wrap in ["\n", "\n  ", "\n   "] {
                let mut wrapped = spelling.clone();
                wrapped.replace_range(space..=space, wrap);
                patterns.push(wrapped);
            }
        }
    }
    patterns
}

struct Reader<'a, 'r> {
    hits: &'a [u32],
    sweep: Sweep<'r>,
    answers: Answers<'r>,
    units: &'a mut Vec<Unit<'r>>,
}

impl Reader<'_, '_> {
    /// `goes_on` says that the thought of the last of these blocks goes on behind their parent.
    fn blocks(&mut self, parent: NodeRef<'_>, goes_on: bool) {
        let mut children = parent.children().peekable();
        while let Some(node) = children.next() {
            let span = node.span();
            let first = self.hits.partition_point(|&at| at < span.start);
            if self.hits.get(first).is_none_or(|&at| at >= span.end) {
                continue;
            }
            match node.kind() {
                Kind::CodeBlock(_)
                | Kind::Quote(_)
                | Kind::HtmlBlock
                | Kind::TableHead
                | Kind::Heading(_) => {}
                Kind::Paragraph | Kind::Plain | Kind::TableCell(_) => {
                    let next = children.peek().map(|next| next.kind());
                    let goes_on = match next {
                        None => goes_on,
                        Some(Kind::Heading(_) | Kind::TableCell(_) | Kind::Rule) => false,
                        Some(_) => true,
                    };
                    self.unit(node, goes_on);
                }
                // A paragraph below a list of reasons sums them up.
                Kind::List(_) | Kind::Table => {
                    let summed_up = children.peek().is_some_and(|next| next.is_paragraph());
                    self.blocks(node, goes_on || summed_up);
                }
                _ => self.blocks(node, goes_on),
            }
        }
    }

    fn unit(&mut self, node: NodeRef<'_>, goes_on: bool) {
        let plain = node.plain();
        let text = mask::own_words(node, &plain);
        let is_backing = |inner: NodeRef<'_>| {
            matches!(inner.kind(), Kind::Link(_) | Kind::FootnoteMark(_) | Kind::Image(_))
        };
        let at = node.span().start;
        let kinds = self.sweep.at(at);
        let sentences = mask::sentences(&text);
        // `… (OPS-12)` names the evidence of what was said before.
        let is_aside = |text: &str| text.starts_with('(') && text.find(')') == Some(text.len() - 1);
        let says = |range: &Range<usize>| {
            text.get(range.clone())
                .is_some_and(|text| text.contains(char::is_alphabetic) && !is_aside(text.trim()))
        };
        self.units.push(Unit {
            last: sentences.iter().rposition(says).unwrap_or(0),
            sentences,
            kinds,
            role: self.answers.role(at, kinds, plain.text.trim()),
            backed: node.descendants().any(is_backing) || text.contains("://"),
            plain,
            text,
            goes_on,
        });
    }
}

impl Prose<'_> {
    /// The sentences that a rule reads: in the parts it looks at, and no questions.
    pub(in crate::lint) fn sentences<'p>(
        &'p self,
        lookout: &Lookout,
    ) -> impl Iterator<Item = Sentence<'p>> {
        let reads = lookout.reads;
        self.units
            .iter()
            .filter(move |unit| reads(unit.kinds))
            .flat_map(|unit| (0..unit.sentences.len()).map(move |index| Sentence { unit, index }))
    }
}

impl<'p> Sentence<'p> {
    /// What it says, in lower case and without what others said.
    pub(in crate::lint) fn text(self) -> &'p str {
        self.unit.text.get(self.unit.sentences[self.index].clone()).unwrap_or_default()
    }

    /// The sentences around it in the same paragraph, and itself.
    pub(in crate::lint) fn around(self) -> impl Iterator<Item = &'p str> {
        let unit = self.unit;
        let last = (self.index + 1).min(unit.sentences.len() - 1);
        (self.index.saturating_sub(1)..=last).map(move |index| Sentence { unit, index }.text())
    }

    /// The sentence before it in the same paragraph.
    pub(in crate::lint) fn before(self) -> Option<&'p str> {
        let index = self.index.checked_sub(1)?;
        Some(Sentence { unit: self.unit, index }.text())
    }

    pub(in crate::lint) fn is_question(self) -> bool {
        self.text().trim_end().ends_with(['?', '？'])
    }

    /// Whether the thought ends here: nothing follows in its paragraph or below its item.
    pub(in crate::lint) fn is_last(self) -> bool {
        !self.unit.goes_on && self.index >= self.unit.last
    }

    /// The place in the source of a range of [`Sentence::text`], grown to whole words, and what is
    /// written there.
    pub(in crate::lint) fn place(self, range: Range<usize>) -> (Span, &'p str) {
        let text = self.text();
        let cut = |ch: char| !ch.is_alphanumeric();
        let before = text[..range.start]
            .rfind(cut)
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let starts_inside = text[range.clone()].starts_with(char::is_alphanumeric);
        let from = if starts_inside { before } else { range.start };
        let to = range.end + text[range.end..].find(cut).unwrap_or(text.len() - range.end);
        let start = self.unit.sentences[self.index].start;
        let range = start + from..start + to;
        let written = self.unit.plain.text.get(range.clone()).unwrap_or_default();
        (self.unit.plain.span(range), written)
    }
}
