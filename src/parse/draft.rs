//! An incident in the making: values from all places, the first that has one wins.
//!
//! Front matter comes as a tree, metadata as lines of text; both are offered here as nodes under a
//! field, and converted in one way. What cannot be understood is a problem only in front matter,
//! where somebody meant it for us; anywhere else it is just text.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::problem::{Problem, ProblemKind};
use super::when::{Stamp, Style, WrittenDate, leading, named_zone};
use crate::config::{Names, Settings, key};
use crate::l10n::Text;
use crate::model::{
    Audience, Facet, Field, Id, Impact, Kind, Language, Origin, Phase, Review, ReviewLevel, Role,
    Rollback, SeverityLabel, Sourced, Status, Term, Zone,
};
use crate::source::Span;
use crate::tree::{Mismatch, Node, ScalarKind, Value, decode, suggest};

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: Option<Sourced<Id>>,
    pub(super) aliases: Vec<Sourced<Id>>,
    pub(super) title: Option<Sourced<String>>,
    pub(super) date: Option<Sourced<Stamp>>,
    pub(super) status: Option<Sourced<Status>>,
    pub(super) kind: Option<Sourced<Kind>>,
    pub(super) profile: Option<Sourced<String>>,
    pub(super) language: Option<Language>,
    pub(super) severity: Option<Sourced<SeverityLabel>>,
    pub(super) zone: Option<Sourced<Zone>>,
    /// Times as written; the day of some is known only later.
    pub(super) times: BTreeMap<Phase, Sourced<Stamp>>,
    pub(super) services: Vec<Sourced<String>>,
    pub(super) dependencies: Vec<Sourced<String>>,
    pub(super) detection: Vec<Sourced<Term>>,
    pub(super) detected_by: Option<Sourced<String>>,
    pub(super) triggers: Vec<Sourced<Term>>,
    pub(super) causes: Vec<Sourced<Term>>,
    pub(super) mitigations: Vec<Sourced<Term>>,
    pub(super) rollback: Option<Sourced<Rollback>>,
    pub(super) impact: Option<Sourced<Impact>>,
    pub(super) roles: BTreeMap<Role, Sourced<Vec<String>>>,
    pub(super) reviews: Vec<Sourced<Review>>,
    pub(super) recurrence_of: Vec<Sourced<Id>>,
    pub(super) related: Vec<Sourced<Id>>,
    pub(super) teams: Vec<Sourced<String>>,
    pub(super) tags: Vec<Sourced<String>>,
    pub(super) links: Vec<Sourced<String>>,
    pub(super) audience: Option<Audience>,
    pub(super) problems: Vec<Problem>,
}

/// A value offered for a field.
#[derive(Clone, Copy)]
pub(super) struct Offer<'n> {
    pub(super) field: Field,
    /// The key as written.
    pub(super) key: &'n str,
    pub(super) value: &'n Node,
    pub(super) origin: Origin,
}

const DATE: Text = Text::new("a date such as 2026-03-14", "2026-03-14 같은 날짜");
const TIME: Text = Text::new(
    "a date and time such as 2026-03-14 14:02 or 2026-03-14T14:02:00+09:00",
    "2026-03-14 14:02나 2026-03-14T14:02:00+09:00 같은 날짜와 시각",
);
const TEXT: Text = Text::new("text", "문자열");
const LIST: Text = Text::new("a list", "목록");
const ID: Text = Text::new(
    "an id of letters, digits, `.`, `_` and `-`",
    "글자, 숫자, `.`, `_`, `-`로 된 식별자",
);
const TABLE: Text = Text::new("a table of keys", "키가 있는 표");
const ZONE: Text =
    Text::new("an IANA time zone such as Asia/Seoul", "Asia/Seoul 같은 IANA 시간대 이름");

