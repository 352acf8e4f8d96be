//! `_config.yml`.

use std::path::Path;

use super::defaults::Defaults;
use super::passed_over::passed_over;
use crate::diag::{Sink, Span, codes};
use crate::dialect::jekyll_address::with_suffix;
use crate::error::Error;
use crate::format::{FrontMatter, Schema};
use crate::front::{Toml, Yaml};
use crate::meta::{Map, Value};

/// What is left out even if nobody says so (Jekyll 4.3, `DEFAULT_EXCLUDES`).
const EXCLUDED: [&str; 9] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
];

/// What a site's configuration says, as far as it changes what its files mean. What is not set has Jekyll's default.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Config {
    /// All of it, as written.
    pub map: Map,
    /// The style or template of addresses.
    pub permalink: Option<String>,
    /// The template of posts, where `collections` has one of its own.
    pub posts_permalink: Option<String>,
    /// The collections beside the posts, in order.
    pub collections: Vec<Collection>,
    /// The folder that the collections lie in; empty for the root.
    pub collections_dir: String,
    /// Values that files do not say themselves.
    pub defaults: Defaults,
    /// The zone of times that name none.
    pub timezone: Option<String>,
    /// Scheme and host.
    pub url: String,
    /// The path that the site lives under, without a slash at its end.
    pub baseurl: String,
    /// The name of the site.
    pub title: Option<String>,
    /// What excerpts end at, where a post does not say it.
    pub excerpt_separator: Option<String>,
    /// Patterns of what is read although it looks as if it should not.
    pub include: Vec<String>,
    /// Patterns of what is not read.
    pub exclude: Vec<String>,
    /// The extensions of files in Markdown, without the dot.
    pub markdown_ext: Vec<String>,
    /// Whether posts with a date to come are published.
    pub future: bool,
    /// The folders of data, includes and layouts.
    pub folders: Folders,
    /// The folder that the site is built into.
    pub destination: String,
}

/// The folders with a meaning of their own.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Folders {
    /// `_data`.
    pub data: String,
    /// `_includes`.
    pub includes: String,
    /// `_layouts`.
    pub layouts: String,
}

impl Default for Folders {
    fn default() -> Self {
        Folders { data: "_data".to_owned(), includes: "_includes".to_owned(), layouts: "_layouts".to_owned() }
    }
}

/// A collection of documents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Collection {
    /// Its name; its folder is this with an underscore in front.
    pub label: String,
    /// Whether its documents are pages of the site.
    pub output: bool,
    /// The template of their addresses.
    pub permalink: String,
}

impl Config {
    /// Reads the text of a configuration, `is_toml` or YAML.
    ///
    /// # Errors
    /// If it is broken; the error names line and column.
    pub fn parse(text: &str, is_toml: bool, sink: &mut dyn Sink) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let span = Span::new(0, text.len());
        let syntax: &dyn FrontMatter = if is_toml { &Toml } else { &Yaml };
        let meta = syntax.parse(text, span, Schema::Jekyll, sink).map_err(|error| error.locate(text))?;
        Ok(Config::of(meta.map))
    }

    /// What the entries of a configuration come to.
    pub fn of(map: Map) -> Self {
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
        let permalink = text("permalink");
        let style = permalink.clone().unwrap_or_else(|| "date".to_owned());
        let folder = |key: &str, usual: &str| clean_folder(text(key).as_deref().unwrap_or(usual));
        let mut exclude = texts(map.get("exclude"));
        exclude.extend(EXCLUDED.map(str::to_owned));
        exclude.push("vendor/ruby/".to_owned());
        let include = match map.get("include") {
            Some(list) => texts(Some(list)),
            None => vec![".htaccess".to_owned()],
        };
        let extensions = text("markdown_ext").unwrap_or_else(|| "markdown,mkdown,mkdn,mkd,md".to_owned());
        let collections_dir = folder("collections_dir", "");
        Config {
            posts_permalink: map
                .get("collections")
                .and_then(|all| all.as_map()?.get("posts")?.as_map()?.get("permalink")?.as_str())
                .map(str::to_owned)
                .or_else(|| permalink.clone()),
            permalink,
            collections: collections(map.get("collections"), &style),
            defaults: Defaults::of(map.get("defaults"), &collections_dir),
            collections_dir,
            timezone: text("timezone").filter(|zone| !zone.is_empty()),
            url: text("url").unwrap_or_default().trim_end_matches('/').to_owned(),
            baseurl: base(&text("baseurl").unwrap_or_default()),
            title: text("title").or_else(|| text("name")),
            excerpt_separator: text("excerpt_separator").filter(|separator| !separator.is_empty()),
            include,
            exclude,
            markdown_ext: extensions.split(',').map(|word| word.trim().to_owned()).collect(),
            future: map.get("future") == Some(&Value::Bool(true)),
            folders: Folders {
                data: folder("data_dir", "_data"),
                includes: folder("includes_dir", "_includes"),
                layouts: folder("layouts_dir", "_layouts"),
            },
            destination: folder("destination", "_site"),
            map,
        }
    }

    /// Whether files with this extension, without its dot, are in Markdown.
    pub fn is_markdown(&self, extension: &str) -> bool {
        self.markdown_ext.iter().any(|known| known.eq_ignore_ascii_case(extension))
    }

    /// The template of pages that are neither an index nor without HTML.
    pub fn page_permalink(&self) -> String {
        with_suffix("/:path/:basename", self.permalink.as_deref().unwrap_or("date"))
    }

    /// Whether the plugin is named.
    pub fn has_plugin(&self, name: &str) -> bool {
        ["plugins", "gems"].iter().any(|key| texts(self.map.get(key)).iter().any(|plugin| plugin == name))
    }
}

