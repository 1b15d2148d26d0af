//! Five whys: chains and trees of questions.
//!
//! Seven notations were seen: numbered questions with the answer behind an arrow or on the next line,
//! `Why?` with only the answer, labelled bullets, tables, bold paragraphs, headings as questions, and
//! nested bullets that branch. Whatever the notation, a step has a question and an answer, and a
//! parent whose answer it asks about.

use super::outline::{Block, Outline, Part, Step};
use super::placeholder::is_placeholder;
use crate::config::{Column, Lexicon, key};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{SectionKind, Why, WhyChain};
use crate::source::Span;

const ARROWS: [&str; 7] = ["→", "->", "⇒", "=>", "➡️", "➡", "⟶"];
/// The bytes of `Answer 12` and its like.
const LONGEST_LABEL: usize = 24;
const COLUMNS: [Column; 3] = [Column::Question, Column::Answer, Column::Evidence];

/// All chains of a report.
pub(super) fn chains(outline: &Outline<'_>, lexicon: &Lexicon) -> Vec<WhyChain> {
    let mut chains = Vec::new();
    for root in outline.outermost(|kind| kind == SectionKind::Whys) {
        let mut reader = Reader { outline, lexicon, chains: Vec::new(), chain: new_chain(None) };
        for step in outline.walk(root, belongs) {
            match step {
                Step::Title(index) => reader.title(&outline.parts[index]),
                Step::Block(block) => reader.block(block),
            }
        }
        reader.finish();
        // Where some ask, what only tells under a heading of its own is no chain: `### The damage`.
        if reader.chains.iter().any(asks_something) {
            reader.chains.retain(asks_something);
        }
        chains.append(&mut reader.chains);
    }
    chains
}

fn belongs(part: &Part) -> bool {
    const OTHER: [SectionKind; 3] =
        [SectionKind::Impact, SectionKind::Lessons, SectionKind::Timeline];
    !part.kinds.iter().any(|kind| kind.holds_actions() || OTHER.contains(kind))
}

fn asks_something(chain: &WhyChain) -> bool {
    chain.title.is_none() || chain.steps.iter().any(|step| !step.question.is_empty())
}

fn new_chain(title: Option<String>) -> WhyChain {
    WhyChain { title, steps: Vec::new() }
}

struct Reader<'o, 'd> {
    outline: &'o Outline<'d>,
    lexicon: &'o Lexicon,
    chains: Vec<WhyChain>,
    chain: WhyChain,
}

