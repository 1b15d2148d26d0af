//! What must not be in a report at all: credentials, and numbers that name a person or an account.
//!
//! The whole file is looked at as it stands: front matter, comments, code and the targets of links. One
//! search finds the places where something may begin, each is looked at for a bounded length, and the
//! numbers are found by their runs of digits; so the time is linear, whatever a file holds.
//!
//! A wrong finding keeps a report from being published, and a nagging rule is turned off. Hence formats
//! with a prefix of their own are taken by their prefix and length, anything else only behind a name
//! that says what it is, and never what plainly stands for something else (`***`, `$VAR`, `<token>`) or
//! comes from the documentation of whoever issues it (`AKIAIOSFODNN7EXAMPLE`, `4242 4242 …`).
//!
//! Sources: the issuers' own documentation of their token formats; RFC 7519 (JWT), RFC 7468 (PEM),
//! ISO/IEC 7812 (card numbers), 주민등록법 시행규칙 제2조 (주민등록번호).

mod assignment;
mod doubt;
mod identity;
mod token;
mod veil;

pub(crate) use veil::Veil;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::l10n::{Message, Text};
use crate::source::{SourceFile, Span};

/// Something that must not be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) kind: SecretKind,
    /// All of it.
    pub(crate) span: Span,
    /// Bytes at its start and its end that give nothing away and help to find it.
    head: u8,
    tail: u8,
}

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SecretKind {
    /// A token of this issuer, known by its form.
    Token(&'static str),
    PrivateKey,
    Jwt,
    /// `https://user:password@host`
    UrlPassword,
    Password,
    /// A key or a token, known by the name before it.
    Key,
    /// 주민등록번호
    ResidentNumber,
    /// 외국인등록번호
    ForeignerNumber,
    CardNumber,
    Passport,
    DriverLicence,
}

impl SecretKind {
    pub(crate) fn label(self) -> Message {
        const TOKEN: Text = Text::new("{issuer} credential", "{issuer} 인증 정보");
        let label = match self {
            SecretKind::Token(issuer) => return TOKEN.with("issuer", issuer),
            SecretKind::PrivateKey => Text::new("private key", "개인 키"),
            SecretKind::Jwt => Text::new("signed token (JWT)", "서명된 토큰(JWT)"),
            SecretKind::UrlPassword => {
                Text::new("password in an address", "주소에 들어 있는 비밀번호")
            }
            SecretKind::Password => Text::new("password", "비밀번호"),
            SecretKind::Key => Text::new("key or token", "키 또는 토큰"),
            SecretKind::ResidentNumber => {
                Text::new("Korean resident registration number", "주민등록번호")
            }
            SecretKind::ForeignerNumber => {
                Text::new("Korean alien registration number", "외국인등록번호")
            }
            SecretKind::CardNumber => Text::new("card number", "카드 번호"),
            SecretKind::Passport => Text::new("passport number", "여권 번호"),
            SecretKind::DriverLicence => Text::new("driver's licence number", "운전면허 번호"),
        };
        label.into()
    }

    /// Whether it names a person or an account and opens nothing by itself.
    pub(crate) const fn is_identity(self) -> bool {
        matches!(
            self,
            SecretKind::ResidentNumber
                | SecretKind::ForeignerNumber
                | SecretKind::CardNumber
                | SecretKind::Passport
                | SecretKind::DriverLicence
        )
    }
}

impl Secret {
    fn new(kind: SecretKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::new(start, end), head: 0, tail: 0 }
    }

    /// The same, with its first and last bytes shown. They are ASCII.
    fn showing(self, head: usize, tail: usize) -> Self {
        let byte = |count: usize| u8::try_from(count).unwrap_or(0);
        Self { head: byte(head), tail: byte(tail), ..self }
    }

    /// The code and the name of the rule that reports it.
    pub(crate) const fn rule(&self) -> (&'static str, &'static str) {
        if self.kind.is_identity() { ("PUB002", "identity-number") } else { ("PUB001", "secret") }
    }

    /// Where it is reported: a private key by its first line.
    pub(crate) fn place(&self) -> Span {
        match self.kind {
            SecretKind::PrivateKey => {
                Span { start: self.span.start, end: self.span.start + u32::from(self.head.max(11)) }
            }
            _ => self.span,
        }
    }

    /// What nobody may read.
    fn hidden(&self) -> Span {
        let start = self.span.start + u32::from(self.head);
        let end = self.span.end.saturating_sub(u32::from(self.tail));
        Span { start, end: end.max(start) }
    }

    /// How it is named in a message: enough to find it, nothing to use.
    pub(crate) fn masked(&self, text: &str) -> String {
        let head = Span { end: self.span.start + u32::from(self.head), ..self.span }.of(text);
        let tail = Span { start: self.hidden().end, end: self.span.end }.of(text);
        match self.kind {
            SecretKind::PrivateKey => head.to_owned(),
            _ if self.kind.is_identity() => {
                let stars = |ch: char| if is_mark(ch) { ch } else { '*' };
                let hidden: String = self.hidden().of(text).chars().map(stars).collect();
                format!("{head}{hidden}{tail}")
            }
            // The length of a password says something about it.
            _ if head.is_empty() => "******".to_owned(),
            _ => format!("{head}…{tail}"),
        }
    }
}

