//! Single tags as HTML.

use crate::ast::same::scan::Set;
use crate::ast::{Attrs, Image, Link};

/// A start tag. Values are quoted; nothing in it ends a line.
pub(super) fn start_tag<'a>(name: &str, attrs: impl IntoIterator<Item = (&'a str, &'a str)>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attrs {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
    }
    out.push('>');
}

/// An end tag.
pub(super) fn end_tag(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Text or a value with what would be markup in it as character references.
pub(super) fn escape(text: &str, in_attribute: bool, out: &mut String) {
    static IN_TEXT: Set = Set::of(b"&<\r\xc2");
    static IN_ATTRIBUTE: Set = Set::of(b"&\"\n\r\xc2");
    let marked = if in_attribute { &IN_ATTRIBUTE } else { &IN_TEXT };
    let bytes = text.as_bytes();
    let (mut done, mut next) = (0, 0);
    loop {
        let at = next + marked.find(&bytes[next..]);
        let Some(byte) = bytes.get(at) else { break };
        next = at + 1;
        let (reference, length) = match byte {
            b'&' if text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'"' => ("&quot;", 1),
            b'\n' => ("&#10;", 1),
            b'\r' => ("&#13;", 1),
            0xc2 if bytes.get(at + 1) == Some(&0xa0) => ("&nbsp;", 2),
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(reference);
        done = at + length;
    }
    out.push_str(&text[done..]);
}

/// An image with all its attributes.
pub(super) fn image(image: &Image, attrs: Option<&Attrs>, out: &mut String) {
    let own = [("src", image.url.as_str()), ("alt", image.alt.as_str())];
    out.push_str("<img");
    let title = image.title.as_deref().map(|title| ("title", title));
    for (name, value) in own.into_iter().chain(title).chain(attrs.into_iter().flat_map(Attrs::iter)) {
        out.push(' ');
        out.push_str(name);
        // A source or description that is empty is still one.
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
    }
    out.push('>');
}

/// The box of a task.
pub(super) fn task(checked: bool, attrs: Option<&Attrs>, out: &mut String) {
    let own = [("type", "checkbox"), ("checked", ""), ("disabled", "")]
        .into_iter()
        .filter(|(name, _)| checked || *name != "checked")
        .filter(|(name, _)| attrs.is_none_or(|attrs| attrs.get(name).is_none()));
    start_tag("input", own.chain(attrs.into_iter().flat_map(Attrs::iter)), out);
}

/// A reference to a footnote, as pulldown-cmark writes it.
pub(super) fn footnote_reference(label: &str, number: usize, out: &mut String) {
    start_tag("sup", [("class", "footnote-reference")], out);
    start_tag("a", [("href", format!("#{label}").as_str())], out);
    out.push_str(&number.to_string());
    out.push_str("</a></sup>");
}

/// The start tag of a link.
pub(super) fn link_tag(link: &Link, attrs: Option<&Attrs>, out: &mut String) {
    out.push_str("<a");
    let title = link.title.as_deref().map(|title| ("title", title));
    let own = [("href", link.url.as_str())].into_iter().chain(title);
    for (name, value) in own.chain(attrs.into_iter().flat_map(Attrs::iter)) {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() || name == "href" {
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
    }
    out.push('>');
}
