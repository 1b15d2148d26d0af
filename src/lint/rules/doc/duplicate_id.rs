//! `DOC009`
use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::diagnostics::{Edit, Severity};
use crate::l10n::Text;
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Fact, Found, Level, Stability, declare_rule, into_front_matter};
use crate::model::Origin;
use crate::parse::Report;

declare_rule! {
    en {
        /// ## What it does
        /// Finds reports that share an id. Ids are compared without case; an id somebody else had before (its
        /// `aliases`) counts too.
        ///
        /// ## Why it matters
        /// An id is a permalink. With two of one id, links lead to one of them and the other gets an address it
        /// will not keep.
        ///
        /// ## Example
        /// A second report with this front matter would be found, and so would `id: Inc-1`:
        ///
        /// ```yaml
        /// id: INC-1
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 식별자가 같은 보고서를 찾습니다. 대소문자는 구분하지 않으며, 다른 보고서가 예전에 쓰던 식별자(`aliases`)와 겹치는 것도 찾습니다.
        ///
        /// ## 왜 중요한가요
        /// 식별자는 바뀌지 않는 주소입니다. 둘이 같은 식별자를 쓰면 링크는 한쪽으로만 가고, 다른 쪽은 오래 가지 않을 주소를 받습니다.
        ///
        /// ## 예
        /// 이 front matter를 가진 보고서가 하나 더 있으면 찾아냅니다. `id: Inc-1`도 같은 식별자입니다.
        ///
        /// ```yaml
        /// id: INC-1
        /// ```
    }
    RULE = Rule {
        code: "DOC009",
        name: "duplicate-id",
        stability: Stability::Stable,
        severity: Severity::Error,
        level: Level::Always,
        check: Check::Corpus(check),
    }
}

const TAKEN: Text = Text::new(
    "id `{id}` is also that of {others}",
    "식별자 `{id}`{을/를} {others}도 쓰고 있습니다",
);
const ALIAS: Text = Text::new(
    "`{id}` is the id of {others} and cannot be a former id of this report",
    "`{id}`{은/는} {others}의 식별자라서 이 보고서의 이전 식별자가 될 수 없습니다",
);
const GIVE: Text =
    Text::new("give one of them an `id:` of its own", "한쪽에 다른 `id:`를 적으세요");

fn check(_: &Context<'_>, corpus: &Corpus, found: &mut Found) {
    let by_id = corpus.by_id();
    if by_id.len() == corpus.reports.len()
        && corpus.reports.iter().all(|r| r.incident.aliases.is_empty())
    {
        return;
    }
    let own = corpus.addresses();
    let addresses: BTreeMap<&str, &str> = corpus
        .reports
        .iter()
        .zip(&own)
        .map(|(report, address)| (report.source.path(), address.as_str()))
        .collect();
    for reports in by_id.values().filter(|reports| reports.len() > 1) {
        for report in reports {
            let others = reports.iter().filter(|other| other.source.path() != report.source.path());
            let others: Vec<String> =
                others.take(3).map(|other| other.source.path().to_owned()).collect();
            let id = &report.incident.id;
            let span = id.span.unwrap_or_else(|| title_span(report));
            let message = TAKEN.with("id", id.value.as_str()).with("others", others);
            let item = found.at(&report.source, span, message).help(GIVE);
            // The later one is published under another id already, which becomes its own.
            let address = addresses.get(report.source.path()).copied().unwrap_or_default();
            if address != id.value.as_str() {
                let fix = match (id.span, id.origin) {
                    (Some(span), Origin::FrontMatter) => {
                        Some(vec![Edit { span, text: address.to_owned() }].into())
                    }
                    _ => into_front_matter(report, &[Fact::id(address)]),
                };
                if let Some(fix) = fix {
                    item.fix(fix);
                }
            }
        }
    }
    aliases(corpus, &by_id, found);
}

fn aliases(corpus: &Corpus, by_id: &BTreeMap<String, Vec<&Report>>, found: &mut Found) {
    for report in &corpus.reports {
        for alias in &report.incident.aliases {
            let Some(owner) = by_id.get(&alias.value.key()).and_then(|reports| reports.first())
            else {
                continue;
            };
            let message =
                ALIAS.with("id", alias.value.as_str()).with("others", vec![owner.source.path()]);
            found
                .at(&report.source, alias.span.unwrap_or_else(|| title_span(report)), message)
                .help(GIVE);
        }
    }
}
