//! A pattern in words: what it is called, how sure it is, what is missing; and its anchor on the page.

use std::collections::BTreeMap;

use super::{Gap, Pattern, PatternValue, Patterns};
use jiff::civil::Date;

use crate::corpus::FacetKind;
use crate::l10n::{Message, Text};
use crate::model::ActionKind;
use crate::patterns::Collection;

/// Labels that are a sentence of their own after "stopped by".
const WHOLE: [&str; 2] = ["vendor-fix", "self-recovery"];

/// `configuration change → payment, noticed by customers`: what changed and where it hit as a chain, the rest
/// behind it.
pub(crate) fn name(values: &[PatternValue], collection: &Collection<'_>) -> Message {
    const ARROW: Text = Text::new("{left} → {right}", "{left} → {right}");
    const COMMA: Text = Text::new("{left}, {right}", "{left}, {right}");
    let join = |name: Option<Message>, text: Text, next: Message| match name {
        Some(name) => text.with("left", name).with("right", next),
        None => next,
    };
    let is_link = |value: &&PatternValue| {
        matches!(value.facet, FacetKind::Trigger | FacetKind::Dependency | FacetKind::Service)
    };
    let words = |value: &PatternValue| value_words(*value, collection);
    let chain = values.iter().filter(is_link).map(words);
    let chain = chain.fold(None, |name, next| Some(join(name, ARROW, next)));
    let rest = values.iter().filter(|value| !is_link(value)).map(words);
    let name = rest.fold(chain, |name, next| Some(join(name, COMMA, next)));
    name.unwrap_or_else(|| Text::new("", "").into())
}

/// A value as it stands in a name.
pub(crate) fn value_words(value: PatternValue, collection: &Collection<'_>) -> Message {
    const PLAIN: Text = Text::new("{value}", "{value}");
    let facet = value.facet;
    let value = value.of(collection);
    let text = match facet {
        FacetKind::Cause => Text::new("caused by {value}", "{value}{이/가} 원인"),
        FacetKind::Detection => Text::new("noticed by {value}", "{value}{이/가} 먼저 발견"),
        FacetKind::Mitigation if WHOLE.contains(&value.key.as_str()) => PLAIN,
        FacetKind::Mitigation => Text::new("stopped by {value}", "{value}{으로/로} 완화"),
        FacetKind::Team => Text::new("team {value}", "담당 {value}"),
        _ => PLAIN,
    };
    text.with("value", &value.label)
}

/// `5 of 40 incidents · 3.1× chance (95 %: ≥ 1.4×, n = 22)`
pub(crate) fn figures(pattern: &Pattern, patterns: &Patterns) -> Message {
    const FIGURES: Text = Text::new(
        "{support} of {incidents} incidents · {lift}× chance (95 %: ≥ {low}×, n = {among})",
        "장애 {incidents}건 중 {support}건 · 우연의 {lift}배 (95 %: ≥ {low}배, n = {among})",
    );
    // "At least" is never rounded up.
    let low = (pattern.lift_low * 10.0).floor() / 10.0;
    FIGURES
        .with("support", pattern.places.len())
        .with("incidents", patterns.incidents)
        .with("lift", format!("{:.1}", pattern.lift))
        .with("low", format!("{low:.1}"))
        .with("among", pattern.among)
}

/// The months of its first and its last incident, as far as they are dated.
pub(crate) fn span(pattern: &Pattern) -> Option<Message> {
    const SPAN: Text = Text::new("{first} to {last}", "{first} ~ {last}");
    const MONTH: Text = Text::new("{first}", "{first}");
    let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let (first, last) = (month(pattern.first?), month(pattern.last?));
    let text = if first == last { MONTH } else { SPAN };
    Some(text.with("first", first).with("last", last))
}

