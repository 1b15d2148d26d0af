//! The front matter of a report as JSON Schema, for editors that complete and check YAML.
//!
//! It says what a value may look like, never more strictly than [`super::draft`] reads it: where a word
//! may be written in several ways, its own names are offered and other text is let through, because the
//! rules say more about a wrong word than a schema can.

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::assemble::FOREIGN_KEYS;
use crate::config::Settings;
use crate::l10n::Lang;
use crate::model::{
    Audience, Facet, Field, Impact, Kind, Language, Review, ReviewLevel, Role, Rollback, Status,
};

/// The schema (JSON Schema, draft 2020-12), with the vocabularies and levels of `settings`.
pub(crate) fn front_matter_schema(settings: &Settings) -> Value {
    let mut properties = Map::new();
    for key in FOREIGN_KEYS {
        properties.insert((*key).to_owned(), json!(true));
    }
    for field in Field::ALL {
        let mut schema = shape(*field, settings);
        if let Some(object) = schema.as_object_mut() {
            let label = field.label();
            object.insert("title".to_owned(), label.en.into());
            object.insert("description".to_owned(), format!("{} ({})", label.en, label.ko).into());
        }
        properties.insert(field.id().to_owned(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bokgi front matter",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": false,
    })
}

/// What a key takes. A key without a value is fine everywhere: it waits for one.
fn shape(field: Field, settings: &Settings) -> Value {
    let levels = settings.severity.levels().to_vec();
    let profiles: Vec<String> =
        settings.profiles.iter().map(|profile| profile.name.clone()).collect();
    match field {
        Field::Id => json!({ "type": ["string", "number", "null"] }),
        Field::Aliases | Field::RecurrenceOf | Field::Related => texts(&json!({
            "type": ["string", "number"]
        })),
        Field::Title | Field::DetectedBy | Field::Timezone => json!({ "type": ["string", "null"] }),
        Field::Date
        | Field::StartedAt
        | Field::DetectedAt
        | Field::EscalatedAt
        | Field::DeclaredAt
        | Field::MitigatedAt
        | Field::ResolvedAt
        | Field::AnalyzedAt
        | Field::SharedAt
        | Field::ReviewedAt => json!({ "type": ["string", "null"] }),
        Field::Status => words(&names(Status::ALL, |it| (it.id(), it.label().ko))),
        Field::Kind => words(&names(Kind::ALL, |it| (it.id(), it.label().ko))),
        Field::Audience => words(&names(Audience::ALL, |it| (it.id(), it.label().ko))),
        Field::Lang => words(&names(Language::ALL, |it| (it.id(), it.id()))),
        Field::Profile => words(&profiles),
        Field::Severity => words(&levels),
        Field::Services | Field::Dependencies | Field::Teams | Field::Tags | Field::Links => {
            texts(&json!({ "type": ["string", "number"] }))
        }
        Field::Detection => texts(&words(&terms(Facet::Detection, settings))),
        Field::Trigger => texts(&words(&terms(Facet::Trigger, settings))),
        Field::Causes => texts(&words(&terms(Facet::Cause, settings))),
        Field::Mitigations => texts(&words(&terms(Facet::Mitigation, settings))),
        Field::Rollback => one_of(&[of::<Rollback>(), json!({ "type": ["boolean", "null"] })]),
        Field::Impact => one_of(&[of::<Impact>(), json!({ "type": ["string", "null"] })]),
        Field::Roles => {
            let names = names(Role::ALL, |it| (it.id(), it.label().ko));
            let team = texts(&json!({ "type": "string" }));
            let roles: Map<String, Value> =
                names.into_iter().map(|name| (name, team.clone())).collect();
            json!({ "type": ["object", "null"], "properties": roles })
        }
        Field::Reviews => {
            let levels = names(ReviewLevel::ALL, |it| (it.id(), it.label().ko));
            let mut review = of::<Review>();
            // The levels have Korean names too.
            review["properties"]["level"] = words(&levels);
            texts(&review)
        }
    }
}

/// One value, a list of them, or none yet.
fn texts(item: &Value) -> Value {
    one_of(&[item.clone(), json!({ "type": "array", "items": item }), json!({ "type": "null" })])
}

/// Words to choose from; another text is for the rules to judge.
fn words(names: &[String]) -> Value {
    one_of(&[json!({ "enum": names }), json!({ "type": ["string", "number", "null"] })])
}

fn one_of(shapes: &[Value]) -> Value {
    json!({ "anyOf": shapes })
}

/// Ids and Korean labels.
fn names<T: Copy>(all: &[T], name: impl Fn(T) -> (&'static str, &'static str)) -> Vec<String> {
    let mut names = Vec::new();
    for (id, korean) in all.iter().map(|value| name(*value)) {
        for word in [id, korean] {
            if !names.iter().any(|known| known == word) {
                names.push(word.to_owned());
            }
        }
    }
    names
}

fn terms(facet: Facet, settings: &Settings) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for id in settings.vocabulary.ids(facet) {
        let label = settings.vocabulary.label(facet, id);
        let korean = label.map(|label| label.get(Lang::Ko).to_owned());
        for word in std::iter::once(id.to_owned()).chain(korean) {
            if !names.contains(&word) {
                names.push(word);
            }
        }
    }
    names
}

/// The schema of a type that is read as it stands.
fn of<T: JsonSchema>() -> Value {
    let mut settings = schemars::generate::SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    settings.into_generator().into_root_schema_for::<T>().to_value()
}
