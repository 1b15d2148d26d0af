//! `REL002`
use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::diagnostics::Severity;
use crate::l10n::{Message, Text};
use crate::lint::rules::title_span;
use crate::lint::{Check, Context, Found, Level, Stability, declare_rule};
use crate::model::{Incident, Sourced};
use crate::parse::Report;
use crate::source::Span;

declare_rule! {
    en {
        /// ## What it does
        /// Finds services, dependencies, teams and tags that are one thing under several names: `payment-api`,
        /// `payment_api` and `Payment APIs` differ by spaces, hyphens or a plural, and `notificaton` used once is a slip where
        /// `notification` is used three times or more. Upper and lower case, and full and half width, count as the same
        /// everywhere and are not reported.
        ///
        /// ## Why it matters
        /// Reports are found, counted and compared by these names. Under two names, what happened three times happened
        /// twice and once.
        ///
        /// ## Example
        /// ```md,bad
        /// ---
        /// title: Payments fail
        /// tags: [connection-pool, connection_pool]
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: Payments fail
        /// tags: [connection-pool, thread-pool]
        /// ---
        /// ```
    }
    ko {
        /// ## 무엇을 찾나요
        /// 한 가지를 여러 이름으로 적은 서비스, 외부 의존성, 팀, 태그를 찾습니다. `payment-api`, `payment_api`, `Payment APIs`처럼 띄어쓰기나 붙임표,
        /// 복수형만 다른 것과, `notification`을 세 번 넘게 쓰는데 한 번 나온 `notificaton`처럼 잘못 친 것입니다. 대소문자와 전각·반각은 어디서나 같은
        /// 것으로 보므로 지적하지 않습니다.
        ///
        /// ## 왜 중요한가요
        /// 보고서는 이 이름으로 찾고, 세고, 비교합니다. 이름이 둘이면 세 번 일어난 일이 두 번과 한 번으로 나뉩니다.
        ///
        /// ## 예
        /// ```md,bad
        /// ---
        /// title: 결제 실패
        /// tags: [커넥션풀, 커넥션 풀]
        /// ---
        /// ```
        ///
        /// ```md,good
        /// ---
        /// title: 결제 실패
        /// tags: [커넥션 풀, 스레드 풀]
        /// ---
        /// ```
    }
    RULE = Rule {
        code: "REL002",
        name: "near-duplicate-tags",
        stability: Stability::Stable,
        severity: Severity::Warning,
        level: Level::ByStatus,
        check: Check::Corpus(check),
    }
}

const OTHERWISE: Text = Text::new(
    "{facet} `{name}` ({count}) is also written {others}",
    "{facet} `{name}`({count}회)의 다른 표기가 있습니다: {others}",
);
const SLIP: Text = Text::new(
    "{facet} `{name}` is used once, and is nearly {others}",
    "{facet} `{name}`{은/는} 한 번만 쓰였고 {others}{과/와} 거의 같습니다",
);
const ONE_NAME: Text =
    Text::new("write `{name}` everywhere", "어디서나 `{name}`{으로/로} 적으세요");
const IF_MEANT: Text =
    Text::new("if it is the same, write `{name}`", "같은 것이라면 `{name}`{으로/로} 적으세요");

type Names = fn(&Incident) -> &[Sourced<String>];

/// How often a name is used, and where first.
struct Use<'c> {
    /// As it was written first.
    name: &'c str,
    count: usize,
    report: &'c Report,
    span: Option<Span>,
}