/// What nobody promised, of how many that say what they are.
pub(crate) fn gap((gap, of): (Gap, usize)) -> Message {
    const PREVENT: Text = Text::new(
        "nothing to prevent it (0 of {of} actions that state a kind)",
        "예방 조치 없음 (종류를 적은 {of}건 중 0건)",
    );
    const DETECT: Text = Text::new(
        "nothing to detect it sooner (0 of {of} actions that state a kind)",
        "탐지 조치 없음 (종류를 적은 {of}건 중 0건)",
    );
    const RESPOND: Text = Text::new(
        "nothing to handle it better (0 of {of} actions that state a kind)",
        "대응 조치 없음 (종류를 적은 {of}건 중 0건)",
    );
    const HORIZON: Text = Text::new(
        "nothing {horizon} (0 of {of} actions that state a horizon)",
        "{horizon} 조치 없음 (기간을 적은 {of}건 중 0건)",
    );
    match gap {
        Gap::Kind(ActionKind::Prevent) => PREVENT.with("of", of),
        Gap::Kind(ActionKind::Detect) => DETECT.with("of", of),
        Gap::Kind(ActionKind::Respond) => RESPOND.with("of", of),
        Gap::Horizon(horizon) => HORIZON.with("horizon", horizon.label()).with("of", of),
    }
}

/// How to read the patterns: what chance does, and what few incidents can say.
pub(crate) fn notes(patterns: &Patterns) -> Vec<Message> {
    const CHANCE: Text = Text::new(
        "{pairs} {pair|pairs} of values could have come together: of that many, up to {chance} may pass for a pattern by \
         chance.",
        "함께 나올 수 있었던 값의 쌍은 {pairs}개입니다. 이만큼 많으면 {chance}개까지는 우연히 패턴처럼 보일 수 있습니다.",
    );
    const KINDS: Text = Text::new(
        "In {count} of {all} patterns most actions do not say whether they prevent, detect or respond, so nothing is \
         said to be missing there.",
        "패턴 {all}개 중 {count}개는 조치 대부분에 종류(예방, 탐지, 대응)가 적혀 있지 않아 빠진 것을 따지지 않았습니다.",
    );
    const SMALL: Text = Text::new(
        "With fewer than {small} incidents, two that share values are enough: read it as a question, not as a rate.",
        "장애가 {small}건이 안 되어 두 건만 겹쳐도 보여 줍니다. 비율이 아니라 던져 볼 질문으로 읽으세요.",
    );
    let chance = CHANCE.with("pairs", patterns.pairs).with("chance", patterns.by_chance());
    let small = patterns.is_small().map(|small| SMALL.with("small", small));
    let silent =
        |pattern: &&Pattern| !pattern.promised.says_kinds() && pattern.promised.promised > 0;
    let silent = patterns.patterns.iter().filter(silent).count();
    let kinds = KINDS.with("count", silent).with("all", patterns.patterns.len());
    small.into_iter().chain([chance]).chain((silent > 0).then_some(kinds)).collect()
}

/// What there must be for a pattern, where there is none.
pub(crate) fn needs(patterns: &Patterns) -> Message {
    const NEEDS: Text = Text::new(
        "A pattern needs {least} incidents with the same values in two or more facets, more often than chance explains.",
        "패턴이 되려면 두 가지 이상의 분류에서 값이 같은 장애가 {least}건 이상이고, 우연보다 자주 겹쳐야 합니다.",
    );
    NEEDS.with("least", patterns.least)
}

/// For each pattern an anchor that stays as long as its values do: `trigger-deploy--service-payment`.
pub(crate) fn anchors(patterns: &[Pattern], collection: &Collection<'_>) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let anchor = |pattern: &Pattern| {
        let part = |value: &PatternValue| {
            format!("{}-{}", value.facet.id(), value.of(collection).slug.replace('/', "-"))
        };
        let anchor = pattern.values.iter().map(part).collect::<Vec<_>>().join("--");
        let count = taken.entry(anchor.clone()).or_insert(0);
        *count += 1;
        // `a-b` and `a/b` look alike.
        if *count == 1 { anchor } else { format!("{anchor}---{count}") }
    };
    patterns.iter().map(anchor).collect()
}
