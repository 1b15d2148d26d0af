//! `init`: a commented configuration for the reports that are there, and a baseline of what they lack,
//! so that the first check passes and every new report has to be right. Nothing is ever overwritten.

use std::path::Path;

use super::args::{Format, Global, InitArgs};
use super::baseline;
use super::check::{config_problems, selection};
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project::{self, CONFIG, Project};
use crate::config::{Overrides, Practice, Profile, unknown_profile};
use crate::corpus::{Corpus, is_visible};
use crate::fs;
use crate::l10n::{Lang, Text};
use crate::lint::Baseline;
use crate::parse::Edition;

const EXISTS_HELP: Text = Text::new(
    "nothing was changed; `bokgi config` shows what is set",
    "아무것도 바꾸지 않았습니다. 적용된 설정은 `bokgi config`로 볼 수 있습니다",
);
const BASELINE_HELP: Text = Text::new(
    "it was left as it is; `bokgi check --update-baseline` takes out of it what was mended",
    "그대로 두었습니다. 고쳐진 것은 `bokgi check --update-baseline`으로 뺄 수 있습니다",
);
const PROFILE_HELP: Text = Text::new(
    "it was left as it is; `--profile NAME` takes another profile",
    "그대로 두었습니다. 다른 프로파일을 쓰려면 `--profile 이름`을 주세요",
);
const NEXT: Text = Text::new(
    "written. Next: `bokgi new \"Payment outage\"`, then `bokgi check`",
    "만들었습니다. 이어서 `bokgi new \"결제 장애\"`와 `bokgi check`를 해 보세요",
);
const FOUND: Text = Text::new(
    "{count} {report|reports}; they follow the profile `{profile}`",
    "보고서 {count}건. `{profile}` 프로파일을 따르고 있습니다",
);
const OWN: Text = Text::new(
    "{count} {report|reports}; no built-in profile is theirs, so `{profile}` asks for what most of them have",
    "보고서 {count}건. 맞는 내장 프로파일이 없어, 대부분에 있는 것을 요구하는 `{profile}` 프로파일을 만들었습니다",
);
const NONE: Text = Text::new(
    "{count} {report|reports}, each in its own way; `{profile}` asks for what most teams need",
    "보고서 {count}건. 저마다 형식이 달라, 대부분의 팀에 필요한 것을 요구하는 `{profile}` 프로파일로 정했습니다",
);
const KNOWN: Text = Text::new(
    "{count} {finding|findings} of today are in the baseline: they pass, new ones do not",
    "지금 찾은 {count}건은 기준선에 담았습니다. 앞으로 새로 생기는 것만 알립니다",
);
const READY: Text = Text::new(
    "next: `bokgi check` (it passes), `bokgi build`, and `bokgi import --diff`",
    "이어서 `bokgi check`(통과합니다), `bokgi build`, `bokgi import --diff`를 해 보세요",
);

/// The name of a profile made for the reports that are there.
const OUR_PROFILE: &str = "ours";
/// Endings of files that are Markdown by another name.
const OTHER_ENDINGS: [&str; 6] = [".md.erb", ".mdx", ".qmd", ".mkd", ".mdown", ".rmd"];

pub(super) fn run(args: &InitArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let here = Path::new(".");
    let folder = args.path.as_deref().or(global.root.as_deref()).unwrap_or(here);
    let path = project::join(folder, CONFIG);
    if fs::is_file(&path) {
        project::write_new(&path, "", EXISTS_HELP)?;
    }
    if let Some(name) = &args.profile {
        known_profile(name)?;
    }
    let lang = global.lang.map_or(output.lang, Into::into);
    let global = Global { root: Some(folder.to_owned()), ..global.clone() };
    let content = if fs::is_folder(&folder.join("content")) { "content" } else { "." };
    let include = include(&folder.join(content));
    let overrides = Overrides {
        content_root: Some(content.to_owned()),
        include: include.clone(),
        ..Overrides::default()
    };
    let corpus = if fs::is_folder(folder) {
        read(&project::open(None, &overrides, &global, output)?)?
    } else {
        Corpus::default()
    };
    output.lang = lang;
    let has_reports = !corpus.reports.is_empty();
    let practice = Practice::of(corpus.reports.iter().map(|report| &report.incident));
    let built_in = practice.built_in();
    let found = built_in.as_deref().or(practice.is_shared().then_some(OUR_PROFILE));
    let profile = args.profile.as_deref().or(found).unwrap_or("standard");
    let own = profile == OUR_PROFILE;
    let written = Written {
        lang,
        profile,
        content: if has_reports || !corpus.left_out.is_empty() { content } else { "content" },
        include: &include,
        has_baseline: has_reports,
    };
    project::write_new(&path, &written.text(), EXISTS_HELP)?;
    output.line(&project::shown(&path));
    if own {
        let path = project::join(folder, &format!("profiles/{OUR_PROFILE}.toml"));
        project::write_new(&path, &practice.profile(OUR_PROFILE), PROFILE_HELP)?;
        output.line(&project::shown(&path));
    }
    if !has_reports {
        let next = output.say(NEXT);
        output.status(&next);
        return Ok(Exit::Clean);
    }
    if args.profile.is_none() {
        let text = match found {
            Some(OUR_PROFILE) => OWN,
            Some(_) => FOUND,
            None => NONE,
        };
        let message = text.with("count", corpus.reports.len()).with("profile", profile);
        let line = output.say(message);
        output.status(&line);
    }
    drop(corpus);
    write_baseline(folder, &global, output)
}

