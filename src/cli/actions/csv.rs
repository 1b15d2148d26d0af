//! Actions for spreadsheets (RFC 4180).

use anyhow::Context as _;

use super::{Item, Listing};
use crate::patterns::promises::Standing;

/// Without it Excel reads Korean as another encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const COLUMNS: [&str; 18] = [
    "status",
    "overdue",
    "days_overdue",
    "due",
    "action",
    "owners",
    "teams",
    "kind",
    "horizon",
    "ticket",
    "report",
    "date",
    "severity",
    "services",
    "path",
    "line",
    "report_id",
    "action_id",
];

pub(super) fn render(listing: &Listing<'_>) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for item in &listing.items {
        writer.write_record(cells(item).map(|cell| guarded(&cell)))?;
    }
    let bytes = writer.into_inner().context("the table cannot be written")?;
    Ok(String::from_utf8(bytes)?)
}

fn cells(item: &Item<'_>) -> [String; COLUMNS.len()] {
    let action = item.promise.action;
    let incident = &item.report.incident;
    let date = action.due.map(|due| due.to_string());
    let services: Vec<&str> =
        incident.services.iter().map(|service| service.value.as_str()).collect();
    [
        action.status.id().to_owned(),
        (item.promise.standing == Standing::Overdue).to_string(),
        item.days_overdue.map(|days| days.to_string()).unwrap_or_default(),
        date.or_else(|| action.due_text.clone()).unwrap_or_default(),
        action.text.clone(),
        action.owners.join("; "),
        item.teams.join("; "),
        action.kind.map(|kind| kind.id().to_owned()).unwrap_or_default(),
        action.horizon.map(|horizon| horizon.id().to_owned()).unwrap_or_default(),
        action.ticket.clone().unwrap_or_default(),
        incident.title.value.clone(),
        incident.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
        incident.severity.as_ref().map(|s| s.value.written.clone()).unwrap_or_default(),
        services.join("; "),
        item.report.source.path().to_owned(),
        item.line.to_string(),
        item.address.to_owned(),
        item.promise.id(),
    ]
}

/// A spreadsheet runs a cell that begins like a formula (OWASP, *CSV Injection*); behind an apostrophe it is text.
fn guarded(cell: &str) -> String {
    let is_formula =
        cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(guarded("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("@payments"), "'@payments");
        assert_eq!(guarded("a=b"), "a=b");
    }
}
