//! Addresses in running text, as GitHub links them (the extended autolinks of GFM, section 6.9).

/// The first address in a text, and what stands around it. A full stop or a closing bracket behind it
/// belongs to the sentence.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("http")?;
        let scheme = ["https://", "http://"].into_iter().find(|s| text[start..].starts_with(s));
        let before = text[..start].chars().next_back();
        let starts = before.is_none_or(|ch| !ch.is_alphanumeric());
        let Some(scheme) = scheme.filter(|_| starts) else {
            from = start + "http".len();
            continue;
        };
        let all = &text[start..];
        let ends = |ch: char| ch.is_whitespace() || matches!(ch, '<' | '>' | '"' | '`');
        let url = &all[..all.find(ends).unwrap_or(all.len())];
        let url = trimmed(url);
        if url.len() > scheme.len() {
            return Some((&text[..start], url, &all[url.len()..]));
        }
        from = start + scheme.len();
    }
}

/// Without the punctuation of the sentence around it.
fn trimmed(url: &str) -> &str {
    let mut unopened = url.matches(')').count().saturating_sub(url.matches('(').count());
    let ends = |ch: char| match ch {
        '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' => true,
        ')' if unopened > 0 => {
            unopened -= 1;
            true
        }
        _ => false,
    };
    url.trim_end_matches(ends)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_end_where_a_reader_would_say() {
        for (text, url) in [
            ("see https://a.example/b_c?d=1&e=2.", Some("https://a.example/b_c?d=1&e=2")),
            ("(https://a.example/x_(y))", Some("https://a.example/x_(y)")),
            ("주소: http://a.example/가나", Some("http://a.example/가나")),
            ("xhttps://a.example", None),
            ("https:// alone", None),
            ("http, https and https://a.example!", Some("https://a.example")),
        ] {
            assert_eq!(find(text).map(|(_, url, _)| url), url, "{text}");
        }
    }
}
