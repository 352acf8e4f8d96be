//! `cascade`: what a section says for the pages below it.

use super::config::{Config, get};
use super::walk::Place;
use crate::meta::{Map, Value};
use crate::site::jekyll::glob;

/// What is said for the pages of a folder.
#[derive(Clone, Debug)]
pub(super) struct Cascade {
    /// The language; `None` for all.
    language: Option<usize>,
    folder: Box<str>,
    values: Map,
    target: Map,
}

/// All of a site, the nearest folders last.
#[derive(Clone, Debug, Default)]
pub(super) struct Cascades {
    all: Vec<Cascade>,
    /// Keys of `target` that nobody knows here.
    pub(super) unknown: Vec<String>,
}

impl Cascades {
    /// Those of the configuration.
    pub(super) fn new(config: &Config) -> Self {
        let mut cascades = Cascades::default();
        if let Some(value) = config.get("cascade") {
            cascades.add(None, "", value);
        }
        cascades
    }

    /// Adds what the page of a folder says.
    pub(super) fn add(&mut self, language: Option<usize>, folder: &str, cascade: &Value) {
        let mut one = |map: &Map| {
            let (mut values, mut target) = (Map::new(), Map::new());
            for entry in map {
                match (entry.key.to_lowercase().as_str(), &entry.value) {
                    ("_target" | "target", Value::Map(map)) => target = map.clone(),
                    _ => {
                        values.insert(entry.key.clone(), entry.value.clone());
                    }
                }
            }
            let known = ["path", "kind", "lang", "environment"];
            let unknown = target.iter().map(|entry| entry.key.to_lowercase());
            self.unknown.extend(unknown.filter(|key| !known.contains(&key.as_str())));
            self.all.push(Cascade { language, folder: folder.into(), values, target });
        };
        match cascade {
            Value::Map(map) => one(map),
            Value::List(items) => items.iter().filter_map(Value::as_map).for_each(one),
            _ => {}
        }
    }

    /// Puts the nearest folders last.
    pub(super) fn sort(&mut self) {
        self.all.sort_by_key(|cascade| cascade.folder.len());
    }

    /// What holds for a page that does not say it itself.
    pub(super) fn of(&self, place: &Place, config: &Config) -> Map {
        let mut out = Map::new();
        for cascade in &self.all {
            let is_below = cascade.folder.is_empty()
                || *place.folder == *cascade.folder
                || place.folder.strip_prefix(&*cascade.folder).is_some_and(|rest| rest.starts_with('/'));
            let is_language = cascade.language.is_none_or(|language| language == place.language);
            if is_below && is_language && is_meant(&cascade.target, place, config) {
                for entry in &cascade.values {
                    out.insert(entry.key.clone(), entry.value.clone());
                }
            }
        }
        out
    }
}

fn is_meant(target: &Map, place: &Place, config: &Config) -> bool {
    let matches = |key: &str, text: &str| {
        get(target, key).and_then(Value::as_str).is_none_or(|pattern| {
            let pattern = pattern.trim_matches(['{', '}']);
            pattern.split(',').any(|pattern| {
                let pattern = pattern.trim().to_lowercase();
                let pattern = if pattern.ends_with("**") { format!("{pattern}/*") } else { pattern };
                glob(&pattern, text)
            })
        })
    };
    let kind = match (place.is_branch(), place.folder.is_empty()) {
        (true, true) => "home",
        (true, false) => "section",
        _ => "page",
    };
    let path = match &*place.stem {
        "_index" | "index" => format!("/{}", place.folder),
        stem => format!("/{}/{stem}", place.folder),
    };
    let code = config.languages.get(place.language).map_or("", |language| &language.code);
    matches("kind", kind)
        && matches("lang", code)
        && matches("environment", "production")
        && matches("path", &path.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_counts() {
        let mut cascades = Cascades::default();
        let value = |color: &str| {
            let mut map = Map::new();
            map.insert("color", color);
            map
        };
        cascades.add(None, "docs/deep", &Value::Map(value("blue")));
        cascades.add(None, "docs", &Value::Map(value("red")));
        let mut aimed = value("green");
        let mut target = Map::new();
        target.insert("path", "/docs/only/**");
        aimed.insert("_target", Value::Map(target));
        cascades.add(None, "", &Value::List(vec![Value::Map(aimed)]));
        cascades.sort();
        let config = Config::of(Map::new());
        let color = |folder: &str| {
            let place = Place { folder: folder.into(), stem: "x".into(), ..Place::default() };
            cascades.of(&place, &config).get_str_or_nothing()
        };
        assert_eq!(color("docs/deep/er"), "blue");
        assert_eq!(color("docs"), "red");
        assert_eq!(color("posts"), "");
        assert_eq!(color("docsx"), "");
    }

    trait OrNothing {
        fn get_str_or_nothing(&self) -> String;
    }

    impl OrNothing for Map {
        fn get_str_or_nothing(&self) -> String {
            self.get("color").and_then(Value::as_str).unwrap_or_default().to_owned()
        }
    }
}