impl<'d> Reader<'_, 'd> {
    fn finish(&mut self) {
        let chain = std::mem::replace(&mut self.chain, new_chain(None));
        if !chain.steps.is_empty() {
            self.chains.push(chain);
        }
    }

    /// A heading is a question of the chain, or the name of the next chain.
    fn title(&mut self, part: &Part) {
        if is_question(&part.title) && !self.names_a_chain(part) {
            let question = without_label(&part.title).to_owned();
            self.push(part.title_span, question, String::new(), Vec::new());
        } else if part.kinds.is_empty() {
            self.finish();
            self.chain.title = Some(part.title.clone());
        }
    }

    /// `### Why nobody was paged` over a list or a table of questions.
    fn names_a_chain(&self, part: &Part) -> bool {
        let first = part.blocks.first().map(|&block| self.outline.node(block));
        part.kinds.is_empty()
            && first.is_some_and(|node| match node.kind() {
                Kind::List(_) => node.first_child().is_some_and(asks),
                Kind::Table => node.children().nth(1).is_some_and(|row| {
                    row.children().any(|cell| is_question(cell.plain().text.trim()))
                }),
                _ => false,
            })
    }

    fn block(&mut self, block: Block) {
        let node = self.outline.node(block);
        match node.kind() {
            Kind::List(_) => self.list(node, None),
            Kind::Table => self.table(node),
            Kind::Quote(_) => node.children().for_each(|child| {
                if child.is_paragraph() {
                    self.paragraph(&child.plain(), child);
                }
            }),
            _ if node.is_paragraph() => self.paragraph(&self.outline.plain(block), node),
            // A log can be the whole answer.
            Kind::CodeBlock(_) => {
                if let Some(last) = self.chain.steps.len().checked_sub(1)
                    && self.is_open(last)
                {
                    self.say(last, node.plain().text.lines().next().unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    /// Whether a step asks something that nothing has answered.
    fn is_open(&self, step: usize) -> bool {
        let step = self.chain.steps.get(step);
        step.is_some_and(|step| !step.question.is_empty() && step.answer.is_empty())
    }

    /// Adds to the answer of a step.
    fn say(&mut self, step: usize, text: &str) {
        let more = strip_arrow(text);
        if let Some(step) = self.chain.steps.get_mut(step)
            && !more.is_empty()
            && !is_placeholder(more)
        {
            if !step.answer.is_empty() {
                step.answer.push(' ');
            }
            step.answer.push_str(&more.replace('\n', " "));
        }
    }

    fn prove(&mut self, step: usize, links: impl IntoIterator<Item = String>) {
        if let Some(step) = self.chain.steps.get_mut(step) {
            step.evidence.extend(links);
        }
    }

    fn push(&mut self, span: Span, question: String, answer: String, evidence: Vec<String>) {
        let parent = self.chain.steps.len().checked_sub(1);
        self.push_below(parent, span, question, answer, evidence);
    }

    fn push_below(
        &mut self,
        parent: Option<usize>,
        span: Span,
        question: String,
        answer: String,
        evidence: Vec<String>,
    ) {
        let answer = if is_placeholder(&answer) { String::new() } else { answer };
        self.chain.steps.push(Why { span, question, answer, evidence, parent });
    }

    /// Items of one list follow from each other; items that hold questions of their own branch.
    fn list(&mut self, list: NodeRef<'d>, above: Option<usize>) {
        let branches = list.children().any(|item| item.children().any(asks_on));
        let mut previous = above.or_else(|| self.chain.steps.len().checked_sub(1));
        for item in list.children() {
            if let Some(step) = above.filter(|_| !asks(item)) {
                self.answer(step, item);
                continue;
            }
            let parent = if branches || above.is_some() { above } else { previous };
            if let Some(index) = self.item(item, parent) {
                previous = Some(index);
            }
        }
    }

    /// An item below a question that asks nothing itself answers it; what it holds asks on.
    fn answer(&mut self, step: usize, item: NodeRef<'d>) {
        let (own, asking) = parts(item);
        self.say(step, &text(&own));
        self.prove(step, own.into_iter().flat_map(links));
        for list in asking {
            self.list(list, Some(step));
        }
    }

    fn item(&mut self, item: NodeRef<'d>, parent: Option<usize>) -> Option<usize> {
        let (own, asking) = parts(item);
        let text = text(&own);
        if text.trim().is_empty() {
            return None;
        }
        let (question, answer) = split(&text, bold_question(item).as_deref());
        // `1. Why …?` and `2. Because …`: the answer is an item of its own.
        let answers = parent.filter(|&step| question.is_empty() && self.is_open(step));
        let index = if let Some(step) = answers {
            self.say(step, &answer);
            self.prove(step, own.into_iter().flat_map(links));
            step
        } else {
            let span = item.span().trim(self.outline.document.text());
            let evidence = own.into_iter().flat_map(links).collect();
            self.push_below(parent, span, question, answer, evidence);
            self.chain.steps.len() - 1
        };
        for list in asking {
            self.list(list, Some(index));
        }
        Some(index)
    }

    /// Rows follow from each other: `| 1. 왜 …? | 답 |`.
    fn table(&mut self, table: NodeRef<'d>) {
        let rows: Vec<NodeRef<'d>> = table.children().collect();
        let Some(head) = rows.first() else { return };
        let columns: Vec<Option<Column>> = head
            .children()
            .map(|cell| self.lexicon.column(cell.plain().text.trim(), &COLUMNS))
            .collect();
        let position = |wanted| columns.iter().position(|&column| column == Some(wanted));
        let question = position(Column::Question).unwrap_or(0);
        let answer = position(Column::Answer).filter(|&at| at != question).unwrap_or(question + 1);
        for row in rows.iter().skip(1) {
            let cells: Vec<Plain> = row.children().map(NodeRef::plain).collect();
            let text = |at: usize| {
                cells.get(at).map(|cell| cell.text.trim().to_owned()).unwrap_or_default()
            };
            let mut evidence = links(*row);
            if let Some(at) = position(Column::Evidence) {
                evidence
                    .extend(Some(text(at)).filter(|text| !text.is_empty() && evidence.is_empty()));
            }
            let (asked, told) = (without_label(&text(question)).to_owned(), text(answer));
            if !asked.is_empty() || !told.is_empty() {
                let span = row.span().trim(self.outline.document.text());
                self.push(span, asked, told, evidence);
            }
        }
    }

    /// A question, an answer to the one before, or prose.
    fn paragraph(&mut self, plain: &Plain, node: NodeRef<'d>) {
        let text = plain.text.trim();
        let starts_with_arrow = ARROWS.iter().any(|arrow| text.starts_with(arrow));
        if !starts_with_arrow && is_question(text) {
            let bold = super::outline::bold_label(node).map(|label| label.text);
            let bold = bold.filter(|label| label.contains(['?', '？']));
            let (question, answer) = split(text, bold.as_deref());
            self.push(plain.whole(), question, answer, links(node));
        } else if let Some(last) = self.chain.steps.len().checked_sub(1) {
            self.say(last, text);
            self.prove(last, links(node));
        }
    }
}

/// What an item says itself, and the lists below it that ask on.
fn parts<'d>(item: NodeRef<'d>) -> (Vec<NodeRef<'d>>, Vec<NodeRef<'d>>) {
    item.children().partition(|child| !asks_on(*child))
}

fn text(nodes: &[NodeRef<'_>]) -> String {
    nodes.iter().map(|child| child.plain().text).collect::<Vec<_>>().join("\n")
}

fn is_list(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::List(_))
}

fn asks(item: NodeRef<'_>) -> bool {
    item.first_child()
        .is_some_and(|first| first.is_paragraph() && is_question(first.plain().text.trim()))
}

fn asks_on(node: NodeRef<'_>) -> bool {
    is_list(node) && holds_questions(node)
}

fn holds_questions(list: NodeRef<'_>) -> bool {
    list.descendants()
        .filter(|node| node.is_paragraph())
        .any(|paragraph| is_question(paragraph.plain().text.trim()))
}

/// Whether a text asks why: it starts with a why-word (after a number or a label) or is a numbered
/// question.
fn is_question(text: &str) -> bool {
    let first = text.split('\n').next().unwrap_or(text);
    // `Q2: Why …?`
    let bare = without_label(super::heading::without_number(first));
    let folded = bokgi_search::fold(bare);
    let asks = ["why", "왜", "なぜ", "为什么", "q:", "q.", "질문", "how come"].iter().any(|word| {
        folded
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|ch: char| ch.is_ascii_alphabetic()))
    });
    asks || (first.len() > bare.len() && first.contains(['?', '？']))
}

/// A bold start of an item that is its question.
fn bold_question(item: NodeRef<'_>) -> Option<String> {
    let first = item.first_child().filter(|child| child.is_paragraph())?;
    let strong = first.children().find(|child| child.kind() == Kind::Strong)?;
    let text = strong.plain().text.trim().to_owned();
    let leads = first.plain().text.trim_start().starts_with(&text);
    (leads && text.contains(['?', '？'])).then_some(text)
}

/// Question and answer: around an arrow, behind the question mark, or behind the bold question.
fn split(text: &str, bold: Option<&str>) -> (String, String) {
    let text = text.trim();
    let (question, answer) = match bold.and_then(|bold| Some((bold, text.strip_prefix(bold)?))) {
        Some((bold, rest)) => (bold, rest),
        None => at_arrow(text)
            .or_else(|| at_question_mark(text))
            .or_else(|| at_label(text))
            .unwrap_or(("", text)),
    };
    let answer = strip_arrow(answer.trim_start_matches([':', '：', ' ', '\n', '-', '–', '—']));
    let clean = |part: &str| part.trim().replace('\n', " ");
    if question.is_empty() {
        return (String::new(), clean(without_label(answer)));
    }
    (clean(without_label(question)), clean(answer))
}

fn at_arrow(text: &str) -> Option<(&str, &str)> {
    ARROWS.iter().filter_map(|arrow| text.split_once(arrow)).min_by_key(|(before, _)| before.len())
}

fn at_question_mark(text: &str) -> Option<(&str, &str)> {
    let mark = text.find(['?', '？'])?;
    let end = mark + text[mark..].chars().next().map_or(1, char::len_utf8);
    Some(text.split_at(end))
}

/// `Q: …` over `A: …`
fn at_label(text: &str) -> Option<(&str, &str)> {
    ["\nA:", "\n답:", "\n답변:", "\nA.", "\nBecause"]
        .iter()
        .find_map(|mark| text.find(mark).map(|at| text.split_at(at)))
}

/// `Why1: …`, `Q2. …`, `1. …` without its label. A bare `Why?` stays: it is all there is.
fn without_label(text: &str) -> &str {
    let text = super::heading::without_number(text.trim()).trim();
    let Some((label, rest)) = text.split_once([':', '：', '.', ')']) else { return text };
    // A longer one is a sentence.
    if label.len() > LONGEST_LABEL {
        return text;
    }
    let name = key(label);
    let letters = name.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == ' ');
    let is_label = matches!(letters, "why" | "q" | "왜" | "질문" | "なぜ" | "a" | "답");
    if is_label && !rest.trim().is_empty() { rest.trim() } else { text }
}

