//! What a user wants done with single keys: [`KeyMap`].

use std::ops::Range;

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::meta::{Entry, Map, Meta, Value};
use crate::nearest::nearest;

/// Wishes about single keys at top level of the front matter, as in the file that `--map` names.
///
/// What it drops, renames, splits and defaults, it does to the post as it was written, before the source's generator's
/// meaning is taken from it: a key renamed to `category` is a category. What it joins and moves under `params`, it does to
/// the post as it will be written, with the target's names.
///
/// ```
/// use std::sync::Arc;
/// use postferry::{Converter, Input, KeyMap, Registry};
///
/// let map = KeyMap::parse("drop = ['status']\n[rename]\nrubriek = 'category'\n[split]\ntags = ','\n")?;
/// let converter = Converter::new(Arc::new(Registry::builtin()), None, &"hugo".parse()?)?.key_map(Some(map));
/// let post = "---\ntitle: Hello\nrubriek: nieuws\ntags: \"a b, c\"\nstatus: publish\n---\n<p>Hi.</p>\n";
/// let hugo = converter.convert(Input::new(post))?.text;
/// assert!(hugo.contains("categories = ['nieuws']\ntags = ['a b', 'c']\n"), "{hugo}");
/// # Ok::<(), postferry::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct KeyMap {
    /// Keys to leave out.
    pub drop: Vec<String>,
    /// Keys and their new names.
    pub rename: Vec<(String, String)>,
    /// Values for keys that a post does not have.
    pub default: Vec<(String, Value)>,
    /// Keys whose text is a list, and what separates its items. White space around items goes, and so do empty items.
    pub split: Vec<(String, String)>,
    /// Keys whose list becomes text, and what stands between its items.
    pub join: Vec<(String, String)>,
    /// Keys to move under `params`.
    pub params: Vec<String>,
}

const FIELDS: [&str; 8] = ["drop", "rename", "default", "split", "join", "params", "tags", "site"];

impl KeyMap {
    /// A map that does nothing.
    pub fn new() -> Self {
        KeyMap::default()
    }

