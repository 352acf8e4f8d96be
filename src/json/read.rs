use super::{JsonPost, body_extensions, markdown_extensions, types};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Input, Limits, Schema};
use crate::front::Json;
use crate::meta::{CANONICAL_KEYS, Comment, CommentPlace, Entry, Map, Meta, Step, Value};
use crate::post::{Body, Post, SourceText, Spelling};
use crate::post_format::read_body;

/// The keys of the root that are no front matter.
const FRAME: [&str; 6] = ["version", "extra", "body", "source", "types", "comments"];

pub(super) fn read(format: &JsonPost, input: Input<'_>, limits: &Limits, sink: &mut dyn Sink) -> Result<Post, Error> {
    let text = input.text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let root = Json.parse(text, Span::new(start, text.len()), Schema::Core, sink)?.map;
    check_version(&root)?;
    let mut post = Post::default();
    let frame = |key: &str| root.entry(key).map(|entry| (entry.value.clone(), entry.span));
    let types = match frame("types") {
        Some((types, span)) => map("types", types, span)?,
        None => Map::new(),
    };

    let mut typed = Value::Map(root.clone());
    types::restore(&mut typed, &mut String::new(), &types);
    let Value::Map(typed) = typed else { return Ok(post) };
    post.meta = meta(typed.clone(), sink)?;
    if let Some((comments, span)) = frame("comments") {
        post.meta.comments = comment_list(comments, span)?;
    }
    post.path = input.path.map(str::to_owned);
    if let Some(entry) = typed.entry("source") {
        source(&mut post, map("source", entry.value.clone(), entry.span)?, entry.span)?;
    }
    let Some(entry) = root.entry("body") else {
        return Err(shape("it has no `body`", Span::new(start, start)));
    };
    post.body = body(format, entry, &post.meta, text, limits, sink)?;
    Ok(post)
}

fn check_version(root: &Map) -> Result<(), Error> {
    match root.entry("version") {
        None => Err(shape("it has no `version`", Span::default())),
        Some(entry) if matches!(&entry.value, Value::Integer(version) if version.as_i64() == Some(1)) => Ok(()),
        Some(entry) => Err(shape("its `version` is not 1, the only one there is", entry.span)),
    }
}

fn meta(root: Map, sink: &mut dyn Sink) -> Result<Meta, Error> {
    let mut meta = Meta::new();
    let mut rest: Vec<Entry> = Vec::new();
    for entry in root {
        match entry.key.as_str() {
            "extra" => rest.extend(map("extra", entry.value, entry.span)?),
            key if FRAME.contains(&key) => {}
            key if CANONICAL_KEYS.contains(&key) => {
                let end = meta.map.len();
                meta.map.insert_at(end, entry);
            }
            key => {
                let message =
                    format!("`{key}` does not stand at the root of a JSON post but under `extra`: read as if it did");
                sink.report(Diagnostic::new(&codes::JSON_POST_KEY, message).at(entry.span));
                rest.push(entry);
            }
        }
    }
    for entry in rest {
        if meta.map.contains_key(&entry.key) {
            return Err(shape(&format!("`{}` stands at the root and under `extra`", entry.key), entry.span));
        }
        let end = meta.map.len();
        meta.map.insert_at(end, entry);
    }
    Ok(meta)
}

