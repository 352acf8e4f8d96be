//! `_config.yml`: what the content leans on, and no more.

use crate::front::{yaml_file, yaml_text};
use crate::meta::{Map, Value};
use crate::site::from_hugo::{Config, HugoSite, Ugly};
use crate::site::plan::Plan;

/// The template of the posts' addresses: that of the blog's section, in Jekyll's words as far as it has them. An address
/// that is otherwise stands in its post.
pub(super) fn posts_permalink(site: &HugoSite) -> String {
    let config = &site.config;
    let main = &*site.main;
    match config.permalink(main).and_then(|template| in_jekylls_words(template, main)) {
        Some(template) if config.is_ugly(main) => format!("{}:output_ext", template.trim_end_matches('/')),
        Some(template) => template,
        None if main.is_empty() && matches!(config.ugly, Ugly::All) => "none".to_owned(),
        None if main.is_empty() => "pretty".to_owned(),
        None if config.is_ugly(main) => format!("/{main}/:title:output_ext"),
        None => format!("/{main}/:title/"),
    }
}

fn in_jekylls_words(template: &str, section: &str) -> Option<String> {
    let mut out = String::new();
    for part in template.split('/').filter(|part| !part.is_empty()) {
        out.push('/');
        let mut words = part.split(':');
        out.push_str(words.next().unwrap_or_default());
        for word in words {
            let end = word.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit()).unwrap_or(word.len());
            let (word, rest) = word.split_at(end);
            out.push_str(match word {
                "year" | "2006" => ":year",
                "month" | "01" => ":month",
                "day" | "02" => ":day",
                "06" => ":short_year",
                "1" => ":i_month",
                "2" => ":i_day",
                "section" | "sections" | "sectionslug" | "sectionslugs" if rest.is_empty() => section,
                "slug" | "title" | "filename" | "slugorfilename" | "contentbasename" | "slugorcontentbasename" => {
                    ":title"
                }
                _ => return None,
            });
            // A word ends where the next letter is none of its own.
            if rest.starts_with('_') {
                return None;
            }
            out.push_str(rest);
        }
    }
    Some(out + "/")
}

/// The entries that change what files mean.
pub(super) fn map(plan: &Plan, permalink: &str) -> Map {
    let config = &plan.hugo.config;
    let mut map = Map::new();
    let title = config.languages.first().and_then(|language| language.title.clone());
    if let Some(title) = title {
        map.insert("title", title);
    }
    if !config.host.is_empty() {
        map.insert("url", config.host.as_str());
    }
    if !config.base.is_empty() {
        map.insert("baseurl", config.base.as_str());
    }
    if let Some(zone) = &plan.timezone {
        map.insert("timezone", zone.as_str());
    }
    map.insert("permalink", permalink);
    if config.is_on("buildFuture") {
        map.insert("future", true);
    }
    if plan.hugo.has_more {
        map.insert("excerpt_separator", "<!--more-->");
    }
    if let Some(kramdown) = kramdown(config) {
        map.insert("kramdown", kramdown);
    }
    map
}

/// What kramdown is to do that it does not do by itself.
fn kramdown(config: &Config) -> Option<Map> {
    let mut out = plain_typography(config).unwrap_or_default();
    if config.is_on("markup.goldmark.renderer.hardWraps") {
        out.insert("hard_wrap", true);
    }
    (!out.is_empty()).then_some(out)
}

fn plain_typography(config: &Config) -> Option<Map> {
    let typographer = config.get("markup.goldmark.extensions.typographer")?;
    let is_off = *typographer == Value::Bool(false)
        || typographer
            .as_map()
            .is_some_and(|map| crate::site::from_hugo::get(map, "disable") == Some(&Value::Bool(true)));
    if !is_off {
        return None;
    }
    let mut symbols = Map::new();
    for (name, text) in [
        ("hellip", "..."),
        ("mdash", "---"),
        ("ndash", "--"),
        ("laquo", "<<"),
        ("raquo", ">>"),
        ("laquo_space", "<< "),
        ("raquo_space", " >>"),
    ] {
        symbols.insert(name, text);
    }
    let mut out = Map::new();
    out.insert("smart_quotes", "apos,apos,quot,quot");
    out.insert("typographic_symbols", symbols);
    Some(out)
}

/// The whole file.
pub(super) fn text(plan: &Plan, with_layouts: bool) -> String {
    let mut out = yaml_file(&plan.config.map);
    if !plan.config.map.contains_key("url") {
        out.push_str("# url: https://example.org\n");
    }
    if with_layouts {
        out.push_str("defaults:\n  - scope:\n      path: ''\n    values:\n      layout: default\n");
    }
    out
}

/// One line of YAML.
pub(super) fn line(key: &str, value: &str) -> String {
    format!("{key}: {}\n", yaml_text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_in_jekylls_words() {
        assert_eq!(in_jekylls_words("/:year/:month/:slug/", "posts").as_deref(), Some("/:year/:month/:title/"));
        assert_eq!(
            in_jekylls_words(":section/:06-:1/x-:title", "posts").as_deref(),
            Some("/posts/:short_year-:i_month/x-:title/")
        );
        assert_eq!(in_jekylls_words("/:sections[1:]/:slug/", "posts"), None);
        assert_eq!(in_jekylls_words("/:yearday/:slug/", "posts"), None);
    }
}
