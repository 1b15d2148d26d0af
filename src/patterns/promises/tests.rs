//! How actions are counted, and whose they are.

use super::{Promises, Standing, Tally};
use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, FacetKind, Location};
use crate::parse::Edition;
use crate::patterns::Collection;
use crate::source::SourceFile;

fn settings(config: &str) -> Settings {
    let file = SourceFile::new("bokgi.toml", config);
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    resolve(Some(&file), &[], &Overrides::default(), surroundings).settings
}

fn corpus(reports: &[(&str, &str)], settings: &Settings) -> Corpus {
    let location =
        |(path, _): &(&str, &str)| Location { path: (*path).into(), shown: (*path).into() };
    let locations: Vec<Location> = reports.iter().map(location).collect();
    let read = |location: &Location| {
        let text = reports.iter().find(|(path, _)| *path == location.path).map(|(_, text)| *text);
        Ok(SourceFile::new(&location.path, text.unwrap_or_default()))
    };
    Corpus::load(&locations, read, settings, Edition::Internal)
}

fn report(front: &str, actions: &str) -> String {
    format!("---\n{front}\n---\n\n# T\n\n## Actions\n\n{actions}\n")
}

fn check(reports: &[(&str, &str)], config: &str, see: impl Fn(&Collection<'_>, &Promises<'_>)) {
    let settings = settings(config);
    let corpus = corpus(reports, &settings);
    let collection = Collection::new(corpus.reports.iter().collect(), &settings);
    see(&collection, &Promises::of(&collection));
}

#[test]
fn what_nobody_recorded_is_neither_open_nor_overdue() {
    let text = report(
        "date: 2026-03-01\nservices: [pay]",
        "- [ ] one (due: 2026-05-01)\n- [ ] two (due: 2026-07-01)\n- [ ] three\n\
         - [x] four (due: 2026-03-20, done: 2026-03-11)\n- five (due: 2026-05-01, status: won't do)",
    );
    let other = report("date: 2026-04-01\nservices: [pay, cart]", "- six (due: 2026-05-01)");
    check(&[("a.md", &text), ("b.md", &other)], "", |collection, promises| {
        let all = Tally { open: 3, overdue: 1, unknown: 1, done: 1, dropped: 1 };
        assert_eq!((promises.tally(), promises.tally().total()), (all, 6));
        let order: Vec<(&str, Standing)> = promises
            .unfinished()
            .iter()
            .map(|promise| (promise.action.text.as_str(), promise.standing))
            .collect();
        assert_eq!(
            order,
            [
                ("one", Standing::Overdue),
                ("two", Standing::Due),
                ("three", Standing::Undated),
                ("six", Standing::Unrecorded),
            ]
        );
        assert_eq!(promises.unfinished()[0].days_overdue(collection.settings.today), Some(31));
        assert_eq!(promises.days_to_done(collection).map(|s| (s.n, s.median)), Some((1, 10)));
        assert_eq!(promises.kept(), (1, 1));
        let services = collection.facets.iter().find(|facet| facet.kind == FacetKind::Service);
        let services: Vec<(&str, usize, usize)> = services
            .into_iter()
            .flat_map(|facet| promises.by(facet))
            .map(|(value, tally)| (value.key.as_str(), tally.open, tally.unknown))
            .collect();
        assert_eq!(services, [("pay", 3, 1), ("cart", 0, 1)]);
    });
}

#[test]
fn teams_are_counted_and_people_are_not() {
    let config = "[owners]\n\"@kim\" = \"Platform\"\n";
    let text = report(
        "date: 2026-03-01\nteams: [payments]",
        "- [ ] one (owner: @kim)\n- [ ] two (owner: @Payments)\n- [ ] three (owner: @lee)\n\
         - [ ] four (owner: @kim, @platform)\n- [ ] five (owner: Alice)",
    );
    // What a report calls a team in its text may be a list of people.
    let other = "# U\n\n**Team:** Alice\n\n## Actions\n\n- [ ] six (owner: Alice)\n";
    check(&[("a.md", &text), ("b.md", other)], config, |_, promises| {
        let teams: Vec<(&str, usize)> =
            promises.by_team().iter().map(|(name, tally)| (*name, tally.open)).collect();
        assert_eq!(teams, [("Platform", 2), ("payments", 1)]);
        assert!(promises.team("@PLATFORM").is_some() && promises.team("lee").is_none());
        assert!(promises.team("alice").is_none() && promises.team("").is_none());
    });
}

#[test]
fn the_same_words_twice_are_two_actions() {
    let text = report("date: 2026-03-01", "- [ ] restart it\n- [ ] restart it");
    check(&[("a.md", &text)], "", |_, promises| {
        let ids: Vec<String> = promises.all.iter().map(super::Promise::id).collect();
        assert_eq!(ids[1], format!("{}-2", ids[0]));
    });
}

#[test]
fn nothing_is_promised_where_nothing_is_written() {
    check(&[], "", |collection, promises| {
        assert_eq!(promises.tally(), Tally::default());
        assert!(promises.unfinished().is_empty() && promises.by_team().is_empty());
        assert_eq!((promises.days_to_done(collection), promises.kept()), (None, (0, 0)));
    });
}
