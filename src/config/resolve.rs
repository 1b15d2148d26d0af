//! Decides every setting: the command line, then `bokgi.toml`, then the default. Mistakes are findings with
//! their places; the settings are the best that could be made of the rest.

use std::collections::BTreeSet;

use globset::{Glob, GlobSetBuilder};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::effective::{DecidedBy, Effective, ToToml};
use super::file::{CheckFile, ConfigFile};
use super::lexicon::Lexicon;
use super::profile::{Profile, line_ends, unknown_profile};
use super::rules::RuleOptions;
use super::settings::{
    CheckSettings, ContentSettings, LoadSettings, Patterns, ProfileSet, Settings, SiteSettings,
};
use super::severity::SeverityScale;
use super::vocabulary::Vocabulary;
use crate::diagnostics::{Finding, Severity};
use crate::l10n::{Lang, Message, Text};
use crate::model::Zone;
use crate::source::{LineIndex, SourceFile, Span};
use crate::tree::{INVALID_TOML, KNOWN, Node, decode, parse_toml};

/// What the command line decides; `None` leaves it to the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) lang: Option<Lang>,
    pub(crate) content_root: Option<String>,
    pub(crate) include: Vec<String>,
    pub(crate) output: Option<String>,
    pub(crate) fail_on: Option<Severity>,
    pub(crate) select: Vec<String>,
    pub(crate) extend_select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) preview: bool,
    pub(crate) since: Option<Date>,
    pub(crate) baseline: Option<String>,
}

/// What the surroundings say, asked last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings {
    pub(crate) today: Date,
    /// The language of the locale.
    pub(crate) locale: Option<Lang>,
}

/// The outcome of reading the configuration. With problems, the settings are the best that could be
/// made of it: good for explaining, not for a run.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) settings: Settings,
    pub(crate) effective: Vec<Effective>,
    pub(crate) problems: Vec<Finding>,
}

/// Reads `bokgi.toml` (if there is one) and the user's profiles, and decides every setting.
pub(crate) fn resolve(
    config: Option<&SourceFile>,
    profiles: &[SourceFile],
    overrides: &Overrides,
    surroundings: Surroundings,
) -> Resolved {
    let nowhere = SourceFile::new("bokgi.toml", "");
    let mut resolver = Resolver::new(config.unwrap_or(&nowhere));
    let file = resolver.read_file();
    let settings = resolver.settings(file, profiles, overrides, surroundings);
    Resolved { settings, effective: resolver.effective, problems: resolver.problems }
}

const UNKNOWN_ZONE: Text =
    Text::new("`{zone}` is no IANA time zone", "`{zone}`{은/는} IANA 시간대 이름이 아닙니다");
const ZONE_EXAMPLE: Text =
    Text::new("write it as `Asia/Seoul` or `UTC`", "`Asia/Seoul`이나 `UTC`처럼 쓰세요");
const NO_DATE: Text = Text::new("`{day}` is no date", "`{day}`{은/는} 날짜가 아닙니다");
const DATE_EXAMPLE: Text = Text::new("write it as \"2026-01-31\"", "\"2026-01-31\"처럼 쓰세요");
const BAD_PATTERN: Text = Text::new(
    "`{pattern}` is not a path pattern: {detail}",
    "`{pattern}`{은/는} 경로 패턴이 아닙니다: {detail}",
);
const UNKNOWN_LEVEL: Text = Text::new(
    "`{level}` is none of the severity levels",
    "`{level}`{은/는} 심각도 등급에 없습니다",
);
const OUTSIDE: Text =
    Text::new("`{path}` leads out of the project", "`{path}`{은/는} 프로젝트 밖을 가리킵니다");
const OUTSIDE_HELP: Text = Text::new(
    "use a path below the folder of `bokgi.toml`, without `..`",
    "`bokgi.toml`이 있는 폴더 아래의 경로를 `..` 없이 쓰세요",
);

