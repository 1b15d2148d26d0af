//! A figure as a table: rows with a head, cells with words, links or bars.

use serde::Serialize;

use crate::l10n::Text;
use crate::site::report::share;
use crate::site::view::{Link, Site};

#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    id: &'static str,
    heading: String,
    pub(super) notes: Vec<String>,
    columns: Vec<String>,
    rows: Vec<Row>,
    /// How many rows there are that are not shown.
    more: Option<String>,
    /// Narrow columns of numbers.
    pub(super) dense: bool,
}

impl Figure {
    /// `None` without a row.
    pub(super) fn new(
        id: &'static str,
        heading: Text,
        columns: &[Text],
        rows: Vec<Row>,
        site: &Site,
    ) -> Option<Self> {
        let columns = columns.iter().map(|column| column.get(site.speaks).to_owned()).collect();
        (!rows.is_empty()).then(|| Self {
            id,
            heading: heading.get(site.speaks).to_owned(),
            notes: Vec::new(),
            columns,
            rows,
            more: None,
            dense: false,
        })
    }

    /// Says how many rows there would be in all.
    pub(super) fn of(mut self, all: usize, site: &Site) -> Self {
        const MORE: Text = Text::new("{count} more are not shown.", "{count}개는 생략했습니다.");
        let hidden = all.saturating_sub(self.rows.len());
        self.more = (hidden > 0).then(|| MORE.with("count", hidden).render(site.speaks));
        self
    }

    /// A figure whose columns are names of the reports.
    pub(super) fn titled(
        id: &'static str,
        heading: Text,
        columns: Vec<String>,
        rows: Vec<Row>,
        notes: Vec<String>,
        site: &Site,
    ) -> Self {
        let heading = heading.get(site.speaks).to_owned();
        Self { id, heading, notes, columns, rows, more: None, dense: false }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub(super) head: Cell,
    pub(super) cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Cell {
    text: String,
    links: Vec<TitledLink>,
    /// The length of a bar.
    width: Option<String>,
    /// Said in a quiet voice.
    quiet: bool,
}

/// A link to a report, in the language of its title.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TitledLink {
    pub(super) link: Link,
    pub(super) lang: Option<&'static str>,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(super) fn quiet(text: impl Into<String>) -> Self {
        Self { quiet: true, ..Self::text(text) }
    }

    /// A count; none is a dot, which is easier to look past than a zero.
    pub(super) fn count(count: usize) -> Self {
        if count == 0 { Self::quiet("·") } else { Self::text(count.to_string()) }
    }

    pub(super) fn bar(text: String, count: usize, of: usize) -> Self {
        Self { width: Some(share(count, of)), ..Self::text(text) }
    }

    pub(super) fn link(link: Link) -> Self {
        Self { links: vec![TitledLink { link, lang: None }], ..Self::default() }
    }

    pub(super) fn links(links: Vec<TitledLink>, text: String) -> Self {
        Self { text, links, ..Self::default() }
    }
}
