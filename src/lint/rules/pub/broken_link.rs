//! `PUB006`
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::corpus::{Corpus, path_of};
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::markup::{self, LeadKind};
use crate::parse::Report;
use crate::source::Span;
use crate::tree::{DID_YOU_MEAN, suggest};

declare_rule! {
    en {
        /// ## What it does
        /// Finds links and images that lead nowhere inside the knowledge base: to a file that is not there, to a heading
        /// that no longer has that name, and references (`[text][name]`) that nobody defines. Nothing is asked of the
        /// network, and what leads out of the folder is left alone.
        ///
        /// ## Why it matters
        /// "See the report of the last time" is the most useful sentence in a report, as long as it leads there. On the
        /// site such a link becomes plain text.
        ///
        /// ## Example
        /// ```md,bad
        /// ## Summary
        ///
        /// The same as [last November](2025-11-02-pool.md), see the [timeline](#timeline).
        /// ```
        ///
        /// ```md,good
        /// ## Summary
        ///
        /// See the [timeline](#timeline) and the [runbook](https://wiki.example.com/runbooks/pool).
        ///
        /// ## Timeline
        ///
        /// - 14:02 the pool is empty
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 지식 베이스 안에서 갈 곳이 없는 링크와 이미지를 찾습니다. 없는 파일, 이름이 바뀐 제목으로 가는 링크, 정의하지 않은 참조(`[글][이름]`)입니다.
        /// 네트워크에는 아무것도 묻지 않고, 폴더 밖으로 나가는 링크는 건드리지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// "지난번 보고서를 보세요"는 보고서에서 가장 쓸모 있는 문장이지만, 실제로 그곳으로 가야 쓸모가 있습니다. 사이트에서 이런 링크는 그냥 글자가 됩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ## 요약
        ///
        /// [지난 11월](2025-11-02-pool.md)과 같다. [타임라인](#타임라인) 참고.
        /// ```
        ///
        /// ```md,good
        /// ## 요약
        ///
        /// [타임라인](#타임라인)과 [런북](https://wiki.example.com/runbooks/pool) 참고.
        ///
        /// ## 타임라인
        ///
        /// - 14:02 커넥션 풀 고갈
        /// ```
    }
    RULE = Rule {
        code: "PUB006",
        name: "broken-link",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Corpus(check),
    }
}

const NO_FILE: Text = Text::new("there is no file `{target}`", "`{target}` 파일이 없습니다");
const NO_HEADING: Text =
    Text::new("no heading has the address `{target}`", "`{target}`에 해당하는 제목이 없습니다");
const UNDEFINED: Text = Text::new(
    "the reference `{target}` is not defined",
    "`{target}` 참조가 정의되어 있지 않습니다",
);
const SEVERAL: Text =
    Text::new("{count} links lead nowhere: {all}", "갈 곳이 없는 링크가 {count}개 있습니다: {all}");
const CORRECT: Text =
    Text::new("correct the path, or take the link away", "경로를 고치거나 링크를 지우세요");
const WITH_SCHEME: Text = Text::new(
    "an address outside starts with `https://`",
    "바깥 주소는 `https://`로 시작해야 합니다",
);
const DEFINE: Text = Text::new(
    "add a line `[{name}]: address` at the end",
    "맨 아래에 `[{name}]: 주소` 줄을 더하세요",
);
/// More are counted.
const SHOWN: usize = 5;

/// A link that leads nowhere.
struct Broken {
    span: Span,
    target: String,
    message: Message,
    mend: Mend,
}

/// What to do about it.
enum Mend {
    /// What the author may have meant.
    Write(String),
    Otherwise(Message),
}

impl Mend {
    fn help(self) -> Message {
        match self {
            Mend::Write(close) => DID_YOU_MEAN.with("close", close),
            Mend::Otherwise(help) => help,
        }
    }

    /// The same, to stand beside one of several places.
    fn label(&self) -> Message {
        const MEANT: Text = Text::new("`{close}`?", "`{close}`?");
        match self {
            Mend::Write(close) => MEANT.with("close", close.as_str()),
            Mend::Otherwise(_) => Text::new("", "").into(),
        }
    }
}

