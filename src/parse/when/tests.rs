//! One line per notation that was seen in a real report.

use super::{Stamp, Style, WrittenDate, date_in, leading, named_zone, trailing, zone_in};

/// A stamp in one line: date, weekday, clock, range, zone, flags, and the text behind it.
fn show(text: &str, stamp: &Stamp) -> String {
    let date = |date: &WrittenDate| match date {
        WrittenDate::Full(date) => date.to_string(),
        WrittenDate::MonthDay(month, day) => format!("{month:02}-{day:02}"),
        WrittenDate::Ambiguous { first, second, year } => format!("{first}|{second}|{year}"),
        WrittenDate::Unknown => "?".to_owned(),
    };
    let clock = |clock: &super::Clock| {
        let shown = clock.time.to_string();
        let shown = shown.strip_suffix(":00").unwrap_or(&shown).to_owned();
        if clock.next_day { format!("{shown}+1") } else { shown }
    };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(stamp.date.as_ref().map(date));
    parts.extend(stamp.weekday.map(|weekday| format!("{weekday:?}")));
    parts.extend(stamp.clock.as_ref().map(clock));
    if let Some((until_date, until_clock)) = &stamp.until {
        let until =
            until_date.as_ref().map(date).into_iter().chain(until_clock.as_ref().map(clock));
        parts.push(format!("to {}", until.collect::<Vec<_>>().join(" ")));
    }
    if let Some((seconds, until)) = stamp.relative {
        parts.push(format!("T{seconds:+}{}", until.map_or(String::new(), |u| format!("..{u:+}"))));
    }
    parts.extend(stamp.zone.as_ref().map(|zone| zone.label.to_string()));
    if stamp.approximate {
        parts.push("about".to_owned());
    }
    if stamp.unknown {
        parts.push("unknown".to_owned());
    }
    format!("{} | {}", parts.join(" "), &text[stamp.rest..])
}

fn read(text: &str) -> String {
    leading(text, Style::default()).map_or_else(|| "-".to_owned(), |stamp| show(text, &stamp))
}

