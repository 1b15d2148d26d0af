//! `import`: facts that reports state in their text, written into their front matter.

use super::args::{Format, Global, ImportArgs};
use super::check::{config_problems, write_back};
use super::exit::Exit;
use super::output::Output;
use super::patch::patch;
use super::project::{self, Named};
use crate::config::Overrides;
use crate::l10n::Text;
use crate::lint::{facts_outside, into_front_matter, mend};
use crate::parse::Edition;

const NOTHING: Text = Text::new(
    "nothing to import: what was read from the text stands in front matter already",
    "옮길 것이 없습니다. 본문에서 읽은 값은 이미 front matter에 있습니다",
);
const ROW: Text = Text::new("{path}: {facts}", "{path}: {facts}");
const WROTE: Text = Text::new(
    "wrote front matter into {count} {report|reports}; the text below it is unchanged",
    "보고서 {count}건에 front matter를 적었습니다. 본문은 그대로입니다",
);
const WOULD: Text = Text::new(
    "would write front matter into {count} {report|reports}; without --diff it does",
    "보고서 {count}건에 front matter를 적습니다. --diff 없이 실행하면 실제로 적습니다",
);

pub(super) fn run(args: &ImportArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let first = args.paths.first().map(std::path::PathBuf::as_path);
    let project = project::open(first, &Overrides::default(), global, output)?;
    if let Some(exit) = config_problems(&project, Format::Full, output) {
        return Ok(exit);
    }
    let named = Named::new(&args.paths, &project);
    let corpus = project::load(&project, project::files(&project)?, Edition::Restricted);
    let mut count = 0usize;
    for report in corpus.reports.iter().filter(|report| named.contains(report.source.path())) {
        let facts = facts_outside(report);
        let Some(fix) = into_front_matter(report, &facts) else { continue };
        let (path, before) = (report.source.path(), report.source.text());
        let after = mend(before, [&fix]).text;
        count += 1;
        if args.diff {
            let text = patch(path, before, &after, output);
            output.result(&text);
            continue;
        }
        write_back(&project.content().join(&*report.path), path, before, &after)?;
        let names: Vec<&str> = facts.iter().map(|fact| fact.field.id()).collect();
        let line = output.say(ROW.with("path", path).with("facts", names));
        output.line(&line);
    }
    let message = match (count, args.diff) {
        (0, _) => NOTHING.into(),
        (_, true) => WOULD.with("count", count),
        (_, false) => WROTE.with("count", count),
    };
    let line = output.say(message);
    output.status(&line);
    Ok(Exit::Clean)
}