fn check(_: &Context<'_>, corpus: &Corpus, found: &mut Found) {
    let files = Files::new(corpus);
    let one = |report: &Report| {
        let mut broken: Vec<Broken> = report
            .leads
            .leads
            .iter()
            .filter_map(|lead| files.broken(report, &lead.target, lead.kind, lead.span))
            .collect();
        broken.extend(report.leads.undefined.iter().map(|span| undefined(report, *span)));
        broken.sort_by_key(|broken| broken.span);
        let mut found = Found::default();
        say(report, broken, &mut found);
        found
    };
    let reports: Vec<&Report> = corpus
        .reports
        .iter()
        .filter(|report| !report.leads.leads.is_empty() || !report.leads.undefined.is_empty())
        .collect();
    let all: Vec<Found> = reports.into_par_iter().map(one).collect();
    for other in all {
        found.append(other);
    }
}

fn say(report: &Report, broken: Vec<Broken>, found: &mut Found) {
    let mut seen = BTreeSet::new();
    let names: Vec<String> = broken
        .iter()
        .filter(|broken| seen.insert(&broken.target))
        .map(|broken| format!("`{}`", broken.target))
        .collect();
    let mut broken = broken.into_iter();
    let Some(first) = broken.next() else { return };
    let item = if names.len() == 1 {
        found.at(&report.source, first.span, first.message).help(first.mend.help())
    } else {
        let more = (names.len() > SHOWN).then(|| "…".to_owned());
        let shown: Vec<String> = names.iter().take(SHOWN).cloned().chain(more).collect();
        let message = SEVERAL.with("count", names.len()).with("all", shown);
        found.at(&report.source, first.span, message).help(first.mend.help())
    };
    let alone = names.len() == 1;
    for other in broken {
        let label = if alone { Text::new("", "").into() } else { other.mend.label() };
        item.related(other.span, label);
    }
}

fn undefined(report: &Report, span: Span) -> Broken {
    let written = span.of(report.source.text());
    let mut parts = written.trim_matches(['[', ']']).splitn(2, "][");
    let first = parts.next().unwrap_or_default();
    let name = parts.next().filter(|name| !name.is_empty()).unwrap_or(first);
    Broken {
        span,
        target: written.to_owned(),
        message: UNDEFINED.with("target", name),
        mend: Mend::Otherwise(DEFINE.with("name", name)),
    }
}

/// Which files there are, and which headings are in those that are reports.
struct Files<'c> {
    corpus: &'c Corpus,
    files: BTreeSet<&'c str>,
    /// The same as people type them: macOS keeps names in pieces.
    composed: BTreeSet<String>,
    reports: BTreeMap<&'c str, usize>,
    /// Read when a link leads to one.
    headings: Vec<OnceLock<BTreeSet<String>>>,
}

