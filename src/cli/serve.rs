//! `serve`: the site while it is written.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::args::{Format, Global, ServeArgs};
use super::build::{kept_out, read, theme, theme_message};
use super::check::voice;
use super::exit::Exit;
use super::output::{Explained, Output};
use super::project::{self, CONFIG};
use super::watch::WATCH;
use crate::config::Overrides;
use crate::diagnostics::Finding;
use crate::diagnostics::render::{Paint, full};
use crate::index::{self, Index, Options, Typing};
use crate::l10n::{Message, Text};
use crate::parse::Report;
use crate::serve::{self, Asked, Built, Change, Event, Search, ServeError, Site};
use crate::site::{Drafts, Packing, Publication, publish, publish_search};

const LISTENING: Text =
    Text::new("serving {url} (Ctrl-C ends it)", "{url} 에서 보여 줍니다 (Ctrl-C로 끝냅니다)");
const BUILT: Text = Text::new(
    "{reports} {report|reports} in {milliseconds} ms",
    "보고서 {reports}건, {milliseconds} ms",
);
const FAILED: Text =
    Text::new("not rebuilt; the last site stays", "다시 만들지 못해 이전 사이트를 보여 줍니다");
const TAKEN: Text = Text::new(
    "cannot listen on {address}: {cause}",
    "{address}에서 연결을 받을 수 없습니다: {cause}",
);
const TAKEN_HELP: Text = Text::new(
    "another program listens there; choose another port with --port",
    "다른 프로그램이 쓰고 있습니다. --port로 다른 포트를 고르세요",
);

