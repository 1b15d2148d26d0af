//! Words with a meaning: what sections, facts, columns and phases are called.
//!
//! The lists are data (`data/*.toml`), extended by `bokgi.toml`. Names are compared by [`key`], under
//! which spacing, hyphens, case, width and Korean word division make no difference: `재발방지 대책`
//! and `재발 방지 대책` are one name. Deciding what a whole heading means is left to `parse`.

use std::collections::{BTreeMap, BTreeSet};

use super::data;
use crate::model::{
    ActionKind, ActionStatus, Audience, Field, Horizon, Kind, Phase, ReviewLevel, Role,
    SectionKind, Status, Verdict,
};

/// Names and what they stand for.
pub(crate) type Names<T> = BTreeMap<String, T>;

/// What a table's column or an action's field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Action,
    Horizon,
    Kind,
    Owner,
    Due,
    DoneOn,
    Status,
    Ticket,
    Priority,
    Time,
    Date,
    Weekday,
    Event,
    Phase,
    Actor,
    Link,
    Question,
    Answer,
    Evidence,
    Hypothesis,
    Test,
    Result,
}

impl Column {
    const ALL: [(&'static str, Column); 22] = [
        ("action", Column::Action),
        ("horizon", Column::Horizon),
        ("kind", Column::Kind),
        ("owner", Column::Owner),
        ("due", Column::Due),
        ("done-on", Column::DoneOn),
        ("status", Column::Status),
        ("ticket", Column::Ticket),
        ("priority", Column::Priority),
        ("time", Column::Time),
        ("date", Column::Date),
        ("weekday", Column::Weekday),
        ("event", Column::Event),
        ("phase", Column::Phase),
        ("actor", Column::Actor),
        ("link", Column::Link),
        ("question", Column::Question),
        ("answer", Column::Answer),
        ("evidence", Column::Evidence),
        ("hypothesis", Column::Hypothesis),
        ("test", Column::Test),
        ("result", Column::Result),
    ];
}

/// What a name in the metadata stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Field(Field),
    /// Known, and nothing is read from it: a duration, an author.
    Other,
}

/// Pieces that a section's name may carry around its core.
#[derive(Clone, Debug, Default)]
pub(crate) struct Affixes {
    pub(crate) prefixes: Vec<String>,
    pub(crate) suffixes: Vec<String>,
    pub(crate) joiners: Vec<String>,
    pub(crate) counters: Vec<String>,
}

/// All words with a meaning.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(crate) sections: Names<SectionKind>,
    /// Names of sections as they are written, by their key where it differs: `기여 요인`.
    spellings: Names<String>,
    pub(crate) affixes: Affixes,
    pub(crate) facts: Names<Fact>,
    pub(crate) phases: Names<Phase>,
    pub(crate) statuses: Names<Status>,
    pub(crate) kinds: Names<Kind>,
    pub(crate) audiences: Names<Audience>,
    pub(crate) review_levels: Names<ReviewLevel>,
    pub(crate) roles: Names<Role>,
    pub(crate) action_statuses: Names<ActionStatus>,
    pub(crate) action_kinds: Names<ActionKind>,
    pub(crate) horizons: Names<Horizon>,
    pub(crate) verdicts: Names<Verdict>,
    columns: Names<Vec<Column>>,
    handoffs: BTreeSet<String>,
    empties: BTreeSet<String>,
    nothings: BTreeSet<String>,
    outlooks: BTreeSet<String>,
    remarks: BTreeSet<String>,
}

impl Lexicon {
    /// The built-in words.
    pub(crate) fn built_in() -> Self {
        let mut sections = data::lists(data::SECTIONS);
        let affixes = sections.remove("affixes").map(affixes).unwrap_or_default();
        let words = data::lists(data::WORDS);
        let set = |name: &str| words.get(name).cloned().unwrap_or_default();
        Self {
            spellings: spellings(sections.values().flat_map(BTreeMap::values).flatten()),
            sections: section_names(&sections),
            affixes,
            facts: fact_names(&data::lists(data::METADATA)),
            phases: named(&set("phase"), Phase::from_id),
            statuses: named(&set("status"), Status::from_id),
            kinds: named(&set("kind"), Kind::from_id),
            audiences: named(&set("audience"), Audience::from_id),
            review_levels: named(&set("review-level"), ReviewLevel::from_id),
            roles: named(&set("role"), Role::from_id),
            action_statuses: named(&set("action-status"), action_status),
            action_kinds: named(&set("action-kind"), ActionKind::from_id),
            horizons: named(&set("horizon"), Horizon::from_id),
            verdicts: named(&set("verdict"), Verdict::from_id),
            columns: column_names(&set("column")),
            handoffs: keys(&set("handoff")),
            empties: keys(&set("empty")),
            nothings: keys(&set("nothing")),
            outlooks: keys(&set("outlook")),
            remarks: keys(&set("remark")),
        }
    }

    /// Adds names for a section.
    pub(crate) fn add_section_names(&mut self, kind: SectionKind, names: &[String]) {
        self.sections.extend(names.iter().map(|name| (key(name), kind)));
        self.spellings.extend(spellings(names));
    }

