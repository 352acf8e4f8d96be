//! Keys that a dialect calls otherwise than the canonical post, and the types of their values.

use super::spelling;
use crate::date;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Context;
use crate::meta::{LocalDateTime, Offset, OffsetDateTime, Value};
use crate::post::Post;

/// One canonical key as a dialect has it.
pub(super) struct Key {
    /// The canonical name.
    pub(super) canonical: &'static str,
    /// The dialect's names for it; the first is written.
    pub(super) names: &'static [&'static str],
    /// What its value is.
    pub(super) kind: Kind,
}

/// What the value of a key is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text: numbers, truths and dates that YAML made of it become text again.
    Text,
    /// A date or datetime.
    Date,
    /// A list of texts, of which one alone may stand without a list.
    Texts,
    /// Whatever it is.
    Any,
}

/// What a dialect makes of a time without a zone.
#[derive(Clone, Copy)]
pub(super) enum Zoneless {
    /// UTC where YAML made a time of it, the site's zone where it is text: so Jekyll.
    UtcUnlessText,
    /// The site's zone: so Hugo.
    SiteZone,
}

/// Gives every entry that the dialect calls one of `keys` its canonical name and type, and remembers how it was spelt.
pub(super) fn to_canonical(
    post: &mut Post,
    dialect: &str,
    keys: &[Key],
    zoneless: Zoneless,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) {
    for key in keys {
        let Some((name, span)) = find(post, key) else { continue };
        let Some(value) = post.meta.get(&name).cloned() else { continue };
        let canonical = match key.kind {
            Kind::Text => text(&value),
            Kind::Texts => texts(&value),
            Kind::Date => date_value(key.canonical, &value, span, zoneless, context, sink),
            Kind::Any => None,
        };
        let renamed = name != key.canonical;
        if renamed && !post.meta.rename(&name, key.canonical) {
            continue;
        }
        if let Some(canonical) = &canonical {
            post.meta.insert(key.canonical, canonical.clone());
        }
        // Where a date and its text are the same to the generator, the text is no other spelling.
        let is_same = |canonical: &Value| {
            matches!(zoneless, Zoneless::SiteZone) && value.as_str() == date_text(canonical).as_deref()
        };
        let value = canonical.as_ref().filter(|canonical| is_same(canonical)).unwrap_or(&value).clone();
        if renamed || canonical.is_some_and(|canonical| canonical != value) {
            spelling::remember(post, dialect, key.canonical, vec![(name, value)]);
        }
    }
}

/// Gives every canonical entry the name that the dialect writes, those in `done` excepted.
pub(super) fn from_canonical(post: &mut Post, keys: &[Key], done: &[String]) {
    for key in keys {
        if let Some(name) = key.names.first()
            && !done.iter().any(|done| done == key.canonical)
        {
            post.meta.rename(key.canonical, name);
        }
    }
}

/// The entry that is called one of the key's names, letter case aside. The canonical name counts too: users write it.
fn find(post: &Post, key: &Key) -> Option<(String, Span)> {
    let is = |name: &str| post.meta.map.iter().find(|entry| entry.key.eq_ignore_ascii_case(name));
    let entry = key.names.iter().copied().chain([key.canonical]).find_map(is)?;
    Some((entry.key.clone(), entry.span))
}

fn text(value: &Value) -> Option<Value> {
    let text = match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.text().map(str::to_owned).or_else(|| number.portable())?,
        Value::Bool(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::Null | Value::String(_) | Value::List(_) | Value::Map(_) => return None,
    };
    Some(Value::String(text))
}

fn date_text(value: &Value) -> Option<String> {
    value.is_date().then(|| text(value)).flatten()?.as_str().map(str::to_owned)
}

fn texts(value: &Value) -> Option<Value> {
    match value {
        Value::List(items) => Some(Value::List(items.iter().map(|item| text(item).unwrap_or(item.clone())).collect())),
        Value::Null | Value::Map(_) => None,
        single => Some(Value::List(vec![text(single).unwrap_or(single.clone())])),
    }
}

/// One author's name under `author`, or several, become the list `authors`; anything richer stays as it is.
pub(super) fn normalize_author(post: &mut Post, dialect: &str) {
    let Some(value) = post.meta.get("author").cloned() else { return };
    let authors = match &value {
        Value::String(_) => Value::List(vec![value.clone()]),
        Value::List(names) if names.iter().all(|name| name.as_str().is_some()) => value.clone(),
        _ => return,
    };
    if post.meta.rename("author", "authors") {
        post.meta.insert("authors", authors);
        spelling::remember(post, dialect, "authors", vec![("author".to_owned(), value)]);
    }
}

/// The value of a date key as a date, if it is one in any spelling; a diagnostic if not.
fn date_value(
    key: &str,
    value: &Value,
    span: Span,
    zoneless: Zoneless,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) -> Option<Value> {
    let (date, was_text) = match value {
        Value::String(text) => match date::recognize(text) {
            Some(date) => (date, true),
            None => {
                let message = format!("`{key}: {text}` is no date that anybody would read alike");
                sink.report(Diagnostic::new(&codes::DATE_UNREADABLE, message).at(span));
                return None;
            }
        },
        date => (date.clone(), false),
    };
    let Value::LocalDateTime(local) = date else { return Some(date) };
    let zone = match zoneless {
        Zoneless::UtcUnlessText if !was_text => None,
        Zoneless::UtcUnlessText | Zoneless::SiteZone => context.timezone,
    };
    let (placed, zone) = place(local, zone);
    let message = format!("`{key}` names no time zone: read as {zone}");
    sink.report(Diagnostic::new(&codes::DATE_WITHOUT_ZONE, message).at(span));
    Some(Value::OffsetDateTime(placed))
}

fn place(local: LocalDateTime, zone: Option<&str>) -> (OffsetDateTime, &str) {
    zone.and_then(|zone| Some((date::at_zone(local, zone)?, zone)))
        .unwrap_or((OffsetDateTime { local, offset: Offset::UTC }, "UTC"))
}
