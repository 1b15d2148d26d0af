//! Which of the files in a folder are reports.

use std::collections::BTreeMap;

use crate::config::Settings;
use crate::l10n::Text;

/// A file that is no report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LeftOut {
    pub(crate) path: String,
    pub(crate) why: WhyLeftOut,
}

/// Why a file is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhyLeftOut {
    /// A `README.md` or `index.md` that stands beside reports and speaks about them.
    Readme,
    /// A form to copy.
    Template,
    /// `[content] ignore` says so.
    Ignored,
}

impl WhyLeftOut {
    pub(crate) const fn label(self) -> Text {
        match self {
            WhyLeftOut::Readme => Text::new("describes the folder", "폴더 안내 문서"),
            WhyLeftOut::Template => Text::new("a template", "양식"),
            WhyLeftOut::Ignored => Text::new("ignored by the configuration", "설정에서 제외"),
        }
    }
}

/// Whether a listing should look at a path at all: names that start with `_` or `.` are out.
pub(crate) fn is_visible(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or(path).starts_with(['_', '.'])
}

/// Chooses the reports among sorted paths below the content root.
pub(crate) fn select(paths: Vec<String>, settings: &Settings) -> (Vec<String>, Vec<LeftOut>) {
    let candidates: Vec<String> =
        paths.into_iter().filter(|path| settings.content.include.matches(path)).collect();
    let mut in_folder: BTreeMap<&str, usize> = BTreeMap::new();
    for path in &candidates {
        *in_folder.entry(folder(path)).or_default() += 1;
    }
    let why = |path: &str| {
        if settings.content.ignore.matches(path) {
            Some(WhyLeftOut::Ignored)
        } else if is_template_name(path) {
            Some(WhyLeftOut::Template)
        } else {
            let alone = in_folder.get(folder(path)) == Some(&1) && !folder(path).is_empty();
            let index = is_index(path) && folder(path).is_empty() && candidates.len() > 1;
            let readme = is_readme(path) && !alone;
            (readme || index).then_some(WhyLeftOut::Readme)
        }
    };
    let reasons: Vec<Option<WhyLeftOut>> = candidates.iter().map(|path| why(path)).collect();
    let mut selected = Vec::new();
    let mut left_out = Vec::new();
    for (path, why) in candidates.into_iter().zip(reasons) {
        match why {
            Some(why) => left_out.push(LeftOut { path, why }),
            None => selected.push(path),
        }
    }
    (selected, left_out)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_lowercase()
}

fn is_readme(path: &str) -> bool {
    name(path).starts_with("readme.")
}

fn is_index(path: &str) -> bool {
    name(path).starts_with("index.")
}

/// A template by its name, or by the folder it is kept in.
fn is_template_name(path: &str) -> bool {
    let name = bokgi_search::fold(&name(path)).into_owned();
    let in_folder = folder(path).split('/').any(|part| {
        matches!(part.to_lowercase().as_str(), "template" | "templates" | "템플릿" | "양식")
    });
    in_folder || ["template", "템플릿", "양식"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{WhyLeftOut, is_visible, select};
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::source::SourceFile;

    #[test]
    fn readmes_templates_and_hidden_files_are_no_reports() {
        let config = SourceFile::new("bokgi.toml", "[content]\nignore = [\"old/**\"]\n");
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        let settings = resolve(Some(&config), &[], &Overrides::default(), surroundings).settings;
        let paths = [
            "README.md",
            "2026/outage/README.md",
            "a.md",
            "a.txt",
            "b.markdown",
            "dir/README.md",
            "dir/c.md",
            "index.md",
            "old/x.md",
            "postmortem-TEMPLATE.md",
            "templates/t.md",
            "장애보고서_양식.md",
            "slug/index.md",
        ];
        let (selected, left_out) = select(paths.map(str::to_owned).to_vec(), &settings);
        assert_eq!(
            selected,
            ["2026/outage/README.md", "a.md", "b.markdown", "dir/c.md", "slug/index.md"]
        );
        let why = |path: &str| left_out.iter().find(|out| out.path == path).map(|out| out.why);
        assert_eq!(why("README.md"), Some(WhyLeftOut::Readme));
        assert_eq!(why("old/x.md"), Some(WhyLeftOut::Ignored));
        assert_eq!(why("장애보고서_양식.md"), Some(WhyLeftOut::Template));
        assert!(!is_visible("a/_drafts") && !is_visible(".git") && is_visible("a/b.md"));
    }
}
