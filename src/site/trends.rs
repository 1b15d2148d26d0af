//! How incidents are noticed, how long they take and when they happen: the trends page.

use super::{Book, Out, Sink, SiteError};

/// Writes the page.
pub(super) fn publish<S: Sink>(_: &Book<'_>, _: &Out<'_, S>) -> Result<(), SiteError<S::Error>> {
    Ok(())
}
