//! What each of Hugo's shortcodes means (0.168; those that were removed or renamed since 0.111 too).

use super::super::count_from;
use super::scan::{Kind, Token, pairs, tokens};
use super::{NAME, arguments, fence};
use crate::ast::{Details, Embed, Figure, Highlight, Meaning, PageLink, PlacedTag, Tag, TagDetails};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::meta::{Map, Meta, Value};

/// Finds the shortcodes in the part `span` of `text` and what they mean.
pub(super) fn read(text: &str, span: Span, meta: &Meta, sink: &mut dyn Sink) -> Vec<PlacedTag> {
    let (found, unclosed) = tokens(text, span);
    for span in unclosed {
        let message =
            format!("`{}` opens a shortcode that never ends: kept as text", span.slice(text).unwrap_or_default());
        sink.report(Diagnostic::new(&codes::TAG_UNCLOSED, message).at(span));
    }
    let pairs = pairs(&found);
    let mut opened = vec![None; found.len()];
    for (open, close) in pairs.iter().enumerate() {
        if let Some(slot) = close.and_then(|close| opened.get_mut(close)) {
            *slot = Some(open);
        }
    }

    let mut tags = Vec::new();
    let mut index = 0;
    while let Some(token) = found.get(index) {
        let close = pairs.get(index).copied().flatten();
        let closing = close.and_then(|close| found.get(close));
        let is_closing = opened.get(index).copied().flatten().is_some();
        match (token.kind, closing) {
            (Kind::Open { name, .. }, Some(closing)) if holds_its_body(name) => {
                let inner = found.get(index + 1..close.unwrap_or(index)).unwrap_or_default();
                tags.push(with_body(text, token, closing, inner, meta));
                index = close.unwrap_or(index);
            }
            (Kind::Open { name: "details", .. }, None) => tags.push(placed(text, token, Meaning::Unknown)),
            (Kind::Close { name: "details" }, _) if is_closing => tags.push(placed(text, token, Meaning::DetailsEnd)),
            _ => tags.extend(alone(text, token, meta)),
        }
        index += 1;
    }
    tags
}

/// Whether what stands between opening and closing tag is no text of the page: code, a comment, a template.
fn holds_its_body(name: &str) -> bool {
    matches!(name, "highlight" | "comment") || name.ends_with(".inline")
}

fn placed(text: &str, token: &Token<'_>, meaning: Meaning) -> PlacedTag {
    let (name, arguments) = match token.kind {
        Kind::Open { name, arguments } | Kind::Alone { name, arguments } => (name, arguments),
        Kind::Close { name } => (name, ""),
        Kind::Escape => ("", ""),
    };
    let closes = matches!(token.kind, Kind::Close { .. });
    let details = TagDetails { arguments: arguments::read(arguments), closes, meaning, body: None };
    let tag = Tag::new(NAME, name, token.span.slice(text).unwrap_or_default()).with_details(details);
    PlacedTag::new(tag, token.span)
}

/// What a token is by itself. An escape is its two marks: Hugo takes off what is too much of them, and the markup reads what
/// stands between as it reads everything else.
fn alone(text: &str, token: &Token<'_>, meta: &Meta) -> Vec<PlacedTag> {
    if token.kind != Kind::Escape {
        return vec![placed(text, token, meaning(token, meta))];
    }
    let (open, close) = if token.is_markup { ("{{%", "%}}") } else { ("{{<", ">}}") };
    let length = open.len() + "/*".len();
    let mark = |span: Span, shown: &str| placed(text, &Token { span, ..*token }, Meaning::Text(shown.to_owned()));
    vec![
        mark(Span::new(token.span.start, token.span.start + length), open),
        mark(Span::new(token.span.end - length, token.span.end), close),
    ]
}