impl<'c> Files<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        let composed = corpus.files.iter().filter(|file| !file.is_ascii());
        Self {
            corpus,
            files: corpus.files.iter().map(String::as_str).collect(),
            composed: composed.map(|file| bokgi_search::compose(file).into_owned()).collect(),
            reports: corpus
                .reports
                .iter()
                .enumerate()
                .map(|(place, report)| (&*report.path, place))
                .collect(),
            headings: corpus.reports.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What is wrong with a link of a report.
    fn broken(&self, report: &Report, target: &str, kind: LeadKind, span: Span) -> Option<Broken> {
        let (path, anchor) = match target.strip_prefix('#') {
            Some(_) => (report.path.to_string(), target.to_owned()),
            None if !markup::is_relative(target) => return None,
            None => {
                let (file, anchor) = target.split_at(target.find('#').unwrap_or(target.len()));
                // GitHub's `?plain=1` says how to show a file.
                let file = file.split('?').next().unwrap_or(file);
                // What leads out of the folder is not ours to know.
                (path_of(&report.path, file)?.0, anchor.to_owned())
            }
        };
        let broken = |message: Message, mend: Mend| Broken {
            span,
            target: target.to_owned(),
            message: message.with("target", target),
            mend,
        };
        if !self.exists(&path) {
            let mend = self.mend(report, target, &path);
            return Some(broken(NO_FILE.into(), mend));
        }
        if kind == LeadKind::Image || !is_name(&anchor) {
            return None;
        }
        let place = *self.reports.get(path.as_str())?;
        let headings = self.headings(place);
        let wanted = markup::anchor(&anchor);
        let wanted = wanted.trim_start_matches('#');
        if headings.contains(wanted) {
            return None;
        }
        let mend = match suggest(wanted, headings.iter().map(String::as_str)) {
            Some(close) => Mend::Write(format!("#{close}")),
            None => Mend::Otherwise(CORRECT.into()),
        };
        Some(broken(NO_HEADING.into(), mend))
    }

    /// Whether there is such a file or folder.
    fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let is_folder =
            |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let folder = format!("{path}/");
        path.is_empty()
            || self.files.contains(path)
            || self.files.range(folder.as_str()..).next().is_some_and(|file| is_folder(file))
            || !path.is_ascii() && {
                let path = bokgi_search::compose(path);
                let folder = format!("{path}/");
                self.composed.contains(&*path)
                    || self
                        .composed
                        .range(folder.clone()..)
                        .next()
                        .is_some_and(|file| file.starts_with(&folder))
            }
    }

    fn headings(&self, place: usize) -> &BTreeSet<String> {
        self.headings[place].get_or_init(|| {
            let report = &self.corpus.reports[place];
            let document = report.document();
            markup::headings(&document, report.title_heading(&document)).into_iter().collect()
        })
    }

    /// What the author may have meant: the file with its ending, the one that was moved, one that is
    /// written nearly so; or a host.
    fn mend(&self, report: &Report, target: &str, path: &str) -> Mend {
        const HOSTS: [&str; 10] =
            [".com", ".org", ".net", ".io", ".kr", ".dev", ".app", ".co", ".ai", ".cloud"];
        let host = target.split('/').next().unwrap_or_default();
        if HOSTS.iter().any(|end| host.ends_with(end)) || host.starts_with("www.") {
            return Mend::Otherwise(WITH_SCHEME.into());
        }
        let with_ending = format!("{path}.md");
        let name = path.rsplit('/').next().unwrap_or(path);
        let ends = |file: &&&str| {
            file.len() > name.len()
                && file.ends_with(name)
                && file[..file.len() - name.len()].ends_with('/')
                || **file == name
        };
        let close = if self.files.contains(with_ending.as_str()) {
            Some(with_ending)
        } else {
            let mut moved = self.files.iter().filter(ends);
            match (moved.next(), moved.next()) {
                (Some(only), None) => Some((*only).to_owned()),
                _ => {
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let beside =
                        |file: &&&str| file.rsplit_once('/').map_or("", |(f, _)| f) == folder;
                    let beside = self.files.iter().filter(beside).copied();
                    suggest(path, beside.take(MOST_BESIDE)).map(str::to_owned)
                }
            }
        };
        match close {
            Some(close) => Mend::Write(relative(&report.path, &close)),
            None => Mend::Otherwise(CORRECT.into()),
        }
    }
}

/// So many names are compared with one that is not there.
const MOST_BESIDE: usize = 2_000;

/// Whether an anchor names a heading: not the top, not a line, not a piece of text.
fn is_name(anchor: &str) -> bool {
    let name = anchor.trim_start_matches('#');
    let line =
        name.strip_prefix('L').is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()));
    !name.is_empty()
        && name != "top"
        && !line
        && !name.starts_with(":~:")
        && !name.starts_with("fn")
}

/// The way from one file to another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let same = from[..folders].iter().zip(&to).take_while(|(left, right)| left == right).count();
    let same = same.min(to.len() - 1);
    let up = std::iter::repeat_n("..", folders - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn the_way_to_a_file() {
        assert_eq!(relative("a/b.md", "a/c.md"), "c.md");
        assert_eq!(relative("a/b.md", "c.md"), "../c.md");
        assert_eq!(relative("b.md", "a/c/d.png"), "a/c/d.png");
        assert_eq!(relative("a/x/b.md", "a/y/d.md"), "../y/d.md");
    }
}
