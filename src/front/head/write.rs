//! Writing a page with its head.

use std::fmt;

use super::{OTHER, OWN_PREFIX, PROPERTIES};
use crate::diag::Sink;
use crate::error::Error;
use crate::front::print;
use crate::front::yaml;
use crate::meta::{Entry, Meta, Value};

/// Writes a page; a fragment if there is no front matter.
pub(super) fn write(meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
    print::drop_comments(meta, "a page's head has no place for it", sink);
    if meta.map.is_empty() {
        return print::text(body, out);
    }
    let lang = meta.get_str("lang").map(|lang| format!(" {}", attribute("lang", lang))).unwrap_or_default();
    let spaced = |key: &str| meta.get_str(key).map(|text| format!(" {text}")).unwrap_or_default();
    let html_attributes = spaced(OTHER[1]);
    print::write(
        out,
        format_args!("<!DOCTYPE html>\n<html{lang}{html_attributes}>\n<head>\n<meta charset=\"utf-8\">\n"),
    )?;
    for entry in &meta.map {
        print::write(out, format_args!("{}", head_lines(entry)))?;
    }
    print::write(out, format_args!("</head>\n<body{}>\n", spaced(OTHER[2])))?;
    print::text(body, out)?;
    print::write(out, format_args!("</body>\n</html>\n"))
}

/// What one entry is in the head.
fn head_lines(entry: &Entry) -> String {
    let own = || meta_line("name", &format!("{OWN_PREFIX}{}", entry.key), &yaml::inline(&entry.value));
    match (entry.key.as_str(), &entry.value) {
        ("lang", Value::String(_)) => String::new(),
        (key, Value::String(text)) if key == OTHER[0] => text.clone(),
        (key, Value::String(_)) if OTHER.contains(&key) => String::new(),
        ("title", Value::String(text)) => format!("<title>{}</title>\n", escape(text)),
        ("description", Value::String(text)) => meta_line("name", "description", text),
        ("url", Value::String(text)) if text.starts_with('/') => {
            format!("<link rel=\"canonical\" {}>\n", attribute("href", text))
        }
        ("image", Value::String(text)) => meta_line("property", "og:image", text),
        ("keywords", value) => {
            match texts(value).filter(|words| words.iter().all(|word| word.trim() == *word && !word.contains(','))) {
                Some(words) => meta_line("name", "keywords", &words.join(", ")),
                None => own(),
            }
        }
        ("authors", value) => {
            texts(value).map_or_else(own, |names| names.iter().map(|name| meta_line("name", "author", name)).collect())
        }
        (key, value) => match (PROPERTIES.iter().find(|(_, known)| *known == key), value) {
            (Some((property, "date" | "updated")), Value::OffsetDateTime(datetime)) => {
                meta_line("property", property, &datetime.to_string())
            }
            (Some((property, "date" | "updated")), Value::Date(date)) => {
                meta_line("property", property, &date.to_string())
            }
            (Some((property, "categories" | "tags")), value) => texts(value)
                .map_or_else(own, |terms| terms.iter().map(|term| meta_line("property", property, term)).collect()),
            _ => own(),
        },
    }
}

/// The texts of a list that holds texts and nothing else, and at least one.
fn texts(value: &Value) -> Option<Vec<&str>> {
    let items = value.as_list().filter(|items| !items.is_empty())?;
    items.iter().map(Value::as_str).collect()
}

fn meta_line(kind: &str, name: &str, content: &str) -> String {
    format!("<meta {} {}>\n", attribute(kind, name), attribute("content", content))
}

/// `name="value"`.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!("{name}=\"{}\"", escape(value).replace('"', "&quot;"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}