/// A tag with its body.
fn with_body(text: &str, open: &Token<'_>, close: &Token<'_>, inner: &[Token<'_>], meta: &Meta) -> PlacedTag {
    let body = Span::new(open.span.end, close.span.start);
    let body_text = body.slice(text).unwrap_or_default();
    let Kind::Open { name, arguments } = open.kind else { return placed(text, open, Meaning::Unknown) };
    let meaning = match name {
        "highlight" => Meaning::Highlight(highlight(arguments)),
        "comment" => Meaning::Comment(body_text.to_owned()),
        _ => Meaning::Unknown,
    };
    let mut placed = placed(text, open, meaning);
    placed.span = open.span.cover(close.span);
    placed.tag.text = placed.span.slice(text).unwrap_or_default().to_owned();
    placed.tag.details_mut().body = Some(body_text.to_owned());
    placed.inner = inner.iter().flat_map(|token| alone(text, token, meta)).collect();
    count_from(&mut placed.inner, body.start);
    placed
}

fn highlight(arguments: &str) -> Highlight {
    let arguments = arguments::read(arguments);
    let mut words = arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| argument.value.as_str());
    let mut highlight = Highlight { language: words.next().unwrap_or_default().to_owned(), ..Highlight::default() };
    if let Some(settings) = words.next() {
        fence::apply(settings, &mut highlight);
    }
    highlight
}

fn meaning(token: &Token<'_>, meta: &Meta) -> Meaning {
    let (name, arguments) = match token.kind {
        Kind::Open { name, arguments } | Kind::Alone { name, arguments } => (name, arguments),
        Kind::Close { .. } | Kind::Escape => return Meaning::Unknown,
    };
    let arguments = Arguments { all: arguments::read(arguments) };
    let found = match name {
        "ref" => arguments.first("path").and_then(|page| page_link(page, true)),
        "relref" => arguments.first("path").and_then(|page| page_link(page, false)),
        "param" => arguments.first("").map(|key| param(key, meta)),
        "youtube" => arguments
            .first("id")
            .map(|id| Meaning::Embed(Embed::Youtube { id: id.to_owned(), settings: arguments.others("id") })),
        "vimeo" => arguments
            .first("id")
            .map(|id| Meaning::Embed(Embed::Vimeo { id: id.to_owned(), settings: arguments.others("id") })),
        "x" | "tweet" | "twitter" => tweet(&arguments),
        "instagram" => arguments.first("id").map(|id| Meaning::Embed(Embed::Instagram { id: id.to_owned() })),
        "gist" => gist(&arguments),
        "figure" => figure(&arguments),
        "details" => Some(details(&arguments)),
        _ => None,
    };
    found.unwrap_or_default()
}

struct Arguments {
    all: Vec<crate::ast::Argument>,
}

impl Arguments {
    fn named(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|argument| argument.name.as_deref() == Some(name)).map(|argument| argument.value.as_str())
    }

    fn at(&self, index: usize) -> Option<&str> {
        self.all.get(index).filter(|argument| argument.name.is_none()).map(|argument| argument.value.as_str())
    }

    /// The one called `name`, or the first without one.
    fn first(&self, name: &str) -> Option<&str> {
        self.named(name).or_else(|| self.at(0)).filter(|value| !value.is_empty())
    }

    /// Those with a name, other than the one called `name`.
    fn others(&self, name: &str) -> Vec<(String, String)> {
        let others = self.all.iter().filter(|argument| !argument.value.is_empty());
        others
            .filter_map(|argument| Some((argument.name.clone().filter(|own| own != name)?, argument.value.clone())))
            .collect()
    }

    /// Those of `names` that are there, in this order.
    fn pick(&self, names: &[&str]) -> Vec<(String, String)> {
        let found = names.iter().filter_map(|&name| Some((name.to_owned(), self.named(name)?.to_owned())));
        found.filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn page_link(page: &str, is_absolute: bool) -> Option<Meaning> {
    let (page, fragment) = page.split_at(page.find('#').unwrap_or(page.len()));
    // Of a mark on the same page even `ref` says no more.
    if page.is_empty() {
        return Some(Meaning::Text(fragment.to_owned()));
    }
    let page = page.trim_matches('/');
    let page = page.strip_suffix(".md").or_else(|| page.strip_suffix(".html")).unwrap_or(page);
    Some(Meaning::PageLink(PageLink { page: page.to_owned(), fragment: fragment.to_owned(), is_absolute }))
}

/// Hugo looks a key up whatever its case, at top level and under `params`.
fn param(key: &str, meta: &Meta) -> Meaning {
    let params = meta.get("params").and_then(Value::as_map);
    let Some((key, value)) = find(key, &meta.map).or_else(|| find(key, params?)) else {
        return Meaning::SiteValue(key.to_owned());
    };
    let value = shown(value);
    Meaning::Param { key, value }
}

/// What Hugo shows for a value, before HTML escapes it; it stops at what is nothing, zero or false.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Integer(number) => Some(number.to_string()).filter(|text| text != "0"),
        // Go writes others with exponents.
        Value::Float(number) if (1e-3..1e15).contains(&number.value().abs()) => Some(number.value().to_string()),
        Value::Bool(true) => Some("true".to_owned()),
        Value::List(values) => {
            let of = |value: &Value| match value {
                Value::Bool(truth) => Some(truth.to_string()),
                Value::List(_) => None,
                value => shown(value),
            };
            Some(format!("[{}]", values.iter().map(of).collect::<Option<Vec<_>>>()?.join(" ")))
        }
        _ => None,
    }
}

