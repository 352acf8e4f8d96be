//! What the front matter of a page of Hugo says of its place in the site: [`PageHead`].

use std::fs;

use super::config::{Config, get};
use super::walk::Place;
use crate::convert::{Converter, ReadPost, decode};
use crate::diag::codes;
use crate::dialect::{clean_part, seconds_since_1970};
use crate::error::Error;
use crate::format::Input;
use crate::meta::{Date, Map, Value};
use crate::site::head::Head;
use crate::site::plan::{Item, Plan};

/// Why a page is not to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// It is a draft.
    Draft,
    /// Its time has not come.
    Future,
    /// Its time is over.
    Expired,
    /// It says that no page is made of it.
    NotRendered,
}

/// What is asked of the front matter before anything is converted.
#[derive(Debug, Default)]
pub(super) struct PageHead {
    pub(super) head: Head,
    pub(super) hidden: Option<Hidden>,
    /// The day of its date, as clocks at the site show it.
    pub(super) day: Option<Date>,
    /// Whether the body has the mark of a summary.
    pub(super) has_more: bool,
    /// The terms of the site's taxonomies: name and term.
    pub(super) terms: Vec<(Box<str>, Box<str>)>,
}

pub(super) fn head(plan: &Plan, config: &Config, item: &Item, place: &Place, now: i64) -> PageHead {
    match read(plan, config, item, place, now) {
        Ok(head) => head,
        Err(error) => PageHead { head: Head { error: Some(error), ..Head::default() }, ..PageHead::default() },
    }
}

/// The entries of a file's front matter as they were written, and its whole text.
pub(super) fn front(converter: &Converter, plan: &Plan, item: &Item, path: &str) -> Result<(Map, String), Error> {
    let bytes = fs::read(plan.source(item))
        .map_err(|error| Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error))?;
    let text = decode(&bytes, Some(&item.path))?;
    let front = converter.read_front(Input::new(text).path(Some(path)))?;
    Ok((front.map(|front| front.meta.map).unwrap_or_default(), text.to_owned()))
}

fn read(plan: &Plan, config: &Config, item: &Item, place: &Place, now: i64) -> Result<PageHead, Error> {
    let Some(converter) = plan.groups.converter(item.group) else { return Ok(PageHead::default()) };
    let path = place.path();
    let (mut own, text) = front(converter, plan, item, &path)?;
    for entry in plan.groups.defaults(item.group).into_iter().flatten() {
        if get(&own, &entry.key).is_none() {
            own.insert(entry.key.clone(), entry.value.clone());
        }
    }
    let ReadPost { post, .. } = converter.read_head(Input::new(&text).path(Some(&path)))?;
    let meta = &post.meta;
    let mut head = PageHead { has_more: text.contains("<!--more-->"), ..PageHead::default() };
    let zone = plan.timezone.as_deref();
    head.day = meta.get("date").and_then(|date| day(date, zone));
    head.hidden = hidden(config, &meta.map, &own, zone, now);
    head.head.is_draft = head.hidden.is_some();
    let own_url = get(&own, "url").and_then(Value::as_str).filter(|url| !url.is_empty());
    let language = config.languages.get(place.language).map_or("", |language| &language.prefix);
    let found = meta.get_str("url").map(str::to_owned).unwrap_or_else(|| by_folder(place));
    let address = match own_url {
        Some(url) if url.starts_with('/') => found,
        Some(_) => format!("{language}{found}"),
        None if config.is_ugly(place.section()) && !place.is_branch() => {
            format!("{language}{}", ugly(&found))
        }
        None => format!("{language}{found}"),
    };
    if head.hidden.is_none() {
        let texts = texts(get(&own, "aliases"));
        head.head.aliases = texts.iter().filter_map(|alias| self::alias(alias, &address, language)).collect();
        let ugly_aliases = config.is_ugly(place.section());
        if ugly_aliases {
            head.head.aliases.iter_mut().for_each(|alias| *alias = ugly(alias).into());
        }
        for taxonomy in &config.taxonomies {
            let terms = self::texts(get(&own, taxonomy));
            head.terms.extend(terms.into_iter().map(|term| (taxonomy.as_str().into(), term.into())));
        }
    }
    head.head.layout = meta.get_str("layout").map(Into::into);
    head.head.address = Some(address.into());
    Ok(head)
}

