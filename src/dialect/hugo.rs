//! Hugo: what its front matter means, and which names it keeps for itself.

use super::keys::{self, Key, Kind, Zoneless};
use super::tags::Shortcodes;
use super::{settings, spelling};
use crate::ast::Document;
use crate::diag::{Diagnostic, Severity, Sink, codes};
use crate::error::Error;
use crate::format::{Context, Dialect, Schema, TagLanguage};
use crate::meta::{DATE_KEYS, Entry, Map, Meta, Value};
use crate::post::Post;

/// Hugo: Goldmark, YAML as goccy/go-yaml reads it, keys in any letter case.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Hugo;

const NAME: &str = "hugo";

/// Hugo's own keys; those behind the first are what older posts and other spellings use.
const KEYS: &[Key] = &[
    Key { canonical: "title", names: &["title"], kind: Kind::Text },
    Key { canonical: "date", names: &["date"], kind: Kind::Date },
    Key { canonical: "updated", names: &["lastmod", "modified"], kind: Kind::Date },
    Key { canonical: "publish_date", names: &["publishDate", "pubdate"], kind: Kind::Date },
    Key { canonical: "expiry_date", names: &["expiryDate", "unpublishdate"], kind: Kind::Date },
    Key { canonical: "draft", names: &["draft"], kind: Kind::Any },
    Key { canonical: "slug", names: &["slug"], kind: Kind::Text },
    Key { canonical: "url", names: &["url"], kind: Kind::Text },
    Key { canonical: "aliases", names: &["aliases"], kind: Kind::Texts },
    Key { canonical: "categories", names: &["categories"], kind: Kind::Texts },
    Key { canonical: "tags", names: &["tags"], kind: Kind::Texts },
    Key { canonical: "description", names: &["description"], kind: Kind::Text },
    Key { canonical: "summary", names: &["summary"], kind: Kind::Text },
    Key { canonical: "keywords", names: &["keywords"], kind: Kind::Any },
    Key { canonical: "layout", names: &["layout"], kind: Kind::Any },
    Key { canonical: "weight", names: &["weight"], kind: Kind::Any },
];

/// Names at top level that Hugo takes for settings of its own, in lower case. A key of another generator that has one of
/// these names would change how the page is built, or stop the build.
const RESERVED: &[&str] = &[
    "_build",
    "build",
    "cascade",
    "content",
    "expirydate",
    "headless",
    "iscjklanguage",
    "kind",
    "lastmod",
    "linktitle",
    "markup",
    "menu",
    "menus",
    "modified",
    "outputs",
    "path",
    "pubdate",
    "publishdate",
    "published",
    "resources",
    "sitemap",
    "sites",
    "translationkey",
    "type",
    "unpublishdate",
];

/// Keys that Hugo's posts have and Jekyll's hardly ever, in lower case.
const SIGNS: &[&str] = &[
    "aliases",
    "draft",
    "expirydate",
    "lastmod",
    "linktitle",
    "menu",
    "menus",
    "publishdate",
    "resources",
    "type",
    "url",
    "weight",
    "cascade",
    "build",
    "translationkey",
];

impl Dialect for Hugo {
    fn name(&self) -> &str {
        NAME
    }

    fn schema(&self) -> Schema {
        Schema::Hugo
    }

    fn default_extensions(&self) -> &[&str] {
        &["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes"]
    }

    fn post_folders(&self) -> &[&str] {
        &["content"]
    }

    fn signs(&self, meta: &Meta, path: Option<&str>) -> u32 {
        let has = |key: &&&str| meta.map.iter().any(|entry| entry.key.eq_ignore_ascii_case(key));
        let keys = u32::try_from(SIGNS.iter().filter(has).count()).unwrap_or(u32::MAX);
        let in_content = path.is_some_and(|path| path.split('/').any(|part| part == "content"));
        keys * 3 + u32::from(in_content) * 6
    }

    fn tags(&self, _: &Meta) -> Option<&dyn TagLanguage> {
        Some(&Shortcodes)
    }