    /// What a column's header is about, among the columns a table of its kind can have.
    pub(crate) fn column(&self, header: &str, among: &[Column]) -> Option<Column> {
        let header = key(header);
        let find = |name: &str| {
            let columns = self.columns.get(name)?;
            among.iter().copied().find(|column| columns.contains(column))
        };
        // `Time (PDT)`, `Owner / team`: the name comes first.
        find(&header).or_else(|| {
            let core = header.split(['(', '[', '/', ',']).next()?.trim();
            find(core)
        })
    }

    pub(crate) fn is_handoff(&self, word: &str) -> bool {
        self.handoffs.contains(&key(word))
    }

    /// Whether a cell or a field says in other words that it is empty.
    pub(crate) fn is_empty(&self, cell: &str) -> bool {
        let cell = cell.trim();
        // No word for nothing is long.
        if cell.len() > 24 {
            return false;
        }
        cell.is_empty()
            || self.empties.contains(&*bokgi_search::fold(cell))
            || self.empties.contains(&key(cell))
    }

    /// Whether a section's text says that there is nothing to say (`없음`, "None, because …").
    pub(crate) fn says_nothing(&self, text: &str) -> bool {
        let first = text.trim().split([',', '.', '\n', '(', ':', '—', '–', ';']).next();
        // No word for nothing is long.
        first.is_some_and(|first| first.len() <= 48 && self.nothings.contains(&key(first)))
    }

    /// Whether a label in a timeline starts a remark.
    pub(crate) fn is_remark(&self, label: &str) -> bool {
        self.remarks.contains(&key(label))
    }

    /// Whether a heading's name announces an outlook rather than promises.
    pub(crate) fn is_outlook(&self, heading: &str) -> bool {
        self.outlooks.contains(&key(heading))
    }

    /// A section's name that `heading` is nearly, if it is close enough to be a slip: the same first
    /// letter, and one slip in seven letters.
    pub(crate) fn nearest_section(&self, heading: &str) -> Option<&str> {
        let heading = key(heading);
        let length = heading.chars().count();
        let hangul = heading.chars().any(is_hangul);
        let allowed = if hangul { length / 4 } else { length.div_ceil(7).min(3) };
        if length < 4 || allowed == 0 {
            return None;
        }
        let first = heading.chars().next();
        let near = |name: &&str| {
            name.chars().next() == first && name.chars().count().abs_diff(length) <= allowed
        };
        self.sections
            .keys()
            .map(String::as_str)
            .filter(near)
            .map(|name| (strsim::osa_distance(name, &heading), name))
            .filter(|(distance, _)| *distance <= allowed)
            .min()
            .map(|(_, name)| self.spellings.get(name).map_or(name, String::as_str))
    }
}

/// What names are compared by. Dashes count as spaces, and spaces between Korean, Chinese or Japanese
/// characters do not count; punctuation at the ends is left out.
pub(crate) fn key(text: &str) -> String {
    let folded = bokgi_search::fold(text);
    let trimmed = folded.trim_matches(|ch: char| {
        ch.is_whitespace()
            || matches!(ch, ':' | '?' | '!' | '.' | ',' | '*' | '_' | '-' | '~' | '"' | '`' | '#')
    });
    let mut key = String::with_capacity(trimmed.len());
    let mut gap = false;
    for ch in trimmed.chars() {
        let ch = match ch {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{2010}'..='\u{2015}' | '-' | '_' => ' ',
            _ => ch,
        };
        // Zero-width characters are pasted in from documents.
        if ch.is_whitespace() {
            gap = !key.is_empty();
        } else if !matches!(ch, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{fe0f}') {
            let between_cjk = is_cjk(ch) && key.chars().next_back().is_some_and(is_cjk);
            if gap && !between_cjk {
                key.push(' ');
            }
            gap = false;
            key.push(ch);
        }
    }
    key
}

pub(crate) fn is_hangul(ch: char) -> bool {
    matches!(ch, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}')
}

pub(crate) fn is_cjk(ch: char) -> bool {
    is_hangul(ch) || matches!(ch, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '々')
}

fn section_names(lists: &BTreeMap<String, data::Lists>) -> Names<SectionKind> {
    let mut names = Names::new();
    for (id, languages) in lists {
        let Some(kind) = SectionKind::from_id(id) else { continue };
        let label = kind.label();
        names.extend([(key(label.en), kind), (key(label.ko), kind)]);
        names.extend(languages.values().flatten().map(|name| (key(name), kind)));
    }
    names
}

fn fact_names(lists: &BTreeMap<String, data::Lists>) -> Names<Fact> {
    let mut names = Names::new();
    for (id, languages) in lists {
        let fact = Field::from_id(id).map_or(Fact::Other, Fact::Field);
        for name in languages.values().flatten() {
            // What has a field keeps it, whatever else bears the name.
            let slot = names.entry(key(name)).or_insert(fact);
            if *slot == Fact::Other {
                *slot = fact;
            }
        }
        if let Fact::Field(_) = fact {
            names.insert(key(id), fact);
        }
    }
    names
}