fn body(
    format: &JsonPost,
    entry: &Entry,
    meta: &Meta,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Body, Error> {
    let body = map("body", entry.value.clone(), entry.span)?;
    let field = |name: &str| {
        body.get(name).and_then(Value::as_str).ok_or_else(|| shape(&format!("`body` has no text `{name}`"), entry.span))
    };
    let (name, text) = (field("markup")?, field("text")?);
    let markup = format.markup(name).ok_or_else(|| {
        let known = format.markups.iter().map(|markup| format!("`{}`", markup.name())).collect::<Vec<_>>().join(", ");
        shape(&format!("`{name}` is no markup of a body; these are: {known}"), entry.span)
    })?;
    let mut extensions = markdown_extensions().only(markup.extensions());
    for extension in body.get("extensions").and_then(Value::as_list).unwrap_or_default() {
        let known = extension.as_str().filter(|extension| body_extensions(name).contains(extension));
        let bad = || shape(&format!("a body in `{name}` is read without one of its `extensions`"), entry.span);
        extensions.switch_on(known.ok_or_else(bad)?);
    }
    let span = body.entry("text").map(|entry| entry.span).filter(|span| !span.is_empty());
    let places = span.map(|span| places(file, span)).unwrap_or_default();
    let file_places = SourceText::new(name, extensions.clone(), "").placed(places.clone());
    let mut placed = |mut diagnostic: Diagnostic| {
        diagnostic.span = diagnostic.span.map(|span| file_places.in_file(span));
        sink.report(diagnostic);
    };
    let language = match body.get("tags").and_then(Value::as_str) {
        Some(name) => {
            let dialect = format.dialects.iter().find(|dialect| dialect.name() == name);
            let dialect =
                dialect.ok_or_else(|| shape(&format!("`{name}` is no dialect with template tags"), entry.span))?;
            dialect.tags(meta)
        }
        None => None,
    };
    let source = SourceText::new(name, extensions, text).placed(places);
    read_body(markup, source, Span::new(0, text.len()), language, meta, limits, &mut placed)
}

fn source(post: &mut Post, source: Map, span: Span) -> Result<(), Error> {
    if let Some(format) = source.get("format").and_then(Value::as_str) {
        post.origin.original = Some(format.to_owned());
    }
    if let Some(path) = source.get("path").and_then(Value::as_str) {
        post.path = Some(path.to_owned());
    }
    let spelling = source.get("spelling").and_then(Value::as_list).unwrap_or_default();
    for spelt in spelling {
        let bad = || shape("an item of `source.spelling` lacks `dialect`, `key`, `value` or `written`", span);
        let spelt = spelt.as_map().ok_or_else(bad)?;
        let text = |name: &str| spelt.get(name).and_then(Value::as_str).ok_or_else(bad);
        let written = spelt.get("written").and_then(Value::as_map).ok_or_else(bad)?.clone();
        post.origin.spelling.push(Spelling::new(
            text("dialect")?.to_owned(),
            text("key")?.to_owned(),
            spelt.get("value").ok_or_else(bad)?.clone(),
            written.into_iter().map(|entry| (entry.key, entry.value)).collect(),
        ));
    }
    Ok(())
}

fn comment_list(comments: Value, span: Span) -> Result<Vec<Comment>, Error> {
    let bad = || shape("an item of `comments` lacks `path`, `place` or `text`", span);
    let Value::List(items) = comments else { return Err(bad()) };
    items
        .iter()
        .map(|item| {
            let item = item.as_map().ok_or_else(bad)?;
            let path = item.get("path").and_then(Value::as_str).ok_or_else(bad)?;
            let place = match item.get("place").and_then(Value::as_str) {
                Some("before") => CommentPlace::Before,
                Some("trailing") => CommentPlace::Trailing,
                Some("end") => CommentPlace::End,
                _ => return Err(bad()),
            };
            let mut comment = Comment::new(steps(path), place, "");
            comment.text = match item.get("text").ok_or_else(bad)? {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                _ => return Err(bad()),
            };
            Ok(comment)
        })
        .collect()
}

/// A JSON Pointer into the post as steps into its front matter.
fn steps(path: &str) -> Vec<Step> {
    let mut parts = path.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).peekable();
    if parts.peek().is_some_and(|part| part == "extra") {
        parts.next();
    }
    let mut steps = Vec::new();
    for part in parts {
        match part.parse() {
            // A top-level step is always a key, and a key of digits is rarer than an index.
            Ok(index) if !steps.is_empty() => steps.push(Step::Index(index)),
            _ => steps.push(Step::Key(part)),
        }
    }
    steps
}

fn map(key: &str, value: Value, span: Span) -> Result<Map, Error> {
    match value {
        Value::Map(map) => Ok(map),
        other => Err(shape(&format!("`{key}` is a {}, not an object", other.type_name()), span)),
    }
}

fn shape(what: &str, span: Span) -> Error {
    Error::new(&codes::JSON_POST_SHAPE, format!("this JSON is not a post: {what}"))
        .at(span)
        .help("`postferry schema` prints what a JSON post looks like")
}

/// Where the string in the entry at `span` stands in the file: a new run begins behind every escape.
fn places(file: &str, span: Span) -> Vec<(usize, usize)> {
    let Some(entry) = span.slice(file) else { return Vec::new() };
    let bytes = entry.as_bytes();
    let Some(key_end) = string_end(bytes, 0) else { return Vec::new() };
    let Some(open) = memchr::memchr(b'"', &bytes[key_end..]).map(|at| key_end + at) else { return Vec::new() };
    let (mut at, mut decoded) = (open + 1, 0);
    let mut places = vec![(0, span.start + at)];
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => break,
            b'\\' => {
                let (length, width) = escape(entry, at);
                at += length;
                decoded += width;
                places.push((decoded, span.start + at));
            }
            _ => {
                at += 1;
                decoded += 1;
            }
        }
    }
    places
}

/// Length in the file and width in UTF-8 of the escape at `at`.
fn escape(text: &str, at: usize) -> (usize, usize) {
    let unit = |at: usize| text.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    if text.as_bytes().get(at + 1) != Some(&b'u') {
        return (2, 1);
    }
    match unit(at) {
        // The first half of a pair: the other follows as an escape of its own.
        Some(0xd800..=0xdbff) => (12, 4),
        Some(code) => (6, char::from_u32(code).map_or(3, char::len_utf8)),
        None => (2, 1),
    }
}

fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::places;
    use crate::diag::Span;

    #[test]
    fn an_escape_begins_a_new_run() {
        let file = r#"{ "text": "a\nb\u00e9c" }"#;
        let span = Span::new(2, file.len() - 2);
        // a at 11, b behind the escape at 14, c behind another at 21; é takes two bytes.
        assert_eq!(places(file, span), [(0, 11), (2, 14), (5, 21)]);
    }
}