impl Draft {
    /// Takes an offer, unless the field has its value already.
    pub(super) fn take(&mut self, offer: Offer<'_>, settings: &Settings) {
        if offer.value.is_null() {
            return;
        }
        match offer.field {
            Field::Id => self.take_id(offer),
            Field::Aliases => self.take_ids(offer, |draft| &mut draft.aliases),
            Field::Title => self.take_text(offer, |draft| &mut draft.title),
            Field::Date => self.take_date(offer),
            Field::Status => self.take_status(offer, settings),
            Field::Kind => self.take_kind(offer, settings),
            Field::Profile => self.take_profile(offer, settings),
            Field::Lang => self.take_language(offer),
            Field::Severity => self.take_severity(offer),
            Field::Timezone => self.take_zone(offer),
            Field::Services => self.take_texts(offer, |draft| &mut draft.services),
            Field::Dependencies => self.take_texts(offer, |draft| &mut draft.dependencies),
            Field::Detection => {
                self.take_terms(offer, Facet::Detection, settings, |draft| &mut draft.detection);
            }
            Field::DetectedBy => self.take_text(offer, |draft| &mut draft.detected_by),
            Field::Trigger => {
                self.take_terms(offer, Facet::Trigger, settings, |draft| &mut draft.triggers);
            }
            Field::Causes => {
                self.take_terms(offer, Facet::Cause, settings, |draft| &mut draft.causes);
            }
            Field::Mitigations => {
                self.take_terms(offer, Facet::Mitigation, settings, |draft| &mut draft.mitigations);
            }
            Field::Rollback => self.take_rollback(offer),
            Field::Impact => self.take_impact(offer),
            Field::Roles => self.take_roles(offer, settings),
            Field::Reviews => self.take_reviews(offer, settings),
            Field::RecurrenceOf => self.take_ids(offer, |draft| &mut draft.recurrence_of),
            Field::Related => self.take_ids(offer, |draft| &mut draft.related),
            Field::Teams => self.take_texts(offer, |draft| &mut draft.teams),
            Field::Tags => self.take_texts(offer, |draft| &mut draft.tags),
            Field::Links => self.take_links(offer),
            Field::Audience => self.take_audience(offer, settings),
            _ => {
                if let Some(phase) = offer.field.phase() {
                    self.take_time(offer, phase);
                }
            }
        }
    }

    /// Notes a problem with a value of the front matter; anywhere else it is no problem.
    fn problem(&mut self, offer: Offer<'_>, span: Span, kind: ProblemKind) {
        if offer.origin == Origin::FrontMatter {
            self.problems.push(Problem { span, kind });
        }
    }

    fn wrong_type(&mut self, offer: Offer<'_>, node: &Node, expected: Text) {
        let key = offer.key.to_owned();
        self.problem(
            offer,
            node.span,
            ProblemKind::WrongType { key, expected, found: node.kind() },
        );
    }

    fn mismatch(&mut self, offer: Offer<'_>, mismatch: Mismatch, expected: Text) {
        let span = mismatch.span.unwrap_or(offer.value.span);
        let key = offer.key.to_owned();
        let kind = match mismatch.reason {
            crate::tree::Reason::UnknownKey { key: inner, known } => {
                let suggestion = suggest(&inner, known.iter().copied());
                ProblemKind::UnknownKey { key: format!("{key}.{inner}"), read_as: None, suggestion }
            }
            _ => ProblemKind::WrongType { key, expected, found: offer.value.kind() },
        };
        self.problem(offer, span, kind);
    }

