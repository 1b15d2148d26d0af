//! Actions in tables.

use super::Around;
use super::fields::{self, COLUMNS, tracker_key};
use super::item::{blank, hash_id};
use crate::config::{Column, Lexicon};
use crate::markup::{Kind, NodeRef, Plain};
use crate::model::Action;
use crate::parse::placeholder::is_placeholder;

/// The rows of a table as actions; none if its header names nothing that an action has.
pub(super) fn read(table: NodeRef<'_>, around: &Around, lexicon: &Lexicon) -> Vec<Action> {
    let Some(head) = table.children().find(|row| row.kind() == Kind::TableHead) else {
        return Vec::new();
    };
    let mut columns: Vec<Option<Column>> = Vec::new();
    for cell in head.children() {
        let column = lexicon.column(cell.plain().text.trim(), &COLUMNS);
        // The first column of a name has it; `완료` beside `상태` is something else.
        columns.push(column.filter(|column| !columns.contains(&Some(*column))));
    }
    let Some(text) = text_column(&columns) else { return Vec::new() };
    table
        .children()
        .filter(|row| row.kind() == Kind::TableRow)
        .filter_map(|row| action(row, &columns, text, around, lexicon))
        .collect()
}

/// The column with what is to be done: the one that says so, else the first that says nothing else.
fn text_column(columns: &[Option<Column>]) -> Option<usize> {
    let named = columns.iter().position(|&column| column == Some(Column::Action));
    let others = columns.iter().flatten().count();
    named.or_else(|| {
        // `# | …`: the number is not it.
        let free = columns.iter().rposition(Option::is_none);
        free.filter(|_| others > 0)
    })
}

fn action(
    row: NodeRef<'_>,
    columns: &[Option<Column>],
    text: usize,
    around: &Around,
    lexicon: &Lexicon,
) -> Option<Action> {
    let cells: Vec<Plain> = row.children().map(NodeRef::plain).collect();
    let cell = cells.get(text)?;
    let written = cell.text.trim();
    if lexicon.is_empty(written)
        || is_placeholder(written)
        || written.chars().all(|ch| ch == '-' || ch == '…')
    {
        return None;
    }
    let mut action = blank(row.span().trim(row.document().text()), around);
    for (column, cell) in columns.iter().zip(&cells) {
        if let Some(column) = column {
            fields::set(&mut action, *column, &cell.text, lexicon);
        }
    }
    action.text = written.replace('\n', " ");
    action.text_span = cell.whole();
    let key = action.ticket.as_deref().and_then(tracker_key).or_else(|| tracker_key(written));
    let key = key.map(str::to_owned);
    action.id = key
        .as_ref()
        .filter(|key| !key.starts_with('#'))
        .cloned()
        .unwrap_or_else(|| hash_id(&action.text));
    action.ticket = action.ticket.or(key);
    Some(action)
}
