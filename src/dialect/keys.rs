//! From a dialect's names and types to the canonical ones and back, by the table.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::names::{CANONICAL, NameSet, Rows};
use super::table::{Cell, KeyRow, Kind};
use super::{aliases, clock, file_name, ruby_time, spelling};
use crate::date;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::{Context, Site};
use crate::meta::{Date, Entry, Float, LocalDateTime, Map, Meta, Offset, OffsetDateTime, Value};
use crate::post::Post;

/// How one dialect reads the table.
pub(super) struct Names {
    /// The dialect's name.
    pub(super) dialect: &'static str,
    /// Its column.
    pub(super) cell: fn(&KeyRow) -> Cell,
    /// The names that it reads the rows by.
    pub(super) set: &'static LazyLock<NameSet>,
    /// Whether `Title` is `title`.
    pub(super) any_case: bool,
    /// The canonical names that mean nothing to it: a key of such a name is the user's own.
    pub(super) unknown: &'static [&'static str],
    /// What it makes of a time without a zone.
    pub(super) zoneless: Zoneless,
    /// The canonical form of one address in a list of them; `None` if it is none on this site.
    pub(super) address: fn(&str) -> Option<Cow<'_, str>>,
}

/// What a dialect makes of a time without a zone.
#[derive(Clone, Copy)]
pub(super) enum Zoneless {
    /// UTC where YAML made a time of it, the site's zone where it is text: so Jekyll.
    UtcUnlessText,
    /// The site's zone: so Hugo.
    SiteZone,
}

impl Names {
    /// The entry that is called one of `names`; the first of the names that is there.
    fn find<'a>(&self, map: &'a Map, names: &[&str]) -> Option<&'a Entry> {
        if !self.any_case {
            return names.iter().copied().find_map(|name| map.entry(name));
        }
        let is = |name: &str| map.iter().find(|entry| self.is(&entry.key, name));
        names.iter().copied().find_map(is)
    }

    /// A value as the text that the generator shows for it. What is false is no text to Jekyll.
    fn text(&self, value: &Value, site: &Site) -> Option<Value> {
        match self.zoneless {
            Zoneless::UtcUnlessText if *value == Value::Bool(false) => None,
            Zoneless::UtcUnlessText => ruby_time::text(value, site.timezone.as_deref()),
            Zoneless::SiteZone => text(value),
        }
    }

    pub(super) fn is(&self, key: &str, name: &str) -> bool {
        key == name || (self.any_case && key.eq_ignore_ascii_case(name))
    }

    /// The canonical names that the dialect has under no name of its own, by the table.
    #[cfg(test)]
    pub(super) fn unknown_by_table(&self) -> Vec<&'static str> {
        let is_unknown = |row: &&KeyRow| match (self.cell)(row) {
            Cell::Canonical => false,
            cell => !cell.names().contains(&row.canonical),
        };
        super::KEYS.iter().filter(is_unknown).map(|row| row.canonical).collect()
    }
}

/// Gives every entry that the dialect calls otherwise than the canonical post its canonical name and type, and remembers
/// how it was spelt. What the dialect has a rule of its own for is left to it.
pub(super) fn to_canonical(post: &mut Post, names: &Names, context: &Context<'_>, sink: &mut dyn Sink) {
    set_aside_users_own(&mut post.meta, names, context);
    for row in Rows::named(&post.meta.map, names.set, names.any_case).iter() {
        match (names.cell)(row) {
            Cell::Names(called) if row.kind == Kind::Addresses => aliases::to_canonical(post, names, row, called),
            Cell::Names(called) => to_canonical_by_name(post, names, row, called, context, sink),
            Cell::Themes(called) => authors_to_canonical(post, names, row, called),
            Cell::Canonical if matches!(row.kind, Kind::Date | Kind::Text) => {
                to_canonical_by_name(post, names, row, &[row.canonical], context, sink);
            }
            Cell::Canonical => {}
            Cell::Rule(..) if row.kind == Kind::Date || row.kind == Kind::Text => {
                // The rule says what is so without an entry.
                to_canonical_by_name(post, names, row, &[row.canonical], context, sink);
            }
            Cell::Rule(..) => {}
        }
    }
}

