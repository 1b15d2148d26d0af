//! Secrets are put together here, so that no file of ours holds one.

use super::{SecretKind, Veil, find, veiled};
use crate::source::SourceFile;

/// Letters and digits as a machine draws them.
fn random(length: usize) -> String {
    const LETTERS: &[u8] = b"aB3dE5fG7hJ9kL2mN4pQ6rS8tUvWxYz1";
    let mut state = 7_usize;
    (0..length)
        .map(|_| {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            char::from(LETTERS[(state >> 8) % LETTERS.len()])
        })
        .collect()
}

fn hex(length: usize) -> String {
    let digits = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    digits.chars().cycle().take(length).collect()
}

/// What was found, as it stands.
fn found(text: &str) -> Vec<(SecretKind, String)> {
    find(text).iter().map(|secret| (secret.kind, secret.span.of(text).to_owned())).collect()
}

/// What a text shows once the secret is covered.
fn is_covered(text: &str, secret: &str) {
    let secrets = find(text);
    let source = SourceFile::new("a.md", text);
    let shown = veiled(&source, &secrets);
    assert_eq!(shown.text().len(), text.len(), "{text}");
    assert!(!shown.text().contains(secret), "{}", shown.text());
    let mut veil = Veil::default();
    veil.add(text, &secrets);
    let said = veil.over(&format!("title `{secret}`")).unwrap_or_default();
    assert!(said.starts_with("title `") && !said.contains(secret), "{said}");
    for secret in &secrets {
        assert!(!secret.masked(text).contains(secret.hidden().of(text)));
    }
}

#[test]
fn tokens_are_known_by_their_form() {
    let upper = random(58).to_uppercase();
    for (issuer, token) in [
        ("AWS", format!("{}{}", "AKIA", &upper[..16])),
        ("Google", format!("{}{}", "AIza", random(35))),
        ("GitHub", format!("{}{}", "ghp_", random(36))),
        ("GitHub", format!("{}{}", "github_pat_", random(82))),
        ("GitLab", format!("{}{}", "glpat-", random(20))),
        ("Slack", format!("{}-2047{}-{}", "xoxb", "31869502", random(24))),
        (
            "Slack",
            format!(
                "{}{}/B{}/{}",
                "hooks.slack.com/services/T",
                &upper[..9],
                &upper[..9],
                random(24)
            ),
        ),
        ("Stripe", format!("{}{}", "sk_live_", random(24))),
        ("Toss Payments", format!("{}{}", "live_sk_", random(32))),
        ("Anthropic", format!("{}api03-{}", "sk-ant-", random(93))),
        ("OpenAI", format!("{}{}T3BlbkFJ{}", "sk-", random(20), random(20))),
        ("npm", format!("{}{}", "npm_", random(36))),
        ("PyPI", format!("{}cHlwaS5vcmc{}", "pypi-AgEI", random(120))),
        ("Twilio", format!("{}{}", "SK", hex(32))),
        ("SendGrid", format!("{}{}.{}", "SG.", random(22), random(43))),
        ("Telegram", format!("1234509876:{}{}", "AA", random(33))),
    ] {
        for text in [format!("key {token}."), format!("`{token}`"), format!("x={token}&y=1")] {
            let expected = vec![(SecretKind::Token(issuer), token.clone())];
            assert_eq!(found(&text), expected, "{text}");
            is_covered(&text, &token);
        }
        // Longer words are something else.
        if !token.contains('/') {
            assert_eq!(found(&format!("x{token}x")), [], "{token}");
        }
    }
}

