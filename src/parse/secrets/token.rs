//! Credentials whose form says who issued them.

use super::doubt::{distinct, is_placeholder};
use super::{Secret, SecretKind, before, is_word};

/// A prefix, and what follows it.
#[derive(Debug)]
pub(super) struct Format {
    pub(super) prefix: &'static str,
    issuer: &'static str,
    body: Body,
    /// How many characters follow.
    length: (usize, usize),
}

/// The characters of a token.
#[derive(Clone, Copy, Debug)]
enum Body {
    /// Capital letters and digits.
    Upper,
    Hex,
    Letters,
    /// Letters, digits, `-` and `_`.
    Url,
    /// The same, `.` and `/`, `+`, `=`.
    Any,
}

impl Body {
    fn has(self, byte: u8) -> bool {
        match self {
            Body::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Body::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            Body::Letters => byte.is_ascii_alphanumeric(),
            Body::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Body::Any => {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'+' | b'=')
            }
        }
    }
}

const fn format(
    prefix: &'static str,
    issuer: &'static str,
    body: Body,
    from: usize,
    to: usize,
) -> Format {
    Format { prefix, issuer, body, length: (from, to) }
}

/// As their issuers document them; lengths are what is issued today, with room to grow where an issuer
/// says that they will.
pub(super) static FORMATS: [Format; 65] = [
    format("AKIA", "AWS", Body::Upper, 16, 16),
    format("ASIA", "AWS", Body::Upper, 16, 16),
    format("ABIA", "AWS", Body::Upper, 16, 16),
    format("AIza", "Google", Body::Url, 35, 35),
    format("ya29.", "Google", Body::Any, 30, 512),
    format("GOCSPX-", "Google", Body::Url, 28, 28),
    format("ghp_", "GitHub", Body::Letters, 36, 251),
    format("gho_", "GitHub", Body::Letters, 36, 251),
    format("ghu_", "GitHub", Body::Letters, 36, 251),
    format("ghs_", "GitHub", Body::Any, 36, 512),
    format("ghr_", "GitHub", Body::Letters, 36, 251),
    format("github_pat_", "GitHub", Body::Url, 60, 244),
    format("glpat-", "GitLab", Body::Any, 20, 300),
    format("gldt-", "GitLab", Body::Url, 20, 64),
    format("glrt-", "GitLab", Body::Any, 20, 300),
    format("glptt-", "GitLab", Body::Hex, 40, 40),
    format("glcbt-", "GitLab", Body::Url, 20, 64),
    format("xoxb-", "Slack", Body::Url, 24, 255),
    format("xoxp-", "Slack", Body::Url, 24, 255),
    format("xoxa-", "Slack", Body::Url, 24, 255),
    format("xoxr-", "Slack", Body::Url, 24, 255),
    format("xoxs-", "Slack", Body::Url, 24, 255),
    format("xoxe-", "Slack", Body::Url, 24, 255),
    format("xoxe.xox", "Slack", Body::Url, 24, 255),
    format("xapp-", "Slack", Body::Url, 24, 255),
    format("hooks.slack.com/services/T", "Slack", Body::Any, 30, 80),
    format("discord.com/api/webhooks/", "Discord", Body::Any, 70, 110),
    format("discordapp.com/api/webhooks/", "Discord", Body::Any, 70, 110),
    format("sk_live_", "Stripe", Body::Letters, 24, 247),
    format("rk_live_", "Stripe", Body::Letters, 24, 247),
    format("whsec_", "Stripe", Body::Any, 32, 128),
    format("live_sk_", "Toss Payments", Body::Letters, 16, 64),
    format("live_gsk_", "Toss Payments", Body::Letters, 16, 64),
    format("sk-ant-", "Anthropic", Body::Url, 32, 200),
    format("sk-proj-", "OpenAI", Body::Url, 32, 250),
    format("sk-svcacct-", "OpenAI", Body::Url, 32, 250),
    format("sk-admin-", "OpenAI", Body::Url, 32, 250),
    format("sk-", "OpenAI", Body::Letters, 48, 48),
    format("hf_", "Hugging Face", Body::Letters, 34, 40),
    format("npm_", "npm", Body::Letters, 36, 36),
    format("pypi-AgEI", "PyPI", Body::Url, 80, 512),
    format("rubygems_", "RubyGems", Body::Hex, 48, 48),
    format("dckr_pat_", "Docker", Body::Url, 27, 36),
    format("SK", "Twilio", Body::Hex, 32, 32),
    format("SG.", "SendGrid", Body::Any, 66, 66),
    format("key-", "Mailgun", Body::Hex, 32, 32),
    format("dop_v1_", "DigitalOcean", Body::Hex, 64, 64),
    format("shpat_", "Shopify", Body::Hex, 32, 32),
    format("shpss_", "Shopify", Body::Hex, 32, 32),
    format("dapi", "Databricks", Body::Hex, 32, 34),
    format("glsa_", "Grafana", Body::Url, 41, 41),
    format("glc_", "Grafana", Body::Any, 32, 400),
    format("NRAK-", "New Relic", Body::Upper, 27, 27),
    format("PMAK-", "Postman", Body::Url, 59, 59),
    format("lin_api_", "Linear", Body::Letters, 40, 40),
    format("ntn_", "Notion", Body::Letters, 40, 50),
    format("sntrys_", "Sentry", Body::Any, 60, 400),
    format("sntryu_", "Sentry", Body::Hex, 64, 64),
    format("hvs.", "Vault", Body::Url, 24, 300),
    format("ATATT3x", "Atlassian", Body::Any, 60, 300),
    format("sbp_", "Supabase", Body::Hex, 40, 40),
    format("pul-", "Pulumi", Body::Hex, 40, 40),
    format("HRKU-AA", "Heroku", Body::Url, 58, 58),
    format("fly1_", "Fly.io", Body::Url, 43, 400),
    format("AGE-SECRET-KEY-1", "age", Body::Upper, 58, 58),
];

