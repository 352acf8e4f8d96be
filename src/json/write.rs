use super::{JsonPost, body_extensions, is_at_root, markdown_extensions, types};
use crate::diag::{Sink, codes};
use crate::error::Error;
use crate::format::{Extensions, WriteOptions};
use crate::front::value_to_json;
use crate::meta::{CANONICAL_KEYS, Comment, CommentPlace, Entry, Map, Step, Value, pointer};
use crate::post::{Post, Spelling};
use crate::post_format::{Target, TargetDialect, print_body, tag_dialect};

pub(super) fn write(
    format: &JsonPost,
    post: &Post,
    options: &WriteOptions,
    sink: &mut dyn Sink,
) -> Result<String, Error> {
    let mut root = Map::new();
    root.insert("version", 1_i64);
    let (at_root, extra): (Vec<&Entry>, Vec<&Entry>) =
        post.meta.map.iter().partition(|entry| is_at_root(&entry.key, &entry.value));
    for key in CANONICAL_KEYS {
        if let Some(entry) = at_root.iter().find(|entry| entry.key == key) {
            root.insert(key, entry.value.clone());
        }
    }
    if !extra.is_empty() {
        root.insert("extra", Map::from_unique(extra.into_iter().cloned().collect()));
    }
    root.insert("body", body(format, post, options, sink)?);
    let source = source(post);
    if !source.is_empty() {
        root.insert("source", source);
    }

    let mut root = Value::Map(root);
    let mut lost = Map::new();
    types::collect(&root, &mut String::new(), &mut lost);
    if let Value::Map(root) = &mut root {
        if !lost.is_empty() {
            root.insert("types", lost);
        }
        if !post.meta.comments.is_empty() {
            let comments = post.meta.comments.iter().map(|comment| comment_value(comment, &at_root));
            root.insert("comments", Value::List(comments.collect()));
        }
    }
    let mut text = serde_json::to_string_pretty(&value_to_json(&root))
        .map_err(|error| Error::new(&codes::WRITE_FAILED, "the post has no form in JSON").caused_by(error))?;
    text.push('\n');
    Ok(text)
}

fn body(format: &JsonPost, post: &Post, options: &WriteOptions, sink: &mut dyn Sink) -> Result<Map, Error> {
    let source = post.body.source().map(|(source, _)| source);
    let asked = format.markups.iter().find(|markup| options.extensions.has(markup.name()));
    let own = || format.markup(&source?.markup);
    let Some(markup) = asked.or_else(own).or_else(|| format.markup("markdown")) else {
        return Err(Error::new(&codes::WRITE_FAILED, "this JSON has no markup for bodies"));
    };
    let name = markup.name();
    let reading = match source.filter(|source| source.markup == name) {
        Some(source) => source.extensions.only(body_extensions(name)),
        None => Extensions::new(),
    };
    let tags = tag_dialect(&post.body);
    let text = {
        let mut extensions = markdown_extensions().only(markup.extensions());
        reading.iter().for_each(|name| extensions.switch_on(name));
        let options = WriteOptions { extensions, ..options.clone() };
        // The tags stay those that they are.
        let dialect = tags.and_then(|name| format.dialects.iter().find(|dialect| dialect.name() == name));
        let dialect = dialect.map(|dialect| TargetDialect {
            name: dialect.name(),
            language: dialect.tags(&post.meta),
            meta: &post.meta,
        });
        let target = Target { markup: markup.as_ref(), options: &options, dialect };
        print_body(&post.body, &target, sink)?
    };
    let mut body = Map::new();
    body.insert("markup", name);
    if reading.iter().next().is_some() {
        body.insert("extensions", reading.iter().map(Value::from).collect::<Vec<_>>());
    }
    if let Some(dialect) = tags {
        body.insert("tags", dialect);
    }
    body.insert("text", text);
    Ok(body)
}

fn source(post: &Post) -> Map {
    let mut source = Map::new();
    let format = post.origin.original();
    // That a JSON post comes from a JSON post says nothing.
    if !format.is_empty() && format.split('+').next() != Some("json") {
        source.insert("format", format);
    }
    if let Some(path) = &post.path {
        source.insert("path", path.as_str());
    }
    let spelling: Vec<Value> = post
        .origin
        .spelling
        .iter()
        .filter(|spelling| post.meta.get(&spelling.key) == Some(&spelling.canonical))
        .map(spelling_value)
        .collect();
    if !spelling.is_empty() {
        source.insert("spelling", spelling);
    }
    source
}

fn spelling_value(spelling: &Spelling) -> Value {
    let mut out = Map::new();
    out.insert("dialect", &*spelling.dialect);
    out.insert("key", &*spelling.key);
    out.insert("value", spelling.canonical.clone());
    out.insert("written", spelling.written.iter().cloned().collect::<Map>());
    Value::Map(out)
}

fn comment_value(comment: &Comment, at_root: &[&Entry]) -> Value {
    let mut path = comment.path.clone();
    if let Some(Step::Key(key)) = path.first()
        && !at_root.iter().any(|entry| entry.key == *key)
    {
        path.insert(0, Step::Key("extra".to_owned()));
    }
    let mut out = Map::new();
    out.insert("path", pointer(&path));
    out.insert(
        "place",
        match comment.place {
            CommentPlace::Before => "before",
            CommentPlace::Trailing => "trailing",
            CommentPlace::End => "end",
        },
    );
    out.insert("text", comment.text.as_deref().map_or(Value::Null, Value::from));
    Value::Map(out)
}
