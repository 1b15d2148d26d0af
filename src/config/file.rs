//! The schema of `bokgi.toml`: every key optional, no others allowed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::rules::RuleOptions;
use super::severity::{PScale, Policy};
use super::vocabulary::TermFile;
use crate::diagnostics::Severity;
use crate::l10n::Lang;
use crate::model::{Facet, Kind, SectionKind};
use crate::tree::{Mismatch, Node, decode};

/// `bokgi.toml` as it is written.
#[derive(Debug, Default)]
pub(crate) struct ConfigFile {
    pub(crate) lang: Option<Lang>,
    pub(crate) timezone: Option<String>,
    pub(crate) draft_days: Option<u32>,
    pub(crate) content: ContentFile,
    pub(crate) site: SiteFile,
    pub(crate) check: CheckFile,
    pub(crate) rules: RuleOptions,
    pub(crate) severity: SeverityFile,
    pub(crate) profiles: ProfilesFile,
    pub(crate) sections: BTreeMap<SectionKind, SectionFile>,
    pub(crate) vocabulary: BTreeMap<Facet, BTreeMap<String, TermFile>>,
    pub(crate) owners: BTreeMap<String, String>,
}

/// Which files are reports.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ContentFile {
    pub(crate) root: Option<String>,
    pub(crate) include: Option<Vec<String>>,
    pub(crate) ignore: Option<Vec<String>>,
}

/// What is published.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SiteFile {
    pub(crate) title: Option<String>,
    /// Where the site is published.
    pub(crate) base_url: Option<String>,
    pub(crate) lang: Option<Lang>,
    pub(crate) output: Option<String>,
    pub(crate) theme: Option<String>,
    /// Where a report can be edited; `{path}` is its file below the content root.
    pub(crate) edit_url: Option<String>,
    /// Search engines may list the site.
    pub(crate) indexed: Option<bool>,
}

/// What is checked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CheckFile {
    pub(crate) fail_on: Option<Severity>,
    pub(crate) select: Option<Vec<String>>,
    pub(crate) ignore: Option<Vec<String>>,
    pub(crate) levels: BTreeMap<String, LevelSetting>,
    pub(crate) extend_select: Option<Vec<String>>,
    pub(crate) preview: Option<bool>,
    /// Rules by path patterns below the content root.
    pub(crate) per_file_ignores: BTreeMap<String, Vec<String>>,
    /// A date: reports about earlier incidents are only checked for safety.
    pub(crate) since: Option<String>,
    /// The file with the findings that are known.
    pub(crate) baseline: Option<String>,
}

/// How much a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SeverityFile {
    pub(crate) levels: Option<Vec<String>>,
    pub(crate) p_scale: Option<PScale>,
    pub(crate) aliases: BTreeMap<String, Vec<String>>,
    pub(crate) policy: BTreeMap<String, Policy>,
}

/// Which profile a report follows.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ProfilesFile {
    pub(crate) default: Option<String>,
    /// A folder with profiles of one's own.
    pub(crate) folder: Option<String>,
    #[serde(rename = "use")]
    pub(crate) uses: Vec<ProfileUse>,
}

/// The first that fits decides; what is absent fits everything.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileUse {
    pub(crate) profile: String,
    /// A pattern over paths below the content root.
    #[serde(default)]
    pub(crate) path: Option<String>,
    #[serde(default)]
    pub(crate) severity: Vec<String>,
    #[serde(default)]
    pub(crate) kind: Vec<Kind>,
}

/// More names for a section.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SectionFile {
    pub(crate) aliases: Vec<String>,
}

impl ConfigFile {
    /// The keys of the file's top level.
    pub(crate) const KEYS: [&'static str; 12] = [
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
            _ => return Err(Mismatch::unknown_key(key, &Self::KEYS)),
        }
        Ok(())
    }
}
