//! What a report is about, in words that are compared with those of others.

use bokgi_search::Subject;

/// The words of a report. They are read when somebody compares reports, and once.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// In the order of their keys; places are bytes of the report's text.
    pub(crate) subjects: Box<[Subject]>,
    /// Those of its last whys alone.
    pub(crate) last_whys: Box<[Subject]>,
}
