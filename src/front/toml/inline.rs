//! Values on one line.

use std::fmt::Write as _;

use super::text;
use crate::diag::{Code, codes};
use crate::meta::{Map, Value};

/// A value on one line, and what of it could not be said there.
pub(super) struct Inline {
    pub(super) text: String,
    pub(super) lost: Vec<(&'static Code, String)>,
    /// It is a list or a map.
    pub(super) is_group: bool,
}

impl Inline {
    pub(super) fn new(value: &Value) -> Self {
        Inline::behind(String::new(), value)
    }

    /// A value behind what stands before it.
    pub(super) fn behind(text: String, value: &Value) -> Self {
        let is_group = matches!(value, Value::List(_) | Value::Map(_));
        let mut line = Inline { text, lost: Vec::new(), is_group };
        line.value(value);
        line
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => {
                self.lost.push((&codes::NULL_AS_TEXT, "an item without a value became empty text".to_owned()));
                self.text.push_str("''");
            }
            Value::List(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.text.push_str(if index == 0 { "" } else { ", " });
                    self.value(item);
                }
                self.text.push(']');
            }
            Value::Map(map) if map.is_empty() => self.text.push_str("{}"),
            Value::Map(map) => self.table(map),
            Value::String(string) => text::text(string, &mut self.text),
            Value::Integer(number) if number.as_i64().is_none() => {
                let message = format!("{number} is too large for TOML: written as text");
                self.lost.push((&codes::INTEGER_AS_TEXT, message));
                let _ = write!(self.text, "'{number}'");
            }
            other => scalar(other, &mut self.text),
        }
    }

    fn table(&mut self, map: &Map) {
        self.text.push('{');
        let mut is_first = true;
        for entry in map {
            if entry.value == Value::Null {
                let message = format!("`{}` has no value and was left out", entry.key);
                self.lost.push((&codes::KEY_DROPPED, message));
                continue;
            }
            self.text.push_str(if is_first { " " } else { ", " });
            is_first = false;
            text::key(&entry.key, &mut self.text);
            self.text.push_str(" = ");
            self.value(&entry.value);
        }
        self.text.push_str(" }");
    }
}

/// Everything but text, lists, maps and null.
pub(super) fn scalar(value: &Value, out: &mut String) {
    let _ = match value {
        Value::Bool(truth) => write!(out, "{truth}"),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Float(number) => match number.portable() {
            Some(text) => out.write_str(&text),
            None if number.value().is_nan() => out.write_str("nan"),
            None => out.write_str(if number.value() > 0.0 { "inf" } else { "-inf" }),
        },
        Value::Date(date) => write!(out, "{date}"),
        Value::LocalDateTime(datetime) => write!(out, "{datetime}"),
        Value::OffsetDateTime(datetime) => write!(out, "{datetime}"),
        Value::Null | Value::String(_) | Value::List(_) | Value::Map(_) => Ok(()),
    };
}
