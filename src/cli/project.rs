//! Finding the project, its configuration and its reports.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use super::args::Global;
use super::output::{Explained, Output};
use crate::config::{Overrides, Resolved, Settings, Surroundings, resolve};
use crate::corpus::{Corpus, LeftOut, Location, Unreadable, is_visible, select};
use crate::fs::{self, Contents, FsError, Obstacle, ObstacleKind};
use crate::index::{Stamped, Store, settings_key};
use crate::l10n::Text;
use crate::parse::Edition;
use crate::source::{SourceFile, Undecodable};

/// The name of the configuration file.
pub(super) const CONFIG: &str = "bokgi.toml";
/// The file by which a folder with a site is known; reports are not looked for in one.
const SITE_MARKER: &str = ".bokgi-site";

/// A project: a folder, and what its configuration says.
pub(super) struct Project {
    /// The folder of `bokgi.toml`, or the one that was named.
    pub(super) root: PathBuf,
    pub(super) config: Option<SourceFile>,
    profiles: Vec<SourceFile>,
    pub(super) resolved: Resolved,
}

impl Project {
    pub(super) fn settings(&self) -> &Settings {
        &self.resolved.settings
    }

    /// What an index of the reports depends on, apart from the reports.
    pub(super) fn index_key(&self) -> u64 {
        let texts: Vec<&str> =
            self.config.iter().chain(&self.profiles).map(|file| &**file.text()).collect();
        settings_key(&self.settings().content.root, &texts)
    }

    /// The index of an edition.
    pub(super) fn store(&self, edition: Edition) -> Store {
        Store::new(&self.root, edition)
    }

    /// The folder with the reports.
    pub(super) fn content(&self) -> PathBuf {
        join(&self.root, &self.settings().content.root)
    }
}

const NOT_FOUND: Text = Text::new("no reports at `{path}`", "`{path}`에 보고서가 없습니다");
const NOT_FOUND_HELP: Text = Text::new(
    "name the folder with the reports, or set `[content] root` in bokgi.toml",
    "보고서가 있는 폴더를 적거나 bokgi.toml의 `[content] root`에 지정하세요",
);

