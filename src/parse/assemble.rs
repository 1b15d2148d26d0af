//! One incident from everything that was found.
//!
//! Values come from front matter, then metadata, headings, the timeline's phases, the title, the file
//! name, the folder, the configuration; the first that has one wins.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::content;
use super::draft::{Draft, Offer, full_date};
use super::file_name::FileName;
use super::front_matter::FrontMatter;
use super::metadata::{self, Stated};
use super::outline::Outline;
use super::placeholder::is_placeholder;
use super::problem::{Problem, ProblemKind};
use super::timeline::{Context, collect, resolve};
use super::when::{self, Stamp};
use super::{actions, infer, investigation, language, whys};
use crate::config::{Fact, Settings, key};
use crate::model::{
    Audience, Content, Day, Field, Form, Id, Incident, Kind, Moment, Origin, Phase, Section,
    SectionKind, Sourced, Status, Timeline, Zone,
};
use crate::source::Span;
use crate::tree::{Node, ScalarKind, Value, suggest};

/// Keys that other generators use. They are none of our business.
pub(super) const FOREIGN_KEYS: [&str; 75] = [
    "layout",
    "weight",
    "category",
    "categories",
    "slug",
    "description",
    "excerpt",
    "linktitle",
    "resources",
    "type",
    "created",
    "updated",
    "author",
    "authors",
    "author_email",
    "cover",
    "subtitle",
    "toc",
    "pubdate",
    "generated",
    "permalink",
    "devto_tags",
    "teaser",
    "template",
    "emoji",
    "image",
    "images",
    "summary",
    "redirect_from",
    "last_modified_at",
    "owner",
    "version",
    "updated_date",
    "source_of_truth",
    "sidenav",
    "name",
    "about",
    "labels",
    "assignees",
    "path",
    "extra",
    "taxonomies",
    "uuid",
    "url",
    "company",
    "product",
    "keywords",
    "lastmod",
    "draft",
    "publishdate",
    "expirydate",
    "toc_sticky",
    "comments",
    "share",
    "sidebar_position",
    "sidebar_label",
    "hide_table_of_contents",
    "nav_order",
    "parent",
    "has_children",
    "featured",
    "featured_image",
    "thumbnail",
    "sitemap",
    "render_with_liquid",
    "published",
    "outputs",
    "url_slug",
    "hero",
    "banner",
    "lang_code",
    "duration",
    "math",
    "mermaid",
    "series",
];

/// What assembling gives.
pub(super) struct Assembled {
    pub(super) incident: Incident,
    pub(super) problems: Vec<Problem>,
    pub(super) is_template: bool,
    pub(super) own_profile: bool,
}

/// Puts an incident together.
pub(super) fn incident(
    front: &FrontMatter,
    outline: &Outline<'_>,
    file: &FileName,
    settings: &Settings,
) -> Assembled {
    let mut draft = Draft::default();
    take_front_matter(&mut draft, &front.tree, settings);
    let stated = metadata::stated(outline, &settings.lexicon);
    for fact in &stated {
        take_stated(&mut draft, fact, settings);
    }
    let zone =
        draft.zone.clone().or_else(|| local_offset(&draft)).or_else(|| {
            settings.timezone.clone().map(|zone| Sourced::implied(zone, Origin::Config))
        });
    let title = title(&mut draft, outline, file);
    let context =
        Context { date: base_date(&draft, &title, file), year: file.year, zone: zone.clone() };
    let timeline = resolve(collect(outline, &settings.lexicon), &context);
    let phases = phases(&draft, &timeline, &context);
    let date = date(&draft, &phases, &title, file, &timeline);
    let sections = sections(outline, &stated, settings);
    let is_template = is_template(&title, &sections, draft.title.as_ref());
    let own_profile = draft.profile.is_some();
    let default_profile = || Sourced::implied(settings.profiles.default.clone(), Origin::Default);
    let status = draft.status.take().unwrap_or_else(|| {
        let ended = phases.get(&Phase::Resolved).and_then(|moment| moment.value.date());
        Sourced::implied(
            status(ended.or(date.as_ref().map(|date| date.value)), settings),
            Origin::Default,
        )
    });
    let sample = outline.document.text().get(front.body..).unwrap_or_default();
    let mut incident = Incident {
        id: id(draft.id.take(), file),
        aliases: draft.aliases,
        language: draft.language.unwrap_or_else(|| language::detect(&title.value, sample)),
        title,
        date,
        status,
        kind: draft.kind.unwrap_or(Sourced::implied(Kind::Incident, Origin::Default)),
        profile: draft.profile.unwrap_or_else(default_profile),
        severity: draft.severity,
        zone,
        phases,
        services: draft.services,
        dependencies: draft.dependencies,
        detection: draft.detection,
        detected_by: draft.detected_by,
        triggers: draft.triggers,
        causes: draft.causes,
        mitigations: draft.mitigations,
        inferred: std::collections::BTreeMap::new(),
        rollback: draft.rollback,
        impact: draft.impact,
        roles: draft.roles,
        reviews: draft.reviews,
        recurrence_of: draft.recurrence_of,
        related: draft.related,
        teams: draft.teams,
        tags: draft.tags,
        links: draft.links,
        audience: draft.audience.unwrap_or(Audience::Internal),
        sections,
        timeline,
        whys: whys::chains(outline, &settings.lexicon),
        actions: actions::actions(outline, &settings.lexicon),
        investigation: investigation::hypotheses(outline, &settings.lexicon),
    };
    incident.inferred = infer::values(&incident, outline, settings);
    Assembled { incident, problems: draft.problems, is_template, own_profile }
}

