//! Configuration: `bokgi.toml`, profiles, vocabularies, and what the command line overrides.
//!
//! Everything a user can set is decided once, here, into [`Settings`]; every other module takes what
//! it needs from there. Mistakes in the configuration are findings with a place, not errors. This
//! module reads no file and no environment: texts and the date are handed to it.

mod completeness;
mod data;
mod effective;
mod file;
mod lexicon;
mod practice;
mod profile;
mod prose;
mod resolve;
mod rules;
mod settings;
mod severity;
mod template;
mod vocabulary;

pub(crate) use completeness::{Presence, stale_for};
pub(crate) use effective::DecidedBy;
pub(crate) use file::{LevelSetting, config_schema};
pub(crate) use lexicon::{Column, Fact, Lexicon, Names, is_hangul, key};
pub(crate) use practice::Practice;
pub(crate) use profile::{Profile, SectionSpec, unknown_profile};
pub(crate) use prose::{Found, Prose, Reach};
pub(crate) use resolve::{Overrides, Resolved, Surroundings, resolve};
pub(crate) use settings::{LoadSettings, Settings};
pub(crate) use severity::PScale;
pub(crate) use template::Head;
pub(crate) use vocabulary::Vocabulary;
