//! Promises as a calendar (RFC 5545): what is open and has a day it is due.
//!
//! Each is an event of that whole day, not a to-do: Google Calendar, Outlook and Apple's subscribed calendars leave
//! to-dos out, and one that shows both would show everything twice. The crates that write this format bring a second
//! library for time, the system's clock and random ids; what is needed of it is a list of lines.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::corpus::url_path;
use crate::l10n::{Lang, Text};
use crate::parse::Report;
use crate::patterns::promises::Promise;

/// A line has no more octets than this without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// What a calendar says besides its events.
pub(crate) struct Calendar<'c> {
    pub(crate) name: &'c str,
    /// The day it is made.
    pub(crate) today: Date,
    pub(crate) lang: Lang,
    /// Where the site is published.
    pub(crate) base_url: Option<&'c str>,
}

impl Calendar<'_> {
    /// What the calendar of a knowledge base is called.
    pub(crate) fn name(title: Option<&str>, lang: Lang) -> String {
        const OF: Text = Text::new("{title}: open actions", "{title}: 미완료 조치");
        const PLAIN: Text = Text::new("Open actions", "미완료 조치");
        match title {
            Some(title) => OF.with("title", title).render(lang),
            None => PLAIN.get(lang).to_owned(),
        }
    }

    /// The calendar of those among `promises` that are open and due on a day. Each comes with its report and the
    /// report's address.
    pub(crate) fn render<'p>(
        &self,
        promises: impl Iterator<Item = (&'p Promise<'p>, &'p Report, &'p str)>,
    ) -> String {
        let mut out = String::new();
        line(&mut out, "BEGIN:VCALENDAR");
        line(&mut out, "VERSION:2.0");
        line(&mut out, "PRODID:-//bokgi//bokgi//EN");
        line(&mut out, "CALSCALE:GREGORIAN");
        line(&mut out, "METHOD:PUBLISH");
        line(&mut out, &format!("NAME:{}", text(self.name)));
        line(&mut out, &format!("X-WR-CALNAME:{}", text(self.name)));
        line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:P1D");
        for (promise, report, address) in promises {
            if let Some(due) = promise.action.due.filter(|_| promise.standing.is_open()) {
                self.event(&mut out, promise, due, report, address);
            }
        }
        line(&mut out, "END:VCALENDAR");
        out
    }

    fn event(
        &self,
        out: &mut String,
        promise: &Promise<'_>,
        due: Date,
        report: &Report,
        address: &str,
    ) {
        const FROM: Text = Text::new("promised in: {title}", "보고서: {title}");
        const OWNER: Text = Text::new("owner: {owners}", "담당: {owners}");
        const STATUS: Text = Text::new("status: {status}", "상태: {status}");
        let action = promise.action;
        let mut about = vec![FROM.with("title", &report.incident.title.value)];
        if !action.owners.is_empty() {
            about.push(OWNER.with("owners", action.owners.clone()));
        }
        about.push(STATUS.with("status", action.status.label()));
        let about: Vec<String> = about.iter().map(|about| about.render(self.lang)).collect();
        let services: Vec<String> =
            report.incident.services.iter().map(|service| text(&service.value)).collect();
        line(out, "BEGIN:VEVENT");
        // The same whatever the site's address and the action's status and date become.
        line(out, &format!("UID:{}", text(&format!("{}.{address}@bokgi.invalid", promise.id()))));
        line(out, &format!("DTSTAMP:{}T000000Z", basic(self.today)));
        line(out, &format!("DTSTART;VALUE=DATE:{}", basic(due)));
        line(out, &format!("SUMMARY:{}", text(&action.text)));
        line(out, &format!("DESCRIPTION:{}", text(&about.join("\n"))));
        if !services.is_empty() {
            line(out, &format!("CATEGORIES:{}", services.join(",")));
        }
        if let Some(base) = self.base_url {
            line(out, &format!("URL:{}/r/{}/", base.trim_end_matches('/'), url_path(address)));
        }
        line(out, "STATUS:CONFIRMED");
        // A day that something is due is not a day that is taken.
        line(out, "TRANSP:TRANSPARENT");
        line(out, "END:VEVENT");
    }
}

/// `20260314`
fn basic(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A value of type TEXT (RFC 5545, 3.3.11), which has no control characters.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for ch in value.chars() {
        match ch {
            '\\' | ';' | ',' => out.extend(['\\', ch]),
            '\n' => out.push_str("\\n"),
            _ if ch.is_control() => {}
            _ => out.push(ch),
        }
    }
    out
}

/// Adds a line, folded where it is long; never inside a character.
fn line(out: &mut String, content: &str) {
    let mut used = 0;
    for ch in content.chars() {
        if used + ch.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        used += ch.len_utf8();
        let _ = out.write_char(ch);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{LINE, line, text};
    use proptest::prelude::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(text("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d\\ne");
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_they_were(words in "[a-z가-힣🔥;,\\\\ \n]{0,300}") {
            let value = text(&words);
            let mut folded = String::new();
            line(&mut folded, &value);
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert_eq!(folded.replace("\r\n ", ""), format!("{value}\r\n"));
        }
    }
}
