//! Action items: what a report promises, in whatever form.
//!
//! Most are plain bullets, some tables, few check lists, and a fair share paragraphs. A list or a
//! table decides: beside one, a paragraph is an introduction and no promise.

mod fields;
mod item;
mod prose;
mod table;

use super::outline::{Block, Outline, Part, Step, bold_label};
use super::placeholder;
use crate::config::{Lexicon, key};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::{Action, ActionKind, ActionStatus, Form, Horizon, SectionKind};
use crate::source::Span;

/// What the headings and labels around an action say about it.
#[derive(Clone, Debug, Default)]
struct Around {
    horizon: Option<Horizon>,
    kind: Option<ActionKind>,
    status: Option<ActionStatus>,
    group: Option<String>,
    from_review: bool,
}

/// All actions of a report, in document order.
pub(super) fn actions(outline: &Outline<'_>, lexicon: &Lexicon) -> Vec<Action> {
    let mut reader = Reader { outline, lexicon, actions: Vec::new(), seen: Seen::default() };
    for root in outline.outermost(SectionKind::holds_actions) {
        reader.section(root);
    }
    reader.actions
}

struct Reader<'o, 'd> {
    outline: &'o Outline<'d>,
    lexicon: &'o Lexicon,
    actions: Vec<Action>,
    /// What the part at hand has shown so far.
    seen: Seen,
}

/// What has been seen in one part.
#[derive(Default)]
struct Seen {
    /// A list or a table gave an action.
    listed: bool,
    /// A numbered list stood here since the last label.
    numbered: bool,
    paragraphs: Vec<Block>,
}