fn to_canonical_by_name(
    post: &mut Post,
    names: &Names,
    row: &KeyRow,
    called: &[&str],
    context: &Context<'_>,
    sink: &mut dyn Sink,
) {
    let Some(Entry { key: name, value, span, .. }) = names.find(&post.meta.map, called) else { return };
    let canonical = match row.kind {
        Kind::Text => names.text(value, context.site),
        Kind::Terms => terms(value),
        Kind::Date => {
            let when = When { zoneless: names.zoneless, path: post.path.as_deref(), site: context.site };
            match date_value(row.canonical, value, *span, &when, sink) {
                Some(date) => Some(date),
                // Under another name, what is no date stays a key of the user's own.
                None if name != row.canonical => return,
                None => None,
            }
        }
        Kind::Truth => truth(value),
        Kind::Address | Kind::Addresses | Kind::Any => None,
    };
    let renamed = name != row.canonical;
    let canonical = canonical.filter(|canonical| canonical != value);
    if !renamed && canonical.is_none() {
        return;
    }
    let (name, value) = (name.clone(), value.clone());
    if renamed && !post.meta.rename(&name, row.canonical) {
        return;
    }
    let Some(canonical) = canonical else {
        spelling::remember(post, names.dialect, row.canonical, vec![(name, value)]);
        return;
    };
    // Where a date and its text are the same to the generator, the text is no other spelling.
    let is_same = matches!(names.zoneless, Zoneless::SiteZone)
        && value
            .as_str()
            .is_some_and(|text| date_text(&canonical).is_some_and(|date| date == text.replacen(' ', "T", 1)));
    post.meta.insert(row.canonical, canonical.clone());
    if renamed || !is_same {
        let value = if is_same { canonical } else { value };
        spelling::remember(post, names.dialect, row.canonical, vec![(name, value)]);
    }
}

fn date_text(value: &Value) -> Option<String> {
    value.is_date().then(|| text(value)).flatten()?.as_str().map(str::to_owned)
}

/// One author's name, or several; anything richer stays as it is.
fn authors_to_canonical(post: &mut Post, names: &Names, row: &KeyRow, called: &[&str]) {
    // Themes' own names are of one case wherever they stand.
    let Some(entry) = called.iter().find_map(|name| post.meta.map.entry(name)) else { return };
    let authors = match &entry.value {
        Value::String(_) => Value::List(vec![entry.value.clone()]),
        Value::List(items) if items.iter().all(|item| item.as_str().is_some()) => {
            if entry.key == row.canonical {
                return;
            }
            entry.value.clone()
        }
        _ => return,
    };
    let Entry { key: name, value, .. } = entry.clone();
    if name != row.canonical && !post.meta.rename(&name, row.canonical) {
        return;
    }
    post.meta.insert(row.canonical, authors.clone());
    if name != row.canonical || authors != value {
        spelling::remember(post, names.dialect, row.canonical, vec![(name, value)]);
    }
}

/// Gives every canonical entry the name that the dialect writes, those in `done` excepted.
pub(super) fn from_canonical(post: &mut Post, names: &Names, done: &[String]) {
    for row in Rows::named(&post.meta.map, &CANONICAL, false).iter() {
        let is_done = || done.iter().any(|done| done == row.canonical);
        match (names.cell)(row) {
            Cell::Names([name, ..]) if *name != row.canonical && !is_done() => {
                post.meta.rename(row.canonical, name);
            }
            Cell::Themes(_) if !is_done() => spelling::restore_from_any(post, row.canonical),
            _ => {}
        }
    }
}

