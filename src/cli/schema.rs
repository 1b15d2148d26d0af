//! `schema`: what the configuration and front matter may hold, for editors.

use super::args::{Format, Global, SchemaArgs, SchemaOf};
use super::check::config_problems;
use super::exit::Exit;
use super::output::Output;
use super::project;
use crate::config::{Overrides, config_schema};
use crate::parse::front_matter_schema;

pub(super) fn run(args: &SchemaArgs, global: &Global, output: &mut Output) -> anyhow::Result<Exit> {
    let schema = match args.of {
        SchemaOf::Config => config_schema(),
        SchemaOf::FrontMatter => {
            let project = project::open(None, &Overrides::default(), global, output)?;
            if let Some(exit) = config_problems(&project, Format::Full, output) {
                return Ok(exit);
            }
            front_matter_schema(project.settings())
        }
    };
    output.line(&serde_json::to_string_pretty(&schema)?);
    Ok(Exit::Clean)
}