    /// Reads the TOML that `--map` names.
    ///
    /// # Errors
    /// If it is not TOML, has a word that means nothing, or a value of the wrong type; the error has line and column.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_unplaced(text).map_err(|error| error.locate(text))
    }

    fn parse_unplaced(text: &str) -> Result<Self, Error> {
        let document = toml_edit::Document::parse(text).map_err(|error| {
            let message = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
            Error::new(&codes::KEY_MAP_SYNTAX, message).at(span(error.span()))
        })?;
        let mut map = KeyMap::new();
        for (field, item) in document.as_table() {
            let place = span(document.as_table().key(field).and_then(toml_edit::Key::span));
            let at = span(item.span().or(Some(place.start..place.end)));
            match field {
                "drop" => map.drop = texts(field, item, at)?,
                "params" => map.params = texts(field, item, at)?,
                "rename" => map.rename = text_table(field, item, at)?,
                "split" => map.split = text_table(field, item, at)?,
                "join" => map.join = text_table(field, item, at)?,
                "default" => map.default = value_table(field, item, at)?,
                // Of template tags, `MapFile` knows more.
                "tags" | "site" => {}
                other => {
                    let near =
                        nearest(other, FIELDS).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                    return Err(Error::new(&codes::KEY_MAP_FIELD, format!("`{other}` means nothing in a map of keys"))
                        .help(format!("{near}there are {}", FIELDS.join(", ")))
                        .at(place));
                }
            }
        }
        if let Some((key, _)) = map.split.iter().find(|(_, separator)| separator.is_empty()) {
            return Err(wrong(&format!("nothing separates the items of `split.{key}`"), Span::default()));
        }
        Ok(map)
    }

    /// Does to the front matter as it was written what is to be done there.
    pub(crate) fn apply_to_source(&self, meta: &mut Meta, sink: &mut dyn Sink) {
        for key in &self.drop {
            meta.remove(key);
        }
        for (from, to) in &self.rename {
            if let Some(span) = meta.map.entry(from).map(|entry| entry.span)
                && !meta.rename(from, to)
            {
                undone(sink, span, &format!("`{from}` was not renamed: the post has a `{to}` already"));
            }
        }
        for (key, separator) in &self.split {
            let Some(Entry { value, span, .. }) = meta.map.entry(key).cloned() else { continue };
            match value {
                Value::String(text) => {
                    let items = text.split(separator.as_str()).map(str::trim).filter(|item| !item.is_empty());
                    meta.insert(key.clone(), items.map(Value::from).collect::<Vec<_>>());
                }
                Value::List(_) | Value::Null => {}
                other => undone(sink, span, &format!("`{key}` was not split: it is a {}", other.type_name())),
            }
        }
        for (key, value) in &self.default {
            if !meta.map.contains_key(key) {
                meta.insert(key.clone(), value.clone());
            }
        }
    }

    /// Does to the front matter as it will be written what is to be done there.
    pub(crate) fn apply_to_target(&self, meta: &mut Meta, sink: &mut dyn Sink) {
        for (key, separator) in &self.join {
            let Some(Entry { value, span, .. }) = meta.map.entry(key).cloned() else { continue };
            let Value::List(items) = &value else { continue };
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            if texts.len() == items.len() {
                meta.insert(key.clone(), texts.join(separator));
            } else {
                undone(sink, span, &format!("`{key}` was not joined: not all of its items are texts"));
            }
        }
        for key in &self.params {
            let Some(entry) = meta.map.entry(key).cloned() else { continue };
            match meta.get("params") {
                None => {
                    meta.insert("params", Map::new());
                }
                Some(Value::Map(params)) if !params.contains_key(key) => {}
                Some(_) => {
                    undone(sink, entry.span, &format!("`{key}` was not moved: `params` has no place for it"));
                    continue;
                }
            }
            meta.map.remove(key);
            meta.nest_comments(key, "params");
            if let Some(Value::Map(params)) = meta.map.get_mut("params") {
                params.insert_at(params.len(), entry);
            }
        }
    }

    /// Whether the user has asked for a key of this name: no dialect moves it.
    pub(crate) fn names(&self, key: &str) -> bool {
        self.rename.iter().any(|(_, to)| to == key) || self.default.iter().any(|(name, _)| name == key)
    }
}

fn undone(sink: &mut dyn Sink, span: Span, message: &str) {
    sink.report(Diagnostic::new(&codes::KEY_MAP_UNDONE, message).at(span));
}

fn wrong(what: &str, at: Span) -> Error {
    Error::new(&codes::KEY_MAP_SYNTAX, what.to_owned())
        .at(at)
        .help("`postferry explain key-map-syntax` shows such a file")
}

fn span(range: Option<Range<usize>>) -> Span {
    range.map(|range| Span::new(range.start, range.end)).unwrap_or_default()
}

fn texts(field: &str, item: &toml_edit::Item, at: Span) -> Result<Vec<String>, Error> {
    let list = item.as_array().ok_or_else(|| wrong(&format!("`{field}` is a list of keys"), at))?;
    let text = |value: &toml_edit::Value| {
        let at = span(value.span().or(Some(at.start..at.end)));
        value.as_str().map(str::to_owned).ok_or_else(|| wrong(&format!("`{field}` is a list of keys"), at))
    };
    list.iter().map(text).collect()
}

fn text_table(field: &str, item: &toml_edit::Item, at: Span) -> Result<Vec<(String, String)>, Error> {
    let table = item.as_table_like().ok_or_else(|| wrong(&format!("`{field}` is a table"), at))?;
    let text = |(key, item): (&str, &toml_edit::Item)| {
        let at = span(item.span().or(Some(at.start..at.end)));
        let text = item.as_str().ok_or_else(|| wrong(&format!("`{field}.{key}` is a text"), at))?;
        Ok((key.to_owned(), text.to_owned()))
    };
    table.iter().map(text).collect()
}

