//! What a post asks of its site: the addresses of other files, and values of the configuration.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::jekyll::Config;
use super::plan::{Fate, Item};
use crate::ast::{Meaning, Tag};
use crate::dialect::tags::Known;
use crate::format::{TagConverter, TagText};
use crate::meta::{Map, Value};

/// The addresses of posts by their names, and of all files by their paths.
pub(super) struct Links {
    base: String,
    host: String,
    posts: BTreeMap<Box<str>, Box<str>>,
    files: BTreeMap<Box<str>, Box<str>>,
}

impl Links {
    pub(super) fn new(items: &[Item], config: &Config) -> Self {
        let mut links = Links {
            base: config.baseurl.clone(),
            host: config.url.clone(),
            posts: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for item in items {
            let Some(address) = &item.address else { continue };
            if item.fate == Fate::Post {
                let name = item.path.rsplit('/').next().unwrap_or(&item.path);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                links.posts.insert(stem.into(), address.clone());
            }
            if item.fate.is_content() {
                links.files.insert(without_extension(&item.path).into(), address.clone());
            }
        }
        links
    }
}

fn without_extension(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    path[start..].rfind('.').map_or(path, |at| &path[..start + at])
}

impl TagConverter for Links {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        let Meaning::PageLink(link) = &tag.details.meaning else { return None };
        if target != "hugo" || tag.dialect != "jekyll" {
            return None;
        }
        let page = link.page.trim_start_matches('/');
        let address = match tag.name.as_str() {
            "post_url" => self.posts.get(page.rsplit('/').next()?),
            // The file as it is written: a folder's underscore is part of its name.
            _ => tag.positional(0).and_then(|path| self.files.get(without_extension(path.trim_start_matches('/')))),
        }?;
        let host = if link.is_absolute { &self.host } else { "" };
        Some(TagText::Markup(format!("{host}{}{}{}", self.base, encoded(address), link.fragment)))
    }
}

/// `{{ site.author.name }}`: what the configuration says, and nothing where it says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteValues {
    map: Map,
    collections: Vec<String>,
}

/// What Jekyll's `site` has beside the configuration.
const WORKED_OUT: [&str; 14] = [
    "time",
    "pages",
    "posts",
    "related_posts",
    "static_files",
    "html_pages",
    "html_files",
    "collections",
    "data",
    "documents",
    "categories",
    "tags",
    "baseurl",
    "url",
];

impl SiteValues {
    pub(super) fn new(config: &Config) -> Self {
        let collections = config.collections.iter().map(|collection| collection.label.clone()).collect();
        SiteValues { map: config.map.clone(), collections }
    }
}

impl SiteValues {
    /// The value of `site.path`; `None` if it is none that can be known.
    pub(crate) fn known(&self, path: &str) -> Option<Known> {
        let mut steps = path.split('.');
        let first = steps.next()?;
        let is_plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let is_known = self.map.contains_key(first);
        let is_site = WORKED_OUT.contains(&first) || self.collections.iter().any(|label| label == first);
        if !is_plain || (is_site && !is_known) {
            return None;
        }
        let found = self.map.get(first);
        known(found.and_then(|value| steps.try_fold(value, |value, step| value.as_map()?.get(step))))
    }
}

fn known(value: Option<&Value>) -> Option<Known> {
    value.map_or(Some(Known::Nothing), Known::of)
}

/// `{{ page.subtitle }}`: what the front matter says, the site's defaults included.
pub(crate) struct PageValues {
    map: Map,
    url: Option<Box<str>>,
    /// The folder that the page lies in.
    folder: PathBuf,
    /// What Jekyll works out for pages, as far as it is known: `date`, `tags`.
    worked_out: Vec<(&'static str, Known)>,
}

/// What Jekyll's `page` has whatever the front matter says, or says otherwise.
const OF_PAGES: [&str; 22] = [
    "content",
    "excerpt",
    "next",
    "previous",
    "path",
    "dir",
    "name",
    "relative_path",
    "collection",
    "output",
    "slug",
    "ext",
    "id",
    "date",
    "categories",
    "category",
    "tags",
    "tag",
    "draft",
    "published",
    "permalink",
    "last_modified_at",
];

impl PageValues {
    pub(super) fn new(map: Map, url: Option<Box<str>>, folder: PathBuf) -> Self {
        PageValues { map, url, folder, worked_out: Vec::new() }
    }

    /// The same with a value that Jekyll works out.
    pub(super) fn with(mut self, name: &'static str, value: Option<Known>) -> Self {
        self.worked_out.extend(value.map(|value| (name, value)));
        self
    }

    /// The text of a file in the page's folder or below it.
    pub(crate) fn beside(&self, file: &str) -> Option<String> {
        let path = Path::new(file);
        let is_below = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        // Nor does a link lead out of it.
        let real = fs::canonicalize(self.folder.join(path)).ok().filter(|_| is_below)?;
        if real.starts_with(fs::canonicalize(&self.folder).ok()?) { fs::read_to_string(real).ok() } else { None }
    }

    /// The value of `page.path`; `None` if it is none that can be known.
    pub(crate) fn known(&self, path: &str) -> Option<Known> {
        let mut steps = path.split('.');
        let first = steps.next()?;
        if first == "url" {
            let is_plain = |url: &&str| url.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._".contains(&b));
            return self.url.as_deref().filter(is_plain).map(|url| Known::Text(url.to_owned()));
        }
        if let Some((_, value)) = self.worked_out.iter().find(|(name, _)| *name == path) {
            return Some(value.clone());
        }
        // A title may come from the name of the file.
        if OF_PAGES.contains(&first) || (first == "title" && !self.map.contains_key("title")) {
            return None;
        }
        known(self.map.get(first).and_then(|value| steps.try_fold(value, |value, step| value.as_map()?.get(step))))
    }
}

impl TagConverter for SiteValues {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        match &tag.details.meaning {
            Meaning::SiteValue(path) if target == "hugo" => self.known(path)?.shown().map(TagText::Markup),
            _ => None,
        }
    }
}

/// The address as it stands in a link.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
        if is_plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
