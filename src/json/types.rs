//! Types that a JSON string loses, noted by JSON Pointer.

use crate::date::recognize;
use crate::meta::{DATE_KEYS, Float, Map, Value};

/// Notes the type of every value below `path` that JSON writes as a string of another meaning.
pub(super) fn collect(value: &Value, path: &mut String, types: &mut Map) {
    match value {
        Value::Date(_) | Value::LocalDateTime(_) | Value::OffsetDateTime(_) if !is_date_key(path) => {
            types.insert(path.clone(), value.type_name());
        }
        Value::String(text) if is_date_key(path) && rfc3339(text).is_some() => {
            types.insert(path.clone(), value.type_name());
        }
        Value::Float(float) if !float.value().is_finite() => {
            types.insert(path.clone(), value.type_name());
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                below(path, &index.to_string(), |path| collect(item, path, types));
            }
        }
        Value::Map(map) => {
            for entry in map {
                below(path, &entry.key, |path| collect(&entry.value, path, types));
            }
        }
        _ => {}
    }
}

/// Gives the values below `path` the types that were noted.
pub(super) fn restore(value: &mut Value, path: &mut String, types: &Map) {
    match value {
        Value::String(text) => {
            let wanted = types.get(path).and_then(Value::as_str);
            if let Some(typed) = typed(text, wanted, is_date_key(path)) {
                *value = typed;
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                below(path, &index.to_string(), |path| restore(item, path, types));
            }
        }
        Value::Map(map) => {
            for (key, value) in map.values_mut() {
                below(path, key, |path| restore(value, path, types));
            }
        }
        _ => {}
    }
}

fn typed(text: &str, wanted: Option<&str>, is_date_key: bool) -> Option<Value> {
    match wanted {
        Some("date" | "local-datetime" | "offset-datetime") => rfc3339(text),
        Some("float") => text.parse::<f64>().ok().map(|number| Value::Float(Float::with_text(number, text))),
        Some(_) => None,
        None if is_date_key => rfc3339(text),
        None => None,
    }
}

/// A date in the form that this format writes, no other: everything else under a date key is text.
fn rfc3339(text: &str) -> Option<Value> {
    let date = recognize(text)?;
    let written = match &date {
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        _ => return None,
    };
    let is_zero_offset = text.strip_suffix("+00:00").is_some_and(|local| written.strip_suffix('Z') == Some(local));
    (written == text || is_zero_offset).then_some(date)
}

fn is_date_key(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|key| DATE_KEYS.contains(&key))
}

fn below(path: &mut String, step: &str, work: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push('/');
    path.push_str(&step.replace('~', "~0").replace('/', "~1"));
    work(path);
    path.truncate(length);
}