const NO_SHIFT: Text = Text::new(
    "a day has no whole number of shifts of {hours} {hour|hours}",
    "하루는 {hours}시간짜리 교대로 나누어떨어지지 않습니다",
);
const SHIFT_EXAMPLE: Text =
    Text::new("use 1, 2, 3, 4, 6, 8, 12 or 24", "1, 2, 3, 4, 6, 8, 12, 24 가운데 하나를 쓰세요");
const NO_HOUR: Text =
    Text::new("`{hour}` is no hour of the day", "`{hour}`{은/는} 하루의 시가 아닙니다");
const HOUR_EXAMPLE: Text = Text::new("use 0 to 23", "0부터 23까지의 수를 쓰세요");
const NOT_ONE: Text = Text::new("`{key}` is at least 1", "`{key}`{은/는} 1보다 작을 수 없습니다");

struct Resolver<'c> {
    source: &'c SourceFile,
    lines: LineIndex,
    tree: Node,
    effective: Vec<Effective>,
    problems: Vec<Finding>,
}

impl<'c> Resolver<'c> {
    fn new(source: &'c SourceFile) -> Self {
        let (tree, errors) = parse_toml(source.text(), 0);
        let mut resolver = Self {
            source,
            lines: LineIndex::new(source.text()),
            tree,
            effective: Vec::new(),
            problems: Vec::new(),
        };
        for error in errors {
            let message = INVALID_TOML.with("detail", error.message);
            resolver.problem(Some(error.span), message, None);
        }
        resolver
    }

    fn problem(&mut self, span: Option<Span>, message: Message, help: Option<Message>) {
        self.problems.push(config_problem(self.source, span, message, help));
    }

    fn span(&self, key: &str) -> Option<Span> {
        self.tree.find(key).map(|node| node.span)
    }

    fn read_file(&mut self) -> ConfigFile {
        let (file, mismatches) = ConfigFile::read(&self.tree);
        for mismatch in mismatches {
            self.problem(mismatch.span, mismatch.message(), mismatch.help());
        }
        file
    }

