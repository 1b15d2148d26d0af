//! The health of the knowledge base: which reports still need work.

use super::{Book, Out, Sink, SiteError};

/// Writes the page.
pub(super) fn publish<S: Sink>(_: &Book<'_>, _: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
    Ok(())
}
