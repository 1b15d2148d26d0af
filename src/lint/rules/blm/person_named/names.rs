//! What looks like the name of a person.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::config::Settings;
use crate::lint::prose::is_hangul;
use crate::model::Incident;

/// One of these stands beside every name that is found.
pub(super) const MARKS: &[&str] = &["@", "(the ", "(our "];
pub(super) const TITLES: &[&str] = &[
    "님",
    "씨",
    "매니저",
    "책임",
    "선임",
    "수석",
    "팀장",
    "개발자",
    "엔지니어",
    "대리",
    "과장",
    "차장",
    "부장",
    "프로",
];

/// The commonest family names; together nine of ten Koreans bear one.
const FAMILIES: &str = "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염추도소석선설마길연위표명기반왕";

/// Words that look like a family name and a given one.
const NO_NAMES: [&str; 40] = [
    "고객",
    "이용자",
    "구매자",
    "주문자",
    "신청자",
    "백엔드",
    "주니어",
    "서버",
    "신규",
    "전담",
    "정산",
    "배포",
    "장비",
    "현업",
    "신입",
    "전체",
    "이번",
    "지난",
    "조직",
    "장애",
    "안드로이드",
    "인프라",
    "운영",
    "원인",
    "이전",
    "현재",
    "주요",
    "최종",
    "전임",
    "후임",
    "정보",
    "보안",
    "기술",
    "연동",
    "제품",
    "서비스",
    "우리",
    "모든",
    "선배",
    "방송",
];

/// Annotations and scopes that begin with `@` are code; these are not people either.
const NO_HANDLES: [&str; 6] = ["here", "channel", "all", "everyone", "team", "oncall"];

/// Who is who in one report.
pub(super) struct Names {
    teams: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(incident: &Incident, settings: &Settings) -> Self {
        let roles = incident.roles.values().flat_map(|role| &role.value);
        let teams = incident
            .teams
            .iter()
            .map(|team| &team.value)
            .chain(settings.owners.values())
            .chain(roles);
        Self { teams: teams.map(|team| team.trim_start_matches('@').to_lowercase()).collect() }
    }

    /// The names in a sentence in lower case.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = self.handles(text);
        found.extend(titled(text));
        found.extend(with_duty(text));
        found.sort_by_key(|range| range.start);
        found
    }

    fn handles(&self, text: &str) -> Vec<Range<usize>> {
        let inside = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.');
        let mut found = Vec::new();
        for (at, _) in text.match_indices('@') {
            let before = text[..at].chars().next_back();
            let rest = &text[at + 1..];
            let length = rest.find(|ch| !inside(ch)).unwrap_or(rest.len());
            let handle = rest[..length].trim_end_matches(['.', '-']);
            let alone = before.is_none_or(|ch| !ch.is_alphanumeric() && ch != '/');
            // `@scope/package`, `@sre-team`
            let is_name = alone
                && handle.len() >= 2
                && handle.starts_with(|ch: char| ch.is_ascii_alphabetic())
                && !rest[length..].starts_with(['/', '('])
                && !NO_HANDLES.contains(&handle)
                && !is_team(handle)
                && !self.teams.contains(handle);
            if is_name {
                found.push(at..at + 1 + handle.len());
            }
        }
        found
    }
}

/// `@PostMapping`: the code of a framework, written without backticks.
pub(super) fn is_annotation(words: &str) -> bool {
    const ANNOTATIONS: [&str; 8] = [
        "Transactional",
        "Async",
        "Scheduled",
        "Retryable",
        "Version",
        "Cacheable",
        "Valid",
        "Override",
    ];
    words.strip_prefix('@').is_some_and(|name| {
        let mut letters = name.chars();
        let capital = letters.next().is_some_and(|ch| ch.is_ascii_uppercase());
        ANNOTATIONS.iter().any(|known| name.starts_with(known))
            || capital && letters.any(|ch| ch.is_ascii_uppercase())
    })
}

/// Handles of teams say so.
fn is_team(handle: &str) -> bool {
    const TEAMS: [&str; 22] = [
        "team", "sre", "ops", "platform", "infra", "oncall", "on-call", "dev", "backend",
        "frontend", "security", "data", "search", "catalog", "payment", "order", "eng", "support",
        "qa", "dba", "network", "squad",
    ];
    handle.contains(['-', '_']) || TEAMS.iter().any(|team| handle.contains(team))
}

/// `김민수 님이`: a family name, a given one of two letters, and a title.
fn titled(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for title in TITLES {
        for (at, _) in text.match_indices(title) {
            let before = text[..at].trim_end();
            let start = before
                .rfind(|ch: char| !is_hangul(ch))
                .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
            let name = &before[start..];
            let mut letters = name.chars();
            let family = letters.next().is_some_and(|ch| FAMILIES.contains(ch));
            let looks_like_one = family
                && letters.count() == 2
                && !NO_NAMES.contains(&name)
                && !name.ends_with(['팀', '자', '사', '실', '부', '들']);
            // `책임` and the like name a duty only behind a space.
            let spaced = before.len() < at || *title == "님" || *title == "씨";
            let ends = text[at + title.len()..]
                .chars()
                .next()
                .is_none_or(|ch| !is_hangul(ch) || "이가은는을를의과와께도에".contains(ch));
            if looks_like_one && spaced && ends {
                found.push(start..at + title.len());
            }
        }
    }
    found
}

/// `kim (the on-call engineer)`
fn with_duty(text: &str) -> Vec<Range<usize>> {
    const DUTIES: [&str; 9] = [
        "engineer",
        "developer",
        "operator",
        "on-call",
        "oncall",
        "reviewer",
        "author",
        "admin",
        "manager",
    ];
    let mut found = Vec::new();
    for mark in ["(the ", "(our "] {
        for (at, _) in text.match_indices(mark) {
            let inside = &text[at + mark.len()..];
            let inside = &inside[..inside.find(')').unwrap_or(inside.len())];
            let words: Vec<&str> = inside.split_whitespace().collect();
            let duty = words.len() <= 4 && words.last().is_some_and(|word| DUTIES.contains(word));
            let before = text[..at].trim_end();
            let start = before
                .rfind(|ch: char| !ch.is_ascii_alphabetic())
                .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
            if duty && before.len() - start >= 2 {
                found.push(start..at + mark.len() + inside.len() + 1);
            }
        }
    }
    found.retain(|range| range.end <= text.len());
    found
}
