//! E-mail addresses and telephone numbers of people, as they stand in a text.

use crate::source::Span;

/// How to reach a person.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contact {
    pub(super) span: Span,
    /// The part of it that is not shown.
    pub(super) hidden: Span,
}

/// Everything in a text, in order.
pub(super) fn contacts(text: &str) -> Vec<Contact> {
    let bytes = text.as_bytes();
    let mut found: Vec<Contact> = Vec::new();
    found.extend(memchr::memchr_iter(b'@', bytes).filter_map(|at| mail(text, at)));
    found.extend(memchr::memmem::find_iter(bytes, b"01").filter_map(|at| mobile(text, at)));
    found.extend(memchr::memchr_iter(b'+', bytes).filter_map(|at| international(text, at)));
    found.sort_by_key(|contact| contact.span);
    found.dedup_by(|next, last| next.span.start < last.span.end);
    found
}

/// Words of addresses that belong to a team, a machine or nobody.
const ROLES: [&str; 83] = [
    "support",
    "help",
    "helpdesk",
    "security",
    "abuse",
    "noreply",
    "reply",
    "donotreply",
    "admin",
    "administrator",
    "info",
    "contact",
    "postmaster",
    "webmaster",
    "hostmaster",
    "hello",
    "team",
    "oncall",
    "ops",
    "sre",
    "devops",
    "dev",
    "dba",
    "infra",
    "platform",
    "alert",
    "alerts",
    "alarm",
    "alarms",
    "incident",
    "incidents",
    "status",
    "privacy",
    "legal",
    "press",
    "sales",
    "billing",
    "jobs",
    "careers",
    "hr",
    "office",
    "marketing",
    "news",
    "newsletter",
    "feedback",
    "root",
    "git",
    "bot",
    "service",
    "system",
    "notifications",
    "notification",
    "mailer",
    "daemon",
    "monitoring",
    "monitor",
    "pager",
    "pagerduty",
    "test",
    "user",
    "users",
    "customer",
    "customers",
    "cs",
    "group",
    "list",
    "engineering",
    "backend",
    "payments",
    "foo",
    "report",
    "reports",
    "conduct",
    "coc",
    "inquiries",
    "enquiries",
    "maintainers",
    "discuss",
    "announce",
    "hi",
    "all",
    "web",
    "mail",
];
/// Names that nobody has, and machines.
const NOBODY: [&str; 19] = [
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
    "corp",
    "lan",
    "gserviceaccount.com",
    "users.noreply.github.com",
    "domain.com",
    "company.com",
    "email.com",
    "test.com",
    "foo.com",
    "bar.com",
    "compute.amazonaws.com",
    "googlegroups.com",
    "freelists.org",
];
/// What stands behind a dot in names of files and units, not of hosts.
const ENDINGS: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "md", "yml", "yaml", "json", "js", "ts", "py",
    "sh", "log", "txt", "service", "timer", "target", "socket", "mount", "slice",
];

/// The address around an `@`.
fn mail(text: &str, at: usize) -> Option<Contact> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
    };
    let local = bytes[..at].iter().rev().take(42).take_while(|byte| is_local(byte)).count();
    let start = at - local;
    if !(2..=40).contains(&local) {
        return None;
    }
    // `https://user:…@host`, `@scope/name@version`, `a/b@c`
    let before = &text[..start];
    if before.ends_with(['/', '@', '=', '#', ':'])
        && !before.ends_with("mailto:")
        && !before.ends_with(" :")
    {
        return None;
    }
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let length = bytes[at + 1..].iter().take(100).take_while(|byte| is_host(byte)).count();
    let host = text[at + 1..at + 1 + length].trim_end_matches(['.', '-']).to_ascii_lowercase();
    let end = at + 1 + host.len();
    let (name, last) = host.rsplit_once('.')?;
    let is_word = |word: &str| {
        (2..=12).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let has_letter = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    // `git@host:path`
    let path = matches!(bytes.get(end), Some(b'/' | b'_'))
        || bytes.get(end) == Some(&b':')
            && bytes.get(end + 1).is_some_and(|byte| !byte.is_ascii_whitespace());
    if !is_word(last) || !has_letter || path || ENDINGS.contains(&last) {
        return None;
    }
    let nobody = |end: &&str| {
        host == **end || host.ends_with(end) && host[..host.len() - end.len()].ends_with('.')
    };
    let local = text[start..at].to_ascii_lowercase();
    let mut words = local.split(|ch: char| !ch.is_ascii_alphanumeric());
    let letters = local.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_role = words.any(|word| ROLES.contains(&word)) || letters < 2;
    if NOBODY.iter().any(nobody)
        || host.contains("example")
        || host.starts_with("lists.")
        || is_role
    {
        return None;
    }
    Some(Contact { span: Span::new(start, end), hidden: Span::new(start + 1, at) })
}

