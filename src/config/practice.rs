//! What a team's reports hold already: the profile they follow without having named it.

use std::collections::BTreeMap;

use super::profile::{Profile, SectionSpec};
use crate::l10n::Label;
use crate::model::{Field, Incident, Language, Origin, SectionKind};

/// What most reports have, a team does; it is asked for.
const MOST: f64 = 0.75;
/// What some have is offered.
const SOME: f64 = 0.25;
/// A built-in profile is a team's own if reports have so much of what it asks for …
const COVERED: f64 = 0.8;
/// … and it asks for so much of what they have.
const ASKED_FOR: f64 = 0.8;

/// Fewer sections in common are no practice.
const FEWEST: usize = 3;

/// How often reports have which section and which fact.
#[derive(Debug, Default)]
pub(crate) struct Practice {
    reports: usize,
    sections: BTreeMap<SectionKind, Habit>,
    facts: BTreeMap<Field, usize>,
    /// The order in which sections come, by their average place.
    places: BTreeMap<SectionKind, (usize, usize)>,
}

/// A section as a team writes it.
#[derive(Debug, Default)]
struct Habit {
    reports: usize,
    /// How often each heading was used, by language.
    headings: BTreeMap<(Language, String), usize>,
}

impl Practice {
    pub(crate) fn of<'i>(incidents: impl IntoIterator<Item = &'i Incident>) -> Self {
        let mut practice = Self::default();
        for incident in incidents {
            practice.add(incident);
        }
        practice
    }

    fn add(&mut self, incident: &Incident) {
        self.reports += 1;
        for kind in SectionKind::ALL {
            let Some((place, section)) = incident
                .sections
                .iter()
                .enumerate()
                .find(|(_, section)| section.kinds.contains(kind))
            else {
                continue;
            };
            let habit = self.sections.entry(*kind).or_default();
            habit.reports += 1;
            *habit.headings.entry((incident.language, section.title.clone())).or_insert(0) += 1;
            let (sum, count) = self.places.entry(*kind).or_default();
            *sum += place;
            *count += 1;
        }
        let origin = |stated: bool, field| stated.then_some(field);
        let severity = incident.severity.as_ref();
        let facts = [
            origin(incident.title.origin != Origin::FileName, Field::Title),
            origin(incident.date.is_some(), Field::Date),
            origin(severity.is_some(), Field::Severity),
            origin(!incident.services.is_empty(), Field::Services),
            origin(incident.status.origin != Origin::Default, Field::Status),
        ];
        let phases = incident.phases.keys().map(|phase| phase.field());
        for field in facts.into_iter().flatten().chain(phases) {
            *self.facts.entry(field).or_insert(0) += 1;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody has 2⁵² reports")]
    fn share(&self, count: usize) -> f64 {
        if self.reports == 0 { 0.0 } else { count as f64 / self.reports as f64 }
    }

    /// How many reports in a hundred have a section, as a share.
    fn has(&self, kind: SectionKind) -> f64 {
        self.share(self.sections.get(&kind).map_or(0, |habit| habit.reports))
    }

    /// The built-in profile that these reports follow: they have most of what it asks for, and it asks
    /// for most of what they have. `None` where there is none.
    pub(crate) fn built_in(&self) -> Option<String> {
        let mut best: Option<(f64, String)> = None;
        for profile in Profile::built_in() {
            let (covered, asked_for) = self.fit(&profile);
            let score = covered * asked_for;
            let fits = covered >= COVERED && asked_for >= ASKED_FOR;
            if fits && best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, profile.name));
            }
        }
        best.map(|(_, name)| name)
    }

    /// Whether the reports have enough in common to make a profile of.
    pub(crate) fn is_shared(&self) -> bool {
        self.usual().count() >= FEWEST
    }

    /// How much of what a profile asks for most reports have, and how much of what most have it asks for.
    #[expect(clippy::cast_precision_loss, reason = "there are two dozen kinds of section")]
    fn fit(&self, profile: &Profile) -> (f64, f64) {
        let kinds = |section: &SectionSpec| -> Vec<SectionKind> {
            std::iter::once(section.kind).chain(section.or.iter().copied()).collect()
        };
        let asked: Vec<Vec<SectionKind>> =
            profile.sections.iter().filter(|section| !section.optional).map(kinds).collect();
        let there =
            asked.iter().map(|kinds| kinds.iter().map(|kind| self.has(*kind)).fold(0.0, f64::max));
        let covered = there.sum::<f64>() / asked.len().max(1) as f64;
        let usual: Vec<SectionKind> = self.usual().collect();
        let asked_for = usual.iter().filter(|kind| asked.iter().any(|all| all.contains(kind)));
        (covered, asked_for.count() as f64 / usual.len().max(1) as f64)
    }

    /// The sections that most reports have, apart from those that only list facts and people.
    fn usual(&self) -> impl Iterator<Item = SectionKind> {
        let kinds = self.sections.keys().copied().filter(|kind| self.has(*kind) >= MOST);
        kinds.filter(|kind| !matches!(kind, SectionKind::Facts | SectionKind::People))
    }

    /// A profile of these reports, as TOML: it asks for what most of them have, under their own
    /// headings, and offers what some have.
    pub(crate) fn profile(&self, name: &str) -> String {
        let mut out = format!(
            "name = \"{name}\"\n\
             label = {{ en = \"Our reports\", ko = \"우리 보고서\" }}\n\
             about = {{ en = \"What most of our reports had when we began: take away what you do not want to ask for, and add what you do.\", ko = \"시작할 때 우리 보고서 대부분에 있던 것. 요구하지 않을 것은 지우고, 요구할 것은 더하세요.\" }}\n"
        );
        for (field, count) in &self.facts {
            if self.share(*count) >= MOST {
                out.push_str(&format!("\n[[fact]]\nfield = \"{}\"\n", field.id()));
            }
        }
        let mut kinds: Vec<(&SectionKind, &Habit)> = self
            .sections
            .iter()
            .filter(|(kind, habit)| {
                self.share(habit.reports) >= SOME
                    && !matches!(kind, SectionKind::Facts | SectionKind::People)
            })
            .collect();
        kinds.sort_by_key(|(kind, _)| {
            let (sum, count) = self.places.get(kind).copied().unwrap_or((0, 1));
            sum * 1000 / count.max(1)
        });
        let built_in = Profile::built_in();
        for (kind, habit) in kinds {
            out.push_str(&self.section(*kind, habit, &built_in));
        }
        out
    }

    fn section(&self, kind: SectionKind, habit: &Habit, built_in: &[Profile]) -> String {
        let mut out = format!("\n[[section]]\nkind = \"{}\"\n", kind.id());
        if self.share(habit.reports) < MOST {
            out.push_str("optional = true\n");
        }
        if kind == SectionKind::Whys {
            out.push_str("or = [\"factors\"]\n");
        }
        let heading = |language: Language| {
            let own = habit.headings.iter().filter(|((written, _), _)| *written == language);
            let most = own.max_by_key(|(_, count)| **count);
            // What one report happens to be called is no habit.
            let habitual = most.filter(|(_, count)| **count > 1 && **count * 3 >= habit.reports);
            habitual.map(|((_, title), _)| title.clone())
        };
        let label = kind.label();
        let en = heading(Language::En).unwrap_or_else(|| label.en.to_owned());
        let ko = heading(Language::Ko).unwrap_or_else(|| label.ko.to_owned());
        out.push_str(&format!("heading = {}\n", toml_label(&Label { en, ko })));
        let same = |section: &&SectionSpec| section.kind == kind;
        let known = built_in.iter().flat_map(|profile| &profile.sections).find(same);
        let prompt = known.map_or_else(|| Label::from(label), |section| section.prompt.clone());
        out.push_str(&format!("prompt = {}\n", toml_label(&prompt)));
        // The form of the other profiles, which teaches owner, date and kind.
        let mut known = built_in.iter().flat_map(|profile| &profile.sections).filter(same);
        if let Some(skeleton) = known.find_map(|section| section.skeleton.as_ref()) {
            out.push_str(&format!("skeleton = {}\n", toml_label(skeleton)));
        }
        out
    }
}

fn toml_label(label: &Label) -> String {
    let quoted = |text: &str| {
        let clean: String = text.chars().filter(|ch| *ch == '\n' || !ch.is_control()).collect();
        let escaped = clean.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        format!("\"{escaped}\"")
    };
    format!("{{ en = {}, ko = {} }}", quoted(&label.en), quoted(&label.ko))
}
