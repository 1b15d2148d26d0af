//! What was suspected, how it was tested and what came out: negative results included.

use super::outline::{Block, Outline, Step};
use crate::config::{Column, Lexicon, key};
use crate::markup::{Kind, NodeRef};
use crate::model::{Hypothesis, SectionKind, Verdict};

const COLUMNS: [Column; 3] = [Column::Hypothesis, Column::Test, Column::Result];

/// Headings under which everything was ruled out.
const NEGATIVE: [&str; 9] = [
    "ruled out",
    "negative results",
    "dead ends",
    "red herrings",
    "what was not the problem",
    "배제",
    "부정적",
    "아니었던",
    "what we ruled out",
];

/// All hypotheses of a report.
pub(super) fn hypotheses(outline: &Outline<'_>, lexicon: &Lexicon) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for root in outline.outermost(|kind| kind == SectionKind::Investigation) {
        let mut negative = is_negative(&outline.parts[root].title);
        for step in outline.walk(root, |_| true) {
            match step {
                Step::Title(index) => negative = is_negative(&outline.parts[index].title),
                Step::Block(block) => read(outline, block, negative, lexicon, &mut found),
            }
        }
    }
    found
}

fn is_negative(title: &str) -> bool {
    let title = key(title);
    NEGATIVE.iter().any(|word| title.contains(&key(word)))
}

fn read(
    outline: &Outline<'_>,
    block: Block,
    negative: bool,
    lexicon: &Lexicon,
    found: &mut Vec<Hypothesis>,
) {
    let node = outline.node(block);
    match node.kind() {
        Kind::Table => table(node, negative, lexicon, found),
        Kind::List(_) => {
            found.extend(node.children().filter_map(|item| list_item(item, negative, lexicon)));
        }
        _ => {}
    }
}

fn table(table: NodeRef<'_>, negative: bool, lexicon: &Lexicon, found: &mut Vec<Hypothesis>) {
    let Some(head) = table.first_child() else { return };
    let columns: Vec<Option<Column>> =
        head.children().map(|cell| lexicon.column(cell.plain().text.trim(), &COLUMNS)).collect();
    let at = |wanted| columns.iter().position(|&column| column == Some(wanted));
    let Some(text_at) = at(Column::Hypothesis).or_else(|| at(Column::Result).map(|_| 0)) else {
        return;
    };
    for row in table.children().skip(1) {
        let cells: Vec<String> =
            row.children().map(|cell| cell.plain().text.trim().to_owned()).collect();
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        let text = cell(Some(text_at));
        if text.is_empty() {
            continue;
        }
        let (test, result) = (cell(at(Column::Test)), cell(at(Column::Result)));
        let verdict = verdict(&result, negative, lexicon);
        found.push(Hypothesis {
            span: row.span().trim(row.document().text()),
            text,
            test,
            result,
            verdict,
        });
    }
}

/// `가설 → 결과`, or an item with labelled lines below it (`검증: …`, `결과: …`).
fn list_item(item: NodeRef<'_>, negative: bool, lexicon: &Lexicon) -> Option<Hypothesis> {
    let plain = item.plain();
    let mut hypothesis = Hypothesis {
        span: item.span().trim(item.document().text()),
        text: String::new(),
        test: String::new(),
        result: String::new(),
        verdict: Verdict::Unknown,
    };
    for line in plain.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let labelled = line
            .split_once([':', '：'])
            .and_then(|(label, rest)| Some((lexicon.column(label, &COLUMNS)?, rest.trim())));
        let (slot, text) = match labelled {
            Some((Column::Test, rest)) => (&mut hypothesis.test, rest),
            Some((Column::Result, rest)) => (&mut hypothesis.result, rest),
            Some((_, rest)) => (&mut hypothesis.text, rest),
            None => (&mut hypothesis.text, line),
        };
        if !slot.is_empty() {
            slot.push(' ');
        }
        slot.push_str(text);
    }
    if hypothesis.result.is_empty()
        && let Some((before, after)) =
            ["→", "->", "⇒", "=>"].iter().find_map(|arrow| hypothesis.text.split_once(arrow))
    {
        let (before, after) = (before.trim().to_owned(), after.trim().to_owned());
        hypothesis.text = before;
        hypothesis.result = after;
    }
    let said = if hypothesis.result.is_empty() { &hypothesis.text } else { &hypothesis.result };
    hypothesis.verdict = verdict(said, negative, lexicon);
    (!hypothesis.text.is_empty()).then_some(hypothesis)
}

/// The verdict a result states with its first words, or in a parenthesis at its end.
fn verdict(result: &str, negative: bool, lexicon: &Lexicon) -> Verdict {
    let find = |text: &str| lexicon.verdicts.get(&key(text)).copied();
    let first = result.split(['.', ',', '(', '—', '–', ':', ';']).next().unwrap_or(result);
    let last = result.trim_end_matches(['.', ' ']).strip_suffix([')', '）']).and_then(|inner| {
        inner.rfind(['(', '（']).map(|open| inner[open..].trim_start_matches(['(', '（']))
    });
    let contained = || {
        let folded = bokgi_search::fold(result);
        ["ruled out", "배제", "기각", "not the cause", "원인이 아니", "원인 아님", "무관"]
            .iter()
            .any(|word| folded.contains(word))
    };
    find(result)
        .or_else(|| find(first))
        .or_else(|| find(last?))
        .or_else(|| contained().then_some(Verdict::RuledOut))
        .unwrap_or(if negative { Verdict::RuledOut } else { Verdict::Unknown })
}

#[cfg(test)]
mod tests {
    use super::hypotheses;
    use crate::config::Lexicon;
    use crate::markup::Document;
    use crate::parse::outline::Outline;

    #[test]
    fn reads_tables_lists_and_negative_results() {
        let text = "## 조사 기록\n\n| 가설 | 검증 방법 | 결과 |\n|---|---|---|\n| 인증서 만료 | openssl | 배제 |\n| 풀 고갈 | 지표 | 확인됨 |\n\n### What we ruled out\n- DNS\n- 디스크\n  - 검증: df\n  - 결과: 여유 있음\n\n### Others\n- Network -> ruled out\n- GC pause\n";
        let document = Document::parse(&text.into(), 0);
        let lexicon = Lexicon::built_in();
        let outline = Outline::new(&document, &lexicon);
        let shown: Vec<String> = hypotheses(&outline, &lexicon)
            .iter()
            .map(|h| format!("{} | {} | {} | {}", h.text, h.test, h.result, h.verdict.id()))
            .collect();
        assert_eq!(
            shown,
            [
                "인증서 만료 | openssl | 배제 | ruled-out",
                "풀 고갈 | 지표 | 확인됨 | confirmed",
                "DNS |  |  | ruled-out",
                "디스크 | df | 여유 있음 | ruled-out",
                "Network |  | ruled out | ruled-out",
                "GC pause |  |  | unknown",
            ]
        );
    }
}
