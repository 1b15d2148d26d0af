//! Where things are on the published site.

use crate::source::url_path;

/// The address of a report's page below the site's root.
pub(crate) fn report_url(address: &str) -> String {
    format!("r/{}/", url_path(address))
}

#[cfg(test)]
mod tests {
    use super::report_url;

    #[test]
    fn addresses_are_percent_encoded() {
        assert_eq!(report_url("결제 a"), "r/%EA%B2%B0%EC%A0%9C%20a/");
    }
}
