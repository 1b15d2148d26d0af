//! What must hold whatever the reports say.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::recurrence::{Ground, State, chains};
use super::{Collection, reasons};
use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, Location};
use crate::l10n::Lang;
use crate::parse::Edition;
use crate::source::SourceFile;

fn settings() -> Settings {
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    resolve(None, &[], &Overrides::default(), surroundings).settings
}

fn load(files: &[(String, String)], settings: &Settings) -> Corpus {
    let location =
        |(path, _): &(String, String)| Location { path: path.clone(), shown: path.clone() };
    let locations: Vec<Location> = files.iter().map(location).collect();
    let read = |location: &Location| {
        let text =
            files.iter().find(|(path, _)| *path == location.path).map_or("", |(_, text)| text);
        Ok(SourceFile::new(&location.shown, text))
    };
    Corpus::load(&locations, read, settings, Edition::Internal)
}

fn named(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const WORDS: [&str; 12] = [
    "커넥션 풀이 고갈",
    "certificate expired",
    "kafka lag",
    "디스크가 가득",
    "redis 타임아웃",
    "nginx reload",
    "etcd quorum",
    "인덱스 락",
    "dns record",
    "쿠폰 발급",
    "retry storm",
    "정산 배치",
];

/// A report of a few subjects, with facets.
fn report() -> impl Strategy<Value = String> {
    let services = select(vec!["payment", "search", "coupon"]);
    let causes = select(vec!["software/capacity", "network/dns", "process/review"]);
    (subsequence(WORDS.to_vec(), 1..5), services, causes, 1..28).prop_map(|(words, service, cause, day)| {
        format!(
            "---\ndate: 2026-03-{day:02}\nservices: [{service}]\ncauses: [{cause}]\n---\n# {}\n\n## 요약\n\n{}\n",
            words[0],
            words.join(", ")
        )
    })
}

/// Everything that is said of a collection's reports, by their paths.
fn said(collection: &Collection<'_>) -> Vec<String> {
    let path = |place: usize| collection.reports[place].path.to_string();
    let mut lines = Vec::new();
    for place in 0..collection.reports.len() {
        for near in collection.near(place) {
            let reasons = collection.reasons(place, near.place).said();
            let reasons: Vec<String> = reasons.iter().map(|line| line.render(Lang::En)).collect();
            lines.push(format!(
                "{} ~ {} {} {reasons:?}",
                path(place),
                path(near.place),
                near.score
            ));
        }
    }
    for recurrence in collection.recurrences() {
        lines.push(format!("{} <- {}", path(recurrence.newer), path(recurrence.older)));
    }
    lines
}

/// What two reports share, whatever else there is.
fn shared(collection: &Collection<'_>, left: &str, right: &str) -> (BTreeSet<u32>, Vec<String>) {
    let place = |path: &str| collection.place_of(path).unwrap_or_default();
    let (left, right) = (place(left), place(right));
    let readings = collection.readings();
    let words = reasons::shared(readings[left], readings[right]).map(|(own, _)| own.key).collect();
    let (left, right) = (&collection.reports[left].incident, &collection.reports[right].incident);
    let facets = reasons::shared_facets(left, right, collection.settings);
    (words, facets.into_iter().map(|(_, value)| value.key).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_files_changes_nothing(
        texts in prop::collection::vec(report(), 2..9),
        turn in 0_usize..9,
    ) {
        let settings = settings();
        let files: Vec<(String, String)> =
            texts.into_iter().enumerate().map(|(at, text)| (format!("{at}.md"), text)).collect();
        let mut turned = files.clone();
        turned.rotate_left(turn % files.len());
        turned.reverse();
        let (one, other) = (load(&files, &settings), load(&turned, &settings));
        let one = Collection::new(one.reports.iter().collect(), &settings);
        let other = Collection::new(other.reports.iter().collect(), &settings);
        prop_assert_eq!(said(&one), said(&other));
    }

    #[test]
    fn a_stranger_changes_nothing_between_others(texts in prop::collection::vec(report(), 2..6)) {
        let settings = settings();
        let mut files: Vec<(String, String)> =
            texts.into_iter().enumerate().map(|(at, text)| (format!("{at}.md"), text)).collect();
        let before = load(&files, &settings);
        let before = Collection::new(before.reports.iter().collect(), &settings);
        let stranger = "---\ndate: 2026-01-01\nservices: [gopher]\n---\n# Tunnel gopher zebra\n";
        files.push(("stranger.md".to_owned(), stranger.to_owned()));
        let after = load(&files, &settings);
        let after = Collection::new(after.reports.iter().collect(), &settings);
        for left in 0..files.len() - 1 {
            for right in 0..left {
                let (left, right) = (format!("{left}.md"), format!("{right}.md"));
                prop_assert_eq!(shared(&before, &left, &right), shared(&after, &left, &right));
            }
        }
    }
}

#[test]
fn a_recurrence_tells_what_was_promised_and_what_is_known_of_it() {
    let files = named(&[
        (
            "a.md",
            "---\ndate: 2025-11-02\n---\n# Pool\n\n## Action items\n\n\
             - [ ] Add a pool alarm (type: detect, due: 2026-04-01)\n\
             - [x] Raise the limit (done: 2026-05-01)\n\
             - [x] Restart nightly (done: 2025-12-01)\n\
             - Write a runbook\n",
        ),
        ("b.md", "---\ndate: 2026-03-14\nrecurrence_of: a\n---\n# Pool again\n"),
        ("c.md", "---\ndate: 2026-05-30\nrecurrence_of: b\n---\n# Pool, a third time\n"),
    ]);
    let settings = settings();
    let corpus = load(&files, &settings);
    let collection = Collection::new(corpus.reports.iter().collect(), &settings);
    let recurrences = collection.recurrences();
    let places: Vec<_> = recurrences.iter().map(|r| (r.newer, r.older)).collect();
    assert_eq!(places, [(0, 1), (1, 2)]);
    assert!(recurrences.iter().all(|recurrence| recurrence.ground == Ground::Declared));
    assert_eq!(chains(recurrences), [vec![2, 1, 0]]);
    let promises = &recurrences[1].promises;
    let states: Vec<State> = promises.iter().map(|promised| promised.state).collect();
    let later = State::DoneLater(jiff::civil::date(2026, 5, 1));
    assert_eq!(states, [State::StillOpen, later, State::NoRecord]);
    let sentences = |lang: Lang| -> Vec<String> {
        promises.iter().map(|promised| promised.sentence("b").render(lang)).collect()
    };
    insta::assert_snapshot!(sentences(Lang::En).join("\n"), @r"
    “Add a pool alarm” (detect sooner, due 2026-04-01) was still open when b began
    “Raise the limit” was still open when b began; it was done on 2026-05-01
    no record that “Write a runbook” was done before b began
    ");
    insta::assert_snapshot!(sentences(Lang::Ko).join("\n"), @r"
    ‘Add a pool alarm’(탐지, 기한 2026-04-01) 조치는 b 발생 당시 끝나지 않은 상태였습니다
    ‘Raise the limit’ 조치는 b 발생 당시 끝나지 않았고, 2026-05-01에야 끝났습니다
    ‘Write a runbook’ 조치를 b 발생 전에 끝냈다는 기록이 없습니다
    ");
}

/// What nobody declares is inferred only where two reports say much the same; who says that they are merely
/// related is believed.
#[test]
fn a_recurrence_is_inferred_from_much_the_same_words() {
    let text = |date: &str, more: &str| {
        format!(
            "---\ndate: {date}\n{more}---\n# 결제 커넥션 풀 고갈\n\n## 요약\n\n느린 쿼리가 HikariCP 커넥션 풀을 고갈시켜 결제 승인이 타임아웃으로 실패했다.\n"
        )
    };
    let other = "---\ndate: 2026-02-02\n---\n# DNS record deleted\n\n## Summary\n\nA cleanup script removed the zone apex.\n";
    let find = |more: &str| {
        let (a, b) = (text("2025-11-02", ""), text("2026-03-14", more));
        let files = named(&[("a.md", &a), ("b.md", &b), ("c.md", other)]);
        let settings = settings();
        let corpus = load(&files, &settings);
        let collection = Collection::new(corpus.reports.iter().collect(), &settings);
        let found = collection.recurrences().iter();
        let path = |place: usize| collection.reports[place].path.to_string();
        found
            .map(|r| (path(r.newer), path(r.older), r.ground == Ground::Declared))
            .collect::<Vec<_>>()
    };
    let pair = |declared: bool| vec![("b.md".to_owned(), "a.md".to_owned(), declared)];
    assert_eq!(find(""), pair(false));
    assert_eq!(find("recurrence_of: a\n"), pair(true));
    assert_eq!(find("related: [a]\n"), []);
    assert_eq!(find("kind: drill\n"), []);
}
