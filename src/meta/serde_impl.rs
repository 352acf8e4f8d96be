//! serde for [`Value`], [`Map`] and [`Meta`], so that a script uses whatever serde format it likes.
//!
//! Dates become their RFC 3339 text, for most formats have no type for them; coming back they are strings, which every
//! dialect reads as dates where a date belongs. A whole number beyond `u64` and `i64` goes through `i128`, one beyond
//! that becomes its digits as text. Comments are left out.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Integer, Map, Meta, Value};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            Value::Integer(integer) => serialize_integer(integer, serializer),
            Value::Float(float) => serializer.serialize_f64(float.value()),
            Value::String(text) => serializer.serialize_str(text),
            Value::Date(date) => serializer.collect_str(date),
            Value::LocalDateTime(datetime) => serializer.collect_str(datetime),
            Value::OffsetDateTime(datetime) => serializer.collect_str(datetime),
            Value::List(list) => serializer.collect_seq(list),
            Value::Map(map) => map.serialize(serializer),
        }
    }
}

fn serialize_integer<S: Serializer>(integer: &Integer, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(small) = integer.as_i64() {
        return serializer.serialize_i64(small);
    }
    let digits = integer.to_string();
    if let Ok(unsigned) = digits.parse::<u64>() {
        serializer.serialize_u64(unsigned)
    } else if let Ok(large) = digits.parse::<i128>() {
        serializer.serialize_i128(large)
    } else {
        serializer.serialize_str(&digits)
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(self.len()))?;
        for entry in self {
            out.serialize_entry(&entry.key, &entry.value)?;
        }
        out.end()
    }
}

impl Serialize for Meta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.map.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_map(ValueVisitor)? {
            Value::Map(map) => Ok(map),
            other => Err(D::Error::custom(format!("front matter is a map, not a {}", other.type_name()))),
        }
    }
}

impl<'de> Deserialize<'de> for Meta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Meta::from)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a truth, a number, text, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number.into()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        integer(number)
    }

    fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<Value, E> {
        integer(number)
    }

    fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<Value, E> {
        integer(number)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            if let Some(number) = arbitrary_precision(&key, &value) {
                return Ok(number);
            }
            map.insert(key, value);
        }
        Ok(Value::Map(map))
    }
}

/// serde_json hands a number over as a map of this one key, where anything in the build has switched on its feature
/// `arbitrary_precision` (we do): without this a number would come back as a map.
fn arbitrary_precision(key: &str, value: &Value) -> Option<Value> {
    if key != "$serde_json::private::Number" {
        return None;
    }
    let text = value.as_str()?;
    match Integer::parse(text) {
        Some(integer) => Some(Value::Integer(integer)),
        None => text.parse().ok().map(|number| Value::Float(super::Float::with_text(number, text))),
    }
}

fn integer<E: serde::de::Error>(number: impl fmt::Display) -> Result<Value, E> {
    Integer::parse(&number.to_string()).map(Value::Integer).ok_or_else(|| E::custom("not a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_yaml_come_back_equal() {
        let meta: Meta = [
            ("title".to_owned(), Value::from("yes")),
            ("big".to_owned(), Value::Integer(Integer::parse("18446744073709551616").unwrap())),
            ("ratio".to_owned(), Value::from(0.5)),
            ("none".to_owned(), Value::Null),
            ("tags".to_owned(), Value::List(vec![Value::from("a"), Value::from(true)])),
        ]
        .into_iter()
        .collect::<Map>()
        .into();
        let json = serde_json::to_string(&meta).unwrap();
        assert_eq!(serde_json::from_str::<Meta>(&json).unwrap(), meta);
        let yaml = serde_yaml::to_string(&meta).unwrap();
        assert_eq!(serde_yaml::from_str::<Meta>(&yaml).unwrap(), meta);
    }

    #[test]
    fn front_matter_is_a_map() {
        assert!(serde_json::from_str::<Meta>("[1]").is_err());
    }
}
