//! Values that a name, a header or an address says to be secret.

use super::doubt::{is_key, is_password, is_placeholder};
use super::{Secret, SecretKind, before};

/// Parts of names behind which a value may be a secret.
pub(super) const NAMES: [&str; 29] = [
    "pass",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "api key",
    "accesskey",
    "access_key",
    "access-key",
    "access key",
    "accountkey",
    "private_key",
    "privatekey",
    "auth_key",
    "authkey",
    "signing_key",
    "encryption_key",
    "admin_key",
    "credential",
    "비밀번호",
    "패스워드",
    "비번",
    "토큰",
    "시크릿",
    "api 키",
    "인증키",
    "인증 키",
];

/// The longest name, and the longest value, that is looked for.
const LONGEST_NAME: usize = 64;
const LONGEST_VALUE: usize = 512;

/// What a name says its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Password,
    /// A key of at least so many characters.
    Key(usize),
}

/// How a value follows its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// `name: value`, `name=value`, `"name": "value"`
    Sign,
    /// `<name>value</name>`
    Tag,
    /// The next cell of a table, the next word of a command, `비밀번호는 …`: it may be anything.
    Loose,
}

/// The value behind a name, part of which stands from `start` to `end`.
pub(super) fn named(text: &str, start: usize, end: usize) -> Option<Secret> {
    let is_name = |ch: &char| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-');
    let in_front = before(text, start).take(LONGEST_NAME).take_while(is_name).count();
    let behind = text[end..].chars().take(LONGEST_NAME).take_while(is_name).count();
    if in_front + behind > LONGEST_NAME {
        return None;
    }
    let (name_start, name_end) = (start - in_front, end + behind);
    let name = &text[name_start..name_end];
    let means = meaning(name, &text[start..end])?;
    let (link, at) = link(text, name, name_start, name_end)?;
    let (from, to) = value(text, at)?;
    let value = &text[from..to];
    let fits = match means {
        Means::Password => {
            let strong =
                value.contains(|ch: char| ch.is_ascii_punctuation() && !"-_.:/".contains(ch));
            is_password(value) && (link != Link::Loose || strong || is_key(value, 16))
        }
        Means::Key(shortest) => is_key(value, shortest),
    };
    let kind = if means == Means::Password { SecretKind::Password } else { SecretKind::Key };
    fits.then(|| Secret::new(kind, from, to))
}

/// What a name stands for; `None` for `token_count`, `next_page_token`, `public_key`, `passed`.
fn meaning(name: &str, hit: &str) -> Option<Means> {
    const OTHER: [&str; 22] = [
        "page",
        "next",
        "prev",
        "previous",
        "continuation",
        "cursor",
        "sync",
        "public",
        "max",
        "min",
        "num",
        "count",
        "idempotency",
        "partition",
        "cache",
        "primary",
        "foreign",
        "sort",
        "csrf",
        "xsrf",
        "cancel",
        "cancellation",
    ];
    if !hit.is_ascii() {
        // A Korean name ends where it was found: particles are looked at with what follows.
        return Some(match hit {
            "비밀번호" | "패스워드" | "비번" => Means::Password,
            _ => Means::Key(16),
        });
    }
    let words = words(name.trim_matches('-'));
    if words.iter().any(|word| OTHER.contains(&word.as_str())) {
        return None;
    }
    let last = words.last()?.as_str();
    let near = words.len().checked_sub(2).and_then(|at| words.get(at)).map(String::as_str);
    match last {
        "password" | "passwd" | "passphrase" | "pwd" | "pass" | "pgpassword" => {
            Some(Means::Password)
        }
        _ if last.ends_with("password") || last.ends_with("passwd") => Some(Means::Password),
        "secret" => Some(Means::Key(10)),
        "token" | "credential" | "credentials" => Some(Means::Key(16)),
        "authtoken" | "accesstoken" | "apitoken" | "clientsecret" => Some(Means::Key(16)),
        "apikey" | "accesskey" | "secretkey" | "privatekey" | "authkey" | "accountkey" => {
            Some(Means::Key(16))
        }
        "key" => {
            let known = [
                "api",
                "access",
                "secret",
                "private",
                "auth",
                "signing",
                "encryption",
                "admin",
                "account",
            ];
            // `api key`, with a space, is a name too.
            let near = near.or_else(|| hit.split_once(' ').map(|(first, _)| first));
            let near = near.map(str::to_ascii_lowercase);
            near.is_some_and(|near| known.contains(&near.as_str())).then_some(Means::Key(16))
        }
        _ => None,
    }
}

