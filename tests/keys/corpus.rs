//! Real sites.

use postferry::Post;
use postferry::meta::{Map, Value};

use crate::facts::instant;

/// Whether two canonical posts have the same values: dates by their instant, maps without regard to order.
pub(crate) fn same_values(a: &Post, b: &Post) -> bool {
    same_maps(&a.meta.map, &b.meta.map)
}

fn same_maps(a: &Map, b: &Map) -> bool {
    a.len() == b.len() && a.iter().all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.value, other)))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => same_maps(a, b),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (a, b) if a.is_date() && b.is_date() => instant(a) == instant(b),
        // Neither JSON nor Hugo's YAML has dates: there a day is its text.
        (Value::Date(day), Value::String(text)) | (Value::String(text), Value::Date(day)) => day.to_string() == *text,
        (a, b) => a == b,
    }
}
