//! The settings a run works with: file, command line and defaults made into one, with no value left
//! open. [`super::resolve`] makes them.

use std::collections::{BTreeMap, BTreeSet};

use globset::GlobSet;
use jiff::civil::Date;

use super::file::{LevelSetting, ProfileUse};
use super::lexicon::Lexicon;
use super::profile::{Profile, line_ends, line_key};
use super::rules::RuleOptions;
use super::severity::SeverityScale;
use super::vocabulary::Vocabulary;
use crate::diagnostics::Severity;
use crate::l10n::Lang;
use crate::model::{Kind, Zone};

/// Everything a run is told, and nothing it has to look up.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The language of messages.
    pub(crate) lang: Lang,
    /// The day that counts as today.
    pub(crate) today: Date,
    /// The zone of local times where a report names none.
    pub(crate) timezone: Option<Zone>,
    /// After how many days a report without a status is taken as final.
    pub(crate) draft_days: u32,
    pub(crate) content: ContentSettings,
    pub(crate) site: SiteSettings,
    pub(crate) check: CheckSettings,
    /// Options of single rules.
    pub(crate) rules: RuleOptions,
    pub(crate) severity: SeverityScale,
    pub(crate) profiles: ProfileSet,
    pub(crate) lexicon: Lexicon,
    pub(crate) vocabulary: Vocabulary,
    /// Handles and the teams they belong to.
    pub(crate) owners: BTreeMap<String, String>,
    pub(crate) load: LoadSettings,
}

/// What those on call can bear. The defaults are those of *Site Reliability Engineering* (Beyer and others,
/// 2016), chapter 11, "Being On-Call": two incidents in a shift of twelve hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LoadSettings {
    /// A divisor of 24.
    pub(crate) shift_hours: u32,
    /// The hour of the day at which a shift begins, below 24.
    pub(crate) shift_start: u32,
    /// At least one.
    pub(crate) incidents_per_shift: u32,
    /// What nobody states is not estimated.
    pub(crate) hours_per_incident: Option<u32>,
}

/// Which files are reports.
#[derive(Debug)]
pub(crate) struct ContentSettings {
    /// The folder with the reports, relative to the project.
    pub(crate) root: String,
    pub(crate) include: Patterns,
    pub(crate) ignore: Patterns,
}

/// Patterns over paths below the content root.
#[derive(Debug)]
pub(crate) struct Patterns {
    pub(super) set: GlobSet,
}

impl Patterns {
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}

/// What is published, and where.
#[derive(Debug)]
pub(crate) struct SiteSettings {
    pub(crate) title: Option<String>,
    /// Where the site is published; findings link to its pages.
    pub(crate) base_url: Option<String>,
    /// `None` leaves it to the reports: the site speaks the language of most. The machine's locale has
    /// no say in what is published.
    pub(crate) lang: Option<Lang>,
    /// The folder the site is written to, relative to the project.
    pub(crate) output: String,
    /// A folder below `themes/`; `default` is built in.
    pub(crate) theme: String,
    /// Where a report can be edited; `{path}` is its file below the content root.
    pub(crate) edit_url: Option<String>,
    /// Search engines may list the site.
    pub(crate) indexed: bool,
}

/// What is checked, and what counts.
#[derive(Debug)]
pub(crate) struct CheckSettings {
    pub(crate) fail_on: Severity,
    /// Code prefixes; empty means all stable rules.
    pub(crate) select: Vec<String>,
    /// Besides those.
    pub(crate) extend_select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) levels: BTreeMap<String, LevelSetting>,
    /// Rules in preview run too.
    pub(crate) preview: bool,
    /// Rules that do not apply to some reports.
    pub(crate) per_file_ignores: Vec<(Patterns, Vec<String>)>,
    /// Reports about earlier incidents are only checked for what must hold at any time.
    pub(crate) since: Option<Date>,
    /// The file with known findings, relative to the project.
    pub(crate) baseline: Option<String>,
}

/// The profiles and which report follows which.
#[derive(Debug)]
pub(crate) struct ProfileSet {
    pub(super) profiles: Vec<Profile>,
    /// What `new` writes and somebody has to replace.
    pub(super) template_lines: BTreeSet<String>,
    /// The first and last letters of those lines: few other lines share them.
    pub(super) template_ends: BTreeSet<[char; 3]>,
    pub(crate) default: String,
    pub(super) uses: Vec<(ProfileUse, Option<Patterns>)>,
}

impl ProfileSet {
    pub(crate) fn get(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.iter()
    }

    /// Whether a line is a template's and says nothing yet.
    pub(crate) fn is_template_line(&self, line: &str) -> bool {
        self.may_be_template_line(line) && self.template_lines.contains(&line_key(line))
    }

    /// A cheap answer that is only sure when it is no. Markup around the line changes nothing.
    pub(crate) fn may_be_template_line(&self, line: &str) -> bool {
        line_ends(line).is_some_and(|ends| self.template_ends.contains(&ends))
    }

    /// The profile of a report that names none.
    pub(crate) fn choose(&self, path: &str, severity: Option<&str>, kind: Kind) -> &str {
        let fits = |(using, pattern): &&(ProfileUse, Option<Patterns>)| {
            pattern.as_ref().is_none_or(|pattern| pattern.matches(path))
                && (using.kind.is_empty() || using.kind.contains(&kind))
                && (using.severity.is_empty()
                    || severity.is_some_and(|level| using.severity.iter().any(|s| s == level)))
        };
        self.uses.iter().find(fits).map_or(&self.default, |(using, _)| &using.profile)
    }
}
