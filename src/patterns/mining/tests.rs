//! Patterns of small knowledge bases.

use super::{Patterns, gap, mine, name};
use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, Location};
use crate::l10n::Lang;
use crate::parse::Edition;
use crate::patterns::Collection;
use crate::source::SourceFile;

fn settings() -> Settings {
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    resolve(None, &[], &Overrides::default(), surroundings).settings
}

/// Reports by their front matter; `+` begins the body.
fn corpus(reports: &[&str], settings: &Settings) -> Corpus {
    let locations: Vec<Location> = (0..reports.len())
        .map(|at| format!("2026-01-{:02}-r.md", at + 1))
        .map(|path| Location { shown: path.clone(), path })
        .collect();
    let read = |location: &Location| {
        let at = locations.iter().position(|other| other.path == location.path);
        let text = at.map_or("", |at| reports[at]);
        let (head, body) = text.split_once('+').unwrap_or((text, ""));
        Ok(SourceFile::new(&location.shown, &format!("---\ntitle: T\n{head}\n---\n{body}\n")))
    };
    Corpus::load(&locations, read, settings, Edition::Internal)
}

fn with<T>(reports: &[&str], look: impl Fn(&Patterns, &Collection<'_>) -> T) -> T {
    let settings = settings();
    let corpus = corpus(reports, &settings);
    let collection = Collection::new(corpus.reports.iter().collect(), &settings);
    look(&mine(&collection), &collection)
}

/// Names with the number of incidents.
fn names(reports: &[&str], lang: Lang) -> Vec<(String, usize)> {
    with(reports, |found, collection| {
        let patterns = found.patterns.iter();
        patterns.map(|p| (name(&p.values, collection).render(lang), p.places.len())).collect()
    })
}

const OTHERS: [&str; 6] = [
    "services: [search]\ntrigger: traffic\ndetection: monitoring\nmitigations: [restart]\ncauses: [network/overload]",
    "services: [mail]\ntrigger: expiry\ndetection: partner\nmitigations: [restart]\ncauses: [network/certificate]",
    "services: [login]\ntrigger: migration\ndetection: internal\nmitigations: [restart]\ncauses: [process/testing]",
    "services: [cart]\ntrigger: hardware\ndetection: monitoring\nmitigations: [restart]\ncauses: [hardware]",
    "services: [stock]\ntrigger: attack\ndetection: monitoring\nmitigations: [restart]\ncauses: [software/security]",
    "services: [chat]\ntrigger: growth\ndetection: internal\nmitigations: [restart]\ncauses: [software/data]",
];

#[test]
fn patterns_have_names_in_both_languages() {
    let again =
        "services: [payment]\ntrigger: config-change\ndetection: customer\nmitigations: [rollback]";
    let mut reports = vec![again, again];
    reports.extend(OTHERS);
    assert_eq!(
        names(&reports, Lang::En),
        [(
            "configuration change → payment, noticed by customers, stopped by rollback".to_owned(),
            2
        )]
    );
    let ko = names(&reports, Lang::Ko);
    assert_eq!(ko[0].0, "설정 변경 → payment, 고객이 먼저 발견, 롤백으로 완화");
}

#[test]
fn what_did_not_happen_makes_no_pattern() {
    let drill = "kind: drill\nservices: [payment]\ntrigger: config-change";
    let mut reports = vec![drill, drill];
    reports.extend(OTHERS);
    assert!(names(&reports, Lang::En).is_empty());
}

#[test]
fn a_service_and_its_team_are_no_news() {
    let again = "services: [payment]\nteams: [pay]";
    let other = "services: [search]\nteams: [find]";
    assert!(names(&[again, again, again, other, other], Lang::En).is_empty());
}

#[test]
fn what_all_have_is_no_news() {
    let same = "services: [payment]\ntrigger: deploy";
    assert!(names(&[same; 20], Lang::En).is_empty());
}

#[test]
fn careful_authors_make_no_pattern() {
    // Everything is said in few reports: among these, the values have nothing to do with each other.
    let mut reports = vec![
        "trigger: deploy\ndetection: customer",
        "trigger: deploy\ndetection: monitoring",
        "trigger: traffic\ndetection: customer",
        "trigger: traffic\ndetection: monitoring",
    ];
    reports.extend(reports.clone());
    reports.extend(["tags: [x]"; 28]);
    assert!(names(&reports, Lang::En).is_empty());
}

#[test]
fn the_deeper_cause_is_named() {
    let again = "services: [payment]\ncauses: [software/performance]";
    let mut reports = vec![again, again, again];
    reports.extend(OTHERS);
    let names = names(&reports, Lang::En);
    assert_eq!(names, [("payment, caused by performance".to_owned(), 3)]);
}

#[test]
fn gaps_are_claimed_of_what_is_written_down() {
    let gaps = |action: &str| {
        let again = format!(
            "services: [payment]\ntrigger: config-change\n+\n## Action items\n\n- [ ] Block it{action}\n- [x] Stop it{action}\n"
        );
        let mut reports = vec![again.as_str(), again.as_str()];
        reports.extend(OTHERS);
        with(&reports, |found, _| {
            let pattern = &found.patterns[0];
            let gaps = pattern.promised.gaps().into_iter().map(|g| gap(g).render(Lang::En));
            (pattern.promised.total(), pattern.promised.open.len(), gaps.collect::<Vec<_>>())
        })
    };
    assert_eq!(gaps(""), (4, 2, Vec::new()));
    assert_eq!(
        gaps(" (kind: prevent)"),
        (
            4,
            2,
            vec![
                "nothing to detect it sooner (0 of 4 actions that state a kind)".to_owned(),
                "nothing to handle it better (0 of 4 actions that state a kind)".to_owned(),
            ]
        )
    );
}