    fn normalize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        keys::to_canonical(post, NAME, KEYS, Zoneless::SiteZone, context, sink);
        keys::normalize_author(post, NAME);
        take_up_reserved(post);
        Ok(())
    }

    fn localize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        if context.front == "yaml" {
            note_retyped(&post.meta, sink);
        }
        let restored = spelling::restore(post, NAME);
        take_back_reserved(&mut post.meta, &restored);
        if !is_hugo(post) {
            note_set_aside(&post.meta, sink);
            set_aside_reserved(&mut post.meta, &restored, sink);
        }
        keys::from_canonical(post, KEYS, &restored);
        check_url(&mut post.meta, sink);
        without_leap_seconds(&mut post.meta, sink);
        Ok(())
    }

    fn review(&self, post: &Post, written: &Document, sink: &mut dyn Sink) {
        if is_hugo(post) {
            return;
        }
        if let Some(fragment) = settings::needed(post, written) {
            let message = "Hugo shows this post as meant with these settings";
            sink.report(Diagnostic::new(&codes::HUGO_CONFIG, message).help(fragment));
        }
    }

    fn path(&self, post: &Post, extension: &str) -> Option<String> {
        let path = post.path.as_deref()?;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let mut out = String::new();
        // Jekyll's folders for posts are no part of an address; in Hugo they would be.
        for part in folder.split('/').filter(|part| !matches!(*part, "_posts" | "_drafts")) {
            out.push_str(part);
            out.push('/');
        }
        let out = if folder.is_empty() { "" } else { out.as_str() };
        Some(format!("{out}{}.{extension}", post.file_stem()?))
    }
}

fn is_hugo(post: &Post) -> bool {
    post.origin.original().split(['+', '-']).next() == Some(NAME)
}

/// Hugo's YAML (goccy/go-yaml 1.19) has neither dates nor numbers of more than 64 bits: both are read as text. Hugo itself
/// makes dates of its own date keys.
fn note_retyped(meta: &Meta, sink: &mut dyn Sink) {
    for entry in meta.map.iter().filter(|entry| !DATE_KEYS.contains(&entry.key.as_str())) {
        let mut values = vec![&entry.value];
        while let Some(value) = values.pop() {
            let (code, what) = match value {
                value if value.is_date() => (&codes::DATE_AS_TEXT, "a date"),
                Value::Integer(number) if number.as_i64().is_none() && number.to_string().parse::<u64>().is_err() => {
                    (&codes::INTEGER_AS_TEXT, "a number of more than 64 bits")
                }
                Value::List(items) => {
                    values.extend(items);
                    continue;
                }
                Value::Map(map) => {
                    values.extend(map.iter().map(|entry| &entry.value));
                    continue;
                }
                _ => continue,
            };
            let message = format!("`{}` holds {what}, which Hugo's YAML reads as text", entry.key);
            let mut diagnostic = Diagnostic::new(code, message).at(entry.span);
            diagnostic.severity = Severity::Note;
            sink.report(diagnostic);
            break;
        }
    }
}

fn is_reserved(key: &str) -> bool {
    RESERVED.iter().any(|reserved| key.eq_ignore_ascii_case(reserved))
}

/// Says what another dialect set aside under `params`, for it means there something that it did not mean.
fn note_set_aside(meta: &Meta, sink: &mut dyn Sink) {
    let Some(params) = meta.get("params").and_then(Value::as_map) else { return };
    for key in ["url", "publish_date", "expiry_date"] {
        // An entry with a place was written at top level, or by the user under `params`, where it is as before.
        if let Some(entry) =
            params.entry(key).filter(|_| meta.map.entry("params").is_none_or(|all| all.span.is_empty()))
        {
            let message = format!("`{key}` is the post's own and no setting: written as `params.{key}`");
            sink.report(Diagnostic::new(&codes::KEY_MOVED, message).at(entry.span));
        }
    }
}

/// Another generator's keys of reserved names go under `params`, where every Hugo leaves them alone.
fn set_aside_reserved(meta: &mut Meta, restored: &[String], sink: &mut dyn Sink) {
    let reserved: Vec<Entry> =
        meta.map.iter().filter(|entry| is_reserved(&entry.key) && !restored.contains(&entry.key)).cloned().collect();
    for entry in reserved {
        match meta.get("params") {
            None => meta.insert("params", Map::new()),
            Some(Value::Map(params)) if !params.contains_key(&entry.key) => None,
            Some(_) => {
                let message =
                    format!("`{}` has no place: Hugo keeps the name for itself, and `params` is taken", entry.key);
                sink.report(Diagnostic::new(&codes::KEY_DROPPED, message).at(entry.span));
                meta.remove(&entry.key);
                continue;
            }
        };
        let message = format!("`{}` is a name that Hugo keeps for itself: written as `params.{0}`", entry.key);
        sink.report(Diagnostic::new(&codes::KEY_MOVED, message).at(entry.span));
        meta.map.remove(&entry.key);
        if let Some(Value::Map(params)) = meta.map.get_mut("params") {
            params.insert(entry.key.clone(), entry.value);
            meta.nest_comments(&entry.key, "params");
        }
    }
}