/// What stands between the groups of a number.
fn is_mark(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '-' | '‐' | '‑' | '‒' | '–' | '−' | '－')
}

/// What may begin at a word of the search.
#[derive(Clone, Copy, Debug)]
enum Anchor {
    Token(&'static token::Format),
    PrivateKey,
    Jwt,
    Telegram,
    /// A name that a value may follow.
    Name,
    /// `Bearer …`, `Basic …`
    Header,
    /// `scheme://user:password@host`
    Url,
    /// `curl -u user:password`
    Login,
    Passport,
    Licence,
}

struct Search {
    finder: AhoCorasick,
    anchors: Vec<Anchor>,
}

static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let words = [
        (Anchor::PrivateKey, &["-----BEGIN "] as &[&str]),
        (Anchor::Jwt, &["eyJ"]),
        (Anchor::Telegram, &[":AA"]),
        (Anchor::Name, &assignment::NAMES),
        (Anchor::Header, &["bearer ", "basic "]),
        (Anchor::Url, &["://"]),
        (Anchor::Login, &[" -u ", " --user "]),
        (Anchor::Passport, &["여권", "passport"]),
        (Anchor::Licence, &["면허"]),
    ];
    let formats = token::FORMATS.iter().map(|format| (format.prefix, Anchor::Token(format)));
    let words = words.iter().flat_map(|(anchor, words)| words.iter().map(|word| (*word, *anchor)));
    let (patterns, anchors): (Vec<&str>, Vec<Anchor>) = formats.chain(words).unzip();
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns)
        .expect("a few short words make a small automaton");
    Search { finder, anchors }
});

/// Everything in a file that must not be published, in order and apart.
pub(crate) fn find(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    for hit in SEARCH.finder.find_iter(text) {
        let (start, end) = (hit.start(), hit.end());
        match SEARCH.anchors[hit.pattern().as_usize()] {
            Anchor::Token(format) => found.extend(token::of_format(text, start, format)),
            Anchor::PrivateKey => found.extend(token::private_key(text, start)),
            Anchor::Jwt => found.extend(token::jwt(text, start)),
            Anchor::Telegram => found.extend(token::telegram(text, start)),
            Anchor::Name => found.extend(assignment::named(text, start, end)),
            Anchor::Header => found.extend(assignment::header(text, start, end)),
            Anchor::Url => found.extend(assignment::in_url(text, start, end)),
            Anchor::Login => found.extend(assignment::login(text, end)),
            Anchor::Passport => found.extend(identity::passport(text, end)),
            Anchor::Licence => found.extend(identity::licence(text, end)),
        }
    }
    identity::numbers(text, &mut found);
    let mut found = apart(found);
    again(text, &mut found);
    found
}

