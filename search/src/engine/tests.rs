//! What the engine promises, on small knowledge bases in memory.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use proptest::prelude::*;

use crate::{
    Answer, Engine, Facet, Fetched, Highlighter, Hit, Name, Note, Options, Part, Passage, Report,
    Storage, Typing, bundle, segment,
};

/// A report of a test: key, title, passages of heading and text.
struct Fixture {
    key: String,
    title: String,
    date: Option<i32>,
    facets: Vec<(Facet, Vec<String>)>,
    passages: Vec<(String, String)>,
}

fn fixture(key: &str, title: &str, passages: &[(&str, &str)]) -> Fixture {
    let passages = passages
        .iter()
        .map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned()))
        .collect();
    let (key, title) = (key.to_owned(), title.to_owned());
    Fixture { key, title, date: None, facets: Vec::new(), passages }
}

impl Fixture {
    fn date(mut self, date: i32) -> Self {
        self.date = Some(date);
        self
    }

    fn facet(mut self, facet: Facet, names: &[&str]) -> Self {
        self.facets.push((facet, names.iter().map(|name| (*name).to_owned()).collect()));
        self
    }

    fn report(&self) -> (Report<'_>, Vec<Passage<'_>>) {
        let names = self.facets.iter().filter_map(|(facet, names)| {
            let (value, others) = names.split_first()?;
            let others = others.iter().map(String::as_str).collect();
            Some(Name { facet: *facet, value, labels: None, others })
        });
        let report = Report {
            key: &self.key,
            title: &self.title,
            url: &self.key,
            date: self.date,
            lang: "ko",
            status: "final",
            names: names.collect(),
            ..Report::default()
        };
        let passages = self.passages.iter().map(|(heading, text)| Passage {
            heading,
            anchor: heading,
            text,
            ..Passage::default()
        });
        (report, passages.collect())
    }
}

fn bytes(fixtures: &[Fixture], per_segment: usize) -> Vec<u8> {
    let segments = fixtures
        .chunks(per_segment)
        .map(|chunk| segment(chunk.iter().map(Fixture::report)).expect("indexed"))
        .collect();
    bundle(segments).expect("bound").to_vec()
}

fn part(bytes: Vec<u8>) -> Part {
    Part { storage: Arc::new(bytes), hidden: BTreeSet::new() }
}

fn engine(fixtures: &[Fixture]) -> Engine {
    Engine::open(vec![part(bytes(fixtures, 2))]).expect("opened")
}

fn ask(engine: &Engine, query: &str) -> Answer {
    engine.search(query, &Options::default()).expect("in memory")
}