/// Gives every key that the post does not have the value that the site has for such posts.
pub(super) fn set_defaults(post: &mut Post, site: &Site) {
    for default in &site.defaults {
        if !post.meta.map.contains_key(&default.key) {
            post.meta.insert(default.key.clone(), default.value.clone());
        }
    }
}

/// Users' own keys that happen to be called as the canonical post calls something else: they go under `params`, so that
/// none becomes a post's address or the time of its publication.
fn set_aside_users_own(meta: &mut Meta, names: &Names, context: &Context<'_>) {
    for key in names.unknown.iter().copied() {
        let Some(index) = meta.map.position(key).filter(|_| !context.is_named(key)) else { continue };
        match meta.get("params") {
            // `params` is the user's own too, and no map: the key stays where it was.
            Some(Value::Map(params)) if params.contains_key(key) => continue,
            None | Some(Value::Map(_)) => {}
            Some(_) => continue,
        }
        let Some(entry) = meta.map.entry(key).cloned() else { continue };
        meta.map.remove(key);
        if !meta.map.contains_key("params") {
            meta.map.insert_at(index, Entry::new("params", Map::new()));
        }
        if let Some(Value::Map(params)) = meta.map.get_mut("params") {
            params.insert_at(params.len(), entry);
            meta.nest_comments(key, "params");
        }
    }
}

/// Puts users' own keys back to top level. After everything else: only then the canonical names are free.
pub(super) fn take_up_users_own(meta: &mut Meta, names: &Names) {
    if !meta.map.contains_key("params") {
        return;
    }
    for key in names.unknown.iter().copied() {
        let Some(index) = meta.map.position("params") else { return };
        if meta.map.contains_key(key) {
            continue;
        }
        let Some(Value::Map(params)) = meta.map.get_mut("params") else { return };
        let Some(entry) = params.entry(key).cloned() else { continue };
        params.remove(key);
        let is_empty = params.is_empty();
        if is_empty {
            meta.map.remove("params");
        }
        meta.map.insert_at(index + usize::from(!is_empty), entry);
        meta.lift_comments(key, "params");
    }
}

/// A value as the text that a generator shows for it.
pub(super) fn text(value: &Value) -> Option<Value> {
    let text = match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => Float::from(number.value()).portable()?,
        Value::Bool(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::LocalDateTime(datetime) => datetime.to_string(),
        Value::OffsetDateTime(datetime) => datetime.to_string(),
        Value::Null | Value::String(_) | Value::List(_) | Value::Map(_) => return None,
    };
    Some(Value::String(text))
}

