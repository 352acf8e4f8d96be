//! Putting values into the lists and maps that they stand in: keys, entries, merges, duplicates.

use std::ops::Range;

use super::compose::{Composer, Frame, Key, Kind, MapFrame, Node};
use super::keys;
use super::rules::Rules;
use crate::diag::{Diagnostic, Span, codes};
use crate::error::Error;
use crate::meta::{Entry, Map, Value};

impl Composer<'_, '_> {
    /// Puts a value where it belongs: into the list or map that is open, as a key or a value.
    pub(super) fn place(&mut self, node: Node) -> Result<(), Error> {
        if !node.range.is_empty() {
            self.value_end = node.range.end;
            self.is_behind_plain = node.is_plain;
        }
        let (span, rules, has_braces) = (self.span(&node.range), self.rules, self.open_braces > 0);
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node.value);
            return Ok(());
        };
        frame.size += node.size;
        match &mut frame.kind {
            Kind::List(items) => {
                items.push(match node.value.as_str().filter(|_| rules == Rules::Hugo && has_braces && node.is_plain) {
                    Some(text) => unseparated_pair(text, span).unwrap_or(node.value),
                    None => node.value,
                });
                Ok(())
            }
            Kind::Map(MapFrame { key: None, .. }) => self.key(node),
            Kind::Map(map) => {
                let Some(key) = map.key.take() else { return Ok(()) };
                self.entry(key, node)
            }
        }
    }

    pub(super) fn key(&mut self, node: Node) -> Result<(), Error> {
        if self.rules == Rules::Hugo && matches!(node.value, Value::List(_) | Value::Map(_)) {
            let message = format!("a key is a {}", node.value.type_name());
            return Err(self.error(message, &node.range).help("put quotes around it"));
        }
        let span = self.span(&node.range);
        // Whether a map as a key is Liquid without quotes shows when the map around it is read.
        let may_be_liquid = self.yaml[..node.range.start].ends_with('{') && matches!(node.value, Value::Map(_));
        if !may_be_liquid && !matches!(node.value, Value::String(_)) {
            let message = format!("the key is a {}, read as the text that it stands for", node.value.type_name());
            self.report(&codes::KEY_NOT_TEXT, message, &node.range);
        }
        let is_merge = node.value.as_str() == Some("<<") && (node.is_plain || self.rules == Rules::Jekyll);
        let key = Key {
            text: keys::text(&node.value, self.rules),
            span,
            start: node.range.start,
            is_merge,
            is_bare: node.is_plain,
            is_plain: node.is_plain && matches!(node.value, Value::String(_)),
        };
        if let Some(Frame { kind: Kind::Map(map), .. }) = self.stack.last_mut() {
            map.key = Some(key);
        }
        self.attach_to_key();
        Ok(())
    }

    pub(super) fn entry(&mut self, mut key: Key, node: Node) -> Result<(), Error> {
        let is_absent = node.range.is_empty();
        let end = if is_absent { self.end_of_bare_key(key.start) } else { node.range.end };
        let span = self.span(&(key.start..end));
        let mut value = node.value;
        if self.rules == Rules::Hugo
            && self.open_braces > 0
            && is_absent
            && key.is_plain
            && let Some((name, rest)) = keys::split_at_colon(&key.text)
        {
            value = self.rules.scalar(rest, true, None);
            key.text = name.to_owned();
        }
        let Some(Frame { kind: Kind::Map(map), .. }) = self.stack.last_mut() else { return Ok(()) };
        // In quotes and with anything but an alias to merge SafeYAML would stop, or lose it: a key is what was meant.
        if key.is_merge && (key.is_bare || (node.is_alias && matches!(value, Value::Map(_)))) {
            key.span = span;
            let mut maps = keys::merged_maps(value, self.rules).map_err(|found| {
                Error::new(&codes::YAML_SYNTAX, format!("`<<` merges a map, and this is a {found}")).at(span)
            })?;
            // SafeYAML 1.0.5 merges a map when it begins, and so has only what an alias repeats.
            if self.rules == Rules::Jekyll && !node.is_alias && maps.iter().any(|map| !map.is_empty()) {
                let message = "Jekyll merges nothing of a map that is written behind `<<` itself";
                self.sink.push(Diagnostic::new(&codes::MERGE_EMPTY, message).at(span));
                maps.clear();
            }
            maps.into_iter().for_each(|merged| map.merge(merged, &key, self.rules));
            let is_again = std::mem::replace(&mut map.has_merge, true);
            return if is_again && self.rules == Rules::Hugo { Err(twice(&key.text, span)) } else { Ok(()) };
        }
        let at = map.entries.position(&key.text);
        if at.is_some() && !map.merged.contains(&key.text) {
            if self.rules == Rules::Hugo {
                return Err(twice(&key.text, span));
            }
            let message = format!("the key `{}` stands twice in one map: the last one counts", key.text);
            self.sink.push(Diagnostic::new(&codes::KEY_DUPLICATE, message).at(span));
        }
        map.set(Entry { key: key.text, value, span }, at);
        Ok(())
    }

    /// Where the entry of a key ends that has nothing behind its colon.
    fn end_of_bare_key(&self, start: usize) -> usize {
        let end = self.value_end.max(start);
        let rest = self.yaml.get(end..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', '\t']);
        if behind.starts_with(':') { end + rest.len() - behind.len() + 1 } else { end }
    }

    /// `{{ page.title }}` without quotes is a map in a map to YAML, and to SafeYAML an empty one. It was meant as text.
    pub(super) fn as_liquid(&mut self, value: Value, range: &Range<usize>) -> Value {
        let Value::Map(map) = &value else { return value };
        let Some(source) = self.yaml.get(range.clone()).filter(|source| source.starts_with("{{")) else { return value };
        let is_alone = map.len() == 1 && map.iter().all(|entry| entry.value == Value::Null);
        if !is_alone || !source.ends_with("}}") || source.contains('\n') || self.awaits_key() {
            let message = "the key is a map, read as the text that it stands for".to_owned();
            self.report(&codes::KEY_NOT_TEXT, message, range);
            return value;
        }
        let text = self.prepared.restore(source).into_owned();
        let message = format!("`{text}` without quotes is a map to YAML: kept as text");
        self.report(&codes::LIQUID_UNQUOTED, message, range);
        Value::String(text)
    }

    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { kind: Kind::Map(MapFrame { key: None, .. }), .. }))
    }
}

fn twice(key: &str, span: Span) -> Error {
    Error::new(&codes::KEY_DUPLICATE, format!("the key `{key}` stands twice in one map"))
        .at(span)
        .help("remove one of the two: Hugo does not build this page")
}

/// `[b:1]` between braces, to goccy a map in the list.
fn unseparated_pair(text: &str, span: Span) -> Option<Value> {
    let (name, rest) = keys::split_at_colon(text)?;
    let entry = Entry { key: name.to_owned(), value: Rules::Hugo.scalar(rest, true, None), span };
    Some(Value::Map(Map::from_unique(vec![entry])))
}