/// The address by the path alone, for names in which the dialect sees a language that the site does not have.
pub(super) fn by_folder(place: &Place) -> String {
    let parts = place.folder.split('/').filter(|part| !part.is_empty()).map(clean_part);
    let own = Some(&*place.stem).filter(|stem| !matches!(*stem, "index" | "_index")).map(clean_part);
    let all: Vec<String> = parts.chain(own).collect();
    let slash = if all.is_empty() { "" } else { "/" };
    format!("/{}{slash}", all.join("/"))
}

/// `/a/` as `/a.html`.
fn ugly(address: &str) -> String {
    match address.trim_end_matches('/') {
        "" => address.to_owned(),
        bare if address.ends_with('/') => format!("{bare}.html"),
        bare => bare.to_owned(),
    }
}

/// The address that leads on to `address`; `None` if there is none that a file can have.
fn alias(text: &str, address: &str, language: &str) -> Option<Box<str>> {
    if text.contains("://") || text.trim().is_empty() {
        return None;
    }
    let whole = if text.starts_with('/') {
        format!("{language}{text}")
    } else {
        // It is told from the folder that the page's own lies in.
        let folder = super::folder_of(address);
        let above = folder.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
        format!("{above}/{text}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let last = parts.last()?;
    let end = if last.contains('.') { "" } else { "/" };
    Some(format!("/{}{end}", parts.join("/")).into())
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn day(date: &Value, zone: Option<&str>) -> Option<Date> {
    match date {
        Value::Date(date) => Some(*date),
        Value::LocalDateTime(local) => Some(local.date),
        Value::OffsetDateTime(instant) => Some(crate::dialect::local_in(*instant, zone).date),
        _ => None,
    }
}

fn hidden(config: &Config, map: &Map, own: &Map, zone: Option<&str>, now: i64) -> Option<Hidden> {
    let seconds = |key: &str| map.get(key).and_then(|value| seconds_since_1970(value, zone));
    let build = get(own, "build").or_else(|| get(own, "_build")).and_then(Value::as_map);
    let render = build.and_then(|build| get(build, "render"));
    let is_never = match render {
        Some(Value::Bool(is_made)) => !is_made,
        Some(Value::String(word)) => matches!(word.as_str(), "never" | "link"),
        _ => false,
    };
    let is_future = seconds("publish_date").or_else(|| seconds("date")).is_some_and(|time| time > now);
    if is_never || get(own, "headless") == Some(&Value::Bool(true)) {
        Some(Hidden::NotRendered)
    } else if map.get("draft") == Some(&Value::Bool(true)) && !config.is_on("buildDrafts") {
        Some(Hidden::Draft)
    } else if is_future && !config.is_on("buildFuture") {
        Some(Hidden::Future)
    } else if seconds("expiry_date").is_some_and(|time| time <= now) && !config.is_on("buildExpired") {
        Some(Hidden::Expired)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_files_of_the_site() {
        let of = |text| alias(text, "/2020/a/", "/fr");
        assert_eq!(of("/x").as_deref(), Some("/fr/x/"));
        assert_eq!(of("old/rel").as_deref(), Some("/2020/old/rel/"));
        assert_eq!(of("../../y.html").as_deref(), Some("/y.html"));
        assert_eq!(of("https://example.org/"), None);
        assert_eq!(of("/../"), None);
    }

    #[test]
    fn ugly_addresses_are_files() {
        assert_eq!(ugly("/a/b/"), "/a/b.html");
        assert_eq!(ugly("/"), "/");
        assert_eq!(ugly("/y.html"), "/y.html");
    }
}
