//! From the head of a page to [`Meta`].

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::scan::{Kind, Piece, Pieces, is_one_of};
use super::{OTHER, OWN_PREFIX, PROPERTIES};
use crate::date;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::front::map::MapBuilder;
use crate::front::yaml::{self, Rules};
use crate::meta::{Entry, Meta, Value};

/// Longer tags are kept as they are: attributes are looked up one by one.
const MAX_TAG: usize = 16 * 1024;

/// Reads the part `front` of `text`, which is everything before the body.
pub(super) fn read(text: &str, front: Span, sink: &mut dyn Sink) -> Meta {
    let head = &text[..front.end.min(text.len())];
    let mut reader = Reader { text: head, map: MapBuilder::default(), other: String::new(), sink };
    for piece in Pieces::new(head, front.start) {
        reader.piece(&piece);
    }
    reader.finish(front)
}

struct Reader<'t, 's> {
    text: &'t str,
    map: MapBuilder,
    /// What is no front matter, a line for each.
    other: String,
    sink: &'s mut dyn Sink,
}

impl Reader<'_, '_> {
    fn piece(&mut self, piece: &Piece<'_>) {
        let source = &self.text[piece.start..piece.end];
        match piece.kind {
            Kind::Open(name) if is_one_of(name, &["html", "body"]) => self.root(name, piece),
            Kind::Open(name) if name.eq_ignore_ascii_case("title") => self.title(piece),
            Kind::Open(name) if is_one_of(name, &["meta", "link"]) && source.len() <= MAX_TAG => {
                let attributes = attributes(source);
                if !self.meta(&attributes, piece) {
                    self.keep(piece);
                }
            }
            Kind::Open(name) if name.eq_ignore_ascii_case("head") => {}
            Kind::Close(_) | Kind::Declaration => {}
            _ => self.keep(piece),
        }
    }

    fn keep(&mut self, piece: &Piece<'_>) {
        let source = &self.text[piece.start..piece.end];
        let shown: String = source.chars().take(60).collect();
        let message = format!("`{}` in the page's head is kept as it is", shown.lines().next().unwrap_or_default());
        self.sink.report(Diagnostic::new(&codes::HEAD_KEPT, message).at(Span::new(piece.start, piece.end)));
        self.other.push_str(source);
        self.other.push('\n');
    }

    /// `<html>` and `<body>`: the language is front matter, other attributes are kept.
    fn root(&mut self, name: &str, piece: &Piece<'_>) {
        let source = &self.text[piece.start..piece.end];
        let raw = source[1 + name.len()..].trim_end_matches('>').trim();
        if raw.is_empty() {
            return;
        }
        if name.eq_ignore_ascii_case("body") {
            return self.set(OTHER[2], Value::from(raw), piece);
        }
        let attributes = if source.len() <= MAX_TAG { attributes(source) } else { Vec::new() };
        let lang = attributes.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.clone());
        let others: Vec<String> = attributes
            .iter()
            .filter(|(name, _)| name != "lang")
            .map(|(name, value)| super::write::attribute(name, value))
            .collect();
        if let Some(lang) = lang {
            self.set("lang", Value::String(lang), piece);
        }
        if attributes.is_empty() {
            self.set(OTHER[1], Value::from(raw), piece);
        } else if !others.is_empty() {
            self.set(OTHER[1], Value::from(others.join(" ")), piece);
        }
    }

    fn title(&mut self, piece: &Piece<'_>) {
        let source = &self.text[piece.start..piece.end];
        let content = source.find('>').map_or("", |at| &source[at + 1..]);
        let content = content.rfind("</").map_or(content, |at| &content[..at]);
        if self.map.position("title").is_some() {
            return self.keep(piece);
        }
        self.set("title", Value::String(decode(content)), piece);
    }

    /// Takes a `<meta>` or `<link>` for what it says; `false` if that is no front matter.
    fn meta(&mut self, attributes: &[(String, String)], piece: &Piece<'_>) -> bool {
        let get = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        if attributes.len() == 1 && get("charset").is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8")) {
            // What is written is in UTF-8 and says so.
            return true;
        }
        if let (Some(rel), Some(href), 2) = (get("rel"), get("href"), attributes.len()) {
            // An address elsewhere is not this post's own.
            return rel == "canonical" && href.starts_with('/') && self.set_once("url", Value::from(href), piece);
        }
        let (Some(name), Some(content), 2) = (get("name").or(get("property")), get("content"), attributes.len()) else {
            return false;
        };
        if let Some(key) = name.strip_prefix(OWN_PREFIX) {
            return match own_value(content) {
                Some(value) => self.set_once(key, value, piece),
                None => false,
            };
        }
        match name {
            "description" => self.set_once("description", Value::from(content), piece),
            "keywords" => {
                let words = content.split(',').map(|word| Value::from(word.trim())).collect::<Vec<_>>();
                self.set_once("keywords", Value::List(words), piece)
            }
            "author" => self.add("authors", content, piece),
            _ => match PROPERTIES.iter().find(|(property, _)| *property == name) {
                Some((_, key @ ("date" | "updated"))) => {
                    let date = date::recognize(content).unwrap_or_else(|| Value::from(content));
                    self.set_once(key, date, piece)
                }
                Some((_, key @ ("categories" | "tags"))) => self.add(key, content, piece),
                Some((_, key)) => self.set_once(key, Value::from(content), piece),
                None => false,
            },
        }
    }

    fn set(&mut self, key: &str, value: Value, piece: &Piece<'_>) {
        self.map.set(Entry::new(key, value).at(Span::new(piece.start, piece.end)));
    }

    fn set_once(&mut self, key: &str, value: Value, piece: &Piece<'_>) -> bool {
        let is_free = self.map.position(key).is_none();
        if is_free {
            self.set(key, value, piece);
        }
        is_free
    }

    /// Adds to a list of texts.
    fn add(&mut self, key: &str, content: &str, piece: &Piece<'_>) -> bool {
        match self.map.value_mut(key) {
            Some(Value::List(items)) => items.push(Value::from(content)),
            Some(_) => return false,
            None => self.set(key, Value::List(vec![Value::from(content)]), piece),
        }
        true
    }

    fn finish(mut self, front: Span) -> Meta {
        if !self.other.is_empty() {
            let entry = Entry::new(OTHER[0], std::mem::take(&mut self.other)).at(front);
            // Before the attributes of the body, which stand behind the head.
            let body = self.map.pop(OTHER[2]);
            self.map.set(entry);
            body.into_iter().for_each(|body| {
                self.map.set(body);
            });
        }
        Meta::from(self.map.finish())
    }
}

