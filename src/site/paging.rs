//! A long page goes on at `…/page/2/`.

use std::ops::Range;

use serde::Serialize;

/// Rows of a page before it goes on.
pub(super) const PER_PAGE: usize = 100;

/// One page of several, and the way to its neighbours; addresses are relative to the site's root.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Paging {
    pub(super) number: usize,
    pages: usize,
    before: Option<String>,
    after: Option<String>,
}

impl Paging {
    /// The pages that `rows` rows take; one, if there are none.
    pub(super) fn all(folder: &str, rows: usize) -> Vec<Self> {
        let pages = rows.div_ceil(PER_PAGE).max(1);
        let page = |number: usize| Self {
            number,
            pages,
            before: (number > 1).then(|| address(folder, number - 1)),
            after: (number < pages).then(|| address(folder, number + 1)),
        };
        (1..=pages).map(page).collect()
    }

    /// The file of this page.
    pub(super) fn path(&self, folder: &str) -> String {
        address(folder, self.number) + "index.html"
    }

    /// Its rows among `rows`.
    pub(super) fn rows(&self, rows: usize) -> Range<usize> {
        let start = ((self.number - 1) * PER_PAGE).min(rows);
        start..(start + PER_PAGE).min(rows)
    }
}

/// The folder of the page `number`, from 1.
pub(super) fn address(folder: &str, number: usize) -> String {
    match number {
        1 => folder.to_owned(),
        _ => format!("{folder}page/{number}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn every_row_is_on_one_page() {
        for rows in [0, 1, 100, 101, 250] {
            let pages = Paging::all("x/", rows);
            let all: Vec<usize> = pages.iter().flat_map(|page| page.rows(rows)).collect();
            assert_eq!(all, (0..rows).collect::<Vec<_>>());
        }
        let pages = Paging::all("x/", 250);
        assert_eq!(pages[1].path("x/"), "x/page/2/index.html");
        assert_eq!(pages[1].before.as_deref(), Some("x/"));
        assert_eq!(pages[2].after, None);
    }
}