/// A token of a format whose prefix is at `start`, in whatever case it was found.
pub(super) fn of_format(text: &str, start: usize, format: &Format) -> Option<Secret> {
    let rest = text.get(start..)?.strip_prefix(format.prefix)?;
    // A host may stand behind anything.
    let short = format.prefix.len() < 4 || matches!(format.prefix, "key-" | "pul-");
    let inside = before(text, start)
        .next()
        .is_some_and(|ch| ch.is_alphanumeric() || short && matches!(ch, '-' | '_' | '.'));
    if inside && !format.prefix.contains('/') {
        return None;
    }
    let (from, to) = format.length;
    let length = rest.bytes().take(to + 1).take_while(|byte| format.body.has(*byte)).count();
    let length = match format.body {
        // The sentence may end behind it.
        Body::Any => rest[..length].trim_end_matches(['.', '/']).len(),
        _ => length,
    };
    if !(from..=to).contains(&length) {
        return None;
    }
    // What follows belongs to a longer word, which is something else.
    if rest[length..].chars().next().is_some_and(|ch| ch == '_' || ch.is_ascii_alphanumeric()) {
        return None;
    }
    let body = &rest[..length];
    let is_known = format.prefix == "sk-" && !body.contains("T3BlbkFJ");
    let has_digit = body.bytes().any(|byte| byte.is_ascii_digit());
    if is_known || !has_digit || distinct(body) < 7 || is_placeholder(body) {
        return None;
    }
    let end = start + format.prefix.len() + length;
    let head = format.prefix.len();
    Some(Secret::new(SecretKind::Token(format.issuer), start, end).showing(head, 2))
}

/// The longest key that is looked for: RSA of 16,384 bits.
const LONGEST_KEY: usize = 16 * 1024;

