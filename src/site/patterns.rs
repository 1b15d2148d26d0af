//! What keeps happening together: the patterns page.

use super::{Book, Out, Sink, SiteError};

/// Writes the page.
pub(super) fn publish<S: Sink>(_: &Book<'_>, _: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
    Ok(())
}