    fn scalar<'n>(&mut self, offer: Offer<'n>) -> Option<&'n str> {
        let text = offer.value.scalar().map(str::trim);
        if text.is_none() {
            self.wrong_type(offer, offer.value, TEXT);
        }
        text.filter(|text| !text.is_empty())
    }

    /// The items of a list, with their places. A scalar is split at commas: `tags: a, b`.
    fn items(&mut self, offer: Offer<'_>) -> Vec<(String, Span)> {
        let Some(nodes) = offer.value.items() else {
            self.wrong_type(offer, offer.value, LIST);
            return Vec::new();
        };
        let alone = matches!(offer.value.value, Value::Scalar { .. });
        let mut items = Vec::new();
        for node in nodes {
            match node.scalar() {
                Some(text) if alone => {
                    let parts =
                        text.split([',', '、']).map(str::trim).filter(|part| !part.is_empty());
                    items.extend(parts.map(|part| (part.to_owned(), node.span)));
                }
                Some(text) if !text.trim().is_empty() => {
                    items.push((text.trim().to_owned(), node.span));
                }
                Some(_) => {}
                None if node.is_null() => {}
                None => self.wrong_type(offer, node, TEXT),
            }
        }
        items
    }

    fn take_text(
        &mut self,
        offer: Offer<'_>,
        slot: impl Fn(&mut Self) -> &mut Option<Sourced<String>>,
    ) {
        if slot(self).is_none()
            && let Some(text) = self.scalar(offer)
        {
            *slot(self) = Some(Sourced::new(text.to_owned(), offer.value.span, offer.origin));
        }
    }

    fn take_texts(
        &mut self,
        offer: Offer<'_>,
        slot: impl Fn(&mut Self) -> &mut Vec<Sourced<String>>,
    ) {
        if slot(self).is_empty() {
            let items = self.items(offer).into_iter();
            *slot(self) =
                items.map(|(text, span)| Sourced::new(text, span, offer.origin)).collect();
        }
    }

    fn take_links(&mut self, offer: Offer<'_>) {
        if !self.links.is_empty() {
            return;
        }
        for node in offer.value.items().unwrap_or_default() {
            // `{name: …, url: …}` is a link as well.
            let target = node
                .scalar()
                .or_else(|| ["url", "link", "href"].iter().find_map(|key| node.get(key)?.scalar()));
            match target {
                Some(target) => {
                    self.links.push(Sourced::new(target.to_owned(), node.span, offer.origin));
                }
                None => self.wrong_type(offer, node, TEXT),
            }
        }
    }

    fn take_id(&mut self, offer: Offer<'_>) {
        if self.id.is_some() {
            return;
        }
        let Some(text) = self.scalar(offer) else { return };
        match Id::new(text) {
            Some(id) => self.id = Some(Sourced::new(id, offer.value.span, offer.origin)),
            None => self.wrong_type(offer, offer.value, ID),
        }
    }

    fn take_ids(&mut self, offer: Offer<'_>, slot: impl Fn(&mut Self) -> &mut Vec<Sourced<Id>>) {
        if !slot(self).is_empty() {
            return;
        }
        for (text, span) in self.items(offer) {
            match Id::new(&text) {
                Some(id) => slot(self).push(Sourced::new(id, span, offer.origin)),
                None => {
                    let kind = ProblemKind::WrongType {
                        key: offer.key.to_owned(),
                        expected: ID,
                        found: TEXT,
                    };
                    self.problem(offer, span, kind);
                }
            }
        }
    }

    fn take_date(&mut self, offer: Offer<'_>) {
        if self.date.is_some() {
            return;
        }
        let Some(text) = self.scalar(offer) else { return };
        match leading(text, Style::default()).filter(|stamp| stamp.date.is_some() && !stamp.unknown)
        {
            Some(stamp) => self.date = Some(Sourced::new(stamp, offer.value.span, offer.origin)),
            None => self.wrong_type(offer, offer.value, DATE),
        }
    }

    fn take_time(&mut self, offer: Offer<'_>, phase: Phase) {
        if self.times.contains_key(&phase) {
            return;
        }
        let Some(text) = self.scalar(offer) else { return };
        let style = Style { dotted: true, colonless: false };
        let stamp =
            leading(text, style).filter(|stamp| stamp.date.is_some() || stamp.clock.is_some());
        let Some(stamp) = stamp.filter(|stamp| !stamp.unknown) else {
            self.wrong_type(offer, offer.value, TIME);
            return;
        };
        // In front matter a time stands alone, so it must say its day.
        if offer.origin == Origin::FrontMatter && stamp.date.is_none() {
            self.wrong_type(offer, offer.value, TIME);
            return;
        }
        // `일시: 2025년 6월 5일 10:22 ~ 11:35` says when it started and when it ended.
        if phase == Phase::Started
            && let Some((date, clock)) = stamp.until
        {
            let end = Stamp { date: date.or(stamp.date), clock, until: None, ..stamp.clone() };
            let end = Sourced::new(end, offer.value.span, offer.origin);
            self.times.entry(Phase::Resolved).or_insert(end);
        }
        self.times.insert(phase, Sourced::new(stamp, offer.value.span, offer.origin));
    }

    fn take_zone(&mut self, offer: Offer<'_>) {
        if self.zone.is_some() {
            return;
        }
        let Some(name) = self.scalar(offer) else { return };
        let region = TimeZone::get(name).ok().map(|rules| Zone { label: name.into(), rules });
        match region.or_else(|| named_zone(name)) {
            Some(zone) => self.zone = Some(Sourced::new(zone, offer.value.span, offer.origin)),
            None => self.wrong_type(offer, offer.value, ZONE),
        }
    }

    fn take_severity(&mut self, offer: Offer<'_>) {
        if self.severity.is_none()
            && let Some(text) = self.scalar(offer)
        {
            let label = SeverityLabel { written: text.to_owned(), rank: None };
            self.severity = Some(Sourced::new(label, offer.value.span, offer.origin));
        }
    }

    /// The value that a word names. Outside front matter its first words are enough: `Resolved at …`.
    fn named<T: Copy>(&mut self, offer: Offer<'_>, names: &Names<T>, known: &[&str]) -> Option<T> {
        let text = self.scalar(offer)?;
        if let Some(value) = names.get(&key(text)) {
            return Some(*value);
        }
        if offer.origin != Origin::FrontMatter {
            let head = text.split([',', '(', '（', ';', '.', '/', '—', '–']).next().unwrap_or(text);
            let word = head.split_whitespace().next().unwrap_or(head);
            return [head, word].iter().find_map(|part| names.get(&key(part))).copied();
        }
        let suggestion = suggest(&key(text), names.keys().map(String::as_str));
        let unknown = ProblemKind::UnknownValue {
            key: offer.key.to_owned(),
            value: text.to_owned(),
            suggestion: suggestion.map(str::to_owned),
            known: known.iter().map(|&name| name.to_owned()).collect(),
        };
        self.problem(offer, offer.value.span, unknown);
        None
    }

    fn take_status(&mut self, offer: Offer<'_>, settings: &Settings) {
        if self.status.is_none() {
            let known = Status::ALL.iter().map(|status| status.id()).collect::<Vec<_>>();
            let status = self.named(offer, &settings.lexicon.statuses, &known);
            self.status = status.map(|status| Sourced::new(status, offer.value.span, offer.origin));
        }
    }

    fn take_kind(&mut self, offer: Offer<'_>, settings: &Settings) {
        if self.kind.is_none() {
            let known = Kind::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>();
            let kind = self.named(offer, &settings.lexicon.kinds, &known);
            self.kind = kind.map(|kind| Sourced::new(kind, offer.value.span, offer.origin));
        }
    }

    /// An audience that is not known is the narrowest.
    fn take_audience(&mut self, offer: Offer<'_>, settings: &Settings) {
        if self.audience.is_some() {
            return;
        }
        let written = offer.value.scalar().map(str::trim);
        let known = written.and_then(|text| settings.lexicon.audiences.get(&key(text)));
        if let Some(audience) = known {
            self.audience = Some(*audience);
        } else if offer.origin == Origin::FrontMatter {
            self.audience = Some(Audience::Restricted);
            let value = written.unwrap_or_default().to_owned();
            self.problem(offer, offer.value.span, ProblemKind::UnknownAudience { value });
        }
    }

    fn take_profile(&mut self, offer: Offer<'_>, settings: &Settings) {
        if self.profile.is_some() {
            return;
        }
        let Some(name) = self.scalar(offer) else { return };
        if settings.profiles.get(name).is_some() {
            self.profile = Some(Sourced::new(name.to_owned(), offer.value.span, offer.origin));
            return;
        }
        let known: Vec<String> =
            settings.profiles.iter().map(|profile| profile.name.clone()).collect();
        let unknown = ProblemKind::UnknownValue {
            key: offer.key.to_owned(),
            value: name.to_owned(),
            suggestion: suggest(name, known.iter().map(String::as_str)).map(str::to_owned),
            known,
        };
        self.problem(offer, offer.value.span, unknown);
    }

    fn take_language(&mut self, offer: Offer<'_>) {
        let Some(tag) = self.scalar(offer) else { return };
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
        self.language = self.language.or(Language::from_id(&primary));
    }

    fn take_terms(
        &mut self,
        offer: Offer<'_>,
        facet: Facet,
        settings: &Settings,
        slot: impl Fn(&mut Self) -> &mut Vec<Sourced<Term>>,
    ) {
        if !slot(self).is_empty() {
            return;
        }
        for (written, span) in self.items(offer) {
            let id = settings.vocabulary.find(facet, &written).map(str::to_owned);
            if id.is_none() {
                // A sentence beside `Detection:` is prose; in front matter it is a word we miss.
                if offer.origin != Origin::FrontMatter {
                    continue;
                }
                let unknown = ProblemKind::UnknownValue {
                    key: offer.key.to_owned(),
                    value: written.clone(),
                    suggestion: settings.vocabulary.suggest(facet, &written).map(str::to_owned),
                    known: settings.vocabulary.ids(facet).take(16).map(str::to_owned).collect(),
                };
                self.problem(offer, span, unknown);
            }
            slot(self).push(Sourced::new(Term { id, written }, span, offer.origin));
        }
    }

    fn take_rollback(&mut self, offer: Offer<'_>) {
        if self.rollback.is_some() {
            return;
        }
        let value = match &offer.value.value {
            Value::Scalar { kind: ScalarKind::Bool(possible), .. } => {
                Ok(Rollback { possible: *possible, reason: None })
            }
            _ => decode::<Rollback>(offer.value),
        };
        match value {
            Ok(rollback) => {
                self.rollback = Some(Sourced::new(rollback, offer.value.span, offer.origin));
            }
            Err(mismatch) => self.mismatch(offer, mismatch, TABLE),
        }
    }

    fn take_impact(&mut self, offer: Offer<'_>) {
        if self.impact.is_some() {
            return;
        }
        let value = match offer.value.scalar() {
            Some(text) => Ok(Impact { text: Some(text.to_owned()), ..Impact::default() }),
            None => decode::<Impact>(offer.value),
        };
        match value {
            Ok(impact) => self.impact = Some(Sourced::new(impact, offer.value.span, offer.origin)),
            Err(mismatch) => self.mismatch(offer, mismatch, TABLE),
        }
    }

    fn take_roles(&mut self, offer: Offer<'_>, settings: &Settings) {
        if !matches!(offer.value.value, Value::Map(_)) {
            return self.wrong_type(offer, offer.value, TABLE);
        }
        for entry in offer.value.entries() {
            let Some(role) = settings.lexicon.roles.get(&key(&entry.key)) else {
                let known = Role::ALL.iter().map(|role| role.id());
                let suggestion = suggest(&entry.key, known);
                let name = format!("{}.{}", offer.key, entry.key);
                let kind = ProblemKind::UnknownKey { key: name, read_as: None, suggestion };
                self.problem(offer, entry.key_span, kind);
                continue;
            };
            let names = self.items(Offer { value: &entry.value, ..offer });
            let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
            if !names.is_empty() {
                self.roles.entry(*role).or_insert(Sourced::new(
                    names,
                    entry.value.span,
                    offer.origin,
                ));
            }
        }
    }

    fn take_reviews(&mut self, offer: Offer<'_>, settings: &Settings) {
        let nodes = match &offer.value.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Map(_) => std::slice::from_ref(offer.value),
            Value::Scalar { .. } => return self.wrong_type(offer, offer.value, LIST),
        };
        for node in nodes {
            let Some(level_node) = node.get("level") else {
                self.wrong_type(offer, node, TABLE);
                continue;
            };
            let known: Vec<&str> = ReviewLevel::ALL.iter().map(|level| level.id()).collect();
            let level_offer = Offer { key: "reviews.level", value: level_node, ..offer };
            let level = self.named(level_offer, &settings.lexicon.review_levels, &known);
            let Some(level) = level else { continue };
            let date = node.get("date").and_then(Node::scalar).map(str::to_owned);
            let participants = node
                .get("participants")
                .map(|value| self.items(Offer { value, ..offer }))
                .unwrap_or_default()
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let review = Review { level, date, participants };
            self.reviews.push(Sourced::new(review, node.span, offer.origin));
        }
    }
}

/// The whole date of a stamp.
pub(super) fn full_date(stamp: &Stamp) -> Option<Date> {
    match stamp.date {
        Some(WrittenDate::Full(date)) => Some(date),
        _ => None,
    }
}