/// Opens the project around `start`: the folder of the nearest `bokgi.toml` at or above it, up to the
/// root of its Git repository. Where there is none, a folder that was named is the content itself.
pub(super) fn open(
    start: Option<&Path>,
    overrides: &Overrides,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Project> {
    let here = current_folder()?;
    let named = start.map(|path| here.join(path));
    let from = match (&global.root, &named) {
        (Some(root), _) => here.join(root),
        (None, Some(path)) if fs::is_file(path) => {
            path.parent().map(Path::to_owned).unwrap_or_default()
        }
        (None, Some(path)) => path.clone(),
        (None, None) => here.clone(),
    };
    let found = if global.root.is_some() { Some(from.clone()) } else { find_upwards(&from) };
    let mut overrides = overrides.clone();
    overrides.lang = overrides.lang.or(global.lang.map(Into::into));
    let root = match &found {
        Some(root) => root.clone(),
        None if named.is_some() => {
            overrides.content_root.get_or_insert(".".to_owned());
            from
        }
        None => here.clone(),
    };
    let root = shorten(&here, &root);
    let config = read_config(&root)?;
    let profiles = read_profiles(&root, config.as_ref())?;
    let surroundings = Surroundings { today: today(global, None)?, locale: output.locale };
    let mut resolved = resolve(config.as_ref(), &profiles, &overrides, surroundings);
    // A folder beside the reports is read as reports, with the settings of the project around it.
    if let Some(other) = named.filter(|_| found.is_some()).filter(|path| fs::is_folder(path))
        && is_apart(&other, &join(&root, &resolved.settings.content.root))
    {
        let below = shorten(&here.join(&root), &other);
        overrides.content_root = Some(shown(&below));
        resolved = resolve(config.as_ref(), &profiles, &overrides, surroundings);
    }
    // The day starts where the reports are written.
    if global.today.is_none() {
        let zone = resolved.settings.timezone.as_ref().map(|zone| zone.rules.clone());
        resolved.settings.today = today(global, zone)?;
    }
    output.lang = resolved.settings.lang;
    Ok(Project { root, config, profiles, resolved })
}

#[expect(clippy::disallowed_methods, reason = "the command line may look where it is")]
fn current_folder() -> anyhow::Result<PathBuf> {
    std::env::current_dir().context("the current folder cannot be read")
}

/// Today: `--today`, then `SOURCE_DATE_EPOCH`, then the clock.
#[expect(clippy::disallowed_methods, reason = "the command line may look at the clock")]
fn today(global: &Global, zone: Option<jiff::tz::TimeZone>) -> anyhow::Result<jiff::civil::Date> {
    if let Some(date) = global.today {
        return Ok(date);
    }
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    if let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH") {
        let seconds: i64 = seconds.trim().parse().context("SOURCE_DATE_EPOCH is no number")?;
        let instant =
            jiff::Timestamp::from_second(seconds).context("SOURCE_DATE_EPOCH is out of range")?;
        return Ok(instant.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    Ok(jiff::Timestamp::now().to_zoned(zone).date())
}

fn find_upwards(from: &Path) -> Option<PathBuf> {
    for folder in from.ancestors() {
        if fs::is_file(&folder.join(CONFIG)) {
            return Some(folder.to_owned());
        }
        if fs::is_folder(&folder.join(".git")) || fs::is_file(&folder.join(".git")) {
            return None;
        }
    }
    None
}

/// Whether neither of two folders holds the other.
fn is_apart(left: &Path, right: &Path) -> bool {
    let (Some(left), Some(right)) = (fs::canonical(left), fs::canonical(right)) else {
        return fs::canonical(left).is_some();
    };
    !left.starts_with(&right) && !right.starts_with(&left)
}

/// A path relative to where we are, where it is below; messages and editors like short paths.
fn shorten(here: &Path, path: &Path) -> PathBuf {
    match path.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// Joins without leaving `./` in front of what is shown.
pub(super) fn join(root: &Path, path: &str) -> PathBuf {
    let joined = root.join(path);
    let parts = joined.components().filter(|part| !matches!(part, Component::CurDir));
    let joined: PathBuf = parts.collect();
    if joined.as_os_str().is_empty() { PathBuf::from(".") } else { joined }
}

/// Writes a file that is not there yet. `help` is for when it is.
pub(super) fn write_new(path: &Path, text: &str, help: Text) -> anyhow::Result<()> {
    const EXISTS: Text = Text::new("`{path}` is there already", "`{path}`{이/가} 이미 있습니다");
    match fs::write_new(path, text) {
        Err(FsError::Exists { path }) => {
            Err(Explained::new(EXISTS.with("path", shown(&path)), help).into())
        }
        written => Ok(written?),
    }
}

/// A report by its path below the content's folder, from how messages show it: the same wherever a
/// command runs.
pub(super) fn below_content(project: &Project, shown_path: &str) -> String {
    let path = Path::new(shown_path);
    shown(path.strip_prefix(project.content()).unwrap_or(path))
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn read_config(root: &Path) -> anyhow::Result<Option<SourceFile>> {
    let path = join(root, CONFIG);
    if !fs::is_file(&path) {
        return Ok(None);
    }
    Ok(Some(SourceFile::new(&shown(&path), &fs::read_text(&path)?)))
}

/// The user's profiles: TOML files in the folder that the configuration names.
fn read_profiles(root: &Path, config: Option<&SourceFile>) -> anyhow::Result<Vec<SourceFile>> {
    let folder = config
        .and_then(|config| {
            let (tree, _) = crate::tree::parse_toml(config.text(), 0);
            tree.find("profiles.folder")?.scalar().map(str::to_owned)
        })
        .unwrap_or_else(|| "profiles".to_owned());
    let inside = Path::new(&folder)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let path = join(root, &folder);
    if !inside || config.is_none() || !fs::is_folder(&path) {
        return Ok(Vec::new());
    }
    let listing = fs::list(&path, |_, _| true);
    let is_profile = |path: &Path| {
        path.extension().is_some_and(|extension| extension == "toml")
            && path.components().count() == 1
    };
    let files = listing.files.iter().filter(|file| is_profile(Path::new(file)));
    files
        .map(|file| {
            let file = path.join(file);
            Ok(SourceFile::new(&shown(&file), &fs::read_text(&file)?))
        })
        .collect()
}

/// The files of a project, before any is read.
#[derive(Default)]
pub(super) struct Files {
    pub(super) locations: Vec<Location>,
    /// Every file, below the content root.
    all: Vec<String>,
    left_out: Vec<LeftOut>,
    obstacles: Vec<Obstacle>,
}

/// Lists the reports of a project.
pub(super) fn files(project: &Project) -> anyhow::Result<Files> {
    let settings = project.settings();
    let content = project.content();
    if !fs::is_folder(&content) {
        return Err(Explained::new(NOT_FOUND.with("path", shown(&content)), NOT_FOUND_HELP).into());
    }
    let keep = |path: &str, is_folder: bool| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_site = || is_folder && fs::is_file(&content.join(path).join(SITE_MARKER));
        !name.starts_with('.') && !is_site()
    };
    let mut listing = fs::list(&content, keep);
    // Images may lie where no report is looked for.
    let is_visible = |path: &str| path.split('/').all(is_visible);
    listing.obstacles.retain(|obstacle| is_visible(&obstacle.path));
    let visible = listing.files.iter().filter(|path| is_visible(path)).cloned().collect();
    let (selected, left_out) = select(visible, settings);
    let prefix = match shown(&content) {
        here if here == "." => String::new(),
        folder => format!("{}/", folder.trim_end_matches('/')),
    };
    let locations: Vec<Location> = selected
        .into_iter()
        .map(|path| Location { shown: format!("{prefix}{path}"), path })
        .collect();
    Ok(Files { locations, all: listing.files, left_out, obstacles: listing.obstacles })
}

/// Texts that stand for files, by their paths below the content root: what an editor has not saved, what
/// a fix has not written.
pub(super) type Overlay = BTreeMap<String, String>;

/// Reads some of a project's files.
pub(super) fn read(project: &Project, locations: &[Location], edition: Edition) -> Corpus {
    read_with(project, locations, &Overlay::new(), edition)
}

fn read_with(
    project: &Project,
    locations: &[Location],
    overlay: &Overlay,
    edition: Edition,
) -> Corpus {
    let content = project.content();
    let read = |location: &Location| match overlay.get(&location.path) {
        Some(text) => Ok(SourceFile::new(&location.shown, text)),
        None => read_report(&content.join(&location.path), &location.shown),
    };
    Corpus::load(locations, read, project.settings(), edition)
}

/// Reads all reports of a project.
pub(super) fn load(project: &Project, files: Files, edition: Edition) -> Corpus {
    load_with(project, files, &Overlay::new(), edition)
}

/// Reads all reports of a project, some from elsewhere.
pub(super) fn load_with(
    project: &Project,
    files: Files,
    overlay: &Overlay,
    edition: Edition,
) -> Corpus {
    let settings = project.settings();
    let content = project.content();
    let mut corpus = read_with(project, &files.locations, overlay, edition);
    corpus.files = files.all;
    corpus.left_out.extend(
        files
            .left_out
            .into_iter()
            .map(|out| LeftOut { path: shown(&join(&content, &out.path)), ..out }),
    );
    corpus.left_out.sort_by(|left, right| left.path.cmp(&right.path));
    let wanted = |obstacle: &Obstacle| {
        settings.content.include.matches(&obstacle.path)
            || fs::is_folder(&content.join(&obstacle.path))
            || matches!(
                obstacle.kind,
                ObstacleKind::Unreadable(_) | ObstacleKind::Name | ObstacleKind::LinkBroken
            )
    };
    let obstacles = files.obstacles.into_iter().filter(wanted).map(|obstacle| {
        let path = shown(&join(&content, &obstacle.path));
        describe(path, &obstacle.kind)
    });
    corpus.unreadable.extend(obstacles);
    corpus
}

/// How large the files are and when they changed.
pub(super) fn stamped(project: &Project, locations: &[Location]) -> Vec<Stamped> {
    let content = project.content();
    locations
        .par_iter()
        .map(|location| Stamped {
            path: location.path.clone(),
            stamp: fs::stamp(&content.join(&location.path)),
        })
        .collect()
}

/// A larger image is not published.
const MAX_IMAGE: u64 = 16 * 1024 * 1024;

/// Reads files beside the reports, by their paths below the content root: none that is hidden, none that
/// a link leads out to.
pub(super) fn media(project: &Project) -> impl Fn(&str) -> Option<Vec<u8>> + Sync + use<> {
    let content = project.content();
    let root = fs::canonical(&content);
    move |path| {
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let file = fs::canonical(&content.join(path)).filter(|_| !hidden)?;
        if !file.starts_with(root.as_ref()?) || !fs::is_file(&file) {
            return None;
        }
        match fs::read_up_to(&file, MAX_IMAGE) {
            Ok(Contents::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }
}

fn read_report(path: &Path, shown: &str) -> Result<SourceFile, Box<Unreadable>> {
    let unreadable = |reason: crate::l10n::Message, help: Text| {
        Box::new(Unreadable { path: shown.to_owned(), reason, help: help.into() })
    };
    match fs::read(path) {
        Ok(Contents::Bytes(bytes)) => SourceFile::decode(shown, bytes).map_err(|why| match why {
            Undecodable::NotUtf8 { at } => unreadable(NOT_UTF8.with("at", at), CONVERT),
            Undecodable::Nul { at } => unreadable(NUL.with("at", at), BINARY),
        }),
        Ok(Contents::TooLarge(size)) => {
            let megabytes = size.div_ceil(1024 * 1024);
            Err(unreadable(TOO_LARGE.with("size", megabytes), SPLIT))
        }
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            Err(unreadable(DENIED.with("cause", cause.unwrap_or_default()), ALLOW))
        }
    }
}

const NOT_UTF8: Text = Text::new("not UTF-8 (byte {at})", "UTF-8이 아닙니다 ({at}번째 바이트)");
const CONVERT: Text = Text::new(
    "save it as UTF-8; for an old Korean file: `iconv -f CP949 -t UTF-8`",
    "UTF-8로 저장하세요. 예전 한글 파일이라면 `iconv -f CP949 -t UTF-8`로 바꿀 수 있습니다",
);
const NUL: Text = Text::new(
    "a NUL byte (byte {at}): not a text file",
    "NUL 바이트가 있어 텍스트 파일이 아닙니다 ({at}번째 바이트)",
);
const BINARY: Text = Text::new(
    "if it is UTF-16, save it as UTF-8; otherwise it does not belong here",
    "UTF-16이라면 UTF-8로 저장하고, 아니라면 다른 곳으로 옮기세요",
);
const TOO_LARGE: Text = Text::new(
    "{size} MiB; a report is at most 4 MiB",
    "{size} MiB입니다. 보고서는 4 MiB까지만 읽습니다",
);
const SPLIT: Text = Text::new(
    "link to logs and dumps instead of pasting them",
    "로그나 덤프는 붙여 넣지 말고 링크하세요",
);
const DENIED: Text = Text::new("cannot be read: {cause}", "읽을 수 없습니다: {cause}");
const ALLOW: Text = Text::new("check the file's permissions", "파일 권한을 확인하세요");

fn describe(path: String, kind: &ObstacleKind) -> Unreadable {
    let (reason, help): (crate::l10n::Message, Text) = match kind {
        ObstacleKind::Unreadable(cause) => (DENIED.with("cause", cause), ALLOW),
        ObstacleKind::LinkOutside => (
            Text::new("a link that leads out of the folder", "폴더 밖을 가리키는 링크입니다")
                .into(),
            Text::new(
                "put the file itself here; nothing outside is read or published",
                "파일 자체를 여기에 두세요. 폴더 밖은 읽지도 발행하지도 않습니다",
            ),
        ),
        ObstacleKind::LinkLoop => (
            Text::new(
                "a link to a folder it stands in",
                "자기가 들어 있는 폴더를 가리키는 링크입니다",
            )
            .into(),
            Text::new("remove the link", "링크를 지우세요"),
        ),
        ObstacleKind::LinkBroken => (
            Text::new("a link that leads nowhere", "끊어진 링크입니다").into(),
            Text::new("mend or remove the link", "링크를 고치거나 지우세요"),
        ),
        ObstacleKind::Name => (
            Text::new("a file name that is not UTF-8", "파일 이름이 UTF-8이 아닙니다").into(),
            Text::new("rename the file", "파일 이름을 바꾸세요"),
        ),
    };
    Unreadable { path, reason, help: help.into() }
}

/// The files and folders that were named on the command line; everything, if none was.
pub(super) struct Named {
    paths: Vec<PathBuf>,
    /// The content's folder as messages show it, and as it really is.
    content: (PathBuf, PathBuf),
}

impl Named {
    pub(super) fn new(paths: &[PathBuf], project: &Project) -> Self {
        let content = project.content();
        let canonical = fs::canonical(&content).unwrap_or_else(|| content.clone());
        let mut paths: Vec<PathBuf> = paths.iter().filter_map(|path| fs::canonical(path)).collect();
        // A folder around the content names all of it.
        if paths.iter().any(|path| canonical.starts_with(path)) {
            paths.clear();
        }
        Self { paths, content: (content, canonical) }
    }

    /// Whether no file or folder limits what is reported.
    pub(super) fn is_everything(&self) -> bool {
        self.paths.is_empty()
    }

    /// Whether a file, as messages show it, is one of them or below one of them.
    pub(super) fn contains(&self, shown: &str) -> bool {
        let (content, canonical) = &self.content;
        let below = Path::new(shown).strip_prefix(content).unwrap_or(Path::new(shown));
        let file = canonical.join(below);
        self.paths.is_empty() || self.paths.iter().any(|path| file.starts_with(path))
    }
}