#[test]
fn keys_and_signed_tokens() {
    let body = format!("{}\n{}\n", random(64), random(60));
    let key = format!("-----BEGIN {} KEY-----\n{body}-----END RSA PRIVATE KEY-----", "RSA PRIVATE");
    assert_eq!(found(&format!("```\n{key}\n```\n")), [(SecretKind::PrivateKey, key.clone())]);
    is_covered(&key, body.trim());
    let cut = key.replace(&body, "...\n");
    assert_eq!(found(&cut), []);
    assert_eq!(found(&key.replace("PRIVATE", "PUBLIC")), []);
    let json = format!("\"private_key\": \"{}\"", key.replace('\n', "\\n"));
    assert_eq!(
        find(&json).iter().map(|secret| secret.kind).collect::<Vec<_>>(),
        [SecretKind::PrivateKey]
    );
    let jwt = format!("{}JhbGciOiJIUzI1NiJ9.{}JpZCI6NDIsIm4iOiJrIn0.{}", "ey", "ey", random(43));
    assert_eq!(found(&format!("Authorization: Bearer {jwt}")), [(SecretKind::Jwt, jwt.clone())]);
    is_covered(&jwt, &jwt[6..]);
    let known = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
    assert_eq!(found(known), []);
}

#[test]
fn a_name_says_that_a_value_is_secret() {
    let key = random(32);
    for (text, value) in [
        ("password: Qwer1234!".to_owned(), "Qwer1234!"),
        ("DB_PASSWORD=hunter2024".to_owned(), "hunter2024"),
        ("spring.datasource.password = 'p4ss-w0rd!'".to_owned(), "p4ss-w0rd!"),
        ("\"dbPassword\": \"Zx9#kk2l\",".to_owned(), "Zx9#kk2l"),
        ("- **비밀번호**: `Bokgi2024!`".to_owned(), "Bokgi2024!"),
        ("관리자 비밀번호는 Bokgi2024! 였다".to_owned(), "Bokgi2024!"),
        ("임시 비밀번호(Bokgi2024!)로 접속".to_owned(), "Bokgi2024!"),
        ("비밀번호를 `Bokgi2024!`로 바꿨다".to_owned(), "Bokgi2024!"),
        ("| Password | Zx9#kk2l |".to_owned(), "Zx9#kk2l"),
        ("mysqldump --password=Zx9kk2lq db".to_owned(), "Zx9kk2lq"),
        ("<password>Zx9kk2lq</password>".to_owned(), "Zx9kk2lq"),
        (format!("API_KEY={key}"), &key),
        (format!("X-Api-Key: {key}"), &key),
        (format!("kakao REST API 키: {}", hex(32)), &hex(32)),
        (format!("client_secret: \"{}\"", &key[..10]), &key[..10]),
        (format!("aws_secret_access_key = {}", random(40)), &random(40)),
        (format!("Authorization: Bearer {key}"), &key),
        ("Authorization: Basic YWRtaW46czNjcjN0cHc=".to_owned(), "YWRtaW46czNjcjN0cHc="),
        ("postgres://app:t0psecret@db.prod:5432/x".to_owned(), "t0psecret"),
        ("curl -u admin:Zx9kk2lq https://x.example".to_owned(), "Zx9kk2lq"),
    ] {
        let values: Vec<String> = found(&text).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, [value], "{text}");
        is_covered(&text, value);
    }
    let token = format!("{}{}", "ghp_", random(36));
    assert_eq!(found(&format!("pool-{token}")).len(), 1);
    // Said once with its name, it is a secret everywhere.
    assert_eq!(find("password: Qwer1234!\n\nThen Qwer1234! did not work.").len(), 2);
}

