//! The way to a value, written as `params.author` or `tags.0`.

use postferry::Error;
use postferry::Span;
use postferry::diag::codes;
use postferry::format::{FrontMatter, Schema};
use postferry::front::{Json, Toml};
use postferry::meta::{Map, Meta, Value};

/// The value that `path` leads to. A key with dots in it is found too, if it is the whole path.
pub(super) fn get<'m>(meta: &'m Meta, path: &str) -> Option<&'m Value> {
    if let Some(value) = meta.get(path) {
        return Some(value);
    }
    let mut steps = path.split('.');
    let first = meta.get(steps.next()?)?;
    steps.try_fold(first, |value, step| match value {
        Value::Map(map) => map.get(step),
        Value::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Carries out `path=value`: what the path leads to is replaced, or added where only its last step is missing.
pub(super) fn set(meta: &mut Meta, assignment: &str) -> Result<(), Error> {
    let (path, text) = assignment.split_once('=').unwrap_or((assignment, ""));
    let value = value(text);
    if meta.map.contains_key(path) || !path.contains('.') {
        meta.insert(path, value);
        return Ok(());
    }
    let wrong = |at: &str| {
        Error::new(&codes::FRONT_KEY, format!("`{path}` leads nowhere: `{at}` is neither a map nor an item of a list"))
    };
    let mut steps = path.split('.').peekable();
    let first = steps.next().unwrap_or_default();
    if !meta.map.contains_key(first) {
        meta.insert(first, Map::new());
    }
    let mut place = meta.map.get_mut(first).ok_or_else(|| wrong(first))?;
    while let Some(step) = steps.next() {
        let is_last = steps.peek().is_none();
        place = match place {
            Value::Map(map) => {
                if !map.contains_key(step) {
                    map.insert(step, if is_last { Value::Null } else { Value::Map(Map::new()) });
                }
                map.get_mut(step).ok_or_else(|| wrong(step))?
            }
            Value::List(items) => {
                let index: usize = step.parse().map_err(|_| wrong(step))?;
                if index == items.len() && is_last {
                    items.push(Value::Null);
                }
                items.get_mut(index).ok_or_else(|| wrong(step))?
            }
            _ => return Err(wrong(step)),
        };
    }
    *place = value;
    Ok(())
}

/// What is written on a command line as a value: JSON, or a date as TOML has it; anything else is text.
fn value(text: &str) -> Value {
    let parsed = |syntax: &dyn FrontMatter, whole: String| {
        let meta = syntax.parse(&whole, Span::new(0, whole.len()), Schema::Core, &mut ()).ok()?;
        // A text with more in it than one value is text.
        if meta.map.len() != 1 || !meta.comments.is_empty() { None } else { meta.get("v").cloned() }
    };
    parsed(&Json::default(), format!("{{\"v\":{text}}}"))
        .or_else(|| parsed(&Toml::default(), format!("v = {text}\n")).filter(Value::is_date))
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_json_or_a_date_or_text() {
        assert_eq!(value("true"), Value::Bool(true));
        assert_eq!(value("12"), Value::from(12_i64));
        assert_eq!(value("\"12\""), Value::from("12"));
        assert_eq!(value("[\"a\", \"b\"]"), Value::List(vec!["a".into(), "b".into()]));
        assert_eq!(value("2019-05-01").type_name(), "date");
        assert_eq!(value("2019-05-01T12:09:07+02:00").type_name(), "offset-datetime");
        for text in ["", "Hello", "Release: notes", "yes", "1,\"w\":2", "'a'", "2019-05-01 # x", "0x1"] {
            assert_eq!(value(text), Value::from(text), "{text}");
        }
    }

    #[test]
    fn a_path_leads_into_maps_and_lists() {
        let mut meta = Meta::new();
        for assignment in ["a.b.c=1", "a.b.d=x=y", "list=[1]", "list.1=2", "list.0=0", "a.b.c=3"] {
            set(&mut meta, assignment).unwrap();
        }
        assert_eq!(serde_json::to_string(&meta).unwrap(), r#"{"a":{"b":{"c":3,"d":"x=y"}},"list":[0,2]}"#);
        assert_eq!(get(&meta, "a.b.d"), Some(&Value::from("x=y")));
        assert_eq!(get(&meta, "list.1"), Some(&Value::from(2_i64)));
        assert_eq!(get(&meta, "list.2"), None);
        assert!(set(&mut meta, "list.9=1").is_err());
        assert!(set(&mut meta, "list.0.x=1").is_err());
    }
}