/// A key between `-----BEGIN … PRIVATE KEY-----` and its end. One that was cut out (`...`) is none.
pub(super) fn private_key(text: &str, start: usize) -> Option<Secret> {
    const BEGIN: &str = "-----BEGIN ";
    let rest = text.get(start..)?;
    let name_end =
        rest.get(BEGIN.len()..)?.find("-----").filter(|length| *length < 40)? + BEGIN.len();
    let name = &rest[BEGIN.len()..name_end];
    if !name.ends_with("PRIVATE KEY") && !name.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let head = name_end + 5;
    // Up to the next mark of dashes, wherever that is: a second key never makes this one longer.
    let near = floor(rest, head + LONGEST_KEY);
    let marked = rest.get(head..near)?.find("-----").map(|length| head + length);
    let end = match marked {
        Some(at) if rest[at..].starts_with("-----END ") => {
            at + rest[at + 5..]
                .find("-----")
                .filter(|length| *length < 48)
                .map_or(5, |length| length + 10)
        }
        Some(at) => at,
        None => head + unended(rest.get(head..near)?),
    };
    let body = rest.get(head..end)?;
    let is_code = |ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '+' | '/' | '='));
    // JSON writes the end of a line as `\n`.
    let written = body.replace("\\n", "\n");
    let is_key = written.split(is_code).any(|line| line.len() >= 32 && distinct(line) >= 10);
    is_key.then(|| Secret::new(SecretKind::PrivateKey, start, start + end).showing(head, 0))
}

/// How far a key without an end goes: its lines of Base64.
fn unended(body: &str) -> usize {
    let is_line = |line: &str| {
        let line = line.trim();
        line.is_empty() || !line.contains(' ') && line.len() >= 32
    };
    body.split_inclusive('\n').take_while(|line| is_line(line)).map(str::len).sum()
}

fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The longest token that is looked for.
const LONGEST_JWT: usize = 8 * 1024;
/// The start of the payload of jwt.io's example.
const JWT_EXAMPLE: &str = "eyJzdWIiOiIxMjM0NTY3ODkwIi";

/// `eyJ….eyJ….…`: two objects of JSON and a signature.
pub(super) fn jwt(text: &str, start: usize) -> Option<Secret> {
    let rest = text.get(start..)?;
    if !rest.starts_with("eyJ")
        || before(text, start).next().is_some_and(|ch| is_word(ch) || matches!(ch, '-' | '.'))
    {
        return None;
    }
    let length = rest
        .bytes()
        .take(LONGEST_JWT)
        .take_while(|byte| Body::Url.has(*byte) || *byte == b'.')
        .count();
    let mut parts = rest[..length].trim_end_matches('.').splitn(4, '.');
    let (head, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = head.len() >= 12 && payload.len() >= 8 && signature.len() >= 16;
    let encrypted = parts.next().is_some();
    let known = payload.starts_with("eyJ") || encrypted;
    if !fits || !known || payload.starts_with(JWT_EXAMPLE) || is_placeholder(signature) {
        return None;
    }
    let end = start + rest[..length].trim_end_matches('.').len();
    Some(Secret::new(SecretKind::Jwt, start, end).showing(3, 2))
}

/// `1234567890:AA…`, a bot of Telegram; `colon` is where its colon is.
pub(super) fn telegram(text: &str, colon: usize) -> Option<Secret> {
    let digits = before(text, colon).take(12).take_while(char::is_ascii_digit).count();
    let start = colon.checked_sub(digits)?;
    let rest = text.get(colon + 1..)?;
    let length = rest.bytes().take(64).take_while(|byte| Body::Url.has(*byte)).count();
    let fits = (8..=10).contains(&digits) && length == 35 && rest.starts_with("AA");
    // The example of Telegram's documentation.
    let is_example = rest.starts_with("AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
    let inside = before(text, start).next().is_some_and(is_word);
    (fits && !inside && !is_example && distinct(&rest[..length]) >= 8).then(|| {
        Secret::new(SecretKind::Token("Telegram"), start, colon + 1 + length).showing(0, 2)
    })
}