    /// Decides one setting and notes who did.
    fn pick<T>(&mut self, key: &'static str, flag: Option<T>, file: Option<T>, default: T) -> T
    where
        T: ToToml,
    {
        let (value, decided_by) = match (flag, file) {
            (Some(value), _) => (value, DecidedBy::CommandLine),
            (None, Some(value)) => (value, DecidedBy::File(self.line(key))),
            (None, None) => (default, DecidedBy::Default),
        };
        self.note(key, value.to_toml(), decided_by);
        value
    }

    fn note(&mut self, key: &str, value: String, decided_by: DecidedBy) {
        self.effective.push(Effective { key: key.to_owned(), value, decided_by });
    }

    /// Notes every option of every rule.
    fn note_rules(&mut self, rules: &RuleOptions) {
        let Ok(serde_json::Value::Object(rules)) = serde_json::to_value(rules) else { return };
        for (rule, options) in &rules {
            for (option, value) in options.as_object().into_iter().flatten() {
                let key = format!("rules.{rule}.{option}");
                let decided_by = match self.tree.find(&key) {
                    Some(_) => DecidedBy::File(self.line(&key)),
                    None => DecidedBy::Default,
                };
                // A table of JSON is one of TOML but for this.
                self.note(&key, value.to_string().replace("\":", "\" = "), decided_by);
            }
        }
    }

    fn line(&self, key: &str) -> usize {
        let start = self.span(key).unwrap_or_default().start;
        self.lines.position(self.source.text(), start).line
    }

    fn settings(
        &mut self,
        file: ConfigFile,
        profiles: &[SourceFile],
        overrides: &Overrides,
        surroundings: Surroundings,
    ) -> Settings {
        let lang = self.lang(overrides.lang, file.lang, surroundings.locale);
        let timezone = self.timezone(file.timezone);
        let draft_days = self.pick("draft_days", None, file.draft_days, 30);
        let content = self.content(file.content, overrides);
        let site = SiteSettings {
            title: self.optional("site.title", file.site.title),
            base_url: self.optional("site.base_url", file.site.base_url),
            lang: {
                let own = file.site.lang;
                self.optional("site.lang", own.map(|lang| lang.tag().to_owned()));
                own.or(overrides.lang).or(file.lang)
            },
            output: {
                let from_file = file.site.output.map(|output| self.inside("site.output", output));
                self.pick("site.output", overrides.output.clone(), from_file, "public".into())
            },
            theme: self.pick("site.theme", None, file.site.theme, "default".into()),
            edit_url: self.optional("site.edit_url", file.site.edit_url),
            indexed: self.pick("site.indexed", None, file.site.indexed, false),
        };
        let check = self.check(file.check, overrides);
        self.note_rules(&file.rules);
        let severity = self.severity(file.severity);
        self.known_levels(
            "rules.due-date-too-late.days",
            &severity,
            file.rules.due_date_too_late.days.keys(),
        );
        let profiles = self.profiles(file.profiles, profiles, &severity);
        let mut lexicon = Lexicon::built_in();
        for (kind, section) in file.sections {
            lexicon.add_section_names(kind, &section.aliases);
        }
        let mut vocabulary = Vocabulary::built_in();
        for (facet, terms) in file.vocabulary {
            vocabulary.add(facet, terms);
        }
        Settings {
            lang,
            today: surroundings.today,
            timezone,
            draft_days,
            content,
            site,
            check,
            rules: file.rules,
            severity,
            profiles,
            lexicon,
            vocabulary,
            owners: file.owners,
            load: self.load(&file.load),
        }
    }

    fn load(&mut self, file: &super::file::LoadFile) -> LoadSettings {
        let shift_hours = self.pick("load.shift_hours", None, file.shift_hours, 12);
        if shift_hours == 0 || 24 % shift_hours != 0 {
            let message = NO_SHIFT.with("hours", shift_hours as usize);
            self.problem(self.span("load.shift_hours"), message, Some(SHIFT_EXAMPLE.into()));
        }
        let shift_start = self.pick("load.shift_start", None, file.shift_start, 0);
        if shift_start > 23 {
            let message = NO_HOUR.with("hour", shift_start as usize);
            self.problem(self.span("load.shift_start"), message, Some(HOUR_EXAMPLE.into()));
        }
        let most = self.pick("load.incidents_per_shift", None, file.incidents_per_shift, 2);
        if most == 0 {
            let key = "load.incidents_per_shift";
            self.problem(self.span(key), NOT_ONE.with("key", key), None);
        }
        let hours = self.pick("load.hours_per_incident", None, file.hours_per_incident, 0);
        // With a problem, nothing runs; what explains the settings must not divide by nothing.
        LoadSettings {
            shift_hours: if shift_hours > 0 && 24 % shift_hours == 0 { shift_hours } else { 12 },
            shift_start: shift_start % 24,
            incidents_per_shift: most.max(1),
            hours_per_incident: (hours > 0).then_some(hours),
        }
    }

    fn lang(&mut self, flag: Option<Lang>, file: Option<Lang>, locale: Option<Lang>) -> Lang {
        if let (None, None, Some(locale)) = (flag, file, locale) {
            self.note("lang", locale.to_toml(), DecidedBy::Locale);
            return locale;
        }
        self.pick("lang", flag, file, Lang::En)
    }

    fn timezone(&mut self, name: Option<String>) -> Option<Zone> {
        let decided_by = name.as_ref().map(|_| DecidedBy::File(self.line("timezone")));
        let value = name.clone().unwrap_or_default();
        self.note("timezone", value.to_toml(), decided_by.unwrap_or(DecidedBy::Default));
        let name = name?;
        match TimeZone::get(&name) {
            Ok(rules) => Some(Zone { label: name.into(), rules }),
            Err(_) => {
                let help = Some(ZONE_EXAMPLE.into());
                self.problem(self.span("timezone"), UNKNOWN_ZONE.with("zone", name), help);
                None
            }
        }
    }

    fn check(&mut self, file: CheckFile, flags: &Overrides) -> CheckSettings {
        let preview = flags.preview.then_some(true);
        let since = self.since(flags.since, file.since);
        let baseline = file.baseline.map(|path| self.inside("check.baseline", path));
        let per_file_ignores = file
            .per_file_ignores
            .into_iter()
            .map(|(pattern, rules)| {
                let key = format!("check.per_file_ignores.\"{pattern}\"");
                self.note(
                    &key,
                    rules.to_toml(),
                    DecidedBy::File(self.line("check.per_file_ignores")),
                );
                (self.patterns("check.per_file_ignores", &[pattern]), rules)
            })
            .collect();
        CheckSettings {
            fail_on: self.pick("check.fail_on", flags.fail_on, file.fail_on, Severity::Error),
            select: self.pick("check.select", non_empty(&flags.select), file.select, vec![]),
            extend_select: self.pick(
                "check.extend_select",
                non_empty(&flags.extend_select),
                file.extend_select,
                vec![],
            ),
            ignore: self.pick("check.ignore", non_empty(&flags.ignore), file.ignore, vec![]),
            preview: self.pick("check.preview", preview, file.preview, false),
            levels: file.levels,
            per_file_ignores,
            since,
            baseline: match &flags.baseline {
                Some(path) => {
                    self.note("check.baseline", path.to_toml(), DecidedBy::CommandLine);
                    Some(path.clone())
                }
                None => self.optional("check.baseline", baseline),
            },
        }
    }

    fn since(&mut self, flag: Option<Date>, file: Option<String>) -> Option<Date> {
        if let Some(day) = flag {
            self.note("check.since", day.to_string().to_toml(), DecidedBy::CommandLine);
            return Some(day);
        }
        let day = self.optional("check.since", file)?;
        match day.parse() {
            Ok(day) => Some(day),
            Err(_) => {
                let help = Some(DATE_EXAMPLE.into());
                self.problem(self.span("check.since"), NO_DATE.with("day", day), help);
                None
            }
        }
    }

    /// Notes a setting that has no default.
    fn optional(&mut self, key: &'static str, value: Option<String>) -> Option<String> {
        let decided_by =
            value.as_ref().map_or(DecidedBy::Default, |_| DecidedBy::File(self.line(key)));
        self.note(key, value.clone().unwrap_or_default().to_toml(), decided_by);
        value
    }

    fn content(&mut self, file: super::file::ContentFile, flags: &Overrides) -> ContentSettings {
        let include = vec!["**/*.md".to_owned(), "**/*.markdown".to_owned()];
        let from_file = file.root.map(|root| self.inside("content.root", root));
        let root =
            self.pick("content.root", flags.content_root.clone(), from_file, "content".into());
        let include =
            self.pick("content.include", non_empty(&flags.include), file.include, include);
        let ignore = self.pick("content.ignore", None, file.ignore, vec![]);
        ContentSettings {
            root,
            include: self.patterns("content.include", &include),
            ignore: self.patterns("content.ignore", &ignore),
        }
    }

    /// A folder the configuration names must not lead out of the project.
    fn inside(&mut self, key: &str, path: String) -> String {
        let outside = std::path::Path::new(&path)
            .components()
            .any(|part| matches!(part, std::path::Component::ParentDir));
        if outside {
            let help = Some(OUTSIDE_HELP.into());
            self.problem(self.span(key), OUTSIDE.with("path", &path), help);
        }
        path
    }

    fn patterns(&mut self, key: &str, written: &[String]) -> Patterns {
        let mut builder = GlobSetBuilder::new();
        for pattern in written {
            match Glob::new(pattern) {
                Ok(glob) => {
                    builder.add(glob);
                }
                Err(error) => {
                    let message = BAD_PATTERN
                        .with("pattern", pattern)
                        .with("detail", error.kind().to_string());
                    self.problem(self.span(key), message, None);
                }
            }
        }
        Patterns { set: builder.build().unwrap_or_default() }
    }

    /// Complains about the keys of a table that are no severity levels.
    fn known_levels<'l>(
        &mut self,
        table: &str,
        scale: &SeverityScale,
        levels: impl Iterator<Item = &'l String>,
    ) {
        for level in levels.filter(|level| !scale.levels().contains(level)) {
            let known = KNOWN.with("known", scale.levels().to_vec());
            let span = self.span(&format!("{table}.{level}"));
            self.problem(span, UNKNOWN_LEVEL.with("level", level), Some(known));
        }
    }