fn take_front_matter(draft: &mut Draft, tree: &Node, settings: &Settings) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for entry in tree.entries() {
        let (written, span) = (entry.key.as_str(), entry.key_span);
        if let Some((_, first)) = seen.iter().find(|(key, _)| *key == written) {
            let kind = ProblemKind::DuplicateKey { key: entry.key.clone(), first: *first };
            draft.problems.push(Problem { span, kind });
            continue;
        }
        seen.push((written, span));
        let field = Field::from_id(written).or_else(|| {
            if is_left_alone(written, settings) {
                return None;
            }
            let read_as = match settings.lexicon.facts.get(&key(written)) {
                Some(Fact::Field(field)) => Some(*field),
                _ => None,
            };
            let suggestion = read_as
                .map(Field::id)
                .or_else(|| suggest(written, Field::ALL.iter().map(|field| field.id())));
            let kind = ProblemKind::UnknownKey { key: entry.key.clone(), read_as, suggestion };
            draft.problems.push(Problem { span, kind });
            read_as
        });
        if let Some(field) = field {
            let offer =
                Offer { field, key: written, value: &entry.value, origin: Origin::FrontMatter };
            draft.take(offer, settings);
        }
    }
}

/// Whether a key belongs to another tool, or is known and nothing is read from it.
fn is_left_alone(written: &str, settings: &Settings) -> bool {
    FOREIGN_KEYS.contains(&written.to_ascii_lowercase().as_str())
        || written.starts_with('_')
        || settings.lexicon.facts.get(&key(written)) == Some(&Fact::Other)
}

fn take_stated(draft: &mut Draft, stated: &Stated, settings: &Settings) {
    let Some(field) = stated.field else { return };
    let scalar = |(text, span): &(String, Span)| Node {
        span: *span,
        value: Value::Scalar { raw: text.clone(), kind: ScalarKind::Text },
    };
    let value = match stated.values.as_slice() {
        [] => return,
        [one] => scalar(one),
        [first, ..] => {
            Node { span: first.1, value: Value::List(stated.values.iter().map(scalar).collect()) }
        }
    };
    // `Date: TBD`, `Date: YYYY-MM-DD`: nothing yet.
    let empty = stated
        .values
        .iter()
        .all(|(text, _)| settings.lexicon.is_empty(text) || is_placeholder(text));
    if !empty {
        draft.take(
            Offer { field, key: &stated.key, value: &value, origin: stated.origin },
            settings,
        );
    }
}

fn title(draft: &mut Draft, outline: &Outline<'_>, file: &FileName) -> Sourced<String> {
    if let Some(title) = draft.title.clone().filter(|title| title.origin == Origin::FrontMatter) {
        return title;
    }
    let heading = outline.title.map(|node| {
        let plain = node.plain();
        Sourced::new(plain.text.replace('\n', " ").trim().to_owned(), plain.whole(), Origin::Title)
    });
    let stated = draft.title.clone();
    let heading = heading.filter(|title| !title.value.is_empty());
    stated.or(heading).unwrap_or_else(|| {
        let words = without_date(&file.stem).replace(['_', '-'], " ");
        Sourced::implied(words.trim().to_owned(), Origin::FileName)
    })
}

/// A file's name without the date in front, which the page says anyway.
fn without_date(stem: &str) -> &str {
    let marks = |ch: char| matches!(ch, '-' | '_' | '.' | ' ');
    let digits = stem.chars().filter(char::is_ascii_digit).take(8).count();
    let mut seen = 0;
    let end = stem.char_indices().find(|(_, ch)| {
        seen += usize::from(ch.is_ascii_digit());
        !(ch.is_ascii_digit() || marks(*ch)) || seen > 8
    });
    match end {
        Some((at, _)) if digits == 8 && seen == 8 && stem[..at].ends_with(marks) => &stem[at..],
        _ => stem,
    }
}

