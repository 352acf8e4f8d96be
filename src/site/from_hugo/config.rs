//! The configuration of a Hugo site: `hugo.toml` and its like, and the folder `config`.

use std::fs;
use std::path::Path;

use crate::convert::decode;
use crate::diag::{Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Schema};
use crate::front::{Json, Toml, Yaml};
use crate::meta::{Map, Value};

/// The names of the file at the root, in the order in which Hugo looks for them.
pub(crate) const FILES: [&str; 8] =
    ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// One language of the site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Language {
    /// `fr`, in lower case, as in the names of files.
    pub(crate) code: String,
    /// The folder of its content.
    pub(crate) content: String,
    /// What its addresses begin with: nothing, or `/fr`.
    pub(crate) prefix: String,
    /// The name of the site in it.
    pub(crate) title: Option<String>,
}

/// What a site's configuration says, as far as it changes what its files mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// All of it.
    pub(crate) map: Map,
    /// The path of its file, or of its folder.
    pub(crate) path: Box<str>,
    /// Scheme and host.
    pub(crate) host: String,
    /// The path that the site lives under, without a slash at its end.
    pub(crate) base: String,
    /// The zone of times that name none.
    pub(crate) timezone: Option<String>,
    /// The languages, that of the site first.
    pub(crate) languages: Vec<Language>,
    pub(crate) static_dirs: Vec<String>,
    pub(crate) data_dir: String,
    pub(crate) publish_dir: String,
    /// The taxonomies, by the names of their lists.
    pub(crate) taxonomies: Vec<String>,
    /// Whether pages are files and no folders: all, or those of these sections.
    pub(crate) ugly: Ugly,
}

/// `uglyURLs`.
#[derive(Clone, Debug, Default)]
pub(crate) enum Ugly {
    #[default]
    None,
    All,
    Sections(Vec<String>),
}

impl Config {
    /// Reads the configuration of the site at `root`.
    ///
    /// # Errors
    /// If a file of it is broken; the error names its path, line and column.
    pub(crate) fn read(root: &Path) -> Result<Self, Error> {
        let mut map = Map::new();
        let mut path = "config";
        if let Some(name) = FILES.iter().find(|name| root.join(name).is_file()) {
            map = read(root, name)?;
            path = name;
        }
        // A site is built for the world unless somebody says otherwise.
        for folder in ["config/_default", "config/production"] {
            let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
            let mut names: Vec<String> =
                entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
            names.sort_unstable();
            for name in names {
                let Some((stem, "toml" | "yaml" | "yml" | "json")) = name.rsplit_once('.') else { continue };
                let part = read(root, &format!("{folder}/{name}"))?;
                if matches!(stem, "hugo" | "config") {
                    merge(&mut map, part);
                    continue;
                }
                // `params.fr` are those of a language.
                let within = match stem.split_once('.') {
                    Some((key, language)) => nested("languages", nested(language, nested(key, part))),
                    None => nested(stem, part),
                };
                merge(&mut map, within);
            }
        }
        Ok(Config { path: path.into(), ..Config::of(map) })
    }

    /// What the entries of a configuration come to.
    pub(crate) fn of(map: Map) -> Self {
        let text = |key: &str| get(&map, key).and_then(Value::as_str).map(str::to_owned);
        let folder = |key: &str, usual: &str| clean(&text(key).unwrap_or_else(|| usual.to_owned()));
        let (host, base) = address(&text("baseURL").unwrap_or_default());
        let content = folder("contentDir", "content");
        let static_dirs = match get(&map, "staticDir") {
            Some(Value::List(items)) => items.iter().filter_map(Value::as_str).map(clean).collect(),
            Some(Value::String(dir)) => vec![clean(dir)],
            _ => vec!["static".to_owned()],
        };
        let taxonomies = match get(&map, "taxonomies") {
            Some(Value::Map(all)) => all.iter().filter_map(|entry| entry.value.as_str()).map(str::to_owned).collect(),
            _ => vec!["categories".to_owned(), "tags".to_owned()],
        };
        let ugly = match get(&map, "uglyURLs") {
            Some(Value::Bool(true)) => Ugly::All,
            Some(Value::Map(sections)) => Ugly::Sections(
                sections
                    .iter()
                    .filter(|entry| entry.value == Value::Bool(true))
                    .map(|entry| entry.key.clone())
                    .collect(),
            ),
            _ => Ugly::None,
        };
        Config {
            path: Box::default(),
            host,
            base,
            timezone: text("timeZone").filter(|zone| !zone.is_empty()),
            languages: languages(&map, &content),
            static_dirs,
            data_dir: folder("dataDir", "data"),
            publish_dir: folder("publishDir", "public"),
            taxonomies,
            ugly,
            map,
        }
    }

    /// The value at a path of keys, in any letter case.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let mut value = get(&self.map, first)?;
        for key in rest.into_iter().flat_map(|rest| rest.split('.')) {
            value = get(value.as_map()?, key)?;
        }
        Some(value)
    }

    pub(crate) fn is_on(&self, path: &str) -> bool {
        self.get(path) == Some(&Value::Bool(true))
    }

    /// The template of addresses in a section, if the site has one.
    pub(crate) fn permalink(&self, section: &str) -> Option<&str> {
        let all = self.get("permalinks")?.as_map()?;
        // Since 0.120 by kind, too.
        let pages = get(all, "page").and_then(Value::as_map).and_then(|pages| get(pages, section));
        pages.or_else(|| get(all, section)).and_then(Value::as_str)
    }

    /// Whether the page of a section is a file and no folder.
    pub(crate) fn is_ugly(&self, section: &str) -> bool {
        match &self.ugly {
            Ugly::None => false,
            Ugly::All => true,
            Ugly::Sections(sections) => sections.iter().any(|one| one == section),
        }
    }
}