fn keys(answer: &Answer) -> String {
    answer.hits.iter().map(|hit| hit.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Each query with the keys it finds, best first, and nothing corrected.
fn check(fixtures: &[Fixture], queries: &[(&str, &str)]) {
    let engine = engine(fixtures);
    for (query, expected) in queries {
        let answer = ask(&engine, query);
        assert_eq!((keys(&answer).as_str(), &answer.corrected), (*expected, &None), "{query}");
        assert!(!answer.notes.contains(&Note::SomeWords) || expected.is_empty(), "{query}");
        assert_eq!(answer.total, answer.hits.len());
    }
}

#[test]
fn korean_words_are_found_inside_and_with_particles() {
    check(
        &[
            fixture("a", "결제장애를 겪다", &[("요약", "어제 장애가 있었다")]),
            fixture("b", "풀 고갈", &[("원인", "커넥션풀을 다 썼다. 시장 애플")]),
            fixture("c", "연결", &[("원인", "커넥션 풀이 부족했다")]),
        ],
        &[
            ("장애", "a"),
            ("장애가", "a"),
            ("장애에서는", "a"),
            ("제장", "a"),
            ("풀", "b c"),
            ("커넥션풀", "b c"),
            ("커넥션 풀", "b c"),
            ("\"커넥션 풀\"", "c b"),
            ("썼", "b"),
            ("부족했다", "c"),
        ],
    );
}

#[test]
fn identifiers_are_found_whole_and_by_their_parts() {
    let passage = "payment-api v2.87.0 HTTP/2 snake_case INC-12 10.0.0.1 java.lang.OutOfMemoryError at \
                   redis캐시 API를 2025-01-02T03:04:05Z";
    check(
        &[fixture("a", "x", &[("", passage)]), fixture("b", "memory error", &[("", "y")])],
        &[
            ("payment-api", "a"),
            ("\"payment api\"", "a"),
            ("v2.87.0", "a"),
            ("HTTP/2", "a"),
            ("snake_case", "a"),
            ("inc-12", "a"),
            ("10.0.0.1", "a"),
            ("\"0.1 java\"", "a"),
            ("outofmemoryerror", "a"),
            ("OutOfMemoryError", "a"),
            ("memory error", "b a"),
            ("redis캐시", "a"),
            ("캐시 redis", "a"),
            ("API가", "a"),
            ("2025-01-02", "a"),
        ],
    );
}

#[test]
fn english_is_stemmed_and_the_exact_word_is_first() {
    check(
        &[
            fixture("a", "t", &[("", "connections were refused")]),
            fixture("b", "t", &[("", "one connection was refused")]),
            fixture("c", "t", &[("", "we connect and it is refused")]),
        ],
        &[
            ("connection refused", "b a c"),
            ("connections", "a b c"),
            ("\"connection\"", "b"),
            ("-connection refused", "a c"),
            ("connect*", "c a b"),
        ],
    );
}

#[test]
fn words_may_lie_in_different_passages_and_the_best_one_opens() {
    let fixtures = [
        fixture("a", "payment", &[("one", "alpha"), ("two", "beta gamma"), ("three", "beta")]),
        fixture("b", "payment", &[("one", "alpha beta gamma")]),
    ];
    let engine = engine(&fixtures);
    let answer = ask(&engine, "payment alpha beta gamma");
    assert_eq!(keys(&answer), "b a");
    let anchors = |hit: &Hit| {
        let anchors = hit.passages.iter().map(|passage| passage.anchor.as_str());
        anchors.collect::<Vec<_>>().join(" ")
    };
    assert_eq!((anchors(&answer.hits[1]).as_str(), answer.hits[1].more), ("two one three", 0));
    // Only the title has it: the beginning of the report, under no heading.
    let title = &ask(&engine, "payment").hits[0];
    assert_eq!((title.passages.len(), anchors(title).as_str()), (1, ""));
    assert_eq!(keys(&ask(&engine, "payment -one")), "");
}

#[test]
fn operators_and_filters() {
    let fixtures = [
        fixture("a", "pool", &[("", "x")])
            .date(20_250_115)
            .facet(Facet::Service, &["payment-api", "결제 API"])
            .facet(Facet::Cause, &["software/performance", "소프트웨어/성능"])
            .facet(Facet::Severity, &["SEV1"]),
        fixture("b", "cache", &[("", "x y")])
            .date(20_251_231)
            .facet(Facet::Service, &["search"])
            .facet(Facet::Cause, &["software"]),
        fixture("c", "pool cache", &[("", "x y z")]).date(20_260_101),
    ];
    check(
        &fixtures,
        &[
            ("pool OR cache", "c b a"),
            ("pool|cache -z", "b a"),
            ("x pool | y -\"pool cache\"", "b a"),
            ("service:payment-api", "a"),
            ("서비스:\"결제 api\"", "a"),
            ("service:PAYMENT_API,search", "b a"),
            ("cause:software", "b a"),
            ("cause:software/performance", "a"),
            ("원인:소프트웨어", "a"),
            ("service:pay*", "a"),
            ("-cause:software", "c"),
            ("-x", ""),
            ("-z", "b a"),
            ("after:2025-12", "c b"),
            ("before:2025-12", "a"),
            ("이후:2025-01-15 이전:2026", "b a"),
            ("title:pool", "c a"),
            ("제목:\"pool cache\"", "c"),
            ("sev1", "a"),
            ("결제", "a"),
            ("severity:sev1 OR y", "c b a"),
            ("NOT pool", "b"),
            ("pool AND z", "c"),
        ],
    );
}

#[test]
fn notes_say_what_was_left_out() {
    let engine = engine(&[fixture("a", "pool", &[("", "open quote cache foo bar")])]);
    for (query, found, notes) in [
        ("\"open quote", 1, vec![Note::OpenQuote]),
        ("pool OR", 1, vec![Note::LooseOr]),
        ("| pool", 1, vec![Note::LooseOr]),
        ("pool service:", 1, vec![Note::NoValue("service:".to_owned())]),
        ("pool after:soon", 1, vec![Note::NoDate("soon".to_owned())]),
        ("pool !!", 1, vec![Note::NoWord("!!".to_owned())]),
        ("foo:bar", 1, vec![]),
        ("pool - cache", 1, vec![]),
        ("", 0, vec![]),
        ("pool nowhere", 1, vec![Note::SomeWords]),
    ] {
        let answer = ask(&engine, query);
        assert_eq!((answer.total, answer.notes), (found, notes), "{query}");
    }
    let many = "pool ".repeat(70);
    assert_eq!(ask(&engine, &many).notes, [Note::TooManyWords(64)]);
    assert_eq!(ask(&engine, &"NOT ".repeat(100_000)).total, 0);
}

#[test]
fn typing_finds_beginnings() {
    let engine = engine(&[fixture("a", "timeout", &[("", "커넥션 풀")])]);
    let typing = Options { typing: Typing::Ongoing, ..Options::default() };
    for query in
        ["t", "tim", "timeout", "커", "커넥", "커넥셔", "커넥ㅅ", "timeout 커넥셔", "title:tim"]
    {
        let answer = engine.search(query, &typing).expect("in memory");
        assert_eq!((answer.total, answer.corrected), (1, None), "{query}");
    }
    let answer = engine.search("tim ", &typing).expect("in memory");
    assert_eq!(answer.total, 0);
}

#[test]
fn nothing_found_is_corrected() {
    let engine = engine(&[
        fixture("a", "결제 장애", &[("", "payment timeout in the pool")]),
        fixture("b", "커넥션풀 고갈", &[("", "text")]),
    ]);
    for (query, corrected, found) in [
        ("wkddo", "장애", "a"),
        ("ㅔ묘ㅡ둣", "payment", "a"),
        ("timeuot", "timeout", "a"),
        ("tiemout pool", "timeout pool", "a"),
        ("커넥셔풀", "커넥션풀", "b"),
        ("결재", "결제", "a"),
        ("결재를", "결제", "a"),
        ("고갈커넥션", "고갈 커넥션", "b"),
    ] {
        let answer = ask(&engine, query);
        assert_eq!(answer.corrected.as_deref(), Some(corrected), "{query}");
        assert_eq!(keys(&answer), found, "{query}");
    }
    assert_eq!(ask(&engine, "zzzzqqqq").corrected, None);
}

#[test]
fn a_fresh_part_covers_an_old_one() {
    let old =
        bytes(&[fixture("a", "pool", &[("", "old")]), fixture("b", "pool", &[("", "old")])], 1);
    let new = bytes(&[fixture("a", "pool", &[("", "new")])], 1);
    let hidden = BTreeSet::from(["a".to_owned(), "nobody".to_owned()]);
    let old = Part { storage: Arc::new(old), hidden };
    let engine = Engine::open(vec![old, part(new)]).expect("opened");
    assert_eq!(keys(&ask(&engine, "pool")), "a b");
    assert_eq!(keys(&ask(&engine, "old")), "b");
    assert_eq!(keys(&ask(&engine, "new")), "a");
    assert_eq!(keys(&ask(&engine, "-new")), "b");
    let whole =
        bytes(&[fixture("a", "pool", &[("", "new")]), fixture("b", "pool", &[("", "old")])], 1);
    let whole = Engine::open(vec![part(whole)]).expect("opened");
    let scores =
        |engine: &Engine| ask(engine, "pool").hits.iter().map(|hit| hit.score).collect::<Vec<_>>();
    assert_eq!(scores(&engine), scores(&whole));
}

#[test]
fn the_same_reports_give_the_same_bytes_in_any_thread() {
    let fixtures = || -> Vec<Fixture> {
        (0..40)
            .map(|n| {
                fixture(
                    &format!("{n:02}"),
                    &format!("장애 {n}"),
                    &[("원인", "pool timeout 커넥션")],
                )
                .date(20_250_101 + n)
            })
            .collect()
    };
    let build = move || bytes(&fixtures(), 7);
    let here = build();
    let there: Vec<_> = (0..3).map(|_| std::thread::spawn(build)).collect();
    for thread in there {
        assert_eq!(thread.join().expect("no panic"), here);
    }
}

/// Counts what is read of a bundle.
struct Counting {
    bytes: Vec<u8>,
    reads: Arc<AtomicUsize>,
    read: Arc<AtomicU64>,
}

impl Storage for Counting {
    fn len(&self) -> u64 {
        Storage::len(&self.bytes)
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.read.fetch_add(range.end - range.start, Ordering::Relaxed);
        Storage::read(&self.bytes, range)
    }
}

#[test]
fn opening_and_searching_read_little() {
    let fixtures: Vec<Fixture> = (0..1500)
        .map(|n| {
            let text = format!("host{n} lost its connection, code {}, 장애 {n} 건", n * 31);
            fixture(&format!("{n:05}"), &format!("title {n}"), &[("원인", &text), ("결과", &text)])
        })
        .collect();
    let bytes = bytes(&fixtures, 1500);
    let (reads, read) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
    let size = bytes.len() as u64;
    let storage = Arc::new(Counting { bytes, reads: reads.clone(), read: read.clone() });
    let engine = Engine::open(vec![Part { storage, hidden: BTreeSet::new() }]).expect("opened");
    assert_eq!(reads.swap(0, Ordering::Relaxed), 2);
    let opening = read.swap(0, Ordering::Relaxed);
    assert!(opening * 10 < size, "{opening} of {size}");
    assert_eq!(ask(&engine, "host77").hits[0].key, "00077");
    // Columns, a block of terms, postings, a block of records.
    let (reads, read) = (reads.load(Ordering::Relaxed), read.load(Ordering::Relaxed));
    assert!(reads <= 6 && read * 5 < size, "{reads} reads, {read} of {size}");
}

/// Fetches what is wanted until there is an answer; gives it with the number of rounds and of bytes.
fn fetch<T>(
    from: &Fetched,
    pieces: &[Vec<u8>],
    mut ask: impl FnMut() -> Option<T>,
) -> (T, usize, usize) {
    let (mut rounds, mut bytes) = (0, 0);
    loop {
        if let Some(answer) = ask() {
            return (answer, rounds, bytes);
        }
        let wanted = from.wanted();
        assert!(!wanted.is_empty(), "nothing is wanted, so nothing will change");
        rounds += 1;
        for piece in wanted {
            bytes += pieces[piece].len();
            from.supply(piece, pieces[piece].clone()).expect("a piece of this bundle");
        }
    }
}

#[test]
fn few_rounds_are_needed_over_a_network() {
    let fixtures: Vec<Fixture> = (0..3000)
        .map(|n| {
            let text = format!("커넥션풀 timeout in redis{n}, host {} 에서 {n}건", n * 31);
            fixture(&format!("{n:04}"), "결제 장애", &[("원인", &text), ("조치", &text)])
                .facet(Facet::Service, &[["pay", "order"][n % 2]])
                .date(20_250_101)
        })
        .collect();
    let segments = fixtures
        .chunks(700)
        .map(|chunk| segment(chunk.iter().map(Fixture::report)).expect("indexed"));
    let bundle = bundle(segments.collect()).expect("bound");
    let pieces: Vec<Vec<u8>> = bundle
        .pieces()
        .ranges()
        .map(|range| Storage::read(&bundle, range).expect("in memory"))
        .collect();
    assert_eq!(pieces.concat(), bundle.to_vec());

    let fetched = Arc::new(Fetched::default());
    let part = Part { storage: fetched.clone(), hidden: BTreeSet::new() };
    let (engine, rounds, _) = fetch(&fetched, &pieces, || Engine::open(vec![part.clone()]).ok());
    assert_eq!(rounds, 1);
    let query = "커넥션풀 timeout redis2999";
    let ready = |result: io::Result<Answer>| match result {
        Ok(answer) => Some(answer),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
        Err(error) => panic!("{error}"),
    };
    let (answer, rounds, bytes) =
        fetch(&fetched, &pieces, || ready(engine.search(query, &Options::default())));
    assert_eq!(keys(&answer), "2999");
    // Terms, postings with positions, records.
    assert!(rounds <= 3 && bytes < 200 << 10, "{rounds} rounds, {bytes} bytes");
    let (details, rounds, _) = fetch(&fetched, &pieces, || engine.details(&answer).ok());
    assert_eq!(rounds, 1);
    assert!(details.snippets[0][0].text.starts_with("커넥션풀 timeout in redis2999"));
    assert_eq!(details.counts.len(), 2);

    // The same as with everything at hand.
    let whole = Engine::open(vec![part_of(&bundle)]).expect("opened");
    for query in ["커넥션", "redis12* 장애", "service:pay host", "결재 장애", "zzz"] {
        let options = Options { typing: Typing::Ongoing, ..Options::default() };
        let (there, ..) = fetch(&fetched, &pieces, || ready(engine.search(query, &options)));
        let here = whole.search(query, &options).expect("in memory");
        let (there_details, ..) = fetch(&fetched, &pieces, || engine.details(&there).ok());
        assert_eq!(there_details, whole.details(&here).expect("in memory"), "{query}");
        assert_eq!(there, here);
    }
    assert!(fetched.supply(1, pieces[2].clone()).is_err() || pieces[1].len() == pieces[2].len());
}

fn part_of(bundle: &crate::Bundle) -> Part {
    part(bundle.to_vec())
}

#[test]
fn damaged_bundles_are_refused() {
    let good = bytes(&[fixture("a", "pool", &[("", "x")])], 1);
    for cut in 0..good.len() {
        assert!(Engine::open(vec![part(good[..cut].to_vec())]).is_err(), "{cut}");
    }
    let mut other = good;
    other[8] += 1;
    let error = Engine::open(vec![part(other)]).expect_err("another format");
    assert!(matches!(error, crate::OpenError::OtherVersion));
}

#[test]
fn an_engine_serves_several_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Engine>();
}

#[test]
fn nothing_at_all() {
    let engine = Engine::open(vec![part(bytes(&[], 1))]).expect("opened");
    assert_eq!(ask(&engine, "pool -x service:y").total, 0);
    let engine = Engine::open(Vec::new()).expect("opened");
    assert_eq!(ask(&engine, "pool").total, 0);
    let empty = bundle(vec![segment([]).expect("indexed")]).expect("bound");
    let engine = Engine::open(vec![part(empty.to_vec())]).expect("opened");
    assert_eq!(ask(&engine, "pool").total, 0);
}

#[test]
fn pages_of_results_join_up() {
    let fixtures: Vec<Fixture> = (0..25)
        .map(|n| fixture(&format!("{n:02}"), "pool", &[]).date(20_250_101 + n % 5))
        .collect();
    let engine = engine(&fixtures);
    let page = |offset, limit| {
        let options = Options { offset, limit, ..Options::default() };
        keys(&engine.search("pool", &options).expect("in memory"))
    };
    let all = page(0, 100);
    let paged: Vec<_> = (0..30).step_by(10).map(|offset| page(offset, 10)).collect();
    assert_eq!(paged.join(" "), all);
    assert!(all.starts_with("04 09 14 19 24 03"), "{all}");
    assert_eq!(page(90, 10), "");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_piece_of_korean_text_finds_it(
        text in "([가-힣]{1,6}|[a-z]{1,4}|[ .,\\-]){1,12}",
        noise in "[가-힣 ]{0,30}",
    ) {
        let fixtures = [fixture("a", "t", &[("", &text)]), fixture("b", "t", &[("", &noise)])];
        let engine = engine(&fixtures);
        let chars: Vec<char> = text.chars().collect();
        for len in 1..=4 {
            for window in chars.windows(len) {
                if !window.iter().all(|ch| matches!(ch, '가'..='힣')) {
                    continue;
                }
                let query: String = window.iter().collect();
                let answer = ask(&engine, &query);
                prop_assert!(keys(&answer).contains('a'), "{query} in {text}");
                let marks = Highlighter::new(&answer.query).marks(&text);
                prop_assert!(!marks.is_empty(), "{query} marked in {text}");
            }
        }
    }

    #[test]
    fn any_query_is_answered(query in "\\PC{0,40}|([a-z]{0,3}|장애|[\"|:*,()-]|service:|after:|OR | ){0,12}") {
        let engine = engine(&[fixture("a", "장애 abc", &[("", "a b c 풀")])]);
        for typing in [Typing::Done, Typing::Ongoing] {
            let options = Options { typing, ..Options::default() };
            prop_assert!(engine.search(&query, &options).is_ok());
        }
    }
}
