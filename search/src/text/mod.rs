//! Text as the engine sees it: units, the terms made of them, stems, Hangul.
//!
//! Nothing here knows of indexes or queries. Both are built from [`units::Units`], so what is found and
//! what is highlighted cannot disagree.

pub(crate) mod hangul;
pub(crate) mod inflection;
pub(crate) mod stem;
pub(crate) mod subjects;
pub(crate) mod terms;
pub(crate) mod units;
pub(crate) mod words;
