//! What drafts still need, in a line each.

use crate::l10n::Value;

/// A draft and what is still to be written.
#[derive(Clone, Debug)]
pub(crate) struct ToDo {
    pub(crate) path: String,
    /// What is missing, empty or waiting; nothing for a draft that is complete.
    pub(crate) items: Vec<Value>,
}
