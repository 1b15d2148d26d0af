//! Where things are on the published site.

/// The address of a report's page below the site's root.
pub(crate) fn report_url(address: &str) -> String {
    format!("r/{}/", url_path(address))
}

/// A path as it stands in a URL: letters of any script, as browsers show them, percent-encoded.
pub(crate) fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/') {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::report_url;

    #[test]
    fn addresses_are_percent_encoded() {
        assert_eq!(report_url("결제 a"), "r/%EA%B2%B0%EC%A0%9C%20a/");
    }
}
