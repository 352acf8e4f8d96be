//! Saying as shortcodes what a tag of another language means: with those that come with Hugo 0.168, for an unknown one
//! stops its build.

use super::arguments::quote;
use super::fence;
use crate::ast::{Embed, Highlight, Meaning, PageLink, PlacedTag};
use crate::format::{TagContext, TagText};
use crate::meta::{Meta, Value};

pub(super) fn say(tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
    match &tag.tag.details.meaning {
        Meaning::Highlight(highlight @ Highlight { is_inline: false, .. }) => {
            Some(TagText::Code(fence::info(highlight)))
        }
        Meaning::PageLink(link) => Some(TagText::Tag(page_link(link))),
        Meaning::Param { key, value: Some(value) } if is_same_everywhere(value) && has(context.meta, key, value) => {
            Some(TagText::Tag(format!("{{{{< param {} >}}}}", quote(key))))
        }
        Meaning::Embed(embed) => self::embed(embed).map(TagText::Tag),
        _ => None,
    }
}

fn page_link(link: &PageLink) -> String {
    let name = if link.is_absolute { "ref" } else { "relref" };
    format!("{{{{< {name} {} >}}}}", quote(&format!("{}.md{}", link.page, link.fragment)))
}

/// Whether the front matter that is written shows `value` for `key`: at top level, where Hugo finds it.
fn has(meta: &Meta, key: &str, value: &str) -> bool {
    let mut steps = key.split('.');
    let first = steps.next().and_then(|step| meta.get(step));
    let found = steps.fold(first, |value, step| value.and_then(Value::as_map).and_then(|map| map.get(step)));
    match found {
        Some(Value::String(text)) => text == value,
        Some(Value::Integer(number)) => number.to_string() == value,
        Some(Value::Bool(true)) => value == "true",
        _ => false,
    }
}

/// Whether a value means the same whether or not HTML escapes it and Markdown reads it.
fn is_same_everywhere(value: &str) -> bool {
    !value.is_empty()
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | '/' | '?' | '-'))
}

fn embed(embed: &Embed) -> Option<String> {
    Some(match embed {
        Embed::Youtube { id, from_to: (0, 0) } => format!("{{{{< youtube {} >}}}}", word(id)),
        Embed::Youtube { id, from_to: (from, to) } => {
            let from = if *from > 0 { format!(" start={from}") } else { String::new() };
            let to = if *to > 0 { format!(" end={to}") } else { String::new() };
            format!("{{{{< youtube id={}{from}{to} >}}}}", quote(id))
        }
        Embed::Vimeo { id } => format!("{{{{< vimeo {} >}}}}", word(id)),
        Embed::Tweet { user, id } => format!("{{{{< x user={} id={} >}}}}", quote(user), quote(id)),
        Embed::Instagram { id } => format!("{{{{< instagram {} >}}}}", word(id)),
        // Removed from Hugo in 0.156.
        Embed::Gist { .. } => return None,
    })
}

/// An id without quotes, if it needs none.
fn word(id: &str) -> String {
    let is_plain = id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_plain { id.to_owned() } else { quote(id) }
}
