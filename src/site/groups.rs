//! Files that are read by the same settings share a converter: [`Groups`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::jekyll::{Config, Kind, SourceFile};
use super::plan::Wishes;
use crate::convert::Converter;
use crate::error::Error;
use crate::format::{Role, Site, TagOptions};
use crate::map_file::MapFile;
use crate::meta::{Map, Value};
use crate::registry::Registry;
use crate::spec::FormatSpec;

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Markup {
    Markdown,
    Html,
}

/// The converters, one for each group of files.
#[derive(Debug, Default)]
pub(super) struct Groups {
    converters: Vec<Converter>,
    /// The defaults of each group.
    defaults: Vec<Map>,
    /// What is switched on for all of them.
    pub(super) extensions: Vec<String>,
}

/// What the groups of a Jekyll site are made from: one for each kind of file, markup and set of defaults.
#[derive(Debug)]
pub(super) struct Bases {
    from_markdown: Converter,
    from_html: Converter,
    /// For HTML on a site that has Markdown as well: there Hugo sets quotes and dashes, as kramdown did.
    from_html_beside_markdown: Converter,
    timezone: Option<String>,
    numbers: BTreeMap<(Markup, Kind, Vec<usize>), usize>,
}

impl Bases {
    pub(super) fn new(timezone: Option<&str>, wishes: &Wishes) -> Result<Self, Error> {
        let registry = Arc::new(Registry::builtin());
        let converter = |from: &str, to: &str| -> Result<Converter, Error> {
            let to: FormatSpec = to.parse()?;
            let converter = Converter::new(registry.clone(), Some(&from.parse()?), &to)?.proof(wishes.proof);
            converter.timezone(timezone.map(str::to_owned))
        };
        Ok(Bases {
            from_markdown: converter("jekyll+markdown", "hugo+as_shown")?,
            from_html: converter("jekyll+html", "hugo+as_shown")?,
            from_html_beside_markdown: converter("jekyll+html", "hugo+smart+as_shown")?,
            timezone: timezone.map(str::to_owned),
            numbers: BTreeMap::new(),
        })
    }

    /// Says that there is Markdown on the site, before any group is asked for.
    pub(super) fn has_markdown(&mut self) {
        self.from_html = self.from_html_beside_markdown.clone();
    }

    /// The number of the group that a file belongs to.
    pub(super) fn group(&mut self, groups: &mut Groups, config: &Config, file: &SourceFile, markup: Markup) -> usize {
        let kind = if file.kind == Kind::Draft { Kind::Post } else { file.kind };
        let label = match kind {
            Kind::Document(index) => config.collections.get(index).map_or("", |collection| &collection.label),
            Kind::Page => "pages",
            _ => "posts",
        };
        let sets = config.defaults.that_hold(in_collections(config, &file.path, kind), label);
        let next = groups.converters.len();
        let number = *self.numbers.entry((markup, kind, sets.clone())).or_insert(next);
        if number == next {
            let site = self.site(config, kind, &sets);
            let base = match markup {
                Markup::Markdown => &self.from_markdown,
                Markup::Html => &self.from_html,
            };
            groups.add(base.clone().from_site(site), config.defaults.values(&sets));
        }
        number
    }

    fn site(&self, config: &Config, kind: Kind, sets: &[usize]) -> Site {
        let (role, permalink) = match kind {
            Kind::Document(index) => {
                let collection = config.collections.get(index);
                let label = collection.map(|collection| collection.label.clone()).unwrap_or_default();
                (Role::Document(label), collection.map(|collection| collection.permalink.clone()))
            }
            Kind::Page => (Role::Page, Some(config.page_permalink())),
            _ => (Role::Post, Some(config.posts_permalink.clone().unwrap_or_else(|| "date".to_owned()))),
        };
        Site::new()
            .timezone(self.timezone.clone())
            .permalink(permalink)
            .excerpt_separator(config.excerpt_separator.clone())
            .kramdown(config.map.get("kramdown").and_then(Value::as_map).cloned().unwrap_or_default())
            .defaults(config.defaults.values(sets))
            .role(Some(role))
    }
}

impl Groups {
    /// Adds one, and gives its number.
    pub(super) fn add(&mut self, converter: Converter, defaults: Map) -> usize {
        self.converters.push(converter);
        self.defaults.push(defaults);
        self.converters.len() - 1
    }

    /// Says what the posts of a group are written for.
    pub(super) fn write_for(&mut self, number: usize, site: Site) {
        if let Some(converter) = self.converters.get_mut(number) {
            *converter = converter.clone().to_site(site);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.converters.len()
    }

    /// What the site says for the files of a group that they do not say themselves.
    pub(super) fn defaults(&self, number: usize) -> Option<&Map> {
        self.defaults.get(number)
    }

    pub(super) fn converter(&self, number: usize) -> Option<&Converter> {
        self.converters.get(number)
    }

    /// Writes all of them with this extension of the target's.
    pub(super) fn switch_on(&mut self, name: &str) {
        self.extensions.push(name.to_owned());
        for converter in &mut self.converters {
            *converter = converter.clone().with_target_extension(name);
        }
    }

    pub(super) fn set_tags(&mut self, tags: &TagOptions, map: Option<MapFile>) {
        for converter in &mut self.converters {
            *converter = converter.clone().tags(tags.clone()).map_file(map.clone());
        }
    }
}

/// The path as posts and documents have it: told from the folder of the collections.
pub(super) fn in_collections<'p>(config: &Config, path: &'p str, kind: Kind) -> &'p str {
    let dir = config.collections_dir.as_str();
    match path.strip_prefix(dir).and_then(|below| below.strip_prefix('/')) {
        Some(below) if !dir.is_empty() && kind != Kind::Page => below,
        _ => path,
    }
}
