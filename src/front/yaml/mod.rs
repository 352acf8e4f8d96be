//! YAML: read as each generator reads it, written so that all of them read the same.

mod base64;
mod checks;
mod comments;
mod compose;
mod emit;
mod keys;
mod place;

mod plain;
mod prepare;
mod rules;
mod strict;
#[cfg(test)]
mod tests;
mod timestamp;

use std::fmt;

use super::fence::{Fence, is_yaml_entry};
use super::{edit, print};
use crate::diag::{Diagnostic, Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::{Entry, Map, Meta, Value};
use crate::post::FrontText;

pub(super) use emit::{emit, inline};
pub(super) use rules::Rules;

const FENCE: Fence = Fence { mark: "---", other_close: Some("..."), is_entry: is_yaml_entry };

/// A text of one line.
pub(crate) fn yaml_text(value: &str) -> String {
    let mut out = String::new();
    plain::write(value, plain::Place::Block, &mut out);
    out
}

/// A file that holds these entries and nothing else.
pub(crate) fn yaml_file(map: &Map) -> String {
    let mut meta = Meta::new();
    meta.map = map.clone();
    emit(&meta, &mut ())
}

/// YAML between lines of `---`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Yaml;

impl FrontMatter for Yaml {
    fn name(&self) -> &str {
        "yaml"
    }

    fn extensions(&self) -> &[&str] {
        &["trace"]
    }

    fn split(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error> {
        FENCE.split(text, schema)
    }

    fn parse(&self, text: &str, front: Span, schema: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        parse(text, front, Rules::of(schema), sink)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        print::fenced(FENCE.mark, &emit(meta, sink), body, out)
    }

    fn edit(&self, source: &FrontText, meta: &Meta, schema: Schema, sink: &mut dyn Sink) -> Option<(String, String)> {
        if source.schema == schema && source.meta == *meta {
            return Some(source.around.clone());
        }
        let (text, rules) = (source.around.0.as_str(), Rules::of(schema));
        // What the words mean to those who will read them may be another thing: `yes`, `12:30`.
        let mut says = parse(text, source.span, rules, &mut ()).ok()?;
        // Hugo had another reader before 0.152, to which `1e3` is a number.
        if schema == Schema::Hugo
            && let Ok(core) = parse(text, source.span, Rules::of(Schema::Core), &mut ())
        {
            let is_text =
                |entry: &&Entry| core.map.get(&entry.key).is_none_or(|core| is_text_to_both(&entry.value, core));
            says.map = Map::from_unique(says.map.iter().filter(is_text).cloned().collect());
        }
        let source_text = edit::Source { text, front: source.span, meta: &source.meta, says: &says };
        let edited = edit::edit(&source_text, meta, &Lines)?;
        // An alias may have lost its anchor: only what reads as if it were written anew will do.
        let read = |yaml: &str| parse(yaml, Span::new(0, yaml.len()), rules, &mut ()).ok();
        let mut report = Vec::new();
        let is_same = read(&edited)?.map == read(&emit(meta, &mut report))?.map;
        let fence = if source.schema == schema { None } else { Some(FENCE.mark) };
        if !is_same {
            return None;
        }
        report.into_iter().for_each(|diagnostic: Diagnostic| sink.report(diagnostic));
        Some((edit::fenced(text, source.span, &edited, fence), source.around.1.clone()))
    }
}

/// Whether every text of `value` is text in `core` too, the same as another reader has it.
fn is_text_to_both(value: &Value, core: &Value) -> bool {
    let mut pairs = vec![(value, core)];
    while let Some(pair) = pairs.pop() {
        match pair {
            (Value::String(_), core) if core.as_str().is_none() => return false,
            (Value::List(items), Value::List(core)) => pairs.extend(items.iter().zip(core)),
            (Value::Map(map), Value::Map(core)) => {
                pairs.extend(map.iter().filter_map(|entry| Some((&entry.value, core.get(&entry.key)?))));
            }
            _ => {}
        }
    }
    true
}

/// Entries as lines of YAML.
struct Lines;

impl edit::Notation for Lines {
    fn entry(&self, entry: &Meta) -> String {
        emit(entry, &mut ())
    }

    fn key(&self, key: &str) -> String {
        emit::key(key)
    }

    fn is_behind_others(&self, _: &Value) -> bool {
        false
    }

    fn separator(&self) -> char {
        ':'
    }
}

/// Reads the part `front` of `text` by `rules`.
pub(super) fn parse(text: &str, front: Span, rules: Rules, sink: &mut dyn Sink) -> Result<Meta, Error> {
    compose::compose(text, front, rules, sink)
}
