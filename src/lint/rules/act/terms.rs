//! What `ACT001` and `ACT002` share: an action plan that has nothing for one term.

use super::around;
use crate::l10n::{Message, Text};
use crate::lint::rules::title_span;
use crate::lint::{Context, Found};
use crate::model::{Content, Horizon, Incident, SectionKind};
use crate::parse::Report;

/// A term that a plan can lack, and how to say so.
pub(super) struct Term {
    pub(super) section: SectionKind,
    pub(super) horizon: Horizon,
    /// What stands in for it: a mid-term action looks ahead as well.
    pub(super) or: Option<Horizon>,
    pub(super) lacks: Text,
    pub(super) help: Text,
}

const UNREADABLE: Text = Text::new(
    "no action can be read below `{title}`",
    "`{title}` 아래에서 조치를 읽을 수 없습니다",
);
const LIST: Text = Text::new(
    "write each action as a list item, or `none` and why",
    "조치를 하나씩 목록으로 적으세요. 없으면 `없음`과 이유를 적어도 됩니다",
);

/// Says that a report has nothing for this term, unless `missing-section` says so.
pub(super) fn check(term: &Term, ctx: &Context<'_>, report: &Report, found: &mut Found) {
    let incident = &report.incident;
    let actions = &incident.actions;
    if actions.iter().any(|action| {
        action.horizon == Some(term.horizon) || action.horizon.is_some_and(|it| term.or == Some(it))
    }) {
        return;
    }
    let mut sections = incident.sections_of(term.section).peekable();
    if sections.peek().is_some() {
        let sections: Vec<_> = sections.collect();
        let says_none = sections.iter().any(|section| section.content == Content::Nothing);
        let is_inside =
            |action| around(incident, action).any(|section| section.kinds.contains(&term.section));
        let written = sections.iter().find(|section| section.content == Content::Written);
        if let Some(section) = written
            && !says_none
            && !actions.iter().any(is_inside)
        {
            let message = UNREADABLE.with("title", section.title.as_str());
            found.at(&report.source, section.title_span, message).help(LIST);
        }
        return;
    }
    // Where only some actions have a term, the others may be the ones looked for.
    let all_have_one = actions.iter().all(|action| action.horizon.is_some());
    if !actions.is_empty() && all_have_one && !is_asked(term.section, ctx, incident) {
        let message = Message::from(term.lacks).with("count", actions.len());
        let id = term.section.id().to_owned();
        let span = actions.first().map_or_else(|| title_span(report), |action| action.text_span);
        found.at(&report.source, span, message).help(term.help).about([id]);
    }
}

/// Whether the profile asks for the section itself, so that its absence is reported as such.
fn is_asked(section: SectionKind, ctx: &Context<'_>, incident: &Incident) -> bool {
    let Some(profile) = ctx.settings.profiles.get(&incident.profile.value) else { return false };
    let rank = incident.severity.as_ref().and_then(|severity| severity.value.rank);
    profile.sections.iter().any(|spec| {
        spec.kind == section
            && spec.or.is_empty()
            && !spec.optional
            && spec.need.applies(incident.kind.value, rank)
    })
}
