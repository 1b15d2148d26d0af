//! `PUB`: what must not be published, and what will not arrive as it was written.

use crate::lint::Rule;

pub(super) static RULES: [&Rule; 0] = [];
