//! Themes: templates, assets and words, built in or overridden file by file.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, Tera};

use crate::l10n::{Label, Lang};
use crate::source::{LineIndex, Span};
use crate::tree::{decode, parse_toml};

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme that is ready to render.
pub(crate) struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Vec<u8>>,
    words: BTreeMap<String, Label>,
}

/// The templates of one site.
pub(super) struct Pages {
    tera: Tera,
}

impl Pages {
    /// Renders a page.
    pub(super) fn render(
        &self,
        template: &str,
        page: &impl Serialize,
    ) -> Result<String, ThemeError> {
        let context = Context::from_serialize(page)?;
        Ok(self.tera.render(template, &context)?)
    }
}

/// What is wrong with a theme.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ThemeError {
    #[error("template error")]
    Template(#[source] Box<tera::Error>),
    #[error("{0}")]
    Words(String),
    #[error("there is no folder `{0}`")]
    Missing(String),
}

impl From<tera::Error> for ThemeError {
    fn from(error: tera::Error) -> Self {
        ThemeError::Template(Box::new(error))
    }
}

impl Theme {
    /// The built-in theme with `files` in the place of its own. Their paths are relative to the
    /// theme's folder: `templates/report.html`, `assets/style.css`, `strings.toml`.
    pub(crate) fn new(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, ThemeError> {
        let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        collect(&DEFAULT, &mut all);
        all.extend(files.clone());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut templates: Vec<(String, String)> = Vec::new();
        let mut assets = BTreeMap::new();
        let mut words = BTreeMap::new();
        for (path, bytes) in &all {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.push((name.to_owned(), text(bytes)));
            } else if let Some(name) = path.strip_prefix("assets/") {
                assets.insert(name.to_owned(), bytes.clone());
            } else if path == "strings.toml" {
                words = read_words(&text(bytes))?;
            }
        }
        let mut tera = Tera::new();
        tera.add_raw_templates(templates)?;
        Ok(Self { tera, assets, words })
    }

    /// The templates of a site, which all see what its pages share.
    pub(super) fn pages(&self, site: &impl Serialize) -> Pages {
        let mut tera = self.tera.clone();
        tera.global_context().insert("site", site);
        Pages { tera }
    }

    pub(super) fn asset(&self, path: &str) -> Option<&[u8]> {
        self.assets.get(path).map(Vec::as_slice)
    }

    pub(super) fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The theme's words in one language.
    pub(super) fn words(&self, lang: Lang) -> BTreeMap<String, String> {
        self.words.iter().map(|(key, label)| (key.clone(), label.get(lang).to_owned())).collect()
    }
}

/// The words of `strings.toml`.
fn read_words(text: &str) -> Result<BTreeMap<String, Label>, ThemeError> {
    let lines = LineIndex::new(text);
    let wrong = |span: Option<Span>, what: &str| {
        let at = lines.position(text, span.unwrap_or_default().start);
        ThemeError::Words(format!("strings.toml:{}:{}: {what}", at.line, at.column))
    };
    let (tree, errors) = parse_toml(text, 0);
    if let Some(error) = errors.first() {
        return Err(wrong(Some(error.span), &error.message.render(Lang::En)));
    }
    decode(&tree).map_err(|mismatch| wrong(mismatch.span, &mismatch.to_string()))
}

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;
    use crate::l10n::Lang;
    use std::collections::BTreeMap;

    #[test]
    fn a_file_can_be_overridden_alone() {
        let own =
            BTreeMap::from([("templates/404.html".to_owned(), b"gone: {{ site.title }}".to_vec())]);
        let theme = Theme::new(&own).ok();
        let site = BTreeMap::from([("title", "복기")]);
        let page = BTreeMap::from([("root", "/")]);
        let rendered =
            theme.as_ref().and_then(|theme| theme.pages(&site).render("404.html", &page).ok());
        assert_eq!(rendered.as_deref(), Some("gone: 복기"));
        assert!(theme.is_some_and(
            |theme| theme.assets().count() > 0 && theme.words(Lang::Ko).contains_key("reports")
        ));
        let broken = BTreeMap::from([("templates/404.html".to_owned(), b"{% if %}".to_vec())]);
        assert!(Theme::new(&broken).is_err());
    }
}
