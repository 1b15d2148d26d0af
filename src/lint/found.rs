//! What a rule says it found.

use crate::diagnostics::{Fix, Related};
use crate::l10n::Message;
use crate::source::{SourceFile, Span};

/// Collects what one rule finds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(super) items: Vec<Item>,
}

/// A finding before the engine gives it a rule and a severity.
#[derive(Debug)]
pub(crate) struct Item {
    pub(super) file: SourceFile,
    pub(super) span: Option<Span>,
    pub(super) message: Message,
    pub(super) help: Option<Message>,
    pub(super) related: Vec<Related>,
    pub(super) subjects: Vec<String>,
    pub(super) fix: Option<Fix>,
    /// For the line of what a draft still needs.
    pub(super) to_do: Vec<crate::l10n::Value>,
}

impl Found {
    /// Something at a place in a file.
    pub(crate) fn at(
        &mut self,
        file: &SourceFile,
        span: Span,
        message: impl Into<Message>,
    ) -> &mut Item {
        self.add(file.clone(), Some(span), message.into())
    }

    /// Something about a file as a whole.
    pub(crate) fn in_file(&mut self, file: &SourceFile, message: impl Into<Message>) -> &mut Item {
        self.add(file.clone(), None, message.into())
    }

    /// Takes over what was found elsewhere.
    pub(crate) fn append(&mut self, mut other: Found) {
        self.items.append(&mut other.items);
    }

    fn add(&mut self, file: SourceFile, span: Option<Span>, message: Message) -> &mut Item {
        let item = Item {
            file,
            span,
            message,
            help: None,
            related: Vec::new(),
            subjects: Vec::new(),
            fix: None,
            to_do: Vec::new(),
        };
        self.items.push(item);
        let last = self.items.len() - 1;
        &mut self.items[last]
    }
}

impl Item {
    /// What to do about it.
    pub(crate) fn help(&mut self, help: impl Into<Message>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Another place that belongs to it.
    pub(crate) fn related(&mut self, span: Span, message: impl Into<Message>) -> &mut Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// What it is about, in words that stay the same in every language. A baseline knows a finding by
    /// the text at its places; one about what is *not* there is known by these.
    pub(crate) fn about(&mut self, subjects: impl IntoIterator<Item = String>) -> &mut Self {
        self.subjects.extend(subjects);
        self
    }

    /// The edits that mend it.
    pub(crate) fn fix(&mut self, fix: impl Into<Fix>) -> &mut Self {
        self.fix = Some(fix.into());
        self
    }

    /// What a draft still needs, in words.
    pub(crate) fn still_to_do(
        &mut self,
        what: impl IntoIterator<Item = crate::l10n::Value>,
    ) -> &mut Self {
        self.to_do.extend(what);
        self
    }
}
