//! Tokens of the common kind, made without the tokenizer: tags and text in which nothing needs its care. Whatever is odd
//! (a zero byte, a capital in a name, a value without quotes) is not made here.

use std::borrow::Cow;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{EndTag, StartTag, Tag};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2, memchr3};

use super::super::names;
use super::many;
use crate::ast::same::html::decode;

/// Whether the tokenizer would give the text as it stands.
pub(super) fn is_plain_text(text: &str) -> bool {
    if text.len() < 8 {
        return !text.bytes().any(|b| matches!(b, b'&' | b'\r' | 0));
    }
    memchr3(b'&', b'\r', 0, text.as_bytes()).is_none()
}

/// The text as the tokenizer would give it, references resolved; none if something in it needs the tokenizer.
pub(super) fn text(source: &str) -> Option<Cow<'_, str>> {
    value(source, false)
}

/// Text or the value of an attribute, line ends and references resolved.
fn value(source: &str, in_attribute: bool) -> Option<Cow<'_, str>> {
    if is_plain_text(source) {
        return Some(Cow::Borrowed(source));
    }
    match memchr2(b'\r', 0, source.as_bytes()) {
        None => Some(decode(source, in_attribute)),
        Some(at) if memchr(0, &source.as_bytes()[at..]).is_none() => {
            let lines = with_newlines(source);
            Some(match decode(&lines, in_attribute) {
                Cow::Owned(decoded) => Cow::Owned(decoded),
                Cow::Borrowed(_) => Cow::Owned(lines),
            })
        }
        Some(_) => None,
    }
}

/// The text with every line end as one newline.
fn with_newlines(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = rest[at + 1..].strip_prefix('\n').unwrap_or(&rest[at + 1..]);
    }
    out.push_str(rest);
    out
}

/// Whether the tokenizer has nothing of the text half read at its end: an entity that goes on, a line break, or
/// what may begin a tag.
pub(super) fn is_finished_text(text: &str) -> bool {
    let Some((_, tail)) = text.rsplit_once('&') else { return !text.ends_with(['\r', '<']) };
    // What ends an entity is read before the text of the entity is given.
    let end = tail.bytes().position(|b| !b.is_ascii_alphanumeric() && b != b'#');
    end.is_some_and(|end| end + 1 < tail.len()) && !text.ends_with(['\r', '<'])
}

/// The tag that begins at the start of `source`, and where it ends; `start` is its place in `body`.
pub(super) fn tag(source: &str, body: &StrTendril, start: u32) -> Option<(Tag, usize)> {
    let bytes = source.as_bytes();
    let kind = if bytes.get(1) == Some(&b'/') { EndTag } else { StartTag };
    let name_start = if kind == EndTag { 2 } else { 1 };
    let mut at = name_start + bytes.get(name_start..)?.iter().take_while(|b| is_name(**b)).count();
    let name = source.get(name_start..at)?;
    // The tokenizer reads on in another way behind some.
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || names::has_raw_text(name) {
        return None;
    }
    let mut tag = Tag {
        kind,
        name: LocalName::from(name),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    };
    loop {
        let spaces = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
        at += spaces;
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'>', _) => return Some((tag, at + 1)),
            (b'/', Some(b'>')) if kind == StartTag => {
                tag.self_closing = true;
                at += 1;
            }
            (b, _) if spaces > 0 && kind == StartTag && is_name(*b) && tag.attrs.len() < many::MANY => {
                at = attribute(source, at, body, start, &mut tag.attrs)?;
            }
            _ => return None,
        }
    }
}

/// Takes the attribute that begins at `from` and gives where it ends.
fn attribute(source: &str, from: usize, body: &StrTendril, start: u32, attrs: &mut Vec<Attribute>) -> Option<usize> {
    let bytes = source.as_bytes();
    let name_end = from + bytes[from..].iter().take_while(|b| is_name(**b)).count();
    let name = LocalName::from(source.get(from..name_end)?);
    if attrs.iter().any(|attr| attr.name.local == name) {
        return None;
    }
    let (attr_value, end) = match bytes.get(name_end)? {
        b'=' => {
            let quote = *bytes.get(name_end + 1).filter(|b| matches!(b, b'"' | b'\''))?;
            let value_start = name_end + 2;
            let length = memchr(quote, bytes.get(value_start..)?)?;
            let written = &source[value_start..value_start + length];
            let own = if is_plain_text(written) {
                let place = start.checked_add(u32::try_from(value_start).ok()?)?;
                body.try_subtendril(place, u32::try_from(length).ok()?).ok()?
            } else {
                StrTendril::from(&*value(written, true)?)
            };
            (own, value_start + length + 1)
        }
        b'>' | b' ' | b'\n' => (StrTendril::new(), name_end),
        _ => return None,
    };
    if attrs.is_empty() {
        // Most tags have one at most.
        attrs.reserve_exact(1);
    }
    attrs.push(Attribute { name: QualName::new(None, ns!(), name), value: attr_value });
    Some(end)
}

fn is_name(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag_end(source: &str) -> Option<usize> {
        tag(source, &StrTendril::from(source), 0).map(|(_, end)| end)
    }

    fn tag_of(source: &str) -> Option<Tag> {
        tag(source, &StrTendril::from(source), 0).map(|(tag, _)| tag)
    }

    #[test]
    fn common_tags_are_made() {
        let tag = tag_of("<a href=\"/x?y\" title='z' download>").unwrap();
        assert_eq!((&*tag.name, tag.kind, tag.self_closing), ("a", StartTag, false));
        let source = "<b>c > d</b>";
        assert_eq!(tag_end(source), Some(3));
        let attrs: Vec<(&str, &str)> = tag.attrs.iter().map(|attr| (&*attr.name.local, &*attr.value)).collect();
        assert_eq!(attrs, [("href", "/x?y"), ("title", "z"), ("download", "")]);
        let tag = tag_of("<a href='/?a&amp;b&lt=\r\n'>").unwrap();
        assert_eq!(&*tag.attrs[0].value, "/?a&b&lt=\n");
        assert_eq!(text("a &lt; b\r\nc\rd"), Some("a < b\nc\nd".into()));
        assert!(tag_of("<br/>").unwrap().self_closing);
        assert!(tag_of("<br />").unwrap().self_closing);
        assert_eq!(tag_of("</h1 >").unwrap().kind, EndTag);
    }

    #[test]
    fn text_may_leave_something_half_read() {
        for (text, expected) in [
            ("a", true),
            ("a &amp; b", true),
            ("a &amp;", false),
            ("a &amp", false),
            ("&#1", false),
            ("&", false),
            ("a\r", false),
            ("&amp; <", false),
        ] {
            assert_eq!(is_finished_text(text), expected, "{text}");
        }
    }

    #[test]
    fn odd_ones_are_left_to_the_tokenizer() {
        for source in [
            "<P>",
            "<p class=x>",
            "<p a='1' a='2'>",
            "<p a='1'b='2'>",
            "<script>",
            "<p",
            "<p a='>",
            "</p x>",
            "<p/x>",
            "<p A=''>",
            "<é>",
            "<p a = 'b'>",
            "<p a='\0'>",
            "<1>",
            "</-a>",
        ] {
            assert!(tag_of(source).is_none(), "{source}");
        }
    }
}
