//! JSON: front matter between braces.

mod edit;
mod read;
mod value;

use std::fmt;

use super::fence::after_byte_order_mark;
use super::print;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::{DATE_KEYS, Meta, Value};
use crate::post::FrontText;

pub(crate) use value::value_to_json;

/// A JSON object in front of the body.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Json;

/// Keys of dates in generators' own spellings: as text their values are read as dates all the same.
const DATE_SPELLINGS: [&str; 6] = ["lastmod", "modified", "publishdate", "expirydate", "pubdate", "last_modified_at"];

impl FrontMatter for Json {
    fn name(&self) -> &str {
        "json"
    }

    /// A text that begins with an object: `{`, and then a key or the end. Hugo looks for the brace alone, but `{{` and
    /// `{%` begin bodies.
    fn split(&self, text: &str, _: Schema) -> Result<Option<Split>, Error> {
        let start = after_byte_order_mark(text);
        let open = start + (text[start..].len() - text[start..].trim_start().len());
        let Some(inside) = text[open..].strip_prefix('{') else { return Ok(None) };
        if !inside.trim_start().starts_with(['"', '}']) {
            return Ok(None);
        }
        let Some(end) = object_end(text, open) else {
            let message = "the JSON front matter opened by `{` is never closed";
            return Err(Error::new(&codes::FRONT_UNCLOSED, message)
                .at(Span::new(open, open + 1))
                .help("put a `}` behind its last entry"));
        };
        let body = super::fence::behind_blank_lines(text, end);
        Ok(Some(Split::new(Span::new(open, end), Span::new(body, text.len()))))
    }

    fn parse(&self, text: &str, front: Span, _: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        read::read(text, front, sink).map(Meta::from)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        report(meta, sink);
        let json = value_to_json(&Value::Map(meta.map.clone()));
        let text = serde_json::to_string_pretty(&json).map_err(|error| {
            Error::new(&codes::WRITE_FAILED, "the front matter has no form in JSON").caused_by(error)
        })?;
        print::write(out, format_args!("{text}\n"))?;
        print::body(body, out)
    }

    fn edit(&self, source: &FrontText, meta: &Meta, _: Schema, sink: &mut dyn Sink) -> Option<(String, String)> {
        if source.meta == *meta {
            return Some(source.around.clone());
        }
        let edited = edit::edit(source, meta)?;
        report(meta, sink);
        Some((super::edit::fenced(&source.around.0, source.span, &edited, None), source.around.1.clone()))
    }
}

/// Reports what JSON cannot say.
fn report(meta: &Meta, sink: &mut dyn Sink) {
    print::drop_comments(meta, "JSON has no comments", sink);
    for entry in &meta.map {
        let span = Some(entry.span).filter(|span| !span.is_empty());
        let is_date_key = DATE_KEYS.iter().chain(&DATE_SPELLINGS).any(|key| entry.key.eq_ignore_ascii_case(key));
        if !(is_date_key && entry.value.is_date()) {
            report_retyped(&entry.key, &entry.value, span, sink);
        }
    }
}

/// Reports every value whose type JSON does not have. `key` is the way to it, with dots.
fn report_retyped(key: &str, value: &Value, span: Option<Span>, sink: &mut dyn Sink) {
    let (code, what) = match value {
        Value::Date(_) | Value::LocalDateTime(_) | Value::OffsetDateTime(_) => (&codes::DATE_AS_TEXT, "a date"),
        Value::Float(number) if !number.value().is_finite() => (&codes::FLOAT_AS_TEXT, "a number that JSON has not"),
        Value::List(items) => return items.iter().for_each(|item| report_retyped(key, item, span, sink)),
        Value::Map(map) => {
            return map
                .iter()
                .for_each(|entry| report_retyped(&format!("{key}.{}", entry.key), &entry.value, span, sink));
        }
        _ => return,
    };
    sink.report(Diagnostic::new(code, format!("`{key}` holds {what}: written as text")).at_opt(span));
}

/// Where the object that begins at `open` ends, as Hugo 0.168's `pageparser` counts braces.
fn object_end(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut is_quoted, mut at) = (0_usize, false, open);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => is_quoted = !is_quoted,
            b'{' if !is_quoted => depth += 1,
            b'}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_and_the_body_behind_it() {
        let text = "{ \"title\": \"a } \\\" b\" }\n\nBody\n";
        let split = Json.split(text, Schema::Hugo).unwrap().unwrap();
        assert_eq!(split.front.slice(text), Some("{ \"title\": \"a } \\\" b\" }"));
        assert_eq!(split.body.slice(text), Some("Body\n"));
        for body in ["{{< figure >}}", "{% raw %}", "{: .class }", "text"] {
            assert_eq!(Json.split(body, Schema::Hugo).unwrap(), None);
        }
        assert!(Json.split("{ \"a\": 1\n\nBody", Schema::Hugo).is_err());
    }

    #[test]
    fn order_numbers_and_places_are_kept() {
        let text = "{\"b\": 1.50, \"a\": 18446744073709551616, \"b\": [true, null, \"x\\u00e9\"]}";
        let mut report = Vec::new();
        let meta = Json.parse(text, Span::new(0, text.len()), Schema::Core, &mut report).unwrap();
        let keys: Vec<&str> = meta.map.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        assert_eq!(report.len(), 1);
        assert_eq!(meta.map.entry("a").unwrap().span.slice(text), Some("\"a\": 18446744073709551616"));
        let written = value_to_json(&Value::Map(meta.map)).to_string();
        assert_eq!(written, "{\"b\":[true,null,\"xé\"],\"a\":18446744073709551616}");
    }

    #[test]
    fn an_edit_keeps_what_stands_between() {
        let text = "{\n   \"a\": 1,\n   \"b\": [1,2],\n   \"c\": \"x\"\n}\n\nBody\n";
        let mut document = crate::front::FrontDocument::read(text, Schema::Hugo, &mut ()).unwrap();
        document.set("c", Value::from("y")).unwrap();
        document.set("d.e", Value::from(1_i64)).unwrap();
        document.remove("a");
        let expected = "{\n   \"b\": [1,2],\n   \"c\": \"y\",\n   \"d\": {\n     \"e\": 1\n   }\n}\n\nBody\n";
        assert_eq!(document.text(&mut ()).unwrap(), expected);
    }

    #[test]
    fn broken_json_is_one_error_at_its_place() {
        let text = "{\n \"a\": 1,\n}";
        let error = Json.parse(text, Span::new(0, text.len()), Schema::Core, &mut ()).unwrap_err().locate(text);
        assert_eq!(error.code().name, "json-syntax");
        assert_eq!(error.position().unwrap().to_string(), "3:1");
    }
}
