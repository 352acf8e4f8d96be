//! A post as one JSON object: [`SCHEMA`] says which.

mod read;
mod types;
mod write;

use std::fmt;
use std::sync::Arc;

use crate::diag::{Sink, codes};
use crate::error::Error;
use crate::format::{Dialect, Extensions, Input, Markup, ReadOptions, Reader, WriteOptions, Writer};
use crate::markup::kramdown;
use crate::meta::{CANONICAL_KEYS, DATE_KEYS, Value};
use crate::post::Post;

/// The JSON Schema of a JSON post (draft 2020-12).
pub const SCHEMA: &str = include_str!("../../docs/post.schema.json");

/// Reads and writes JSON posts.
///
/// Written with the name of a markup as an extension, the body is in that markup; else it stays in the one it is in.
pub struct JsonPost {
    markups: Vec<Arc<dyn Markup>>,
    dialects: Vec<Arc<dyn Dialect>>,
}

impl JsonPost {
    /// JSON posts whose bodies are in these markups; one that was read from no text is in `markdown`.
    pub fn new(markups: Vec<Arc<dyn Markup>>) -> Self {
        JsonPost { markups, dialects: Vec::new() }
    }

    /// The same, with the dialects whose template tags bodies may hold.
    #[must_use]
    pub fn dialects(mut self, dialects: Vec<Arc<dyn Dialect>>) -> Self {
        self.dialects = dialects;
        self
    }

    fn markup(&self, name: &str) -> Option<&Arc<dyn Markup>> {
        self.markups.iter().find(|markup| markup.name() == name)
    }
}

impl fmt::Debug for JsonPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonPost").finish_non_exhaustive()
    }
}

impl Reader for JsonPost {
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error> {
        let mut post = read::read(self, input, &options.limits, sink)?;
        if let Some(map) = &options.key_map {
            map.apply_to_source(&mut post.meta, sink);
        }
        Ok(post)
    }
}

impl Writer for JsonPost {
    fn write(
        &self,
        post: &Post,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let mut post = std::borrow::Cow::Borrowed(post);
        if let Some(map) = &options.key_map {
            map.apply_to_target(&mut post.to_mut().meta, sink);
        }
        let text = write::write(self, &post, options, sink)?;
        out.write_str(&text)
            .map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
    }

    fn path(&self, post: &Post) -> Option<String> {
        let path = post.path.as_deref()?;
        let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        Some(format!("{folder}{}.json", post.file_stem()?))
    }
}

/// The extensions that a body in the markup `name` may be read with in a JSON post, where it says so.
fn body_extensions(name: &str) -> &'static [&'static str] {
    if name == "kramdown" { kramdown::READING } else { &[] }
}

/// What Markdown means in a JSON post.
fn markdown_extensions() -> Extensions {
    ["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"]
        .into_iter()
        .collect()
}

/// Whether the entry may stand at the root: its key is canonical and its value of the type that the schema gives it.
/// Otherwise it stands under `extra`.
fn is_at_root(key: &str, value: &Value) -> bool {
    let is_texts = || value.as_list().is_some_and(|items| items.iter().all(|item| item.as_str().is_some()));
    match key {
        _ if !CANONICAL_KEYS.contains(&key) => false,
        _ if DATE_KEYS.contains(&key) => value.is_date() || value.as_str().is_some(),
        "draft" => value.as_bool().is_some(),
        "aliases" | "categories" | "tags" | "authors" | "keywords" => is_texts(),
        "weight" => matches!(value, Value::Integer(_)),
        _ => value.as_str().is_some(),
    }
}
