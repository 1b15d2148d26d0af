//! Whether a value is one, or only stands where one would be.

/// Parts of values that stand for others.
const STANDS_FOR: [&str; 32] = [
    "example",
    "xxx",
    "***",
    "•••",
    "…",
    "...",
    "your",
    "changeme",
    "change_me",
    "change-me",
    "redact",
    "masked",
    "dummy",
    "sample",
    "placeholder",
    "fixme",
    "todo",
    "hidden",
    "removed",
    "insert",
    "replace",
    "<",
    ">",
    "{{",
    "}}",
    "${",
    "$(",
    "%(",
    "1234567890",
    "0123456789",
    "abcdefgh",
    "[",
];
/// Values that are words about themselves.
const WORDS: [&str; 29] = [
    "password",
    "passwd",
    "passphrase",
    "pass",
    "pwd",
    "pw",
    "secret",
    "token",
    "none",
    "null",
    "nil",
    "true",
    "false",
    "undefined",
    "empty",
    "string",
    "value",
    "test",
    "user",
    "username",
    "login",
    "apikey",
    "password1",
    "password123",
    "test1234",
    "foobar",
    "secret123",
    "비밀번호",
    "default",
];
/// Names with a digit that are no secrets.
const NAMES: [&str; 22] = [
    "base64", "base32", "base58", "sha1", "sha256", "sha512", "md5", "bcrypt", "argon2id",
    "argon2", "pbkdf2", "oauth2", "http2", "rs256", "hs256", "es256", "k8s", "utf8", "s3", "ec2",
    "aes256", "ed25519",
];

/// Whether a value plainly stands for another: `***`, `<token>`, `${TOKEN}`, `your-key`, `xxxx`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    lower.starts_with(['$', '%', '@', '&'])
        || STANDS_FOR.iter().any(|part| lower.contains(part))
        || WORDS.contains(&lower.as_str())
        || distinct(value) < 4.min(value.len().div_ceil(2))
}

/// How many different characters there are; 16 at most.
pub(super) fn distinct(value: &str) -> usize {
    let mut seen: Vec<char> = Vec::with_capacity(16);
    for ch in value.chars() {
        if seen.len() < 16 && !seen.contains(&ch) {
            seen.push(ch);
        }
    }
    seen.len()
}

/// Whether a password is meant literally: letters and digits that are no word, no path, no name of
/// something, no date and no call.
pub(super) fn is_password(value: &str) -> bool {
    const SPECIAL: [char; 12] = ['!', '@', '#', '$', '%', '^', '&', '*', '+', '?', '~', '='];
    if !(6..=128).contains(&value.len()) || is_placeholder(value) || is_reference(value) {
        return false;
    }
    let mut bare = value.to_ascii_lowercase();
    for name in NAMES {
        bare = bare.replace(name, "");
    }
    let has = |is: fn(&char) -> bool| bare.chars().any(|ch| is(&ch));
    let mixed = has(char::is_ascii_alphabetic) && has(char::is_ascii_digit);
    let joined = value.contains(['-', '_', '.', ':', '/', ',', '\\']);
    mixed && (value.contains(SPECIAL) || !joined && value.len() >= 8) || is_random(value, 16)
}

/// Whether a key is one: nothing a person would name anything.
pub(super) fn is_key(value: &str, shortest: usize) -> bool {
    (shortest..=512).contains(&value.len())
        && !is_placeholder(value)
        && !is_reference(value)
        && (is_random(value, shortest) || is_hex(value) || is_base64(value) || is_uuid(value))
}

/// `config.password`, `getToken()`, `/run/secrets/db`, `vault:db/password`.
fn is_reference(value: &str) -> bool {
    value.starts_with(['/', '.', '~', '-'])
        || value.contains("://")
        || value.contains(['(', ')', '\\'])
        || [
            "arn:",
            "vault:",
            "env:",
            "ref:",
            "secret:",
            "ssm:",
            "file:",
            "process.env",
            "os.environ",
        ]
        .iter()
        .any(|start| value.starts_with(start))
}

/// Whether one of its parts changes between digits, small and capital letters as no name does.
fn is_random(value: &str, shortest: usize) -> bool {
    let ends = |ch: char| !ch.is_ascii_alphanumeric();
    value.split(ends).any(|part| {
        let class = |byte: u8| match byte {
            b'0'..=b'9' => 0,
            b'a'..=b'z' => 1,
            _ => 2,
        };
        let bytes = part.as_bytes();
        let changes = bytes.windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let letters = bytes.len() - digits;
        // A short one is a part of the names that clusters give: `payment-6d4cf56db6`.
        let is_whole = shortest >= 16 || part.len() == value.len();
        is_whole
            && bytes.len() >= shortest.min(20)
            && digits >= 2
            && letters >= 2
            && changes * 4 >= bytes.len()
            && distinct(part) * 5 >= bytes.len().min(32)
    })
}

fn is_hex(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    matches!(value.len(), 32..=128)
        && value.bytes().all(|byte| byte.is_ascii_hexdigit())
        && digits >= 4
        && digits < value.len()
        && distinct(value) >= 8
}

fn is_base64(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    value.len() >= 24
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && distinct(value) >= 14
        && (value.ends_with('=') || value.contains('+'))
        || value.len() == 40
            && value.matches('/').count() <= 4
            && is_random(&value.replace(['/', '+'], ""), 24)
}

fn is_uuid(value: &str) -> bool {
    let mut parts = value.split('-');
    let fits = [8, 4, 4, 4, 12].iter().all(|length| {
        parts.next().is_some_and(|part| {
            part.len() == *length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    });
    fits && parts.next().is_none() && distinct(value) >= 8
}
