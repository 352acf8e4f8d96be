//! What we make of TOML beside what toml_edit makes of it, on documents thrown together at random.

use proptest::prelude::*;
use toml_edit::{DocumentMut, Item, Table, Value as TomlValue};

use crate::diag::Span;
use crate::meta::Value;

/// Everything that a value says, keys sorted: a table whose line comes behind those of tables in it moves in toml_edit.
fn ours(value: &Value) -> String {
    match value {
        Value::Map(map) => sorted(map.iter().map(|entry| (entry.key.clone(), ours(&entry.value))).collect()),
        Value::List(items) => format!("[{}]", items.iter().map(ours).collect::<Vec<_>>().join(", ")),
        Value::Float(number) => format!("{:?}", number.value()),
        Value::Integer(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Bool(truth) => truth.to_string(),
        other => format!("{}", other.is_date()),
    }
}

fn sorted(mut entries: Vec<(String, String)>) -> String {
    entries.sort();
    format!("{entries:?}")
}

fn table(table: &Table) -> String {
    sorted(table.iter().map(|(key, item)| (key.to_owned(), item_of(item))).collect())
}

fn item_of(item: &Item) -> String {
    match item {
        Item::Table(inner) => table(inner),
        Item::ArrayOfTables(tables) => format!("[{}]", tables.iter().map(table).collect::<Vec<_>>().join(", ")),
        Item::Value(value) => value_of(value),
        Item::None => String::new(),
    }
}

fn value_of(value: &TomlValue) -> String {
    match value {
        TomlValue::String(text) => format!("{:?}", text.value()),
        TomlValue::Integer(number) => number.value().to_string(),
        TomlValue::Float(number) => format!("{:?}", number.value()),
        TomlValue::Boolean(truth) => truth.value().to_string(),
        TomlValue::Datetime(datetime) => datetime.value().date.is_some().to_string(),
        TomlValue::Array(items) => format!("[{}]", items.iter().map(value_of).collect::<Vec<_>>().join(", ")),
        TomlValue::InlineTable(table) => {
            sorted(table.iter().map(|(key, value)| (key.to_owned(), value_of(value))).collect())
        }
    }
}

fn key() -> impl Strategy<Value = String> {
    let part = prop_oneof![8 => "[abc]", 1 => "\"[ab]\"", 1 => "'[a.]'", 1 => Just("\"\\u0061\"".to_owned())];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.join("."))
}

fn value() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("1"),
        Just("0x1F"),
        Just("1_000"),
        Just("01"),
        Just("9223372036854775808"),
        Just("1.5"),
        Just("1e400"),
        Just("inf"),
        Just("true"),
        Just("''"),
        Just("'x'"),
        Just("\"\\t\""),
        Just("\"\"\"\na\n\"\"\""),
        Just("'''a'''"),
        Just("2019-05-01"),
        Just("2019-05-01T12:09:07+02:00"),
        Just("x"),
    ]
    .prop_map(str::to_owned);
    scalar.prop_recursive(3, 12, 3, |inner| {
        let pair = (key(), inner.clone()).prop_map(|(key, value)| format!("{key} = {value}"));
        prop_oneof![
            proptest::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            proptest::collection::vec(pair, 0..4).prop_map(|pairs| format!("{{ {} }}", pairs.join(", "))),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (key(), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        3 => key().prop_map(|key| format!("[{key}]")),
        3 => key().prop_map(|key| format!("[[{key}]]")),
        1 => Just("# comment".to_owned()),
        1 => Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_documents_say_the_same(lines in proptest::collection::vec(line(), 1..6)) {
        let toml = lines.join("\n");
        let read = super::read::read(&toml, Span::new(0, toml.len()), &mut ());
        let theirs = toml.parse::<DocumentMut>();
        match (&read, &theirs) {
            (Ok(meta), Ok(document)) => {
                prop_assert_eq!(ours(&Value::Map(meta.map.clone())), table(document.as_table()), "{}", toml);
            }
            (Err(_), Err(_)) => {}
            _ => prop_assert!(false, "{toml}\nours: {:?}\ntheirs: {:?}", read.map(|meta| meta.map), theirs.err()),
        }
        if let Ok(meta) = read {
            for entry in &meta.map {
                prop_assert!(!entry.span.is_empty() && entry.span.end <= toml.len(), "{toml}: {entry:?}");
            }
        }
    }
}
