//! A file's front matter alone, for scripts: looked up, changed in place, printed in another syntax.

use super::yaml::{self, Rules};
use super::{HtmlHead, Json, MetaComment, Toml, Yaml};
use crate::diag::{Sink, Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Schema};
use crate::meta::{Entry, Map, Meta, Value};
use crate::post::FrontText;

/// A file with its front matter read.
///
/// What is set is changed in the text and nothing else is: quotes, comments, order and the body stay as they are.
///
/// ```
/// use postferry::front::FrontDocument;
/// use postferry::format::Schema;
///
/// let text = "---\ntitle:  'Hello'  # why not\ntags: [a]\n---\n\nBody\n";
/// let mut document = FrontDocument::read(text, Schema::Jekyll, &mut ())?;
/// assert_eq!(document.get("tags.0").and_then(|tag| tag.as_str()), Some("a"));
/// document.set("tags", FrontDocument::value("[a, b]", Schema::Jekyll)?)?;
/// assert_eq!(document.text(&mut ())?, "---\ntitle:  'Hello'  # why not\ntags: [a, b]\n---\n\nBody\n");
/// # Ok::<(), postferry::Error>(())
/// ```
#[derive(Debug)]
pub struct FrontDocument {
    /// The front matter with what it says now.
    meta: Meta,
    source: FrontText,
    body: String,
}

impl FrontDocument {
    /// Reads the front matter of `text`, in whatever syntax it is, as a reader of `schema` does. A file without any is
    /// read as one with none.
    ///
    /// # Errors
    /// If the front matter is never closed, or broken; the error names line and column.
    pub fn read(text: &str, schema: Schema, sink: &mut dyn Sink) -> Result<Self, Error> {
        Self::read_unplaced(text, schema, sink).map_err(|error| error.locate(text))
    }

    fn read_unplaced(text: &str, schema: Schema, sink: &mut dyn Sink) -> Result<Self, Error> {
        for syntax in SYNTAXES {
            if let Some(split) = syntax.split(text, schema)? {
                let meta = syntax.parse(text, split.front, schema, sink)?;
                let part = |span: Span| span.slice(text).unwrap_or_default().to_owned();
                let around = (part(Span::new(0, split.body.start)), part(Span::new(split.body.end, text.len())));
                let source = FrontText::new(syntax.name(), around, meta.clone()).read_as(schema, split.front);
                return Ok(FrontDocument { meta, source, body: part(split.body) });
            }
        }
        let source = FrontText::new("none", Default::default(), Meta::new()).read_as(schema, Span::default());
        Ok(FrontDocument { meta: Meta::new(), source, body: text.to_owned() })
    }

    /// The syntax it is in: `yaml`, `toml`, `json`, `meta`, `head`; `none` if there is no front matter.
    pub fn syntax(&self) -> &str {
        &self.source.syntax
    }