/// The value at a path of keys, letter case aside, and the path as it is written.
fn find<'m>(key: &str, map: &'m Map) -> Option<(String, &'m Value)> {
    let (mut path, mut map, mut found) = (Vec::new(), Some(map), None);
    for step in key.split('.') {
        let entry = map?.iter().find(|entry| entry.key.eq_ignore_ascii_case(step))?;
        path.push(entry.key.as_str());
        map = entry.value.as_map();
        found = Some(&entry.value);
    }
    Some((path.join("."), found?))
}

fn tweet(arguments: &Arguments) -> Option<Meaning> {
    let (user, id) = (arguments.named("user"), arguments.first("id"));
    let is_id = |id: &&str| id.bytes().all(|byte| byte.is_ascii_digit());
    let user = user.unwrap_or("i").to_owned();
    Some(Meaning::Embed(Embed::Tweet { user, id: id.filter(is_id)?.to_owned() }))
}

fn gist(arguments: &Arguments) -> Option<Meaning> {
    let (user, id) = (arguments.at(0)?, arguments.at(1)?);
    let file = arguments.at(2).map(str::to_owned);
    Some(Meaning::Embed(Embed::Gist { id: format!("{user}/{id}"), file }))
}

fn figure(arguments: &Arguments) -> Option<Meaning> {
    let text = |name: &str| arguments.named(name).filter(|value| !value.is_empty()).map(str::to_owned);
    let address = |name: &str| text(name).map(|address| normal_address(&address));
    let mut figure = Figure { src: address("src")?, is_block: true, ..Figure::default() };
    figure.caption = text("caption");
    figure.title = text("title");
    figure.class = text("class");
    figure.credit = (text("attr"), address("attrlink"));
    // Without an `alt`, the caption is it.
    let alt = text("alt").or_else(|| figure.caption.as_deref().map(plain));
    figure.image.extend(alt.map(|alt| ("alt".to_owned(), alt)));
    figure.image.extend(arguments.pick(&["width", "height", "loading"]));
    if let Some(href) = address("link") {
        figure.link.push(("href".to_owned(), href));
        figure.link.extend(arguments.pick(&["target", "rel"]));
    }
    Some(Meaning::Figure(Box::new(figure)))
}

/// An address as Go's templates put it into an attribute: what may not stand in one is encoded.
fn normal_address(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&*+,/:;=?@[]-._~%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The words of a caption, its marks of emphasis and its tags left out.
fn plain(caption: &str) -> String {
    let mut out = String::new();
    for event in pulldown_cmark::Parser::new(caption) {
        match event {
            pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => out.push_str(&text),
            pulldown_cmark::Event::SoftBreak | pulldown_cmark::Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

fn details(arguments: &Arguments) -> Meaning {
    let mut details =
        Details { summary: arguments.named("summary").unwrap_or("Details").to_owned(), ..Details::default() };
    details.attributes = arguments.pick(&["class", "name"]);
    if arguments.named("open") == Some("true") {
        details.attributes.push(("open".to_owned(), String::new()));
    }
    details.attributes.extend(arguments.pick(&["title"]));
    Meaning::DetailsStart(details)
}