    fn severity(&mut self, file: super::file::SeverityFile) -> SeverityScale {
        let default = SeverityScale::default();
        let levels = self.pick("severity.levels", None, file.levels, default.levels().to_vec());
        let mut scale = SeverityScale::new(levels, &file.aliases, file.p_scale);
        self.known_levels("severity.aliases", &scale, file.aliases.keys());
        self.known_levels("severity.policy", &scale, file.policy.keys());
        let rank = |level: &str| scale.levels().iter().position(|known| known == level);
        scale.policies = file
            .policy
            .into_iter()
            .filter_map(|(level, policy)| Some((rank(&level)? + 1, policy)))
            .collect();
        scale
    }

    fn profiles(
        &mut self,
        file: super::file::ProfilesFile,
        own: &[SourceFile],
        scale: &SeverityScale,
    ) -> ProfileSet {
        let mut profiles = Profile::built_in();
        for source in own {
            match read_profile(source) {
                Ok(profile) => {
                    profiles.retain(|other| other.name != profile.name);
                    profiles.push(profile);
                }
                Err(mut problems) => self.problems.append(&mut problems),
            }
        }
        let default = self.pick("profiles.default", None, file.default, "standard".into());
        let folder = file.folder.map(|folder| self.inside("profiles.folder", folder));
        self.pick("profiles.folder", None, folder, "profiles".into());
        self.known_profile("profiles.default", &profiles, &default);
        let mut uses = Vec::new();
        for using in file.uses {
            self.known_profile("profiles.use", &profiles, &using.profile);
            for level in using.severity.iter().filter(|level| !scale.levels().contains(level)) {
                let known = KNOWN.with("known", scale.levels().to_vec());
                self.problem(
                    self.span("profiles.use"),
                    UNKNOWN_LEVEL.with("level", level),
                    Some(known),
                );
            }
            let pattern = using.path.clone().map(|path| self.patterns("profiles.use", &[path]));
            uses.push((using, pattern));
        }
        let template_lines: BTreeSet<String> =
            profiles.iter().flat_map(Profile::template_lines).collect();
        let template_ends = template_lines.iter().filter_map(|line| line_ends(line)).collect();
        ProfileSet { profiles, template_lines, template_ends, default, uses }
    }

