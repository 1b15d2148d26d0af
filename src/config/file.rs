//! The schema of `bokgi.toml`: every key optional, no others allowed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::rules::RuleOptions;
use super::severity::{PScale, Policy};
use super::vocabulary::TermFile;
use crate::diagnostics::Severity;
use crate::l10n::Lang;
use crate::model::{Facet, Kind, SectionKind};
use crate::tree::{Mismatch, Node, decode};

/// `bokgi.toml` as it is written.
#[derive(Debug, Default, JsonSchema)]
#[schemars(title = "bokgi.toml", deny_unknown_fields, default)]
pub(crate) struct ConfigFile {
    /// The language of messages; without it the locale decides.
    pub(crate) lang: Option<Lang>,
    /// The zone of times that name none, as an IANA name: `Asia/Seoul`.
    pub(crate) timezone: Option<String>,
    /// After how many days a report without a status counts as final, and a draft as forgotten.
    pub(crate) draft_days: Option<u32>,
    /// Which files are reports.
    pub(crate) content: ContentFile,
    /// What is published.
    pub(crate) site: SiteFile,
    /// What is checked, and what counts.
    pub(crate) check: CheckFile,
    /// Options of single rules.
    pub(crate) rules: RuleOptions,
    /// The severity scale.
    pub(crate) severity: SeverityFile,
    /// Which profile a report follows.
    pub(crate) profiles: ProfilesFile,
    /// More names for sections.
    pub(crate) sections: BTreeMap<SectionKind, SectionFile>,
    /// More terms of facets, or more names of those that are there.
    pub(crate) vocabulary: BTreeMap<Facet, BTreeMap<String, TermFile>>,
    /// Handles and the teams they belong to.
    pub(crate) owners: BTreeMap<String, String>,
    /// What those on call can bear.
    pub(crate) load: LoadFile,
}

/// Which files are reports.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ContentFile {
    /// The folder with the reports.
    pub(crate) root: Option<String>,
    /// Patterns of the files that are reports.
    pub(crate) include: Option<Vec<String>>,
    /// Patterns of those that are not.
    pub(crate) ignore: Option<Vec<String>>,
}

/// What is published.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SiteFile {
    /// What the site is called.
    pub(crate) title: Option<String>,
    /// Where the site is published.
    pub(crate) base_url: Option<String>,
    /// The language of the site; that of most reports, if absent.
    pub(crate) lang: Option<Lang>,
    /// The folder the site is written to.
    pub(crate) output: Option<String>,
    /// A folder below `themes/`.
    pub(crate) theme: Option<String>,
    /// Where a report can be edited; `{path}` is its file below the content root.
    pub(crate) edit_url: Option<String>,
    /// Search engines may list the site.
    pub(crate) indexed: Option<bool>,
}

/// What is checked.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CheckFile {
    /// The mildest severity that makes the exit code 1.
    pub(crate) fail_on: Option<Severity>,
    /// Only these rules: codes, starts of codes, or names.
    pub(crate) select: Option<Vec<String>>,
    /// Not these rules.
    pub(crate) ignore: Option<Vec<String>>,
    /// How much rules count.
    pub(crate) levels: BTreeMap<String, LevelSetting>,
    /// These rules too.
    pub(crate) extend_select: Option<Vec<String>>,
    /// Run rules in preview too.
    pub(crate) preview: Option<bool>,
    /// Rules by path patterns below the content root.
    pub(crate) per_file_ignores: BTreeMap<String, Vec<String>>,
    /// A date: reports about earlier incidents are only checked for safety.
    pub(crate) since: Option<String>,
    /// The file with the findings that are known.
    pub(crate) baseline: Option<String>,
}

/// How much a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LevelSetting {
    Off,
    Info,
    Warning,
    Error,
}

impl LevelSetting {
    /// `None` switches the rule off.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            LevelSetting::Off => None,
            LevelSetting::Info => Some(Severity::Info),
            LevelSetting::Warning => Some(Severity::Warning),
            LevelSetting::Error => Some(Severity::Error),
        }
    }
}

