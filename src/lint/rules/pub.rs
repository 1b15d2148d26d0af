//! `PUB`: what must not be published, and what will not arrive as it was written.

mod broken_link;
mod contact_data;
mod contacts;
mod dropped_html;
mod identity_number;
mod image_without_alt;
mod internal_address;
mod secret;

use crate::l10n::{Message, Text};
use crate::lint::{Found, Rule};
use crate::parse::{Report, Secret};
use crate::source::Span;

pub(super) static RULES: [&Rule; 7] = [
    &secret::RULE,
    &identity_number::RULE,
    &contact_data::RULE,
    &internal_address::RULE,
    &dropped_html::RULE,
    &broken_link::RULE,
    &image_without_alt::RULE,
];

/// Reports secrets, those of one line together: what a suppression hides and what keeps a report out of
/// a build are the same places.
fn secrets<'r>(
    report: &'r Report,
    secrets: impl Iterator<Item = &'r Secret>,
    say: impl Fn(&Secret, &str) -> Message,
    help: Text,
    found: &mut Found,
) {
    let text = report.source.text();
    let mut secrets = secrets.peekable();
    while let Some(secret) = secrets.next() {
        let item = found.at(&report.source, secret.place(), say(secret, text)).help(help);
        let mut end = secret.span.end;
        while let Some(next) = secrets.peek() {
            let between = Span { start: end.min(next.span.start), end: next.span.start };
            if between.of(text).contains(['\n', '\r']) {
                break;
            }
            end = next.span.end;
            item.related(next.place(), Text::new("", ""));
            secrets.next();
        }
    }
}

/// The places of an internal passage are not published.
fn is_hidden(report: &Report, span: Span) -> bool {
    let next = report.hidden.partition_point(|hidden| hidden.end <= span.start);
    report.hidden.get(next).is_some_and(|hidden| hidden.start < span.end)
}