/// Of secrets that overlap, the one that says best what it is; it covers them all.
fn apart(mut found: Vec<Secret>) -> Vec<Secret> {
    // What was known by its form comes before what was known by a name.
    found.sort_by_key(|secret| (secret.span.start, secret.kind, secret.span.end));
    let mut kept: Vec<Secret> = Vec::with_capacity(found.len());
    for secret in found {
        match kept.last_mut() {
            Some(last) if secret.span.start < last.span.end => {
                let covered = last.span.cover(secret.span);
                if secret.kind < last.kind {
                    *last = secret;
                }
                if last.span != covered {
                    *last = Secret { span: covered, head: 0, tail: 0, ..*last };
                }
            }
            _ => kept.push(secret),
        }
    }
    kept
}

/// A shorter one may be an ordinary word elsewhere.
const LONG_ENOUGH: usize = 8;

/// So many different values are looked for once more.
const MOST_VALUES: usize = 500;

/// The same values where no name says what they are, or where they are part of a longer word.
fn again(text: &str, found: &mut Vec<Secret>) {
    let mut seen = BTreeSet::new();
    let values: Vec<(&str, Secret)> = found
        .iter()
        .map(|secret| (secret.span.of(text), *secret))
        .filter(|(value, _)| value.len() >= LONG_ENOUGH && seen.insert(*value))
        .take(MOST_VALUES)
        .collect();
    if values.is_empty() {
        return;
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(values.iter().map(|(value, _)| value));
    let Ok(finder) = finder else { return };
    let more: Vec<Secret> = finder
        .find_iter(text)
        .map(|hit| {
            let (_, secret) = values[hit.pattern().as_usize()];
            Secret { span: Span::new(hit.start(), hit.end()), ..secret }
        })
        .filter(|secret| {
            let next = found.partition_point(|other| other.span.end <= secret.span.start);
            found.get(next).is_none_or(|other| other.span.start >= secret.span.end)
        })
        .collect();
    found.extend(more);
    found.sort_by_key(|secret| secret.span);
}

/// A text as it may be shown to anybody.
pub(crate) fn shown(text: &str) -> Arc<str> {
    let secrets = find(text);
    Arc::clone(veiled(&SourceFile::new("", text), &secrets).text())
}

/// The file with what nobody may read replaced, character by character, so that every place in it stays
/// where it is.
pub(crate) fn veiled(source: &SourceFile, secrets: &[Secret]) -> SourceFile {
    let spans = secrets.iter().map(|secret| {
        let marks = if secret.kind.is_identity() { Marks::Stay } else { Marks::Go };
        (secret.hidden(), marks)
    });
    covered(source, spans)
}

/// What becomes of spaces and hyphens inside of what is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    Stay,
    Go,
}

/// The file with stars in the place of spans, which are in order and apart.
pub(crate) fn covered(
    source: &SourceFile,
    spans: impl Iterator<Item = (Span, Marks)>,
) -> SourceFile {
    let text = source.text();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for (hidden, marks) in spans {
        shown.push_str(Span { start: at, end: hidden.start }.of(text));
        let stays = |ch: char| match ch {
            '\n' | '\r' => true,
            _ => marks == Marks::Stay && is_mark(ch),
        };
        shown.extend(hidden.of(text).chars().map(|ch| if stays(ch) { ch } else { star(ch) }));
        at = hidden.end;
    }
    shown.push_str(text.get(at as usize..).unwrap_or_default());
    SourceFile::new(source.path(), &shown)
}

/// A mark as long as `ch`.
fn star(ch: char) -> char {
    match ch.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '＊',
        _ => '🔒',
    }
}

/// Whether a character belongs to a word as programs write them.
fn is_word(ch: char) -> bool {
    ch.is_alphanumeric() || ch == '_'
}

/// The characters of `text` from the byte `at` back.
fn before(text: &str, at: usize) -> impl Iterator<Item = char> + '_ {
    text.get(..at).unwrap_or_default().chars().rev()
}

#[cfg(test)]
mod tests;
