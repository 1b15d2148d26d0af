//! `actions`: what was promised, and what of it is still open.

mod csv;
mod json;
mod markdown;
mod text;

use std::collections::BTreeMap;

use super::across::Across;
use super::args::{ActionsArgs, ActionsFormat, Global};
use super::check::machine_lang;
use super::exit::Exit;
use super::output::{Explained, Output};
use crate::corpus::{FacetIndex, FacetKind, report_url};
use crate::l10n::Text;
use crate::parse::Report;
use crate::patterns::Collection;
use crate::patterns::promises::{Promise, Promises, Standing};
use crate::site::Calendar;
use crate::source::LineIndex;
use crate::tree::{DID_YOU_MEAN, KNOWN, suggest};

const NO_TEAM: Text = Text::new("there is no team `{name}`", "`{name}` 팀이 없습니다");
const NO_TEAMS: Text = Text::new(
    "no team is known: name teams in `[owners]` of bokgi.toml or under `teams:` in reports",
    "알려진 팀이 없습니다. bokgi.toml의 `[owners]`나 보고서의 `teams:`에 팀을 적으세요",
);
const NO_SERVICE: Text =
    Text::new("no report is about the service `{name}`", "`{name}` 서비스의 보고서가 없습니다");
const NO_SERVICES: Text = Text::new("no report names a service", "서비스를 적은 보고서가 없습니다");

pub(super) fn run(
    args: &ActionsArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Exit> {
    let path = args.path.as_deref();
    let Some(across) = Across::read(path, args.audience.into(), global, output)? else {
        return Ok(Exit::Failed);
    };
    let collection = across.collection();
    let mut promises = Promises::of(&collection);
    of_teams(&mut promises, &args.team)?;
    of_services(&mut promises, &args.service, &collection)?;
    let addresses = across.corpus.addresses_by_path();
    let listing = Listing {
        items: items(&promises, args, &collection, &addresses),
        promises: &promises,
        collection: &collection,
    };
    match args.format {
        ActionsFormat::Text => text::print(&listing, args, output),
        ActionsFormat::Json => output.line(&json::render(&listing)?),
        ActionsFormat::Csv => output.result(&csv::render(&listing)?),
        ActionsFormat::Markdown => {
            let lang = machine_lang(&across.project, output);
            output.result(&markdown::render(&listing, lang));
        }
        ActionsFormat::Ics => {
            let settings = collection.settings;
            let lang = machine_lang(&across.project, output);
            let calendar = Calendar {
                name: Calendar::name(settings.site.title.as_deref(), lang).as_str(),
                today: settings.today,
                lang,
                base_url: settings.site.base_url.as_deref(),
            }
            .render(listing.items.iter().map(|item| (item.promise, item.report, item.address)));
            output.result(&calendar);
        }
    }
    Ok(Exit::Clean)
}

/// What is printed.
struct Listing<'l> {
    /// The most pressing first.
    items: Vec<Item<'l>>,
    /// All of the teams and services that were asked for, whatever their state.
    promises: &'l Promises<'l>,
    collection: &'l Collection<'l>,
}

/// An action, and where it is written.
struct Item<'l> {
    promise: &'l Promise<'l>,
    report: &'l Report,
    /// The name its report is published under.
    address: &'l str,
    line: usize,
    teams: Vec<&'l str>,
    days_overdue: Option<i32>,
}

impl Item<'_> {
    fn url(&self) -> String {
        report_url(self.address)
    }

    /// `content/a.md:12`
    fn place(&self) -> String {
        format!("{}:{}", self.report.source.path(), self.line)
    }
}

fn items<'l>(
    promises: &'l Promises<'l>,
    args: &ActionsArgs,
    collection: &'l Collection<'l>,
    addresses: &'l BTreeMap<&str, String>,
) -> Vec<Item<'l>> {
    let is_wanted = |standing: Standing| {
        let any = !(args.open || args.overdue || args.unrecorded);
        any || args.open && standing.is_open()
            || args.overdue && standing == Standing::Overdue
            || args.unrecorded && standing == Standing::Unrecorded
    };
    let wanted = promises.unfinished().into_iter().filter(|promise| is_wanted(promise.standing));
    let wanted: Vec<&Promise<'_>> = wanted.collect();
    // A file is looked through once, however many of its actions are listed.
    let mut lines: BTreeMap<usize, LineIndex> = BTreeMap::new();
    let item = |promise: &'l Promise<'l>| {
        let report = collection.reports[promise.place];
        let text = report.source.text();
        let index = lines.entry(promise.place).or_insert_with(|| LineIndex::new(text));
        Item {
            promise,
            report,
            address: addresses.get(&*report.path).map_or("", String::as_str),
            line: index.position(text, promise.action.span.start).line,
            teams: promise.teams.iter().map(|&team| promises.teams[team]).collect(),
            days_overdue: promise.days_overdue(collection.settings.today),
        }
    };
    wanted.into_iter().map(item).collect()
}

/// Keeps the actions of these teams; of all, where none is named.
fn of_teams(promises: &mut Promises<'_>, wanted: &[String]) -> anyhow::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut teams = Vec::new();
    for name in wanted {
        let Some(team) = promises.team(name) else {
            let known = promises.teams.iter().copied();
            return Err(unknown(NO_TEAM, name, known, NO_TEAMS).into());
        };
        teams.push(team);
    }
    promises.all.retain(|promise| promise.teams.iter().any(|team| teams.contains(team)));
    Ok(())
}

/// Keeps the actions from incidents of these services; of all, where none is named.
fn of_services(
    promises: &mut Promises<'_>,
    wanted: &[String],
    collection: &Collection<'_>,
) -> anyhow::Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let services = collection.facets.iter().find(|facet| facet.kind == FacetKind::Service);
    let mut is_wanted = vec![false; collection.reports.len()];
    for name in wanted {
        let key = bokgi_search::fold(name.trim()).into_owned();
        let Some(service) = services.and_then(|facet| facet.find(&key)) else {
            let known = services.iter().flat_map(|facet: &&FacetIndex| &facet.values);
            let known = known.map(|value| value.label(crate::l10n::Lang::En));
            return Err(unknown(NO_SERVICE, name, known, NO_SERVICES).into());
        };
        service.reports.iter().for_each(|&place| is_wanted[place] = true);
    }
    promises.all.retain(|promise| is_wanted[promise.place]);
    Ok(())
}

/// A name that nothing has, and what may have been meant.
fn unknown<'n>(
    message: Text,
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    none: Text,
) -> Explained {
    /// More names than this are a list that nobody reads.
    const MOST: usize = 20;
    let message = message.with("name", name);
    if let Some(close) = suggest(name, known.clone()) {
        return Explained::new(message, DID_YOU_MEAN.with("close", close));
    }
    let names: Vec<&str> = known.take(MOST).collect();
    if names.is_empty() {
        Explained::new(message, none)
    } else {
        Explained::new(message, KNOWN.with("known", names))
    }
}
