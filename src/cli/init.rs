//! `init`: a commented configuration, never over one that is there.

use std::path::Path;

use super::args::{Global, InitArgs};
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project::{self, CONFIG};
use crate::config::{Overrides, Profile, Surroundings, resolve, unknown_profile};
use crate::fs;
use crate::l10n::{Lang, Text};

const EXISTS_HELP: Text = Text::new(
    "nothing was changed; `bokgi config` shows what is set",
    "아무것도 바꾸지 않았습니다. 적용된 설정은 `bokgi config`로 볼 수 있습니다",
);
const NEXT: Text = Text::new(
    "written. Next: `bokgi new \"Payment outage\"`, then `bokgi check`",
    "만들었습니다. 이어서 `bokgi new \"결제 장애\"`와 `bokgi check`를 해 보세요",
);

pub(super) fn run(args: &InitArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let here = Path::new(".");
    let folder = args.path.as_deref().or(global.root.as_deref()).unwrap_or(here);
    let profile = args.profile.clone().unwrap_or_else(|| "standard".to_owned());
    let built_in = Profile::built_in();
    let known: Vec<&str> = built_in.iter().map(|profile| profile.name.as_str()).collect();
    if !known.contains(&profile.as_str()) {
        let (message, help) = unknown_profile(&profile, &known);
        return Err(Explained::new(message, help).into());
    }
    let lang = global.lang.map_or(output.lang, Into::into);
    output.lang = lang;
    let content = if fs::is_folder(&folder.join("content")) || !has_reports(folder) {
        "content"
    } else {
        "."
    };
    let path = project::join(folder, CONFIG);
    project::write_new(&path, &text(lang, &profile, content), EXISTS_HELP)?;
    output.line(&project::shown(&path));
    let next = output.say(NEXT);
    output.status(&next);
    Ok(Exit::Clean)
}

/// Whether a folder holds Markdown files itself, so that they are its content.
fn has_reports(folder: &Path) -> bool {
    let surroundings = Surroundings { today: jiff::civil::Date::default(), locale: None };
    let settings = resolve(None, &[], &Overrides::default(), surroundings).settings;
    let listing = fs::list(folder, |path, _| crate::corpus::is_visible(path));
    !crate::corpus::select(listing.files, &settings).0.is_empty()
}

/// The file, with every setting explained and left at its default.
fn text(lang: Lang, profile: &str, content: &str) -> String {
    let template = match lang {
        Lang::En => include_str!("init/bokgi.en.toml"),
        Lang::Ko => include_str!("init/bokgi.ko.toml"),
    };
    template
        .replace("{{lang}}", lang.tag())
        .replace("{{profile}}", profile)
        .replace("{{content}}", content)
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::config::{Overrides, Surroundings, resolve};
    use crate::l10n::Lang;
    use crate::source::SourceFile;

    /// Every setting in the file is a real one: with its comment marks taken off, it still reads.
    #[test]
    fn what_is_written_is_valid_with_and_without_comment_marks() {
        let surroundings = Surroundings { today: jiff::civil::date(2026, 6, 1), locale: None };
        for lang in [Lang::En, Lang::Ko] {
            let written = text(lang, "standard", "content");
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
