//! What is counted as missing.

use super::{Backed, Health};
use crate::config::{Overrides, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, Location};
use crate::l10n::{Lang, Text, Value};
use crate::parse::Edition;
use crate::patterns::Collection;
use crate::source::SourceFile;

fn check(reports: &[(&str, &str)], see: impl Fn(&Health<'_>)) {
    let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
    let settings: Settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
    let location =
        |(path, _): &(&str, &str)| Location { path: (*path).into(), shown: (*path).into() };
    let locations: Vec<Location> = reports.iter().map(location).collect();
    let read = |location: &Location| {
        let text = reports.iter().find(|(path, _)| *path == location.path).map(|(_, text)| *text);
        Ok(SourceFile::new(&location.path, text.unwrap_or_default()))
    };
    let corpus = Corpus::load(&locations, read, &settings, Edition::Internal);
    let collection = Collection::new(corpus.reports.iter().collect(), &settings);
    see(&Health::of(&collection));
}

fn say(value: &Value) -> String {
    const ONE: Text = Text::new("{one}", "{one}");
    ONE.with("one", value.clone()).render(Lang::En)
}

const WHOLE: &str = "\
---
title: A
severity: SEV1
services: [pay]
started_at: 2026-03-01T10:00:00+09:00
resolved_at: 2026-03-01T11:00:00+09:00
shared_at: 2026-03-02T11:00:00+09:00
reviews: [{level: team, date: 2026-03-05}]
tags: [once, both]
---

## Summary
x

## Impact
None.

## Timeline
- 10:00 [started] it begins
- 11:00 [resolved] it ends, see [the graph](g.png)

## Five whys
1. **Why?** The pool was empty.
2. **Why was it?** A query took 40 s.

## Short-term actions
- [x] alarm

## Long-term actions
- more
";

#[test]
fn a_report_is_held_to_what_its_profile_asks() {
    let draft = "---\ntitle: B\nstatus: draft\ndate: 2026-03-01\ntags: [both]\n---\n\n## Summary\n\n## Impact\n\ny\n";
    check(&[("a.md", WHOLE), ("b.md", draft)], |health| {
        assert_eq!((health.reports.len(), health.complete), (2, 1));
        let least = &health.reports[0];
        let missing: Vec<String> = health.missing(least).map(|name| say(&name)).collect();
        assert_eq!(
            missing.join(", "),
            "severity, affected services, start time, resolution time, Summary, Timeline, \
             Five whys or Contributing factors, Short-term actions, Long-term actions"
        );
        assert!(health.reports[1].missing.is_empty() && least.asked > missing.len());
        let gaps = health.gaps();
        let summary = gaps.iter().find(|gap| say(&gap.what.name()) == "Summary");
        assert_eq!(summary.map(|gap| (gap.asked, gap.missing, gap.empty)), Some((2, 0, 1)));
        assert_eq!(health.stale.iter().map(|stale| stale.days).collect::<Vec<_>>(), [92]);
        assert_eq!(health.to_final.map(|s| (s.n, s.median)), Some((1, 4 * 86_400)));
        assert_eq!(health.answers, Backed { backed: 1, n: 2, reports: 1 });
        assert_eq!(health.entries, Backed { backed: 1, n: 2, reports: 1 });
        assert_eq!(health.without_actions.len(), 1);
        assert_eq!(health.unrecorded.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1]);
        let lonely: Vec<&str> = health.lonely_tags.iter().map(|tag| tag.key.as_str()).collect();
        assert_eq!((lonely, health.tags), (vec!["once"], 2));
    });
}

#[test]
fn nothing_lacks_where_nothing_is() {
    check(&[], |health| {
        assert!(health.reports.is_empty() && health.gaps().is_empty() && health.to_final.is_none());
    });
}
