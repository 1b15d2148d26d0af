//! What is read of bundles, and how often: parts over parts, bytes, rounds, damage.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::{Fixture, ask, bytes, fixture, keys, part};
use crate::{Answer, Engine, Facet, Fetched, Options, Part, Storage, Typing, bundle, segment};

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
        Err(error) => {
            assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{error}");
            None
        }
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
