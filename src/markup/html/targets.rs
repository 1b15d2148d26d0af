//! Where links and images lead, as far as that can be told without looking there.

/// Where something lies that a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markup) enum Place {
    /// Beside the report.
    Here,
    /// With somebody else: a page links to it.
    Elsewhere,
    /// Where no page may look.
    Nowhere,
}

pub(in crate::markup) fn place(target: &str) -> Place {
    if is_relative(target) {
        Place::Here
    } else if is_remote(target) && is_safe_url(target) {
        Place::Elsewhere
    } else {
        Place::Nowhere
    }
}

pub(super) fn is_remote(target: &str) -> bool {
    target.contains("://") || target.starts_with("//")
}

/// Whether a link's target is a path below or beside the file it is in.
pub(crate) fn is_relative(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !scheme && !target.is_empty() && !target.starts_with(['#', '/', '?', '\\'])
}

/// Whether a link's target can do no harm: a path, an anchor, or one of a few schemes.
pub(super) fn is_safe_url(target: &str) -> bool {
    let cleaned: String =
        target.chars().filter(|ch| !ch.is_control() && !ch.is_whitespace()).collect();
    match cleaned.split_once(':') {
        // A colon behind a slash, a question mark or a hash belongs to a path.
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            matches!(
                scheme.to_ascii_lowercase().as_str(),
                "http" | "https" | "mailto" | "tel" | "ftp"
            )
        }
        _ => true,
    }
}