fn value_table(field: &str, item: &toml_edit::Item, at: Span) -> Result<Vec<(String, Value)>, Error> {
    let table = item.as_table_like().ok_or_else(|| wrong(&format!("`{field}` is a table"), at))?;
    let value = |(key, item): (&str, &toml_edit::Item)| {
        let at = span(item.span().or(Some(at.start..at.end)));
        let value = item_value(item).ok_or_else(|| wrong(&format!("`{field}.{key}` is no value"), at))?;
        Ok((key.to_owned(), value))
    };
    table.iter().map(value).collect()
}

/// A value of TOML. It is a file that the user wrote, not a post: its depth is toml_edit's to bound.
fn item_value(item: &toml_edit::Item) -> Option<Value> {
    if let Some(table) = item.as_table_like() {
        let entries: Option<Vec<Entry>> =
            table.iter().map(|(key, item)| Some(Entry::new(key, item_value(item)?))).collect();
        return Some(Value::Map(Map::from_unique(entries?)));
    }
    if let Some(tables) = item.as_array_of_tables() {
        let maps = tables.iter().map(|table| item_value(&toml_edit::Item::Table(table.clone())));
        return maps.collect::<Option<Vec<_>>>().map(Value::List);
    }
    scalar_or_list(item.as_value()?)
}

fn scalar_or_list(value: &toml_edit::Value) -> Option<Value> {
    use toml_edit::Value as V;
    Some(match value {
        V::String(text) => Value::from(text.value().as_str()),
        V::Integer(number) => Value::from(*number.value()),
        V::Float(number) => Value::from(*number.value()),
        V::Boolean(truth) => Value::from(*truth.value()),
        V::Datetime(datetime) => crate::date::recognize(&datetime.value().to_string())?,
        V::Array(items) => Value::List(items.iter().map(scalar_or_list).collect::<Option<Vec<_>>>()?),
        V::InlineTable(_) => item_value(&toml_edit::Item::Value(value.clone()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_a_place() {
        let error = |text| {
            let error = KeyMap::parse(text).unwrap_err();
            format!("{}: {}", error.position().unwrap(), error.message())
        };
        assert_eq!(error("drop = ['a']\nrenam = {}\n"), "2:1: `renam` means nothing in a map of keys");
        assert_eq!(error("[rename]\na = 1\n"), "2:5: `rename.a` is a text");
        assert_eq!(error("drop = ['a', 2]\n"), "1:14: `drop` is a list of keys");
        assert!(error("drop = [\n").starts_with("1:"), "{}", error("drop = [\n"));
        assert_eq!(error("[split]\ntags = ''\n"), "1:1: nothing separates the items of `split.tags`");
    }

    #[test]
    fn wishes_are_done_in_order() {
        let map = KeyMap::parse(
            "drop = ['a']\nparams = ['sub']\n[rename]\nb = 'c'\nx = 'title'\n[default]\nlayout = 'post'\ntitle = 'no'\n\
             [split]\ntags = ','\n[join]\nkeywords = '; '\n",
        )
        .unwrap();
        let mut meta = Meta::new();
        for (key, value) in [("a", "1"), ("title", "T"), ("b", "2"), ("x", "3"), ("tags", "p q, r,"), ("sub", "s")] {
            meta.insert(key, value);
        }
        meta.insert("keywords", vec![Value::from("k"), Value::from("l")]);
        let mut report = Vec::new();
        map.apply_to_source(&mut meta, &mut report);
        map.apply_to_target(&mut meta, &mut report);
        let json = serde_json::to_string(&meta).unwrap();
        assert_eq!(
            json,
            r#"{"title":"T","c":"2","x":"3","tags":["p q","r"],"keywords":"k; l","layout":"post","params":{"sub":"s"}}"#
        );
        assert_eq!(report.len(), 1);
        assert_eq!(report[0].code.name, "key-map-undone");
    }
}