fn check(_: &Context<'_>, corpus: &Corpus, found: &mut Found) {
    let facets: [(Text, Names); 4] = [
        (Text::new("the service", "서비스"), |incident| &incident.services),
        (Text::new("the dependency", "외부 의존성"), |incident| &incident.dependencies),
        (Text::new("the team", "팀"), |incident| &incident.teams),
        (Text::new("the tag", "태그"), |incident| &incident.tags),
    ];
    for (facet, names) in facets {
        let uses = uses(corpus, names);
        let mut groups: BTreeMap<String, Vec<&Use<'_>>> = BTreeMap::new();
        for (key, used) in &uses {
            groups.entry(bare(key)).or_default().push(used);
        }
        for group in groups.values_mut().filter(|group| group.len() > 1) {
            one_name(facet, group, found);
        }
        // What is one group has one name more than it should; a slip is looked for among the others.
        let alone = groups.iter().filter(|(_, group)| group.len() == 1);
        let alone: Vec<(&str, &Use<'_>)> =
            alone.map(|(key, group)| (key.as_str(), group[0])).collect();
        let all: Vec<(&str, &Use<'_>)> = groups
            .iter()
            .filter_map(|(key, group)| {
                Some((key.as_str(), *group.iter().max_by_key(|used| used.count)?))
            })
            .collect();
        slips(facet, &alone, &all, found);
    }
}

fn uses<'c>(corpus: &'c Corpus, names: Names) -> BTreeMap<String, Use<'c>> {
    let mut uses: BTreeMap<String, Use<'c>> = BTreeMap::new();
    for report in &corpus.reports {
        for name in names(&report.incident) {
            let key = bokgi_search::fold(name.value.trim()).into_owned();
            if key.is_empty() {
                continue;
            }
            let first = || Use { name: name.value.trim(), count: 0, report, span: name.span };
            uses.entry(key).or_insert_with(first).count += 1;
        }
    }
    uses
}

/// What stands between the words of a name.
fn is_mark(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '-' | '_' | '.' | '/' | '·')
}

/// A name without what people write one way or the other: marks between words, the plural.
fn bare(key: &str) -> String {
    let mut bare = String::with_capacity(key.len());
    let mut mark = false;
    for ch in key.chars() {
        if is_mark(ch) {
            mark = true;
            continue;
        }
        // `db-1-2` is not `db-12`.
        let between =
            mark && ch.is_ascii_digit() && bare.ends_with(|last: char| last.is_ascii_digit());
        if between {
            bare.push('-');
        }
        bare.push(ch);
        mark = false;
    }
    let singular = bare.strip_suffix('s').filter(|rest| {
        let plural = !rest.ends_with(['s', 'u', 'i']) || rest.ends_with("api");
        rest.len() >= 4 && rest.is_ascii() && plural
    });
    singular.map(str::to_owned).unwrap_or(bare)
}

