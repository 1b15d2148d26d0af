//! Action items: what a report promises, in whatever form.
//!
//! Most are plain bullets, some tables, few check lists, and a fair share paragraphs. A list or a
//! table decides: beside one, a paragraph is an introduction and no promise.

mod fields;
mod item;
mod table;

use super::outline::{Block, Outline, Part, Step, bold_label};
use super::placeholder;
use crate::config::{Lexicon, key};
use crate::markup::{Kind, NodeRef};
use crate::model::{Action, ActionKind, ActionStatus, Horizon, SectionKind};

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
    let mut reader = Reader { outline, lexicon, actions: Vec::new(), listed: false };
    for root in outline.outermost(SectionKind::holds_actions) {
        reader.section(root);
    }
    reader.actions
}

struct Reader<'o, 'd> {
    outline: &'o Outline<'d>,
    lexicon: &'o Lexicon,
    actions: Vec<Action>,
    /// A list or a table in the part at hand gave an action.
    listed: bool,
}

impl<'d> Reader<'_, 'd> {
    fn section(&mut self, root: usize) {
        let mut around = self.around(&self.outline.parts[root], &Around::default());
        let mut paragraphs: Vec<Block> = Vec::new();
        let mut current = root;
        self.listed = false;
        for step in self.outline.walk(root, belongs) {
            match step {
                Step::Title(index) => {
                    self.close(current, &mut paragraphs, &around);
                    around = self.context(index, root);
                    current = index;
                    self.listed = false;
                }
                Step::Block(block) => self.block(block, &mut around, &mut paragraphs),
            }
        }
        self.close(current, &mut paragraphs, &around);
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
        around.horizon = part.kinds.iter().find_map(|kind| kind.horizon()).or(around.horizon);
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
            horizon: horizon.or(by_name).or(outer.horizon),
            kind: self.lexicon.action_kinds.get(&name_key).copied().or(outer.kind),
            status: self.lexicon.action_statuses.get(&name_key).copied().or(outer.status),
            group: Some(group),
            from_review: outer.from_review,
        }
    }

    fn block(&mut self, block: Block, around: &mut Around, paragraphs: &mut Vec<Block>) {
        let node = self.outline.node(block);
        match node.kind() {
            Kind::List(_) => self.list(node, around),
            Kind::Table => self.table(node, around),
            _ if node.is_paragraph() => {
                let text = self.outline.plain(block).text;
                let text = text.trim();
                // `**Robert**` or `This week:` above a list groups what follows.
                let alone = bold_label(node).is_some_and(|label| label.alone);
                if (alone || text.ends_with([':', '：'])) && text.chars().count() <= 80 {
                    *around = self.label(text, around);
                } else {
                    paragraphs.push(block);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, list: NodeRef<'d>, around: &Around) {
        for item in list.children() {
            self.item(item, around);
        }
    }

    fn item(&mut self, item: NodeRef<'d>, around: &Around) {
        let Some(first) = item.first_child().filter(|child| child.is_paragraph()) else { return };
        let nested = || item.children().filter(|child| matches!(child.kind(), Kind::List(_)));
        let text = first.plain().text;
        let is_group = nested().next().is_some()
            && (text.trim_end().ends_with([':', '：'])
                || bold_label(first).is_some_and(|label| label.alone));
        if is_group {
            let around = self.label(&text, around);
            nested().for_each(|list| self.list(list, &around));
            return;
        }
        self.add(item::read(item, first, 0, around, self.lexicon));
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
            self.listed = true;
            self.actions.push(action);
        }
    }

    /// Paragraphs are actions where nothing else is: in a part without lists, tables and parts.
    fn close(&mut self, part: usize, paragraphs: &mut Vec<Block>, around: &Around) {
        let has_parts = self.outline.parts.iter().any(|other| other.parent == Some(part));
        let blocks = std::mem::take(paragraphs);
        if self.listed || has_parts {
            return;
        }
        for block in blocks {
            let text = self.outline.plain(block).text;
            if is_promise(&text, self.lexicon) {
                let node = self.outline.node(block);
                self.actions.extend(item::read(node, node, block.from, around, self.lexicon));
            }
        }
    }
}

/// Parts inside the actions that hold something else.
fn belongs(part: &Part) -> bool {
    const OTHER: [SectionKind; 6] = [
        SectionKind::Lessons,
        SectionKind::WentWell,
        SectionKind::WentWrong,
        SectionKind::Lucky,
        SectionKind::References,
        SectionKind::Timeline,
    ];
    !part.kinds.iter().any(|kind| OTHER.contains(kind))
}

/// Whether a paragraph says that something will be or was done, and is not only a pointer.
fn is_promise(text: &str, lexicon: &Lexicon) -> bool {
    let words = text.split_whitespace().filter(|word| !word.starts_with("http")).count();
    words >= 2 && !lexicon.says_nothing(text) && !placeholder::is_placeholder(text)
}

#[cfg(test)]
mod tests;