fn strip_arrow(text: &str) -> &str {
    let text = text.trim();
    let stripped = ARROWS.iter().find_map(|arrow| text.strip_prefix(arrow)).unwrap_or(text).trim();
    if let Some(rest) = stripped.strip_prefix("A.") {
        return rest.trim();
    }
    // `A1: …`, `Answer: …`
    let Some((label, rest)) = stripped.split_once([':', '：']) else { return stripped };
    if label.len() > LONGEST_LABEL {
        return stripped;
    }
    let name = key(label);
    let letters = name.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == ' ');
    let is_label = matches!(letters, "a" | "answer" | "답" | "답변" | "回答" | "答え" | "答");
    if is_label { rest.trim() } else { stripped }
}

fn links(node: NodeRef<'_>) -> Vec<String> {
    node.descendants().filter_map(NodeRef::link).map(|link| link.target.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::chains;
    use crate::config::Lexicon;
    use crate::markup::Document;
    use crate::parse::outline::Outline;

    fn read(text: &str) -> String {
        let document = Document::parse(&text.into(), 0);
        let lexicon = Lexicon::built_in();
        let outline = Outline::new(&document, &lexicon);
        let mut shown = String::new();
        for chain in chains(&outline, &lexicon) {
            shown.push_str(&format!(
                "# {} (roots {})\n",
                chain.title.as_deref().unwrap_or("-"),
                chain.leaves().count()
            ));
            for (index, step) in chain.steps.iter().enumerate() {
                let parent = step.parent.map_or("-".to_owned(), |parent| parent.to_string());
                let evidence = if step.evidence.is_empty() {
                    String::new()
                } else {
                    format!(" [{}]", step.evidence.join(" "))
                };
                shown.push_str(&format!(
                    "{index}<{parent} {} => {}{evidence}\n",
                    step.question, step.answer
                ));
            }
        }
        shown
    }

    #[test]
    fn reads_every_notation() {
        let cases = [
            "## 5 Whys\n1. **왜 생성이 실패했나?**\n   → 컨테이너 ([로그](x))\n2. **왜 그랬나?** → 메모리\n",
            "## Five Whys\n### Fault 1: DNS\n1. Why did it report Down? -> DNS lookup failed.\n2. Why? -> NX\n### Fault 2: disk\n1. Why full? -> logs\n",
            "## 5 Whys\n1. **Why?** CR 생성 실패\n2. **Why? (Root)** 타임아웃\n",
            "## 5 Whys\n- Why1: 주문이 실패했다 → Kafka 연결 실패\n- Why2: Kafka 연결 실패 → 디스크\n",
            "## 5 Whys\n| Why 단계 | 내용 |\n|---|---|\n| 1. 왜 중복이 발생했는가? | 락이 없다 |\n| 2. 왜 없는가? | 몰랐다 |\n",
            "## 5 Whys\n**1. Why? Timeout이 발생했는가?**\n\n→ HikariCP 풀 고갈\n\n**2. Why? 고갈됐는가?**\n\n→ 누수\n",
            "## 왜\n- **Why were URLs broken?**\n  - A change in encoding\n  - **Why was it not caught?**\n    - No tests\n  - **Why did it take long?**\n    - Few were awake\n",
            "## 5 Whys\n1. Why? → A ([chart](a))\n   - Why A? → B ([log](b))\n   - Why not noticed? → C\n",
            "## 5 Whys\n### Why did users see errors?\nThe pool was empty.\n### Why was it empty?\nTBD\n",
            "## 5 Whys\n1. Why was it down?\n2. Because the disk was full.\n3. Why was it full?\n4. Logs\n",
            "## 5 Whys\n**Why 1**: Why split?\n- Because of [two](x) parts.\n\n**Q2**: Why two?\n**A2**: History\n",
            "## 5 Whys\n- Why 1: API가 타임아웃\n- Why 2: 풀 고갈\n\n### 왜 아무도 몰랐나\n1. 왜 알람이 없었나? → 없었다\n\n### The damage\n- 3 rows\n",
            "## 5 Whys\n### Why did it stop?\n```\nOOMKilled\n```\n",
        ];
        let shown = cases.map(read).join("--\n");
        insta::assert_snapshot!(shown, @r"
        # - (roots 1)
        0<- 왜 생성이 실패했나? => 컨테이너 (로그) [x]
        1<0 왜 그랬나? => 메모리
        --
        # Fault 1: DNS (roots 1)
        0<- Why did it report Down? => DNS lookup failed.
        1<0 Why? => NX
        # Fault 2: disk (roots 1)
        0<- Why full? => logs
        --
        # - (roots 1)
        0<- Why? => CR 생성 실패
        1<0 Why? (Root) => 타임아웃
        --
        # - (roots 1)
        0<- 주문이 실패했다 => Kafka 연결 실패
        1<0 Kafka 연결 실패 => 디스크
        --
        # - (roots 1)
        0<- 왜 중복이 발생했는가? => 락이 없다
        1<0 왜 없는가? => 몰랐다
        --
        # - (roots 1)
        0<- Why? Timeout이 발생했는가? => HikariCP 풀 고갈
        1<0 Why? 고갈됐는가? => 누수
        --
        # - (roots 2)
        0<- Why were URLs broken? => A change in encoding
        1<0 Why was it not caught? => No tests
        2<0 Why did it take long? => Few were awake
        --
        # - (roots 2)
        0<- Why? => A (chart) [a]
        1<0 Why A? => B (log) [b]
        2<0 Why not noticed? => C
        --
        # - (roots 1)
        0<- Why did users see errors? => The pool was empty.
        1<0 Why was it empty? => 
        --
        # - (roots 1)
        0<- Why was it down? => Because the disk was full.
        1<0 Why was it full? => Logs
        --
        # - (roots 1)
        0<- Why split? => Because of two parts. [x]
        1<0 Why two? => History
        --
        # - (roots 1)
        0<-  => API가 타임아웃
        1<0  => 풀 고갈
        # 왜 아무도 몰랐나 (roots 1)
        0<- 왜 알람이 없었나? => 없었다
        --
        # - (roots 1)
        0<- Why did it stop? => OOMKilled
        ");
    }
}