/// The day that bare times and missing years are measured against.
fn base_date(draft: &Draft, title: &Sourced<String>, file: &FileName) -> Option<Date> {
    draft
        .times
        .get(&Phase::Started)
        .into_iter()
        .chain(draft.date.as_ref())
        .chain(draft.times.values())
        .find_map(|stamp| full_date(&stamp.value))
        .or_else(|| title_date(title))
        .or(file.date)
        .or(file.folder_date)
}

fn title_date(title: &Sourced<String>) -> Option<Date> {
    when::date_in(&title.value).as_ref().and_then(full_date)
}

/// The offset that all stated times share: whoever writes `14:02:00+09:00` above writes `14:02` below. UTC
/// says nothing, because times are often converted to it.
fn local_offset(draft: &Draft) -> Option<Sourced<Zone>> {
    let mut stamps = draft.times.values().filter(|stamp| stamp.value.clock.is_some());
    let first = stamps.next()?;
    let zone = first.value.zone.as_ref().filter(|zone| zone.rules != TimeZone::UTC)?;
    let shared = stamps.all(|stamp| stamp.value.zone.as_ref() == Some(zone));
    shared.then(|| Sourced { value: zone.clone(), span: first.span, origin: first.origin })
}

/// The time of each phase: as stated, else from the timeline's tags.
fn phases(
    draft: &Draft,
    timeline: &Timeline,
    context: &Context,
) -> std::collections::BTreeMap<Phase, Sourced<Moment>> {
    let mut phases = std::collections::BTreeMap::new();
    let zone = context
        .zone
        .as_ref()
        .map(|zone| &zone.value)
        .or(timeline.zone.as_ref().map(|zone| &zone.value));
    for (phase, stamp) in &draft.times {
        if let Some(moment) = moment(&stamp.value, context.date, zone) {
            let sourced = Sourced { value: moment, span: stamp.span, origin: stamp.origin };
            phases.insert(*phase, sourced);
        }
    }
    for entry in &timeline.entries {
        let (Some(phase), Some(start)) = (entry.phase, entry.when.start()) else { continue };
        if start.time.is_none() {
            continue;
        }
        let sourced = Sourced::new(start.clone(), entry.when_span, Origin::Timeline);
        // What is resolved twice was resolved the later time; everything else began at first.
        let is_later = |known: &Sourced<Moment>| {
            known.origin == Origin::Timeline
                && start.since(&known.value).is_none_or(|since| since.is_positive())
        };
        let later = phase == Phase::Resolved && phases.get(&phase).is_some_and(is_later);
        if later {
            phases.insert(phase, sourced);
        } else {
            phases.entry(phase).or_insert(sourced);
        }
    }
    phases
}

fn moment(stamp: &Stamp, base: Option<Date>, zone: Option<&Zone>) -> Option<Moment> {
    let clock = stamp.clock;
    let day = match stamp.date {
        Some(_) => Day::Date(full_date(stamp)?),
        None => Day::Date(base?),
    };
    Some(Moment {
        day: if clock.is_some_and(|clock| clock.next_day) { day.plus(1) } else { day },
        time: clock.map(|clock| clock.time),
        approximate: stamp.approximate,
        zone: stamp.zone.clone().or_else(|| zone.cloned()),
    })
}

/// The day it began.
fn date(
    draft: &Draft,
    phases: &std::collections::BTreeMap<Phase, Sourced<Moment>>,
    title: &Sourced<String>,
    file: &FileName,
    timeline: &Timeline,
) -> Option<Sourced<Date>> {
    let stated = draft.date.as_ref().and_then(|stamp| {
        let date = full_date(&stamp.value)?;
        Some(Sourced { value: date, span: stamp.span, origin: stamp.origin })
    });
    let started = phases.get(&Phase::Started).and_then(|moment| {
        let date = moment.value.date()?;
        Some(Sourced { value: date, span: moment.span, origin: moment.origin })
    });
    let found = [stated, started].into_iter().flatten().min_by_key(|date| date.origin);
    let by_title = || {
        title_date(title).map(|date| Sourced {
            value: date,
            span: title.span,
            origin: Origin::Title,
        })
    };
    let by_file = || file.date.map(|date| Sourced::implied(date, Origin::FileName));
    let by_folder = || file.folder_date.map(|date| Sourced::implied(date, Origin::Folder));
    found
        .or_else(by_title)
        .or_else(by_file)
        .or_else(by_folder)
        .or_else(|| first_day(timeline, file.year))
}

