//! Reading for the commands that look across reports.

use std::path::Path;

use super::args::{Format, Global};
use super::check::config_problems;
use super::output::Output;
use super::project::{self, Project};
use crate::config::Overrides;
use crate::corpus::Corpus;
use crate::parse::Edition;
use crate::patterns::Collection;

/// The reports of a project, as an edition shows them.
pub(super) struct Across {
    pub(super) project: Project,
    pub(super) corpus: Corpus,
    pub(super) edition: Edition,
}

impl Across {
    /// Reads a project. `None` if its configuration is wrong, which was said.
    pub(super) fn read(
        path: Option<&Path>,
        edition: Edition,
        global: &Global,
        output: &mut Output,
    ) -> anyhow::Result<Option<Self>> {
        let project = project::open(path, &Overrides::default(), global, output)?;
        if config_problems(&project, Format::Full, output).is_some() {
            return Ok(None);
        }
        let files = project::files(&project)?;
        let corpus = project::load(&project, files, edition);
        Ok(Some(Self { project, corpus, edition }))
    }

    /// The reports that the edition shows.
    pub(super) fn collection(&self) -> Collection<'_> {
        let shown = self.corpus.reports.iter().filter(|report| report.is_shown_in(self.edition));
        Collection::new(shown.collect(), self.project.settings())
    }
}