/// The words of a name: `dbPassword`, `DB_PASSWORD`, `db-password`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut lower = false;
    for ch in name.chars() {
        let starts = ch.is_ascii_uppercase() && lower;
        lower = ch.is_ascii_lowercase();
        if matches!(ch, '_' | '-' | ' ') || starts {
            words.push(String::new());
        }
        if !matches!(ch, '_' | '-' | ' ')
            && let Some(last) = words.last_mut()
        {
            last.push(ch.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// How the value is tied to the name, and where to look for it.
fn link(text: &str, name: &str, name_start: usize, name_end: usize) -> Option<(Link, usize)> {
    let rest = &text[name_end..];
    let dress = |ch: char| matches!(ch, ' ' | '\t' | '*' | '`' | '"' | '\'' | ']');
    let bare = rest.trim_start_matches(dress);
    let skipped = rest.len() - bare.len();
    if skipped > 8 {
        return None;
    }
    let at = name_end + skipped;
    let signs = [":=", "=>", "=", ":", "：", "＝"];
    if !bare.starts_with("==")
        && let Some(sign) = signs.iter().find(|sign| bare.starts_with(**sign))
    {
        return Some((Link::Sign, at + sign.len()));
    }
    let opens = before(text, name_start).next() == Some('<');
    if opens && rest.starts_with('>') {
        return Some((Link::Tag, name_end + 1));
    }
    if bare.starts_with('|') {
        return Some((Link::Loose, at + 1));
    }
    if name.starts_with("--") && rest.starts_with(' ') {
        return Some((Link::Loose, name_end + 1));
    }
    ["는 ", "은 ", "를 ", "을 ", "(", " is ", " was ", " to "]
        .iter()
        .find(|word| rest.starts_with(**word))
        .map(|word| (Link::Loose, name_end + word.len()))
}

/// Where the value stands that begins at or soon after `at`.
fn value(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = &text[at..];
    let bare = rest.trim_start_matches([' ', '\t', '*', '`', '"', '\'', '|']);
    let skipped = &rest[..rest.len() - bare.len()];
    if skipped.len() > 12 {
        return None;
    }
    let from = at + skipped.len();
    let quote = skipped.chars().next_back().filter(|ch| matches!(ch, '`' | '"' | '\''));
    let ends = |ch: char| match quote {
        Some(quote) => ch == quote || ch == '\n' || ch == '\r',
        None => {
            !ch.is_ascii()
                || ch.is_ascii_whitespace()
                || matches!(ch, '"' | '\'' | '`' | '<' | '|' | ',' | ';' | ')' | ']' | '}')
        }
    };
    let length: usize =
        bare.chars().take(LONGEST_VALUE).take_while(|ch| !ends(*ch)).map(char::len_utf8).sum();
    let value = &bare[..length];
    let value = if quote.is_none() { value.trim_end_matches(['.', ':', '*']) } else { value };
    let one_word = !value.is_empty() && !value.contains(char::is_whitespace);
    // `'a' + b` and `f"…{x}…"` are made from something else.
    let made =
        value.contains('{') || bare[length..].trim_start_matches(['"', '\'']).starts_with('(');
    (one_word && !made).then_some((from, from + value.len()))
}

/// `Authorization: Bearer …` and `Basic …`, whose word ends at `end`.
pub(super) fn header(text: &str, start: usize, end: usize) -> Option<Secret> {
    let (from, to) = value(text, end)?;
    let value = &text[from..to];
    let is_basic = text[start..end].eq_ignore_ascii_case("basic ");
    let fits = if is_basic {
        let login = decoded(value)?;
        let (name, password) = login.split_once(':')?;
        !name.is_empty() && password.len() >= 4 && !is_placeholder(password)
    } else {
        is_key(value, 16)
    };
    fits.then(|| Secret::new(SecretKind::Key, from, to))
}

/// Text behind Base64, if that is what it is.
fn decoded(value: &str) -> Option<String> {
    if value.len() < 8 || value.len() > 256 {
        return None;
    }
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in value.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or(0));
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(|ch| ch.is_ascii_graphic()).then_some(text)
}

/// The longest login in an address.
const LONGEST_LOGIN: usize = 256;

/// The password of `scheme://user:password@host`, whose `://` stands from `start` to `end`.
pub(super) fn in_url(text: &str, start: usize, end: usize) -> Option<Secret> {
    before(text, start).next().filter(char::is_ascii_alphanumeric)?;
    let ends = |ch: char| {
        ch.is_whitespace()
            || matches!(ch, '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '`' | '|' | '(' | ')')
    };
    let length: usize = text[end..]
        .chars()
        .take(LONGEST_LOGIN)
        .take_while(|ch| !ends(*ch))
        .map(char::len_utf8)
        .sum();
    let authority = &text[end..end + length];
    let (login, host) = authority.rsplit_once('@')?;
    let (name, password) = login.split_once(':')?;
    let host = host.split(':').next().unwrap_or_default();
    // `postgres:postgres@localhost`: what everybody has on their own machine.
    let here = matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0" | "");
    let example = host.ends_with("example.com") || host.ends_with(".example") || host == "host";
    if password.len() < 4 || password == name || here || example || is_placeholder(password) {
        return None;
    }
    let from = end + name.len() + 1;
    Some(Secret::new(SecretKind::UrlPassword, from, from + password.len()))
}

/// The password of `curl -u user:password`.
pub(super) fn login(text: &str, end: usize) -> Option<Secret> {
    let line: String = before(text, end).take(200).take_while(|ch| *ch != '\n').collect();
    if !line.contains("lruc") {
        return None;
    }
    let (from, to) = value(text, end)?;
    let (name, password) = text[from..to].split_once(':')?;
    is_password(password).then(|| Secret::new(SecretKind::Password, from + name.len() + 1, to))
}
