//! Which format a post is in, where none is named.

use crate::format::{Input, Schema};
use crate::meta::Meta;
use crate::registry::Registry;
use crate::spec::FormatSpec;

/// The format of `input`: by its fence, its keys and its path, in this order. There is always an answer, if only
/// `markdown`.
pub(crate) fn detect(registry: &Registry, input: Input<'_>) -> FormatSpec {
    let extension = extension(input.path);
    if is_json_post(input.text, extension) {
        return FormatSpec::new("json");
    }
    let text = input.text;
    for front in registry.fronts() {
        // What is broken or never closed is told by the reader, with the place.
        let Ok(split) = front.split(text, Schema::Core) else {
            return by_signs(registry, &Meta::new(), input.path, front.name());
        };
        if let Some(split) = split {
            let meta = front.parse(text, split.front, Schema::Core, &mut ()).unwrap_or_default();
            return by_signs(registry, &meta, input.path, front.name());
        }
    }
    let dated_in_posts =
        registry.dialects().iter().any(|d| d.name() == "jekyll" && d.signs(&Meta::new(), input.path) > 0);
    match extension {
        _ if dated_in_posts => FormatSpec::new("jekyll"),
        Some("html" | "htm" | "xhtml") => FormatSpec::new("html"),
        None if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => FormatSpec::new("html"),
        _ => FormatSpec::new("markdown"),
    }
}

fn by_signs(registry: &Registry, meta: &Meta, path: Option<&str>, front: &str) -> FormatSpec {
    match front {
        "head" => return FormatSpec::new("html"),
        "meta" => return FormatSpec::new("markdown").plus("meta"),
        // Only Hugo reads these.
        "toml" | "json" => return FormatSpec::new("hugo"),
        _ => {}
    }
    let best = registry
        .dialects()
        .iter()
        .map(|dialect| (dialect.signs(meta, path), dialect.name()))
        // The first registered wins where signs are equal.
        .rev()
        .max_by_key(|&(signs, _)| signs);
    let is_format = |name: &str| registry.formats().iter().any(|format| format.name == name);
    match best {
        Some((signs, name)) if signs > 0 && is_format(name) => FormatSpec::new(name),
        _ if matches!(extension(path), Some("md" | "markdown")) => FormatSpec::new("markdown"),
        _ => FormatSpec::new("jekyll"),
    }
}

fn is_json_post(text: &str, extension: Option<&str>) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    let is_json = extension == Some("json");
    if !text.starts_with('{') || !(is_json || text.ends_with('}')) {
        return false;
    }
    let has_body = |post: &serde_json::Map<String, serde_json::Value>| post.contains_key("body");
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Object(post)) => is_json || has_body(&post),
        // Broken: said so by the reader of what the file claims to be.
        _ => is_json,
    }
}

fn extension(path: Option<&str>) -> Option<&str> {
    path?.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}