/// The severity scale.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SeverityFile {
    /// From the worst to the mildest.
    pub(crate) levels: Option<Vec<String>>,
    /// Where the P scale starts; the folder decides, if absent.
    pub(crate) p_scale: Option<PScale>,
    /// More names of levels.
    pub(crate) aliases: BTreeMap<String, Vec<String>>,
    /// What a level means.
    pub(crate) policy: BTreeMap<String, Policy>,
}

/// Which profile a report follows.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ProfilesFile {
    /// The profile of reports that nothing else decides.
    pub(crate) default: Option<String>,
    /// A folder with profiles of one's own.
    pub(crate) folder: Option<String>,
    /// The first that fits decides.
    #[serde(rename = "use")]
    pub(crate) uses: Vec<ProfileUse>,
}

/// The first that fits decides; what is absent fits everything.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileUse {
    /// The name of the profile.
    pub(crate) profile: String,
    /// A pattern over paths below the content root.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// Levels it is for.
    #[serde(default)]
    pub(crate) severity: Vec<String>,
    /// Kinds of report it is for.
    #[serde(default)]
    pub(crate) kind: Vec<Kind>,
}

/// More names for a section.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SectionFile {
    /// Headings that mean this section.
    pub(crate) aliases: Vec<String>,
}

/// What those on call can bear.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LoadFile {
    /// How long a shift is: a day has a whole number of them.
    #[schemars(range(min = 1, max = 24))]
    pub(crate) shift_hours: Option<u32>,
    /// The hour of the day at which a shift begins.
    #[schemars(range(max = 23))]
    pub(crate) shift_start: Option<u32>,
    /// How many incidents a shift can bear.
    #[schemars(range(min = 1))]
    pub(crate) incidents_per_shift: Option<u32>,
    /// How many hours an incident takes those on call, follow-up included; with 0, or if absent, nothing is
    /// estimated.
    pub(crate) hours_per_incident: Option<u32>,
}

/// The schema of `bokgi.toml` (JSON Schema, draft 2020-12), for editors.
pub(crate) fn config_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    settings.into_generator().into_root_schema_for::<ConfigFile>().to_value()
}

impl ConfigFile {
    /// The keys of the file's top level.
    pub(crate) const KEYS: [&'static str; 13] = [
        "lang",
        "timezone",
        "draft_days",
        "content",
        "site",
        "check",
        "rules",
        "severity",
        "profiles",
        "sections",
        "vocabulary",
        "owners",
        "load",
    ];

    /// Reads a tree. Each top-level key is read on its own, so that one mistake hides no other.
    pub(crate) fn read(tree: &Node) -> (Self, Vec<Mismatch>) {
        let mut file = Self::default();
        let mut problems = Vec::new();
        for entry in tree.entries() {
            if let Err(problem) = file.read_key(&entry.key, &entry.value) {
                let at = problem.span.unwrap_or(entry.key_span);
                problems.push(Mismatch { span: Some(at), ..problem });
            }
        }
        (file, problems)
    }

    fn read_key(&mut self, key: &str, node: &Node) -> Result<(), Mismatch> {
        match key {
            "lang" => self.lang = decode(node)?,
            "timezone" => self.timezone = decode(node)?,
            "draft_days" => self.draft_days = decode(node)?,
            "content" => self.content = decode(node)?,
            "site" => self.site = decode(node)?,
            "check" => self.check = decode(node)?,
            "rules" => self.rules = decode(node)?,
            "severity" => self.severity = decode(node)?,
            "profiles" => self.profiles = decode(node)?,
            "sections" => self.sections = decode(node)?,
            "vocabulary" => self.vocabulary = decode(node)?,
            "owners" => self.owners = decode(node)?,
            "load" => self.load = decode(node)?,
            _ => return Err(Mismatch::unknown_key(key, &Self::KEYS)),
        }
        Ok(())
    }
}
