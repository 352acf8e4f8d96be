//! The head of an HTML page as front matter.

mod read;
mod scan;
mod write;

use std::fmt;

use super::fence::after_byte_order_mark;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::Meta;

/// What HTML has a place for stands in it: `<title>`, `<html lang>`, `<meta>` for description, keywords, author, dates,
/// tags, categories and image, `<link rel="canonical">` for the address. Every other key stands in its order as
/// `<meta name="postferry:key">` with its value as YAML on one line.
///
/// A text without head and body tags is a fragment and has no front matter; a post without front matter is written as one.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct HtmlHead;

/// The name in front of keys that HTML has no name for.
const OWN_PREFIX: &str = "postferry:";

/// The key for the parts of a head that are no front matter, and those for attributes of `<html>` and `<body>`.
const OTHER: [&str; 3] = ["html_head", "html_attributes", "body_attributes"];

/// Properties of `<meta>`, with the canonical key of each.
const PROPERTIES: [(&str, &str); 5] = [
    ("article:published_time", "date"),
    ("article:modified_time", "updated"),
    ("article:section", "categories"),
    ("article:tag", "tags"),
    ("og:image", "image"),
];

impl FrontMatter for HtmlHead {
    fn name(&self) -> &str {
        "head"
    }

    fn split(&self, text: &str, _: Schema) -> Result<Option<Split>, Error> {
        let start = after_byte_order_mark(text);
        let page = scan::page(text, start);
        Ok(page.map(|page| Split::new(Span::new(start, page.body_start), Span::new(page.body_start, page.body_end))))
    }

    fn parse(&self, text: &str, front: Span, _: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        Ok(read::read(text, front, sink))
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        write::write(meta, body, out, sink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::Value;

    fn read(text: &str) -> (Meta, String) {
        let split = HtmlHead.split(text, Schema::Core).unwrap().unwrap();
        let meta = HtmlHead.parse(text, split.front, Schema::Core, &mut ()).unwrap();
        (meta, split.body.slice(text).unwrap().to_owned())
    }

    #[test]
    fn every_key_comes_back_in_its_order() {
        let mut meta = Meta::new();
        meta.insert("layout", Value::from("post"));
        meta.insert("title", Value::from("a < b & \"c\""));
        meta.insert("date", crate::date::recognize("2019-05-01T12:09:07+02:00").unwrap());
        meta.insert("tags", Value::List(vec![Value::from("a, b"), Value::from("c")]));
        meta.insert("count", Value::from(3_i64));
        meta.insert("keywords", Value::List(vec![Value::from("a, b")]));
        meta.insert("authors", Value::List(vec![Value::from("Jo"), Value::from("Bo")]));
        meta.insert("url", Value::from("/a/"));
        meta.insert("lines", Value::from("a\nb\n"));
        meta.insert("categories", Value::List(Vec::new()));
        meta.insert("none", Value::Null);
        let (mut out, mut report) = (String::new(), Vec::new());
        HtmlHead.print(&meta, "<p>Hi</p>", &mut out, &mut report).unwrap();
        let (back, body) = read(&out);
        assert_eq!(back, meta, "{out}");
        assert_eq!(body, "<p>Hi</p>\n");
        assert!(report.is_empty());
    }

    #[test]
    fn what_is_not_understood_is_kept() {
        let page = "<!DOCTYPE html>\n<html lang=\"nl\" class=x>\n<head>\n<meta charset=\"utf-8\">\n<title>T &amp; u</title>\n\
                    <link rel=stylesheet href=a.css>\n<meta name='description' content='D'>\n</head>\n<body id=b>\nB\n</body>\n</html>\n";
        let (meta, _) = read(page);
        let keys: Vec<&str> = meta.map.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["lang", "html_attributes", "title", "description", "html_head", "body_attributes"]);
        assert_eq!(meta.get_str("title"), Some("T & u"));
        assert_eq!(meta.get_str("html_head"), Some("<link rel=stylesheet href=a.css>\n"));
        let mut out = String::new();
        HtmlHead.print(&meta, "B\n", &mut out, &mut ()).unwrap();
        assert_eq!(read(&out).0, meta, "{out}");
    }

    #[test]
    fn a_post_without_front_matter_is_a_fragment() {
        let mut out = String::new();
        HtmlHead.print(&Meta::new(), "<p>Hi</p>", &mut out, &mut ()).unwrap();
        assert_eq!(out, "<p>Hi</p>\n");
        assert_eq!(HtmlHead.split(&out, Schema::Core).unwrap(), None);
    }
}