/// Reads the configuration of the site at `root`; Jekyll's defaults if there is none. Gives the file's name too, and what
/// there is to tell of it.
///
/// # Errors
/// If it is broken.
pub(crate) fn read_config(root: &Path) -> Result<(Config, &'static str, Vec<Error>), Error> {
    for name in ["_config.yml", "_config.yaml", "_config.toml"] {
        let path = root.join(name);
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|error| {
            Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error).in_path(Some(name))
        })?;
        let text = crate::convert::decode(&bytes, Some(name))?.trim_start_matches('\u{feff}');
        let config = Config::parse(text, name.ends_with("toml"), &mut ()).map_err(|error| error.in_path(Some(name)))?;
        let told = passed_over(&config.map).into_iter().map(|error| error.locate(text).in_path(Some(name)));
        let told = told.collect();
        return Ok((config, name, told));
    }
    Ok((Config::of(Map::new()), "_config.yml", Vec::new()))
}

fn base(text: &str) -> String {
    let text = text.trim_matches('/');
    if text.is_empty() { String::new() } else { format!("/{text}") }
}

fn clean_folder(text: &str) -> String {
    text.trim_start_matches("./").trim_matches('/').to_owned()
}

/// Texts of a list; of one alone that one.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn collections(value: Option<&Value>, style: &str) -> Vec<Collection> {
    let usual = with_suffix("/:collection/:path", style);
    let of = |label: &str, metadata: Option<&Map>| Collection {
        label: label.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).collect(),
        output: metadata
            .and_then(|map| map.get("output"))
            .is_some_and(|output| !matches!(output, Value::Null | Value::Bool(false))),
        permalink: metadata.and_then(|map| map.get("permalink")?.as_str()).map_or_else(|| usual.clone(), str::to_owned),
    };
    let mut all: Vec<Collection> = match value {
        Some(Value::Map(map)) => map.iter().map(|entry| of(&entry.key, entry.value.as_map())).collect(),
        Some(Value::List(items)) => items.iter().filter_map(Value::as_str).map(|label| of(label, None)).collect(),
        _ => Vec::new(),
    };
    all.retain(|collection| !matches!(collection.label.as_str(), "posts" | "data" | ""));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_and_what_is_not() {
        let text = "permalink: pretty\ncollections_dir: ./all/\ncollections:\n  docs: {output: true}\n  notes:\n    permalink: /n/:name\n\
                    baseurl: blog/\nexclude: [a]\n";
        let config = Config::parse(text, false, &mut ()).unwrap();
        assert_eq!(config.collections_dir, "all");
        assert_eq!(config.baseurl, "/blog");
        assert_eq!(config.page_permalink(), "/:path/:basename/");
        let shown: Vec<_> =
            config.collections.iter().map(|c| (c.label.as_str(), c.output, c.permalink.as_str())).collect();
        assert_eq!(shown, [("docs", true, "/:collection/:path/"), ("notes", false, "/n/:name")]);
        assert!(config.exclude.contains(&"a".to_owned()) && config.exclude.contains(&"node_modules".to_owned()));
        assert_eq!(config.include, [".htaccess"]);
        assert!(config.is_markdown("MD") && !config.is_markdown("html"));
    }
}