/// Checks everything with the new configuration, and writes down what is found.
fn write_baseline(folder: &Path, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let project = project::open(None, &Overrides::default(), global, output)?;
    if let Some(exit) = config_problems(&project, Format::Full, output) {
        return Ok(exit);
    }
    let corpus = read(&project)?;
    let outcome = crate::lint::check(&corpus, &selection(&project)?, project.settings());
    let name = |shown: &str| project::below_content(&project, shown);
    let known = Baseline::of(&outcome.findings, &name);
    let path = project::join(folder, baseline::NAME);
    project::write_new(&path, &known.write(), BASELINE_HELP)?;
    output.line(&project::shown(&path));
    for message in [KNOWN.with("count", outcome.findings.len()), READY.into()] {
        let line = output.say(message);
        output.status(&line);
    }
    Ok(Exit::Clean)
}

fn read(project: &Project) -> anyhow::Result<Corpus> {
    if !fs::is_folder(&project.content()) {
        return Ok(Corpus::default());
    }
    Ok(project::load(project, project::files(project)?, Edition::Restricted))
}

fn known_profile(name: &str) -> anyhow::Result<()> {
    let built_in = Profile::built_in();
    let known: Vec<&str> = built_in.iter().map(|profile| profile.name.as_str()).collect();
    if known.contains(&name) {
        return Ok(());
    }
    let (message, help) = unknown_profile(name, &known);
    Err(Explained::new(message, help).into())
}

/// The patterns of reports whose names end in another way; none where the usual ones do.
fn include(content: &Path) -> Vec<String> {
    if !fs::is_folder(content) {
        return Vec::new();
    }
    let listing = fs::list(content, |path, _| is_visible(path));
    let has = |ending: &str| listing.files.iter().any(|file| file.to_lowercase().ends_with(ending));
    let others: Vec<String> = OTHER_ENDINGS
        .iter()
        .filter(|ending| has(ending))
        .map(|ending| format!("**/*{ending}"))
        .collect();
    if others.is_empty() {
        return others;
    }
    ["**/*.md".to_owned(), "**/*.markdown".to_owned()].into_iter().chain(others).collect()
}

/// What the configuration says.
struct Written<'w> {
    lang: Lang,
    profile: &'w str,
    content: &'w str,
    include: &'w [String],
    has_baseline: bool,
}

impl Written<'_> {
    /// The file, with every setting explained and most left at their defaults.
    fn text(&self) -> String {
        let template = match self.lang {
            Lang::En => include_str!("init/bokgi.en.toml"),
            Lang::Ko => include_str!("init/bokgi.ko.toml"),
        };
        let baseline = format!("baseline = \"{}\"", baseline::NAME);
        let include = match self.include {
            [] => "#: include = [\"**/*.md\", \"**/*.markdown\"]".to_owned(),
            patterns => {
                let quoted: Vec<String> = patterns.iter().map(|p| format!("\"{p}\"")).collect();
                format!("include = [{}]", quoted.join(", "))
            }
        };
        template
            .replace("{{lang}}", self.lang.tag())
            .replace("{{profile}}", self.profile)
            .replace("{{content}}", self.content)
            .replace("{{include}}", &include)
            .replace(
                "{{baseline}}",
                &if self.has_baseline { baseline } else { format!("#: {baseline}") },
            )
    }
}

#[cfg(test)]
mod tests {
    use super::Written;
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::l10n::Lang;
    use crate::source::SourceFile;

    /// Every setting in the file is a real one: with its comment marks taken off, it still reads.
    #[test]
    fn what_is_written_is_valid_with_and_without_comment_marks() {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        for lang in [Lang::En, Lang::Ko] {
            let include = ["**/*.mdx".to_owned()];
            let written = Written {
                lang,
                profile: "standard",
                content: "content",
                include: &include,
                has_baseline: true,
            };
            let written = written.text();
            let uncommented: Vec<&str> = written
                .lines()
                .map(|line| {
                    line.strip_prefix("#: ").or_else(|| line.strip_prefix("#:")).unwrap_or(line)
                })
                .collect();
            for text in [written.clone(), uncommented.join("\n")] {
                let source = SourceFile::new("bokgi.toml", &text);
                let resolved = resolve(Some(&source), &[], &Overrides::default(), surroundings);
                let problems: Vec<String> = resolved
                    .problems
                    .iter()
                    .map(|problem| problem.message.render(Lang::En))
                    .collect();
                assert_eq!(problems, Vec::<String>::new(), "{text}");
            }
            assert!(uncommented.len() > 30);
        }
    }
}
