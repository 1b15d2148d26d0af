//! All reports of a knowledge base, read together.
//!
//! Some things no report knows alone: whether its id is taken, whether the folder counts severities
//! from `P0`, which profile applies. Loading reads every file once, in parallel, through a function it
//! is handed; it knows no disk. The order of reports is the order of their paths, whatever the number
//! of threads.

mod address;
mod facets;
mod select;

pub(crate) use address::{path_of, percent_decode, report_url};
// Pages and files have addresses made in one way; the layer below makes them for findings too.
pub(crate) use crate::source::url_path;
pub(crate) use facets::{Counted, FacetIndex, FacetKind, Value, facets, values};
pub(crate) use select::{LeftOut, WhyLeftOut, is_visible, select};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::{PScale, Settings};
use crate::l10n::Message;
use crate::model::{Id, Origin, Sourced};
use crate::parse::{self, Edition, Report};
use crate::source::SourceFile;

/// Every report of a folder.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    /// In the order of their paths.
    pub(crate) reports: Vec<Report>,
    /// Files that should be reports and could not be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// Files that are no reports.
    pub(crate) left_out: Vec<LeftOut>,
    /// Every file below the content root by its path there, sorted: reports and what lies beside them.
    pub(crate) files: Vec<String>,
}

/// A file, or a link, that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// The path as it is shown.
    pub(crate) path: String,
    /// Why, as a phrase.
    pub(crate) reason: Message,
    /// What to do about it.
    pub(crate) help: Message,
}

/// How a file is found below the content root, and what messages call it.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    /// Below the content root, with forward slashes.
    pub(crate) path: String,
    /// As it is shown.
    pub(crate) shown: String,
}

impl Corpus {
    /// The files that are or should be reports, as messages show them.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let reports = self.reports.iter().map(|report| report.source.path());
        reports.chain(self.unreadable.iter().map(|unreadable| unreadable.path.as_str()))
    }

    /// Reads all files. `read` is called once for each, from several threads.
    pub(crate) fn load(
        locations: &[Location],
        read: impl Fn(&Location) -> Result<SourceFile, Box<Unreadable>> + Sync,
        settings: &Settings,
        edition: Edition,
    ) -> Self {
        let read_one = |location: &Location| {
            read(location).map(|source| parse::report(source, &location.path, settings, edition))
        };
        let results: Vec<Result<Report, Box<Unreadable>>> =
            locations.par_iter().map(read_one).collect();
        let mut corpus = Self::default();
        for (result, location) in results.into_iter().zip(locations) {
            match result {
                Ok(report) if report.is_template => corpus
                    .left_out
                    .push(LeftOut { path: location.shown.clone(), why: WhyLeftOut::Template }),
                Ok(report) => corpus.reports.push(report),
                Err(unreadable) => corpus.unreadable.push(*unreadable),
            }
        }
        corpus.files = locations.iter().map(|location| location.path.clone()).collect();
        corpus.resolve(locations, settings);
        corpus
    }

    /// Settles what depends on the folder as a whole.
    fn resolve(&mut self, locations: &[Location], settings: &Settings) {
        let labels = self.reports.iter().filter_map(|report| report.incident.severity.as_ref());
        let from_p0 = labels.into_iter().any(|label| settings.severity.is_p0(&label.value.written));
        let scale = if from_p0 { PScale::P0 } else { PScale::P1 };
        let paths: BTreeMap<&str, &str> = locations
            .iter()
            .map(|location| (location.shown.as_str(), location.path.as_str()))
            .collect();
        for report in &mut self.reports {
            let path = paths.get(report.source.path()).copied().unwrap_or_default();
            let own_profile = report.own_profile;
            let incident = &mut report.incident;
            if let Some(severity) = &mut incident.severity {
                severity.value.rank = settings.severity.rank(&severity.value.written, scale);
            }
            if !own_profile {
                let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
                let level = rank.and_then(|rank| settings.severity.level(rank));
                let name = settings.profiles.choose(path, level, incident.kind.value);
                let origin = if name == settings.profiles.default {
                    Origin::Default
                } else {
                    Origin::Config
                };
                incident.profile = Sourced::implied(name.to_owned(), origin);
            }
        }
    }

    /// Reports by the key of their id; several where an id is taken twice.
    pub(crate) fn by_id(&self) -> BTreeMap<String, Vec<&Report>> {
        let mut by_id: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
        for report in &self.reports {
            by_id.entry(report.incident.id.value.key()).or_default().push(report);
        }
        by_id
    }

    /// The same by the paths of reports.
    pub(crate) fn addresses_by_path(&self) -> BTreeMap<&str, String> {
        self.reports.iter().map(|report| &*report.path).zip(self.addresses()).collect()
    }

    /// The name each report is published under: its id, with `-2` and so on for later reports whose
    /// id is taken.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let own: std::collections::BTreeSet<String> =
            self.reports.iter().map(|report| report.incident.id.value.key()).collect();
        let mut addresses = Vec::with_capacity(self.reports.len());
        for report in &self.reports {
            let id = &report.incident.id.value;
            let count = taken.entry(id.key()).or_insert(0);
            *count += 1;
            let mut address = id.to_string();
            while *count > 1 {
                address = format!("{id}-{count}");
                // Nobody else may be called that.
                let free = Id::new(&address).is_some_and(|id| !own.contains(&id.key()));
                if free {
                    break;
                }
                *count += 1;
            }
            addresses.push(address);
        }
        addresses
    }
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Location};
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::parse::Edition;
    use crate::source::SourceFile;

    fn load(files: &[(&str, &str)]) -> Corpus {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
        let locations: Vec<Location> = files
            .iter()
            .map(|(path, _)| Location { path: (*path).to_owned(), shown: (*path).to_owned() })
            .collect();
        let read = |location: &Location| {
            let text =
                files.iter().find(|(path, _)| *path == location.path).map_or("", |(_, text)| text);
            Ok(SourceFile::new(&location.shown, text))
        };
        Corpus::load(&locations, read, &settings, Edition::Internal)
    }

    #[test]
    fn the_folder_decides_what_p1_means() {
        let rank = |corpus: &Corpus| {
            let severity = corpus.reports[0].incident.severity.as_ref();
            severity.and_then(|severity| severity.value.rank)
        };
        let one = "# A\n\n**Severity:** P1\n";
        assert_eq!(rank(&load(&[("a.md", one)])), Some(1));
        assert_eq!(rank(&load(&[("a.md", one), ("b.md", "# B\n\n**Severity:** P0\n")])), Some(2));
    }

    #[test]
    fn addresses_are_unique() {
        let id = |id: &str| format!("---\nid: {id}\n---\n# T\n");
        let (a, b, c, d) = (id("x"), id("X"), id("x-2"), id("x"));
        let corpus = load(&[("1.md", &a), ("2.md", &b), ("3.md", &c), ("4.md", &d)]);
        assert_eq!(corpus.addresses(), ["x", "X-3", "x-2", "x-4"]);
    }
}