    fn known_profile(&mut self, key: &str, profiles: &[Profile], name: &str) {
        let known: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        if !known.contains(&name) {
            let (message, help) = unknown_profile(name, &known);
            self.problem(self.span(key), message, Some(help));
        }
    }
}

fn non_empty(list: &[String]) -> Option<Vec<String>> {
    (!list.is_empty()).then(|| list.to_vec())
}

/// Reads a profile of the user's.
fn read_profile(source: &SourceFile) -> Result<Profile, Vec<Finding>> {
    let (tree, errors) = parse_toml(source.text(), 0);
    if !errors.is_empty() {
        let problem = |error: crate::tree::SyntaxError| {
            let message = INVALID_TOML.with("detail", error.message);
            config_problem(source, Some(error.span), message, None)
        };
        return Err(errors.into_iter().map(problem).collect());
    }
    decode(&tree).map_err(|mismatch| {
        vec![config_problem(source, mismatch.span, mismatch.message(), mismatch.help())]
    })
}

fn config_problem(
    source: &SourceFile,
    span: Option<Span>,
    message: Message,
    help: Option<Message>,
) -> Finding {
    Finding {
        severity: Severity::Error,
        rule: None,
        file: source.clone(),
        span,
        message,
        help,
        related: Vec::new(),
        subjects: Vec::new(),
        fix: None,
        depends_on_today: false,
    }
}