fn spellings<'n>(names: impl IntoIterator<Item = &'n String>) -> Names<String> {
    let mut spellings = Names::new();
    for name in names {
        // The one that is listed first is the usual one.
        spellings.entry(key(name)).or_insert_with(|| name.clone());
    }
    spellings.retain(|key, name| key != name);
    spellings
}

fn named<T: Copy>(lists: &data::Lists, from_id: impl Fn(&str) -> Option<T>) -> Names<T> {
    let mut names = Names::new();
    for (id, words) in lists {
        let Some(value) = from_id(id) else { continue };
        names.insert(key(id), value);
        names.extend(words.iter().map(|word| (symbol_key(word), value)));
    }
    names
}

/// Marks such as ✅ have no letters and are their own key.
fn symbol_key(word: &str) -> String {
    let key = key(word);
    if key.is_empty() { word.to_owned() } else { key }
}

/// A blocked action is one that is not done.
fn action_status(id: &str) -> Option<ActionStatus> {
    if id == "blocked" { Some(ActionStatus::Open) } else { ActionStatus::from_id(id) }
}

fn column_names(lists: &data::Lists) -> Names<Vec<Column>> {
    let mut names: Names<Vec<Column>> = Names::new();
    for (id, column) in Column::ALL {
        let words = lists.get(id).into_iter().flatten();
        for word in words.map(String::as_str).chain([id]) {
            names.entry(key(word)).or_default().push(column);
        }
    }
    names
}

fn keys(lists: &data::Lists) -> BTreeSet<String> {
    lists.values().flatten().map(|word| symbol_key(word)).collect()
}

fn affixes(mut lists: data::Lists) -> Affixes {
    let mut take = |name: &str| {
        let mut words = lists.remove(name).unwrap_or_default();
        // The longest first: "summary of" before "summary".
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Affixes {
        prefixes: take("prefixes").iter().map(|word| key(word)).collect(),
        suffixes: take("suffixes").iter().map(|word| key(word)).collect(),
        joiners: take("joiners"),
        counters: take("counters").iter().map(|word| key(word)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Lexicon, data, key};
    use crate::model::{ActionStatus, Field, SectionKind};
    use std::collections::BTreeMap;

    #[test]
    fn keys_see_through_spacing_and_marks() {
        for (left, right) in [
            ("재발방지 대책", "재발 방지 대책"),
            ("Short-Term", "short term:"),
            ("What didn’t go well?", "what didn't go well"),
            ("**Root  Cause**", "root cause"),
            ("Redis 장애\u{200b}", "redis 장애"),
        ] {
            assert_eq!(key(left), key(right));
        }
        assert_eq!(key("Redis 장애 분석"), "redis 장애분석");
    }

    #[test]
    fn every_list_names_something_known() {
        let known = |id: &str| SectionKind::from_id(id).is_some() || id == "affixes";
        let sections = data::lists(data::SECTIONS);
        assert!(sections.keys().all(|id| known(id)), "{:?}", sections.keys());
        for id in SectionKind::ALL {
            assert!(sections.contains_key(id.id()), "no names for {}", id.id());
        }
        let metadata = data::lists(data::METADATA);
        assert!(metadata.keys().all(|id| id == "_other" || Field::from_id(id).is_some()));
    }

    #[test]
    fn a_section_name_belongs_to_one_section() {
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for (id, languages) in data::lists(data::SECTIONS) {
            for name in languages.values().flatten().filter(|_| id != "affixes") {
                let owner = owners.entry(key(name)).or_insert_with(|| id.clone());
                assert_eq!(*owner, id, "`{name}`");
            }
        }
        assert!(owners.len() > 500);
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let lexicon = Lexicon::built_in();
        for (heading, near) in [
            ("Timline", Some("timeline")),
            ("Sumary", Some("summary")),
            ("Lessons Leanred", Some("lessons learned")),
            ("재발 방지 대첵", Some("재발 방지 대책")),
            ("BinderHub", None),
            ("Testing", None),
            ("General", None),
            ("Process", None),
            ("Misc", None),
        ] {
            assert_eq!(lexicon.nearest_section(heading), near, "{heading}");
        }
    }

    #[test]
    fn columns_depend_on_their_table() {
        let lexicon = Lexicon::built_in();
        assert_eq!(lexicon.column("내용", &[Column::Time, Column::Event]), Some(Column::Event));
        assert_eq!(lexicon.column("내용", &[Column::Action, Column::Owner]), Some(Column::Action));
        assert_eq!(lexicon.column("Time (PDT)", &[Column::Time]), Some(Column::Time));
        assert_eq!(lexicon.action_statuses.get("✅"), Some(&ActionStatus::Done));
        assert!(lexicon.is_empty("—") && lexicon.is_empty(" TBD ") && !lexicon.is_empty("kim"));
        assert!(
            lexicon.says_nothing("없음 (내부 시스템)") && lexicon.says_nothing("None, because x")
        );
    }
}