/// Text that Go reads as true or false (`strconv.ParseBool`).
fn truth(value: &Value) -> Option<Value> {
    match value.as_str()? {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(Value::Bool(true)),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// Texts of a list, or one alone; `None` for what is no such thing, or is one already.
fn terms(value: &Value) -> Option<Value> {
    match value {
        Value::List(items) if items.iter().all(|item| item.as_str().is_some()) => None,
        Value::List(items) if items.iter().all(|item| !matches!(item, Value::Map(_) | Value::List(_))) => {
            Some(Value::List(items.iter().map(|item| text(item).unwrap_or(item.clone())).collect()))
        }
        Value::Null | Value::Map(_) | Value::List(_) => None,
        single => Some(Value::List(vec![text(single).unwrap_or(single.clone())])),
    }
}

/// What a date is read by, beside itself.
struct When<'a> {
    zoneless: Zoneless,
    path: Option<&'a str>,
    site: &'a Site,
}

/// The value of a date key as a date, if it is one in any spelling; a diagnostic if not.
fn date_value(key: &str, value: &Value, span: Span, when: &When<'_>, sink: &mut dyn Sink) -> Option<Value> {
    let (date, was_text) = match value {
        Value::String(text) => match when.recognize(text) {
            Some(read) => {
                if read.is_day_first {
                    let message = format!("`{key}: {text}` is read day first, as Jekyll reads it");
                    sink.report(Diagnostic::new(&codes::DATE_DAY_FIRST, message).at(span));
                }
                (read.date, true)
            }
            None => {
                let message = format!("`{key}: {text}` is no date that anybody would read alike");
                sink.report(Diagnostic::new(&codes::DATE_UNREADABLE, message).at(span));
                return None;
            }
        },
        date if date.is_date() => (date.clone(), false),
        other => match when.of_number(other) {
            Some(date) => (date, true),
            None => {
                let message = format!("`{key}` is a {}, not a date", other.type_name());
                sink.report(Diagnostic::new(&codes::DATE_UNREADABLE, message).at(span));
                return None;
            }
        },
    };
    let date = when.placed(key, date, was_text, span, sink);
    Some(match (date, when.zoneless) {
        (Value::OffsetDateTime(instant), Zoneless::UtcUnlessText) => {
            Value::OffsetDateTime(ruby_time::without_leap_second(instant))
        }
        (date, _) => date,
    })
}

impl When<'_> {
    fn recognize(&self, text: &str) -> Option<ruby_time::Read> {
        match self.zoneless {
            Zoneless::UtcUnlessText => ruby_time::recognize(text, self.site.timezone.as_deref()),
            Zoneless::SiteZone => date::recognize(text).map(|date| ruby_time::Read { date, is_day_first: false }),
        }
    }

    /// `20190501` to Jekyll; to Hugo, seconds since 1970.
    fn of_number(&self, value: &Value) -> Option<Value> {
        let Value::Integer(number) = value else { return None };
        match self.zoneless {
            Zoneless::UtcUnlessText => date::recognize(&number.to_string()),
            Zoneless::SiteZone => clock::since_1970(number.as_i64()?).map(Value::OffsetDateTime),
        }
    }

    /// The date in its zone.
    fn placed(&self, key: &str, date: Value, was_text: bool, span: Span, sink: &mut dyn Sink) -> Value {
        let zone = self.site.timezone.as_deref();
        match (date, self.zoneless) {
            // A day is a day: midnight in the site's zone.
            (Value::Date(day), Zoneless::UtcUnlessText) if zone.is_some() => {
                Value::OffsetDateTime(place(clock::midnight(day), zone).0)
            }
            (Value::LocalDateTime(local), Zoneless::SiteZone)
                if zone.is_none() && is_file_name_midnight(local, self.path) =>
            {
                Value::LocalDateTime(local)
            }
            (Value::LocalDateTime(local), zoneless) => {
                let zone = match zoneless {
                    Zoneless::UtcUnlessText if !was_text => None,
                    Zoneless::UtcUnlessText | Zoneless::SiteZone => zone,
                };
                let (placed, zone) = place(local, zone);
                let message = format!("`{key}` names no time zone: read as {zone}");
                sink.report(Diagnostic::new(&codes::DATE_WITHOUT_ZONE, message).at(span));
                Value::OffsetDateTime(placed)
            }
            (date, _) => date,
        }
    }
}

/// The start of a day in the site's zone, as the file name of a post says it: without a zone as long as none is known, so
/// that it stays apart from a day that somebody wrote down.
pub(super) fn file_name_midnight(day: Date, site: &Site) -> Value {
    match site.timezone.as_deref() {
        None => Value::LocalDateTime(clock::midnight(day)),
        zone => Value::OffsetDateTime(place(clock::midnight(day), zone).0),
    }
}

fn is_file_name_midnight(local: LocalDateTime, path: Option<&str>) -> bool {
    path.and_then(file_name::dated).is_some_and(|name| clock::midnight(name.date) == local)
}

fn place(local: LocalDateTime, zone: Option<&str>) -> (OffsetDateTime, &str) {
    zone.and_then(|zone| Some((date::at_zone(local, zone)?, zone)))
        .unwrap_or((OffsetDateTime { local, offset: Offset::UTC }, "UTC"))
}
