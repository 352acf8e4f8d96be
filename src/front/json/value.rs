//! Values as JSON.

use serde_json::{Map as JsonMap, Number, Value as JsonValue};

use crate::meta::Value;

/// The value as JSON: numbers with their text, dates and numbers that JSON does not have as text.
pub(crate) fn value_to_json(value: &Value) -> JsonValue {
    match value {
        Value::Null => JsonValue::Null,
        Value::Bool(truth) => JsonValue::Bool(*truth),
        Value::Integer(number) => number_of(&number.to_string()),
        Value::Float(number) => match number.portable() {
            Some(text) => number_of(&text),
            None if number.value().is_nan() => JsonValue::String("NaN".to_owned()),
            None => JsonValue::String(if number.value() > 0.0 { "inf" } else { "-inf" }.to_owned()),
        },
        Value::String(text) => JsonValue::String(text.clone()),
        Value::Date(date) => JsonValue::String(date.to_string()),
        Value::LocalDateTime(datetime) => JsonValue::String(datetime.to_string()),
        Value::OffsetDateTime(datetime) => JsonValue::String(datetime.to_string()),
        Value::List(items) => JsonValue::Array(items.iter().map(value_to_json).collect()),
        Value::Map(map) => {
            let entries = map.iter().map(|entry| (entry.key.clone(), value_to_json(&entry.value)));
            JsonValue::Object(entries.collect::<JsonMap<_, _>>())
        }
    }
}

/// A number with the text it has; `arbitrary_precision` keeps it.
fn number_of(text: &str) -> JsonValue {
    text.parse::<Number>().map_or_else(|_| JsonValue::String(text.to_owned()), JsonValue::Number)
}