    /// What it says.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The value at `path`: keys and indices joined by dots, `author.name`, `tags.0`. A key that itself holds dots is
    /// found by its whole name.
    pub fn get(&self, path: &str) -> Option<&Value> {
        if let Some(value) = self.meta.get(path) {
            return Some(value);
        }
        let mut steps = path.split('.');
        let first = self.meta.get(steps.next()?)?;
        steps.try_fold(first, |value, step| match value {
            Value::Map(map) => map.get(step),
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Sets the value at `path`, as [`get`](FrontDocument::get) finds it. Maps on the way that are not there are made.
    ///
    /// # Errors
    /// If the way leads through something that is no map, or past the end of a list.
    pub fn set(&mut self, path: &str, value: Value) -> Result<(), Error> {
        let has_whole = self.meta.map.contains_key(path);
        let steps: Vec<&str> = if has_whole { vec![path] } else { path.split('.').collect() };
        let no_way =
            |step: &str| Error::new(&codes::FRONT_PATH, format!("`{path}` leads nowhere: `{step}` has no place"));
        // Nothing is changed if the way ends early.
        let mut map = self.meta.map.clone();
        let is_plain = steps.len() == 1 && !is_table(&value);
        if let [first, ..] = steps.as_slice()
            && !map.contains_key(first)
        {
            // In TOML what stands behind the line of a table belongs to it.
            let table = map.iter().position(|entry| is_table(&entry.value));
            let index = table.filter(|_| is_plain && self.source.syntax == Toml.name()).unwrap_or(map.len());
            map.insert_at(index, Entry::new(*first, Map::new()));
        }
        let mut root = Value::Map(map);
        let mut slot = &mut root;
        for step in steps {
            slot = below(slot, step).ok_or_else(|| no_way(step))?;
        }
        *slot = value;
        if let Value::Map(map) = root {
            self.meta.map = map;
        }
        Ok(())
    }

    /// Takes a top-level key out, with the comments that belong to it.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.meta.remove(key)
    }

    /// The value that `text` means to a reader of `schema`: `3`, `true`, `[a, b]`, `Hello`.
    ///
    /// # Errors
    /// If it is not YAML on one line.
    pub fn value(text: &str, schema: Schema) -> Result<Value, Error> {
        let yaml = format!("value: {text}\n");
        let meta = yaml::parse(&yaml, Span::new(0, yaml.len()), Rules::of(schema), &mut ())?;
        let mut entries = meta.map.into_iter();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => Ok(entry.value),
            _ => Err(Error::new(&codes::FRONT_PATH, format!("`{text}` is not one value"))),
        }
    }

    /// The whole file with what has been set. Where nothing has, it is the text that was read.
    ///
    /// # Errors
    /// If the front matter cannot be written.
    pub fn text(&self, sink: &mut dyn Sink) -> Result<String, Error> {
        if self.source.syntax == "none" && self.meta.is_empty() {
            return Ok(self.body.clone());
        }
        let syntax = syntax(&self.source.syntax).unwrap_or(&Yaml);
        if syntax.name() == self.source.syntax
            && let Some((before, behind)) = syntax.edit(&self.source, &self.meta, self.source.schema, sink)
        {
            return Ok(format!("{before}{}{behind}", self.body));
        }
        let mut out = String::new();
        syntax.print(&self.meta, &self.body, &mut out, sink)?;
        Ok(out)
    }

    /// The front matter alone, with its fences, in the syntax of this name.
    ///
    /// # Errors
    /// If there is no such syntax, or the front matter cannot be written in it.
    pub fn print(&self, name: &str, sink: &mut dyn Sink) -> Result<String, Error> {
        let syntax = syntax(name).ok_or_else(|| {
            Error::new(&codes::FORMAT_WORD, format!("`{name}` is no syntax of front matter"))
                .help("yaml, toml and json are")
        })?;
        let mut out = String::new();
        syntax.print(&self.meta, "", &mut out, sink)?;
        Ok(out)
    }
}

/// Whether TOML has lines of its own for the value, `[key]` or `[[key]]`.
fn is_table(value: &Value) -> bool {
    match value {
        Value::Map(_) => true,
        Value::List(items) => items.iter().any(|item| item.as_map().is_some()),
        _ => false,
    }
}

/// The place one step below a value; it is made if it is the next of a map or list.
fn below<'v>(value: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match value {
        Value::Map(map) => {
            if !map.contains_key(step) {
                map.insert(step, Map::new());
            }
            map.get_mut(step)
        }
        Value::List(items) => {
            let index: usize = step.parse().ok()?;
            if index == items.len() {
                items.push(Value::Map(Map::new()));
            }
            items.get_mut(index)
        }
        _ => None,
    }
}

/// A value as a script wants it: a text as it is, anything else as JSON on one line.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        other => super::value_to_json(other).to_string(),
    }
}

const SYNTAXES: [&dyn FrontMatter; 5] = [&Yaml, &Toml, &Json, &MetaComment, &HtmlHead];

fn syntax(name: &str) -> Option<&'static dyn FrontMatter> {
    SYNTAXES.into_iter().find(|syntax| syntax.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "+++\n# top\ntitle = \"x\" # t\nnum = 0x10\n\n[author]\nname = 'Jo'\n+++\n\nBody\n";

    fn document(text: &str) -> FrontDocument {
        FrontDocument::read(text, Schema::Hugo, &mut ()).unwrap()
    }

    #[test]
    fn what_is_set_changes_and_nothing_else() {
        let mut toml = document(TOML);
        assert_eq!(toml.text(&mut ()).unwrap(), TOML);
        assert_eq!(value_text(toml.get("author.name").unwrap()), "Jo");
        assert_eq!(value_text(toml.get("num").unwrap()), "16");
        toml.set("author.name", Value::from("Bo")).unwrap();
        toml.set("title", Value::from("y")).unwrap();
        assert_eq!(toml.text(&mut ()).unwrap(), TOML.replace("'Jo'", "'Bo'").replace("\"x\"", "'y'"));
        assert!(toml.set("num.x", Value::Null).is_err());
        assert!(toml.print("ini", &mut ()).is_err());
        assert_eq!(
            toml.print("yaml", &mut ()).unwrap(),
            "---\n# top\ntitle: \"y\" # t\nnum: 16\n\nauthor:\n  name: Bo\n---\n"
        );
    }

    #[test]
    fn a_file_without_front_matter_gets_some() {
        let mut plain = document("Body\n");
        assert_eq!((plain.syntax(), plain.text(&mut ()).unwrap().as_str()), ("none", "Body\n"));
        plain.set("a.b", Value::from(1_i64)).unwrap();
        plain.set("l", Value::List(Vec::new())).unwrap();
        plain.set("l.0", Value::from("x")).unwrap();
        assert_eq!(plain.text(&mut ()).unwrap(), "---\na:\n  b: 1\nl: [x]\n---\n\nBody\n");
        assert!(plain.set("l.5", Value::Null).is_err());
    }

    #[test]
    fn values_as_the_reader_takes_them() {
        assert_eq!(FrontDocument::value("yes", Schema::Jekyll).unwrap(), Value::Bool(true));
        assert_eq!(FrontDocument::value("yes", Schema::Hugo).unwrap(), Value::from("yes"));
        assert!(FrontDocument::value("a: b: c", Schema::Hugo).is_err());
        assert!(FrontDocument::value("a\nb: c", Schema::Hugo).is_err());
    }
}
