//! Keys: what those stand for that are no text, and maps that are merged into others.

use super::compose::{Key, MapFrame};
use super::rules::Rules;
use crate::meta::{Entry, Map, Value};

/// What a key that is no text stands for.
pub(super) fn text(value: &Value, rules: Rules) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) if rules == Rules::Hugo => go_float(number.value()),
        Value::Float(number) => format!("{:?}", number.value()),
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::String(text) => text.clone(),
        Value::List(_) | Value::Map(_) => super::emit::inline(value),
    }
}

/// As Go prints a float for `%v`, but for very large and small ones.
fn go_float(number: f64) -> String {
    match number {
        f64::INFINITY => "+Inf".to_owned(),
        f64::NEG_INFINITY => "-Inf".to_owned(),
        number => number.to_string(),
    }
}

/// `{b:1}` in goccy: between braces a colon ends a key without a space behind it, unless a slash follows.
pub(super) fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let at = memchr::memchr_iter(b':', text.as_bytes()).find(|&at| !text[at + 1..].starts_with('/'))?;
    Some((&text[..at], &text[at + 1..]))
}

/// The maps that `<<` merges, in the order in which they are to be set.
///
/// # Errors
/// If the value is no map, or no list of maps where the reader takes one; the type that it is instead.
pub(super) fn merged_maps(value: Value, rules: Rules) -> Result<Vec<Map>, &'static str> {
    match value {
        Value::Map(map) => Ok(vec![map]),
        Value::List(items) if rules != Rules::Jekyll && items.iter().all(|item| item.as_map().is_some()) => {
            let maps = items.into_iter().filter_map(|item| if let Value::Map(map) = item { Some(map) } else { None });
            // By YAML 1.1 the first wins; to goccy the last, as each is set in turn.
            if rules == Rules::Hugo { Ok(maps.collect()) } else { Ok(maps.rev().collect()) }
        }
        other => Err(other.type_name()),
    }
}

impl MapFrame {
    /// Merges a map: in Jekyll and Hugo as if its entries stood there, elsewhere a map's own entries win.
    pub(super) fn merge(&mut self, map: Map, key: &Key, rules: Rules) {
        for mut entry in map {
            entry.span = key.span;
            let is_own = self.entries.position(&entry.key).is_some() && !self.merged.contains(&entry.key);
            if is_own && rules != Rules::Jekyll && rules != Rules::Hugo {
                continue;
            }
            if !is_own {
                self.merged.insert(entry.key.clone());
            }
            self.entries.set(entry);
        }
    }

    /// Sets an entry of the map's own, whose key stands at `at` already or is new.
    pub(super) fn set(&mut self, entry: Entry, at: Option<usize>) {
        if !self.merged.is_empty() {
            self.merged.remove(&entry.key);
        }
        self.entries.set_at(entry, at);
    }
}