/// One finding for names of one thing, where the rarest is used first. Of names that are used as often,
/// the one that was there before stays.
fn one_name(facet: Text, group: &mut [&Use<'_>], found: &mut Found) {
    group.sort_by_key(|used| {
        let date = used.report.incident.date.as_ref().map(|date| date.value);
        (std::cmp::Reverse(used.count), date.is_none(), date, &used.report.path, used.span)
    });
    let [usual, .., rare] = &*group else { return };
    let others: Vec<Message> = group[..group.len() - 1].iter().map(|used| counted(used)).collect();
    let message = OTHERWISE
        .with("facet", facet)
        .with("name", rare.name)
        .with("count", rare.count)
        .with("others", others);
    at(rare, message, ONE_NAME.with("name", usual.name), found);
}

fn counted(used: &Use<'_>) -> Message {
    const COUNTED: Text = Text::new("`{name}` ({count})", "`{name}`({count}회)");
    COUNTED.with("name", used.name).with("count", used.count)
}

fn at(used: &Use<'_>, message: Message, help: Message, found: &mut Found) {
    let span = used.span.unwrap_or_else(|| title_span(used.report));
    found.at(&used.report.source, span, message).help(help);
}

/// So often is a name used that is no slip itself.
const USUAL: usize = 3;
/// Shorter words differ by a letter and mean something else: `api`, `app`.
const SHORTEST: usize = 6;

/// Names used once that differ by one letter from one that is usual. Two words that are one letter apart
/// become the same when that letter is left out of each, so that no name is compared with all others.
fn slips(facet: Text, alone: &[(&str, &Use<'_>)], all: &[(&str, &Use<'_>)], found: &mut Found) {
    let mut shorter: BTreeMap<String, usize> = BTreeMap::new();
    for (place, (key, used)) in all.iter().enumerate().filter(|(_, (_, used))| used.count >= USUAL)
    {
        let _ = used;
        for variant in without_one(key) {
            shorter.entry(variant).or_insert(place);
        }
    }
    if shorter.is_empty() {
        return;
    }
    for (key, used) in alone.iter().filter(|(_, used)| used.count == 1) {
        let close = without_one(key).into_iter().filter_map(|variant| shorter.get(&variant));
        let close = close.map(|place| all[*place]).find(|(_, usual)| {
            is_slip(&bokgi_search::fold(used.name), &bokgi_search::fold(usual.name))
        });
        if let Some((_, usual)) = close {
            let message =
                SLIP.with("facet", facet).with("name", used.name).with("others", counted(usual));
            at(used, message, IF_MEANT.with("name", usual.name), found);
        }
    }
}

/// A name and all that have one letter less. A name nobody would type has none.
fn without_one(key: &str) -> Vec<String> {
    let letters = letters(key);
    if !(SHORTEST..=40).contains(&letters.len()) {
        return Vec::new();
    }
    let whole = letters.iter().collect();
    let shorter = (0..letters.len()).map(|left_out| {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, ch)| *ch).collect()
    });
    std::iter::once(whole).chain(shorter).collect()
}

/// Hangul in the letters that people type.
fn letters(key: &str) -> Vec<char> {
    let mut letters = Vec::new();
    for ch in key.chars() {
        let code = u32::from(ch);
        if ('가'..='힣').contains(&ch) {
            let syllable = code - 0xac00;
            let parts =
                [0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11a7 + syllable % 28];
            // The last stands for no final consonant.
            let parts = parts.into_iter().filter(|part| *part != 0x11a7);
            letters.extend(parts.filter_map(char::from_u32));
        } else {
            letters.push(ch);
        }
    }
    letters
}

/// Whether two names differ by one letter of a long word, and by no number.
fn is_slip(left: &str, right: &str) -> bool {
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let words = |key: &str| -> Vec<String> {
        let words = key.split(is_mark).filter(|word| !word.is_empty());
        words.map(|word| letters(word).into_iter().collect()).collect()
    };
    let (one, other) = (words(left), words(right));
    let mut different = one.iter().zip(&other).filter(|(one, other)| one != other);
    let (Some((wrong, usual)), None) = (different.next(), different.next()) else { return false };
    one.len() == other.len()
        && digits(left) == digits(right)
        && wrong.chars().count().min(usual.chars().count()) >= SHORTEST - 1
        && usual.chars().count() >= SHORTEST
        && strsim::osa_distance(wrong, usual) == 1
}

#[cfg(test)]
mod tests {
    use super::{bare, is_slip};

    #[test]
    fn one_thing_has_one_bare_name() {
        for name in ["payment-api", "payment_api", "payment api", "paymentapi", "payment-apis"] {
            assert_eq!(bare(name), "paymentapi");
        }
        assert_eq!(bare("커넥션 풀"), bare("커넥션풀"));
        assert_ne!(bare("db-1-2"), bare("db-12"));
        assert_ne!(bare("redis"), bare("redi"));
        assert_ne!(bare("aws"), bare("aw"));
    }

    #[test]
    fn a_slip_is_one_letter_and_no_number() {
        assert!(is_slip("notificaton", "notification"));
        assert!(is_slip("결재서비스", "결제서비스"));
        assert!(!is_slip("worker-1", "worker-2"));
        assert!(!is_slip("payment-app", "payment-api"));
        assert!(!is_slip("ingress", "egress"));
    }
}
