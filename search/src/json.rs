//! Answers for programs: the one shape that the command, the server and the browser give.
//!
//! Fields are only ever added.

use std::ops::Range;

use serde::Serialize;

use crate::engine::{Answer, Counts, Details, Hit, Opened};
use crate::query::Note;
use crate::snippet::{Highlighter, Snippet};

/// An answer, ready to be written as JSON.
#[derive(Debug, Serialize)]
pub struct Results<'a> {
    /// The version of this shape: 1.
    version: u32,
    query: &'a str,
    /// The query that was answered instead, since the one that was asked finds nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
    /// How many reports there are in all.
    total: usize,
    notes: Vec<Said<'a>>,
    hits: Vec<Report<'a>>,
    /// How many of all results have which value; `null` before the details are there.
    facets: Option<Vec<Facet<'a>>>,
}

#[derive(Debug, Serialize)]
struct Said<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    id: Option<&'a str>,
    /// Below the content root.
    path: &'a str,
    url: &'a str,
    title: &'a str,
    title_marks: Vec<(usize, usize)>,
    lang: &'a str,
    date: Option<String>,
    severity: Option<&'a str>,
    status: &'a str,
    services: &'a [String],
    passages: Vec<Passage<'a>>,
    /// How many other passages have words of the query.
    more: usize,
    score: f32,
}

#[derive(Debug, Serialize)]
struct Passage<'a> {
    heading: &'a str,
    anchor: &'a str,
    kind: Option<&'a str>,
    line: usize,
    snippet: Option<Marked<'a>>,
}

#[derive(Debug, Serialize)]
struct Marked<'a> {
    text: &'a str,
    /// From and to, in Unicode scalar values.
    marks: Vec<(usize, usize)>,
    cut_start: bool,
    cut_end: bool,
}

#[derive(Debug, Serialize)]
struct Facet<'a> {
    facet: &'static str,
    values: Vec<Value<'a>>,
}

#[derive(Debug, Serialize)]
struct Value<'a> {
    value: &'a str,
    label: Option<Label<'a>>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Label<'a> {
    en: &'a str,
    ko: &'a str,
}

impl<'a> Results<'a> {
    /// The answer to `query`; without details there are no snippets and no counts.
    pub fn new(query: &'a str, answer: &'a Answer, details: Option<&'a Details>) -> Self {
        let highlighter = Highlighter::new(&answer.query);
        let hits = answer.hits.iter().enumerate().map(|(at, hit)| {
            let snippets = details.and_then(|details| details.snippets.get(at));
            Report::new(hit, snippets.map(Vec::as_slice), &highlighter)
        });
        Self {
            version: 1,
            query,
            corrected: answer.corrected.as_deref(),
            total: answer.total,
            notes: answer.notes.iter().map(Said::new).collect(),
            hits: hits.collect(),
            facets: details.map(|details| details.counts.iter().map(Facet::new).collect()),
        }
    }
}

impl<'a> Said<'a> {
    fn new(note: &'a Note) -> Self {
        let (kind, text) = match note {
            Note::OpenQuote => ("open-quote", None),
            Note::LooseOr => ("loose-or", None),
            Note::NoValue(field) => ("no-value", Some(field)),
            Note::NoDate(text) => ("no-date", Some(text)),
            Note::NoWord(text) => ("no-word", Some(text)),
            Note::TooManyWords(_) => ("too-many-words", None),
            Note::SomeWords => ("some-words", None),
        };
        Self { kind, text: text.map(String::as_str) }
    }
}

impl<'a> Report<'a> {
    fn new(hit: &'a Hit, snippets: Option<&'a [Snippet]>, highlighter: &Highlighter) -> Self {
        let passages = hit.passages.iter().enumerate().map(|(at, passage)| {
            let snippet = snippets.and_then(|snippets| snippets.get(at));
            Passage::new(passage, snippet)
        });
        Self {
            id: hit.id.as_deref(),
            path: &hit.key,
            url: &hit.url,
            title: &hit.title,
            title_marks: scalars(&hit.title, &highlighter.marks(&hit.title)),
            lang: &hit.lang,
            date: hit.date.map(|date| {
                format!("{:04}-{:02}-{:02}", date / 10_000, date / 100 % 100, date % 100)
            }),
            severity: hit.severity.as_deref(),
            status: &hit.status,
            services: &hit.services,
            passages: passages.collect(),
            more: hit.more,
            score: hit.score,
        }
    }
}

impl<'a> Passage<'a> {
    fn new(passage: &'a Opened, snippet: Option<&'a Snippet>) -> Self {
        let marked = |snippet: &'a Snippet| Marked {
            text: &snippet.text,
            marks: scalars(&snippet.text, &snippet.marks),
            cut_start: snippet.cut_start,
            cut_end: snippet.cut_end,
        };
        Self {
            heading: &passage.heading,
            anchor: &passage.anchor,
            kind: passage.kind.as_deref(),
            line: passage.line,
            snippet: snippet.map(marked),
        }
    }
}

impl<'a> Facet<'a> {
    fn new(counts: &'a Counts) -> Self {
        let values = counts.values.iter().map(|value| Value {
            value: &value.value,
            label: value.labels.as_ref().map(|[en, ko]| Label { en, ko }),
            count: value.count,
        });
        Self { facet: counts.facet.map_or("year", |facet| facet.id()), values: values.collect() }
    }
}

/// Byte ranges as counts of Unicode scalar values: what other languages count in is their own affair.
fn scalars(text: &str, marks: &[Range<usize>]) -> Vec<(usize, usize)> {
    let count = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    marks.iter().map(|mark| (count(mark.start), count(mark.end))).collect()
}