pub(super) fn run(args: &ServeArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let project = project::open(args.path.as_deref(), &Overrides::default(), global, output)?;
    let root = project.root.clone();
    let settings = project.settings();
    let content = project.content();
    let options = serve::Options {
        address: SocketAddr::new(args.address, args.port),
        host: args.host.clone(),
        watch: vec![
            content,
            root.join(CONFIG),
            root.join("themes").join(&settings.site.theme),
            root.join("profiles"),
        ],
        ignore: vec![project::join(&root, &settings.site.output)],
        lang: output.lang,
    };
    let (builder, teller) = (Builder::new(args, global, output), output.lang);
    let built = Arc::clone(&builder.built);
    let color = global.color;
    let tell = move |event: Event| {
        let mut output = Output::new(color, Some(teller));
        match event {
            Event::Listening(address) => {
                let line = output.say(LISTENING.with("url", format!("http://{address}/")));
                output.status(&line);
            }
            // Said when it can be seen, not when it is made.
            Event::Rebuilt(_) => {
                if let Ok(line) = built.lock() {
                    output.status(&line);
                }
            }
            Event::Failed(problem) => {
                output.status(&problem);
                let line = output.say(FAILED);
                output.status(&line);
            }
            Event::WatchFailed { path, cause } => {
                let path = path.as_deref().map(project::shown).unwrap_or_default();
                let line = output.say(WATCH.with("path", path).with("cause", cause));
                output.status(&line);
            }
        }
    };
    match serve::run(&options, serve::interrupted(), move |change| builder.build(change), tell) {
        Ok(()) => Ok(Exit::Clean),
        Err(ServeError::Bind { address, source }) => {
            let message =
                TAKEN.with("address", address.to_string()).with("cause", source.to_string());
            Err(Explained::new(message, TAKEN_HELP).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Builds the site, as often as somebody asks.
struct Builder {
    args: ServeArgs,
    global: Global,
    lang: crate::l10n::Lang,
    /// What to say of the last site.
    built: Arc<Mutex<String>>,
}

impl Builder {
    fn new(args: &ServeArgs, global: &Global, output: &Output) -> Self {
        let (args, global) = (args.clone(), global.clone());
        Self { args, global, lang: output.lang, built: Arc::default() }
    }

    fn build(&self, change: &Change) -> Built {
        let start = Instant::now();
        let mut output = Output::new(self.global.color, Some(self.lang));
        match self.site(change, &mut output) {
            Ok((Built::Site(site), reports, kept_out)) => {
                let took = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
                let built = BUILT.with("reports", reports).with("milliseconds", took);
                let lines = kept_out.into_iter().chain([built]);
                let line = lines.map(|line| output.say(line)).collect::<Vec<_>>().join("\n");
                if let Ok(mut built) = self.built.lock() {
                    *built = line;
                }
                Built::Site(site)
            }
            Ok((problem, ..)) => problem,
            Err(error) => {
                let mut text = super::output::described(&error, output.lang);
                for cause in error.chain().skip(1) {
                    text.push_str(&format!("\n{cause}"));
                }
                Built::Problem(text)
            }
        }
    }

    /// The site, how many reports it shows and what to say of those it does not, or what is wrong.
    fn site(
        &self,
        change: &Change,
        output: &mut Output,
    ) -> anyhow::Result<(Built, usize, Vec<Message>)> {
        let path: Option<&PathBuf> = self.args.path.as_ref();
        let mut project =
            project::open(path.map(PathBuf::as_path), &Overrides::default(), &self.global, output)?;
        if !project.resolved.problems.is_empty() {
            let problems: Vec<_> = project.resolved.problems.iter().collect();
            let voice = voice(&project, Format::Full, output);
            let text = full(&problems, voice, Paint::Plain, Output::width());
            return Ok((Built::Problem(text), 0, Vec::new()));
        }
        // It is published here, wherever it will be published one day.
        project.resolved.settings.site.base_url = None;
        let theme = match theme(&project) {
            Ok(theme) => theme,
            Err(error) => {
                return Ok((Built::Problem(output.say(theme_message(&error))), 0, Vec::new()));
            }
        };
        let edition = self.args.audience.into();
        let files = project::files(&project)?;
        let reading = read(&project, files, edition)?;
        // A file that was readable a moment ago is being written: the last page stays meanwhile.
        let broken: Vec<&Finding> =
            reading.findings.iter().filter(|finding| is_broken(finding, change)).collect();
        if !broken.is_empty() {
            let voice = voice(&project, Format::Full, output);
            let text = full(&broken, voice, Paint::Plain, Output::width());
            return Ok((Built::Problem(text), 0, Vec::new()));
        }
        let media = project::media(&project);
        let publication = Publication {
            corpus: &reading.corpus,
            findings: &reading.findings,
            theme: &theme,
            settings: project.settings(),
            edition,
            drafts: Drafts::Shown,
            media: &media,
            written: &|| {},
        };
        let site = Site::default();
        let is_shown = |report: &Report| report.is_shown_in(edition);
        let (published, bundle) = rayon::join(
            || publish(&publication, &site),
            || index::bundle(&reading.corpus, is_shown, project.settings()),
        );
        let bundle = bundle?;
        let published = published.and_then(|published| {
            publish_search(&bundle, &theme, Packing::Plain, &site)?;
            Ok(published)
        });
        match published {
            Ok(published) => {
                let site = site.with_search(search(Index::of(bundle)?));
                Ok((Built::Site(site), published.reports, kept_out(&reading.corpus, edition)))
            }
            Err(crate::site::SiteError::Theme(error)) => {
                Ok((Built::Problem(output.say(theme_message(&error))), 0, Vec::new()))
            }
            Err(crate::site::SiteError::Sink(never)) => match never {},
        }
    }
}

/// What programs are answered with.
fn search(index: Index) -> Search {
    Search::new(move |asked: &Asked| {
        let typing = if asked.typing { Typing::Ongoing } else { Typing::Done };
        let options = Options { typing, offset: asked.offset, limit: asked.limit };
        let found = index.search(&asked.query, &options)?;
        Ok(serde_json::to_string(&found.results(&asked.query))?)
    })
}

/// Whether a file that has just changed cannot be read, which would take its page away.
fn is_broken(finding: &Finding, change: &Change) -> bool {
    let Change::Paths(paths) = change else { return false };
    let unreadable = matches!(finding.code(), "DOC001" | "DOC003");
    let path = std::path::Path::new(finding.file.path());
    unreadable && paths.iter().any(|changed| changed.ends_with(path) || path.ends_with(changed))
}