/// The first day of the timeline; in a year that the file's name knows, the first of that year.
fn first_day(timeline: &Timeline, year: Option<i16>) -> Option<Sourced<Date>> {
    let mut days = timeline.entries.iter().filter_map(|entry| {
        let date = entry.when.start()?.date()?;
        Some(Sourced::new(date, entry.when_span, Origin::Timeline))
    });
    match year {
        Some(year) => days.find(|day| day.value.year() == year),
        None => days.next(),
    }
}

/// Without a status, a report is taken as finished when nothing says when it was, or when that was
/// long enough ago.
fn status(ended: Option<Date>, settings: &Settings) -> Status {
    let days = jiff::Span::new().days(i64::from(settings.draft_days));
    let until = ended.and_then(|ended| ended.checked_add(days).ok());
    if until.is_some_and(|until| until >= settings.today) { Status::Draft } else { Status::Final }
}

fn id(written: Option<Sourced<Id>>, file: &FileName) -> Sourced<Id> {
    written.unwrap_or_else(|| {
        let from_name = Id::from_text(&file.stem);
        // A name without a letter or a digit still needs an address.
        let fallback = || Id::from_text(&format!("report-{}", file.stem.chars().count()));
        let id = from_name.or_else(fallback).expect("`report-` and a number is an id");
        Sourced::implied(id, Origin::FileName)
    })
}

/// The sections: headings and labels, and metadata lines that bear a section's name.
fn sections(outline: &Outline<'_>, stated: &[Stated], settings: &Settings) -> Vec<Section> {
    let contents = content::contents(outline, settings);
    let mut sections: Vec<Section> = outline
        .parts
        .iter()
        .zip(contents)
        .map(|(part, content)| Section {
            kinds: part.kinds.clone(),
            title: part.title.clone(),
            title_span: part.title_span,
            span: part.span,
            level: part.level,
            form: part.form,
            parent: part.parent,
            qualifier: part.qualifier.clone(),
            content,
            nearly: None,
        })
        .collect();
    let in_timeline = |index: usize| {
        std::iter::successors(outline.parts[index].parent, |&i| outline.parts[i].parent)
            .any(|i| outline.parts[i].kinds.contains(&SectionKind::Timeline))
    };
    for (index, section) in sections.iter_mut().enumerate() {
        let unknown = section.kinds.is_empty() && section.form == Form::Heading;
        let fact = settings.lexicon.facts.contains_key(&key(&section.title));
        if unknown && !fact && !in_timeline(index) {
            let title = super::heading::without_number(&section.title);
            section.nearly = settings.lexicon.nearest_section(title).map(str::to_owned);
        }
    }
    for fact in stated.iter().filter(|fact| fact.origin == Origin::Metadata) {
        let Some(kind) = fact.section else { continue };
        let text: Vec<&str> = fact.values.iter().map(|(text, _)| text.as_str()).collect();
        let text = text.join(" ");
        let span = fact.values.iter().fold(fact.key_span, |span, (_, value)| span.cover(*value));
        let content = if settings.lexicon.says_nothing(&text) {
            Content::Nothing
        } else if is_placeholder(&text) || settings.lexicon.is_empty(&text) {
            Content::Placeholder
        } else {
            Content::Written
        };
        sections.push(Section {
            kinds: vec![kind],
            title: fact.key.clone(),
            title_span: fact.key_span,
            span,
            level: 7,
            form: Form::Metadata,
            parent: None,
            qualifier: None,
            content,
            nearly: None,
        });
    }
    sections
}

/// A form to copy: its title waits to be replaced, and so does most of what is below it.
fn is_template(
    title: &Sourced<String>,
    sections: &[Section],
    stated: Option<&Sourced<String>>,
) -> bool {
    const GENERIC: [&str; 12] = [
        "title",
        "incident title",
        "title of the incident",
        "제목",
        "장애 제목",
        "postmortem template",
        "template",
        "template for reports",
        "incident name",
        "장애 보고서 템플릿",
        "장애 보고서 양식",
        "postmortem title",
    ];
    let text = key(&title.value);
    let core = text.split(['(', ':']).next().unwrap_or(&text).trim();
    let generic = GENERIC.iter().any(|name| key(name) == core)
        || super::placeholder::find(&title.value).is_some()
        || (stated.is_none() && title.value.contains("{{"));
    let known: Vec<&Section> =
        sections.iter().filter(|section| !section.kinds.is_empty()).collect();
    let unwritten = known.iter().filter(|section| section.content != Content::Written).count();
    generic && unwritten * 2 >= known.len()
}
