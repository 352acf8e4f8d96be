//! YAML is read as the generators' own parsers read it: SafeYAML for Jekyll, goccy/go-yaml for Hugo.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/shared.rs"]
mod shared;

use postferry::diag::Span;
use postferry::format::{FrontMatter, Schema};
use postferry::front::Yaml;
use postferry::meta::Value;

/// Cases in which we hold another answer to be right; `docs/front-matter.md` says why.
const DEVIATIONS: &[(&str, Schema)] = &[
    // A key without a name shifts all that follows, keys for values, in SafeYAML.
    ("nonstr_keys", Schema::Jekyll),
    // `{{ page.title }}` is an empty map to SafeYAML; it is text to its author.
    ("brace_liquid", Schema::Jekyll),
    // A list that holds itself has no end.
    ("recursive", Schema::Jekyll),
];

fn cases() -> Option<Vec<serde_json::Value>> {
    let path = shared::find("oracles/frontmatter.json", "YAML as SafeYAML and goccy read it")?;
    let text = std::fs::read_to_string(path).expect("the oracle can be read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

/// A value as the oracle writes it, short: keys as text, whatever they were.
fn expected(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "null".to_owned(),
        serde_json::Value::Bool(truth) => truth.to_string(),
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(expected).collect::<Vec<_>>().join(", "))
        }
        serde_json::Value::Object(typed) => {
            let (kind, value) = typed.iter().next().expect("one type");
            let text = value.as_str().unwrap_or_default();
            match kind.as_str() {
                "map" => {
                    let mut entries: Vec<String> = value
                        .as_array()
                        .expect("entries")
                        .iter()
                        .map(|entry| format!("{:?}: {}", key(&entry[0]), expected(&entry[1])))
                        .collect();
                    // Go's maps have no order.
                    entries.sort();
                    format!("{{{}}}", entries.join(", "))
                }
                "str" => format!("{text:?}"),
                "int" => text.to_owned(),
                "float" => float(text.parse().expect("a float")),
                "date" => text.to_owned(),
                "time" => text.replace("+00:00", "Z"),
                other => panic!("a {other}"),
            }
        }
        other => panic!("{other}"),
    }
}

fn key(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(key).collect::<Vec<_>>().join(", ")),
        _ => match value.get("str").and_then(serde_json::Value::as_str) {
            Some(text) => text.to_owned(),
            None => expected(value),
        },
    }
}

fn float(number: f64) -> String {
    format!("float {number:?}").to_lowercase()
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => float(number.value()),
        Value::String(text) => format!("{text:?}"),
        Value::Date(date) => date.to_string(),
        // Without a zone Jekyll takes UTC; the dialect says so.
        Value::LocalDateTime(datetime) => format!("{datetime}Z"),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(found).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let mut entries: Vec<String> =
                map.iter().map(|entry| format!("{:?}: {}", entry.key, found(&entry.value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        other => panic!("{other:?}"),
    }
}

fn agrees(case: &serde_json::Value, parser: &str, schema: Schema) -> Result<(), String> {
    let input = case["input"].as_str().expect("an input");
    let wanted = &case[parser];
    let read = Yaml::default().parse(input, Span::new(0, input.len()), schema, &mut ());
    if wanted == "skipped" {
        return Ok(());
    }
    // What is no map is no front matter, whatever else it is; nothing at all is empty front matter.
    let is_map = wanted.get("map").is_some();
    let is_empty = wanted.is_null() || wanted == false;
    let is_error = wanted.get("error").is_some();
    match read {
        Ok(meta) if is_map => {
            let (found, wanted) = (found(&Value::Map(meta.map)), expected(wanted));
            if found == wanted { Ok(()) } else { Err(format!("is {found}, not {wanted}")) }
        }
        Ok(meta) if is_empty && meta.map.is_empty() => Ok(()),
        Ok(meta) if is_error => Err(format!("is {}, not an error", found(&Value::Map(meta.map)))),
        Ok(meta) => Err(format!("is {}, not {wanted}", found(&Value::Map(meta.map)))),
        Err(_) if is_error || !(is_map || is_empty) => Ok(()),
        Err(error) => Err(format!("is an error ({error}), not {wanted}")),
    }
}

fn check(parser: &str, schema: Schema) {
    let Some(cases) = cases() else { return };
    let mut failures = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().expect("a name");
        let deviates = DEVIATIONS.contains(&(name, schema));
        match agrees(case, parser, schema) {
            Ok(()) if deviates => failures.push(format!("{name}: agrees, and is listed as a deviation")),
            Err(what) if !deviates => {
                failures.push(format!("{name}: {:?} {what}", case["input"].as_str().unwrap_or_default()))
            }
            _ => {}
        }
    }
    println!("{parser}: {} cases, {} differ", cases.len(), failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn jekyll_reads_as_safe_yaml() {
    check("safe_yaml_jekyll", Schema::Jekyll);
}

#[test]
fn hugo_reads_as_goccy() {
    check("goccy_hugo", Schema::Hugo);
}
