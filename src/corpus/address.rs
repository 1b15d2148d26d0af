//! Where things are: on the published site, and below the content root where one file names another.

use crate::source::url_path;

/// The address of a report's page below the site's root.
pub(crate) fn report_url(address: &str) -> String {
    format!("r/{}/", url_path(address))
}

/// The path below the content root that `target` means in the file `from`, and its anchor. `None` if
/// it leads out of the folder.
pub(crate) fn path_of(from: &str, target: &str) -> Option<(String, String)> {
    let (path, anchor) =
        target.split_once('#').map_or((target, ""), |(path, anchor)| (path, anchor));
    let decoded = percent_decode(path);
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    Some((parts.join("/"), anchor))
}

/// The path behind a URL; what is no UTF-8 becomes U+FFFD.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        let code = match (first, tail.first(), tail.get(1)) {
            (b'%', Some(&high), Some(&low)) => hex(high).zip(hex(low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{path_of, percent_decode, report_url};

    #[test]
    fn addresses_are_percent_encoded() {
        assert_eq!(report_url("결제 a"), "r/%EA%B2%B0%EC%A0%9C%20a/");
    }

    #[test]
    fn links_between_files_lead_to_files() {
        let path = |target: &str| path_of("2026/x.md", target);
        let is = |path: &str, anchor: &str| Some((path.to_owned(), anchor.to_owned()));
        assert_eq!(path("a%20b.md#timeline"), is("2026/a b.md", "#timeline"));
        assert_eq!(path("../결제.md"), is("결제.md", ""));
        assert_eq!(path("../../../../etc/passwd"), None);
        assert_eq!(percent_decode("%EA%B2%B0%zz"), "결%zz");
    }
}