#[test]
fn what_stands_for_a_secret_is_none() {
    for text in [
        "password: ********",
        "password: <password>",
        "password: $DB_PASSWORD",
        "password=${DB_PASSWORD_2}",
        "password: {{ vault.db1 }}",
        "password: changed on 2026-03-14",
        "the password was rotated at 14:02",
        "password: 2026-03-14",
        "password: sha256",
        "password: bcrypt, 12 rounds",
        "비밀번호: 변경함",
        "비밀번호는 8자리 이상",
        "비밀번호(8자리 이상)를 2024-03-14에 바꿈",
        "set the password to 12 characters",
        "비밀번호: xxxxxxx1",
        "password = getPassword2()",
        "password: process.env.DB_PASSWORD1",
        "password: db-credentials-v2",
        "password: /run/secrets/db1",
        "password=user2.getPassword(x1)",
        "token: 15 minutes",
        "token_count: 1234567890123456",
        "nextPageToken: a8B3c9D2e7F1g6H5i4",
        "max_tokens=4096",
        "the token expired: see payment-api-prod-2024",
        "token: refresh-token-cache-01",
        "secret: payments/stripe-live",
        "secret: k8s/payment-api-v2",
        "secret: payment-6d4cf56db6",
        "passed: 123abc456def",
        "the API key: rotated",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "https://user:pass@host/",
        "https://user:$TOKEN@github.com",
        "postgres://postgres:postgres@localhost/x",
        "http://a.example:8080/x@y",
        "bearer token authentication, basic authentication",
        "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "trace id 4bf92f3577b34da6a3ce929d0e0e4736",
        "task-abcdefghijklmnop1234567890qrstuvwxyz",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

/// A number with its check digit.
fn resident(front: &str) -> String {
    let digit = |at: usize| front.chars().filter_map(|ch| ch.to_digit(10)).nth(at).unwrap_or(0);
    let sum: u32 = (0..12).map(|at| digit(at) * [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5][at]).sum();
    format!("{front}{}", (11 - sum % 11) % 10)
}

#[test]
fn numbers_of_people_and_cards() {
    let number = resident("900101-238456");
    for text in [format!("고객 {number} 노출"), format!("user={number}"), format!("“{number}”")]
    {
        assert_eq!(found(&text), [(SecretKind::ResidentNumber, number.clone())], "{text}");
        is_covered(&text, &number);
    }
    let plain = number.replace('-', "");
    // Behind a colon it may be anything; said once, it is the same everywhere.
    assert_eq!(found(&format!("로그: {plain}")), []);
    assert_eq!(found(&format!("로그: {plain}\n\n{plain}")).len(), 2);
    assert_eq!(found(&format!("주민번호 {plain}")).len(), 1);
    // Without a check digit, a word has to say it.
    assert_eq!(found("주민등록번호: 210101-3845612").len(), 1);
    let wide: String =
        number.chars().map(|ch| char::from_u32(u32::from(ch) + 0xfee0).unwrap_or(ch)).collect();
    assert_eq!(
        found(&format!("번호는 {wide} 입니다")),
        [(SecretKind::ResidentNumber, wide.clone())]
    );
    is_covered(&format!("번호는 {wide} 입니다"), &wide);
    assert_eq!(found("외국인등록번호 850315-5384561")[0].0, SecretKind::ForeignerNumber);
    for card in
        ["4539 1488 0343 6467", "4539-1488-0343-6467", "4539148803436467", "3714 496353 98439"]
    {
        let kinds: Vec<SecretKind> =
            find(&format!("결제 {card} 건")).iter().map(|s| s.kind).collect();
        let expected: &[SecretKind] =
            if card.ends_with("98439") { &[] } else { &[SecretKind::CardNumber] };
        assert_eq!(kinds, expected, "{card}");
    }
    assert_eq!(
        found("여권번호 M38274615, 이름")[0],
        (SecretKind::Passport, "M38274615".to_owned())
    );
    assert_eq!(found("운전면허: 11-12-384756-90")[0].0, SecretKind::DriverLicence);
}

#[test]
fn other_numbers_are_left_alone() {
    for text in [
        "20260314-1402311",
        "260314-9402311",
        "900101-1234567",
        "000000-0000000",
        "901332-1384561",
        "900101-1******",
        "1710428520123",
        "at 1710428520123456 us",
        "4111 1111 1111 1111",
        "4242-4242-4242-4242",
        "4539 1488 0343 6468",
        "order_id=4539148803436467",
        "\"orderId\": 4539148803436467",
        "/v1/orders/4539148803436467",
        "550e8400-4539-1488-0343-6467",
        "4539 1488 0343 6467 1234 1234",
        "1234 5678 9012 3456",
        "2026-03-14 2026-03-15 2026",
        "0.4539148803436467",
        "10.0.4539.1488",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn hostile_texts_take_no_time() {
    for part in [
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "eyJ.",
        "eyJaaaaaaaaaaaa",
        "xoxb-",
        "password",
        "://a:b",
        "1",
        "1234 ",
        "123456-",
        "１",
        "password: ",
    ] {
        find(&part.repeat(200_000 / part.len()));
    }
}
