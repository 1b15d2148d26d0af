//! `REL001`
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Id, Incident, Phase, Sourced};
use crate::parse::Report;
use crate::tree::{DID_YOU_MEAN, suggest};

declare_rule! {
    en {
        /// ## What it does
        /// Finds ids in `recurrence_of` and `related` that no report has, a report that names itself, and a `recurrence_of`
        /// that began later than the report that is said to repeat it. Former ids (`aliases`) count, and so do reports that
        /// an edition does not show.
        ///
        /// ## Why it matters
        /// What keeps happening is found by these ids. A wrong one hides a recurrence.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payments fail again
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payments fail again
        /// links: ["https://tracker.example.com/OPS-12"]
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// `recurrence_of`와 `related`에 적힌 식별자 가운데 어느 보고서의 것도 아닌 것, 자기 자신을 가리키는 것, 그리고 이 보고서보다 나중에 시작된
        /// 장애를 이전 장애로 적은 것을 찾습니다. 이전 식별자(`aliases`)도 인정하며, 공개판에서 빠지는 보고서도 있는 것으로 봅니다.
        ///
        /// ## 왜 중요한가요
        /// 되풀이되는 장애는 이 식별자로 찾습니다. 하나가 틀리면 재발이 가려집니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 다시 일어난 결제 실패
        /// recurrence_of: 2025-11-02-pool-exhausted
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 다시 일어난 결제 실패
        /// links: ["https://tracker.example.com/OPS-12"]
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "REL001",
        name: "unknown-reference",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Corpus(check),
    }
}

const UNKNOWN: Text =
    Text::new("no report has the id `{id}`", "식별자가 `{id}`인 보고서가 없습니다");
const SELF: Text =
    Text::new("`{key}` names this report itself", "`{key}`{이/가} 이 보고서 자신을 가리킵니다");
const LATER: Text = Text::new(
    "`{id}` began on {later}, after this one ({earlier})",
    "`{id}`{은/는} 이 장애({earlier})보다 나중인 {later}에 시작됐습니다",
);
const NAME_IT: Text = Text::new(
    "write the id of a report: its `id:`, else the name of its file without `.md`",
    "보고서의 식별자를 적으세요. `id:` 값이거나, 없으면 `.md`를 뺀 파일 이름입니다",
);
const REMOVE: Text = Text::new("name the earlier incident", "앞서 일어난 장애를 적으세요");
const SWAP: Text = Text::new(
    "check both dates; if they are right, the later report repeats the earlier one",
    "두 날짜를 확인하세요. 날짜가 맞다면 나중 보고서가 앞선 보고서의 재발입니다",
);

/// A folder that names more unknown reports has not misspelt them.
const MOST_SUGGESTIONS: usize = 200;

fn check(_: &Context<'_>, corpus: &Corpus, found: &mut Found) {
    let known = Known::new(corpus);
    let mut suggestions = 0;
    for report in &corpus.reports {
        let incident = &report.incident;
        let named = [("recurrence_of", &incident.recurrence_of), ("related", &incident.related)];
        for (key, ids) in named {
            for id in ids {
                let span = id.span.unwrap_or_else(|| title_span(report));
                match known.by_key.get(&id.value.key()) {
                    None => {
                        suggestions += 1;
                        let close =
                            (suggestions <= MOST_SUGGESTIONS).then(|| known.close(&id.value));
                        let help = match close.flatten() {
                            Some(close) => DID_YOU_MEAN.with("close", close),
                            None => NAME_IT.into(),
                        };
                        found
                            .at(&report.source, span, UNKNOWN.with("id", id.value.as_str()))
                            .help(help);
                    }
                    Some(Some(other)) if std::ptr::eq(*other, report) => {
                        found.at(&report.source, span, SELF.with("key", key)).help(REMOVE);
                    }
                    Some(Some(other)) if key == "recurrence_of" => {
                        if let Some(message) = later(report, other, id) {
                            found.at(&report.source, span, message).help(SWAP);
                        }
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// What to say if `other` began after `report`.
fn later(report: &Report, other: &Report, id: &Sourced<Id>) -> Option<Message> {
    let (own, others) = (report.incident.date.as_ref()?, other.incident.date.as_ref()?);
    let started = |report: &Report| report.incident.phase(Phase::Started).cloned();
    let is_later = match (started(report), started(other)) {
        (Some(own), Some(other)) => other.since(&own).is_some_and(|since| since.is_positive()),
        _ => others.value > own.value,
    };
    // Times of one day in two zones say too little.
    (is_later && others.value >= own.value).then(|| {
        LATER
            .with("id", id.value.as_str())
            .with("later", others.value.to_string())
            .with("earlier", own.value.to_string())
    })
}

/// The ids that lead somewhere.
struct Known<'c> {
    /// `None` for a file that is left out and has an id only by its name.
    by_key: BTreeMap<String, Option<&'c Report>>,
    /// Ids by what people write in their place: titles.
    by_title: OnceCell<BTreeMap<String, &'c str>>,
    corpus: &'c Corpus,
}

impl<'c> Known<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        let mut by_key: BTreeMap<String, Option<&Report>> = BTreeMap::new();
        for report in &corpus.reports {
            let incident = &report.incident;
            for id in std::iter::once(&incident.id).chain(&incident.aliases) {
                by_key.entry(id.value.key()).or_insert(Some(report));
            }
        }
        let left_out = corpus.left_out.iter().map(|out| &out.path);
        for path in left_out.chain(corpus.unreadable.iter().map(|file| &file.path)) {
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if let Some(id) = Id::from_text(stem) {
                by_key.entry(id.key()).or_insert(None);
            }
        }
        Self { by_key, by_title: OnceCell::new(), corpus }
    }

    fn by_title(&self) -> &BTreeMap<String, &'c str> {
        self.by_title.get_or_init(|| {
            let incidents = self.corpus.reports.iter().map(|report| &report.incident);
            let titled = |incident: &'c Incident| {
                Some((Id::from_text(&incident.title.value)?.key(), incident.id.value.as_str()))
            };
            incidents.filter_map(titled).collect()
        })
    }

    /// The id that was meant: written with the file's ending, as a title, in part, or with a slip.
    fn close(&self, id: &Id) -> Option<String> {
        let written = |key: &str| {
            let report = (*self.by_key.get(key)?)?;
            Some(report.incident.id.value.to_string())
        };
        let key = id.key();
        let stem = key.trim_end_matches(".md").trim_end_matches(".markdown");
        if let Some(id) = written(stem) {
            return Some(id);
        }
        if let Some(id) = Id::from_text(id.as_str()).and_then(|id| self.by_title().get(&id.key())) {
            return Some((*id).to_owned());
        }
        let mut within = self.by_key.keys().filter(|known| stem.len() >= 5 && known.contains(stem));
        if let (Some(only), None) = (within.next(), within.next()) {
            return written(only);
        }
        // Another number is another incident, and no slip.
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let own = digits(stem);
        let near = self.by_key.keys().filter(|known| digits(known) == own);
        suggest(stem, near.map(String::as_str)).and_then(written)
    }
}