impl<'d> Reader<'_, 'd> {
    fn section(&mut self, root: usize) {
        let mut title = self.around(&self.outline.parts[root], &Around::default());
        let mut around = title.clone();
        let mut current = root;
        for step in self.outline.walk(root, belongs) {
            match step {
                Step::Title(index) => {
                    self.close(current, &around);
                    title = self.context(index, root);
                    around = title.clone();
                    current = index;
                }
                Step::Block(block) => self.block(block, &title, &mut around),
            }
        }
        self.close(current, &around);
    }

    /// What all headings from `root` down to a part say.
    fn context(&self, index: usize, root: usize) -> Around {
        let mut path: Vec<usize> =
            std::iter::successors(Some(index), |&i| self.outline.parts[i].parent)
                .take_while(|&i| i >= root)
                .collect();
        path.reverse();
        path.into_iter()
            .fold(Around::default(), |around, i| self.around(&self.outline.parts[i], &around))
    }

    fn around(&self, part: &Part, outer: &Around) -> Around {
        let mut around = self.label(&part.title, outer);
        // `**Architectural improvements:**` among the mid-term ones is a group and no horizon.
        if part.form == Form::Heading || outer.horizon.is_none() {
            let by_kind = part.kinds.iter().find_map(|kind| kind.horizon());
            around.horizon = by_kind.or(around.horizon);
        }
        if part.kinds.iter().any(|kind| kind.holds_actions()) {
            around.group.clone_from(&outer.group);
        }
        let qualifier = part.qualifier.as_deref().unwrap_or_default();
        around.status = fields::status(qualifier, self.lexicon).or(around.status);
        let title = key(&part.title);
        around.from_review |= ["review", "리뷰", "회고"].iter().any(|word| title.contains(word));
        around
    }

    /// What a label says: a horizon, a kind, a state, or just a group.
    fn label(&self, text: &str, outer: &Around) -> Around {
        let name = text.split(['(', '（', '—', '–']).next().unwrap_or(text);
        let name_key = key(super::heading::without_number(name));
        let horizon = self.lexicon.horizons.get(&name_key).copied();
        let section = super::heading::meaning(text, self.lexicon);
        let by_name =
            section.and_then(|meaning| meaning.kinds.iter().find_map(|kind| kind.horizon()));
        let group = text.trim().trim_end_matches([':', '：']).to_owned();
        Around {
            horizon: horizon.or(outer.horizon).or(by_name),
            kind: self.lexicon.action_kinds.get(&name_key).copied().or(outer.kind),
            status: self.lexicon.action_statuses.get(&name_key).copied().or(outer.status),
            group: Some(group),
            from_review: outer.from_review,
        }
    }

    /// `title` is what the headings say, `around` what the last label adds to it.
    fn block(&mut self, block: Block, title: &Around, around: &mut Around) {
        let node = self.outline.node(block);
        match node.kind() {
            // Bullets between the numbers of one list say more about the number before them.
            Kind::List(None) if self.seen.numbered => {}
            Kind::List(first) => {
                self.seen.numbered |= first.is_some();
                self.list(node, around);
            }
            Kind::Table => self.table(node, around),
            _ if node.is_paragraph() => {
                let text = self.outline.plain(block).text;
                let text = text.trim();
                // `**Robert**` or `This week:` above a list groups what follows.
                let alone = bold_label(node).is_some_and(|label| label.alone);
                if (alone || text.ends_with([':', '：'])) && text.chars().count() <= 80 {
                    *around = self.label(text, title);
                    self.seen.numbered = false;
                } else {
                    self.seen.paragraphs.push(block);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, list: NodeRef<'d>, around: &Around) {
        let first = self.actions.len();
        for item in list.children() {
            self.item(item, around);
        }
        // `We've tightened the workflow`, `Increased the scrutiny`: one says it for all, where the others
        // are told in the same way.
        let listed = &mut self.actions[first..];
        let unknown = |action: &&mut Action| action.status == ActionStatus::Unknown;
        if listed.iter().any(|action| action.status == ActionStatus::Done)
            && listed.iter_mut().filter(unknown).all(|action| prose::is_past(&action.text))
        {
            listed.iter_mut().filter(unknown).for_each(|action| action.status = ActionStatus::Done);
        }
    }

    fn item(&mut self, item: NodeRef<'d>, around: &Around) {
        let Some(first) = item.first_child().filter(|child| child.is_paragraph()) else { return };
        let nested = || item.children().filter(|child| matches!(child.kind(), Kind::List(_)));
        let text = first.plain().text;
        let fields: Vec<_> = nested().flat_map(|list| item::below(list, self.lexicon)).collect();
        let is_group = fields.iter().any(Option::is_none)
            && (text.trim_end().ends_with([':', '：'])
                || bold_label(first).is_some_and(|label| label.alone));
        if is_group {
            let around = self.label(&text, around);
            nested().for_each(|list| self.list(list, &around));
            return;
        }
        let mut action = item::read(item, first, first.span(), around, self.lexicon);
        if let Some(action) = &mut action {
            for (column, value) in fields.iter().flatten() {
                fields::set(action, *column, value, self.lexicon);
            }
        }
        self.add(action);
        // Steps below an action are part of it, unless they are ticked off one by one.
        for list in nested() {
            let boxes = list.children().filter(|item| item::checkbox(*item).is_some()).count();
            if boxes > 0 {
                self.list(list, around);
            }
        }
    }

    fn table(&mut self, node: NodeRef<'d>, around: &Around) {
        for action in table::read(node, around, self.lexicon) {
            self.add(Some(action));
        }
    }

    fn add(&mut self, action: Option<Action>) {
        if let Some(action) = action {
            self.seen.listed = true;
            self.actions.push(action);
        }
    }

    /// Paragraphs are actions where nothing else is: in a part without lists, tables and parts.
    fn close(&mut self, part: usize, around: &Around) {
        let has_parts = self.outline.parts.get(part + 1).is_some_and(|n| n.parent == Some(part));
        let is_outlook = self.lexicon.is_outlook(&self.outline.parts[part].title);
        let seen = std::mem::take(&mut self.seen);
        if seen.listed || has_parts || is_outlook {
            return;
        }
        for block in seen.paragraphs {
            let node = self.outline.node(block);
            for within in lines(node, block.within) {
                if is_promise(&Plain::new(node, within).text, self.lexicon) {
                    self.actions.extend(item::read(node, node, within, around, self.lexicon));
                }
            }
        }
    }
}

/// Parts inside the actions that hold something else.
fn belongs(part: &Part) -> bool {
    const OTHER: [SectionKind; 12] = [
        SectionKind::Summary,
        SectionKind::Impact,
        SectionKind::Factors,
        SectionKind::Whys,
        SectionKind::Trigger,
        SectionKind::Investigation,
        SectionKind::Lessons,
        SectionKind::WentWell,
        SectionKind::WentWrong,
        SectionKind::Lucky,
        SectionKind::References,
        SectionKind::Timeline,
    ];
    !part.kinds.iter().any(|kind| OTHER.contains(kind))
}

/// A paragraph broken into more lines than this is no list of promises. Each line is looked for in
/// the whole paragraph, so the bound also keeps reading linear.
const MOST_LINES: usize = 100;

/// The lines of a paragraph whose author broke them on purpose.
fn lines(node: NodeRef<'_>, within: Span) -> Vec<Span> {
    let breaks = node.children().filter(|child| child.kind() == Kind::HardBreak);
    let ends =
        breaks.map(|child| child.span().start).filter(|at| (within.start..within.end).contains(at));
    let ends: Vec<u32> = ends.take(MOST_LINES).collect();
    if ends.len() == MOST_LINES {
        return vec![within];
    }
    let mut start = within.start;
    ends.into_iter()
        .chain([within.end])
        .map(|end| Span { start: std::mem::replace(&mut start, end), end })
        .collect()
}

/// Whether a paragraph says that something will be or was done, and is no question and no pointer.
fn is_promise(text: &str, lexicon: &Lexicon) -> bool {
    let words = text.split_whitespace().filter(|word| !word.starts_with("http")).count();
    words >= 2
        && !text.trim_end().ends_with(['?', '？'])
        && !lexicon.says_nothing(text)
        && !placeholder::is_placeholder(text)
}

#[cfg(test)]
mod tests;