fn read(root: &Path, name: &str) -> Result<Map, Error> {
    let bytes = fs::read(root.join(name))
        .map_err(|error| Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error).in_path(Some(name)))?;
    let text = decode(&bytes, Some(name))?.trim_start_matches('\u{feff}');
    let syntax: &dyn FrontMatter = match name.rsplit('.').next() {
        Some("toml") => &Toml,
        Some("json") => &Json,
        _ => &Yaml,
    };
    let meta = syntax
        .parse(text, Span::new(0, text.len()), Schema::Hugo, &mut ())
        .map_err(|error| error.locate(text).in_path(Some(name)))?;
    Ok(meta.map)
}

/// Puts the entries of `more` over those of `map`; maps are merged.
fn merge(map: &mut Map, more: Map) {
    for entry in &more {
        let known = map.iter().find(|known| known.key.eq_ignore_ascii_case(&entry.key)).map(|known| known.key.clone());
        let key = known.unwrap_or_else(|| entry.key.clone());
        match (map.get_mut(&key), &entry.value) {
            (Some(Value::Map(old)), Value::Map(new)) => merge(old, new.clone()),
            _ => {
                map.insert(key, entry.value.clone());
            }
        }
    }
}

fn nested(key: &str, map: Map) -> Map {
    let mut out = Map::new();
    out.insert(key, Value::Map(map));
    out
}

/// Hugo's keys have any letter case.
pub(crate) fn get<'m>(map: &'m Map, key: &str) -> Option<&'m Value> {
    map.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
}

fn clean(folder: &str) -> String {
    folder.trim_start_matches("./").trim_matches('/').to_owned()
}

/// Scheme and host, and the path below.
fn address(url: &str) -> (String, String) {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
    let base = url[end..].trim_matches('/');
    (url[..end].to_owned(), if base.is_empty() { String::new() } else { format!("/{base}") })
}

fn languages(map: &Map, content: &str) -> Vec<Language> {
    let text = |key: &str| get(map, key).and_then(Value::as_str);
    let main = text("defaultContentLanguage").unwrap_or("en").to_lowercase();
    let has_own_folder = get(map, "defaultContentLanguageInSubdir") == Some(&Value::Bool(true));
    let all = get(map, "languages").and_then(Value::as_map);
    let mut out: Vec<Language> = Vec::new();
    for entry in all.into_iter().flatten() {
        let Some(own) = entry.value.as_map() else { continue };
        let is = |key: &str| get(own, key) == Some(&Value::Bool(true));
        if is("disabled") {
            continue;
        }
        let code = entry.key.to_lowercase();
        let own_text = |key: &str| get(own, key).and_then(Value::as_str);
        out.push(Language {
            content: own_text("contentDir").map_or_else(|| content.to_owned(), clean),
            prefix: if code == main && !has_own_folder { String::new() } else { format!("/{code}") },
            title: own_text("title").or_else(|| text("title")).map(str::to_owned),
            code,
        });
    }
    if !out.iter().any(|language| language.code == main) {
        out.push(Language {
            content: content.to_owned(),
            prefix: if has_own_folder { format!("/{main}") } else { String::new() },
            title: text("title").map(str::to_owned),
            code: main.clone(),
        });
    }
    out.sort_by_key(|language| language.code != main);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_configuration_comes_to() {
        let text = "baseurl = 'https://example.org/tea/'\nuglyurls = true\n[permalinks]\nposts = '/:year/'\n\
                    [permalinks.page]\nnews = '/n/:slug/'\n[languages.en]\n[languages.FR]\ntitle = 'Thé'\ncontentDir = 'content/fr'\n";
        let meta = Toml.parse(text, Span::new(0, text.len()), Schema::Hugo, &mut ()).unwrap();
        let config = Config::of(meta.map);
        assert_eq!((config.host.as_str(), config.base.as_str()), ("https://example.org", "/tea"));
        assert!(config.is_ugly("posts"));
        assert_eq!(config.permalink("posts"), Some("/:year/"));
        assert_eq!(config.permalink("news"), Some("/n/:slug/"));
        let languages: Vec<_> =
            config.languages.iter().map(|one| (one.code.as_str(), one.content.as_str(), one.prefix.as_str())).collect();
        assert_eq!(languages, [("en", "content", ""), ("fr", "content/fr", "/fr")]);
        assert_eq!(config.languages[1].title.as_deref(), Some("Thé"));
    }

    #[test]
    fn later_files_go_over_earlier_ones() {
        let mut map = nested("Params", nested("a", Map::new()));
        let mut more = nested("params", nested("b", Map::new()));
        more.insert("title", "T");
        merge(&mut map, more);
        let params = map.get("Params").and_then(Value::as_map).unwrap();
        assert!(params.contains_key("a") && params.contains_key("b") && map.len() == 2);
    }
}
