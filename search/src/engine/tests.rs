//! What the engine promises, on small knowledge bases in memory.

mod reading;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use crate::{
    Answer, Engine, Facet, Highlighter, Hit, Name, Note, Options, Part, Passage, Report, Typing,
    bundle, segment,
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
            ("x pool | y -\"pool cache\"", "a b"),
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
fn inflected_words_find_their_other_forms() {
    let fixtures = [
        fixture("a", "t", &[("", "커넥션이 고갈된 뒤")]),
        fixture("b", "t", &[("", "응답이 느려졌고 되돌렸다")]),
        fixture("c", "t", &[("", "재시작")]),
        fixture("d", "t", &[("", "인증을 거쳤다")]),
    ];
    check(
        &fixtures,
        &[
            ("고갈되었습니다", "a"),
            ("커넥션에서는", "a"),
            ("느려지면서", "b"),
            ("되돌리지", "b"),
            // 도 and 서 are no particles here.
            ("인증서 OR 재시도", ""),
            ("\"고갈되었습니다\"", ""),
        ],
    );
    let engine = engine(&fixtures);
    let typing = Options { typing: Typing::Ongoing, ..Options::default() };
    assert_eq!(engine.search("커넥션이", &typing).expect("in memory").total, 1);
}

#[test]
fn a_syllable_is_a_word_before_a_gap_or_a_particle() {
    let fixtures = [
        fixture("a", "t", &[("", "문제를 풀어 보았다")]),
        fixture("b", "t", &[("", "접수 풀이 가득하다")]),
    ];
    assert_eq!(keys(&ask(&engine(&fixtures), "풀")), "b a");
}

#[test]
fn reports_with_most_words_follow_those_with_all() {
    let fixtures = [
        fixture("a", "t", &[("one", "kafka broker"), ("two", "lag"), ("three", "on rebalance")]),
        fixture("b", "kafka lag", &[("", "rebalance of kafka, lag")]),
        fixture("c", "t", &[("", "on and on")]),
    ];
    let engine = engine(&fixtures);
    let answer = ask(&engine, "kafka broker lag rebalance");
    assert_eq!((keys(&answer).as_str(), &*answer.notes), ("a b", &[Note::MostWords(1)][..]));
    // Words that everybody has are no reason to be listed.
    assert_eq!(keys(&ask(&engine, "kafka lag on rebalance")), "a b");
    assert_eq!(keys(&ask(&engine, "kafka AND broker")), "a");
    // Phrases are meant.
    assert_eq!(keys(&ask(&engine, "\"kafka broker\" lag rebalance")), "a");
    assert_eq!(keys(&ask(&engine, "kafka broker lag -rebalance")), "");
}

#[test]
fn words_that_meet_as_in_the_query_come_first() {
    let fixtures = [
        fixture("a", "t", &[("", "목록에서 차단했다. 목록을 차단")]),
        fixture("b", "t", &[("", "발신 주소가 차단 목록에 올랐다")]),
    ];
    assert_eq!(keys(&ask(&engine(&fixtures), "차단 목록")), "b a");
}

#[test]
fn words_of_bodies_are_corrected_and_layouts_offered() {
    let mut fixtures: Vec<Fixture> =
        (0..5).map(|n| fixture(&format!("{n}"), "t", &[("", "디스크 스냅샷 장애")])).collect();
    fixtures.push(fixture("x", "t", &[("", "he typed wkddo and pool")]));
    let engine = engine(&fixtures);
    let answer = ask(&engine, "디스크 스넵샷");
    assert_eq!((answer.total, answer.corrected.as_deref()), (5, Some("디스크 스냅샷")));
    // A word that cannot be corrected keeps none from being so.
    assert_eq!(ask(&engine, "스넵샷 zzzzqqqq").corrected.as_deref(), Some("스냅샷 zzzzqqqq"));
    let answer = ask(&engine, "pool wkddo");
    assert_eq!(keys(&answer).split(' ').next(), Some("x"));
    assert!(answer.notes.contains(&Note::Perhaps("pool 장애".to_owned())), "{:?}", answer.notes);
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