/// The value of a key that HTML has no name for: YAML on one line.
fn own_value(content: &str) -> Option<Value> {
    let yaml = format!("value: {content}\n");
    let meta = yaml::parse(&yaml, Span::new(0, yaml.len()), Rules::Own, &mut ()).ok()?;
    meta.map.into_iter().next().map(|entry| entry.value)
}

/// The attributes of a tag, their values decoded.
fn attributes(tag: &str) -> Vec<(String, String)> {
    simple_attributes(tag).unwrap_or_else(|| all_attributes(tag))
}

/// The attributes of a tag of the usual form, `<name a="b" c="d">`, without character references: by far the most, and
/// by far the fastest.
fn simple_attributes(tag: &str) -> Option<Vec<(String, String)>> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if tag.contains(['&', '\r', '\0']) {
        return None;
    }
    let mut rest = tag.strip_prefix('<')?.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if matches!(rest, ">" | "/>") {
            return Some(found);
        }
        let (name, value) = rest.split_once("=\"")?;
        let (value, behind) = value.split_once('"')?;
        if !is_name(name) || found.iter().any(|(known, _)| known == name) || !behind.starts_with([' ', '\n', '/', '>'])
        {
            return None;
        }
        found.push((name.to_owned(), value.to_owned()));
        rest = behind;
    }
}

fn all_attributes(tag: &str) -> Vec<(String, String)> {
    let found = Attributes::default();
    let tokenizer = Tokenizer::new(found, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(tag));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Text with its character references replaced.
fn decode(text: &str) -> String {
    if !text.contains(['&', '\r', '\0']) {
        return text.to_owned();
    }
    let quoted = text.replace('"', "&quot;");
    attributes(&format!("<a b=\"{quoted}\">")).into_iter().next().map(|(_, value)| value).unwrap_or_default()
}

#[derive(Default)]
struct Attributes(RefCell<Vec<(String, String)>>);

impl TokenSink for Attributes {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let TagToken(tag) = token {
            let attributes =
                tag.attrs.iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()));
            self.0.borrow_mut().extend(attributes);
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_way_is_the_same() {
        for tag in ["<meta a=\"b\" c-d=\"e 'f' >\">", "<meta>", "<meta a=\"\" />", "<link a=\"b\"\nc=\"d\"/>"] {
            assert_eq!(simple_attributes(tag), Some(all_attributes(tag)), "{tag}");
        }
        for tag in
            ["<meta a=b>", "<meta a='b'>", "<meta a=\"&amp;\">", "<meta a=\"b\" a=\"c\">", "<meta A=\"b\">", "<meta a>"]
        {
            assert_eq!(simple_attributes(tag), None, "{tag}");
        }
    }
}
