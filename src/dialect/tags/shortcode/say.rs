//! Saying as shortcodes what a tag of another language means: with those that come with Hugo from 0.111 to 0.168, for an
//! unknown one stops its build.

use super::super::usual::is_same_everywhere;
use super::arguments::quote;
use super::fence;
use crate::ast::{Embed, Highlight, Meaning, PageLink, Place, PlacedTag};
use crate::format::{TagContext, TagText};
use crate::meta::{Meta, Value};

pub(super) fn say(tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
    // Alone in its paragraph, a shortcode of the kind `<` would have none.
    let mark = if context.place == Place::Block { '%' } else { '<' };
    match &tag.tag.details.meaning {
        Meaning::Highlight(highlight @ Highlight { is_inline: false, .. }) => {
            Some(TagText::Code(fence::info(highlight)))
        }
        Meaning::PageLink(link) => Some(TagText::Tag(page_link(link, mark))),
        Meaning::Param { key, value: Some(value) } if is_shown(value, context) && has(context.meta, key, value) => {
            Some(TagText::Tag(tag_text(mark, "param", key)))
        }
        Meaning::Embed(embed) => self::embed(embed).map(TagText::Tag),
        _ => None,
    }
}

fn tag_text(mark: char, name: &str, argument: &str) -> String {
    let close = if mark == '<' { '>' } else { mark };
    format!("{{{{{mark} {name} {} {close}}}}}", quote(argument))
}

fn page_link(link: &PageLink, mark: char) -> String {
    let name = if link.is_absolute { "ref" } else { "relref" };
    tag_text(mark, name, &format!("{}.md{}", link.page, link.fragment))
}

/// Whether a shortcode shows `value` as Liquid does: not where a paragraph might become a list of it.
fn is_shown(value: &str, context: &TagContext<'_>) -> bool {
    is_same_everywhere(value) && (context.place != Place::Block || value.starts_with(char::is_alphabetic))
}

/// Whether the front matter that is written shows `value` for `key`: at top level, where Hugo finds it.
fn has(meta: &Meta, key: &str, value: &str) -> bool {
    let mut steps = key.split('.');
    let first = steps.next().and_then(|step| meta.get(step));
    let found = steps.fold(first, |value, step| value.and_then(Value::as_map).and_then(|map| map.get(step)));
    match found {
        Some(Value::String(text)) => text == value,
        // Hugo takes zero for nothing, and stops.
        Some(Value::Integer(number)) => value != "0" && number.to_string() == value,
        Some(Value::Bool(true)) => value == "true",
        _ => false,
    }
}

fn embed(embed: &Embed) -> Option<String> {
    Some(match embed {
        Embed::Youtube { id, settings } => player("youtube", id, settings),
        Embed::Vimeo { id, settings } => player("vimeo", id, settings),
        Embed::Instagram { id } => format!("{{{{< instagram {} >}}}}", word(id)),
        // Hugo has `x` since 0.141, which fetches the post as the site is built and shows nothing if it cannot; before,
        // `tweet`, removed in 0.156, as `gist` was.
        Embed::Tweet { .. } | Embed::Gist { .. } => return None,
    })
}

fn player(name: &str, id: &str, settings: &[(String, String)]) -> String {
    if settings.is_empty() {
        return format!("{{{{< {name} {} >}}}}", word(id));
    }
    let settings: Vec<String> = settings.iter().map(|(name, value)| format!("{name}={}", quote(value))).collect();
    format!("{{{{< {name} id={} {} >}}}}", quote(id), settings.join(" "))
}

/// An id without quotes, if it needs none.
fn word(id: &str) -> String {
    let is_plain = id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_plain { id.to_owned() } else { quote(id) }
}