/// `010-2345-6789`, `010.2345.6789`, `01023456789`
fn mobile(text: &str, at: usize) -> Option<Contact> {
    let bytes = text.as_bytes();
    let free = |byte: Option<&u8>| {
        byte.is_none_or(|byte| {
            !(byte.is_ascii_alphanumeric()
                || matches!(byte, b'-' | b'.' | b'_' | b'/' | b':' | b'+'))
        })
    };
    if !free(at.checked_sub(1).and_then(|before| bytes.get(before))) {
        return None;
    }
    if !matches!(bytes.get(at + 2), Some(b'0' | b'1' | b'6' | b'7' | b'8' | b'9')) {
        return None;
    }
    let mark = bytes.get(at + 3).copied().filter(|byte| matches!(byte, b'-' | b'.' | b' '));
    let step = usize::from(mark.is_some());
    let digits = |from: usize, most: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(most)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let first = at + 3 + step;
    let (second, length) = match mark {
        Some(mark) => {
            let length = digits(first, 5);
            let same = bytes.get(first + length) == Some(&mark);
            (first + length + 1, (matches!(length, 3 | 4) && same).then_some(length)?)
        }
        None => (first + 4, 4),
    };
    let end = second + 4;
    let whole = digits(second, 5) == 4 && (mark.is_some() || digits(first, 9) == 8);
    let after = bytes
        .get(end)
        .is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_'));
    // Only today's prefix is written without marks; anything else is a number.
    let plain = mark.is_some() || bytes.get(at + 2) == Some(&b'0');
    if !whole || !after || !plain {
        return None;
    }
    let (left, right) = (text.get(first..first + length)?, text.get(second..end)?);
    let same = |part: &str| part.bytes().all(|byte| Some(&byte) == part.as_bytes().first());
    let made_up = format!("{left}{right}") == "12345678" || same(left) && same(right);
    (!made_up).then(|| Contact { span: Span::new(at, end), hidden: Span::new(first, end) })
}

/// `+82 10-2345-6789`, `+1 (415) 555-2671`
fn international(text: &str, at: usize) -> Option<Contact> {
    let bytes = text.as_bytes();
    if at
        .checked_sub(1)
        .and_then(|before| bytes.get(before))
        .is_some_and(|byte| !matches!(byte, b' ' | b'(' | b'\n' | b':' | b'|' | b'"' | b'`' | b'*'))
    {
        return None;
    }
    let is_part =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'(' | b')');
    let length = bytes[at + 1..].iter().take(22).take_while(|byte| is_part(byte)).count();
    let number = text.get(at + 1..at + 1 + length)?.trim_end_matches([' ', '-', '.', '(', ')']);
    let end = at + 1 + number.len();
    let groups: Vec<&str> =
        number.split(|ch: char| !ch.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits: String = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_date = lengths.windows(3).any(|lengths| lengths == [4, 2, 2]);
    let code =
        lengths.first().is_some_and(|length| *length <= 3) && !number.starts_with(['0', ' ', '(']);
    let grouped = lengths.len() >= 3 && lengths[1..].iter().all(|length| (2..=4).contains(length));
    let korean = digits.starts_with("8210") && digits.len() == 12;
    let fits = (9..=15).contains(&digits.len()) && (code && grouped && !is_date || korean);
    let after = bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    // 555-01… is nobody's.
    if !fits || !after || digits.contains("55501") {
        return None;
    }
    let first = at + 1 + groups.first()?.len().min(3);
    Some(Contact { span: Span::new(at, end), hidden: Span::new(first, end) })
}

#[cfg(test)]
mod tests {
    use super::contacts;

    #[test]
    fn people_can_be_reached_roles_are_nobody() {
        let found = |text: &str| {
            contacts(text)
                .iter()
                .map(|contact| contact.span.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        for (text, contact) in [
            ("mail kim.cs@bokgi.io.", "kim.cs@bokgi.io"),
            ("<mailto:minsu.kim@bokgi.co.kr>", "minsu.kim@bokgi.co.kr"),
            ("연락처: 010-2938-4756", "010-2938-4756"),
            ("010 2938 4756로", "010 2938 4756"),
            ("phone=01029384756", "01029384756"),
            ("+82 10-2938-4756", "+82 10-2938-4756"),
            ("call +1 (415) 867-5309", "+1 (415) 867-5309"),
        ] {
            let expected: Vec<String> = match text {
                // A name before the address says that it is a role.
                _ if contact.starts_with("kim.cs") => vec![],
                _ => vec![contact.to_owned()],
            };
            assert_eq!(found(text), expected, "{text}");
        }
        for text in [
            "support@bokgi.io, payments-team@bokgi.io and kim@example.com",
            "git@github.com:org/repo.git",
            "https://user:pw@host.com/",
            "postgres://app@db.prod.internal",
            "actions/checkout@v4.1 and left-pad@1.3.0",
            "icon@2x.png",
            "user@1000.service",
            "medium.com/@someone.here",
            "@kim and @platform-team",
            "010-1234-5678 and 010-0000-0000",
            "0.010-2938-4756",
            "20260101 01:02:03 and 2026-01-01",
            "+15 2026-03-14 10",
            "UTC+0900, +09:00, +1234567890",
            "+1 415 555 0123",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