#[test]
fn reads_every_notation_seen() {
    let cases = [
        ("14:02 배포 시작", "14:02 | 배포 시작"),
        ("14:02:30 - restart", "14:02:30 | restart"),
        ("오후 2시 5분 알람", "14:05 | 알람"),
        ("2:05 PM KST rollback", "14:05 KST | rollback"),
        ("2026-03-14 14:02 (UTC+9) 시작", "2026-03-14 14:02 UTC+9 | 시작"),
        ("3/14 14:02 시작", "03-14 14:02 | 시작"),
        ("2021-12-10   19:00 | People", "2021-12-10 19:00 | People"),
        ("12:18 PM: Questioning", "12:18 | Questioning"),
        ("05/07/2023 - The soft fork", "5|7|2023 | The soft fork"),
        ("June 29, 2021, 19:20 (UTC): Initial", "2021-06-29 19:20 UTC | Initial"),
        ("2018-03-26 10:34", "2018-03-26 10:34 | "),
        ("1:27 PM", "13:27 | "),
        ("~13:30-13:45", "13:30 to 13:45 about | "),
        ("8:20 - 8:24", "08:20 to 08:24 | "),
        ("2017-02-09 00:25 - 00:29 AM", "2017-02-09 00:25 to 00:29 | "),
        ("[2026-07-01]", "2026-07-01 | "),
        ("February 25, 2025", "2025-02-25 | "),
        ("19:00 UTC - Team identifies 429 errors", "19:00 UTC | Team identifies 429 errors"),
        ("[16:40] @kim rolled back", "16:40 | @kim rolled back"),
        ("12:20 EDT (16:20 UTC): done", "12:20 EDT | done"),
        ("2022-02-02 1906: cuts the builds:", "2022-02-02 19:06 | cuts the builds:"),
        ("[03-26 23:04] The node", "03-26 23:04 | The node"),
        ("Dec 18th 21:32 paged", "12-18 21:32 | paged"),
        ("Early morning July 12th, 2018: found", "2018-07-12 | found"),
        ("06-03-2026 13:43 UTC – fixed", "2026-03-06 13:43 UTC | fixed"),
        ("10:00 7th Nov 2023 - start", "2023-11-07 10:00 | start"),
        ("11:39 Migrate transaction", "11:39 | Migrate transaction"),
        ("2020-10-06 09:00 - 11:00 checks", "2020-10-06 09:00 to 11:00 | checks"),
        ("23:15-00:30 UTC / 16:15-17:30 PDT upgrade", "23:15 to 00:30 UTC | upgrade"),
        ("18:00-24:00 UTC", "18:00 to 00:00+1 UTC | "),
        ("T+62m 복구", "T+3720 | 복구"),
        ("T0~T+10분: 탐지", "T+0..+600 | 탐지"),
        ("T+1일", "T+86400 | "),
        ("T-0: start", "T+0 | start"),
        ("2022-02-?? ??:??", "? unknown | "),
        ("2021/22-??-?? HH:mm | run by hand", "? unknown | run by hand"),
        ("2022-06-02 HH:mm deleted", "2022-06-02 unknown | deleted"),
        ("2019-12-03 --:-- Surge", "2019-12-03 unknown | Surge"),
        ("25:10 restart", "unknown | restart"),
        ("2026-03-14 14:75 restart", "2026-03-14 unknown | restart"),
        ("70:30 split of the traffic", "-"),
        ("20202-01-16 12:00 Cake", "? 12:00 unknown | Cake"),
        ("2024년 11월 25일 오전 10:15 배포", "2024-11-25 10:15 | 배포"),
        ("2025년 6월 5일(수) 10:22 ~ 11:35", "2025-06-05 10:22 to 11:35 | "),
        ("2018-03-26T10:34:00Z", "2018-03-26 10:34 Z | "),
        ("2018-03-26T10:34:00-07:00 x", "2018-03-26 10:34 -07:00 | x"),
        ("Jan 14, 10:18 AM", "01-14 10:18 | "),
        ("Sep 27 2017 13:06", "2017-09-27 13:06 | "),
        ("19. April, 11:00", "04-19 11:00 | "),
        ("2018-07-08 ca. 18:30", "2018-07-08 18:30 about | "),
        ("2026.3.14. 오후 3시 반경 알림", "2026-03-14 15:30 about | 알림"),
        ("03-MAR-2026 09:00", "2026-03-03 09:00 | "),
        ("November 11, 4:02 PM UTC", "11-11 16:02 UTC | "),
        ("October 29-30, 2025 - CPU-Bound Latency", "2025-10-29 to 2025-10-30 | CPU-Bound Latency"),
        ("07:30am - First report", "07:30 | First report"),
        ("2X:XX (not sure)", "unknown | (not sure)"),
        ("2022-08-03 12:26-12:?? fix", "2022-08-03 12:26 | fix"),
        ("Thur Jan 20 23:15 A zoom call", "01-20 Thursday 23:15 | A zoom call"),
        ("약 14시 20분쯤 복구", "14:20 about | 복구"),
        ("정오 점검", "12:00 | 점검"),
        ("21:00 - 3 pods died", "21:00 | 3 pods died"),
        ("2020-07-09 00:00+09:00 x", "2020-07-09 00:00 +09:00 | x"),
        ("14：02 시작", "14:02 | 시작"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn leaves_alone_what_only_looks_like_a_time() {
    for text in [
        "24/7 support",
        "3 replicas",
        "10.41 GB",
        "1.2.3 released",
        "16:9 video",
        "99.9 %",
        "502 errors",
        "2시간 동안",
        "35:00 x",
        "version 2024",
        "May be slow",
        "5 Whys",
        "1906 requests",
        "T-shirt",
        "TBD",
        "Mondays are bad",
        "2pm2",
        "1/2 of users",
        "HTTP 503",
        "IP 10.0.0.1",
        "100% of",
        "70:60 x",
        "k8s 1.14",
        "- none",
    ] {
        assert_eq!(read(text), "-", "{text}");
    }
}

#[test]
fn a_style_allows_more() {
    let read = |text: &str, style| {
        leading(text, style).map_or_else(|| "-".to_owned(), |stamp| show(text, &stamp))
    };
    let dotted = Style { dotted: true, ..Style::default() };
    assert_eq!(read("15.42 JG any chance", dotted), "15:42 | JG any chance");
    assert_eq!(read("[10.41] look", dotted), "10:41 | look");
    assert_eq!(read("10.41.2 released", dotted), "-");
    let colonless = Style { colonless: true, ..Style::default() };
    assert_eq!(read("1906 cuts", colonless), "19:06 | cuts");
}

#[test]
fn reads_a_stamp_at_the_end() {
    let read = |text: &str| trailing(text).map(|stamp| text[..stamp.start].trim_end().to_owned());
    assert_eq!(read("Fault occurs 2020-02-12 11:45").as_deref(), Some("Fault occurs"));
    assert_eq!(read("Resolved 2022-11-15 8:49pm").as_deref(), Some("Resolved"));
    assert_eq!(read("Resolved 2020-02-12").as_deref(), Some("Resolved"));
    assert_eq!(read("First detected 2023-01-04 (Time TBC)").as_deref(), Some("First detected"));
    assert_eq!(read("Nothing since March 3"), None);
    assert_eq!(read("Incident not declared, but later agreed it was one"), None);
}

#[test]
fn finds_dates_in_titles_and_zones_in_sentences() {
    let date = |text: &str| date_in(text).map(|stamp| text[stamp.start..stamp.end].to_owned());
    assert_eq!(date("PostHog outage - September 29, 2025").as_deref(), Some("September 29, 2025"));
    assert_eq!(date("Incident on 2020-02-12 - x").as_deref(), Some("2020-02-12"));
    assert_eq!(date("Version 2.1"), None);

    let zone = |text: &str| zone_in(text).map(|zone| zone.label.to_string());
    for (text, expected) in [
        ("All times in UTC.", Some("UTC")),
        ("(all times US/Pacific, 24-hour clock)", Some("US/Pacific")),
        ("시각은 모두 KST 기준입니다", Some("KST")),
        ("Time (PDT)", Some("PDT")),
        ("all times in CET/CEST", Some("CET/CEST")),
        ("All times in PST (UTC-7)", Some("UTC-7")),
        ("All times in Central European Time (CET)", Some("Central European Time")),
        ("some in PST and some in UTC", None),
        ("(all times in Pacific Time)", Some("Pacific Time")),
        ("We met at ten", None),
    ] {
        assert_eq!(zone(text).as_deref(), expected, "{text}");
    }
    assert!(named_zone("Asia/Seoul").is_some() && named_zone("Seoul").is_none());
}
