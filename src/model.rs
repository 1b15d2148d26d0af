//! What a report says, once it is read: the incident and its parts.
//!
//! Values are typed and valid by construction, and each remembers where it came from ([`Sourced`]):
//! a rule points at the place, and offers to move what was found elsewhere into front matter. A value
//! that could not be understood is not here; the problem with it is reported instead. Nothing in
//! this module reads text or knows a profile, a rule or a page.

mod about;
mod action;
mod analysis;
mod facts;
mod incident;
mod moment;
mod names;
mod section;
mod timeline;

pub(crate) use about::About;
pub(crate) use action::Action;
pub(crate) use analysis::{Hypothesis, Why, WhyChain};
pub(crate) use facts::{Impact, Review, Rollback, SeverityLabel, Term};
pub(crate) use incident::{Id, Incident};
pub(crate) use moment::{Day, Moment, Zone};
pub(crate) use names::{
    ActionKind, ActionStatus, Audience, Facet, Field, Horizon, Kind, Language, Phase, ReviewLevel,
    Role, SectionKind, Status, Verdict,
};
pub(crate) use section::{Content, Form, Section};
pub(crate) use timeline::{Entry, Timeline, When};

use crate::source::Span;

/// A value, where it stands, and which of the places a value can come from that is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    /// The place in the report; `None` for what a report does not write down itself.
    pub(crate) span: Option<Span>,
    pub(crate) origin: Origin,
}

impl<T> Sourced<T> {
    pub(crate) fn new(value: T, span: Span, origin: Origin) -> Self {
        Self { value, span: Some(span), origin }
    }

    /// A value that stands nowhere in the report.
    pub(crate) fn implied(value: T, origin: Origin) -> Self {
        Self { value, span: None, origin }
    }
}

/// Where a value came from, in the order in which places are asked: the first that has one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A key of the front matter.
    FrontMatter,
    /// A key in the block before the first section: `**Key:** value`, a bullet, a table row, a quote.
    Metadata,
    /// A heading used as a key: `## Status: Resolved`.
    Heading,
    /// An entry of the timeline, by its phase or its date.
    Timeline,
    /// The level-one heading.
    Title,
    FileName,
    Folder,
    /// The words of the report's own sentences.
    Text,
    Config,
    Default,
}

impl Origin {
    /// The name used in JSON.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Origin::FrontMatter => "front-matter",
            Origin::Metadata => "metadata",
            Origin::Heading => "heading",
            Origin::Timeline => "timeline",
            Origin::Title => "title",
            Origin::FileName => "file-name",
            Origin::Folder => "folder",
            Origin::Text => "text",
            Origin::Config => "config",
            Origin::Default => "default",
        }
    }
}