/// The reverse: what stands under `params` only for its name goes back to top level.
fn take_up_reserved(post: &mut Post) {
    let Some(params @ Value::Map(map)) = post.meta.get("params") else { return };
    let params = params.clone();
    let lifted: Vec<Entry> = map
        .iter()
        .filter(|entry| is_reserved(&entry.key) && !post.meta.map.contains_key(&entry.key))
        .cloned()
        .collect();
    if lifted.is_empty() || lifted.len() != map.len() {
        return;
    }
    let Some(index) = post.meta.map.position("params") else { return };
    let mut written = Some(vec![("params".to_owned(), params)]);
    post.meta.map.remove("params");
    for (offset, entry) in lifted.into_iter().enumerate() {
        let key = entry.key.clone();
        post.meta.map.insert_at(index + offset, entry);
        post.meta.lift_comments(&key, "params");
        if let Some(written) = written.take() {
            spelling::remember(post, NAME, &key, written);
        }
    }
}

/// What was taken up and stands under `params` again goes from top level.
fn take_back_reserved(meta: &mut Meta, restored: &[String]) {
    if !restored.iter().any(|key| key == "params") {
        return;
    }
    let Some(params) = meta.get("params").and_then(Value::as_map).cloned() else { return };
    for entry in params
        .iter()
        .filter(|entry| is_reserved(&entry.key) && meta.get(&entry.key) == Some(&entry.value))
        .cloned()
        .collect::<Vec<_>>()
    {
        meta.map.remove(&entry.key);
        meta.nest_comments(&entry.key, "params");
    }
}

/// Go knows no second 60, and Hugo 0.168 does not build a page with one.
fn without_leap_seconds(meta: &mut Meta, sink: &mut dyn Sink) {
    let entries: Vec<&Entry> = meta.map.iter().filter(|entry| has_leap_second(&entry.value)).collect();
    for entry in &entries {
        let message =
            format!("`{}` is in a leap second, which Hugo does not read: written as the second before", entry.key);
        sink.report(Diagnostic::new(&codes::LEAP_SECOND, message).at(entry.span));
    }
    if !entries.is_empty() {
        meta.map.values_mut().for_each(|(_, value)| end_leap_second(value));
    }
}

fn has_leap_second(value: &Value) -> bool {
    match value {
        Value::OffsetDateTime(datetime) => datetime.local.time.second == 60,
        Value::LocalDateTime(datetime) => datetime.time.second == 60,
        Value::List(items) => items.iter().any(has_leap_second),
        Value::Map(map) => map.iter().any(|entry| has_leap_second(&entry.value)),
        _ => false,
    }
}

fn end_leap_second(value: &mut Value) {
    match value {
        Value::OffsetDateTime(datetime) => datetime.local.time.second = datetime.local.time.second.min(59),
        Value::LocalDateTime(datetime) => datetime.time.second = datetime.time.second.min(59),
        Value::List(items) => items.iter_mut().for_each(end_leap_second),
        Value::Map(map) => map.values_mut().for_each(|(_, value)| end_leap_second(value)),
        _ => {}
    }
}

/// Hugo does not build a page whose `url` has a scheme.
fn check_url(meta: &mut Meta, sink: &mut dyn Sink) {
    let Some(entry) = meta.map.entry("url").cloned() else { return };
    if entry.value.as_str().is_some_and(|url| url.contains("://")) {
        let message = format!(
            "`url` is `{}`, an address elsewhere, with which Hugo builds no page",
            entry.value.as_str().unwrap_or_default()
        );
        sink.report(Diagnostic::new(&codes::URL_ELSEWHERE, message).at(entry.span));
        meta.remove("url");
    }
}
